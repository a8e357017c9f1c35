// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The dual of {@link SmoothSort}: the multipliers b that minimise {@code <c, b> + sum exp(-a_k) + sum exp(-b_k)},
 * {@code a = steps + L b}. Slacks are {@code exp(-a)}, gaps {@code exp(-b)}; at the optimum {@code L slacks + gaps = c}.
 *
 * <p>It is minimised by Newton's method with backtracking from {@code b = -log c}, in five to twenty steps (some hundred for
 * long lists of equal w).
 *
 * <p>Where numbers of c are further apart than a double resolves, the dual, a sum, does not show the small ones, and nothing
 * keeps a step from spoiling them. Such lists are widened by and by: c and steps are replaced by {@code c^u} and
 * {@code u steps}, for u from where all of them are like 1 up to 1. As u grows, b becomes an affine function of u, so that
 * the b of two widths tell the next nearly. From there Newton's method is led by the residuals, of which each is compared
 * with the terms of its own equation, and its step by the largest growth of any exponential.
 */
final class SmoothSortDual {

    private static final int MOST_STEPS = 2000;
    private static final int MOST_STEPS_OF_A_WIDTH = 60;
    private static final int MOST_HALVINGS = 60;
    private static final double MOST_CHANGE = 50; // of an exponent in one step
    private static final double TOLERANCE = 1e-12;
    private static final double EPSILON = Math.ulp(1.0);
    private static final double RESOLVED = -Math.log(EPSILON);
    private static final double LEAST_WIDENING = 1e-7;

    private final int m;
    private final double[] fullC;
    private final double[] logC;
    private final double[] fullSteps;
    private final double origin; // of the b of gaps like 1, in the unit of the lengths
    private final double[] c;
    private final double[] steps;
    private final double[] slacks;
    private final double[] gaps;

    /**
     * For one list.
     *
     * @param c bounds' second differences, more than 0
     * @param steps {@code a - L b}; infinite where the slack is 0 whatever b is
     * @param unit the logarithm of the unit of lengths
     */
    SmoothSortDual(double[] c, double[] steps, double unit) {
        m = c.length;
        fullC = c;
        this.c = c.clone();
        this.steps = steps.clone();
        fullSteps = steps;
        origin = -unit;
        logC = new double[m];
        for (int k = 0; k < m; k++) logC[k] = Math.log(c[k]);
        slacks = new double[m];
        gaps = new double[m];
    }

    double[] slacks() {
        return slacks;
    }

    double[] gaps() {
        return gaps;
    }

    /** Whether the optimum is found, to rounding errors; leaves slacks and gaps. */
    boolean solve() {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double log : logC) {
            least = Math.min(least, log);
            most = Math.max(most, log);
        }
        boolean found = most - least < RESOLVED && descended() || widened();
        for (int k = 0; k < m && found; k++) {
            // an exponential is wrong by as many digits as its exponent has; c is not
            double bend = bend(slacks, k);
            if (6 * slacks[k] - bend < c[k] / 4) gaps[k] = c[k] - bend;
        }
        return found;
    }

    /** By descent of the dual. */
    private boolean descended() {
        double[] b = start();
        double value = dual(b);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] r = new double[m];
            boolean found = residual(r) <= tolerance(b);
            double[] direction = direction(r);
            if (found) {
                polish(b, direction);
                return true;
            }
            double decrease = 0;
            for (int k = 0; k < m; k++) decrease += direction[k] * r[k];
            value = search(b, direction, value, decrease);
            if (Double.isNaN(value)) return false;
        }
        return false;
    }

    /** Newton's direction for the residual r. */
    private double[] direction(double[] r) {
        double[] d = r.clone();
        new SaddleSystem(gaps, slacks).solve(d, new double[m]);
        return d;
    }

    /** One more whole step, as its error is the square of the last, unless rounding errors are all that is left. */
    private void polish(double[] b, double[] direction) {
        double[] next = moved(b, 1, direction);
        dual(next);
        if (!(residual(new double[m]) <= tolerance(next))) dual(b);
    }

    private static double[] moved(double[] b, double length, double[] direction) {
        double[] next = new double[b.length];
        for (int k = 0; k < b.length; k++) next[k] = b[k] + length * direction[k];
        return next;
    }

    /** {@code -log c}, or as many halves nearer to the origin as make the dual least: slacks of wide lists are far below c. */
    private double[] start() {
        double[] b = new double[m];
        double[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double share = 1; share > 1e-3; share /= 2) {
            for (int k = 0; k < m; k++) b[k] = (1 - share) * origin - share * logC[k];
            double value = dual(b);
            if (best == null || value < least) {
                best = b.clone();
                least = value;
            }
        }
        return best;
    }

    /** Goes along the direction until the dual is lower by a share of the promised decrease; b is moved. NaN if it never is. */
    private double search(double[] b, double[] direction, double value, double decrease) {
        double noise = 1e-13 * magnitude(b);
        double growth = 0;
        for (int k = 0; k < m; k++) growth = Math.max(growth, -Math.min(direction[k], bend(direction, k)));
        double length = growth > MOST_CHANGE ? MOST_CHANGE / growth : 1;
        for (int halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
            double[] next = moved(b, length, direction);
            double there = dual(next);
            if (there <= value - 1e-4 * length * decrease + noise) {
                System.arraycopy(next, 0, b, 0, m);
                return there;
            }
        }
        return Double.NaN;
    }

    /** By solutions for ever wider lists. */
    private boolean widened() {
        double width = 1;
        for (int k = 0; k < m; k++) {
            double step = Math.abs(fullSteps[k]);
            width = Math.max(width, Math.max(Math.abs(logC[k]), step < Double.POSITIVE_INFINITY ? step : 0));
        }
        double u = 1 / width;
        double[] b = new double[m];
        if (!narrowed(b, u, MOST_STEPS)) return false;
        double[] before = b.clone();
        double uBefore = 0;
        double widening = 1;
        while (u < 1) {
            double next = Math.min(1, u * (1 + widening));
            double ahead = uBefore > 0 ? (next - u) / (u - uBefore) : 0;
            double[] guess = b.clone();
            for (int k = 0; k < m; k++) guess[k] += ahead * (b[k] - before[k]);
            if (narrowed(guess, next, MOST_STEPS_OF_A_WIDTH)) {
                before = b;
                b = guess;
                uBefore = u;
                u = next;
                widening = Math.min(1, 2 * widening);
            } else {
                widening /= 2;
                if (widening < LEAST_WIDENING) return false;
            }
        }
        return true;
    }

    /** Newton's method for {@code c^u} and {@code u steps} from a b that is near; moves b. */
    private boolean narrowed(double[] b, double u, int mostSteps) {
        for (int k = 0; k < m; k++) {
            c[k] = u == 1 ? fullC[k] : Math.exp(u * logC[k]);
            steps[k] = u * fullSteps[k];
        }
        double[] r = new double[m];
        for (int step = 0; step < mostSteps; step++) {
            dual(b);
            double residual = residual(r);
            double[] direction = direction(r);
            double growth = 0;
            double fall = 0;
            for (int k = 0; k < m; k++) {
                double bend = bend(direction, k);
                growth = Math.max(growth, -Math.min(direction[k], bend));
                fall = Math.max(fall, Math.max(direction[k], bend));
            }
            if (!(growth + fall < Double.POSITIVE_INFINITY)) return false;
            if (residual <= tolerance(b)) {
                polish(b, direction);
                return true;
            }
            // for one exponential alone this is the exact length
            double length = growth > EPSILON ? Math.log1p(growth) / growth : 1;
            length = Math.min(length, MOST_CHANGE / Math.max(MOST_CHANGE, fall));
            for (int k = 0; k < m; k++) b[k] += length * direction[k];
        }
        return false;
    }

    /** {@code <c, b> + sum slacks + sum gaps}; slacks and gaps are left as they are at b. */
    private double dual(double[] b) {
        double sum = 0;
        for (int k = 0; k < m; k++) {
            slacks[k] = Math.exp(-(steps[k] + bend(b, k)));
            gaps[k] = Math.exp(-b[k]);
            sum += c[k] * b[k] + slacks[k] + gaps[k];
        }
        return sum;
    }

    private double magnitude(double[] b) {
        double sum = 0;
        for (int k = 0; k < m; k++) sum += Math.abs(c[k] * b[k]) + slacks[k] + gaps[k];
        return sum;
    }

    /** Writes {@code L slacks + gaps - c}, the dual's descent, to r; the largest of it, each beside the terms of its sum. */
    private double residual(double[] r) {
        double largest = 0;
        for (int k = 0; k < m; k++) {
            double bend = bend(slacks, k);
            r[k] = bend + gaps[k] - c[k];
            double terms = c[k] + gaps[k] + 6 * slacks[k] - bend;
            largest = Math.max(largest, Math.abs(r[k]) / terms);
        }
        return largest;
    }

    /** An exponent's error is its result's relative one. */
    private static double tolerance(double[] b) {
        double largest = 0;
        for (double multiplier : b) largest = Math.max(largest, Math.abs(multiplier));
        return TOLERANCE + 32 * EPSILON * largest;
    }

    /** {@code (L x)_k = 2 x_k - x_(k-1) - x_(k+1)}, with zeros beyond the ends. */
    private static double bend(double[] x, int k) {
        double before = k > 0 ? x[k - 1] : 0;
        double after = k < x.length - 1 ? x[k + 1] : 0;
        return (x[k] - before) + (x[k] - after);
    }
}
