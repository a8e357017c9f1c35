// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

import io.supple.kernel.Smoothness;
import java.util.List;

/** A function of single numbers that devices know too, by its code and parameters. */
public interface PlaceFunction {

    /** Which function. */
    PlaceCode code();

    /** The class of a soft one; null for others. */
    default Smoothness smoothness() {
        return null;
    }

    /** Its parameters. */
    List<Double> numbers();
}
