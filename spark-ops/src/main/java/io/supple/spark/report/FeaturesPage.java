// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static io.supple.spark.report.NumberTable.count;
import static io.supple.spark.report.NumberTable.number;

import io.supple.spark.job.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
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
    private final LengthBins bins;
    private final long[] lengths; // lists in each bin
    private final long lists;
    private final long rows;
    private final List<Spread> spreads;
    private final List<Blur> blurs;

    private FeaturesPage(
            String source,
            String select,
            LengthBins bins,
            long[] lengths,
            long lists,
            long rows,
            List<Spread> spreads,
            List<Blur> blurs) {
        this.source = source;
        this.select = select;
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
        List<Spread> spreads = new ArrayList<>();
        StructType schema = table.schema();
        for (String result : results) {
            if (!(schema.apply(result).dataType() instanceof NumericType)) continue;
            phases.accept("page: how " + result + " is spread");
            spreads.add(Spread.of(table, result));
        }
        phases.accept("page: what softness does");
        List<Blur> blurs = Blur.of(table.sparkSession(), select, view);
        return new FeaturesPage(source, select, bins, lengths, lists, rows, spreads, blurs);
    }

    /** The page. */
    public String html() {
        StringBuilder html = new StringBuilder();
        NumberTable counts = new NumberTable(List.of("counted", "number"))
                .row(List.of("lists", count(lists)))
                .row(List.of("rows", count(rows)));
        Html.section(
                html,
                "Lists",
                counts.html("What was read"),
                List.of(Figures.lengths(bins, bin -> lengths[bin], "How many lists have how many rows.")));
        if (!spreads.isEmpty()) {
            List<Figure> figures = new ArrayList<>();
            for (Spread spread : spreads) if (spread.numbers() > 0) figures.add(spread(spread));
            String text = "<p>Bars from the 1 % to the 99 % quantile; what is beyond counts with the outermost.</p>";
            Html.section(html, "Computed columns", text + quantiles().html("Quantiles"), figures);
        }
        if (!blurs.isEmpty()) {
            List<Figure> figures = new ArrayList<>();
            for (Blur blur : blurs) figures.add(blur(blur));
            String text =
                    "<p>The mean distance of each column from its exact value (mode hard), in its own units, over at most "
                            + SAMPLE + " lists. Take the largest softness whose distance you can live with.</p>";
            Html.section(html, "What softness does", text, figures);
        }
        return Html.page("Soft features", source, source + ": " + select.strip(), html.toString());
    }

    private NumberTable quantiles() {
        List<String> head = new ArrayList<>(List.of("column", "numbers", "NULL", "NaN"));
        for (double level : Spread.LEVELS) head.add(level == 0 ? "least" : level == 1 ? "largest" : percent(level));
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
        List<String> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        NumberTable table = new NumberTable(List.of("from", "rows"));
        for (int bin = 0; bin < Spread.BINS; bin++) {
            String start = String.format(Locale.ROOT, "%.4g", spread.start(bin));
            String label =
                    Double.isInfinite(spread.start(bin)) ? "" + bin : new java.math.BigDecimal(start).toPlainString();
            if (x.contains(label)) continue; // all numbers are equal
            x.add(label);
            y.add((double) spread.counts().get(bin));
            table.row(List.of(label, count(spread.counts().get(bin))));
        }
        String alt = spread.name() + " of " + count(spread.numbers()) + " rows, median "
                + number(spread.quantiles().get(3)) + ".";
        return new Figure(spread.name(), alt, List.of(), drawing -> drawing.bars(spread.name(), "rows", x, y), table);
    }

    private static Figure blur(Blur blur) {
        List<Double> x = SoftTally.SOFTNESSES;
        NumberTable table = new NumberTable(List.of("softness", "mean distance"));
        for (int i = 0; i < x.size(); i++)
            table.row(List.of(Drawing.decade(x.get(i)), number(blur.distance().get(i))));
        List<Line> lines = List.of(new Line(blur.name(), 0, blur.distance()));
        String alt = "Mean distance of " + blur.name() + " from its exact value, by softness.";
        return new Figure(
                blur.name() + " against softness",
                alt,
                List.of(),
                drawing -> drawing.curves("softness", "distance from the exact value", x, lines, true),
                table);
    }
}
