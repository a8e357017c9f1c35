// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import io.supple.device.JavaDevice;
import io.supple.device.RowFunction;
import io.supple.device.RowKernel;
import io.supple.device.RowSession;
import io.supple.device.Rows;
import java.util.Random;

/**
 * How far a device's results are from the JVM's, relative to the largest result of the row, sorted values to the largest
 * number of their list too; gradients relative to the largest of the row or of the cotangents that they are sums of, whose
 * rounding they inherit.
 */
final class Difference {

    double values;
    double gradients;
    int rows;
    String worst = "";

    /** Computes a batch on a device and in the JVM, forward and backward. */
    void add(RowSession session, RowFunction function, Rows rows, long seed) {
        int[] outs = function.resultOffsets(rows);
        int results = outs[rows.count()];
        double[] expected = new double[results];
        double[] got = new double[results];
        JavaDevice.INSTANCE.session().forward(function, rows, expected);
        session.forward(function, rows, got);
        Random random = new Random(seed);
        double[] g = new double[results];
        for (int i = 0; i < results; i++) g[i] = random.nextGaussian();
        double[][] expectedGradients = new double[rows.width()][rows.size()];
        double[][] gotGradients = new double[rows.width()][rows.size()];
        JavaDevice.INSTANCE.session().backward(function, rows, g, expectedGradients);
        session.backward(function, rows, g, gotGradients);
        for (int r = 0; r < rows.count(); r++) {
            this.rows++;
            double value = between(expected, got, outs[r], outs[r + 1], scale(function, rows, r));
            double gradient = 0;
            double cotangent = 1e-300;
            for (int i = outs[r]; i < outs[r + 1]; i++) cotangent = Math.max(cotangent, Math.abs(g[i]));
            for (int j = 0; j < rows.width(); j++) {
                int from = rows.from(r);
                gradient = Math.max(
                        gradient,
                        between(expectedGradients[j], gotGradients[j], from, from + rows.length(r), cotangent));
            }
            if (value > values || gradient > gradients) worst = "row " + r + " of " + rows.length(r);
            values = Math.max(values, value);
            gradients = Math.max(gradients, gradient);
        }
    }

    private static double scale(RowFunction function, Rows rows, int r) {
        double scale = 1e-300;
        if (!(function.kernel() instanceof RowKernel.Ordered)) return scale;
        for (int i = rows.from(r); i < rows.from(r) + rows.length(r); i++) {
            scale = Math.max(scale, Math.abs(rows.column(0)[i]));
        }
        return scale;
    }

    /** The larger of both. */
    void join(Difference other) {
        values = Math.max(values, other.values);
        gradients = Math.max(gradients, other.gradients);
        rows += other.rows;
    }

    private static double between(double[] expected, double[] got, int from, int to, double least) {
        double scale = least;
        double most = 0;
        for (int i = from; i < to; i++) {
            if (Double.compare(expected[i], got[i]) == 0) {
                if (Double.isFinite(expected[i])) scale = Math.max(scale, Math.abs(expected[i]));
                continue;
            }
            double difference = Math.abs(expected[i] - got[i]);
            if (!Double.isFinite(difference)) return Double.POSITIVE_INFINITY;
            scale = Math.max(scale, Math.abs(expected[i]));
            most = Math.max(most, difference);
        }
        return most / scale;
    }
}
