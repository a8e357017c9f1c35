// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.size;

import io.supple.Method;
import io.supple.spark.DefaultMethods;
import io.supple.spark.DeviceCalls;
import io.supple.spark.job.Columns;
import io.supple.spark.job.GroupedLists;
import io.supple.spark.report.FeaturesPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code supple features}: columns computed from the list that each group of rows makes. */
@Command(
        name = "features",
        mixinStandardHelpOptions = true,
        description = {
            "Adds columns that are computed from the list of values in each group of rows.",
            "",
            "In --select a column's name stands for the array of its group's values. A result as long as the group gives"
                    + " each row its element; a single number is repeated. Every input row comes out exactly once.",
            "What is done to each element is written with transform(price, x -> ...), and of two lists with"
                    + " zip_with(a, b, (x, y) -> ...)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  supple features flights.csv ranked --group \"date, origin\" \\",
            "    --select \"soft_rank(dep_delay) AS r, soft_topk_mask(dep_delay, 10) AS top\"",
            "  supple features shops.parquet out.csv --group shop \\",
            "    --select \"zip_with(price, cost, (x, y) -> x - y) AS margin\""
        })
final class FeaturesCommand implements Callable<Integer> {

    private static final String VIEW = "supple_lists";

    /**
     * Groups are gathered one after the other from sorted rows, not 128 at a time in a hash map that nobody measures; and
     * sorted rows, which go to disk when they must, leave the memory to them.
     */
    private static final Map<String, String> FOR_GROUPS =
            Map.of("spark.sql.execution.useObjectHashAggregateExec", "false", "spark.memory.fraction", "0.3");

    private static final int SAMPLE = 8;
    private static final int DIGITS = 4;

    @Parameters(
            index = "0",
            paramLabel = "INPUT",
            description =
                    "Table to read: Parquet, CSV, TSV, JSON, or ranked lists, whose features are columns f1, f2, ...")
    private String input;

    @Parameters(
            index = "1",
            paramLabel = "OUTPUT",
            description = "Folder to write; Parquet unless its name says otherwise.")
    private String output;

    @Option(
            names = "--group",
            required = true,
            split = ",",
            paramLabel = "COLUMNS",
            description = "Column or columns, separated by commas, whose equal values make a group.")
    private List<String> group;

    @Option(
            names = "--select",
            required = true,
            paramLabel = "SQL",
            description =
                    "What to compute, as in SELECT: \"soft_rank(f1) AS f1_rank, soft_topk_mask(f1, 10) AS f1_top\".")
    private String select;

    @Option(
            names = "--null-groups",
            paramLabel = "POLICY",
            defaultValue = "error",
            description = "Rows whose group column is NULL: error (default), skip, or keep as a group of their own.")
    private NullGroups nullGroups;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description =
                    "Where lists are computed: cpu (default), auto, or a kind of device such as opencl; see docs/gpu.md.")
    private String device;

    @Option(names = "--format", paramLabel = "FORMAT", description = "Format of the input, if its name does not say.")
    private String format;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Write a page too, HTML in one file: lengths of groups, how results are spread, what softness does.")
    private Path page;

    @Mixin
    private OutputOptions writing;

    @Mixin
    private SparkOptions spark;

    @Spec
    private CommandSpec spec;

    /** What becomes of rows without a group. */
    enum NullGroups {
        ERROR,
        SKIP,
        KEEP
    }

    @Override
    public Integer call() throws Exception {
        Terminal terminal = new Terminal(spec.commandLine().getErr());
        String inputFormat = Tables.format(format, input, null, "--format");
        String writtenFormat = writing.format(output);
        List<String> groups = group.stream().map(String::strip).toList();
        PageFile file = page == null ? null : new PageFile("features", page, writing.overwrite());
        if (file != null) file.check();
        SparkSession session = spark.session(terminal, FOR_GROUPS);
        Tables.checkNew(session, output, writing.overwrite());
        terminal.say("reading " + input);
        Dataset<Row> rows = Tables.read(session, input, inputFormat);
        if (inputFormat.equals(Tables.LETOR)) rows = FeatureColumns.unfolded(rows);
        if (rows.isEmpty()) throw new IllegalArgumentException("the input must have rows, got none in '" + input + "'");
        long start = System.nanoTime();
        Dataset<Row> valid = withGroups(rows, groups);
        List<String> results = results(session, GroupedLists.gather(valid, groups), rows);
        Observation read = new Observation("read");
        Observation gathered = new Observation("gathered");
        GroupedLists lists =
                GroupedLists.gather(valid.observe(read, count(lit(1)).as("rows")), groups);
        lists.unfolded().createOrReplaceTempView(VIEW);
        Dataset<Row> projected = projected(session, groups);
        Dataset<Row> computed = DeviceCalls.of(projected, DeviceCalls.device(session, device))
                .observe(
                        gathered,
                        count(lit(1)).as("groups"),
                        max(size(col(GroupedLists.ROWS))).as("longest"));
        Dataset<Row> scattered = lists.scatter(computed, results);
        boolean ranked = writtenFormat.equals(Tables.LETOR);
        Dataset<Row> table = ranked ? FeatureColumns.folded(scattered) : scattered;
        terminal.say("computing " + String.join(", ", results));
        long[] written = new long[1];
        Tables.write(table, output, writtenFormat, whole -> {
            written[0] = whole.count();
            long expected = number(read, "rows");
            // tasks that are run again, since an executor was lost, may have counted their rows again
            if (written[0] != expected) expected = valid.count();
            if (written[0] != expected) {
                throw new Failures.JobException("the output must have each row once: " + expected + " were read, "
                        + written[0] + " written; nothing was kept");
            }
        });
        double seconds = Terminal.seconds(start);
        if (file != null) {
            // lines of ranked lists have no names, so that columns are made again, once
            Dataset<Row> result = ranked
                    ? scattered.select(shown(groups, results)).persist(StorageLevel.DISK_ONLY())
                    : Tables.read(session, output, writtenFormat);
            lists.unfolded().limit(FeaturesPage.SAMPLE).createOrReplaceTempView(VIEW);
            file.write(FeaturesPage.of(input, result, groups, results, select, VIEW, terminal::say)
                    .html());
            result.unpersist();
        }
        terminal.say("done");
        long longest = number(gathered, "longest");
        remark(terminal, DefaultMethods.unsuited(projected, longest), longest);
        summary(written[0], number(gathered, "groups"), seconds, writtenFormat);
        if (ranked) names(FeatureColumns.of(scattered.schema()));
        else sample(Tables.read(session, output, writtenFormat), groups, results);
        return CommandLine.ExitCode.OK;
    }

    private static long number(Observation observation, String name) throws InterruptedException {
        return ((Number) observation.getAsJava().get(name)).longValue();
    }

    /** Group columns under the policy for NULL. */
    private Dataset<Row> withGroups(Dataset<Row> rows, List<String> groups) {
        Dataset<Row> valid = rows;
        List<String> names = Arrays.asList(rows.columns());
        for (String name : groups) {
            if (!names.contains(name)) throw Columns.unknown("--group", name, names);
            Column column = Columns.quoted(name);
            valid = switch (nullGroups) {
                case KEEP -> valid;
                case SKIP -> valid.filter(column.isNotNull());
                case ERROR ->
                    valid.withColumn(
                            name, withoutNull(name, rows.schema().apply(name).dataType()));
            };
        }
        return valid;
    }

    private static Column withoutNull(String group, DataType type) {
        Column column = Columns.quoted(group);
        String message =
                "--group: column '" + group + "' must have no NULL, got one; give --null-groups skip to leave such"
                        + " rows out, or keep to make them a group";
        return Columns.refusing(column, column.isNull(), type, message);
    }

    /** Names of the results, all of them new; analyses --select, so that mistakes show before any row is read. */
    private List<String> results(SparkSession session, GroupedLists lists, Dataset<Row> rows) {
        lists.unfolded().createOrReplaceTempView(VIEW);
        List<String> results = Arrays.asList(new GivenSql("--select", "SELECT ", select, " FROM " + VIEW)
                .rows(session)
                .columns());
        List<String> names = Arrays.asList(rows.columns());
        for (int i = 0; i < results.size(); i++) {
            String name = results.get(i);
            if (names.contains(name) || results.indexOf(name) != i) {
                throw new Failures.UsageException("--select: names must be new and differ, got '" + name + "' "
                        + (names.contains(name) ? "which the input has" : "twice") + "; add AS and another name");
            }
        }
        return results;
    }

    private Dataset<Row> projected(SparkSession session, List<String> groups) {
        String kept = groups.stream().map(Columns::identifier).collect(Collectors.joining(", "));
        String after = ", " + GroupedLists.ROWS + ", " + kept + " FROM " + VIEW;
        return new GivenSql("--select", "SELECT ", select, after).rows(session);
    }

    /** A default that is for shorter lists is said, as it gives numbers that look right. */
    private void remark(Terminal terminal, Set<String> unsuited, long longest) {
        if (unsuited.isEmpty()) return;
        terminal.say(String.format(
                Locale.ROOT,
                "note: the longest group has %,d rows, and %s took the default method '%s', for lists of up to %d:"
                        + " results may be far off; give method => '%s' (docs/how-to-choose.md)",
                longest,
                String.join(", ", unsuited),
                Method.NEURALSORT.name().toLowerCase(Locale.ROOT),
                Method.NEURALSORT.suits(),
                Method.FAST_SOFT_SORT.name().toLowerCase(Locale.ROOT)));
    }

    private void summary(long rows, long groups, double seconds, String writtenFormat) {
        var out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "rows     %,d%n", rows);
        out.printf(Locale.ROOT, "groups   %,d%n", groups);
        out.printf(Locale.ROOT, "seconds  %.1f%n", seconds);
        out.printf(Locale.ROOT, "rows/s   %,.0f%n", rows / seconds);
        out.printf(Locale.ROOT, "output   %s (%s)%n%n", output, writtenFormat);
        out.flush();
    }

    /** The numbers of the features, since lines of ranked lists have no names. */
    private void names(List<String> features) {
        var out = spec.commandLine().getOut();
        for (int i = 0; i < features.size(); i++) out.printf(Locale.ROOT, "feature %4d  %s%n", i + 1, features.get(i));
        out.flush();
    }

    private static Column[] shown(List<String> groups, List<String> results) {
        return Stream.concat(groups.stream(), results.stream())
                .map(Columns::quoted)
                .toArray(Column[]::new);
    }

    /** A few rows of one group: the group, what was read, what was computed. */
    private void sample(Dataset<Row> written, List<String> groups, List<String> results) {
        List<Column> shown = new ArrayList<>();
        for (String name : written.columns()) {
            boolean used = select.matches("(?s).*\\b\\Q" + name + "\\E\\b.*");
            if (!groups.contains(name) && !results.contains(name) && !used) continue;
            boolean fraction = written.schema().apply(name).dataType().equals(DataTypes.DoubleType);
            shown.add(fraction ? round(Columns.quoted(name), DIGITS).as(name) : Columns.quoted(name));
        }
        written.select(shown.toArray(Column[]::new)).show(SAMPLE, 24);
    }
}
