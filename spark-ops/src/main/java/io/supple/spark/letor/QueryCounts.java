// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.unsafe.types.UTF8String;

/** Queries of a file whose rows are counted beside it: one whole number on each line, in the order of the rows. */
final class QueryCounts implements Closeable {

    private final Path path;
    private final Path data;
    private final SplitLines lines;
    private long left;
    private long query;
    private long rows;
    private long counted;
    private UTF8String id;

    QueryCounts(Configuration hadoop, Path path, Path data) throws IOException {
        this.path = path;
        this.data = data;
        lines = new SplitLines(
                hadoop, path, 0, path.getFileSystem(hadoop).getFileStatus(path).getLen());
    }

    /** The query of the next row, {@code file:1}, {@code file:2}, ...: names of different files differ. */
    UTF8String next() throws IOException {
        while (left == 0) {
            if (!advance()) {
                throw new IllegalArgumentException("letor: '" + path + "' must count all rows of '" + data
                        + "', got counts of " + counted + " rows in all and at least " + (counted + 1) + " rows");
            }
        }
        left--;
        rows++;
        return id;
    }

    /** The file of the counts. */
    String name() {
        return path.toString();
    }

    private boolean advance() throws IOException {
        while (lines.next()) {
            String text =
                    new String(lines.bytes(), lines.from(), lines.to() - lines.from(), StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) continue;
            try {
                left = Long.parseLong(text);
            } catch (NumberFormatException e) {
                left = -1;
            }
            if (left < 0) {
                throw new IllegalArgumentException("letor: " + path + ":" + lines.number()
                        + ": count must be a whole number >= 0, got '" + text + "'");
            }
            counted += left;
            query++;
            id = UTF8String.fromString(data.getName() + ":" + query);
            return true;
        }
        return false;
    }

    /** Refuses counts of more rows than there were. */
    void finish() throws IOException {
        while (advance()) {
            // all of them are wanted for the message
        }
        if (counted != rows) {
            throw new IllegalArgumentException("letor: '" + path + "' must count all rows of '" + data
                    + "', got counts of " + counted + " rows in all and " + rows + " rows");
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
