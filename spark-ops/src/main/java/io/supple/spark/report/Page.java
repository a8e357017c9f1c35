// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static io.supple.spark.report.NumberTable.count;

import io.supple.EmptyList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report as one HTML page that needs nothing else, light or dark as the reader's system is. */
public final class Page {

    private static final String[] MARKS = {"\u25CF", "\u25A0", "\u25C6", "\u25B2", "\u2716"};

    private final RankingReport report;
    private final String source;
    private final Optional<TrainingHistory> history;

    /**
     * A page.
     *
     * @param source what was judged, for the headline
     * @param history of the training, if there is one
     */
    public Page(RankingReport report, String source, Optional<TrainingHistory> history) {
        this.report = report;
        this.source = source;
        this.history = history.filter(h -> !h.isEmpty());
    }

    /** The page. */
    public String html() {
        Figures figures = new Figures(report);
        List<String> names = report.scorings();
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>Ranking report: ")
                .append(escaped(source))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<header>\n<h1>Ranking report</h1>\n<p>")
                .append(escaped(source + ", ordered by " + names.get(0)))
                .append("</p>\n</header>\n<main>\n");
        section(html, "Lists", counted(), List.of(figures.lengths()));
        List<Figure> metrics = new ArrayList<>();
        for (Metric metric : Metric.values()) metrics.add(figures.metric(metric));
        section(html, "Metrics by cut-off", judged(), metrics);
        List<Figure> differences = new ArrayList<>();
        for (Metric metric : Metric.values()) differences.add(figures.differences(metric));
        section(html, "Paired differences", paired(), differences);
        if (report.soft().hard().count() > 0) {
            List<Figure> soft = new ArrayList<>(List.of(figures.softness()));
            if (report.soft().size(0).count() > 0) soft.add(figures.gradient());
            section(html, "The soft metric", softly(), soft);
        }
        history.ifPresent(h -> section(html, "Training", "<p>As the training wrote it down.</p>", Figures.training(h)));
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void section(StringBuilder html, String title, String text, List<Figure> figures) {
        html.append("<section>\n<h2>")
                .append(title)
                .append("</h2>\n")
                .append(text)
                .append("\n<div class=\"figures\">\n");
        for (Figure figure : figures) html.append(figure.html());
        html.append("</div>\n</section>\n");
    }

    /** What there is, as a table. */
    NumberTable counts() {
        return new NumberTable(List.of("counted", "number"))
                .row(List.of("lists", count(report.lists())))
                .row(List.of("rows", count(report.rows())))
                .row(List.of("lists without relevant rows", count(report.listsWithoutRelevant())))
                .row(List.of("lists whose labels are all equal and above 0", count(report.constantLists())))
                .row(List.of("lists of a single row", count(report.singleRowLists())))
                .row(List.of("lists in the means", count(report.judged())));
    }

    private String counted() {
        return counts().html("What was judged");
    }

    private String judged() {
        StringBuilder text = new StringBuilder(
                "<p>Means over lists; bars are one standard error. Rows with equal scores"
                        + " stand in any order, each as probable. The random order is exact, not drawn: the mean over all orders,"
                        + " which is also what a constant score is worth. The best order, by label, is in the numbers only.");
        Feature best = report.bestFeature();
        if (best != null) {
            text.append(" The best feature is the one of ")
                    .append(count(report.survey().features()))
                    .append(", in both directions, with the largest NDCG at ")
                    .append(report.judging().choosing())
                    .append(" <strong>on these very lists</strong>: it flatters itself.");
        }
        int missing = report.survey().missingFeatures();
        if (missing > 0) {
            text.append(" Features with missing values were not considered: ")
                    .append(count(missing))
                    .append('.');
        }
        text.append("</p>\n<p>")
                .append(emptyLists())
                .append(" ERR takes ")
                .append(report.judging().maxLabel());
        text.append(" for the highest label there can be.</p>\n<dl>");
        for (Metric metric : Metric.values()) {
            text.append("<dt>").append(metric.title()).append("</dt><dd>");
            text.append(escaped(metric.meaning())).append("</dd>");
        }
        return text.append("</dl>").toString();
    }

    private String emptyLists() {
        EmptyList policy = report.judging().emptyList();
        if (policy == EmptyList.NAN) return "Lists without relevant rows are left out.";
        return "Lists without relevant rows count as " + (policy == EmptyList.ONE ? 1 : 0)
                + ", but as 0 for precision and ERR.";
    }

    private static String paired() {
        return "<p>The difference is taken in each list before the mean, so that what makes all orders good or bad in a"
                + " list falls out. A mean of less than two standard errors may well be chance.</p>";
    }

    private String softly() {
        String text = "<p>What the SQL function <code>soft_ndcg</code> says, whose limit for softness to 0 is the exact"
                + " metric. The gradient is that of the scores in units of their standard deviation in the list, at"
                + " softness " + report.judging().softness() + ". Over the "
                + count(report.soft().hard().count())
                + " lists in which one order is better than another";
        long tooLong = report.soft().tooLong();
        if (tooLong > 0) {
            text += " and that have at most " + count(SoftTally.LONGEST) + " rows (" + count(tooLong) + " are longer)";
        }
        return text + ".</p>";
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
        return ":root{" + colours(Theme.LIGHT) + "}\n@media (prefers-color-scheme: dark){:root{" + colours(Theme.DARK)
                + "}}\n" + """
                *{box-sizing:border-box}
                body{margin:0 auto;max-width:78rem;padding:1rem 1.25rem 3rem;background:var(--ground);color:var(--text);
                  font:16px/1.5 system-ui,sans-serif}
                h1{margin:.5rem 0 0;font-size:1.7rem}
                h2{margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--grid);font-size:1.25rem}
                p,dl{max-width:60rem}
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
                details{overflow-x:auto;font-size:.9rem}
                summary{cursor:pointer}
                table{border-collapse:collapse;margin:.5rem 0;font-variant-numeric:tabular-nums}
                caption{text-align:left;font-weight:600}
                th,td{padding:.15rem .6rem;border-bottom:1px solid var(--grid);text-align:right;white-space:nowrap}
                th:first-child{text-align:left;font-weight:500;white-space:normal}
                """ + marks();
    }

    private static String colours(Theme theme) {
        StringBuilder css = new StringBuilder("--ground:" + hex(theme.ground().getRGB()) + ";--text:"
                + hex(theme.text().getRGB()) + ";--grid:" + hex(theme.grid().getRGB()) + ";--muted:"
                + hex(theme.muted().getRGB()));
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

    /** The means of all metrics and the differences to each rival, for the terminal. */
    public String text() {
        Figures figures = new Figures(report);
        StringBuilder text = new StringBuilder(counts().text());
        for (Metric metric : Metric.values()) {
            text.append('\n').append(figures.metric(metric).table().text());
        }
        text.append("\nNDCG of ").append(report.scorings().get(0)).append(" less that of the others, list by list\n");
        return text.append(figures.differences(Metric.NDCG).table().text()).toString();
    }
}
