// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.spark.Sessions;
import io.supple.spark.cli.Main;
import io.supple.spark.rank.SoftRanker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The command line with any arguments, as its help lists them: exit code 0, 1 or 2, and a message without a trace. */
final class CliTarget implements Target, AutoCloseable {

    private static final String BENCH = "bench";
    private static final List<String> COMMANDS =
            List.of("features", "sql", "functions", "generate", "train", "score", "evaluate", BENCH);

    /** They ask for the trace that is looked for, or are given to every call. */
    private static final List<String> NOT_THESE = List.of("--verbose", "--max-iter");

    /** A race that takes a moment; words that are numbers could make it an hour. */
    private static final Map<String, String> RACE = new TreeMap<>(Map.of(
            "--numbers", "30", "--lengths", "3", "--runs", "1", "--warm-up", "0", "--rows", "100", "--features", "2"));

    private static final List<String> PATHS = List.of("--output", "--report", "--model", "--validation", "--pictures");
    private static final List<String> OUTPUTS = List.of(
            "out",
            "out.csv",
            "out dir/\u00e9.parquet",
            "missing/x/out.json",
            "closed/out",
            "file.csv/out",
            "out.letor");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");

    private final Sender sender = new Sender(Sessions.shared(), Duration.ofMinutes(2));
    private final Map<String, List<String>> options = new TreeMap<>();
    private final Path folder;
    private final List<String> inputs;

    CliTarget(Path folder) throws IOException {
        this.folder = folder;
        for (String command : COMMANDS) options.put(command, options(command));
        Dataset<Row> rows = StageTable.in(Sessions.shared());
        rows.selectExpr("g", "label", "vector AS features", "number", "share")
                .write()
                .parquet(folder.resolve("lists.parquet").toString());
        Files.writeString(folder.resolve("file.csv"), "qid,label,f1,f2,text\n1,0,0.5,,a\n1,1,NaN,2,b\n2,2,1e308,3,\n");
        Files.writeString(folder.resolve("a b \u00e9.csv"), "qid,label,f1\n1,0,0.5\n1,1,2\n");
        Files.writeString(folder.resolve("bad.csv"), "a,b\n\"1,2\n");
        Files.writeString(folder.resolve("empty.csv"), "");
        Files.writeString(folder.resolve("lists.letor"), "1 qid:1 1:0.5 2:1\n0 qid:1 2:2\n2 qid:2 1:3\n0 qid:2 1:1\n");
        Files.write(folder.resolve("junk.parquet"), new Dice(1, 1).bytes(300));
        Files.writeString(folder.resolve("junk.json"), "{\"a\": [1, {");
        Files.createDirectories(folder.resolve("closed"));
        Files.createDirectories(folder.resolve("nothing.parquet"));
        new SoftRanker()
                .setGroupCol("g")
                .setMaxIter(1)
                .fit(rows.selectExpr("g", "label", "vector AS features"))
                .save(folder.resolve("model").toString());
        inputs = List.of(
                "lists.parquet",
                "file.csv",
                "a b \u00e9.csv",
                "bad.csv",
                "empty.csv",
                "lists.letor",
                "junk.parquet",
                "junk.json",
                "nothing.parquet",
                "model",
                "nowhere.csv",
                "file.csv/x",
                "[x",
                "*.csv");
    }

    /** Names of options, out of the help text. */
    private static List<String> options(String command) {
        StringWriter help = new StringWriter();
        Main.run(new PrintWriter(help, true), new PrintWriter(new StringWriter()), command, "--help");
        return OPTION.matcher(help.toString())
                .results()
                .map(match -> match.group())
                .distinct()
                .filter(option -> !NOT_THESE.contains(option))
                .toList();
    }

    @Override
    public String name() {
        return "command lines";
    }

    @Override
    public void attack(Dice dice, Tally tally) throws IOException {
        String command = dice.of(COMMANDS);
        List<String> line = line(dice, command);
        boolean closed = folder.resolve("closed").toFile().setWritable(false);
        StringWriter err = new StringWriter();
        Outcome outcome = sender.outcome(() -> {
            // what a command sets is for its own session
            SparkSession.setActiveSession(Sessions.shared().newSession());
            int code = Main.run(
                    new PrintWriter(new StringWriter()), new PrintWriter(err, true), line.toArray(String[]::new));
            return new Outcome.Value(code + "", false);
        });
        if (closed) folder.resolve("closed").toFile().setWritable(true);
        CommandLines.judge(outcome, err.toString(), line.toString(), tally);
        if (outcome instanceof Outcome.Value value && !List.of("0", "1", "2").contains(value.text()))
            tally.fail("exit code " + value.text(), line.toString());
        for (String output : OUTPUTS) clean(output, tally, line);
    }

    private List<String> line(Dice dice, String command) {
        List<String> line = new ArrayList<>(List.of(command));
        if (command.equals(BENCH)) return race(dice, line);
        int positional = switch (command) {
            case "features", "train", "generate" -> 2;
            case "score" -> 3;
            default -> 1;
        };
        if (dice.percent(10)) positional += dice.of(-1, 1);
        for (int i = 0; i < positional; i++) {
            boolean last = i > 0 && i == positional - 1 || command.equals("generate");
            line.add(command.equals("sql") ? sql(dice) : command.equals("functions") ? word(dice) : path(dice, last));
        }
        if (command.equals("generate")) line.addAll(List.of("--queries", dice.of("3", "1", "0", "-2", "x")));
        if (command.equals("train")) line.addAll(List.of("--max-iter", "1"));
        int given = dice.below(3);
        for (int i = 0; i < given; i++) option(dice, dice.of(options.get(command)), line);
        return line;
    }

    private void option(Dice dice, String option, List<String> line) {
        line.add(option);
        boolean flag = dice.percent(5) || option.equals("--overwrite") || option.equals("--truth");
        if (flag) return;
        boolean output = !option.equals("--model") && !option.equals("--validation");
        if (PATHS.contains(option)) line.add(path(dice, output));
        else if (option.equals("--conf")) line.add(CommandLines.setting(dice));
        else if (option.equals("--master")) line.add(CommandLines.master(dice));
        else line.add(word(dice));
    }

    /** Most often one that is refused before it runs. */
    private List<String> race(Dice dice, List<String> line) {
        String device = dice.of("counting", "cpu", "auto", "none", "", "opencl", "failing");
        if (dice.percent(50)) line.addAll(List.of("--device", device));
        else line.add(dice.of("numbers", "LISTS", "ranker", "nonsense", "nonsense", "", "x y", "--", "-1"));
        if (dice.percent(40)) option(dice, dice.of("--output", "--pictures", "--conf", "--master"), line);
        String broken = dice.percent(60) ? dice.of(List.copyOf(RACE.keySet())) : null;
        RACE.forEach((option, value) -> line.addAll(List.of(
                option,
                option.equals(broken)
                        ? dice.of("0", "-1", "1.5", "x", "", "NaN", "1,0", ",", "99999999999999999999")
                        : value)));
        return line;
    }

    private String path(Dice dice, boolean output) {
        return folder.resolve(dice.of(output ? OUTPUTS : inputs)).toString();
    }

    private static String word(Dice dice) {
        return dice.of(
                "g",
                "qid",
                "label",
                "f1",
                "features",
                "number",
                "prediction",
                "text",
                "0.1",
                "1",
                "3",
                "5,10",
                "0",
                "-1",
                "NaN",
                "1e308",
                "soft_rank(f1) AS r",
                "soft_rank(text) AS r",
                "soft_rnak(f1)",
                "1/0 AS x",
                "soft_sort(",
                "AS",
                "csv",
                "parquet",
                "letor",
                "ndcg",
                "soft_rank",
                "",
                " ",
                "\u00e9",
                "--",
                "a,b",
                "true",
                "hard",
                "all",
                "graded",
                "2147483648",
                "99999999999999999999");
    }

    private static String sql(Dice dice) {
        return dice.of(
                "SELECT 1",
                "SELECT soft_rank(array(1, 2))",
                "SELECT soft_rank('a')",
                "SELEC",
                "",
                "SELECT 1/0",
                "SELECT soft_sort(array(1D, NULL), missing => 'error') FROM range(1)",
                "SELECT * FROM nowhere",
                "SELECT map(1, 2)",
                "SELECT soft_topk(array(1D), id - 5) FROM range(3)",
                "SELECT raise_error('no')",
                "SELECT 1; SELECT 2");
    }

    /** Removes an output; of a staged one nothing may be left. */
    private void clean(String output, Tally tally, List<String> line) throws IOException {
        if (inputs.contains(output)) return;
        Path path = folder.resolve(output);
        Path parent = path.getParent();
        if (Files.isDirectory(parent)) {
            try (Stream<Path> files = Files.list(parent)) {
                for (Path file : files.filter(f -> f.getFileName().toString().contains(".staging-"))
                        .toList()) {
                    tally.fail("a command leaves something behind", line + " " + file.getFileName());
                    FileUtils.deleteQuietly(file.toFile());
                }
            }
        }
        FileUtils.deleteQuietly(path.toFile());
    }

    @Override
    public void close() {
        sender.close();
    }
}
