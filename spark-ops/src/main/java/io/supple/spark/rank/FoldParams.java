// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.spark.ml.Declared;
import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params of folds that never split a list, made for the stage that owns them. */
public final class FoldParams implements Serializable {

    private static final long serialVersionUID = 1L;

    final Param<String> groupCol;
    final IntParam numFolds;
    final LongParam seed;

    FoldParams(Params owner, String seedDoc) {
        Declared declared = new Declared(owner);
        groupCol = declared.column("groupCol", "column that says which rows are one list", "group");
        numFolds = declared.count("numFolds", "how many folds", 3, 2);
        seed = declared.seed("seed", seedDoc, 0);
    }
}
