// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import io.supple.tensor.Lists;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Reading values by soft conditions and soft indices: weighted sums, linear in the values and in the index, with
 * derivatives for both. There is no softness here: softness is in the index.
 *
 * <p>Shapes: (..., n, ...) with lists along an axis; [n] is the last axis of a soft index, over the elements.
 */
public interface Selection<T> extends Vocabulary<T> {

    Operator WHERE = operator("where", "x where the condition holds, y where it does not")
            .truths("condition", "soft truth values")
            .numbers("x", "values where it holds")
            .numbers("y", "values where it does not")
            .always(in -> {
                Tensor c = in.tensor("condition");
                return in.tensor("x").times(c).plus(in.tensor("y").times(c.complement()));
            });

    /** {@code x c + y (1 - c)}: (...), (...), (...) to (...). */
    default T where(T condition, T x, T y) {
        return call(WHERE, condition, x, y);
    }

    Operator TAKE_ALONG_DIM = operator("take_along_dim", "for each soft index the value it points at, list by list")
            .list("x", "values")
            .indices("soft_index", "soft indices, one in each row")
            .axis(null)
            .result(Result.ROWS)
            .always(in -> {
                Lists lists = Lists.along(in.tensor("x"), in.axis());
                Tensor index = in.tensor("soft_index");
                int rank = in.axis() == null ? 1 : in.tensor("x").rank();
                if (index.rank() != rank + 1 || index.length(-1) != lists.n()) {
                    throw refuse(in, "soft_index", (rank + 1) + " axes, the last of length " + lists.n(), index);
                }
                Tensor moved = index.moveAxis(rows(in.axis()), -2);
                int k = moved.length(-2);
                int count = lists.rows().length(0);
                // lengths, not their product: the indices of (4, 2) lists are not those of (2, 4)
                int[] others = others(in.tensor("x"), in.axis());
                if (!Arrays.equals(Arrays.copyOf(moved.shape(), others.length), others)) {
                    throw refuse(in, "soft_index", "other axes as x has, " + Arrays.toString(others), index);
                }
                return lists.restore(dot(lists.rows(), moved.reshape(count, k, lists.n())));
            });

    /** The values that soft indices point at in all values: (...), (k, [n]) to (k). */
    default T takeAlongDim(T x, T softIndex) {
        return takeAlongDim(x, softIndex, null);
    }

    /** {@code y_k = sum_n x_n P_kn} along an axis: (..., n, ...), (..., k, ..., [n]) to (..., k, ...). */
    default T takeAlongDim(T x, T softIndex, Integer axis) {
        return call(TAKE_ALONG_DIM, x, softIndex, axis);
    }

    Operator TAKE = operator("take", "for each soft index the value it points at, the same indices for every list")
            .list("x", "values")
            .indices("soft_index", "soft indices, one in each row")
            .axis(null)
            .result(Result.ROWS)
            .always(in -> {
                Lists lists = Lists.along(in.tensor("x"), in.axis());
                Tensor index = in.tensor("soft_index");
                if (index.rank() != 2 || index.length(-1) != lists.n()) {
                    throw refuse(in, "soft_index", "2 axes, the last of length " + lists.n(), index);
                }
                return lists.restore(dot(lists.rows(), index));
            });

    /** The values that soft indices point at in all values: (...), (k, [n]) to (k). */
    default T take(T x, T softIndex) {
        return take(x, softIndex, null);
    }

    /** {@code y_k = sum_n x_n P_kn} along an axis, P shared by all lists: (..., n, ...), (k, [n]) to (..., k, ...). */
    default T take(T x, T softIndex, Integer axis) {
        return call(TAKE, x, softIndex, axis);
    }

    Operator INDEX_SELECT = operator("index_select", "the value that a soft index points at")
            .list("x", "values")
            .index("soft_index", "one soft index for every list")
            .axis(-1)
            .keepdim(true)
            .result(Result.NUMBER)
            .always(in -> {
                Lists lists = Lists.along(in.tensor("x"), in.axis());
                return lists.restoreReduced(dot(lists.rows(), index(in, "soft_index", lists.n())), in.flag("keepdim"));
            });

    /** The value that a soft index points at along the last axis, which is kept: (..., n), ([n]) to (..., {1}). */
    default T indexSelect(T x, T softIndex) {
        return indexSelect(x, softIndex, -1, true);
    }

    /** {@code sum_n x_n p_n} along an axis: (..., n, ...), ([n]) to (..., {1}, ...), or (...) if the axis is not kept. */
    default T indexSelect(T x, T softIndex, Integer axis, boolean keepdim) {
        return call(INDEX_SELECT, x, softIndex, axis, keepdim);
    }

    Operator NARROW = operator("narrow", "the window of a length that begins where a soft index points, around the end")
            .list("x", "values")
            .index("soft_start", "soft index of the first place")
            .countPerList("length", "how many places")
            .axis(0)
            .result(Result.WINDOW)
            .always(in -> {
                Lists lists = Lists.along(in.tensor("x"), in.axis());
                int n = lists.n();
                int length = in.count("length");
                if (length > n) throw in.refuse("length", "at most the length of the list, " + n, length);
                Tensor start = index(in, "soft_start", n);
                int m = lists.rows().length(0);
                int[] windows = new int[m * length * n];
                for (int k = 0; k < windows.length; k++) {
                    int list = k / (length * n);
                    windows[k] = list * n + (k / n % length + k % n) % n;
                }
                return lists.restore(dotLast(lists.rows().gather(new int[] {m, length, n}, windows), start));
            });

    /** The window along the first axis: (n, ...), ([n]) to (length, ...). */
    default T narrow(T x, T softStart, int length) {
        return narrow(x, softStart, length, 0);
    }

    /**
     * {@code y_i = sum_n p_n x_((n + i) mod N)} along an axis, which goes on at the beginning after its end: (..., n, ...),
     * ([n]) to (..., length, ...).
     */
    default T narrow(T x, T softStart, int length, Integer axis) {
        return call(NARROW, x, softStart, length, axis);
    }

    /** The window of every axis in turn; as {@code dynamic_slice} of softjax. */
    default T dynamicSlice(T x, List<T> softStarts, int... lengths) {
        if (softStarts.size() != lengths.length) {
            throw new IllegalArgumentException("dynamic_slice: lengths must be as many as soft starts, "
                    + softStarts.size() + ", got " + Arrays.toString(lengths));
        }
        T y = x;
        for (int axis = 0; axis < lengths.length; axis++) y = narrow(y, softStarts.get(axis), lengths[axis], axis);
        return y;
    }

    Operator CHOOSE = operator("choose", "among several choices the one that a soft index points at")
            .index("soft_index", "soft index over the choices")
            .list("choices", "one choice in each place of the first axis")
            .result(Result.NUMBER)
            .always(in -> {
                Tensor index = in.tensor("soft_index");
                Tensor choices = in.tensor("choices");
                if (index.rank() != choices.rank() || index.length(-1) != choices.length(0)) {
                    throw in.refuse(
                            "choices",
                            "of as many axes as soft_index, the first as long as its last, " + index.length(-1),
                            Arrays.toString(choices.shape()));
                }
                return index.moveAxis(-1, 0).times(choices).moveAxis(0, -1).sumLast();
            });

    /** {@code sum_n p_n choices_n}, broadcast: (..., [n]), (n, ...) to (...). */
    default T choose(T softIndex, T choices) {
        return call(CHOOSE, softIndex, choices);
    }

    /** The operators of this family. */
    Catalogue.Family SELECTION = new Catalogue.Family(
            "selection",
            "reading values by soft conditions and soft indices",
            List.of(WHERE, TAKE, TAKE_ALONG_DIM, INDEX_SELECT, NARROW, CHOOSE));

    /** {@code sum_n x_ln P_kn}: (lists, n), (k, n) or (lists, k, n) to (lists, k). */
    private static Tensor dot(Tensor rows, Tensor index) {
        return dotLast(rows.reshape(rows.length(0), 1, rows.length(1)), index);
    }

    private static Tensor dotLast(Tensor x, Tensor p) {
        return x.times(p).sumLast();
    }

    /** The axis of the rows of an index whose last axis is that of the elements. */
    private static int rows(Integer axis) {
        return axis == null ? 0 : axis < 0 ? axis - 1 : axis;
    }

    /** Lengths of the axes other than that of the lists. */
    private static int[] others(Tensor x, Integer axis) {
        if (axis == null) return new int[0];
        int[] shape = x.shape();
        int at = axis < 0 ? axis + shape.length : axis;
        int[] others = Arrays.copyOf(shape, shape.length - 1);
        System.arraycopy(shape, at + 1, others, at, others.length - at);
        return others;
    }

    private static Tensor index(Inputs in, String name, int n) {
        Tensor index = in.tensor(name);
        if (index.rank() != 1 || index.size() != n) {
            throw refuse(in, name, "1 axis, of the length of the list, " + n, index);
        }
        return index;
    }

    private static IllegalArgumentException refuse(Inputs in, String name, String wanted, Tensor got) {
        return in.refuse(name, "a tensor of " + wanted, Arrays.toString(got.shape()));
    }
}
