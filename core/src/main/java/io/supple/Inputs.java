// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** The arguments of one call, by name: tensors and checked parameters in the order of {@link Operator#params()}. */
public final class Inputs {

    private final Operator operator;
    private final Object[] values;

    Inputs(Operator operator, Object[] values) {
        this.operator = operator;
        this.values = values;
    }

    /** The name of the operator. */
    String function() {
        return operator.name();
    }

    /** The argument of a name. */
    public Object get(String name) {
        List<Param> params = operator.params();
        for (int i = 0; i < values.length; i++) if (params.get(i).name().equals(name)) return values[i];
        throw new AssertionError(operator.name() + " declares no parameter '" + name + "'");
    }

    /** Whether the operator has a parameter of a name. */
    public boolean has(String name) {
        return operator.params().stream().anyMatch(param -> param.name().equals(name));
    }

    /** A tensor. */
    public Tensor tensor(String name) {
        return (Tensor) get(name);
    }

    /** A number. */
    public double number(String name) {
        return (Double) get(name);
    }

    /** A count. */
    public int count(String name) {
        return (Integer) get(name);
    }

    /** Up to which place to read a list of n: a cut-off, or n where none is given or it lies beyond. */
    public int first(String name, int n) {
        return get(name) == null ? n : Math.min(count(name), n);
    }

    /** The seed of a random operator. */
    public long seed() {
        return (Long) get("seed");
    }

    /** A flag. */
    public boolean flag(String name) {
        return (Boolean) get(name);
    }

    /** The axis; null for the whole tensor. */
    public Integer axis() {
        return (Integer) get("axis");
    }

    /** Quantile levels, one or many. */
    public double[] levels(String name) {
        return get(name) instanceof double[] many ? many : new double[] {number(name)};
    }

    /** Whether a quantile level was given as an array. */
    public boolean many(String name) {
        return get(name) instanceof double[];
    }

    /** Refuses a tensor that does not have the shape of another. */
    void requireShape(String name, String other) {
        int[] wanted = tensor(name).shape();
        int[] got = tensor(other).shape();
        if (!Arrays.equals(wanted, got)) {
            throw refuse(other, "of the shape of " + name + ", " + Arrays.toString(wanted), Arrays.toString(got));
        }
    }

    /** A refusal of an argument that is wrong only in its context. */
    public IllegalArgumentException refuse(String name, String allowed, Object got) {
        return new IllegalArgumentException(
                operator.name() + ": " + name + " must be " + allowed + ", got " + Param.quoted(got));
    }
}
