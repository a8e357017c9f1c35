// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.util.List;

/**
 * One series of a picture.
 *
 * @param name what the legend calls it
 * @param look its place among the series, or one of those for comparison
 * @param y its values; NaN leaves a gap
 * @param errors lengths of error bars; none if empty
 */
record Line(String name, int look, List<Double> y, List<Double> errors) {

    /** What is worth no more than chance. */
    static final int FLOOR = -1;

    /** What nothing is better than. */
    static final int BOUND = -2;

    Line(String name, int look, List<Double> y) {
        this(name, look, y, List.of());
    }

    boolean compared() {
        return look < 0;
    }
}
