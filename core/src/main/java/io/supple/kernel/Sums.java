// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** Sums in four parts side by side: one would wait for each of its additions. */
final class Sums {

    private Sums() {}

    /** Sum of {@code x[from..to)}. */
    static double of(double[] x, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = from;
        for (; j + 3 < to; j += 4) {
            s0 += x[j];
            s1 += x[j + 1];
            s2 += x[j + 2];
            s3 += x[j + 3];
        }
        for (; j < to; j++) s0 += x[j];
        return (s0 + s1) + (s2 + s3);
    }

    /** Sum of products of {@code x[from..to)} and {@code y[from..to)}. */
    static double dot(double[] x, double[] y, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = from;
        for (; j + 3 < to; j += 4) {
            s0 += x[j] * y[j];
            s1 += x[j + 1] * y[j + 1];
            s2 += x[j + 2] * y[j + 2];
            s3 += x[j + 3] * y[j + 3];
        }
        for (; j < to; j++) s0 += x[j] * y[j];
        return (s0 + s1) + (s2 + s3);
    }
}
