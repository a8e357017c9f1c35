// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/**
 * Folds that never split a list.
 *
 * @param <S> the stage's own class
 */
public interface HasFolds<S> extends RankStage<S> {

    /** The Params of the folds. */
    FoldParams foldParams();

    /** Column of groups. */
    default Param<String> groupCol() {
        return foldParams().groupCol;
    }

    /** How many folds. */
    default IntParam numFolds() {
        return foldParams().numFolds;
    }

    /** Seed of the folds. */
    default LongParam seed() {
        return foldParams().seed;
    }

    /** The value of {@link #groupCol()}. */
    default String getGroupCol() {
        return getOrDefault(groupCol());
    }

    /** The value of {@link #numFolds()}. */
    default int getNumFolds() {
        return (Integer) getOrDefault(numFolds());
    }

    /** The value of {@link #seed()}. */
    default long getSeed() {
        return (Long) getOrDefault(seed());
    }

    /** Sets {@link #groupCol()}. */
    default S setGroupCol(String value) {
        return given(groupCol(), value);
    }

    /** Sets {@link #numFolds()}. */
    default S setNumFolds(int value) {
        return given(numFolds(), value);
    }

    /** Sets {@link #seed()}. */
    default S setSeed(long value) {
        return given(seed(), value);
    }
}
