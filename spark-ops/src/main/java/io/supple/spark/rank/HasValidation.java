// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/**
 * A ranker as far as the rows go that it is fitted and judged by.
 *
 * @param <S> the stage's own class, which setters return
 */
public interface HasValidation<S> extends RankStage<S> {

    /** The Params of labels, weights and validation. */
    ValidationParams validation();

    /** Column of labels. */
    default Param<String> labelCol() {
        return validation().labelCol;
    }

    /** Column of the weights of lists. */
    default Param<String> weightCol() {
        return validation().weightCol;
    }

    /** Column that is true in lists for validation. */
    default Param<String> validationIndicatorCol() {
        return validation().validationIndicatorCol;
    }

    /** Cut-offs of the NDCG in the summary. */
    default IntArrayParam evalAt() {
        return validation().evalAt;
    }

    /** How many iterations without a better validation NDCG end the fit. */
    default IntParam earlyStoppingRounds() {
        return validation().earlyStoppingRounds;
    }

    /** The value of {@link #labelCol()}. */
    default String getLabelCol() {
        return getOrDefault(labelCol());
    }

    /** The value of {@link #weightCol()}. */
    default String getWeightCol() {
        return getOrDefault(weightCol());
    }

    /** The value of {@link #validationIndicatorCol()}. */
    default String getValidationIndicatorCol() {
        return getOrDefault(validationIndicatorCol());
    }

    /** The value of {@link #evalAt()}. */
    default int[] getEvalAt() {
        return getOrDefault(evalAt());
    }

    /** The value of {@link #earlyStoppingRounds()}. */
    default int getEarlyStoppingRounds() {
        return (Integer) getOrDefault(earlyStoppingRounds());
    }

    /** Sets {@link #labelCol()}. */
    default S setLabelCol(String value) {
        return given(labelCol(), value);
    }

    /** Sets {@link #weightCol()}. */
    default S setWeightCol(String value) {
        return given(weightCol(), value);
    }

    /** Sets {@link #validationIndicatorCol()}. */
    default S setValidationIndicatorCol(String value) {
        return given(validationIndicatorCol(), value);
    }

    /** Sets {@link #evalAt()}. */
    default S setEvalAt(int... value) {
        return given(evalAt(), value);
    }

    /** Sets {@link #earlyStoppingRounds()}. */
    default S setEarlyStoppingRounds(int value) {
        return given(earlyStoppingRounds(), value);
    }
}
