// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Operator;
import io.supple.Param;
import io.supple.Relaxation;
import io.supple.Result;
import io.supple.spark.SqlFunction;
import java.util.ArrayList;
import java.util.Iterator;
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
        boolean grouped = !stage.groups().isEmpty();
        checkArguments(stage, operator);
        checkMethod(stage, operator);
        if (grouped) checkGrouped(stage, operator);
        List<String> inputs = stage.inputs();
        List<Param.Data> columns = stage.columns();
        if (inputs.size() != columns.size()) {
            List<String> wanted = new ArrayList<>();
            for (Param.Data data : columns) wanted.add(data.name());
            throw stage.refuse("inputCols", "the columns for " + wanted, inputs.toString());
        }
        List<DataType> types = new ArrayList<>();
        Iterator<String> next = inputs.iterator();
        for (Param.Data data : operator.data()) {
            String input = columns.contains(data) ? next.next() : null;
            types.add(input == null ? DataTypes.DoubleType : type(stage, "inputCol", input, schema));
            if (input != null) checkInput(stage, data, input, types.get(types.size() - 1), grouped);
        }
        for (String group : stage.groups()) type(stage, "groupCol", group, schema);
        String cotangent = stage.gradients().cotangent();
        if (cotangent != null) type(stage, "cotangentCol", cotangent, schema);
        if (stage.isSet(stage.seedCol())) checkSeed(stage, operator, schema);
        StructField[] fields = ((StructType) new SqlFunction(operator, true).type(types, false)).fields();
        int n = grouped ? -1 : Attributes.size(fields(stage, inputs, schema));
        boolean whole = !stage.getOrDefault(stage.handleInvalid()).equals(SoftStage.KEEP);
        int size = Attributes.size(operator, stage.ownArguments(), n, whole);
        DataType value = grouped ? perRow(operator.result()) : fields[0].dataType();
        StructType out = add(stage, schema, stage.outputCol(), value, size);
        if (stage.gradients().gradient() == null) return out;
        List<StructField> gradients = new ArrayList<>();
        for (int i = 1; i < fields.length; i++) {
            if (!columns.contains(operator.differentiable().get(i - 1))) continue;
            // a row of a group has one element of each list
            gradients.add(
                    grouped
                            ? new StructField(fields[i].name(), DataTypes.DoubleType, true, fields[i].metadata())
                            : fields[i]);
        }
        DataType gradient = gradients.size() == 1 ? gradients.get(0).dataType() : DataTypes.createStructType(gradients);
        return add(stage, out, stage.gradientCol(), gradient, n);
    }

    private static List<StructField> fields(SoftStage<?> stage, List<String> names, StructType schema) {
        List<StructField> fields = new ArrayList<>();
        for (String name : names) fields.add(Refusal.field(stage, "inputCol", name, schema));
        return fields;
    }

    /** What a row of a group gets back: its element of the result. */
    private static DataType perRow(Result result) {
        return result.distribution() && !result.single(true, false) ? SqlFunction.ARRAY : DataTypes.DoubleType;
    }

    private static StructType add(
            SoftStage<?> stage,
            StructType schema,
            org.apache.spark.ml.param.Param<String> column,
            DataType type,
            int size) {
        String name = Refusal.fresh(stage, column.name(), stage.getOrDefault(column), schema);
        return schema.add(Attributes.field(name, type, size));
    }

    private static DataType type(SoftStage<?> stage, String param, String column, StructType schema) {
        return Refusal.field(stage, param, column, schema).dataType();
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

    private static boolean placewise(Param.Data data) {
        return !data.form().list() && !data.form().nested();
    }

    /** Data that is one number for all rows. */
    private static void checkNumber(SoftStage<?> stage, Param.Data data, Map<String, Object> given) {
        Object value = given.get(data.name());
        if (value == null || !placewise(data)) return; // what is not placewise is unknown as an argument
        if (!(value instanceof Number)) {
            throw stage.refuse(data.name(), "a number where it is no column", Param.quoted(value));
        }
    }

    /** Names before values: of a misspelt argument one would hear that it is missing. */
    private static void checkArguments(SoftStage<?> stage, Operator operator) {
        Map<String, Object> given = stage.ownArguments();
        List<String> allowed = new ArrayList<>();
        for (Param param : operator.params()) {
            boolean column = param instanceof Param.Data data && !placewise(data);
            if (!column && !param.tensorOnly()) allowed.add(param.name());
        }
        for (Param param : stage.relaxationArguments()) allowed.add(param.name());
        for (String name : given.keySet()) {
            if (!allowed.contains(name)) {
                throw stage.refuse(
                        "arguments", "of " + allowed + " for " + SqlFunction.PREFIX + operator, "'" + name + "'");
            }
        }
        for (Param param : operator.params()) {
            if (param instanceof Param.Data data) checkNumber(stage, data, given);
            else if (given.containsKey(param.name())) param.check(Refusal.name(stage), given.get(param.name()));
            else if (param.required() && !(param instanceof Param.Seed && stage.isSet(stage.seedCol()))) {
                String remedy = param instanceof Param.Seed ? "; set seedCol to give each row its own" : "";
                throw stage.refuse(param.name(), param.allowed(), "nothing" + remedy);
            }
        }
    }
}
