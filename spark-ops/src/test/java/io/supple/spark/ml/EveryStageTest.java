// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every stage of the package does, whatever it computes. */
class EveryStageTest {

    private static final SparkSession SESSION = Sessions.shared();

    static List<Class<? extends PipelineStage>> stages() {
        return Stages.classes();
    }

    @Test
    void sparkFindsThemAll() {
        Stream<Class<?>> found = Stream.concat(
                ServiceLoader.load(Transformer.class).stream().map(ServiceLoader.Provider::type),
                ServiceLoader.load(Estimator.class).stream().map(ServiceLoader.Provider::type));
        assertThat(found.filter(type -> type.getName().startsWith("io.supple.spark.ml.")))
                .containsExactlyInAnyOrderElementsOf(stages());
        assertThat(stages()).hasSizeGreaterThanOrEqualTo(18);
    }

    private static PipelineStage named(Class<? extends PipelineStage> type, String uid)
            throws ReflectiveOperationException {
        return type.getConstructor(String.class).newInstance(uid);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void namesAndHelp(Class<? extends PipelineStage> type) throws ReflectiveOperationException {
        PipelineStage unnamed = type.getConstructor().newInstance();
        String prefix = type.getSimpleName().substring(1).replaceFirst("Model$", "");
        assertThat(unnamed.uid()).startsWith("s" + prefix + "_");
        PipelineStage stage = named(type, "mine");
        assertThat(stage.uid()).isEqualTo("mine");
        assertThat(stage.params()).extracting(Param::name).contains("softness", "mode", "straightThrough", "inputCol");
        for (Param<?> param : stage.params()) {
            assertThat(param.doc()).as(param.name()).isNotBlank();
            assertThat(stage.explainParams()).contains(param.name() + ": " + param.doc());
        }
    }

    @ParameterizedTest
    @MethodSource("stages")
    void copiesAreOfTheSameKindAndKeepWhatIsSet(Class<? extends PipelineStage> type)
            throws ReflectiveOperationException {
        PipelineStage stage = named(type, "mine");
        DoubleParam softness = (DoubleParam) (Param<?>) stage.getParam("softness");
        stage.set("mode", "c1").set("inputCol", "x");
        PipelineStage copy = stage.copy(new ParamMap().put(softness.w(0.7)));
        assertThat(copy).isExactlyInstanceOf(type).isNotSameAs(stage);
        assertThat(copy.uid()).isEqualTo("mine");
        assertThat(copy.getOrDefault(copy.getParam("softness"))).isEqualTo(0.7);
        assertThat(copy.getOrDefault(copy.getParam("mode"))).isEqualTo("c1");
        assertThat(copy.getOrDefault(copy.getParam("inputCol"))).isEqualTo("x");
        assertThat(stage.getOrDefault(softness)).isEqualTo(0.1);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void savedOverwrittenAndLoaded(Class<? extends PipelineStage> type, @TempDir Path folder)
            throws ReflectiveOperationException, IOException {
        String path = folder.resolve("stage").toString();
        PipelineStage stage = named(type, "mine");
        ((DefaultParamsWritable) stage).save(path);
        stage.set("softness", 0.25).set("mode", "hard").set("inputCol", "x");
        assertThatThrownBy(() -> ((DefaultParamsWritable) stage).save(path)).isInstanceOf(IOException.class);
        ((DefaultParamsWritable) stage).write().overwrite().save(path);
        PipelineStage loaded =
                (PipelineStage) type.getMethod("load", String.class).invoke(null, path);
        assertThat(loaded).isExactlyInstanceOf(type);
        assertThat(loaded.uid()).isEqualTo("mine");
        assertThat(loaded.explainParams()).isEqualTo(stage.explainParams());
        assertThat(type.getMethod("read").invoke(null)).isInstanceOf(MLReader.class);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void wrongColumnsAreRefusedInTheStagesName(Class<? extends PipelineStage> type)
            throws ReflectiveOperationException {
        PipelineStage stage = named(type, "mine");
        StructType schema = SESSION.sql("SELECT 'a' AS text, 1D AS number").schema();
        assertThatThrownBy(() -> stage.transformSchema(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(type.getSimpleName() + ": ")
                .hasMessageContaining(" must be ");
    }

    @ParameterizedTest
    @MethodSource("stages")
    void valuesOfParamsAreChecked(Class<? extends PipelineStage> type) throws ReflectiveOperationException {
        PipelineStage stage = named(type, "mine");
        assertThatThrownBy(() -> stage.set("softness", 0.0)).hasMessageContaining("softness");
        assertThatThrownBy(() -> stage.set("mode", "smoth")).hasMessageContaining("mode");
    }
}
