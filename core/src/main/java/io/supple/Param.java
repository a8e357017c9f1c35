// SPDX-License-Identifier: Apache-2.0
package io.supple;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One parameter of an operator: its name, what it means, its default, and which values it takes. Every surface (SQL,
 * stages, Python, documentation, error messages) reads it here.
 */
public sealed interface Param
        permits Param.Data, Param.Real, Param.Flag, Param.Seed, Param.Choice, Param.Level, Param.Axis, WholeNumber {

    /** Name as in softtorch, in snake_case. */
    String name();

    /** One sentence for help texts, without the name. */
    String doc();

    /** The value when none is given; null if one must be given. */
    Object byDefault();

    /** Whether a call must give it. */
    default boolean required() {
        return byDefault() == null;
    }

    /** What is allowed, to follow "must be". */
    String allowed();

    /** Type in SQL words. */
    String type();

    /** Whether the parameter exists only where tensors have several axes. */
    default boolean tensorOnly() {
        return false;
    }

    /** Whether the value may differ from list to list in SQL; otherwise it is a constant. */
    default boolean varies() {
        return false;
    }

    /**
     * The value in its canonical form.
     *
     * @param function name for the message
     * @throws IllegalArgumentException "function: name must be allowed, got value"
     */
    Object check(String function, Object value);

    /** The message of a refusal. */
    default IllegalArgumentException refuse(String function, Object got) {
        return new IllegalArgumentException(function + ": " + name() + " must be " + allowed() + ", got " + got);
    }

    /** The form of a tensor argument. */
    enum Form {
        /** A number or an array, place by place. */
        NUMBERS("a number or an array of numbers", "DOUBLE or ARRAY<DOUBLE>", false, false),
        /** The same with soft truth values. */
        TRUTHS("a soft truth value in [0, 1] or an array of them", "DOUBLE or ARRAY<DOUBLE>", false, true),
        /** One element of a list, where the list is made of rows. */
        NUMBER("a number, one for each row", "DOUBLE", false, false),
        /** The same with soft truth values. */
        TRUTH("a soft truth value in [0, 1] or a boolean, one for each row", "DOUBLE or BOOLEAN", false, true),
        /** A list. */
        LIST("an array of numbers", "ARRAY<DOUBLE>", true, false),
        /** A list of soft truth values. */
        TRUTH_LIST("an array of soft truth values in [0, 1]", "ARRAY<DOUBLE>", true, true),
        /** Labels that go with the elements of a list: no gradient flows to them. */
        LABELS("an array of numbers >= 0 and finite", "ARRAY<DOUBLE>", true, false),
        /** A soft index: a distribution over the elements of a list. */
        INDEX("a soft index, one weight for each element", "ARRAY<DOUBLE>", true, true),
        /** Several soft indices, one in each row. */
        INDICES("an array of soft indices, one weight for each element", "ARRAY<ARRAY<DOUBLE>>", true, true);

        private final String words;
        private final String type;
        private final boolean list;
        private final boolean truth;

        Form(String words, String type, boolean list, boolean truth) {
            this.words = words;
            this.type = type;
            this.list = list;
            this.truth = truth;
        }

        /** Whether a single number is refused. */
        public boolean list() {
            return list;
        }

        /** Whether the argument is an array of arrays. */
        public boolean nested() {
            return this == INDICES;
        }

        /** Whether values are soft truth values, so that booleans are welcome. */
        public boolean truth() {
            return truth;
        }
    }

    /** A tensor; gradients flow to it, unless it is {@link Form#LABELS}. */
    record Data(String name, String doc, Form form) implements Param {
        @Override
        public Object byDefault() {
            return null;
        }

        @Override
        public String allowed() {
            return form.words;
        }

        @Override
        public String type() {
            return form.type;
        }

        @Override
        public Object check(String function, Object value) {
            if (value == null) throw refuse(function, null);
            return value;
        }
    }

    /** A real number with a range; a default of null means that it need not be given. */
    record Real(String name, String doc, Double byDefault, Range range) implements Param {
        @Override
        public boolean required() {
            return false;
        }

        @Override
        public String allowed() {
            return range.words;
        }

        @Override
        public String type() {
            return "DOUBLE";
        }

        @Override
        public Object check(String function, Object value) {
            if (value == null && byDefault == null) return null;
            if (!(value instanceof Number number)) throw refuse(function, quoted(value));
            double v = number.doubleValue();
            if (!range.holds(v)) throw refuse(function, value);
            return v;
        }
    }

    /** Ranges of real parameters. */
    enum Range {
        POSITIVE("> 0 and finite", Double.MIN_VALUE, Double.MAX_VALUE),
        NOT_NEGATIVE(">= 0 and finite", 0, Double.MAX_VALUE),
        PROBABILITY("in (0, 1]", Double.MIN_VALUE, 1);

        private final String words;
        private final double least;
        private final double most;

        Range(String words, double least, double most) {
            this.words = words;
            this.least = least;
            this.most = most;
        }

        boolean holds(double v) {
            return v >= least && v <= most;
        }
    }

    /** A whole number of at least 1. */
    record Count(String name, String doc, Integer byDefault, boolean varies) implements WholeNumber {
        @Override
        public int least() {
            return 1;
        }
    }

    /** True or false. */
    record Flag(String name, String doc, Boolean byDefault, boolean tensorOnly) implements Param {
        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public String type() {
            return "BOOLEAN";
        }

        @Override
        public Object check(String function, Object value) {
            if (!(value instanceof Boolean)) throw refuse(function, quoted(value));
            return value;
        }
    }

    /** The seed of a random operator: a whole number of 64 bits. */
    record Seed(String name, String doc) implements Param {
        @Override
        public Object byDefault() {
            return null;
        }

        @Override
        public String allowed() {
            return "a whole number of 64 bits";
        }

        @Override
        public String type() {
            return "BIGINT";
        }

        @Override
        public boolean varies() {
            return true;
        }

        @Override
        public Object check(String function, Object value) {
            if (value instanceof Long || value instanceof Integer) return ((Number) value).longValue();
            boolean whole = value instanceof Double number
                    && number == Math.rint(number)
                    && Math.abs(number) <= 0x1p53; // beyond, a double does not hold every whole number
            if (!whole) throw refuse(function, quoted(value));
            return ((Number) value).longValue();
        }
    }

    /**
     * One of a few names, in any case.
     *
     * @param values the constants that are allowed
     * @param otherwise why the others of the enum are not; null if all are allowed
     */
    record Choice(String name, String doc, Enum<?> byDefault, List<Enum<?>> values, String otherwise) implements Param {

        /** Any constant of the default's enum. */
        public static Choice any(String name, String doc, Enum<?> byDefault) {
            return new Choice(
                    name,
                    doc,
                    byDefault,
                    List.<Enum<?>>of(byDefault.getDeclaringClass().getEnumConstants()),
                    null);
        }

        @Override
        public String allowed() {
            return "one of "
                    + values.stream().map(Choice::text).map(Param::quoted).collect(Collectors.joining(", "));
        }

        @Override
        public String type() {
            return "STRING";
        }

        @Override
        public Object check(String function, Object value) {
            for (Enum<?> constant : byDefault.getDeclaringClass().getEnumConstants()) {
                boolean meant = constant == value
                        || (value instanceof String name && text(constant).equalsIgnoreCase(name));
                if (meant && values.contains(constant)) return constant;
                if (meant)
                    throw new IllegalArgumentException(
                            refuse(function, quoted(value)).getMessage() + ": " + otherwise);
            }
            throw refuse(function, quoted(value));
        }

        /** The name of a choice as users write it. */
        public static String text(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Quantile levels: one number or an array of them.
     *
     * @param most what stands for the whole list: 1 for quantiles, 100 for percentiles
     */
    record Level(String name, String doc, int most) implements Param {
        @Override
        public Object byDefault() {
            return null;
        }

        @Override
        public String allowed() {
            return "in [0, " + most + "]";
        }

        @Override
        public String type() {
            return "DOUBLE or ARRAY<DOUBLE>";
        }

        @Override
        public boolean varies() {
            return true;
        }

        @Override
        public Object check(String function, Object value) {
            if (value instanceof Number number) {
                if (!holds(number.doubleValue())) throw refuse(function, value);
                return number.doubleValue();
            }
            if (!(value instanceof double[] levels)) throw refuse(function, quoted(value));
            for (double level : levels) if (!holds(level)) throw refuse(function, level);
            return levels;
        }

        private boolean holds(double q) {
            return q >= 0 && q <= most;
        }
    }

    /** The axis along which lists lie; null takes the whole tensor as one list. */
    record Axis(Integer byDefault) implements Param {
        @Override
        public String name() {
            return "axis";
        }

        @Override
        public String doc() {
            return "axis of the lists, negative from the end; null for the whole tensor as one list";
        }

        @Override
        public String allowed() {
            return "an axis of the tensor or null";
        }

        @Override
        public String type() {
            return "INT";
        }

        @Override
        public boolean required() {
            return false;
        }

        @Override
        public boolean tensorOnly() {
            return true;
        }

        @Override
        public Object check(String function, Object value) {
            if (value != null && !(value instanceof Integer)) throw refuse(function, quoted(value));
            return value;
        }
    }

    /** Text in quotes, anything else as it is. */
    static String quoted(Object value) {
        if (value instanceof Enum<?> choice) return quoted(Choice.text(choice));
        return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
    }
}
