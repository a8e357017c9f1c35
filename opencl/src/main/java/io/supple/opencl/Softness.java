// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

/** Which softness kernels take: with it quotients of the numbers they take neither overflow nor vanish. */
final class Softness {

    private static final double LEAST = 1e-100;

    private Softness() {}

    static boolean ordinary(double s) {
        return s >= LEAST && s <= 1 / LEAST;
    }
}
