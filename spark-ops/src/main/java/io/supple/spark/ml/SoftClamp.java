// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Elementwise;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Numbers held softly between bounds, each of which is one number or a column.
 *
 * <pre>{@code
 * new SoftClamp().setInputCol("delay").setA(-10).setB(60).setOutputCol("clamped");
 * new SoftClamp().setInputCols("delay", "least", "most").setOutputCol("clamped");
 * }</pre>
 */
public final class SoftClamp extends SoftStage<SoftClamp> {

    private static final long serialVersionUID = 1L;

    private final DoubleParam a;
    private final DoubleParam b;
    private final BooleanParam gated;

    /** With a name of its own. */
    public SoftClamp() {
        this(Identifiable$.MODULE$.randomUID("softClamp"));
    }

    /** With a given name. */
    public SoftClamp(String uid) {
        super(uid, List.of(Elementwise.CLAMP));
        a = (DoubleParam) argument(Elementwise.CLAMP, "a");
        b = (DoubleParam) argument(Elementwise.CLAMP, "b");
        gated = (BooleanParam) argument(Elementwise.CLAMP, "gated");
    }

    /** The lower bound, in place of a column. */
    public DoubleParam a() {
        return a;
    }

    /** The value of {@link #a()}. */
    public double getA() {
        return (Double) getOrDefault(a);
    }

    /** Sets {@link #a()}. */
    public SoftClamp setA(double value) {
        return given(a, value);
    }

    /** The upper bound, in place of a column. */
    public DoubleParam b() {
        return b;
    }

    /** The value of {@link #b()}. */
    public double getB() {
        return (Double) getOrDefault(b);
    }

    /** Sets {@link #b()}. */
    public SoftClamp setB(double value) {
        return given(b, value);
    }

    /** Whether the ramps are x S(x). */
    public BooleanParam gated() {
        return gated;
    }

    /** The value of {@link #gated()}. */
    public boolean getGated() {
        return (Boolean) getOrDefault(gated);
    }

    /** Sets {@link #gated()}. */
    public SoftClamp setGated(boolean value) {
        return given(gated, value);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftClamp> read() {
        return new StageReader<>(SoftClamp.class);
    }

    /** Loads a saved stage. */
    public static SoftClamp load(String path) {
        return read().load(path);
    }
}
