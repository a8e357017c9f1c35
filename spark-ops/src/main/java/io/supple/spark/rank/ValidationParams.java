// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.spark.ml.Declared;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params of labels, weights and validation, made for the stage that owns them. */
public final class ValidationParams implements Serializable {

    private static final long serialVersionUID = 1L;

    final Param<String> labelCol;
    final Param<String> weightCol;
    final Param<String> validationIndicatorCol;
    final IntArrayParam evalAt;
    final IntParam earlyStoppingRounds;

    ValidationParams(Params owner) {
        Declared declared = new Declared(owner);
        labelCol = labelCol(declared);
        weightCol = declared.column(
                "weightCol",
                "column of the weight of the whole list, the same in each of its rows; 1 if not set",
                null);
        validationIndicatorCol = declared.column(
                "validationIndicatorCol",
                "column that is true in the rows of lists that are for validation, not for training",
                null);
        evalAt = evalAt(declared);
        earlyStoppingRounds = declared.count(
                "earlyStoppingRounds",
                "the fit ends after so many iterations without a better validation NDCG at the last of evalAt, and keeps the"
                        + " best weights; 0 for never",
                0,
                0);
    }

    /** The Param that the model has too. */
    static Param<String> labelCol(Declared declared) {
        return declared.column("labelCol", "label column name, numbers >= 0, of which a larger one is better", "label");
    }

    static IntArrayParam evalAt(Declared declared) {
        return declared.counts(
                "evalAt",
                "cut-offs of the NDCG in the summary",
                new int[] {1, 5, 10},
                "numbers of at least 1",
                all -> all.length > 0 && Arrays.stream(all).allMatch(k -> k >= 1));
    }
}
