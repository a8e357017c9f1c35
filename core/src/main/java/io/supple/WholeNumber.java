// SPDX-License-Identifier: Apache-2.0
package io.supple;

/** A parameter that is a whole number of at least some. */
public sealed interface WholeNumber extends Param permits Param.Count, Cutoff, Repeats {

    /** The smallest number that it may be. */
    int least();

    @Override
    default String allowed() {
        return "a whole number >= " + least();
    }

    @Override
    default String type() {
        return "INT";
    }

    /** An {@link Integer}; null where it may be left out and has no default. */
    @Override
    default Object check(String function, Object value) {
        if (value == null && !required() && byDefault() == null) return null;
        if (!(value instanceof Number number)) throw refuse(function, Param.quoted(value));
        double v = number.doubleValue();
        boolean whole = v == Math.rint(v) && Math.abs(v) <= Integer.MAX_VALUE;
        if (!whole || v < least()) throw refuse(function, whole ? (Object) number.intValue() : value);
        return number.intValue();
    }
}
