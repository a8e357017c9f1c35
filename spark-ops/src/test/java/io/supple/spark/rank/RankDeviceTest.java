// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.supple.SyntheticLists;
import io.supple.device.Devices;
import io.supple.spark.DeviceCalls;
import io.supple.spark.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A ranker whose ranks a device computes learns what it learns without one. */
class RankDeviceTest {

    private static final Dataset<Row> LISTS =
            RankRows.of(SyntheticLists.topheavy(1, 60)).cache();

    private static final double TOLERANCE = 1e-9;

    @BeforeEach
    void from0() {
        StandIn.ROWS.set(0);
        StandIn.BATCHES.set(0);
        StandIn.SESSIONS.set(0);
    }

    @AfterEach
    void nothingIsLeftOpen() throws InterruptedException {
        RankRows.SESSION.conf().unset(DeviceCalls.BATCH);
        RankRows.SESSION.conf().unset(DeviceCalls.DEVICE);
        StandIn.awaitClosed();
    }

    private static SoftRanker ranker(String loss, String method, String mode) {
        return new SoftRanker().setLoss(loss).setMethod(method).setMode(mode).setMaxIter(4);
    }

    private static SoftRankerModel same(SoftRanker ranker, Dataset<Row> lists) {
        SoftRankerModel expected = ranker.setDevice("cpu").fit(lists);
        assertThat(StandIn.BATCHES).hasValue(0);
        SoftRankerModel got = ranker.setDevice("counting").fit(lists);
        assertThat(got.coefficients().toArray())
                .containsExactly(expected.coefficients().toArray(), within(TOLERANCE));
        assertThat(got.summary().objectiveHistory())
                .containsExactly(expected.summary().objectiveHistory(), within(TOLERANCE));
        assertThat(got.summary().trainingNdcg())
                .containsExactly(expected.summary().trainingNdcg(), within(TOLERANCE));
        assertThat(got.summary().evaluations()).isEqualTo(expected.summary().evaluations());
        return got;
    }

    @ParameterizedTest
    @CsvSource({
        "approxNDCG, pairwise, smooth",
        "approxNDCG, fast_soft_sort, c0",
        "softSpearman, softsort, c1",
        "softSpearman, pairwise, c2",
        "approxNDCG, sorting_network, smooth",
    })
    void sameModel(String loss, String method, String mode) {
        SoftRankerModel model = same(ranker(loss, method, mode), LISTS);
        assertThat(StandIn.ROWS.get()).isGreaterThanOrEqualTo(60 * 5);
        assertThat(model.coefficients().numNonzeros()).as("it has moved").isPositive();
    }

    /** A batch for each partition where all fits, for each block where the setting says so; a session for each task. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void batchesSpanBlocks(boolean small) {
        if (small) RankRows.SESSION.conf().set(DeviceCalls.BATCH, "1");
        SyntheticLists wide = SyntheticLists.topheavy(2, 700); // a block has at most 4,096 rows
        Dataset<Row> rows = RankRows.of(wide);
        assertThat(wide.labels().length).isGreaterThan(3 * 4096);
        inOnePartition(() -> {
            SoftRankerModel model = same(ranker("approxNDCG", "pairwise", "smooth"), rows);
            int evaluations = model.summary().evaluations();
            assertThat(StandIn.SESSIONS).hasValue(evaluations);
            assertThat(StandIn.ROWS)
                    .hasValue(evaluations * (int) model.summary().listsUsed());
            if (small) assertThat(StandIn.BATCHES.get()).isGreaterThan(3 * evaluations);
            else assertThat(StandIn.BATCHES).hasValue(evaluations);
        });
    }

    /** Whatever is shuffled comes together. */
    private static void inOnePartition(Runnable fits) {
        String partitions = RankRows.SESSION.conf().get("spark.sql.shuffle.partitions");
        RankRows.SESSION.conf().set("spark.sql.shuffle.partitions", "1");
        try {
            fits.run();
        } finally {
            RankRows.SESSION.conf().set("spark.sql.shuffle.partitions", partitions);
        }
    }

    /** The way back of a layer takes the scores again, of blocks that were left. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "1000000"})
    void withAHiddenLayerToo(String batch) {
        RankRows.SESSION.conf().set(DeviceCalls.BATCH, batch);
        same(ranker("approxNDCG", "pairwise", "smooth").setHiddenLayers(3).setStandardize(true), LISTS);
    }

    /** It fails at the second batch of a task; whoever failed it first in this JVM, it is the CPU's from then on. */
    @Test
    void aDeviceThatFailsLosesNothing() {
        RankRows.SESSION.conf().set(DeviceCalls.BATCH, "1");
        Dataset<Row> rows = RankRows.of(SyntheticLists.topheavy(2, 700));
        SoftRanker ranker = ranker("approxNDCG", "pairwise", "smooth").setMaxIter(2);
        inOnePartition(() -> {
            SoftRankerModel expected = ranker.fit(rows);
            SoftRankerModel got = ranker.setDevice("failing").fit(rows);
            assertThat(got.coefficients().toArray())
                    .containsExactly(expected.coefficients().toArray(), within(TOLERANCE));
            assertThat(got.summary().listsUsed()).isEqualTo(expected.summary().listsUsed());
        });
        assertThat(Devices.of("failing", 0).name()).isEqualTo("cpu");
    }

    /** Losses that are no function of ranks, and methods that devices do not know, are as without. */
    @ParameterizedTest
    @CsvSource({
        "lambdaLoss, pairwise",
        "listNet, pairwise",
        "neuralNDCG, neuralsort",
        "approxNDCG, neuralsort",
        "approxNDCG, ot"
    })
    void othersStayWithTheCpu(String loss, String method) {
        SoftRanker ranker = ranker(loss, method, "smooth").setMaxIter(1).setWarmStart("none");
        double[] expected = ranker.fit(LISTS).coefficients().toArray();
        double[] got = ranker.setDevice("counting").fit(LISTS).coefficients().toArray();
        assertThat(got).containsExactly(expected);
        assertThat(StandIn.SESSIONS).hasValue(0);
    }

    /** Stand-ins are no accelerators: lists are computed one by one, to the same bits. */
    @Test
    void autoWithoutAnAcceleratorIsTheCpu() {
        SoftRanker ranker = ranker("approxNDCG", "pairwise", "smooth");
        double[] expected = ranker.fit(LISTS).coefficients().toArray();
        assertThat(ranker.setDevice("auto").fit(LISTS).coefficients().toArray()).containsExactly(expected);
        assertThat(StandIn.SESSIONS).hasValue(0);
    }

    @Test
    void whatStaysIsSaid() {
        List<String> said = new ArrayList<>();
        Logger logger = (Logger) LogManager.getLogger(SoftRanker.class);
        Level before = logger.getLevel();
        AbstractAppender appender = new AbstractAppender("said", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                String line = event.getMessage().getFormattedMessage();
                if (line.contains("device")) said.add(line);
            }
        };
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
        try {
            SoftRanker ranker = ranker("lambdaLoss", "pairwise", "smooth").setMaxIter(1);
            ranker.fit(LISTS);
            assertThat(said).isEmpty();
            ranker.setDevice("counting").fit(LISTS);
            ranker.setLoss("softSpearman").fit(LISTS);
            assertThat(said).hasSize(1);
            assertThat(said.get(0))
                    .startsWith("lambdaLoss ")
                    .contains("is computed by the CPU, not on device counting");
        } finally {
            logger.removeAppender(appender);
            logger.setLevel(before);
        }
    }

    /** The Param is before the setting, is saved, and is in the help. */
    @Test
    void theParamSaysWhere(@TempDir Path folder) throws IOException {
        SoftRanker ranker = ranker("approxNDCG", "pairwise", "smooth").setMaxIter(0);
        RankRows.SESSION.conf().set(DeviceCalls.DEVICE, "none");
        assertThatThrownBy(() -> ranker.fit(LISTS))
                .hasStackTraceContaining(
                        "SoftRanker: device: 'none' must be there, got none: 'none' is not on the class path");
        RankRows.SESSION.conf().set(DeviceCalls.DEVICE, "counting");
        ranker.fit(LISTS);
        int batches = StandIn.BATCHES.get();
        assertThat(batches).isPositive();
        ranker.setDevice("cpu").save(folder.resolve("ranker").toString());
        SoftRanker loaded = SoftRanker.load(folder.resolve("ranker").toString());
        loaded.fit(LISTS);
        assertThat(StandIn.BATCHES).hasValue(batches);
        assertThat(loaded.explainParam(loaded.device())).contains(DeviceCalls.DEVICE, "(current: cpu)");
    }

    @Test
    void aBatchIsAWholeNumber() {
        RankRows.SESSION.conf().set(DeviceCalls.BATCH, "many");
        SoftRanker ranker = ranker("approxNDCG", "pairwise", "smooth").setDevice("counting");
        assertThatThrownBy(() -> ranker.fit(LISTS))
                .hasMessageContaining("spark.supple.device.batch must be a whole number >= 1, got 'many'");
    }
}
