// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One picture: a title, a legend for all of it, and rows of panels. */
final class Sheet {

    static final int WIDTH = 1100;

    private static final int TITLE = 44;
    private static final int LEGEND_LINE = 28;
    private static final int SAMPLE = 36;
    private static final int GAP = 8;
    private static final int BETWEEN = 26;

    private record Row(int height, List<Panel> panels) {}

    private final String name;
    private final String title;
    private final List<Ink> legend = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /**
     * An empty sheet.
     *
     * @param name name of the file without its ending
     * @param title what stands above
     */
    Sheet(String name, String title) {
        this.name = name;
        this.title = title;
    }

    Sheet legend(List<Ink> inks) {
        legend.addAll(inks);
        return this;
    }

    Sheet row(int height, Panel... panels) {
        rows.add(new Row(height, List.of(panels)));
        return this;
    }

    String file() {
        return name + ".png";
    }

    int height() {
        int height = TITLE + broken().size() * LEGEND_LINE;
        for (Row row : rows) height += row.height;
        return height;
    }

    private BufferedImage paint() {
        List<List<Ink>> lines = broken();
        int height = height();
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, height);
        g.setColor(Ink.TEXT);
        Words.around(g, title, Ink.SHEET, WIDTH / 2.0, TITLE / 2.0);
        int y = TITLE;
        for (List<Ink> line : lines) {
            legend(g, line, y + LEGEND_LINE / 2);
            y += LEGEND_LINE;
        }
        for (Row row : rows) {
            int columns = row.panels.size();
            for (int c = 0; c < columns; c++) {
                int left = WIDTH * c / columns;
                int width = WIDTH * (c + 1) / columns - left;
                Graphics2D part = (Graphics2D) g.create(left, y, width, row.height);
                row.panels.get(c).paint(part, width, row.height);
                part.dispose();
            }
            y += row.height;
        }
        g.dispose();
        return image;
    }

    /** Writes the picture into a folder. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Png.write(paint(), folder.resolve(file()));
    }

    private static double width(Ink ink) {
        return SAMPLE + GAP + Words.width(ink.label(), Ink.LEGEND);
    }

    private static double width(List<Ink> line) {
        double width = -BETWEEN;
        for (Ink ink : line) width += BETWEEN + width(ink);
        return width;
    }

    /** The legend in lines that fit. */
    private List<List<Ink>> broken() {
        List<List<Ink>> lines = new ArrayList<>();
        List<Ink> line = new ArrayList<>();
        for (Ink ink : legend) {
            line.add(ink);
            if (width(line) > WIDTH - 2 * BETWEEN && line.size() > 1) {
                line.remove(line.size() - 1);
                lines.add(line);
                line = new ArrayList<>(List.of(ink));
            }
        }
        if (!line.isEmpty()) lines.add(line);
        return lines;
    }

    private static void legend(Graphics2D g, List<Ink> line, int middle) {
        double x = (WIDTH - width(line)) / 2;
        for (Ink ink : line) {
            g.setColor(ink.colour());
            g.setStroke(ink.stroke());
            g.draw(new Line2D.Double(x, middle, x + SAMPLE, middle));
            g.setColor(Ink.TEXT);
            Words.from(g, ink.label(), Ink.LEGEND, x + SAMPLE + GAP, middle);
            x += width(ink) + BETWEEN;
        }
    }
}
