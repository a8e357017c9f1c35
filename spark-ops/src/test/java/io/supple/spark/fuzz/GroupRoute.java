// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.util.List;
import java.util.Map;

/** A way of sending a call of an aggregate over the values x of a table, all of which must give the same. */
enum GroupRoute {
    /** All rows are the group. */
    USUAL("SELECT %1$s AS v FROM %2$s", ""),
    /** Several partial groups. */
    PARTITIONS("SELECT %1$s AS v FROM (SELECT /*+ REPARTITION(3) */ id, x FROM %2$s)", ""),
    /** Without generated code. */
    INTERPRETED(USUAL.query, "spark.sql.codegen.wholeStage=false,spark.sql.codegen.factoryMode=NO_CODEGEN"),
    /** Under the other dialect. */
    NOT_ANSI(USUAL.query, "spark.sql.ansi.enabled=false"),
    /** One group of several. */
    GROUPED(
            "SELECT v FROM (SELECT id, %1$s AS v FROM (SELECT id, x FROM %2$s UNION ALL SELECT 7, NULL) GROUP BY id)"
                    + " WHERE id = 0",
            ""),
    /** By sorting. */
    SORTED("SELECT %1$s AS v FROM %2$s GROUP BY id", "spark.sql.execution.useObjectHashAggregateExec=false"),
    /** By sorting where hashing had begun. */
    FALLEN_BACK(
            "SELECT %1$s AS v FROM (SELECT /*+ REPARTITION(2) */ id, x FROM %2$s) GROUP BY id",
            "spark.sql.objectHashAggregate.sortBased.fallbackThreshold=1"),
    /** Over a window. */
    WINDOW("SELECT %1$s OVER () AS v FROM %2$s", ""),
    /** Of the rows that a filter leaves. */
    FILTERED("SELECT %1$s FILTER (WHERE id = 0) AS v FROM (SELECT id, x FROM %2$s UNION ALL SELECT 7, NULL)", "");

    private final String query;
    private final String settings; // name=value, with commas between

    GroupRoute(String query, String settings) {
        this.query = query;
        this.settings = settings;
    }

    String query(String call, String table) {
        return String.format(query, call, table);
    }

    Map<String, String> settings() {
        return Sender.settings(settings);
    }

    /** Those that give a row even where there is no group. */
    boolean ofNothing() {
        return this == USUAL || this == PARTITIONS || this == INTERPRETED || this == NOT_ANSI || this == FILTERED;
    }

    static List<GroupRoute> others() {
        return List.of(values()).subList(1, values().length);
    }
}
