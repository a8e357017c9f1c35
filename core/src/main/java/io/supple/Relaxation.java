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
    GATED_ORDER;

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

    /** The parameters of this family; the method's default is the operator's. */
    List<Param> params(Method method) {
        List<Param> params = new ArrayList<>();
        if (this == NONE) return params;
        params.add(new Param.Real(
                SOFTNESS, "width of the relaxation; the exact operator is its limit at 0", 0.1, Param.Range.POSITIVE));
        params.add(new Param.Choice(MODE, "smoothness class of the relaxation, or hard", Mode.SMOOTH));
        if (this != STEP) {
            params.add(new Param.Choice(METHOD, "how the soft permutation is made", method));
            params.add(new Param.Flag(
                    STANDARDIZE, "standardise each list and squash it to (0, 1) before it is ordered", true, false));
        }
        if (this == GATED_ORDER) {
            params.add(new Param.Flag(
                    GATED_GRAD,
                    "whether gradients flow through the soft index too, not only through the values",
                    true,
                    false));
        }
        params.add(new Param.Flag(STRAIGHT_THROUGH, "exact value, gradient of the relaxation", false, false));
        return params;
    }
}
