// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The staircase of {@link SoftRound} with logistic steps, of which no two need an exponential each.
 *
 * <p>With {@code t = e^(-d/s)} a step at distance d is {@code t/(1 + t)} short of its end, and steps 1 apart differ by the
 * factor {@code p = e^(-1/s)}: from the middle of the cell, at {@code h = fraction - 1/2}, the steps on the nearer side
 * have {@code t = u, u p, u p^2, ...} with {@code u = e^(-(1 - |h|)/s)}, those on the other {@code t0 p, t0 p^2, ...} with
 * {@code t0 = e^(-|h|/s)} of the step in the middle. The sum ends once {@code p^m} vanishes beside 1, whatever h is, so
 * that a processor guesses the end right. O(radius) at most.
 */
final class SmoothStaircase {

    /** What is smaller by this factor is not seen in a sum. */
    private static final double UNSEEN = 0x1p-54;

    private SmoothStaircase() {}

    /** The staircase less {@code floor}, of a number in its cell {@code floor + [0, 1)}. */
    static double rise(double floor, double fraction, double s, int radius) {
        double h = fraction - 0.5;
        double p = Decay.of(1 / s);
        double middle = Decay.of(Math.abs(h) / s);
        double near = Decay.of((1 - Math.abs(h)) / s);
        double far = middle * p;
        double most = Math.abs(floor) + radius; // what multiplies the last steps, times p^m
        double sum = 0;
        for (int m = 1; m < radius && most > UNSEEN; m++) {
            sum += (near - far) / ((1 + near) * (1 + far));
            near *= p;
            far *= p;
            most *= p;
        }
        double rise = Sigmoidal.ofDecay(h, middle) + Math.copySign(sum, h);
        if (most <= UNSEEN) return rise;
        double below = h < 0 ? near : far;
        double above = h < 0 ? far : near;
        double window = (floor - radius) * fall(below * p) + (floor + radius) * fall(above);
        return rise - fall(below) - window;
    }

    private static double fall(double t) {
        return t / (1 + t);
    }

    /** Its derivative. */
    static double slope(double floor, double fraction, double s, int radius) {
        double h = fraction - 0.5;
        double p = Decay.of(1 / s);
        double middle = Decay.of(Math.abs(h) / s);
        double near = Decay.of((1 - Math.abs(h)) / s);
        double far = middle * p;
        double most = Math.abs(floor) + radius;
        double sum = bell(middle);
        for (int m = 1; m < radius && most > UNSEEN; m++) {
            sum += bell(near) + bell(far);
            near *= p;
            far *= p;
            most *= p;
        }
        if (most <= UNSEEN) return sum / s;
        double below = h < 0 ? near : far;
        double above = h < 0 ? far : near;
        double window = (floor - radius) * bell(below * p) - (floor + radius) * bell(above);
        return (sum + bell(below) + window) / s;
    }

    private static double bell(double t) {
        return t / ((1 + t) * (1 + t));
    }
}
