// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

/**
 * A panel with a matrix of numbers in [0, 1], from white to dark blue, each number in its cell. The heat map of the
 * library of charts writes all numbers in one colour, which is lost on half of the cells.
 */
final class HeatMap implements Panel {

    private static final int LEFT = 52;
    private static final int TOP = 36;
    private static final int BELOW = 50;
    private static final int RIGHT = 12;
    private static final Color DARK = new Color(0x08306B);
    private static final Font NUMBER = Ink.font(Font.PLAIN, 13);

    private final String title;
    private final List<String> rows;
    private final List<String> columns;
    private final double[] cells;

    /**
     * A heat map.
     *
     * @param title what stands above
     * @param rows labels at the left, from the top
     * @param columns labels below
     * @param cells the numbers, row by row
     */
    HeatMap(String title, List<String> rows, List<String> columns, double[] cells) {
        this.title = title;
        this.rows = rows;
        this.columns = columns;
        this.cells = cells;
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
        double cellWidth = (width - LEFT - RIGHT) / (double) columns.size();
        double cellHeight = (height - TOP - BELOW) / (double) rows.size();
        double middle = LEFT + cellWidth * columns.size() / 2;
        g.setColor(Ink.TEXT);
        Words.around(g, title, Ink.PANEL, middle, 18);
        Words.around(g, "element", Ink.AXIS, middle, height - 14);
        for (int j = 0; j < columns.size(); j++) {
            Words.around(g, columns.get(j), Ink.TICK, LEFT + (j + 0.5) * cellWidth, height - BELOW + 14);
        }
        for (int i = 0; i < rows.size(); i++) {
            double y = TOP + (i + 0.5) * cellHeight;
            g.setColor(Ink.TEXT);
            Words.from(g, rows.get(i), Ink.TICK, LEFT - 8 - Words.width(rows.get(i), Ink.TICK), y);
            for (int j = 0; j < columns.size(); j++) {
                double p = cells[i * columns.size() + j];
                g.setColor(shade(p));
                g.fill(new Rectangle2D.Double(LEFT + j * cellWidth, TOP + i * cellHeight, cellWidth, cellHeight));
                g.setColor(p > 0.55 ? Color.WHITE : Ink.TEXT);
                String number = p < 0.005 ? "0" : String.format(Locale.ROOT, "%.2f", p);
                Words.around(g, number, NUMBER, LEFT + (j + 0.5) * cellWidth, y);
            }
        }
        g.setColor(Ink.MARK);
        g.setStroke(Ink.HAIR);
        g.draw(new Rectangle2D.Double(LEFT, TOP, cellWidth * columns.size(), cellHeight * rows.size()));
        Graphics2D turned = (Graphics2D) g.create();
        turned.setColor(Ink.TEXT);
        turned.translate(14, TOP + cellHeight * rows.size() / 2);
        turned.rotate(-Math.PI / 2);
        Words.around(turned, "place", Ink.AXIS, 0, 0);
        turned.dispose();
    }

    /** In twenty steps: few colours make a small file, and the number is in the cell. */
    private static Color shade(double exact) {
        double p = Math.rint(exact * 20) / 20;
        return new Color(
                (int) Math.round(255 + p * (DARK.getRed() - 255)),
                (int) Math.round(255 + p * (DARK.getGreen() - 255)),
                (int) Math.round(255 + p * (DARK.getBlue() - 255)));
    }
}
