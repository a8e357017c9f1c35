// SPDX-License-Identifier: Apache-2.0
package io.supple.benchmarks;

import io.supple.Method;
import io.supple.Mode;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Soft sorting and ranking of one list, with and without gradient, beside the JDK's sort of the same list.
 * {@link OrderTable} runs it for all methods, modes and lengths.
 */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class OrderBenchmark {

    /** Length of the list. */
    @Param({"10", "100", "1000", "10000", "100000"})
    private int n;

    /** How the soft permutation is made. */
    @Param({"softsort", "neuralsort", "fast_soft_sort", "sorting_network", "ot", "smooth_sort"})
    private String method;

    /** Smoothness class. */
    @Param({"smooth", "c0", "c1", "c2"})
    private String mode;

    private Soft soft;
    private double[] list;
    private double[] cotangent;

    /** Makes the list. */
    @Setup
    public void prepare() {
        list = new Random(1).doubles(n).toArray();
        cotangent = new Random(2).doubles(n).toArray();
        soft = Soft.smooth(0.1)
                .with(Method.valueOf(method.toUpperCase(Locale.ROOT)))
                .with(Mode.valueOf(mode.toUpperCase(Locale.ROOT)));
    }

    /** The JDK's sort. */
    @Benchmark
    public double[] jdkSort() {
        double[] sorted = list.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Soft sorted values. */
    @Benchmark
    public Tensor sort() {
        return soft.sort(Tensor.of(list));
    }

    /** Soft ranks. */
    @Benchmark
    public Tensor rank() {
        return soft.rank(Tensor.of(list));
    }

    /** Soft sorted values and their gradient. */
    @Benchmark
    public Tensor sortWithGradient() {
        Tensor x = Tensor.variable(list);
        return soft.sort(x).backward(cotangent).of(x);
    }

    /** Soft ranks and their gradient. */
    @Benchmark
    public Tensor rankWithGradient() {
        Tensor x = Tensor.variable(list);
        return soft.rank(x).backward(cotangent).of(x);
    }
}
