// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;
import java.util.Random;

/** Lists of keys that are hard to order softly. */
public final class KeyLists {

    private KeyLists() {}

    /** Softnesses from far below the gaps of a list to far above its spread. */
    public enum Softness {
        TINY(1e-9),
        SMALL(1e-3),
        NARROW(0.02),
        CUSTOMARY(0.1),
        WIDE(3),
        HUGE(1e6);

        public final double of;

        Softness(double of) {
            this.of = of;
        }
    }

    /** How the keys of a list lie. */
    public enum Kind {
        UNIFORM {
            @Override
            double key(int j, int n, Random random) {
                return random.nextDouble();
            }
        },
        NORMAL {
            @Override
            double key(int j, int n, Random random) {
                return 3 * random.nextGaussian();
            }
        },
        TIED {
            @Override
            double key(int j, int n, Random random) {
                return random.nextInt(5) / 4.0;
            }
        },
        EQUAL {
            @Override
            double key(int j, int n, Random random) {
                return 0.7;
            }
        },
        EVEN {
            @Override
            double key(int j, int n, Random random) {
                return j / 16.0;
            }
        },
        TWO_CLUSTERS {
            @Override
            double key(int j, int n, Random random) {
                return (random.nextBoolean() ? 4096 : 0) + random.nextDouble();
            }
        },
        CLUSTERS_OF_CLUSTERS {
            @Override
            double key(int j, int n, Random random) {
                return random.nextInt(4) + random.nextInt(4) / 64.0 + random.nextInt(4) / 4096.0;
            }
        },
        OUTLIER {
            @Override
            double key(int j, int n, Random random) {
                return j == 0 ? 1e9 : random.nextDouble();
            }
        },
        SPREAD_OVER_SCALES {
            @Override
            double key(int j, int n, Random random) {
                return Math.exp(-30 * random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
            }
        },
        DENORMAL_GAPS {
            @Override
            double key(int j, int n, Random random) {
                return random.nextInt(100) * Double.MIN_VALUE;
            }
        },
        /** So that most soft distances are half of the plain ones: there the sums of distances are least convex. */
        WAVES {
            @Override
            double key(int j, int n, Random random) {
                return 0.25 * (j % 7) + 1e-3 * random.nextDouble();
            }
        };

        abstract double key(int j, int n, Random random);

        /** A list of n keys. */
        public double[] make(int n, Random random) {
            double[] z = new double[n];
            Arrays.setAll(z, j -> key(j, n, random));
            return z;
        }
    }
}
