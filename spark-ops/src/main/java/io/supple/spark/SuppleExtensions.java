// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
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
        for (SqlFunction function : SqlFunction.all()) {
            ExpressionInfo info = FunctionHelp.info(function);
            extensions.injectFunction(new Tuple3<>(
                    new FunctionIdentifier(function.name()), info, given -> ArgumentBinder.bind(function, given)));
        }
        return BoxedUnit.UNIT;
    }
}
