// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * How far a selected column strays from its exact value, by softness: the mean distance over lists. Of columns that are the
 * call of one soft function with a softness and an exact form; what else a selection holds has none.
 *
 * @param name of the column
 * @param distance for each of {@link SoftTally#SOFTNESSES}, in units of the column
 * @param selected the distance of the column as it was selected
 */
record Blur(String name, List<Double> distance, double selected) {

    private static final Pattern CALL =
            Pattern.compile("(?is)\\s*(soft_\\w+)\\s*\\((.*)\\)\\s*(?:(?:AS\\s+)?(?:`([^`]+)`|(\\w+)))?\\s*");

    private static final Pattern SOFTENING = Pattern.compile("(?is)\\s*(softness|straight_through)\\s*=>.*");

    private static final Pattern MODE = Pattern.compile("(?is)\\s*mode\\s*=>.*");

    /** Those of a selection, computed from the lists of a view. */
    static List<Blur> of(SparkSession session, String select, String view) {
        List<Blur> blurs = new ArrayList<>();
        for (String item : split(select)) {
            Matcher call = CALL.matcher(item);
            if (!call.matches()) continue;
            List<String> kept = new ArrayList<>(split(call.group(2)));
            kept.removeIf(argument -> SOFTENING.matcher(argument).matches());
            String function = call.group(1) + "(" + String.join(", ", kept);
            kept.removeIf(argument -> MODE.matcher(argument).matches());
            String whole = call.group(1) + "(" + call.group(2) + ")";
            String exact = call.group(1) + "(" + String.join(", ", kept) + ", mode => 'hard')";
            String name = call.group(3) != null ? call.group(3) : call.group(4);
            try {
                List<Double> distances = distances(session, function, whole, exact, view);
                int last = distances.size() - 1;
                blurs.add(
                        new Blur(name == null ? item.strip() : name, distances.subList(0, last), distances.get(last)));
            } catch (AnalysisException none) {
                // no softness, no exact form, or a value that is no number: it has no blur
            }
        }
        return blurs;
    }

    /** At each softness, and last as selected. */
    private static List<Double> distances(
            SparkSession session, String function, String whole, String exact, String view) throws AnalysisException {
        DataType type = session.sql("SELECT " + exact + " AS v FROM " + view)
                .schema()
                .apply("v")
                .dataType();
        List<String> columns = new ArrayList<>();
        for (double softness : SoftTally.SOFTNESSES) {
            columns.add(distance(String.format(Locale.ROOT, "%s, softness => %sD)", function, softness), exact, type));
        }
        columns.add(distance(whole, exact, type));
        Row means = session.sql("SELECT " + String.join(", ", columns) + " FROM " + view)
                .first();
        List<Double> distances = new ArrayList<>();
        for (int i = 0; i < means.size(); i++) distances.add(means.isNullAt(i) ? Double.NaN : means.getDouble(i));
        return distances;
    }

    private static String distance(String soft, String exact, DataType type) {
        boolean list = type instanceof ArrayType array && array.elementType().equals(DataTypes.DoubleType);
        if (!list) return "avg(abs(" + soft + " - " + exact + "))";
        String apart = "filter(zip_with(" + soft + ", " + exact + ", (a, b) -> abs(a - b)), d -> d IS NOT NULL)";
        return "avg(aggregate(" + apart + ", 0D, (sum, d) -> sum + d, sum -> sum) / size(" + apart + "))";
    }

    /** At the commas outside of parentheses and quotes. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
