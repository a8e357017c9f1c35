// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.order.Permutation;
import io.supple.order.Permutations;
import io.supple.tensor.Lists;
import io.supple.tensor.Tensor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One operator, as data: its parameters, what it means exactly, and what it means softly. Declared once, beside its
 * typed method in the interface of its family; everything else is derived from this.
 *
 * <p>Operators are constants. They serialise as their name.
 */
public final class Operator implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient String meaning;
    private final transient List<Param> params;
    private final transient List<Param> relaxation;
    private final transient Result result;
    private final transient String unreferenced;
    private final transient String inexact;
    private final transient BiFunction<Soft, Inputs, Tensor> hard;
    private final transient BiFunction<Soft, Inputs, Tensor> soft;
    private final transient BiFunction<Soft, Inputs, SoftRankingObjective.Round> round;
    private final transient Ordered ordered;

    private Operator(Builder b) {
        name = b.name;
        meaning = b.meaning;
        params = List.copyOf(b.params);
        relaxation = List.copyOf(b.relaxation.params(b.method));
        result = b.result;
        unreferenced = b.unreferenced;
        inexact = b.inexact;
        hard = b.hard;
        soft = b.soft;
        ordered = b.ordered;
        round = b.round;
    }

    /** Name as in softtorch, in snake_case. */
    public String name() {
        return name;
    }

    /** What it computes, in one line. */
    public String meaning() {
        return meaning;
    }

    /** Its own parameters: data first, then the others. */
    public List<Param> params() {
        return params;
    }

    /** The parameters of its relaxation, in the order in which surfaces append them. */
    public List<Param> relaxation() {
        return relaxation;
    }

    /** Its tensor arguments, a prefix of {@link #params()}. */
    public List<Param.Data> data() {
        List<Param.Data> data = new ArrayList<>();
        for (Param param : params) if (param instanceof Param.Data d) data.add(d);
        return data;
    }

    /** Those that gradients flow to. */
    public List<Param.Data> differentiable() {
        return data().stream()
                .filter(param -> param.form() != Param.Form.LABELS)
                .toList();
    }

    /** The layout of its result. */
    public Result result() {
        return result;
    }

    /** Why the reference library has no values to compare with; null where it has. */
    public String unreferenced() {
        return unreferenced;
    }

    /** Whether it has an exact form, which its relaxation approaches as softness goes to 0. */
    public boolean exact() {
        return inexact == null;
    }

    /** Whether the value depends on a softness. */
    public boolean relaxes() {
        return !relaxation.isEmpty();
    }

    /** Whether it draws random numbers, reproducible by a seed. */
    public boolean random() {
        return params.stream().anyMatch(Param.Seed.class::isInstance);
    }

    /**
     * Whether its value is of one list in any order, so that a group of rows can be the list. A sorting network sees the
     * order nevertheless: who makes a list of a group sorts it.
     */
    public boolean aggregates() {
        return data().size() == 1 && data().get(0).form().list() && result.summary() && !random();
    }

    /** Whether it is a loss of lists of scores, which boosted trees can be grown by: {@link #round}. */
    public boolean boosts() {
        return round != null;
    }

    /** The gradients and second derivatives of a loss under a choice of softening. */
    SoftRankingObjective.Round round(Soft choice, Inputs in) {
        return round.apply(choice, in);
    }

    /** Refuses a choice of softening whose method the operator does not take. */
    void admit(Soft choice) {
        if (!exact()) {
            if (choice.mode() == Mode.HARD) throw refuse(Relaxation.MODE, "a soft one", Param.quoted(Mode.HARD));
            if (choice.straight()) throw refuse(Relaxation.STRAIGHT_THROUGH, "false", true);
        }
        if (choice.method() == null) return;
        for (Param param : relaxation) {
            if (param.name().equals(Relaxation.METHOD)) param.check(name, choice.method());
        }
    }

    private IllegalArgumentException refuse(String param, String allowed, Object got) {
        String message = name + ": " + param + " must be " + allowed + ", got " + got + ": " + inexact;
        return new IllegalArgumentException(message);
    }

    /** The exact meaning; of the choice only what does not soften is read. */
    Tensor hard(Soft choice, Inputs in) {
        if (!exact()) throw refuse(Relaxation.MODE, "a soft one", Param.quoted(Mode.HARD));
        return hard.apply(choice, in);
    }

    /** The relaxed meaning under a choice of softening whose mode is not HARD. */
    Tensor soft(Soft choice, Inputs in) {
        return soft.apply(choice, in);
    }

    /** What it reads of an order; null if it is not declared by that. */
    Ordered ordered() {
        return ordered;
    }

    /**
     * Arguments in the order of {@link #params()}; those left off at the end take their defaults; numbers may be tensors.
     *
     * @throws IllegalArgumentException naming operator, parameter, value and what is allowed
     */
    public Inputs bind(Object... given) {
        if (given.length > params.size()) {
            throw new IllegalArgumentException(
                    name + ": takes at most " + params.size() + " arguments, got " + given.length);
        }
        Object[] values = new Object[params.size()];
        for (int i = 0; i < values.length; i++) {
            Param param = params.get(i);
            Object value = i < given.length ? given[i] : param.byDefault();
            if (param instanceof Param.Data && value instanceof Number v) value = Tensor.scalar(v.doubleValue());
            values[i] = param.check(name, value);
        }
        return fitting(values);
    }

    /** Checked arguments, if they fit each other. */
    Inputs fitting(Object... values) {
        Fit.check(this, values);
        return new Inputs(this, values);
    }

    @Override
    public String toString() {
        return name;
    }

    private Object writeReplace() {
        return new Named(name);
    }

    private record Named(String name) implements Serializable {
        private Object readResolve() {
            return Catalogue.operator(name);
        }
    }

    /** Begins a declaration. */
    static Builder operator(String name, String meaning) {
        return new Builder(name, meaning);
    }

    /** What an ordering operator reads from the order of its lists. */
    interface Reading {
        Tensor read(Lists lists, Permutation order, Inputs in);
    }

    /** The lists that an operator orders, how without a method of the caller's, and what it reads. */
    record Ordered(Function<Inputs, Lists> lists, Method byDefault, Reading reading) {}

    /** A declaration in progress; parameters in the order in which callers give them. */
    static final class Builder {
        private final String name;
        private final String meaning;
        private final List<Param> params = new ArrayList<>();
        private Relaxation relaxation = Relaxation.NONE;
        private Method method = Method.NEURALSORT;
        private Result result = Result.PLACEWISE;
        private String unreferenced;
        private String inexact;
        private BiFunction<Soft, Inputs, Tensor> hard;
        private BiFunction<Soft, Inputs, Tensor> soft;
        private Ordered ordered;
        private BiFunction<Soft, Inputs, SoftRankingObjective.Round> round;

        private Builder(String name, String meaning) {
            this.name = name;
            this.meaning = meaning;
        }

        Builder numbers(String param, String doc) {
            return param(new Param.Data(param, doc, Param.Form.NUMBERS));
        }

        Builder truths(String param, String doc) {
            return param(new Param.Data(param, doc, Param.Form.TRUTHS));
        }

        Builder index(String param, String doc) {
            return param(new Param.Data(param, doc, Param.Form.INDEX));
        }

        Builder indices(String param, String doc) {
            return param(new Param.Data(param, doc, Param.Form.INDICES));
        }

        Builder seed() {
            return param(new Param.Seed("seed", "seed of the random numbers; the same seed draws the same"));
        }

        Builder list(String param, String doc) {
            return param(new Param.Data(param, doc, Param.Form.LIST));
        }

        Builder truthList(String param, String doc) {
            return param(new Param.Data(param, doc, Param.Form.TRUTH_LIST));
        }

        Builder labels(String param, String doc) {
            return param(new Param.Data(param, doc, Param.Form.LABELS));
        }

        Builder cutoff(String param, boolean required, String doc) {
            return param(new Cutoff(param, doc, required));
        }

        Builder real(String param, double byDefault, Param.Range range, String doc) {
            return param(new Param.Real(param, doc, byDefault, range));
        }

        Builder count(String param, int byDefault, String doc) {
            return param(new Param.Count(param, doc, byDefault, false));
        }

        Builder countPerList(String param, String doc) {
            return param(new Param.Count(param, doc, null, true));
        }

        Builder flag(String param, boolean byDefault, String doc) {
            return param(new Param.Flag(param, doc, byDefault, false));
        }

        Builder choice(String param, Enum<?> byDefault, String doc) {
            return param(Param.Choice.any(param, doc, byDefault));
        }

        Builder level(String param, int most, String doc) {
            return param(new Param.Level(param, doc, most));
        }

        /** Lists lie along the given axis by default; null: the whole tensor is one list. */
        Builder axis(Integer byDefault) {
            return param(new Param.Axis(byDefault));
        }

        Builder keepdim(boolean byDefault) {
            return param(new Param.Flag("keepdim", "keep the axis with length 1", byDefault, true));
        }

        Builder param(Param param) {
            params.add(param);
            return this;
        }

        Builder result(Result layout) {
            result = layout;
            return this;
        }

        /** The relaxation parameters it takes. */
        Builder relaxation(Relaxation taken) {
            relaxation = taken;
            return this;
        }

        /** An ordering operator's relaxation and its method by default. */
        Builder relaxation(Relaxation taken, Method byDefault) {
            relaxation = taken;
            method = byDefault;
            return this;
        }

        /** Says why there are no reference values for it. */
        Builder unreferenced(String reason) {
            unreferenced = reason;
            return this;
        }

        /** Says why there is no exact form. */
        Builder inexact(String reason) {
            inexact = reason;
            return this;
        }

        Builder round(BiFunction<Soft, Inputs, SoftRankingObjective.Round> gradients) {
            round = gradients;
            return this;
        }

        Builder hard(Function<Inputs, Tensor> exact) {
            hard = (choice, in) -> exact.apply(in);
            return this;
        }

        /** The exact meaning, which also reads what of the choice does not soften. */
        Builder hard(BiFunction<Soft, Inputs, Tensor> exact) {
            hard = exact;
            return this;
        }

        Operator soft(BiFunction<Soft, Inputs, Tensor> relaxed) {
            soft = relaxed;
            return new Operator(this);
        }

        /** One meaning for every mode. */
        Operator always(Function<Inputs, Tensor> same) {
            return hard(same).soft((choice, in) -> same.apply(in));
        }

        /** One reading of the order of the lists x, exact or soft. */
        Operator ordered(Reading reading) {
            return ordered("x", reading);
        }

        /** One reading of the order of lists, exact or soft. */
        Operator ordered(String list, Reading reading) {
            return ordered(in -> Lists.along(in.tensor(list), in.axis()), reading);
        }

        /** One reading of the order of lists that are made of the arguments, exact or soft. */
        Operator ordered(Function<Inputs, Lists> keys, Reading reading) {
            Method byDefault = method;
            Relaxation taken = relaxation;
            boolean values = taken == Relaxation.GATED_ORDER;
            boolean gated = values || taken == Relaxation.MATRIX_ORDER;
            boolean raw = taken == Relaxation.SAMPLE || taken == Relaxation.SAMPLED_VALUES;
            boolean index = taken == Relaxation.INDEX || taken == Relaxation.SAMPLE;
            ordered = raw || index ? null : new Ordered(keys, byDefault, reading);
            if (hard == null) {
                hard = (choice, in) -> {
                    Lists lists = keys.apply(in);
                    Permutation exact = Permutations.exact(lists.rows());
                    return reading.read(lists, index ? choice.indices(exact) : exact, in);
                };
            }
            return soft((given, in) -> {
                Soft choice = raw ? given.withStandardize(false) : given;
                Lists lists = keys.apply(in);
                Permutation order =
                        values ? choice.valueOrder(lists.rows(), byDefault) : choice.order(lists.rows(), byDefault);
                if (gated && !choice.gatedGrad()) order = order.detach();
                return reading.read(lists, index ? choice.indices(order) : order, in);
            });
        }
    }
}
