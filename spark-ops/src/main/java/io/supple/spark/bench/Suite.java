// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import io.supple.spark.ml.SoftSort;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/**
 * What is compared with what. Of every suite the first contender only reads the input, and the second is the one of Spark's
 * that the others are measured by.
 */
@SuppressWarnings("ImmutableEnumChecker") // contenders are made of constants and read no state
public enum Suite {
    /** Sorting, ranking and selecting on arrays, against {@code sort_array}. */
    LISTS(
            "Lists",
            Contender.sql("x"),
            Contender.sql("sort_array(x)"),
            Contender.sql("array_sort(x)"),
            new Contender("a Java UDF with Arrays.sort", Suite::sortedByUdf),
            Contender.sql("soft_sort(x, method => 'softsort')"),
            new Contender("stage SoftSort, softsort", Suite::sortedByStage),
            Contender.sql("soft_sort(x, method => 'softsort', mode => 'c0')"),
            Contender.sql("soft_rank(x, method => 'softsort')"),
            Contender.sql("soft_topk(x, 10, method => 'softsort')"),
            Contender.sql("soft_topk_mask(x, 10, method => 'softsort')"),
            Contender.sql("soft_quantile(x, 0.9D, method => 'softsort')"),
            Contender.sql("soft_max(x)"),
            Contender.sql("soft_sort(x)"),
            Contender.sql("soft_rank(x)"),
            Contender.sql("soft_topk(x, 10)"),
            Contender.sql("soft_sort(x, method => 'fast_soft_sort')"),
            Contender.sql("soft_rank(x, method => 'fast_soft_sort')"),
            Contender.sql("soft_sort(x, method => 'sorting_network')"),
            Contender.sql("soft_sort(x, mode => 'hard')")),
    /** Value and gradient against the value alone, beside {@code sort_array}. */
    GRADIENTS(
            "Gradients",
            Contender.sql("x"),
            Contender.sql("sort_array(x)"),
            Contender.sql("soft_sort(x, method => 'softsort')"),
            Contender.sql("soft_sort_vjp(x, cotangent => x, method => 'softsort')"),
            Contender.sql("soft_rank(x, method => 'softsort')"),
            Contender.sql("soft_rank_vjp(x, cotangent => x, method => 'softsort')"),
            Contender.sql("soft_sort(x)"),
            Contender.sql("soft_sort_vjp(x, cotangent => x)"),
            Contender.sql("soft_rank(x)"),
            Contender.sql("soft_rank_vjp(x, cotangent => x)"),
            Contender.sql("soft_rank(x, method => 'fast_soft_sort')"),
            Contender.sql("soft_rank_vjp(x, cotangent => x, method => 'fast_soft_sort')")),
    /** Functions of numbers, against {@code exp}. */
    NUMBERS(
            "Numbers",
            Contender.sql("v"),
            Contender.sql("exp(v)"),
            Contender.sql("soft_abs(v)"),
            Contender.sql("soft_relu(v)"),
            Contender.sql("soft_sign(v)"),
            Contender.sql("soft_heaviside(v)"),
            Contender.sql("soft_round(v)"),
            Contender.sql("soft_clamp(v, -0.5D, 0.5D)"),
            Contender.sql("soft_sigmoidal(v)"),
            Contender.sql("soft_softrelu(v)"),
            Contender.sql("soft_greater(v, 0.1D)"),
            Contender.sql("soft_greater_equal(v, 0.1D)"),
            Contender.sql("soft_less(v, 0.1D)"),
            Contender.sql("soft_less_equal(v, 0.1D)"),
            Contender.sql("soft_eq(v, 0.1D)"),
            Contender.sql("soft_not_equal(v, 0.1D)"),
            Contender.sql("soft_isclose(v, 0.1D)"),
            Contender.sql("soft_logical_and(0.5D, v * v)"),
            Contender.sql("soft_where(0.3D, v, 2D)"),
            Contender.sql("soft_heaviside(v, mode => 'c1')"),
            Contender.sql("soft_round(v, mode => 'c1')"),
            Contender.sql("soft_clamp(v, -0.5D, 0.5D, mode => 'c2')"),
            Contender.sql("soft_greater(v, 0.1D, mode => 'c2_pnorm')"),
            Contender.sql("soft_greater(v, 0.1D, mode => 'hard')"),
            Contender.sql("soft_greater(v, 0.1D, straight_through => true)"),
            Contender.sql("soft_greater_vjp(v, 0.1D)"),
            Contender.sql("soft_clamp_vjp(v, -0.5D, 0.5D)"));

    private static final double TO_UNIT = 0x1p-63; // from a hash of 64 bits to [-1, 1)

    private final String title;
    private final List<Contender> contenders;

    Suite(String title, Contender... contenders) {
        this.title = title;
        this.contenders = List.of(contenders);
    }

    String title() {
        return title;
    }

    List<Contender> contenders() {
        return contenders;
    }

    /** Whether its input are lists, so that their length matters. */
    public boolean lists() {
        return this != NUMBERS;
    }

    /** Lists x of n numbers, or numbers v, in [-1, 1): the same on every run. */
    Dataset<Row> input(SparkSession session, long rows, int n) {
        String number = lists()
                ? "transform(sequence(1, " + n + "), i -> xxhash64(id, i) * " + TO_UNIT + "D) AS x"
                : "xxhash64(id) * " + TO_UNIT + "D AS v";
        int tasks = session.sparkContext().defaultParallelism();
        return session.range(0, rows, 1, tasks).selectExpr(number);
    }

    private static Dataset<Row> sortedByUdf(Dataset<Row> rows) {
        UDF1<Seq<Double>, double[]> sort = x -> {
            double[] values = new double[x.size()];
            for (int i = 0; i < values.length; i++) values[i] = x.apply(i);
            Arrays.sort(values);
            return values;
        };
        return rows.select(functions
                .udf(sort, DataTypes.createArrayType(DataTypes.DoubleType))
                .apply(functions.col("x")));
    }

    private static Dataset<Row> sortedByStage(Dataset<Row> rows) {
        return new SoftSort()
                .setInputCol("x")
                .setOutputCol("y")
                .setMethod("softsort")
                .transform(rows)
                .select("y");
    }
}
