// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.spark.job.Columns;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Each feature of vectors less its soft median, divided by its soft quantile range.
 *
 * <p>With {@code mode = "hard"} it is Spark's {@link org.apache.spark.ml.feature.RobustScaler} with
 * {@code relativeError = 0}: quantiles are those of the whole column, and {@code relativeError} has no effect. NaN is left
 * out of the fit, and so are vectors that are NULL. Long columns want {@code method = "fast_soft_sort"}, whose cost is
 * O(n log n).
 *
 * <pre>{@code
 * new SoftRobustScaler().setInputCol("features").setWithCentering(true).setOutputCol("scaled").fit(rows);
 * }</pre>
 */
public final class SoftRobustScaler extends Estimator<SoftRobustScalerModel>
        implements HasScaling<SoftRobustScaler>, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final SofteningParams softening;
    private final ColumnParams columns;
    private final ScalingParams scaling;

    /** With a name of its own. */
    public SoftRobustScaler() {
        this(Identifiable$.MODULE$.randomUID("softRobustScaler"));
    }

    /** With a given name. */
    public SoftRobustScaler(String uid) {
        this.uid = uid; // before the Params, which read it
        softening = new SofteningParams(this, true);
        columns = new ColumnParams(this, false);
        scaling = new ScalingParams(this);
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

    /** Sets {@link #lower()}. */
    public SoftRobustScaler setLower(double value) {
        return given(lower(), value);
    }

    /** Sets {@link #upper()}. */
    public SoftRobustScaler setUpper(double value) {
        return given(upper(), value);
    }

    /** Sets {@link #relativeError()}. */
    public SoftRobustScaler setRelativeError(double value) {
        return given(relativeError(), value);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        softening.soft();
        return scaling.schema(columns, schema, -1);
    }

    @Override
    public SoftRobustScalerModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        Column vectors = Columns.quoted(getInputCol());
        List<double[]> quantiles = FittedQuantiles.of(
                this, inputCol(), softening.soft(), dataset.toDF(), Columns.numbers(vectors), new double[] {
                    getLower(), 0.5, getUpper()
                });
        double[] median = new double[quantiles.size()];
        double[] range = new double[median.length];
        for (int i = 0; i < median.length; i++) {
            median[i] = quantiles.get(i)[1];
            range[i] = quantiles.get(i)[2] - quantiles.get(i)[0];
        }
        SoftRobustScalerModel model = new SoftRobustScalerModel(uid).fitted(range, median);
        return copyValues(model.setParent(this), new ParamMap());
    }

    @Override
    public SoftRobustScaler copy(ParamMap extra) {
        return this.<SoftRobustScaler>defaultCopy(extra);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftRobustScaler> read() {
        return new StageReader<>(SoftRobustScaler.class);
    }

    /** Loads a saved stage. */
    public static SoftRobustScaler load(String path) {
        return read().load(path);
    }
}
