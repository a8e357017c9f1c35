// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.Soft;
import io.supple.spark.Sessions;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

/** The page of computed columns: its numbers are those of the table. */
class FeaturesPageTest {

    private static final SparkSession SESSION = Sessions.shared();

    @Test
    void selectionsAreSplitAtTheirOwnCommas() {
        assertThat(Blur.split("soft_rank(a, mode => 'c1,'), array(1, 2)[0] AS `b,c`, d"))
                .containsExactly("soft_rank(a, mode => 'c1,')", " array(1, 2)[0] AS `b,c`", " d");
    }

    @Test
    void blursAreMeanDistancesFromTheExactValue() {
        SESSION.sql("SELECT array(3D, 1D, 2D) AS x UNION ALL SELECT array(5D, 5.5D, NULL)")
                .createOrReplaceTempView("fp_lists");
        String select =
                "soft_rank(x, method => 'softsort', softness => 0.7) AS r, soft_max(x) top, soft_ndcg(x, x, mode => 'c0') AS n,"
                        + " soft_least_squares_loss(x, x) AS none, soft_rank(x)[0] AS part, size(x) AS n2, soft_argsort(x) AS rows";
        List<Blur> blurs = Blur.of(SESSION, select, "fp_lists");
        assertThat(blurs.stream().map(Blur::name)).containsExactly("r", "top", "n");
        for (int t = 0; t < SoftTally.SOFTNESSES.size(); t++) {
            Soft soft = Soft.smooth(SoftTally.SOFTNESSES.get(t));
            double first = distance(soft.with(io.supple.Method.SOFTSORT), 3, 1, 2);
            double second = distance(soft.with(io.supple.Method.SOFTSORT), 5, 5.5);
            assertThat(blurs.get(0).distance().get(t)).isCloseTo((first + second) / 2, offset(1e-12));
            double top = 3 - soft.max(Tensor.of(3, 1, 2)).item();
            double other = 5.5 - soft.max(Tensor.of(5, 5.5)).item();
            assertThat(blurs.get(1).distance().get(t)).isCloseTo((top + other) / 2, offset(1e-12));
        }
        assertThat(blurs.get(0).distance()).hasSameSizeAs(SoftTally.SOFTNESSES);
        Soft selected = Soft.smooth(0.7).with(io.supple.Method.SOFTSORT);
        assertThat(blurs.get(0).selected())
                .isCloseTo((distance(selected, 3, 1, 2) + distance(selected, 5, 5.5)) / 2, offset(1e-12));
    }

    private static double distance(Soft soft, double... x) {
        double[] ranks = soft.rank(Tensor.of(x)).data();
        double[] exact = Soft.HARD.rank(Tensor.of(x)).data();
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += Math.abs(ranks[i] - exact[i]);
        return sum / x.length;
    }

    private static Spread spread(Dataset<Row> table, String column) {
        return Spread.of(table, List.of(column)).get(0);
    }

    /** However many columns there are, the table is read twice. */
    @Test
    void spreadsAreTakenTogether() {
        LongAccumulator read = SESSION.sparkContext().longAccumulator("read");
        Dataset<Row> table = SESSION.sql(
                        "SELECT id * 1D AS a, id % 7 AS b, -id AS c, double('NaN') AS d FROM range(100)")
                .filter((FilterFunction<Row>) row -> {
                    read.add(1);
                    return true;
                });
        List<Spread> spreads = Spread.of(table, List.of("a", "b", "c", "d"));
        assertThat(read.value()).isEqualTo(200);
        assertThat(spreads.get(0).counts()).containsExactlyElementsOf(java.util.Collections.nCopies(20, 5L));
        assertThat(spreads.get(0).bins().labels()).startsWith("0", "5", "10").endsWith("95");
        assertThat(spreads.get(1).counts()).containsExactly(15L, 15L, 14L, 14L, 14L, 14L, 14L);
        assertThat(spreads.get(2).bins().labels()).startsWith("-100").endsWith("-5");
        assertThat(spreads.get(3).counts()).isEmpty();
        assertThat(Spread.of(table, List.of())).isEmpty();
        assertThat(read.value()).isEqualTo(200);
    }

    @Test
    void spreadsCountEveryRowOnce() {
        Dataset<Row> table = SESSION.sql("SELECT CASE WHEN id < 1000 THEN CAST(id AS DOUBLE) WHEN id < 1003 THEN NULL"
                + " ELSE double('NaN') END AS v FROM range(1010)");
        Spread spread = spread(table, "v");
        assertThat(spread.numbers()).isEqualTo(1000);
        assertThat(spread.nulls()).isEqualTo(3);
        assertThat(spread.nans()).isEqualTo(7);
        assertThat(spread.quantiles().get(0)).isZero();
        assertThat(spread.quantiles().get(3)).isCloseTo(499.5, offset(1.0));
        assertThat(spread.quantiles().get(6)).isEqualTo(999);
        assertThat(spread.counts().stream().mapToLong(n -> n).sum()).isEqualTo(1000);
        Spread constant = spread(SESSION.sql("SELECT 2D AS v FROM range(5)"), "v");
        assertThat(constant.counts().get(0)).isEqualTo(5);
        Spread none = spread(SESSION.sql("SELECT double('NaN') AS v"), "v");
        assertThat(none.numbers()).isZero();
        Spread wide =
                spread(SESSION.sql("SELECT explode(array(-1.7e308D, 0D, 1.7e308D, double('Infinity'))) AS v"), "v");
        assertThat(wide.counts().stream().mapToLong(n -> n).sum()).isEqualTo(4);
    }

    @Test
    void thePageHasThemAll() {
        Dataset<Row> table = SESSION.sql(
                "SELECT id % 3 AS g, CAST(id AS DOUBLE) AS x, id * 0.5D AS half, 'text' AS t FROM range(30)");
        SESSION.sql("SELECT array(3D, 1D, 2D) AS x").createOrReplaceTempView("fp_lists");
        List<String> phases = new ArrayList<>();
        String html = FeaturesPage.of(
                        "<flights>",
                        table,
                        List.of("g"),
                        List.of("half", "t"),
                        "soft_rank(x) AS half",
                        "fp_lists",
                        phases::add)
                .html();
        assertThat(html)
                .contains("<h2>Lists</h2>")
                .contains("<h2>Computed columns</h2>")
                .contains("<h2>What softness does</h2>")
                .contains("half against softness")
                .contains("&lt;flights&gt;")
                .doesNotContain("<flights>");
        assertThat(html)
                .contains("<th scope=\"row\">Lists</th><td>3</td>")
                .contains("<th scope=\"row\">Rows</th><td>30</td>");
        assertThat(html.replaceAll("src(set)?=\"data:", "")).doesNotContain("src=");
        assertThat(phases).hasSize(3);
        assertThat(html)
                .contains("<p>3 lists of 10 rows, 30 rows in all, have 2 new columns.</p>")
                .contains("in their own units: half 0.")
                .contains("<p>Look next at half against softness,");
    }

    @Test
    void whatIsMissingIsSaidOfAllColumnsThatMissIt() {
        Dataset<Row> table = SESSION.sql("SELECT id % 2 AS g, CASE WHEN id > 0 THEN id * 1D END AS a,"
                + " CASE WHEN id > 0 THEN -id END AS b, CASE WHEN id > 1 THEN id * 1D ELSE double('NaN') END AS c"
                + " FROM range(8)");
        SESSION.sql("SELECT array(3D, 1D, 2D) AS x").createOrReplaceTempView("fp_lists");
        List<String> sentences = FeaturesPage.of(
                        "in", table, List.of("g"), List.of("a", "b", "c"), "1 AS a", "fp_lists", phase -> {})
                .sentences();
        assertThat(sentences)
                .containsExactly(
                        "2 lists of 4 rows, 8 rows in all, have 3 new columns.",
                        "1 of 8 rows (12.5 %) have NULL in a, b.",
                        "2 of 8 rows (25.0 %) have NaN in c.");
    }
}
