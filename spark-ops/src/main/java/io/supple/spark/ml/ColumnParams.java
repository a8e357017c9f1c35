// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The Params of input and output columns, made for the stage that owns them. */
public final class ColumnParams implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Params owner;
    private final Param<String> inputCol;
    private final Param<String> outputCol;
    private final StringArrayParam inputCols;
    private final StringArrayParam outputCols;

    /**
     * Params, with the default for one output column that Spark's stages have.
     *
     * @param owner the stage, which has its uid already
     * @param many whether there may be several columns
     */
    ColumnParams(Params owner, boolean many) {
        this.owner = owner;
        inputCol = new Param<>(owner, "inputCol", "input column name");
        outputCol = new Param<>(owner, "outputCol", "output column name");
        inputCols = many ? new StringArrayParam(owner, "inputCols", "input column names, instead of inputCol") : null;
        outputCols = many
                ? new StringArrayParam(owner, "outputCols", "output column names, one for each of inputCols")
                : null;
        owner.setDefault(outputCol, owner.uid() + "__output");
    }

    Param<String> inputCol() {
        return inputCol;
    }

    Param<String> outputCol() {
        return outputCol;
    }

    StringArrayParam inputCols() {
        return inputCols;
    }

    StringArrayParam outputCols() {
        return outputCols;
    }

    boolean several() {
        return inputCols != null && owner.isSet(inputCols);
    }

    List<String> inputs() {
        if (several() && owner.isSet(inputCol)) {
            throw Refusal.of(owner, "inputCol", "left out where inputCols is set", "both");
        }
        if (several()) {
            List<String> names = Arrays.asList(owner.getOrDefault(inputCols));
            if (names.isEmpty()) throw Refusal.of(owner, "inputCols", "one column or more", "none");
            return names;
        }
        if (!owner.isSet(inputCol)) throw Refusal.of(owner, "inputCol", "set", "nothing");
        return List.of(owner.getOrDefault(inputCol));
    }

    List<String> outputs() {
        if (!several()) {
            if (outputCols != null && owner.isSet(outputCols)) {
                throw Refusal.of(owner, "outputCols", "left out where inputCol is set", "both");
            }
            return List.of(owner.getOrDefault(outputCol));
        }
        if (owner.isSet(outputCol)) throw Refusal.of(owner, "outputCol", "left out where inputCols is set", "both");
        checkLength(outputCols, owner.isSet(outputCols) ? owner.getOrDefault(outputCols).length : 0);
        return Arrays.asList(owner.getOrDefault(outputCols));
    }

    /** Refuses an array Param that has not one element for each input column. */
    void checkLength(Param<?> param, int length) {
        if (!several()) throw Refusal.of(owner, param.name(), "left out where inputCol is set", "both");
        int columns = inputs().size();
        if (length != columns) {
            throw Refusal.of(owner, param.name(), "one for each of " + columns + " inputCols", length + " of them");
        }
    }
}
