// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/**
 * A stage that judges scores.
 *
 * @param <S> the stage's own class, which setters return
 */
public interface HasJudgement<S> extends RankStage<S> {

    /** The Params of the judgement. */
    EvaluatorParams judgement();

    /** Metric of a list. */
    default Param<String> metricName() {
        return judgement().metricName;
    }

    /** How many places count. */
    default IntParam k() {
        return judgement().k;
    }

    /** Column that says which rows are one list. */
    default Param<String> groupCol() {
        return judgement().groupCol;
    }

    /** Column of labels. */
    default Param<String> labelCol() {
        return judgement().labelCol;
    }

    /** Column of scores. */
    default Param<String> predictionCol() {
        return judgement().predictionCol;
    }

    /** Column of the weights of lists. */
    default Param<String> weightCol() {
        return judgement().weightCol;
    }

    /** What becomes of equal scores. */
    default Param<String> ties() {
        return judgement().ties;
    }

    /** What a list counts in which nothing is relevant. */
    default Param<String> emptyList() {
        return judgement().emptyList;
    }

    /** What a label is worth. */
    default Param<String> gain() {
        return judgement().gain;
    }

    /** What the labels 0, 1, 2... are worth. */
    default DoubleArrayParam labelGain() {
        return judgement().labelGain;
    }

    /** The highest label there can be, for err. */
    default IntParam maxLabel() {
        return judgement().maxLabel;
    }

    /** Width of the relaxation of softNdcg. */
    default DoubleParam softness() {
        return judgement().softness;
    }

    /** How soft ranks of softNdcg are made. */
    default Param<String> method() {
        return judgement().method;
    }

    /** Smoothness class of softNdcg. */
    default Param<String> mode() {
        return judgement().mode;
    }

    /** The value of {@link #metricName()}. */
    default String getMetricName() {
        return getOrDefault(metricName());
    }

    /** The value of {@link #k()}. */
    default int getK() {
        return (Integer) getOrDefault(k());
    }

    /** The value of {@link #groupCol()}. */
    default String getGroupCol() {
        return getOrDefault(groupCol());
    }

    /** The value of {@link #labelCol()}. */
    default String getLabelCol() {
        return getOrDefault(labelCol());
    }

    /** The value of {@link #predictionCol()}. */
    default String getPredictionCol() {
        return getOrDefault(predictionCol());
    }

    /** The value of {@link #weightCol()}. */
    default String getWeightCol() {
        return getOrDefault(weightCol());
    }

    /** The value of {@link #ties()}. */
    default String getTies() {
        return getOrDefault(ties());
    }

    /** The value of {@link #emptyList()}. */
    default String getEmptyList() {
        return getOrDefault(emptyList());
    }

    /** The value of {@link #gain()}. */
    default String getGain() {
        return getOrDefault(gain());
    }

    /** The value of {@link #labelGain()}. */
    default double[] getLabelGain() {
        return getOrDefault(labelGain());
    }

    /** The value of {@link #maxLabel()}. */
    default int getMaxLabel() {
        return (Integer) getOrDefault(maxLabel());
    }

    /** The value of {@link #softness()}. */
    default double getSoftness() {
        return (Double) getOrDefault(softness());
    }

    /** The value of {@link #method()}. */
    default String getMethod() {
        return getOrDefault(method());
    }

    /** The value of {@link #mode()}. */
    default String getMode() {
        return getOrDefault(mode());
    }

    /** Sets {@link #metricName()}. */
    default S setMetricName(String value) {
        return given(metricName(), value);
    }

    /** Sets {@link #k()}. */
    default S setK(int value) {
        return given(k(), value);
    }

    /** Sets {@link #groupCol()}. */
    default S setGroupCol(String value) {
        return given(groupCol(), value);
    }

    /** Sets {@link #labelCol()}. */
    default S setLabelCol(String value) {
        return given(labelCol(), value);
    }

    /** Sets {@link #predictionCol()}. */
    default S setPredictionCol(String value) {
        return given(predictionCol(), value);
    }

    /** Sets {@link #weightCol()}. */
    default S setWeightCol(String value) {
        return given(weightCol(), value);
    }

    /** Sets {@link #ties()}. */
    default S setTies(String value) {
        return given(ties(), value);
    }

    /** Sets {@link #emptyList()}. */
    default S setEmptyList(String value) {
        return given(emptyList(), value);
    }

    /** Sets {@link #gain()}. */
    default S setGain(String value) {
        return given(gain(), value);
    }

    /** Sets {@link #labelGain()}. */
    default S setLabelGain(double... value) {
        return given(labelGain(), value);
    }

    /** Sets {@link #maxLabel()}. */
    default S setMaxLabel(int value) {
        return given(maxLabel(), value);
    }

    /** Sets {@link #softness()}. */
    default S setSoftness(double value) {
        return given(softness(), value);
    }

    /** Sets {@link #method()}. */
    default S setMethod(String value) {
        return given(method(), value);
    }

    /** Sets {@link #mode()}. */
    default S setMode(String value) {
        return given(mode(), value);
    }
}
