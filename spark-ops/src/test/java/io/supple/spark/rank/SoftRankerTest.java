// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.supple.SyntheticLists;
import io.supple.spark.ml.Declared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimator and its model as stages, and what their Params do. */
class SoftRankerTest {

    private static final Dataset<Row> LISTS =
            RankRows.of(SyntheticLists.topheavy(1, 60)).cache();

    private static List<Double> predictions(Dataset<Row> scored) {
        List<Double> all = new ArrayList<>();
        for (Row row : scored.orderBy("group", "label", "prediction")
                .select("prediction")
                .collectAsList()) {
            all.add(row.getDouble(0));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"listRank", "listStandard", "standard", "none"})
    void savedAndLoadedModelsScoreTheSame(String scaling, @TempDir Path folder) throws IOException {
        SoftRanker ranker = new SoftRanker()
                .setFeatureScaling(scaling)
                .setHiddenLayers(scaling.equals("standard") ? new int[] {2} : new int[0])
                .setMaxIter(4);
        ranker.save(folder.resolve("ranker").toString());
        SoftRanker loaded = SoftRanker.load(folder.resolve("ranker").toString());
        assertThat(loaded.explainParams()).isEqualTo(ranker.explainParams());
        SoftRankerModel model = ranker.fit(LISTS);
        model.save(folder.resolve("model").toString());
        SoftRankerModel again = SoftRankerModel.load(folder.resolve("model").toString());
        assertThat(again.explainParams()).isEqualTo(model.explainParams());
        assertThat(again.coefficients()).isEqualTo(model.coefficients());
        assertThat(again.numFeatures()).isEqualTo(10);
        assertThat(again.summary().toString()).isEqualTo(model.summary().toString());
        assertThat(again.summary().objectiveHistory())
                .containsExactly(model.summary().objectiveHistory());
        assertThat(predictions(again.transform(LISTS))).isEqualTo(predictions(model.transform(LISTS)));
        SoftRankerModel copy =
                model.copy(new ParamMap().put(model.predictionCol().w("score")));
        assertThat(copy.parent()).isSameAs(ranker);
        assertThat(copy.transform(LISTS).columns()).containsExactly("group", "label", "features", "score");
    }

    @Test
    void inAPipeline(@TempDir Path folder) throws IOException {
        Column[] columns = new Column[12];
        columns[0] = col("group");
        columns[1] = col("label");
        String[] names = new String[10];
        for (int j = 0; j < 10; j++) {
            names[j] = "x" + j;
            columns[2 + j] = functions
                    .vector_to_array(col("features"), "float64")
                    .getItem(j)
                    .as(names[j]);
        }
        Dataset<Row> flat = LISTS.select(columns);
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new VectorAssembler().setInputCols(names).setOutputCol("features"), new SoftRanker().setMaxIter(5)
        });
        PipelineModel model = pipeline.fit(flat);
        model.save(folder.resolve("model").toString());
        PipelineModel loaded = PipelineModel.load(folder.resolve("model").toString());
        assertThat(predictions(loaded.transform(flat))).isEqualTo(predictions(model.transform(flat)));
        pipeline.save(folder.resolve("pipeline").toString());
        assertThat(Pipeline.load(folder.resolve("pipeline").toString()).getStages())
                .hasSize(2);
        assertThat(model.transformSchema(flat.schema()).fieldNames()).endsWith("features", "prediction");
    }

    @Test
    void copiesKeepWhatIsSet() {
        List<Progress.Iteration> told = new ArrayList<>();
        SoftRanker ranker = new SoftRanker("mine").setLoss("listNet").setProgress(told::add);
        SoftRanker copy = ranker.copy(new ParamMap().put(ranker.maxIter().w(2)));
        assertThat(copy.uid()).isEqualTo("mine");
        assertThat(copy.getLoss()).isEqualTo("listNet");
        assertThat(copy.getMaxIter()).isEqualTo(2);
        assertThat(ranker.getMaxIter()).isEqualTo(100);
        assertThat(copy.fit(LISTS).uid()).isEqualTo("mine");
        assertThat(told).hasSize(3);
        assertThat(told.get(2).number()).isEqualTo(2);
        assertThat(told.get(2).most()).isEqualTo(2);
        assertThat(told.get(2).cutoff()).isEqualTo(10);
        assertThat(told.get(2).objective()).isLessThan(told.get(0).objective());
        assertThat(told.get(2).validationNdcg()).isNaN();
    }

    @Test
    void everyParamIsExplained() {
        SoftRanker ranker = new SoftRanker().setLabelGain(0, 1.5);
        for (Param<?> param : ranker.params()) {
            assertThat(ranker.explainParams()).contains(param.name() + ": " + param.doc());
        }
        assertThat(ranker.explainParam(ranker.evalAt())).endsWith("(default: [1, 5, 10])");
        assertThat(ranker.explainParams())
                .contains("current: [0.0, 1.5]")
                .doesNotContain("[I@")
                .doesNotContain("[D@");
    }

    /** The table of the document is what the Params say; {@code -Dapprove=true} writes it. */
    @Test
    void theDocumentListsThem() throws IOException {
        Path document = Path.of("../docs/soft-ranker.md");
        List<String> lines = Files.readAllLines(document);
        int start = lines.indexOf("| Param | default | says |") + 2;
        int end = start;
        while (end < lines.size() && lines.get(end).startsWith("|")) end++;
        List<String> expected = new ArrayList<>();
        SoftRanker ranker = new SoftRanker();
        for (Param<?> param : ranker.params()) {
            String value = ranker.hasDefault(param)
                    ? Declared.shown(ranker.getDefault(param).get()).replace("'", "")
                    : "";
            expected.add("| `" + param.name() + "` | " + value + " | " + param.doc() + " |");
        }
        if (Boolean.getBoolean("approve")) {
            List<String> written = new ArrayList<>(lines.subList(0, start));
            written.addAll(expected);
            written.addAll(lines.subList(end, lines.size()));
            Files.write(document, written);
        } else {
            assertThat(lines.subList(start, end)).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void theSummaryAgreesWithTheEvaluator() {
        Dataset<Row> lists = LISTS.withColumn("held", col("group").mod(4).equalTo(0));
        SoftRankerModel model = new SoftRanker()
                .setValidationIndicatorCol("held")
                .setEvalAt(2, 7, 1000)
                .setMaxIter(6)
                .fit(lists);
        TrainingSummary summary = model.summary();
        assertThat(summary.validationLists()).isEqualTo(15);
        assertThat(summary.listsUsed() + summary.listsSkipped()).isEqualTo(45);
        assertThat(summary.trainingNdcgHistory()).hasNumberOfRows(summary.objectiveHistory().length);
        Dataset<Row> scored = model.transform(lists).cache();
        for (int c = 0; c < 3; c++) {
            SoftRankingEvaluator evaluator = new SoftRankingEvaluator().setK(summary.evalAt()[c]);
            assertThat(summary.trainingNdcg()[c])
                    .isCloseTo(evaluator.evaluate(scored.filter("not held")), within(1e-12));
            assertThat(summary.validationNdcg()[c]).isCloseTo(evaluator.evaluate(scored.filter("held")), within(1e-12));
        }
        assertThat(summary.objective()).isEqualTo(summary.objectiveHistory()[6]);
        assertThat(summary.iterations()).isEqualTo(6);
        assertThat(summary.evaluations()).isGreaterThanOrEqualTo(7);
        assertThat(summary.stop()).contains("maxIter");
        assertThat(summary.cachedBytes()).isEqualTo(8 * 12 * LISTS.count());
        assertThat(summary.toString()).contains("lists of", "NDCG at [2, 7, 1000]", "validation");
        // validation lists are not trained on
        double[] alone = new SoftRanker()
                .setMaxIter(6)
                .fit(lists.filter("not held"))
                .coefficients()
                .toArray();
        assertThat(model.coefficients().toArray()).containsExactly(alone, within(1e-9));
    }

    /** Few rows and no penalty: a hidden layer overfits, and what is kept is what was best before. */
    @Test
    void earlyStoppingKeepsTheBest() {
        Dataset<Row> lists =
                LISTS.filter("group < 40").withColumn("held", col("group").geq(12));
        SoftRanker ranker = new SoftRanker()
                .setValidationIndicatorCol("held")
                .setLoss("leastSquares")
                .setHiddenLayers(16)
                .setRegParam(0)
                .setEarlyStoppingRounds(4);
        SoftRankerModel model = ranker.fit(lists);
        TrainingSummary summary = model.summary();
        int chosen = summary.chosenIteration();
        double[] judged = Arrays.stream(summary.validationNdcgHistory())
                .mapToDouble(all -> all[2])
                .toArray();
        assertThat(judged).hasSize(chosen + 5);
        assertThat(Arrays.stream(judged).max().getAsDouble()).isEqualTo(judged[chosen]);
        assertThat(summary.stop()).contains("no better validation NDCG in 4 iterations");
        assertThat(new SoftRankingEvaluator().setK(10).evaluate(model.transform(lists.filter("held"))))
                .isCloseTo(judged[chosen], within(1e-12));
    }

    @Test
    void elasticNetLeavesFeaturesOut() {
        SoftRanker ranker =
                new SoftRanker().setLoss("leastSquares").setElasticNetParam(0.5).setTol(1e-9);
        int[] zeros = new int[4];
        double[] reg = {0, 0.02, 0.3, 10};
        for (int i = 0; i < 4; i++) {
            double[] w = ranker.setRegParam(reg[i]).fit(LISTS).coefficients().toArray();
            zeros[i] = (int) Arrays.stream(w).filter(v -> v == 0).count();
        }
        assertThat(zeros[0]).isZero();
        assertThat(zeros[1]).isPositive();
        assertThat(zeros[2]).isGreaterThan(zeros[1]);
        assertThat(zeros[3]).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "rankNet, pairwise, smooth",
        "listMLE, pairwise, smooth",
        "lambdaLoss, pairwise, smooth",
        "approxNDCG, fast_soft_sort, c0",
        "approxNDCG, softsort, smooth",
        "approxNDCG, pairwise, c2",
        "neuralNDCG, softsort, smooth",
        "neuralNDCG, neuralsort, smooth",
        "softSpearman, neuralsort, smooth",
        "softSpearman, fast_soft_sort, smooth"
    })
    void everyLossLearns(String loss, String method, String mode) {
        SoftRanker ranker =
                new SoftRanker().setLoss(loss).setMode(mode).setRegParam(0.001).setMaxIter(15);
        if (!method.equals("pairwise")) ranker.setMethod(method);
        TrainingSummary summary = ranker.fit(LISTS).summary();
        assertThat(summary.objective()).isLessThan(summary.objectiveHistory()[0] + 1e-12);
        assertThat(summary.trainingNdcg()[2]).isGreaterThan(0.6); // in random order 0.38
    }

    @Test
    void softnessFallsFromStageToStage() {
        List<String> stages = new ArrayList<>();
        new SoftRanker()
                .setMaxIter(2)
                .setSoftness(0.5)
                .setSoftnessStart(4)
                .setSoftnessDecay(0.5)
                .setWarmStart("leastSquares")
                .setProgress(now -> {
                    if (now.number() == 0) stages.add(now.stage());
                })
                .fit(LISTS);
        assertThat(stages).hasSize(5);
        assertThat(stages.get(0)).startsWith("leastSquares");
        assertThat(stages.subList(1, 5))
                .extracting(stage -> stage.replaceFirst(".*softness=", ""))
                .containsExactly("4.0", "2.0", "1.0", "0.5");
    }

    @Test
    void labelGainIsAGain() {
        double[] table = new SoftRanker()
                .setLabelGain(0, 1, 3, 7, 15)
                .setMaxIter(5)
                .fit(LISTS)
                .coefficients()
                .toArray();
        double[] formula =
                new SoftRanker().setMaxIter(5).fit(LISTS).coefficients().toArray();
        assertThat(table).containsExactly(formula, within(1e-12));
        double[] linear = new SoftRanker()
                .setGain("linear")
                .setMaxIter(5)
                .fit(LISTS)
                .coefficients()
                .toArray();
        assertThat(linear).isNotEqualTo(formula);
    }

    /** Pairs would be five billion; fast_soft_sort sorts. */
    @Test
    void aLongListIsSorted() {
        int n = 100_000;
        Dataset<Row> rows = RankRows.SESSION
                .range(n)
                .select(
                        lit("all").as("group"),
                        col("id").mod(7).as("label"),
                        functions
                                .array_to_vector(array(
                                        col("id").mod(7).plus(col("id").mod(11)).cast("double"),
                                        col("id").mod(5).cast("double")))
                                .as("features"));
        SoftRankerModel model = new SoftRanker()
                .setMethod("fast_soft_sort")
                .setLoss("softSpearman")
                .setMaxIter(2)
                .fit(rows);
        assertThat(model.summary().rowsUsed()).isEqualTo(n);
        double[] w = model.coefficients().toArray();
        assertThat(w[0]).isGreaterThan(Math.abs(10 * w[1])); // the other feature has nothing to do with labels
        assertThat(model.transform(rows).filter("prediction IS NOT NULL").count())
                .isEqualTo(n);
    }
}
