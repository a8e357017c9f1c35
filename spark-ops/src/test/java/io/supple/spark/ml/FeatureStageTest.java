// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.spark.Sessions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.Binarizer;
import org.apache.spark.ml.feature.Bucketizer;
import org.apache.spark.ml.feature.QuantileDiscretizer;
import org.apache.spark.ml.feature.RobustScaler;
import org.apache.spark.ml.feature.RobustScalerModel;
import org.apache.spark.ml.feature.VectorSizeHint;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In hard mode the feature stages are Spark's own, on random data with ties, boundaries, NaN and NULL. */
class FeatureStageTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static final StructType NUMBERS = new StructType()
            .add("id", DataTypes.IntegerType)
            .add("x", DataTypes.DoubleType)
            .add("y", DataTypes.DoubleType)
            .add("f", DataTypes.FloatType)
            .add("i", DataTypes.IntegerType);

    /** Quarters in [-3, 3], so that many are equal and many are a threshold; x is finite where clean is asked. */
    private static Dataset<Row> numbers(int n, boolean clean) {
        Random random = new Random(20130308);
        List<Row> rows = new ArrayList<>();
        Double[] odd = {null, Double.NaN, 1e308, -1e308, 1e-308, Double.MIN_VALUE};
        for (int i = 0; i < n; i++) {
            Double x = (random.nextInt(25) - 12) / 4.0 + 0.0;
            if (!clean && i % 9 == 4) x = odd[(i / 9) % odd.length];
            double y = random.nextGaussian();
            rows.add(RowFactory.create(i, x, y, (float) y, random.nextInt(7) - 3));
        }
        return SESSION.createDataFrame(rows, NUMBERS).repartition(3);
    }

    private static Dataset<Row> vectors(int n, int size, boolean clean) {
        Random random = new Random(7);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] v = new double[size];
            for (int j = 0; j < size; j++)
                v[j] = random.nextInt(3) == 0 ? 0 : (random.nextInt(41) - 20) / 4.0 * (j + 1);
            if (!clean && i % 5 == 2) v[i % size] = Double.NaN;
            Vector dense = Vectors.dense(v);
            rows.add(RowFactory.create(i, i % 2 == 0 ? dense : dense.toSparse()));
        }
        StructType schema = new StructType().add("id", DataTypes.IntegerType).add("v", SQLDataTypes.VectorType());
        return SESSION.createDataFrame(rows, schema).repartition(3);
    }

    private static void assertSame(Transformer ours, Transformer spark, Dataset<Row> rows, String... outputs) {
        Dataset<Row> expected = spark.transform(rows);
        Dataset<Row> actual = ours.transform(rows);
        assertThat(values(actual)).isEqualTo(values(expected));
        for (String output : outputs) {
            assertThat(actual.schema().apply(output).metadata())
                    .isEqualTo(expected.schema().apply(output).metadata())
                    .isEqualTo(ours.transformSchema(rows.schema()).apply(output).metadata());
            assertThat(actual.schema().apply(output).dataType())
                    .isEqualTo(expected.schema().apply(output).dataType());
        }
    }

    /** Vectors as their numbers, of which NaN is equal to itself here. */
    private static List<List<Object>> values(Dataset<Row> rows) {
        List<List<Object>> all = new ArrayList<>();
        for (Row row : rows.orderBy("id").collectAsList()) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                Object value = row.get(i);
                values.add(value instanceof Vector v ? Arrays.toString(v.toArray()) : value);
            }
            all.add(values);
        }
        return all;
    }

    private static SoftBinarizer binarizer() {
        return new SoftBinarizer().setMode("hard").setOutputCol("out");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, -1.5, 3, 1e308})
    void binarizer(double threshold) {
        Dataset<Row> rows = numbers(300, false);
        Binarizer spark = new Binarizer().setOutputCol("out").setThreshold(threshold);
        assertSame(binarizer().setInputCol("x").setThreshold(threshold), spark.setInputCol("x"), rows, "out");
        Dataset<Row> vectors = vectors(60, 4, false);
        assertSame(binarizer().setInputCol("v").setThreshold(threshold), spark.setInputCol("v"), vectors, "out");
    }

    @Test
    void binarizerOfSeveralColumns() {
        Dataset<Row> rows = numbers(100, false);
        Binarizer spark = new Binarizer().setInputCols(new String[] {"x", "y"}).setOutputCols(new String[] {"a", "b"});
        SoftBinarizer ours =
                new SoftBinarizer().setMode("hard").setInputCols("x", "y").setOutputCols("a", "b");
        assertSame(ours, spark, rows, "a", "b");
        assertSame(ours.setThresholds(1, -0.2), spark.setThresholds(new double[] {1, -0.2}), rows, "a", "b");
        assertThat(binarizer()
                        .setInputCol("i")
                        .transform(rows)
                        .filter("i > 0 AND out = 1 OR i <= 0 AND out = 0")
                        .count())
                .isEqualTo(100);
    }

    @Test
    void binarizerKeepsTheSizeOfVectors() {
        Dataset<Row> sized = new VectorSizeHint().setInputCol("v").setSize(4).transform(vectors(9, 4, true));
        assertSame(
                binarizer().setInputCol("v"), new Binarizer().setInputCol("v").setOutputCol("out"), sized, "out");
        assertThat(AttributeGroup.fromStructField(new SoftBinarizer()
                                .setInputCol("v")
                                .setOutputCol("o")
                                .transform(sized)
                                .schema()
                                .apply("o"))
                        .size())
                .isEqualTo(4);
    }

    private static SoftBucketizer bucketizer() {
        return new SoftBucketizer().setMode("hard").setInputCol("x").setOutputCol("out");
    }

    private static final double[] OPEN = {Double.NEGATIVE_INFINITY, -1, 0, 0.5, 2.25, Double.POSITIVE_INFINITY};
    private static final double[] CLOSED = {-3, -1.25, 0, 3};

    @ParameterizedTest
    @ValueSource(strings = {"skip", "keep"})
    void bucketizer(String invalid) {
        Bucketizer spark = new Bucketizer().setInputCol("x").setOutputCol("out").setHandleInvalid(invalid);
        SoftBucketizer ours = bucketizer().setHandleInvalid(invalid);
        assertSame(ours.setSplits(OPEN), spark.setSplits(OPEN), numbers(300, false), "out");
        assertSame(ours.setSplits(CLOSED), spark.setSplits(CLOSED), numbers(300, true), "out");
        assertSame(
                ours.setInputCol("f").setSplits(OPEN),
                spark.setInputCol("f").setSplits(OPEN),
                numbers(50, true),
                "out");
        assertSame(
                ours.setInputCol("i").setSplits(CLOSED),
                spark.setInputCol("i").setSplits(CLOSED),
                numbers(50, true),
                "out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"skip", "keep"})
    void bucketizerOfSeveralColumns(String invalid) {
        double[][] splits = {OPEN, {Double.NEGATIVE_INFINITY, 0.1, Double.POSITIVE_INFINITY}};
        Bucketizer spark = new Bucketizer()
                .setInputCols(new String[] {"x", "y"})
                .setOutputCols(new String[] {"a", "b"})
                .setSplitsArray(splits)
                .setHandleInvalid(invalid);
        SoftBucketizer ours = new SoftBucketizer()
                .setMode("hard")
                .setInputCols("x", "y")
                .setOutputCols("a", "b")
                .setSplitsArray(splits)
                .setHandleInvalid(invalid);
        assertSame(ours, spark, numbers(200, false), "a", "b");
    }

    @Test
    void bucketizerErrors() {
        Bucketizer spark = new Bucketizer().setInputCol("x").setOutputCol("out");
        Dataset<Row> withNaN = numbers(200, false).filter("x IS NOT NULL");
        Dataset<Row> withNull = numbers(200, false).filter("x IS NULL OR NOT isnan(x)");
        assertThatThrownBy(() -> spark.setSplits(OPEN).transform(withNaN).collect());
        assertThatThrownBy(() -> bucketizer().setSplits(OPEN).transform(withNaN).collect())
                .hasStackTraceContaining("SoftBucketizer: column 'x' must have no NaN (handleInvalid = 'error')");
        assertSame(bucketizer().setSplits(OPEN), spark.setSplits(OPEN), withNull, "out");
        for (double[] narrow : new double[][] {{-3, 0, 2.75}, {-2.75, 0, 3}}) {
            for (String invalid : List.of("error", "skip", "keep")) {
                assertThatThrownBy(() -> spark.setSplits(narrow)
                        .setHandleInvalid(invalid)
                        .transform(numbers(200, true))
                        .collect());
                assertThatThrownBy(() -> bucketizer()
                                .setSplits(narrow)
                                .setHandleInvalid(invalid)
                                .transform(numbers(200, true))
                                .collect())
                        .hasStackTraceContaining("SoftBucketizer: column 'x' must be in [" + narrow[0]);
            }
        }
        for (double[] bad : new double[][] {{0, 1}, {0, 1, 1}, {0, 2, 1}, {0, Double.NaN, 1}, {0, 1, Double.NaN}}) {
            assertThatThrownBy(() -> spark.setSplits(bad)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> bucketizer().setSplits(bad)).hasMessageContaining("splits");
            assertThatThrownBy(() -> bucketizer().setSplitsArray(bad)).hasMessageContaining("splitsArray");
        }
    }

    /** The one value that Spark's own puts elsewhere: below a split that is equal to it. */
    @Test
    void minusZeroIsZero() {
        Dataset<Row> rows = SESSION.createDataFrame(
                List.of(RowFactory.create(1, -0.0)),
                new StructType().add("id", DataTypes.IntegerType).add("x", DataTypes.DoubleType));
        Bucketizer spark = new Bucketizer().setInputCol("x").setOutputCol("out").setSplits(OPEN);
        assertThat(spark.transform(rows).first().<Double>getAs("out")).isEqualTo(1);
        assertThat(bucketizer().setSplits(OPEN).transform(rows).first().<Double>getAs("out"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "7, 3", "50, 10", "300, 4", "300, 7", "301, 100"})
    void quantileDiscretizer(int n, int buckets) {
        QuantileDiscretizer spark =
                new QuantileDiscretizer().setRelativeError(0).setOutputCol("out");
        SoftQuantileDiscretizer ours =
                new SoftQuantileDiscretizer().setMode("hard").setOutputCol("out");
        for (String column : List.of("x", "y", "i")) {
            Dataset<Row> rows = numbers(n, false);
            Bucketizer expected = spark.setInputCol(column)
                    .setNumBuckets(buckets)
                    .setHandleInvalid("keep")
                    .fit(rows);
            SoftBucketizer actual = ours.setInputCol(column)
                    .setNumBuckets(buckets)
                    .setHandleInvalid("keep")
                    .fit(rows);
            assertThat(actual.getSplits()).containsExactly(expected.getSplits());
            assertThat(actual.uid()).isEqualTo(ours.uid());
            assertThat(actual.parent()).isSameAs(ours);
            if (n == 300) assertSame(actual, expected, rows, "out");
        }
    }

    @Test
    void quantileDiscretizerOfSeveralColumns() {
        Dataset<Row> rows = numbers(120, false);
        QuantileDiscretizer spark = new QuantileDiscretizer()
                .setRelativeError(0)
                .setInputCols(new String[] {"x", "y"})
                .setOutputCols(new String[] {"a", "b"})
                .setHandleInvalid("skip")
                .setNumBucketsArray(new int[] {3, 5});
        SoftQuantileDiscretizer ours = new SoftQuantileDiscretizer()
                .setMode("hard")
                .setInputCols("x", "y")
                .setOutputCols("a", "b")
                .setHandleInvalid("skip")
                .setNumBucketsArray(3, 5);
        SoftBucketizer model = ours.fit(rows);
        assertThat(model.getSplitsArray()).isDeepEqualTo(spark.fit(rows).getSplitsArray());
        assertSame(model, spark.fit(rows), rows, "a", "b");
        assertThatThrownBy(() -> ours.fit(rows.filter("x IS NULL")))
                .hasMessage(
                        "SoftQuantileDiscretizer: inputCols must be a column with numbers, which are finite where the"
                                + " mode is not hard, got quantiles that are NaN");
        assertThatThrownBy(() -> ours.fit(rows.filter("id < 0")))
                .hasMessageContaining("a column with numbers, got none");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void robustScaler(boolean centering, boolean scaling) {
        for (int n : new int[] {1, 2, 30, 151}) {
            Dataset<Row> rows = vectors(n, 3, n < 3);
            RobustScalerModel spark = new RobustScaler()
                    .setInputCol("v")
                    .setOutputCol("out")
                    .setRelativeError(0)
                    .setLower(0.2)
                    .setUpper(0.9)
                    .setWithCentering(centering)
                    .setWithScaling(scaling)
                    .fit(rows);
            SoftRobustScalerModel ours = new SoftRobustScaler()
                    .setMode("hard")
                    .setInputCol("v")
                    .setOutputCol("out")
                    .setLower(0.2)
                    .setUpper(0.9)
                    .setWithCentering(centering)
                    .setWithScaling(scaling)
                    .fit(rows);
            assertThat(ours.getMedian()).isEqualTo(spark.median());
            assertThat(ours.getRange()).isEqualTo(spark.range());
            if (n != 151) continue;
            assertSame(ours, spark, rows, "out");
            boolean sparse = ours.transform(rows).filter("id = 1").first().<Vector>getAs("out")
                    instanceof org.apache.spark.ml.linalg.SparseVector;
            assertThat(sparse).isEqualTo(!centering);
        }
    }

    @Test
    void robustScalerRefusals() {
        Dataset<Row> rows = vectors(10, 3, true);
        SoftRobustScaler scaler = new SoftRobustScaler().setInputCol("v").setOutputCol("out");
        assertThatThrownBy(() -> scaler.copy(new org.apache.spark.ml.param.ParamMap())
                        .setLower(0.8)
                        .fit(rows))
                .hasMessage("SoftRobustScaler: lower must be less than upper, 0.75, got 0.8");
        assertThatThrownBy(() -> scaler.fit(rows.union(vectors(10, 4, true))))
                .hasMessageContaining("a column of vectors of one size, got several sizes");
        SoftRobustScalerModel model = scaler.fit(rows);
        assertThatThrownBy(() -> model.transform(vectors(10, 4, true)).collect())
                .hasStackTraceContaining(
                        "SoftRobustScalerModel: inputCol must be a column of vectors of size 3, got one of");
        Dataset<Row> sized = new VectorSizeHint().setInputCol("v").setSize(4).transform(vectors(9, 4, true));
        assertThatThrownBy(() -> model.transformSchema(sized.schema()))
                .hasMessage("SoftRobustScalerModel: inputCol must be a column of vectors of size 3, got size 4");
        Dataset<Row> missing = rows.withColumn("v", callWhenEven());
        assertThat(scaler.fit(missing).transform(missing).filter("out IS NULL").count())
                .isEqualTo(5);
    }

    private static org.apache.spark.sql.Column callWhenEven() {
        return org.apache.spark.sql.functions.when(col("id").mod(2).equalTo(0), col("v"));
    }
}
