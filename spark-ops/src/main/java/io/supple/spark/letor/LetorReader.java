// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.unsafe.types.UTF8String;

/** The rows of some files. Every line is read whole, whatever columns are wanted: what is malformed does not depend on them. */
final class LetorReader implements PartitionReader<InternalRow> {

    @SuppressWarnings("unchecked") // what VectorType is
    private static final UserDefinedType<Vector> VECTOR = (UserDefinedType<Vector>) SQLDataTypes.VectorType();

    private final Configuration hadoop;
    private final Iterator<FilePiece> pieces;
    private final LetorOptions options;
    private final int numFeatures;
    private final String[] columns;
    private final LetorLine line;

    private FilePiece piece;
    private SplitLines lines;
    private QueryCounts counts;
    private InternalRow row;

    /**
     * Reads pieces of files.
     *
     * @param numFeatures the length of vectors, of which no line may have more if the options say so too
     * @param columns names of the columns that are wanted, in their order
     */
    LetorReader(LetorFormat format, FilePieces pieces, int numFeatures, String... columns) {
        this.hadoop = format.hadoop();
        this.pieces = pieces.pieces().iterator();
        this.options = format.options();
        this.numFeatures = numFeatures;
        this.columns = columns;
        line = new LetorLine(options.numFeatures(), options.zeroBased());
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            if (lines == null && !open()) return false;
            try {
                if (step()) return true;
            } catch (IOException e) {
                throw new IOException("letor: '" + piece.path() + "' cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private boolean open() throws IOException {
        if (!pieces.hasNext()) return false;
        piece = pieces.next();
        lines = new SplitLines(hadoop, piece.path(), piece.start(), piece.length());
        counts = piece.counts() == null ? null : new QueryCounts(hadoop, piece.counts(), piece.path());
        return true;
    }

    /** Reads a line; whether it makes a row. */
    private boolean step() throws IOException {
        if (!lines.next()) {
            if (counts != null) counts.finish();
            close();
            return false;
        }
        if (!line.begin(lines.bytes(), lines.from(), lines.to())) return false;
        UTF8String counted = counts == null ? null : counts.next();
        try {
            line.read();
            if (counts != null) line.refuseQid(counts.name());
            row = row(counts == null ? line.qid() : counted);
            return true;
        } catch (MalformedLineException e) {
            return malformed(e);
        }
    }

    private boolean malformed(MalformedLineException e) throws IOException {
        switch (options.malformed()) {
            case FAILFAST ->
                throw new IllegalArgumentException(
                        "letor: " + piece.path() + ":" + lines.number() + ":" + column(e.at()) + ": " + e.getMessage());
            case DROPMALFORMED -> {
                return false;
            }
            case PERMISSIVE -> {
                row = corrupt();
                return true;
            }
        }
        throw new AssertionError(options.malformed());
    }

    /** The place of a byte in its line, from 1, in letters. */
    private int column(int at) {
        int letters = 1;
        for (int i = lines.from(); i < at; i++) if ((lines.bytes()[i] & 0xC0) != 0x80) letters++;
        return letters;
    }

    private InternalRow row(UTF8String qid) {
        Object[] cells = new Object[columns.length];
        for (int c = 0; c < cells.length; c++) {
            cells[c] = switch (columns[c]) {
                case LetorTable.LABEL -> line.label();
                case LetorTable.QID -> qid;
                case LetorTable.FEATURES -> VECTOR.serialize(line.features(numFeatures));
                case LetorTable.COMMENT -> line.comment();
                default -> null; // nothing is wrong
            };
        }
        return new GenericInternalRow(cells);
    }

    private InternalRow corrupt() {
        Object[] cells = new Object[columns.length];
        int at = Arrays.asList(columns).indexOf(options.corruptColumn());
        if (at >= 0) {
            cells[at] = UTF8String.fromString(
                    new String(lines.bytes(), lines.from(), lines.to() - lines.from(), StandardCharsets.UTF_8));
        }
        return new GenericInternalRow(cells);
    }

    /** As many features as the last line of which a row was made has. */
    int size() {
        return line.size();
    }

    @Override
    public InternalRow get() {
        return row;
    }

    @Override
    public void close() throws IOException {
        SplitLines opened = lines;
        QueryCounts counting = counts;
        lines = null;
        counts = null;
        if (opened != null) opened.close();
        if (counting != null) counting.close();
    }
}
