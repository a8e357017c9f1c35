// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import io.supple.Method;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** Ranks, sorted values and memberships of one list against the softness, by every method. */
final class Orders {

    /** In ascending order, so that places and elements share their colours. */
    static final double[] SCORES = {-1.2, 0.2, 0.7, 1.5, 3.0};

    private static final int N = SCORES.length;
    private static final int POINTS = 481;
    private static final double[] SOFTNESSES = softnesses();
    private static final int WATCHED = 3;

    private Orders() {}

    static List<Sheet> sheets() {
        List<Sheet> sheets = new ArrayList<>();
        for (Method method : Method.values()) if (method.hasPlaces()) sheets.add(ranks(method));
        sheets.add(oneRank());
        sheets.add(grid("sort", "sort(x) of " + list(SCORES), places(), -1.2, 3, Soft::sort));
        sheets.add(
                grid("topk_mask", "topk_mask(x, 2) of " + list(SCORES), elements(), 0, 1, (s, x) -> s.topkMask(x, 2)));
        return sheets;
    }

    private static Sheet ranks(Method method) {
        String name = name(method);
        Curves ranks = new Curves("soft rank", "softness", "rank").yRange(1, 5).yTicks(60);
        Curves slopes = new Curves("derivative with respect to its own score", "softness", "d rank / d score");
        double[][] values = new double[N][POINTS];
        double[][] own = new double[N][POINTS];
        for (int p = 0; p < POINTS; p++) {
            Tensor x = Tensor.variable(SCORES.clone());
            Tensor rank = Soft.smooth(SOFTNESSES[p]).with(method).rank(x);
            for (int i = 0; i < N; i++) {
                values[i][p] = rank.data()[i];
                own[i][p] = ownSlope(rank, x, i);
            }
        }
        List<Ink> legend = elements();
        for (int i = 0; i < N; i++) {
            ranks.curve(legend.get(i), SOFTNESSES, values[i]);
            slopes.curve(legend.get(i), SOFTNESSES, own[i]);
        }
        return new Sheet("rank-" + name, "rank(x) of " + list(SCORES) + ", method " + name)
                .legend(legend)
                .row(400, ranks.logarithmic(), slopes.logarithmic());
    }

    /** The rank of one element by all methods. */
    private static Sheet oneRank() {
        Curves ranks = new Curves("soft rank", "softness", "rank");
        Curves slopes = new Curves("derivative with respect to its own score", "softness", "d rank / d score");
        List<Ink> legend = new ArrayList<>();
        for (Method method : Method.values()) {
            if (!method.hasPlaces()) continue;
            double[] value = new double[POINTS];
            double[] own = new double[POINTS];
            for (int p = 0; p < POINTS; p++) {
                Tensor x = Tensor.variable(SCORES.clone());
                Tensor rank = Soft.smooth(SOFTNESSES[p]).with(method).rank(x);
                value[p] = rank.data()[WATCHED];
                own[p] = ownSlope(rank, x, WATCHED);
            }
            Ink ink = Ink.of(method);
            legend.add(ink);
            ranks.curve(ink, SOFTNESSES, value);
            slopes.curve(ink, SOFTNESSES, own);
        }
        return new Sheet("rank-methods", "rank of " + SCORES[WATCHED] + " among " + list(SCORES) + ", all methods")
                .legend(legend)
                .row(400, ranks.logarithmic(), slopes.logarithmic());
    }

    /** One panel for each method that gives more than ranks. */
    private static Sheet grid(
            String name,
            String title,
            List<Ink> legend,
            double low,
            double high,
            BiFunction<Soft, Tensor, Tensor> operator) {
        List<Panel> panels = new ArrayList<>();
        for (Method method : Method.values()) {
            if (!method.hasPlaces()) continue;
            double[][] values = new double[N][POINTS];
            for (int p = 0; p < POINTS; p++) {
                Tensor y = operator.apply(Soft.smooth(SOFTNESSES[p]).with(method), Tensor.of(SCORES.clone()));
                for (int i = 0; i < N; i++) values[i][p] = y.data()[i];
            }
            Curves panel =
                    new Curves(name(method), "softness", name).logarithmic().yRange(low, high);
            for (int i = 0; i < N; i++) panel.curve(legend.get(i), SOFTNESSES, values[i]);
            panels.add(panel);
        }
        return new Sheet(name, title + ", all methods")
                .legend(legend)
                .row(320, panels.subList(0, 3).toArray(Panel[]::new))
                .row(320, panels.subList(3, 6).toArray(Panel[]::new));
    }

    static String name(Method method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    static String list(double[] scores) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < scores.length; i++) text.append(i == 0 ? "" : ", ").append(scores[i]);
        return text.append(')').toString();
    }

    /** The derivative of the i-th rank for the i-th score. */
    static double ownSlope(Tensor rank, Tensor x, int i) {
        double[] cotangent = new double[rank.size()];
        cotangent[i] = 1;
        return rank.backward(cotangent).of(x).data()[i];
    }

    private static List<Ink> elements() {
        List<Ink> inks = new ArrayList<>();
        for (int i = 0; i < N; i++) inks.add(Ink.score(i, "score " + SCORES[i]));
        return inks;
    }

    private static List<Ink> places() {
        List<Ink> inks = new ArrayList<>();
        for (int i = 0; i < N; i++) inks.add(Ink.score(i, "place " + (i + 1)));
        return inks;
    }

    private static double[] softnesses() {
        double[] s = new double[POINTS];
        for (int p = 0; p < POINTS; p++) s[p] = Math.pow(10, -3 + 4.0 * p / (POINTS - 1));
        return s;
    }
}
