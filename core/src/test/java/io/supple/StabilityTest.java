// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.kernel.NotConvergedException;
import io.supple.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tables of docs/stability.md are what happens to hard inputs. */
class StabilityTest {

    private static final double[] SOFTNESSES = {1e-6, 1e-4, 0.1, 1e6};

    private static final Map<String, double[]> INPUTS = new LinkedHashMap<>();

    static {
        INPUTS.put("all equal", new double[] {2, 2, 2, 2, 2, 2, 2});
        INPUTS.put("ties", new double[] {1, 1, 2, 2, 3, 3, 3});
        INPUTS.put("zeros of both signs", new double[] {0.0, -0.0, 0.0, -0.0, 1, 1, 0});
        INPUTS.put("near 1e308, both signs", new double[] {1e308, -1e308, 1e308, 0, 1e307, -1e307, 1, 1e308});
        INPUTS.put(
                "near 1e-308 and below", new double[] {1e-308, -1e-308, Double.MIN_VALUE, 0, 1e-300, 2e-308, -1e-300});
        INPUTS.put(
                "1e6 with gaps of 1e-6", new double[] {1e6, 1e6 + 1e-6, 1e6 - 1e-6, 1e6, 1e6 + 2e-6, 1e6 - 3e-6, 1e6});
        INPUTS.put("one outlier, 1e15", new double[] {0.3, -0.2, 1.1, 1e15, 0.7, -0.9, 0.1});
        INPUTS.put("two clusters 1e12 apart", new double[] {0.3, 1e12, -0.2, 1e12 + 0.5, 1e12 - 0.25, 0.7, -0.9});
        INPUTS.put("list of torchsort issue 63", new double[] {0.1, 0.3, 0.5, 0.03, 0.2, 0.15, 0.65, 0.7, 0.9});
        INPUTS.put("n = 1", new double[] {0.7});
        INPUTS.put("n = 2", new double[] {0.7, -0.4});
        INPUTS.put("NaN inside", new double[] {0.3, -0.2, Double.NaN, 1.1, 0.7});
        INPUTS.put("infinity inside", new double[] {0.3, -0.2, Double.POSITIVE_INFINITY, 1.1, 0.7});
    }

    private static final List<Operator> OPERATORS = List.of(Ordering.SORT, Ordering.RANK, Ordering.ARGSORT);

    /** What happened to one input under one method: all modes, softnesses and operators. */
    private static final class Tally {
        int calls;
        int refused;
        double largest;

        String cell(boolean finite) {
            if (!finite) return "NaN";
            String size = largest == 0 ? "0" : "1e" + Math.round(Math.log10(largest));
            return refused == 0 ? "ok, " + size : "refused in " + refused + " of " + calls + ", else ok, " + size;
        }
    }

    @Test
    void tablesAreApproved() throws IOException {
        for (boolean standardize : new boolean[] {true, false}) {
            List<Method> methods = new ArrayList<>(List.of(Method.values()));
            if (standardize) methods.removeIf(method -> !method.standardizes());
            List<String> names = methods.stream().map(Setting::name).toList();
            String table = ApprovedTable.of("input", names, List.copyOf(INPUTS.keySet()), input -> {
                List<String> cells = new ArrayList<>(List.of(input));
                double[] x = INPUTS.get(input);
                boolean finite = Arrays.stream(x).allMatch(Double::isFinite);
                for (Method method : methods)
                    cells.add(tally(method, standardize, x, finite).cell(finite));
                return cells;
            });
            ApprovedTable.check("stability.md", standardize ? "standardised" : "raw", table);
        }
    }

    private static Tally tally(Method method, boolean standardize, double[] x, boolean finite) {
        Tally tally = new Tally();
        for (Setting setting : Setting.of(method)) {
            if (setting.standardize() != standardize) continue;
            for (double softness : SOFTNESSES) {
                for (Operator operator : OPERATORS) {
                    if (operator == Ordering.ARGSORT && !method.hasMatrix()) continue;
                    if (operator == Ordering.SORT && !method.hasPlaces()) continue;
                    count(tally, new Case(operator, setting.soft(softness), List.of(Tensor.of(x.clone()))), finite);
                }
            }
        }
        return tally;
    }

    private static void count(Tally tally, Case c, boolean finite) {
        tally.calls++;
        String input = c + " of " + Arrays.toString(c.data()[0].data());
        try {
            double[] values = c.value().data();
            double[] gradients = c.gradients()[0];
            if (!finite) {
                assertThat(values).as(input).containsOnly(Double.NaN);
                return;
            }
            for (double value : values) assertThat(value).as(input).isFinite();
            for (double gradient : gradients) {
                assertThat(gradient).as("gradient of %s", input).isFinite();
                tally.largest = Math.max(tally.largest, Math.abs(gradient));
            }
        } catch (NotConvergedException refused) {
            tally.refused++;
        }
    }
}
