// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.TiedOrder;
import io.supple.order.Permutation;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metrics that look at the relevant elements one beside the other. Softly they are made of the soft places of those in the
 * whole list and of what the same method says of them as a list of their own, compared as in the whole list: keys are
 * standardised once.
 */
enum RelevantMetric {
    /** Mean over the relevant elements of their place among the relevant ones over their place. */
    AVERAGE_PRECISION {
        @Override
        double exact(TiedOrder order, Judged judged, int list) {
            double sum = order.precisions(relevant(judged, list), judged.k());
            return sum / Math.min(judged.found(list), judged.k());
        }

        @Override
        Tensor soft(Among among) {
            Tensor places = among.alone() ? among.ones() : SoftPlaces.of(among.order());
            return places.over(among.places)
                    .times(among.members)
                    .sumLast()
                    .times(1.0 / Math.min(among.m, among.judged.k()));
        }
    },
    /** The reciprocal of the place of the relevant element that is first of them. */
    MRR {
        @Override
        double exact(TiedOrder order, Judged judged, int list) {
            return order.reciprocalPlace(relevant(judged, list), judged.k());
        }

        @Override
        Tensor soft(Among among) {
            Tensor first = among.alone() ? among.ones() : among.order().memberships(1);
            return first.over(among.places).times(among.members).sumLast();
        }
    },
    /** The reciprocal of the place where a reader stops. */
    ERR {
        @Override
        double exact(TiedOrder order, Judged judged, int list) {
            return order.cascade(judged.stops(list), judged.k());
        }

        @Override
        Tensor soft(Among among) {
            int lists = among.lists.length;
            int m = among.m;
            double[] stop = new double[lists * m];
            double[] others = new double[lists * m * m]; // nobody stops at an element before it comes to itself
            for (int row = 0; row < lists; row++) {
                double[] stops = among.judged.stops(among.lists[row]);
                for (int i = 0; i < m; i++) {
                    stop[row * m + i] = stops[among.elements[row * m + i]];
                    for (int j = 0; j < m; j++) {
                        if (j != i) others[(row * m + i) * m + j] = stops[among.elements[row * m + j]];
                    }
                }
            }
            Tensor z = among.keys();
            Tensor before =
                    Elementwise.step(among.choice, z.reshape(lists, 1, m).minus(z.reshape(lists, m, 1)));
            Tensor reached = Tensor.of(new int[] {lists, m, m}, others)
                    .times(before)
                    .complement()
                    .productLast();
            return Tensor.of(new int[] {lists, m}, stop)
                    .over(among.places)
                    .times(among.members)
                    .times(reached)
                    .sumLast();
        }
    };

    /** The relevant elements of those lists that have m of them. */
    private static final class Among {
        private final Soft choice;
        private final Judged judged;
        private final int[] lists;
        private final int m;
        private final int[] elements; // (lists, m), in their lists
        private final Tensor places; // (lists, m), in the whole list
        private final Tensor members; // among the first k of the whole list

        Among(Soft choice, Judged judged, int[] lists, int m, Tensor places, Tensor members) {
            this.choice = choice;
            this.judged = judged;
            this.lists = lists;
            this.m = m;
            elements = new int[lists.length * m];
            int next = 0;
            for (int list : lists) {
                for (int i = 0; i < judged.n(); i++) if (judged.relevant(list, i)) elements[next++] = i;
            }
            this.places = of(places);
            this.members = members == null ? ones() : of(members);
        }

        /** Their part of something that the elements of all lists have. */
        private Tensor of(Tensor all) {
            int[] index = new int[elements.length];
            for (int e = 0; e < index.length; e++) index[e] = lists[e / m] * judged.n() + elements[e];
            return all.gather(new int[] {lists.length, m}, index);
        }

        Tensor keys() {
            return of(choice.keys(judged.rows(), SoftPlaces.METHOD));
        }

        Permutation order() {
            return choice.orderOfKeys(keys(), SoftPlaces.METHOD);
        }

        /** Whether there is one: it is the first and the only one, whatever a method says of a list of one. */
        boolean alone() {
            return m == 1;
        }

        Tensor ones() {
            double[] ones = new double[elements.length];
            Arrays.fill(ones, 1);
            return Tensor.of(new int[] {lists.length, m}, ones);
        }
    }

    abstract double exact(TiedOrder order, Judged judged, int list);

    /** (lists, m) to (lists). */
    abstract Tensor soft(Among among);

    private static boolean[] relevant(Judged judged, int list) {
        boolean[] relevant = new boolean[judged.n()];
        for (int i = 0; i < relevant.length; i++) relevant[i] = judged.relevant(list, i);
        return relevant;
    }

    /** The metric of the exact order, the mean over the orders of tied elements. */
    Tensor exact(Inputs in) {
        Judged judged = new Judged(in);
        int n = judged.n();
        double[] y = new double[judged.count()];
        for (int list = 0; list < y.length; list++) {
            if (judged.found(list) > 0) {
                y[list] = exact(new TiedOrder(judged.rows().data(), list * n, n), judged, list);
            }
        }
        return judged.result(Tensor.of(y));
    }

    /** The soft metric: lists with as many relevant elements are batches of their own. */
    Tensor soft(Soft choice, Inputs in) {
        Judged judged = new Judged(in);
        Map<Integer, List<Integer>> byFound = new TreeMap<>();
        for (int list = 0; list < judged.count(); list++) {
            byFound.computeIfAbsent(judged.found(list), m -> new ArrayList<>()).add(list);
        }
        List<Tensor> parts = new ArrayList<>(List.of(Tensor.of(0, Double.NaN))); // of lists without relevant elements
        int[] index = new int[judged.count()];
        for (int list = 0; list < index.length; list++) index[list] = judged.ordered(list) ? 0 : 1;
        int next = 2;
        byFound.remove(0);
        if (!byFound.isEmpty()) {
            Permutation order = choice.order(judged.rows(), SoftPlaces.METHOD);
            Tensor places = SoftPlaces.of(order);
            Tensor members = judged.k() < judged.n() ? order.memberships(judged.k()) : null;
            for (Map.Entry<Integer, List<Integer>> each : byFound.entrySet()) {
                int[] lists = each.getValue().stream().mapToInt(i -> i).toArray();
                parts.add(soft(new Among(choice, judged, lists, each.getKey(), places, members)));
                for (int list : lists) index[list] = next++;
            }
        }
        return judged.result(Tensor.concat(parts).gather(new int[] {index.length}, index));
    }
}
