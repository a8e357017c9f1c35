// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.Sorting;
import io.supple.kernel.TiedOrder;
import io.supple.tensor.Lists;
import io.supple.tensor.Tensor;

/** Spearman's correlation: Pearson's, of the places of two lists. */
final class RankCorrelation {

    /** What the variance of soft places is floored by, relative to that of places: a softness so large leaves noise. */
    private static final double FLOOR = 1e-12;

    private RankCorrelation() {}

    static Tensor exact(Inputs in) {
        Lists x = lists(in, "x");
        Lists y = lists(in, "y");
        return correlation(in, x, y, mean(x), mean(y), 0);
    }

    static Tensor soft(Soft choice, Inputs in) {
        Lists x = lists(in, "x");
        Lists y = lists(in, "y");
        if (x.n() < 2) return exact(in); // constant
        Tensor places = choice.order(x.rows(), SoftPlaces.METHOD).ranks(true);
        Tensor others = choice.order(y.rows(), SoftPlaces.METHOD).ranks(true);
        return correlation(in, x, y, places, others, FLOOR);
    }

    private static Lists lists(Inputs in, String name) {
        in.requireShape("x", name);
        return Lists.along(in.tensor(name), in.axis());
    }

    private static Tensor mean(Lists lists) {
        int n = lists.n();
        double[] places = new double[lists.rows().size()];
        for (int from = 0; from < places.length; from += n) {
            double[] each = new TiedOrder(lists.rows().data(), from, n).meanPlaces();
            System.arraycopy(each, 0, places, from, n);
        }
        return Tensor.of(lists.rows().shape(), places);
    }

    private static Tensor correlation(Inputs in, Lists x, Lists y, Tensor places, Tensor others, double floor) {
        int n = x.n();
        double least = floor * n * ((double) n * n - 1) / 12;
        Tensor a = centred(places);
        Tensor b = centred(others);
        Tensor squares =
                a.times(a).sumLast().plus(least).times(b.times(b).sumLast().plus(least));
        double[] constant = new double[x.rows().length(0)];
        for (int list = 0; list < constant.length; list++) {
            boolean none = constant(x.rows(), list) || constant(y.rows(), list);
            constant[list] = none ? 1 : 0;
        }
        Tensor r = a.times(b)
                .sumLast()
                .over(squares.map(Math::sqrt, v -> 0.5 / Math.sqrt(v), v -> -0.25 / (v * Math.sqrt(v))));
        Tensor result = Judged.unless(constant, (EmptyList) in.get("constant_list"), r);
        return x.restoreReduced(result, in.flag("keepdim"));
    }

    private static Tensor centred(Tensor x) {
        int lists = x.length(0);
        return x.minus(x.sumLast().times(1.0 / Math.max(x.length(1), 1)).reshape(lists, 1));
    }

    /** Whether all elements of a list are equal; a list of none or one is constant. */
    private static boolean constant(Tensor rows, int list) {
        int n = rows.length(1);
        for (int i = list * n + 1; i < (list + 1) * n; i++) {
            if (Sorting.comparable(rows.data()[i]) != Sorting.comparable(rows.data()[i - 1])) return false;
        }
        return true;
    }
}
