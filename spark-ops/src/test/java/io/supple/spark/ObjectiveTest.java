// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Loss;
import io.supple.Losses;
import io.supple.Method;
import io.supple.Operator;
import io.supple.Ordering;
import io.supple.RankingLoss;
import io.supple.Soft;
import io.supple.SoftRankingObjective;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code soft_..._loss_objective}: what boosted trees are grown by, in SQL and in columns what core gives. */
class ObjectiveTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static final double[] SCORES = {0.3, -1.2, 0.8, 0.1};
    private static final double[] LABELS = {2, 0, 1, 0};
    private static final String CALL = "(array(0.3D, -1.2D, 0.8D, 0.1D), array(2, 0, 1, 0)";

    private static Operator operator(Loss loss) {
        return Losses.LOSSES.operators().get(List.of(Loss.values()).indexOf(loss)); // declared in the same order
    }

    private static void assertIs(Row struct, SoftRankingObjective.Round round) {
        assertThat(struct.schema().fieldNames()).containsExactly("value", "gradient", "hessian");
        assertThat(struct.getDouble(0)).isEqualTo(round.loss());
        assertThat(SqlCases.numbers(struct.get(1))).isEqualTo(round.gradient());
        assertThat(SqlCases.numbers(struct.get(2))).isEqualTo(round.hessian());
    }

    private static Row row(String sql) {
        return SESSION.sql("SELECT " + sql).first().getStruct(0);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void isThatOfCore(Loss loss) {
        RankingLoss plain = RankingLoss.of(loss);
        Operator operator = operator(loss);
        boolean softens = operator.relaxes();
        if (softens) plain = plain.withSoftness(0.7);
        String name = "soft_" + operator.name() + "_objective";
        SoftRankingObjective.Round round =
                SoftRankingObjective.of(plain).gradient(SCORES, LABELS, new int[] {0, 4}, null);
        assertThat(round.hessian()).doesNotContain(0);
        assertIs(row(name + CALL + (softens ? ", softness => 0.7)" : ")")), round);

        Dataset<Row> lists = SESSION.sql("SELECT array(0.3D, -1.2D, 0.8D, 0.1D) AS s, array(2, 0, 1, 0) AS y");
        SoftColumns soft = SoftColumns.of(Soft.smooth(0.7).withStandardize(false));
        assertIs(
                lists.select(soft.objective(operator, col("s"), col("y")))
                        .first()
                        .getStruct(0),
                round);
    }

    @Test
    void parametersAreThoseOfTheLoss() {
        RankingLoss loss = RankingLoss.of(Loss.APPROX_NDCG)
                .withMethod(Method.NEURALSORT)
                .withTruncationLevel(2)
                .withStandardize(true);
        assertIs(
                row("soft_approx_ndcg_loss_objective" + CALL
                        + ", k => 2, softness => 1, method => 'neuralsort', standardize => true)"),
                SoftRankingObjective.of(loss).gradient(SCORES, LABELS, new int[] {0, 4}, null));
    }

    @Test
    void missingElementsAreLeftOutAndKeepTheirPlaces() {
        Row struct = row("soft_gain_pairwise_loss_objective(array(0.3D, NULL, 0.8D, 0.1D), array(2, 1, NULL, 0))");
        assertThat(struct.<Double>getList(1).get(1)).isNull();
        assertThat(struct.<Double>getList(1).get(2)).isNull();
        assertThat(struct.<Double>getList(2).get(1)).isNull();
        SoftRankingObjective.Round round = SoftRankingObjective.of(RankingLoss.of(Loss.GAIN_PAIRWISE))
                .gradient(new double[] {0.3, 0.1}, new double[] {2, 0}, new int[] {0, 2}, null);
        assertThat(struct.getDouble(0)).isEqualTo(round.loss());
        assertThat(struct.<Double>getList(2).get(3)).isEqualTo(round.hessian()[1]);
    }

    @Test
    void listsThatDoNotCountMoveNothing() {
        for (String list : List.of("array(1D, 2D), array(0, 0)", "array(1D), array(3)", "array(1D, 2D), array(1, 1)")) {
            Row struct = row("soft_spearman_loss_objective(" + list + ")");
            assertThat(struct.getDouble(0)).isZero();
            for (Object g : struct.<Double>getList(1)) assertThat(g).isEqualTo(0.0);
            for (Object h : struct.<Double>getList(2)) assertThat(h).isEqualTo(1.0);
        }
        Row none = row("soft_spearman_loss_objective(array(), array())");
        assertThat(none.getDouble(0)).isZero();
        assertThat(none.getList(1)).isEmpty();
        assertThat(SESSION.sql("SELECT soft_spearman_loss_objective(NULL, array(1))")
                        .first()
                        .isNullAt(0))
                .isTrue();
    }

    /** As the value and its companion have it. */
    @Test
    void scoresThatAreNotFiniteGiveNaN() {
        String lists = "(array(1D, double('Infinity')), array(1, 0))";
        Row struct = row("soft_rank_net_loss_objective" + lists);
        assertThat(struct.getDouble(0)).isNaN();
        assertThat(SESSION.sql("SELECT soft_rank_net_loss" + lists).first().getDouble(0))
                .isNaN();
        for (int field = 1; field < 3; field++) {
            for (double each : SqlCases.numbers(struct.get(field)))
                assertThat(each).isNaN();
        }
    }

    @Test
    void generatedAndInterpretedCodeAgree() {
        String query =
                "SELECT soft_approx_ndcg_loss_objective(s, y) AS o FROM (SELECT array(cos(id), sin(id), id) AS s,"
                        + " array(id % 3, 1, 0) AS y FROM range(50))";
        List<Row> generated = SESSION.sql(query).collectAsList();
        SESSION.conf().set("spark.sql.codegen.wholeStage", "false");
        SESSION.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        try {
            assertThat(SESSION.sql(query).collectAsList()).isEqualTo(generated);
        } finally {
            SESSION.conf().unset("spark.sql.codegen.wholeStage");
            SESSION.conf().unset("spark.sql.codegen.factoryMode");
        }
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> row("soft_list_net_loss_objective" + CALL + ", softness => 0)"))
                .hasMessageContaining("soft_list_net_loss_objective: softness must be > 0");
        assertThatThrownBy(() -> row("soft_rank_net_loss_objective" + CALL + ", mode => 'hard')"))
                .hasMessageContaining("soft_rank_net_loss_objective: mode must be");
        assertThatThrownBy(() -> row("soft_rank_net_loss_objective(array(1D, 2D), array(-1, 0))"))
                .hasMessageContaining(
                        "soft_rank_net_loss_objective: labels must be an array of numbers >= 0 and finite, got -1.0");
        assertThatThrownBy(() -> SoftColumns.soft().objective(Ordering.RANK, col("s")))
                .hasMessageContaining("operator must be a loss of lists of scores")
                .hasMessageContaining("'rank'");
    }
}
