// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import io.supple.Comparison;
import io.supple.spark.SoftColumns;
import io.supple.spark.job.Columns;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Whether numbers are above a threshold, softly: {@code S(x - threshold)} for columns of numbers, and element by element
 * for vectors.
 *
 * <p>With {@code mode = "hard"} it is Spark's {@link org.apache.spark.ml.feature.Binarizer}: 1 above the threshold, else
 * 0. NaN and NULL are not above, in any mode; but as in Spark's, NaN among the elements of a vector counts as above a
 * threshold that is negative.
 *
 * <pre>{@code
 * new SoftBinarizer().setInputCol("delay").setThreshold(15).setSoftness(2).setOutputCol("is_late");
 * }</pre>
 */
public final class SoftBinarizer extends Transformer
        implements HasColumns<SoftBinarizer>, HasGradient<SoftBinarizer>, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final SofteningParams softening;
    private final ColumnParams columns;
    private final DoubleParam threshold;
    private final DoubleArrayParam thresholds;
    private final GradientParams gradients;

    /** With a name of its own. */
    public SoftBinarizer() {
        this(Identifiable$.MODULE$.randomUID("softBinarizer"));
    }

    /** With a given name. */
    public SoftBinarizer(String uid) {
        this.uid = uid; // before the Params, which read it
        softening = new SofteningParams(this, false);
        columns = new ColumnParams(this, true);
        threshold = new DoubleParam(this, "threshold", "what numbers must be above");
        thresholds = new DoubleArrayParam(
                this, "thresholds", "thresholds, one for each of inputCols; threshold for all if not set");
        gradients = new GradientParams(this);
        setDefault(threshold, 0.0);
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

    /** What numbers must be above. */
    public DoubleParam threshold() {
        return threshold;
    }

    /** Thresholds for several columns. */
    public DoubleArrayParam thresholds() {
        return thresholds;
    }

    /** The value of {@link #threshold()}. */
    public double getThreshold() {
        return (Double) getOrDefault(threshold);
    }

    /** The value of {@link #thresholds()}. */
    public double[] getThresholds() {
        return getOrDefault(thresholds);
    }

    /** Sets {@link #threshold()}. */
    public SoftBinarizer setThreshold(double value) {
        return given(threshold, value);
    }

    /** Sets {@link #thresholds()}. */
    public SoftBinarizer setThresholds(double... value) {
        return given(thresholds, value);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        List<String> inputs = columns.inputs();
        List<String> outputs = columns.outputs();
        if (isSet(thresholds)) {
            columns.checkLength(thresholds, getThresholds().length);
            if (isSet(threshold)) throw Refusal.of(this, "threshold", "left out where thresholds is set", "both");
        }
        StructType out = schema;
        DataType type = null;
        for (int i = 0; i < inputs.size(); i++) {
            StructField input = Refusal.field(this, "inputCol", inputs.get(i), schema);
            StructField output = output(input, Refusal.fresh(this, "outputCol", outputs.get(i), out));
            out = out.add(StepPlan.nullable(output));
            type = output.dataType();
        }
        return gradients.schema(columns, out, type);
    }

    private StructField output(StructField input, String name) {
        if (input.dataType().equals(SQLDataTypes.VectorType())) {
            return Attributes.field(name, SQLDataTypes.VectorType(), Attributes.size(input));
        }
        if (!(input.dataType() instanceof NumericType)) {
            String got = "'" + input.name() + "' of type " + input.dataType().sql();
            throw Refusal.of(this, "inputCol", "a column of numbers or vectors", got);
        }
        return softening.exact()
                ? BinaryAttribute.defaultAttr().withName(name).toStructField()
                : Attributes.number(name);
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        SoftColumns soft = SoftColumns.of(softening.soft());
        Dataset<Row> rows = dataset.toDF();
        List<String> inputs = columns.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            boolean vector = schema.apply(inputs.get(i)).dataType().equals(SQLDataTypes.VectorType());
            double t = isSet(thresholds) ? getThresholds()[i] : getThreshold();
            StepPlan plan = plan(Columns.quoted(inputs.get(i)), vector, t);
            StructField output = schema.apply(columns.outputs().get(i));
            rows = gradients.gradient() != null
                    ? plan.transform(rows, soft, upstream(plan.x(), vector), output, schema.apply(gradients.gradient()))
                    : plan.transform(rows, soft, output);
        }
        return rows;
    }

    private static StepPlan plan(Column column, boolean vector, double t) {
        Column x = vector ? Columns.numbers(column) : column.cast(DataTypes.DoubleType);
        double ofNaN = vector && t < 0 ? 1 : 0;
        return new StepPlan(
                Comparison.GREATER, x, lit(t), y -> settled(x, y, ofNaN, vector), g -> settled(x, g, 0, vector));
    }

    /** A value of its own where x is NaN or NULL; a vector that is NULL as a whole stays so. */
    private static Column settled(Column x, Column y, double ofNaN, boolean vector) {
        if (!vector) return when(x.isNull().or(isnan(x)), lit(ofNaN)).otherwise(y);
        Column elements = zip_with(x, y, (a, b) -> when(isnan(a), lit(ofNaN)).otherwise(b));
        return when(x.isNotNull(), array_to_vector(elements)); // which does not take NULL
    }

    private Column upstream(Column x, boolean vector) {
        if (gradients.cotangent() == null) return vector ? array_repeat(lit(1.0), size(x)) : lit(1.0);
        Column given = Columns.quoted(gradients.cotangent());
        return vector ? Columns.numbers(given) : given.cast(DataTypes.DoubleType);
    }

    @Override
    public SoftBinarizer copy(ParamMap extra) {
        return this.<SoftBinarizer>defaultCopy(extra);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftBinarizer> read() {
        return new StageReader<>(SoftBinarizer.class);
    }

    /** Loads a saved stage. */
    public static SoftBinarizer load(String path) {
        return read().load(path);
    }
}
