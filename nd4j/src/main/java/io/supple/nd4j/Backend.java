// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import org.nd4j.linalg.factory.Nd4j;

/** Whether ND4J and one of its backends are on the class path and can be loaded. */
final class Backend {

    private static final String REMEDY =
            "; add org.nd4j:nd4j-native-platform:1.0.0-M2.1 (processors) or org.nd4j:nd4j-cuda-11.6-platform:1.0.0-M2.1 (CUDA)";

    private static final String MISSING = look();

    private Backend() {}

    /** What is wrong and what to add; null if ND4J works. */
    static String missing() {
        return MISSING;
    }

    /**
     * Refuses to go on without a backend.
     *
     * @throws UnsupportedOperationException naming the artifact to add
     */
    static void require() {
        if (MISSING != null) throw new UnsupportedOperationException(MISSING);
    }

    private static String look() {
        try {
            Nd4j.getBackend();
            Nd4j.create(1).close(); // a backend may be there and its native library not load
            return null;
        } catch (LinkageError | RuntimeException failed) {
            return "ND4J: a backend must be on the class path and load, got " + root(failed) + REMEDY;
        }
    }

    private static String root(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null && root.getCause() != root) root = root.getCause();
        String message = root.getMessage();
        String name = root.getClass().getSimpleName();
        return message == null
                ? name
                : name + " (" + message.lines().findFirst().orElse("") + ")";
    }
}
