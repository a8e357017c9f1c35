// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/**
 * A ranker as far as its loss goes.
 *
 * @param <S> the stage's own class, which setters return
 */
public interface HasLoss<S> extends RankStage<S> {

    /** The Params of the loss. */
    LossParams lossParams();

    /** What is made small. */
    default Param<String> loss() {
        return lossParams().loss;
    }

    /** How soft ranks or the soft permutation are made. */
    default Param<String> method() {
        return lossParams().method;
    }

    /** Smoothness class. */
    default Param<String> mode() {
        return lossParams().mode;
    }

    /** Width of the relaxation in units of scores. */
    default DoubleParam softness() {
        return lossParams().softness;
    }

    /** Whether scores are standardised in the loss. */
    default BooleanParam standardize() {
        return lossParams().standardize;
    }

    /** How many places count. */
    default IntParam truncationLevel() {
        return lossParams().truncationLevel;
    }

    /** What a label is worth. */
    default Param<String> gain() {
        return lossParams().gain;
    }

    /** What the labels 0, 1, 2... are worth. */
    default DoubleArrayParam labelGain() {
        return lossParams().labelGain;
    }

    /** Which distribution listNet takes from labels. */
    default Param<String> target() {
        return lossParams().target;
    }

    /** How often the matrix of neuralNDCG is normalised. */
    default IntParam sinkhornIters() {
        return lossParams().sinkhornIters;
    }

    /** The value of {@link #loss()}. */
    default String getLoss() {
        return getOrDefault(loss());
    }

    /** The value of {@link #method()}. */
    default String getMethod() {
        return getOrDefault(method());
    }

    /** The value of {@link #mode()}. */
    default String getMode() {
        return getOrDefault(mode());
    }

    /** The value of {@link #softness()}. */
    default double getSoftness() {
        return (Double) getOrDefault(softness());
    }

    /** The value of {@link #standardize()}. */
    default boolean getStandardize() {
        return (Boolean) getOrDefault(standardize());
    }

    /** The value of {@link #truncationLevel()}. */
    default int getTruncationLevel() {
        return (Integer) getOrDefault(truncationLevel());
    }

    /** The value of {@link #gain()}. */
    default String getGain() {
        return getOrDefault(gain());
    }

    /** The value of {@link #labelGain()}. */
    default double[] getLabelGain() {
        return getOrDefault(labelGain());
    }

    /** The value of {@link #target()}. */
    default String getTarget() {
        return getOrDefault(target());
    }

    /** The value of {@link #sinkhornIters()}. */
    default int getSinkhornIters() {
        return (Integer) getOrDefault(sinkhornIters());
    }

    /** Sets {@link #loss()}. */
    default S setLoss(String value) {
        return given(loss(), value);
    }

    /** Sets {@link #method()}. */
    default S setMethod(String value) {
        return given(method(), value);
    }

    /** Sets {@link #mode()}. */
    default S setMode(String value) {
        return given(mode(), value);
    }

    /** Sets {@link #softness()}. */
    default S setSoftness(double value) {
        return given(softness(), value);
    }

    /** Sets {@link #standardize()}. */
    default S setStandardize(boolean value) {
        return given(standardize(), value);
    }

    /** Sets {@link #truncationLevel()}. */
    default S setTruncationLevel(int value) {
        return given(truncationLevel(), value);
    }

    /** Sets {@link #gain()}. */
    default S setGain(String value) {
        return given(gain(), value);
    }

    /** Sets {@link #labelGain()}. */
    default S setLabelGain(double... value) {
        return given(labelGain(), value);
    }

    /** Sets {@link #target()}. */
    default S setTarget(String value) {
        return given(target(), value);
    }

    /** Sets {@link #sinkhornIters()}. */
    default S setSinkhornIters(int value) {
        return given(sinkhornIters(), value);
    }
}
