// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.tensor.Tensor;
import java.util.Arrays;

/**
 * The values of lists near the largest double, read from the same lists scaled down by a power of two.
 *
 * <p>Sorted values of standardised lists scale with the list, {@code y(2^k x) = 2^k y(x)}, so their derivative does not
 * change with it. The scaling on the way in and that on the way out therefore pass gradients as they are; multiplying by
 * one factor and then by its inverse would overflow in between.
 */
public final class Rescaled implements Permutation {

    private static final double LARGE = 0x1p500;
    private static final double SHRINK = 0x1p-700;

    private final Permutation inner;
    private final double[] factors; // one for each list

    private Rescaled(Permutation inner, double[] factors) {
        this.inner = inner;
        this.factors = factors;
    }

    /** Makes a permutation of lists. */
    public interface Maker {
        /** The permutation of lists of shape (lists, n). */
        Permutation of(Tensor rows);
    }

    /** The permutation of standardised lists, for reading values from them; scaled where that is needed. */
    public static Permutation values(Tensor rows, Maker maker) {
        if (factor(rows) == 1) return maker.of(rows);
        double[] factors = new double[rows.length(0)];
        double[] x = rows.data();
        int n = rows.length(1);
        for (int list = 0; list < factors.length; list++) {
            boolean any = false;
            for (int i = list * n; i < (list + 1) * n; i++) any |= Math.abs(x[i]) > LARGE;
            factors[list] = any ? SHRINK : 1;
        }
        return new Rescaled(maker.of(scaled(rows, factors, false)), factors);
    }

    /**
     * The power of two that takes lists far from the largest double, 1 where none is near it; one for all lists, as they
     * share a softness.
     */
    public static double factor(Tensor rows) {
        for (double value : rows.data()) if (Math.abs(value) > LARGE) return SHRINK;
        return 1;
    }

    /**
     * The permutation of lists as they are, for reading values, of a method with {@code y(k x; k s) = k y(x; s)}; the maker
     * is given {@code k x} and takes {@code k s}.
     */
    public static Permutation values(Tensor rows, double k, Maker maker) {
        double[] factors = new double[rows.length(0)];
        Arrays.fill(factors, k);
        return new Rescaled(maker.of(scaled(rows, factors, false)), factors);
    }

    private static Tensor scaled(Tensor x, double[] factors, boolean back) {
        int each = x.size() / factors.length;
        double[] y = new double[x.size()];
        for (int i = 0; i < y.length; i++) {
            double factor = factors[i / each];
            y[i] = back ? x.data()[i] / factor : x.data()[i] * factor;
        }
        return x.withValues(y);
    }

    @Override
    public Tensor values(Places places) {
        return scaled(inner.values(places), factors, true);
    }

    @Override
    public Tensor quantiles(Levels levels) {
        return scaled(inner.quantiles(levels), factors, true);
    }

    @Override
    public Tensor apply(Tensor payload, Places places) {
        return inner.detach().apply(payload, places); // for reading only: gradients of an index do scale
    }

    @Override
    public Tensor matrix(Places places) {
        return inner.detach().matrix(places);
    }

    @Override
    public Tensor quantileMatrix(Levels levels) {
        return inner.detach().quantileMatrix(levels);
    }

    @Override
    public Tensor memberships(int k) {
        return inner.detach().memberships(k);
    }

    @Override
    public Tensor ranks(boolean descending) {
        return inner.detach().ranks(descending);
    }

    @Override
    public Permutation detach() {
        return new Rescaled(inner.detach(), factors);
    }
}
