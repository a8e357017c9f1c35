// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import io.supple.algebra.LinearAlgebra;
import io.supple.algebra.PlainAlgebra;
import io.supple.spark.algebra.BlasAlgebra;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;

/**
 * Prints what products of 100,000 x 136 rows with 136 x 64 weights take, there and back, by each linear algebra in turn in one
 * JVM, one thread: as one block, as lists of 120, and with rows that are loaded each time. A program, not a test.
 */
final class ProductTable {

    private static final int N = 100_000;
    private static final int D = 136;
    private static final int H = 64;
    private static final int LIST = 120;
    private static final int ROUNDS = 7;

    private ProductTable() {}

    private interface Work {
        void run();
    }

    /** Medians of times in ms, after one round that does not count. */
    private static double median(Work work) {
        double[] ms = new double[ROUNDS];
        work.run();
        for (int r = 0; r < ROUNDS; r++) {
            long start = System.nanoTime();
            work.run();
            ms[r] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(ms);
        return ms[ROUNDS / 2];
    }

    /** As the ranker does it. */
    private static void evaluate(LinearAlgebra.Product product, LinearAlgebra.Rows rows, int n, int list, double[] y) {
        double[] g = new double[D * H];
        for (int from = 0; from < n; from += list) {
            int some = Math.min(list, n - from);
            product.forward(rows, from, some, y);
            product.vjp(rows, from, some, y, g);
        }
    }

    public static void main(String[] args) {
        PrintStream out = System.out;
        double[] x = new Random(1).doubles((long) N * D, -1, 1).toArray();
        double[] w = new Random(2).doubles((long) D * H, -1, 1).toArray();
        double[] y = new double[N * H];
        double[] g = new double[D * H];
        out.println("BLAS is " + BlasAlgebra.library() + ", JDK " + Runtime.version() + ", OMP_NUM_THREADS "
                + System.getenv("OMP_NUM_THREADS"));
        out.println("| ms | load rows | forward | vjp | both, lists of 120 | both, rows loaded each time |");
        for (LinearAlgebra algebra : new LinearAlgebra[] {new PlainAlgebra(), new BlasAlgebra(), new Nd4jAlgebra()}) {
            try (LinearAlgebra.Rows rows = algebra.load(x, N, D);
                    LinearAlgebra.Product product = algebra.product(w, D, H)) {
                double load = median(() -> algebra.load(x, N, D).close());
                double forward = median(() -> product.forward(rows, 0, N, y));
                double back = median(() -> product.vjp(rows, 0, N, y, g));
                double lists = median(() -> evaluate(product, rows, N, LIST, y));
                double loaded = median(() -> {
                    try (LinearAlgebra.Rows again = algebra.load(x, N, D)) {
                        evaluate(product, again, N, N, y);
                    }
                });
                out.printf(
                        Locale.ROOT,
                        "| %s | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
                        algebra.name(),
                        load,
                        forward,
                        back,
                        lists,
                        loaded);
            }
        }
        double copied = median(() -> System.arraycopy(y, 0, new double[y.length], 0, y.length));
        out.printf(Locale.ROOT, "copying Y on the heap: %.1f ms%n", copied);
        sizes(out, x, w, y);
        memory(out, x, w, y);
    }

    /** From which size of the weights on a library pays, list by list. */
    private static void sizes(PrintStream out, double[] x, double[] w, double[] y) {
        int n = N / 10;
        out.println("| d x h, lists of 120, us a list there and back | plain | blas | nd4j |");
        for (int[] size : new int[][] {{5, 4}, {8, 8}, {16, 8}, {16, 16}, {32, 16}, {32, 32}, {64, 32}, {136, 64}}) {
            int d = size[0];
            int h = size[1];
            double[] us = new double[3];
            int k = 0;
            for (LinearAlgebra algebra :
                    new LinearAlgebra[] {new PlainAlgebra(), new BlasAlgebra(), new Nd4jAlgebra()}) {
                try (LinearAlgebra.Rows rows = algebra.load(Arrays.copyOf(x, n * d), n, d);
                        LinearAlgebra.Product product = algebra.product(Arrays.copyOf(w, d * h), d, h)) {
                    for (int warm = 0; warm < 5; warm++) evaluate(product, rows, n, LIST, y);
                    us[k++] = median(() -> evaluate(product, rows, n, LIST, y)) * 1e3 * LIST / n;
                }
            }
            out.printf(Locale.ROOT, "| %d x %d | %.1f | %.1f | %.1f |%n", d, h, us[0], us[1], us[2]);
        }
    }

    private static void memory(PrintStream out, double[] x, double[] w, double[] y) {
        LinearAlgebra nd4j = new Nd4jAlgebra();
        int n = N / 10;
        try (LinearAlgebra.Rows rows = nd4j.load(Arrays.copyOf(x, n * D), n, D)) {
            long before = 0;
            for (int i = 0; i < 1_050; i++) {
                if (i == 50) before = Pointer.physicalBytes();
                try (LinearAlgebra.Product product = nd4j.product(w, D, H)) {
                    evaluate(product, rows, n, n, y);
                }
            }
            out.printf(
                    Locale.ROOT,
                    "resident bytes of the process before and after 1,000 evaluations of %d rows: %.1f MB, %.1f MB%n",
                    n,
                    before / 1e6,
                    Pointer.physicalBytes() / 1e6);
        }
    }
}
