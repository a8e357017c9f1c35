// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

/**
 * The derivative of a result for its inputs. The vector-Jacobian product is what every result must have; what else is
 * asked of a derivative follows from it or is given by those who know a better way.
 *
 * <p>Arrays passed in must not be modified.
 */
@FunctionalInterface
public interface Vjp {

    /** Why a second derivative is refused. */
    String NO_SECOND_DERIVATIVE =
            "hessianVectorProduct: the function must be made of results whose second derivative is"
                    + " known in closed form: elementwise, comparison, logic and selection operators, and orders by softsort,"
                    + " neuralsort or pairwise; of the others, and of Tensor.map without a curvature, only the first is";

    /**
     * Maps the cotangent of a result to the cotangents of its inputs, each of its input's size and in their order; null
     * for an input that no derivative reaches.
     */
    double[][] apply(double[] cotangent);

    /**
     * Maps tangents of the inputs to the tangent of the result: the Jacobian-vector product {@code J t}.
     *
     * <p>Unless overridden it is read from one vector-Jacobian product for each number of the result: exact, and as slow
     * as that sounds.
     *
     * @param tangents one for each input, null for zero
     * @param size of the result
     */
    default double[] jvp(double[][] tangents, int size) {
        double[] out = new double[size];
        double[] unit = new double[size];
        for (int i = 0; i < size; i++) {
            unit[i] = 1;
            double[][] row = apply(unit);
            for (int k = 0; k < row.length; k++) {
                if (row[k] != null && tangents[k] != null) out[i] += dot(row[k], tangents[k]);
            }
            unit[i] = 0;
        }
        return out;
    }

    /**
     * The derivative of {@link #apply} when the cotangent moves along {@code cotangentTangent} and the inputs along
     * {@code tangents}: what Hessian-vector products are made of.
     *
     * @param cotangent the cotangent of the result
     * @param cotangentTangent its tangent
     * @param tangents one for each input, null for zero
     */
    default double[][] tangent(double[] cotangent, double[] cotangentTangent, double[][] tangents) {
        throw new UnsupportedOperationException(NO_SECOND_DERIVATIVE);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }
}
