// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.kernel.PlaceSwaps;
import io.supple.kernel.Scratch;
import io.supple.kernel.Sinkhorn;
import io.supple.order.Places;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The formulas of the losses, written out pair by pair and place by place. */
class LossFormulaTest {

    private interface Trial {
        void with(double[] s, double[] y, String what);
    }

    /** Lists of 2 to 40 with ties in scores and labels, some fractional, some wide. */
    private static void trials(Trial trial) {
        SplittableRandom random = new SplittableRandom(20130308);
        for (int i = 0; i < 60; i++) {
            int n = 2 + random.nextInt(39);
            double[] s = new double[n];
            double[] y = new double[n];
            double width = i % 5 == 4 ? 400 : 1; // beyond what exponentials span
            for (int j = 0; j < n; j++) {
                s[j] = width * (random.nextInt(4) == 0 ? 1 : random.nextGaussian());
                y[j] = Math.max(0, random.nextInt(7) - 2) + (i % 3 == 0 ? random.nextDouble() : 0);
            }
            y[0] = 5;
            y[1] = 0;
            trial.with(s, y, "list " + i);
        }
    }

    private static void check(RankingLoss loss, double[] s, double[] y, double expected, String what) {
        double value = loss.add(s, y, 0, s.length, 1, new double[s.length]);
        assertThat(value).as(loss + " of " + what).isCloseTo(expected, offset(1e-11 * Math.max(1, Math.abs(expected))));
    }

    private static double discount(double r) {
        return Math.log(2) / Math.log(1 + r);
    }

    private static double gain(double y) {
        return Math.pow(2, y) - 1;
    }

    private static double ideal(double[] y, int k) {
        double[] best = Arrays.stream(y).map(LossFormulaTest::gain).sorted().toArray();
        double z = 0;
        for (int r = 1; r <= Math.min(k, y.length); r++) z += best[y.length - r] * discount(r);
        return z;
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double[] ranks(double[] s, double tau) {
        double[] r = new double[s.length];
        for (int i = 0; i < r.length; i++) {
            r[i] = 1;
            for (int j = 0; j < r.length; j++) if (j != i) r[i] += logistic((s[j] - s[i]) / tau);
        }
        return r;
    }

    @Test
    void pairs() {
        double tau = 0.7;
        trials((s, y, what) -> {
            double net = 0;
            double gains = 0;
            int pairs = 0;
            for (int i = 0; i < s.length; i++) {
                for (int j = 0; j < s.length; j++) {
                    if (y[i] <= y[j]) continue;
                    pairs++;
                    net += softplus((s[j] - s[i]) / tau);
                    gains += (gain(y[i]) - gain(y[j])) * softplus((s[j] - s[i]) / tau);
                }
            }
            check(RankingLoss.of(Loss.RANK_NET).withSoftness(tau), s, y, net / pairs, what);
            double z = ideal(y, s.length);
            check(RankingLoss.of(Loss.GAIN_PAIRWISE).withSoftness(tau), s, y, gains / z, what);
        });
    }

    @Test
    void leastSquares() {
        trials((s, y, what) -> {
            double ms = Arrays.stream(s).average().orElseThrow();
            double my = Arrays.stream(y).average().orElseThrow();
            double sum = 0;
            for (int i = 0; i < s.length; i++) sum += Math.pow(s[i] - ms - y[i] + my, 2) / s.length;
            check(RankingLoss.of(Loss.LEAST_SQUARES), s, y, sum, what);
        });
    }

    @Test
    void crossEntropy() {
        double tau = 0.7;
        trials((s, y, what) -> {
            double top = Arrays.stream(s).max().orElseThrow();
            double lse = top / tau
                    + Math.log(Arrays.stream(s)
                            .map(each -> Math.exp((each - top) / tau))
                            .sum());
            double label = 0;
            double gains = 0;
            double total = Arrays.stream(y).map(Math::exp).sum();
            double worth = Arrays.stream(y).map(LossFormulaTest::gain).sum();
            for (int i = 0; i < s.length; i++) {
                label += Math.exp(y[i]) / total * (lse - s[i] / tau);
                gains += gain(y[i]) / worth * (lse - s[i] / tau);
            }
            RankingLoss loss = RankingLoss.of(Loss.LIST_NET).withSoftness(tau);
            check(loss, s, y, label, what);
            check(loss.withTarget(Target.GAIN), s, y, gains, what);
        });
    }

    @Test
    void likelihood() {
        trials((s, y, what) -> {
            Integer[] order = new Integer[s.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (i, j) -> Double.compare(y[j], y[i])); // stable
            double sum = 0;
            for (int k = 0; k < s.length; k++) {
                double top = Double.NEGATIVE_INFINITY;
                for (int j = k; j < s.length; j++) top = Math.max(top, s[order[j]]);
                double mass = 0;
                for (int j = k; j < s.length; j++) mass += Math.exp(s[order[j]] - top);
                sum += discount(k + 1) * (top + Math.log(mass) - s[order[k]]);
            }
            check(RankingLoss.of(Loss.LIST_MLE), s, y, sum / s.length, what);
        });
    }

    @Test
    void ranksByPairs() {
        double tau = 0.7;
        trials((s, y, what) -> {
            double[] r = ranks(s, tau);
            double all = 0;
            double first = 0;
            double off = 0;
            int n = s.length;
            int k = Math.min(3, n);
            for (int i = 0; i < n; i++) {
                all += gain(y[i]) * discount(r[i]);
                first += gain(y[i]) * discount(r[i]) * (k == n ? 1 : logistic((k + 0.5 - r[i]) / 0.5));
                double place = 0.5;
                for (int j = 0; j < n; j++) place += y[j] > y[i] ? 1 : y[j] == y[i] ? 0.5 : 0;
                off += Math.pow(r[i] - place, 2);
            }
            RankingLoss approx = RankingLoss.of(Loss.APPROX_NDCG).withSoftness(tau);
            check(approx, s, y, 1 - all / ideal(y, n), what);
            check(approx.withTruncationLevel(3), s, y, 1 - first / ideal(y, 3), what);
            check(RankingLoss.of(Loss.SOFT_SPEARMAN).withSoftness(tau), s, y, 3 * off / (n * (n * n - 1.0)), what);
        });
    }

    @Test
    void lambdasOfDistinctScores() {
        trials((s, y, what) -> {
            double[] x = s.clone();
            for (int i = 0; i < x.length; i++) x[i] += 1e-3 * i; // no ties
            double[] r = ranks(x, 1e-9);
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    if (y[i] <= y[j]) continue;
                    double apart = Math.abs(r[i] - r[j]);
                    double swap =
                            Math.abs(discount(r[i]) - discount(r[j])) + 10 * (discount(apart) - discount(apart + 1));
                    sum += (gain(y[i]) - gain(y[j])) * swap * softplus(x[j] - x[i]);
                }
            }
            check(RankingLoss.of(Loss.LAMBDA_LOSS), x, y, sum / ideal(y, x.length), what);
        });
    }

    /** Weights of pairs with equal scores are means over all orders of them, here all 5! orders of the list. */
    @Test
    void swapsOfTiesAreMeans() {
        double[] s = {1, 2, 1, 1, 2};
        double mu = 3;
        double[][] sum = new double[5][5];
        int[] orders = {0};
        permute(new int[] {0, 1, 2, 3, 4}, 0, order -> {
            for (int r = 1; r < 5; r++) if (s[order[r - 1]] < s[order[r]]) return;
            orders[0]++;
            for (int p = 0; p < 5; p++) {
                for (int q = 0; q < 5; q++) {
                    if (p == q) continue;
                    double apart = Math.abs(p - q);
                    sum[order[p]][order[q]] +=
                            Math.abs(discount(p + 1) - discount(q + 1)) + mu * (discount(apart) - discount(apart + 1));
                }
            }
        });
        PlaceSwaps swaps = new PlaceSwaps(s, mu, Scratch.FRESH);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                if (i != j) assertThat(swaps.of(i, j)).isCloseTo(sum[i][j] / orders[0], offset(1e-13));
            }
        }
    }

    private interface Visit {
        void order(int[] order);
    }

    private static void permute(int[] order, int from, Visit visit) {
        if (from == order.length) visit.order(order);
        for (int i = from; i < order.length; i++) {
            swap(order, from, i);
            permute(order, from + 1, visit);
            swap(order, from, i);
        }
    }

    private static void swap(int[] order, int i, int j) {
        int held = order[i];
        order[i] = order[j];
        order[j] = held;
    }

    /** Soft distances of a list that is narrow beside the softness count its largest element many times, plain ones do not. */
    @Test
    void plainDistancesKeepElementsApart() {
        int n = 200;
        double[] s = new double[n];
        for (int i = 0; i < n; i++) s[i] = 0.005 * i + 0.0005 * Math.sin(9 * i);
        Tensor rows = Tensor.of(new int[] {1, n}, s);
        Soft soft = Soft.smooth(1).with(Method.NEURALSORT).withStandardize(false);
        double[] largest = new double[n];
        largest[n - 1] = 1;
        Tensor only = Tensor.of(new int[] {1, n}, largest);
        Places all = new Places(n, true);
        double crowded = soft.order(rows, null).apply(only, all).sum().item();
        double plain =
                soft.plainOrder(rows, Method.NEURALSORT).apply(only, all).sum().item();
        assertThat(crowded).isGreaterThan(10);
        assertThat(plain).isLessThan(3);
    }

    /** Rows sum to 1, columns come near it, and a doubly stochastic matrix stays. */
    @Test
    void normalisedMatrices() {
        int n = 6;
        double[] p = new SplittableRandom(20130308).doubles(36, 0.05, 1).toArray();
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        double[] rows = new double[n];
        new Sinkhorn(p, n, 1).apply(ones, n, rows, 0);
        assertThat(rows).containsExactly(ones, offset(1e-15));
        double[] q = new double[n * n];
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            double[] column = new double[n];
            new Sinkhorn(p, n, 60).apply(unit, n, column, 0);
            for (int i = 0; i < n; i++) q[i * n + j] = column[i];
            assertThat(Arrays.stream(column).sum()).isCloseTo(1, offset(1e-12));
        }
        double[] x = {0.3, -1, 2, 0.7, 0.1, 5};
        double[] before = new double[n];
        double[] after = new double[n];
        new Sinkhorn(q, n, 0).apply(x, n, before, 0);
        new Sinkhorn(q, n, 5).apply(x, n, after, 0);
        assertThat(after).containsExactly(before, offset(1e-11));
    }
}
