// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.device.OrderRead;
import io.supple.device.PlaceFunction;
import io.supple.device.RowFunction;
import io.supple.device.RowKernel;
import io.supple.order.ReadOrder;
import io.supple.tensor.Gradients;
import io.supple.tensor.Lists;
import io.supple.tensor.PlaceProgram;
import io.supple.tensor.PlaceStep;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An operator of the catalogue under a choice of softening as a function of rows: what {@link Soft#call} gives for each row
 * as a tensor of rank 1, flat. What a device is told of it follows from its declaration: the steps of a function of single
 * numbers, or what it reads of an order.
 */
public final class RowOperator implements RowFunction {

    private final Operator operator;
    private final Soft soft;
    private final Object[] arguments; // null where a column comes
    private final int[] columns; // which of them
    private final RowKernel kernel;
    private final Map<Integer, OrderRead> reads = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> results = new ConcurrentHashMap<>();

    private RowOperator(Operator operator, Soft soft, Object[] arguments, int[] columns) {
        this.operator = operator;
        this.soft = soft;
        this.arguments = arguments;
        this.columns = columns;
        this.kernel = described();
    }

    /**
     * An operator on rows.
     *
     * @param arguments in the order of {@link Operator#params()}; data that is null comes from the columns, in this order,
     *     and all data does if no argument is given for it; those left off at the end take their defaults
     */
    public static RowOperator of(Operator operator, Soft soft, Object... arguments) {
        operator.admit(soft);
        List<Param> params = operator.params();
        if (arguments.length > params.size()) {
            throw new IllegalArgumentException(
                    operator.name() + ": takes at most " + params.size() + " arguments, got " + arguments.length);
        }
        Object[] values = new Object[params.size()];
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Param param = params.get(i);
            Object given = i < arguments.length ? arguments[i] : param.byDefault();
            if (param instanceof Param.Data) {
                if (given == null) columns.add(i);
                else values[i] = given instanceof Number number ? Tensor.scalar(number.doubleValue()) : given;
            } else {
                values[i] = param.check(operator.name(), given);
            }
        }
        return new RowOperator(
                operator, soft, values, columns.stream().mapToInt(i -> i).toArray());
    }

    @Override
    public int columns() {
        return columns.length;
    }

    @Override
    public int results(int n) {
        OrderRead read = kernel instanceof RowKernel.Ordered && n > 0 ? read(n) : null;
        if (read != null) return read.results();
        return kernel instanceof RowKernel.Places
                ? n
                : results.computeIfAbsent(
                        n, length -> call(new double[columns.length][length]).size());
    }

    @Override
    public void value(double[][] row, double[] y) {
        Tensor value = call(row);
        System.arraycopy(value.data(), 0, y, 0, value.size());
    }

    @Override
    public void vjp(double[][] row, double[] cotangent, double[][] gradients) {
        Object[] values = arguments.clone();
        Tensor[] variables = new Tensor[columns.length];
        for (int j = 0; j < columns.length; j++) {
            variables[j] = Tensor.variable(row[j]);
            values[columns[j]] = variables[j];
        }
        Gradients all = soft.callChecked(operator, values).backward(cotangent);
        for (int j = 0; j < columns.length; j++) {
            double[] gradient = all.of(variables[j]).data();
            System.arraycopy(gradient, 0, gradients[j], 0, gradient.length);
        }
    }

    private Tensor call(double[][] row) {
        Tensor[] in = new Tensor[row.length];
        for (int j = 0; j < in.length; j++) in[j] = Tensor.of(row[j]);
        return call(in);
    }

    private Tensor call(Tensor[] in) {
        Object[] values = arguments.clone();
        for (int j = 0; j < columns.length; j++) values[columns[j]] = in[j];
        return soft.callChecked(operator, values);
    }

    @Override
    public RowKernel kernel() {
        return kernel;
    }

    private RowKernel described() {
        if (soft.mode() == Mode.HARD || soft.straight() || soft.logProbs() || !operator.relaxes()) return null;
        if (operator.ordered() != null) return orderKernel();
        if (columns.length == 0 || operator.data().stream().anyMatch(d -> d.form() != Param.Form.NUMBERS)) return null;
        PlaceProgram program = PlaceProgram.record(columns.length, this::call);
        return program == null ? null : placeKernel(program);
    }

    // ---- functions of single numbers

    private static RowKernel placeKernel(PlaceProgram program) {
        List<RowKernel.Step> steps = new ArrayList<>();
        for (PlaceStep step : program.steps()) {
            Object function = step.several() == null ? step.function() : step.several();
            if (!(function instanceof PlaceFunction known)) return null;
            List<Integer> places = new ArrayList<>();
            for (int k = 0; k < step.arguments(); k++) places.add(step.place(k));
            steps.add(new RowKernel.Step(known.code(), known.smoothness(), known.numbers(), places));
        }
        List<Double> constants = new ArrayList<>();
        for (double constant : program.constants()) constants.add(constant);
        return new RowKernel.Places(program.inputs(), constants, steps, program.result());
    }

    // ---- orders

    private RowKernel orderKernel() {
        Method method = soft.method() == null ? operator.ordered().byDefault() : soft.method();
        if (columns.length != 1 || !soft.gatedGrad()) return null;
        RowKernel.Way way = switch (method) {
            case SOFTSORT -> RowKernel.Way.SOFTSORT;
            case NEURALSORT -> RowKernel.Way.NEURALSORT;
            case FAST_SOFT_SORT -> RowKernel.Way.PERMUTAHEDRON;
            case SORTING_NETWORK -> RowKernel.Way.NETWORK;
            case PAIRWISE -> RowKernel.Way.COUNTS;
            case OT, SMOOTH_SORT -> null;
        };
        if (way == null || !readsAsItIs()) return null;
        return new RowKernel.Ordered(way, soft.mode().smoothness(), soft.softness(), soft.standardize(), this::read);
    }

    /** Whether what it reads of an order of its argument is its result: asked of lists long enough for any argument. */
    private boolean readsAsItIs() {
        for (int n = 1; n <= 1 << 20; n <<= 4) {
            try {
                return noted(n) != null;
            } catch (IllegalArgumentException e) {
                // such as more places than the list has: a longer one
            }
        }
        return false;
    }

    private OrderRead read(int n) {
        return reads.computeIfAbsent(n, this::noted);
    }

    private OrderRead noted(int n) {
        Tensor list = Tensor.of(new double[n]);
        Object[] values = arguments.clone();
        values[columns[0]] = list;
        Inputs in = operator.fitting(values);
        Lists lists = operator.ordered().lists().apply(in);
        if (lists.rows().data() != list.data()) return null;
        ReadOrder order = new ReadOrder(n);
        return order.read(operator.ordered().reading().read(lists, order, in));
    }
}
