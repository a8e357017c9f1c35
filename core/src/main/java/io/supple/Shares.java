// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.PlaceDiscount;
import java.util.Arrays;

/** The gains of a list relative to the best that it allows. */
final class Shares {

    private Shares() {}

    /** Divides gains by the discounted gain of the k first places of their best order; leaves them if all are 0. */
    static void ofIdeal(double[] gains, int k) {
        if (!halved(gains)) return;
        double[] best = gains.clone();
        Arrays.sort(best);
        double ideal = 0;
        for (int r = 0; r < k; r++) ideal += best[best.length - 1 - r] * PlaceDiscount.at(r + 1);
        for (int i = 0; i < gains.length; i++) gains[i] /= ideal;
    }

    /** Divides gains by their sum; leaves them if all are 0. */
    static void ofSum(double[] gains) {
        if (!halved(gains)) return;
        double sum = 0;
        for (double gain : gains) sum += gain;
        for (int i = 0; i < gains.length; i++) gains[i] /= sum;
    }

    /** Scales by a power of two: sums near the largest double would overflow. False if all gains are 0. */
    private static boolean halved(double[] gains) {
        double most = 0;
        for (double gain : gains) most = Math.max(most, gain);
        if (most == 0) return false;
        double unit = Math.scalb(1.0, -Math.getExponent(most));
        for (int i = 0; i < gains.length; i++) gains[i] *= unit;
        return true;
    }
}
