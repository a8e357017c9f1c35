// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import org.apache.spark.ml.param.Param;

/**
 * A ranker or its model.
 *
 * @param <S> the stage's own class, which setters return
 */
public interface HasScoring<S> extends RankStage<S> {

    /** The Params of the scoring. */
    ScoringParams scoring();

    /** Column of vectors. */
    default Param<String> featuresCol() {
        return scoring().featuresCol;
    }

    /** Column for the score. */
    default Param<String> predictionCol() {
        return scoring().predictionCol;
    }

    /** Column that says which rows are one list. */
    default Param<String> groupCol() {
        return scoring().groupCol;
    }

    /** What becomes of features. */
    default Param<String> featureScaling() {
        return scoring().featureScaling;
    }

    /** What the model does with features that are no numbers. */
    default Param<String> handleInvalid() {
        return scoring().handleInvalid;
    }

    /** The value of {@link #featuresCol()}. */
    default String getFeaturesCol() {
        return getOrDefault(featuresCol());
    }

    /** The value of {@link #predictionCol()}. */
    default String getPredictionCol() {
        return getOrDefault(predictionCol());
    }

    /** The value of {@link #groupCol()}. */
    default String getGroupCol() {
        return getOrDefault(groupCol());
    }

    /** The value of {@link #featureScaling()}. */
    default String getFeatureScaling() {
        return getOrDefault(featureScaling());
    }

    /** The value of {@link #handleInvalid()}. */
    default String getHandleInvalid() {
        return getOrDefault(handleInvalid());
    }

    /** Sets {@link #featuresCol()}. */
    default S setFeaturesCol(String value) {
        return given(featuresCol(), value);
    }

    /** Sets {@link #predictionCol()}. */
    default S setPredictionCol(String value) {
        return given(predictionCol(), value);
    }

    /** Sets {@link #groupCol()}. */
    default S setGroupCol(String value) {
        return given(groupCol(), value);
    }

    /** Sets {@link #handleInvalid()}. */
    default S setHandleInvalid(String value) {
        return given(handleInvalid(), value);
    }
}
