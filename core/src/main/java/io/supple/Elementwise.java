// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import io.supple.kernel.Sigmoidal;
import io.supple.kernel.Smoothness;
import io.supple.kernel.SoftAbs;
import io.supple.kernel.SoftRelu;
import io.supple.kernel.SoftRound;
import io.supple.tensor.Tensor;
import java.util.List;

/**
 * Functions of one number with kinks or jumps, relaxed by the soft step {@code S(x; s)} ({@link Sigmoidal}) and its
 * antiderivative R ({@link SoftRelu}). Place by place, any shape: (...) to (...).
 */
public interface Elementwise<T> extends Vocabulary<T> {

    Operator SIGMOIDAL = operator("sigmoidal", "the soft step S(x): 0 far left, 1/2 at 0, 1 far right")
            .numbers("x", "values")
            .relaxation(Relaxation.STEP)
            .hard(in -> in.tensor("x").map(Exact::heaviside, v -> 0, v -> 0))
            .soft((soft, in) -> step(soft, in.tensor("x")));

    /** The soft step S(x); its exact limit is {@link #heaviside}. */
    default T sigmoidal(T x) {
        return call(SIGMOIDAL, x);
    }

    Operator SOFTRELU = operator("softrelu", "the soft ramp, the antiderivative of the soft step")
            .numbers("x", "values")
            .flag("gated", false, "x S(x) instead of the antiderivative")
            .relaxation(Relaxation.STEP)
            .hard(in -> in.tensor("x").map(Exact::relu, Exact::reluSlope, v -> 0))
            .soft((soft, in) -> ramp(soft, in));

    /** The soft ramp R(x). */
    default T softrelu(T x) {
        return softrelu(x, false);
    }

    /** The soft ramp R(x), or {@code x S(x)} if gated, which is not monotone. */
    default T softrelu(T x, boolean gated) {
        return call(SOFTRELU, x, gated);
    }

    Operator HEAVISIDE = operator("heaviside", "0 for negative x, 1/2 at 0, 1 for positive x")
            .numbers("x", "values")
            .relaxation(Relaxation.STEP)
            .hard(in -> in.tensor("x").map(Exact::heaviside, v -> 0, v -> 0))
            .soft((soft, in) -> step(soft, in.tensor("x")));

    /** The soft unit step S(x). */
    default T heaviside(T x) {
        return call(HEAVISIDE, x);
    }

    Operator SIGN = operator("sign", "-1, 0 or 1 as x is negative, zero or positive")
            .numbers("x", "values")
            .relaxation(Relaxation.STEP)
            .hard(in -> in.tensor("x").map(Exact::sign, v -> 0, v -> 0))
            .soft((soft, in) -> step(soft, in.tensor("x")).times(2).plus(-1));

    /** The soft sign {@code 2 S(x) - 1}. */
    default T sign(T x) {
        return call(SIGN, x);
    }

    Operator ABS = operator("abs", "the absolute value of x")
            .numbers("x", "values")
            .relaxation(Relaxation.STEP)
            .hard(in -> in.tensor("x").map(Math::abs, Exact::sign, v -> 0))
            .soft((soft, in) -> abs(soft, in.tensor("x")));

    /** The soft absolute value {@code x (2 S(x) - 1)}. */
    default T abs(T x) {
        return call(ABS, x);
    }

    Operator RELU = operator("relu", "the larger of x and 0")
            .numbers("x", "values")
            .flag("gated", false, "x S(x) instead of the antiderivative of S")
            .relaxation(Relaxation.STEP)
            .hard(in -> in.tensor("x").map(Exact::relu, Exact::reluSlope, v -> 0))
            .soft((soft, in) -> ramp(soft, in));

    /** The soft {@code max(x, 0)}. */
    default T relu(T x) {
        return relu(x, false);
    }

    /** The soft {@code max(x, 0)}; gated: {@code x S(x)}. */
    default T relu(T x, boolean gated) {
        return call(RELU, x, gated);
    }

    Operator CLAMP = operator("clamp", "x held between the bounds a and b")
            .numbers("x", "values")
            .numbers("a", "lower bound")
            .numbers("b", "upper bound; not checked against the lower one, and it wins where they cross in hard mode")
            .flag("gated", false, "x S(x) for the ramps instead of the antiderivative of S")
            .relaxation(Relaxation.STEP)
            .hard(in -> Tensor.pointwise(Exact.CLAMP, in.tensor("x"), in.tensor("a"), in.tensor("b")))
            .soft((soft, in) -> clamp(soft, in));

    /** The soft {@code min(max(x, a), b)}: {@code a + R(x - a) - R(x - b)}. */
    default T clamp(T x, T a, T b) {
        return clamp(x, a, b, false);
    }

    /** The soft {@code min(max(x, a), b)} with gated ramps. */
    default T clamp(T x, T a, T b, boolean gated) {
        return call(CLAMP, x, a, b, gated);
    }

    Operator ROUND = operator("round", "x rounded to the nearest whole number, halves to even")
            .numbers("x", "values")
            .count("neighbor_radius", 5, "how many whole numbers on either side take part")
            .relaxation(Relaxation.STEP)
            .hard(in -> in.tensor("x").map(Math::rint, v -> 0, v -> 0))
            .soft((soft, in) -> round(soft, in));

    /** The soft rounding with 5 whole numbers on either side. */
    default T round(T x) {
        return round(x, 5);
    }

    /** The soft rounding; drawn towards 0 once the softness nears the radius. */
    default T round(T x, int neighborRadius) {
        return call(ROUND, x, neighborRadius);
    }

    /** The operators of this family. */
    Catalogue.Family ELEMENTWISE = new Catalogue.Family(
            "elementwise",
            "functions of one number with kinks or jumps",
            List.of(ABS, RELU, SIGN, HEAVISIDE, ROUND, CLAMP, SIGMOIDAL, SOFTRELU));

    /** S at every place. */
    static Tensor step(Soft soft, Tensor x) {
        Smoothness c = soft.mode().smoothness();
        double s = soft.softness();
        return x.map(new SoftCurve.Step(c, s), v -> Sigmoidal.slope(c, v, s), v -> Sigmoidal.curvature(c, v, s));
    }

    /** The soft absolute value at every place. */
    static Tensor abs(Soft soft, Tensor x) {
        Smoothness c = soft.mode().smoothness();
        double s = soft.softness();
        return x.map(new SoftCurve.Abs(c, s), v -> SoftAbs.slope(c, v, s), v -> SoftAbs.curvature(c, v, s));
    }

    private static Tensor ramp(Soft soft, Inputs in) {
        Smoothness c = soft.mode().smoothness();
        double s = soft.softness();
        boolean gated = in.flag("gated");
        return in.tensor("x")
                .map(
                        new SoftCurve.Ramp(c, s, gated),
                        v -> SoftRelu.slope(c, gated, v, s),
                        v -> SoftRelu.curvature(c, gated, v, s));
    }

    private static Tensor round(Soft soft, Inputs in) {
        Smoothness c = soft.mode().smoothness();
        double s = soft.softness();
        int radius = in.count("neighbor_radius");
        return in.tensor("x")
                .map(
                        new SoftCurve.Round(c, s, radius),
                        v -> SoftRound.slope(c, v, s, radius),
                        v -> SoftRound.curvature(c, v, s, radius));
    }

    private static Tensor clamp(Soft soft, Inputs in) {
        Smoothness c = soft.mode().smoothness();
        double s = soft.softness();
        boolean gated = in.flag("gated");
        return Tensor.pointwise(new SoftCurve.Clamp(c, s, gated), in.tensor("x"), in.tensor("a"), in.tensor("b"));
    }
}
