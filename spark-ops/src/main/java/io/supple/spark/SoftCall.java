// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Operator;
import io.supple.Param;
import io.supple.Result;
import io.supple.Soft;
import io.supple.SoftRankingObjective;
import io.supple.tensor.Gradients;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Evaluates one call, row by row: set the arguments, {@link #run}, read the result. Not thread-safe; generated code
 * makes one for each of its instances.
 *
 * <p>The policy for NULL and NaN elements is here, in {@link DataReader} and in {@link Layout}, and nowhere else.
 */
public final class SoftCall {

    private final SoftPlan plan;
    private final String name;
    private final Operator operator;
    private final List<Param> params;
    private final Soft soft;
    private final Missing policy;
    private final DataReader reader;
    private final int dataCount;
    private final boolean[] differentiable; // for each data argument
    private final boolean lists; // of elements that are gathered, not place by place
    private final boolean points; // soft indices point at values
    private final boolean single;
    private final boolean nullsFirst;
    private final boolean vjp;
    private final NumberProgram program; // of calls on single numbers; null for others
    private final int[] given; // the function's parameters whose arguments vary
    private final boolean[] needed; // for each of them whether its NULL makes the result NULL
    private final int[] slots; // where each of the operator's parameters stands among the function's; -1: nowhere

    private final boolean[] isNull;
    private final double[] numbers;
    private final long[] longs;
    private final Object[] cells;

    private boolean resultNull;
    private double number; // the result of a program
    private Object result;

    SoftCall(SoftPlan plan) {
        this.plan = plan;
        name = plan.function().name();
        operator = plan.function().operator();
        params = plan.function().params();
        soft = plan.soft();
        policy = plan.missing();
        reader = new DataReader(plan);
        dataCount = operator.data().size();
        differentiable = new boolean[dataCount];
        for (int p = 0; p < dataCount; p++) {
            differentiable[p] =
                    operator.differentiable().contains(operator.data().get(p));
        }
        lists = operator.data().get(0).form().list();
        points = operator.data().stream()
                .anyMatch(data -> data.form() == Param.Form.INDEX || data.form() == Param.Form.INDICES);
        single =
                operator.result().single(plan.dataTypes().stream().anyMatch(SqlFunction::isList), plan.severalLevels());
        slots = operator.params().stream().mapToInt(params::indexOf).toArray();
        nullsFirst = !Boolean.TRUE.equals(constant("descending"));
        isNull = new boolean[params.size()];
        numbers = new double[params.size()];
        longs = new long[params.size()];
        cells = new Object[params.size()];
        vjp = plan.function().vjp();
        given = IntStream.range(0, params.size())
                .filter(p -> plan.type(p) != null)
                .toArray();
        needed = new boolean[given.length];
        for (int i = 0; i < given.length; i++) needed[i] = !SqlFunction.nullIsValue(params.get(given[i]));
        program = plan.newNumbers();
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

    /** The argument is a whole number, of which every bit counts. */
    public void setLong(int param, long value) {
        isNull[param] = false;
        longs[param] = value;
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
        else if (params.get(param) instanceof Param.Seed) setLong(param, ((Number) value).longValue());
        else setNumber(param, Cells.number(value));
    }

    // ---- result

    /** Whether the result is NULL. */
    public boolean isNull() {
        return resultNull;
    }

    /** A result of one number. */
    public double number() {
        return program == null ? (Double) result : number;
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
        if (resultNull) return null;
        return program == null || vjp ? result : (Object) number;
    }

    /**
     * Evaluates.
     *
     * @throws IllegalArgumentException naming the function, the parameter and what is allowed
     * @throws ArithmeticException naming the function, if an iteration did not converge
     */
    public void run() {
        if (program != null) {
            resultNull = argumentMissing();
            if (!resultNull) repeat();
            return;
        }
        try {
            result = plan.alwaysNull() || argumentMissing() ? null : evaluate();
        } catch (ArithmeticException | IllegalArgumentException refused) {
            throw named(refused);
        } catch (OutOfMemoryError full) {
            throw TaskMemory.exceeded(name, reader.present(), full);
        }
        resultNull = result == null;
    }

    /** What core says, in the function's name. */
    RuntimeException named(RuntimeException said) {
        String message = plan.function().said(said.getMessage());
        if (!(said instanceof ArithmeticException)) return new RefusedRow(message, said);
        // what did not converge
        ArithmeticException failed =
                new ArithmeticException(message + "; another method or a larger softness may have a result");
        failed.initCause(said);
        return failed;
    }

    // ---- rows that are computed elsewhere, many at once

    /**
     * Where the result of the row will stand whose arguments are set; null if it is NULL, or nothing is there to make it
     * of, so that the row is for {@link #run}.
     */
    Layout read() {
        try {
            boolean whole = !plan.alwaysNull() && !argumentMissing() && reader.read(numbers, cells);
            return whole && reader.present() > 0 ? layout() : null;
        } catch (IllegalArgumentException refused) {
            throw named(refused);
        }
    }

    /** The numbers of a data argument that {@link #read} found: a list's present ones, or one. */
    double[] numbers(int p) {
        return reader.numbers(p);
    }

    private boolean argumentMissing() {
        for (int i = 0; i < given.length; i++) {
            int p = given[i];
            if (isNull[p] && needed[i]) return true;
            boolean element = policy == Missing.IGNORE_NAN && p < dataCount && !SqlFunction.isList(plan.type(p));
            if (element && Double.isNaN(numbers[p])) return true;
        }
        return false;
    }

    /** The recorded computation, which has no lists and so no elements that could be missing. */
    private void repeat() {
        number = program.value(numbers);
        if (!vjp) return;
        double[] gradients = new double[dataCount];
        program.vjp(numbers, plan.type(dataCount) == null ? 1 : numbers[dataCount], gradients);
        List<Object> fields = new ArrayList<>(1 + dataCount);
        fields.add(number);
        for (int i = 0; i < dataCount; i++) if (differentiable[i]) fields.add(gradients[i]);
        result = new GenericInternalRow(fields.toArray());
    }

    private Object evaluate() {
        if (!reader.read(numbers, cells)) return null;
        Layout layout = layout();
        Tensor[] data = new Tensor[dataCount];
        for (int p = 0; p < dataCount; p++) {
            boolean variable = vjp && differentiable[p];
            data[p] = variable ? reader.tensor(p).variable() : reader.tensor(p);
        }
        if (plan.function().kind() == SqlFunction.Kind.OBJECTIVE) return objective(layout, data);
        return vjp ? withGradients(layout, data) : value(layout, data);
    }

    private Layout layout() {
        double never = soft.logProbs() ? Double.NEGATIVE_INFINITY : 0;
        return new Layout(
                operator.result(), single, nullsFirst, never, reader.missing(), reader.present(), reader.missingRows());
    }

    private Object value(Layout layout, Tensor[] data) {
        if (nothing(layout)) return layout.empty(levels());
        return present(layout, soft.callChecked(operator, arguments(data, layout.present())));
    }

    private Object objective(Layout layout, Tensor[] data) {
        SoftRankingObjective.Round round = soft.roundChecked(operator, arguments(data, layout.present()));
        return new GenericInternalRow(
                new Object[] {round.loss(), layout.gradient(round.gradient()), layout.gradient(round.hessian())});
    }

    /** Whether there is nothing to make the value of; what a product or a length of nothing is, core says. */
    private boolean nothing(Layout layout) {
        if (layout.noRows()) return true;
        if (!lists || layout.present() > 0) return false;
        return points || (!layout.number() && operator.result() != Result.LEVELS);
    }

    /** The value; what is asked of a list without present elements is NULL, unless the operator defines it. */
    private Object present(Layout layout, Tensor y) {
        Object value = layout.value(y.data());
        if (layout.present() > 0 || !lists) return value;
        if (value instanceof Double number) return number.isNaN() ? null : number;
        boolean[] undefined = new boolean[y.size()];
        for (int i = 0; i < undefined.length; i++) undefined[i] = Double.isNaN(y.data()[i]);
        return Cells.writeWithNulls(new double[undefined.length], 0, undefined);
    }

    private Object withGradients(Layout layout, Tensor[] data) {
        List<Object> fields = new ArrayList<>();
        Gradients gradients = null;
        if (nothing(layout)) {
            fields.add(layout.empty(levels()));
        } else {
            Tensor y = soft.callChecked(operator, arguments(data, layout.present()));
            fields.add(present(layout, y));
            gradients = y.backward(cotangent(layout, y.size()));
        }
        for (int i = 0; i < dataCount; i++) {
            if (!differentiable[i]) continue;
            double[] gradient = gradients == null
                    ? new double[data[i].size()]
                    : gradients.of(data[i]).data();
            fields.add(
                    switch (data[i].rank()) {
                        case 0 -> (Object) gradient[0];
                        case 1 -> layout.gradient(gradient);
                        default -> layout.gradientRows(gradient);
                    });
        }
        return new GenericInternalRow(fields.toArray());
    }

    /** The upstream gradient that is set, in the order of the operator's result of so many numbers. */
    double[] cotangent(Layout layout, int size) {
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
        if (isNull[p]) return null;
        if (params.get(p) instanceof Param.Seed) return longs[p];
        Object value = cells[p] instanceof ArrayData array
                ? Cells.numbers(array, Cells.element(plan.type(p)), true)
                : (Object) numbers[p];
        return params.get(p).check(name, value);
    }
}
