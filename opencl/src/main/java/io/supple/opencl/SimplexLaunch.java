// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import com.sun.jna.Pointer;
import io.supple.device.RowKernel;
import io.supple.device.Rows;

/** Projections onto the simplex, of rows of any length. */
final class SimplexLaunch implements OpenClSession.Launch {

    private final Queue queue;
    private final RowKernel.Simplex kernel;
    private final Rows rows;
    private final Tiles tiles;

    private SimplexLaunch(Queue queue, RowKernel.Simplex kernel, Rows rows) {
        this.queue = queue;
        this.kernel = kernel;
        this.rows = rows;
        tiles = new Tiles(rows, Integer.MAX_VALUE, queue.group());
    }

    static SimplexLaunch of(Queue queue, RowKernel.Simplex kernel, Rows rows) {
        return Softness.ordinary(kernel.softness()) ? new SimplexLaunch(queue, kernel, rows) : null;
    }

    @Override
    public Tiles tiles() {
        return tiles;
    }

    @Override
    public void forward(double[] results) {
        run(null, results);
    }

    @Override
    public void backward(double[] cotangents, double[][] gradients) {
        run(cotangents, gradients[0]);
    }

    private void run(double[] cotangents, double[] out) {
        int size = rows.size();
        Pointer x = queue.put("x", size, rows.column(0));
        Pointer offsets = queue.put("offsets", rows.offsets(), rows.count() + 1);
        Pointer p = queue.doubles("work", size);
        Pointer g = cotangents == null ? null : queue.put("g", size, cotangents);
        Pointer y = cotangents == null ? p : queue.doubles("y", size);
        for (int k = 0; k < tiles.classes(); k++) {
            int count = tiles.count(k);
            if (count == 0) continue;
            Pointer list = queue.put("rows " + k, tiles.rows(k), count);
            int lanes = tiles.lanes(k);
            int groups = queue.groups(count, lanes, Integer.MAX_VALUE);
            int c = KernelText.number(kernel.c());
            if (g == null)
                queue.run("simplex_forward", groups, x, offsets, list, count, lanes, c, kernel.softness(), p);
            else {
                queue.run("simplex_backward", groups, x, offsets, list, count, lanes, c, kernel.softness(), p, g, y);
            }
        }
        queue.get(y, 0, out, size);
    }
}
