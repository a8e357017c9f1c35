// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A computation on single numbers, recorded once from tensors and then repeated without them: for those who evaluate the
 * same function on millions of numbers, one at a time.
 *
 * <p>The record is the tape itself: {@link #record} runs the computation on variables and keeps what was done place by
 * place. Values and gradients are those of the tensors to the last bit. No objects are made when it runs. Not thread-safe.
 * Those who write code of their own find there what it is to do: {@link #inputs}, {@link #constants}, {@link #steps} and
 * {@link #result}, in the words of {@link #value} and {@link #vjp}.
 */
public final class PlaceProgram {

    /** Where the recorded and the repeated computation are compared before the record is believed. */
    private static final double[] PROBES = {0.3, -1.7, 0, 2.25, 1, -0.05, Double.NaN, Double.POSITIVE_INFINITY, 1e308};

    /** A computation to be recorded. */
    public interface Computation {
        /** The result for inputs of rank 0. */
        Tensor of(Tensor[] in);
    }

    private final int inputs;
    private final PlaceStep[] steps;
    private final double[] values; // inputs, constants, then one for each step
    private final double[] cotangents;
    private final double[][] at; // for each step of several arguments their values
    private final double[][] partials;
    private final int result;
    private final int first; // place of the first step's value

    private PlaceProgram(int inputs, double[] constants, List<PlaceStep> steps, int result) {
        this.inputs = inputs;
        this.steps = steps.toArray(PlaceStep[]::new);
        this.first = inputs + constants.length;
        this.result = result;
        values = new double[first + this.steps.length];
        System.arraycopy(constants, 0, values, inputs, constants.length);
        cotangents = new double[values.length];
        at = new double[this.steps.length][];
        partials = new double[this.steps.length][];
        for (int k = 0; k < this.steps.length; k++) {
            if (this.steps[k].several() == null) continue;
            at[k] = new double[this.steps[k].arguments()];
            partials[k] = new double[this.steps[k].arguments()];
        }
    }

    /**
     * Records a computation of some numbers.
     *
     * @param inputs how many numbers it takes
     * @param computation is run a few times, on numbers of our choice
     * @return null if it does more than functions of single numbers, so that it cannot be repeated without tensors
     */
    public static PlaceProgram record(int inputs, Computation computation) {
        PlaceProgram program = new Recording(inputs).of(computation);
        if (program == null) return null;
        for (int probe = 0; probe < PROBES.length; probe++) {
            double[] in = new double[inputs];
            for (int i = 0; i < inputs; i++) in[i] = PROBES[(probe + 2 * i) % PROBES.length];
            Tensor[] tensors = new Tensor[inputs];
            for (int i = 0; i < inputs; i++) tensors[i] = Tensor.scalar(in[i]);
            double expected = computation.of(tensors).item();
            if (Double.compare(program.value(in), expected) != 0) return null; // it chose its way by the numbers
        }
        return program;
    }

    /** How many numbers it takes: they are the first places. */
    public int inputs() {
        return inputs;
    }

    /** Its constants: the places after the inputs. */
    public double[] constants() {
        return Arrays.copyOfRange(values, inputs, first);
    }

    /** Its steps in the order in which they are made: the places after the constants. */
    public List<PlaceStep> steps() {
        return List.of(steps);
    }

    /** The place of the result. */
    public int result() {
        return result;
    }

    /** The value. */
    public double value(double[] in) {
        double[] v = values;
        System.arraycopy(in, 0, v, 0, inputs);
        for (int k = 0; k < steps.length; k++) {
            PlaceStep step = steps[k];
            v[first + k] = step.several() == null ? step.function().applyAsDouble(v[step.place(0)]) : several(step, k);
        }
        return v[result];
    }

    private double several(PlaceStep step, int k) {
        double[] in = at[k];
        for (int j = 0; j < in.length; j++) in[j] = values[step.place(j)];
        return step.several().value(in);
    }

    /** The gradients after {@link #value}, for a cotangent of the value; {@code gradients} is written. */
    public void vjp(double cotangent, double[] gradients) {
        double[] c = cotangents;
        Arrays.fill(c, 0);
        c[result] = cotangent;
        for (int k = steps.length - 1; k >= 0; k--) {
            PlaceStep step = steps[k];
            double g = c[first + k];
            if (step.several() == null) {
                // a slope of infinity where nothing flows must not make NaN
                c[step.place(0)] += g == 0 ? 0 : g * step.slope().applyAsDouble(values[step.place(0)]);
            } else {
                step.several().partials(at[k], partials[k]);
                for (int j = 0; j < step.arguments(); j++) c[step.place(j)] += g * partials[k][j];
            }
        }
        System.arraycopy(c, 0, gradients, 0, inputs);
    }

    /** The tape of one run as steps. */
    private static final class Recording {
        private final int inputs;
        private final IdentityHashMap<Tensor, Integer> places = new IdentityHashMap<>();
        private final List<Tensor> made = new ArrayList<>();
        private final List<Double> constants = new ArrayList<>();

        Recording(int inputs) {
            this.inputs = inputs;
        }

        PlaceProgram of(Computation computation) {
            Tensor[] variables = new Tensor[inputs];
            for (int i = 0; i < inputs; i++) {
                variables[i] = Tensor.scalar(PROBES[2 * i % PROBES.length]).variable();
                places.put(variables[i], i);
            }
            Tensor result = computation.of(variables);
            if (result.size() != 1) return null;
            for (Tensor tensor : Gradients.parentsFirst(result)) {
                if (places.containsKey(tensor)) continue;
                if (!result.tracked() || !readable(tensor)) return null;
            }
            if (!result.tracked()) return null; // a constant: nothing to gain
            List<PlaceStep> steps = new ArrayList<>();
            int first = inputs + constants.size();
            for (int k = 0; k < made.size(); k++) places.put(made.get(k), first + k);
            for (Tensor tensor : made) steps.add(step(tensor));
            double[] values = constants.stream().mapToDouble(c -> c).toArray();
            return new PlaceProgram(inputs, values, steps, place(result));
        }

        /** Whether a step can be repeated; gives its constants their places. */
        private boolean readable(Tensor tensor) {
            if (tensor.size() != 1) return false;
            for (Tensor parent : tensor.parents()) {
                if (parent.size() != 1) return false;
                if (!parent.tracked() && !places.containsKey(parent)) {
                    places.put(parent, inputs + constants.size());
                    constants.add(parent.item());
                }
            }
            boolean same =
                    tensor.vjp() instanceof Linear && tensor.data() == tensor.parents()[0].data(); // another shape
            if (!same && !(tensor.vjp() instanceof Mapped) && !(tensor.vjp() instanceof Broadcast)) return false;
            made.add(tensor);
            return true;
        }

        private PlaceStep step(Tensor tensor) {
            if (tensor.vjp() instanceof Broadcast several) {
                int[] args = new int[tensor.parents().length];
                for (int j = 0; j < args.length; j++) args[j] = place(tensor.parents()[j]);
                return new PlaceStep(args, several.function());
            }
            int from = place(tensor.parents()[0]);
            if (tensor.vjp() instanceof Mapped map) return new PlaceStep(from, map.function(), map.slope());
            return new PlaceStep(from, AffineStep.IDENTITY, v -> 1);
        }

        private int place(Tensor tensor) {
            return places.get(tensor);
        }
    }
}
