// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.io.Serializable;

/** Mean and standard error of numbers that are added one by one, the same in whatever order they come. */
final class Moments implements Serializable {

    private static final long serialVersionUID = 1L;

    private long count;
    private final ExactSum sum = new ExactSum();
    private final ExactSum squares = new ExactSum();

    static Moments[] several(int count) {
        Moments[] all = new Moments[count];
        for (int i = 0; i < count; i++) all[i] = new Moments();
        return all;
    }

    static void merge(Moments[] into, Moments[] from) {
        for (int i = 0; i < into.length; i++) into[i].add(from[i]);
    }

    void add(double x) {
        count++;
        sum.add(x);
        squares.add(x * x);
    }

    void add(Moments other) {
        count += other.count;
        sum.add(other.sum);
        squares.add(other.squares);
    }

    long count() {
        return count;
    }

    /** The mean; NaN of none. */
    double mean() {
        return sum.value() / count;
    }

    /** The standard error of the mean, by the unbiased variance; NaN of fewer than two. */
    double standardError() {
        double variance = (squares.value() - sum.value() * mean()) / (count - 1);
        return Math.sqrt(Math.max(variance, 0) / count);
    }
}
