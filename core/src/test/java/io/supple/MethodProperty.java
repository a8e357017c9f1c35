// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;

/** A property that a method of ordering may have: yes or no for one list and one softness. */
enum MethodProperty {
    ROWS("rows of P sum to 1") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            return near(sums(soft, x, true), ones(x.length), SUM_TOLERANCE);
        }
    },
    COLUMNS("columns of P sum to 1") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            return near(sums(soft, x, false), ones(x.length), SUM_TOLERANCE);
        }
    },
    HULL("sorted values between min and max of the list") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double[] exact = sorted(x);
            double slack = TOLERANCE * size(x);
            for (double y : sort(soft, x)) {
                if (y < exact[0] - slack || y > exact[x.length - 1] + slack) return false;
            }
            return true;
        }
    },
    ORDERED("sorted values in order") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double[] y = sort(soft, x);
            for (int i = 1; i < y.length; i++) if (y[i] < y[i - 1] - TOLERANCE * size(x)) return false;
            return true;
        }
    },
    SUM("sum of the values kept") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            return Math.abs(sum(sort(soft, x)) - sum(x)) <= TOLERANCE * size(x);
        }
    },
    RANK_SUM("ranks sum to n(n+1)/2") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            return Math.abs(sum(rank(soft, x)) - x.length * (x.length + 1) / 2.0) <= TOLERANCE * x.length;
        }
    },
    RANK_RANGE("ranks between 1 and n") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double[] r = rank(soft, x);
            return Arrays.stream(r).allMatch(v -> v >= 1 - TOLERANCE && v <= x.length + TOLERANCE);
        }
    },
    RANK_ORDER("ranks in the order of the elements") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double[] r = rank(soft, x);
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < x.length; j++) if (x[i] > x[j] && r[i] < r[j] - TOLERANCE) return false;
            }
            return true;
        }
    },
    MEMBERSHIP_RANGE("`topk_mask` between 0 and 1") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double[] m = mask(soft, x, random);
            return Arrays.stream(m).allMatch(v -> v >= -TOLERANCE && v <= 1 + TOLERANCE);
        }
    },
    MEMBERSHIP_SUM("`topk_mask` sums to k") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double sum = sum(mask(soft, x, random));
            return Math.abs(sum - Math.rint(sum)) <= TOLERANCE;
        }
    },
    SHUFFLE("result does not depend on the order of the list") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            int[] from = shuffle(x.length, random);
            double[] ranks = rank(soft, x);
            return near(sort(soft, at(x, from)), sort(soft, x), TOLERANCE * size(x))
                    && near(rank(soft, at(x, from)), at(ranks, from), TOLERANCE * x.length);
        }
    },
    SHIFT("`sort(x + c) = sort(x) + c`") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double c = random.nextGaussian();
            return near(sort(soft, linear(x, 1, c)), linear(sort(soft, x), 1, c), TOLERANCE * size(x));
        }
    },
    SCALE("`sort(k x) = k sort(x)`, k > 0") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double k = 2 + 8 * random.nextDouble(); // up: the floor 1e-6 of the variance weighs less
            return near(sort(soft, linear(x, k, 0)), linear(sort(soft, x), k, 0), FLOOR_TOLERANCE * k * size(x));
        }
    },
    SCALE_BOTH("the same, with softness times k too") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double k = 2 + 8 * random.nextDouble();
            Soft wide = soft.withSoftness(k * soft.softness());
            return near(sort(wide, linear(x, k, 0)), linear(sort(soft, x), k, 0), FLOOR_TOLERANCE * k * size(x));
        }
    },
    REVERSAL("`sort(-x) = -reverse(sort(x))`") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            return near(sort(soft, linear(x, -1, 0)), linear(reverse(sort(soft, x)), -1, 0), TOLERANCE * size(x));
        }
    },
    RANK_REVERSAL("`rank(-x) = n + 1 - rank(x)`") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double[] turned = rank(soft, linear(x, -1, 0));
            return near(turned, linear(rank(soft, x), -1, x.length + 1), TOLERANCE * x.length);
        }
    },
    EQUAL_LIST("a list of equal elements is returned as it is") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double[] equal = new double[x.length];
            Arrays.fill(equal, x[0]);
            return near(sort(soft, equal), equal, TOLERANCE * size(equal));
        }
    },
    TIES("equal elements have equal ranks") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double[] tied = x.clone();
            tied[x.length - 1] = tied[0];
            double[] r = rank(soft, tied);
            return Math.abs(r[0] - r[x.length - 1]) <= TOLERANCE;
        }
    },
    GRADIENT("gradient is the derivative of the value") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double[] direction = random.doubles(x.length, -1, 1).toArray();
            double[] weights = random.doubles(x.length, -1, 1).toArray();
            Tensor variable = Tensor.variable(x);
            double[] gradient =
                    soft.sort(variable).backward(weights).of(variable).data();
            double slope = dot(gradient, direction);
            for (double h : new double[] {1e-4, 1e-5, 1e-6, 1e-7, 1e-8}) { // the best, as kinks are near, or rounding
                double up = dot(weights, sort(soft, add(x, h, direction)));
                double down = dot(weights, sort(soft, add(x, -h, direction)));
                if (Math.abs((up - down) / (2 * h) - slope) <= 1e-3 * (1 + Math.abs(slope))) return true;
            }
            return false;
        }
    },
    LIMIT("exact `sort` and `rank` as softness goes to 0") {
        @Override
        boolean holds(Soft soft, double[] x, Random random) {
            double[] apart = at(steps(x.length, random), shuffle(x.length, random));
            Soft sharp = soft.withSoftness(1e-6);
            return near(sort(sharp, apart), sorted(apart), 1e-4)
                    && near(rank(sharp, apart), rank(Soft.HARD, apart), 1e-4);
        }
    };

    /** Transport plans are solved to marginals of 1e-9; what is read from them is as good times the list. */
    static final double TOLERANCE = 1e-7;

    /** Sums of P. */
    static final double SUM_TOLERANCE = 1e-9;

    /** Standardising adds 1e-6 to a variance; the lists here have variances of 0.005 at least. */
    static final double FLOOR_TOLERANCE = 1e-3;

    final String words;

    MethodProperty(String words) {
        this.words = words;
    }

    abstract boolean holds(Soft soft, double[] x, Random random);

    /** Whether it is about P. */
    boolean ofMatrix() {
        return this == ROWS || this == COLUMNS;
    }

    static double[] sort(Soft soft, double[] x) {
        return soft.sort(Tensor.of(x.clone())).data();
    }

    /** 1 for the smallest. */
    static double[] rank(Soft soft, double[] x) {
        return soft.rank(Tensor.of(x.clone()), false).data();
    }

    private static double[] mask(Soft soft, double[] x, Random random) {
        return soft.topkMask(Tensor.of(x.clone()), 1 + random.nextInt(x.length)).data();
    }

    private static double[] sums(Soft soft, double[] x, boolean rows) {
        int n = x.length;
        double[] p = soft.argsort(Tensor.of(x.clone())).data();
        double[] sums = new double[n];
        for (int i = 0; i < p.length; i++) sums[rows ? i / n : i % n] += p[i];
        return sums;
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Ascending with gaps between 0.2 and 0.7. */
    private static double[] steps(int n, Random random) {
        double[] x = new double[n];
        for (int i = 1; i < n; i++) x[i] = x[i - 1] + 0.2 + 0.5 * random.nextDouble();
        return x;
    }

    static double[] sorted(double[] x) {
        double[] y = x.clone();
        Arrays.sort(y);
        return y;
    }

    private static double sum(double[] x) {
        return Arrays.stream(x).sum();
    }

    private static double size(double[] x) {
        return 1 + Arrays.stream(x).map(Math::abs).max().orElse(0);
    }

    private static double[] linear(double[] x, double k, double c) {
        return Arrays.stream(x).map(v -> k * v + c).toArray();
    }

    private static double[] add(double[] x, double h, double[] direction) {
        double[] y = x.clone();
        for (int i = 0; i < y.length; i++) y[i] += h * direction[i];
        return y;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static double[] reverse(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) y[i] = x[x.length - 1 - i];
        return y;
    }

    private static double[] at(double[] x, int[] from) {
        return Arrays.stream(from).mapToDouble(i -> x[i]).toArray();
    }

    private static int[] shuffle(int n, Random random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static boolean near(double[] a, double[] b, double tolerance) {
        for (int i = 0; i < a.length; i++) if (!(Math.abs(a[i] - b[i]) <= tolerance)) return false;
        return a.length == b.length;
    }
}
