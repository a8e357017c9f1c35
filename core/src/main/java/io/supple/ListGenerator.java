// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.SplitMix64;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Ranked lists whose truth is known. A list is a function of the settings, the seed and its number alone, so that tasks may
 * draw any of them in any order; the same on every machine. Immutable.
 *
 * <p>With bells z_0, z_1, ... (a nearly normal distribution) and r the first half of the features, rounded up, the utility is
 * {@code v = (sum_{j<r} z_j/(j+1) + z_0 z_{r-1}) / deviation}, the grade counts the thresholds 0.1, 0.8, 1.4, 2.0 below
 * {@code (v + noise e) / sqrt(1 + noise^2)}: about 46 % of the rows have one above 0, 2 % have 4. Features are seen as in
 * practice: by turns z_j itself, z_j with a shift and a scale of its list, and {@code exp(1.5 z_j)}, whose tail is heavy.
 *
 * <p>Shares and strengths are drawn apart from each other: more missing values leave the present ones as they were.
 */
public final class ListGenerator implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final double[] GRADES = {0.1, 0.8, 1.4, 2.0};

    // what is drawn apart
    private static final int SHAPE = 0;
    private static final int ROWS = 1;
    private static final int TIES = 2;
    private static final int MISSING = 3;
    private static final int CLICKS = 4;
    private static final int STREAMS = 8;

    private final long seed;
    private int features = 20;
    private int shortest = 5;
    private int longest = 200;
    private double tail = 1;
    private double noise = 0.5;
    private double ties;
    private double missing;
    private double positionBias = 1;
    private double weights;

    private ListGenerator(long seed) {
        this.seed = seed;
    }

    /** The lists of a seed: 20 features, 5 to 200 rows with tail 1, noise 0.5, position bias 1, nothing tied or missing. */
    public static ListGenerator of(long seed) {
        return new ListGenerator(seed);
    }

    private ListGenerator copy() {
        ListGenerator copy = new ListGenerator(seed);
        copy.features = features;
        copy.shortest = shortest;
        copy.longest = longest;
        copy.tail = tail;
        copy.noise = noise;
        copy.ties = ties;
        copy.missing = missing;
        copy.positionBias = positionBias;
        copy.weights = weights;
        return copy;
    }

    /** The number of features, at least 1. */
    public ListGenerator withFeatures(int count) {
        require(count >= 1, "features", ">= 1", count);
        ListGenerator copy = copy();
        copy.features = count;
        return copy;
    }

    /**
     * The lengths of lists, from shortest to longest: uniform if the tail is 0, otherwise Pareto,
     * {@code P(n > x) = (shortest/x)^tail}, cut at the longest. The smaller the tail, the heavier.
     */
    public ListGenerator withLengths(int shortest, int longest, double tail) {
        require(shortest >= 1, "shortest", ">= 1", shortest);
        require(longest >= shortest, "longest", ">= shortest, " + shortest, longest);
        require(tail >= 0 && tail < Double.POSITIVE_INFINITY, "tail", ">= 0 and finite", tail);
        ListGenerator copy = copy();
        copy.shortest = shortest;
        copy.longest = longest;
        copy.tail = tail;
        return copy;
    }

    /** The deviation of what grades have beside the utility, whose own is 1. */
    public ListGenerator withNoise(double deviation) {
        require(deviation >= 0 && deviation < Double.POSITIVE_INFINITY, "noise", ">= 0 and finite", deviation);
        ListGenerator copy = copy();
        copy.noise = deviation;
        return copy;
    }

    /** The share of rows that have the features, and so the utility, of the row before. */
    public ListGenerator withTies(double share) {
        requireShare("ties", share);
        ListGenerator copy = copy();
        copy.ties = share;
        return copy;
    }

    /** The share of feature values that are NaN. */
    public ListGenerator withMissing(double share) {
        requireShare("missing", share);
        ListGenerator copy = copy();
        copy.missing = share;
        return copy;
    }

    /**
     * How fast attention falls: a row shown at place p is looked at with probability {@code p^-bias}, and clicked then with
     * probability {@code 0.05 + 0.95 (2^grade - 1)/15}. The places are those of {@code z_0 + e}, highest first.
     */
    public ListGenerator withPositionBias(double bias) {
        require(bias >= 0 && bias < Double.POSITIVE_INFINITY, "positionBias", ">= 0 and finite", bias);
        ListGenerator copy = copy();
        copy.positionBias = bias;
        return copy;
    }

    /** List weights {@code exp(spread e)}: all 1 if the spread is 0. */
    public ListGenerator withWeights(double spread) {
        require(spread >= 0 && spread <= 10, "weights", "in [0, 10]", spread);
        ListGenerator copy = copy();
        copy.weights = spread;
        return copy;
    }

    private static void requireShare(String name, double share) {
        require(share >= 0 && share <= 1, name, "in [0, 1]", share);
    }

    private static void require(boolean holds, String name, String condition, Number got) {
        if (!holds) throw new IllegalArgumentException("generate: " + name + " must be " + condition + ", got " + got);
    }

    /** The number of features. */
    public int features() {
        return features;
    }

    private SplitMix64 stream(long list, int stream) {
        return SplitMix64.part(seed, STREAMS * list + stream);
    }

    /** The list of a number, from 0. */
    public SyntheticList list(long number) {
        require(number >= 0, "list", ">= 0", number);
        SplitMix64 shape = stream(number, SHAPE);
        int n = length(shape.uniform());
        double weight = weights == 0 ? 1 : StrictMath.exp(weights * shape.bell());
        double[] shift = new double[features];
        double[] scale = new double[features];
        for (int j = 0; j < features; j++) {
            shift[j] = shape.bell();
            scale[j] = 0.5 + 1.5 * shape.uniform();
        }
        double[][] seen = new double[n][features];
        double[] labels = new double[n];
        double[] utilities = new double[n];
        double[] shown = new double[n];
        SplitMix64 rows = stream(number, ROWS);
        SplitMix64 tied = stream(number, TIES);
        double[] z = new double[features];
        for (int i = 0; i < n; i++) {
            double[] drawn = new double[features];
            for (int j = 0; j < features; j++) drawn[j] = rows.bell();
            if (!(tied.uniform() < ties) || i == 0) z = drawn;
            utilities[i] = utility(z);
            labels[i] = grade((utilities[i] + noise * rows.bell()) / Math.sqrt(1 + noise * noise));
            shown[i] = z[0] + rows.bell();
            for (int j = 0; j < features; j++) seen[i][j] = seen(j, z[j], shift, scale);
        }
        lose(seen, stream(number, MISSING));
        int[] positions = positions(shown);
        return new SyntheticList(
                seen, labels, utilities, positions, clicks(labels, positions, stream(number, CLICKS)), weight);
    }

    private int length(double u) {
        if (tail == 0) return shortest + (int) ((longest - shortest + 1.0) * u);
        return (int) Math.min(longest, shortest * StrictMath.pow(1 - u, -1 / tail));
    }

    private double utility(double[] z) {
        int relevant = (features + 1) / 2;
        double v = 0;
        double variance = 1; // of the product, which is not correlated with the others
        for (int j = 0; j < relevant; j++) {
            v += z[j] / (j + 1);
            variance += 1.0 / ((j + 1) * (j + 1));
        }
        if (relevant == 1) return v;
        return (v + z[0] * z[relevant - 1]) / Math.sqrt(variance);
    }

    private static double grade(double v) {
        int grade = 0;
        for (double threshold : GRADES) if (v > threshold) grade++;
        return grade;
    }

    private static double seen(int j, double z, double[] shift, double[] scale) {
        return switch (j % 3) {
            case 0 -> z;
            case 1 -> shift[j] + scale[j] * z;
            default -> StrictMath.exp(1.5 * z);
        };
    }

    private void lose(double[][] seen, SplitMix64 random) {
        for (double[] x : seen) {
            for (int j = 0; j < features; j++) if (random.uniform() < missing) x[j] = Double.NaN;
        }
    }

    private static int[] positions(double[] shown) {
        Integer[] order = IntStream.range(0, shown.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> -shown[i])); // stable: equal ones as they stand
        int[] positions = new int[shown.length];
        for (int k = 0; k < order.length; k++) positions[order[k]] = k + 1;
        return positions;
    }

    private int[] clicks(double[] labels, int[] positions, SplitMix64 random) {
        int[] clicks = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            double attractive = 0.05 + 0.95 * (StrictMath.pow(2, labels[i]) - 1) / 15;
            if (random.uniform() < StrictMath.pow(positions[i], -positionBias) * attractive) clicks[i] = 1;
        }
        return clicks;
    }
}
