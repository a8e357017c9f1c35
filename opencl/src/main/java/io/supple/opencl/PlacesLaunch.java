// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import com.sun.jna.Pointer;
import io.supple.device.RowKernel;
import io.supple.device.Rows;
import java.util.ArrayList;
import java.util.List;

/** Programs of functions of single numbers: rows do not matter, one lane for each number. */
final class PlacesLaunch implements OpenClSession.Launch {

    /** The registers of a program, and what a step has of them, as in the kernels. */
    private static final int MOST_PLACES = 64;

    private static final int MOST_ARGUMENTS = 3;
    private static final int STEP_INTS = 3 + MOST_ARGUMENTS;

    private final Queue queue;
    private final RowKernel.Places kernel;
    private final Rows rows;
    private final Tiles tiles;

    private PlacesLaunch(Queue queue, RowKernel.Places kernel, Rows rows) {
        this.queue = queue;
        this.kernel = kernel;
        this.rows = rows;
        tiles = new Tiles(rows, Integer.MAX_VALUE, queue.group());
    }

    static PlacesLaunch of(Queue queue, RowKernel.Places kernel, Rows rows) {
        int places =
                kernel.columns() + kernel.constants().size() + kernel.steps().size();
        boolean fits = places <= MOST_PLACES;
        for (RowKernel.Step step : kernel.steps()) fits &= step.arguments().size() <= MOST_ARGUMENTS;
        return fits ? new PlacesLaunch(queue, kernel, rows) : null;
    }

    @Override
    public Tiles tiles() {
        return tiles;
    }

    @Override
    public void forward(double[] results) {
        Pointer y = queue.doubles("y", rows.size());
        List<Object> arguments = arguments();
        arguments.add(y);
        queue.run("places_forward", groups(), arguments.toArray());
        queue.get(y, 0, results, rows.size());
    }

    @Override
    public void backward(double[] cotangents, double[][] gradients) {
        Pointer gx = queue.doubles("y", (long) rows.size() * kernel.columns());
        List<Object> arguments = arguments();
        arguments.add(queue.put("g", rows.size(), cotangents));
        arguments.add(gx);
        queue.run("places_backward", groups(), arguments.toArray());
        for (int j = 0; j < gradients.length; j++) queue.get(gx, j, gradients[j], rows.size());
    }

    private int groups() {
        return queue.groups(rows.size(), 1, Integer.MAX_VALUE);
    }

    private List<Object> arguments() {
        double[][] columns = new double[kernel.columns()][];
        for (int j = 0; j < columns.length; j++) columns[j] = rows.column(j);
        int[] program = new int[STEP_INTS * kernel.steps().size()];
        List<Double> numbers = new ArrayList<>(kernel.constants());
        int at = 0;
        for (RowKernel.Step step : kernel.steps()) {
            program[at] = KernelText.number(step.code());
            program[at + 1] = step.arguments().size();
            for (int j = 0; j < step.arguments().size(); j++) {
                program[at + 2 + j] = step.arguments().get(j);
            }
            program[at + STEP_INTS - 1] = numbers.size();
            if (step.c() != null) numbers.add((double) KernelText.number(step.c()));
            numbers.addAll(step.numbers());
            at += STEP_INTS;
        }
        double[] flat = numbers.stream().mapToDouble(k -> k).toArray();
        List<Object> arguments = new ArrayList<>();
        arguments.add(queue.put("x", rows.size(), columns));
        arguments.add(rows.size());
        arguments.add(kernel.columns());
        arguments.add(kernel.constants().size());
        arguments.add(kernel.steps().size());
        arguments.add(kernel.result());
        arguments.add(queue.put("program", program, program.length));
        arguments.add(queue.put("numbers", flat.length, flat));
        return arguments;
    }
}
