// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Ordering;
import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * The k largest values of a list, softly, largest first.
 *
 * <pre>{@code
 * new SoftTopK().setInputCol("scores").setK(10).setOutputCol("best");
 * }</pre>
 *
 * <p>For the rows of a group, which have no place among the k, use {@link SoftTransformer} with {@code topk_mask}.
 */
public final class SoftTopK extends SoftStage<SoftTopK> {

    private static final long serialVersionUID = 1L;

    private final IntParam k;

    /** With a name of its own. */
    public SoftTopK() {
        this(Identifiable$.MODULE$.randomUID("softTopK"));
    }

    /** With a given name. */
    public SoftTopK(String uid) {
        super(uid, List.of(Ordering.TOPK));
        k = (IntParam) argument(Ordering.TOPK, "k");
    }

    /** How many. */
    public IntParam k() {
        return k;
    }

    /** The value of {@link #k()}. */
    public int getK() {
        return (Integer) getOrDefault(k);
    }

    /** Sets {@link #k()}. */
    public SoftTopK setK(int value) {
        return given(k, value);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftTopK> read() {
        return new StageReader<>(SoftTopK.class);
    }

    /** Loads a saved stage. */
    public static SoftTopK load(String path) {
        return read().load(path);
    }
}
