// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.supple.spark.job.Columns;
import io.supple.spark.ml.Refusal;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
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
public final class GroupFolds extends Transformer implements RankStage<GroupFolds>, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> groupCol;
    private final Param<String> foldCol;
    private final IntParam numFolds;
    private final LongParam seed;

    /** With a name of its own. */
    public GroupFolds() {
        this(Identifiable$.MODULE$.randomUID("groupFolds"));
    }

    /** With a given name. */
    public GroupFolds(String uid) {
        this.uid = uid; // before the Params, which read it
        Declared declared = new Declared(this);
        groupCol = declared.column("groupCol", "column that says which rows are one list", "group");
        foldCol = declared.column("foldCol", "column for the fold, a whole number", "fold");
        numFolds = declared.count("numFolds", "how many folds", 3, 2);
        seed = declared.seed("seed", "seed of the hash", 0);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Column of groups. */
    public Param<String> groupCol() {
        return groupCol;
    }

    /** Column for the fold. */
    public Param<String> foldCol() {
        return foldCol;
    }

    /** How many folds. */
    public IntParam numFolds() {
        return numFolds;
    }

    /** Seed of the hash. */
    public LongParam seed() {
        return seed;
    }

    /** The value of {@link #groupCol()}. */
    public String getGroupCol() {
        return getOrDefault(groupCol);
    }

    /** The value of {@link #foldCol()}. */
    public String getFoldCol() {
        return getOrDefault(foldCol);
    }

    /** The value of {@link #numFolds()}. */
    public int getNumFolds() {
        return (Integer) getOrDefault(numFolds);
    }

    /** The value of {@link #seed()}. */
    public long getSeed() {
        return (Long) getOrDefault(seed);
    }

    /** Sets {@link #groupCol()}. */
    public GroupFolds setGroupCol(String value) {
        return given(groupCol, value);
    }

    /** Sets {@link #foldCol()}. */
    public GroupFolds setFoldCol(String value) {
        return given(foldCol, value);
    }

    /** Sets {@link #numFolds()}. */
    public GroupFolds setNumFolds(int value) {
        return given(numFolds, value);
    }

    /** Sets {@link #seed()}. */
    public GroupFolds setSeed(long value) {
        return given(seed, value);
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
        return new DefaultParamsReader<>();
    }

    /** Loads a saved stage. */
    public static GroupFolds load(String path) {
        return read().load(path);
    }
}
