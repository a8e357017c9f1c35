// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import scala.Option;

/** The tests run on the Spark that the build says they run on, with that Spark's own libraries, and test this build. */
class RunningSparkTest {

    /** What the build says; empty outside it, and where it has nothing to say. */
    private static String told(String property) {
        return System.getProperty(property, "");
    }

    private static Path origin(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @BeforeEach
    void sparkIsThere() {
        assumeThat(told("supple.test.spark.missing")).isEmpty();
        assumeThat(told("supple.test.spark")).as("run by the build").isNotEmpty();
    }

    @Test
    void isTheOneAskedFor() {
        assertThat(Sessions.shared().version()).isEqualTo(told("supple.test.spark"));
    }

    @Test
    void isOfThatVersionThroughout() throws URISyntaxException {
        for (Class<?> type :
                List.of(SparkContext.class, SparkSession.class, Expression.class, Transformer.class, Vector.class)) {
            assertThat(origin(type).toString()).as(type.getName()).endsWith("-" + told("supple.test.spark") + ".jar");
        }
    }

    @Test
    void bringsItsOwnLibraries() throws URISyntaxException {
        Path sparks = told("supple.test.spark.home").isEmpty()
                ? origin(SparkContext.class).resolve("../../../../../..").normalize() // the local repository of Maven
                : Path.of(told("supple.test.spark.home"), "jars");
        for (Class<?> type : List.of(
                Option.class,
                FileSystem.class,
                ObjectMapper.class,
                ByteBuf.class,
                LoggerFactory.class,
                LogManager.class,
                LoggerContext.class)) {
            assertThat(origin(type)).as(type.getName()).startsWithRaw(sparks);
        }
    }

    @Test
    void testsWhatWasBuilt() throws URISyntaxException {
        assertThat(origin(Supple.class)).isEqualTo(Path.of(told("supple.test.subject")));
    }
}
