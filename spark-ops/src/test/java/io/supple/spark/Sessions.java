// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import org.apache.spark.sql.SparkSession;

/** The one local session that all tests share; stopped with the JVM. */
public final class Sessions {

    private Sessions() {}

    private static final class Holder {
        static final SparkSession SHARED = SparkSession.builder()
                .master("local[2]")
                .appName("supple tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.sql.warehouse.dir", "target/warehouse")
                .getOrCreate();
    }

    /** The session. */
    public static SparkSession shared() {
        return Holder.SHARED;
    }
}
