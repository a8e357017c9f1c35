// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.CounterRandom;
import io.supple.tensor.Lists;
import io.supple.tensor.Pointwise;
import io.supple.tensor.Tensor;

/** The noise of random operators, and what it is added to. A draw is a stream; a number's place in its tensor its index. */
final class Noise {

    /** As in comparisons: decides what becomes of noise equal to the probability. */
    private static final double EPSILON = Comparison.EPSILON;

    /** How far below the least finite logit an impossible element is put, at least. */
    private static final double GAP = 1000;

    private Noise() {}

    private static Tensor uniform(Inputs in, int draw) {
        int[] shape = in.tensor("p").shape();
        double[] u = new double[in.tensor("p").size()];
        for (int i = 0; i < u.length; i++) u[i] = CounterRandom.uniform(in.seed(), draw, i);
        return Tensor.of(shape, u);
    }

    /** The soft truth of {@code U < p}. */
    static Tensor bernoulli(Soft soft, Inputs in, int draw) {
        Tensor beyond = uniform(in, draw).minus(in.tensor("p")).plus(EPSILON);
        return Elementwise.step(soft, beyond).complement();
    }

    static Tensor hardBernoulli(Inputs in, int draw) {
        return Tensor.pointwise(Exact.relation((u, p) -> u < p), uniform(in, draw), in.tensor("p"));
    }

    /** Whether each draw has its own noise; otherwise the draws are the first places of one perturbation. */
    static boolean replaces(Inputs in) {
        return !in.has("replace") || in.flag("replace");
    }

    /**
     * Logits plus Gumbel noise: (lists, n), or with replacement one perturbation for each draw, (lists draws, n).
     *
     * @throws IllegalArgumentException if more are drawn without replacement than there are
     */
    static Lists gumbel(Inputs in, Tensor logits) {
        Tensor rows = finite(Lists.along(logits, in.axis()).rows());
        int lists = rows.length(0);
        int n = rows.length(1);
        boolean replaces = replaces(in);
        int draws = in.count("draws");
        if (!replaces && draws > n) {
            throw in.refuse("draws", "at most the length of the list, " + n + ", without replacement", draws);
        }
        int each = replaces ? draws : 1;
        double[] noise = new double[lists * each * n];
        int[] source = new int[noise.length];
        for (int i = 0; i < noise.length; i++) {
            int list = i / (each * n);
            int place = list * n + i % n;
            noise[i] = CounterRandom.gumbel(in.seed(), i / n % each, place);
            source[i] = place;
        }
        int[] shape = {lists * each, n};
        return Lists.along(rows.gather(shape, source).plus(Tensor.of(shape, noise)), 1);
    }

    /** Gumbel scores that do not depend on x, one for each element. */
    static Lists scores(Inputs in) {
        Tensor rows = Lists.along(in.tensor("x"), in.axis()).rows();
        double[] noise = new double[rows.size()];
        for (int i = 0; i < noise.length; i++) noise[i] = CounterRandom.gumbel(in.seed(), 0, i);
        return Lists.along(Tensor.of(rows.shape(), noise), 1);
    }

    /** The logarithm of weights; -infinity, with no derivative, for those that are not positive. */
    static Tensor logits(Tensor p) {
        return p.map(
                v -> v <= 0 ? Double.NEGATIVE_INFINITY : Math.log(v),
                v -> v <= 0 ? 0 : 1 / v,
                v -> v <= 0 ? 0 : -1 / v / v);
    }

    /** Logits of -infinity put so far below the others of their list that they are never drawn, as a constant. */
    private static Tensor finite(Tensor rows) {
        int n = rows.length(1);
        double[] fill = new double[rows.size()];
        boolean any = false;
        for (int from = 0; from < fill.length; from += n) {
            double least = Double.POSITIVE_INFINITY;
            for (int j = from; j < from + n; j++) {
                double v = rows.data()[j];
                if (v == Double.NEGATIVE_INFINITY) any = true;
                else least = Math.min(least, v);
            }
            double base = least == Double.POSITIVE_INFINITY ? 0 : least;
            for (int j = from; j < from + n; j++) fill[j] = base - Math.max(Math.abs(base), GAP);
        }
        return any ? Tensor.pointwise(POSSIBLE, rows, Tensor.of(rows.shape(), fill)) : rows;
    }

    /** The first number, or the second where the first is -infinity. */
    private static final Pointwise POSSIBLE = new Pointwise() {
        @Override
        public double value(double[] v) {
            return v[0] == Double.NEGATIVE_INFINITY ? v[1] : v[0];
        }

        @Override
        public void partials(double[] v, double[] d) {
            d[0] = v[0] == Double.NEGATIVE_INFINITY ? 0 : 1;
            d[1] = 1 - d[0];
        }

        @Override
        public void curvatures(double[] v, double[] h) {
            // linear
        }
    };
}
