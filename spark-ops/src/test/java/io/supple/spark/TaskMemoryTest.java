// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Lists that are too long for the heap or for a cell are refused by name and size, and the session lives on. */
class TaskMemoryTest {

    @Test
    void matrixThatTheHeapCannotHoldIsRefusedByName() {
        var session = Sessions.shared();
        String query =
                "SELECT soft_argsort(transform(sequence(1, n), i -> sin(i))) FROM (SELECT 40000 + id AS n FROM range(1))";
        assertThatThrownBy(() -> session.sql(query).collectAsList())
                .hasStackTraceContaining(
                        "soft_argsort: a list must fit in the memory of its task with what is computed of it,"
                                + " got 40000 numbers in a heap of ");
        assertThat(session.range(3).count()).isEqualTo(3);
    }

    @Test
    void anErrorBesideAShortListStaysWhatItIs() {
        OutOfMemoryError full = new OutOfMemoryError("elsewhere");
        assertThatThrownBy(() -> TaskMemory.exceeded("soft_sort", 3, full)).isSameAs(full);
    }

    @Test
    void squareThatACellDoesNotHoldIsRefusedBeforeItIsCopied() {
        assertThatCode(() -> TaskMemory.requireCell(16_256, 16_256)).doesNotThrowAnyException();
        assertThatThrownBy(() -> TaskMemory.requireCell(16_257, 16_257))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the value must fit in a cell of Spark, 2147483632 bytes, got 16257 rows of 16257 numbers; ask for"
                                + " fewer rows, or for values instead of a matrix");
    }
}
