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
    /** As ORDER, with gated_grad before straight_through. */
    GATED_ORDER,
    /** As ORDER with the methods that make a matrix, and gated_grad: values moved in the order of other keys. */
    MATRIX_ORDER,
    /** As ORDER with the methods that make a matrix, and the choice of logarithms of probabilities. */
    INDEX,
    /** As INDEX without standardize: noise is added on the scale of the logits, and standardising would change it. */
    SAMPLE,
    /** As SAMPLE without logarithms: what is returned are values or counts. */
    SAMPLED_VALUES;

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
        return this == MATRIX_ORDER || this == INDEX || this == SAMPLE || this == SAMPLED_VALUES;
    }

    /** The parameters of this family; the method's default is the operator's. */
    List<Param> params(Method method) {
        List<Param> params = new ArrayList<>();
        if (this == NONE) return params;
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

    private Param method(Method byDefault) {
        String doc = "how the soft order is made";
        if (!matrix()) return Param.Choice.any(METHOD, doc, byDefault);
        return new Param.Choice(METHOD, doc, byDefault, List.copyOf(Method.withMatrix()), Method.NO_MATRIX);
    }
}
