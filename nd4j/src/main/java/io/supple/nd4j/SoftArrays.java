// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import io.supple.Comparison;
import io.supple.Elementwise;
import io.supple.Extremum;
import io.supple.Logic;
import io.supple.Losses;
import io.supple.Operator;
import io.supple.Ordering;
import io.supple.Param;
import io.supple.Quantile;
import io.supple.Ranking;
import io.supple.Safe;
import io.supple.Sampling;
import io.supple.Selection;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The operators over ND4J's arrays, under a choice of softening: the same typed methods as {@link Soft}, with the same axes.
 *
 * <pre>{@code
 * SoftArrays soft = SoftArrays.of(Soft.smooth(0.1));
 * try (INDArray ranks = soft.rank(scores, true, -1)) {      // lists along the last axis
 *     ...
 * }
 * }</pre>
 *
 * <p>Arrays may be of order 'c' or 'f', views, of any stride; they are read once and not changed. The result is a new array,
 * row-major and yours to close. It is computed in double, and is of the widest floating-point type among the data: DOUBLE
 * if there is none, as for arrays of whole numbers.
 *
 * @param choice the choice of softening
 */
public record SoftArrays(Soft choice)
        implements Elementwise<INDArray>,
                Comparison<INDArray>,
                Logic<INDArray>,
                Selection<INDArray>,
                Ordering<INDArray>,
                Extremum<INDArray>,
                Quantile<INDArray>,
                Safe<INDArray>,
                Sampling<INDArray>,
                Ranking<INDArray>,
                Losses<INDArray> {

    /** A choice of softening. */
    public static SoftArrays of(Soft choice) {
        return new SoftArrays(choice);
    }

    @Override
    public INDArray call(Operator operator, Object... arguments) {
        return Transfer.array(choice.call(operator, tensors(operator, arguments)), type(operator, arguments));
    }

    /** In one go, without arrays in between. */
    @Override
    public INDArray dynamicSlice(INDArray x, List<INDArray> softStarts, int... lengths) {
        List<Tensor> starts = softStarts.stream().map(Transfer::tensor).toList();
        List<INDArray> all = new ArrayList<>(softStarts);
        all.add(x);
        return Transfer.array(choice.dynamicSlice(Transfer.tensor(x), starts, lengths), widest(all));
    }

    /**
     * The value of an operator, and the way back to its data, {@link Operator#differentiable}. Compositions of several have
     * {@link Pullback#of}.
     *
     * @param arguments the operator's, in order
     */
    public Pullback pullback(Operator operator, Object... arguments) {
        Object[] tensors = tensors(operator, arguments);
        List<Tensor> variables = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        for (Param.Data data : operator.differentiable()) {
            int i = operator.params().indexOf(data);
            if (i >= tensors.length) continue; // refused by name in the call
            Object given = tensors[i] instanceof Number number ? Tensor.scalar(number.doubleValue()) : tensors[i];
            if (!(given instanceof Tensor tensor)) continue;
            tensors[i] = tensor.variable();
            variables.add((Tensor) tensors[i]);
            types.add(arguments[i] instanceof INDArray array ? widest(List.of(array)) : DataType.DOUBLE);
        }
        Tensor value = choice.call(operator, tensors);
        return new Pullback(value, type(operator, arguments), variables, types);
    }

    /** Arguments with arrays as tensors, and as numbers where the parameter is quantile levels. */
    private static Object[] tensors(Operator operator, Object... arguments) {
        Object[] tensors = arguments.clone();
        List<Param> params = operator.params();
        for (int i = 0; i < tensors.length && i < params.size(); i++) {
            if (!(arguments[i] instanceof INDArray array)) continue;
            Param param = params.get(i);
            Tensor tensor = Transfer.tensor(operator.name(), param.name(), array);
            if (param instanceof Param.Data) tensors[i] = tensor;
            else if (param instanceof Param.Level && tensor.rank() <= 1) {
                tensors[i] = tensor.rank() == 0 ? tensor.item() : tensor.data();
            }
        }
        return tensors;
    }

    private static DataType type(Operator operator, Object... arguments) {
        int data = Math.min(operator.data().size(), arguments.length);
        return widest(Arrays.asList(arguments).subList(0, data));
    }

    /** The widest floating-point type among arrays; DOUBLE where there is none. */
    static DataType widest(List<?> arguments) {
        DataType widest = null;
        for (Object argument : arguments) {
            if (!(argument instanceof INDArray array) || !array.dataType().isFPType()) continue;
            widest = widest == null ? array.dataType() : wider(widest, array.dataType());
        }
        return widest == null ? DataType.DOUBLE : widest;
    }

    private static DataType wider(DataType a, DataType b) {
        if (a == b) return a;
        return a == DataType.DOUBLE || b == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT; // HALF and BFLOAT16 too
    }
}
