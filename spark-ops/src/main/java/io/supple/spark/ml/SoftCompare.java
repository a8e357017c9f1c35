// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Comparison;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * The soft truth of a relation between two columns, or between a column and a number.
 *
 * <pre>{@code
 * new SoftCompare().setOperator("less_equal").setInputCols("price", "budget").setOutputCol("affordable");
 * new SoftCompare().setOperator("isclose").setInputCol("x").setY(1).setAtol(0.1).setOutputCol("near_one");
 * }</pre>
 *
 * <p>The operators are greater, greater_equal, less, less_equal, eq, not_equal and isclose.
 */
public final class SoftCompare extends SoftStage<SoftCompare> {

    private static final long serialVersionUID = 1L;

    private final DoubleParam y;
    private final DoubleParam rtol;
    private final DoubleParam atol;
    private final DoubleParam epsilon;

    /** With a name of its own. */
    public SoftCompare() {
        this(Identifiable$.MODULE$.randomUID("softCompare"));
    }

    /** With a given name. */
    public SoftCompare(String uid) {
        super(uid, Comparison.COMPARISON.operators());
        y = (DoubleParam) argument(Comparison.GREATER, "y");
        rtol = (DoubleParam) argument(Comparison.ISCLOSE, "rtol");
        atol = (DoubleParam) argument(Comparison.ISCLOSE, "atol");
        epsilon = (DoubleParam) argument(Comparison.GREATER, "epsilon");
    }

    /** The right side, in place of a column. */
    public DoubleParam y() {
        return y;
    }

    /** The value of {@link #y()}. */
    public double getY() {
        return (Double) getOrDefault(y);
    }

    /** Sets {@link #y()}. */
    public SoftCompare setY(double value) {
        return given(y, value);
    }

    /** Tolerance of isclose relative to the right side. */
    public DoubleParam rtol() {
        return rtol;
    }

    /** The value of {@link #rtol()}. */
    public double getRtol() {
        return (Double) getOrDefault(rtol);
    }

    /** Sets {@link #rtol()}. */
    public SoftCompare setRtol(double value) {
        return given(rtol, value);
    }

    /** Absolute tolerance of isclose. */
    public DoubleParam atol() {
        return atol;
    }

    /** The value of {@link #atol()}. */
    public double getAtol() {
        return (Double) getOrDefault(atol);
    }

    /** Sets {@link #atol()}. */
    public SoftCompare setAtol(double value) {
        return given(atol, value);
    }

    /** What decides about equal numbers. */
    public DoubleParam epsilon() {
        return epsilon;
    }

    /** The value of {@link #epsilon()}. */
    public double getEpsilon() {
        return (Double) getOrDefault(epsilon);
    }

    /** Sets {@link #epsilon()}. */
    public SoftCompare setEpsilon(double value) {
        return given(epsilon, value);
    }

    /** Sets {@link #operator()}, the name of the relation. */
    public SoftCompare setOperator(String value) {
        return given(operator(), value);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftCompare> read() {
        return new StageReader<>(SoftCompare.class);
    }

    /** Loads a saved stage. */
    public static SoftCompare load(String path) {
        return read().load(path);
    }
}
