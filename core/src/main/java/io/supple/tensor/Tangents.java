// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.IdentityHashMap;
import java.util.List;

/**
 * The tangents of every tensor behind one result, when one variable moves along a direction; and what becomes of the
 * result's gradients on the way.
 *
 * <p>Forward over the record of a computation that was made for going backward: nothing is computed again.
 */
final class Tangents {

    private final List<Tensor> order;
    private final IdentityHashMap<Tensor, double[]> tangents = new IdentityHashMap<>();

    /** Moves {@code variable} along {@code direction} and everything up to {@code result} with it. */
    Tangents(Tensor result, Tensor variable, double[] direction) {
        order = Gradients.parentsFirst(result);
        tangents.put(variable, direction);
        for (Tensor tensor : order) {
            if (tensor.vjp() == null || tensor == variable) continue;
            double[][] in = inputs(tensor);
            if (in != null) tangents.put(tensor, tensor.vjp().jvp(in, tensor.size()));
        }
    }

    /** The tangent of a tensor; zeros if it does not move. */
    double[] of(Tensor tensor) {
        double[] tangent = tangents.get(tensor);
        return tangent == null ? new double[tensor.size()] : tangent;
    }

    /** Tangents of a tensor's inputs; null if none of them moves. */
    private double[][] inputs(Tensor tensor) {
        Tensor[] parents = tensor.parents();
        double[][] in = new double[parents.length][];
        boolean any = false;
        for (int k = 0; k < in.length; k++) {
            in[k] = tangents.get(parents[k]);
            any |= in[k] != null;
        }
        return any ? in : null;
    }

    /** The derivative along the direction of the gradient of {@code sum(cotangent * result)} for the variable. */
    double[] ofGradient(Tensor result, double[] cotangent, Tensor variable) {
        IdentityHashMap<Tensor, double[]> g = new IdentityHashMap<>();
        IdentityHashMap<Tensor, double[]> gDot = new IdentityHashMap<>();
        g.put(result, cotangent.clone());
        gDot.put(result, new double[cotangent.length]);
        for (int i = order.size() - 1; i >= 0; i--) {
            Tensor tensor = order.get(i);
            double[] gt = g.get(tensor);
            if (tensor.vjp() == null || gt == null) continue;
            double[][] in = inputs(tensor);
            double[] gtDot = gDot.get(tensor);
            add(g, tensor, tensor.vjp().apply(gt));
            // where no input moves the derivative is the same linear function everywhere
            add(
                    gDot,
                    tensor,
                    in == null ? tensor.vjp().apply(gtDot) : tensor.vjp().tangent(gt, gtDot, in));
        }
        double[] out = gDot.get(variable);
        return out == null ? new double[variable.size()] : out;
    }

    private static void add(IdentityHashMap<Tensor, double[]> to, Tensor tensor, double[][] parts) {
        for (int k = 0; k < parts.length; k++) {
            Tensor parent = tensor.parents()[k];
            if (!parent.tracked() || parts[k] == null) continue;
            double[] sum = to.computeIfAbsent(parent, t -> new double[t.size()]);
            for (int i = 0; i < sum.length; i++) sum[i] += parts[k][i];
        }
    }
}
