// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Regularised projection of {@code u = z / s} onto the permutahedron of w, the convex hull of all permutations of w; one
 * list. It is what soft sort and soft rank are made of.
 *
 * <p>With z and w sorted descending the solution is constant in {@code v = u - R'(y)} on blocks of neighbours, and these
 * are found by {@link BlockPooling pooling adjacent violators}. On a block B with level gamma:
 *
 * <ul>
 *   <li>SMOOTH: {@code y = u - gamma}, {@code gamma = log sum_B e^u - log sum_B e^w}. This is the logarithm of the
 *       Kullback-Leibler projection of e^u onto the permutahedron of e^w; y itself need not lie in that of w.
 *   <li>C0: {@code y = u - gamma}, {@code gamma = mean_B(u - w)}, the Euclidean projection.
 *   <li>C1: {@code y = t |t|, t = u - gamma}, and C2: {@code y = t^3}, with {@code sum_B y = sum_B w}: R is the sum of
 *       {@code (2/3) |y|^(3/2)} and of {@code (3/4) |y|^(4/3)}.
 * </ul>
 *
 * <p>Time O(n log n), the derivative O(n). As s goes to 0 the result goes to w arranged in the order of z. Equal z give
 * equal y. Where one of z or w is not finite, all is NaN.
 *
 * <p>Blondel, Teboul, Berthet, Djolonga 2020, <a href="https://arxiv.org/abs/2002.08871">arXiv:2002.08871</a>, Prop. 3
 * and 4. Derivatives are those of the blocks that the pooling found.
 */
public final class Permutahedron implements PolytopeProjection {

    private final int n;
    private final int[] zOrder; // element at each place of the descending order
    private final int[] wOrder;
    private final BlockPooling pooling; // null where all is NaN
    private final double[] y; // by place, in units of 1 / back
    private final double back;
    private final double zFactor;

    private double[] d; // the factors of the derivative by place; null until somebody asks for them
    private double[] a;
    private double[] e;
    private double[] b;

    /**
     * Solves.
     *
     * @param c class
     * @param z what is projected, before the division by s
     * @param w spans the permutahedron; as long as z
     * @param s softness
     */
    public Permutahedron(Smoothness c, double[] z, double[] w, double s) {
        n = z.length;
        zOrder = Sorting.argsort(z, 0, n, true);
        wOrder = Sorting.argsort(w, 0, n, true);
        y = new double[n];
        // u / r and w / r^degree give y / r^degree: with w near 1 no power of it leaves the range of a double
        int degree = degree(c);
        int k = c == Smoothness.SMOOTH ? 0 : Math.floorDiv(exponent(largest(w, wOrder)), degree);
        zFactor = Math.scalb(1.0, k * (degree - 1)) / s;
        back = Math.scalb(1.0, k * degree);
        if (!Double.isFinite(largest(z, zOrder) + largest(w, wOrder) * 0)) {
            pooling = null;
            Arrays.fill(y, Double.NaN);
            return;
        }
        double[] zs = sorted(z, zOrder, Math.scalb(1.0, -Math.max(k, 0)));
        double[] ws = sorted(w, wOrder, Math.scalb(1.0, -k * degree));
        double up = Math.scalb(1.0, Math.max(-k, 0));
        pooling = switch (c) {
            case SMOOTH -> new ShiftPooling(true, zs, ws, up, s);
            case C0 -> new ShiftPooling(false, zs, ws, up, s);
            case C1, C1_PNORM -> new PowerPooling(false, zs, ws, up, s);
            case C2, C2_PNORM -> new PowerPooling(true, zs, ws, up, s);
        };
        pooling.pool();
        pooling.values(y);
    }

    /** How the result grows with z and w together, {@code y(r u, r^degree w) = r^degree y(u, w)}; none for SMOOTH. */
    private static int degree(Smoothness c) {
        return switch (c) {
            case SMOOTH, C0 -> 1;
            case C1, C1_PNORM -> 2;
            case C2, C2_PNORM -> 3;
        };
    }

    /** Within bounds that leave both the factor and its inverse normal. */
    private static int exponent(double largest) {
        return largest > 0 ? Math.max(-900, Math.min(Math.getExponent(largest), 900)) : 0;
    }

    /** The largest |x|, which stands at one end of the order; NaN if there is one, as NaN sorts as the largest. */
    private static double largest(double[] x, int[] order) {
        return x.length == 0 ? 0 : Math.max(Math.abs(x[order[0]]), Math.abs(x[order[x.length - 1]]));
    }

    private static double[] sorted(double[] x, int[] order, double factor) {
        double[] result = new double[x.length];
        // -0.0 becomes 0.0: both sort as equal, and would come out in the order in which they came in
        for (int i = 0; i < x.length; i++) result[i] = x[order[i]] * factor + 0.0;
        return result;
    }

    /** The projection, in the order of z; {@code y[to..to+n)} is written. */
    @Override
    public void value(double[] y, int to) {
        for (int i = 0; i < n; i++) y[to + zOrder[i]] = this.y[i] * back;
    }

    /** Makes {@code d, a, e, b} of {@link BlockPooling#derivatives}. */
    private void differentiate() {
        if (d != null) return;
        a = new double[n];
        e = new double[n];
        b = new double[n];
        d = new double[n];
        if (pooling != null) pooling.derivatives(d, a, e, b);
        else for (double[] factor : new double[][] {d, a, e, b}) Arrays.fill(factor, Double.NaN);
    }

    private int blocks() {
        return pooling == null ? 1 : pooling.blocks;
    }

    private int[] starts() {
        return pooling == null ? new int[] {0, n} : pooling.start;
    }

    /** Adds {@code J'g} for {@code g[from..from+n)}: to gz and to gw, either of which may be null. */
    @Override
    public void vjp(double[] g, int from, double[] gz, double[] gw) {
        differentiate();
        int[] start = starts();
        for (int block = 0; block < blocks(); block++) {
            double dg = 0;
            double eg = 0;
            for (int i = start[block]; i < start[block + 1]; i++) {
                double gi = g[from + zOrder[i]];
                dg += d[i] * gi;
                eg += e[i] * gi;
            }
            for (int i = start[block]; i < start[block + 1]; i++) {
                if (gz != null) gz[zOrder[i]] += (d[i] * g[from + zOrder[i]] - a[i] * dg) * zFactor;
                if (gw != null) gw[wOrder[i]] += b[i] * eg;
            }
        }
    }

    /** {@code J t} for the tangents of z and w, either of which may be null; {@code yDot[to..to+n)} is written. */
    @Override
    public void jvp(double[] zDot, double[] wDot, double[] yDot, int to) {
        differentiate();
        int[] start = starts();
        for (int block = 0; block < blocks(); block++) {
            double az = 0;
            double bw = 0;
            for (int i = start[block]; i < start[block + 1]; i++) {
                if (zDot != null) az += a[i] * zDot[zOrder[i]];
                if (wDot != null) bw += b[i] * wDot[wOrder[i]];
            }
            for (int i = start[block]; i < start[block + 1]; i++) {
                double byZ = zDot == null ? 0 : d[i] * (zDot[zOrder[i]] - az) * zFactor;
                yDot[to + zOrder[i]] = byZ + e[i] * bw;
            }
        }
    }
}
