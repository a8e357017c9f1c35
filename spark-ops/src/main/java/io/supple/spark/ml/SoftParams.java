// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.Method;
import io.supple.Mode;
import io.supple.Param.Choice;
import io.supple.Soft;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The Params of the relaxation, shared by all stages. Spark finds Params by their public no-argument methods.
 */
public abstract class SoftParams extends Transformer {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final DoubleParam softness;
    private final Param<String> mode;
    private final Param<String> method;
    private final BooleanParam standardize;
    private final BooleanParam straightThrough;

    SoftParams(String uid) {
        this.uid = uid; // before the Params, which read it
        softness = new DoubleParam(
                this,
                "softness",
                "width of the relaxation (> 0); the exact operator is its limit at 0",
                ParamValidators.gt(0));
        mode = choice("mode", "smoothness class of the relaxation, or hard", Mode.values());
        method = choice("method", "how the soft permutation is made; by default the operator's own", Method.values());
        standardize = new BooleanParam(
                this, "standardize", "standardise each list and squash it to (0, 1) before it is ordered");
        straightThrough = new BooleanParam(this, "straightThrough", "exact values, gradients of the relaxation");
        setDefault(softness, 0.1);
        setDefault(mode, Choice.text(Mode.SMOOTH));
        setDefault(standardize, true);
        setDefault(straightThrough, false);
    }

    private Param<String> choice(String name, String doc, Enum<?>[] values) {
        List<String> names = new ArrayList<>();
        for (Enum<?> value : values) names.add(Choice.text(value));
        return new Param<>(this, name, doc + "; one of " + String.join(", ", names), ParamValidators.inArray(names));
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Width of the relaxation. */
    public DoubleParam softness() {
        return softness;
    }

    /** Smoothness class. */
    public Param<String> mode() {
        return mode;
    }

    /** How the soft permutation is made. */
    public Param<String> method() {
        return method;
    }

    /** Whether lists are standardised and squashed. */
    public BooleanParam standardize() {
        return standardize;
    }

    /** Whether values are exact and only gradients soft. */
    public BooleanParam straightThrough() {
        return straightThrough;
    }

    /** The value of {@link #softness()}. */
    public double getSoftness() {
        return (Double) getOrDefault(softness);
    }

    /** The value of {@link #mode()}. */
    public String getMode() {
        return getOrDefault(mode);
    }

    /** The choice of softening that the Params make. */
    Soft soft() {
        try {
            Soft soft = Soft.smooth(getSoftness())
                    .with((Mode) constant(Mode.SMOOTH, getMode()))
                    .withStandardize((Boolean) getOrDefault(standardize));
            if (isSet(method)) soft = soft.with((Method) constant(Method.SOFTSORT, getOrDefault(method)));
            return (Boolean) getOrDefault(straightThrough) ? soft.straightThrough() : soft;
        } catch (IllegalArgumentException refused) { // a method that does not exist in the mode
            throw new IllegalArgumentException(
                    refused.getMessage().replaceFirst("^Soft: ", getClass().getSimpleName() + ": "), refused);
        }
    }

    private Object constant(Enum<?> any, String text) {
        return Choice.any(any instanceof Mode ? "mode" : "method", "", any)
                .check(getClass().getSimpleName(), text);
    }
}
