// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Files of ranked lists: rows, the same however the file is split, or a refusal that names the file. */
final class LetorTarget implements Target, AutoCloseable {

    private static final String FORMAT = "letor";
    private static final String ONE_SPLIT = "";
    private static final String MANY_SPLITS = "spark.sql.files.maxPartitionBytes=37b,spark.sql.files.openCostInBytes=0";

    private final Sender sender = new Sender(Sessions.shared().newSession(), Duration.ofSeconds(60));
    private final Path folder;

    LetorTarget(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "LETOR files";
    }

    @Override
    public void attack(Dice dice, Tally tally) throws IOException {
        LetorText text = new LetorText(dice);
        boolean huge = dice.percent(1);
        byte[] bytes = huge ? text.longLine() : text.bytes();
        boolean zip = dice.percent(20);
        String name = dice.of("rank", "a b", "\u00e9\u4e2d", "it's (1)", "50%", "a+b", "a=b,c", "#x") + ".txt"
                + (zip ? ".gz" : "");
        Path file = Files.write(folder.resolve(name), zip ? text.zipped(bytes) : bytes);
        if (dice.percent(10)) Files.write(folder.resolve(name + ".query"), new LetorText(dice).bytes());
        List<String> options = options(dice);
        String example = name + " " + options + " " + quoted(bytes);
        Outcome one = read(file, options, ONE_SPLIT);
        judge(tally, one, name, example);
        if (!huge && !zip) {
            Outcome many = read(file, options, MANY_SPLITS);
            judge(tally, many, name, example);
            boolean same = one.equals(many) || (one instanceof Outcome.Thrown && many instanceof Outcome.Thrown);
            if (!same) tally.fail("rows differ by splits", example + "\n    " + one + "\n    " + many);
        }
        if (one instanceof Outcome.Value) writtenAndRead(file, options, tally, example);
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .filter(each -> !each.equals(folder))
                    .forEach(each -> each.toFile().delete());
        }
    }

    private static List<String> options(Dice dice) {
        List<String> options = new ArrayList<>();
        if (dice.percent(40))
            options.addAll(List.of("numFeatures", dice.of("0", "1", "20", "2147483647", "-1", "x", "")));
        if (dice.percent(40)) {
            options.addAll(List.of("mode", dice.of("FAILFAST", "DROPMALFORMED", "PERMISSIVE", "permissive", "none")));
        }
        if (dice.percent(20)) options.addAll(List.of("zeroBased", dice.of("true", "false", "yes")));
        if (dice.percent(20)) options.addAll(List.of("groups", dice.of("auto", "none", "all")));
        if (dice.percent(10)) options.addAll(List.of("columnNameOfCorruptRecord", dice.of("bad", "a b", "label", "")));
        return options;
    }

    private Dataset<Row> rows(Path file, List<String> options) {
        DataFrameReader reader = sender.session().read().format(FORMAT);
        for (int i = 0; i < options.size(); i += 2) reader.option(options.get(i), options.get(i + 1));
        return reader.load(file.toString());
    }

    private Outcome read(Path file, List<String> options, String settings) {
        Map<String, String> map = Sender.settings(settings);
        return sender.first(
                map,
                () -> rows(file, options)
                        .selectExpr("sort_array(collect_list(struct(label, qid, CAST(features AS STRING), comment)))"));
    }

    private static void judge(Tally tally, Outcome outcome, String name, String example) {
        Verdict.enter(
                tally,
                "letor",
                outcome,
                FORMAT,
                List.of(name, "numFeatures", "mode", "zeroBased", "groups", "columnNameOfCorruptRecord"),
                example);
    }

    /** What was read is written, and read again as it was. */
    private void writtenAndRead(Path file, List<String> options, Tally tally, String example) {
        Path copy = folder.resolve("copy");
        Outcome written = sender.outcome(() -> {
            rows(file, options)
                    .select("label", "qid", "features", "comment")
                    .write()
                    .format(FORMAT)
                    .save(copy.toString());
            return new Outcome.Value("written", false);
        });
        if (!(written instanceof Outcome.Value)) return; // what a line cannot hold is refused: LetorWriteTest
        Outcome there = sender.first(Map.of(), () -> rows(file, options).selectExpr("count(*)"));
        Outcome again = sender.first(Map.of(), () -> rows(copy, List.of()).selectExpr("count(*)"));
        if (!there.equals(again)) tally.fail("rows are lost in writing", example + "\n    " + there + "\n    " + again);
    }

    private static String quoted(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, 600); i++) {
            boolean plain = bytes[i] >= ' ' && bytes[i] < 127 && bytes[i] != '\\';
            text.append(plain ? String.valueOf((char) bytes[i]) : String.format("\\x%02x", bytes[i]));
        }
        return text.append(bytes.length > 600 ? "... of " + bytes.length : "").toString();
    }

    @Override
    public void close() {
        sender.close();
    }
}
