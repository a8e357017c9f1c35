// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** How much each pair of elements counts of which one has the higher label, by their numbers in the {@link LabelOrder}. */
public abstract sealed class PairWeights {

    final LabelOrder labels;

    private PairWeights(LabelOrder labels) {
        this.labels = labels;
    }

    /** The weight of the numbers a and b, of which a has the higher label. */
    abstract double of(int a, int b);

    /** Whether the weight depends on the labels alone. */
    boolean byLabel() {
        return true;
    }

    /** Writes the weights of the pairs of number a and all below it to w. */
    final void write(int a, double[] w) {
        int n = labels.n();
        for (int b = labels.ends[a]; b < n; b++) w[b] = of(a, b);
    }

    /** Each pair one as much as the other, together 1. */
    public static PairWeights equal(LabelOrder labels) {
        double pairs = 0;
        for (int end : labels.ends) pairs += labels.n() - end;
        return new Equal(labels, 1 / pairs);
    }

    /** The difference of the shares, by element, of a gain that does not fall with the label. */
    public static PairWeights shares(LabelOrder labels, double[] share) {
        return new Shares(labels, share);
    }

    /** The same times what a swap of the places does, {@link PlaceSwaps}. */
    public static PairWeights swaps(LabelOrder labels, double[] share, PlaceSwaps swaps) {
        return new Swaps(labels, share, swaps);
    }

    private static final class Equal extends PairWeights {
        private final double weight;

        Equal(LabelOrder labels, double weight) {
            super(labels);
            this.weight = weight;
        }

        @Override
        double of(int a, int b) {
            return weight;
        }
    }

    private static final class Shares extends PairWeights {
        private final double[] share;

        Shares(LabelOrder labels, double[] share) {
            super(labels);
            this.share = share;
        }

        @Override
        double of(int a, int b) {
            return share[labels.order[a]] - share[labels.order[b]];
        }
    }

    private static final class Swaps extends PairWeights {
        private final double[] share;
        private final PlaceSwaps swaps;

        Swaps(LabelOrder labels, double[] share, PlaceSwaps swaps) {
            super(labels);
            this.share = share;
            this.swaps = swaps;
        }

        @Override
        double of(int a, int b) {
            int i = labels.order[a];
            int j = labels.order[b];
            return (share[i] - share[j]) * swaps.of(i, j);
        }

        @Override
        boolean byLabel() {
            return false;
        }
    }
}
