// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Mode;
import io.supple.Operator;
import io.supple.Param;
import io.supple.Result;
import io.supple.Soft;
import io.supple.tensor.PlaceProgram;
import io.supple.tensor.PlaceStep;
import io.supple.tensor.Pointwise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * What a call computes whose data are single numbers and whose other arguments are constants: recorded once, from core,
 * and repeated for every row. Not thread-safe.
 *
 * <p>A companion that is exact in its value and soft in its gradients has two programs.
 */
public final class NumberProgram {

    private final PlaceProgram value;
    private final PlaceProgram relaxed; // whose gradients are wanted; often that of the value
    private final List<PlaceStep> steps;

    private NumberProgram(PlaceProgram value, PlaceProgram relaxed) {
        this.value = value;
        this.relaxed = relaxed;
        steps = new ArrayList<>(value.steps());
        if (relaxed != value) steps.addAll(relaxed.steps());
    }

    /** The program of a call; null if it is of lists, has other arguments that vary, or does more than can be repeated. */
    static NumberProgram of(SoftPlan plan) {
        Operator operator = plan.function().operator();
        boolean numbers = operator.result() == Result.PLACEWISE
                && !operator.random()
                && !plan.alwaysNull()
                && plan.dataTypes().stream().noneMatch(SqlFunction::isList);
        if (!numbers) return null;
        for (Param param : operator.params()) {
            int slot = plan.function().params().indexOf(param);
            if (!(param instanceof Param.Data) && slot >= 0 && plan.type(slot) != null) return null;
        }
        Soft soft = plan.soft();
        PlaceProgram value = record(plan, soft.straight() ? soft.with(Mode.HARD) : soft);
        boolean two = soft.straight() && plan.function().vjp();
        PlaceProgram relaxed = two ? record(plan, soft.relaxed()) : value;
        return value == null || relaxed == null ? null : new NumberProgram(value, relaxed);
    }

    private static PlaceProgram record(SoftPlan plan, Soft soft) {
        Operator operator = plan.function().operator();
        List<Param> params = plan.function().params();
        int inputs = operator.data().size();
        Object[] arguments = new Object[operator.params().size()];
        for (int i = inputs; i < arguments.length; i++) {
            Param param = operator.params().get(i);
            arguments[i] = param.tensorOnly() ? param.byDefault() : plan.constant(params.indexOf(param));
        }
        return PlaceProgram.record(inputs, data -> {
            System.arraycopy(data, 0, arguments, 0, inputs);
            return soft.call(operator, arguments.clone());
        });
    }

    /** How many steps it has. */
    int steps() {
        return steps.size();
    }

    /** The program of the value. */
    PlaceProgram value() {
        return value;
    }

    /** The program whose gradients are those of the call. */
    PlaceProgram relaxed() {
        return relaxed;
    }

    /** The value; of the numbers only the first, as many as there are inputs, are read. */
    double value(double[] numbers) {
        return value.value(numbers);
    }

    /** The gradients after {@link #value}, which are written. */
    void vjp(double[] numbers, double cotangent, double[] gradients) {
        if (relaxed != value) relaxed.value(numbers);
        relaxed.vjp(cotangent, gradients);
    }

    // ---- for generated code, which has a field for each of them: steps of the value, then of the gradients

    /** A function of one number. */
    public DoubleUnaryOperator function(int step) {
        return steps.get(step).function();
    }

    /** Its derivative. */
    public DoubleUnaryOperator slope(int step) {
        return steps.get(step).slope();
    }

    /** A function of several numbers. */
    public Pointwise several(int step) {
        return steps.get(step).several();
    }
}
