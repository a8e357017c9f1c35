// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.Lanes;

/** Whether inner loops run in vector instructions: for reports of measurements, and for choices that rest on them. */
public final class VectorUnit {

    private VectorUnit() {}

    /**
     * {@code scalar}, or {@code vector 512 bits} and the like where the JVM was started with
     * {@code --add-modules jdk.incubator.vector}, as Spark starts it, and not with {@code -Dsupple.vector=off}.
     */
    public static String name() {
        return Lanes.name();
    }

    /** Whether they do. */
    public static boolean present() {
        return Lanes.vectors();
    }
}
