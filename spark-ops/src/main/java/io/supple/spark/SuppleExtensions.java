// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
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
        // Sessions begin with a copy of the built-in functions. Injecting the same ones again would have Spark 4.3
        // warn of each that it "replaced a previously registered function".
        Supple.registerForViews();
        return BoxedUnit.UNIT;
    }
}
