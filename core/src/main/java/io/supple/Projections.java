// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.BoxProjection;
import io.supple.kernel.IsotonicRegression;
import io.supple.kernel.L1BallProjection;
import io.supple.kernel.L2BallProjection;
import io.supple.kernel.Membership;
import io.supple.kernel.Permutahedron;
import io.supple.kernel.ScaledSimplexProjection;
import io.supple.kernel.SimplexProjection;
import io.supple.kernel.Smoothness;
import io.supple.kernel.TransportPlan;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;
import java.util.Arrays;

/**
 * The projections that soft operators are made of, as mathematics of their own: onto the simplex, boxes and balls, the
 * permutahedron, the transport and Birkhoff polytopes, and the cone of monotone sequences.
 *
 * <p>Every one is differentiable in every argument: {@link Tensor#backward()} gives vector-Jacobian products and
 * {@link io.supple.tensor.Derivatives#jvp Derivatives.jvp} the other way. Vectors lie along the last axis, (..., n); what
 * belongs to one vector, such as a radius, is a number for all of them or has their batch shape (...).
 *
 * <p>Regularised ones take a softness s &gt; 0 and a mode: smooth is entropic, c0 Euclidean, c1 and c2 the 3/2- and
 * 4/3-norm. There is no hard mode: that would be the linear programme itself, {@link Soft#HARD}.
 */
public final class Projections {

    private Projections() {}

    // ---- the simplex

    /** Euclidean projection onto the probability simplex, {@code y >= 0, sum y = 1}: (..., n) to (..., n). */
    public static Tensor simplex(Tensor x) {
        return simplex(x, 1, Mode.C0);
    }

    /**
     * {@code argmax <x, y> - s R(y)} over the probability simplex: softmax (smooth), sparsemax (c0) and the p-norm members
     * between: (..., n) to (..., n). {@link SimplexProjection}.
     */
    public static Tensor simplex(Tensor x, double softness, Mode mode) {
        Smoothness c = smoothness("simplex", softness, mode);
        return along(x, in -> ProjectionKernels.simplex(c, in[0], softness));
    }

    /** Euclidean projection onto the simplex of a total r &gt;= 0, {@code y >= 0, sum y = r}: (..., n), (...) to (..., n). */
    public static Tensor scaledSimplex(Tensor x, Tensor total) {
        requireNotNegative("scaledSimplex", "total", total);
        return along(
                x,
                in -> ProjectionKernels.ball(
                        ScaledSimplexProjection::forward,
                        ScaledSimplexProjection::vjp,
                        ScaledSimplexProjection::jvp,
                        in),
                perList("scaledSimplex: total", x, total));
    }

    /**
     * {@code argmax <x, y> - s R(y)} over {@code 0 <= y <= 1, sum y = k}, the soft memberships of the k largest: (..., n) to
     * (..., n). {@link Membership}.
     */
    public static Tensor cappedSimplex(Tensor x, int k, double softness, Mode mode) {
        Smoothness c = smoothness("cappedSimplex", softness, mode);
        int n = x.length(-1);
        if (k < 0 || k > n) {
            throw new IllegalArgumentException(
                    "cappedSimplex: k must be from 0 to the length of the list, " + n + ", got " + k);
        }
        return along(x, in -> {
            Membership y = new Membership(c, in[0], k, softness);
            return ProjectionKernels.of(
                    y::value, (g, from, gIn) -> y.vjp(g, from, gIn[0]), (t, out, to) -> y.jvp(t[0], out, to));
        });
    }

    // ---- boxes and balls

    /** Euclidean projection onto {@code lower <= y <= upper}; bounds broadcast to x: (...), (...), (...) to (...). */
    public static Tensor box(Tensor x, Tensor lower, Tensor upper) {
        Tensor a = broadcast("box: lower", lower, x);
        Tensor b = broadcast("box: upper", upper, x);
        return along(
                x,
                in -> {
                    int n = in[0].length;
                    return ProjectionKernels.of(
                            (y, to) -> {
                                double[] out = new double[n];
                                BoxProjection.forward(in[0], in[1], in[2], out, n);
                                System.arraycopy(out, 0, y, to, n);
                            },
                            (g, from, gIn) -> BoxProjection.vjp(
                                    in[0],
                                    in[1],
                                    in[2],
                                    Arrays.copyOfRange(g, from, from + n),
                                    gIn[0],
                                    gIn[1],
                                    gIn[2],
                                    n),
                            (t, yDot, to) -> {
                                double[] out = new double[n];
                                BoxProjection.jvp(in[0], in[1], in[2], t[0], t[1], t[2], out, n);
                                System.arraycopy(out, 0, yDot, to, n);
                            });
                },
                a,
                b);
    }

    /** Euclidean projection onto {@code sum |y| <= r}, r &gt;= 0: (..., n), (...) to (..., n). {@link L1BallProjection}. */
    public static Tensor l1Ball(Tensor x, Tensor radius) {
        requireNotNegative("l1Ball", "radius", radius);
        return along(
                x,
                in -> ProjectionKernels.ball(
                        L1BallProjection::forward, L1BallProjection::vjp, L1BallProjection::jvp, in),
                perList("l1Ball: radius", x, radius));
    }

    /** Euclidean projection onto {@code sum y^2 <= r^2}, r &gt;= 0: (..., n), (...) to (..., n). {@link L2BallProjection}. */
    public static Tensor l2Ball(Tensor x, Tensor radius) {
        requireNotNegative("l2Ball", "radius", radius);
        return along(
                x,
                in -> ProjectionKernels.ball(
                        L2BallProjection::forward, L2BallProjection::vjp, L2BallProjection::jvp, in),
                perList("l2Ball: radius", x, radius));
    }

    // ---- orders

    /**
     * Projection of {@code z / s} onto the permutahedron of w, the hull of all its permutations: (..., n), (..., n) to
     * (..., n). w broadcasts. {@link Permutahedron}; smooth mode is the entropic projection left in the log domain.
     */
    public static Tensor permutahedron(Tensor z, Tensor w, double softness, Mode mode) {
        Smoothness c = smoothness("permutahedron", softness, mode);
        return along(
                z,
                in -> {
                    Permutahedron y = new Permutahedron(c, in[0], in[1], softness);
                    return ProjectionKernels.of(
                            y::value,
                            (g, from, gIn) -> y.vjp(g, from, gIn[0], gIn[1]),
                            (t, out, to) -> y.jvp(t[0], t[1], out, to));
                },
                broadcast("permutahedron: w", w, z));
    }

    /** Least-squares isotonic regression, the nearest non-decreasing sequence: (..., n) to (..., n). */
    public static Tensor isotonic(Tensor y) {
        return isotonic(y, Tensor.scalar(1), true);
    }

    /**
     * Weighted least-squares isotonic regression, weights at least 0: (..., n), (..., n) to (..., n). Weights broadcast.
     * {@link IsotonicRegression}.
     */
    public static Tensor isotonic(Tensor y, Tensor weights, boolean increasing) {
        requireNotNegative("isotonic", "weights", weights);
        return along(
                y,
                in -> {
                    IsotonicRegression x = new IsotonicRegression(in[0], in[1], increasing);
                    return ProjectionKernels.of(
                            x::value,
                            (g, from, gIn) -> x.vjp(g, from, gIn[0], gIn[1]),
                            (t, out, to) -> x.jvp(t[0], t[1], out, to));
                },
                broadcast("isotonic: weights", weights, y));
    }

    // ---- plans

    /**
     * The transport plan {@code argmin <C, P> + s R(P)} with row sums mu and column sums nu: (..., n, m), (..., n),
     * (..., m) to (..., n, m). Marginals are divided by their sums and broadcast. {@link TransportPlan}.
     *
     * @throws io.supple.kernel.NotConvergedException if the marginals miss the tolerance, with the residual
     */
    public static Tensor transport(
            Tensor cost, Tensor mu, Tensor nu, double softness, Mode mode, TransportPlan.Options options) {
        Smoothness c = smoothness("transport", softness, mode);
        if (cost.rank() < 2) {
            throw new IllegalArgumentException("transport: cost must be a tensor of at least 2 axes, got " + cost);
        }
        requireNotNegative("transport", "mu", mu);
        requireNotNegative("transport", "nu", nu);
        int n = cost.length(-2);
        int m = cost.length(-1);
        if (cost.size() == 0) return cost; // a plan of nothing
        int problems = cost.size() / (n * m);
        Tensor rows = marginal("transport: mu", cost, mu, n, problems);
        Tensor columns = marginal("transport: nu", cost, nu, m, problems);
        return ByList.of(
                        new int[] {problems, n, m},
                        in -> ProjectionKernels.plan(
                                new TransportPlan(c, in[0], n, m, in[1], in[2], softness, options), n * m),
                        cost.reshape(problems, n * m),
                        rows,
                        columns)
                .reshape(cost.shape());
    }

    /** The same, with the usual end of the iteration. */
    public static Tensor transport(Tensor cost, Tensor mu, Tensor nu, double softness, Mode mode) {
        return transport(cost, mu, nu, softness, mode, TransportPlan.Options.DEFAULT);
    }

    /**
     * {@code argmax <X, P> - s R(P)} over the doubly stochastic matrices: (..., n, n) to (..., n, n). Mode c0 with softness
     * 1 is the Euclidean projection of X; smooth is Sinkhorn's scaling of {@code exp(X / s)}.
     */
    public static Tensor birkhoff(Tensor x, double softness, Mode mode) {
        if (x.rank() < 2 || x.length(-1) != x.length(-2)) {
            throw new IllegalArgumentException(
                    "birkhoff: x must be square in its last two axes, got " + Arrays.toString(x.shape()));
        }
        int n = x.length(-1);
        // a plan has mass 1, a doubly stochastic matrix mass n: the regulariser, of degree p, grows by n^(p - 1) more
        double grown = softness * Math.pow(Math.max(n, 1), degree(smoothness("birkhoff", softness, mode)) - 1);
        Tensor one = Tensor.scalar(1);
        return transport(x.negate(), one, one, grown, mode).times(n);
    }

    private static double degree(Smoothness c) {
        return switch (c) {
            case SMOOTH -> 1; // entropy grows by a multiple of the mass alone
            case C0 -> 2;
            case C1, C1_PNORM -> 1.5;
            case C2, C2_PNORM -> 4 / 3.0;
        };
    }

    // ---- how they are made

    private static Smoothness smoothness(String function, double softness, Mode mode) {
        if (!Param.Range.POSITIVE.holds(softness)) {
            throw new IllegalArgumentException(function + ": softness must be > 0 and finite, got " + softness);
        }
        if (mode == Mode.HARD) {
            throw new IllegalArgumentException(
                    function + ": mode must be one of 'smooth', 'c0', 'c1', 'c2', got 'hard':"
                            + " without a regulariser it is a linear programme, whose solution need not be one point");
        }
        return mode.smoothness();
    }

    private static void requireNotNegative(String function, String name, Tensor given) {
        for (double v : given.data()) {
            if (v < 0) throw new IllegalArgumentException(function + ": " + name + " must be >= 0, got " + v);
        }
    }

    private static Tensor along(Tensor x, ByList.Maker maker, Tensor... more) {
        if (x.size() == 0) return x;
        int n = x.length(-1);
        int lists = x.size() / n;
        Tensor[] in = new Tensor[1 + more.length];
        in[0] = x.reshape(lists, n);
        for (int k = 0; k < more.length; k++) in[k + 1] = more[k].reshape(lists, more[k].size() / lists);
        return ByList.of(new int[] {lists, n}, maker, in).reshape(x.shape());
    }

    private static Tensor broadcast(String what, Tensor given, Tensor x) {
        return broadcast(what, given, x.shape());
    }

    /** Repeated up to a shape, and not beyond it. */
    private static Tensor broadcast(String what, Tensor given, int[] shape) {
        if (Arrays.equals(given.shape(), shape)) return given;
        int size = 1;
        for (int length : shape) size *= length;
        Tensor each = given.plus(Tensor.of(shape, new double[size]));
        if (Arrays.equals(each.shape(), shape)) return each;
        throw new IllegalArgumentException(what + " must broadcast to shape " + Arrays.toString(shape) + ", got "
                + Arrays.toString(given.shape()));
    }

    /** One number for each vector: (lists, 1). */
    private static Tensor perList(String what, Tensor x, Tensor given) {
        Tensor each = broadcast(what, given, Arrays.copyOf(x.shape(), x.rank() - 1));
        return each.reshape(each.size(), 1);
    }

    private static Tensor marginal(String what, Tensor cost, Tensor given, int length, int problems) {
        int[] shape = Arrays.copyOf(cost.shape(), cost.rank() - 1);
        shape[shape.length - 1] = length;
        return broadcast(what, given, shape).reshape(problems, length);
    }
}
