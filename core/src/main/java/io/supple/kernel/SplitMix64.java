// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * A stream of random numbers that is the same in every language: additions, shifts and products of 64 bits only.
 *
 * <p>Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators",
 * <a href="https://doi.org/10.1145/2660193.2660195">doi:10.1145/2660193.2660195</a>. For data that is generated in one
 * order; noise that must not depend on order is {@link CounterRandom}'s.
 */
public final class SplitMix64 {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double SQRT_3 = 1.7320508075688772;

    private long state;

    /** The stream of a seed. */
    public SplitMix64(long seed) {
        state = seed;
    }

    /** The stream of a seed for one of many parts: any part can be drawn without those before it. */
    public static SplitMix64 part(long seed, long part) {
        return new SplitMix64(mix(mix(seed + GOLDEN_GAMMA) + part * GOLDEN_GAMMA));
    }

    private static long mix(long bits) {
        long z = bits;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** The next 64 bits. */
    public long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1): multiples of {@code 2^-53}. */
    public double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** The sum of four uniforms, standardised: nearly normal, without logarithms, which differ between machines. */
    public double bell() {
        return (uniform() + uniform() + uniform() + uniform() - 2) * SQRT_3;
    }
}
