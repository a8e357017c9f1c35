// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/**
 * Reads a stage that its Params describe, of one class and no other. Spark's own reader makes whatever class the file
 * names; this one looks at the file first, and refuses what is not a stage of its class.
 *
 * @param <S> the class of the stage
 */
public final class StageReader<S extends Params> extends MLReader<S> {

    private final Class<S> type;

    /** For stages of a class that has a constructor of its uid. */
    public StageReader(Class<S> type) {
        this.type = type;
    }

    /**
     * Loads a saved stage.
     *
     * @throws IllegalArgumentException naming the class, the path and what is wrong with it: no stage's folder, another
     *     class, Params that this version does not know, values that they do not take
     */
    @Override
    public S load(String path) {
        SavedStage saved = SavedStage.at(type.getSimpleName(), path);
        saved.checkClass(type);
        try {
            saved.checkParams(type.getConstructor(String.class).newInstance("looked_at"));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " has no public constructor of its uid", e);
        }
        try {
            return new DefaultParamsReader<S>().load(path);
        } catch (
                Exception
                        broken) { // what else it must say: uid, time, version of Spark; json4s throws what it does not
            // declare
            throw saved.broken(broken);
        }
    }
}
