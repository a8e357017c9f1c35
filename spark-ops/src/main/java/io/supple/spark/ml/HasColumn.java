// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import org.apache.spark.ml.param.Param;

/**
 * A stage that makes one column of another.
 *
 * @param <S> the stage's own class, which setters return
 */
public interface HasColumn<S> extends HasSoftness<S> {

    /** The Params of the columns. */
    ColumnParams columns();

    /** Input column. */
    default Param<String> inputCol() {
        return columns().inputCol();
    }

    /** Output column. */
    default Param<String> outputCol() {
        return columns().outputCol();
    }

    /** The value of {@link #inputCol()}. */
    default String getInputCol() {
        return getOrDefault(inputCol());
    }

    /** The value of {@link #outputCol()}. */
    default String getOutputCol() {
        return getOrDefault(outputCol());
    }

    /** Sets {@link #inputCol()}. */
    default S setInputCol(String value) {
        return given(inputCol(), value);
    }

    /** Sets {@link #outputCol()}. */
    default S setOutputCol(String value) {
        return given(outputCol(), value);
    }
}
