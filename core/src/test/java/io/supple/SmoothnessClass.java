// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.tensor.Tensor;
import java.util.Random;

/**
 * How smooth a result is along straight lines through the space of lists, found by looking closer and closer at the place
 * of its largest change: of the values, of the directional derivative, of the quotient of differences of that.
 */
final class SmoothnessClass {

    private static final int LINES = 16;
    private static final int FEW_LINES = 4; // transport plans are dear, and where they have kinks every line has some
    private static final int GRID = 160;
    private static final int ZOOMS = 4;
    private static final double CLOSER = 8;

    private SmoothnessClass() {}

    /** The values of a list. */
    interface Reading {
        double[] of(Soft soft, double[] x);
    }

    /** A number for each point of a line. */
    private interface Along {
        double at(double t);
    }

    /** "jumps", "C0", "C1" or "C2 or more", the worst of many lines. */
    static String of(Setting setting, Reading reading, boolean powersOfTwo) {
        Random random = new Random(20130308);
        int worst = 3;
        int lines = setting.method() == Method.OT ? FEW_LINES : LINES;
        int shortest = setting.method() == Method.NEURALSORT ? 14 : 3; // it leaves elements of longer lists out
        for (int line = 0; line < lines && worst > 0; line++) {
            int n = powersOfTwo ? 4 : shortest + line % 3;
            double[] from = random.doubles(n, -1, 1).toArray();
            double[] to = random.doubles(n, -1, 1).toArray();
            double[] weights = random.doubles(n, -1, 1).toArray();
            Soft soft = setting.soft(line % 2 == 0 ? 0.1 : 0.3);
            boolean ranks = reading.of(Soft.HARD, new double[] {5, 7})[0] == 1;
            Along value = t -> dot(weights, reading.of(soft, point(from, to, t)));
            Along slope = t -> slope(soft, ranks, point(from, to, t), from, to, weights);
            if (worst > 0 && broken(value, false)) worst = 0;
            if (worst > 1 && (broken(value, true) || broken(slope, false))) worst = 1;
            if (worst > 2 && broken(slope, true)) worst = 2;
        }
        return new String[] {"jumps", "C0", "C1", "C2 or more"}[worst];
    }

    /** Whether the largest change between neighbours stays when one looks closer: of f, or of its quotients. */
    private static boolean broken(Along f, boolean quotients) {
        double low = 0;
        double high = 1;
        double first = 0;
        double scale = 0;
        double change = 0;
        for (int zoom = 0; zoom <= ZOOMS; zoom++) {
            double[] y = new double[GRID + 1];
            double step = (high - low) / GRID;
            for (int i = 0; i <= GRID; i++) y[i] = f.at(low + i * step);
            if (quotients) {
                for (int i = 0; i < GRID; i++) y[i] = (y[i + 1] - y[i]) / step;
                y[GRID] = y[GRID - 1];
            }
            int at = 0;
            change = 0;
            // two cells apart: a kink inside a cell shares its change between the two quotients beside it
            for (int i = 0; i + 2 <= GRID; i++) {
                if (zoom == 0) scale = Math.max(scale, Math.abs(y[i]));
                if (Math.abs(y[i + 2] - y[i]) > change) {
                    change = Math.abs(y[i + 2] - y[i]);
                    at = i;
                }
            }
            if (zoom == 0) first = change;
            double middle = low + (at + 1) * step;
            double half = (high - low) / CLOSER / 2;
            low = middle - half;
            high = middle + half;
        }
        // a smooth change has fallen by CLOSER^ZOOMS = 4096
        return change > 0.02 * first && change > 1e-5 * (1 + scale);
    }

    private static double slope(Soft soft, boolean ranks, double[] x, double[] from, double[] to, double[] weights) {
        Tensor variable = Tensor.variable(x);
        Tensor y = ranks ? soft.rank(variable, false) : soft.sort(variable);
        double[] gradient = y.backward(weights).of(variable).data();
        double slope = 0;
        for (int i = 0; i < x.length; i++) slope += (to[i] - from[i]) * gradient[i];
        return slope;
    }

    private static double[] point(double[] from, double[] to, double t) {
        double[] x = new double[from.length];
        for (int i = 0; i < x.length; i++) x[i] = from[i] + t * (to[i] - from[i]);
        return x;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }
}
