// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Whether the arguments of a call fit each other: an axis that the tensor has, shapes that broadcast. */
final class Fit {

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private Fit() {}

    /**
     * Checks checked arguments together.
     *
     * @throws IllegalArgumentException "operator: parameter must be ..., got ..."
     */
    static void check(Operator operator, Object[] values) {
        List<Param> params = operator.params();
        Tensor first = (Tensor) values[0];
        for (int i = 0; i < values.length; i++) {
            if (params.get(i) instanceof Param.Axis && values[i] != null) {
                int axis = (Integer) values[i];
                int rank = Math.max(first.rank(), 1); // a number is a list of one
                if (axis < -rank || axis >= rank) {
                    throw refuse(operator, "axis", "within [" + -rank + ", " + (rank - 1) + "] for rank " + rank, axis);
                }
            }
        }
        for (int i = 1; i < values.length; i++) {
            if (params.get(i) instanceof Param.Data data && data.form() == Param.Form.LABELS) {
                labels(operator, first, data, (Tensor) values[i]);
            }
        }
        if (operator.result().distribution() && first.rank() > 0) matrix(operator, params, values);
        if (operator.result() == Result.PLACEWISE) broadcast(operator, params, values);
    }

    /** One weight for each element in each row. */
    private static void matrix(Operator operator, List<Param> params, Object[] values) {
        Tensor x = (Tensor) values[0];
        long rows = operator.result().first() == Result.Axis.PLACE ? x.length(-1) : 1;
        for (int i = 1; i < values.length; i++) {
            if (params.get(i) instanceof Param.Count) rows = (Integer) values[i];
            if (values[i] instanceof double[] levels) rows = levels.length;
        }
        if (rows * x.size() > LONGEST_ARRAY) {
            String allowed =
                    "such that the weights of its elements in " + rows + " rows fit in an array of " + LONGEST_ARRAY;
            throw refuse(operator, params.get(0).name(), allowed, x.size() + " elements");
        }
    }

    /** One label for each element of the lists. */
    private static void labels(Operator operator, Tensor lists, Param.Data param, Tensor labels) {
        if (!Arrays.equals(lists.shape(), labels.shape())) {
            String shape = Arrays.toString(lists.shape());
            String allowed = "of the shape of " + operator.params().get(0).name() + ", " + shape;
            throw refuse(operator, param.name(), allowed, Arrays.toString(labels.shape()));
        }
        for (double label : labels.data()) {
            boolean fits = label >= 0 && label <= Double.MAX_VALUE;
            if (!fits) throw refuse(operator, param.name(), param.allowed(), label);
        }
    }

    private static void broadcast(Operator operator, List<Param> params, Object[] values) {
        int[] shape = ((Tensor) values[0]).shape();
        for (int i = 1; i < values.length && params.get(i) instanceof Param.Data; i++) {
            int[] next = ((Tensor) values[i]).shape();
            int[] common = new int[Math.max(shape.length, next.length)];
            for (int k = 1; k <= common.length; k++) {
                int a = k <= shape.length ? shape[shape.length - k] : 1;
                int b = k <= next.length ? next[next.length - k] : 1;
                if (a != b && a != 1 && b != 1) {
                    throw refuse(
                            operator,
                            params.get(i).name(),
                            "of a shape that agrees with " + Arrays.toString(shape)
                                    + " on every axis counted from the last, or has length 1 there",
                            Arrays.toString(next));
                }
                common[common.length - k] = a == 1 ? b : a;
            }
            shape = common;
        }
    }

    private static IllegalArgumentException refuse(Operator operator, String param, String allowed, Object got) {
        return new IllegalArgumentException(operator + ": " + param + " must be " + allowed + ", got " + got);
    }
}
