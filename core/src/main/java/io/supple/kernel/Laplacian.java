// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * The equations {@code L y = r} of a weighted graph, {@code (L y)_j = ground_j y_j + sum_k c_jk (y_j - y_k)}: potentials of
 * a network of conductances.
 *
 * <p>Elimination is done on the conductances themselves (a node is replaced by links among its neighbours): nothing is
 * ever subtracted, so each conductance keeps its relative accuracy however weak it is, as in Grassmann, Taksar and Heyman
 * 1985, <a href="https://doi.org/10.1287/opre.33.5.1107">doi:10.1287/opre.33.5.1107</a>. Without ground L is singular:
 * one node of each connected component is given the potential 0. Time O(m^3) once and O(m^2) for each r.
 */
final class Laplacian {

    private final int m;
    private final double[] c;
    private final double[] ground;
    private final double[] pivot;

    /** A network of m nodes without links. */
    Laplacian(int m) {
        this.m = m;
        c = new double[m * m];
        ground = new double[m];
        pivot = new double[m];
    }

    /** Adds the conductances {@code w_j w_k / sum w} between all nodes of {@code [from, to)}; w may hold zeros. */
    void linkAll(double[] w, int from, int to, double total) {
        for (int j = from; j < to; j++) {
            if (w[j] == 0) continue;
            double share = w[j] / total;
            int row = j * m;
            for (int k = j + 1; k < to; k++) c[row + k] += share * w[k];
        }
    }

    /** As {@link #linkAll(double[], int, int, double)} of all nodes four times: each conductance is read once for four. */
    void linkAll(double[][] w, double[] total) {
        double[] w0 = w[0];
        double[] w1 = w[1];
        double[] w2 = w[2];
        double[] w3 = w[3];
        for (int j = 0; j < m; j++) {
            double s0 = w0[j] / total[0];
            double s1 = w1[j] / total[1];
            double s2 = w2[j] / total[2];
            double s3 = w3[j] / total[3];
            int row = j * m;
            for (int k = j + 1; k < m; k++) c[row + k] += (s0 * w0[k] + s1 * w1[k]) + (s2 * w2[k] + s3 * w3[k]);
        }
    }

    /** Adds a conductance from j to the potential 0. */
    void earth(int j, double conductance) {
        ground[j] += conductance;
    }

    /** Takes away the links weaker than the threshold. */
    void cut(double threshold) {
        for (int i = 0; i < c.length; i++) if (c[i] < threshold) c[i] = 0;
    }

    /**
     * The smallest node of each node's connected component, links up to {@code weak} not counting as connections; before
     * {@link #eliminate}.
     */
    int[] components(double weak) {
        int[] component = new int[m];
        int[] stack = new int[m];
        Arrays.fill(component, -1);
        for (int root = 0; root < m; root++) {
            if (component[root] >= 0) continue;
            int top = 0;
            stack[top++] = root;
            component[root] = root;
            while (top > 0) {
                int j = stack[--top];
                for (int k = 0; k < m; k++) {
                    if (component[k] < 0 && c[Math.min(j, k) * m + Math.max(j, k)] > weak) {
                        component[k] = root;
                        stack[top++] = k;
                    }
                }
            }
        }
        return component;
    }

    /** Eliminates node after node; {@link #solve} may be called from then on. */
    void eliminate() {
        for (int k = 0; k < m; k++) {
            int row = k * m;
            double total = ground[k];
            for (int j = k + 1; j < m; j++) total += c[row + j];
            pivot[k] = total;
            if (total == 0) continue;
            for (int i = k + 1; i < m; i++) {
                if (c[row + i] == 0) continue;
                double share = c[row + i] / total;
                ground[i] += share * ground[k];
                int other = i * m;
                for (int j = i + 1; j < m; j++) c[other + j] += share * c[row + j];
            }
        }
    }

    /** The potentials; r is overwritten by them. */
    void solve(double[] r) {
        for (int k = 0; k < m; k++) {
            if (pivot[k] == 0) continue;
            double current = r[k] / pivot[k];
            for (int j = k + 1; j < m; j++) r[j] += c[k * m + j] * current;
        }
        for (int k = m - 1; k >= 0; k--) {
            double sum = r[k];
            for (int j = k + 1; j < m; j++) sum += c[k * m + j] * r[j];
            r[k] = pivot[k] == 0 ? 0 : sum / pivot[k];
        }
    }
}
