// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every operator under every choice of softening, with arguments made from its parameters alone. */
public final class Cases {

    /** Without ties, structure or even spacing: on evenly spaced values many kinks coincide. */
    private static final double[] LIST = {0.8137, -0.1171, 1.2911, -0.8353, 0.2917, 0.5381, -1.7713};

    private static final double[] OTHER = {-0.3127, 0.4513, 1.1029, -0.9177, 0.2131, 1.6353, -1.1719};
    private static final double[] TRUTHS = {0.8137, 0.1171, 0.9211, 0.0353, 0.2917, 0.5381, 0.7713};
    private static final double[] OTHER_TRUTHS = {0.3127, 0.4513, 0.1029, 0.9177, 0.2131, 0.6353, 0.1719};

    private static final double[] INDEX = {0.1137, 0.2171, 0.0211, 0.3053, 0.0917, 0.1381, 0.113};

    private static final double[] LABELS = {1, 2, 0, 0, 1.5, 0, 1}; // the largest of LIST is not relevant

    private Cases() {}

    /** Every soft choice that an operator takes, at one softness. */
    public static List<Soft> choices(Operator operator, double softness) {
        List<Soft> choices = new ArrayList<>();
        Soft smooth = Soft.smooth(softness);
        if (!operator.relaxes()) return List.of(smooth);
        for (Mode mode : Mode.values()) {
            if (!modes(operator).contains(mode)) continue;
            if (!orders(operator)) {
                choices.add(smooth.with(mode));
                if (takes(operator, Relaxation.STANDARDIZE))
                    choices.add(smooth.with(mode).withStandardize(false));
            } else {
                boolean pnorm = mode == Mode.C1_PNORM || mode == Mode.C2_PNORM;
                for (Method method : methods(operator)) {
                    // the step, in which they differ from C1 and C2, is in NeuralSort's distances, the network and
                    // ranks by pairs
                    if (pnorm
                            && method != Method.NEURALSORT
                            && method != Method.SORTING_NETWORK
                            && method != Method.PAIRWISE) continue;
                    if (!method.existsIn(mode)) continue;
                    choices.add(smooth.with(mode).with(method));
                    if (takes(operator, Relaxation.STANDARDIZE)) {
                        choices.add(smooth.with(mode).with(method).withStandardize(false));
                    }
                }
            }
        }
        return choices;
    }

    /** Whether an operator takes a relaxation parameter. */
    public static boolean takes(Operator operator, String param) {
        return operator.relaxation().stream().anyMatch(p -> p.name().equals(param));
    }

    /** The soft modes it takes; smooth where it takes none. */
    private static List<Mode> modes(Operator operator) {
        for (Param param : operator.relaxation()) {
            if (!param.name().equals(Relaxation.MODE)) continue;
            return ((Param.Choice) param)
                    .values().stream()
                            .map(Mode.class::cast)
                            .filter(mode -> mode != Mode.HARD)
                            .toList();
        }
        return List.of(Mode.SMOOTH);
    }

    /** Whether it reads an order of lists. */
    public static boolean orders(Operator operator) {
        return takes(operator, Relaxation.METHOD);
    }

    /** Whether gradients flow to a data argument. */
    public static boolean differentiable(Operator operator, int argument) {
        return operator.differentiable().contains(operator.data().get(argument));
    }

    /** The methods it takes. */
    public static List<Method> methods(Operator operator) {
        for (Param param : operator.relaxation()) {
            if (!param.name().equals(Relaxation.METHOD)) continue;
            return ((Param.Choice) param)
                    .values().stream().map(Method.class::cast).toList();
        }
        return List.of();
    }

    /** Whether the matrix of the case's order is read; not so for values of methods that give them without one. */
    public static boolean byMatrix(Case c) {
        Method method = c.soft().method();
        return orders(c.operator()) && method != null && method.hasMatrix() && method != Method.SORTING_NETWORK;
    }

    /** Every operator, argument variation and soft choice. */
    public static Stream<Case> soft() {
        return Catalogue.operators().stream()
                .flatMap(o -> choices(o, 0.37).stream().flatMap(c -> calls(o).map(call -> call.with(c))));
    }

    /** Every operator and argument variation, exactly. */
    public static Stream<Case> hard() {
        return Catalogue.operators().stream()
                .filter(Operator::exact)
                .flatMap(Cases::calls)
                .map(c -> c.with(Soft.HARD));
    }

    /** An operator with its defaults, and with each other value of each of its own parameters. */
    public static Stream<Case> calls(Operator operator) {
        List<Object> base = new ArrayList<>();
        for (Param param : operator.params()) base.add(values(param).get(0));
        Stream.Builder<Case> calls = Stream.builder();
        calls.add(new Case(operator, Soft.smooth(0.1), base));
        for (int i = 0; i < base.size(); i++) {
            List<Object> values = values(operator.params().get(i));
            for (Object value : values.subList(1, values.size())) {
                List<Object> varied = new ArrayList<>(base);
                varied.set(i, value);
                calls.add(new Case(operator, Soft.smooth(0.1), varied));
            }
        }
        return calls.build();
    }

    /** Values of a parameter, the default or usual one first. */
    public static List<Object> values(Param param) {
        if (param instanceof Param.Data data) return List.of(data(data));
        if (param instanceof Param.Real real) return List.of(real.byDefault(), 0.013);
        if (param instanceof Param.Count count) return List.of(count.byDefault() == null ? 3 : count.byDefault(), 2);
        if (param instanceof Cutoff cutoff) return cutoff.required() ? List.of(3, 2) : Arrays.asList(null, 2);
        if (param instanceof Repeats) return Arrays.asList(null, 0, 3);
        if (param instanceof Param.Flag flag) return List.of(flag.byDefault(), !flag.byDefault());
        if (param instanceof Param.Seed) return List.of(20130308L, -1L);
        if (param instanceof Param.Level level) {
            double most = level.most();
            return List.of(0.37 * most, 0.0, most, new double[] {0.9 * most, 0.25 * most});
        }
        if (param instanceof Param.Choice choice) {
            List<Object> values = new ArrayList<>(List.of(choice.byDefault()));
            for (Object constant : choice.values()) {
                if (constant != choice.byDefault()) values.add(constant);
            }
            return values;
        }
        return Arrays.asList(((Param.Axis) param).byDefault(), 0);
    }

    private static Tensor data(Param.Data data) {
        if (data.form() == Param.Form.INDICES) {
            double[] rows = new double[3 * INDEX.length];
            for (int i = 0; i < rows.length; i++) rows[i] = INDEX[(3 * i + i / INDEX.length) % INDEX.length];
            return Tensor.of(new int[] {3, INDEX.length}, rows);
        }
        if (data.form() == Param.Form.LABELS) return Tensor.of(LABELS.clone());
        if (data.form() == Param.Form.INDEX) return Tensor.of(INDEX.clone());
        return switch (data.name()) {
            case "p" -> Tensor.of(TRUTHS.clone());
            case "keys", "choices" -> Tensor.of(OTHER.clone());
            case "a" -> Tensor.scalar(-0.6171);
            case "b" -> Tensor.scalar(0.9113);
            case "y" -> Tensor.of((data.form().truth() ? OTHER_TRUTHS : OTHER).clone());
            default -> Tensor.of((data.form().truth() ? TRUTHS : LIST).clone());
        };
    }
}
