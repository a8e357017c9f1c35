// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.util.List;
import java.util.regex.Pattern;

/** What a call of the command line may print. */
final class CommandLines {

    private static final Pattern TRACE = Pattern.compile("(?m)^\\s+at [a-z]+\\.|[A-Za-z]+(Exception|Error): ");
    private static final List<String> NOTHING_SAID =
            List.of("supple: null", "supple: java.", "supple: org.", "supple: scala.");

    private CommandLines() {}

    /** What may follow {@code --conf}. */
    static String setting(Dice dice) {
        return dice.of(
                "spark.sql.ansi.enabled=false",
                "spark.sql.ansi.enabled=maybe",
                "spark.sql.shuffle.partitions=2",
                "spark.sql.shuffle.partitions=0",
                "spark.sql.shuffle.partitions=many",
                "spark.sql.codegen.factoryMode=NO_CODEGEN",
                "spark.sql.codegen.wholeStage=false",
                "spark.sql.session.timeZone=Mars/Olympus",
                "spark.sql.warehouse.dir=elsewhere",
                "spark.sql.files.maxPartitionBytes=1",
                "spark.sql.files.maxPartitionBytes=-1",
                "spark.sql.caseSensitive=true",
                "spark.supple.device=counting",
                "spark.supple.device=none",
                "spark.supple.device=",
                "spark.supple.device.batch=0",
                "spark.supple.device.batch=1",
                "spark.executor.memory=tiny",
                "spark.memory.fraction=7",
                "spark.master=nowhere",
                "spark.local.dir=/dev/null",
                "spark.task.cpus=0",
                "spark.serializer=nowhere",
                "spark.sql.codegen.factoryMode=x",
                "spark.driver.port=x",
                "nonsense",
                "nonsense=",
                "=nonsense",
                "=",
                "a=b=c",
                "",
                "\u00e9=\u4e2d");
    }

    /** What may follow {@code --master}; where a session runs, it stays. */
    static String master(Dice dice) {
        return dice.of(
                "local",
                "local[1]",
                "local[0]",
                "local[-1]",
                "local[x]",
                "local[",
                "LOCAL",
                "nowhere",
                "",
                "spark:",
                "k8s://",
                "yarn");
    }

    /** Enters a call that gave its exit code and what it printed to stderr, or was thrown out of. */
    static void judge(Outcome outcome, String err, String example, Tally tally) {
        boolean done = outcome instanceof Outcome.Value value && value.text().startsWith("0");
        tally.call(!done);
        String last =
                err.strip().lines().filter(line -> line.contains("supple")).reduce("", (a, b) -> b);
        if (outcome instanceof Outcome.Hanging hanging) tally.fail("a command hangs", example + hanging.where());
        else if (outcome instanceof Outcome.Thrown thrown) {
            tally.fail("a command throws " + Clarity.account(thrown.thrown()), example);
        } else if (!done && err.isBlank()) tally.fail("a command says nothing", example);
        else if (!done && TRACE.matcher(err).find())
            tally.fail(
                    "a command prints an exception: " + last.replaceAll("\\w*\\d\\w*", "#"), example + "\n    " + err);
        else if (!done && NOTHING_SAID.stream().anyMatch(err::contains)) {
            tally.fail("a command names only a class: " + last, example + "\n    " + err);
        }
    }
}
