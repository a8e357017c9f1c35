// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.Smoothness;
import io.supple.kernel.TransportPlan;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Orders by optimal transport of the elements, each of mass 1/n, to anchors that stand for sorted places: n evenly spaced
 * ones for a whole order, one for each place that is read and one for all others where only a few are.
 *
 * <p>Cuturi, Teboul and Vert 2019, <a href="https://arxiv.org/abs/1905.11885">arXiv:1905.11885</a>; few anchors for the
 * top k as Xie et al. 2020, <a href="https://arxiv.org/abs/2002.06504">arXiv:2002.06504</a>.
 */
final class TransportOrder implements Permutation {

    private final Tensor rows;
    private final Tensor keys;
    private final Softening soft;
    private final int lists;
    private final int n;

    TransportOrder(Tensor rows, Tensor keys, Softening soft) {
        this.rows = rows;
        this.keys = keys;
        this.soft = soft;
        this.lists = keys.length(0);
        this.n = keys.length(1);
    }

    /** Where the elements are sent: points on [0, 1], their masses in units of one element, and the columns that are read. */
    private static final class Target {
        final double[] anchors;
        final double[] mass;
        final int[] read;

        Target(double[] anchors, double[] mass, int[] read) {
            this.anchors = anchors;
            this.mass = mass;
            this.read = read;
        }
    }

    private Target target(Places places) {
        int k = places.count();
        int[] read = new int[k];
        for (int r = 0; r < k; r++) read[r] = r;
        double[] anchors = Anchors.even(k == n ? n : k + 1);
        if (places.descending()) for (int m = 0; m < anchors.length; m++) anchors[m] = 1 - anchors[m];
        double[] mass = new double[anchors.length];
        Arrays.fill(mass, 1);
        if (k < n) mass[k] = n - k;
        return new Target(anchors, mass, read);
    }

    /** Those below the level, those at the places that are read, and those above; an anchor without mass is left out. */
    private Target target(int place, int next, boolean between) {
        double[] anchors = between ? new double[] {0, 1 / 3.0, 2 / 3.0, 1} : new double[] {0, 0.5, 1};
        double[] mass =
                between ? new double[] {place, 1, next - place, n - next - 1} : new double[] {place, 1, n - place - 1};
        int below = place > 0 ? 1 : 0;
        // above the last place there is no other: its weight is 0, and the same row stands in for it
        int[] read = !between ? new int[] {below} : new int[] {below, next > place ? below + 1 : below};
        int kept = 0;
        for (int m = 0; m < mass.length; m++) {
            if (mass[m] == 0) continue;
            anchors[kept] = anchors[m];
            mass[kept++] = mass[m];
        }
        return new Target(Arrays.copyOf(anchors, kept), Arrays.copyOf(mass, kept), read);
    }

    /** The columns that are read, as rows over the elements that sum to the anchors' masses: (lists, read, n). */
    private Tensor rows(Target target, boolean log) {
        return ByList.of(
                new int[] {lists, target.read.length, n},
                in -> log ? new LogPlan(this, in[0], target) : new Plan(this, in[0], target),
                keys);
    }

    @Override
    public Tensor values(Places places) {
        return apply(rows, places);
    }

    @Override
    public Tensor apply(Tensor payload, Places places) {
        return n == 0 ? Undefined.values(lists, places.count()) : Mixing.times(matrix(places), payload);
    }

    @Override
    public Tensor matrix(Places places) {
        return matrix(places, false);
    }

    @Override
    public Tensor logMatrix(Places places) {
        return soft.c() == Smoothness.SMOOTH ? matrix(places, true) : Permutation.super.logMatrix(places);
    }

    private Tensor matrix(Places places, boolean log) {
        if (n == 0) return Tensor.of(new int[] {lists, places.count(), 0}, new double[0]);
        return rows(target(places), log);
    }

    @Override
    public Tensor quantiles(Levels levels) {
        return n == 0 ? Undefined.values(lists, levels.count()) : Mixing.times(quantileMatrix(levels), rows);
    }

    @Override
    public Tensor quantileMatrix(Levels levels) {
        if (n == 0) return Tensor.of(new int[] {lists, levels.count(), 0}, new double[0]);
        return Mixing.rows(levelRows(levels, false), levels.weights());
    }

    @Override
    public Tensor logQuantileMatrix(Levels levels) {
        if (n == 0 || soft.c() != Smoothness.SMOOTH) return Permutation.super.logQuantileMatrix(levels);
        return Logarithm.mix(levelRows(levels, true), levels);
    }

    /** The rows that the levels mix, each level from a plan of its own: (lists, places, n). */
    private Tensor levelRows(Levels levels, boolean log) {
        if (levels.count() == 0) return Tensor.of(new int[] {lists, 0, n}, new double[0]);
        List<Tensor> each = new ArrayList<>();
        for (int level = 0; level < levels.count(); level++) {
            each.add(rows(target(levels.place(level), levels.next(level), levels.between()), log));
        }
        int per = each.get(0).length(1);
        return Tensor.stack(each).permute(1, 0, 2, 3).reshape(lists, levels.count() * per, n);
    }

    @Override
    public Tensor memberships(int k) {
        if (n == 0) return Tensor.of(new int[] {lists, 0}, new double[0]);
        return Mixing.sumOfRows(matrix(new Places(k, true)));
    }

    @Override
    public Tensor ranks(boolean descending) {
        if (n == 0) return Tensor.of(new int[] {lists, 0}, new double[0]);
        Tensor p = matrix(new Places(n, descending));
        return MeanPlace.ofColumns(weights -> Mixing.rows(p, weights), lists, n);
    }

    @Override
    public Permutation detach() {
        return new TransportOrder(rows, keys.detach(), soft);
    }

    /**
     * The plan of one list. The cost {@code (z - a)^2 = z^2 - 2 z a + a^2} is as good as {@code a^2 / 2 - z a} at half
     * the softness, since a term of the element alone changes its dual and nothing else; that is linear in z and does not
     * overflow.
     */
    private static class Plan implements ByList.Kernel {
        final Target target;
        final TransportPlan plan;
        final int n;

        Plan(TransportOrder order, double[] z, Target target) {
            this.target = target;
            n = z.length;
            double[] a = target.anchors;
            double[] cost = new double[n * a.length];
            for (int k = 0; k < cost.length; k++) {
                double anchor = a[k % a.length];
                cost[k] = anchor * (anchor / 2 - z[k / a.length]);
            }
            double[] mu = new double[n];
            Arrays.fill(mu, 1.0 / n);
            double[] nu = new double[a.length];
            for (int m = 0; m < nu.length; m++) nu[m] = target.mass[m] / n;
            plan = new TransportPlan(
                    order.soft.c(), cost, n, a.length, mu, nu, order.soft.softness() / 2, order.soft.transport());
        }

        /** Reads the columns, times a factor. */
        final void read(double[] of, double factor, double[] y, int to) {
            for (int r = 0; r < target.read.length; r++) {
                for (int j = 0; j < n; j++) {
                    y[to + r * n + j] = factor * of[j * target.anchors.length + target.read[r]];
                }
            }
        }

        /** The cotangent of the whole plan, times a factor. */
        final double[] spread(double[] g, int from, double factor) {
            double[] gPlan = new double[n * target.anchors.length];
            for (int r = 0; r < target.read.length; r++) {
                for (int j = 0; j < n; j++) {
                    gPlan[j * target.anchors.length + target.read[r]] += factor * g[from + r * n + j];
                }
            }
            return gPlan;
        }

        final void toKeys(double[] gCost, double[] gz) {
            for (int k = 0; k < gCost.length; k++) {
                gz[k / target.anchors.length] -= target.anchors[k % target.anchors.length] * gCost[k];
            }
        }

        final double[] costTangent(double[] zDot) {
            double[] costDot = new double[n * target.anchors.length];
            for (int k = 0; k < costDot.length; k++) {
                costDot[k] = -target.anchors[k % target.anchors.length] * zDot[k / target.anchors.length];
            }
            return costDot;
        }

        @Override
        public void value(double[] y, int to) {
            read(plan.plan(), n, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            double[] gCost = new double[n * target.anchors.length];
            plan.vjp(spread(g, from, n), 0, gCost, null, null);
            toKeys(gCost, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            double[] planDot = new double[n * target.anchors.length];
            plan.jvp(costTangent(inDot[0]), null, null, planDot);
            read(planDot, n, yDot, to);
        }
    }

    /** The logarithm of the plan of one list, times n. */
    private static final class LogPlan extends Plan {

        LogPlan(TransportOrder order, double[] z, Target target) {
            super(order, z, target);
        }

        @Override
        public void value(double[] y, int to) {
            read(plan.logPlan(), 1, y, to);
            for (int i = to; i < to + target.read.length * n; i++) y[i] += Math.log(n);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            double[] gCost = new double[n * target.anchors.length];
            plan.logVjp(spread(g, from, 1), gCost);
            toKeys(gCost, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            double[] logDot = new double[n * target.anchors.length];
            plan.logJvp(costTangent(inDot[0]), logDot);
            read(logDot, 1, yDot, to);
        }
    }
}
