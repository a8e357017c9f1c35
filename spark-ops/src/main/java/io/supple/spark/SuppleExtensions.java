// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import scala.Tuple3;
import scala.runtime.BoxedUnit;

/**
 * Gives every SQL function of the catalogue to a session. Spark finds this class by its service file when the jar is on
 * the class path; {@code spark.sql.extensions=io.supple.spark.SuppleExtensions} works too.
 */
public final class SuppleExtensions implements SparkSessionExtensionsProvider {

    /** For Spark, which makes it by reflection. */
    public SuppleExtensions() {}

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        Supple.registerForViews();
        for (SqlFunction function : SqlFunction.all()) {
            extensions.injectFunction(new Tuple3<>(
                    new FunctionIdentifier(function.name()),
                    FunctionHelp.info(function),
                    given -> ArgumentBinder.bind(function, given)));
        }
        return BoxedUnit.UNIT;
    }
}
