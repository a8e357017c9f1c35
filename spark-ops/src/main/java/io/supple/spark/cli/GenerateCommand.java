// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.ListGenerator;
import io.supple.SyntheticList;
import io.supple.SyntheticLists;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code supple generate}: ranked lists whose truth is known, as a file. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Writes ranked lists that are drawn from a seed: the same rows for the same options, on any machine.",
            "",
            "Sets: graded, of any shape, drawn list by list on the cluster, with --truth also its true utility, the place"
                    + " where a row was shown, and clicks that depend on it; topheavy and curved, two fixed sets of 10 and 20 features,"
                    + " drawn in this process. LETOR holds label, qid and features alone; CSV and TSV have a column for"
                    + " each feature."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  supple generate train.letor --queries 2000 --seed 1",
            "  supple generate test.parquet --queries 500 --seed 2 --features 50 \\",
            "    --rows 10,1000 --missing 0.01",
            "  supple generate curved.csv --set curved --queries 200"
        })
final class GenerateCommand implements Callable<Integer> {

    /** What is drawn. */
    enum Kind {
        GRADED,
        TOPHEAVY,
        CURVED
    }

    @Parameters(
            paramLabel = "OUTPUT",
            description = "Folder to write: LETOR, Parquet, CSV, TSV or JSON by its name; Parquet if it does not say.")
    private String output;

    @Option(names = "--queries", required = true, paramLabel = "N", description = "How many lists.")
    private long queries;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed; default 1.")
    private long seed;

    @Option(
            names = "--set",
            paramLabel = "SET",
            defaultValue = "graded",
            description = "graded (default), topheavy or curved.")
    private Kind kind;

    @Option(
            names = "--features",
            paramLabel = "N",
            description = "Features of a row; default 20. Of graded alone, as those that follow.")
    private Integer features;

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "N",
            description = "Fewest and most rows of a list with a comma between; by default from 5 to 200 rows.")
    private List<Integer> rows;

    @Option(
            names = "--tail",
            paramLabel = "X",
            description = "Lengths are uniform with 0, and Pareto otherwise, the heavier the smaller; default 1.")
    private Double tail;

    @Option(
            names = "--noise",
            paramLabel = "X",
            description = "Deviation of what grades have beside the utility; default 0.5.")
    private Double noise;

    @Option(names = "--ties", paramLabel = "SHARE", description = "Rows that are as the row before; default 0.")
    private Double ties;

    @Option(names = "--missing", paramLabel = "SHARE", description = "Feature values that are NaN; default 0.")
    private Double missing;

    @Option(
            names = "--position-bias",
            paramLabel = "X",
            description = "A row at place p is looked at with probability p^-X; default 1.")
    private Double positionBias;

    @Option(
            names = "--weights",
            paramLabel = "X",
            description = "Spread of the logarithms of list weights; default 0: all are 1.")
    private Double weights;

    @Option(
            names = "--truth",
            description = "Also write columns that no model should see: utility, position, click and weight.")
    private boolean truth;

    @Mixin
    private OutputOptions writing;

    @Mixin
    private SparkOptions spark;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (queries < 1) throw wrong("--queries must be a whole number >= 1, got " + queries);
        String format = writing.format(output);
        if (truth && format.equals(Tables.LETOR)) {
            throw wrong("--truth must be left out in format letor, which holds label, qid and features alone");
        }
        ListGenerator generator = checked();
        Terminal terminal = new Terminal(spec.commandLine().getErr());
        SparkSession session = spark.session(terminal);
        Tables.checkNew(session, output, writing.overwrite());
        terminal.say("drawing " + queries + " lists");
        long start = System.nanoTime();
        Dataset<Row> table = kind == Kind.GRADED ? graded(session, generator) : fixed(session);
        if (!truth) table = table.select("qid", "label", "features");
        boolean text = format.equals("csv") || format.equals("tsv");
        Dataset<Row> shaped = text ? apart(table) : table;
        long[] written = new long[1];
        Tables.write(shaped, output, format, whole -> written[0] = whole.count());
        terminal.say("done");
        var out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "lists    %,d%n", queries);
        out.printf(Locale.ROOT, "rows     %,d%n", written[0]);
        out.printf(Locale.ROOT, "seconds  %.1f%n", Terminal.seconds(start));
        out.printf(Locale.ROOT, "output   %s (%s)%n", output, format);
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static Failures.UsageException wrong(String message) {
        return new Failures.UsageException("generate: " + message);
    }

    /** What the generator refuses, in the names of the options. */
    private ListGenerator checked() {
        try {
            return generator();
        } catch (IllegalArgumentException refused) {
            String told = refused.getMessage().replaceFirst("^\\w+: ", "");
            String name = told.replaceFirst(" .*", "");
            boolean length = name.equals("shortest") || name.equals("longest");
            throw wrong(length ? "--rows: " + told : ParamOptions.option(name) + told.substring(name.length()));
        }
    }

    private ListGenerator generator() {
        ListGenerator generator = ListGenerator.of(seed);
        if (kind != Kind.GRADED) {
            for (Object given :
                    new Object[] {features, rows, tail, noise, ties, missing, positionBias, weights, truth ? true : null
                    }) {
                if (given != null) {
                    throw wrong("--features, --rows, --tail, --noise, --ties, --missing, --position-bias, --weights and"
                            + " --truth must be left out unless --set is graded");
                }
            }
            if (queries > Integer.MAX_VALUE) throw wrong("--queries must be below 2^31 unless --set is graded");
            return generator;
        }
        if (features != null) generator = generator.withFeatures(features);
        if (rows != null && rows.size() != 2) {
            throw wrong("--rows must be two numbers, the fewest and the most, such as 5,200, got " + rows.size());
        }
        int shortest = rows == null ? 5 : rows.get(0);
        int longest = rows == null ? 200 : rows.get(1);
        generator = generator.withLengths(shortest, longest, tail == null ? 1 : tail);
        if (noise != null) generator = generator.withNoise(noise);
        if (ties != null) generator = generator.withTies(ties);
        if (missing != null) generator = generator.withMissing(missing);
        if (positionBias != null) generator = generator.withPositionBias(positionBias);
        return weights == null ? generator : generator.withWeights(weights);
    }

    private static StructType schema() {
        return new StructType()
                .add("qid", DataTypes.LongType, false)
                .add("label", DataTypes.DoubleType, false)
                .add("features", SQLDataTypes.VectorType(), false);
    }

    private Dataset<Row> graded(SparkSession session, ListGenerator generator) {
        int tasks = (int) Math.min(queries, 4L * session.sparkContext().defaultParallelism());
        JavaRDD<Row> drawn = session.range(0, queries, 1, tasks).toJavaRDD().flatMap(list -> rows(generator, list));
        StructType schema = schema().add("utility", DataTypes.DoubleType, false)
                .add("position", DataTypes.IntegerType, false)
                .add("click", DataTypes.IntegerType, false)
                .add("weight", DataTypes.DoubleType, false);
        return session.createDataFrame(drawn, schema);
    }

    private static Iterator<Row> rows(ListGenerator generator, long number) {
        SyntheticList list = generator.list(number);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < list.labels().length; i++) {
            rows.add(RowFactory.create(
                    number,
                    list.labels()[i],
                    Vectors.dense(list.features()[i]),
                    list.utilities()[i],
                    list.positions()[i],
                    list.clicks()[i],
                    list.weight()));
        }
        return rows.iterator();
    }

    private Dataset<Row> fixed(SparkSession session) {
        int count = (int) queries;
        SyntheticLists lists =
                kind == Kind.CURVED ? SyntheticLists.curved(seed, count) : SyntheticLists.topheavy(seed, count);
        List<Row> rows = new ArrayList<>();
        for (int list = 0; list < count; list++) {
            for (int i = lists.offsets()[list]; i < lists.offsets()[list + 1]; i++) {
                rows.add(RowFactory.create((long) list, lists.labels()[i], Vectors.dense(lists.features()[i])));
            }
        }
        return session.createDataFrame(rows, schema()).coalesce(1);
    }

    /** Features as columns f0, f1, ...: text has no vectors. */
    private static Dataset<Row> apart(Dataset<Row> table) {
        int size = ((org.apache.spark.ml.linalg.Vector)
                        table.select("features").first().get(0))
                .size();
        Dataset<Row> apart = table.withColumn(
                "features", org.apache.spark.ml.functions.vector_to_array(table.col("features"), "float64"));
        List<String> columns = new ArrayList<>();
        for (String name : table.columns()) {
            if (!name.equals("features")) {
                columns.add(name);
                continue;
            }
            for (int j = 0; j < size; j++) columns.add("features[" + j + "] AS f" + j);
        }
        return apart.selectExpr(columns.toArray(String[]::new));
    }
}
