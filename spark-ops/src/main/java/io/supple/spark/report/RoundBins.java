// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Bins of equal width whose ends are round numbers: multiples of 1, 2 or 5 times a power of ten, as one reads them off an
 * axis.
 *
 * @param labels where each begins
 * @param bounds from each to the next, one fewer
 */
record RoundBins(List<String> labels, List<Double> bounds) {

    /** Of no numbers. */
    static final RoundBins NONE = new RoundBins(List.of(), List.of());

    /** One bin: no ends are known. */
    private static final RoundBins ALL = new RoundBins(List.of("all"), List.of());

    private static final int MOST = 24;
    private static final List<Integer> LEADING = List.of(1, 2, 5);

    RoundBins {
        labels = List.copyOf(labels);
        bounds = List.copyOf(bounds);
    }

    /**
     * The narrowest round bins from a number to another of which there are not too many.
     *
     * @param whole whether there are whole numbers only, so that narrower bins than 1 would be empty
     */
    static RoundBins of(double low, double high, boolean whole) {
        double width = high - low;
        if (Double.isNaN(width) || Double.isInfinite(width)) return ALL;
        // bins narrower than the steps of the numbers would be empty or alike
        if (width <= MOST * Math.ulp(Math.max(Math.abs(low), Math.abs(high)))) {
            return new RoundBins(List.of(label(BigDecimal.valueOf(low))), List.of());
        }
        int narrowest = (int) Math.floor(Math.log10(width / MOST));
        for (int power = whole ? Math.max(0, narrowest) : narrowest; ; power++) {
            for (int lead : LEADING) {
                List<BigDecimal> starts =
                        starts(low, high, BigDecimal.valueOf(lead).scaleByPowerOfTen(power));
                if (starts.size() > MOST) continue;
                return new RoundBins(
                        starts.stream().map(RoundBins::label).toList(),
                        starts.stream().skip(1).map(BigDecimal::doubleValue).toList());
            }
        }
    }

    private static List<BigDecimal> starts(double low, double high, BigDecimal step) {
        List<BigDecimal> starts = new ArrayList<>();
        BigDecimal start =
                BigDecimal.valueOf(low).divide(step, 0, RoundingMode.FLOOR).multiply(step);
        BigDecimal end = BigDecimal.valueOf(high);
        for (; start.compareTo(end) <= 0 && starts.size() <= MOST; start = start.add(step)) starts.add(start);
        return starts;
    }

    private static String label(BigDecimal start) {
        return start.signum() == 0 ? "0" : start.stripTrailingZeros().toPlainString();
    }

    int count() {
        return labels.size();
    }

    /** The bin of a number, where the outermost have those beyond; NULL of NaN and NULL. */
    Column of(Column value) {
        Column none = functions.isnull(value).or(functions.isnan(value));
        Column bin = functions.when(none, functions.lit(null).cast("int"));
        for (int b = 0; b < bounds.size(); b++) bin = bin.when(value.lt(bounds.get(b)), functions.lit(b));
        return bin.otherwise(functions.lit(bounds.size()));
    }
}
