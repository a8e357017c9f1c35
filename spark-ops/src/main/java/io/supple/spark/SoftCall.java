// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Operator;
import io.supple.Param;
import io.supple.Result;
import io.supple.Soft;
import io.supple.tensor.Gradients;
import io.supple.tensor.Tensor;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;

/**
 * Evaluates one call, row by row: set the arguments, {@link #run}, read the result. Not thread-safe; generated code
 * makes one for each of its instances.
 *
 * <p>The policy for NULL and NaN elements is here and in {@link Layout}, and nowhere else.
 */
public final class SoftCall {

    private final SoftPlan plan;
    private final String name;
    private final Operator operator;
    private final List<Param> params;
    private final Soft soft;
    private final Missing policy;
    private final int dataCount;
    private final boolean single;
    private final boolean nullsFirst;
    private final int[] slots; // where each of the operator's parameters stands among the function's; -1: nowhere

    private final boolean[] isNull;
    private final double[] numbers;
    private final Object[] cells;

    private boolean resultNull;
    private Object result;

    SoftCall(SoftPlan plan) {
        this.plan = plan;
        name = plan.function().name();
        operator = plan.function().operator();
        params = plan.function().params();
        soft = plan.soft();
        policy = plan.missing();
        dataCount = operator.data().size();
        single =
                operator.result().single(plan.dataTypes().stream().anyMatch(SqlFunction::isList), plan.severalLevels());
        slots = operator.params().stream().mapToInt(params::indexOf).toArray();
        nullsFirst = !Boolean.TRUE.equals(constant("descending"));
        isNull = new boolean[params.size()];
        numbers = new double[params.size()];
        cells = new Object[params.size()];
    }

    private Object constant(String param) {
        for (int i = 0; i < params.size(); i++) if (params.get(i).name().equals(param)) return plan.constant(i);
        return null;
    }

    // ---- arguments

    /** The argument is NULL. */
    public void setNull(int param) {
        isNull[param] = true;
    }

    /** The argument is a number. */
    public void setNumber(int param, double value) {
        isNull[param] = false;
        numbers[param] = value;
    }

    /** The argument is an array. */
    public void setArray(int param, ArrayData value) {
        isNull[param] = false;
        cells[param] = value;
    }

    /** The argument is an ML vector. */
    public void setVector(int param, InternalRow value) {
        isNull[param] = false;
        cells[param] = value;
    }

    /** The argument as Spark evaluates it. */
    void set(int param, Object value) {
        if (value == null) setNull(param);
        else if (value instanceof ArrayData array) setArray(param, array);
        else if (value instanceof InternalRow row) setVector(param, row);
        else setNumber(param, Cells.number(value));
    }

    // ---- result

    /** Whether the result is NULL. */
    public boolean isNull() {
        return resultNull;
    }

    /** A result of one number. */
    public double number() {
        return (Double) result;
    }

    /** A result that is an array. */
    public ArrayData array() {
        return (ArrayData) result;
    }

    /** The result of a companion. */
    public InternalRow struct() {
        return (InternalRow) result;
    }

    Object result() {
        return resultNull ? null : result;
    }

    /** Evaluates. */
    public void run() {
        result = evaluate();
        resultNull = result == null;
    }

    private Object evaluate() {
        if (plan.alwaysNull()) return null;
        for (int p = 0; p < params.size(); p++) {
            if (plan.type(p) == null) continue;
            if (isNull[p]) return null;
            boolean number = p < dataCount && !SqlFunction.isList(plan.type(p));
            if (number && policy == Missing.IGNORE_NAN && Double.isNaN(numbers[p])) return null;
        }
        double[][] lists = new double[dataCount][];
        boolean[] missing = readLists(lists);
        if (missing == null) return null;
        Layout layout = new Layout(operator.result(), single, nullsFirst, missing);
        Tensor[] data = new Tensor[dataCount];
        for (int i = 0; i < dataCount; i++) {
            Tensor tensor = lists[i] == null
                    ? Tensor.scalar(numbers[i])
                    : Tensor.of(
                            layout.present() == missing.length
                                    ? lists[i]
                                    : Cells.compact(lists[i], missing, layout.present()));
            data[i] = plan.function().vjp() ? tensor.variable() : tensor;
        }
        return plan.function().vjp() ? withGradients(layout, data, missing) : value(layout, data);
    }

    /** Reads array arguments; returns which elements are missing, or null if that makes the result NULL. */
    private boolean[] readLists(double[][] lists) {
        int n = -1;
        int first = -1;
        boolean[] missing = new boolean[0];
        for (int p = 0; p < dataCount; p++) {
            DataType type = plan.type(p);
            if (!SqlFunction.isList(type)) continue;
            boolean vector = Cells.isVector(type);
            ArrayData array = vector ? null : (ArrayData) cells[p];
            double[] dense = vector ? Cells.vector((InternalRow) cells[p]) : null;
            int length = vector ? dense.length : array.numElements();
            if (n < 0) {
                n = length;
                first = p;
                missing = new boolean[n];
            } else if (length != n) {
                throw new IllegalArgumentException(name + ": " + params.get(p).name()
                        + " must be an array of the length of "
                        + params.get(first).name() + ", " + n + ", got an array of "
                        + length);
            }
            int nulls = vector ? 0 : Cells.nulls(array, missing);
            lists[p] = vector ? dense : Cells.numbers(array, Cells.element(type), nulls > 0);
            if (nulls > 0 && policy == Missing.NULL) return null;
            if (nulls > 0 && policy == Missing.ERROR) {
                throw new IllegalArgumentException(name + ": " + params.get(p).name()
                        + " must have no NULL elements (missing => 'error'), got " + nulls + " of " + n);
            }
            if (policy == Missing.IGNORE_NAN) {
                for (int i = 0; i < n; i++) missing[i] |= Double.isNaN(lists[p][i]);
            }
        }
        return missing;
    }

    private Object value(Layout layout, Tensor[] data) {
        if (emptyLayout(layout)) return layout.empty(levels());
        Tensor y = soft.call(operator, arguments(data, layout.present()));
        return present(layout, y);
    }

    /** Whether nothing is present and the result is laid out by elements, places or the like. */
    private boolean emptyLayout(Layout layout) {
        return operator.data().get(0).form().list()
                && layout.present() == 0
                && !layout.number()
                && !(operator.result() == Result.LEVELS);
    }

    /** The value; what is asked of a list without present elements is NULL, unless the operator defines it. */
    private Object present(Layout layout, Tensor y) {
        Object value = layout.value(y.data());
        if (layout.present() > 0 || !operator.data().get(0).form().list()) return value;
        if (value instanceof Double number) return number.isNaN() ? null : number;
        boolean[] undefined = new boolean[y.size()];
        for (int i = 0; i < undefined.length; i++) undefined[i] = Double.isNaN(y.data()[i]);
        return Cells.writeWithNulls(new double[undefined.length], 0, undefined);
    }

    private Object withGradients(Layout layout, Tensor[] data, boolean[] missing) {
        Object[] fields = new Object[1 + dataCount];
        Gradients gradients = null;
        if (emptyLayout(layout)) {
            fields[0] = layout.empty(levels());
        } else {
            Tensor y = soft.call(operator, arguments(data, layout.present()));
            fields[0] = present(layout, y);
            gradients = y.backward(cotangent(layout, y.size()));
        }
        for (int i = 0; i < dataCount; i++) {
            double[] gradient = gradients == null
                    ? new double[data[i].size()]
                    : gradients.of(data[i]).data();
            fields[1 + i] = data[i].rank() == 0
                    ? (Object) gradient[0]
                    : layout.present() == missing.length
                            ? Cells.write(gradient)
                            : Cells.writeWithNulls(gradient, 0, missing);
        }
        return new GenericInternalRow(fields);
    }

    private double[] cotangent(Layout layout, int size) {
        int p = dataCount;
        if (layout.number()) return new double[] {plan.type(p) == null ? 1 : numbers[p]};
        return layout.cotangent(name, (ArrayData) cells[p], plan.type(p), size);
    }

    /** The operator's arguments: data, then the others, those of tensors with several axes by default. */
    private Object[] arguments(Tensor[] data, int present) {
        List<Param> own = operator.params();
        Object[] arguments = new Object[own.size()];
        for (int i = 0; i < arguments.length; i++) {
            Param param = own.get(i);
            if (i < dataCount) arguments[i] = data[i];
            else if (param.tensorOnly()) arguments[i] = param.byDefault();
            else arguments[i] = argument(slots[i]);
            // k: more than there are takes all there are, as slice does
            if (param instanceof Param.Count && param.varies()) {
                arguments[i] = Math.min((Integer) arguments[i], present);
            }
        }
        return arguments;
    }

    private int levels() {
        for (int p = 0; p < params.size(); p++) {
            if (params.get(p) instanceof Param.Level) return argument(p) instanceof double[] q ? q.length : 1;
        }
        return 0;
    }

    private Object argument(int p) {
        if (plan.type(p) == null) return plan.constant(p);
        Object value = cells[p] instanceof ArrayData array
                ? Cells.numbers(array, Cells.element(plan.type(p)), true)
                : (Object) numbers[p];
        return params.get(p).check(name, value);
    }
}
