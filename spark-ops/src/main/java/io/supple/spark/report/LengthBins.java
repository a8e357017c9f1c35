// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.io.Serializable;
import java.util.Arrays;

/** Bins of lengths of lists: of equal width from round numbers, or each twice as wide as the one before where lengths are far apart. */
final class LengthBins implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MOST = 16;
    private static final int FAR_APART = 100;

    private final int[] from; // ascending; each up to the next, the last up to the longest
    private final int longest;

    LengthBins(int shortest, int longest) {
        this.longest = longest;
        if ((double) longest / shortest > FAR_APART) {
            int first = Integer.highestOneBit(shortest);
            int last = Integer.highestOneBit(longest);
            from = new int[Integer.numberOfTrailingZeros(last) - Integer.numberOfTrailingZeros(first) + 1];
            Arrays.setAll(from, b -> first << b);
        } else {
            int width = round((longest - shortest) / MOST + 1);
            int first = shortest / width;
            from = new int[longest / width - first + 1];
            Arrays.setAll(from, b -> Math.max(shortest, (first + b) * width));
        }
    }

    /** The next of 1, 2, 5, 10, 20, ... */
    private static int round(int width) {
        for (int power = 1; ; power *= 10) {
            for (int lead : new int[] {1, 2, 5}) if (lead * power >= width) return lead * power;
        }
    }

    int count() {
        return from.length;
    }

    int of(int length) {
        int at = Arrays.binarySearch(from, length);
        return at >= 0 ? at : -at - 2;
    }

    /** Where a bin begins, short enough for an axis. */
    String start(int bin) {
        return "" + from[bin];
    }

    String label(int bin) {
        int last = bin + 1 < from.length ? from[bin + 1] - 1 : Math.max(longest, from[bin]);
        return last == from[bin] ? "" + last : from[bin] + "\u2013" + last;
    }
}
