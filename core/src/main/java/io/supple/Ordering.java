// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import io.supple.order.Places;
import io.supple.tensor.Lists;
import java.util.List;

/**
 * Sorted values, places and memberships of lists. A soft permutation gives every sorted place a distribution over the
 * elements; these operators read it.
 *
 * <p>Shapes: (..., n, ...) with lists along an axis; [n] is a last axis that holds a distribution over the elements. A
 * list with a NaN or an infinite element has no soft order: all of its soft result is NaN. In hard mode NaN is the
 * largest value and equal elements keep their order.
 */
public interface Ordering<T> extends Vocabulary<T> {

    Operator SORT = operator("sort", "the values of x in order")
            .list("x", "values")
            .flag("descending", false, "largest first")
            .axis(-1)
            .result(Result.PLACES)
            .relaxation(Relaxation.GATED_ORDER, Method.NEURALSORT)
            .ordered((lists, order, in) -> lists.restore(order.values(new Places(lists.n(), in.flag("descending")))));

    /** The soft sorted values, smallest first, along the last axis: (..., n) to (..., n). */
    default T sort(T x) {
        return sort(x, false);
    }

    /** The soft sorted values along the last axis: (..., n) to (..., n). */
    default T sort(T x, boolean descending) {
        return sort(x, descending, -1);
    }

    /** The soft sorted values along an axis: (..., n, ...) to (..., n, ...). */
    default T sort(T x, boolean descending, Integer axis) {
        return call(SORT, x, descending, axis);
    }

    Operator ARGSORT = operator("argsort", "for each sorted place the distribution of the element that stands there")
            .list("x", "values")
            .flag("descending", false, "largest first")
            .axis(-1)
            .result(Result.PLACES_BY_ELEMENTS)
            .relaxation(Relaxation.INDEX, Method.NEURALSORT)
            .ordered((lists, order, in) ->
                    lists.restoreIndex(order.matrix(new Places(lists.n(), in.flag("descending")))));

    /** The soft permutation, smallest first: (..., n) to (..., n, [n]). */
    default T argsort(T x) {
        return argsort(x, false);
    }

    /** The soft permutation: (..., n) to (..., n, [n]). */
    default T argsort(T x, boolean descending) {
        return argsort(x, descending, -1);
    }

    /** The soft permutation along an axis: (..., n, ...) to (..., n, ..., [n]). */
    default T argsort(T x, boolean descending, Integer axis) {
        return call(ARGSORT, x, descending, axis);
    }

    Operator RANK = operator("rank", "the place of each element, 1 for the first")
            .list("x", "values")
            .flag("descending", true, "the largest element is first")
            .axis(null)
            .result(Result.ELEMENTS)
            .relaxation(Relaxation.RANKS, Method.NEURALSORT)
            .ordered((lists, order, in) -> lists.restore(order.ranks(in.flag("descending"))));

    /** The soft ranks of all elements, 1 for the largest: (...) to (size). */
    default T rank(T x) {
        return rank(x, true);
    }

    /** The soft ranks of all elements: (...) to (size). */
    default T rank(T x, boolean descending) {
        return rank(x, descending, null);
    }

    /** The soft ranks along an axis: (..., n, ...) to (..., n, ...). */
    default T rank(T x, boolean descending, Integer axis) {
        return call(RANK, x, descending, axis);
    }

    Operator TOPK = operator("topk", "the k largest values of x, largest first")
            .list("x", "values")
            .countPerList("k", "how many")
            .axis(-1)
            .result(Result.FIRST)
            .relaxation(Relaxation.GATED_ORDER, Method.NEURALSORT)
            .ordered((lists, order, in) -> lists.restore(order.values(new Places(first(in, lists.n()), true))));

    /** The soft k largest values along the last axis, 1 &lt;= k &lt;= n: (..., n) to (..., k). */
    default T topk(T x, int k) {
        return topk(x, k, -1);
    }

    /** The soft k largest values along an axis: (..., n, ...) to (..., k, ...). */
    default T topk(T x, int k, Integer axis) {
        return call(TOPK, x, k, axis);
    }

    Operator ARGTOPK = operator("argtopk", "for each of the k first places the distribution of the element there")
            .list("x", "values")
            .countPerList("k", "how many")
            .axis(-1)
            .result(Result.FIRST_BY_ELEMENTS)
            .relaxation(Relaxation.INDEX, Method.NEURALSORT)
            .ordered((lists, order, in) -> lists.restoreIndex(order.matrix(new Places(first(in, lists.n()), true))));

    /** The first k rows of the descending soft permutation: (..., n) to (..., k, [n]). */
    default T argtopk(T x, int k) {
        return argtopk(x, k, -1);
    }

    /** The first k rows of the descending soft permutation along an axis: (..., n, ...) to (..., k, ..., [n]). */
    default T argtopk(T x, int k, Integer axis) {
        return call(ARGTOPK, x, k, axis);
    }

    Operator TOPK_MASK = operator("topk_mask", "how much each element is among the k largest; sums to k")
            .list("x", "values")
            .countPerList("k", "how many")
            .axis(-1)
            .result(Result.ELEMENTS)
            .relaxation(Relaxation.ORDER, Method.NEURALSORT)
            .unreferenced("the sum of the rows of argtopk, which has reference values")
            .ordered((lists, order, in) -> lists.restore(order.memberships(first(in, lists.n()))));

    /** Memberships in the k largest, in [0, 1] where P is doubly stochastic: (..., n) to (..., n). */
    default T topkMask(T x, int k) {
        return topkMask(x, k, -1);
    }

    /** Memberships in the k largest along an axis: (..., n, ...) to (..., n, ...). */
    default T topkMask(T x, int k, Integer axis) {
        return call(TOPK_MASK, x, k, axis);
    }

    Operator SORT_BY = operator("sort_by", "the values in the order of their keys")
            .list("values", "what is moved")
            .list("keys", "what is compared, one for each value")
            .flag("descending", false, "largest key first")
            .axis(-1)
            .result(Result.PLACES)
            .relaxation(Relaxation.MATRIX_ORDER, Method.NEURALSORT)
            .unreferenced("the soft index of argsort, which has reference values, times the values")
            .ordered("keys", (lists, order, in) -> {
                Lists values = Lists.along(in.tensor("values"), in.axis());
                in.requireShape("values", "keys");
                return lists.restore(order.apply(values.rows(), new Places(lists.n(), in.flag("descending"))));
            });

    /** The values in the soft order of their keys, smallest key first: (..., n), (..., n) to (..., n). */
    default T sortBy(T values, T keys) {
        return sortBy(values, keys, false);
    }

    /** The values in the soft order of their keys: (..., n), (..., n) to (..., n). */
    default T sortBy(T values, T keys, boolean descending) {
        return sortBy(values, keys, descending, -1);
    }

    /** The values in the soft order of their keys along an axis: (..., n, ...), (..., n, ...) to (..., n, ...). */
    default T sortBy(T values, T keys, boolean descending, Integer axis) {
        return call(SORT_BY, values, keys, descending, axis);
    }

    /** The operators of this family. */
    Catalogue.Family ORDERING = new Catalogue.Family(
            "ordering",
            "sorted values, ranks and top-k of lists",
            List.of(SORT, ARGSORT, RANK, TOPK, ARGTOPK, TOPK_MASK, SORT_BY));

    private static int first(Inputs in, int n) {
        int k = in.count("k");
        if (k > n) throw in.refuse("k", "at most the length of the list, " + n, k);
        return k;
    }
}
