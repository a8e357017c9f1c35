// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.Param;
import io.supple.spark.DeviceCalls;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** A way of sending a call of a row, all of which must give the same. */
enum Route {
    /** Columns; code generated for the whole stage, and no falling back. */
    COLUMNS("spark.sql.codegen.factoryMode=CODEGEN_ONLY"),
    /** Columns, without generated code. */
    INTERPRETED("spark.sql.codegen.wholeStage=false,spark.sql.codegen.factoryMode=NO_CODEGEN"),
    /** Generated code, but of each expression by itself. */
    NO_WHOLE_STAGE("spark.sql.codegen.wholeStage=false,spark.sql.codegen.factoryMode=CODEGEN_ONLY"),
    /** Constants, folded by the optimizer. */
    CONSTANTS("") {
        @Override
        Dataset<Row> send(SparkSession session, Call call) {
            return session.sql("SELECT " + call.constant() + " AS v FROM range(1)");
        }
    },
    /** Constants that reach the generated code. */
    UNFOLDED(
            "spark.sql.codegen.factoryMode=CODEGEN_ONLY,spark.sql.optimizer.excludedRules=org.apache.spark.sql.catalyst.optimizer.ConstantFolding") {
        @Override
        Dataset<Row> send(SparkSession session, Call call) {
            return CONSTANTS.send(session, call);
        }
    },
    /** Columns under the other dialect. */
    NOT_ANSI("spark.sql.ansi.enabled=false"),
    /** Columns as rows store them, after a shuffle. */
    STORED("") {
        @Override
        Dataset<Row> send(SparkSession session, Call call) {
            Names names = new Names();
            String outer = call.text(names::use);
            return session.sql("SELECT " + outer + " AS v FROM (SELECT /*+ REPARTITION(1) */ id" + names.columns()
                    + " FROM range(1))");
        }

        @Override
        boolean takes(Call call) {
            return !call.drawn();
        }
    },
    /** The value is used twice, in filters of a union, and limited. */
    FILTERED("spark.sql.codegen.factoryMode=CODEGEN_ONLY") {
        @Override
        Dataset<Row> send(SparkSession session, Call call) {
            String rows = "(SELECT id, " + call.text(Route::column) + " AS v FROM range(1))";
            return session.sql("(SELECT v FROM " + rows + " WHERE hash(v) % 2 = 0 AND id >= 0 LIMIT 5) UNION ALL"
                    + " (SELECT v FROM " + rows + " WHERE hash(v) % 2 <> 0 ORDER BY id LIMIT 5)");
        }
    },
    /** Inside a function of higher order. */
    LAMBDA("") {
        @Override
        Dataset<Row> send(SparkSession session, Call call) {
            String inner = call.text(a -> a.varies() ? a.with("IF(i >= 0, " + a.sql() + ", NULL)") : a);
            return session.sql("SELECT transform(array(id), i -> " + inner + ")[0] AS v FROM range(1)");
        }

        @Override
        boolean takes(Call call) {
            return call.steady();
        }
    },
    /** Three rows; the one between is another. Gives the last. */
    BETWEEN_ROWS("") {
        @Override
        Dataset<Row> send(SparkSession session, Call call) {
            String text = call.text(a -> a.varies() ? a.with(between(a)) : a);
            return session.sql("SELECT v FROM (SELECT id, " + text + " AS v FROM range(0, 3, 1, 1)) ORDER BY id DESC");
        }

        @Override
        boolean takes(Call call) {
            return call.steady();
        }
    },
    /** Lists as ML vectors, where they are doubles and not NULL. */
    VECTORS("") {
        @Override
        Dataset<Row> send(SparkSession session, Call call) {
            List<Argument> lists = lists(call);
            return session.sql("SELECT " + call.text(a -> column(lists.contains(a) ? MlVectors.of(a) : a))
                    + " AS v FROM range(1)");
        }

        @Override
        boolean takes(Call call) {
            return !lists(call).isEmpty();
        }

        private List<Argument> lists(Call call) {
            return call.function().params().stream()
                    .filter(Param.Data.class::isInstance)
                    .map(param -> call.argument(param.name()))
                    .filter(MlVectors::takes)
                    .toList();
        }
    },
    /** As batches of a device, some of them of one row, that computes as the JVM does. */
    DEVICE("spark.supple.device.batch=6") {
        @Override
        Dataset<Row> send(SparkSession session, Call call) {
            String text = call.text(a -> a.varies() ? a.with(between(a)) : a);
            Dataset<Row> projected = session.sql("SELECT id, " + text + " AS v FROM range(0, 3, 1, 1)");
            return DeviceCalls.of(projected, "counting")
                    .orderBy(functions.col("id").desc())
                    .select("v");
        }

        @Override
        boolean takes(Call call) {
            return call.steady();
        }
    },
    /** By the columns' interface, arguments by their places. */
    COLUMN_API("") {
        @Override
        Dataset<Row> send(SparkSession session, Call call) {
            Column[] columns = call.arguments().stream()
                    .map(argument -> functions.expr(column(argument).sql()))
                    .toArray(Column[]::new);
            return session.range(1)
                    .select(functions
                            .call_function(call.function().name(), columns)
                            .as("v"));
        }

        @Override
        boolean takes(Call call) {
            return call.arguments().stream()
                    .allMatch(a -> a.name() == null && !a.sql().equals(Argument.VALUE));
        }
    };

    private final String settings; // name=value, with commas between

    Route(String settings) {
        this.settings = settings;
    }

    /** The query, with the value as column v of its first row: of columns, if a route has no way of its own. */
    Dataset<Row> send(SparkSession session, Call call) {
        return session.sql("SELECT " + call.text(Route::column) + " AS v FROM range(1)");
    }

    /** Whether a call can be sent this way. */
    boolean takes(Call call) {
        return true;
    }

    Map<String, String> settings() {
        return Sender.settings(settings);
    }

    static List<Route> others() {
        return List.of(values()).subList(1, values().length);
    }

    /** The argument as something that the optimizer knows nothing of. */
    static Argument column(Argument a) {
        return a.varies() ? a.with("IF(id >= 0, " + a.sql() + ", NULL)") : a;
    }

    /** The argument in three rows, of which the one between has another. */
    private static String between(Argument a) {
        return "IF(id = 1, " + another(a) + ", IF(id >= 0, " + a.sql() + ", NULL))";
    }

    /** Another value of the same type. */
    private static String another(Argument a) {
        return a.isArray() ? "reverse(concat(" + a.sql() + ", " + a.sql() + "))" : a.sql();
    }

    /** Columns of a table below the call. */
    private static final class Names {
        private final StringBuilder columns = new StringBuilder();
        private int used;

        Argument use(Argument argument) {
            if (!argument.varies()) return argument;
            String name = "a" + used++;
            columns.append(", ").append(column(argument).sql()).append(" AS ").append(name);
            return argument.with(name);
        }

        String columns() {
            return columns.toString();
        }
    }
}
