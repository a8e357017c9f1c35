// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * SoftSort: logits {@code -|a_r - z_j| / s} for the anchors a, the sorted keys.
 *
 * <p>Prillo and Eisenschlos 2020, <a href="https://arxiv.org/abs/2006.16038">arXiv:2006.16038</a>, eq. (2). The
 * derivative flows through the keys and through the anchor, which is one of them.
 *
 * <p>The distance from the largest key is {@code max - z}, from the smallest {@code z - min}. These rows are written
 * without the absolute value: under the simplex projection, which ignores constants, value and derivative are the same,
 * but the kink at ties is gone.
 */
public final class SoftSort extends PairwiseLogits {

    private final double[] z;
    private final int[] anchors;
    private final double s;
    private double[] zDot = {};
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;

    /**
     * The rows of one list.
     *
     * @param z keys
     * @param anchors for each row the element that stands at its place in the exact order
     * @param s softness
     */
    public SoftSort(double[] z, int[] anchors, double s) {
        this.z = z;
        this.anchors = anchors;
        this.s = s;
        for (double key : z) {
            if (key < smallest) smallest = key;
            if (key > largest) largest = key;
        }
    }

    @Override
    int rows() {
        return anchors.length;
    }

    @Override
    int elements() {
        return z.length;
    }

    @Override
    void row(int r, double[] v) {
        double a = z[anchors[r]];
        for (int j = 0; j < z.length; j++) v[j] = -Math.abs(a - z[j]) / s;
    }

    @Override
    void pull(int r, double[] gv, double[] gz) {
        double a = z[anchors[r]];
        if (a == largest) {
            for (int j = 0; j < z.length; j++) gz[j] += gv[j] / s;
        } else if (a == smallest) {
            for (int j = 0; j < z.length; j++) gz[j] -= gv[j] / s;
        } else {
            double atAnchor = 0;
            for (int j = 0; j < z.length; j++) {
                double towards = Math.signum(a - z[j]) * gv[j] / s;
                gz[j] += towards;
                atAnchor -= towards;
            }
            gz[anchors[r]] += atAnchor;
        }
    }

    @Override
    void finish(double[] gz) {
        // every cotangent went to the keys at once
    }

    @Override
    void along(double[] direction) {
        zDot = direction;
    }

    @Override
    void rowTangent(int r, double[] vDot) {
        double a = z[anchors[r]];
        if (a == largest) {
            for (int j = 0; j < z.length; j++) vDot[j] = zDot[j] / s;
        } else if (a == smallest) {
            for (int j = 0; j < z.length; j++) vDot[j] = -zDot[j] / s;
        } else {
            double aDot = zDot[anchors[r]];
            for (int j = 0; j < z.length; j++) vDot[j] = Math.signum(a - z[j]) * (zDot[j] - aDot) / s;
        }
    }

    @Override
    void pullTangent(int r, double[] gv, double[] gvDot, double[] gzDot) {
        pull(r, gvDot, gzDot); // the distance is piecewise linear in the keys
    }

    @Override
    void finishTangent(double[] gzDot) {
        // every cotangent went to the keys at once
    }
}
