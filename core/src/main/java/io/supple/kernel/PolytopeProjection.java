// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** A projection of one list z onto a polytope that another list w spans, solved: its result and its derivatives. */
public sealed interface PolytopeProjection permits Permutahedron, SmoothSort {

    /** The projection, in the order of z; {@code y[to..to+n)} is written. */
    void value(double[] y, int to);

    /** Adds the vjp for {@code g[from..from+n)} to gz and gw, either of which may be null. */
    void vjp(double[] g, int from, double[] gz, double[] gw);

    /** The jvp for tangents of z and w, either of which may be null; {@code yDot[to..to+n)} is written. */
    void jvp(double[] zDot, double[] wDot, double[] yDot, int to);
}
