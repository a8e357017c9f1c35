// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.TransportPlan;
import io.supple.order.LogProbabilities;
import io.supple.order.Permutation;
import io.supple.order.Permutations;
import io.supple.order.Rescaled;
import io.supple.order.Softening;
import io.supple.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

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
 * @param method how soft orders are made; null for each operator's own default
 * @param standardize whether lists are standardised and squashed to (0, 1) before they are ordered
 * @param gatedGrad whether gradients flow through the soft index too, not only through the values
 * @param straight whether values are exact and only gradients soft
 * @param logProbs whether soft indices are returned as logarithms of probabilities
 * @param logProbEps floor of those probabilities, in (0, 1]; null for none
 * @param transport when the iteration of method OT ends
 */
public record Soft(
        double softness,
        Mode mode,
        Method method,
        boolean standardize,
        boolean gatedGrad,
        boolean straight,
        boolean logProbs,
        Double logProbEps,
        TransportPlan.Options transport)
        implements Elementwise<Tensor>,
                Comparison<Tensor>,
                Logic<Tensor>,
                Selection<Tensor>,
                Ordering<Tensor>,
                Extremum<Tensor>,
                Quantile<Tensor>,
                Safe<Tensor>,
                Sampling<Tensor>,
                Ranking<Tensor>,
                Losses<Tensor> {

    /** Softness 0.1, smooth, everything else by default. */
    private static final Soft CUSTOMARY =
            new Soft(0.1, Mode.SMOOTH, null, true, true, false, false, null, TransportPlan.Options.DEFAULT);

    /** The exact operators. */
    public static final Soft HARD = CUSTOMARY.with(Mode.HARD);

    /** Checks the softness and that the method exists in the mode. */
    public Soft {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(transport, "transport");
        if (!Param.Range.POSITIVE.holds(softness)) {
            throw new IllegalArgumentException("Soft: softness must be > 0 and finite, got " + softness);
        }
        if (method != null && !method.existsIn(mode)) {
            throw new IllegalArgumentException("Soft: mode must be 'smooth' or 'hard' with method "
                    + Param.quoted(method) + ", got " + Param.quoted(mode)
                    + ": the faces of its polytope are soft maxima over sums of k elements, which have no sparse form");
        }
        if (logProbEps != null && !logProbs) {
            throw new IllegalArgumentException(
                    "Soft: log_prob_eps must be left out unless return_log_probs is true, got " + logProbEps);
        }
        if (logProbEps != null && !Param.Range.PROBABILITY.holds(logProbEps)) {
            throw new IllegalArgumentException("Soft: log_prob_eps must be in (0, 1], got " + logProbEps);
        }
    }

    /** Infinitely differentiable operators; 0.1 is the customary softness. */
    public static Soft smooth(double softness) {
        return CUSTOMARY.withSoftness(softness);
    }

    /** The choice that relaxation parameters by name stand for; those absent have their defaults. */
    public static Soft of(Map<String, Object> relaxation) {
        return new Soft(
                (Double) relaxation.getOrDefault(Relaxation.SOFTNESS, CUSTOMARY.softness),
                (Mode) relaxation.getOrDefault(Relaxation.MODE, CUSTOMARY.mode),
                (Method) relaxation.get(Relaxation.METHOD),
                (Boolean) relaxation.getOrDefault(Relaxation.STANDARDIZE, CUSTOMARY.standardize),
                (Boolean) relaxation.getOrDefault(Relaxation.GATED_GRAD, CUSTOMARY.gatedGrad),
                (Boolean) relaxation.getOrDefault(Relaxation.STRAIGHT_THROUGH, CUSTOMARY.straight),
                (Boolean) relaxation.getOrDefault(Relaxation.RETURN_LOG_PROBS, CUSTOMARY.logProbs),
                (Double) relaxation.get(Relaxation.LOG_PROB_EPS),
                CUSTOMARY.transport);
    }

    /** The relaxation parameters by name; those left to the operators are absent. */
    public Map<String, Object> relaxation() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(Relaxation.SOFTNESS, softness);
        values.put(Relaxation.MODE, mode);
        if (method != null) values.put(Relaxation.METHOD, method);
        values.put(Relaxation.STANDARDIZE, standardize);
        values.put(Relaxation.GATED_GRAD, gatedGrad);
        values.put(Relaxation.STRAIGHT_THROUGH, straight);
        values.put(Relaxation.RETURN_LOG_PROBS, logProbs);
        if (logProbEps != null) values.put(Relaxation.LOG_PROB_EPS, logProbEps);
        return values;
    }

    /** Another softness. */
    public Soft withSoftness(double other) {
        return new Soft(other, mode, method, standardize, gatedGrad, straight, logProbs, logProbEps, transport);
    }

    /** Another mode. */
    public Soft with(Mode other) {
        return new Soft(softness, other, method, standardize, gatedGrad, straight, logProbs, logProbEps, transport);
    }

    /** Another method; null for each operator's own default. */
    public Soft with(Method other) {
        return new Soft(softness, mode, other, standardize, gatedGrad, straight, logProbs, logProbEps, transport);
    }

    /** Another end of the iteration of method OT. */
    public Soft with(TransportPlan.Options other) {
        return new Soft(softness, mode, method, standardize, gatedGrad, straight, logProbs, logProbEps, other);
    }

    /** Keys as they are, or standardised and squashed. */
    public Soft withStandardize(boolean on) {
        return new Soft(softness, mode, method, on, gatedGrad, straight, logProbs, logProbEps, transport);
    }

    /** Gradients through the soft index, or not. */
    public Soft withGatedGrad(boolean on) {
        return new Soft(softness, mode, method, standardize, on, straight, logProbs, logProbEps, transport);
    }

    /** Exact values with the gradients of this relaxation. */
    public Soft straightThrough() {
        return straight(true);
    }

    private Soft straight(boolean on) {
        return new Soft(softness, mode, method, standardize, gatedGrad, on, logProbs, logProbEps, transport);
    }

    /** Soft indices as logarithms of probabilities. */
    public Soft withLogProbs() {
        return new Soft(softness, mode, method, standardize, gatedGrad, straight, true, null, transport);
    }

    /** Soft indices as logarithms of probabilities that are first held to at least a floor, and normalised again. */
    public Soft withLogProbs(double floor) {
        return new Soft(softness, mode, method, standardize, gatedGrad, straight, true, floor, transport);
    }

    /** The exact value and the soft gradient of a composition of operators as a whole. */
    public Tensor straightThrough(Function<Soft, Tensor> composition) {
        return gradReplace(() -> composition.apply(HARD), () -> composition.apply(relaxed()));
    }

    /**
     * The value of one computation with the gradients of another: for a composed function of your own whose exact form has
     * no useful gradient. The value is that of {@code forward} to the last bit, also where {@code backward} is not finite.
     *
     * @param forward gives the value; its gradients are not used
     * @param backward gives the gradients; its value is not used, and must have the same shape
     */
    public static Tensor gradReplace(Supplier<Tensor> forward, Supplier<Tensor> backward) {
        return StraightThrough.join(forward.get(), backward.get());
    }

    /** Evaluates an operator. */
    @Override
    public Tensor call(Operator operator, Object... arguments) {
        return call(operator, operator.bind(arguments));
    }

    /**
     * Evaluates an operator on arguments that were bound before.
     *
     * @throws IllegalArgumentException if the operator does not take the method, naming why
     */
    public Tensor call(Operator operator, Inputs in) {
        operator.admit(this);
        return evaluate(operator, in);
    }

    /**
     * Evaluates an operator on arguments that were checked before, for those who call it again and again.
     *
     * @param values in the order of {@link Operator#params()}, each as its parameter's {@link Param#check} gave it; that
     *     the operator takes the method was checked too
     */
    public Tensor callChecked(Operator operator, Object... values) {
        return evaluate(operator, operator.fitting(values));
    }

    /**
     * What a loss gives boosted trees, of arguments in the order and the form of its parameters: {@link Operator#boosts}.
     *
     * @throws IllegalArgumentException naming operator, parameter, value and what is allowed
     */
    public SoftRankingObjective.Round roundChecked(Operator operator, Object... values) {
        return operator.round(this, operator.fitting(values));
    }

    private Tensor evaluate(Operator operator, Inputs in) {
        if (mode == Mode.HARD || !operator.relaxes()) return operator.hard(this, in);
        Tensor soft = operator.soft(relaxed(), in);
        return straight ? StraightThrough.join(operator.hard(this, in), soft) : soft;
    }

    /** The soft order of lists of shape (lists, n). */
    Permutation order(Tensor rows, Method byDefault) {
        Method used = method == null ? byDefault : method;
        double k = rawFactor(rows, used);
        return k == 1 ? order(rows, used, softness) : order(rows.times(k), used, scaled(k));
    }

    /** The same of lists as they are, for losses: NeuralSort by plain distances. */
    Permutation plainOrder(Tensor rows, Method used) {
        Soft raw = withStandardize(false);
        double k = raw.rawFactor(rows, used);
        Softening plain = raw.softening(k == 1 ? softness : scaled(k)).plainly();
        return used.permutation(k == 1 ? rows : rows.times(k), plain);
    }

    /** The same, for reading the values of the lists: safe near the largest double where they scale with something. */
    Permutation valueOrder(Tensor rows, Method byDefault) {
        Method used = method == null ? byDefault : method;
        if (standardize && used.standardizes()) return Rescaled.values(rows, keys -> order(keys, used, softness));
        double k = rawFactor(rows, used);
        return k == 1 ? order(rows, used, softness) : Rescaled.values(rows, k, keys -> order(keys, used, scaled(k)));
    }

    private Permutation order(Tensor rows, Method used, double s) {
        return used.permutation(rows, softening(s));
    }

    private Softening softening(double s) {
        return new Softening(mode.smoothness(), s, standardize, transport);
    }

    /** What an order compares of lists of shape (lists, n). */
    Tensor keys(Tensor rows, Method byDefault) {
        Method used = method == null ? byDefault : method;
        return used.standardizes() ? softening(softness).keys(rows) : rows;
    }

    /** The soft order of lists whose elements are such keys of longer lists: they are not standardised again. */
    Permutation orderOfKeys(Tensor keys, Method byDefault) {
        Method used = method == null ? byDefault : method;
        double k = rawFactor(keys, used);
        return used.permutation(
                k == 1 ? keys : keys.times(k),
                softening(k == 1 ? softness : scaled(k)).ofKeys());
    }

    /** By what lists near the largest double and the softness may be multiplied without a change of the order. */
    private double rawFactor(Tensor rows, Method used) {
        return !standardize && used.scalesWithSoftness() ? Rescaled.factor(rows) : 1;
    }

    private double scaled(double k) {
        return Math.max(k * softness, Double.MIN_NORMAL); // far below the differences of such lists either way
    }

    /** The order as soft indices are to be read from it: probabilities, or their logarithms. */
    Permutation indices(Permutation order) {
        return logProbs ? new LogProbabilities(order, logProbEps) : order;
    }

    /** The exact order, read likewise. */
    Permutation exactIndices(Tensor rows) {
        return indices(Permutations.exact(rows));
    }

    /** The same choice with soft values. */
    public Soft relaxed() {
        return straight ? straight(false) : this;
    }
}
