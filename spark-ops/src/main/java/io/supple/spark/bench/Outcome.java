// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import java.util.List;
import java.util.Locale;

/**
 * What a race gave: times for each number of the input, and how they compare once reading the input is taken off.
 *
 * @param n length of the lists; 1 for numbers
 * @param numbers how many numbers the input has
 * @param contenders who ran
 * @param seconds their times, smallest first
 */
public record Outcome(int n, long numbers, List<String> contenders, List<double[]> seconds) {

    private static final int READS = 0;
    private static final int MEASURE = 1;

    /** Nanoseconds for each number, in the middle run. */
    double nanoseconds(int contender) {
        return quantile(contender, 0.5);
    }

    private double quantile(int contender, double q) {
        double[] times = seconds.get(contender);
        return times[(int) Math.round(q * (times.length - 1))] / numbers * 1e9;
    }

    /** The same without reading the input. */
    double net(int contender) {
        return Math.max(nanoseconds(contender) - nanoseconds(READS), 0);
    }

    /** Net time as a multiple of that of Spark's own function. */
    public double ratio(int contender) {
        return net(contender) / net(MEASURE);
    }

    /** Name of Spark's own function. */
    String measure() {
        return contenders.get(MEASURE);
    }

    /** A table in Markdown. */
    String table() {
        int width = contenders.stream().mapToInt(String::length).max().orElse(0) + 2;
        StringBuilder text = new StringBuilder();
        String columns = "| %-" + width + "s | %10s | %13s | %8s | %s |%n";
        text.append(String.format(
                Locale.ROOT, columns, "n = " + n, "ns/number", "lowest..high", "net", "net / " + measure()));
        text.append("|").append("-".repeat(width + 2)).append("|---:|---:|---:|---:|\n");
        for (int i = 0; i < contenders.size(); i++) {
            String name = "`" + contenders.get(i) + "`";
            String range = String.format(Locale.ROOT, "%.1f..%.1f", quantile(i, 0), quantile(i, 1));
            text.append(String.format(
                    Locale.ROOT,
                    columns,
                    i == READS ? "reading the column" : name,
                    String.format(Locale.ROOT, "%.1f", nanoseconds(i)),
                    range,
                    i == READS ? "" : String.format(Locale.ROOT, "%.1f", net(i)),
                    i == READS ? "" : String.format(Locale.ROOT, "%.2f", ratio(i))));
        }
        return text.toString();
    }
}
