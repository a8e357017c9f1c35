// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.ml.PipelineModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model knows need not be said again. */
class ModelColumnsTest {

    @TempDir
    private static Path folder;

    private static Calls calls;

    @BeforeAll
    static void model() throws IOException {
        Sessions.shared();
        StringBuilder rows = new StringBuilder("query,click,x,other\n");
        for (int i = 0; i < 40; i++) rows.append(i / 5 + "," + i % 3 % 2 + "," + i % 7 + "," + i % 2 + "\n");
        Files.writeString(folder.resolve("in.csv"), rows);
        calls = new Calls(folder);
        calls.succeeds("train @in.csv @model --group query --label click --features x --prediction-col s --max-iter 2");
        calls.succeeds("score @model @in.csv @scored.parquet");
    }

    @Test
    void evaluateTakesThemFromTheModel() {
        calls.succeeds("evaluate @scored.parquet --group query --label click --prediction s --features x");
        String said = calls.out();
        calls.succeeds("evaluate @scored.parquet --model @model --features x".replace("@model", calls.at("model")));
        assertThat(calls.out()).isEqualTo(said);
        assertThat(calls.err()).contains("lists by 'query', labels in 'click'");
        // what is named is before what the model has
        calls.succeeds("evaluate @scored.parquet --features x --label other --model " + calls.at("model"));
        assertThat(calls.out()).isNotEqualTo(said);
        assertThat(calls.err()).contains("lists by 'query', labels in 'other'");
    }

    @Test
    void aTableThatLacksThemIsReadByItsUsualColumns() throws IOException {
        Files.writeString(folder.resolve("usual.csv"), "qid,label,prediction\n1,0,0.5\n1,1,0.75\n");
        calls.succeeds("evaluate @usual.csv --model " + calls.at("model"));
        assertThat(calls.err()).contains("lists by 'qid', labels in 'label'");
    }

    @Test
    void aModelKnowsItsLabel() {
        PipelineModel read = PipelineModel.load(calls.at("model"));
        assertThat(Models.ranker(read).getLabelCol()).isEqualTo("click");
    }

    @Test
    void theHighestLabelIsCheckedBeforeListsAreJudged() throws IOException {
        Files.writeString(folder.resolve("graded.csv"), "qid,label,prediction\n1,0,0.5\n1,3,0.75\n");
        calls.refuses(
                2,
                "evaluate @graded.csv --max-label 2",
                "evaluate: --max-label must be at least the largest label of the input, 3.0, got 2");
        calls.succeeds("evaluate @graded.csv --max-label 3");
    }

    @Test
    void aScoreDoesNotReplaceAColumn() throws IOException {
        calls.refuses(
                2,
                "score @model @in.csv @again.parquet --prediction x",
                "score: --prediction: predictionCol must be a new column, got 'x', which the input has; name another");
    }
}
