// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;

/** Tests that are skipped, with the reason, where ND4J's native library does not load. */
interface NeedsBackend {

    @BeforeAll
    static void backend() {
        assumeTrue(Backend.missing() == null, () -> "SKIPPED: " + Backend.missing());
    }
}
