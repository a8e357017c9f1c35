// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.DoubleArrayArrayParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
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
        assertThatThrownBy(() -> stage.set("softness", 0.0))
                .hasMessage(type.getSimpleName() + ": softness must be > 0 and finite, got 0.0");
        assertThatThrownBy(() -> stage.set("mode", "smoth"))
                .hasMessageStartingWith(type.getSimpleName() + ": mode must be one of hard, smooth, ")
                .hasMessageEndingWith(", got 'smoth'");
    }

    private static List<Object> strange(Param<?> param) {
        if (param instanceof DoubleParam) return List.of(-1.5, 0.0, 1.5, Double.NaN, Double.POSITIVE_INFINITY);
        if (param instanceof IntParam) return List.of(-1, 0, 1);
        if (param instanceof IntArrayParam) return List.of(new int[] {-1}, new int[] {0});
        if (param instanceof DoubleArrayParam) return List.of(new double[] {3, 2, 1}, new double[] {1});
        if (param instanceof DoubleArrayArrayParam) return List.of((Object) new double[][] {{3, 2, 1}});
        return param.getClass() == Param.class ? List.of("no such") : List.of();
    }

    /** Stage, Param, what it must be and what it got; Spark alone would say that a value is invalid. */
    @ParameterizedTest
    @MethodSource("stages")
    @SuppressWarnings("unchecked")
    void whatIsRefusedIsRefusedInOurWords(Class<? extends PipelineStage> type) throws ReflectiveOperationException {
        PipelineStage stage = named(type, "mine");
        int refused = 0;
        for (Param<?> param : stage.params()) {
            for (Object value : strange(param)) {
                Throwable thrown = catchThrowable(() -> stage.set((Param<Object>) param, value));
                if (thrown == null) continue;
                refused++;
                assertThat(thrown)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(type.getSimpleName() + ": " + param.name() + " must be ")
                        .hasMessageContaining(", got ");
            }
        }
        assertThat(refused).as("softness alone").isGreaterThanOrEqualTo(5);
    }

    /** A stage may go with a task, and its checks with it. */
    @ParameterizedTest
    @MethodSource("stages")
    void stagesAreSerializable(Class<? extends PipelineStage> type) throws ReflectiveOperationException, IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            out.writeObject(named(type, "mine"));
        }
    }
}
