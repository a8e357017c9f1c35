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
                "soft_argmax(X, mode => 'hard', return_log_probs => true)"
                        + " | [0.0,\"-Infinity\",\"-Infinity\",\"-Infinity\",\"-Infinity\"]",
                "soft_argsort(array(3D, NULL), mode => 'hard', return_log_probs => true) | [null,[0.0,\"-Infinity\"]]",
                "soft_argmax(array(NULL, NULL), return_log_probs => true) | [\"-Infinity\",\"-Infinity\"]",
                "soft_argquantile(array(NULL), array(0.1D, 0.9D), return_log_probs => true)"
                        + " | [[\"-Infinity\"],[\"-Infinity\"]]",
                "soft_argmax(array(1D), log_prob_eps => NULL)          | [1.0]",
                "soft_argmax(array(1D), return_log_probs => NULL)      | null",
                "soft_take(X, array(array(0.5D, 9D, 0.5D, 9D, 0D)))    | [2.0]",
                "soft_take(X, array(array(0.5D, NULL, 0.5D, NULL, 0D))) | [2.0]",
                "soft_take(X, array(array(1D, 0D, 0D, 0D, 0D), NULL, array(0D, 0D, 0D, 0D, 1D))) | [3.0,null,2.0]",
                "soft_take_along_dim(X, array(array(0.5D, 9D, 0.5D, 9D, 0D))) | [2.0]",
                "soft_take(X, soft_argsort(X, mode => 'hard'))         | [null,null,1.0,2.0,3.0]",
                "soft_take(array(), array(array(), array()))           | [null,null]",
                "soft_take(array(NULL), array(array(1D)))              | [null]",
                "soft_take(X, array())                                 | []",
                "soft_take(X, array(NULL))                             | [null]",
                "soft_take(X, NULL)                                    | null",
                "soft_take(array(1), array(array(1)))                  | [1.0]",
                "soft_take(array(1D), array(array(NULL)), missing => 'null') | null",
                "soft_take(array(1D), array(NULL), missing => 'null')  | null",
                "soft_take_vjp(array(3D, NULL, 1D), array(array(0D, 5D, 1D), NULL, array(0.5D, 5D, 0.5D)),"
                        + " array(1D, 7D, 2D)) | {\"value\":[1.0,null,2.0],\"grad_x\":[1.0,null,2.0],"
                        + "\"grad_soft_index\":[[3.0,null,1.0],null,[6.0,null,2.0]]}",
                "soft_take_vjp(array(NULL), array(array(1D), NULL), array(1D, 1D))"
                        + " | {\"value\":[null,null],\"grad_x\":[null],\"grad_soft_index\":[[null],null]}",
                "soft_index_select(X, array(0.5D, 9D, 0.5D, 9D, 0D))   | 2.0",
                "soft_index_select(array(1D, 2D, 3D), array(1D, NULL, 1D)) | 4.0",
                "soft_index_select(array(NULL), array(1D))             | null",
                "soft_index_select(array(), array())                   | null",
                "soft_index_select_vjp(array(1D, 2D, 3D), array(1D, NULL, 1D))"
                        + " | {\"value\":4.0,\"grad_x\":[1.0,null,1.0],\"grad_soft_index\":[1.0,null,3.0]}",
                "soft_choose(array(0.5D, 0.5D, NULL), array(4D, 2D, 8D)) | 3.0",
                "soft_choose(array(), array())                         | null",
                "soft_narrow(X, array(0D, 9D, 1D, 9D, 0D), 2)          | [1.0,2.0]",
                "soft_narrow(X, array(1D, 9D, 0D, 9D, 0D), 9)          | [3.0,1.0,2.0]",
                "soft_narrow(array(NULL), array(1D), 2)                | []",
                "soft_where(array(1D, 0D, NULL), array(1D, NULL, 3D), 9D) | [1.0,null,null]",
                "soft_where(array(true, false), 1D, 2)                 | [1.0,2.0]",
                "soft_where(true, 1D, 2D)                              | 1.0",
                "soft_where(NULL, 1D, 2D)                              | null",
                "soft_where_vjp(array(1D, 0.5D, NULL), 3D, array(1D, 2D, 4D), array(1D, 1D, 1D))"
                        + " | {\"value\":[3.0,2.5,null],\"grad_condition\":[2.0,1.0,null],"
                        + "\"grad_x\":1.5,\"grad_y\":[0.0,0.5,null]}",
                "soft_sort_by(X, array(1D, 0D, 2D, 0D, 3D), mode => 'hard') | [null,null,3.0,1.0,2.0]",
                "soft_mrr(X, array(0D, 9D, 0D, 9D, 2D), mode => 'hard') | 0.5",
                "soft_mrr(X, array(0D, 9D, NULL, 9D, 2D), NULL, mode => 'hard') | 0.5",
                "soft_mrr(X, array(0D, 9D, NULL, 9D, 2D), 1, mode => 'hard') | 0.0",
                "soft_mrr(X, array(0, NULL, 0, -1, 2), mode => 'hard') | 0.5",
                "soft_mrr_vjp(X, array(0D, 9D, 0D, 9D, 2D), mode => 'hard')"
                        + " | {\"value\":0.5,\"grad_scores\":[0.0,null,0.0,null,0.0]}",
                "soft_mrr(X, array(0D, 0D, double('nan'), 0D, 2D), mode => 'hard', missing => 'ignore_nan') | 0.5",
                "soft_precision(X, array(0, 1, 1, 1, 1), 10)           | 0.2",
                "soft_precision(X, array(0, 1, 1, 1, 1), NULL)         | null",
                "soft_ndcg(X, NULL)                                    | null",
                "soft_ndcg(array(), array())                           | 1.0",
                "soft_ndcg(array(NULL), array(1D), empty_list => 'zero') | 0.0",
                "soft_ndcg(array(), array(), empty_list => 'nan')      | null",
                "soft_ndcg(array(1D, 2D), array(0D, 0D), empty_list => 'nan') | \"NaN\"",
                "soft_spearman(X, array(3D, 1D, 1D, 2D, 2D), mode => 'hard') | 1.0",
                "soft_spearman(array(1D, NULL), array(1D, 2D))         | \"NaN\"",
                "soft_spearman(array(), array())                       | null",
                "soft_spearman_vjp(array(1D, NULL), array(1D, 2D))"
                        + " | {\"value\":\"NaN\",\"grad_x\":[0.0,null],\"grad_y\":[0.0,null]}",
                "soft_percentile(X, 50, mode => 'hard')                | 2.0",
                "soft_norm(array(3D, NULL, 4D))                        | 5.0",
                "soft_norm(array())                                    | 0.0",
                "soft_div(array(1D, NULL, 3D), array(0D, 1D, 2D))      | [0.0,null,1.5]",
                "soft_bernoulli(array(0D, NULL, 1D), 7, mode => 'hard') | [0.0,null,1.0]",
                "soft_multinomial(array(0D, NULL, 1D), 7, 3, mode => 'hard') | [0.0,null,3.0]",
                "soft_categorical(array(double('-inf'), NULL, 1D), 7, 2, mode => 'hard') | [[0.0,0.0,1.0],[0.0,0.0,1.0]]",
                "soft_choice(array(5D, NULL), array(1D, 1D), 7, mode => 'hard') | [5.0]",
                "soft_permutation(array(NULL, 5D), 7, mode => 'hard')  | [null,5.0]",
                "soft_bernoulli(0.5D, NULL)                            | null",
                "soft_bernoulli(0.5D, CAST(NULL AS BIGINT))            | null",
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
                "soft_take(X, array(array(1D, 0D)))"
                        + " | soft_take: soft_index must have rows of the length of x, 5, got 2 in row 1",
                "soft_take(array(1D, 2D), array(array(1D, 0D), array(NULL, 1D)))"
                        + " | soft_take: soft_index must have a number for each element of x that is there, got NULL at place 1"
                        + " of row 2",
                "soft_take(array(1D), array(array(double('nan'))), missing => 'ignore_nan')"
                        + " | soft_take: soft_index must have a number for each element of x that is there, got NaN",
                "soft_take(array(1D), array(NULL), missing => 'error')"
                        + " | soft_take: soft_index must have no NULL rows (missing => 'error'), got 1 of 1",
                "soft_index_select(X, array(1D)) | soft_index_select: soft_index must be an array of the length of x, 5,"
                        + " got an array of 1",
                "soft_choose(array(1D), X) | soft_choose: choices must be an array of the length of soft_index, 1",
                "soft_take_vjp(array(1D), array(array(1D), NULL), array(1D)) | soft_take_vjp: cotangent must be shaped as the"
                        + " value, an array of 2, got an array of 1",
                "soft_categorical(X, 7, 4, false) | soft_categorical: draws must be at most the length of the list, 3,"
                        + " without replacement, got 4",
            })
    void refusals(String call, String message) {
        assertThatThrownBy(() -> sql(call.strip().replace("X", X))).hasStackTraceContaining(message.strip());
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
