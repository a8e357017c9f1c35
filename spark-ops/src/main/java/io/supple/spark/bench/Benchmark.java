// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Runs a suite on cached input of a given size.
 *
 * @param numbers how many numbers the input has, whatever the length of its lists
 * @param warmUp rounds that are not counted
 * @param rounds rounds that are
 */
public record Benchmark(long numbers, int warmUp, int rounds) {

    /** Times a suite on lists of n numbers, telling each step. */
    public Outcome run(SparkSession session, Suite suite, int n, Consumer<String> progress) {
        long rows = Math.max(numbers / n, 1);
        String what = suite.title() + (suite.lists() ? ", n = " + n : "");
        progress.accept(what + ": making " + rows + " rows");
        Dataset<Row> input = suite.input(session, rows, n).persist(StorageLevel.MEMORY_ONLY());
        try {
            input.count();
            List<Contender> contenders = suite.contenders();
            List<double[]> seconds =
                    new Race(input, contenders, warmUp, rounds).run(step -> progress.accept(what + ": " + step));
            return new Outcome(
                    n, rows * n, contenders.stream().map(Contender::name).toList(), seconds);
        } finally {
            input.unpersist();
        }
    }
}
