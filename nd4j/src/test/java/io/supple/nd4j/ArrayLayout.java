// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import io.supple.tensor.Tensor;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Ways in which the same numbers can lie in memory. */
enum ArrayLayout {
    /** Row-major, one number after the other. */
    ROWS {
        @Override
        INDArray of(INDArray plain) {
            return plain;
        }
    },
    /** Column-major. */
    COLUMNS {
        @Override
        INDArray of(INDArray plain) {
            return plain.dup('f');
        }
    },
    /** A view that begins in the middle of a larger array. */
    OFFSET {
        @Override
        INDArray of(INDArray plain) {
            return within(plain, 0, 1);
        }
    },
    /** A view of every second element of the last axis. */
    STRIDED {
        @Override
        INDArray of(INDArray plain) {
            return within(plain, plain.rank() - 1, 2);
        }
    },
    /** A view of a column-major array with its axes in the opposite order. */
    TURNED {
        @Override
        INDArray of(INDArray plain) {
            int[] axes = new int[plain.rank()];
            for (int i = 0; i < axes.length; i++) axes[i] = axes.length - 1 - i;
            return plain.rank() < 2 ? plain : plain.permute(axes).dup('c').permute(axes);
        }
    };

    abstract INDArray of(INDArray plain);

    /** An array with the numbers of a tensor. */
    static INDArray plain(Tensor tensor, DataType type) {
        if (type.isFPType()) return Transfer.array(tensor, type);
        try (INDArray doubles = Transfer.array(tensor, DataType.DOUBLE)) {
            return doubles.castTo(type);
        }
    }

    private static INDArray within(INDArray plain, int axis, int step) {
        if (plain.rank() == 0 || plain.isEmpty()) return plain;
        long[] shape = plain.shape().clone();
        shape[axis] = 3 + step * shape[axis];
        INDArray larger = Nd4j.valueArrayOf(shape, plain.dataType() == DataType.BOOL ? 1 : -77.0, plain.dataType());
        INDArrayIndex[] index = new INDArrayIndex[shape.length];
        Arrays.fill(index, NDArrayIndex.all());
        long n = plain.size(axis);
        index[axis] = NDArrayIndex.interval(2, step, 2 + step * (n - 1) + 1);
        INDArray view = larger.get(index);
        INDArray shaped = view.rank() == plain.rank() ? view : view.reshape(plain.shape());
        shaped.assign(plain);
        return shaped;
    }
}
