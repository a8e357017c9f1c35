// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.Case;
import io.supple.Cases;
import io.supple.Catalogue;
import io.supple.Operator;
import io.supple.Param;
import io.supple.Soft;
import io.supple.tensor.Gradients;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Whatever the operators say of tensors they say of arrays, to the bit, value or refusal, however the numbers lie. */
class SoftArraysContract implements NeedsBackend {

    static List<Operator> operators() {
        return Catalogue.operators();
    }

    private static final List<Case> ALL =
            Stream.concat(Cases.hard(), Cases.soft()).toList();

    private static List<Case> of(Operator operator) {
        return ALL.stream().filter(c -> c.operator() == operator).toList();
    }

    @Test
    void familiesAreThoseOfTensors() {
        assertThat(Set.of(SoftArrays.class.getInterfaces())).isEqualTo(Set.of(Soft.class.getInterfaces()));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void valuesAndGradients(Operator operator) {
        assertThat(of(operator)).isNotEmpty();
        for (Case c : of(operator)) {
            Object[] arrays = arrays(c, DataType.DOUBLE, ArrayLayout.ROWS);
            Tensor wanted = c.value();
            try (INDArray value = SoftArrays.of(c.soft()).call(operator, arrays)) {
                assertSame(c, value, wanted, DataType.DOUBLE);
            }
            if (c.soft().equals(Soft.HARD)) continue;
            assertGradients(c, arrays, wanted);
            close(arrays);
        }
    }

    private static void assertGradients(Case c, Object[] arrays, Tensor wanted) {
        double[][] gradients = c.gradients();
        Pullback pullback = SoftArrays.of(c.soft()).pullback(c.operator(), arrays);
        try (INDArray value = pullback.value()) {
            assertSame(c, value, wanted, DataType.DOUBLE);
        }
        Tensor weights = Tensor.of(wanted.shape(), Case.weights(wanted.size()));
        INDArray[] pulled;
        try (INDArray cotangent = Transfer.array(weights, DataType.DOUBLE)) {
            pulled = pullback.vjp(cotangent);
        }
        List<Param.Data> differentiable = c.operator().differentiable();
        assertThat(pulled).hasSize(differentiable.size());
        for (int k = 0; k < pulled.length; k++) {
            int input = c.operator().data().indexOf(differentiable.get(k));
            Tensor expected = Tensor.of(c.data()[input].shape(), gradients[input]);
            assertSame(c, pulled[k], expected, DataType.DOUBLE);
        }
        close((Object[]) pulled);
    }

    /** Lists in batches, along every axis, in every layout. */
    @ParameterizedTest
    @MethodSource("operators")
    void layouts(Operator operator) {
        for (Case c : batches(operator)) {
            for (ArrayLayout layout : ArrayLayout.values()) assertAgree(c, DataType.DOUBLE, layout);
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void types(Operator operator) {
        List<DataType> types = List.of(
                DataType.FLOAT,
                DataType.FLOAT16,
                DataType.BFLOAT16,
                DataType.INT32,
                DataType.INT64,
                DataType.UINT8,
                DataType.BOOL);
        for (Case c : batches(operator)) {
            for (DataType type : types) {
                for (ArrayLayout layout : List.of(ArrayLayout.ROWS, ArrayLayout.STRIDED)) assertAgree(c, type, layout);
            }
        }
    }

    /** Nothing, one number, and lists of one. */
    @ParameterizedTest
    @MethodSource("operators")
    void edges(Operator operator) {
        Case c = Cases.calls(operator).findFirst().orElseThrow();
        List<int[]> shapes = List.of(new int[] {0}, new int[] {3, 0}, new int[] {0, 3}, new int[0], new int[] {3, 1});
        for (int[] shape : shapes) {
            Tensor[] data = c.data();
            for (int i = 0; i < data.length; i++) data[i] = filled(shape, data[i]);
            for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
                assertAgree(c.with(data), type, ArrayLayout.ROWS);
            }
        }
    }

    @Test
    void anEmptyArrayWithoutShapeIsAListOfNothing() {
        try (INDArray sorted = SoftArrays.of(Soft.smooth(0.1)).sort(Nd4j.empty(DataType.FLOAT))) {
            assertThat(sorted.shape()).containsExactly(0);
            assertThat(sorted.dataType()).isEqualTo(DataType.FLOAT);
        }
    }

    /** The case on batches of three, along each axis. */
    private static List<Case> batches(Operator operator) {
        List<Case> batches = new ArrayList<>();
        for (Case c : List.of(
                Cases.calls(operator).findFirst().orElseThrow(),
                Cases.calls(operator).findFirst().orElseThrow().with(Soft.HARD))) {
            Tensor[] data = c.data();
            for (int i = 0; i < data.length; i++) {
                if (data[i].rank() == 1) data[i] = filled(new int[] {3, data[i].size()}, data[i]);
            }
            Case batch = c.with(data);
            batches.add(c);
            batches.add(batch);
            for (int i = 0; i < operator.params().size(); i++) {
                if (!(operator.params().get(i) instanceof Param.Axis)) continue;
                for (Integer axis : Arrays.asList(0, 1, -1, null)) {
                    List<Object> arguments = new ArrayList<>(batch.arguments());
                    arguments.set(i, axis);
                    batches.add(new Case(operator, batch.soft(), arguments));
                }
            }
        }
        return batches;
    }

    private static Tensor filled(int[] shape, Tensor from) {
        double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            int round = i / from.size();
            values[i] = from.data()[(i * 3 + round) % from.size()] * (1 - 0.11 * round);
        }
        return Tensor.of(shape, values);
    }

    /** Arrays of a type say what tensors of the same numbers say. */
    private static void assertAgree(Case c, DataType type, ArrayLayout layout) {
        Object[] arrays = arrays(c, type, layout);
        Tensor[] data = c.data();
        for (int i = 0; i < data.length; i++) data[i] = Transfer.tensor(((INDArray) arrays[i]).dup('c'));
        Case same = c.with(data);
        DataType wantedType = type.isFPType() ? type : DataType.DOUBLE;
        Tensor wanted;
        try {
            wanted = same.value();
        } catch (IllegalArgumentException refused) {
            assertThat(catching(c, arrays)).as("%s %s %s", c, type, layout).isEqualTo(refused.getMessage());
            return;
        }
        try (INDArray value = SoftArrays.of(c.soft()).call(c.operator(), arrays)) {
            assertSame(same, value, wanted, wantedType);
        }
        for (int i = 0; i < data.length; i++) {
            assertThat(Transfer.tensor((INDArray) arrays[i]).data())
                    .as("%s: data are not changed", c)
                    .isEqualTo(data[i].data());
        }
        if (c.soft().equals(Soft.HARD) || wanted.size() == 0) return;
        assertGradientTypes(same, arrays, wanted);
    }

    private static void assertGradientTypes(Case c, Object[] arrays, Tensor wanted) {
        Tensor[] variables = c.variables();
        double[] weights = Case.weights(wanted.size());
        Gradients gradients = c.with(variables).value().backward(weights);
        INDArray[] pulled;
        try (INDArray cotangent = Transfer.array(Tensor.of(wanted.shape(), weights), DataType.DOUBLE)) {
            pulled = SoftArrays.of(c.soft()).pullback(c.operator(), arrays).vjp(cotangent);
        }
        List<Param.Data> differentiable = c.operator().differentiable();
        for (int k = 0; k < pulled.length; k++) {
            int input = c.operator().data().indexOf(differentiable.get(k));
            DataType type = ((INDArray) arrays[input]).dataType();
            assertSame(c, pulled[k], gradients.of(variables[input]), type.isFPType() ? type : DataType.DOUBLE);
        }
        close((Object[]) pulled);
    }

    private static String catching(Case c, Object... arrays) {
        try (INDArray value = SoftArrays.of(c.soft()).call(c.operator(), arrays)) {
            return "no refusal but " + value;
        } catch (IllegalArgumentException refused) {
            return refused.getMessage();
        }
    }

    private static Object[] arrays(Case c, DataType type, ArrayLayout layout) {
        Object[] arrays = c.arguments().toArray();
        Tensor[] data = c.data();
        for (int i = 0; i < data.length; i++) arrays[i] = layout.of(ArrayLayout.plain(data[i], type));
        return arrays;
    }

    private static void assertSame(Case c, INDArray got, Tensor wanted, DataType type) {
        assertThat(got.dataType()).as(c.toString()).isEqualTo(type);
        assertThat(got.ordering()).isEqualTo('c');
        assertThat(got.shape())
                .as(c.toString())
                .isEqualTo(Arrays.stream(wanted.shape()).asLongStream().toArray());
        Tensor rounded = wanted;
        if (type != DataType.DOUBLE) {
            try (INDArray array = Transfer.array(wanted, type)) {
                rounded = Transfer.tensor(array);
            }
        }
        assertThat(Transfer.tensor(got).data()).as("%s %s", c, type).isEqualTo(rounded.data());
    }

    private static void close(Object... arrays) {
        for (Object each : arrays) if (each instanceof INDArray array && array.closeable()) array.close();
    }
}
