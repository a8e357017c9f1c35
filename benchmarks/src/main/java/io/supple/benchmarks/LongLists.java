// SPDX-License-Identifier: Apache-2.0
package io.supple.benchmarks;

import io.supple.Method;
import io.supple.Soft;
import io.supple.VectorUnit;
import io.supple.kernel.Sorting;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * How time grows with the length of one list, from 1,000 to 1,000,000 elements, and how it compares with
 * {@code Arrays.sort} and an argsort of the same list. Prints a table in Markdown.
 *
 * <pre>{@code
 * java -Xmx512m --add-modules jdk.incubator.vector -cp benchmarks/target/benchmarks.jar io.supple.benchmarks.LongLists
 * }</pre>
 */
public final class LongLists {

    private static final int[] LENGTHS = {1000, 10_000, 100_000, 1_000_000};

    /** Elements that are sorted before anything counts. */
    private static final long WARM_UP = 20_000_000;

    private static final int ROUNDS = 7;

    private LongLists() {}

    /** Runs. */
    public static void main(String[] args) {
        Soft softsort = Soft.smooth(0.1).with(Method.SOFTSORT);
        Soft neuralsort = Soft.smooth(0.1);
        System.out.printf(
                Locale.ROOT,
                "JDK %s, one thread, loops: %s, heap %,d MB; best of %d, contenders in turn.%n%n",
                Runtime.version(),
                VectorUnit.name(),
                Runtime.getRuntime().maxMemory() >> 20,
                ROUNDS);
        System.out.println("| n | Arrays.sort + argsort, ns/element | softsort | ratio | its ranks | with gradient |"
                + " neuralsort | with gradient |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (int n : LENGTHS) {
            double[] x = new Random(n).doubles(n, -1, 1).toArray();
            double[] g = new Random(1).doubles(n).toArray();
            Runnable[] contenders = {
                () -> {
                    double[] sorted = x.clone();
                    Arrays.sort(sorted);
                    Sorting.argsort(x, 0, n, false);
                },
                () -> softsort.sort(Tensor.of(x)),
                () -> softsort.rank(Tensor.of(x)),
                () -> withGradient(softsort, x, g),
                () -> neuralsort.sort(Tensor.of(x)),
                () -> withGradient(neuralsort, x, g),
            };
            double[] best = best(contenders, n);
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %.1f | %.1f | %.2f | %.1f | %.1f | %.0f | %.0f |%n",
                    n,
                    best[0],
                    best[1],
                    best[1] / best[0],
                    best[2],
                    best[3],
                    best[4],
                    best[5]);
        }
    }

    private static void withGradient(Soft soft, double[] x, double[] g) {
        Tensor variable = Tensor.variable(x);
        soft.sort(variable).backward(g).of(variable);
    }

    /** For each contender the shortest time of an element, in nanoseconds. */
    private static double[] best(Runnable[] contenders, int n) {
        double[] best = new double[contenders.length];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        long repeats = Math.max(1, 200_000 / n);
        for (Runnable contender : contenders) {
            for (long done = 0; done < Math.min(WARM_UP, 2_000L * n); done += n) contender.run();
            if (n == LENGTHS[LENGTHS.length - 1]) System.gc();
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int c = 0; c < contenders.length; c++) {
                long start = System.nanoTime();
                for (long k = 0; k < repeats; k++) contenders[c].run();
                best[c] = Math.min(best[c], (System.nanoTime() - start) / (double) repeats / n);
            }
        }
        return best;
    }
}
