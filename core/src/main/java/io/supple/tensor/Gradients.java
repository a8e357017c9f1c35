// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The cotangents of every tracked tensor behind one result; made by {@link Tensor#backward()}.
 *
 * <p>Reverse accumulation over the record of the computation, each node once, in an order made without recursion: deep
 * computations do not overflow the stack.
 */
public final class Gradients {

    private final IdentityHashMap<Tensor, double[]> cotangents = new IdentityHashMap<>();

    private Gradients() {}

    static Gradients of(Tensor result, double[] cotangent) {
        Gradients gradients = new Gradients();
        gradients.add(result, cotangent);
        List<Tensor> order = parentsFirst(result);
        for (int i = order.size() - 1; i >= 0; i--) gradients.push(order.get(i));
        return gradients;
    }

    /** The gradient for a tensor, of its shape; zeros if the result does not depend on it. */
    public Tensor of(Tensor tensor) {
        double[] cotangent = cotangents.get(tensor);
        return Tensor.of(tensor.shape(), cotangent == null ? new double[tensor.size()] : cotangent.clone());
    }

    private void push(Tensor tensor) {
        if (tensor.vjp() == null) return;
        double[] cotangent = cotangents.get(tensor);
        if (cotangent == null) return;
        double[][] toParents = tensor.vjp().apply(cotangent);
        for (int k = 0; k < toParents.length; k++) {
            Tensor parent = tensor.parents()[k];
            if (parent.tracked() && toParents[k] != null) add(parent, toParents[k]);
        }
    }

    private void add(Tensor tensor, double[] cotangent) {
        double[] sum = cotangents.computeIfAbsent(tensor, t -> new double[t.size()]);
        for (int i = 0; i < sum.length; i++) sum[i] += cotangent[i];
    }

    static List<Tensor> parentsFirst(Tensor root) {
        List<Tensor> order = new ArrayList<>();
        IdentityHashMap<Tensor, Boolean> placed = new IdentityHashMap<>(); // false: entered, true: in order
        ArrayDeque<Tensor> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            Tensor tensor = stack.peek();
            if (placed.putIfAbsent(tensor, false) == null && tensor.parents() != null) {
                for (Tensor parent : tensor.parents()) {
                    if (parent.tracked() && !placed.containsKey(parent)) stack.push(parent);
                }
            } else {
                stack.pop();
                if (Boolean.FALSE.equals(placed.put(tensor, true))) order.add(tensor);
            }
        }
        return order;
    }
}
