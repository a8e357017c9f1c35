// SPDX-License-Identifier: Apache-2.0
package io.supple;

/**
 * What the axes of an operator's result stand for, given lists of n elements. Surfaces that know more about elements
 * than their values (that one is missing, say) need it to lay the result out.
 */
public enum Result {
    /** As the widest input, place by place. */
    PLACEWISE(Axis.NONE, false),
    /** One number for each list. */
    NUMBER(Axis.NONE, false),
    /** A distribution over the elements. */
    DISTRIBUTION(Axis.NONE, true),
    /** One number for each element. */
    ELEMENTS(Axis.ELEMENT, false),
    /** One number for each sorted place. */
    PLACES(Axis.PLACE, false),
    /** For each sorted place a distribution over the elements. */
    PLACES_BY_ELEMENTS(Axis.PLACE, true),
    /** One number for each of the first k places, or of k draws. */
    FIRST(Axis.FIRST, false),
    /** For each of the first k places, or of k draws, a distribution over the elements. */
    FIRST_BY_ELEMENTS(Axis.FIRST, true),
    /** One number for each quantile level; no axis for a single level. */
    LEVELS(Axis.LEVEL, false),
    /** For each quantile level a distribution over the elements. */
    LEVELS_BY_ELEMENTS(Axis.LEVEL, true),
    /** One number for each of the rows of a matrix argument. */
    ROWS(Axis.ROW, false),
    /** One number for each place of a window of a given length. */
    WINDOW(Axis.ROW, false);

    /** The meaning of the first axis of a result. */
    public enum Axis {
        NONE,
        ELEMENT,
        PLACE,
        FIRST,
        LEVEL,
        ROW
    }

    private final Axis first;
    private final boolean distribution;

    Result(Axis first, boolean distribution) {
        this.first = first;
        this.distribution = distribution;
    }

    /** The first axis, before that of a distribution. */
    public Axis first() {
        return first;
    }

    /**
     * Whether a result for one list has no axis but that of a distribution.
     *
     * @param lists whether any data argument is a list, for results that are as wide as their inputs
     * @param severalLevels whether quantile levels are several
     */
    public boolean single(boolean lists, boolean severalLevels) {
        if (this == PLACEWISE) return !lists;
        return first == Axis.NONE || (first == Axis.LEVEL && !severalLevels);
    }

    /** Whether it is of a list as a whole: nothing in it stands where an element of the list, or a row, stood. */
    public boolean summary() {
        return !distribution && this != PLACEWISE && first != Axis.ELEMENT && first != Axis.ROW;
    }

    /** Whether the last axis is a distribution over the elements. */
    public boolean distribution() {
        return distribution;
    }
}
