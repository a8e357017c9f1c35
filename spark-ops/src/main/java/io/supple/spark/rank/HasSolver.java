// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/**
 * A ranker as far as the way to its minimum goes.
 *
 * @param <S> the stage's own class, which setters return
 */
public interface HasSolver<S> extends RankStage<S> {

    /** The Params of the solver. */
    SolverParams solverParams();

    /** How the minimum is found. */
    default Param<String> solver() {
        return solverParams().solver;
    }

    /** Most iterations of each stage. */
    default IntParam maxIter() {
        return solverParams().maxIter;
    }

    /** When it has converged. */
    default DoubleParam tol() {
        return solverParams().tol;
    }

    /** Weight of the penalty. */
    default DoubleParam regParam() {
        return solverParams().regParam;
    }

    /** Share of the 1-norm in it. */
    default DoubleParam elasticNetParam() {
        return solverParams().elasticNetParam;
    }

    /** Weight of the penalty of the linear part beside a hidden layer. */
    default DoubleParam skipRegParam() {
        return solverParams().skipRegParam;
    }

    /** Size of the hidden layer, or none. */
    default IntArrayParam hiddenLayers() {
        return solverParams().hiddenLayers;
    }

    /** Who multiplies features with the weights of a hidden layer. */
    default Param<String> linearAlgebra() {
        return solverParams().linearAlgebra;
    }

    /** Seed of the first weights of a hidden layer. */
    default LongParam seed() {
        return solverParams().seed;
    }

    /** Softness of the first stage. */
    default DoubleParam softnessStart() {
        return solverParams().softnessStart;
    }

    /** Factor from stage to stage. */
    default DoubleParam softnessDecay() {
        return solverParams().softnessDecay;
    }

    /** Convex loss that is fitted first. */
    default Param<String> warmStart() {
        return solverParams().warmStart;
    }

    /** The value of {@link #solver()}. */
    default String getSolver() {
        return getOrDefault(solver());
    }

    /** The value of {@link #maxIter()}. */
    default int getMaxIter() {
        return (Integer) getOrDefault(maxIter());
    }

    /** The value of {@link #tol()}. */
    default double getTol() {
        return (Double) getOrDefault(tol());
    }

    /** The value of {@link #regParam()}. */
    default double getRegParam() {
        return (Double) getOrDefault(regParam());
    }

    /** The value of {@link #elasticNetParam()}. */
    default double getElasticNetParam() {
        return (Double) getOrDefault(elasticNetParam());
    }

    /** The value of {@link #skipRegParam()}. */
    default double getSkipRegParam() {
        return (Double) getOrDefault(skipRegParam());
    }

    /** The value of {@link #hiddenLayers()}. */
    default int[] getHiddenLayers() {
        return getOrDefault(hiddenLayers());
    }

    /** The value of {@link #linearAlgebra()}. */
    default String getLinearAlgebra() {
        return getOrDefault(linearAlgebra());
    }

    /** The value of {@link #seed()}. */
    default long getSeed() {
        return (Long) getOrDefault(seed());
    }

    /** The value of {@link #softnessStart()}. */
    default double getSoftnessStart() {
        return (Double) getOrDefault(softnessStart());
    }

    /** The value of {@link #softnessDecay()}. */
    default double getSoftnessDecay() {
        return (Double) getOrDefault(softnessDecay());
    }

    /** The value of {@link #warmStart()}. */
    default String getWarmStart() {
        return getOrDefault(warmStart());
    }

    /** Sets {@link #solver()}. */
    default S setSolver(String value) {
        return given(solver(), value);
    }

    /** Sets {@link #maxIter()}. */
    default S setMaxIter(int value) {
        return given(maxIter(), value);
    }

    /** Sets {@link #tol()}. */
    default S setTol(double value) {
        return given(tol(), value);
    }

    /** Sets {@link #regParam()}. */
    default S setRegParam(double value) {
        return given(regParam(), value);
    }

    /** Sets {@link #elasticNetParam()}. */
    default S setElasticNetParam(double value) {
        return given(elasticNetParam(), value);
    }

    /** Sets {@link #skipRegParam()}. */
    default S setSkipRegParam(double value) {
        return given(skipRegParam(), value);
    }

    /** Sets {@link #hiddenLayers()}. */
    default S setHiddenLayers(int... value) {
        return given(hiddenLayers(), value);
    }

    /** Sets {@link #linearAlgebra()}. */
    default S setLinearAlgebra(String value) {
        return given(linearAlgebra(), value);
    }

    /** Sets {@link #seed()}. */
    default S setSeed(long value) {
        return given(seed(), value);
    }

    /** Sets {@link #softnessStart()}. */
    default S setSoftnessStart(double value) {
        return given(softnessStart(), value);
    }

    /** Sets {@link #softnessDecay()}. */
    default S setSoftnessDecay(double value) {
        return given(softnessDecay(), value);
    }

    /** Sets {@link #warmStart()}. */
    default S setWarmStart(String value) {
        return given(warmStart(), value);
    }
}
