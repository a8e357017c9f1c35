// SPDX-License-Identifier: Apache-2.0
package io.supple;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which softness blurs ranks as much under one method as another softness does under another. */
class SoftnessTableTest {

    private static final int N = 10;
    private static final int LISTS = 10;
    private static final double[] BLURS = {0.05, 0.2, 0.5, 1};

    private final Map<List<Object>, Double> known = new HashMap<>();

    @Test
    void softnessesOfEqualBlur() throws IOException {
        List<Setting> rows = new ArrayList<>();
        for (Method method : Method.values()) {
            for (Mode mode : Setting.MODES) if (method.existsIn(mode)) rows.add(new Setting(method, mode, true));
        }
        List<String> columns = new ArrayList<>(List.of("mode"));
        for (double blur : BLURS) columns.add("blur " + blur);
        for (double blur : BLURS) columns.add("raw, blur " + blur);
        ApprovedTable.check("how-to-choose.md", "softness", ApprovedTable.of("method", columns, rows, row -> {
            List<String> cells = new ArrayList<>(
                    List.of(Setting.name(row.method()), row.mode().name().toLowerCase(Locale.ROOT)));
            for (double blur : BLURS) cells.add(row.method().standardizes() ? softness(row, blur) : "-");
            Setting raw = new Setting(row.method(), row.mode(), false);
            for (double blur : BLURS) cells.add(softness(raw, blur));
            return cells;
        }));
    }

    /**
     * By bisection of the logarithm of the softness in the first of small steps in which the blur is reached, rounded to two
     * digits; with a star if a larger softness blurs less again.
     */
    private String softness(Setting setting, double blur) {
        double low = Math.log(1e-4);
        double high = low;
        boolean reached = false;
        boolean again = false;
        double step = Math.log(10) / 4;
        for (double at = low; at <= Math.log(1e3); at += step) {
            boolean there = blur(setting, Math.exp(at)) >= blur;
            if (there && !reached) {
                high = at;
                reached = true;
            }
            again |= reached && !there;
        }
        if (!reached) return "-";
        low = high - step;
        for (int i = 0; i < 18; i++) {
            double middle = (low + high) / 2;
            if (blur(setting, Math.exp(middle)) < blur) low = middle;
            else high = middle;
        }
        String digits = new BigDecimal(Math.exp((low + high) / 2))
                .round(new MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
        return again ? digits + " \\*" : digits;
    }

    private double blur(Setting setting, double softness) {
        return known.computeIfAbsent(List.of(setting, softness), key -> measured(setting, softness));
    }

    /** The mean distance of soft from exact ranks, in places, of lists of normal numbers. */
    private static double measured(Setting setting, double softness) {
        Random random = new Random(20130308);
        double sum = 0;
        for (int list = 0; list < LISTS; list++) {
            double[] x = new double[N];
            for (int i = 0; i < N; i++) x[i] = random.nextGaussian();
            double[] soft = MethodProperty.rank(setting.soft(softness), x);
            double[] hard = MethodProperty.rank(Soft.HARD, x);
            for (int i = 0; i < N; i++) sum += Math.abs(soft[i] - hard[i]);
        }
        return sum / (LISTS * N);
    }
}
