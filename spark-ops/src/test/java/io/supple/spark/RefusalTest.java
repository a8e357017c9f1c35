// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Catalogue;
import io.supple.Unsolvable;
import io.supple.kernel.NotConvergedException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constants that do not go together are refused before any row is read, in the function's name; positions stay. */
class RefusalTest {

    private static final SparkSession SESSION = Sessions.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soft_sort(X, mode => 'c0', method => 'smooth_sort')"
                        + " | soft_sort: mode must be 'smooth' or 'hard' with method 'smooth_sort', got 'c0'",
                "soft_sort_vjp(X, X, mode => 'c2_pnorm', method => 'smooth_sort') | soft_sort_vjp: mode must be 'smooth'",
                "soft_argsort(X, method => 'fast_soft_sort') | soft_argsort: method must be one of 'softsort', 'neuralsort',"
                        + " 'ot', 'sorting_network', got 'fast_soft_sort': a projection onto the permutahedron",
                "soft_sort_by(X, X, method => 'smooth_sort') | soft_sort_by: method must be one of",
                "soft_argmax(X, log_prob_eps => 0.1)"
                        + " | soft_argmax: log_prob_eps must be left out unless return_log_probs is true, got 0.1",
                "soft_argmax(X, return_log_probs => true, log_prob_eps => 0)"
                        + " | soft_argmax: log_prob_eps must be in (0, 1], got 0.0",
                "soft_categorical(X, 1, return_log_probs => 'yes')"
                        + " | soft_categorical: return_log_probs must be true or false, got 'yes'",
                "soft_take(X, X) | soft_take: soft_index must be an array of soft indices, one weight for each element, got"
                        + " 'x' of type ARRAY<DOUBLE>",
                "soft_take(array(X), array(X)) | soft_take: x must be an array of numbers, got the expression array(t.x) of"
                        + " type ARRAY<ARRAY<DOUBLE>>",
                "soft_rank(name) | soft_rank: x must be an array of numbers, got 'name' of type STRING",
                "soft_topk_mask(X, name) | soft_topk_mask: k must be a whole number >= 1, got 'name' of type STRING",
                "soft_rank(X, softness => size(X)) | soft_rank: softness must be a constant, got the expression size(t.x)",
                "soft_index_select(X, array(X)) | soft_index_select: soft_index must be a soft index",
                "soft_take_vjp(X, array(X), 1D) | soft_take_vjp: cotangent must be a value of type ARRAY<DOUBLE>",
            })
    void atAnalysis(String call, String message) {
        String query = "SELECT " + call.strip().replace("X", "x") + " FROM VALUES (array(2D, 1D), 'a') t(x, name)";
        assertThatThrownBy(() -> SESSION.sql(query))
                .as(query)
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void logarithmsComeAfterTheMissingPolicy() {
        assertThat(new SqlFunction(Catalogue.operator("argmax"), false).signature())
                .isEqualTo(
                        "soft_argmax(x, softness => 0.1, mode => 'smooth', method => 'softsort', standardize => true,"
                                + " straight_through => false, missing => 'ignore', return_log_probs => false,"
                                + " log_prob_eps => NULL)");
        assertThat(SESSION.sql("SELECT soft_argmax(array(2D, 1D), 0.1, 'hard', 'softsort', true, false, 'null', true)")
                        .first()
                        .getList(0)
                        .toString())
                .isEqualTo("[0.0, -Infinity]");
    }

    /** Whether it is a constant or a column. */
    @Test
    void aNullOfTheWrongType() {
        for (String k : new String[] {"CAST(NULL AS STRING)", "IF(id >= 0, CAST(NULL AS STRING), NULL)"}) {
            assertThatThrownBy(() -> Sessions.shared()
                            .sql("SELECT soft_topk(array(1D, 2D), " + k + ") FROM range(1)")
                            .collect())
                    .hasMessageContaining("soft_topk: k must be a whole number >= 1, got the expression")
                    .hasMessageContaining("of type STRING");
        }
        assertThat(Sessions.shared()
                        .sql("SELECT soft_topk(array(1D, 2D), NULL), soft_topk(array(1D, 2D), CAST(NULL AS INT))")
                        .first()
                        .toString())
                .isEqualTo("[null,null]");
    }

    @Test
    void whatDoesNotConvergeIsToldInTheFunctionsName() {
        SqlFunction function = new SqlFunction(Unsolvable.operator(), false);
        DataType[] types = {SqlFunction.ARRAY, null};
        Object[] constants = {null, Missing.IGNORE};
        SoftCall call = new SoftPlan(function, types, constants, false).newCall();
        call.setArray(0, Cells.write(new double[] {1, 2}));
        assertThatThrownBy(call::run)
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("soft_unsolvable: transport: did not converge within 7 iterations"
                        + "; another method or a larger softness may have a result")
                .hasCauseInstanceOf(NotConvergedException.class);
    }
}
