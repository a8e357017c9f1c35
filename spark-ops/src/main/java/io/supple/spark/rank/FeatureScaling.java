// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What becomes of features before they are scored. */
enum FeatureScaling {
    /** Each feature's centred rank in its list, {@code sqrt(12) ((rank - 1/2)/n - 1/2)}; equal values share their mean rank. */
    LIST_RANK("listRank", true) {
        @Override
        void column(double[] x) {
            double[] sorted = x.clone();
            Arrays.sort(sorted);
            int n = x.length;
            for (int i = 0; i < n; i++) {
                double middle = (first(sorted, x[i], false) + first(sorted, x[i], true)) / 2.0; // rank - 1/2
                x[i] = ROOT * (middle / n - 0.5);
            }
        }
    },
    /** Each feature less its mean in the list, over its deviation there; 0 where that is 0. */
    LIST_STANDARD("listStandard", true) {
        @Override
        void column(double[] x) {
            int n = x.length;
            double least = x[0];
            double most = x[0];
            for (double v : x) {
                least = Math.min(least, v);
                most = Math.max(most, v);
            }
            double size = Math.max(Math.abs(least), Math.abs(most));
            if (least == most) {
                Arrays.fill(x, 0);
                return;
            }
            double unit = Math.scalb(1.0, -Math.getExponent(size)); // squares of large numbers are not finite
            double mean = 0;
            for (double v : x) mean += v * unit / n;
            double square = 0;
            for (double v : x) square += (v * unit - mean) * (v * unit - mean) / n;
            double deviation = Math.sqrt(square);
            for (int i = 0; i < n; i++) x[i] = (x[i] * unit - mean) / deviation;
        }
    },
    /** Each feature less its mean over all rows, over its deviation there; 0 where that is 0. */
    STANDARD("standard", false),
    /** Features as they are. */
    NONE("none", false);

    private static final double ROOT = Math.sqrt(12);

    private final String text;
    private final boolean byList;

    FeatureScaling(String text, boolean byList) {
        this.text = text;
        this.byList = byList;
    }

    static FeatureScaling of(String text) {
        for (FeatureScaling scaling : values()) if (scaling.text.equals(text)) return scaling;
        throw new IllegalArgumentException(text);
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (FeatureScaling scaling : values()) names.add(scaling.text);
        return names;
    }

    /** Whether a row's features depend on the rows beside it. */
    boolean byList() {
        return byList;
    }

    /** Scales one feature of a whole list. */
    void column(double[] x) {
        throw new AssertionError(text + " is not by list");
    }

    /** Scales the features of a whole list, row after row of d numbers. */
    final void list(double[] x, int n, int d) {
        if (!byList || n == 0) return;
        double[] column = new double[n];
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < n; i++) column[i] = x[i * d + j] + 0.0; // -0.0 is 0.0
            column(column);
            for (int i = 0; i < n; i++) x[i * d + j] = column[i];
        }
    }

    /** How many numbers are less than v; or not larger. */
    private static int first(double[] sorted, double v, boolean larger) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (larger ? sorted[middle] <= v : sorted[middle] < v) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
