// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Blocks whose result is a shift, {@code y = u - gamma}: C0 with {@code gamma = mean(u) - mean(w)}, SMOOTH with
 * {@code gamma = log sum e^u - log sum e^w}.
 *
 * <p>Per block two sums over what lies below its first element, which is its largest: so exponentials neither overflow
 * nor all vanish. Joining two blocks is O(1).
 */
final class ShiftPooling extends BlockPooling {

    private final boolean entropic;
    private final double[] sumU;
    private final double[] sumW;
    private final double[] level; // relative to the first u and the first w of the block

    ShiftPooling(boolean entropic, double[] z, double[] w, double up, double s) {
        super(z, w, up, s);
        this.entropic = entropic;
        this.sumU = new double[z.length];
        this.sumW = new double[z.length];
        this.level = new double[z.length];
    }

    @Override
    void single(int b) {
        sumU[b] = entropic ? 1 : 0;
        sumW[b] = sumU[b];
        level[b] = 0;
    }

    @Override
    boolean violates(int b) {
        int left = start[b];
        int right = start[b + 1];
        return fall(left, right) + level[b] - level[b + 1] < w[left] - w[right];
    }

    @Override
    void merge(int b) {
        int left = start[b];
        int right = start[b + 1];
        int count = start[b + 2] - right;
        sumU[b] = join(sumU[b], sumU[b + 1], count, fall(left, right));
        sumW[b] = join(sumW[b], sumW[b + 1], count, w[left] - w[right]);
        level[b] = level(sumU[b], sumW[b], start[b + 2] - left);
    }

    private double join(double left, double right, int count, double fall) {
        return entropic ? left + right * Math.exp(-fall) : left + right - count * fall;
    }

    private double level(double sumU, double sumW, int count) {
        return entropic ? Math.log(sumU / sumW) : (sumU - sumW) / count;
    }

    @Override
    void finish(int block, double[] y, double[] d, double[] a, double[] e, double[] b) {
        int from = start[block];
        int to = start[block + 1];
        double u = 0; // summed afresh: no rounding from the order of the merges is left
        double v = 0;
        for (int i = from; i < to; i++) {
            a[i] = entropic ? Math.exp(-fall(from, i)) : -fall(from, i);
            b[i] = entropic ? Math.exp(w[i] - w[from]) : w[i] - w[from];
            u += a[i];
            v += b[i];
        }
        double gamma = level(u, v, to - from);
        for (int i = from; i < to; i++) {
            y[i] = w[from] - (fall(from, i) + gamma);
            d[i] = 1;
            a[i] = entropic ? a[i] / u : 1.0 / (to - from);
            b[i] = entropic ? b[i] / v : 1.0 / (to - from);
        }
    }
}
