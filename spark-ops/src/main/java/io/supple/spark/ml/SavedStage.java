// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayArrayParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.sql.SparkSession;

/**
 * What the file of a stage says of it, which is believed only after it was looked at: the file may have been written by
 * something else, or by a newer version, or altered. Nothing that it names is loaded for that.
 */
public final class SavedStage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TEXTS = List.of("class", "uid", "sparkVersion");
    private static final List<String> VALUES = List.of("defaultParamMap", "paramMap");
    private static final String METADATA = "metadata";
    private static final int LONGEST_QUOTE = 60;

    private final String reader;
    private final String path;
    private final JsonNode saved;

    private SavedStage(String reader, String path, JsonNode saved) {
        this.reader = reader;
        this.path = path;
        this.saved = saved;
    }

    /**
     * Reads the file.
     *
     * @param reader in whose name it is refused
     * @param path folder of a stage
     * @throws IllegalArgumentException naming reader and path, if it is not the file of a stage
     */
    public static SavedStage at(String reader, String path) {
        String text;
        try {
            List<String> lines =
                    SparkSession.active().read().textFile(path + "/" + METADATA).takeAsList(2);
            text = lines.isEmpty() ? "" : lines.get(0);
        } catch (Exception unreadable) { // a file that is not there is Spark's AnalysisException, which it does not
            // declare
            String why =
                    String.valueOf(unreadable.getMessage()).lines().findFirst().orElse("");
            throw refusal(reader, path, "a readable file of metadata", "none: " + why, unreadable);
        }
        try {
            JsonNode saved = JSON.readTree(text);
            if (!saved.isObject()) throw refusal(reader, path, "metadata that is a JSON object", quoted(text), null);
            SavedStage stage = new SavedStage(reader, path, saved);
            for (String field : TEXTS) stage.text(field); // Spark's reader takes a null for a text
            return stage;
        } catch (JsonProcessingException broken) {
            throw refusal(reader, path, "metadata that is JSON", quoted(text), broken);
        }
    }

    /**
     * Looks at the stages in a folder and in all folders below it, as those of a pipeline or of a cross-validation lie there:
     * Spark loads and initialises whatever class such a file names.
     *
     * @param reader in whose name they are refused
     * @throws IllegalArgumentException if one names a class that is none of a stage, model or evaluator, which is not
     *     initialised for that
     */
    public static void checkAll(String reader, String path) {
        try {
            Path folder = new Path(path);
            FileSystem files =
                    folder.getFileSystem(SparkSession.active().sparkContext().hadoopConfiguration());
            checkAll(reader, files, folder);
        } catch (IOException unreadable) {
            throw refusal(reader, path, "readable files", "none: " + unreadable.getMessage(), unreadable);
        }
    }

    private static void checkAll(String reader, FileSystem files, Path folder) throws IOException {
        for (FileStatus each : files.listStatus(folder)) {
            if (!each.isDirectory()) continue;
            if (!each.getPath().getName().equals(METADATA)) checkAll(reader, files, each.getPath());
            else at(reader, folder.toString()).checkKind();
        }
    }

    /** Refuses a class that Spark could not take for what it saved. */
    private void checkKind() {
        try {
            Class<?> named =
                    Class.forName(className(), false, Thread.currentThread().getContextClassLoader());
            if (Params.class.isAssignableFrom(named)) return;
        } catch (ClassNotFoundException | LinkageError absent) {
            throw refusal("a class that is there", quoted(className()), absent);
        }
        throw refusal("the class of a stage, model or evaluator", quoted(className()), null);
    }

    private static IllegalArgumentException refusal(
            String reader, String path, String allowed, String got, Throwable cause) {
        return new IllegalArgumentException(
                reader + ": path must be the folder of a saved stage with " + allowed + ", got " + got + " in '" + path
                        + "'",
                cause);
    }

    /** A refusal by Spark's reader of what Supple found nothing wrong with. */
    IllegalArgumentException broken(Throwable cause) {
        String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return refusal("metadata as Spark writes them", "others (" + why + ")", cause);
    }

    private IllegalArgumentException refusal(String allowed, String got, Throwable cause) {
        return refusal(reader, path, allowed, got, cause);
    }

    /** The name of the class that wrote it. */
    public String className() {
        return text("class");
    }

    private String text(String field) {
        JsonNode value = saved.path(field);
        if (value.isTextual()) return value.textValue();
        throw refusal("a text as '" + field + "'", quoted(value.toString()), null);
    }

    /** Refuses what another class wrote. */
    void checkClass(Class<?> type) {
        if (className().equals(type.getName())) return;
        throw refusal("the class " + type.getName(), quoted(className()), null);
    }

    /** Refuses Params that the stage has not, and values that they do not take. */
    void checkParams(Params stage) {
        for (String values : VALUES) {
            JsonNode map = saved.path(values);
            if (map.isMissingNode() && !values.equals("paramMap")) continue;
            if (!map.isObject()) throw refusal("an object as '" + values + "'", quoted(map.toString()), null);
            for (Iterator<Map.Entry<String, JsonNode>> each = map.fields(); each.hasNext(); ) {
                Map.Entry<String, JsonNode> entry = each.next();
                if (!stage.hasParam(entry.getKey())) {
                    throw refusal(
                            "Params that this version of Supple knows",
                            quoted(entry.getKey()) + ", perhaps of a newer one,",
                            null);
                }
                check(stage, stage.getParam(entry.getKey()), entry.getValue());
            }
        }
    }

    private <T> void check(Params stage, Param<T> param, JsonNode value) {
        if (!fits(param, value)) throw wrong(param, value, null);
        try {
            stage.set(param, param.jsonDecode(value.toString()));
        } catch (Exception refused) { // Spark's, in words that name neither stage nor file
            throw wrong(param, value, refused);
        }
    }

    private IllegalArgumentException wrong(Param<?> param, JsonNode value, Throwable cause) {
        String allowed = "a value of " + param.name() + " that it takes (" + param.doc() + ")";
        return refusal(allowed, quoted(value.toString()), cause);
    }

    /** Whether the value is of the kind that Spark writes for the Param. */
    private static boolean fits(Param<?> param, JsonNode value) {
        if (param instanceof BooleanParam) return value.isBoolean();
        if (param instanceof IntParam) return value.canConvertToInt() && value.isIntegralNumber();
        if (param instanceof LongParam) return value.canConvertToLong() && value.isIntegralNumber();
        if (param instanceof DoubleParam) return isDouble(value);
        if (param instanceof DoubleArrayArrayParam) return value.isArray() && all(value, SavedStage::areDoubles);
        boolean texts = param instanceof StringArrayParam;
        boolean wholes = param instanceof IntArrayParam;
        if (!texts && !wholes && !(param instanceof DoubleArrayParam)) return value.isTextual();
        if (texts) return value.isArray() && all(value, JsonNode::isTextual);
        if (wholes) return value.isArray() && all(value, each -> each.isIntegralNumber() && each.canConvertToInt());
        return areDoubles(value);
    }

    private static boolean all(JsonNode array, Predicate<JsonNode> fit) {
        for (JsonNode each : array) if (!fit.test(each)) return false;
        return true;
    }

    private static boolean areDoubles(JsonNode value) {
        return value.isArray() && all(value, SavedStage::isDouble);
    }

    private static boolean isDouble(JsonNode value) {
        return value.isNumber()
                || (value.isTextual() && List.of("NaN", "Inf", "-Inf").contains(value.textValue()));
    }

    private static String quoted(String text) {
        String start = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
        return text.isEmpty() ? "nothing" : "'" + start + "'";
    }
}
