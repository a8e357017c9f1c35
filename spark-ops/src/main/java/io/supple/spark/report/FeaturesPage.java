// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static io.supple.spark.report.NumberTable.count;
import static io.supple.spark.report.NumberTable.number;

import io.supple.spark.job.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** What {@code supple features} computed as one HTML page: how long lists are, how values are spread, what softness does. */
public final class FeaturesPage {

    /** Lists that softness is tried on. */
    public static final int SAMPLE = 200;

    private final String source;
    private final String select;
    private final int results;
    private final int shortest;
    private final int longest;
    private final LengthBins bins;
    private final long[] lengths; // lists in each bin
    private final long lists;
    private final long rows;
    private final List<Spread> spreads;
    private final List<Blur> blurs;

    private FeaturesPage(
            String source,
            String select,
            int results,
            int shortest,
            int longest,
            LengthBins bins,
            long[] lengths,
            long lists,
            long rows,
            List<Spread> spreads,
            List<Blur> blurs) {
        this.source = source;
        this.select = select;
        this.results = results;
        this.shortest = shortest;
        this.longest = longest;
        this.bins = bins;
        this.lengths = lengths;
        this.lists = lists;
        this.rows = rows;
        this.spreads = spreads;
        this.blurs = blurs;
    }

    /**
     * Surveys what was computed.
     *
     * @param source what was read, for the headline
     * @param table what was written, at least one row
     * @param groups columns whose equal values made a list
     * @param results columns that were computed; the page shows those that are numbers
     * @param select how
     * @param view a view of {@link #SAMPLE} lists that the selection can be computed from
     * @param phases hears what is going on
     */
    public static FeaturesPage of(
            String source,
            Dataset<Row> table,
            List<String> groups,
            List<String> results,
            String select,
            String view,
            Consumer<String> phases) {
        phases.accept("page: lengths of lists");
        Column[] keys = groups.stream().map(Columns::quoted).toArray(Column[]::new);
        List<Row> sizes = table.groupBy(keys)
                .count()
                .groupBy("count")
                .agg(functions.count("*").as("lists"))
                .collectAsList();
        int shortest =
                (int) sizes.stream().mapToLong(row -> row.getLong(0)).min().orElseThrow();
        int longest =
                (int) sizes.stream().mapToLong(row -> row.getLong(0)).max().orElseThrow();
        LengthBins bins = new LengthBins(shortest, longest);
        long[] lengths = new long[bins.count()];
        long lists = 0;
        long rows = 0;
        for (Row size : sizes) {
            lengths[bins.of((int) size.getLong(0))] += size.getLong(1);
            lists += size.getLong(1);
            rows += size.getLong(0) * size.getLong(1);
        }
        StructType schema = table.schema();
        List<String> numbers = results.stream()
                .filter(result -> schema.apply(result).dataType() instanceof NumericType)
                .toList();
        if (!numbers.isEmpty()) phases.accept("page: how " + String.join(", ", numbers) + " are spread");
        List<Spread> spreads = Spread.of(table, numbers);
        phases.accept("page: what softness does");
        List<Blur> blurs = Blur.of(table.sparkSession(), select, view);
        return new FeaturesPage(
                source, select, results.size(), shortest, longest, bins, lengths, lists, rows, spreads, blurs);
    }

    /** The page. */
    public String html() {
        StringBuilder html = new StringBuilder();
        if (!spreads.isEmpty()) {
            List<Figure> figures = new ArrayList<>();
            for (Spread spread : spreads) if (spread.numbers() > 0) figures.add(spread(spread));
            String text = "<p>Bars from the 1 % to the 99 % quantile; what is beyond counts with the outermost.</p>";
            String wide = "<div class=\"wide\">" + quantiles().html("Quantiles") + "</div>";
            Html.section(html, "Computed columns", text + wide, figures);
        }
        if (!blurs.isEmpty()) {
            List<Figure> figures = new ArrayList<>();
            for (Blur blur : blurs) figures.add(blur(blur));
            String text =
                    "<p>The mean distance of each column from its exact value (mode hard), in its own units, over at most "
                            + SAMPLE
                            + " lists. Take the largest softness whose distance you can live with. Tied values keep a distance at any softness: exact ranks number them one after the other, soft ones are shared.</p>";
            Html.section(html, "What softness does", text, figures);
        }
        NumberTable counts = new NumberTable(List.of("Counted", "Number"))
                .row(List.of("Lists", count(lists)))
                .row(List.of("Rows", count(rows)));
        String alt = "How many lists have how many rows: from " + shortest + " to " + longest + ".";
        Html.section(
                html,
                "Lists",
                "",
                counts.html("What was read"),
                List.of(Figures.lengths(bins, bin -> lengths[bin], alt)));
        String lead = source + ": " + select.strip();
        return Html.page("Soft features", source, lead, sentences(), html.toString());
    }

    /** In short: what was computed, of how much, how far it is from the exact values, and what to look at next. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        String length = shortest == longest ? count(longest) : count(shortest) + " to " + count(longest);
        sentences.add(count(lists) + (lists == 1 ? " list" : " lists") + " of " + length + " rows, " + count(rows)
                + " rows in all, have " + count(results) + (results == 1 ? " new column." : " new columns."));
        if (!blurs.isEmpty()) {
            List<String> distances = new ArrayList<>();
            for (Blur blur : blurs) distances.add(blur.name() + " " + number(blur.selected()));
            sentences.add("As selected, their mean distances from the exact values are, in their own units: "
                    + String.join(", ", distances) + ".");
        }
        missing("NULL", Spread::nulls, sentences);
        missing("NaN", Spread::nans, sentences);
        Blur most = null;
        double largest = 0;
        for (Blur blur : blurs) {
            double share = share(blur);
            if (share > largest && share < Double.POSITIVE_INFINITY) {
                largest = share;
                most = blur;
            }
        }
        if (most != null) {
            sentences.add("Look next at " + most.name() + " against softness, which is moved most for its spread: by "
                    + String.format(Locale.ROOT, "%.2g %%", 100 * largest)
                    + " of the distance between its 1 % and 99 % quantiles.");
        }
        return sentences;
    }

    /** Columns that miss as much as each other in one sentence. */
    private void missing(String what, ToLongFunction<Spread> counted, List<String> sentences) {
        Map<Long, List<String>> names = new LinkedHashMap<>();
        for (Spread spread : spreads) {
            long missing = counted.applyAsLong(spread);
            if (missing == 0) continue;
            names.computeIfAbsent(missing, n -> new ArrayList<>()).add(spread.name());
        }
        names.forEach((missing, columns) -> sentences.add(String.format(
                Locale.ROOT,
                "%s of %s rows (%.1f %%) have %s in %s.",
                count(missing),
                count(rows),
                100.0 * missing / rows,
                what,
                String.join(", ", columns))));
    }

    /** How far a column is moved, in distances between its outer quantiles; NaN if it has no numbers. */
    private double share(Blur blur) {
        for (Spread spread : spreads) {
            if (!spread.name().equals(blur.name()) || spread.numbers() == 0) continue;
            return blur.selected() / (spread.quantile(0.99) - spread.quantile(0.01));
        }
        return Double.NaN;
    }

    private NumberTable quantiles() {
        List<String> head = new ArrayList<>(List.of("Column", "Numbers", "NULL", "NaN"));
        for (double level : Spread.LEVELS) head.add(level == 0 ? "Least" : level == 1 ? "Largest" : percent(level));
        NumberTable table = new NumberTable(head);
        for (Spread spread : spreads) {
            List<String> cells = new ArrayList<>(
                    List.of(spread.name(), count(spread.numbers()), count(spread.nulls()), count(spread.nans())));
            for (int q = 0; q < Spread.LEVELS.size(); q++) {
                cells.add(
                        spread.numbers() == 0 ? "-" : number(spread.quantiles().get(q)));
            }
            table.row(cells);
        }
        return table;
    }

    private static String percent(double level) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * level);
    }

    private static Figure spread(Spread spread) {
        RoundBins bins = spread.bins();
        List<Double> y = spread.counts().stream().map(Long::doubleValue).toList();
        NumberTable table = new NumberTable(List.of("From", "Rows"));
        for (int bin = 0; bin < bins.count(); bin++) {
            table.row(List.of(bins.labels().get(bin), count(spread.counts().get(bin))));
        }
        String alt = spread.name() + " of " + count(spread.numbers()) + " rows, median " + number(spread.quantile(0.5))
                + ".";
        return new Figure(
                "Spread of " + spread.name(),
                alt,
                List.of(),
                drawing -> drawing.bars(spread.name() + ", at least", "rows", bins.labels(), y),
                table);
    }

    private static Figure blur(Blur blur) {
        List<Double> x = SoftTally.SOFTNESSES;
        NumberTable table = new NumberTable(List.of("Softness", "Mean distance"));
        table.row(List.of("as selected", number(blur.selected())));
        for (int i = 0; i < x.size(); i++)
            table.row(List.of(Drawing.decade(x.get(i)), number(blur.distance().get(i))));
        List<Line> lines = new ArrayList<>(List.of(new Line(blur.name(), 0, blur.distance())));
        if (!Double.isNaN(blur.selected())) {
            List<Double> selected = x.stream().map(softness -> blur.selected()).toList();
            lines.add(new Line("as selected", Line.FLOOR, selected));
        }
        String alt = "Mean distance of " + blur.name() + " from its exact value, by softness; as selected "
                + number(blur.selected()) + ".";
        return new Figure(
                "Distance of " + blur.name() + " against softness",
                alt,
                lines,
                drawing -> drawing.curves("softness", "distance from the exact value", x, lines, true),
                table);
    }
}
