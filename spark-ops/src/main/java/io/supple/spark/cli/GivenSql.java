// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.Param;
import io.supple.spark.SqlFunction;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * SQL that a call gives, analysed in the name of the option that gave it: Spark knows the query alone, with what a command
 * puts around the text, and nothing of lists.
 *
 * @param option its name in messages
 * @param before what stands before the text in the query
 * @param text as it was given
 * @param after what stands after it
 */
record GivenSql(String option, String before, String text, String after) {

    private static final Pattern PLACE = Pattern.compile("\\(line (\\d+), pos (\\d+)\\)");
    private static final Pattern UNRESOLVED = Pattern.compile("with name `(\\w+)` cannot be resolved");
    private static final Pattern NEGATED = Pattern.compile("-\\s*(\\w+)");
    private static final Pattern BINARY = Pattern.compile("(\\w+)\\s*([-+*/%<>=!|&^]+)\\s*([^-+*/%<>=!|&^].*)");
    private static final Pattern BINARY_OF_LIST = Pattern.compile("(.+?)\\s*([-+*/%<>=!|&^]+)\\s*(\\w+)");
    private static final Pattern CALLED = Pattern.compile("(\\w+)\\((\\w+)\\)");
    private static final Pattern AGGREGATE =
            Pattern.compile("(?i)(sum|avg|mean|std.*|var.*|skewness|kurtosis|median|percentile.*)");

    /** Of a list, which Spark's aggregates of rows order as a whole. */
    private static final Pattern EXTREME = Pattern.compile("^(max|min)\\((\\w+)\\)$");

    /** How much of the text a message shows. */
    private static final int SHOWN = 40;

    /** The query's rows; analysed, so that mistakes show before any row is read. */
    Dataset<Row> rows(SparkSession session) {
        if (text.isBlank()) throw new Failures.UsageException(option + " must be SQL, got nothing");
        try {
            return session.sql(before + text + after);
        } catch (Exception refused) { // Spark's is checked, which Scala does not declare
            if (refused instanceof AnalysisException && refused instanceof SparkThrowable told && !ours(told)) {
                throw said(refused, told);
            }
            throw refused;
        }
    }

    /** What Supple's functions refuse names function and parameter. */
    private static boolean ours(SparkThrowable refused) {
        return String.valueOf(refused.getCondition()).startsWith("DATATYPE_MISMATCH.TYPE_CHECK_FAILURE");
    }

    private Failures.UsageException said(Exception refused, SparkThrowable told) {
        String condition = String.valueOf(told.getCondition());
        String said = Failures.plain(refused.getMessage()).replaceFirst("\\.$", "");
        Matcher place = PLACE.matcher(refused.getMessage());
        String message = said;
        if (condition.startsWith("UNRESOLVED_ROUTINE")) {
            message = Failures.unknownFunction(refused.getMessage());
        } else if (condition.startsWith("UNRESOLVED_COLUMN")) {
            message = said + named(said);
        } else if (condition.startsWith("MISSING_GROUP_BY")) {
            message = said
                    + "; of the list of a group, which a column's name stands for here, take array_max(x), aggregate(x,"
                    + " 0D, (sum, each) -> sum + each) or a function of Supple such as soft_max(x)";
        } else if (condition.startsWith("DATATYPE_MISMATCH")) {
            message = mismatch(told, said);
        } else if (place.find()) {
            message = syntax(said, Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)));
        }
        Failures.UsageException usage = new Failures.UsageException(option + ": " + message);
        usage.initCause(refused);
        return usage;
    }

    /** Where Spark's parser stopped, counted in the text alone. */
    private String syntax(String said, int line, int character) {
        String query = before + text + after;
        int begin = 0;
        for (int i = 1; i < line; i++) begin = query.indexOf('\n', begin) + 1;
        int at = Math.max(0, begin + character - before.length());
        if (at >= text.length()) {
            return said.replaceFirst("(?s) at or near .*", "") + ", at its end, after '" + shown(text.strip()) + "'";
        }
        String seen = text.substring(0, at);
        int start = seen.lastIndexOf('\n') + 1;
        String where =
                (text.contains("\n") ? "line " + seen.lines().count() + ", " : "") + "character " + (at - start + 1);
        return said + ", at " + where + (seen.isBlank() ? "" : ", after '" + shown(seen.strip()) + "'");
    }

    private static String shown(String seen) {
        String line = seen.replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : "..." + line.substring(line.length() - SHOWN);
    }

    /** {@code softness = 0.1} is a comparison with a column of that name. */
    private static String named(String said) {
        Matcher unresolved = UNRESOLVED.matcher(said);
        if (!unresolved.find()) return "";
        String name = unresolved.group(1);
        List<Param> params =
                SqlFunction.all().stream().flatMap(f -> f.params().stream()).toList();
        boolean parameter = params.stream()
                .anyMatch(p -> !(p instanceof Param.Data) && p.name().equals(name));
        return parameter ? ". Arguments are named with =>, as in " + name + " => ..." : "";
    }

    /** Spark's functions of numbers take no lists: what does is said with the very operands. */
    private static String mismatch(SparkThrowable refused, String said) {
        QueryContext[] contexts = refused.getQueryContext();
        String fragment = contexts.length == 0 ? "" : contexts[0].fragment().strip();
        String where = fragment.isEmpty() ? "" : "'" + fragment + "': ";
        List<Boolean> lists = Pattern.compile("\"([A-Z]+)[^\"]*\"")
                .matcher(said)
                .results()
                .map(type -> type.group(1).equals("ARRAY"))
                .toList();
        if (!lists.contains(true)) return where + said;
        Matcher called = CALLED.matcher(fragment);
        if (called.matches() && AGGREGATE.matcher(called.group(1)).matches()) {
            return where + said + "; a list's sum is written aggregate(" + called.group(2)
                    + ", 0D, (sum, x) -> sum + x), its median soft_quantile(" + called.group(2)
                    + ", 0.5, mode => 'hard')";
        }
        boolean both = said.startsWith("the binary operator requires"); // of two lists of one type Spark names that
        return where + said + "; what is done to each element of a list is written "
                + elementwise(fragment, both || lists.get(0), both || lists.get(lists.size() - 1));
    }

    private static String elementwise(String fragment, boolean left, boolean right) {
        Matcher negated = NEGATED.matcher(fragment);
        if (negated.matches()) return each(negated.group(1), "-x");
        Matcher called = CALLED.matcher(fragment);
        if (called.matches()) return each(called.group(2), called.group(1) + "(x)");
        Matcher binary = BINARY.matcher(fragment);
        if (left && binary.matches()) {
            String other = EXTREME.matcher(binary.group(3)).replaceFirst("array_$1($2)");
            if (!right || !other.equals(binary.group(3)))
                return other.contains("(")
                        ? withOne(binary.group(1), other, "x " + binary.group(2) + " y")
                        : each(binary.group(1), "x " + binary.group(2) + " " + other);
            return "zip_with(" + binary.group(1) + ", " + other + ", (x, y) -> x " + binary.group(2) + " y)";
        }
        Matcher ofList = BINARY_OF_LIST.matcher(fragment);
        if (!left && ofList.matches()) {
            return ofList.group(1).contains("(")
                    ? withOne(ofList.group(3), ofList.group(1), "y " + ofList.group(2) + " x")
                    : each(ofList.group(3), ofList.group(1) + " " + ofList.group(2) + " x");
        }
        return "transform(list, x -> ...), and of two lists zip_with(a, b, (x, y) -> ...)";
    }

    /** Spark computes what stands in a lambda anew for each element: 20,000 medians of a list of 20,000 take half a minute. */
    private static String withOne(String list, String number, String expression) {
        return "zip_with(" + list + ", array_repeat(" + number + ", size(" + list + ")), (x, y) -> " + expression + ")";
    }

    private static String each(String list, String expression) {
        return "transform(" + list + ", x -> " + expression + ")";
    }
}
