// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import io.supple.Loss;
import io.supple.spark.rank.SoftRanker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What one evaluation of a training costs, value and gradient over all rows: {@link SoftRanker} with several losses against
 * Spark's {@link LogisticRegression} on the same rows. Both are full-batch L-BFGS, and both spend one Spark job on an
 * evaluation; the last jobs of a fit are its evaluations, and the median of their durations is what is compared. Reading,
 * gathering and caching the rows come before and are not counted.
 *
 * @param rows of training
 * @param features of each row
 * @param listLength rows of each list
 * @param iterations of each fit
 * @param rounds in which each contender fits once, in turn; the first warms up
 */
public record RankerBenchmark(long rows, int features, int listLength, int iterations, int rounds) {

    private static final List<Loss> LOSSES =
            List.of(Loss.LEAST_SQUARES, Loss.LIST_NET, Loss.GAIN_PAIRWISE, Loss.APPROX_NDCG, Loss.SOFT_SPEARMAN);

    private static final double TO_UNIT = 0x1p-63; // from a hash of 64 bits to [-1, 1)

    /** Durations of jobs in milliseconds, in the order in which they end. */
    private static final class Jobs extends SparkListener {
        private final Map<Integer, Long> starts = new LinkedHashMap<>();
        private final List<Double> durations = new ArrayList<>();

        @Override
        public synchronized void onJobStart(SparkListenerJobStart job) {
            starts.put(job.jobId(), job.time());
        }

        @Override
        public synchronized void onJobEnd(SparkListenerJobEnd job) {
            Long start = starts.remove(job.jobId());
            if (start != null) durations.add((double) (job.time() - start));
            if (starts.isEmpty()) notifyAll();
        }

        /** Of the last jobs, once all that began have ended; the bus tells of them later than they do. */
        synchronized double medianOfLast(int count) throws InterruptedException {
            while (!starts.isEmpty()) wait();
            double[] last = durations.subList(Math.max(0, durations.size() - count), durations.size()).stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            return last.length == 0 ? Double.NaN : last[last.length / 2];
        }
    }

    /** Runs all contenders, telling each step, and gives a table in Markdown. */
    public String run(SparkSession session, Consumer<String> progress) throws InterruptedException {
        Dataset<Row> input = input(session);
        Map<String, Estimator<?>> contenders = contenders();
        Map<String, double[]> times = new LinkedHashMap<>();
        contenders.forEach((name, estimator) -> times.put(name, new double[rounds]));
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<String, Estimator<?>> contender : contenders.entrySet()) {
                String name = contender.getKey();
                progress.accept("ranker: " + (round < 0 ? "warming up" : "round " + (round + 1) + " of " + rounds)
                        + ": " + name);
                double taken = evaluation(session, contender.getValue(), input);
                if (round >= 0) times.get(name)[round] = taken;
            }
        }
        return table(times);
    }

    private double evaluation(SparkSession session, Estimator<?> estimator, Dataset<Row> input)
            throws InterruptedException {
        Jobs jobs = new Jobs();
        session.sparkContext().addSparkListener(jobs);
        try {
            estimator.fit(input);
            return jobs.medianOfLast(iterations);
        } finally {
            session.sparkContext().removeSparkListener(jobs);
        }
    }

    /**
     * Rows with features in [-c, c), c from 1 down, by a factor of e for every twenty, a label in 0..4 for the ranker and whether it is above 1 for
     * the regression. Features of one size would have the ranker at its optimum before there is anything to time.
     */
    private Dataset<Row> input(SparkSession session) {
        int tasks = session.sparkContext().defaultParallelism();
        return session.range(0, rows, 1, tasks)
                .selectExpr(
                        "id div " + listLength + " AS list",
                        "CAST(pmod(xxhash64(id, 0), 5) AS DOUBLE) AS label",
                        "CAST(pmod(xxhash64(id, 0), 5) > 1 AS DOUBLE) AS class",
                        "transform(sequence(1, " + features + "), i -> xxhash64(id, i) * " + TO_UNIT
                                + "D * exp(-i / 20D)) AS x")
                .withColumn(
                        "features",
                        org.apache.spark.ml.functions.array_to_vector(org.apache.spark.sql.functions.col("x")))
                .drop("x");
    }

    private Map<String, Estimator<?>> contenders() {
        Map<String, Estimator<?>> contenders = new LinkedHashMap<>();
        contenders.put(
                "LogisticRegression",
                new LogisticRegression()
                        .setLabelCol("class")
                        .setMaxIter(iterations)
                        .setTol(0));
        for (Loss loss : LOSSES) {
            contenders.put(
                    "SoftRanker, " + loss.paramName(),
                    new SoftRanker()
                            .setGroupCol("list")
                            .setFeatureScaling("none")
                            .setLoss(loss.paramName())
                            .setMaxIter(iterations)
                            .setTol(0));
        }
        return contenders;
    }

    private String table(Map<String, double[]> times) {
        StringBuilder text = new StringBuilder("## Ranker\n\n");
        text.append(String.format(
                Locale.ROOT,
                "%,d rows of %d features in lists of %d; one evaluation, value and gradient; medians of %d rounds.%n%n",
                rows,
                features,
                listLength,
                rounds));
        text.append("| | ms/evaluation | lowest..highest | / LogisticRegression |\n|---|---:|---:|---:|\n");
        double unit = Double.NaN;
        for (Map.Entry<String, double[]> each : times.entrySet()) {
            double[] sorted = each.getValue();
            Arrays.sort(sorted);
            double median = sorted[sorted.length / 2];
            if (Double.isNaN(unit)) unit = median;
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f..%.0f | %.2f |%n",
                    each.getKey(),
                    median,
                    sorted[0],
                    sorted[sorted.length - 1],
                    median / unit));
        }
        return text.toString();
    }
}
