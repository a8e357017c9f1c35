// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Method;
import io.supple.Mode;
import io.supple.Param.Choice;
import io.supple.Soft;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params of a relaxation, made for the stage that owns them. */
public final class SofteningParams implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Params owner;
    private final DoubleParam softness;
    private final Param<String> mode;
    private final BooleanParam straightThrough;
    private final Param<String> method;
    private final BooleanParam standardize;

    /**
     * Params with their defaults.
     *
     * @param owner the stage, which has its uid already
     * @param ordered whether lists are ordered, so that there is a method
     */
    SofteningParams(Params owner, boolean ordered) {
        this(owner, ordered, "");
    }

    /** The same, with what else is to be known of the softness. */
    SofteningParams(Params owner, boolean ordered, String remark) {
        this.owner = owner;
        Declared declared = new Declared(owner);
        softness = new DoubleParam(
                owner,
                "softness",
                "width of the relaxation (> 0); the exact operator is its limit at 0" + remark,
                declared.checked(
                        "softness", "> 0 and finite", (Object x) -> (Double) x > 0 && (Double) x <= Double.MAX_VALUE));
        mode = choice("mode", "smoothness class of the relaxation, or hard", Mode.values());
        straightThrough = new BooleanParam(owner, "straightThrough", "exact values, gradients of the relaxation");
        owner.setDefault(softness, 0.1);
        owner.setDefault(mode, Choice.text(Mode.SMOOTH));
        owner.setDefault(straightThrough, false);
        method = ordered
                ? choice("method", "how the soft permutation is made; by default the operator's own", Method.values())
                : null;
        standardize = ordered
                ? new BooleanParam(
                        owner, "standardize", "standardise each list and squash it to (0, 1) before it is ordered")
                : null;
        if (ordered) owner.setDefault(standardize, true);
    }

    private Param<String> choice(String name, String doc, Enum<?>[] values) {
        List<String> names = new ArrayList<>();
        for (Enum<?> value : values) names.add(Choice.text(value));
        return new Declared(owner).choice(name, doc, null, names);
    }

    DoubleParam softness() {
        return softness;
    }

    Param<String> mode() {
        return mode;
    }

    BooleanParam straightThrough() {
        return straightThrough;
    }

    Param<String> method() {
        return method;
    }

    BooleanParam standardize() {
        return standardize;
    }

    /** Whether values are exact. */
    boolean exact() {
        return owner.getOrDefault(mode).equals(Choice.text(Mode.HARD)) || (Boolean) owner.getOrDefault(straightThrough);
    }

    /** The choice of softening that the Params make. */
    Soft soft() {
        try {
            Soft soft = Soft.smooth((Double) owner.getOrDefault(softness))
                    .with((Mode) constant(Mode.SMOOTH, owner.getOrDefault(mode)));
            if (standardize != null) soft = soft.withStandardize((Boolean) owner.getOrDefault(standardize));
            if (method != null && owner.isSet(method)) {
                soft = soft.with((Method) constant(Method.SOFTSORT, owner.getOrDefault(method)));
            }
            return (Boolean) owner.getOrDefault(straightThrough) ? soft.straightThrough() : soft;
        } catch (IllegalArgumentException refused) { // a method that does not exist in the mode
            throw new IllegalArgumentException(refused.getMessage().replaceFirst("^Soft: ", name() + ": "), refused);
        }
    }

    private Object constant(Enum<?> any, String text) {
        return Choice.any(any instanceof Mode ? "mode" : "method", "", any).check(name(), text);
    }

    private String name() {
        return owner.getClass().getSimpleName();
    }
}
