// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.function.DoubleUnaryOperator;

/** One step of a {@link PlaceProgram}: a number computed from others, by a function of one or of several. */
public final class PlaceStep {

    private final int[] places;
    private final DoubleUnaryOperator function;
    private final DoubleUnaryOperator slope;
    private final Pointwise several;

    PlaceStep(int place, DoubleUnaryOperator function, DoubleUnaryOperator slope) {
        this(new int[] {place}, function, slope, null);
    }

    PlaceStep(int[] places, Pointwise several) {
        this(places, null, null, several);
    }

    private PlaceStep(int[] places, DoubleUnaryOperator function, DoubleUnaryOperator slope, Pointwise several) {
        this.places = places;
        this.function = function;
        this.slope = slope;
        this.several = several;
    }

    /** How many numbers it takes. */
    public int arguments() {
        return places.length;
    }

    /** The place of an argument: inputs come first, then constants, then the results of the steps in turn. */
    public int place(int argument) {
        return places[argument];
    }

    /** The function of one number; null if it is one of several. */
    public DoubleUnaryOperator function() {
        return function;
    }

    /** The derivative of the function of one number; it is not taken where the cotangent is 0. */
    public DoubleUnaryOperator slope() {
        return slope;
    }

    /** The function of several numbers; null if it is one of a single number. */
    public Pointwise several() {
        return several;
    }
}
