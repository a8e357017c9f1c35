// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import io.supple.spark.rank.SoftRanker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the log is seen beside the lines of the command itself. */
class LogTest {

    private static Configuration ofTheCommandLine() throws IOException {
        try (InputStream file = Main.class.getResourceAsStream("log4j2.properties")) {
            Configuration made = new PropertiesConfigurationFactory()
                    .getConfiguration(new LoggerContext("command line"), new ConfigurationSource(file));
            made.initialize();
            return made;
        }
    }

    @Test
    void whatARankerDecidesIsSeenAndEachIterationIsToldOnce(@TempDir Path folder) throws IOException {
        Sessions.shared();
        Configuration configuration = ofTheCommandLine();
        List<String> all = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        AbstractAppender appender = new AbstractAppender("all", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                String line = event.getMessage().getFormattedMessage();
                all.add(line);
                Level shown =
                        configuration.getLoggerConfig(event.getLoggerName()).getLevel();
                if (event.getLevel().isMoreSpecificThan(shown)) seen.add(line);
            }
        };
        appender.start();
        Logger logger = (Logger) LogManager.getLogger(SoftRanker.class);
        Logger iterations = (Logger) LogManager.getLogger(SoftRanker.class.getName() + ".iterations");
        Level before = logger.getLevel();
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
        iterations.setLevel(Level.INFO);
        Calls calls = new Calls(folder);
        try {
            calls.succeeds("generate @in.parquet --queries 20 --features 3");
            calls.succeeds("train @in.parquet @model --loss lambdaLoss --device auto --max-iter 1");
        } finally {
            logger.removeAppender(appender);
            logger.setLevel(before);
            iterations.setLevel(before);
        }
        assertThat(seen).anyMatch(line -> line.contains("is computed by the CPU, not on device auto"));
        assertThat(all).anyMatch(line -> line.contains(" iteration 1: "));
        assertThat(seen).noneMatch(line -> line.contains("iteration"));
        assertThat(calls.err()).contains("iteration 1 of at most 1").contains("Spark is ready");
    }
}
