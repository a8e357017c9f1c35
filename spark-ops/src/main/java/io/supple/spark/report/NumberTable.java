// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table with names on the left: for people who do not see a picture, and for the terminal. */
final class NumberTable {

    private final List<String> head;
    private final List<List<String>> body = new ArrayList<>();

    NumberTable(List<String> head) {
        this.head = List.copyOf(head);
    }

    NumberTable row(List<String> cells) {
        if (cells.size() != head.size()) {
            throw new IllegalArgumentException("table: a row must have " + head.size() + " cells, got " + cells.size());
        }
        body.add(List.copyOf(cells));
        return this;
    }

    List<List<String>> body() {
        return body;
    }

    /** To four digits; a dash where there is no number. */
    static String number(double x) {
        return Double.isNaN(x) ? "-" : String.format(Locale.ROOT, "%.4f", x);
    }

    /** To three digits, for text. */
    static String brief(double x) {
        return String.format(Locale.ROOT, "%.3f", x);
    }

    /** With its sign. */
    static String signed(double x) {
        return Double.isNaN(x) ? "-" : String.format(Locale.ROOT, "%+.4f", x);
    }

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** In columns of equal width, the first to the left and the others to the right. */
    String text() {
        int[] widths = new int[head.size()];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = head.get(c).length();
            for (List<String> row : body)
                widths[c] = Math.max(widths[c], row.get(c).length());
        }
        StringBuilder text = new StringBuilder(line(head, widths));
        for (List<String> row : body) text.append(line(row, widths));
        return text.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder(cells.get(0))
                .append(" ".repeat(widths[0] - cells.get(0).length()));
        for (int c = 1; c < widths.length; c++) {
            line.append(" ".repeat(2 + widths[c] - cells.get(c).length())).append(cells.get(c));
        }
        return line.append('\n').toString();
    }

    String html(String caption) {
        StringBuilder html =
                new StringBuilder("<table>\n<caption>" + Html.escaped(caption) + "</caption>\n<thead><tr>");
        for (String cell : head)
            html.append("<th scope=\"col\">").append(Html.escaped(cell)).append("</th>");
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : body) {
            html.append("<tr><th scope=\"row\">")
                    .append(Html.escaped(row.get(0)))
                    .append("</th>");
            for (String cell : row.subList(1, row.size())) {
                html.append("<td>").append(Html.escaped(cell)).append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table>\n").toString();
    }
}
