// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import io.supple.tensor.Lists;
import io.supple.tensor.Tensor;
import java.util.List;

/**
 * Logic of soft truth values in [0, 1], exact at 0 and 1: products of probabilities, or geometric means of them, which
 * do not fade with the number of factors. There is no softness here: softness is in the truth values.
 */
public interface Logic<T> extends Vocabulary<T> {

    /** Floor of the factors of a geometric mean, so that its logarithm is finite. */
    double EPSILON = 1e-10;

    Operator LOGICAL_NOT = operator("logical_not", "the opposite of x: 1 - x")
            .truths("x", "soft truth values")
            .always(in -> in.tensor("x").complement());

    /** {@code 1 - x}. */
    default T logicalNot(T x) {
        return call(LOGICAL_NOT, x);
    }

    Operator LOGICAL_AND = binary("logical_and", "x and y: x y, or the square root of it")
            .always(in -> and(in, in.tensor("x"), in.tensor("y")));

    /** {@code x y}. */
    default T logicalAnd(T x, T y) {
        return call(LOGICAL_AND, x, y);
    }

    Operator LOGICAL_OR = binary("logical_or", "x or y: 1 - (1 - x)(1 - y), or with the square root of the product")
            .always(in -> or(in, in.tensor("x"), in.tensor("y")));

    /** {@code 1 - (1 - x)(1 - y)}. */
    default T logicalOr(T x, T y) {
        return call(LOGICAL_OR, x, y);
    }

    Operator LOGICAL_XOR = binary("logical_xor", "either x or y: (x and not y) or (not x and y)")
            .always(in -> {
                Tensor x = in.tensor("x");
                Tensor y = in.tensor("y");
                return or(in, and(in, x, y.complement()), and(in, x.complement(), y));
            });

    /** {@code (x and not y) or (not x and y)}. */
    default T logicalXor(T x, T y) {
        return call(LOGICAL_XOR, x, y);
    }

    Operator ALL = quantifier("all", "whether all of x hold: the product of x, or its n-th root; 1 for none")
            .always(in -> {
                Lists lists = Lists.along(in.tensor("x"), in.axis());
                return lists.restoreReduced(together(in, lists.rows()), false);
            });

    /** The product along the last axis: (..., n) to (...). */
    default T all(T x) {
        return call(ALL, x);
    }

    Operator ANY = quantifier(
                    "any", "whether any of x holds: 1 less the product of 1 - x, or its n-th root; 0 for none")
            .always(in -> {
                Lists lists = Lists.along(in.tensor("x"), in.axis());
                return lists.restoreReduced(
                        together(in, lists.rows().complement()).complement(), false);
            });

    /** {@code 1 - prod(1 - x)} along the last axis: (..., n) to (...). */
    default T any(T x) {
        return call(ANY, x);
    }

    /** The operators of this family. */
    Catalogue.Family LOGIC = new Catalogue.Family(
            "logic",
            "and, or, not of soft truth values",
            List.of(LOGICAL_AND, LOGICAL_OR, LOGICAL_NOT, LOGICAL_XOR, ALL, ANY));

    private static Operator.Builder binary(String name, String meaning) {
        return mean(operator(name, meaning).truths("x", "soft truth values").truths("y", "soft truth values"));
    }

    private static Operator.Builder quantifier(String name, String meaning) {
        return mean(operator(name, meaning).truthList("x", "soft truth values"))
                .axis(-1)
                .result(Result.NUMBER);
    }

    private static Operator.Builder mean(Operator.Builder builder) {
        return builder.flag("use_geometric_mean", false, "geometric mean of the factors instead of their product")
                .real("epsilon", EPSILON, Param.Range.NOT_NEGATIVE, "floor of the factors of a geometric mean");
    }

    private static Tensor and(Inputs in, Tensor x, Tensor y) {
        if (!in.flag("use_geometric_mean")) return x.times(y);
        double floor = in.number("epsilon");
        return x.atLeast(floor)
                .times(y.atLeast(floor))
                .map(Math::sqrt, v -> 0.5 / Math.sqrt(v), v -> -0.25 / (v * Math.sqrt(v)));
    }

    private static Tensor or(Inputs in, Tensor x, Tensor y) {
        return and(in, x.complement(), y.complement()).complement();
    }

    /** The product along the last axis, or the n-th root of it. */
    private static Tensor together(Inputs in, Tensor x) {
        if (!in.flag("use_geometric_mean")) return x.productLast();
        double n = Math.max(x.length(-1), 1); // the root of an empty product is 1 too
        return x.atLeast(in.number("epsilon"))
                .map(Math::log, v -> 1 / v, v -> -1 / v / v)
                .sumLast()
                .times(1 / n)
                .map(Math::exp, Math::exp, Math::exp);
    }
}
