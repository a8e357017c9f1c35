// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Operator;
import io.supple.Param;
import io.supple.spark.SqlFunction;
import io.supple.spark.job.Columns;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What is known of a column beside its type, said as Spark's attributes say it: that a number is numeric, and how long
 * lists are. Arrays carry it as vectors do, so that stages after this one know it too.
 */
final class Attributes {

    static final String KEY = "ml_attr";
    private static final String SIZE = "num_attrs";
    private static final int UNKNOWN = -1;

    private Attributes() {}

    /** How many numbers each list of a column has; -1 if that is not known. */
    static int size(StructField field) {
        if (field.dataType().equals(SQLDataTypes.VectorType())) {
            return AttributeGroup.fromStructField(field).size();
        }
        Metadata metadata = field.metadata();
        boolean known = SqlFunction.isList(field.dataType())
                && metadata.contains(KEY)
                && metadata.getMetadata(KEY).contains(SIZE);
        return known ? (int) metadata.getMetadata(KEY).getLong(SIZE) : UNKNOWN;
    }

    /** The size of the widest input whose size is known. */
    static int size(List<StructField> inputs) {
        int size = UNKNOWN;
        for (StructField input : inputs) size = Math.max(size, size(input));
        return size;
    }

    /** A column of numbers. */
    static StructField number(String name) {
        return field(name, DataTypes.DoubleType, UNKNOWN);
    }

    /** A column of a result: numbers, or lists or vectors of a known or unknown size. */
    static StructField field(String name, DataType type, int size) {
        Metadata metadata = Metadata.empty();
        if (type.equals(DataTypes.DoubleType)) {
            metadata = NumericAttribute.defaultAttr().withName(name).toMetadata();
        } else if ((type.equals(SqlFunction.ARRAY) || type.equals(SQLDataTypes.VectorType())) && size >= 0) {
            metadata = new AttributeGroup(name, size).toMetadata();
        }
        return new StructField(name, type, true, metadata);
    }

    /**
     * The length of an operator's result that is one list.
     *
     * @param given the operator's own arguments by name
     * @param n length of the input lists, -1 if not known
     * @param whole whether no element is left out, so that k places are k values
     */
    static int size(Operator operator, Map<String, Object> given, int n, boolean whole) {
        int k = UNKNOWN;
        for (Param param : operator.params()) {
            if (!(param instanceof Param.Count)) continue;
            Object count = given.getOrDefault(param.name(), param.byDefault());
            if (count != null) k = (Integer) param.check(operator.name(), count);
        }
        return switch (operator.result()) {
            case FIRST -> operator.random() ? k : whole && n >= 0 && k >= 0 ? Math.min(k, n) : UNKNOWN;
            case WINDOW -> k;
            case ROWS, LEVELS -> UNKNOWN;
            default -> n;
        };
    }

    /** Rows with what a schema says of the columns that were not there before. */
    static Dataset<Row> described(Dataset<Row> rows, StructType schema, StructType before) {
        Dataset<Row> described = rows;
        List<String> old = List.of(before.fieldNames());
        for (StructField field : schema.fields()) {
            boolean says = !old.contains(field.name()) && !field.metadata().equals(Metadata.empty());
            if (says) {
                // not withMetadata, which takes a name for SQL and `x` for x
                Column same = Columns.quoted(field.name()).as(field.name(), field.metadata());
                described = described.withColumn(field.name(), same);
            }
        }
        return described;
    }
}
