// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of NULL and NaN elements, empty arrays and NULL arguments. */
class MissingElementsTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static String sql(String expression) {
        return SESSION.sql("SELECT to_json(struct(" + expression + " AS r), map('ignoreNullFields', 'false'))")
                .collectAsList()
                .get(0)
                .getString(0)
                .replaceFirst("^\\{\"r\":(.*)\\}$", "$1");
    }

    private static final String X = "array(3D, NULL, 1D, NULL, 2D)";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soft_rank(X, mode => 'hard')                          | [1.0,null,3.0,null,2.0]",
                "soft_sort(X, mode => 'hard')                          | [null,null,1.0,2.0,3.0]",
                "soft_sort(X, true, mode => 'hard')                    | [3.0,2.0,1.0,null,null]",
                "soft_topk(X, 2, mode => 'hard')                       | [3.0,2.0]",
                "soft_topk(X, 9, mode => 'hard')                       | [3.0,2.0,1.0]",
                "soft_topk_mask(X, 2, mode => 'hard')                  | [1.0,null,0.0,null,1.0]",
                "soft_argmax(X, mode => 'hard')                        | [1.0,0.0,0.0,0.0,0.0]",
                "soft_argtopk(X, 1, mode => 'hard')                    | [[1.0,0.0,0.0,0.0,0.0]]",
                "soft_argsort(array(3D, NULL, 1D), mode => 'hard')     | [null,[0.0,0.0,1.0],[1.0,0.0,0.0]]",
                "soft_max(X, mode => 'hard')                           | 3.0",
                "soft_quantile(X, 0.5, mode => 'hard')                 | 2.0",
                "soft_quantile(X, array(0D, 1D), mode => 'hard')       | [1.0,3.0]",
                "soft_argquantile(X, 0, mode => 'hard')                | [0.0,0.0,1.0,0.0,0.0]",
                "soft_abs(array(-1D, NULL), mode => 'hard')            | [1.0,null]",
                "soft_greater(X, 1.5, mode => 'hard')                  | [1.0,null,0.0,null,1.0]",
                "soft_greater(array(1D, NULL, 3D), array(NULL, 1D, 2D), mode => 'hard') | [null,null,1.0]",
                "soft_all(array(0.5D, NULL, 0.5D))                     | 0.25",
                "soft_rank(X, mode => 'hard', missing => 'null')       | null",
                "soft_rank(array(3D, double('nan'), 1D), mode => 'hard')                          | [2.0,1.0,3.0]",
                "soft_rank(array(3D, double('nan'), 1D), mode => 'hard', missing => 'ignore_nan') | [1.0,null,2.0]",
                "soft_rank(array(3D, double('nan'), 1D))               | [\"NaN\",\"NaN\",\"NaN\"]",
                "soft_abs(double('nan'), missing => 'ignore_nan')      | null",
                "soft_rank(array())                                    | []",
                "soft_sort(array(NULL, NULL))                          | [null,null]",
                "soft_argsort(array(NULL, NULL))                       | [null,null]",
                "soft_argmax(array(NULL, NULL))                        | [0.0,0.0]",
                "soft_topk(array(NULL), 3)                             | []",
                "soft_max(array())                                     | null",
                "soft_median(array(NULL))                              | null",
                "soft_quantile(array(), array(0.1D, 0.9D))             | [null,null]",
                "soft_argquantile(array(NULL), array(0.1D, 0.9D))      | [[0.0],[0.0]]",
                "soft_all(array())                                     | 1.0",
                "soft_any(array())                                     | 0.0",
                "soft_rank(NULL)                                       | null",
                "soft_abs(NULL)                                        | null",
                "soft_topk(X, NULL)                                    | null",
                "soft_rank(X, softness => NULL)                        | null",
                "soft_sort_vjp(X, array(0D, 0D, 5D, 7D, 9D), mode => 'hard')"
                        + " | {\"value\":[null,null,1.0,2.0,3.0],\"grad_x\":[9.0,null,5.0,null,7.0]}",
                "soft_max_vjp(array(), mode => 'hard')                 | {\"value\":null,\"grad_x\":[]}",
                "soft_max_vjp(X, mode => 'hard')                       | {\"value\":3.0,\"grad_x\":[1.0,null,0.0,null,0.0]}",
            })
    void policy(String call, String expected) {
        assertThat(sql(call.strip().replace("X", X))).as(call).isEqualTo(expected.strip());
    }

    @Test
    void errorIsAnError() {
        assertThatThrownBy(() -> sql("soft_rank(" + X + ", missing => 'error')"))
                .hasStackTraceContaining("soft_rank: x must have no NULL elements (missing => 'error'), got 2 of 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "array(1.5F, 0.5F)",
                "array(15, 5)",
                "array(15L, 5L)",
                "array(15S, 5S)",
                "array(15Y, 5Y)",
                "array(1.5, 0.5)",
                "array(1.5BD, NULL, 0.5BD)",
            })
    void everyNumericType(String array) {
        String asDoubles = "transform(" + array + ", v -> double(v))";
        assertThat(sql("soft_sort(" + array + ")")).isEqualTo(sql("soft_sort(" + asDoubles + ")"));
    }

    @Test
    void booleansAreTruthValues() {
        assertThat(sql("soft_logical_and(true, 0.5)")).isEqualTo("0.5");
        assertThat(sql("soft_any(array(false, true))")).isEqualTo("1.0");
    }
}
