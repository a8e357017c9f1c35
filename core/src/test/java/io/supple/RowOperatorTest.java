// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.device.JavaDevice;
import io.supple.device.OrderRead;
import io.supple.device.RowKernel;
import io.supple.device.Rows;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Operators as functions of rows: the operator itself row by row, and what is told of it. */
class RowOperatorTest {

    private static final double[] X = {0.8137, -0.1171, 1.2911, -0.8353, 0.2917, 0.5381};
    private static final double[] Y = {-0.3127, 0.4513, 1.1029, -0.9177, 0.2131, 1.6353};
    private static final int[] OFFSETS = {0, 3, 3, 4, 6};

    /** Every operator of the catalogue that takes numbers or one list, by its defaults. */
    @Test
    void rowsAreComputedAsTensorsOfRankOne() {
        int compared = 0;
        for (Operator operator : Catalogue.operators()) {
            boolean numbers = operator.data().stream().allMatch(d -> d.form() == Param.Form.NUMBERS);
            boolean list = operator.data().size() == 1 && operator.data().get(0).form() == Param.Form.LIST;
            if (operator.random() || operator.data().size() > 2 || !numbers && !list) continue;
            Object[] arguments = new Object[operator.params().size()];
            for (int i = 0; i < arguments.length; i++) {
                Param param = operator.params().get(i);
                arguments[i] = param.name().equals("k") ? 1 : param instanceof Param.Level ? 0.4 : param.byDefault();
            }
            RowOperator function;
            try {
                function = RowOperator.of(operator, Soft.smooth(0.1), arguments);
            } catch (IllegalArgumentException e) {
                continue; // a parameter of its own without a default
            }
            double[][] all = Arrays.copyOf(new double[][] {X, Y}, function.columns());
            Rows rows = new Rows(new int[] {0, 3, 4, 6}, all);
            int[] outs = function.resultOffsets(rows);
            double[] y = new double[outs[3]];
            JavaDevice.INSTANCE.session().forward(function, rows, y);
            for (int r = 0; r < rows.count(); r++) {
                Object[] of = arguments.clone();
                for (int j = 0; j < all.length; j++) {
                    of[j] = Tensor.of(Arrays.copyOfRange(all[j], rows.from(r), rows.from(r) + rows.length(r)));
                }
                double[] expected = Soft.smooth(0.1).call(operator, of).data();
                assertThat(Arrays.copyOfRange(y, outs[r], outs[r + 1]))
                        .as(operator.name())
                        .containsExactly(expected);
            }
            compared++;
        }
        assertThat(compared).isGreaterThan(25);
    }

    @Test
    void gradientsGoToTheColumns() {
        RowOperator greater = RowOperator.of(Comparison.GREATER, Soft.smooth(0.5));
        double[] g = {1, -2, 0.5, 3, 0.1, 0.7};
        double[][] gradients = new double[2][6];
        JavaDevice.INSTANCE.session().backward(greater, new Rows(OFFSETS, X, Y), g, gradients);
        Tensor x = Tensor.variable(X);
        Tensor y = Tensor.variable(Y);
        var all = Soft.smooth(0.5).greater(x, y).backward(g);
        assertThat(gradients[0]).containsExactly(all.of(x).data());
        assertThat(gradients[1]).containsExactly(all.of(y).data());
    }

    @Test
    void aNumberMayStandForAColumn() {
        RowOperator above = RowOperator.of(Comparison.GREATER, Soft.smooth(0.5), null, 0.25);
        double[] y = new double[6];
        JavaDevice.INSTANCE.session().forward(above, new Rows(OFFSETS, X), y);
        assertThat(y)
                .containsExactly(Soft.smooth(0.5)
                        .greater(Tensor.of(X), Tensor.scalar(0.25))
                        .data());
        assertThat(above.columns()).isEqualTo(1);
        assertThat(above.kernel()).isInstanceOf(RowKernel.Places.class);
    }

    @Test
    void whatIsReadOfAnOrderFollowsFromTheDeclaration() {
        Soft soft = Soft.smooth(0.1).with(Method.SOFTSORT);
        assertThat(read(RowOperator.of(Ordering.SORT, soft, null, true, -1), 5)).isEqualTo("FIRST 5 true");
        assertThat(read(RowOperator.of(Ordering.TOPK, soft, null, 2, -1), 5)).isEqualTo("FIRST 2 true");
        assertThat(read(RowOperator.of(Ordering.RANK, soft), 5)).isEqualTo("RANKS 5 true");
        assertThat(read(RowOperator.of(Extremum.MAX, soft), 5)).isEqualTo("FIRST 1 true");
        OrderRead quartile = ((RowKernel.Ordered)
                        RowOperator.of(Quantile.QUANTILE, soft, null, 0.3).kernel())
                .reads()
                .apply(6);
        double[] y = new double[1];
        double[] places = new double[quartile.count()];
        for (int r = 0; r < places.length; r++) places[r] = quartile.place(r);
        quartile.mix(places, 0, y, 0);
        assertThat(y[0]).as("the place 0.3 (n - 1)").isCloseTo(1.5, org.assertj.core.data.Offset.offset(1e-12));
    }

    private static String read(RowOperator function, int n) {
        OrderRead read = ((RowKernel.Ordered) function.kernel()).reads().apply(n);
        return read.kind() + " " + read.count() + " " + read.descending();
    }

    /** What is not the soft value with its own gradient, or not read as it is, devices are not told. */
    @Test
    void whatDevicesAreNotTold() {
        Soft soft = Soft.smooth(0.1).with(Method.SOFTSORT);
        assertThat(RowOperator.of(Ordering.SORT, soft.straightThrough()).kernel())
                .isNull();
        assertThat(RowOperator.of(Ordering.SORT, Soft.HARD).kernel()).isNull();
        assertThat(RowOperator.of(Ordering.SORT, soft.withGatedGrad(false)).kernel())
                .isNull();
        assertThat(RowOperator.of(Ordering.SORT, soft.with(Method.OT)).kernel()).isNull();
        assertThat(RowOperator.of(Ordering.ARGSORT, soft).kernel()).isNull();
        assertThat(RowOperator.of(Extremum.MIN, soft).kernel()).isNull();
        assertThat(RowOperator.of(Elementwise.ABS, soft.straightThrough()).kernel())
                .isNull();
    }

    @Test
    void aListThatIsTooShortIsRefusedAsEver() {
        RowOperator topk = RowOperator.of(Ordering.TOPK, Soft.smooth(0.1), null, 2, -1);
        Rows rows = new Rows(new int[] {0, 3, 4}, X);
        assertThatThrownBy(() -> topk.resultOffsets(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topk: k must be at most the length of the list, 1, got 2");
    }
}
