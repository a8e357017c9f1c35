// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import io.supple.kernel.Sorting;
import io.supple.tensor.Tensor;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Relations between two numbers, relaxed to soft truth values by the soft step of their difference. Place by place with
 * broadcasting: (...), (...) to (...).
 *
 * <p>{@code epsilon} decides what becomes of equal numbers as softness goes to 0. Because of it {@code eq(x, x)} exceeds
 * 1 by {@code epsilon / (2 s)} in smooth mode.
 */
public interface Comparison<T> extends Vocabulary<T> {

    /** The reference library's epsilon. */
    double EPSILON = 1e-10;

    Operator GREATER = relation("greater", "whether x > y")
            .hard(in -> ordered(in, order -> order > 0))
            .soft((soft, in) -> Elementwise.step(soft, difference(in, -1)));

    /** The soft truth of {@code x > y}: {@code S(x - y - epsilon)}. */
    default T greater(T x, T y) {
        return call(GREATER, x, y);
    }

    Operator GREATER_EQUAL = relation("greater_equal", "whether x >= y")
            .hard(in -> ordered(in, order -> order >= 0))
            .soft((soft, in) -> Elementwise.step(soft, difference(in, 1)));

    /** The soft truth of {@code x >= y}: {@code S(x - y + epsilon)}. */
    default T greaterEqual(T x, T y) {
        return call(GREATER_EQUAL, x, y);
    }

    Operator LESS = relation("less", "whether x < y")
            .hard(in -> ordered(in, order -> order < 0))
            .soft((soft, in) -> Elementwise.step(soft, difference(in, 1)).complement());

    /** The soft truth of {@code x < y}: {@code 1 - S(x - y + epsilon)}. */
    default T less(T x, T y) {
        return call(LESS, x, y);
    }

    Operator LESS_EQUAL = relation("less_equal", "whether x <= y")
            .hard(in -> ordered(in, order -> order <= 0))
            .soft((soft, in) -> Elementwise.step(soft, difference(in, -1)).complement());

    /** The soft truth of {@code x <= y}: {@code 1 - S(x - y - epsilon)}. */
    default T lessEqual(T x, T y) {
        return call(LESS_EQUAL, x, y);
    }

    Operator EQ = relation("eq", "whether x = y")
            .hard(in -> ordered(in, order -> order == 0))
            .soft((soft, in) -> apart(soft, in).complement().times(2));

    /** The soft truth of {@code x = y}: {@code 2 (1 - S(D - epsilon))}, D the soft {@code |x - y|}. */
    default T eq(T x, T y) {
        return call(EQ, x, y);
    }

    Operator NOT_EQUAL = relation("not_equal", "whether x and y differ")
            .hard(in -> ordered(in, order -> order != 0))
            .soft((soft, in) -> apart(soft, in).times(2).plus(-1));

    /** The soft truth of {@code x != y}: {@code 2 S(D - epsilon) - 1}. */
    default T notEqual(T x, T y) {
        return call(NOT_EQUAL, x, y);
    }

    Operator ISCLOSE = operator("isclose", "whether |x - y| <= atol + rtol |y|")
            .numbers("x", "left values")
            .numbers("y", "right values")
            .real("rtol", 1e-5, Param.Range.NOT_NEGATIVE, "tolerance relative to |y|")
            .real("atol", 1e-8, Param.Range.NOT_NEGATIVE, "absolute tolerance")
            .real("epsilon", EPSILON, Param.Range.NOT_NEGATIVE, "decides what becomes of equal numbers")
            .relaxation(Relaxation.STEP)
            .hard(in -> {
                double rtol = in.number("rtol");
                double atol = in.number("atol");
                return holds(in, (x, y) -> x == y || Math.abs(x - y) <= atol + rtol * Math.abs(y));
            })
            .soft((soft, in) -> close(soft, in));

    /** The soft truth of {@code |x - y| <= atol + rtol |y|} at the usual tolerances. */
    default T isclose(T x, T y) {
        return isclose(x, y, 1e-5, 1e-8);
    }

    /** The soft truth of {@code |x - y| <= atol + rtol |y|}; exceeds 1 where the tolerance is large against s. */
    default T isclose(T x, T y, double rtol, double atol) {
        return call(ISCLOSE, x, y, rtol, atol);
    }

    /** The operators of this family. */
    Catalogue.Family COMPARISON = new Catalogue.Family(
            "comparison",
            "relations between two numbers as soft truth values",
            List.of(GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, EQ, NOT_EQUAL, ISCLOSE));

    private static Operator.Builder relation(String name, String meaning) {
        return operator(name, meaning)
                .numbers("x", "left values")
                .numbers("y", "right values")
                .real("epsilon", EPSILON, Param.Range.NOT_NEGATIVE, "decides what becomes of equal numbers")
                .relaxation(Relaxation.STEP);
    }

    /** Exactly, NaN is equal to itself and larger than all other numbers, as it is sorted. */
    private static Tensor ordered(Inputs in, IntPredicate relation) {
        return holds(in, (x, y) -> relation.test(Long.compare(Sorting.comparable(x), Sorting.comparable(y))));
    }

    private static Tensor holds(Inputs in, Exact.Relation relation) {
        return Tensor.pointwise(Exact.relation(relation), in.tensor("x"), in.tensor("y"));
    }

    /** {@code x - y} shifted by epsilon towards a side. */
    private static Tensor difference(Inputs in, int side) {
        return in.tensor("x").minus(in.tensor("y")).plus(side * in.number("epsilon"));
    }

    /** {@code S(D - epsilon)}: 1/2 where x = y, 1 far apart. */
    private static Tensor apart(Soft soft, Inputs in) {
        Tensor distance = Elementwise.abs(soft, in.tensor("x").minus(in.tensor("y")));
        return Elementwise.step(soft, distance.plus(-in.number("epsilon")));
    }

    private static Tensor close(Soft soft, Inputs in) {
        Tensor distance = Elementwise.abs(soft, in.tensor("x").minus(in.tensor("y")));
        Tensor tolerance =
                Elementwise.abs(soft, in.tensor("y")).times(in.number("rtol")).plus(in.number("atol"));
        Tensor beyond = distance.minus(tolerance).plus(-in.number("epsilon"));
        return Elementwise.step(soft, beyond).complement().times(2);
    }
}
