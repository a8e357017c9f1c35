// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.supple.ListGenerator;
import io.supple.Soft;
import io.supple.spark.Sessions;
import io.supple.spark.rank.SoftRanker;
import io.supple.spark.rank.SoftRankerModel;
import io.supple.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From drawn lists to a model, its scores and a report, as commands. */
class RankingCommandsTest {

    private static SparkSession session;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    /** Lists and a model that every test may read. */
    @BeforeAll
    static void model() {
        session = Sessions.shared();
        Calls calls = new Calls(shared);
        calls.succeeds("generate @train.letor --queries 40 --seed 1 --features 6 --rows 4,20");
        calls.succeeds("generate @test.csv --queries 30 --seed 2 --features 6 --rows 4,20");
        calls.succeeds("train @train.letor @model --max-iter 5 --eval-at 3,5 --group qid");
        calls.succeeds("generate @test.letor --queries 30 --seed 2 --features 6 --rows 4,20");
        calls.succeeds("score @model @test.letor @scored.parquet");
    }

    private Calls calls() {
        return new Calls(folder);
    }

    private static String shared(String words) {
        return words.replace("$", shared + "/");
    }

    @Test
    void listsAreThoseOfTheGenerator() {
        Dataset<Row> rows = session.read()
                .format("letor")
                .load(shared.resolve("train.letor").toString());
        ListGenerator generator = ListGenerator.of(1).withFeatures(6).withLengths(4, 20, 1);
        long count = 0;
        for (int list = 0; list < 40; list++) count += generator.list(list).labels().length;
        assertThat(rows.count()).isEqualTo(count);
        Row row = rows.filter("qid = '7'").first();
        assertThat(Stream.of(generator.list(7).features())
                        .anyMatch(x -> java.util.Arrays.equals(
                                x, row.<Vector>getAs("features").toArray())))
                .isTrue();
        Dataset<Row> text = session.read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(shared.resolve("test.csv").toString());
        assertThat(text.columns()).containsExactly("qid", "label", "f0", "f1", "f2", "f3", "f4", "f5");
    }

    @Test
    void otherSetsAndTheTruth() {
        Calls calls = calls();
        calls.succeeds("generate @top.parquet --set topheavy --queries 200 --seed 1");
        Dataset<Row> top = session.read().parquet(calls.at("top.parquet"));
        assertThat(top.count()).isEqualTo(4888); // as the set is defined
        assertThat(top.agg(functions.sum("label")).first().getDouble(0)).isEqualTo(5537);
        calls.succeeds("generate @all.parquet --queries 20 --truth --weights 1 --ties 0.5 --noise 0");
        Dataset<Row> all = session.read().parquet(calls.at("all.parquet"));
        assertThat(all.columns()).contains("utility", "position", "click", "weight");
        calls.succeeds("evaluate @all.parquet --prediction utility --k 5");
        assertThat(calls.out()).containsPattern("utility +1\\.0000 \\(0\\.0000\\)"); // no noise: nothing is better
    }

    @Test
    void theModelIsThatOfTheStage() throws IOException {
        Dataset<Row> rows = session.read()
                .format("letor")
                .load(shared.resolve("train.letor").toString());
        SoftRankerModel expected = new SoftRanker()
                .setGroupCol("qid")
                .setMaxIter(5)
                .setEvalAt(3, 5)
                .fit(rows);
        PipelineModel read = PipelineModel.load(shared.resolve("model").toString());
        SoftRankerModel model = (SoftRankerModel) read.stages()[0];
        double[] w = expected.coefficients().toArray();
        for (int j = 0; j < w.length; j++) {
            assertThat(model.coefficients().apply(j)).isCloseTo(w[j], within(1e-9));
        }
        List<String> history = Files.readAllLines(shared.resolve("model/history.csv"));
        assertThat(history.get(0)).isEqualTo("iteration,objective,training NDCG@3,training NDCG@5");
        assertThat(history).hasSize(1 + expected.summary().objectiveHistory().length);
        String[] last = history.get(history.size() - 1).split(",", -1);
        assertThat(Double.parseDouble(last[1])).isCloseTo(expected.summary().objective(), within(1e-9));
    }

    @Test
    void scoresAreThoseOfTheModelAndEvaluatedAsSuch() throws IOException {
        Dataset<Row> scored =
                session.read().parquet(shared.resolve("scored.parquet").toString());
        assertThat(scored.columns()).contains("label", "qid", "features", "prediction");
        double sum = 0;
        List<Row> lists = scored.groupBy("qid")
                .agg(
                        functions.collect_list("prediction").as("s"),
                        functions.collect_list("label").as("y"))
                .collectAsList();
        for (Row list : lists) {
            sum += Soft.HARD
                    .ndcg(Tensor.of(doubles(list.getList(1))), Tensor.of(doubles(list.getList(2))), 5)
                    .item();
        }
        Calls calls = calls();
        String page = calls.at("report.html");
        calls.succeeds(shared("evaluate $scored.parquet --k 5 --model $model --report " + page));
        assertThat(calls.out())
                .contains(String.format(Locale.ROOT, "prediction  %15.4f", sum / 30)
                        .strip()
                        .substring(12));
        String html = Files.readString(Path.of(page));
        assertThat(html).contains(String.format(Locale.ROOT, "<td>%.4f (", sum / 30));
        assertThat(html).contains("<h2>Training</h2>").contains("Training: NDCG@5");
        assertThat(calls.files()).containsExactly("report.html");
        assertThat(calls.line(shared("evaluate $scored.parquet --k 5 --report " + page)))
                .isEqualTo(2);
        assertThat(calls.err()).contains("--report must not exist").contains("--overwrite");
        calls.succeeds(shared("evaluate $scored.parquet --k 5 --overwrite --report " + page));
    }

    private static double[] doubles(List<Double> boxed) {
        return boxed.stream().mapToDouble(x -> x).toArray();
    }

    @Test
    void featuresMayBeColumnsAndValidationAFileOrAColumn() throws IOException {
        Calls calls = calls();
        calls.succeeds(shared("train $test.csv @model --max-iter 3 --validation $test.csv --early-stopping-rounds 2"));
        assertThat(calls.err()).contains("features f0, f1, f2, f3, f4, f5").contains("validation NDCG@10");
        assertThat(calls.out()).containsPattern("validation  NDCG@1 0\\.");
        assertThat(Files.readAllLines(folder.resolve("model/history.csv")).get(0))
                .contains("validation NDCG@10");
        calls.succeeds(shared("score @model $test.csv @scored.csv --prediction mine --columns qid,label"));
        Dataset<Row> scored = session.read().option("header", "true").csv(calls.at("scored.csv"));
        assertThat(scored.columns()).containsExactly("qid", "label", "mine");
        assertThat(scored.count())
                .isEqualTo(session.read()
                        .option("header", "true")
                        .csv(shared.resolve("test.csv").toString())
                        .count());

        session.read()
                .format("letor")
                .load(shared.resolve("train.letor").toString())
                .withColumn("held", functions.expr("CAST(qid AS INT) % 4 = 0"))
                .write()
                .parquet(calls.at("marked.parquet"));
        calls.succeeds("train @marked.parquet @other --max-iter 2 --validation-col held --loss gainPairwise");
        assertThat(calls.out()).contains("validation  NDCG@1");
        calls.refuses(2, "train @marked.parquet @new --validation-col helt", "did you mean 'held'?");
    }

    @Test
    void trainingAndValidationMayNumberTheirListsAlike() {
        Calls calls = calls();
        calls.succeeds(shared("train $test.csv @model --max-iter 2"));
        String lists = line(calls.out(), "lists");
        double objective = Double.parseDouble(line(calls.out(), "objective"));
        calls.succeeds(shared("train $test.csv @both --max-iter 2 --validation $test.csv"));
        assertThat(line(calls.out(), "lists")).isEqualTo(lists);
        assertThat(Double.parseDouble(line(calls.out(), "objective"))).isCloseTo(objective, within(1e-9));
    }

    private static String line(String out, String name) {
        return out.lines()
                .filter(each -> each.startsWith(name + " "))
                .map(each -> each.substring(name.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyParamIsAnOption() {
        Calls calls = calls();
        calls.succeeds("train --help");
        String help = calls.out().replaceAll("\\s+", " ");
        for (Param<?> param : new SoftRanker().params()) {
            if (List.of("featuresCol", "labelCol", "groupCol", "validationIndicatorCol")
                    .contains(param.name())) continue;
            assertThat(help).contains(ParamOptions.option(param.name()));
        }
        assertThat(help).contains("default approxNDCG").contains("default 0.03").contains("default 1,5,10");
        for (String command : List.of("generate", "train", "score", "evaluate")) {
            calls.succeeds(command + " --help");
            assertThat(calls.out()).contains("Examples:").contains("  supple " + command + " ");
        }
    }

    @Test
    void progressIsOneLineForAPersonAndLinesForALog() {
        StringWriter watched = new StringWriter();
        StringWriter logged = new StringWriter();
        ProgressLine line = new ProgressLine(new Terminal(new PrintWriter(watched)), new PrintWriter(watched), true);
        ProgressLine log = new ProgressLine(new Terminal(new PrintWriter(logged)), new PrintWriter(logged), false);
        for (int i = 0; i < 3; i++) {
            var at = new io.supple.spark.rank.Progress.Iteration(
                    "approxNDCG", i, 100, 0.5 - i / 10.0, 1, 10, 0.25, i == 2 ? 0.75 : Double.NaN);
            line.after(at);
            log.after(at);
        }
        line.close();
        log.close();
        assertThat(watched.toString().chars().filter(c -> c == '\n').count()).isEqualTo(1);
        assertThat(logged.toString().lines())
                .hasSize(3)
                .last()
                .asString()
                .contains("iteration 2 of at most 100")
                .contains("objective 0.300000")
                .contains("validation NDCG@10 0.7500");
        assertThat(logged.toString()).contains("training NDCG@10 0.2500").doesNotContain("\r");
    }

    // ---- wrong input

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate @x.letor --queries 0                  | --queries must be a whole number >= 1, got 0",
                "generate @x.letor --queries 1 --rows 5         | --rows must be two numbers, the fewest and the most, such as 5,200, got 1",
                "generate @x.letor --queries 1 --rows 9,5       | longest must be >= shortest, 9, got 5",
                "generate @x.letor --queries 1 --missing 2      | missing must be in [0, 1], got 2.0",
                "generate @x.letor --queries 1 --truth          | --truth must be left out in format letor",
                "generate @x.csv --queries 1 --set curved --ties 1 | must be left out unless --set is graded",
                "generate @x.csv --queries 1 --set flat         | --set must be one of graded, topheavy, curved, got 'flat'; 'supple generate --help'",
                "generate $train.letor --queries 1              | the output must not exist",
                "train no.letor @m                              | the input must be an existing file or folder, got 'no.letor'",
                "train no.xlsx @m                               | must be known from its extension",
                "train $train.letor @m --loss aproxNDCG         | did you mean 'approxNDCG'?",
                "train $train.letor @m --max-iter many          | --max-iter must be a whole number, got 'many'",
                "train $train.letor @m --reg-param -1           | --reg-param: SoftRanker: regParam must be >= 0 and finite, got -1.0",
                "train $train.letor @m --eval-at 1,x            | --eval-at must be whole numbers, separated by commas, got '1,x'",
                "train $train.letor @m --standardize perhaps    | --standardize must be true or false, got 'perhaps'",
                "train $train.letor @m --label grade            | --label must be a column of the input, got 'grade'",
                "train $train.letor @m --group query            | --group must be a column of the input, got 'query'",
                "train $test.csv @m --group qid,f1              | --group must be one column here, got 'qid,f1'",
                "train $test.csv @m --label qix                 | the columns are label, f0",
                "train $train.letor @m --features qid           | --features must be columns of numbers or booleans, or one of vectors, got 'qid' of type STRING",
                "features $test.csv @m --groups qid             | there is no option '--groups'; did you mean '--group'?",
                "train $train.letor @m --features f1            | --features must be a column of the input, got 'f1'",
                "train $train.letor @m --validation a --validation-col b | --validation must be left out",
                "train $test.csv $model                         | the output must not exist",
                "train $test.csv $scored.parquet --overwrite    | --overwrite must be of a model",
                "score $none $test.csv @s                       | the model must be an existing folder",
                "score $test.letor $test.csv @s                 | the model must be a folder that 'supple train' wrote",
                "score $model $test.csv @s                      | featuresCol must be a column of the input, got 'features'",
                "score $model $test.letor @s.letor              | must be of a format that holds scores, got letor",
                "score $model $test.letor @s --columns qid,lable | did you mean 'label'?",
                "score $model $scored.parquet @s                | predictionCol must be a new column",
                "evaluate no.parquet                            | the input must be an existing file or folder",
                "evaluate $scored.parquet --k 0                 | --k must be whole numbers >= 1, got 0",
                "evaluate $scored.parquet --prediction score    | --prediction must be the column of scores that 'supple score' wrote, got 'score', which the input has not",
                "evaluate $scored.parquet --baseline bm25       | evaluate: baseline must be a column of the input, got 'bm25'",
                "evaluate $scored.parquet --prediction qid      | prediction must be a column of numbers, got 'qid' of STRING",
                "evaluate $scored.parquet --label qid           | --label must be a column of numbers, got 'qid' of type STRING",
                "evaluate $scored.parquet --softness 0          | --softness must be > 0 and finite, got 0.0",
                "evaluate $scored.parquet --report no/such.html | --report must be a file in a folder that exists",
                "evaluate $scored.parquet --report $model       | --report must be a file, got the folder",
                "evaluate $scored.parquet --softness NaN        | --softness must be > 0 and finite, got NaN",
                "evaluate $scored.parquet --softness wide       | --softness must be a number, got 'wide'",
                "evaluate $scored.parquet --k 1,,3              | --k must be whole numbers, separated by commas, got ''",
                "evaluate $scored.parquet --k 2147483648        | --k must be whole numbers, separated by commas, got '2147483648'",
                "evaluate $scored.parquet --max-label -1        | --max-label must be a whole number >= 1, got -1",
                "evaluate $scored.parquet --gain cubic          | --gain must be one of exponential, linear, got 'cubic'",
                "evaluate $scored.parquet --empty-list two      | --empty-list must be one of one, zero, skip, got 'two'",
                "evaluate $scored.parquet --group query         | --group must be a column of the input, got 'query'",
                "evaluate $scored.parquet --conf =x             | --conf must be KEY=VALUE, got '=x'",
                "evaluate $scored.parquet --conf x              | KEY=VALUE",
                "evaluate                                       | INPUT must be given",
                "evaluate $scored.parquet $test.csv             | is one argument too many",
                "score $model $test.letor                       | OUTPUT must be given",
                "score $model $test.letor @s @t                 | is one argument too many",
                "score $model $test.letor @s --prediction qid   | predictionCol must be a new column",
                "score $model $test.letor @s --format nonsense  | nonsense",
                "score $model $model @s                         | must be known from its extension",
                "evaluate $scored.parquet --model $none         | --model must be the folder of a model",
                "evaluate $scored.parquet --model $test.letor   | --model must be a folder with history.csv",
            })
    void wrongCalls(String words, String message) throws IOException {
        calls().refuses(2, shared(words), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train    | 1,-1,0.5  | -1",
                "train    | 1,,0.5    | NULL",
                "evaluate | 1,-1,0.5  | evaluate: label column 'label' must have numbers >= 0 and finite, got -1.0 in group qid = 1",
                "evaluate | 1,1,NaN   | evaluate: prediction column 'x' must have finite numbers, got NaN in group qid = 1",
                "evaluate | ,1,0.5    | evaluate: group column 'qid' must have no NULL",
            })
    void badRows(String command, String row, String message) throws IOException {
        Calls calls = calls();
        Files.writeString(folder.resolve("in.csv"), "qid,label,x\n1,0,1.5\n1,2,2.5\n2,0,1\n2,1,3\n" + row + "\n");
        String words = command.equals("train")
                ? "train @in.csv @m --features x"
                : "evaluate @in.csv --prediction x --report " + calls.at("r.html");
        List<String> before = calls.files();
        assertThat(calls.line(words)).isNotZero();
        assertThat(calls.err()).contains(message).doesNotContain("\tat ");
        assertThat(calls.files()).isEqualTo(before);
    }

    @Test
    void labelsThatAreText() throws IOException {
        Calls calls = calls();
        Files.writeString(folder.resolve("in.csv"), "qid,label,x\n1,good,1.5\n1,bad,2.5\n");
        calls.refuses(
                2,
                "evaluate @in.csv --prediction x",
                "--label must be a column of numbers, got 'label' of type STRING");
        calls.refuses(2, "train @in.csv @m", "--label must be a column of numbers, got 'label' of type STRING");
        Files.writeString(folder.resolve("none.csv"), "query,label,x\n1,0,1.5\n");
        calls.refuses(2, "evaluate @none.csv --prediction x", "--group must name the column");
        Files.writeString(folder.resolve("empty.csv"), "qid,label,x\n");
        calls.refuses(2, "evaluate @empty.csv --prediction x", "the input must have rows, got none");
    }

    @Test
    void featuresThatAreNotThere() throws IOException {
        Calls calls = calls();
        calls.succeeds(shared("train $test.csv @model --max-iter 1 --features f0,f1,f2"));
        Files.writeString(folder.resolve("less.csv"), "qid,label,f0\n1,0,1.5\n");
        calls.refuses(
                2, "score @model @less.csv @s", "'" + calls.at("model") + "', got none named f1, f2; its columns are");
    }

    @Test
    void aNumberWhereAListIsWanted() {
        Calls calls = calls();
        assertThat(calls.supple("sql", "SELECT soft_rank(id) FROM range(3)")).isEqualTo(2);
        assertThat(calls.err())
                .contains("got 'id' of type BIGINT; collect_list")
                .doesNotContain("_agg");
        assertThat(calls.supple("sql", "SELECT soft_median(id) FROM range(3)")).isEqualTo(2);
        assertThat(calls.err()).contains("soft_median_agg takes them as they are");
    }

    @Test
    void featuresOfAnotherSize() throws IOException {
        Calls calls = calls();
        calls.succeeds("generate @wide.parquet --queries 3 --features 9 --rows 4,20");
        List<String> before = calls.files();
        assertThat(calls.line(shared("score $model @wide.parquet @s"))).isNotZero();
        assertThat(calls.err()).contains("vectors of size 6, got one of size 9");
        assertThat(calls.files()).isEqualTo(before);
    }
}
