// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

import io.supple.kernel.Smoothness;
import java.util.List;
import java.util.function.IntFunction;

/** What is computed of a row, in words that a device can act on without the JVM. */
public sealed interface RowKernel {

    /**
     * {@code argmax <x, p> - s R(p)} over the simplex: {@link io.supple.kernel.SimplexProjection} of {@code x / s}.
     *
     * @param c class of R
     * @param softness s
     */
    record Simplex(Smoothness c, double softness) implements RowKernel {}

    /**
     * Functions of single numbers in turn, place by place. Places are numbered: columns first, then constants, then the
     * results of the steps.
     *
     * @param columns how many columns there are
     * @param constants numbers of the program
     * @param steps in the order in which they are made
     * @param result the place of the result
     */
    record Places(int columns, List<Double> constants, List<Step> steps, int result) implements RowKernel {
        /** Takes lists that do not change. */
        public Places {
            constants = List.copyOf(constants);
            steps = List.copyOf(steps);
        }
    }

    /**
     * One step: a function of numbers at some places.
     *
     * @param code which function
     * @param c its class; null if it has none
     * @param numbers its parameters
     * @param arguments places
     */
    record Step(PlaceCode code, Smoothness c, List<Double> numbers, List<Integer> arguments) {
        /** Takes lists that do not change. */
        public Step {
            numbers = List.copyOf(numbers);
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * Something read of a soft order of the row.
     *
     * @param way how the order is made
     * @param c its class
     * @param softness s
     * @param standardize whether rows are standardised and squashed first
     * @param reads what is read of a row of n
     */
    record Ordered(Way way, Smoothness c, double softness, boolean standardize, IntFunction<OrderRead> reads)
            implements RowKernel {}

    /** How a soft order is made. */
    enum Way {
        /** {@link io.supple.kernel.SoftSort}. */
        SOFTSORT,
        /** {@link io.supple.kernel.NeuralSort}. */
        NEURALSORT,
        /** {@link io.supple.kernel.Permutahedron}. */
        PERMUTAHEDRON,
        /** {@link io.supple.kernel.BitonicNetwork}. */
        NETWORK,
        /** {@link io.supple.kernel.PairwiseRanks}, of which ranks alone are read. */
        COUNTS
    }
}
