// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Elementwise;
import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Numbers rounded softly to the nearest whole number.
 *
 * <pre>{@code
 * new SoftRound().setInputCol("rating").setOutputCol("stars").setNeighborRadius(3);
 * }</pre>
 */
public final class SoftRound extends SoftStage<SoftRound> {

    private static final long serialVersionUID = 1L;

    private final IntParam neighborRadius;

    /** With a name of its own. */
    public SoftRound() {
        this(Identifiable$.MODULE$.randomUID("softRound"));
    }

    /** With a given name. */
    public SoftRound(String uid) {
        super(uid, List.of(Elementwise.ROUND));
        neighborRadius = (IntParam) argument(Elementwise.ROUND, "neighbor_radius");
    }

    /** How many whole numbers on either side take part. */
    public IntParam neighborRadius() {
        return neighborRadius;
    }

    /** The value of {@link #neighborRadius()}. */
    public int getNeighborRadius() {
        return (Integer) getOrDefault(neighborRadius);
    }

    /** Sets {@link #neighborRadius()}. */
    public SoftRound setNeighborRadius(int value) {
        return given(neighborRadius, value);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftRound> read() {
        return new StageReader<>(SoftRound.class);
    }

    /** Loads a saved stage. */
    public static SoftRound load(String path) {
        return read().load(path);
    }
}
