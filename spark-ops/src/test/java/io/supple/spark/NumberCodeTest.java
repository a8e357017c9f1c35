// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Calls on numbers as generated Java: arguments of every type, missing ones, and the same results as interpreted. */
class NumberCodeTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static final String[] CALLS = {
        "soft_greater(d, 0.1D)",
        "soft_greater(d, f, softness => 0.5D, mode => 'c2')",
        "soft_greater(f, d, missing => 'ignore_nan')",
        "soft_greater(d, i, straight_through => true)",
        "soft_greater_vjp(d, i, straight_through => true)",
        "soft_greater_vjp(d, f, missing => 'ignore_nan')",
        "soft_greater_vjp(y => 0.25D, x => d, cotangent => d)",
        "soft_clamp_vjp(d, CAST(m AS DECIMAL(10, 2)), f, d)",
        "soft_eq(m, i, mode => 'hard')",
        "soft_where(b, d, m)",
        "soft_where(NULL, d, m)",
        "soft_logical_xor_vjp(b, abs(sin(d)), use_geometric_mean => true)",
        "soft_round(soft_abs(d) + soft_round(d))",
        "soft_div(d, i)",
    };

    private static List<Row> rows() {
        return SESSION.range(0, 60, 1, 2)
                .selectExpr(
                        "IF(id % 7 = 0, NULL, IF(id % 11 = 1, double('nan'), (id - 30) / 17D)) AS d",
                        "IF(id % 5 = 0, NULL, CAST((id - 20) / 13 AS FLOAT)) AS f",
                        "IF(id % 6 = 0, NULL, CAST(id % 3 AS INT)) AS i",
                        "IF(id % 4 = 0, NULL, CAST(id / 8 AS DECIMAL(8, 3))) AS m",
                        "IF(id % 9 = 0, NULL, id % 2 = 0) AS b")
                .selectExpr(CALLS)
                .collectAsList();
    }

    @Test
    void generatedAndInterpretedAreOne() {
        List<Row> interpreted;
        SESSION.conf().set("spark.sql.codegen.wholeStage", "false");
        SESSION.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        try {
            interpreted = rows();
        } finally {
            SESSION.conf().unset("spark.sql.codegen.wholeStage");
            SESSION.conf().unset("spark.sql.codegen.factoryMode");
        }
        List<Row> generated;
        SESSION.conf().set("spark.sql.codegen.factoryMode", "CODEGEN_ONLY");
        try {
            generated = rows();
        } finally {
            SESSION.conf().unset("spark.sql.codegen.factoryMode");
        }
        assertThat(generated).isEqualTo(interpreted).hasSize(60);
        for (int call = 0; call < CALLS.length; call++) {
            int at = call;
            assertThat(generated.stream().filter(row -> row.isNullAt(at)).count())
                    .as("NULLs of " + CALLS[call])
                    .isBetween(1L, CALLS[call].contains("NULL") ? 60L : 40L);
        }
    }

    /** NaN is a number unless it is to be left out. */
    @Test
    void nanIsMissingOnlyWhereItIsIgnored() {
        Row row = SESSION.range(1)
                .selectExpr("IF(id = 0, double('nan'), 1D) AS d")
                .selectExpr("soft_abs(d)", "soft_abs(d, missing => 'ignore_nan')", "soft_abs_vjp(d).grad_x")
                .first();
        assertThat(row.getDouble(0)).isNaN();
        assertThat(row.isNullAt(1)).isTrue();
        assertThat(row.getDouble(2)).isNaN();
    }

    @Test
    void literalsAreTheNumber() {
        assertThat(NumberCode.literal(0.1)).isEqualTo("0.1D");
        assertThat(NumberCode.literal(-1e-308)).isEqualTo("-1.0E-308D");
        assertThat(NumberCode.literal(-0.0)).isEqualTo("Double.longBitsToDouble(" + Long.MIN_VALUE + "L)");
        assertThat(NumberCode.literal(Double.NaN)).startsWith("Double.longBitsToDouble(");
    }

    @Test
    void generatedCodeHasNoCallInBetween() {
        String plan = code("soft_greater_vjp(id, 3D, mode => 'c1')");
        assertThat(plan).contains("soft_greater_vjp_c1").doesNotContain("SoftCall");
        assertThat(code("soft_rank(array(double(id)))")).contains("SoftCall");
    }

    private static String code(String call) {
        return SESSION.range(3)
                .selectExpr(call)
                .queryExecution()
                .explainString(org.apache.spark.sql.execution.ExplainMode.fromString("codegen"));
    }
}
