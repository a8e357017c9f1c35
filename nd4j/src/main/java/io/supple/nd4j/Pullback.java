// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import io.supple.tensor.Gradients;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The value of a function at arrays, and its vector-Jacobian products there, from one evaluation.
 *
 * <pre>{@code
 * Soft soft = Soft.smooth(0.1);
 * Pullback ranks = Pullback.of(x -> soft.rank(x, true, -1), scores);
 * try (INDArray gradient = ranks.vjp(cotangent)[0]) {      // of sum(cotangent * ranks)
 *     ...
 * }
 * }</pre>
 *
 * <p>It holds no native memory. Arrays that it returns are new, row-major and yours to close; a gradient has the shape and the
 * floating-point type of what it is the gradient for, DOUBLE for whole numbers.
 */
public final class Pullback {

    private final Tensor value;
    private final DataType type;
    private final List<Tensor> variables;
    private final List<DataType> types;

    Pullback(Tensor value, DataType type, List<Tensor> variables, List<DataType> types) {
        this.value = value;
        this.type = type;
        this.variables = variables;
        this.types = types;
    }

    /** Of a function of one array, composed of {@link io.supple.Soft} and {@link Tensor}: it is copied once. */
    public static Pullback of(UnaryOperator<Tensor> f, INDArray x) {
        return ofAll(all -> f.apply(all[0]), x);
    }

    /** Of a function of several arrays. */
    public static Pullback ofAll(Function<Tensor[], Tensor> f, INDArray... x) {
        List<Tensor> variables = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        for (INDArray each : x) {
            variables.add(Transfer.tensor("Pullback", "x", each).variable());
            types.add(SoftArrays.widest(List.of(each)));
        }
        Tensor value = f.apply(variables.toArray(Tensor[]::new));
        return new Pullback(value, SoftArrays.widest(Arrays.asList(x)), variables, types);
    }

    /** The value, of the widest floating-point type among the arrays. */
    public INDArray value() {
        return Transfer.array(value, type);
    }

    /**
     * Gradients of {@code sum(cotangent * value)} for each array in order.
     *
     * @param cotangent of the shape of the value
     */
    public INDArray[] vjp(INDArray cotangent) {
        Tensor g = Transfer.tensor("Pullback", "cotangent", cotangent);
        if (!Arrays.equals(g.shape(), value.shape())) {
            throw new IllegalArgumentException("Pullback: cotangent must be of the shape of the value, "
                    + Arrays.toString(value.shape()) + ", got " + Arrays.toString(g.shape()));
        }
        return arrays(value.backward(g.data()));
    }

    /** Gradients of a value that is one number. */
    public INDArray[] gradients() {
        if (value.size() != 1) {
            throw new IllegalArgumentException("Pullback: value must be one number, got shape "
                    + Arrays.toString(value.shape()) + ": give vjp a cotangent of that shape");
        }
        return arrays(value.backward());
    }

    private INDArray[] arrays(Gradients gradients) {
        INDArray[] arrays = new INDArray[variables.size()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = Transfer.array(gradients.of(variables.get(i)), types.get(i));
        }
        return arrays;
    }
}
