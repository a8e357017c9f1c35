// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import org.apache.spark.ml.param.Param;

/**
 * A stage that can write the gradient of its output.
 *
 * @param <S> the stage's own class, which setters return
 */
public interface HasGradient<S> extends HasSoftness<S> {

    /** The Params of the gradient's columns. */
    GradientParams gradients();

    /** Column of the gradient. */
    default Param<String> gradientCol() {
        return gradients().gradientCol();
    }

    /** Column of the upstream gradient. */
    default Param<String> cotangentCol() {
        return gradients().cotangentCol();
    }

    /** Sets {@link #gradientCol()}. */
    default S setGradientCol(String value) {
        return given(gradientCol(), value);
    }

    /** Sets {@link #cotangentCol()}. */
    default S setCotangentCol(String value) {
        return given(cotangentCol(), value);
    }
}
