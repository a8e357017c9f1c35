// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.Interpolation;
import io.supple.Method;
import io.supple.Mode;
import io.supple.Soft;
import io.supple.spark.Sessions;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeType;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the feature stages are where they are soft: steps and quantiles of core, and their derivatives. */
class SoftFeatureTest {

    private static final SparkSession SESSION = Sessions.shared();
    private static final double[] SPLITS = {-9, -1, 0.3, 2, 9};

    private static Dataset<Row> rows() {
        return SESSION.sql("SELECT id, (id * 37 % 41) * 0.11D - 2 AS x, (id % 3) + 0.5D AS c FROM range(40)");
    }

    private static double[] column(Dataset<Row> rows, String name) {
        return rows.orderBy("id").select(name).collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0))
                .toArray();
    }

    /** {@code S(x - t)} of core, and its derivative. */
    private static double[][] steps(Soft soft, double[] x, double t) {
        Tensor v = Tensor.variable(x);
        Tensor y = soft.heaviside(v.plus(-t));
        double[] ones = new double[x.length];
        Arrays.fill(ones, 1);
        return new double[][] {y.data(), y.backward(ones).of(v).data()};
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "HARD")
    void binarizer(Mode mode) {
        SoftBinarizer stage = new SoftBinarizer()
                .setInputCol("x")
                .setThreshold(0.4)
                .setSoftness(0.7)
                .setMode(mode.name().toLowerCase(Locale.ROOT))
                .setOutputCol("out")
                .setGradientCol("grad");
        Dataset<Row> out = stage.transform(rows());
        double[][] expected = steps(Soft.smooth(0.7).with(mode), column(rows(), "x"), 0.4);
        assertThat(column(out, "out")).containsExactly(expected[0]);
        assertThat(column(out, "grad")).containsExactly(expected[1]);
        double[] c = column(rows(), "c");
        for (int i = 0; i < c.length; i++) c[i] *= expected[1][i];
        assertThat(column(stage.setCotangentCol("c").transform(rows()), "grad")).containsExactly(c, offset(1e-15));
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "HARD")
    void bucketizer(Mode mode) {
        SoftBucketizer stage = new SoftBucketizer()
                .setInputCol("x")
                .setSplits(SPLITS)
                .setSoftness(0.4)
                .setMode(mode.name().toLowerCase(Locale.ROOT))
                .setOutputCol("out")
                .setGradientCol("grad");
        double[] x = column(rows(), "x");
        double[] value = new double[x.length];
        double[] slope = new double[x.length];
        for (double t : new double[] {-1, 0.3, 2}) {
            double[][] step = steps(Soft.smooth(0.4).with(mode), x, t);
            for (int i = 0; i < x.length; i++) {
                value[i] += step[0][i];
                slope[i] += step[1][i];
            }
        }
        Dataset<Row> out = stage.transform(rows());
        assertThat(column(out, "out")).containsExactly(value, offset(1e-14));
        assertThat(column(out, "grad")).containsExactly(slope, offset(1e-14));
        assertThat(out.schema()).isEqualTo(stage.transformSchema(rows().schema()));
        double[] c = column(rows(), "c");
        for (int i = 0; i < c.length; i++) c[i] *= slope[i];
        assertThat(column(stage.setCotangentCol("c").transform(rows()), "grad")).containsExactly(c, offset(1e-14));
    }

    @Test
    void hardIsTheLimit() {
        SoftBucketizer stage =
                new SoftBucketizer().setInputCol("x").setSplits(SPLITS).setOutputCol("out");
        double[] soft = column(stage.setSoftness(1e-6).transform(rows()), "out");
        double[] hard = column(stage.setMode("hard").transform(rows()), "out");
        assertThat(soft).containsExactly(hard, offset(1e-9));
        assertThat(hard).contains(0, 1, 2, 3);
    }

    @Test
    void straightThroughIsExactWithTheSoftGradient() {
        SoftBucketizer stage = new SoftBucketizer()
                .setInputCol("x")
                .setSplits(SPLITS)
                .setOutputCol("out")
                .setGradientCol("grad");
        double[] slope = column(stage.transform(rows()), "grad");
        Dataset<Row> out = stage.setStraightThrough(true).transform(rows());
        assertThat(column(out, "out"))
                .containsExactly(column(stage.setMode("hard").transform(rows()), "out"));
        assertThat(column(out, "grad")).containsExactly(slope);
        assertThat(Attribute.fromStructField(out.schema().apply("out")).attrType())
                .isEqualTo(AttributeType.Nominal());
    }

    @Test
    void whatIsMissing() {
        Dataset<Row> rows = SESSION.sql(
                "SELECT * FROM VALUES (1, 0.5D), (2, double('nan')), (3, NULL), (4, double('inf')) t(id, x)");
        SoftBinarizer binarizer =
                new SoftBinarizer().setInputCol("x").setOutputCol("o").setGradientCol("g");
        List<Row> steps =
                binarizer.transform(rows).orderBy("id").select("o", "g").collectAsList();
        assertThat(steps.subList(1, 4).toString()).isEqualTo("[[0.0,0.0], [0.0,0.0], [1.0,0.0]]");
        SoftBucketizer bucketizer = new SoftBucketizer()
                .setInputCol("x")
                .setSplits(Double.NEGATIVE_INFINITY, 0, 1, Double.POSITIVE_INFINITY)
                .setHandleInvalid("keep")
                .setOutputCol("o")
                .setGradientCol("g");
        List<Row> buckets =
                bucketizer.transform(rows).orderBy("id").select("o", "g").collectAsList();
        assertThat(buckets.subList(1, 4).toString()).isEqualTo("[[3.0,0.0], [null,null], [2.0,0.0]]");
    }

    @Test
    void vectors() {
        Dataset<Row> rows = SESSION.range(3)
                .selectExpr("id", "array(id * 0.5D, -1D, 2D) AS a", "array(1D, 2D, id * 1D) AS c")
                .withColumn("v", org.apache.spark.ml.functions.array_to_vector(org.apache.spark.sql.functions.col("a")))
                .withColumn(
                        "w", org.apache.spark.ml.functions.array_to_vector(org.apache.spark.sql.functions.col("c")));
        SoftBinarizer stage = new SoftBinarizer()
                .setInputCol("v")
                .setThreshold(0.2)
                .setOutputCol("out")
                .setGradientCol("grad")
                .setCotangentCol("w");
        Dataset<Row> out = stage.transform(rows);
        assertThat(out.schema()).isEqualTo(stage.transformSchema(rows.schema()));
        for (Row row : out.collectAsList()) {
            double[][] step = steps(Soft.smooth(0.1), row.<Vector>getAs("v").toArray(), 0.2);
            assertThat(row.<Vector>getAs("out").toArray()).containsExactly(step[0]);
            double[] weights = row.<Vector>getAs("w").toArray();
            for (int j = 0; j < weights.length; j++) weights[j] *= step[1][j];
            assertThat(row.<Vector>getAs("grad").toArray()).containsExactly(weights, offset(1e-15));
        }
    }

    /** The soft quartiles that a fit asks for: the soft order at the places of Spark's exact ones. */
    private static double[] quartiles(Soft soft, double[] x) {
        double[] places = new double[3];
        for (int i = 0; i < 3; i++) places[i] = (Math.ceil((i + 1) / 4.0 * x.length) - 1) / (x.length - 1);
        return soft.quantiles(Tensor.of(x), places, Interpolation.NEAREST, null, false)
                .data();
    }

    @ParameterizedTest
    @CsvSource({"smooth, neuralsort", "c0, fast_soft_sort", "smooth, softsort", "c2, ot"})
    void fits(String mode, String method) {
        Soft soft = Soft.smooth(0.05)
                .with(Mode.valueOf(mode.toUpperCase(Locale.ROOT)))
                .with(Method.valueOf(method.toUpperCase(Locale.ROOT)));
        double[] x = DoubleStream.of(column(rows(), "x")).sorted().toArray();
        double[] quartiles = quartiles(soft, x);
        SoftBucketizer buckets = new SoftQuantileDiscretizer()
                .setInputCol("x")
                .setNumBuckets(4)
                .setSoftness(0.05)
                .setMode(mode)
                .setMethod(method)
                .setOutputCol("out")
                .fit(rows());
        assertThat(buckets.getSplits()).hasSize(5).isSorted();
        for (int i = 1; i < 4; i++) {
            assertThat(buckets.getSplits()[i]).isEqualTo(quartiles[i - 1]);
        }
        assertThat(buckets.getSoftness()).isEqualTo(0.05);
        assertThat(buckets.getMode()).isEqualTo(mode);
        Dataset<Row> vectors = rows().withColumn(
                        "v",
                        org.apache.spark.ml.functions.array_to_vector(
                                org.apache.spark.sql.functions.expr("array(x, c)")));
        SoftRobustScalerModel scaler = new SoftRobustScaler()
                .setInputCol("v")
                .setSoftness(0.05)
                .setMode(mode)
                .setMethod(method)
                .setWithCentering(true)
                .setOutputCol("out")
                .fit(vectors);
        double median = quartiles[1];
        double range = quartiles[2] - quartiles[0];
        assertThat(scaler.getMedian().apply(0)).isEqualTo(median);
        assertThat(scaler.getRange().apply(0)).isEqualTo(range);
        Row first = scaler.transform(vectors).orderBy("id").first();
        assertThat(first.<Vector>getAs("out").apply(0))
                .isCloseTo((first.<Double>getAs("x") - median) / range, offset(1e-10));
    }

    @Test
    void fitsDoNotDependOnPartitions() {
        SoftQuantileDiscretizer stage =
                new SoftQuantileDiscretizer().setInputCol("x").setNumBuckets(5);
        double[] once = stage.fit(rows()).getSplits();
        assertThat(stage.fit(rows().repartition(7)).getSplits()).containsExactly(once); // bit for bit
    }

    @Test
    void refused() {
        Dataset<Row> rows = SESSION.sql("SELECT 1D AS x, 'a' AS t, array(1D) AS a, 2D AS y");
        assertRefused(rows, new SoftBinarizer(), "SoftBinarizer: inputCol must be set, got nothing");
        assertRefused(rows, new SoftBinarizer().setInputCol("z"), "inputCol must be a column of the input, got 'z'");
        assertRefused(
                rows,
                new SoftBinarizer().setInputCol("t"),
                "SoftBinarizer: inputCol must be a column of numbers or vectors, got 't' of type STRING");
        assertRefused(
                rows,
                new SoftBinarizer().setInputCol("x").setOutputCol("y"),
                "outputCol must be a new column, got 'y'");
        assertRefused(
                rows,
                new SoftBinarizer().setInputCols("x", "y").setOutputCols("o"),
                "outputCols must be one for each of 2 inputCols, got 1 of them");
        assertRefused(rows, new SoftBinarizer().setInputCol("x").setInputCols("x"), "inputCol must be left out where");
        assertRefused(
                rows,
                new SoftBinarizer().setInputCols("x", "y").setOutputCols("o", "o"),
                "outputCol must be a new column, got 'o'");
        assertRefused(
                rows,
                new SoftBinarizer().setInputCol("x").setThresholds(1),
                "thresholds must be left out where inputCol is set");
        assertRefused(
                rows,
                new SoftBinarizer().setInputCols("x").setOutputCols("o").setGradientCol("g"),
                "gradientCol must be left out where inputCols is set");
        assertRefused(
                rows,
                new SoftBinarizer().setInputCol("x").setGradientCol("g").setCotangentCol("a"),
                "cotangentCol must be a column shaped as the output, DOUBLE, got 'a' of type ARRAY<DOUBLE>");
        assertRefused(rows, new SoftBucketizer().setInputCol("x"), "SoftBucketizer: splits must be set, got nothing");
        assertRefused(
                rows,
                new SoftBucketizer().setInputCol("a").setSplits(0, 1, 2),
                "inputCol must be a column of numbers, got 'a' of type ARRAY<DOUBLE>");
        assertRefused(
                rows,
                new SoftBucketizer()
                        .setInputCols("x", "y")
                        .setOutputCols("o", "p")
                        .setSplitsArray(new double[][] {{0, 1, 2}}),
                "splitsArray must be one for each of 2 inputCols, got 1 of them");
        assertRefused(
                rows,
                new SoftQuantileDiscretizer().setInputCol("x").setNumBucketsArray(2),
                "numBucketsArray must be left out where inputCol is set");
        assertRefused(
                rows,
                new SoftQuantileDiscretizer().setInputCol("x").setMode("c0").setMethod("smooth_sort"),
                "SoftQuantileDiscretizer: mode must be 'smooth' or 'hard' with method");
        assertRefused(
                rows,
                new SoftRobustScaler().setInputCol("a"),
                "SoftRobustScaler: inputCol must be a column of vectors");
        assertRefused(rows, new SoftRobustScalerModel().setInputCol("a"), "range and median must be fitted");
        assertThatThrownBy(() -> new SoftQuantileDiscretizer().setNumBuckets(1)).hasMessageContaining("numBuckets");
    }

    private static void assertRefused(Dataset<Row> rows, org.apache.spark.ml.PipelineStage stage, String message) {
        assertThatThrownBy(() -> stage.transformSchema(rows.schema()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
