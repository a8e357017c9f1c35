// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;

/**
 * A stage that orders lists softly.
 *
 * @param <S> the stage's own class, which setters return
 */
public interface HasMethod<S> extends HasSoftness<S> {

    /** How the soft permutation is made. */
    default Param<String> method() {
        return softening().method();
    }

    /** Whether lists are standardised and squashed. */
    default BooleanParam standardize() {
        return softening().standardize();
    }

    /** The value of {@link #standardize()}. */
    default boolean getStandardize() {
        return (Boolean) getOrDefault(standardize());
    }

    /** Sets {@link #method()}. */
    default S setMethod(String value) {
        return given(method(), value);
    }

    /** Sets {@link #standardize()}. */
    default S setStandardize(boolean value) {
        return given(standardize(), value);
    }
}
