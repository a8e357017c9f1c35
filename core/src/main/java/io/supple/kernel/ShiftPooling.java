// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Blocks whose result is a shift, {@code y = u - gamma}: C0 with {@code gamma = mean(u) - mean(w)}, SMOOTH with
 * {@code gamma = log sum e^u - log sum e^w}.
 *
 * <p>Per block sums over what lies below its first element, which is its largest: so exponentials neither overflow
 * nor all vanish. Joining two blocks is O(1). The block that grows is held in local variables.
 */
final class ShiftPooling extends BlockPooling {

    private final boolean entropic;
    private final double[] sumU; // SMOOTH: of e^u; C0: of u - w
    private final double[] sumW; // SMOOTH: of e^w; C0: null
    private final double[] level; // relative to the first u and the first w of the block

    ShiftPooling(boolean entropic, double[] z, double[] w, double up, double s) {
        super(z, w, up, s);
        this.entropic = entropic;
        this.sumU = new double[z.length];
        this.sumW = entropic ? new double[z.length] : null;
        this.level = new double[z.length];
    }

    @Override
    void pool() {
        if (entropic) poolEntropic();
        else poolEuclidean();
    }

    private void poolEuclidean() {
        int n = z.length;
        int top = -1;
        for (int i = 0; i < n; i++) {
            int first = i;
            double sum = 0;
            double gamma = 0;
            while (top >= 0) {
                int left = start[top];
                double fall = fall(left, first);
                double fallW = w[left] - w[first];
                if (!(fall + level[top] - gamma < fallW || same(left, i))) break;
                sum = sumU[top--] + sum - (i + 1 - first) * (fall - fallW);
                first = left;
                gamma = sum / (i + 1 - first);
            }
            start[++top] = first;
            sumU[top] = sum;
            level[top] = gamma;
        }
        close(top + 1);
    }

    private void poolEntropic() {
        int n = z.length;
        int top = -1;
        for (int i = 0; i < n; i++) {
            int first = i;
            double u = 1;
            double v = 1;
            double gamma = 0;
            while (top >= 0) {
                int left = start[top];
                double fall = fall(left, first);
                double fallW = w[left] - w[first];
                if (!(fall + level[top] - gamma < fallW || same(left, i))) break;
                u = sumU[top] + u * Math.exp(-fall);
                v = sumW[top--] + v * Math.exp(-fallW);
                first = left;
                gamma = Math.log(u / v);
            }
            start[++top] = first;
            sumU[top] = u;
            sumW[top] = v;
            level[top] = gamma;
        }
        close(top + 1);
    }

    /** The sums are made afresh: no rounding from the order of the merges is left. */
    @Override
    void values(int block, double[] y) {
        int from = start[block];
        int to = start[block + 1];
        double u = 0;
        double v = 0;
        for (int i = from; i < to; i++) {
            double fall = fall(from, i);
            u += entropic ? Math.exp(-fall) : -fall;
            v += entropic ? Math.exp(w[i] - w[from]) : w[i] - w[from];
        }
        double gamma = entropic ? Math.log(u / v) : (u - v) / (to - from);
        for (int i = from; i < to; i++) y[i] = w[from] - (fall(from, i) + gamma);
    }

    @Override
    void derivatives(int block, double[] d, double[] a, double[] e, double[] b) {
        int from = start[block];
        int to = start[block + 1];
        double u = 0;
        double v = 0;
        for (int i = from; i < to; i++) {
            d[i] = 1;
            a[i] = entropic ? Math.exp(-fall(from, i)) : 1;
            b[i] = entropic ? Math.exp(w[i] - w[from]) : 1;
            u += a[i];
            v += b[i];
        }
        for (int i = from; i < to; i++) {
            a[i] /= u;
            b[i] /= v;
        }
    }
}
