// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.Arrays;

/**
 * A tensor seen as a batch of lists along one axis, and the way back: the list axis is moved last and the others are
 * merged, so that operators on lists need know only {@code (lists, n)}.
 *
 * <p>Shape comments: (..., n, ...) is the tensor, {1} a kept axis, [n] a new last axis that holds a distribution.
 */
public final class Lists {

    private static final int[] NONE = {};
    private static final int[] ONE = {1};

    private final Tensor rows;
    private final int[] batch;
    private final int axis;
    private final int[] keptShape;

    private Lists(Tensor rows, int[] batch, int axis, int[] keptShape) {
        this.rows = rows;
        this.batch = batch;
        this.axis = axis;
        this.keptShape = keptShape;
    }

    /** Lists along an axis; a null axis takes the whole tensor as one list. */
    public static Lists along(Tensor x, Integer axis) {
        if (x.rank() == 1) { // most are: a list alone
            if (axis != null) Shapes.axis(axis, 1);
            return new Lists(x.viewed(1, x.size()), NONE, 0, ONE);
        }
        int[] kept = x.shape();
        if (axis == null) {
            Arrays.fill(kept, 1);
            return new Lists(x.reshape(1, x.size()), new int[0], 0, kept);
        }
        if (x.rank() == 0) return along(x.reshape(1), axis);
        int at = Shapes.axis(axis, x.rank());
        kept[at] = 1;
        Tensor moved = x.moveAxis(at, -1);
        int[] batch = Arrays.copyOf(moved.shape(), x.rank() - 1);
        return new Lists(moved.reshape(Shapes.size("Lists.along", batch), x.length(at)), batch, at, kept);
    }

    /** The lists as (lists, n). */
    public Tensor rows() {
        return rows;
    }

    /** Length of each list. */
    public int n() {
        return rows.length(1);
    }

    /** Puts (lists, m) back: (..., m, ...). */
    public Tensor restore(Tensor y) {
        if (batch.length == 0) return y.viewed(y.size());
        return y.reshape(append(batch, y.length(1))).moveAxis(-1, axis);
    }

    /** Puts (lists, m, n) back: (..., m, ..., [n]). */
    public Tensor restoreIndex(Tensor p) {
        return p.reshape(append(batch, p.length(1), p.length(2))).moveAxis(-2, axis);
    }

    /** Puts (lists, 1) back: (...), or (..., {1}, ...) if kept. */
    public Tensor restoreReduced(Tensor y, boolean keepdim) {
        return y.reshape(keepdim ? keptShape : batch);
    }

    /** Puts (lists, 1, n) back: (..., [n]), or (..., {1}, ..., [n]) if kept. */
    public Tensor restoreReducedIndex(Tensor p, boolean keepdim) {
        return p.reshape(append(keepdim ? keptShape : batch, p.length(2)));
    }

    /** Puts (lists, m) back with m leading: (m, ...), or (m, ..., {1}, ...) if kept. */
    public Tensor restoreLeading(Tensor y, boolean keepdim) {
        return y.moveAxis(1, 0).reshape(prepend(y.length(1), keepdim ? keptShape : batch));
    }

    /** Puts (lists, m, n) back with m leading: (m, ..., [n]), or (m, ..., {1}, ..., [n]) if kept. */
    public Tensor restoreLeadingIndex(Tensor p, boolean keepdim) {
        int[] shape = append(prepend(p.length(1), keepdim ? keptShape : batch), p.length(2));
        return p.moveAxis(1, 0).reshape(shape);
    }

    private static int[] append(int[] shape, int... more) {
        int[] out = Arrays.copyOf(shape, shape.length + more.length);
        System.arraycopy(more, 0, out, shape.length, more.length);
        return out;
    }

    private static int[] prepend(int first, int[] shape) {
        return append(new int[] {first}, shape);
    }
}
