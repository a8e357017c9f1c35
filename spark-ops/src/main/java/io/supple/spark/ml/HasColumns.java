// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import org.apache.spark.ml.param.StringArrayParam;

/**
 * A stage that makes one column of another, or several of several.
 *
 * @param <S> the stage's own class, which setters return
 */
public interface HasColumns<S> extends HasColumn<S> {

    /** Input columns. */
    default StringArrayParam inputCols() {
        return columns().inputCols();
    }

    /** Output columns. */
    default StringArrayParam outputCols() {
        return columns().outputCols();
    }

    /** The value of {@link #inputCols()}. */
    default String[] getInputCols() {
        return getOrDefault(inputCols());
    }

    /** The value of {@link #outputCols()}. */
    default String[] getOutputCols() {
        return getOrDefault(outputCols());
    }

    /** Sets {@link #inputCols()}. */
    default S setInputCols(String... value) {
        return given(inputCols(), value);
    }

    /** Sets {@link #outputCols()}. */
    default S setOutputCols(String... value) {
        return given(outputCols(), value);
    }
}
