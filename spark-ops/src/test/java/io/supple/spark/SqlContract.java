// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Case;
import io.supple.Cases;
import io.supple.Cutoff;
import io.supple.Operator;
import io.supple.Param;
import io.supple.Repeats;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Through SQL every operator gives what core gives, bit for bit; generated code and interpreted code the same. */
class SqlContract {

    private static final SparkSession SESSION = Sessions.shared();

    static List<Operator> operators() {
        return SqlCases.operators();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void generatedCode(Operator operator) {
        SESSION.conf()
                .set("spark.sql.codegen.factoryMode", "CODEGEN_ONLY"); // no falling back on interpreting in silence
        try {
            compare(operator);
        } finally {
            SESSION.conf().unset("spark.sql.codegen.factoryMode");
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void interpretedCode(Operator operator) {
        SESSION.conf().set("spark.sql.codegen.wholeStage", "false");
        SESSION.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        try {
            compare(operator);
        } finally {
            SESSION.conf().unset("spark.sql.codegen.wholeStage");
            SESSION.conf().unset("spark.sql.codegen.factoryMode");
        }
    }

    private static void compare(Operator operator) {
        List<Case> cases = SqlCases.of(operator);
        assertThat(cases).isNotEmpty();
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            expressions.add(SqlCases.sql(cases.get(i), false) + " AS v" + i);
            expressions.add(SqlCases.sql(cases.get(i), true) + " AS g" + i);
        }
        Dataset<Row> table = SqlCases.table(SESSION, operator);
        Row row = table.selectExpr(expressions.toArray(String[]::new))
                .collectAsList()
                .get(0);
        for (int i = 0; i < cases.size(); i++) {
            Case c = cases.get(i);
            double[] value = c.value().data();
            assertThat(SqlCases.numbers(row.get(2 * i))).as(c + " value").isEqualTo(value);
            Row struct = row.getStruct(2 * i + 1);
            assertThat(SqlCases.numbers(struct.get(0)))
                    .as(c + " value of the companion")
                    .isEqualTo(value);
            double[][] gradients = c.gradients();
            int field = 1;
            for (int k = 0; k < gradients.length; k++) {
                if (!Cases.differentiable(operator, k)) continue;
                assertThat(SqlCases.numbers(struct.get(field)))
                        .as(c + " gradient " + k)
                        .isEqualTo(gradients[k]);
                assertThat(struct.schema().fieldNames()[field++])
                        .isEqualTo("grad_" + operator.data().get(k).name());
            }
            assertThat(struct.size()).isEqualTo(field);
        }
    }

    /** Bad constants are refused at analysis time, in the words of core. */
    @ParameterizedTest
    @MethodSource("operators")
    void badConstants(Operator operator) {
        SqlFunction function = new SqlFunction(operator, false);
        String call = Sample.sql(function);
        for (Param param : function.params()) {
            for (String bad : bad(param)) {
                String query = "SELECT " + with(call, function, param, bad);
                assertThatThrownBy(() -> SESSION.sql(query))
                        .as(query)
                        .isInstanceOf(AnalysisException.class)
                        .hasMessageContaining(function.name() + ": " + param.name() + " must be " + param.allowed());
            }
        }
    }

    /** Values that a parameter refuses, as SQL. */
    static List<String> bad(Param param) {
        if (param instanceof Param.Real real) {
            return real.range() == Param.Range.PROBABILITY
                    ? List.of("0", "1.5", "'wide'", "double('nan')")
                    : List.of("-1", "'wide'", "double('inf')");
        }
        if (param instanceof Param.Count || param instanceof Cutoff) return List.of("0", "-1", "1.5D", "'two'");
        if (param instanceof Repeats) return List.of("-1", "1.5D", "'two'");
        if (param instanceof Param.Flag) return List.of("1", "'yes'");
        if (param instanceof Param.Choice) return List.of("'nonsense'", "3");
        if (param instanceof Param.Seed) return List.of("1.5D", "'7'", "1e300D", "double('nan')", "true");
        if (param instanceof Param.Level level) {
            return List.of(1.5 * level.most() + "D", "-1", "array(0.5D, 200D)", "'half'");
        }
        if (((Param.Data) param).form().nested()) {
            return List.of("'text'", "1.0D", "array(1.0D)", "array(array('text'))", "array(array(array(1.0D)))");
        }
        return ((Param.Data) param).form().list()
                ? List.of("'text'", "1.0D", "array('text')", "map(1, 2)", "array(array(1.0D))")
                : List.of("'text'", "array('text')", "map(1, 2)");
    }

    /** The sample call with another value for one parameter. */
    static String with(String call, SqlFunction function, Param param, String value) {
        int open = call.indexOf('(');
        List<String> arguments = new ArrayList<>();
        for (Param each : function.params()) {
            boolean required = !SqlFunction.optional(each);
            if (each.equals(param)) arguments.add(each.name() + " => " + value);
            else if (required) arguments.add(each.name() + " => " + Sample.sql(function, each));
        }
        return call.substring(0, open) + "(" + String.join(", ", arguments) + ")";
    }

    @ParameterizedTest
    @MethodSource("operators")
    void helpIsCompleteAndItsExampleRuns(Operator operator) {
        for (boolean vjp : new boolean[] {false, true}) {
            SqlFunction function = new SqlFunction(operator, vjp);
            List<Row> help =
                    SESSION.sql("DESCRIBE FUNCTION EXTENDED " + function.name()).collectAsList();
            String text = help.toString();
            assertThat(text)
                    .contains("Usage: " + function.name() + "(")
                    .contains(operator.meaning().substring(1));
            for (Param param : function.params()) assertThat(text).contains("* " + param.name() + " - ");
            String call = Sample.sql(function);
            String printed =
                    SESSION.sql("SELECT CAST(" + call + " AS STRING)").first().getString(0);
            assertThat(text).contains("> SELECT " + call + ";").contains(printed);
        }
    }

    @Test
    void namesThatAreNone() {
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_rank(array(1D), temperature => 2)"))
                .hasMessageContaining("temperature")
                .hasMessageContaining("`softness`");
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_rank()")).hasMessageContaining("`x` is required");
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_rank(array(1D), x => array(2D))"))
                .hasMessageContaining("`x`");
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_rank(softness => 0.1, array(1D))"))
                .hasMessageContaining("positional");
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_logical_not(0.1, 'ignore', 3)"))
                .hasMessageContaining("WRONG_NUM_ARGS");
    }

    @Test
    void functionsAreThereByTheServiceFileAndRegisteringAgainIsHarmless() {
        Supple.register(SESSION);
        assertThat(SESSION.sql("SHOW FUNCTIONS LIKE 'soft_*'").count())
                .isGreaterThanOrEqualTo(SqlFunction.all().size());
    }

    @Test
    void registeringGivesFunctionsToASessionThatHasNone() {
        SparkSession other = SESSION.newSession();
        FunctionRegistry registry = ((org.apache.spark.sql.classic.SparkSession) other)
                .sessionState()
                .functionRegistry();
        // Under Spark 4.2 and later they are among the built-in ones, which DROP TEMPORARY FUNCTION does not touch.
        for (FunctionIdentifier known : Scala.list(registry.listFunction())) {
            if (known.funcName().startsWith("soft_"))
                assertThat(registry.dropFunction(known)).isTrue();
        }
        String query =
                "SELECT soft_abs(x, mode => 'hard') + soft_max_agg(x, mode => 'hard') OVER () FROM VALUES (-3D) AS t(x)";
        assertThatThrownBy(() -> other.sql(query)).hasMessageContaining("UNRESOLVED_ROUTINE");
        Supple.register(other);
        assertThat(other.sql(query).first().getDouble(0)).isZero();
        Supple.register(other);
        assertThat(other.sql(query).first().getDouble(0)).isZero();
    }
}
