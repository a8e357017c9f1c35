// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Random choices that follow from a seed and the number of a call. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed, long call) {
        random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + call);
    }

    /** True in so many of a hundred. */
    boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    /** A whole number from 0 to one less than the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    double normal() {
        return random.nextGaussian();
    }

    long bits() {
        return random.nextLong();
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[below(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** What one of the suppliers gives. */
    @SafeVarargs
    final <T> T from(Supplier<T>... choices) {
        return choices[below(choices.length)].get();
    }

    /** So many of what is supplied. */
    <T> List<T> times(int count, Supplier<T> each) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) list.add(each.get());
        return list;
    }
}
