// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static io.supple.spark.report.NumberTable.brief;

import java.util.List;
import java.util.Locale;

/** Every scoring by one number, as bars with their errors: for who looks first and reads later. */
final class Glance {

    private final RankingReport report;
    private final Summary summary;
    private final int k;

    Glance(RankingReport report) {
        this.report = report;
        summary = new Summary(report);
        k = report.judging().choosing();
    }

    /** A table with a bar in each row, to 1, and what the prediction is better by. */
    String html() {
        List<String> names = report.scorings();
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table class=\"glance\">\n<caption>Mean NDCG at ")
                .append(k)
                .append(" \u00B1 one standard error</caption>\n<thead><tr><th scope=\"col\">Order by</th>")
                .append("<th scope=\"col\">Mean</th><th scope=\"col\" class=\"bar\">From 0 to 1</th><th scope=\"col\">")
                .append(Html.escaped(names.get(0)))
                .append(" is ahead by</th><th scope=\"col\">Verdict</th></tr></thead>\n<tbody>\n");
        for (int c = 0; c < names.size(); c++) row(html, c, names.get(c));
        return html.append("</tbody>\n</table></div>\n").toString();
    }

    private void row(StringBuilder html, int c, String name) {
        double mean = report.mean(c, Metric.NDCG, k);
        double error = report.standardError(c, Metric.NDCG, k);
        boolean rival = report.rivals().contains(c);
        html.append("<tr><th scope=\"row\">")
                .append(Html.escaped(name))
                .append("</th><td>")
                .append(within(brief(mean), error))
                .append("</td><td class=\"bar\">")
                .append(bar(mean, error, look(c)))
                .append("</td><td>");
        if (rival) {
            String sign = report.difference(c, Metric.NDCG, k) < 0 ? "\u2212" : "+";
            html.append(within(
                    sign + brief(Math.abs(report.difference(c, Metric.NDCG, k))),
                    report.differenceError(c, Metric.NDCG, k)));
        }
        html.append("</td><td>");
        if (rival) html.append(summary.verdict(c, Metric.NDCG, k).words());
        html.append("</td></tr>\n");
    }

    private String look(int c) {
        if (c == report.randomOrder() || c == report.bestOrder()) return "muted";
        return Html.look(new Line("", c, List.of()));
    }

    private static String within(String mean, double error) {
        return Double.isNaN(error) ? mean : mean + " \u00B1 " + brief(error);
    }

    /** In units of a hundredth; NDCG is between 0 and 1. */
    private static String bar(double mean, double error, String look) {
        if (Double.isNaN(mean)) return "";
        String picture = "<svg class=\"" + look + "\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\""
                + " aria-hidden=\"true\"><rect x=\"0\" y=\"1\" width=\"" + hundredths(mean)
                + "\" height=\"8\" fill=\"currentColor\"/>";
        if (error > 0) {
            String from = hundredths(Math.max(0, mean - error));
            String to = hundredths(Math.min(1, mean + error));
            String path = " d=\"M" + from + " 5H" + to + "M" + from + " 2.5v5M" + to + " 2.5v5\"/>";
            picture += "<path class=\"halo\"" + path + "<path" + path; // seen on the bar and beside it
        }
        return picture + "</svg>";
    }

    private static String hundredths(double x) {
        return String.format(Locale.ROOT, "%.2f", 100 * x);
    }
}
