// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.tensor.Tensor;

/** An order that has no permutation matrix: sorted values, memberships and ranks are each the solution of a projection. */
interface Matrixless extends Permutation {

    @Override
    default Tensor apply(Tensor payload, Places places) {
        throw none();
    }

    @Override
    default Tensor matrix(Places places) {
        throw none();
    }

    @Override
    default Tensor quantileMatrix(Levels levels) {
        throw none();
    }

    /** There is no index through which a derivative could pass. */
    @Override
    default Permutation detach() {
        return this;
    }

    private static AssertionError none() {
        return new AssertionError("operators that need a permutation matrix refuse methods without one");
    }
}
