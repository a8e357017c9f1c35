// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Rows as lines of text, in the order in which they are: reading them gives the same rows. Zeros are left out, except that of
 * the last feature, which says how many there are.
 */
final class LetorWriter implements MapPartitionsFunction<Row, String>, Serializable {

    private static final long serialVersionUID = 1L;
    private static final long WHOLE = 1L << 53;

    private static final List<String> NEEDED = List.of(LetorTable.LABEL, LetorTable.QID, LetorTable.FEATURES);

    private final int base;
    private final boolean comments;

    private LetorWriter(int base, boolean comments) {
        this.base = base;
        this.comments = comments;
    }

    /** Writes through Spark's text files, which know about modes, compression and failures. */
    static void write(Dataset<Row> data, SaveMode mode, Map<String, String> options) {
        LetorOptions checked = new LetorOptions(options, "");
        String path = options.get("path");
        if (path == null) throw new IllegalArgumentException("letor: path must be given, got none; use save(path)");
        if (options.get("__partition_columns") != null) {
            throw new IllegalArgumentException(
                    "letor: partitionBy must not be given, since lists would be torn apart, got "
                            + options.get("__partition_columns"));
        }
        List<String> names = Arrays.asList(data.columns());
        boolean comments = names.contains(LetorTable.COMMENT);
        Column[] ordered = columns(data, comments);
        DataFrameWriter<String> writer = data.select(ordered)
                .mapPartitions(new LetorWriter(checked.zeroBased() ? 0 : 1, comments), Encoders.STRING())
                .write()
                .mode(mode);
        if (options.get("compression") != null) writer.option("compression", options.get("compression"));
        writer.text(path);
    }

    private static Column[] columns(Dataset<Row> data, boolean comments) {
        for (String needed : NEEDED) type(data, needed);
        for (StructField field : data.schema().fields()) {
            if (!NEEDED.contains(field.name()) && !field.name().equals(LetorTable.COMMENT)) {
                throw new IllegalArgumentException(
                        "letor: columns must be label, qid, features and perhaps comment, got '" + field.name()
                                + "' too, which no line can hold; drop it");
            }
        }
        DataType features = type(data, LetorTable.FEATURES);
        boolean vector = features.equals(SQLDataTypes.VectorType());
        require(type(data, LetorTable.LABEL) instanceof NumericType, data, LetorTable.LABEL, "numbers");
        DataType qid = type(data, LetorTable.QID);
        require(
                qid instanceof StringType || qid instanceof IntegralType,
                data,
                LetorTable.QID,
                "text or whole numbers");
        require(
                vector || features instanceof ArrayType array && array.elementType() instanceof NumericType,
                data,
                LetorTable.FEATURES,
                "vectors or arrays of numbers");
        Column values = data.col(LetorTable.FEATURES);
        Column label = data.col(LetorTable.LABEL).cast(DataTypes.DoubleType);
        Column id = data.col(LetorTable.QID).cast(DataTypes.StringType);
        Column vectors = vector ? values : values.cast("array<double>");
        if (!comments) return new Column[] {label, id, vectors};
        require(type(data, LetorTable.COMMENT) instanceof StringType, data, LetorTable.COMMENT, "text");
        return new Column[] {label, id, vectors, data.col(LetorTable.COMMENT)};
    }

    private static DataType type(Dataset<Row> data, String name) {
        for (StructField field : data.schema().fields()) if (field.name().equals(name)) return field.dataType();
        throw new IllegalArgumentException("letor: columns must be label, qid, features and perhaps comment, got no '"
                + name + "' among " + String.join(", ", data.columns()));
    }

    private static void require(boolean holds, Dataset<Row> data, String name, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("letor: column " + name + " must be of " + allowed + ", got "
                    + type(data, name).simpleString());
        }
    }

    @Override
    public Iterator<String> call(Iterator<Row> rows) {
        return new Iterator<>() {
            private int size = LetorLine.ANY;

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public String next() {
                Row row = rows.next();
                if (row.isNullAt(2)) throw refuse(row, "features", "not be NULL", "NULL");
                Vector features = row.get(2) instanceof Vector vector ? vector : vector(row);
                if (size != LetorLine.ANY && size != features.size()) {
                    throw refuse(row, "features", "be as many in every row, " + size, String.valueOf(features.size()));
                }
                size = features.size();
                return line(row, features);
            }
        };
    }

    /** Of an array, whose elements Spark's own functions would take for 0 where they are NULL. */
    private Vector vector(Row row) {
        List<Double> cells = row.getList(2);
        double[] values = new double[cells.size()];
        for (int i = 0; i < values.length; i++) {
            if (cells.get(i) == null) throw refuse(row, "feature " + (i + base), "not be NULL", "NULL");
            values[i] = cells.get(i);
        }
        return Vectors.dense(values);
    }

    private String line(Row row, Vector features) {
        StringBuilder line = new StringBuilder();
        if (row.isNullAt(0)) throw refuse(row, "label", "not be NULL", "NULL");
        double label = row.getDouble(0);
        if (!Double.isFinite(label)) throw refuse(row, "label", "be finite", String.valueOf(label));
        number(line, label);
        if (row.isNullAt(1)) throw refuse(row, "qid", "not be NULL", "NULL");
        String qid = row.getString(1);
        if (qid.isEmpty() || qid.chars().anyMatch(c -> c <= ' ' || c == '#')) {
            throw refuse(row, "qid", "be text without blanks, control characters and #", "'" + qid + "'");
        }
        line.append(" qid:").append(qid);
        values(line, row, features);
        if (comments && !row.isNullAt(3)) {
            String comment = row.getString(3);
            if (comment.indexOf('\n') >= 0 || comment.indexOf('\r') >= 0) {
                throw refuse(row, "comment", "have no line end", "one");
            }
            line.append(" # ").append(comment);
        }
        return line.toString();
    }

    private void values(StringBuilder line, Row row, Vector features) {
        if (features instanceof SparseVector sparse) {
            int[] indices = sparse.indices();
            for (int k = 0; k < indices.length; k++) value(line, row, indices[k], sparse.values()[k]);
            int last = indices.length == 0 ? -1 : indices[indices.length - 1];
            boolean shown = last == features.size() - 1 && isNotZero(sparse.values()[indices.length - 1]);
            if (!shown) size(line, features.size());
        } else {
            double[] values = features.toArray();
            for (int i = 0; i < values.length; i++) value(line, row, i, values[i]);
            if (values.length == 0 || !isNotZero(values[values.length - 1])) size(line, values.length);
        }
    }

    private void value(StringBuilder line, Row row, int index, double value) {
        if (!Double.isFinite(value)) {
            throw refuse(row, "feature " + (index + base), "be finite", value + "; replace it before");
        }
        if (isNotZero(value)) number(line.append(' ').append(index + base).append(':'), value);
    }

    /** Says how many features there are by a last one that is 0. */
    private void size(StringBuilder line, int size) {
        if (size > 0) line.append(' ').append(size - 1 + base).append(":0");
    }

    /** Also of -0.0, which is not what is left out. */
    private static boolean isNotZero(double value) {
        return Double.doubleToRawLongBits(value) != 0;
    }

    /** As short as may be, and read back to the bit. */
    private static void number(StringBuilder line, double value) {
        long whole = (long) value;
        if (whole == value && Math.abs(whole) < WHOLE && (whole != 0 || !isNotZero(value))) {
            line.append(whole);
        } else {
            line.append(value);
        }
    }

    private static IllegalArgumentException refuse(Row row, String what, String condition, String got) {
        String of = row.isNullAt(1) ? "" : " (qid '" + row.getString(1) + "')";
        return new IllegalArgumentException("letor: " + what + " must " + condition + ", got " + got + of);
    }
}
