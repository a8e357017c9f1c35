// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.Cutoffs;
import io.supple.Loss;
import io.supple.Method;
import io.supple.RankingLoss;
import io.supple.Scorer;
import io.supple.spark.job.Columns;
import io.supple.spark.ml.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From rows to a model: lists are gathered, scaled and kept, then descended upon. */
final class Fit {

    private static final Logger LOG = LoggerFactory.getLogger(SoftRanker.class);

    /** Lists of this length have some 10^8 pairs. */
    private static final long LONG = 10_000;

    /** Bytes of rows that are worth a task. */
    private static final long TASK = 16L << 20;

    private final SoftRanker ranker;
    private final Dataset<Row> rows;
    private final String[] names = new String[ListReader.VALIDATION + 1];

    Fit(SoftRanker ranker, Dataset<?> dataset) {
        this.ranker = ranker;
        rows = dataset.toDF();
    }

    SoftRankerModel run() {
        int d = features();
        JavaRDD<Row> grouped = grouped();
        RankingLoss loss = ranker.lossParams().chosen();
        Cutoffs cutoffs = new Cutoffs(ranker.getEvalAt());
        ListReader reader = new ListReader(Refusal.name(ranker), names, d);
        FeatureScaling scaling = FeatureScaling.of(ranker.getFeatureScaling());
        double[] means = null;
        double[] factors = null;
        if (scaling == FeatureScaling.STANDARD) {
            Blocks plain = new Blocks(reader, d, FeatureScaling.NONE, null, null, loss, cutoffs);
            Sums sums = grouped.mapPartitions(it -> List.of(plain.moments(it)).iterator())
                    .reduce(Sums::plus);
            double n = Math.max(1, sums.get(2 * d));
            means = new double[d];
            factors = new double[d];
            for (int j = 0; j < d; j++) {
                means[j] = sums.get(j) / n;
                double deviation = Math.sqrt(sums.variance(d + j, j, n));
                factors[j] = deviation > 0 ? 1 / deviation : 0;
            }
        }
        Blocks making = new Blocks(reader, d, scaling, means, factors, loss, cutoffs);
        JavaRDD<Block> blocks = grouped.mapPartitions(making::of).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Blocks.Census census = new Blocks.Census();
            List<Blocks.Census> parts = blocks.mapPartitions(
                            it -> List.of(Blocks.Census.of(it, loss)).iterator())
                    .collect();
            for (Blocks.Census part : parts) census.plus(part);
            check(census);
            advise(census, loss);
            int[] hidden = ranker.getHiddenLayers();
            Multiplier multiplier = Multiplier.of(ranker.getLinearAlgebra(), d, hidden.length == 0 ? 0 : hidden[0]);
            Scorer scorer = Scorer.of(d, hidden);
            RankDevice device = RankDevice.of(ranker, rows.sparkSession());
            Descent descent = new Descent(ranker, fewer(blocks, census), census, scorer, multiplier, device, cutoffs);
            try {
                double[] w = descent.run();
                return ranker.model(w, means, factors, descent.summary());
            } finally {
                if (multiplier.holds()) release(blocks);
            }
        } finally {
            blocks.unpersist(false);
        }
    }

    /** Has blocks give back memory beside the heap; where that fails, the garbage collector will find it. */
    private static void release(JavaRDD<Block> blocks) {
        try {
            blocks.foreachPartition(kept -> kept.forEachRemaining(Block::release));
        } catch (RuntimeException failed) {
            LOG.debug("blocks are not released", failed);
        }
    }

    /** How many features there are, of the first row. */
    private int features() {
        Column vectors = Columns.quoted(ranker.getFeaturesCol());
        List<Row> first = rows.select(vectors).filter(vectors.isNotNull()).takeAsList(1);
        if (first.isEmpty()) {
            throw Refusal.of(
                    ranker, "featuresCol", "a column with vectors", "none: there are no rows, or all are NULL");
        }
        int d = ((Vector) first.get(0).get(0)).size();
        if (d == 0) throw Refusal.of(ranker, "featuresCol", "a column of vectors of at least one feature", "size 0");
        return d;
    }

    /** The columns that are needed, the rows of a group one after the other. */
    private JavaRDD<Row> grouped() {
        StructType schema = rows.schema();
        List<Column> columns = new ArrayList<>();
        names[ListReader.GROUP] = ranker.getGroupCol();
        columns.add(GroupKeys.column(ranker, ranker.getGroupCol(), schema).as("group"));
        names[ListReader.FEATURES] = ranker.getFeaturesCol();
        columns.add(Columns.quoted(ranker.getFeaturesCol()).as("features"));
        names[ListReader.LABEL] = ranker.getLabelCol();
        columns.add(GroupKeys.number(ranker, "labelCol", ranker.getLabelCol(), schema)
                .as("label"));
        Column weight = functions.lit(1.0);
        if (ranker.isSet(ranker.weightCol())) {
            names[ListReader.WEIGHT] = ranker.getWeightCol();
            weight = GroupKeys.number(ranker, "weightCol", ranker.getWeightCol(), schema);
        }
        columns.add(weight.as("weight"));
        Column validation = functions.lit(false);
        if (ranker.isSet(ranker.validationIndicatorCol())) {
            names[ListReader.VALIDATION] = ranker.getValidationIndicatorCol();
            validation = Columns.quoted(ranker.getValidationIndicatorCol()).cast(DataTypes.BooleanType);
        }
        columns.add(validation.as("validation"));
        return rows.select(columns.toArray(Column[]::new))
                .repartition(functions.col("group"))
                .sortWithinPartitions("group")
                .toJavaRDD();
    }

    private void check(Blocks.Census census) {
        if (census.used == 0 && census.relevant == 0) {
            throw Refusal.of(
                    ranker,
                    "labelCol",
                    "above 0 in some row",
                    "no relevant rows anywhere: 0 means not relevant, so that no order is better than another; look at '"
                            + ranker.getLabelCol() + "', and at the join that it came from");
        }
        if (census.used == 0) {
            throw Refusal.of(
                    ranker,
                    "labelCol",
                    "such that some list has two rows with different labels",
                    census.skipped + " lists without; if most have one row, '" + ranker.getGroupCol()
                            + "' is not what says which rows are one list");
        }
        if (ranker.isSet(ranker.validationIndicatorCol()) && !(census.validationWeight > 0)) {
            throw Refusal.of(ranker, "validationIndicatorCol", "true in some lists whose weight is not 0", "none");
        }
    }

    private static void advise(Blocks.Census census, RankingLoss loss) {
        LOG.info(
                "{} lists of {} rows, {} lists without a gradient, {} for validation, {} bytes kept",
                census.used,
                census.rows,
                census.skipped,
                census.validationLists,
                census.bytes);
        boolean linear = loss.loss() == Loss.LEAST_SQUARES
                || loss.loss() == Loss.LIST_NET
                || loss.loss() == Loss.LIST_MLE
                || (loss.loss().usesOrder() && loss.method() == Method.FAST_SOFT_SORT);
        if (census.longest >= LONG && !linear) {
            LOG.warn(
                    "a list has {} rows and {} looks at all of its pairs in each evaluation; method"
                            + " fast_soft_sort needs O(n log n)",
                    census.longest,
                    loss);
        }
    }

    /** Few rows are not worth many tasks. */
    private static JavaRDD<Block> fewer(JavaRDD<Block> blocks, Blocks.Census census) {
        long cores = blocks.context().defaultParallelism();
        long worth = Math.max(cores, census.bytes / TASK);
        int partitions = (int) Math.min(blocks.getNumPartitions(), worth);
        return partitions < blocks.getNumPartitions() ? blocks.coalesce(partitions) : blocks;
    }
}
