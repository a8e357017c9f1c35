// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Operator;
import io.supple.Param;
import io.supple.RowOperator;
import io.supple.device.RowFunction;
import io.supple.device.RowSession;
import io.supple.device.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/**
 * Rows of one call gathered for a device, and their results. Rows whose result is NULL or empty, or that have fewer
 * elements than the call asks for, do not go there: they are computed when they come.
 */
final class CallBatch {

    private static final int INITIAL = 1024;

    private final SoftCall call;
    private final RowFunction function;
    private final Operator operator;
    private final boolean vjp;
    private final boolean[] list; // for each data argument: a list, not one number for all of its elements
    private final int least;

    private final List<Layout> layouts = new ArrayList<>(); // of all rows; null where the result is known
    private final List<Object> known = new ArrayList<>(); // null where there is a layout
    private int rows; // that go to the device
    private int[] offsets = new int[INITIAL];
    private double[][] columns;
    private double[] cotangents = new double[INITIAL];
    private int upstream; // how many cotangents there are

    private int[] results; // where those of each row begin
    private double[] values;
    private double[][] gradients;
    private int next; // row of the device whose result is asked for next

    private CallBatch(SoftPlan plan, RowFunction function) {
        call = plan.newCall();
        this.function = function;
        operator = plan.function().operator();
        vjp = plan.function().vjp();
        list = new boolean[operator.data().size()];
        for (int p = 0; p < list.length; p++) list[p] = SqlFunction.isList(plan.type(p));
        columns = new double[list.length][INITIAL];
        int most = 0;
        for (Param param : operator.params()) {
            boolean count = param instanceof Param.Count && param.varies(); // k of a longer list only
            if (count)
                most = Math.max(
                        most, (Integer) plan.constant(plan.function().params().indexOf(param)));
        }
        least = most;
    }

    /** For the rows of a call; null if no device has a kernel for it, or it is not a call on lists. */
    static CallBatch of(SoftPlan plan) {
        RowFunction function = function(plan);
        return function == null ? null : new CallBatch(plan, function);
    }

    /** Whether devices may have a kernel for a call. */
    static boolean takes(SoftPlan plan) {
        return function(plan) != null;
    }

    private static RowFunction function(SoftPlan plan) {
        SqlFunction function = plan.function();
        if (function.kind() != SqlFunction.Kind.VALUE && function.kind() != SqlFunction.Kind.VJP) return null;
        Operator operator = function.operator();
        Object[] arguments = new Object[operator.params().size()];
        boolean lists = false;
        for (int i = 0; i < arguments.length; i++) {
            Param param = operator.params().get(i);
            if (param instanceof Param.Data data) {
                if (data.form().nested()) return null;
                lists |= SqlFunction.isList(plan.type(i));
            } else if (param.tensorOnly()) {
                arguments[i] = param.byDefault();
            } else {
                int slot = function.params().indexOf(param);
                if (plan.type(slot) != null) return null; // another function for each row
                arguments[i] = plan.constant(slot);
            }
        }
        if (!lists || plan.alwaysNull()) return null;
        RowFunction made = RowOperator.of(operator, plan.soft(), arguments);
        return made.kernel() == null ? null : made;
    }

    /** What the arguments of the next row are set in. */
    SoftCall call() {
        return call;
    }

    /** Takes the row whose arguments are set; returns how many numbers the batch holds then. */
    int add() {
        Layout layout = call.read();
        if (layout == null || layout.present() < least) {
            call.run();
            layouts.add(null);
            known.add(call.result());
            return offsets[rows];
        }
        int n = layout.present();
        int from = offsets[rows];
        int to = Math.addExact(from, n);
        if (rows + 2 > offsets.length) offsets = Arrays.copyOf(offsets, 2 * offsets.length);
        for (int p = 0; p < list.length; p++) {
            columns[p] = holding(columns[p], to);
            if (list[p]) System.arraycopy(call.numbers(p), 0, columns[p], from, n);
            else Arrays.fill(columns[p], from, to, call.numbers(p)[0]);
        }
        if (vjp) addCotangent(layout, n);
        offsets[++rows] = to;
        layouts.add(layout);
        known.add(null);
        return to;
    }

    private void addCotangent(Layout layout, int n) {
        double[] g;
        try {
            g = call.cotangent(layout, function.results(n));
        } catch (IllegalArgumentException refused) {
            throw call.named(refused);
        }
        cotangents = holding(cotangents, Math.addExact(upstream, g.length));
        System.arraycopy(g, 0, cotangents, upstream, g.length);
        upstream += g.length;
    }

    private static double[] holding(double[] numbers, int count) {
        return count <= numbers.length ? numbers : Arrays.copyOf(numbers, Math.max(count, 2 * numbers.length));
    }

    /** Computes all rows. */
    void compute(RowSession session) {
        next = 0;
        if (rows == 0) return;
        Rows batch = new Rows(Arrays.copyOf(offsets, rows + 1), columns);
        try {
            results = function.resultOffsets(batch);
            values = new double[results[rows]];
            session.forward(function, batch, values);
            if (!vjp) return;
            gradients = new double[columns.length][batch.size()];
            session.backward(function, batch, cotangents, gradients);
        } catch (ArithmeticException | IllegalArgumentException refused) { // of a row that the JVM computed
            throw call.named(refused);
        }
    }

    /** The result of a row as Spark keeps it; rows are asked for in turn. */
    Object result(int row) {
        Layout layout = layouts.get(row);
        if (layout == null) return known.get(row);
        int r = next++;
        Object value = layout.value(Arrays.copyOfRange(values, results[r], results[r + 1]));
        if (!vjp) return value;
        List<Object> fields = new ArrayList<>(1 + list.length);
        fields.add(value);
        for (int p = 0; p < list.length; p++) {
            if (!operator.differentiable().contains(operator.data().get(p))) continue;
            double[] gradient = Arrays.copyOfRange(gradients[p], offsets[r], offsets[r + 1]);
            fields.add(list[p] ? layout.gradient(gradient) : (Object) sum(gradient));
        }
        return new GenericInternalRow(fields.toArray());
    }

    /**
     * The gradient of a number, which stands for as many equal ones: added up as where the row is computed by itself, which
     * the sum of a stream is not.
     */
    private static double sum(double[] gradient) {
        double sum = 0;
        for (double g : gradient) sum += g;
        return sum;
    }

    /** Forgets all rows; arrays are kept for the next ones. */
    void clear() {
        layouts.clear();
        known.clear();
        rows = 0;
        upstream = 0;
        results = null;
        values = null;
        gradients = null;
    }
}
