// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import io.supple.tensor.Lists;
import io.supple.tensor.Tensor;
import java.util.List;

/**
 * Functions whose derivative is infinite or missing at the edge of their domain, continued past it so that value and
 * derivative are finite everywhere: nothing downstream of a zero, a rounding below zero or an empty vector turns NaN.
 * Inside the domain they are the ordinary functions. NaN stays NaN.
 */
public interface Safe<T> extends Vocabulary<T> {

    Operator SQRT = operator("sqrt", "the square root of x, 0 for negative x")
            .numbers("x", "values")
            .always(in -> root(in.tensor("x")));

    /** {@code sqrt(x)} for x &gt; 0, else 0 with derivative 0: (...) to (...). */
    default T sqrt(T x) {
        return call(SQRT, x);
    }

    Operator LOG = operator("log", "the natural logarithm of x, 0 for x that is not positive")
            .numbers("x", "values")
            .always(in -> in.tensor("x")
                    .map(v -> v <= 0 ? 0 : Math.log(v), v -> v <= 0 ? 0 : 1 / v, v -> v <= 0 ? 0 : -1 / v / v));

    /** {@code log(x)} for x &gt; 0, else 0 with derivative 0: (...) to (...). */
    default T log(T x) {
        return call(LOG, x);
    }

    Operator DIV = operator("div", "x divided by y, 0 where y is 0")
            .numbers("x", "numerators")
            .numbers("y", "denominators")
            .always(in -> Tensor.pointwise(Exact.QUOTIENT, in.tensor("x"), in.tensor("y")));

    /** {@code x / y} for y other than 0, else 0 with derivatives 0: (...), (...) to (...). */
    default T div(T x, T y) {
        return call(DIV, x, y);
    }

    Operator NORM = operator("norm", "the Euclidean length of x")
            .list("x", "values")
            .axis(null)
            .keepdim(false)
            .result(Result.NUMBER)
            .always(in -> {
                Lists lists = Lists.along(in.tensor("x"), in.axis());
                return lists.restoreReduced(length(lists.rows()), in.flag("keepdim"));
            });

    /** {@code sqrt(sum x^2)} of all values, with derivative 0 at the origin: (...) to (). */
    default T norm(T x) {
        return norm(x, null, false);
    }

    /** {@code sqrt(sum x^2)} along an axis, with derivative 0 at the origin: (..., n, ...) to (...). */
    default T norm(T x, Integer axis, boolean keepdim) {
        return call(NORM, x, axis, keepdim);
    }

    Operator ARCSIN = operator("arcsin", "the angle whose sine is x, the nearest angle for x outside [-1, 1]")
            .numbers("x", "values")
            .always(in -> in.tensor("x")
                    .map(v -> Math.asin(Math.max(-1, Math.min(1, v))), Safe::arcsinSlope, Safe::arcsinCurvature));

    /** {@code arcsin(x)} within (-1, 1), else ±π/2 with derivative 0: (...) to (...). */
    default T arcsin(T x) {
        return call(ARCSIN, x);
    }

    Operator ARCCOS = operator("arccos", "the angle whose cosine is x, the nearest angle for x outside [-1, 1]")
            .numbers("x", "values")
            .always(in -> in.tensor("x")
                    .map(v -> Math.acos(Math.max(-1, Math.min(1, v))), v -> -arcsinSlope(v), v -> -arcsinCurvature(v)));

    /** {@code arccos(x)} within (-1, 1), else 0 or π with derivative 0: (...) to (...). */
    default T arccos(T x) {
        return call(ARCCOS, x);
    }

    /** The operators of this family. */
    Catalogue.Family SAFE = new Catalogue.Family(
            "safe",
            "ordinary functions with finite derivatives everywhere",
            List.of(SQRT, LOG, DIV, NORM, ARCSIN, ARCCOS));

    private static double arcsinSlope(double x) {
        return Math.abs(x) >= 1 ? 0 : 1 / Math.sqrt((1 - x) * (1 + x));
    }

    private static double arcsinCurvature(double x) {
        double slope = arcsinSlope(x);
        return x * slope * slope * slope;
    }

    private static Tensor root(Tensor x) {
        return x.map(
                v -> v <= 0 ? 0 : Math.sqrt(v),
                v -> v <= 0 ? 0 : 0.5 / Math.sqrt(v),
                v -> v <= 0 ? 0 : -0.25 / (v * Math.sqrt(v)));
    }

    /** Lengths of rows: (lists, n) to (lists, 1). Scaled by a power of two, which is exact, so that squares stay finite. */
    private static Tensor length(Tensor rows) {
        int lists = rows.length(0);
        int n = rows.length(1);
        double[] scale = new double[lists];
        double[] inverse = new double[lists];
        for (int i = 0; i < lists; i++) {
            double most = 0;
            for (int j = i * n; j < (i + 1) * n; j++) most = Math.max(most, Math.abs(rows.data()[j]));
            boolean scaled = most > 0 && most < Double.POSITIVE_INFINITY;
            int exponent = scaled ? Math.max(Math.getExponent(most), -1000) : 0; // 2^1000 has an inverse, 2^1023 none
            scale[i] = Math.scalb(1.0, exponent);
            inverse[i] = Math.scalb(1.0, -exponent);
        }
        Tensor u = rows.times(Tensor.of(new int[] {lists, 1}, inverse));
        Tensor squares = u.times(u).sumLast().reshape(lists, 1);
        Tensor length = root(squares);
        return length.times(Tensor.of(new int[] {lists, 1}, scale));
    }
}
