// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.order.Permutation;
import io.supple.order.Permutations;
import io.supple.order.Rescaled;
import io.supple.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A choice of softening, and every operator under that choice.
 *
 * <pre>{@code
 * Tensor x = Tensor.variable(3, 1, 2);
 * Tensor ranks = Soft.smooth(0.1).rank(x);
 * Tensor gradient = ranks.times(weights).sum().backward().of(x);
 * }</pre>
 *
 * @param softness width of the relaxation, &gt; 0; the exact operator is its limit at 0
 * @param mode smoothness class, or HARD for the exact operator
 * @param method how soft permutations are made; null for each operator's own default
 * @param standardize whether lists are standardised and squashed to (0, 1) before they are ordered
 * @param gatedGrad whether gradients flow through the soft index too, not only through the values
 * @param straight whether values are exact and only gradients soft
 */
public record Soft(double softness, Mode mode, Method method, boolean standardize, boolean gatedGrad, boolean straight)
        implements Elementwise<Tensor>,
                Comparison<Tensor>,
                Logic<Tensor>,
                Ordering<Tensor>,
                Extremum<Tensor>,
                Quantile<Tensor> {

    /** The exact operators. */
    public static final Soft HARD = new Soft(0.1, Mode.HARD, null, true, true, false);

    /** Checks the softness. */
    public Soft {
        Objects.requireNonNull(mode, "mode");
        if (!Param.Range.POSITIVE.holds(softness)) {
            throw new IllegalArgumentException("Soft: softness must be > 0 and finite, got " + softness);
        }
    }

    /** Infinitely differentiable operators; 0.1 is the customary softness. */
    public static Soft smooth(double softness) {
        return new Soft(softness, Mode.SMOOTH, null, true, true, false);
    }

    /** The choice that relaxation parameters by name stand for; those absent have their defaults. */
    public static Soft of(Map<String, Object> relaxation) {
        return new Soft(
                (Double) relaxation.getOrDefault(Relaxation.SOFTNESS, 0.1),
                (Mode) relaxation.getOrDefault(Relaxation.MODE, Mode.SMOOTH),
                (Method) relaxation.get(Relaxation.METHOD),
                (Boolean) relaxation.getOrDefault(Relaxation.STANDARDIZE, true),
                (Boolean) relaxation.getOrDefault(Relaxation.GATED_GRAD, true),
                (Boolean) relaxation.getOrDefault(Relaxation.STRAIGHT_THROUGH, false));
    }

    /** The relaxation parameters by name; a method left to the operators is absent. */
    public Map<String, Object> relaxation() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(Relaxation.SOFTNESS, softness);
        values.put(Relaxation.MODE, mode);
        if (method != null) values.put(Relaxation.METHOD, method);
        values.put(Relaxation.STANDARDIZE, standardize);
        values.put(Relaxation.GATED_GRAD, gatedGrad);
        values.put(Relaxation.STRAIGHT_THROUGH, straight);
        return values;
    }

    /** Another softness. */
    public Soft withSoftness(double other) {
        return new Soft(other, mode, method, standardize, gatedGrad, straight);
    }

    /** Another mode. */
    public Soft with(Mode other) {
        return new Soft(softness, other, method, standardize, gatedGrad, straight);
    }

    /** Another method; null for each operator's own default. */
    public Soft with(Method other) {
        return new Soft(softness, mode, other, standardize, gatedGrad, straight);
    }

    /** Keys as they are, or standardised and squashed. */
    public Soft withStandardize(boolean on) {
        return new Soft(softness, mode, method, on, gatedGrad, straight);
    }

    /** Gradients through the soft index, or not. */
    public Soft withGatedGrad(boolean on) {
        return new Soft(softness, mode, method, standardize, on, straight);
    }

    /** Exact values with the gradients of this relaxation. */
    public Soft straightThrough() {
        return new Soft(softness, mode, method, standardize, gatedGrad, true);
    }

    /** The exact value and the soft gradient of a composition of operators as a whole. */
    public Tensor straightThrough(Function<Soft, Tensor> composition) {
        return StraightThrough.join(composition.apply(HARD), composition.apply(relaxed()));
    }

    /** Evaluates an operator. */
    @Override
    public Tensor call(Operator operator, Object... arguments) {
        return call(operator, operator.bind(arguments));
    }

    /** Evaluates an operator on arguments that were bound before. */
    public Tensor call(Operator operator, Inputs in) {
        if (mode == Mode.HARD || !operator.relaxes()) return operator.hard(in);
        Tensor soft = operator.soft(relaxed(), in);
        return straight ? StraightThrough.join(operator.hard(in), soft) : soft;
    }

    /** The soft order of keys of shape (lists, n). */
    Permutation permutation(Tensor keys, Method byDefault) {
        Tensor z = standardize ? Permutations.squash(keys) : keys;
        return (method == null ? byDefault : method).permutation(z, mode.smoothness(), softness);
    }

    /** The same, for reading the values of the lists: safe near the largest double where lists are standardised. */
    Permutation valuePermutation(Tensor rows, Method byDefault) {
        return standardize ? Rescaled.values(rows, keys -> permutation(keys, byDefault)) : permutation(rows, byDefault);
    }

    private Soft relaxed() {
        return straight ? new Soft(softness, mode, method, standardize, gatedGrad, false) : this;
    }
}
