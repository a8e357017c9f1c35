// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

/** Fixed points on [0, 1] that stand for sorted places. */
final class Anchors {

    private Anchors() {}

    /** {@code i / (n - 1)}; 0 for a single one. */
    static double[] even(int n) {
        double[] a = new double[n];
        for (int i = 1; i < n; i++) a[i] = i / (double) (n - 1);
        return a;
    }
}
