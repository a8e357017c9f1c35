// SPDX-License-Identifier: Apache-2.0
package io.supple.benchmarks;

import io.supple.Method;
import io.supple.Mode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link OrderBenchmark} and prints a table in Markdown: for each method, mode and length the nanoseconds an element of
 * sorting and of ranking, how many times that it takes with the gradient, and the bytes that are allocated.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar                        # everything, half an hour
 * java -jar benchmarks/target/benchmarks.jar softsort,ot smooth,c0 10,100
 * }</pre>
 *
 * <p>JMH itself, with all its options: {@code java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main -h}.
 */
public final class OrderTable {

    private static final List<Integer> LENGTHS = List.of(10, 100, 1000, 10_000, 100_000);

    /** Longest lists of methods whose time grows with the square of the length: longer ones would take hours. */
    private static final Map<String, Integer> LONGEST = Map.of("ot", 1000, "smooth_sort", 10_000, "pairwise", 10_000);

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private static final String JDK = "jdkSort";

    /** The JDK's time for each length, which no method or mode changes. */
    private final Map<String, Double> jdk = new TreeMap<>();

    private OrderTable() {}

    /**
     * Runs the benchmarks.
     *
     * @param args methods, modes and lengths, each separated by commas; those left off at the end are all there are
     * @throws RunnerException if JMH cannot start
     */
    public static void main(String[] args) throws RunnerException {
        List<String> methods = chosen(args, 0, names(Method.values()));
        List<String> modes = chosen(args, 1, names(Mode.values()));
        modes.remove("hard");
        List<String> lengths =
                chosen(args, 2, LENGTHS.stream().map(n -> Integer.toString(n)).toList());
        System.out.println("| method | mode | n | sort, ns/element | with gradient | rank, ns/element | with gradient |"
                + " sort, bytes/element | Arrays.sort, ns/element |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|");
        OrderTable table = new OrderTable();
        for (String method : methods) {
            for (String mode : modes) {
                if (exists(method, mode)) table.print(method, mode, lengths);
            }
        }
    }

    private static List<String> chosen(String[] args, int at, List<String> all) {
        if (args.length <= at) return new ArrayList<>(all);
        List<String> chosen = new ArrayList<>(List.of(args[at].split(",")));
        for (String each : chosen) {
            if (!all.contains(each)) {
                throw new IllegalArgumentException("must be among " + String.join(", ", all) + ", got " + each);
            }
        }
        return chosen;
    }

    private static List<String> names(Enum<?>[] values) {
        List<String> names = new ArrayList<>();
        for (Enum<?> value : values) names.add(value.name().toLowerCase(Locale.ROOT));
        return names;
    }

    private static boolean exists(String method, String mode) {
        return Method.valueOf(method.toUpperCase(Locale.ROOT)).existsIn(Mode.valueOf(mode.toUpperCase(Locale.ROOT)));
    }

    private void print(String method, String mode, List<String> lengths) throws RunnerException {
        for (String n : lengths) {
            if (Integer.parseInt(n) > LONGEST.getOrDefault(method, Integer.MAX_VALUE)) continue;
            String sorts = Method.valueOf(method.toUpperCase(Locale.ROOT)).hasPlaces() ? "sort|" : "";
            String what = sorts + (jdk.containsKey(n) ? "" : JDK + "|");
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include(OrderBenchmark.class.getName() + "\\.(" + what + "rank).*")
                            .param("method", method)
                            .param("mode", mode)
                            .param("n", n)
                            .addProfiler(GCProfiler.class)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run();
            Map<String, Double> time = new TreeMap<>();
            double bytes = Double.NaN;
            for (RunResult result : results) {
                String name = result.getPrimaryResult().getLabel();
                time.put(name, result.getPrimaryResult().getScore() / Integer.parseInt(n));
                Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
                if (name.equals(sorts.isEmpty() ? "rank" : "sort") && allocated != null)
                    bytes = allocated.getScore() / Integer.parseInt(n);
            }
            jdk.computeIfAbsent(n, length -> time.get(JDK));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %.0f | %.1f |%n",
                    method,
                    mode,
                    n,
                    sorts.isEmpty() ? "- | -" : pair(time, "sort"),
                    pair(time, "rank"),
                    bytes,
                    jdk.get(n));
        }
    }

    private static String pair(Map<String, Double> time, String name) {
        double value = time.get(name);
        return String.format(Locale.ROOT, "%.1f | %.1f x", value, time.get(name + "WithGradient") / value);
    }
}
