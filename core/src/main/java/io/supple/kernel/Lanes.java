// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The inner loops that are worth vector instructions, in plain Java; a subclass has them in the incubating Vector API.
 *
 * <p>Which one is used is found once. The Vector API is there if the JVM was started with
 * {@code --add-modules jdk.incubator.vector}, as Spark 4 starts its own; the system property {@code supple.vector=off}
 * leaves it alone all the same. Loops over elements have the same bits either way, sums differ by rounding errors.
 *
 * <p>Loops over {@link FourRows} are asked for whole vectors only: their ranges begin and end at multiples of
 * {@link #width()}, and arrays are padded to one.
 */
public class Lanes {

    /** In plain Java. */
    static final Lanes SCALAR = new Lanes();

    /** What is used. */
    static final Lanes USED = found();

    private static final String MODULE = "jdk.incubator.vector";
    private static final String SWITCH = "supple.vector";

    Lanes() {}

    private static Lanes found() {
        if (System.getProperty(SWITCH, "on").equals("off")) return SCALAR;
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) return SCALAR;
        try {
            Lanes found = Class.forName(Lanes.class.getPackageName() + ".VectorLanes")
                    .asSubclass(Lanes.class)
                    .getDeclaredConstructor()
                    .newInstance();
            return found.width() >= LEAST_WIDTH ? found : SCALAR;
        } catch (ReflectiveOperationException | LinkageError e) {
            return SCALAR; // an incubating API may change
        }
    }

    /** Narrower vectors gain nothing over those that the compiler makes of plain loops. */
    private static final int LEAST_WIDTH = 4;

    /** What computes the inner loops: {@code scalar}, or {@code vector} and how wide. */
    public static String name() {
        return vectors() ? "vector " + Double.SIZE * USED.width() + " bits" : "scalar";
    }

    /** Whether inner loops are computed in vectors. */
    public static boolean vectors() {
        return USED.width() > 1;
    }

    /** Numbers in a vector, a power of two. */
    int width() {
        return 1;
    }

    /** {@link Exponential#of}. */
    void exp(double[] x, double[] y, int from, int to) {
        Exponential.scalar(x, y, from, to);
    }

    /** {@link Exponential#of(double[], double, double, double, double[], double[], int, int)}. */
    void exp(double[] x, double origin, double f, double s, double[] scratch, double[] y, int from, int to) {
        for (int j = from; j < to; j++) scratch[j] = f * (x[j] - origin) / s;
        Exponential.scalar(scratch, y, from, to);
    }

    /** Writes {@code -(c z_j + a_j)} to v and gives the largest back. */
    double logits(double c, double[] z, double[] a, double[] v, int from, int to) {
        double top = Double.NEGATIVE_INFINITY;
        for (int j = from; j < to; j++) v[j] = -(c * z[j] + a[j]);
        for (int j = from; j < to; j++) top = Math.max(top, v[j]);
        return top;
    }

    /** {@link FourSteps#add}. */
    void steps(double[] e, int i, double[] y) {
        FourSteps.add(e, i, 0, y);
    }

    /** {@link FourSteps#addProduct}. */
    void slopes(double[] e, int i, double[] v, double[] y) {
        FourSteps.addProduct(e, i, 0, v, y);
    }

    /** {@link FourSteps#lossSlopes}, of whole vectors; totals have {@link #width()} parts for each of the four. */
    void lossSlopes(
            double[] ei, double[] e, int from, int to, double w, double[] g, double[] totals, double[] inverse) {
        FourSteps.lossSlopes(ei, e, from, to, w, g, totals, inverse);
    }

    /** {@link FourSteps#losses}, of whole vectors. */
    double losses(double[] xi, double[] ei, double[] x, double[] e, double[] inverse, double s, int from, int to) {
        return FourSteps.losses(xi, ei, x, e, inverse, s, from, to);
    }

    /** {@link FourRows#sums}. */
    void sums(double[] p, double[] f, int lo, int hi, double[] total) {
        FourRows.sums(p, f, lo, hi, total);
    }

    /** {@link FourRows#means}. */
    void means(double[] p, double[] f, double[] x, int lo, int hi, double[] total, double[] mean) {
        FourRows.means(p, f, x, lo, hi, total, mean);
    }

    /** {@link FourRows#add}. */
    void add(double[] share, double[] p, double[] f, double[] y, int lo, int hi) {
        FourRows.add(share, p, f, y, lo, hi);
    }

    /** {@link FourRows#pull}. */
    void pull(
            double[] share,
            double[] tilt,
            double m,
            int k,
            double[] p,
            double[] f,
            double[] x,
            double[] all,
            double[] sloped,
            int lo,
            int hi) {
        FourRows.pull(share, tilt, m, k, p, f, x, all, sloped, lo, hi);
    }

    /** {@link FourRows#means} of x and of x2. */
    void means(
            double[] p,
            double[] f,
            double[] x,
            double[] x2,
            int lo,
            int hi,
            double[] total,
            double[] mean,
            double[] mean2) {
        FourRows.means(p, f, x, lo, hi, total, mean);
        FourRows.means(p, f, x2, lo, hi, total, mean2);
    }

    /** {@link FourRows#pull} of x and of x2, whose tilts are added. */
    void pull(
            double[] share,
            double m,
            double[] x,
            double[] share2,
            double m2,
            double[] x2,
            double[] tilt,
            int k,
            double[] p,
            double[] f,
            double[] all,
            double[] sloped,
            int lo,
            int hi) {
        FourRows.pull(share, tilt, m, k, p, f, x, all, sloped, lo, hi);
        FourRows.pull(share2, FourRows.LEVEL, m2, k, p, f, x2, all, sloped, lo, hi);
    }

    /** {@link FourRows#next}. */
    void next(double[] p, double[] f, int from, int to) {
        FourRows.next(p, f, from, to);
    }

    /** {@link PairDistances#smoothSums}. */
    void distances(double[] z, double[] e, int j, int end, double[] term, double[] a) {
        PairDistances.smoothSums(z, e, j, j + 1, end, term, a);
    }

    /** {@link PairDistances#smoothSums} of all pairs. */
    void distances(double[] z, double[] e, int n, double[] term, double[] a) {
        for (int j = 0; j < n; j++) PairDistances.smoothSums(z, e, j, j + 1, n, term, a);
    }

    /** {@link PairDistances#smoothSlopes} of all pairs. */
    void slopes(
            double[] z, double[] e, double twice, double[] w, int n, double[] term, double[] count, double[] weighted) {
        for (int j = 0; j < n; j++) PairDistances.smoothSlopes(z, e, twice, w, j, j + 1, n, term, count, weighted);
    }

    /** {@link PairDistances#smoothSlopes}. */
    void slopes(
            double[] z,
            double[] e,
            double twice,
            double[] w,
            int j,
            int end,
            double[] term,
            double[] count,
            double[] weighted) {
        PairDistances.smoothSlopes(z, e, twice, w, j, j + 1, end, term, count, weighted);
    }

    /** {@link Chebyshev#moments}. */
    void moments(double[] u, double[] w, int from, int to, double[] moments, int at) {
        Chebyshev.moments(u, w, from, to, moments, at);
    }

    /** {@link Chebyshev#values}. */
    void values(double[] u, int from, int to, double[] c, double[] y) {
        Chebyshev.values(u, from, to, c, y);
    }

    /** {@link Chebyshev#translate}. */
    void translate(double[] k, double[] m, int at, double f, double[] c) {
        Chebyshev.translate(k, m, at, f, c);
    }

    /** {@link DenseRows#times}. */
    void rowProducts(double[] w, int at, double[] x, int from, int n, int d, double[] s, int to) {
        DenseRows.products(w, at, x, from, n, d, s, to);
    }

    /** {@link DenseRows#addWeighted}. */
    void addRows(double[] x, int from, int n, int d, double[] v, int at, double[] g, int to) {
        DenseRows.add(x, from, n, d, v, at, g, to);
    }
}
