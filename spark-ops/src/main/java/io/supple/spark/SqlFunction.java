// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Catalogue;
import io.supple.Operator;
import io.supple.Param;
import io.supple.Relaxation;
import io.supple.Result;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * An operator as a SQL function: its name, its parameters in SQL's order, its result type. Derived, never declared.
 *
 * @param operator the operator
 * @param vjp whether this is the companion that returns the gradients too
 */
public record SqlFunction(Operator operator, boolean vjp) implements Serializable {

    /** Every function's name begins with this. */
    public static final String PREFIX = "soft_";

    private static final String VJP = "_vjp";

    private static final List<String> LATER = List.of(Relaxation.RETURN_LOG_PROBS, Relaxation.LOG_PROB_EPS);

    /** The upstream gradient that a companion takes. */
    static final Param.Data COTANGENT = new Param.Data(
            "cotangent", "upstream gradient, shaped as the value; 1 where that is one number", Param.Form.NUMBERS);

    /** Array of doubles, some of which may be missing. */
    public static final ArrayType ARRAY = DataTypes.createArrayType(DataTypes.DoubleType, true);

    /** Array of such arrays. */
    public static final ArrayType MATRIX = DataTypes.createArrayType(ARRAY, true);

    /** All functions of the catalogue, each followed by its companion. */
    public static List<SqlFunction> all() {
        List<SqlFunction> all = new ArrayList<>();
        for (Operator operator : Catalogue.operators()) {
            all.add(new SqlFunction(operator, false));
            all.add(new SqlFunction(operator, true));
        }
        return all;
    }

    /** The function's name. */
    public String name() {
        return PREFIX + operator.name() + (vjp ? VJP : "");
    }

    /**
     * Parameters in the order of positional arguments. Those of logarithms come after {@code missing}, which has had its
     * place longer: positions do not move.
     */
    public List<Param> params() {
        List<Param> params = new ArrayList<>(operator.data());
        if (vjp) params.add(COTANGENT);
        for (Param param : operator.params()) {
            if (!(param instanceof Param.Data) && !param.tensorOnly()) params.add(param);
        }
        for (Param param : operator.relaxation()) if (!LATER.contains(param.name())) params.add(param);
        params.add(Missing.PARAM);
        for (Param param : operator.relaxation()) if (LATER.contains(param.name())) params.add(param);
        return params;
    }

    /** Whether a call may leave the parameter out. */
    static boolean optional(Param param) {
        return !param.required() || param.equals(COTANGENT);
    }

    /** The result's type, given which arguments are arrays. */
    public DataType type(List<DataType> dataTypes, boolean severalLevels) {
        DataType value = valueType(dataTypes, severalLevels);
        if (!vjp) return value;
        List<StructField> fields = new ArrayList<>();
        fields.add(new StructField("value", value, true, Metadata.empty()));
        List<Param.Data> data = operator.data();
        for (int i = 0; i < data.size(); i++) {
            boolean list = isList(dataTypes.get(i)) || data.get(i).form().list();
            DataType type = data.get(i).form().nested() ? MATRIX : list ? ARRAY : DataTypes.DoubleType;
            fields.add(new StructField("grad_" + data.get(i).name(), type, true, Metadata.empty()));
        }
        return DataTypes.createStructType(fields);
    }

    private DataType valueType(List<DataType> dataTypes, boolean severalLevels) {
        Result result = operator.result();
        boolean single = result.single(dataTypes.stream().anyMatch(SqlFunction::isList), severalLevels);
        if (single) return result.distribution() ? ARRAY : DataTypes.DoubleType;
        return result.distribution() ? MATRIX : ARRAY;
    }

    /** Whether a column of this type holds lists: arrays or ML vectors. */
    public static boolean isList(DataType type) {
        return type instanceof ArrayType || Cells.isVector(type);
    }

    /** The type of the fields of a companion's result. */
    static StructType struct(DataType type) {
        return (StructType) type;
    }

    /** {@code soft_name(x, k, softness => 0.1, ...)}. */
    public String signature() {
        StringBuilder text = new StringBuilder(name()).append('(');
        String comma = "";
        for (Param param : params()) {
            text.append(comma).append(param.name());
            if (hasDefault(param)) text.append(" => ").append(literal(param.byDefault()));
            comma = ", ";
        }
        return text.append(')').toString();
    }

    /** Whether leaving a parameter out is giving it its default, which may be NULL: then NULL is a value of it. */
    static boolean hasDefault(Param param) {
        return !param.required() && !param.equals(COTANGENT);
    }

    /** What core says of an operator or of a choice of softening, said of this function. */
    String said(String message) {
        for (String who : List.of("Soft: ", operator.name() + ": ", name() + ": ")) {
            if (message.startsWith(who)) return name() + ": " + message.substring(who.length());
        }
        return name() + ": " + message;
    }

    /** A default as SQL. */
    public static String literal(Object value) {
        if (value == null) return "NULL";
        return value instanceof Enum<?> choice ? "'" + Param.Choice.text(choice) + "'" : String.valueOf(value);
    }
}
