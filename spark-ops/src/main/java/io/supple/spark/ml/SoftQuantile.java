// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Quantile;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * The soft quantile of a list.
 *
 * <pre>{@code
 * new SoftQuantile().setInputCol("delays").setQ(0.9).setOutputCol("late");
 * }</pre>
 */
public final class SoftQuantile extends SoftStage<SoftQuantile> {

    private static final long serialVersionUID = 1L;

    private final DoubleParam q;
    private final Param<String> interpolation;

    /** With a name of its own. */
    public SoftQuantile() {
        this(Identifiable$.MODULE$.randomUID("softQuantile"));
    }

    /** With a given name. */
    @SuppressWarnings("unchecked") // the Param of a choice holds its text
    public SoftQuantile(String uid) {
        super(uid, List.of(Quantile.QUANTILE));
        q = (DoubleParam) argument(Quantile.QUANTILE, "q");
        interpolation = (Param<String>) argument(Quantile.QUANTILE, "interpolation");
    }

    /** The level, in [0, 1]. */
    public DoubleParam q() {
        return q;
    }

    /** The value of {@link #q()}. */
    public double getQ() {
        return (Double) getOrDefault(q);
    }

    /** Sets {@link #q()}. */
    public SoftQuantile setQ(double value) {
        return given(q, value);
    }

    /** Which sorted places make a quantile between two: linear, lower, higher, nearest or midpoint. */
    public Param<String> interpolation() {
        return interpolation;
    }

    /** The value of {@link #interpolation()}. */
    public String getInterpolation() {
        return getOrDefault(interpolation);
    }

    /** Sets {@link #interpolation()}. */
    public SoftQuantile setInterpolation(String value) {
        return given(interpolation, value);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftQuantile> read() {
        return new StageReader<>(SoftQuantile.class);
    }

    /** Loads a saved stage. */
    public static SoftQuantile load(String path) {
        return read().load(path);
    }
}
