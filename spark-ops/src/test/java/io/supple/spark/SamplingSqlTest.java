// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Sampling;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds: of 64 bits, one for each row, the same draws wherever the row is. */
class SamplingSqlTest {

    private static final SparkSession SESSION = Sessions.shared();

    @AfterEach
    void asBefore() {
        SESSION.conf().unset("spark.sql.codegen.wholeStage");
        SESSION.conf().unset("spark.sql.codegen.factoryMode");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyBitOfASeedCounts(boolean generated) {
        SESSION.conf().set("spark.sql.codegen.wholeStage", generated);
        SESSION.conf().set("spark.sql.codegen.factoryMode", generated ? "CODEGEN_ONLY" : "NO_CODEGEN");
        long[] seeds = {Long.MAX_VALUE, Long.MAX_VALUE - 1, (1L << 53) + 1, 1L << 53, -1, Long.MIN_VALUE};
        for (long seed : seeds) {
            double expected =
                    Soft.smooth(0.1).bernoulli(Tensor.scalar(0.3), seed).item();
            String text = seed == Long.MIN_VALUE ? "(-9223372036854775807L - 1L)" : seed + "L";
            Row row = SESSION.range(1)
                    .selectExpr("id - 0 + " + text + " AS seed")
                    .selectExpr("soft_bernoulli(0.3D, seed)", "soft_bernoulli(0.3D, " + text + ")")
                    .first();
            assertThat(row.getDouble(0)).as("column %s", seed).isEqualTo(expected);
            assertThat(row.getDouble(1)).as("constant %s", seed).isEqualTo(expected);
        }
        assertThat(SESSION.range(2)
                        .selectExpr("soft_bernoulli(0.3D, 9007199254740992L + id) AS b")
                        .distinct()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void eachRowDrawsByItsOwnSeedWhereverItIs() {
        Dataset<Row> drawn =
                SESSION.range(2000).selectExpr("id", "soft_bernoulli(0.25D, xxhash64(id), mode => 'hard') AS b");
        List<Row> once = drawn.orderBy("id").collectAsList();
        assertThat(drawn.repartition(7).orderBy("id").collectAsList()).isEqualTo(once);
        double share = once.stream().mapToDouble(r -> r.getDouble(1)).average().orElseThrow();
        assertThat(share).isBetween(0.2, 0.3); // five standard deviations
        assertThat(SESSION.range(2000)
                        .select(SoftColumns.of(Soft.HARD).call(Sampling.BERNOULLI, lit(0.25), xxhash64(col("id"))))
                        .collectAsList())
                .hasSameElementsAs(drawn.select("b").collectAsList());
    }

    @Test
    void categoricalIsAnArrayOfDraws() {
        Row row = SESSION.range(1)
                .selectExpr("soft_categorical(array(0D, 1D, double(id)), 20130308, 2) AS d")
                .first();
        assertThat(row.schema().apply("d").dataType().sql()).isEqualTo("ARRAY<ARRAY<DOUBLE>>");
        double[] expected = Soft.smooth(0.1)
                .categorical(Tensor.of(0, 1, 0), 20130308, 2, true, -1)
                .data();
        assertThat(SqlCases.numbers(row.get(0))).isEqualTo(expected).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"double(id)", "float(id)", "decimal(id)", "string(id)", "array(id)", "id > 0"})
    void seedsThatAreNotWholeNumbers(String seed) {
        assertThatThrownBy(() -> SESSION.range(1).selectExpr("soft_bernoulli(0.5D, " + seed + ")"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContainingAll(
                        "soft_bernoulli: seed must be a whole number of 64 bits, got ",
                        " of type ",
                        "; cast it to BIGINT");
    }

    @Test
    void wholeNumbersOfAnyWidth() {
        Row row = SESSION.range(1)
                .selectExpr(
                        "soft_bernoulli(0.5D, id + 5) AS a",
                        "soft_bernoulli(0.5D, int(id + 5)) AS b",
                        "soft_bernoulli(0.5D, tinyint(id + 5)) AS c",
                        "soft_bernoulli(0.5D, 5) AS d",
                        "soft_bernoulli(0.5D, 5S) AS e")
                .first();
        for (int i = 1; i < 5; i++) assertThat(row.getDouble(i)).isEqualTo(row.getDouble(0));
    }
}
