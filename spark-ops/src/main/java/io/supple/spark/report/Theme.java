// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.awt.BasicStroke;
import java.awt.Color;

/** How pictures look on a light and on a dark page: colours of Okabe and Ito, told apart by dashes and marks too. */
enum Theme {
    LIGHT(0xFFFFFF, 0x24292F, 0xE3E6EA, 0x57606A, 0xF3F5F8),
    DARK(0x16191F, 0xE6E8EB, 0x31363F, 0xAEB6BF, 0x20252D);

    private static final int[] ON_LIGHT = {0x0072B2, 0xD55E00, 0x009E73, 0xAA4499, 0xB07C00};
    private static final int[] ON_DARK = {0x56B4E9, 0xFF8F4C, 0x3CC79B, 0xE08BC0, 0xF0D442};
    private static final float[][] DASHES = {null, {10, 5}, {3, 4}, {12, 4, 3, 4}, {6, 3}};

    private final Color ground;
    private final Color text;
    private final Color grid;
    private final Color muted;
    private final Color box;

    Theme(int ground, int text, int grid, int muted, int box) {
        this.ground = new Color(ground);
        this.text = new Color(text);
        this.grid = new Color(grid);
        this.muted = new Color(muted);
        this.box = new Color(box);
    }

    Color ground() {
        return ground;
    }

    Color text() {
        return text;
    }

    Color grid() {
        return grid;
    }

    /** Of what is only there for comparison. */
    Color muted() {
        return muted;
    }

    /** Of what is set off from the ground. */
    Color box() {
        return box;
    }

    /** Of the i-th series; the first is the prediction. */
    Color series(int i) {
        int[] series = this == LIGHT ? ON_LIGHT : ON_DARK;
        return new Color(series[i % series.length]);
    }

    /** Beyond the first colours, series differ by their dashes. */
    static BasicStroke stroke(int i) {
        float width = i == 0 ? 3f : 2.2f;
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES[i % DASHES.length], 0);
    }

    static BasicStroke dotted() {
        return new BasicStroke(2.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {2, 3}, 0);
    }
}
