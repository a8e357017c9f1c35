// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import io.supple.Mode;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Functions of one number and comparisons of two, in all modes, with their derivatives. */
final class Steps {

    private static final int POINTS = 800;
    private static final Tensor ZERO = Tensor.scalar(0);

    private Steps() {}

    static List<Sheet> sheets() {
        Tensor low = Tensor.scalar(-1);
        Tensor high = Tensor.scalar(1);
        return List.of(
                sheet("abs", "abs(x)", "x", 0.1, 0.75, Soft::abs),
                sheet("relu", "relu(x)", "x", 0.1, 0.75, Soft::relu),
                sheet("sign", "sign(x)", "x", 0.1, 0.75, Soft::sign),
                sheet("heaviside", "heaviside(x)", "x", 0.1, 0.75, Soft::heaviside),
                // At 0.1 the ramps of neighbours would just meet, and c0 would be the identity.
                sheet("round", "round(x)", "x", 0.05, 2.25, Soft::round),
                sheet("clamp", "clamp(x, -1, 1)", "x", 0.1, 2, (soft, x) -> soft.clamp(x, low, high)),
                sheet("sigmoidal", "sigmoidal(x)", "x", 0.1, 0.75, Soft::sigmoidal),
                sheet("softrelu", "softrelu(x), gated,", "x", 0.1, 0.75, (soft, x) -> soft.softrelu(x, true)),
                sheet("greater", "greater(x, y)", "x - y", 0.1, 0.75, (soft, x) -> soft.greater(x, ZERO)),
                sheet("eq", "eq(x, y)", "x - y", 0.1, 0.75, (soft, x) -> soft.eq(x, ZERO)),
                sheet(
                        "isclose",
                        "isclose(x, y), tolerance 0.05,",
                        "x - y",
                        0.1,
                        0.75,
                        (soft, x) -> soft.isclose(x, ZERO, 0, 0.05)));
    }

    private static Sheet sheet(
            String name,
            String call,
            String axis,
            double softness,
            double reach,
            BiFunction<Soft, Tensor, Tensor> operator) {
        Curves values = new Curves("value", axis, name).xRange(-reach, reach);
        Curves slopes = new Curves("derivative", axis, "d " + name + " / d x").xRange(-reach, reach);
        List<Ink> legend = new ArrayList<>();
        double[] xs = around(reach);
        double[] ones = new double[xs.length];
        Arrays.fill(ones, 1);
        for (Mode mode : Mode.values()) {
            Tensor x = Tensor.variable(xs);
            Tensor y = operator.apply(Soft.smooth(softness).with(mode), x);
            Ink ink = Ink.of(mode);
            legend.add(ink);
            values.curve(ink, xs, y.data());
            slopes.curve(ink, xs, y.backward(ones).of(x).data());
        }
        return new Sheet(name, call + " in all modes, softness " + softness)
                .legend(legend)
                .row(400, values, slopes);
    }

    /**
     * Points from -reach to reach: 0, where eq is exact, and others about a pixel apart that meet no other kink. They are
     * not evenly spaced, since the library of charts puts its ticks on points that are.
     */
    static double[] around(double reach) {
        double[] x = new double[POINTS + 3];
        x[0] = -reach;
        for (int i = 0; i < POINTS / 2; i++) x[i + 1] = -reach + 2 * reach * (i + 0.5) / POINTS;
        for (int i = 0; i <= POINTS / 2; i++) x[POINTS + 2 - i] = -x[i];
        return x;
    }
}
