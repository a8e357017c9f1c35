// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.util.List;
import java.util.Locale;

/** The frame of a page that needs nothing else: its head, its style, its sections. */
final class Html {

    private static final String[] MARKS = {"\u25CF", "\u25A0", "\u25C6", "\u25B2", "\u2716"};

    private Html() {}

    /**
     * A page.
     *
     * @param title its heading
     * @param source what it is about, for the title of the window
     * @param lead what stands below the heading
     * @param summary sentences for who reads no further
     * @param sections as {@link #section} makes them
     */
    static String page(String title, String source, String lead, List<String> summary, String sections) {
        StringBuilder said = new StringBuilder();
        for (String sentence : summary) {
            String whole =
                    escaped(sentence).replace(" \u00B1 ", "\u00A0\u00B1\u00A0"); // a number and its error in one line
            said.append("<p>").append(whole).append("</p>\n");
        }
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + title + ": " + escaped(source)
                + "</title>\n<style>\n" + style() + "</style>\n</head>\n<body>\n<header>\n<h1>" + title + "</h1>\n<p>"
                + escaped(lead) + "</p>\n</header>\n<main>\n<div class=\"summary\">\n" + said + "</div>\n" + sections
                + "</main>\n</body>\n</html>\n";
    }

    /** Adds a section: a heading, text in HTML, pictures. */
    static void section(StringBuilder html, String title, String text, List<Figure> figures) {
        section(html, title, text, "", figures);
    }

    /** Adds a section whose first box, before the pictures, is a table. */
    static void section(StringBuilder html, String title, String text, String table, List<Figure> figures) {
        html.append("<section>\n<h2>").append(title).append("</h2>\n").append(text);
        if (!table.isEmpty() || !figures.isEmpty()) html.append("\n<div class=\"figures\">\n");
        if (!table.isEmpty()) html.append("<div class=\"wide\">").append(table).append("</div>\n");
        for (Figure figure : figures) html.append(figure.html());
        if (!table.isEmpty() || !figures.isEmpty()) html.append("</div>\n");
        html.append("</section>\n");
    }

    /** With a capital, as a title begins. */
    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** The class of a series' mark in the legend. */
    static String look(Line line) {
        return line.compared() ? "muted" : "s" + line.look() % MARKS.length;
    }

    static String mark(Line line) {
        if (line.compared()) return line.look() == Line.FLOOR ? "\u00B7\u00B7\u00B7" : "\u2014";
        return MARKS[line.look() % MARKS.length];
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String style() {
        return ":root{" + colours(Theme.LIGHT) + "}\n@media screen and (prefers-color-scheme: dark){:root{"
                + colours(Theme.DARK)
                + "}}\n" + """
                *{box-sizing:border-box}
                body{margin:0 auto;max-width:78rem;padding:1rem 1.25rem 3rem;background:var(--ground);color:var(--text);
                  font:16px/1.5 system-ui,sans-serif}
                h1{margin:.5rem 0 0;font-size:1.7rem}
                h2{margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--grid);font-size:1.25rem}
                p,dl{max-width:60rem}
                header p{overflow-wrap:anywhere}
                .summary{margin:1rem 0;padding:.1rem 1rem;border-left:.3rem solid var(--s0);background:var(--box)}
                .summary p{margin:.6rem 0;max-width:none}
                .summary p:first-child{font-size:1.1rem;font-weight:600}
                dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;font-size:.9rem}
                dt{font-weight:600}
                dd{margin:0}
                .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(32rem,100%),1fr));gap:1.5rem}
                figure{margin:0;min-width:0}
                figcaption{font-weight:600}
                img{display:block;width:100%;max-width:40rem;height:auto}
                .legend{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;margin:.25rem 0;padding:0;list-style:none;
                  font-size:.9rem}
                .muted{color:var(--muted);font-weight:700}
                details,.wide{overflow-x:auto;font-size:.9rem}
                summary{cursor:pointer}
                table{border-collapse:collapse;margin:.5rem 0;font-variant-numeric:tabular-nums}
                caption{text-align:left;font-weight:600}
                th,td{padding:.15rem .5rem;border-bottom:1px solid var(--grid);text-align:right}
                thead th{vertical-align:bottom;overflow-wrap:anywhere}
                th:first-child{text-align:left;font-weight:500}
                tbody th{overflow-wrap:anywhere;min-width:4.5rem}
                .glance{width:100%;max-width:60rem}
                .wide th{overflow-wrap:normal}
                .glance td{white-space:nowrap}
                .glance .bar{width:40%;min-width:3.5rem;text-align:left}
                svg{display:block;width:100%;height:1.2rem;background:var(--box)}
                path{stroke:var(--text);stroke-width:1.5;fill:none;vector-effect:non-scaling-stroke}
                .halo{stroke:var(--ground);stroke-width:4}
                @media (max-width:40rem){
                  body{padding:.5rem .75rem 2rem}
                  th,td{padding:.15rem .3rem}
                  .wide{font-size:.8rem}
                  .glance td{white-space:normal}
                }
                @media print{
                  body{max-width:none;padding:0;font-size:11pt}
                  details:not([open]){display:none}
                  figure,tr,dl{break-inside:avoid}
                  h2{break-after:avoid}
                  .figures{grid-template-columns:1fr 1fr}
                }
                """ + marks();
    }

    private static String colours(Theme theme) {
        StringBuilder css = new StringBuilder("--ground:" + hex(theme.ground().getRGB()) + ";--text:"
                + hex(theme.text().getRGB()) + ";--grid:" + hex(theme.grid().getRGB()) + ";--muted:"
                + hex(theme.muted().getRGB()) + ";--box:" + hex(theme.box().getRGB()));
        for (int i = 0; i < MARKS.length; i++) {
            css.append(";--s").append(i).append(':').append(hex(theme.series(i).getRGB()));
        }
        return css.toString();
    }

    private static String marks() {
        StringBuilder css = new StringBuilder();
        for (int i = 0; i < MARKS.length; i++) css.append(".s" + i + "{color:var(--s" + i + ")}\n");
        return css.toString();
    }

    private static String hex(int rgb) {
        return String.format("#%06x", rgb & 0xFFFFFF);
    }
}
