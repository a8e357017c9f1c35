// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.SplitMix64;
import java.util.Arrays;

/**
 * Two sets of ranked lists that are bit-equal in every language: what a ranker's quality is measured on. For lists of
 * other shapes see {@link ListGenerator}.
 *
 * <p>Rows stand list after list: list l has the rows {@code offsets[l]} to {@code offsets[l + 1] - 1}. By convention the
 * training lists have seed 1 and the test lists seed 2.
 */
public final class SyntheticLists {

    private static final int TOPHEAVY_FEATURES = 10;
    private static final int CURVED_FEATURES = 20;
    private static final double[] CURVED_GRADES = {0.6, 1.7, 2.7, 3.7};

    private final double[][] features;
    private final double[] labels;
    private final int[] offsets;

    private SyntheticLists(Rows rows) {
        features = Arrays.copyOf(rows.features, rows.count);
        labels = Arrays.copyOf(rows.labels, rows.count);
        offsets = rows.offsets;
    }

    /**
     * Ten features, of which two decide the middle grades and two others the best: a linear model must choose between the
     * top and the rest. Lists of 10 to 40 rows; labels 0, 1, 2 and 4.
     *
     * <p>Per row {@code x_0..x_9} are bells, {@code y = [w > -0.5] + [w > 1]} with {@code w = 1.5 x_0 - 0.5 x_1 + 0.5 e},
     * and {@code y = 4} where {@code x_1 + x_2 + 0.3 e' > 2.2}.
     */
    public static SyntheticLists topheavy(long seed, int lists) {
        SplitMix64 random = new SplitMix64(seed);
        Rows rows = new Rows("topheavy", lists);
        for (int list = 0; list < lists; list++) {
            int n = 10 + (int) (31 * random.uniform());
            for (int i = 0; i < n; i++) {
                double[] x = bells(random, TOPHEAVY_FEATURES);
                double w = 1.5 * x[0] - 0.5 * x[1] + 0.5 * random.bell();
                double label = (w > -0.5 ? 1 : 0) + (w > 1 ? 1 : 0);
                if (x[1] + x[2] + 0.3 * random.bell() > 2.2) label = 4;
                rows.add(x, label);
            }
            rows.end(list);
        }
        return new SyntheticLists(rows);
    }

    /**
     * Twenty features, each with a shift and a scale of its list, and a utility with interactions and bends. Lists of 8 to
     * 32 rows; labels 0 to 4.
     *
     * <p>With bells {@code z}: {@code x_j = a_j + b_j z_j}; the utility is
     * {@code v = sum_{j<8} z_j/(j+1) + z_8 z_9 + |z_10| - 0.83 + 0.8 (max(0, z_11) - 0.4) sign(z_0) + 0.3 z_12}; the label
     * counts the thresholds 0.6, 1.7, 2.7, 3.7 below {@code v + 0.7 e}.
     */
    public static SyntheticLists curved(long seed, int lists) {
        SplitMix64 random = new SplitMix64(seed);
        Rows rows = new Rows("curved", lists);
        for (int list = 0; list < lists; list++) {
            int n = 8 + (int) (25 * random.uniform());
            double[] shift = bells(random, CURVED_FEATURES);
            double[] scale = new double[CURVED_FEATURES];
            for (int j = 0; j < CURVED_FEATURES; j++) scale[j] = 0.5 + 1.5 * random.uniform();
            for (int i = 0; i < n; i++) {
                double[] z = bells(random, CURVED_FEATURES);
                double w = utility(z) + 0.7 * random.bell();
                double label = 0;
                for (double grade : CURVED_GRADES) if (w > grade) label++;
                double[] x = new double[CURVED_FEATURES];
                for (int j = 0; j < CURVED_FEATURES; j++) x[j] = shift[j] + scale[j] * z[j];
                rows.add(x, label);
            }
            rows.end(list);
        }
        return new SyntheticLists(rows);
    }

    private static double utility(double[] z) {
        double v = 0;
        for (int j = 0; j < 8; j++) v += z[j] / (j + 1);
        double turned = 0.8 * (Math.max(0, z[11]) - 0.4) * (z[0] > 0 ? 1 : -1);
        return v + z[8] * z[9] + (Math.abs(z[10]) - 0.83) + turned + 0.3 * z[12];
    }

    private static double[] bells(SplitMix64 random, int count) {
        double[] z = new double[count];
        for (int j = 0; j < count; j++) z[j] = random.bell();
        return z;
    }

    /** One array of features for each row. */
    public double[][] features() {
        return features;
    }

    /** The label of each row. */
    public double[] labels() {
        return labels;
    }

    /** Where lists begin; one more, the number of rows, at the end. */
    public int[] offsets() {
        return offsets;
    }

    /** Rows while they are drawn; arrays grow. */
    private static final class Rows {
        private double[][] features = new double[64][];
        private double[] labels = new double[64];
        private final int[] offsets;
        private int count;

        Rows(String name, int lists) {
            if (lists < 0) throw new IllegalArgumentException(name + ": lists must be >= 0, got " + lists);
            offsets = new int[lists + 1];
        }

        void add(double[] x, double label) {
            if (count == labels.length) {
                features = Arrays.copyOf(features, 2 * count);
                labels = Arrays.copyOf(labels, 2 * count);
            }
            features[count] = x;
            labels[count++] = label;
        }

        void end(int list) {
            offsets[list + 1] = count;
        }
    }
}
