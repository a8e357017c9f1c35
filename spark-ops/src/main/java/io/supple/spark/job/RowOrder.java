// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.job;

import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.schema_of_variant;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The order of rows in a list: that of all of their columns, one after the other. Spark knows no order of maps, variants and
 * intervals of months, days and time together; those are ordered here by what stands for them, maps by their entries, the
 * others by their text. Such lists cost about twice the memory, as they are sorted beside their keys.
 */
final class RowOrder {

    private RowOrder() {}

    /** Whether Spark compares values of a type. */
    static boolean known(DataType type) {
        if (type instanceof MapType) return false;
        if (type instanceof ArrayType array) return known(array.elementType());
        if (type instanceof StructType struct) {
            return Arrays.stream(struct.fields()).allMatch(field -> known(field.dataType()));
        }
        return !variant(type) && !type.typeName().equals("interval");
    }

    /** A list of rows in their order. */
    static Column sorted(Column list, StructType row) {
        if (known(row)) return sort_array(list);
        Column keys = transform(list, (each, place) -> struct(key(each, row).as("key"), place.as("place")));
        return transform(sort_array(keys), each -> list.getItem(each.getField("place")));
    }

    /** What is compared in a value's place. */
    private static Column key(Column value, DataType type) {
        if (known(type)) return value;
        if (type instanceof ArrayType array) return transform(value, each -> key(each, array.elementType()));
        if (type instanceof MapType map) {
            return key(map_entries(value), DataTypes.createArrayType(entry(map)));
        }
        if (type instanceof StructType struct) {
            Column[] fields = Arrays.stream(struct.fields())
                    .map(field ->
                            key(value.getField(field.name()), field.dataType()).as(field.name()))
                    .toArray(Column[]::new);
            return when(value.isNotNull(), struct(fields));
        }
        // 1 and 1.0 are the same text of different types
        return variant(type) ? struct(to_json(value), schema_of_variant(value)) : value.cast(DataTypes.StringType);
    }

    private static StructType entry(MapType map) {
        return new StructType(new StructField[] {
            DataTypes.createStructField("key", map.keyType(), false),
            DataTypes.createStructField("value", map.valueType(), map.valueContainsNull())
        });
    }

    private static boolean variant(DataType type) {
        return type.typeName().equals("variant");
    }
}
