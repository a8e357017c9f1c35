// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Quantile;
import java.util.List;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * The soft median of a list, the lower of the two in the middle.
 *
 * <pre>{@code
 * new SoftMedian().setInputCol("delay").setGroupCol("origin").setOutputCol("typical_delay");
 * }</pre>
 */
public final class SoftMedian extends SoftStage<SoftMedian> {

    private static final long serialVersionUID = 1L;

    /** With a name of its own. */
    public SoftMedian() {
        this(Identifiable$.MODULE$.randomUID("softMedian"));
    }

    /** With a given name. */
    public SoftMedian(String uid) {
        super(uid, List.of(Quantile.MEDIAN));
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftMedian> read() {
        return new StageReader<>(SoftMedian.class);
    }

    /** Loads a saved stage. */
    public static SoftMedian load(String path) {
        return read().load(path);
    }
}
