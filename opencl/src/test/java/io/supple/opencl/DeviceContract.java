// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.Comparison;
import io.supple.Elementwise;
import io.supple.Operator;
import io.supple.device.RowSession;
import io.supple.device.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel gives what the JVM gives, forward and backward, for ragged batches with and without ties. */
class DeviceContract {

    /** Relative; see {@link Difference}. */
    private static final double TOLERANCE = 1e-12;

    private static final EquivalenceTable TABLE = new EquivalenceTable();

    @AfterAll
    static void publish() throws IOException {
        TABLE.publish();
    }

    @ParameterizedTest(name = "work-groups of {0}")
    @ValueSource(ints = {32, 64, 128})
    void projectionsAreThoseOfTheJvm(int group) {
        compare(group, RowCases.projections(), RowCases.LENGTHS);
    }

    @ParameterizedTest(name = "work-groups of {0}")
    @ValueSource(ints = {32, 64, 128})
    void functionsOfSingleNumbersAreThoseOfTheJvm(int group) {
        compare(group, RowCases.placewise(), RowCases.LENGTHS);
    }

    @ParameterizedTest(name = "work-groups of {0}")
    @ValueSource(ints = {32, 64, 128})
    void ordersAreThoseOfTheJvm(int group) {
        List<RowCases.Case> cases = RowCases.ordered().stream()
                .filter(c -> group == 64 || c.name().equals("sort") || c.name().equals("rank"))
                .toList();
        compare(group, cases, RowCases.SHORT_LENGTHS);
    }

    /** Rows of the widest class, and one that is left to the JVM. */
    @Test
    void longOrdersAreThoseOfTheJvm() {
        List<RowCases.Case> cases = RowCases.ordered().stream()
                .filter(c -> c.name().equals("rank"))
                .filter(c -> c.mode().endsWith("smooth") || c.mode().endsWith("c0"))
                .toList();
        compare(64, cases, 257, 1024, 1025);
    }

    /** Were they left to the JVM, they would be equal without a kernel. */
    @Test
    void theNamedOperatorsHaveKernels() {
        List<String> placewise = names(Elementwise.ELEMENTWISE.operators());
        placewise.addAll(names(Comparison.COMPARISON.operators()));
        assertThat(RowCases.placewise()).allSatisfy(c -> {
            if (placewise.contains(c.name()))
                assertThat(c.function().kernel()).as(c.toString()).isNotNull();
        });
        assertThat(RowCases.placewise()).extracting(RowCases.Case::name).containsAll(placewise);
        assertThat(RowCases.ordered())
                .extracting(RowCases.Case::name)
                .contains("sort", "rank", "topk", "quantile", "percentile", "median", "max");
    }

    private static List<String> names(List<Operator> operators) {
        return operators.stream().map(Operator::name).collect(Collectors.toCollection(ArrayList::new));
    }

    private static void compare(int group, List<RowCases.Case> cases, int... lengths) {
        List<String> wrong = new ArrayList<>();
        try (OpenClDevice device = TestDevice.open(group);
                RowSession session = device.session()) {
            for (RowCases.Case c : cases) {
                Difference difference = new Difference();
                long before = session.times().kernel();
                int[] taken = RowCases.takesEmptyRows(c.function())
                        ? lengths
                        : Arrays.stream(lengths).filter(n -> n > 0).toArray();
                for (boolean ties : new boolean[] {false, true}) {
                    Rows rows = RowCases.batch(c.function().columns(), ties, 7, taken);
                    difference.add(session, c.function(), rows, 3);
                }
                if (!(Math.max(difference.values, difference.gradients) <= TOLERANCE)) {
                    wrong.add(c + ": " + difference.values + ", " + difference.gradients + ", " + difference.worst);
                }
                TABLE.add(device.name(), c, difference, session.times().kernel() > before);
            }
        }
        assertThat(wrong).isEmpty();
    }
}
