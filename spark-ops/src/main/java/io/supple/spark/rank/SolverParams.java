// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.Loss;
import io.supple.spark.ml.Declared;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params of the way to the minimum, made for the stage that owns them. */
public final class SolverParams implements Serializable {

    static final String AUTO = "auto";
    static final String NONE = "none";

    private static final long serialVersionUID = 1L;

    final Param<String> solver;
    final IntParam maxIter;
    final DoubleParam tol;
    final DoubleParam regParam;
    final DoubleParam elasticNetParam;
    final DoubleParam skipRegParam;
    final IntArrayParam hiddenLayers;
    final Param<String> linearAlgebra;
    final LongParam seed;
    final DoubleParam softnessStart;
    final DoubleParam softnessDecay;
    final Param<String> warmStart;

    SolverParams(Params owner) {
        Declared declared = new Declared(owner);
        solver = declared.choice(
                "solver", "how the minimum is found; with a 1-norm it is OWL-QN", "l-bfgs", List.of("l-bfgs"));
        maxIter = declared.count("maxIter", "most iterations of each stage of a fit", 100, 0);
        tol = declared.notNegative(
                "tol",
                "a stage ends where five iterations make the objective smaller by no more than this share, or the norm of the"
                        + " gradient is at most this, or this times that of the weights",
                1e-6);
        regParam = declared.notNegative("regParam", "weight of the penalty of weights, for scaled features", 0.03);
        elasticNetParam = declared.number(
                "elasticNetParam",
                "share of the 1-norm in the penalty, the rest is half the square of the 2-norm",
                0.0,
                "in [0, 1]",
                x -> x >= 0 && x <= 1);
        skipRegParam = declared.notNegative(
                "skipRegParam",
                "weight of the penalty of the linear part beside a hidden layer; regParam if not set",
                null);
        hiddenLayers = hiddenLayers(declared);
        linearAlgebra = declared.choice(
                "linearAlgebra",
                "who multiplies features with the weights of a hidden layer: loops in Java, Spark's BLAS, or ND4J, which holds"
                        + " features beside the heap; auto is plain where features times units are few, else BLAS where it is"
                        + " native or vectorised, else ND4J",
                Multiplier.PLAIN,
                List.of(Multiplier.PLAIN, Multiplier.BLAS, Multiplier.ND4J, Multiplier.AUTO));
        seed = declared.seed("seed", "seed of the first weights of a hidden layer", 0);
        softnessStart = declared.positive(
                "softnessStart", "softness of a first stage, from which it falls to softness stage by stage", null);
        softnessDecay = declared.number(
                "softnessDecay", "factor of the softness from stage to stage", 0.3, "in (0, 1)", x -> x > 0 && x < 1);
        List<String> convex = new ArrayList<>(List.of(AUTO, NONE));
        for (Loss loss : Loss.values()) if (loss.convex()) convex.add(loss.paramName());
        warmStart = declared.choice(
                "warmStart",
                "loss that is fitted first; auto is gainPairwise where method is softsort or neuralsort and for lambdaLoss,"
                        + " else none",
                AUTO,
                convex);
    }

    /** The Param that the model has too. */
    static IntArrayParam hiddenLayers(Declared declared) {
        return declared.counts(
                "hiddenLayers",
                "size of a hidden layer (GELU) that is added to the linear score",
                new int[0],
                "empty, or one number of at least 1",
                sizes -> sizes.length == 0 || (sizes.length == 1 && sizes[0] >= 1));
    }
}
