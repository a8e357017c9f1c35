// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/how-to-choose.md is what the methods do: a "no" stands for a list that was found here, a "yes" for
 * none among many.
 */
class MethodTableTest {

    private static final int LISTS = 600;
    private static final int FEW_LISTS = 40; // of transport plans, which are dear
    private static final double[] SOFTNESSES = {0.01, 0.1, 0.3, 1, 3};

    /** Whose contract a column is: without padding the network keeps more than with it. */
    private record Column(String name, Method method, boolean powersOfTwo) {}

    /** One line of the table. */
    private record Line(String words, Function<Column, String> cell) {}

    @Test
    void methodsDoWhatTheTableSays() throws IOException {
        List<Column> columns = new ArrayList<>();
        for (Method method : Method.withPlaces()) {
            columns.add(new Column(Setting.name(method), method, false));
            if (method == Method.SORTING_NETWORK) {
                columns.add(new Column(Setting.name(method) + ", n a power of 2", method, true));
            }
        }
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("permutation matrix P (soft index)", c -> matrix(c.method)));
        for (MethodProperty property : MethodProperty.values()) {
            lines.add(new Line(property.words, c -> cell(property, c)));
        }
        lines.add(new Line(
                "class of sorted values",
                c -> Setting.cell(c.method, s -> SmoothnessClass.of(s, MethodProperty::sort, c.powersOfTwo))));
        lines.add(new Line(
                "class of ranks",
                c -> Setting.cell(c.method, s -> SmoothnessClass.of(s, MethodProperty::rank, c.powersOfTwo))));
        lines.add(new Line(
                "zeros (below 1e-12) in the Jacobian of `sort`, n = 16",
                c -> Setting.cell(c.method, MethodTableTest::zeros)));
        lines.add(new Line("allocated by `sort`", c -> MethodCost.growth(c.method, MethodCost.VALUE)));
        lines.add(new Line("allocated by `sort` and its gradient", c -> MethodCost.growth(c.method, MethodCost.VJP)));
        lines.add(new Line(
                "allocated by `argsort` (P)",
                c -> c.method.hasMatrix() ? MethodCost.growth(c.method, MethodCost.INDEX) : "-"));
        lines.add(new Line("time (from the kernel's Javadoc, not tested)", c -> MethodCost.time(c.method)));
        lines.add(new Line(
                "longest list that the test sorts, with gradient", c -> MethodCost.longest(c.method, c.powersOfTwo)));
        List<String> names = columns.stream().map(Column::name).toList();
        ApprovedTable.check("how-to-choose.md", "methods", ApprovedTable.of("", names, lines, line -> {
            List<String> cells = new ArrayList<>(List.of(line.words));
            for (Column column : columns) cells.add(line.cell.apply(column));
            return cells;
        }));
    }

    private static String matrix(Method method) {
        Tensor x = Tensor.of(0.3, -0.2, 1.1);
        for (Setting setting : Setting.of(method)) {
            Soft soft = setting.soft(0.1);
            if (method.hasMatrix()) assertThat(soft.argsort(x).shape()).containsExactly(3, 3);
            else assertThatThrownBy(() -> soft.argsort(x)).hasMessageContaining("permutation matrix");
        }
        return method.hasMatrix() ? "yes" : "no";
    }

    private static String cell(MethodProperty property, Column column) {
        if (property.ofMatrix() && !column.method.hasMatrix()) return "-";
        return Setting.cell(column.method, s -> holds(property, s, column.powersOfTwo) ? "yes" : "no");
    }

    private static boolean holds(MethodProperty property, Setting setting, boolean powersOfTwo) {
        Random random = new Random(20130308);
        int lists = setting.method() == Method.OT ? FEW_LISTS : LISTS;
        for (int i = 0; i < lists; i++) {
            double[] x = list(random, powersOfTwo);
            for (double softness : SOFTNESSES) {
                if (!property.holds(setting.soft(softness), x, random)) return false;
            }
        }
        return true;
    }

    /** 2 to 13 elements, normal, close in pairs, ascending, and wide. */
    private static double[] list(Random random, boolean powersOfTwo) {
        int kind = random.nextInt(4);
        int length = random.nextInt(12);
        double[] x = new double[powersOfTwo ? 2 << length % 4 : 2 + length];
        double scale = kind == 3 ? 5 : 1;
        for (int i = 0; i < x.length; i++) x[i] = scale * random.nextGaussian();
        if (kind == 1) for (int i = 2; i < x.length; i += 2) x[i] = x[i - 1] + 1e-3;
        if (kind == 2) Arrays.sort(x);
        return MethodProperty.sorted(x)[x.length - 1] - MethodProperty.sorted(x)[0] < 0.2
                ? list(random, powersOfTwo)
                : x;
    }

    /** The share of entries below 1e-12, of 16 numbers between -1 and 1 at softness 0.1, to the nearest tenth. */
    private static String zeros(Setting setting) {
        Random random = new Random(20130308);
        int zeros = 0;
        int all = 0;
        for (int list = 0; list < 10; list++) {
            double[] x = random.doubles(16, -1, 1).toArray();
            Tensor variable = Tensor.variable(x);
            Tensor y = setting.soft(0.1).sort(variable);
            for (int i = 0; i < x.length; i++) {
                double[] unit = new double[x.length];
                unit[i] = 1;
                for (double entry : y.backward(unit).of(variable).data()) {
                    all++;
                    if (Math.abs(entry) < 1e-12) zeros++;
                }
            }
        }
        return Math.round(10.0 * zeros / all) * 10 + " %";
    }
}
