// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Ordering;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * The soft sorted values of a list, smallest first.
 *
 * <pre>{@code
 * new SoftSort().setInputCol("scores").setOutputCol("sorted").setDescending(true);
 * }</pre>
 */
public final class SoftSort extends SoftStage<SoftSort> {

    private static final long serialVersionUID = 1L;

    private final BooleanParam descending;

    /** With a name of its own. */
    public SoftSort() {
        this(Identifiable$.MODULE$.randomUID("softSort"));
    }

    /** With a given name. */
    public SoftSort(String uid) {
        super(uid, List.of(Ordering.SORT));
        descending = (BooleanParam) argument(Ordering.SORT, "descending");
    }

    /** Whether the largest is first. */
    public BooleanParam descending() {
        return descending;
    }

    /** The value of {@link #descending()}. */
    public boolean getDescending() {
        return (Boolean) getOrDefault(descending);
    }

    /** Sets {@link #descending()}. */
    public SoftSort setDescending(boolean value) {
        return given(descending, value);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftSort> read() {
        return new StageReader<>(SoftSort.class);
    }

    /** Loads a saved stage. */
    public static SoftSort load(String path) {
        return read().load(path);
    }
}
