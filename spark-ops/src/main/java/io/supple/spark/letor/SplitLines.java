// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.util.LineReader;

/**
 * The lines that begin in a range of bytes, however lines end; those that begin at its first byte belong to the range before
 * it, unless it is the first, and those that begin at the byte after it to this one. So each line is in one range.
 */
final class SplitLines implements Closeable {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}; // of UTF-8, by some editors

    private final Configuration hadoop;
    private final Path path;
    private final long last;
    private final boolean whole;
    private final LineReader lines;
    private final Decompressor decompressor;
    private final Text line = new Text();
    private long at;
    private long begin;
    private long number;
    private int from;

    /**
     * Opens a file.
     *
     * @param start first byte; 0 for a file that is compressed
     * @param length how many bytes; all of a file that is compressed
     */
    SplitLines(Configuration hadoop, Path path, long start, long length) throws IOException {
        this.hadoop = hadoop;
        this.path = path;
        CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
        FSDataInputStream file = path.getFileSystem(hadoop).open(path);
        whole = start == 0;
        at = start;
        if (codec == null) {
            decompressor = null;
            last = start + length;
            file.seek(start);
            lines = new LineReader(file, hadoop);
            if (!whole) at += lines.readLine(line); // the range before has read it
        } else {
            decompressor = CodecPool.getDecompressor(codec);
            last = Long.MAX_VALUE;
            InputStream plain = codec.createInputStream(file, decompressor);
            lines = new LineReader(plain, hadoop);
        }
    }

    static boolean isCompressed(Configuration hadoop, Path path) {
        return new CompressionCodecFactory(hadoop).getCodec(path) != null;
    }

    /** Goes to the next line; false if there is none. */
    boolean next() throws IOException {
        if (at > last) return false;
        int bytes = lines.readLine(line);
        if (bytes == 0) return false;
        begin = at;
        at += bytes;
        number++;
        from = begin == 0 && marked() ? MARK.length : 0;
        return true;
    }

    private boolean marked() {
        if (line.getLength() < MARK.length) return false;
        for (int i = 0; i < MARK.length; i++) if (line.getBytes()[i] != MARK[i]) return false;
        return true;
    }

    /** The bytes of the line, from {@link #from} to {@link #to}; valid until the next. */
    byte[] bytes() {
        return line.getBytes();
    }

    int from() {
        return from;
    }

    int to() {
        return line.getLength();
    }

    /** The number of the line, from 1 at the beginning of the file, which may have to be read again for it. */
    long number() throws IOException {
        return whole ? number : 1 + before(begin);
    }

    private long before(long offset) throws IOException {
        try (FSDataInputStream file = path.getFileSystem(hadoop).open(path)) {
            LineReader reader = new LineReader(file, hadoop);
            Text text = new Text();
            long count = 0;
            for (long position = 0; position < offset; count++) {
                int bytes = reader.readLine(text);
                if (bytes == 0) break;
                position += bytes;
            }
            return count;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            lines.close();
        } finally {
            if (decompressor != null) CodecPool.returnDecompressor(decompressor);
        }
    }
}
