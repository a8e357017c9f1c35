// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Selection;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * A soft choice between two values by a soft truth value, each one number or a column.
 *
 * <pre>{@code
 * new SoftWhere().setInputCols("is_late", "delay").setY(0).setOutputCol("delay_if_late");
 * }</pre>
 */
public final class SoftWhere extends SoftStage<SoftWhere> {

    private static final long serialVersionUID = 1L;

    private final DoubleParam x;
    private final DoubleParam y;

    /** With a name of its own. */
    public SoftWhere() {
        this(Identifiable$.MODULE$.randomUID("softWhere"));
    }

    /** With a given name. */
    public SoftWhere(String uid) {
        super(uid, List.of(Selection.WHERE));
        x = (DoubleParam) argument(Selection.WHERE, "x");
        y = (DoubleParam) argument(Selection.WHERE, "y");
    }

    /** The value where the condition holds, in place of a column. */
    public DoubleParam x() {
        return x;
    }

    /** The value of {@link #x()}. */
    public double getX() {
        return (Double) getOrDefault(x);
    }

    /** Sets {@link #x()}. */
    public SoftWhere setX(double value) {
        return given(x, value);
    }

    /** The value where it does not, in place of a column. */
    public DoubleParam y() {
        return y;
    }

    /** The value of {@link #y()}. */
    public double getY() {
        return (Double) getOrDefault(y);
    }

    /** Sets {@link #y()}. */
    public SoftWhere setY(double value) {
        return given(y, value);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftWhere> read() {
        return new StageReader<>(SoftWhere.class);
    }

    /** Loads a saved stage. */
    public static SoftWhere load(String path) {
        return read().load(path);
    }
}
