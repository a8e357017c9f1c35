// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Ordering;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * The soft rank of each element of a list, 1 for the largest (or the smallest if not descending).
 *
 * <pre>{@code
 * new SoftRank().setInputCol("dep_delay").setGroupCols("date", "origin").setOutputCol("lateness_rank");
 * }</pre>
 */
public final class SoftRank extends SoftStage<SoftRank> {

    private static final long serialVersionUID = 1L;

    private final BooleanParam descending;

    /** With a name of its own. */
    public SoftRank() {
        this(Identifiable$.MODULE$.randomUID("softRank"));
    }

    /** With a given name. */
    public SoftRank(String uid) {
        super(uid, List.of(Ordering.RANK));
        descending = (BooleanParam) argument(Ordering.RANK, "descending");
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
    public SoftRank setDescending(boolean value) {
        return given(descending, value);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftRank> read() {
        return new StageReader<>(SoftRank.class);
    }

    /** Loads a saved stage. */
    public static SoftRank load(String path) {
        return read().load(path);
    }
}
