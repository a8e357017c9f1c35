// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * How much each pair of elements counts of which one has the higher label. Elements are numbered by label, the highest
 * first, so that those below an element stand behind the end of its run of equal labels.
 */
public abstract sealed class PairWeights {

    final int[] order; // element at each number
    final int[] ends; // for each number the first one with a lower label

    private PairWeights(double[] labels, Scratch scratch) {
        int n = labels.length;
        order = scratch.ints(n);
        double[] sorted = scratch.doubles(n);
        Sorting.argsort(labels, 0, true, order, sorted, scratch);
        ends = scratch.ints(n);
        for (int a = n - 1; a >= 0; a--) ends[a] = a < n - 1 && sorted[a] == sorted[a + 1] ? ends[a + 1] : a + 1;
    }

    /** Writes the weights of the pairs of number a and the numbers {@code ends[a]..n} to w. */
    abstract void write(int a, double[] w);

    /** Whether the weight depends on the labels alone. */
    abstract boolean byLabel();

    /** Each pair one as much as the other, together 1. */
    public static PairWeights equal(double[] labels, Scratch scratch) {
        return new Equal(labels, scratch);
    }

    /** The difference of the shares of a gain that does not fall with the label. */
    public static PairWeights shares(double[] labels, double[] share, Scratch scratch) {
        return new Shares(labels, share, scratch);
    }

    /** The same times what a swap of the places does, {@link PlaceSwaps}. */
    public static PairWeights swaps(double[] labels, double[] share, PlaceSwaps swaps, Scratch scratch) {
        return new Swaps(labels, share, swaps, scratch);
    }

    private static final class Equal extends PairWeights {
        private final double weight;

        Equal(double[] labels, Scratch scratch) {
            super(labels, scratch);
            double pairs = 0;
            for (int end : ends) pairs += labels.length - end;
            weight = 1 / pairs;
        }

        @Override
        void write(int a, double[] w) {
            for (int b = ends[a]; b < ends.length; b++) w[b] = weight;
        }

        @Override
        boolean byLabel() {
            return true;
        }
    }

    private static final class Shares extends PairWeights {
        private final double[] sorted;

        Shares(double[] labels, double[] share, Scratch scratch) {
            super(labels, scratch);
            sorted = scratch.doubles(labels.length);
            for (int a = 0; a < sorted.length; a++) sorted[a] = share[order[a]];
        }

        @Override
        void write(int a, double[] w) {
            for (int b = ends[a]; b < ends.length; b++) w[b] = sorted[a] - sorted[b];
        }

        @Override
        boolean byLabel() {
            return true;
        }
    }

    private static final class Swaps extends PairWeights {
        private final double[] share;
        private final PlaceSwaps swaps;

        Swaps(double[] labels, double[] share, PlaceSwaps swaps, Scratch scratch) {
            super(labels, scratch);
            this.share = share;
            this.swaps = swaps;
        }

        @Override
        void write(int a, double[] w) {
            for (int b = ends[a]; b < ends.length; b++) {
                w[b] = (share[order[a]] - share[order[b]]) * swaps.of(order[a], order[b]);
            }
        }

        @Override
        boolean byLabel() {
            return false;
        }
    }
}
