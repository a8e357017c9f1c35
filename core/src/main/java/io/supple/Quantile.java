// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import io.supple.order.Permutations;
import io.supple.order.Places;
import io.supple.tensor.Lists;
import io.supple.tensor.Tensor;
import java.util.List;

/**
 * Quantiles of lists: one or two sorted places, interpolated. Shapes: (..., n, ...) to (...), or (..., {1}, ...) if the
 * axis is kept; several levels come first: (levels, ...). An index has a last axis [n]. The quantile of an empty list is
 * NaN.
 */
public interface Quantile<T> extends Vocabulary<T> {

    Operator QUANTILE = levelled("quantile", "the value below which a share q of x lies")
            .result(Result.LEVELS)
            .relaxation(Relaxation.GATED_ORDER, Method.NEURALSORT)
            .ordered((lists, order, in) -> {
                Levels levels = Levels.of(in, lists.n());
                Tensor y = order.apply(lists.rows(), levels.places()).combineLast(levels.weights());
                return in.many("q")
                        ? lists.restoreLeading(y, in.flag("keepdim"))
                        : lists.restoreReduced(y, in.flag("keepdim"));
            });

    /** The soft quantile of all values: (...) to (). */
    default T quantile(T x, double q) {
        return quantile(x, q, Interpolation.LINEAR, null, false);
    }

    /** The soft quantile along an axis: (..., n, ...) to (...). */
    default T quantile(T x, double q, Interpolation interpolation, Integer axis, boolean keepdim) {
        return call(QUANTILE, x, q, interpolation, axis, keepdim);
    }

    /** Several soft quantiles along an axis: (..., n, ...) to (levels, ...). */
    default T quantiles(T x, double[] q, Interpolation interpolation, Integer axis, boolean keepdim) {
        return call(QUANTILE, x, q, interpolation, axis, keepdim);
    }

    Operator ARGQUANTILE = levelled("argquantile", "the distribution of the elements that make the quantile")
            .result(Result.LEVELS_BY_ELEMENTS)
            .relaxation(Relaxation.ORDER, Method.NEURALSORT)
            .ordered((lists, order, in) -> {
                Levels levels = Levels.of(in, lists.n());
                Tensor p = order.mix(levels.places(), levels.weights());
                return in.many("q")
                        ? lists.restoreLeadingIndex(p, in.flag("keepdim"))
                        : lists.restoreReducedIndex(p, in.flag("keepdim"));
            });

    /** The soft index of the quantile of all values: (...) to ([size]). */
    default T argquantile(T x, double q) {
        return argquantile(x, q, Interpolation.LINEAR, null, false);
    }

    /** The soft index of the quantile along an axis: (..., n, ...) to (..., [n]). */
    default T argquantile(T x, double q, Interpolation interpolation, Integer axis, boolean keepdim) {
        return call(ARGQUANTILE, x, q, interpolation, axis, keepdim);
    }

    /** Several soft indices along an axis: (..., n, ...) to (levels, ..., [n]). */
    default T argquantiles(T x, double[] q, Interpolation interpolation, Integer axis, boolean keepdim) {
        return call(ARGQUANTILE, x, q, interpolation, axis, keepdim);
    }

    Operator MEDIAN = operator("median", "the value in the middle of x, the lower of two")
            .list("x", "values")
            .axis(null)
            .keepdim()
            .result(Result.NUMBER)
            .relaxation(Relaxation.GATED_ORDER, Method.NEURALSORT)
            .hard(in -> {
                Lists lists = Lists.along(in.tensor("x"), in.axis());
                Tensor rows = lists.rows();
                Tensor middle = Permutations.exact(rows).apply(rows, middle(lists.n()));
                return lists.restoreReduced(in.axis() == null ? shared(rows, middle) : middle, in.flag("keepdim"));
            })
            .ordered((lists, order, in) ->
                    lists.restoreReduced(order.apply(lists.rows(), middle(lists.n())), in.flag("keepdim")));

    /** The soft median of all values: (...) to (). */
    default T median(T x) {
        return median(x, null, false);
    }

    /** The soft median along an axis: (..., n, ...) to (...). */
    default T median(T x, Integer axis, boolean keepdim) {
        return call(MEDIAN, x, axis, keepdim);
    }

    Operator ARGMEDIAN = operator("argmedian", "the distribution of the element in the middle of x")
            .list("x", "values")
            .axis(null)
            .keepdim()
            .result(Result.DISTRIBUTION)
            .relaxation(Relaxation.ORDER, Method.NEURALSORT)
            .ordered((lists, order, in) ->
                    lists.restoreReducedIndex(order.matrix(middle(lists.n())), in.flag("keepdim")));

    /** The soft index of the median of all values: (...) to ([size]). */
    default T argmedian(T x) {
        return argmedian(x, null, false);
    }

    /** The soft index of the median along an axis: (..., n, ...) to (..., [n]). */
    default T argmedian(T x, Integer axis, boolean keepdim) {
        return call(ARGMEDIAN, x, axis, keepdim);
    }

    /** The operators of this family. */
    Catalogue.Family QUANTILES = new Catalogue.Family(
            "quantile", "quantiles and medians of lists", List.of(QUANTILE, ARGQUANTILE, MEDIAN, ARGMEDIAN));

    private static Operator.Builder levelled(String name, String meaning) {
        return operator(name, meaning)
                .list("x", "values")
                .level("q", "share of the list below, one number or several")
                .choice("interpolation", Interpolation.LINEAR, "which sorted places make a quantile between two")
                .axis(null)
                .keepdim();
    }

    private static Places middle(int n) {
        return Places.ascending(Math.max(n - 1, 0) / 2);
    }

    /** The derivative of the exact median of a whole tensor, shared evenly by all elements equal to it. */
    private static Tensor shared(Tensor rows, Tensor middle) {
        double median = middle.data()[0];
        return Tensor.result(
                middle.shape(),
                middle.data(),
                g -> {
                    double[] gx = new double[rows.size()];
                    int equal = 0;
                    for (double x : rows.data()) if (x == median) equal++;
                    for (int i = 0; i < gx.length; i++) if (rows.data()[i] == median) gx[i] = g[0] / equal;
                    return new double[][] {gx};
                },
                rows);
    }
}
