// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Random numbers as a function of (seed, stream, index): no state, so a task that runs again draws the same numbers, in
 * any order and on any machine.
 *
 * <p>Philox 4x32-10, Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3",
 * <a href="https://doi.org/10.1145/2063384.2063405">doi:10.1145/2063384.2063405</a>. The seed is the key; index and
 * stream are the lower and upper half of the counter. A bijection of the counter: no two draws of a seed share a block.
 */
public final class CounterRandom {

    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9; // golden ratio
    private static final int WEYL_1 = 0xBB67AE85; // sqrt(3) - 1
    private static final long WORD = 0xFFFFFFFFL;

    private CounterRandom() {}

    /**
     * Uniform in the open interval (0, 1): the odd multiples of {@code 2^-53}, symmetric about 1/2, so that neither end is
     * drawn and no logarithm of it is infinite.
     */
    public static double uniform(long seed, long stream, long index) {
        int[] block = block((int) index, (int) (index >>> 32), (int) stream, (int) (stream >>> 32), (int) seed, (int)
                (seed >>> 32));
        long bits = (long) block[0] << 32 | block[1] & WORD;
        return (bits >>> 11 | 1) * 0x1p-53;
    }

    /** Standard Gumbel, {@code -log(-log U)}; {@code StrictMath}, because {@code Math.log} may differ between machines. */
    public static double gumbel(long seed, long stream, long index) {
        return -StrictMath.log(-StrictMath.log(uniform(seed, stream, index)));
    }

    /** The block of the counter (c0, c1, c2, c3) under the key (k0, k1), words in the order of the paper. */
    static int[] block(int c0, int c1, int c2, int c3, int k0, int k1) {
        int key0 = k0;
        int key1 = k1;
        int x0 = c0;
        int x1 = c1;
        int x2 = c2;
        int x3 = c3;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (x0 & WORD);
            long product1 = MULTIPLIER_1 * (x2 & WORD);
            x0 = (int) (product1 >>> 32) ^ x1 ^ key0;
            x2 = (int) (product0 >>> 32) ^ x3 ^ key1;
            x1 = (int) product1;
            x3 = (int) product0;
            key0 += WEYL_0;
            key1 += WEYL_1;
        }
        return new int[] {x0, x1, x2, x3};
    }
}
