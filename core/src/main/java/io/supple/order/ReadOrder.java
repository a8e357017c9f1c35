// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.device.OrderRead;
import io.supple.tensor.Tensor;
import java.util.Arrays;

/**
 * An order that orders nothing and notes what is read of it: how an operator is told to a device that orders by itself. It
 * gives 1, 2, 3, ... for what is read, by which it is seen whether that is the operator's result as it is.
 */
public final class ReadOrder implements Permutation {

    private final int n;
    private OrderRead read;
    private boolean unknown;

    /** Of one list of n. */
    public ReadOrder(int n) {
        this.n = n;
    }

    /** What was read to make a result; null if it was something else, or was not left as it is. */
    public OrderRead read(Tensor result) {
        if (unknown || read == null) return null;
        return Arrays.equals(result.data(), numbers(read.results()).data()) ? read : null;
    }

    private Tensor note(OrderRead what) {
        unknown |= read != null;
        read = what;
        return numbers(what.results());
    }

    private Tensor other(int... shape) {
        unknown = true;
        int size = 1;
        for (int length : shape) size *= length;
        return Tensor.of(shape, new double[size]);
    }

    private static Tensor numbers(int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) numbers[i] = i + 1;
        return Tensor.of(new int[] {1, count}, numbers);
    }

    @Override
    public Tensor values(Places places) {
        return note(OrderRead.first(places.count(), places.descending()));
    }

    @Override
    public Tensor quantiles(Levels levels) {
        return note(OrderRead.mixed(levels.places(), levels.weights()));
    }

    @Override
    public Tensor ranks(boolean descending) {
        return note(OrderRead.ranks(n, descending));
    }

    @Override
    public Tensor memberships(int k) {
        return other(1, n);
    }

    @Override
    public Tensor apply(Tensor payload, Places places) {
        return other(1, places.count());
    }

    @Override
    public Tensor matrix(Places places) {
        return other(1, places.count(), n);
    }

    @Override
    public Tensor quantileMatrix(Levels levels) {
        return other(1, levels.count(), n);
    }

    @Override
    public Permutation detach() {
        return this;
    }
}
