// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Extremum;
import java.util.List;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * The soft maximum of a list.
 *
 * <pre>{@code
 * new SoftMax().setInputCol("scores").setOutputCol("best").setSoftness(0.01);
 * }</pre>
 */
public final class SoftMax extends SoftStage<SoftMax> {

    private static final long serialVersionUID = 1L;

    /** With a name of its own. */
    public SoftMax() {
        this(Identifiable$.MODULE$.randomUID("softMax"));
    }

    /** With a given name. */
    public SoftMax(String uid) {
        super(uid, List.of(Extremum.MAX));
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftMax> read() {
        return new StageReader<>(SoftMax.class);
    }

    /** Loads a saved stage. */
    public static SoftMax load(String path) {
        return read().load(path);
    }
}
