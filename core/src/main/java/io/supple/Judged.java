// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.tensor.Lists;
import io.supple.tensor.Pointwise;
import io.supple.tensor.Tensor;

/** Lists of scores with their labels, as the arguments of one call of a ranking metric give them. */
final class Judged {

    /** A value, or where the other one is 1 the value by policy, which nothing moves. */
    private static final class Unless implements Pointwise {
        private final double otherwise;

        Unless(double otherwise) {
            this.otherwise = otherwise;
        }

        @Override
        public double value(double[] v) {
            return v[1] == 1 ? otherwise : v[0];
        }

        @Override
        public void partials(double[] v, double[] d) {
            d[0] = 1 - v[1];
            d[1] = 0;
        }

        @Override
        public void curvatures(double[] v, double[] h) {
            // linear
        }
    }

    private final Inputs in;
    private final Lists lists;
    private final Tensor rows;
    private final double[] labels;

    Judged(Inputs in) {
        this.in = in;
        lists = Lists.along(in.tensor("scores"), in.axis());
        rows = lists.rows();
        labels = Lists.along(in.tensor("labels"), in.axis()).rows().data();
    }

    /** The scores: (lists, n). */
    Tensor rows() {
        return rows;
    }

    /** How many lists there are. */
    int count() {
        return rows.length(0);
    }

    /** Their length. */
    int n() {
        return rows.length(1);
    }

    /** How many places count. */
    int k() {
        return in.first("k", n());
    }

    /** Whether a list has a soft order: NaN and infinite scores have none. */
    boolean ordered(int list) {
        for (int i = list * n(); i < (list + 1) * n(); i++) if (!Double.isFinite(rows.data()[i])) return false;
        return true;
    }

    boolean relevant(int list, int i) {
        return labels[list * n() + i] > 0;
    }

    /** How many elements of a list are relevant. */
    int found(int list) {
        int found = 0;
        for (int i = 0; i < n(); i++) if (relevant(list, i)) found++;
        return found;
    }

    /** What the labels of a list are worth. */
    double[] gains(int list) {
        Gain gain = (Gain) in.get("gain");
        double[] gains = new double[n()];
        for (int i = 0; i < gains.length; i++) {
            double label = labels[list * gains.length + i];
            if (gain == Gain.EXPONENTIAL && label > Gain.LARGEST_EXPONENT) {
                throw in.refuse("labels", "at most " + Gain.LARGEST_EXPONENT + " where gain is 'exponential'", label);
            }
            gains[i] = gain.of(label);
        }
        return gains;
    }

    /** The gains of a list over the discounted gain of its best order; all 0 if there is none. */
    double[] shares(int list) {
        double[] gains = gains(list);
        Shares.ofIdeal(gains, k());
        return gains;
    }

    /** For each element of a list the probability that a reader stops there. */
    double[] stops(int list) {
        int top = in.count("max_label");
        double[] stops = new double[n()];
        for (int i = 0; i < stops.length; i++) {
            double label = labels[list * stops.length + i];
            if (label > top) throw in.refuse("labels", "at most max_label, " + top, label);
            // 2^top alone may be beyond the doubles
            stops[i] = label < 1
                    ? Gain.EXPONENTIAL.of(label) * Math.pow(2, -top)
                    : Math.pow(2, label - top) - Math.pow(2, -top);
        }
        return stops;
    }

    /** Numbers of the lists, (lists), in the shape of the result; by policy for a list that has nothing to find. */
    Tensor result(Tensor values) {
        if (!in.has("empty_list")) return lists.restoreReduced(values, in.flag("keepdim"));
        double[] none = new double[count()];
        for (int list = 0; list < none.length; list++) none[list] = found(list) == 0 ? 1 : 0;
        Tensor y = unless(none, (EmptyList) in.get("empty_list"), values);
        return lists.restoreReduced(y, in.flag("keepdim"));
    }

    /** The values, but those by policy where {@code without} is 1. */
    static Tensor unless(double[] without, EmptyList policy, Tensor values) {
        return Tensor.pointwise(new Unless(policy.value()), values, Tensor.of(without));
    }
}
