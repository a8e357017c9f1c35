// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Times contenders on one cached input. Every round runs each of them once, beginning with another each time, so that a
 * slow moment of the machine hits all alike; the first rounds only warm up. Results go to a sink that reads every row and
 * keeps none.
 */
final class Race {

    private final Dataset<Row> input;
    private final List<Contender> contenders;
    private final int warmUp;
    private final int rounds;

    Race(Dataset<Row> input, List<Contender> contenders, int warmUp, int rounds) {
        this.input = input;
        this.contenders = contenders;
        this.warmUp = warmUp;
        this.rounds = rounds;
    }

    /** For each contender its times in seconds, smallest first. */
    List<double[]> run(Consumer<String> progress) {
        double[][] seconds = new double[contenders.size()][rounds];
        for (int round = -warmUp; round < rounds; round++) {
            progress.accept(round < 0 ? "warming up" : "round " + (round + 1) + " of " + rounds);
            for (int i = 0; i < contenders.size(); i++) {
                int at = Math.floorMod(i + round, contenders.size());
                double taken = time(contenders.get(at));
                if (round >= 0) seconds[at][round] = taken;
            }
        }
        List<double[]> sorted = new ArrayList<>();
        for (double[] times : seconds) {
            Arrays.sort(times);
            sorted.add(times);
        }
        return sorted;
    }

    private double time(Contender contender) {
        Dataset<Row> result = contender.query().apply(input);
        long start = System.nanoTime();
        result.write().format("noop").mode("overwrite").save();
        return (System.nanoTime() - start) / 1e9;
    }
}
