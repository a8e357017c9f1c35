// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Case;
import io.supple.Cases;
import io.supple.Catalogue;
import io.supple.Operator;
import io.supple.Param;
import io.supple.Relaxation;
import io.supple.Result;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** The cases of core as SQL: one table with the data of an operator, one expression for each case. */
public final class SqlCases {

    private SqlCases() {}

    /** All of them. */
    public static List<Operator> operators() {
        return Catalogue.operators();
    }

    /** Every call that SQL can make, under every soft choice and hard. */
    public static List<Case> of(Operator operator) {
        List<Soft> choices = new ArrayList<>(Cases.choices(operator, 0.37));
        if (operator.relaxes() && operator.exact()) {
            choices.add(Soft.smooth(0.37).with(io.supple.Mode.HARD));
            choices.add(Soft.smooth(0.37).straightThrough());
        }
        if (Cases.takes(operator, Relaxation.RETURN_LOG_PROBS)) {
            choices.add(Soft.smooth(0.37).withLogProbs());
            choices.add(Soft.smooth(0.37).withLogProbs(0.013));
            choices.add(Soft.smooth(0.37).with(io.supple.Mode.HARD).withLogProbs(0.013));
        }
        return Cases.calls(operator)
                .filter(SqlCases::oneAxis)
                .flatMap(call -> choices.stream().map(call::with))
                .toList();
    }

    private static boolean oneAxis(Case c) {
        for (int i = 0; i < c.arguments().size(); i++) {
            Param param = c.operator().params().get(i);
            if (param.tensorOnly() && !Objects.equals(c.arguments().get(i), param.byDefault())) return false;
        }
        return true;
    }

    /** The data of an operator, as a table that the optimizer does not evaluate. */
    public static Dataset<Row> table(SparkSession session, Operator operator) {
        Case c = Cases.calls(operator).findFirst().orElseThrow();
        List<StructField> fields = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < operator.data().size(); i++) {
            Tensor data = c.data()[i];
            fields.add(DataTypes.createStructField(operator.data().get(i).name(), type(data.rank()), true));
            values.add(cell(data));
        }
        StructType schema = DataTypes.createStructType(fields);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        return session.createDataFrame(context.parallelize(List.of(RowFactory.create(values.toArray()))), schema);
    }

    private static DataType type(int depth) {
        return depth == 0 ? DataTypes.DoubleType : DataTypes.createArrayType(type(depth - 1), true);
    }

    private static Object cell(Tensor data) {
        if (data.rank() == 0) return data.item();
        if (data.rank() == 1)
            return Scala.seq(Arrays.stream(data.data()).boxed().toList());
        int n = data.length(1);
        List<Object> rows = new ArrayList<>();
        for (int from = 0; from < data.size(); from += n) {
            rows.add(cell(Tensor.of(Arrays.copyOfRange(data.data(), from, from + n))));
        }
        return Scala.seq(rows);
    }

    /** The call as SQL; the cotangent's weights too for a companion. */
    static String sql(Case c, boolean vjp) {
        SqlFunction function = new SqlFunction(c.operator(), vjp);
        Stream.Builder<String> arguments = Stream.builder();
        for (Param param : c.operator().data()) arguments.add(param.name());
        if (vjp) arguments.add(cotangent(c));
        for (int i = c.operator().data().size(); i < c.arguments().size(); i++) {
            Param param = c.operator().params().get(i);
            if (!param.tensorOnly())
                arguments.add(param.name() + " => " + literal(c.arguments().get(i)));
        }
        c.soft().relaxation().forEach((name, value) -> {
            boolean taken =
                    c.operator().relaxation().stream().anyMatch(p -> p.name().equals(name));
            if (taken) arguments.add(name + " => " + literal(value));
        });
        return function.name() + arguments.build().collect(Collectors.joining(", ", "(", ")"));
    }

    /** Weights for the value, as SQL. */
    public static String cotangent(Case c) {
        Tensor value = c.value();
        double[] weights = Case.weights(value.size());
        int n = c.data()[0].size();
        boolean single = value.rank() == 0 || c.operator().result() == Result.NUMBER; // which may keep its axis in core
        if (single) return literal(weights[0]);
        if (value.rank() == 1) return literal(weights);
        List<String> rows = new ArrayList<>();
        for (int from = 0; from < weights.length; from += n) {
            rows.add(literal(Arrays.copyOfRange(weights, from, from + n)));
        }
        return "array(" + String.join(", ", rows) + ")";
    }

    /** A value as SQL. */
    public static String literal(Object value) {
        if (value instanceof double[] array) {
            return Arrays.stream(array).mapToObj(SqlCases::literal).collect(Collectors.joining(", ", "array(", ")"));
        }
        if (value instanceof Double number) return number + "D";
        if (value instanceof Enum<?> choice) return "'" + Param.Choice.text(choice) + "'";
        return String.valueOf(value);
    }

    /** All numbers of a SQL value, however nested; NaN for NULL. */
    public static double[] numbers(Object value) {
        List<Double> numbers = new ArrayList<>();
        flatten(value, numbers);
        return numbers.stream().mapToDouble(v -> v).toArray();
    }

    private static void flatten(Object value, List<Double> numbers) {
        if (value instanceof Seq<?> seq) Scala.list(seq).forEach(each -> flatten(each, numbers));
        else numbers.add(value == null ? Double.NaN : (Double) value);
    }
}
