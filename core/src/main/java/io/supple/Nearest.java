// SPDX-License-Identifier: Apache-2.0
package io.supple;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The name that a misspelt one was probably meant to be. */
public final class Nearest {

    /** Of so many letters one may be wrong: a suggestion that shares little with what was written leads astray. */
    private static final int LETTERS_FOR_ONE_ERROR = 3;

    /** From so many letters on a name is taken for the beginning of another. */
    private static final int BEGINNING = 3;

    private Nearest() {}

    /**
     * The candidate with the smallest edit distance, the first of several; none where more than a third of the name's letters
     * are wrong, or all of them. In short names one may be. Where none is near, the only one that begins with the name. Case
     * does not count.
     */
    public static Optional<String> to(String name, Collection<String> candidates) {
        String nearest = null;
        int most = Math.min(Math.max(1, name.length() / LETTERS_FOR_ONE_ERROR), name.length() - 1);
        int least = most + 1;
        for (String candidate : candidates) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest != null ? Optional.of(nearest) : begun(name, candidates);
    }

    private static Optional<String> begun(String name, Collection<String> candidates) {
        if (name.length() < BEGINNING) return Optional.empty();
        List<String> all = candidates.stream()
                .filter(candidate -> candidate.regionMatches(true, 0, name, 0, name.length()))
                .toList();
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** The end of a message: {@code ; did you mean 'name'?}, or nothing where no candidate is near. */
    public static String hint(String name, Collection<String> candidates) {
        return to(name, candidates)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
    }

    /**
     * The distance of optimal string alignment: how many insertions, deletions and substitutions of one character and swaps of
     * two neighbours it takes, where no part is changed twice.
     */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j < last.length; j++) last[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                row[j] = Math.min(last[j - 1] + (same ? 0 : 1), 1 + Math.min(last[j], row[j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
            }
            before = last;
            last = row;
        }
        return last[b.length()];
    }
}
