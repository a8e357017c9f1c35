// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import io.supple.order.Levels;
import io.supple.order.Permutation;
import io.supple.order.Permutations;
import io.supple.tensor.Lists;
import io.supple.tensor.Tensor;
import java.util.List;

/**
 * Quantiles of lists: one or two sorted places, interpolated. Shapes: (..., n, ...) to (...), or (..., {1}, ...) if the
 * axis is kept; several levels come first: (levels, ...). An index has a last axis [n]. The quantile of an empty list is
 * NaN.
 */
public interface Quantile<T> extends Vocabulary<T> {

    Operator QUANTILE = levelled("quantile", "q", 1, "the value below which a share q of x lies")
            .result(Result.LEVELS)
            .relaxation(Relaxation.GATED_ORDER, Method.NEURALSORT)
            .ordered((lists, order, in) -> values(lists, order, in, "q", 1));

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

    Operator ARGQUANTILE = levelled("argquantile", "q", 1, "the distribution of the elements that make the quantile")
            .result(Result.LEVELS_BY_ELEMENTS)
            .relaxation(Relaxation.INDEX, Method.NEURALSORT)
            .ordered((lists, order, in) -> index(lists, order, in, "q", 1));

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

    Operator PERCENTILE = levelled("percentile", "p", 100, "the value below which p percent of x lie")
            .result(Result.LEVELS)
            .relaxation(Relaxation.GATED_ORDER, Method.NEURALSORT)
            .ordered((lists, order, in) -> values(lists, order, in, "p", 100));

    /** The soft percentile of all values, {@code quantile(x, p / 100)}: (...) to (). */
    default T percentile(T x, double p) {
        return percentile(x, p, Interpolation.LINEAR, null, false);
    }

    /** The soft percentile along an axis: (..., n, ...) to (...). */
    default T percentile(T x, double p, Interpolation interpolation, Integer axis, boolean keepdim) {
        return call(PERCENTILE, x, p, interpolation, axis, keepdim);
    }

    Operator ARGPERCENTILE = levelled(
                    "argpercentile", "p", 100, "the distribution of the elements that make the percentile")
            .result(Result.LEVELS_BY_ELEMENTS)
            .relaxation(Relaxation.INDEX, Method.NEURALSORT)
            .ordered((lists, order, in) -> index(lists, order, in, "p", 100));

    /** The soft index of the percentile of all values: (...) to ([size]). */
    default T argpercentile(T x, double p) {
        return argpercentile(x, p, Interpolation.LINEAR, null, false);
    }

    /** The soft index of the percentile along an axis: (..., n, ...) to (..., [n]). */
    default T argpercentile(T x, double p, Interpolation interpolation, Integer axis, boolean keepdim) {
        return call(ARGPERCENTILE, x, p, interpolation, axis, keepdim);
    }

    Operator MEDIAN = operator("median", "the value in the middle of x, the lower of two")
            .list("x", "values")
            .axis(null)
            .keepdim(false)
            .result(Result.NUMBER)
            .relaxation(Relaxation.GATED_ORDER, Method.NEURALSORT)
            .hard(in -> {
                Lists lists = Lists.along(in.tensor("x"), in.axis());
                Tensor rows = lists.rows();
                Tensor middle = Permutations.exact(rows).quantiles(middle(lists.n()));
                return lists.restoreReduced(in.axis() == null ? shared(rows, middle) : middle, in.flag("keepdim"));
            })
            .ordered(
                    (lists, order, in) -> lists.restoreReduced(order.quantiles(middle(lists.n())), in.flag("keepdim")));

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
            .keepdim(false)
            .result(Result.DISTRIBUTION)
            .relaxation(Relaxation.INDEX, Method.NEURALSORT)
            .ordered((lists, order, in) ->
                    lists.restoreReducedIndex(order.quantileMatrix(middle(lists.n())), in.flag("keepdim")));

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
            "quantile",
            "quantiles and medians of lists",
            List.of(QUANTILE, ARGQUANTILE, PERCENTILE, ARGPERCENTILE, MEDIAN, ARGMEDIAN));

    private static Operator.Builder levelled(String name, String level, int most, String meaning) {
        return operator(name, meaning)
                .list("x", "values")
                .level(level, most, "share of the list below, one number or several")
                .choice("interpolation", Interpolation.LINEAR, "which sorted places make a quantile between two")
                .axis(null)
                .keepdim(false);
    }

    private static Levels levels(Inputs in, String level, int most, int n) {
        return ((Interpolation) in.get("interpolation")).levels(in.levels(level), most, n);
    }

    private static Tensor values(Lists lists, Permutation order, Inputs in, String level, int most) {
        Tensor y = order.quantiles(levels(in, level, most, lists.n()));
        boolean keepdim = in.flag("keepdim");
        return in.many(level) ? lists.restoreLeading(y, keepdim) : lists.restoreReduced(y, keepdim);
    }

    private static Tensor index(Lists lists, Permutation order, Inputs in, String level, int most) {
        Tensor p = order.quantileMatrix(levels(in, level, most, lists.n()));
        boolean keepdim = in.flag("keepdim");
        return in.many(level) ? lists.restoreLeadingIndex(p, keepdim) : lists.restoreReducedIndex(p, keepdim);
    }

    private static Levels middle(int n) {
        return Levels.at(Math.max(n - 1, 0) / 2, n);
    }

    /** The derivative of the exact median of a whole tensor, shared evenly by all elements equal to it. */
    private static Tensor shared(Tensor rows, Tensor middle) {
        double median = middle.data()[0];
        double[] shares = new double[rows.size()];
        int equal = 0;
        for (double x : rows.data()) if (x == median) equal++;
        for (int i = 0; i < shares.length; i++) if (rows.data()[i] == median) shares[i] = 1.0 / equal;
        // the mean of equal values, as the value itself: a sum of shares of it would be off by a rounding
        return rows.combineLast(new double[][] {shares}).withValues(middle.data());
    }
}
