// SPDX-License-Identifier: Apache-2.0
package io.supple.benchmarks;

import io.supple.Method;
import io.supple.Mode;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Times an operator on lists from a file, one call for each list, on one thread: for comparison with other languages, which
 * get the same file.
 *
 * <p>Arguments: {@code file n sort|rank method mode softness rounds}. The file holds lists of n doubles, least byte first;
 * the results go to {@code file.out} in the same form. Prints nanoseconds per list, the least of all rounds. Lists are
 * taken as they are, not standardised; ranks ascend.
 */
public final class ListTimer {

    private ListTimer() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        double[][] lists = read(file, Integer.parseInt(args[1]));
        Soft soft = Soft.smooth(Double.parseDouble(args[5]))
                .with(Method.valueOf(args[3].toUpperCase(Locale.ROOT)))
                .with(Mode.valueOf(args[4].toUpperCase(Locale.ROOT)))
                .withStandardize(false);
        UnaryOperator<double[]> operator = args[2].equals("rank")
                ? x -> soft.rank(Tensor.of(x), false).data()
                : x -> soft.sort(Tensor.of(x)).data();
        double[][] results = new double[lists.length][];
        long least = Long.MAX_VALUE;
        for (int round = 0; round < Integer.parseInt(args[6]); round++) {
            long start = System.nanoTime();
            for (int i = 0; i < lists.length; i++) results[i] = operator.apply(lists[i]);
            least = Math.min(least, System.nanoTime() - start);
        }
        write(results, Path.of(file + ".out"));
        System.out.println((double) least / lists.length);
    }

    private static double[][] read(Path file, int n) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        double[][] lists = new double[bytes.capacity() / Double.BYTES / n][n];
        for (double[] list : lists) for (int i = 0; i < n; i++) list[i] = bytes.getDouble();
        return lists;
    }

    private static void write(double[][] lists, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(lists.length * lists[0].length * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (double[] list : lists) for (double x : list) bytes.putDouble(x);
        Files.write(file, bytes.array());
    }
}
