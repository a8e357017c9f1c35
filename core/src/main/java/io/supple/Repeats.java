// SPDX-License-Identifier: Apache-2.0
package io.supple;

/** How often something is done again: a whole number of at least 0; null leaves it to the method. */
public record Repeats(String name, String doc) implements Param {

    @Override
    public Object byDefault() {
        return null;
    }

    @Override
    public boolean required() {
        return false;
    }

    @Override
    public String allowed() {
        return "a whole number >= 0";
    }

    @Override
    public String type() {
        return "INT";
    }

    @Override
    public Object check(String function, Object value) {
        if (value == null) return null;
        if (!(value instanceof Number number)) throw refuse(function, Param.quoted(value));
        double v = number.doubleValue();
        boolean whole = v == Math.rint(v) && Math.abs(v) <= Integer.MAX_VALUE;
        if (!whole || v < 0) throw refuse(function, whole ? (Object) number.intValue() : value);
        return number.intValue();
    }
}
