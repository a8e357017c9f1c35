// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Soft order statistics {@code v_k = t log(e_k / e_(k-1))}, k = 1..n, of the elementary symmetric polynomials
 * {@code e_k(exp(w / t))}: descending, symmetric in w, infinitely differentiable, with the sum of w. Their prefix sums
 * {@code t log e_k} are the soft maxima over subsets of k elements.
 *
 * <p>One element after the other is inserted,
 * {@code v'_k = v_(k-1) + softmax(v_k, x) - softmax(v_(k-1), x)} with {@code v_0 = infinity} and {@code v_(j+1) = -infinity}.
 * This is the recurrence {@code e'_k = e_k + exp(x) e_(k-1)} in quotients: it works with numbers of the size of the
 * elements, and not with sums of them, in whose differences small gaps would be lost. The derivative of a step,
 * {@code dv'_k = (1 - p_(k-1)) dv_(k-1) + p_k dv_k + (p_(k-1) - p_k) dx} with {@code p_k = logistic((v_k - x) / t)}, has
 * weights that are at least 0 and sum to 1.
 *
 * <p>A value is kept as an element and what it is above that one: of large elements that are equal the second would be lost in
 * the first, and with it how they share the derivative.
 *
 * <p>Time O(n^2); memory O(n), for the vjp O(n sqrt n).
 */
final class ElementarySymmetric {

    private final double[] w;
    private final double t;

    ElementarySymmetric(double[] w, double t) {
        this.w = w;
        this.t = t;
    }

    /** All v, largest first. */
    double[] values() {
        State state = whole();
        double[] v = new double[w.length];
        for (int k = 0; k < v.length; k++) v[k] = state.element[k] + state.above[k];
        return v;
    }

    /** All {@code v_k - v_(k+1)}. */
    double[] gaps() {
        State state = whole();
        double[] gaps = new double[Math.max(0, w.length - 1)];
        for (int k = 0; k < gaps.length; k++) {
            gaps[k] = (state.element[k] - state.element[k + 1]) + (state.above[k] - state.above[k + 1]);
        }
        return gaps;
    }

    private State whole() {
        State state = new State(w.length);
        for (int j = 0; j < w.length; j++) insert(state, j);
        return state;
    }

    /** Values of the elements inserted so far. */
    private static final class State {
        private final double[] element;
        private final double[] above;

        State(int n) {
            element = new double[n];
            above = new double[n];
        }

        void copyFrom(State other, int length) {
            System.arraycopy(other.element, 0, element, 0, length);
            System.arraycopy(other.above, 0, above, 0, length);
        }

        /** {@code v_k - x}, k from 0 within the j values that are there, or beyond them on either side. */
        double less(int k, int j, double x) {
            if (k < 0) return Double.POSITIVE_INFINITY;
            return k < j ? (element[k] - x) + above[k] : Double.NEGATIVE_INFINITY;
        }
    }

    /** Adds the vjp to gw, for the cotangent g of the values, which is lost. */
    void vjp(double[] g, double[] gw) {
        int n = w.length;
        int stretch = (int) Math.ceil(Math.sqrt(n));
        State[] starts = new State[n == 0 ? 0 : (n - 1) / stretch + 1];
        State v = new State(n);
        for (int j = 0; j < n; j++) {
            if (j % stretch == 0) {
                starts[j / stretch] = new State(n);
                starts[j / stretch].copyFrom(v, j);
            }
            insert(v, j);
        }
        State[] states = new State[stretch];
        for (int i = 0; i < stretch; i++) states[i] = new State(n);
        for (int part = starts.length - 1; part >= 0; part--) {
            int first = part * stretch;
            int end = Math.min(n, first + stretch);
            State state = starts[part];
            for (int j = first; j < end; j++) {
                states[j - first].copyFrom(state, j);
                insert(state, j);
            }
            for (int j = end - 1; j >= first; j--) gw[j] += takeOut(states[j - first], j, g);
        }
    }

    /** The tangent of the values for a tangent of w. */
    double[] jvp(double[] wDot) {
        State v = new State(w.length);
        double[] dot = new double[w.length];
        for (int j = 0; j < w.length; j++) {
            for (int k = j; k >= 0; k--) {
                double p = k < j ? share(v.less(k, j, w[j])) : 0;
                double above = k > 0 ? share(v.less(k - 1, j, w[j])) : 1;
                double kept = k < j ? p * dot[k] : 0;
                double fallen = k > 0 ? (1 - above) * dot[k - 1] : 0;
                dot[k] = kept + fallen + (above - p) * wDot[j];
            }
            insert(v, j);
        }
        return dot;
    }

    /** Inserts element j into the j values that are there; from the last place, so that old neighbours are read. */
    private void insert(State v, int j) {
        double[] element = v.element;
        double[] above = v.above;
        double x = w[j];
        double here = Double.NEGATIVE_INFINITY;
        double excessHere = 0;
        for (int k = j; k > 0; k--) {
            double next = (element[k - 1] - x) + above[k - 1];
            double excessNext = excess(next);
            // one of three is the exact place: the next has to move down, x comes to stand here, or here stays
            double base = 0;
            if (next <= 0) {
                element[k] = element[k - 1];
                base = above[k - 1];
            } else if (here >= 0) {
                base = above[k];
            } else {
                element[k] = x;
            }
            above[k] = base + excessHere - excessNext;
            here = next;
            excessHere = excessNext;
        }
        boolean stays = here >= 0;
        if (!stays) element[0] = x;
        above[0] = (stays ? above[0] : 0) + excessHere;
    }

    /** {@code t log(1 + exp(-|d| / t))}: by how much the soft maximum of two numbers d apart is more than the maximum. */
    private double excess(double d) {
        return t * Math.log1p(Math.exp(-Math.abs(d) / t));
    }

    private double share(double d) {
        return 1 / (1 + Math.exp(-d / t));
    }

    /** The vjp of one insertion: g becomes the cotangent of the j values before it; returns that of the element. */
    private double takeOut(State v, int j, double[] g) {
        double gx = 0;
        double above = 1;
        for (int k = 0; k < j; k++) {
            double p = share(v.less(k, j, w[j]));
            gx += (above - p) * g[k];
            g[k] = p * g[k] + (1 - p) * g[k + 1];
            above = p;
        }
        gx += above * g[j];
        Arrays.fill(g, j, j + 1, 0);
        return gx;
    }
}
