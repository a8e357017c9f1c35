// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import io.supple.order.Permutations;
import io.supple.order.Places;
import io.supple.tensor.Lists;
import io.supple.tensor.Tensor;
import java.util.List;

/**
 * The largest and the smallest element of lists. Shapes: (..., n, ...) to (...), or (..., {1}, ...) if the axis is kept;
 * an index has a last axis [n]. An empty list has no extremum: NaN.
 */
public interface Extremum<T> extends Vocabulary<T> {

    Operator MAX = value("max", "the largest value of x")
            .ordered((lists, order, in) -> lists.restoreReduced(order.values(Places.LARGEST), in.flag("keepdim")));

    /** The soft maximum of all values: (...) to (). */
    default T max(T x) {
        return max(x, null, false);
    }

    /** The soft maximum along an axis: (..., n, ...) to (...). */
    default T max(T x, Integer axis, boolean keepdim) {
        return call(MAX, x, axis, keepdim);
    }

    Operator MIN = value("min", "the smallest value of x")
            .hard(in -> {
                Lists lists = Lists.along(in.tensor("x"), in.axis());
                Tensor least = Permutations.exact(lists.rows()).values(Places.SMALLEST);
                return lists.restoreReduced(least, in.flag("keepdim"));
            })
            .ordered(
                    Extremum::negated,
                    (lists, order, in) ->
                            lists.restoreReduced(order.values(Places.LARGEST).negate(), in.flag("keepdim")));

    /** The soft minimum of all values, equal to {@code -max(-x)}: (...) to (). */
    default T min(T x) {
        return min(x, null, false);
    }

    /** The soft minimum along an axis: (..., n, ...) to (...). */
    default T min(T x, Integer axis, boolean keepdim) {
        return call(MIN, x, axis, keepdim);
    }

    Operator ARGMAX = index("argmax", "the distribution of the largest element")
            .ordered((lists, order, in) -> lists.restoreReducedIndex(order.matrix(Places.LARGEST), in.flag("keepdim")));

    /** The soft index of the maximum of all values: (...) to ([size]). */
    default T argmax(T x) {
        return argmax(x, null, false);
    }

    /** The soft index of the maximum along an axis: (..., n, ...) to (..., [n]). */
    default T argmax(T x, Integer axis, boolean keepdim) {
        return call(ARGMAX, x, axis, keepdim);
    }

    Operator ARGMIN = index("argmin", "the distribution of the smallest element")
            .hard((choice, in) -> {
                Lists lists = Lists.along(in.tensor("x"), in.axis());
                Tensor least = choice.exactIndices(lists.rows()).matrix(Places.SMALLEST);
                return lists.restoreReducedIndex(least, in.flag("keepdim"));
            })
            .ordered(
                    Extremum::negated,
                    (lists, order, in) -> lists.restoreReducedIndex(order.matrix(Places.LARGEST), in.flag("keepdim")));

    /** The soft index of the minimum of all values: (...) to ([size]). */
    default T argmin(T x) {
        return argmin(x, null, false);
    }

    /** The soft index of the minimum along an axis: (..., n, ...) to (..., [n]). */
    default T argmin(T x, Integer axis, boolean keepdim) {
        return call(ARGMIN, x, axis, keepdim);
    }

    /** The operators of this family. */
    Catalogue.Family EXTREMUM = new Catalogue.Family(
            "extremum", "the largest and the smallest of a list", List.of(MAX, MIN, ARGMAX, ARGMIN));

    /** The lists turned over: the least of x is the largest of -x, also where a method does not see both ends alike. */
    private static Lists negated(Inputs in) {
        return Lists.along(in.tensor("x").negate(), in.axis());
    }

    private static Operator.Builder value(String name, String meaning) {
        return operator(name, meaning)
                .list("x", "values")
                .axis(null)
                .keepdim(false)
                .result(Result.NUMBER)
                .relaxation(Relaxation.GATED_ORDER, Method.SOFTSORT);
    }

    private static Operator.Builder index(String name, String meaning) {
        return operator(name, meaning)
                .list("x", "values")
                .axis(null)
                .keepdim(false)
                .result(Result.DISTRIBUTION)
                .relaxation(Relaxation.INDEX, Method.SOFTSORT);
    }
}
