// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** A loss of one list of scores, whose labels it knows. */
public interface ListLoss {

    /** The loss of scores; its gradient is added to g. */
    double add(double[] s, double[] g);

    /** Adds the product of the Hessian and v to hv. */
    void curve(double[] s, double[] v, double[] hv);
}
