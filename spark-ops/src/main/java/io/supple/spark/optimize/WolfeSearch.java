// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.optimize;

/**
 * A step t along a direction d that satisfies the strong Wolfe conditions,
 * {@code f(w + t d) <= f(w) + c1 t g d} and {@code |g(w + t d) d| <= c2 |g d|}.
 *
 * <p>Nocedal and Wright 2006, Numerical Optimization, algorithms 3.5 and 3.6, with the cubic of their equation 3.59.
 */
final class WolfeSearch {

    /** How much of the slope at the start a step must win. */
    static final double C1 = 1e-4;

    /** How much of the slope may be left. */
    static final double C2 = 0.9;

    private static final int MOST_TRIALS = 30;
    private static final double NARROW = 1e-15;

    /** A point on the line. */
    static final class Trial {
        final double step;
        final Point point;
        final double slope;

        Trial(double step, Point point, double slope) {
            this.step = step;
            this.point = point;
            this.slope = slope;
        }

        boolean finite() {
            return point.finite() && Double.isFinite(slope);
        }
    }

    private final Objective objective;
    private final double[] d;
    private final Trial start;
    private int trials;

    private WolfeSearch(Objective objective, Point from, double[] d) {
        this.objective = objective;
        this.d = d;
        start = new Trial(0, from, Point.dot(from.gradient(), d));
    }

    /** The step; null if none makes the value smaller. */
    static Trial search(Objective objective, Point from, double[] d, double first) {
        WolfeSearch search = new WolfeSearch(objective, from, d);
        if (!(search.start.slope < 0)) return null;
        Trial found = search.bracket(first);
        return found == search.start || !(found.point.value() < from.value()) ? null : found;
    }

    private Trial at(double step) {
        trials++;
        Point point = Point.of(objective, start.point.moved(step, d));
        return new Trial(step, point, Point.dot(point.gradient(), d));
    }

    private boolean high(Trial trial) {
        return !trial.finite() || trial.point.value() > start.point.value() + C1 * trial.step * start.slope;
    }

    private boolean level(Trial trial) {
        return Math.abs(trial.slope) <= -C2 * start.slope;
    }

    private Trial bracket(double first) {
        Trial before = start;
        double step = first;
        while (trials < MOST_TRIALS) {
            Trial trial = at(step);
            boolean rises = before != start && trial.point.value() >= before.point.value();
            if (high(trial) || rises) return zoom(before, trial);
            if (level(trial)) return trial;
            if (trial.slope >= 0) return zoom(trial, before);
            before = trial;
            step *= 2;
        }
        return before;
    }

    /** Between the best step so far and another, of which one is on each side of a minimum. */
    private Trial zoom(Trial best, Trial other) {
        Trial low = best;
        Trial far = other;
        while (trials < MOST_TRIALS && worth(low, far)) {
            Trial trial = at(between(low, far));
            if (high(trial) || trial.point.value() >= low.point.value()) {
                far = trial;
                continue;
            }
            if (level(trial)) return trial;
            if (trial.slope * (far.step - low.step) >= 0) far = low;
            low = trial;
        }
        return low;
    }

    /** Whether values between two steps can differ by more than a rounding: slopes fall towards the minimum. */
    private static boolean worth(Trial low, Trial far) {
        double width = Math.abs(far.step - low.step);
        boolean wide = width > NARROW * Math.max(Math.abs(far.step), Math.abs(low.step));
        return wide && Math.abs(low.slope) * width > Math.ulp(low.point.value()) / 2;
    }

    /** The minimum of the cubic through both, well inside; the middle where there is none. */
    private static double between(Trial low, Trial far) {
        double width = far.step - low.step;
        double middle = low.step + width / 2;
        if (!far.finite()) return middle;
        double d1 = low.slope + far.slope - 3 * (low.point.value() - far.point.value()) / (low.step - far.step);
        double square = d1 * d1 - low.slope * far.slope;
        if (!(square >= 0)) return middle;
        double d2 = Math.signum(width) * Math.sqrt(square);
        double step = far.step - width * (far.slope + d2 - d1) / (far.slope - low.slope + 2 * d2);
        double part = (step - low.step) / width;
        return part > 0.1 && part < 0.9 ? step : part > 0 && part < 1 ? low.step + width * clamp(part) : middle;
    }

    private static double clamp(double part) {
        return Math.max(0.1, Math.min(0.9, part));
    }
}
