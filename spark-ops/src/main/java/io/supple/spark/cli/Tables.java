// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Tables in files: their formats, and writing that is seen whole or not at all. */
final class Tables {

    /** The format of ranked lists as text. */
    static final String LETOR = "letor";

    /** Text files are taken for ranked lists, since a table of another kind has a name of its own. */
    private static final Map<String, String> BY_EXTENSION = Map.ofEntries(
            Map.entry("csv", "csv"),
            Map.entry("tsv", "tsv"),
            Map.entry("json", "json"),
            Map.entry("jsonl", "json"),
            Map.entry("parquet", "parquet"),
            Map.entry(LETOR, LETOR),
            Map.entry("svm", LETOR),
            Map.entry("txt", LETOR));

    private static final List<String> FORMATS = List.of("parquet", "csv", "tsv", "json", LETOR);

    private Tables() {}

    /** The format of a path: the given one, or that of its extension, or the fallback. */
    static String format(String given, String path, String fallback, String option) {
        if (given != null) {
            String lower = given.toLowerCase(Locale.ROOT);
            if (FORMATS.contains(lower)) return lower;
            throw new Failures.UsageException(option + " must be one of " + String.join(", ", FORMATS) + ", got '"
                    + given + "'" + Nearest.hint(lower, FORMATS));
        }
        String name = new Path(path).getName().replaceFirst("\\.(gz|bz2|zst)$", "");
        int dot = name.lastIndexOf('.');
        String known = BY_EXTENSION.get(dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT));
        if (known == null && fallback == null) {
            throw new Failures.UsageException("the format of '" + path
                    + "' must be known from its extension (.parquet, .csv,"
                    + " .tsv, .json, .letor, .svm, .txt)"
                    + (option.equals("--view") ? ", got none for " + option : " or given with " + option));
        }
        return known == null ? fallback : known;
    }

    /** Reads a table; column types of text formats are inferred. */
    static Dataset<Row> read(SparkSession session, String path, String format) {
        return read(session, path, format, Map.of());
    }

    /** The same with options of the format. */
    static Dataset<Row> read(SparkSession session, String path, String format, Map<String, String> options) {
        if (!exists(session, path)) {
            throw new Failures.UsageException("the input must be an existing file or folder, got '" + path + "'");
        }
        DataFrameReader reader = session.read().options(options);
        return switch (format) {
            case "csv", "tsv" ->
                reader.option("header", "true")
                        .option("inferSchema", "true")
                        .option("mode", "FAILFAST")
                        .option("sep", format.equals("csv") ? "," : "\t")
                        .csv(path);
            case "json" -> reader.option("mode", "FAILFAST").json(path);
            case LETOR -> reader.format(LETOR).load(path);
            default -> reader.parquet(path);
        };
    }

    /** Refuses an output that exists, before any work is done. */
    static void checkNew(SparkSession session, String path, boolean overwrite) {
        if (!overwrite && exists(session, path)) {
            throw new Failures.UsageException(
                    "the output must not exist, got '" + path + "'; choose another or give --overwrite");
        }
    }

    static boolean exists(SparkSession session, String path) {
        try {
            return fileSystem(session, path).exists(new Path(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FileSystem fileSystem(SparkSession session, String path) throws IOException {
        return new Path(path).getFileSystem(session.sessionState().newHadoopConf());
    }

    /** Looks at what was written before anyone else can. */
    interface Check {
        void accept(Dataset<Row> written) throws InterruptedException;
    }

    /**
     * Writes a table beside its place and moves it there when it is whole and checked: a failure leaves nothing, and an
     * older output stays until the new one is in its place.
     */
    static void write(Dataset<Row> table, String path, String format, Check check) throws InterruptedException {
        SparkSession session = table.sparkSession();
        staged(session, path, place -> {
            save(table, place.toString(), format);
            check.accept(read(session, place.toString(), format));
        });
    }

    /** Makes what shall stand at a path. */
    interface Making {
        void at(Path staged) throws IOException, InterruptedException;
    }

    /** The same for anything that is made of files. */
    static void staged(SparkSession session, String path, Making making) throws InterruptedException {
        Path target = new Path(path);
        Path parent = target.getParent() == null ? new Path(".") : target.getParent();
        Path staged = new Path(parent, "." + target.getName() + ".staging-" + UUID.randomUUID());
        try {
            FileSystem files = fileSystem(session, path);
            if (!files.mkdirs(staged)) throw new IOException("its folder cannot be written");
            files.delete(staged, true);
            try {
                making.at(staged);
                replace(files, staged, target);
            } finally {
                files.delete(staged, true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write '" + path + "': " + e.getMessage(), e);
        }
    }

    private static void save(Dataset<Row> table, String path, String format) {
        var writer = table.write().mode(SaveMode.ErrorIfExists);
        switch (format) {
            case "csv", "tsv" ->
                writer.option("header", "true")
                        .option("sep", format.equals("csv") ? "," : "\t")
                        .csv(path);
            case "json" -> writer.option("ignoreNullFields", "false").json(path);
            case LETOR -> writer.format(LETOR).save(path);
            default -> writer.parquet(path);
        }
    }

    private static void replace(FileSystem files, Path staged, Path target) throws IOException {
        Path old = new Path(staged.getParent(), staged.getName() + "-old");
        boolean replaces = files.exists(target);
        if (replaces && !files.rename(target, old)) throw new IOException("the older output cannot be moved away");
        if (!files.rename(staged, target)) {
            if (replaces) files.rename(old, target);
            throw new IOException("the finished output cannot be moved to its place");
        }
        if (replaces) files.delete(old, true);
    }
}
