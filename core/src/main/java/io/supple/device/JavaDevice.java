// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

/** The JVM: rows one by one, as if there were no devices. */
public final class JavaDevice implements RowDevice {

    /** There is one. */
    public static final JavaDevice INSTANCE = new JavaDevice();

    private static final RowSession SESSION = new Session();

    private JavaDevice() {}

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public RowSession session() {
        return SESSION;
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** The value of one row of a batch, for devices that leave it to the JVM; {@code results} is written from {@code to}. */
    public static void forward(RowFunction function, Rows rows, int r, double[] results, int to) {
        double[] y = new double[function.results(rows.length(r))];
        function.value(row(rows, r), y);
        System.arraycopy(y, 0, results, to, y.length);
    }

    /** The vector-Jacobian product of one row of a batch, likewise. */
    public static void backward(
            RowFunction function, Rows rows, int r, double[] cotangents, int from, double[][] gradients) {
        int n = rows.length(r);
        double[] g = new double[function.results(n)];
        System.arraycopy(cotangents, from, g, 0, g.length);
        double[][] out = new double[rows.width()][n];
        function.vjp(row(rows, r), g, out);
        for (int j = 0; j < out.length; j++) System.arraycopy(out[j], 0, gradients[j], rows.from(r), n);
    }

    private static double[][] row(Rows rows, int r) {
        double[][] row = new double[rows.width()][rows.length(r)];
        for (int j = 0; j < row.length; j++) System.arraycopy(rows.column(j), rows.from(r), row[j], 0, row[j].length);
        return row;
    }

    /** Holds nothing: one serves all threads. */
    private static final class Session implements RowSession {
        @Override
        public void forward(RowFunction function, Rows rows, double[] results) {
            int[] to = function.resultOffsets(rows);
            for (int r = 0; r < rows.count(); r++) JavaDevice.forward(function, rows, r, results, to[r]);
        }

        @Override
        public void backward(RowFunction function, Rows rows, double[] cotangents, double[][] gradients) {
            int[] from = function.resultOffsets(rows);
            for (int r = 0; r < rows.count(); r++) {
                JavaDevice.backward(function, rows, r, cotangents, from[r], gradients);
            }
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
