// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.Random;

/** What a method costs: the growth of what it allocates is measured, times are quoted. */
final class MethodCost {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    static final Run VALUE = (soft, x) -> soft.sort(Tensor.of(x));

    static final Run INDEX = (soft, x) -> soft.argsort(Tensor.of(x));

    static final Run VJP = (soft, x) -> {
        Tensor variable = Tensor.variable(x);
        return soft.sort(variable).sum().backward().of(variable);
    };

    private MethodCost() {}

    /** Something done with a list. */
    interface Run {
        Tensor of(Soft soft, double[] x);
    }

    /** The growth of the bytes allocated as n doubles, as a power of n. */
    static String growth(Method method, Run run) {
        int n = method == Method.OT ? 32 : 512;
        Soft soft = Soft.smooth(0.1).with(method);
        run.of(soft, list(n)); // classes are loaded
        double power = Math.log((double) bytes(run, soft, 2 * n) / bytes(run, soft, n)) / Math.log(2);
        long rounded = Math.round(power);
        return rounded == 1 ? "n" : "n^" + rounded;
    }

    private static long bytes(Run run, Soft soft, int n) {
        double[] x = list(n);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run.of(soft, x);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** As the Javadoc of the kernels has it. */
    static String time(Method method) {
        return switch (method) {
            case SOFTSORT -> "n log n (c-modes: plus the sum of the supports); P n^2";
            case NEURALSORT -> "n log n plus n times the window (smooth, long lists: n log n); P n^2";
            case FAST_SOFT_SORT -> "n log n";
            case OT -> "n^3 a step, ten to a few hundred steps";
            case SORTING_NETWORK -> "n log^2 n; P n^2 log^2 n";
            case SMOOTH_SORT -> "n^2, and n a step";
            case PAIRWISE -> throw new AssertionError("it sorts nothing");
        };
    }

    /** Runs on a list of the length and says which. */
    static String longest(Method method, boolean powersOfTwo) {
        int n = switch (method) {
            case SOFTSORT, NEURALSORT, FAST_SOFT_SORT -> 1_000_000;
            case OT -> 200;
            case SORTING_NETWORK -> powersOfTwo ? 65_536 : 50_000;
            case SMOOTH_SORT -> 2_000;
            case PAIRWISE -> throw new AssertionError("it sorts nothing");
        };
        for (double entry : VJP.of(Soft.smooth(0.1).with(method), list(n)).data()) {
            assertThat(entry).as("gradient of %s, n = %s", method, n).isFinite();
        }
        return String.format(java.util.Locale.ROOT, "%,d", n);
    }

    private static double[] list(int n) {
        return new Random(20130308).doubles(n, -1, 1).toArray();
    }
}
