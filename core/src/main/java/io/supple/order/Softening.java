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
 */
public record Softening(Smoothness c, double softness, boolean standardize, TransportPlan.Options transport) {

    /** What is compared: the lists, or the lists standardised and squashed. */
    Tensor keys(Tensor rows) {
        return standardize ? Standardize.squash(rows) : rows;
    }
}
