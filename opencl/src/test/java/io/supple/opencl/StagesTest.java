// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.supple.spark.DeviceCalls;
import io.supple.spark.cli.Main;
import io.supple.spark.ml.SoftMedian;
import io.supple.spark.ml.SoftQuantile;
import io.supple.spark.ml.SoftRank;
import io.supple.spark.ml.SoftRound;
import io.supple.spark.ml.SoftSort;
import io.supple.spark.ml.SoftTopK;
import io.supple.spark.rank.SoftRanker;
import io.supple.spark.rank.SoftRankerModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Pipelines and the command line compute on an OpenCL device what they compute without one. */
class StagesTest {

    private static final double TOLERANCE = 1e-9;
    private static final String OPENCL = "opencl";
    private static final String WEEK = Path.of("..", "datasets", "flights", "flights-week.csv")
            .toAbsolutePath()
            .normalize()
            .toString();

    private static SparkSession session;

    @BeforeAll
    static void start() {
        TestDevice.open(OpenClDevice.USUAL_GROUP).close();
        session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 3)
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        if (session != null) session.stop();
    }

    @BeforeEach
    void manyBatches() {
        session.conf().set(DeviceCalls.BATCH, "500");
    }

    @AfterEach
    void asBefore() {
        session.conf().unset(DeviceCalls.BATCH);
        session.conf().unset(DeviceCalls.DEVICE);
    }

    /** Numbers in groups and in lists of up to 40, some of them NULL, NaN or in lists of nothing; one partition is empty. */
    private static Dataset<Row> rows() {
        return session.sql("SELECT id, id % 9 AS g, CASE WHEN id % 31 = 4 THEN NULL WHEN id % 37 = 9 THEN double('nan')"
                + "   ELSE (id * id * 0.37D + id * 0.11D) % 3 END AS number,"
                + " transform(sequence(1, 1 + int(id % 40)), i -> CASE WHEN (id + i) % 41 = 7 THEN NULL"
                + "   WHEN (id + i) % 211 = 5 THEN double('nan') ELSE (i * i * 0.37D + id * 0.13D) % 2 END) AS list"
                + " FROM range(0, 400, 1, 4) WHERE id < 300");
    }

    private static PipelineStage[] stages(String invalid) {
        return new PipelineStage[] {
            new SoftRank()
                    .setInputCol("number")
                    .setGroupCol("g")
                    .setMethod("softsort")
                    .setHandleInvalid(invalid)
                    .setGradientCol("rank_gradient")
                    .setOutputCol("rank"),
            new SoftQuantile()
                    .setQ(0.8)
                    .setInputCol("number")
                    .setGroupCols("g")
                    .setHandleInvalid(invalid)
                    .setOutputCol("quantile"),
            new SoftSort()
                    .setInputCol("list")
                    .setMethod("softsort")
                    .setMode("c1")
                    .setHandleInvalid(invalid)
                    .setGradientCol("sort_gradient")
                    .setOutputCol("sorted"),
            new SoftTopK()
                    .setK(2)
                    .setInputCol("list")
                    .setMethod("sorting_network")
                    .setHandleInvalid(invalid)
                    .setOutputCol("top"),
            new SoftMedian()
                    .setInputCol("list")
                    .setMethod("fast_soft_sort")
                    .setMode("c0")
                    .setHandleInvalid(invalid)
                    .setOutputCol("median"),
            new SoftRank()
                    .setInputCol("list")
                    .setHandleInvalid(invalid)
                    .setGradientCol("place_gradient")
                    .setOutputCol("place"),
            new SoftRound()
                    .setInputCol("list")
                    .setHandleInvalid(invalid)
                    .setGradientCol("round_gradient")
                    .setOutputCol("rounded"),
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "skip"})
    void aPipelineIsTheSame(String invalid) {
        PipelineModel model = new Pipeline().setStages(stages(invalid)).fit(rows());
        List<Row> expected = model.transform(rows()).orderBy("id").collectAsList();
        session.conf().set(DeviceCalls.DEVICE, OPENCL);
        Dataset<Row> computed = model.transform(rows());
        assertThat(computed.queryExecution().optimizedPlan().toString().split(" on device opencl", -1))
                .as("five stages on lists, two on groups")
                .hasSize(1 + 7);
        assertSame(computed.orderBy("id").collectAsList(), expected);
    }

    /** As the README's main job, and with gradients. */
    @Test
    void theMainJobIsTheSame(@TempDir Path folder) {
        String select = "soft_rank(dep_delay, method => 'softsort') AS rank, soft_quantile(dep_delay, 0.9) AS p90,"
                + " soft_topk_mask(dep_delay, 10) AS among_10_latest,"
                + " soft_sort_vjp(dep_delay, dep_delay, method => 'fast_soft_sort', mode => 'c0').grad_x AS slope";
        for (String device : List.of("cpu", OPENCL)) {
            StringWriter err = new StringWriter();
            int code = Main.run(
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(err, true),
                    "features",
                    WEEK,
                    folder.resolve(device).toString(),
                    "--group",
                    "date, origin",
                    "--select",
                    select,
                    "--device",
                    device);
            assertThat(code).as(err.toString()).isZero();
        }
        assertSame(written(folder.resolve(OPENCL)), written(folder.resolve("cpu")));
    }

    /** Ranks by every method that the device has a kernel for; batches of several blocks and of one. */
    @ParameterizedTest
    @CsvSource({
        "approxNDCG, pairwise, smooth, 500",
        "approxNDCG, pairwise, c1, 1000000",
        "softSpearman, softsort, c0, 1000000",
        "approxNDCG, fast_soft_sort, c0, 500",
        "softSpearman, sorting_network, smooth, 1000000",
    })
    void aRankerIsTheSame(String loss, String method, String mode, String batch) {
        session.conf().set(DeviceCalls.BATCH, batch);
        Dataset<Row> judged = session.sql("SELECT id % 60 AS group, double(int(3 * pow(u, 2))) AS label,"
                        + " array(u + noise, noise, u * noise) AS x FROM (SELECT id, (id * id * 0.37D + id * 0.11D) % 1 AS u,"
                        + " (id * id * 0.13D + id * 0.71D) % 1 AS noise FROM range(0, 1500, 1, 3))")
                .withColumn("features", functions.array_to_vector(col("x")));
        SoftRanker ranker =
                new SoftRanker().setLoss(loss).setMethod(method).setMode(mode).setMaxIter(5);
        SoftRankerModel expected = ranker.fit(judged);
        SoftRankerModel got = ranker.setDevice(OPENCL).fit(judged);
        double most = 0;
        for (int i = 0; i < 3; i++) {
            double w = expected.coefficients().apply(i);
            most = Math.max(most, Math.abs(got.coefficients().apply(i) - w) / Math.max(1, Math.abs(w)));
        }
        System.out.println("SoftRanker " + loss + " by " + method + " " + mode + ": " + most);
        assertThat(most).isLessThan(TOLERANCE);
        assertThat(got.summary().objectiveHistory())
                .hasSizeGreaterThan(2)
                .containsExactly(expected.summary().objectiveHistory(), within(TOLERANCE));
    }

    private static List<Row> written(Path folder) {
        Dataset<Row> table = session.read().parquet(folder.toString());
        String[] columns =
                Arrays.stream(table.columns()).map(name -> "`" + name + "`").toArray(String[]::new);
        List<Row> rows = table.orderBy(columns[0], Arrays.copyOfRange(columns, 1, columns.length - 4))
                .collectAsList();
        assertThat(rows).hasSize(6546);
        return rows;
    }

    private static void assertSame(List<Row> got, List<Row> expected) {
        assertThat(got).hasSameSizeAs(expected);
        for (int i = 0; i < got.size(); i++) same(got.get(i), expected.get(i), "row " + i);
    }

    private static void same(Object got, Object expected, String where) {
        if (expected instanceof Row row) {
            for (int i = 0; i < row.size(); i++) same(((Row) got).get(i), row.get(i), where + ", " + i);
        } else if (expected instanceof Seq<?> seq) {
            List<?> elements = CollectionConverters.asJava(seq);
            List<?> others = CollectionConverters.asJava((Seq<?>) got);
            assertThat(others).as(where).hasSameSizeAs(elements);
            for (int i = 0; i < elements.size(); i++) same(others.get(i), elements.get(i), where + " [" + i + "]");
        } else if (expected instanceof Double number && Double.isFinite(number)) {
            double wide = TOLERANCE * Math.max(1, Math.abs(number));
            assertThat((Double) got).as(where).isCloseTo(number, within(wide));
        } else {
            assertThat(got).as(where).isEqualTo(expected);
        }
    }
}
