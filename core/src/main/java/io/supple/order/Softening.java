// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.Smoothness;
import io.supple.kernel.TransportPlan;
import io.supple.tensor.Tensor;

/**
 * How lists are ordered softly, whatever the method.
 *
 * @param c smoothness class
 * @param softness width of the relaxation, &gt; 0
 * @param standardize whether lists are standardised and squashed to (0, 1) first
 * @param transport when the iteration for a transport plan ends
 * @param standardized whether the lists that are given are so already
 * @param plain whether NeuralSort takes distances as they are
 */
public record Softening(
        Smoothness c,
        double softness,
        boolean standardize,
        TransportPlan.Options transport,
        boolean standardized,
        boolean plain) {

    /** For lists as they come. */
    public Softening(Smoothness c, double softness, boolean standardize, TransportPlan.Options transport) {
        this(c, softness, standardize, transport, false, false);
    }

    /**
     * The same for lists of {@link #keys}, for reading places and memberships from them: sorted values would come in the
     * scale of the keys.
     */
    public Softening ofKeys() {
        return new Softening(c, softness, standardize, transport, true, plain);
    }

    /** The same where NeuralSort takes distances as they are. */
    public Softening plainly() {
        return new Softening(c, softness, standardize, transport, standardized, true);
    }

    /** What is compared: the lists, or the lists standardised and squashed. */
    public Tensor keys(Tensor rows) {
        return squashes() ? Standardize.squash(rows) : rows;
    }

    /** Whether keys are not the lists themselves. */
    boolean squashes() {
        return standardize && !standardized;
    }
}
