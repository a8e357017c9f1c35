// SPDX-License-Identifier: Apache-2.0
package io.supple.algebra;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The linear algebras that there are. */
public final class Algebras {

    /** What is chosen for a request, and why it is not what was asked for; null if it is. */
    public record Choice(LinearAlgebra algebra, String instead) {}

    private static final LinearAlgebra PLAIN = new PlainAlgebra();

    private Algebras() {}

    /** Those on the class path, usable or not; plain Java first. */
    public static List<LinearAlgebra> all() {
        return all(Algebras.class.getClassLoader());
    }

    /** Those that a class loader sees. */
    public static List<LinearAlgebra> all(ClassLoader loader) {
        List<LinearAlgebra> all = new ArrayList<>(List.of(PLAIN));
        Iterator<LinearAlgebra> services =
                ServiceLoader.load(LinearAlgebra.class, loader).iterator();
        while (true) {
            try {
                if (!services.hasNext()) return all;
                all.add(services.next());
            } catch (ServiceConfigurationError | LinkageError broken) {
                // of another version, or half of it absent: as if it were not there
            }
        }
    }

    /**
     * The first of some names that is there and can be used, else plain Java.
     *
     * @param names in order of preference
     */
    public static Choice first(ClassLoader loader, String... names) {
        List<LinearAlgebra> all = all(loader);
        StringBuilder why = new StringBuilder();
        for (String name : names) {
            LinearAlgebra named = named(all, name);
            String missing = named == null ? notThere(name) : named.missing();
            if (missing == null) return new Choice(named, why.isEmpty() ? null : why.toString());
            why.append(why.isEmpty() ? "" : "; ").append(missing);
        }
        return new Choice(PLAIN, why.isEmpty() ? null : why.toString());
    }

    private static LinearAlgebra named(List<LinearAlgebra> all, String name) {
        for (LinearAlgebra each : all) if (each.name().equals(name)) return each;
        return null;
    }

    private static String notThere(String name) {
        return "linear algebra '" + name + "' must be on the class path, got none: add the artifact that has it ("
                + (name.equals("nd4j") ? "io.supple:supple-nd4j and an ND4J backend" : "io.supple:supple-spark-4_2.13")
                + ")";
    }
}
