// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import io.supple.tensor.Tensor;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers from ND4J's arrays to tensors and back, each way by one bulk copy.
 *
 * <p>Arrays of any order and any stride, views among them, are read row-major: those that lie so in memory directly, others
 * through a copy that ND4J makes and that is closed again. Numbers are computed in double whatever the array holds.
 */
public final class Transfer {

    private static final int LONGEST = Integer.MAX_VALUE - 8;

    /** From here on a double does not hold every whole number. */
    private static final double WHOLE = 0x1p53;

    private Transfer() {}

    /**
     * The numbers of an array as a constant; the array is not kept.
     *
     * @throws IllegalArgumentException if it was closed, is compressed, is text, has more than 2^31 - 9 numbers, or whole
     *     numbers from 2^53 on, of which a double holds not all
     */
    public static Tensor tensor(INDArray array) {
        return tensor("Transfer", "array", array);
    }

    static Tensor tensor(String function, String name, INDArray array) {
        if (array == null) throw refuse(function, name, "an array", "null");
        if (array.wasClosed()) throw refuse(function, name, "open", "a closed array");
        DataType type = array.dataType();
        if (!type.isNumerical() && type != DataType.BOOL) {
            throw refuse(function, name, "an array of numbers or booleans", "one of " + type);
        }
        if (array.isEmpty()) return Tensor.of(emptyShape(array), new double[0]);
        if (array.length() > LONGEST) {
            throw refuse(function, name, "of at most " + LONGEST + " numbers", array.length() + ": give it in parts");
        }
        double[] values = type == DataType.FLOAT ? widened(array) : values(array);
        if (type == DataType.INT64 || type == DataType.UINT64) whole(function, name, type, values);
        return Tensor.of(shape(array), values);
    }

    /**
     * A new array, row-major and yours to close.
     *
     * @param type DOUBLE, FLOAT, HALF or BFLOAT16; numbers are rounded to it
     */
    public static INDArray array(Tensor tensor, DataType type) {
        if (!type.isFPType()) throw refuse("Transfer", "type", "DOUBLE, FLOAT, HALF or BFLOAT16", type);
        Backend.require();
        int[] lengths = tensor.shape();
        long[] shape = new long[lengths.length];
        for (int i = 0; i < shape.length; i++) shape[i] = lengths[i];
        double[] values = tensor.data();
        if (values.length == 0) return Nd4j.create(type, shape);
        long[] strides = strides(shape);
        if (type == DataType.DOUBLE) return Nd4j.create(values, shape, strides, 'c', type);
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) narrow[i] = (float) values[i];
        return Nd4j.create(narrow, shape, strides, 'c', type);
    }

    private static double[] values(INDArray array) {
        if (array.dataType() == DataType.DOUBLE) return rowMajor(array, Transfer::doubles);
        INDArray cast = array.castTo(DataType.DOUBLE);
        try {
            return rowMajor(cast, Transfer::doubles);
        } finally {
            cast.close();
        }
    }

    private static double[] widened(INDArray array) {
        float[] narrow = rowMajor(array, Transfer::floats);
        double[] values = new double[narrow.length];
        for (int i = 0; i < values.length; i++) values[i] = narrow[i];
        return values;
    }

    /** What is read from an array whose numbers lie one after the other. */
    private interface Reader<T> {
        T read(INDArray array);
    }

    private static <T> T rowMajor(INDArray array, Reader<T> reader) {
        boolean direct = Arrays.equals(array.stride(), strides(array.shape()));
        INDArray lying = direct ? array : array.dup('c');
        try {
            // for CUDA: what kernels still compute is waited for, and comes to the memory that pointers see
            Nd4j.getAffinityManager().ensureLocation(lying, AffinityManager.Location.HOST);
            return reader.read(lying);
        } finally {
            if (!direct) lying.close();
        }
    }

    private static double[] doubles(INDArray array) {
        double[] values = new double[(int) array.length()];
        read(array, new DoublePointer(array.data().pointer())).get(values);
        return values;
    }

    private static float[] floats(INDArray array) {
        float[] values = new float[(int) array.length()];
        read(array, new FloatPointer(array.data().pointer())).get(values);
        return values;
    }

    /** A pointer of its own, at the first number: the array's may be in use elsewhere. */
    private static <P extends Pointer> P read(INDArray array, P pointer) {
        pointer.position(pointer.position() + array.offset());
        return pointer;
    }

    private static void whole(String function, String name, DataType type, double... values) {
        for (double v : values) {
            if (Math.abs(v) >= WHOLE) {
                throw refuse(
                        function,
                        name,
                        "below 2^53 in size, since a double does not hold every whole number from there on",
                        type + " " + v);
            }
        }
    }

    private static int[] shape(INDArray array) {
        return Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
    }

    /** ND4J's empty array without a shape is a list of nothing: a tensor without axes is one number. */
    private static int[] emptyShape(INDArray array) {
        return array.rank() == 0 ? new int[] {0} : shape(array);
    }

    private static long[] strides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    private static IllegalArgumentException refuse(String function, String name, String allowed, Object got) {
        return new IllegalArgumentException(function + ": " + name + " must be " + allowed + ", got " + got);
    }
}
