// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Ordering;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * The soft permutation that sorts a list: for each sorted place the distribution of the element that stands there.
 *
 * <pre>{@code
 * new SoftArgsort().setInputCol("scores").setOutputCol("permutation").setMethod("softsort");
 * }</pre>
 */
public final class SoftArgsort extends SoftStage<SoftArgsort> {

    private static final long serialVersionUID = 1L;

    private final BooleanParam descending;

    /** With a name of its own. */
    public SoftArgsort() {
        this(Identifiable$.MODULE$.randomUID("softArgsort"));
    }

    /** With a given name. */
    public SoftArgsort(String uid) {
        super(uid, List.of(Ordering.ARGSORT));
        descending = (BooleanParam) argument(Ordering.ARGSORT, "descending");
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
    public SoftArgsort setDescending(boolean value) {
        return given(descending, value);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftArgsort> read() {
        return new StageReader<>(SoftArgsort.class);
    }

    /** Loads a saved stage. */
    public static SoftArgsort load(String path) {
        return read().load(path);
    }
}
