// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static io.supple.spark.report.NumberTable.brief;
import static io.supple.spark.report.NumberTable.count;

import io.supple.EmptyList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report in a few sentences: what was measured, what came first, by how much, and what to look at next. */
final class Summary {

    /** A difference of fewer standard errors may well be chance. */
    static final double CLEAR = 2;

    private static final double MANY = 0.05; // of the lists

    private final RankingReport report;
    private final List<String> names;
    private final int k;

    Summary(RankingReport report) {
        this.report = report;
        names = report.scorings();
        k = report.judging().choosing();
    }

    /** The sentences. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        String lists = count(report.lists()) + (report.lists() == 1 ? " list" : " lists") + " of "
                + count(report.rows()) + (report.rows() == 1 ? " row" : " rows");
        if (report.judged() == 0) {
            sentences.add("No mean could be taken of " + lists + ", since none has a row with a label above 0.");
            return sentences;
        }
        double mean = report.mean(RankingReport.PREDICTION, Metric.NDCG, k);
        double error = report.standardError(RankingReport.PREDICTION, Metric.NDCG, k);
        sentences.add("Over " + lists + ", " + names.get(0) + " has a mean NDCG at " + k + " of " + brief(mean)
                + (Double.isNaN(error)
                        ? " (one list, so there is no standard error)."
                        : " \u00B1 " + brief(error) + " (one standard error)."));
        sentences.add(compared());
        sentences.add(next());
        remarks(sentences);
        return sentences;
    }

    /** Of the scores that were given or found, the prediction aside, the one with the best mean; a random order if none was. */
    int rival() {
        int rival = report.randomOrder();
        for (int c = 1; c < report.randomOrder(); c++) {
            boolean first = rival == report.randomOrder();
            if (first || report.mean(c, Metric.NDCG, k) > report.mean(rival, Metric.NDCG, k)) rival = c;
        }
        return rival;
    }

    private String compared() {
        int rival = rival();
        int random = report.randomOrder();
        if (rival == random) return "It is the only score: " + against(random) + ".";
        String best = (random == 2 ? "better" : "best") + " of " + random + " scores";
        String text = switch (verdict(rival, Metric.NDCG, k)) {
            case BETTER -> "It is the " + best + ": " + against(rival) + ", and ";
            case WORSE ->
                "The " + best + " is " + named(rival) + ": " + names.get(0) + " has "
                        + size(-report.difference(rival, Metric.NDCG, k), rival) + " less, and ";
            case OPEN -> "It cannot be told from " + named(rival) + ", " + difference(rival) + ", and has ";
        };
        return text + against(random) + ".";
    }

    private String against(int rival) {
        String name = named(rival);
        return switch (verdict(rival, Metric.NDCG, k)) {
            case BETTER -> size(report.difference(rival, Metric.NDCG, k), rival) + " more than " + name;
            case WORSE -> size(-report.difference(rival, Metric.NDCG, k), rival) + " less than " + name;
            case OPEN -> "about as much as " + name + " (" + difference(rival) + ")";
        };
    }

    private String next() {
        int rival = rival();
        int random = report.randomOrder();
        if (verdict(random, Metric.NDCG, k) == Verdict.WORSE) {
            return "Look next at the sign of " + names.get(0)
                    + ": a random order is better, as if the smallest were the best.";
        }
        if (verdict(random, Metric.NDCG, k) == Verdict.OPEN) {
            return "Look next at more lists, or at what " + names.get(0) + " was learnt from: no order is clear yet.";
        }
        Spot best = spot(rival, -1);
        Spot worst = spot(rival, 1);
        if (best == null || worst == null) return "Look next at the metrics by cut-off.";
        if (verdict(rival, Metric.NDCG, k) == Verdict.BETTER) {
            return "Look next at " + worst.name() + ", where its lead over " + named(rival) + " is least certain: "
                    + difference(rival, worst) + ".";
        }
        return "Look next at the paired differences: against " + named(rival) + " it does best in " + best.name() + " ("
                + difference(rival, best) + ") and worst in " + worst.name() + " (" + difference(rival, worst) + ").";
    }

    private void remarks(List<String> sentences) {
        long empty = report.listsWithoutRelevant();
        if (report.judging().emptyList() == EmptyList.ONE && empty >= MANY * report.lists()) {
            sentences.add(share(empty) + " have no row with a label above 0 and count as 1, whatever their order:"
                    + " --empty-list skip leaves them out.");
        }
        if (report.singleRowLists() >= MANY * report.lists()) {
            sentences.add(share(report.singleRowLists()) + " have a single row, and so no order.");
        }
    }

    private String share(long lists) {
        return String.format(Locale.ROOT, "%s of the lists (%.0f %%)", count(lists), 100.0 * lists / report.lists());
    }

    /** Where a prediction stands against a rival. */
    enum Verdict {
        BETTER("better"),
        WORSE("worse"),
        OPEN("may be chance");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    Verdict verdict(int rival, Metric metric, int cutoff) {
        double difference = report.difference(rival, metric, cutoff);
        double error = report.differenceError(rival, metric, cutoff);
        if (Double.isNaN(error) || difference == 0 || Math.abs(difference) < CLEAR * error) return Verdict.OPEN;
        return difference > 0 ? Verdict.BETTER : Verdict.WORSE;
    }

    /** A metric at a cut-off. */
    private record Spot(Metric metric, int k) {

        String name() {
            return metric.title() + " at " + k;
        }
    }

    /** Where the difference to a rival is smallest in its standard errors, or largest if the sign is -1; null if none has any. */
    private Spot spot(int rival, int sign) {
        Spot spot = null;
        double least = Double.POSITIVE_INFINITY;
        for (Metric metric : Metric.values()) {
            for (int cutoff : report.judging().cutoffs()) {
                double error = report.differenceError(rival, metric, cutoff);
                if (!(error > 0)) continue;
                double errors = sign * report.difference(rival, metric, cutoff) / error;
                if (errors < least) {
                    least = errors;
                    spot = new Spot(metric, cutoff);
                }
            }
        }
        return spot;
    }

    private String named(int scoring) {
        if (scoring == report.randomOrder()) return "a random order";
        boolean feature = report.bestFeature() != null && scoring == report.randomOrder() - 1;
        return feature ? "the best single feature (" + report.bestFeature().name() + ")" : names.get(scoring);
    }

    private String difference(int rival) {
        return difference(rival, new Spot(Metric.NDCG, k));
    }

    private String difference(int rival, Spot spot) {
        double error = report.differenceError(rival, spot.metric(), spot.k());
        String sign = report.difference(rival, spot.metric(), spot.k()) < 0 ? "\u2212" : "+";
        return sign
                + brief(Math.abs(report.difference(rival, spot.metric(), spot.k())))
                + (Double.isNaN(error) ? "" : " \u00B1 " + brief(error));
    }

    private String size(double difference, int rival) {
        return brief(difference) + " \u00B1 " + brief(report.differenceError(rival, Metric.NDCG, k));
    }
}
