// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.spark.Sessions;
import io.supple.spark.rank.GroupCrossValidator;
import io.supple.spark.rank.SoftRanker;
import io.supple.spark.rank.SoftRankerModel;
import io.supple.spark.rank.SoftRankingEvaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of a stage is looked at before it is believed: nothing that it names is made, or so much as initialised. */
class SavedStageTest {

    private static final SparkSession SESSION = Sessions.shared();

    @TempDir
    private Path folder;

    /** Says so when something of it runs. */
    public static final class Foreign {
        static {
            Witness.see("initialised");
        }

        /** As Spark's own reader would make it. */
        public Foreign(String uid) {
            Witness.see("made as " + uid);
        }

        /** As Spark's pipelines would ask for a reader. */
        public static Object read() {
            Witness.see("read");
            return null;
        }
    }

    private static final class Witness {
        private static String saw;

        static void see(String what) {
            saw = what;
        }
    }

    @BeforeAll
    static void nothingYet() {
        assertThat(SESSION.version()).isNotEmpty();
        assertThat(Witness.saw).isNull();
    }

    private String saved() throws IOException {
        String path = folder.resolve("stage").toString();
        new SoftRank().setInputCol("x").setSoftness(0.25).save(path);
        return path;
    }

    /** Rewrites the metadata of a stage. */
    private static void alter(Path stage, UnaryOperator<String> change) throws IOException {
        try (Stream<Path> files = Files.list(stage.resolve("metadata"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".crc")) Files.delete(file);
                else if (name.startsWith("part-")) Files.writeString(file, change.apply(Files.readString(file)));
            }
        }
    }

    private static String replaced(String text, String old, String by) {
        assertThat(text).contains(old);
        return text.replace(old, by);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|oops {|metadata that is JSON, got ",
                "{\"|[{\"|metadata that is JSON",
                "io.supple.spark.ml.SoftRank|io.supple.spark.ml.SoftSort|the class io.supple.spark.ml.SoftRank, got"
                        + " 'io.supple.spark.ml.SoftSort'",
                "\"class\"|\"clazz\"|a text as 'class'",
                "\"softness\":0.25|\"softness\":0.25,\"depth\":3|Params that this version of Supple knows, got"
                        + " 'depth', perhaps of a newer one,",
                "\"softness\":0.25|\"softness\":-1|a value of softness that it takes",
                "\"softness\":0.25|\"softness\":null|a value of softness that it takes",
                "\"softness\":0.25|\"softness\":\"wide\"|a value of softness that it takes",
                "\"softness\":0.25|\"softness\":[0.25]|a value of softness that it takes",
                "\"inputCol\":\"x\"|\"inputCol\":{\"type\":1,\"values\":[1.0]}|a value of inputCol that it takes",
                "\"inputCol\":\"x\"|\"inputCol\":7|a value of inputCol that it takes",
                "\"mode\":\"smooth\"|\"mode\":\"rough\"|a value of mode that it takes",
                "\"paramMap\"|\"paramMaps\"|an object as 'paramMap'",
                "\"uid\"|\"uids\"|a text as 'uid', got nothing",
                "\"sparkVersion\"|\"version\"|a text as 'sparkVersion', got nothing",
                "\"sparkVersion\":\"|\"sparkVersion\":null,\"version\":\"|a text as 'sparkVersion', got 'null'",
                "\"timestamp\"|\"time\"|metadata as Spark writes them",
            })
    void whatIsWrongIsSaid(String old, String by, String message) throws IOException {
        String path = saved();
        alter(Path.of(path), text -> text.replaceFirst(java.util.regex.Pattern.quote(old), by.replace("$", "\\\\$")));
        assertThatThrownBy(() -> SoftRank.load(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SoftRank: path must be the folder of a saved stage with ")
                .hasMessageContaining(message)
                .hasMessageEndingWith(" in '" + path + "'");
    }

    @Test
    void nothingAndEmptiness() throws IOException {
        String nowhere = folder.resolve("nowhere").toString();
        assertThatThrownBy(() -> SoftRank.load(nowhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "SoftRank: path must be the folder of a saved stage with a readable file of metadata");
        String path = saved();
        alter(Path.of(path), text -> "");
        assertThatThrownBy(() -> SoftRank.load(path)).hasMessageContaining("SoftRank: path must be the folder");
        alter(Path.of(path), text -> "{\"class\":\"io.supple");
        assertThatThrownBy(() -> SoftRank.load(path)).hasMessageContaining("metadata that is JSON");
    }

    @Test
    void everyKindOfParamIsReadAgain() throws IOException {
        String path = folder.resolve("buckets").toString();
        double[][] splits = {{Double.NEGATIVE_INFINITY, 0, 1.5}, {-1, 2, Double.POSITIVE_INFINITY}};
        SoftBucketizer stage = new SoftBucketizer()
                .setInputCols("a", "b")
                .setOutputCols("c", "d")
                .setSplitsArray(splits);
        stage.save(path);
        assertThat(SoftBucketizer.load(path).getSplitsArray()).isDeepEqualTo(splits);
        alter(Path.of(path), text -> replaced(text, "[-1.0,2.0,\"Inf\"]", "7"));
        assertThatThrownBy(() -> SoftBucketizer.load(path))
                .hasMessageContaining("a value of splitsArray that it takes");
    }

    /** Numbers that only an altered file has together. */
    @Test
    void weightsThatDoNotFit() throws IOException {
        String sql = "SELECT id % 2 AS g, id % 3 AS label, id AS x FROM range(6)";
        Dataset<Row> lists = new VectorAssembler()
                .setInputCols(new String[] {"x"})
                .setOutputCol("features")
                .transform(SESSION.sql(sql));
        Path path = folder.resolve("ranker");
        new SoftRanker()
                .setGroupCol("g")
                .setHiddenLayers(2)
                .setMaxIter(1)
                .fit(lists)
                .save(path.toString());
        assertThat(SoftRankerModel.load(path.toString()).transform(lists).count())
                .isEqualTo(6);
        alter(
                path,
                text -> text.replaceFirst("\"weights\":\\[[^]]*]", "\"weights\":[1.5]")
                        .replaceFirst("\"counts\":\\[[^]]*]", "\"counts\":[]"));
        SoftRankerModel altered = SoftRankerModel.load(path.toString());
        assertThatThrownBy(() -> altered.transform(lists))
                .hasMessage(
                        "SoftRankerModel: weights must be as many as a hidden layer of 2 and some features have, got 1");
        assertThatThrownBy(altered::summary).hasMessage("SoftRankerModel: counts must be 8 numbers, got 0");
        SoftRobustScalerModel scaler = new SoftRobustScalerModel().setInputCol("features");
        scaler.set("median", new double[] {1}).set("range", new double[] {1, 2});
        assertThatThrownBy(() -> scaler.transform(lists))
                .hasMessage("SoftRobustScalerModel: range must be as long as median, 1, got 2");
    }

    @Test
    void aForeignClassIsNotMade() throws IOException {
        String path = saved();
        String foreign = getClass().getName() + "$Foreign";
        alter(Path.of(path), text -> replaced(text, SoftRank.class.getName(), foreign));
        assertThatThrownBy(() -> SoftRank.load(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the class " + SoftRank.class.getName() + ", got '" + foreign);
        assertThat(Witness.saw).isNull();
    }

    @Test
    void aForeignPartOfACrossValidationIsNotMade() throws IOException {
        Path path = folder.resolve("validator");
        new GroupCrossValidator()
                .setGroupCol("q")
                .setEstimator(new SoftRanker())
                .setEvaluator(new SoftRankingEvaluator())
                .save(path.toString());
        assertThat(GroupCrossValidator.load(path.toString()).getEstimator()).isInstanceOf(SoftRanker.class);
        String foreign = getClass().getName() + "$Foreign";
        alter(path.resolve("validator/estimator"), text -> replaced(text, SoftRanker.class.getName(), foreign));
        assertThatThrownBy(() -> GroupCrossValidator.load(path.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "GroupCrossValidator: path must be the folder of a saved stage with the class of a"
                                + " stage, model or evaluator, got '" + foreign);
        assertThat(Witness.saw).isNull();
        alter(path.resolve("validator/estimator"), text -> replaced(text, foreign, "no.such.Class"));
        assertThatThrownBy(() -> GroupCrossValidator.load(path.toString()))
                .hasMessageContaining("a class that is there, got 'no.such.Class'");
    }
}
