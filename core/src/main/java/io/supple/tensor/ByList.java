// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.Arrays;

/**
 * A result that is made list by list: one kernel object for each list of the batch, kept only if somebody will ask for
 * derivatives. Inputs have shape (lists, anything).
 */
public final class ByList implements Vjp {

    /** What happens to one list; arrays of inputs are those of the list alone. */
    public interface Kernel {

        /** Writes the list's part of the result from {@code to} on. */
        void value(double[] y, int to);

        /** Adds the vector-Jacobian product to {@code gIn}, one array for each input; g begins at {@code from}. */
        void vjp(double[] g, int from, double[][] gIn);

        /** Writes the tangent of the list's part from {@code to} on. */
        void jvp(double[][] inDot, double[] yDot, int to);

        /**
         * Adds to {@code gInDot} the derivative of {@link #vjp} along the tangents of its arguments.
         *
         * @throws UnsupportedOperationException unless overridden
         */
        default void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            throw new UnsupportedOperationException(Vjp.NO_SECOND_DERIVATIVE);
        }
    }

    /** Makes the kernel of a list. */
    public interface Maker {
        /** The kernel of a list, given its part of each input. */
        Kernel of(double[][] in);
    }

    private final Kernel[] kernels;
    private final int size;
    private final int[] lengths;

    private ByList(Kernel[] kernels, int size, int[] lengths) {
        this.kernels = kernels;
        this.size = size;
        this.lengths = lengths;
    }

    /**
     * A result.
     *
     * @param shape its shape; the first axis is that of the lists
     * @param maker what is done with each list
     * @param in the inputs
     */
    public static Tensor of(int[] shape, Maker maker, Tensor... in) {
        int lists = shape[0];
        long numbers = Shapes.numbers(shape);
        if (numbers > Shapes.LARGEST) {
            throw new IllegalArgumentException(
                    "the result must have at most " + Shapes.LARGEST + " numbers, which an array holds," + " got shape "
                            + Arrays.toString(shape) + "; ask for fewer rows of the matrix, or for values");
        }
        int size = lists == 0 ? 0 : (int) (numbers / lists);
        if (valueAlone(lists, in)) {
            double[][] whole = new double[in.length][];
            for (int k = 0; k < in.length; k++) whole[k] = in[k].data();
            double[] y = new double[size];
            maker.of(whole).value(y, 0);
            return Tensor.result(shape, y, null);
        }
        int[] lengths = new int[in.length];
        for (int k = 0; k < in.length; k++) lengths[k] = lists == 0 ? 0 : in[k].size() / lists;
        Kernel[] kernels = new Kernel[lists];
        double[] y = new double[lists * size];
        for (int i = 0; i < lists; i++) {
            double[][] part = new double[in.length][];
            for (int k = 0; k < in.length; k++) part[k] = part(in[k].data(), i, lengths[k]);
            kernels[i] = maker.of(part);
            kernels[i].value(y, i * size);
        }
        return Tensor.result(shape, y, new ByList(kernels, size, lengths), in);
    }

    /** Whether each kernel is asked for its value as soon as it is made, and for nothing else. */
    public static boolean valueAlone(int lists, Tensor... in) {
        if (lists != 1) return false;
        for (Tensor each : in) if (each.tracked()) return false;
        return true;
    }

    /** One list's part; the whole array, not a copy, if there is no other list. */
    private static double[] part(double[] data, int list, int length) {
        return data.length == length ? data : Arrays.copyOfRange(data, list * length, (list + 1) * length);
    }

    private double[][] parts(double[][] whole, int list) {
        double[][] parts = new double[whole.length][];
        for (int k = 0; k < whole.length; k++) {
            parts[k] = whole[k] == null ? new double[lengths[k]] : part(whole[k], list, lengths[k]);
        }
        return parts;
    }

    private interface Step {
        void run(int list, double[][] out);
    }

    private double[][] collect(Step step) {
        double[][] all = new double[lengths.length][];
        for (int k = 0; k < all.length; k++) all[k] = new double[kernels.length * lengths[k]];
        for (int i = 0; i < kernels.length; i++) {
            double[][] out = new double[lengths.length][];
            for (int k = 0; k < out.length; k++) out[k] = kernels.length == 1 ? all[k] : new double[lengths[k]];
            step.run(i, out);
            for (int k = 0; k < out.length && kernels.length > 1; k++) {
                System.arraycopy(out[k], 0, all[k], i * lengths[k], lengths[k]);
            }
        }
        return all;
    }

    @Override
    public double[][] apply(double[] g) {
        return collect((i, out) -> kernels[i].vjp(g, i * size, out));
    }

    @Override
    public double[] jvp(double[][] tangents, int total) {
        double[] yDot = new double[total];
        for (int i = 0; i < kernels.length; i++) kernels[i].jvp(parts(tangents, i), yDot, i * size);
        return yDot;
    }

    @Override
    public double[][] tangent(double[] g, double[] gDot, double[][] tangents) {
        return collect((i, out) -> kernels[i].tangent(g, gDot, i * size, parts(tangents, i), out));
    }
}
