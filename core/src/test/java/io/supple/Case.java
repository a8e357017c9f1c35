// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.tensor.Gradients;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One way to call an operator: a choice of softening and arguments. Tensors hold the case's data; contracts replace them.
 *
 * @param operator the operator
 * @param soft the choice of softening
 * @param arguments in the order of the operator's parameters
 */
public record Case(Operator operator, Soft soft, List<Object> arguments) {

    /** The same call under another choice. */
    public Case with(Soft other) {
        return new Case(operator, other, arguments);
    }

    /** The same call on other data. */
    public Case with(Tensor... data) {
        List<Object> replaced = new ArrayList<>(arguments);
        for (int i = 0; i < data.length; i++) replaced.set(i, data[i]);
        return new Case(operator, soft, replaced);
    }

    /** The same call where a value by policy is a number. */
    public Case defined() {
        List<Object> defined = new ArrayList<>(arguments);
        defined.replaceAll(each -> each == EmptyList.NAN ? EmptyList.ZERO : each);
        return new Case(operator, soft, defined);
    }

    /** The data arguments. */
    public Tensor[] data() {
        Tensor[] data = new Tensor[operator.data().size()];
        for (int i = 0; i < data.length; i++) data[i] = (Tensor) arguments.get(i);
        return data;
    }

    /** The data arguments as variables. */
    public Tensor[] variables() {
        return Arrays.stream(data()).map(Tensor::variable).toArray(Tensor[]::new);
    }

    /** Evaluates. */
    public Tensor value() {
        return soft.call(operator, arguments.toArray());
    }

    /** The gradients of a weighted sum of the value: the weights keep the gradient of ranks from vanishing. */
    public double[][] gradients() {
        Tensor[] variables = variables();
        Tensor value = with(variables).value();
        Gradients gradients = value.backward(weights(value.size()));
        return Arrays.stream(variables).map(v -> gradients.of(v).data()).toArray(double[][]::new);
    }

    /** The weighted sum. */
    public double weightedSum() {
        double[] value = value().data();
        double[] weights = weights(value.length);
        double sum = 0;
        for (int i = 0; i < value.length; i++) sum += weights[i] * value[i];
        return sum;
    }

    /** Fixed weights in [-1, 1] without structure. */
    public static double[] weights(int n) {
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) weights[i] = Math.sin(1 + 7.3 * i * i);
        return weights;
    }

    @Override
    public String toString() {
        List<String> own = new ArrayList<>();
        for (int i = operator.data().size(); i < arguments.size(); i++) {
            Object value = arguments.get(i);
            own.add(operator.params().get(i).name() + "="
                    + (value instanceof double[] array ? Arrays.toString(array) : value));
        }
        return operator + " " + soft.mode() + " " + (soft.method() == null ? "" : soft.method()) + " s="
                + soft.softness() + (soft.standardize() ? "" : " raw") + (soft.gatedGrad() ? "" : " ungated")
                + own.stream().collect(Collectors.joining(" ", " ", ""));
    }
}
