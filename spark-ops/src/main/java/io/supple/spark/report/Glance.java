// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static io.supple.spark.report.NumberTable.brief;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Every scoring by one number, as bars with their errors: for who looks first and reads later. */
final class Glance {

    private final RankingReport report;
    private final Summary summary;
    private final int k;
    private final BigDecimal end;

    Glance(RankingReport report) {
        this.report = report;
        summary = new Summary(report);
        k = report.judging().choosing();
        double most = 0;
        for (int c = 0; c <= report.randomOrder(); c++) {
            double error = report.standardError(c, Metric.NDCG, k);
            most = Math.max(most, report.mean(c, Metric.NDCG, k) + (Double.isNaN(error) ? 0 : error));
        }
        end = end(most);
    }

    /** The next of 1, 0.5, 0.2, 0.1, 0.05, ... : where all scores are low, their bars should be told apart. */
    private static BigDecimal end(double most) {
        BigDecimal end = BigDecimal.ONE;
        for (int power = 0; power > -4; power--) {
            for (int lead : new int[] {10, 5, 2}) {
                BigDecimal next = BigDecimal.valueOf(lead).scaleByPowerOfTen(power - 1);
                if (next.doubleValue() >= most) end = next;
            }
        }
        return end;
    }

    /** A table with a bar in each row, and what the prediction is better by; the best order, which is 1, has no bar. */
    String html() {
        List<String> names = report.scorings();
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table class=\"glance\">\n<caption>Mean NDCG at ")
                .append(k)
                .append(" \u00B1 one standard error</caption>\n<thead><tr><th scope=\"col\">Order by</th>")
                .append("<th scope=\"col\">Mean</th><th scope=\"col\" class=\"bar\">From 0 to ")
                .append(end.stripTrailingZeros().toPlainString())
                .append("</th><th scope=\"col\">")
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
                .append(c == report.bestOrder() ? "" : bar(mean, error, look(c)))
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
        if (c == report.randomOrder()) return "muted";
        return Html.look(new Line("", c, List.of()));
    }

    private static String within(String mean, double error) {
        return Double.isNaN(error) ? mean : mean + " \u00B1\u00A0" + brief(error);
    }

    private String bar(double mean, double error, String look) {
        if (Double.isNaN(mean)) return "";
        String picture = "<svg class=\"" + look + "\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\""
                + " aria-hidden=\"true\"><rect x=\"0\" y=\"1\" width=\"" + hundredths(mean)
                + "\" height=\"8\" fill=\"currentColor\"/>";
        if (error > 0) {
            String from = hundredths(mean - error);
            String to = hundredths(mean + error);
            String path = " d=\"M" + from + " 5H" + to + "M" + from + " 2.5v5M" + to + " 2.5v5\"/>";
            picture += "<path class=\"halo\"" + path + "<path" + path; // seen on the bar and beside it
        }
        return picture + "</svg>";
    }

    private String hundredths(double x) {
        return String.format(Locale.ROOT, "%.2f", Math.max(0, Math.min(100, 100 * x / end.doubleValue())));
    }
}
