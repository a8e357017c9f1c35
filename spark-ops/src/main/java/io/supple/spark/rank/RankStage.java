// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * A stage whose setters return itself. Spark finds Params by public methods without arguments, also those of interfaces.
 *
 * @param <S> the stage's own class
 */
public interface RankStage<S> extends Params {

    /** The stage itself with a Param set. */
    @SuppressWarnings("unchecked")
    default <T> S given(Param<T> param, T value) {
        set(param, value);
        return (S) this;
    }
}
