// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.supple.Comparison;
import io.supple.spark.SoftColumns;
import io.supple.spark.job.Columns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.param.DoubleArrayArrayParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The bucket of numbers, softly: the sum of soft steps {@code S(x - t)} over the inner splits t, from 0 far below the first
 * of them to the number of buckets less one far above the last.
 *
 * <p>With {@code mode = "hard"} it is Spark's {@link org.apache.spark.ml.feature.Bucketizer}: bucket i holds
 * {@code splits[i] <= x < splits[i + 1]}, the last one {@code splits[n]} too. Values outside the splits are an error in any
 * mode; let the outer splits be infinite where there may be any. NaN is an error, left out, or in a bucket of its own
 * after the last, as {@code handleInvalid} says; NULL stays NULL, or is left out. Unlike Spark's, -0.0 is 0.0.
 *
 * <p>Cost: one step for each inner split.
 *
 * <pre>{@code
 * new SoftBucketizer().setInputCol("hour").setSplits(0, 6, 12, 18, 24).setSoftness(0.5).setOutputCol("part_of_day");
 * }</pre>
 */
public final class SoftBucketizer extends Model<SoftBucketizer>
        implements HasColumns<SoftBucketizer>, HasGradient<SoftBucketizer>, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final SofteningParams softening;
    private final ColumnParams columns;
    private final DoubleArrayParam splits;
    private final DoubleArrayArrayParam splitsArray;
    private final Param<String> handleInvalid;
    private final GradientParams gradients;

    /** With a name of its own. */
    public SoftBucketizer() {
        this(Identifiable$.MODULE$.randomUID("softBucketizer"));
    }

    /** With a given name. */
    public SoftBucketizer(String uid) {
        this.uid = uid; // before the Params, which read it
        softening = new SofteningParams(this, false);
        columns = new ColumnParams(this, true);
        Declared declared = new Declared(this);
        String allowed = "at least 3 numbers, strictly increasing";
        String increasing = "at least 3, strictly increasing; the outer ones bound what is allowed";
        splits = new DoubleArrayParam(
                this,
                "splits",
                "ends of the buckets, " + increasing,
                declared.checked("splits", allowed, SoftBucketizer::increasing));
        splitsArray = new DoubleArrayArrayParam(
                this,
                "splitsArray",
                "splits for each of inputCols, each " + increasing,
                declared.checked(
                        "splitsArray",
                        allowed + ", each",
                        all -> Arrays.stream(all).allMatch(SoftBucketizer::increasing)));
        handleInvalid = handleInvalid(this);
        gradients = new GradientParams(this);
    }

    static Param<String> handleInvalid(Params owner) {
        Param<String> made = new Param<>(
                owner,
                "handleInvalid",
                "what to do with NaN: error (the default), skip (leave the row out, that of a NULL too), keep (a bucket of"
                        + " its own after the last)",
                SoftStage.policy(owner));
        owner.setDefault(made, SoftStage.ERROR);
        return made;
    }

    private static boolean increasing(double[] splits) {
        if (splits.length < 3) return false;
        for (int i = 1; i < splits.length; i++) if (!(splits[i - 1] < splits[i])) return false; // nor NaN
        return true;
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

    @Override
    public GradientParams gradients() {
        return gradients;
    }

    /** Ends of the buckets. */
    public DoubleArrayParam splits() {
        return splits;
    }

    /** Ends of the buckets of several columns. */
    public DoubleArrayArrayParam splitsArray() {
        return splitsArray;
    }

    /** What to do with NaN. */
    public Param<String> handleInvalid() {
        return handleInvalid;
    }

    /** The value of {@link #splits()}. */
    public double[] getSplits() {
        return getOrDefault(splits);
    }

    /** The value of {@link #splitsArray()}. */
    public double[][] getSplitsArray() {
        return getOrDefault(splitsArray);
    }

    /** The value of {@link #handleInvalid()}. */
    public String getHandleInvalid() {
        return getOrDefault(handleInvalid);
    }

    /** Sets {@link #splits()}. */
    public SoftBucketizer setSplits(double... value) {
        return given(splits, value);
    }

    /** Sets {@link #splitsArray()}. */
    public SoftBucketizer setSplitsArray(double[]... value) {
        return given(splitsArray, value);
    }

    /** Sets {@link #handleInvalid()}. */
    public SoftBucketizer setHandleInvalid(String value) {
        return given(handleInvalid, value);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        List<String> inputs = columns.inputs();
        List<String> outputs = columns.outputs();
        Param<?> needed = columns.several() ? splitsArray : splits;
        if (!isSet(needed)) throw Refusal.of(this, needed.name(), "set", "nothing");
        if (isSet(splitsArray)) columns.checkLength(splitsArray, getSplitsArray().length);
        if (columns.several() && isSet(splits)) {
            throw Refusal.of(this, "splits", "left out where inputCols is set", "both");
        }
        StructType out = schema;
        for (int i = 0; i < inputs.size(); i++) {
            checkNumbers(this, inputs.get(i), schema);
            String name = Refusal.fresh(this, "outputCol", outputs.get(i), out);
            out = out.add(StepPlan.nullable(softening.exact() ? buckets(name, splits(i)) : Attributes.number(name)));
        }
        return gradients.schema(columns, out, DataTypes.DoubleType);
    }

    static void checkNumbers(Params stage, String input, StructType schema) {
        DataType type = Refusal.field(stage, "inputCol", input, schema).dataType();
        if (type instanceof NumericType) return;
        throw Refusal.of(stage, "inputCol", "a column of numbers", "'" + input + "' of type " + type.sql());
    }

    /** An ordinal attribute, which Spark makes for itself only. */
    private static StructField buckets(String name, double[] splits) {
        String[] values = new String[splits.length - 1];
        for (int i = 0; i < values.length; i++) values[i] = splits[i] + ", " + splits[i + 1];
        StructField nominal =
                NominalAttribute.defaultAttr().withName(name).withValues(values).toStructField();
        Metadata attribute = new MetadataBuilder()
                .withMetadata(nominal.metadata().getMetadata(Attributes.KEY))
                .putBoolean("ord", true)
                .build();
        Metadata metadata =
                new MetadataBuilder().putMetadata(Attributes.KEY, attribute).build();
        return new StructField(name, nominal.dataType(), nominal.nullable(), metadata);
    }

    private double[] splits(int column) {
        return columns.several() ? getSplitsArray()[column] : getSplits();
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        SoftColumns soft = SoftColumns.of(softening.soft());
        List<String> inputs = columns.inputs();
        Dataset<Row> rows = dataset.toDF();
        if (getHandleInvalid().equals(SoftStage.SKIP)) {
            for (String input : inputs) {
                Column column = Columns.quoted(input);
                rows = rows.filter(column.isNotNull().and(not(isnan(column.cast(DataTypes.DoubleType)))));
            }
        }
        for (int i = 0; i < inputs.size(); i++) {
            StepPlan plan = plan(inputs.get(i), splits(i));
            StructField output = schema.apply(columns.outputs().get(i));
            if (gradients.gradient() == null) {
                rows = plan.transform(rows, soft, output);
                continue;
            }
            Column cotangent = gradients.cotangent() != null
                    ? Columns.quoted(gradients.cotangent()).cast(DataTypes.DoubleType)
                    : lit(1.0);
            Column upstream = array_repeat(cotangent, splits(i).length - 2);
            rows = plan.transform(rows, soft, upstream, output, schema.apply(gradients.gradient()));
        }
        return rows;
    }

    private StepPlan plan(String input, double[] splits) {
        int last = splits.length - 1;
        Column x = Columns.quoted(input).cast(DataTypes.DoubleType);
        Column[] inner = new Column[last - 1];
        for (int i = 1; i < last; i++) inner[i - 1] = lit(splits[i]);
        String what = Refusal.name(this) + ": column '" + input + "' must ";
        Column nan = getHandleInvalid().equals(SoftStage.KEEP)
                ? lit((double) last)
                : refused(
                        what + "have no NaN (handleInvalid = 'error'), got one; set handleInvalid to 'skip' or 'keep'");
        Column outside = refused(what + "be in [" + splits[0] + ", " + splits[last]
                + "], the range of the splits, got a value outside; let the outer splits be infinite");
        return new StepPlan(
                Comparison.GREATER_EQUAL,
                x,
                array(inner),
                steps -> when(isnan(x), nan)
                        .when(x.lt(splits[0]).or(x.gt(splits[last])), outside)
                        .otherwise(aggregate(steps, lit(0.0), Column::plus)),
                slope -> when(isnan(x), lit(0.0)).otherwise(slope));
    }

    private static Column refused(String message) {
        return raise_error(lit(message)).cast(DataTypes.DoubleType);
    }

    @Override
    public SoftBucketizer copy(ParamMap extra) {
        return this.<SoftBucketizer>defaultCopy(extra).setParent(parent());
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftBucketizer> read() {
        return new StageReader<>(SoftBucketizer.class);
    }

    /** Loads a saved stage. */
    public static SoftBucketizer load(String path) {
        return read().load(path);
    }
}
