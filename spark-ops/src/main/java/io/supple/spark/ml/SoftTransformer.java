// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Catalogue;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Any operator of the catalogue as a stage.
 *
 * <pre>{@code
 * new SoftTransformer().setOperator("topk_mask").setArguments("k => 10")
 *     .setInputCol("dep_delay").setGroupCol("origin").setOutputCol("among_10_latest");
 * }</pre>
 */
public final class SoftTransformer extends SoftStage<SoftTransformer> {

    private static final long serialVersionUID = 1L;

    /** With a name of its own. */
    public SoftTransformer() {
        this(Identifiable$.MODULE$.randomUID("softTransformer"));
    }

    /** With a given name. */
    public SoftTransformer(String uid) {
        super(uid, Catalogue.operators());
    }

    /** Sets {@link #operator()}. */
    public SoftTransformer setOperator(String value) {
        return given(operator(), value);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftTransformer> read() {
        return new StageReader<>(SoftTransformer.class);
    }

    /** Loads a saved stage. */
    public static SoftTransformer load(String path) {
        return read().load(path);
    }
}
