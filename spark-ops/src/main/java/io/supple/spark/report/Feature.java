// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import org.apache.spark.sql.Column;

/**
 * One feature as a score.
 *
 * @param index its place among the features
 * @param column its name, or that of its vector with its place
 * @param descending whether its largest value comes first
 */
record Feature(int index, String column, boolean descending) {

    String name() {
        return column + (descending ? "" : ", smallest first");
    }

    /** By which its rows are ordered, the largest first. */
    Column of(Gathering gathering) {
        Column value = gathering.feature(index);
        return descending ? value : org.apache.spark.sql.functions.negate(value);
    }
}
