// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a task refuses reaches the user as it was said, not inside Spark's story of the task. */
class RefusedRowTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soft_topk(array(1D, 2D), id) | soft_topk: k must be a whole number >= 1, got 0",
                "soft_abs_vjp(array(double(id)), array(1D, 2D)) | soft_abs_vjp: cotangent must be shaped as the value, an array"
                        + " of 1, got an array of 2",
                "soft_median_agg(nullif(double(id), 0D), missing => 'error') | soft_median_agg: x must have no NULL values"
                        + " (missing => 'error'), got 1 of 4 in a group",
            })
    void isThrownAsItIs(String call, String said) {
        String query = "SELECT " + call + " FROM range(0, 4, 1, 2)";
        assertThatThrownBy(() -> Sessions.shared().sql(query).collectAsList())
                .isInstanceOf(RefusedRow.class)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(said);
    }
}
