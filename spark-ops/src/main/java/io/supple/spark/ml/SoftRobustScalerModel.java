// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.spark.job.Columns;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What {@link SoftRobustScaler} fits: {@code (x - median) / range} for each feature, 0 where the range is 0. Vectors stay
 * sparse unless medians are taken off; a vector that is NULL stays so.
 */
public final class SoftRobustScalerModel extends Model<SoftRobustScalerModel>
        implements HasScaling<SoftRobustScalerModel>, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final SofteningParams softening;
    private final ColumnParams columns;
    private final ScalingParams scaling;
    private final DoubleArrayParam range;
    private final DoubleArrayParam median;

    /** With a name of its own; for those who load it. */
    public SoftRobustScalerModel() {
        this(Identifiable$.MODULE$.randomUID("softRobustScaler"));
    }

    /** With a given name; for those who load it. */
    public SoftRobustScalerModel(String uid) {
        this.uid = uid; // before the Params, which read it
        softening = new SofteningParams(this, true);
        columns = new ColumnParams(this, false);
        scaling = new ScalingParams(this);
        range = new DoubleArrayParam(this, "range", "quantile range of each feature, as fitted");
        median = new DoubleArrayParam(this, "median", "median of each feature, as fitted");
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
    public ScalingParams scaling() {
        return scaling;
    }

    /** Quantile range of each feature. */
    public DoubleArrayParam range() {
        return range;
    }

    /** Median of each feature. */
    public DoubleArrayParam median() {
        return median;
    }

    /** The quantile ranges. */
    public Vector getRange() {
        return Vectors.dense(getOrDefault(range));
    }

    /** The medians. */
    public Vector getMedian() {
        return Vectors.dense(getOrDefault(median));
    }

    SoftRobustScalerModel fitted(double[] ranges, double[] medians) {
        set(range, ranges);
        return given(median, medians);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        if (!isSet(range) || !isSet(median)) throw Refusal.of(this, "range and median", "fitted", "nothing");
        int n = getOrDefault(median).length;
        if (getOrDefault(range).length != n) {
            throw Refusal.of(this, "range", "as long as median, " + n, String.valueOf(getOrDefault(range).length));
        }
        return scaling.schema(columns, schema, getOrDefault(median).length);
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructField output = transformSchema(dataset.schema()).apply(getOutputCol());
        double[] factors = null;
        if (getWithScaling()) {
            factors = getOrDefault(range).clone();
            for (int i = 0; i < factors.length; i++) factors[i] = factors[i] == 0 ? 0 : 1 / factors[i];
        }
        double[] shifts = getWithCentering() ? getOrDefault(median) : null;
        Scaling scaled = new Scaling(getOrDefault(median).length, shifts, factors);
        return dataset.toDF()
                .withColumn(
                        output.name(),
                        functions
                                .udf(scaled, SQLDataTypes.VectorType())
                                .apply(Columns.quoted(getInputCol()))
                                .as(output.name(), output.metadata()));
    }

    /** {@code (x - shifts) factors}; null for what is left out. */
    private static final class Scaling implements UDF1<Vector, Vector> {

        private static final long serialVersionUID = 1L;

        private final int n;
        private final double[] shifts;
        private final double[] factors;

        Scaling(int n, double[] shifts, double[] factors) {
            this.n = n;
            this.shifts = shifts;
            this.factors = factors;
        }

        @Override
        public Vector call(Vector x) {
            if (x == null) return null;
            if (x.size() != n) {
                throw new IllegalArgumentException(
                        "SoftRobustScalerModel: inputCol must be a column of vectors of size " + n
                                + ", got one of size " + x.size());
            }
            if (shifts == null && x instanceof SparseVector sparse) {
                double[] values = sparse.values().clone();
                for (int i = 0; factors != null && i < values.length; i++) values[i] *= factors[sparse.indices()[i]];
                return new SparseVector(n, sparse.indices(), values);
            }
            double[] values = x.toArray().clone();
            for (int i = 0; i < n; i++) {
                if (shifts != null) values[i] -= shifts[i];
                if (factors != null) values[i] *= factors[i];
            }
            return new DenseVector(values);
        }
    }

    @Override
    public SoftRobustScalerModel copy(ParamMap extra) {
        return this.<SoftRobustScalerModel>defaultCopy(extra).setParent(parent());
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftRobustScalerModel> read() {
        return new StageReader<>(SoftRobustScalerModel.class);
    }

    /** Loads a saved model. */
    public static SoftRobustScalerModel load(String path) {
        return read().load(path);
    }
}
