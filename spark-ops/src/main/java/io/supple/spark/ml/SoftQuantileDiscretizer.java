// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.sql.functions.array;

import io.supple.spark.job.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Buckets between soft quantiles of a column, and a {@link SoftBucketizer} with them.
 *
 * <p>With {@code mode = "hard"} it is Spark's {@link org.apache.spark.ml.feature.QuantileDiscretizer} with
 * {@code relativeError = 0}: quantiles are those of the whole column, and {@code relativeError} has no effect. Quantiles
 * that are equal make fewer buckets. NULL and NaN are left out of the fit.
 *
 * <p>The softness is that of the order in the fit (of standardised values, unless {@code standardize} is off) and that of
 * the steps in the model (of values as they are); set the model's own after the fit where they should differ. Long
 * columns want {@code method = "fast_soft_sort"}, whose cost is O(n log n).
 *
 * <pre>{@code
 * new SoftQuantileDiscretizer().setInputCol("distance").setNumBuckets(4).setOutputCol("quarter").fit(flights);
 * }</pre>
 */
public final class SoftQuantileDiscretizer extends Estimator<SoftBucketizer>
        implements HasColumns<SoftQuantileDiscretizer>, HasMethod<SoftQuantileDiscretizer>, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final SofteningParams softening;
    private final ColumnParams columns;
    private static final int MOST_BUCKETS = 1_000_000; // their levels are one array on the driver

    private final IntParam numBuckets;
    private final IntArrayParam numBucketsArray;
    private final DoubleParam relativeError;
    private final Param<String> handleInvalid;

    /** With a name of its own. */
    public SoftQuantileDiscretizer() {
        this(Identifiable$.MODULE$.randomUID("softQuantileDiscretizer"));
    }

    /** With a given name. */
    public SoftQuantileDiscretizer(String uid) {
        this.uid = uid; // before the Params, which read it
        softening = new SofteningParams(this, true);
        columns = new ColumnParams(this, true);
        Declared declared = new Declared(this);
        numBuckets = new IntParam(
                this,
                "numBuckets",
                "how many buckets, at least 2",
                declared.checked("numBuckets", "at least 2", (Object count) -> (Integer) count >= 2));
        numBucketsArray = new IntArrayParam(
                this,
                "numBucketsArray",
                "how many buckets for each of inputCols, at least 2; numBuckets for all if not set",
                declared.checked(
                        "numBucketsArray",
                        "at least 2 each",
                        all -> Arrays.stream(all).allMatch(count -> count >= 2)));
        relativeError = FittedQuantiles.relativeError(this);
        handleInvalid = SoftBucketizer.handleInvalid(this);
        setDefault(numBuckets, 2);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public SofteningParams softening() {
        return softening;
    }

    @Override
    public ColumnParams columns() {
        return columns;
    }

    /** How many buckets. */
    public IntParam numBuckets() {
        return numBuckets;
    }

    /** How many buckets for several columns. */
    public IntArrayParam numBucketsArray() {
        return numBucketsArray;
    }

    /** Without effect: quantiles are those of the whole column. */
    public DoubleParam relativeError() {
        return relativeError;
    }

    /** What the model does with NaN. */
    public Param<String> handleInvalid() {
        return handleInvalid;
    }

    /** The value of {@link #numBuckets()}. */
    public int getNumBuckets() {
        return (Integer) getOrDefault(numBuckets);
    }

    /** The value of {@link #numBucketsArray()}. */
    public int[] getNumBucketsArray() {
        return getOrDefault(numBucketsArray);
    }

    /** The value of {@link #relativeError()}. */
    public double getRelativeError() {
        return (Double) getOrDefault(relativeError);
    }

    /** The value of {@link #handleInvalid()}. */
    public String getHandleInvalid() {
        return getOrDefault(handleInvalid);
    }

    /** Sets {@link #numBuckets()}. */
    public SoftQuantileDiscretizer setNumBuckets(int value) {
        return given(numBuckets, value);
    }

    /** Sets {@link #numBucketsArray()}. */
    public SoftQuantileDiscretizer setNumBucketsArray(int... value) {
        return given(numBucketsArray, value);
    }

    /** Sets {@link #relativeError()}. */
    public SoftQuantileDiscretizer setRelativeError(double value) {
        return given(relativeError, value);
    }

    /** Sets {@link #handleInvalid()}. */
    public SoftQuantileDiscretizer setHandleInvalid(String value) {
        return given(handleInvalid, value);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        List<String> inputs = columns.inputs();
        List<String> outputs = columns.outputs();
        if (isSet(numBucketsArray)) {
            columns.checkLength(numBucketsArray, getNumBucketsArray().length);
            if (isSet(numBuckets)) {
                throw Refusal.of(this, "numBuckets", "left out where numBucketsArray is set", "both");
            }
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (buckets(i) > MOST_BUCKETS) {
                String param = isSet(numBucketsArray) ? "numBucketsArray" : "numBuckets";
                throw Refusal.of(this, param, "at most " + MOST_BUCKETS, String.valueOf(buckets(i)));
            }
        }
        softening.soft();
        StructType out = schema;
        for (int i = 0; i < inputs.size(); i++) {
            SoftBucketizer.checkNumbers(this, inputs.get(i), schema);
            String name = Refusal.fresh(this, "outputCol", outputs.get(i), out);
            StructField output = softening.exact()
                    ? NominalAttribute.defaultAttr().withName(name).toStructField()
                    : Attributes.number(name);
            out = out.add(StepPlan.nullable(output));
        }
        return out;
    }

    @Override
    public SoftBucketizer fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        List<String> inputs = columns.inputs();
        Column[] numbers = new Column[inputs.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Columns.quoted(inputs.get(i)).cast(DataTypes.DoubleType);
        }
        double[] levels = IntStream.range(0, numbers.length)
                .mapToObj(this::levels)
                .flatMapToDouble(Arrays::stream)
                .distinct()
                .sorted()
                .toArray();
        List<double[]> quantiles = FittedQuantiles.of(
                this,
                columns.several() ? inputCols() : inputCol(),
                softening.soft(),
                dataset.toDF(),
                array(numbers),
                levels);
        double[][] splits = new double[numbers.length][];
        for (int i = 0; i < splits.length; i++) splits[i] = splits(quantiles.get(i), levels, levels(i));
        SoftBucketizer model = new SoftBucketizer(uid);
        model = columns.several() ? model.setSplitsArray(splits) : model.setSplits(splits[0]);
        return copyValues(model.setParent(this), new ParamMap());
    }

    private int buckets(int column) {
        return isSet(numBucketsArray) ? getNumBucketsArray()[column] : getNumBuckets();
    }

    /** The levels between a column's buckets. */
    private double[] levels(int column) {
        int buckets = buckets(column);
        return IntStream.range(1, buckets)
                .mapToDouble(i -> (double) i / buckets)
                .toArray();
    }

    /** Distinct quantiles at some of the levels, between infinities. */
    private static double[] splits(double[] quantiles, double[] levels, double[] own) {
        double[] splits = new double[own.length + 2];
        for (int i = 0; i < own.length; i++) {
            splits[i] = quantiles[Arrays.binarySearch(levels, own[i])] + 0.0; // -0.0 and 0.0 are one split
        }
        splits[own.length] = Double.NEGATIVE_INFINITY;
        splits[own.length + 1] = Double.POSITIVE_INFINITY;
        return Arrays.stream(splits).distinct().sorted().toArray();
    }

    @Override
    public SoftQuantileDiscretizer copy(ParamMap extra) {
        return this.<SoftQuantileDiscretizer>defaultCopy(extra);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftQuantileDiscretizer> read() {
        return new StageReader<>(SoftQuantileDiscretizer.class);
    }

    /** Loads a saved stage. */
    public static SoftQuantileDiscretizer load(String path) {
        return read().load(path);
    }
}
