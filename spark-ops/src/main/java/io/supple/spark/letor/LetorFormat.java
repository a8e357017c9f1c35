// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SerializableWritable;

/** What a task needs to know of how files are read. */
final class LetorFormat implements Serializable {

    private static final long serialVersionUID = 1L;

    private final SerializableWritable<Configuration> hadoop;
    private final LetorOptions options;

    LetorFormat(Configuration hadoop, LetorOptions options) {
        this.hadoop = new SerializableWritable<>(hadoop);
        this.options = options;
    }

    Configuration hadoop() {
        return hadoop.value();
    }

    LetorOptions options() {
        return options;
    }

    /** The most features that a line has. */
    int widest(FilePieces pieces) {
        try (LetorReader reader = new LetorReader(this, pieces, 0)) {
            int widest = 0;
            while (reader.next()) widest = Math.max(widest, reader.size());
            return widest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
