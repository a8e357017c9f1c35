// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import java.io.Serializable;

/**
 * Sums with twice the digits of a double, each a number and what rounding it left: their order changes nothing that a
 * double shows, so that a fit does not depend on where lists are.
 *
 * <p>Knuth 1969, The Art of Computer Programming 2, 4.2.2 theorem B (the exact error of a sum); Dekker 1971.
 */
final class Sums implements Serializable {

    private static final long serialVersionUID = 1L;

    private final double[] high;
    private final double[] low;

    Sums(int n) {
        high = new double[n];
        low = new double[n];
    }

    /** Adds x to the i-th sum. */
    void add(int i, double x) {
        double h = high[i];
        double sum = h + x;
        double part = sum - h;
        low[i] += (h - (sum - part)) + (x - part);
        high[i] = sum;
    }

    /** Adds {@code f x[j]} to each of the sums from at on. */
    void add(int at, double f, double[] x) {
        for (int i = at; i < at + x.length; i++) {
            double fx = f * x[i - at];
            double h = high[i];
            double sum = h + fx;
            double part = sum - h;
            low[i] += (h - (sum - part)) + (fx - part);
            high[i] = sum;
        }
    }

    /** Adds the square of x, rounding and all. */
    void addSquare(int i, double x) {
        double square = x * x;
        add(i, square);
        low[i] += Math.fma(x, x, -square);
    }

    Sums plus(Sums other) {
        for (int i = 0; i < high.length; i++) {
            add(i, other.high[i]);
            low[i] += other.low[i];
        }
        return this;
    }

    double get(int i) {
        return high[i] + low[i];
    }

    /** {@code this[i] / n - (this[j] / n)^2}, i the sum of squares of what j is the sum of. */
    double variance(int squares, int values, double n) {
        double mean = get(values) / n;
        // each term with its rounding error, since they may be all but equal
        double square = mean * mean;
        double rest = Math.fma(mean, mean, -square);
        double meanLow = (high[values] - mean * n - Math.fma(mean, n, -(mean * n)) + low[values]) / n;
        double main = high[squares] / n;
        double mainLow = (high[squares] - main * n - Math.fma(main, n, -(main * n)) + low[squares]) / n;
        return Math.max(0, (main - square) + (mainLow - rest - 2 * mean * meanLow));
    }
}
