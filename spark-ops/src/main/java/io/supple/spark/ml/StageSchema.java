// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Operator;
import io.supple.Param;
import io.supple.Relaxation;
import io.supple.Result;
import io.supple.spark.SqlFunction;
import io.supple.spark.job.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a stage makes of a schema, refused before any job runs. */
final class StageSchema {

    private StageSchema() {}

    static StructType of(SoftStage<?> stage, StructType schema) {
        Operator operator = stage.declared();
        List<String> names = Arrays.asList(schema.fieldNames());
        boolean grouped = !stage.groups().isEmpty();
        checkArguments(stage, operator);
        checkMethod(stage, operator);
        if (grouped) checkGrouped(stage, operator);
        List<String> inputs = stage.inputs();
        if (inputs.size() != operator.data().size()) {
            List<String> wanted = new ArrayList<>();
            for (Param.Data data : operator.data()) wanted.add(data.name());
            throw stage.refuse("inputCols", "the columns for " + wanted, inputs.toString());
        }
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            types.add(type(stage, "inputCol", inputs.get(i), schema));
            checkInput(stage, operator.data().get(i), inputs.get(i), types.get(i), grouped);
        }
        for (String group : stage.groups()) type(stage, "groupCol", group, schema);
        if (stage.isSet(stage.cotangentCol())) {
            type(stage, "cotangentCol", stage.getOrDefault(stage.cotangentCol()), schema);
        }
        if (stage.isSet(stage.seedCol())) checkSeed(stage, operator, schema);
        StructField[] fields = ((StructType) new SqlFunction(operator, true).type(types, false)).fields();
        StructType out = add(
                stage, schema, stage.outputCol(), names, grouped ? perRow(operator.result()) : fields[0].dataType());
        if (!stage.isSet(stage.gradientCol())) return out;
        StructField[] gradients = Arrays.copyOfRange(fields, 1, fields.length);
        DataType gradient = gradients.length == 1 ? gradients[0].dataType() : DataTypes.createStructType(gradients);
        return add(stage, out, stage.gradientCol(), Arrays.asList(out.fieldNames()), gradient);
    }

    /** What a row of a group gets back: its element of the result. */
    private static DataType perRow(Result result) {
        return result.distribution() && !result.single(true, false) ? SqlFunction.ARRAY : DataTypes.DoubleType;
    }

    private static StructType add(
            SoftStage<?> stage,
            StructType schema,
            org.apache.spark.ml.param.Param<String> column,
            List<String> names,
            DataType type) {
        String name = stage.getOrDefault(column);
        if (names.contains(name)) throw stage.refuse(column.name(), "a new column", "'" + name + "', which exists");
        return schema.add(name, type, true);
    }

    private static DataType type(SoftStage<?> stage, String param, String column, StructType schema) {
        for (StructField field : schema.fields()) if (field.name().equals(column)) return field.dataType();
        throw Columns.unknown(
                stage.getClass().getSimpleName() + ": " + param, column, Arrays.asList(schema.fieldNames()));
    }

    private static void checkInput(SoftStage<?> stage, Param.Data data, String column, DataType type, boolean grouped) {
        boolean number = type instanceof NumericType || (data.form().truth() && type.equals(DataTypes.BooleanType));
        boolean numbers = type.equals(SQLDataTypes.VectorType())
                || (type instanceof ArrayType array
                        && (array.elementType() instanceof NumericType
                                || (data.form().truth() && array.elementType().equals(DataTypes.BooleanType))));
        String got = "'" + column + "' of type " + type.sql();
        if (data.form().nested()) {
            boolean indices = type instanceof ArrayType rows
                    && rows.elementType() instanceof ArrayType row
                    && row.elementType() instanceof NumericType;
            if (!indices)
                throw stage.refuse("inputCols", "a column of arrays of arrays of numbers for " + data.name(), got);
            return;
        }
        if (grouped && !number) throw stage.refuse("inputCol", "a column of numbers where groupCol is set", got);
        if (!grouped && data.form().list() && !numbers) {
            String hint = number ? "; set groupCol to make lists of the rows of a group" : "";
            throw stage.refuse("inputCol", "a column of arrays of numbers or vectors", got + hint);
        }
        if (!number && !numbers) throw stage.refuse("inputCol", "a column of numbers, arrays or vectors", got);
    }

    /** The choice of softening, and that the operator takes its method. */
    private static void checkMethod(SoftStage<?> stage, Operator operator) {
        stage.soft();
        for (Param param : operator.relaxation()) {
            boolean given = param.name().equals(Relaxation.METHOD) && stage.isSet(stage.method());
            if (given) param.check(stage.getClass().getSimpleName(), stage.getOrDefault(stage.method()));
        }
    }

    private static void checkSeed(SoftStage<?> stage, Operator operator, StructType schema) {
        String column = stage.getOrDefault(stage.seedCol());
        DataType type = type(stage, "seedCol", column, schema);
        if (!operator.random()) {
            throw stage.refuse("seedCol", "left out, since " + operator + " draws nothing", "'" + column + "'");
        }
        if (!(type instanceof IntegralType)) {
            throw stage.refuse("seedCol", "a column of whole numbers", "'" + column + "' of type " + type.sql());
        }
    }

    /**
     * A row of a group gives one number and takes back one element: arrays of soft indices have no number for a row, and
     * results along k places, rows or several levels have no element for it.
     */
    private static void checkGrouped(SoftStage<?> stage, Operator operator) {
        Result.Axis first = operator.result().first();
        if (operator.random()) {
            throw stage.refuse(
                    "operator",
                    "one without random draws where groupCol is set, since a group has no seed of its own and groups of"
                            + " one seed draw the same noise",
                    "'" + operator + "'; gather the lists first, and give each its seed in seedCol");
        }
        if (operator.data().stream().anyMatch(data -> data.form().nested()) || first == Result.Axis.ROW) {
            throw stage.refuse(
                    "operator",
                    "one with a number from each row of a group and a result for it where groupCol is set, since "
                            + operator + " has rows or a window of its own",
                    "'" + operator + "'; gather the lists first");
        }
        if (first == Result.Axis.FIRST) {
            throw stage.refuse(
                    "operator",
                    "one with a result for each row of a group where groupCol is set, since " + operator
                            + " has one for each of k places",
                    "'" + operator + "'; topk_mask has one for each row");
        }
    }

    private static void checkArguments(SoftStage<?> stage, Operator operator) {
        Map<String, Object> given = stage.ownArguments();
        List<String> allowed = new ArrayList<>();
        for (Param param : operator.params()) {
            if (param instanceof Param.Data || param.tensorOnly()) continue;
            allowed.add(param.name());
            if (given.containsKey(param.name())) param.check(stage.functionName(), given.get(param.name()));
            else if (param.required() && !(param instanceof Param.Seed && stage.isSet(stage.seedCol()))) {
                String remedy = param instanceof Param.Seed ? "; set seedCol to give each row its own" : "";
                throw stage.refuse(param.name(), param.allowed(), "nothing" + remedy);
            }
        }
        for (String name : given.keySet()) {
            if (!allowed.contains(name)) {
                throw stage.refuse(
                        "arguments", "of " + allowed + " for " + SqlFunction.PREFIX + operator, "'" + name + "'");
            }
        }
    }
}
