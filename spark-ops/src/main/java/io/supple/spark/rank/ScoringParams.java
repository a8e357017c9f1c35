// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.spark.ml.Declared;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params that a ranker and its model share, made for the stage that owns them. */
public final class ScoringParams implements Serializable {

    private static final long serialVersionUID = 1L;

    final Param<String> featuresCol;
    final Param<String> predictionCol;
    final Param<String> groupCol;
    final Param<String> featureScaling;
    final Param<String> handleInvalid;

    ScoringParams(Params owner) {
        Declared declared = new Declared(owner);
        featuresCol = declared.column("featuresCol", "features column name, vectors of one size", "features");
        predictionCol = declared.column(
                "predictionCol", "column for the score, of which the largest comes first", "prediction");
        groupCol =
                declared.column("groupCol", "column that says which rows are one list, wherever they stand", "group");
        featureScaling = declared.choice(
                "featureScaling",
                "what becomes of features: their centred rank in the list, standardised in the list or over all rows, or"
                        + " nothing",
                "listRank",
                FeatureScaling.names());
        handleInvalid = declared.choice(
                "handleInvalid",
                "what the model does with rows whose features are NULL, NaN or infinite: an error, leave them out, or keep"
                        + " them with the score NaN",
                "error",
                List.of("error", "skip", "keep"));
    }
}
