// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.supple.spark.job.Columns;
import io.supple.spark.ml.Declared;
import io.supple.spark.ml.Refusal;
import io.supple.spark.ml.StageReader;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A column of folds, 0 to numFolds - 1, that never splits a list: the fold is a hash of the group and the seed alone. Spark's
 * own {@code CrossValidator} and {@code TrainValidationSplit} split rows; the first takes this column as its
 * {@code foldCol}.
 *
 * <pre>{@code
 * new CrossValidator().setFoldCol("fold").setNumFolds(5)...fit(
 *         new GroupFolds().setGroupCol("query").setNumFolds(5).transform(rows));
 * }</pre>
 */
public final class GroupFolds extends Transformer implements HasFolds<GroupFolds>, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final FoldParams folds;
    private final Param<String> foldCol;

    /** With a name of its own. */
    public GroupFolds() {
        this(Identifiable$.MODULE$.randomUID("groupFolds"));
    }

    /** With a given name. */
    public GroupFolds(String uid) {
        this.uid = uid; // before the Params, which read it
        folds = new FoldParams(this, "seed of the hash");
        foldCol = new Declared(this).column("foldCol", "column for the fold, a whole number", "fold");
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public FoldParams foldParams() {
        return folds;
    }

    /** Column for the fold. */
    public Param<String> foldCol() {
        return foldCol;
    }

    /** The value of {@link #foldCol()}. */
    public String getFoldCol() {
        return getOrDefault(foldCol);
    }

    /** Sets {@link #foldCol()}. */
    public GroupFolds setFoldCol(String value) {
        return given(foldCol, value);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        GroupKeys.column(this, getGroupCol(), schema);
        return schema.add(Refusal.fresh(this, "foldCol", getFoldCol(), schema), DataTypes.IntegerType, false);
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        Column group = GroupKeys.column(this, getGroupCol(), dataset.schema());
        String message = "GroupFolds: groupCol must have no NULL, got one in column '" + getGroupCol() + "'";
        Column fold =
                pmod(xxhash64(lit(getSeed()), group), lit((long) getNumFolds())).cast(DataTypes.IntegerType);
        return dataset.toDF()
                .withColumn(getFoldCol(), Columns.refusing(fold, group.isNull(), DataTypes.IntegerType, message));
    }

    @Override
    public GroupFolds copy(ParamMap extra) {
        return this.<GroupFolds>defaultCopy(extra);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<GroupFolds> read() {
        return new StageReader<>(GroupFolds.class);
    }

    /** Loads a saved stage. */
    public static GroupFolds load(String path) {
        return read().load(path);
    }
}
