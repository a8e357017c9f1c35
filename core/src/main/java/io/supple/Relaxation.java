// SPDX-License-Identifier: Apache-2.0
package io.supple;

import java.util.ArrayList;
import java.util.List;

/**
 * The parameters that say how an operator is softened. An operator takes a family of them; every surface appends them
 * after the operator's own parameters, in this order.
 */
public enum Relaxation {
    /** None: the operator is its own relaxation. */
    NONE,
    /** softness, mode, straight_through. */
    STEP,
    /** softness, mode, method, standardize, straight_through. */
    ORDER,
    /** As ORDER with the method that counts pairs too: ranks and nothing else are read. */
    RANKS,
    /** As ORDER, with gated_grad before straight_through. */
    GATED_ORDER,
    /** As ORDER with the methods that make a matrix, and gated_grad: values moved in the order of other keys. */
    MATRIX_ORDER,
    /** As ORDER with the methods that make a matrix, and the choice of logarithms of probabilities. */
    INDEX,
    /** As INDEX without standardize: noise is added on the scale of the logits, and standardising would change it. */
    SAMPLE,
    /** As SAMPLE without logarithms: what is returned are values or counts. */
    SAMPLED_VALUES,
    /** softness, standardize: a loss of a softmax. */
    LOSS,
    /** softness, mode, standardize: a loss of soft steps, none of them hard. */
    STEP_LOSS,
    /** softness, mode, method, standardize: a loss of soft ranks. */
    RANK_LOSS,
    /** As RANK_LOSS with the methods that make a matrix. */
    MATRIX_LOSS;

    /** Name of the softness. */
    public static final String SOFTNESS = "softness";
    /** Name of the mode. */
    public static final String MODE = "mode";
    /** Name of the method. */
    public static final String METHOD = "method";
    /** Name of the standardisation flag. */
    public static final String STANDARDIZE = "standardize";
    /** Name of the gate of the gradient through the soft index. */
    public static final String GATED_GRAD = "gated_grad";
    /** Name of the straight-through flag. */
    public static final String STRAIGHT_THROUGH = "straight_through";
    /** Name of the flag for logarithms of probabilities. */
    public static final String RETURN_LOG_PROBS = "return_log_probs";
    /** Name of the floor of probabilities before their logarithm is taken. */
    public static final String LOG_PROB_EPS = "log_prob_eps";

    /** Whether soft indices are read, so that a method must make a matrix. */
    private boolean matrix() {
        return this == MATRIX_ORDER || this == INDEX || this == SAMPLE || this == SAMPLED_VALUES || this == MATRIX_LOSS;
    }

    /** Whether it is of a loss, which has no exact form: scores are taken as they are, and the softness is in their units. */
    private boolean loss() {
        return this == LOSS || this == STEP_LOSS || this == RANK_LOSS || this == MATRIX_LOSS;
    }

    /** Whether ranks and nothing else are read. */
    private boolean ranks() {
        return this == RANKS || this == RANK_LOSS;
    }

    /** The parameters of this family; the method's default is the operator's. */
    List<Param> params(Method method) {
        List<Param> params = new ArrayList<>();
        if (this == NONE) return params;
        if (loss()) return lossParams(method);
        params.add(new Param.Real(
                SOFTNESS, "width of the relaxation; the exact operator is its limit at 0", 0.1, Param.Range.POSITIVE));
        params.add(Param.Choice.any(MODE, "smoothness class of the relaxation, or hard", Mode.SMOOTH));
        if (this != STEP) params.add(method(method));
        if (this != STEP && this != SAMPLE && this != SAMPLED_VALUES) {
            params.add(new Param.Flag(
                    STANDARDIZE, "standardise each list and squash it to (0, 1) before it is ordered", true, false));
        }
        if (this == GATED_ORDER || this == MATRIX_ORDER) {
            params.add(new Param.Flag(
                    GATED_GRAD,
                    "whether gradients flow through the soft index too, not only through the values",
                    true,
                    false));
        }
        params.add(new Param.Flag(STRAIGHT_THROUGH, "exact value, gradient of the relaxation", false, false));
        if (this == INDEX || this == SAMPLE) {
            params.add(
                    new Param.Flag(RETURN_LOG_PROBS, "logarithms of the probabilities instead of them", false, false));
            params.add(new Param.Real(
                    LOG_PROB_EPS,
                    "floor of the probabilities before their logarithm is taken",
                    null,
                    Param.Range.PROBABILITY));
        }
        return params;
    }

    private List<Param> lossParams(Method method) {
        List<Param> params = new ArrayList<>();
        params.add(
                new Param.Real(SOFTNESS, "width of the relaxation, in units of the scores", 1.0, Param.Range.POSITIVE));
        if (this != LOSS) {
            List<Enum<?>> soft = new ArrayList<>(List.of(Mode.values()));
            soft.remove(Mode.HARD);
            params.add(new Param.Choice(
                    MODE, "smoothness class of the relaxation", Mode.SMOOTH, List.copyOf(soft), Losses.NO_GRADIENT));
        }
        if (this == RANK_LOSS || this == MATRIX_LOSS) params.add(method(method));
        params.add(new Param.Flag(
                STANDARDIZE,
                "divide the scores of each list by their deviation first, without squashing",
                false,
                false));
        return params;
    }

    private Param method(Method byDefault) {
        String doc = "how the soft order is made";
        if (byDefault == Method.NEURALSORT && this != MATRIX_LOSS) {
            doc += "; " + Param.quoted(byDefault) + " suits lists of up to " + byDefault.suits()
                    + " without heavy tails, "
                    + (matrix() ? "longer ones want less softness" : Param.quoted(Method.FAST_SOFT_SORT) + " all");
        }
        if (ranks()) return Param.Choice.any(METHOD, doc, byDefault);
        return matrix()
                ? new Param.Choice(METHOD, doc, byDefault, List.copyOf(Method.withMatrix()), Method.NO_MATRIX)
                : new Param.Choice(METHOD, doc, byDefault, List.copyOf(Method.withPlaces()), Method.RANKS_ALONE);
    }
}
