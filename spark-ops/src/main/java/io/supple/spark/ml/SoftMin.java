// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Extremum;
import java.util.List;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * The soft minimum of a list.
 *
 * <pre>{@code
 * new SoftMin().setInputCol("prices").setOutputCol("cheapest").setSoftness(0.01);
 * }</pre>
 */
public final class SoftMin extends SoftStage<SoftMin> {

    private static final long serialVersionUID = 1L;

    /** With a name of its own. */
    public SoftMin() {
        this(Identifiable$.MODULE$.randomUID("softMin"));
    }

    /** With a given name. */
    public SoftMin(String uid) {
        super(uid, List.of(Extremum.MIN));
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftMin> read() {
        return new StageReader<>(SoftMin.class);
    }

    /** Loads a saved stage. */
    public static SoftMin load(String path) {
        return read().load(path);
    }
}
