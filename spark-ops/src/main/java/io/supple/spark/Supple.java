// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;

/** Supple in a session that runs already. */
public final class Supple {

    private Supple() {}

    /**
     * Gives the SQL functions to a session that was started without the jar on its class path; harmless where they are
     * known already. Under Spark Connect the functions belong to the server, and there is nothing to do here.
     */
    public static void register(SparkSession session) {
        if (!(session instanceof org.apache.spark.sql.classic.SparkSession classic)) return;
        FunctionRegistry registry = classic.sessionState().functionRegistry();
        for (SqlFunction function : SqlFunction.all()) {
            // The catalog knows how names are qualified, which the registry asks for since Spark 4.2.
            if (classic.sessionState()
                    .catalog()
                    .lookupBuiltinOrTempFunction(function.name())
                    .isDefined()) continue;
            registry.createOrReplaceTempFunction(
                    function.name(), given -> ArgumentBinder.bind(function, given), "java_udf");
        }
    }
}
