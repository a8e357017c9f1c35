// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.VectorUnit;
import io.supple.algebra.Algebras;
import io.supple.algebra.LinearAlgebra;
import io.supple.spark.algebra.BlasAlgebra;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who multiplies the features of blocks with the weights of a hidden layer: names of linear algebras in order of preference.
 * Each JVM takes the first that it has, and says once what it takes instead of what was asked for.
 */
final class Multiplier implements Serializable {

    static final String PLAIN = "plain";
    static final String BLAS = "blas";
    static final String ND4J = "nd4j";
    static final String AUTO = "auto";

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(SoftRanker.class);

    /** Features times units from which a library was faster than loops, by vectors and without; see docs/nd4j.md. */
    private static final long WORTH_BESIDE_VECTORS = 1 << 12;

    private static final long WORTH = 1 << 8;

    private static final Map<List<String>, LinearAlgebra> FOUND = new ConcurrentHashMap<>();

    private final List<String> names;

    private Multiplier(List<String> names) {
        this.names = names;
    }

    /** What a Param's value means for products of rows of d features with d x h weights; h is 0 without a hidden layer. */
    static Multiplier of(String asked, int d, int h) {
        return of(asked, d, h, VectorUnit.present());
    }

    /** The same where loops run in vectors, or not. */
    static Multiplier of(String asked, int d, int h, boolean vectors) {
        if (h == 0) return new Multiplier(List.of(PLAIN));
        return new Multiplier(
                switch (asked) {
                    case AUTO -> automatic((long) d * h, vectors);
                    case ND4J -> List.of(ND4J, BLAS);
                    default -> List.of(asked);
                });
    }

    /** Where BLAS is fast ND4J is hardly faster, and holds features twice. */
    private static List<String> automatic(long size, boolean vectors) {
        if (size < (vectors ? WORTH_BESIDE_VECTORS : WORTH)) return List.of(PLAIN);
        return BlasAlgebra.fast() ? List.of(BLAS) : List.of(ND4J, BLAS);
    }

    /** What this JVM takes. */
    LinearAlgebra here() {
        return FOUND.computeIfAbsent(names, Multiplier::find);
    }

    private static LinearAlgebra find(List<String> names) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Multiplier.class.getClassLoader() : context;
        Algebras.Choice choice = Algebras.first(loader, names.toArray(String[]::new));
        String name = choice.algebra().name();
        if (choice.instead() == null) LOG.info("linear algebra {}", name);
        else LOG.info("linear algebra {}: {}", name, choice.instead());
        return choice.algebra();
    }

    /** Whether blocks may hold memory of a library, to be given back at the end. */
    boolean holds() {
        return names.contains(ND4J);
    }
}
