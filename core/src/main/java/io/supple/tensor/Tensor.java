// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * An immutable dense array of doubles, row-major, of any rank, that remembers how it was made when it descends from a
 * {@link #variable variable}.
 *
 * <p>Binary operations broadcast: trailing axes are aligned, an axis of length 1 repeats. Two tensors are equal only if
 * they are the same object, since each stands for its own place in a computation.
 */
public final class Tensor {

    private static final int[] SCALAR = {};
    private static final Vjp IDENTITY = new Linear(v -> v, v -> v);

    private final int[] shape;
    private final double[] data;
    private final Tensor[] parents;
    private final Vjp vjp;
    private final boolean tracked;

    private Tensor(int[] shape, double[] data, Tensor[] parents, Vjp vjp, boolean tracked) {
        this.shape = shape;
        this.data = data;
        this.parents = parents;
        this.vjp = vjp;
        this.tracked = tracked;
    }

    // ---- making tensors

    /** A constant of rank 0. */
    public static Tensor scalar(double value) {
        return new Tensor(SCALAR, new double[] {value}, null, null, false);
    }

    /** A constant of rank 1. The array is used, not copied: leave it alone afterwards. */
    public static Tensor of(double... values) {
        return new Tensor(new int[] {values.length}, values, null, null, false);
    }

    /** A constant of the given shape, row-major. The array is used, not copied: leave it alone afterwards. */
    public static Tensor of(int[] shape, double[] values) {
        if (Shapes.numbers(shape) != values.length) {
            throw new IllegalArgumentException("Tensor.of: values must have as many numbers as shape "
                    + Arrays.toString(shape) + ", got " + values.length);
        }
        return new Tensor(shape.clone(), values, null, null, false);
    }

    /** The same values as a variable: gradients for it, and for all that is computed from it, are recorded. */
    public Tensor variable() {
        return new Tensor(shape, data, null, null, true);
    }

    /** A variable of rank 1. */
    public static Tensor variable(double... values) {
        return of(values).variable();
    }

    /** The same values as a constant: no derivative passes. */
    public Tensor detach() {
        return tracked ? new Tensor(shape, data, null, null, false) : this;
    }

    /**
     * The one way in which a differentiable result is born.
     *
     * @param shape shape of the result
     * @param data its values, row-major; used, not copied
     * @param vjp its vector-Jacobian product; dropped when no parent is tracked
     * @param parents the inputs, in the order of the vjp's cotangents
     */
    public static Tensor result(int[] shape, double[] data, Vjp vjp, Tensor... parents) {
        for (Tensor parent : parents) {
            if (parent.tracked) return new Tensor(shape, data, parents, vjp, true);
        }
        return new Tensor(shape, data, null, null, false);
    }

    // ---- reading tensors

    /** Lengths of the axes; a copy. */
    public int[] shape() {
        return shape.clone();
    }

    /** Number of axes. */
    public int rank() {
        return shape.length;
    }

    /** Length of an axis; negative counts from the end. */
    public int length(int axis) {
        return shape[Shapes.axis(axis, shape.length)];
    }

    /** Number of values. */
    public int size() {
        return data.length;
    }

    /** The values, row-major: the tensor's own array, for reading only. */
    public double[] data() {
        return data;
    }

    /** The only value of a tensor of size 1. */
    public double item() {
        if (data.length != 1) {
            throw new IllegalArgumentException("item: the tensor must have size 1, got " + this);
        }
        return data[0];
    }

    boolean tracked() {
        return tracked;
    }

    Tensor[] parents() {
        return parents;
    }

    Vjp vjp() {
        return vjp;
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape) + (data.length <= 8 ? Arrays.toString(data) : "");
    }

    // ---- gradients

    /** Gradients of this number for everything it was computed from. */
    public Gradients backward() {
        item();
        return Gradients.of(this, new double[] {1});
    }

    /** Vector-Jacobian products: gradients of {@code sum(cotangent * this)}. The cotangent has this tensor's size. */
    public Gradients backward(double... cotangent) {
        if (cotangent.length != data.length) {
            throw new IllegalArgumentException(
                    "backward: cotangent must have size " + data.length + ", got " + cotangent.length);
        }
        return Gradients.of(this, cotangent);
    }

    /** Values of its own that change with this tensor's as they are: derivatives pass unchanged. */
    public Tensor withValues(double[] values) {
        if (values.length != data.length) {
            throw new IllegalArgumentException(
                    "withValues: there must be " + data.length + " values, got " + values.length);
        }
        return result(shape, values, IDENTITY, this);
    }

    // ---- place by place

    /** {@code f} at every place; {@code slope} is its derivative. */
    public Tensor map(DoubleUnaryOperator f, DoubleUnaryOperator slope) {
        return map(f, slope, null);
    }

    /** {@code f} at every place; {@code slope} and {@code curvature} are its derivatives, the latter null if unknown. */
    public Tensor map(DoubleUnaryOperator f, DoubleUnaryOperator slope, DoubleUnaryOperator curvature) {
        double[] y = new double[data.length];
        for (int i = 0; i < y.length; i++) y[i] = f.applyAsDouble(data[i]);
        return result(shape, y, new Mapped(data, f, slope, curvature), this);
    }

    /** A function of several tensors, place by place. */
    public static Tensor pointwise(Pointwise f, Tensor... in) {
        return Broadcast.pointwise(f, in);
    }

    /** {@code this + y}. */
    public Tensor plus(Tensor y) {
        return pointwise(Arithmetic.PLUS, this, y);
    }

    /** {@code this - y}. */
    public Tensor minus(Tensor y) {
        return pointwise(Arithmetic.MINUS, this, y);
    }

    /** {@code this * y}. */
    public Tensor times(Tensor y) {
        return pointwise(Arithmetic.TIMES, this, y);
    }

    /** {@code this / y}. */
    public Tensor over(Tensor y) {
        return pointwise(Arithmetic.OVER, this, y);
    }

    /** {@code this + c}. */
    public Tensor plus(double c) {
        return map(AffineStep.shift(c), v -> 1, v -> 0);
    }

    /** {@code this * c}. */
    public Tensor times(double c) {
        return map(AffineStep.scale(c), v -> c, v -> 0);
    }

    /** {@code -this}. */
    public Tensor negate() {
        return map(AffineStep.NEGATE, v -> -1, v -> 0);
    }

    /** {@code 1 - this}. */
    public Tensor complement() {
        return map(AffineStep.COMPLEMENT, v -> -1, v -> 0);
    }

    /** {@code max(this, c)}; at c itself the derivative passes. */
    public Tensor atLeast(double c) {
        return map(v -> Math.max(v, c), v -> v >= c ? 1 : 0, v -> 0);
    }

    // ---- the last axis

    /** The sum of all values. */
    public Tensor sum() {
        return reshape(data.length).sumLast();
    }

    /** Sums along the last axis: (..., n) to (...). */
    public Tensor sumLast() {
        return LastAxis.sum(this);
    }

    /** Products along the last axis, exact derivatives with zeros included: (..., n) to (...). */
    public Tensor productLast() {
        return Product.last(this);
    }

    /** {@code y_m = sum_r weights_mr this_r} along the last axis: (..., r) to (..., m). */
    public Tensor combineLast(double[][] weights) {
        return LastAxis.combine(this, weights);
    }

    // ---- shape

    /** The same values in another shape of the same size. */
    public Tensor reshape(int... to) {
        if (Shapes.numbers(to) != data.length) {
            throw new IllegalArgumentException(
                    "reshape: the shape must hold " + data.length + " values, got " + Arrays.toString(to));
        }
        return viewed(to.clone());
    }

    /** The same without a check or a copy of the shape. */
    Tensor viewed(int... to) {
        return tracked ? result(to, data, IDENTITY, this) : new Tensor(to, data, null, null, false);
    }

    /** Tensors of one shape along a new first axis: (...) each to (count, ...). */
    public static Tensor stack(List<Tensor> each) {
        int[] one = each.get(0).shape;
        for (Tensor tensor : each) {
            if (!Arrays.equals(one, tensor.shape)) {
                throw new IllegalArgumentException("stack: tensors must have one shape, " + Arrays.toString(one)
                        + ", got " + Arrays.toString(tensor.shape));
            }
        }
        int[] stacked = new int[one.length + 1];
        stacked[0] = each.size();
        System.arraycopy(one, 0, stacked, 1, one.length);
        return concat(each).reshape(stacked);
    }

    /** The flat values of tensors of any shapes, one after the other. */
    public static Tensor concat(List<Tensor> each) {
        return Concat.of(each);
    }

    /** The axes in another order. */
    public Tensor permute(int... axes) {
        int[] to = new int[axes.length];
        for (int i = 0; i < axes.length; i++) to[i] = shape[axes[i]];
        return gather(to, Shapes.permuted(shape, axes));
    }

    /** Moves one axis to another place; negative counts from the end. */
    public Tensor moveAxis(int from, int to) {
        int source = Shapes.axis(from, shape.length);
        int target = Shapes.axis(to, shape.length);
        if (source == target) return this;
        int[] axes = new int[shape.length];
        int next = 0;
        for (int i = 0; i < axes.length; i++) {
            if (next == source) next++;
            axes[i] = i == target ? source : next++;
        }
        return permute(axes);
    }

    /** {@code y_i = this[index_i]} over the flat values; the derivative is added back to where each came from. */
    public Tensor gather(int[] to, int[] index) {
        int size = data.length;
        return Linear.of(
                to.clone(),
                this,
                v -> {
                    double[] y = new double[index.length];
                    for (int i = 0; i < y.length; i++) y[i] = v[index[i]];
                    return y;
                },
                g -> {
                    double[] gx = new double[size];
                    for (int i = 0; i < g.length; i++) gx[index[i]] += g[i];
                    return gx;
                });
    }
}
