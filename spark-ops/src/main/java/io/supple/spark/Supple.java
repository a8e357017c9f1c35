// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;

/** Supple in a session that runs already. */
public final class Supple {

    private Supple() {}

    /**
     * Gives the SQL functions to a session that was started without the jar on its class path; harmless where they are
     * known already. Under Spark Connect the functions belong to the server, and there is nothing to do here.
     */
    public static void register(SparkSession session) {
        if (!(session instanceof org.apache.spark.sql.classic.SparkSession classic)) return;
        registerForViews();
        register(classic.sessionState().functionRegistry());
    }

    /**
     * Lets views and functions that outlive a session use the functions: Spark takes what only a session knows for temporary
     * and refuses it there. Its own functions are those of this registry, of which each new session has a copy.
     */
    static void registerForViews() {
        register(FunctionRegistry$.MODULE$.builtin());
    }

    private static void register(FunctionRegistry registry) {
        FunctionIdentifier example = nameOfSparks();
        for (SqlFunction function : SqlFunction.all()) {
            FunctionIdentifier name = new FunctionIdentifier(function.name(), example.database(), example.catalog());
            if (registry.functionExists(name)) continue;
            registry.registerFunction(name, FunctionHelp.info(function), given -> ArgumentBinder.bind(function, given));
        }
    }

    /** A function of Spark's own: names are bare before Spark 4.2, and since then must be qualified, system.builtin.abs. */
    private static FunctionIdentifier nameOfSparks() {
        return Scala.list(FunctionRegistry$.MODULE$.builtin().listFunction()).stream()
                .filter(known -> known.funcName().equals("abs"))
                .findAny()
                .orElseThrow();
    }
}
