// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Catalogue;
import io.supple.Losses;
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
 * @param kind what the function makes of it
 */
public record SqlFunction(Operator operator, Kind kind) implements Serializable {

    /** What a function makes of its operator. */
    public enum Kind {
        /** Its value. */
        VALUE(""),
        /** Its value and its gradients. */
        VJP("_vjp"),
        /** Its value, gradient and second derivatives, of a loss that boosted trees are grown by. */
        OBJECTIVE("_objective"),
        /** Its value for the list of a group's values. */
        AGGREGATE("_agg");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    /** Every function's name begins with this. */
    public static final String PREFIX = "soft_";

    private static final List<String> LATER =
            List.of(Relaxation.RETURN_LOG_PROBS, Relaxation.LOG_PROB_EPS, Losses.SINKHORN_ITERS, Losses.DISCOUNTED);

    /** The upstream gradient that a companion takes. */
    static final Param.Data COTANGENT = new Param.Data(
            "cotangent", "upstream gradient, shaped as the value; 1 where that is one number", Param.Form.NUMBERS);

    /** Array of doubles, some of which may be missing. */
    public static final ArrayType ARRAY = DataTypes.createArrayType(DataTypes.DoubleType, true);

    /** Array of such arrays. */
    public static final ArrayType MATRIX = DataTypes.createArrayType(ARRAY, true);

    /** What boosted trees are grown by: the loss of a list, and for each of its rows the first and second derivative. */
    private static final StructType OBJECTIVE = new StructType()
            .add("value", DataTypes.DoubleType)
            .add("gradient", ARRAY)
            .add("hessian", ARRAY);

    /**
     * A function.
     *
     * @throws IllegalArgumentException if there is none of this kind
     */
    public SqlFunction {
        if (kind == Kind.OBJECTIVE && !operator.boosts()) {
            throw new IllegalArgumentException(
                    "SqlFunction: operator must be a loss of lists of scores for an objective of"
                            + " boosted trees, got '" + operator.name() + "'");
        }
        if (kind == Kind.AGGREGATE && !operator.aggregates()) {
            throw new IllegalArgumentException("SqlFunction: operator must be one of "
                    + aggregates().stream()
                            .map(function -> function.operator.name())
                            .toList()
                    + " for an aggregate, since the value of others depends on the order of the list, got '"
                    + operator.name() + "'");
        }
    }

    /** A function of a row, or its companion that returns the gradients too. */
    public SqlFunction(Operator operator, boolean vjp) {
        this(operator, vjp ? Kind.VJP : Kind.VALUE);
    }

    /** All functions of the catalogue: each followed by its companions, and then the aggregates. */
    public static List<SqlFunction> all() {
        List<SqlFunction> all = new ArrayList<>();
        for (Operator operator : Catalogue.operators()) {
            all.add(new SqlFunction(operator, false));
            all.add(new SqlFunction(operator, true));
            if (operator.boosts()) all.add(new SqlFunction(operator, Kind.OBJECTIVE));
        }
        all.addAll(aggregates());
        return all;
    }

    /** The functions of a group's values. */
    public static List<SqlFunction> aggregates() {
        return Catalogue.operators().stream()
                .filter(Operator::aggregates)
                .map(operator -> new SqlFunction(operator, Kind.AGGREGATE))
                .toList();
    }

    /** Whether this is the companion that returns the gradients too. */
    public boolean vjp() {
        return kind == Kind.VJP;
    }

    /** Whether the list is made of a group's values. */
    public boolean aggregate() {
        return kind == Kind.AGGREGATE;
    }

    /** The function's name. */
    public String name() {
        return PREFIX + operator.name() + kind.suffix;
    }

    /**
     * Parameters in the order of positional arguments. Those that are younger than {@code missing} come after
     * it: positions do not move.
     */
    public List<Param> params() {
        List<Param> params = new ArrayList<>(aggregate() ? List.of(element()) : operator.data());
        if (vjp()) params.add(COTANGENT);
        for (Param param : operator.params()) {
            if (own(param) && !LATER.contains(param.name())) params.add(param);
        }
        for (Param param : operator.relaxation()) if (!LATER.contains(param.name())) params.add(param);
        params.add(Missing.PARAM);
        for (Param param : operator.params()) if (LATER.contains(param.name())) params.add(param);
        for (Param param : operator.relaxation()) if (LATER.contains(param.name())) params.add(param);
        return params;
    }

    private static boolean own(Param param) {
        return !(param instanceof Param.Data) && !param.tensorOnly();
    }

    /** What an aggregate takes of each row. */
    private Param.Data element() {
        Param.Data list = operator.data().get(0);
        boolean truth = list.form().truth();
        return new Param.Data(truth ? "p" : list.name(), list.doc(), truth ? Param.Form.TRUTH : Param.Form.NUMBER);
    }

    /** Whether a call may leave the parameter out. */
    static boolean optional(Param param) {
        return !param.required() || param.equals(COTANGENT);
    }

    /** The result's type, given which arguments are arrays. */
    public DataType type(List<DataType> dataTypes, boolean severalLevels) {
        DataType value = valueType(dataTypes, severalLevels);
        if (kind == Kind.OBJECTIVE) return OBJECTIVE;
        if (!vjp()) return value;
        List<StructField> fields = new ArrayList<>();
        fields.add(new StructField("value", value, true, Metadata.empty()));
        List<Param.Data> data = operator.data();
        for (int i = 0; i < data.size(); i++) {
            if (!operator.differentiable().contains(data.get(i))) continue;
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

    /** Whether NULL is a value of a parameter, as its default is. */
    static boolean nullIsValue(Param param) {
        return hasDefault(param) && param.byDefault() == null;
    }

    /** A default as SQL. */
    public static String literal(Object value) {
        if (value == null) return "NULL";
        return value instanceof Enum<?> choice ? "'" + Param.Choice.text(choice) + "'" : String.valueOf(value);
    }
}
