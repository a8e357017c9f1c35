// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static io.supple.spark.report.NumberTable.count;

import io.supple.EmptyList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report as one HTML page that needs nothing else, light or dark as the reader's system is. */
public final class Page {

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
        String lead = source + ", ordered by " + names.get(0);
        Html.section(html, "At a glance", new Glance(report).html(), List.of());
        List<Figure> metrics = new ArrayList<>();
        for (Metric metric : Metric.values()) metrics.add(figures.metric(metric));
        Html.section(html, "Metrics by cut-off", judged(), metrics);
        List<Figure> differences = new ArrayList<>();
        for (Metric metric : Metric.values()) differences.add(figures.differences(metric));
        Html.section(html, "Paired differences", paired(), differences);
        Html.section(html, "Lists", "", counted(), List.of(figures.lengths()));
        if (report.soft().hard().count() > 0) {
            List<Figure> soft = new ArrayList<>(List.of(figures.softness()));
            if (report.soft().size(0).count() > 0) soft.add(figures.gradient());
            Html.section(html, "The soft metric", softly(), soft);
        }
        history.ifPresent(
                h -> Html.section(html, "Training", "<p>As the training wrote it down.</p>", Figures.training(h)));
        return Html.page("Ranking report", source, lead, new Summary(report).sentences(), html.toString());
    }

    /** What there is, as a table. */
    NumberTable counts() {
        return new NumberTable(List.of("Counted", "Number"))
                .row(List.of("Lists", count(report.lists())))
                .row(List.of("Rows", count(report.rows())))
                .row(List.of("Lists without relevant rows", count(report.listsWithoutRelevant())))
                .row(List.of("Lists whose labels are all equal and above 0", count(report.constantLists())))
                .row(List.of("Lists of a single row", count(report.singleRowLists())))
                .row(List.of("Lists in the means", count(report.judged())));
    }

    private String counted() {
        return counts().html("What was judged");
    }

    private String judged() {
        StringBuilder text = new StringBuilder(
                "<p>Means over lists; bars are one standard error of the mean. Rows with equal scores"
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
            text.append("<dt>").append(metric.heading()).append("</dt><dd>");
            text.append(Html.escaped(metric.meaning())).append("</dd>");
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

    /** The means of all metrics and the differences to each rival, for the terminal. */
    public String text() {
        Figures figures = new Figures(report);
        StringBuilder text = new StringBuilder();
        for (String sentence : new Summary(report).sentences())
            text.append(sentence).append('\n');
        text.append('\n').append(counts().text());
        for (Metric metric : Metric.values()) {
            text.append('\n').append(figures.metric(metric).table().text());
        }
        text.append("\nNDCG of ")
                .append(report.scorings().get(0))
                .append(" less that of each other score, list by list\n");
        return text.append(figures.differences(Metric.NDCG).table().text()).toString();
    }
}
