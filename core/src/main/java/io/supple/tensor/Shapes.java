// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.Arrays;

/** Arithmetic of shapes: sizes, axes, broadcasting (trailing axes aligned, an axis of length 1 repeats). */
final class Shapes {

    /** How many numbers an array holds at most. */
    static final int LARGEST = Integer.MAX_VALUE - 8;

    private Shapes() {}

    /**
     * How many numbers a shape holds.
     *
     * @throws IllegalArgumentException in the function's name if an array does not hold as many
     */
    static int size(String function, int... shape) {
        long numbers = numbers(shape);
        if (numbers > LARGEST) {
            throw new IllegalArgumentException(function + ": the result must have at most " + LARGEST
                    + " numbers, which an array holds, got shape " + Arrays.toString(shape));
        }
        return (int) numbers;
    }

    /** The same, and the largest long where it is more than an array holds: products of three lengths may exceed that. */
    static long numbers(int... shape) {
        for (int length : shape) if (length == 0) return 0;
        long numbers = 1;
        for (int length : shape) {
            numbers *= length;
            if (numbers > LARGEST) return Long.MAX_VALUE;
        }
        return numbers;
    }

    /** Row-major strides. */
    static int[] strides(int[] shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    /** The axis as 0..rank-1; negative counts from the end. */
    static int axis(int axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new IllegalArgumentException(
                    "axis must be within [" + -rank + ", " + (rank - 1) + "] for rank " + rank + ", got " + axis);
        }
        return axis < 0 ? axis + rank : axis;
    }

    /** The common shape of two inputs. */
    static int[] broadcast(int[] a, int[] b) {
        int rank = Math.max(a.length, b.length);
        int[] out = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int la = i <= a.length ? a[a.length - i] : 1;
            int lb = i <= b.length ? b[b.length - i] : 1;
            if (la != lb && la != 1 && lb != 1) {
                throw new IllegalArgumentException("shapes " + Arrays.toString(a) + " and " + Arrays.toString(b)
                        + " must agree on every axis counted from the last, or have length 1 there");
            }
            out[rank - i] = la == 1 ? lb : la;
        }
        return out;
    }

    /** For each place of {@code to}, the place of {@code from} that broadcasting reads. */
    static int[] sources(int[] from, int[] to) {
        int[] index = new int[size("broadcast", to)];
        int[] strides = strides(from);
        int[] step = new int[to.length];
        for (int i = 1; i <= from.length; i++) {
            if (from[from.length - i] != 1) step[to.length - i] = strides[from.length - i];
        }
        walk(to, step, index);
        return index;
    }

    /** For each place of a tensor whose axes were put into the order {@code axes}, the place it had before. */
    static int[] permuted(int[] shape, int[] axes) {
        int[] strides = strides(shape);
        int[] to = new int[axes.length];
        int[] step = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            to[i] = shape[axes[i]];
            step[i] = strides[axes[i]];
        }
        int[] index = new int[size("moveAxis", shape)];
        walk(to, step, index);
        return index;
    }

    private static void walk(int[] shape, int[] step, int[] index) {
        int[] counter = new int[shape.length];
        int source = 0;
        for (int i = 0; i < index.length; i++) {
            index[i] = source;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                source += step[axis];
                if (++counter[axis] < shape[axis]) break;
                source -= step[axis] * shape[axis];
                counter[axis] = 0;
            }
        }
    }
}
