// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static io.supple.spark.report.NumberTable.count;
import static io.supple.spark.report.NumberTable.number;
import static io.supple.spark.report.NumberTable.signed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** The figures of a report. */
final class Figures {

    private static final String CUTOFF = "cut-off k";

    private final RankingReport report;
    private final List<Integer> cutoffs;
    private final List<String> names;

    Figures(RankingReport report) {
        this.report = report;
        cutoffs = report.judging().cutoffs();
        names = report.scorings();
    }

    private List<String> categories() {
        return cutoffs.stream().map(String::valueOf).toList();
    }

    private int look(int scoring) {
        return scoring == report.randomOrder() ? Line.FLOOR : scoring;
    }

    /** A metric by cut-off, of every scoring. */
    Figure metric(Metric metric) {
        List<Line> lines = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            all.add(c);
            if (c == report.bestOrder()) continue; // far above, it would press the others together
            List<Double> y = new ArrayList<>();
            List<Double> errors = new ArrayList<>();
            for (int k : cutoffs) {
                double error = report.standardError(c, metric, k);
                y.add(report.mean(c, metric, k));
                errors.add(Double.isNaN(error) ? 0 : error);
            }
            lines.add(new Line(names.get(c), look(c), y, errors));
        }
        NumberTable table = byCutoff(
                "Mean " + metric.title() + " (standard error)",
                names,
                (c, k) -> number(report.mean(c, metric, k)) + " (" + number(report.standardError(c, metric, k)) + ")",
                all);
        int last = cutoffs.get(cutoffs.size() - 1);
        String alt = "Mean " + metric.title() + " by cut-off k. At k = " + last + ": "
                + String.join(
                        ", ",
                        names.stream()
                                .map(name -> name + " " + number(report.mean(names.indexOf(name), metric, last)))
                                .toList())
                + ".";
        return new Figure(
                metric.heading() + " by cut-off",
                alt,
                lines,
                drawing -> drawing.lines(CUTOFF, "mean " + metric.title(), categories(), lines),
                table);
    }

    /** What the prediction is better by than each rival, list by list. */
    Figure differences(Metric metric) {
        List<Line> lines = new ArrayList<>();
        List<String> against = names.stream().map(name -> "against " + name).toList();
        for (int c : report.rivals()) {
            List<Double> y = new ArrayList<>();
            List<Double> errors = new ArrayList<>();
            for (int k : cutoffs) {
                double error = report.differenceError(c, metric, k);
                y.add(report.difference(c, metric, k));
                errors.add(Double.isNaN(error) ? 0 : error);
            }
            lines.add(new Line(against.get(c), look(c), y, errors));
        }
        NumberTable table = byCutoff(
                "Mean difference of " + metric.title() + " (standard error)",
                against,
                (c, k) -> signed(report.difference(c, metric, k)) + " (" + number(report.differenceError(c, metric, k))
                        + ")",
                report.rivals());
        List<Line> drawn = new ArrayList<>(lines);
        drawn.add(new Line("0", Line.BOUND, cutoffs.stream().map(k -> 0.0).toList()));
        return new Figure(
                metric.heading() + ": " + names.get(0) + " less each other score, list by list",
                "Mean paired difference of " + metric.title() + " by cut-off, with bars of one standard error.",
                lines,
                drawing -> drawing.lines(CUTOFF, "difference of " + metric.title(), categories(), drawn),
                table);
    }

    /** What a table says of a scoring at a cut-off. */
    private interface Cell {
        String of(int scoring, int k);
    }

    /** A table of cut-offs and scorings, of which the more numerous go down, so that many of them need no wide page. */
    private NumberTable byCutoff(String caption, List<String> headings, Cell cell, List<Integer> scorings) {
        List<String> head = new ArrayList<>(List.of(caption));
        boolean down = cutoffs.size() > names.size();
        if (down) for (int c : scorings) head.add(headings.get(c));
        else for (int k : cutoffs) head.add("k = " + k);
        NumberTable table = new NumberTable(head);
        if (down) {
            for (int k : cutoffs) {
                List<String> cells = new ArrayList<>(List.of("k = " + k));
                for (int c : scorings) cells.add(cell.of(c, k));
                table.row(cells);
            }
        } else {
            for (int c : scorings) {
                List<String> cells = new ArrayList<>(List.of(headings.get(c)));
                for (int k : cutoffs) cells.add(cell.of(c, k));
                table.row(cells);
            }
        }
        return table;
    }

    /** The soft metric against softness, and the exact one. */
    Figure softness() {
        SoftTally soft = report.soft();
        List<Double> x = SoftTally.SOFTNESSES;
        List<Double> y = new ArrayList<>();
        List<Double> hard = new ArrayList<>();
        NumberTable table = new NumberTable(List.of("Softness", "Mean soft NDCG", "Standard error"));
        table.row(
                List.of("exact", number(soft.hard().mean()), number(soft.hard().standardError())));
        for (int t = 0; t < x.size(); t++) {
            y.add(soft.soft(t).mean());
            hard.add(soft.hard().mean());
            table.row(List.of(
                    Drawing.decade(x.get(t)),
                    number(soft.soft(t).mean()),
                    number(soft.soft(t).standardError())));
        }
        List<Line> lines =
                List.of(new Line("soft NDCG of the whole list", 0, y), new Line("exact NDCG", Line.FLOOR, hard));
        return new Figure(
                "Soft NDCG against softness",
                "Mean soft NDCG of the whole list at softness " + Drawing.decade(x.get(0)) + " to "
                        + Drawing.decade(x.get(x.size() - 1)) + ": " + number(y.get(0)) + " to "
                        + number(y.get(y.size() - 1)) + "; the exact NDCG is " + number(hard.get(0)) + ".",
                lines,
                drawing -> drawing.curves("softness", "mean NDCG", x, lines, true),
                table);
    }

    /** Where in the list the gradient is. */
    Figure gradient() {
        SoftTally soft = report.soft();
        List<Double> x = new ArrayList<>();
        List<Double> size = new ArrayList<>();
        List<Double> pull = new ArrayList<>();
        NumberTable table = new NumberTable(List.of("Place", "Mean size", "Mean with sign", "Lists"));
        for (int r = 0; r < SoftTally.PLACES && soft.size(r).count() > 0; r++) {
            x.add(r + 1.0);
            size.add(soft.size(r).mean());
            pull.add(soft.pull(r).mean());
            table.row(List.of(
                    "" + (r + 1),
                    number(soft.size(r).mean()),
                    signed(soft.pull(r).mean()),
                    count(soft.size(r).count())));
        }
        List<Line> lines = List.of(new Line("mean size", 0, size), new Line("mean with sign, up is positive", 1, pull));
        List<Line> drawn = new ArrayList<>(lines);
        drawn.add(new Line("0", Line.BOUND, x.stream().map(r -> 0.0).toList()));
        return new Figure(
                "Gradient of soft NDCG by place",
                "Mean gradient of soft NDCG at softness " + report.judging().softness()
                        + " by the place that the prediction gives a row, per standard deviation of the list's scores.",
                lines,
                drawing -> drawing.curves("place by " + names.get(0), "gradient", x, drawn, false),
                table);
    }

    /** How long lists are. */
    Figure lengths() {
        return lengths(
                report.bins(),
                report::lists,
                "How many lists have how many rows: from " + report.survey().shortest() + " to "
                        + report.survey().longest() + ".");
    }

    /** How many lists there are in each bin of lengths. */
    static Figure lengths(LengthBins bins, IntToLongFunction lists, String alt) {
        List<String> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        NumberTable table = new NumberTable(List.of("Rows in a list", "Lists"));
        for (int b = 0; b < bins.count(); b++) {
            long count = lists.applyAsLong(b);
            x.add(bins.start(b));
            y.add((double) count);
            table.row(List.of(bins.label(b), count(count)));
        }
        return new Figure(
                "Lengths of lists",
                alt,
                List.of(),
                drawing -> drawing.bars("rows in a list, at least", "lists", x, y),
                table);
    }

    /** The columns of a training's history; those of one metric, of training and of validation, together. */
    static List<Figure> training(TrainingHistory history) {
        Map<String, List<String>> byMetric = new LinkedHashMap<>();
        for (String curve : history.curves()) {
            String metric = curve.substring(curve.lastIndexOf(' ') + 1);
            byMetric.computeIfAbsent(metric, m -> new ArrayList<>()).add(curve);
        }
        List<Figure> figures = new ArrayList<>();
        byMetric.forEach((metric, curves) -> figures.add(training(history, metric, curves)));
        return figures;
    }

    private static Figure training(TrainingHistory history, String metric, List<String> curves) {
        List<Double> x = history.iterations();
        List<Line> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("Iteration"));
        StringBuilder alt = new StringBuilder(metric + " by iteration:");
        for (String curve : curves) {
            List<Double> y = history.curve(curve);
            lines.add(new Line(curve, lines.size(), y));
            head.add(curve);
            alt.append(' ').append(curve).append(" from ").append(number(y.get(0)));
            alt.append(" to ").append(number(y.get(y.size() - 1))).append('.');
        }
        NumberTable table = new NumberTable(head);
        for (int i = 0; i < x.size(); i++) {
            List<String> cells = new ArrayList<>(List.of(count(x.get(i).longValue())));
            for (Line line : lines) cells.add(number(line.y().get(i)));
            table.row(cells);
        }
        return new Figure(
                "Training: " + metric,
                alt.toString(),
                lines.size() > 1 ? lines : List.of(),
                drawing -> drawing.curves("iteration", metric, x, lines, false),
                table);
    }
}
