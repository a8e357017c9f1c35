// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.function.UnaryOperator;

/**
 * Derivatives of a function of a tensor that is composed of operators: Jacobian-vector products, Jacobians and
 * Hessian-vector products, all exact. Gradients are {@link Tensor#backward()}.
 *
 * <pre>{@code
 * Tensor moved = Derivatives.jvp(soft::rank, x, direction);
 * Tensor jacobian = Derivatives.jacobian(soft::sort, x);
 * Tensor hv = Derivatives.hessianVectorProduct(v -> soft.sort(v).times(weights).sum(), x, direction);
 * }</pre>
 */
public final class Derivatives {

    private Derivatives() {}

    /**
     * The directional derivative {@code J(x) t} of {@code f} at {@code x}: (...) to the shape of {@code f(x)}. One forward
     * pass over the recorded computation.
     */
    public static Tensor jvp(UnaryOperator<Tensor> f, Tensor x, Tensor t) {
        requireSize("jvp", "the tangent", x, t);
        Tensor variable = x.variable();
        Tensor y = f.apply(variable);
        return Tensor.of(y.shape(), new Tangents(y, variable, t.data()).of(y));
    }

    /** {@code J(x)' g}, the gradient of {@code sum(g f(x))}: the shape of {@code x}. */
    public static Tensor vjp(UnaryOperator<Tensor> f, Tensor x, Tensor g) {
        Tensor variable = x.variable();
        Tensor y = f.apply(variable);
        requireSize("vjp", "the cotangent", y, g);
        return y.backward(g.data()).of(variable);
    }

    /**
     * The Jacobian of {@code f} at {@code x}, row i for the i-th number of the result: (size of f(x), size of x). Made by
     * rows or by columns, whichever are fewer.
     */
    public static Tensor jacobian(UnaryOperator<Tensor> f, Tensor x) {
        Tensor variable = x.variable();
        Tensor y = f.apply(variable);
        int m = y.size();
        int n = x.size();
        if ((long) m * n > Shapes.LARGEST) {
            throw new IllegalArgumentException("jacobian: the matrix must have at most " + Shapes.LARGEST
                    + " numbers, which an array holds, got " + m + " rows of " + n
                    + "; products with it are made by jvp and vjp");
        }
        double[] j = new double[m * n];
        double[] unit = new double[Math.min(m, n)];
        for (int k = 0; k < unit.length; k++) {
            unit[k] = 1;
            if (m <= n) {
                System.arraycopy(y.backward(unit).of(variable).data(), 0, j, k * n, n);
            } else {
                double[] column = new Tangents(y, variable, unit).of(y);
                for (int i = 0; i < m; i++) j[i * n + k] = column[i];
            }
            unit[k] = 0;
        }
        return Tensor.of(new int[] {m, n}, j);
    }

    /**
     * The product {@code H(x) v} of the Hessian of a function with one number as its value: the shape of {@code x}. Forward
     * over reverse: the recorded computation is walked twice, no Hessian is made.
     *
     * <p>At kinks of the c-modes it is that of the piece.
     *
     * @throws UnsupportedOperationException if a part of {@code f} has no second derivative here, naming why
     */
    public static Tensor hessianVectorProduct(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
        requireSize("hessianVectorProduct", "the direction", x, v);
        Tensor variable = x.variable();
        Tensor y = f.apply(variable);
        if (y.size() != 1) {
            throw new IllegalArgumentException(
                    "hessianVectorProduct: the function must have one number as its value, got " + y
                            + "; sum it with weights");
        }
        Tangents tangents = new Tangents(y, variable, v.data());
        return Tensor.of(x.shape(), tangents.ofGradient(y, new double[] {1}, variable));
    }

    private static void requireSize(String function, String what, Tensor x, Tensor given) {
        if (x.size() != given.size()) {
            throw new IllegalArgumentException(
                    function + ": " + what + " must have size " + x.size() + ", got " + given.size());
        }
    }
}
