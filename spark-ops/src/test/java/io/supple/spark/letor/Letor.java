// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files for tests, and what is read from them. */
final class Letor {

    private Letor() {}

    static Path file(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    static Path zipped(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream zip = new GZIPOutputStream(Files.newOutputStream(file))) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    static Dataset<Row> read(Object path, String... options) {
        var reader = Sessions.shared().read().format("letor");
        for (int i = 0; i < options.length; i += 2) reader.option(options[i], options[i + 1]);
        return reader.load(path.toString());
    }

    /** Rows as text, each {@code label|qid|features|comment}. */
    static List<String> rows(Dataset<Row> rows) {
        return rows.select("label", "qid", "features", "comment").collectAsList().stream()
                .map(row -> row.mkString("|"))
                .toList();
    }

    static Vector features(Row row) {
        return (Vector) row.get(row.fieldIndex("features"));
    }

    /** The cause that is ours, of a failure in a task. */
    static Throwable ours(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof IllegalArgumentException) return at;
        }
        return thrown;
    }

    /** Works under other settings of the session. */
    static <T> T under(Map<String, String> settings, Supplier<T> work) {
        SparkSession session = Sessions.shared();
        settings.forEach(session.conf()::set);
        try {
            return work.get();
        } finally {
            settings.keySet().forEach(session.conf()::unset);
        }
    }
}
