// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.Soft;
import io.supple.spark.Sessions;
import io.supple.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftStageTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static Dataset<Row> rows() {
        return SESSION.sql("SELECT id, id % 7 - 3 AS g, string(id % 3) AS h, double((id * id * 31) % 97) / 10 AS x,"
                + " double(id % 5) AS c FROM range(400)");
    }

    private static SoftRank rank() {
        return new SoftRank()
                .setInputCol("x")
                .setOutputCol("r")
                .setGroupCol("g")
                .setSoftness(0.05);
    }

    @Test
    void eachRowGetsItsOwnElementOfTheGroup() {
        List<Row> ranked = rank().transform(rows()).orderBy("g", "x", "id").collectAsList();
        assertThat(ranked).hasSize(400);
        for (int g = -3; g <= 3; g++) {
            int group = g;
            List<Row> of = ranked.stream().filter(r -> r.getLong(1) == group).toList();
            double[] x = of.stream().mapToDouble(r -> r.<Double>getAs("x")).toArray();
            double[] expected = Soft.smooth(0.05).rank(Tensor.of(x)).data();
            for (int i = 0; i < x.length; i++) {
                assertThat(of.get(i).<Double>getAs("r")).isCloseTo(expected[i], offset(1e-9));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 50})
    void partitionsAndRowOrderDoNotMatter(int partitions) {
        SoftRank stage = rank().setGroupCols("g", "h").setGradientCol("dr").setCotangentCol("c");
        List<Row> once = stage.transform(rows()).orderBy("id").collectAsList();
        List<Row> again = stage.transform(
                        rows().orderBy(col("x").desc(), col("id")).repartition(partitions))
                .orderBy("id")
                .collectAsList();
        assertThat(again).isEqualTo(once); // bit for bit
    }

    @Test
    void groupsOfAnyTypeAndNullGroups() {
        Dataset<Row> rows =
                SESSION.sql("SELECT * FROM VALUES (NULL, 1D), ('b', 5D), ('b', NULL), ('b', 4D), (NULL, 3D) t(g, x)");
        SoftRank stage = new SoftRank()
                .setInputCol("x")
                .setGroupCol("g")
                .setOutputCol("r")
                .setMode("hard");
        assertThatThrownBy(() -> stage.transform(rows).collect())
                .hasStackTraceContaining(
                        "SoftRank: column 'x' must have no NULL or NaN (handleInvalid = 'error'), got one");
        assertThatThrownBy(() -> stage.transform(rows.filter("x IS NOT NULL")).collect())
                .hasStackTraceContaining("SoftRank: group column 'g' must have no NULL or NaN");
        assertThat(stage.setHandleInvalid("skip")
                        .transform(rows)
                        .orderBy("x")
                        .select("x", "r")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[4.0,2.0], [5.0,1.0]]");
        assertThat(stage.setHandleInvalid("keep")
                        .transform(rows)
                        .orderBy("g", "x")
                        .select("x", "r")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[1.0,2.0], [3.0,1.0], [null,null], [4.0,2.0], [5.0,1.0]]");
    }

    @Test
    void listsInRowsWithGradients() {
        Dataset<Row> lists = SESSION.sql("SELECT array(3D, 1D, 2D) AS x, array(1D, 0D, 0D) AS c");
        Row row = new SoftRank()
                .setInputCol("x")
                .setOutputCol("r")
                .setGradientCol("dr")
                .setCotangentCol("c")
                .transform(lists)
                .first();
        Tensor x = Tensor.variable(3, 1, 2);
        Tensor ranks = Soft.smooth(0.1).rank(x);
        assertThat(row.<Double>getList(2)).containsExactly(box(ranks.data()));
        assertThat(row.<Double>getList(3))
                .containsExactly(box(ranks.backward(1, 0, 0).of(x).data()));
    }

    private static Double[] box(double[] values) {
        return Arrays.stream(values).boxed().toArray(Double[]::new);
    }

    @Test
    void listsWithMissingElements() {
        Dataset<Row> lists =
                SESSION.sql("SELECT * FROM VALUES (1, array(3D, NULL, 2D)), (2, array(3D, double('nan'))), (3, NULL),"
                        + " (4, array(1D, 2D)) t(i, x)");
        SoftRank stage = new SoftRank().setInputCol("x").setOutputCol("r").setMode("hard");
        assertThatThrownBy(() -> stage.transform(lists).collect())
                .hasStackTraceContaining("column 'x' must have no NULL or NaN");
        assertThat(stage.setHandleInvalid("skip").transform(lists).count()).isEqualTo(1);
        List<Row> kept =
                stage.setHandleInvalid("keep").transform(lists).orderBy("i").collectAsList();
        assertThat(kept.get(0).getList(2).toString()).isEqualTo("[1.0, null, 2.0]");
        assertThat(kept.get(1).getList(2).toString()).isEqualTo("[1.0, null]");
        assertThat(kept.get(2).isNullAt(2)).isTrue();
    }

    @Test
    void anyOperator() {
        Dataset<Row> lists = SESSION.sql("SELECT array(3D, 1D, 2D) AS x, array(1D, 1D, 9D) AS y");
        SoftTransformer topk =
                new SoftTransformer().setOperator("topk").setArguments("k => 2").setMode("hard");
        assertThat(topk.setInputCol("x")
                        .setOutputCol("t")
                        .transform(lists)
                        .first()
                        .getList(2)
                        .toString())
                .isEqualTo("[3.0, 2.0]");
        SoftTransformer greater = new SoftTransformer().setOperator("greater").setMode("hard");
        assertThat(greater.setInputCols("x", "y")
                        .setOutputCol("t")
                        .transform(lists)
                        .first()
                        .getList(2)
                        .toString())
                .isEqualTo("[1.0, 0.0, 0.0]");
        SoftTransformer mask = new SoftTransformer()
                .setOperator("topk_mask")
                .setArguments("k => 3")
                .setMode("hard");
        Dataset<Row> masked =
                mask.setInputCol("x").setGroupCol("g").setOutputCol("m").transform(rows());
        assertThat(masked.groupBy("g")
                        .sum("m")
                        .select("sum(m)")
                        .distinct()
                        .collectAsList()
                        .toString())
                .isEqualTo("[[3.0]]");
        SoftTransformer median = new SoftTransformer().setOperator("median").setMode("hard");
        Dataset<Row> repeated = median.setInputCol("x")
                .setGroupCol("g")
                .setOutputCol("m")
                .setGradientCol("dm")
                .transform(rows());
        assertThat(repeated.groupBy("g")
                        .sum("dm")
                        .select("sum(dm)")
                        .distinct()
                        .collectAsList()
                        .toString())
                .isEqualTo("[[1.0]]");
    }

    @Test
    void inAPipelineSavedAndLoaded(@TempDir Path folder) throws IOException {
        SoftRank stage = rank().setDescending(false).setHandleInvalid("keep").setMethod("softsort");
        PipelineModel model =
                new Pipeline().setStages(new PipelineStage[] {stage}).fit(rows());
        String path = folder.resolve("pipeline").toString();
        model.write().save(path);
        List<Row> before = model.transform(rows()).orderBy("id").collectAsList();
        assertThat(PipelineModel.load(path).transform(rows()).orderBy("id").collectAsList())
                .isEqualTo(before);
        stage.save(folder.resolve("stage").toString());
        SoftRank loaded = SoftRank.load(folder.resolve("stage").toString());
        assertThat(loaded.extractParamMap().toSeq().size())
                .isEqualTo(stage.extractParamMap().toSeq().size());
        assertThat(loaded.explainParams()).contains("descending: the largest element is first");
    }

    @Test
    void copiesKeepTheirParams() {
        SoftRank stage = rank().setDescending(false);
        SoftRank copy = stage.copy(new ParamMap().put(stage.softness().w(0.5)));
        assertThat(copy.getSoftness()).isEqualTo(0.5);
        assertThat((Boolean) copy.getOrDefault(copy.descending())).isFalse();
        assertThat(stage.getSoftness()).isEqualTo(0.05);
    }

    @Test
    void serviceFileNamesTheStages() {
        assertThat(ServiceLoader.load(Transformer.class).stream()
                        .map(p -> p.type().getSimpleName()))
                .contains("SoftRank", "SoftTransformer");
    }

    @Test
    void wrongSchemasAreRefusedBeforeAnyJob() {
        Dataset<Row> rows = SESSION.sql("SELECT 1 AS g, 'a' AS text, 2D AS number, array(1D) AS list, map(1, 2) AS m");
        assertRefused(
                rank().setInputCol("text"),
                rows,
                "inputCol must be a column of numbers where groupCol is set, got 'text' of type STRING");
        assertRefused(
                rank().setInputCol("numbr"),
                rows,
                "inputCol must be a column of the input, got 'numbr'; did you mean 'number'?");
        assertRefused(rank().setInputCol("list"), rows, "inputCol must be a column of numbers");
        assertRefused(
                new SoftRank().setInputCol("number").setOutputCol("r"),
                rows,
                "set groupCol to make lists of the rows of a group");
        assertRefused(
                rank().setInputCol("number").setOutputCol("g"),
                rows,
                "outputCol must be a new column, got 'g', which exists");
        assertRefused(
                rank().setInputCol("number").setOutputCol(""),
                rows,
                "outputCol must be the name of a new column, got ''");
        assertRefused(rank().setInputCol("number").setGroupCol("m"), rows, "column 'm' must have an order");
        assertRefused(
                new SoftTransformer().setOperator("topk").setInputCol("list"),
                rows,
                "k must be a whole number >= 1, got nothing");
        assertRefused(
                new SoftTransformer().setOperator("topk").setArguments("k => 0").setInputCol("list"),
                rows,
                "k must be a whole number >= 1, got 0");
        assertRefused(
                new SoftTransformer()
                        .setOperator("topk")
                        .setArguments("k => 1")
                        .setInputCol("number")
                        .setGroupCol("g"),
                rows,
                "topk_mask has one for each row");
        assertRefused(new SoftTransformer().setInputCol("list"), rows, "operator must be set, got nothing");
        assertThatThrownBy(() -> new SoftRank().setSoftness(0)).hasMessageContaining("softness");
        assertThatThrownBy(() -> new SoftRank().setMode("smoth")).hasMessageContaining("mode");
    }

    private static void assertRefused(SoftStage<?> stage, Dataset<Row> rows, String message) {
        assertThatThrownBy(() -> stage.transform(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
