// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A picture, in words for those who do not see it, and as numbers.
 *
 * @param title stands above it
 * @param alt what it shows
 * @param lines its series, for the legend; none if empty
 * @param drawing draws it under a theme
 * @param table its numbers
 */
record Figure(String title, String alt, List<Line> lines, Function<Drawing, Chart<?, ?>> drawing, NumberTable table) {

    private static final int WIDTH = 500;
    private static final int HEIGHT = 300;
    private static final int SCALE = 2; // for screens with small pixels

    /** The picture as the bytes of a PNG file. */
    byte[] png(Theme theme) {
        BufferedImage image = new BufferedImage(SCALE * WIDTH, SCALE * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(theme.ground());
        graphics.fillRect(0, 0, SCALE * WIDTH, SCALE * HEIGHT);
        graphics.scale(SCALE, SCALE);
        drawing.apply(new Drawing(theme)).paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(Palette.indexed(image), "png", bytes))
                throw new IOException("no encoder for PNG in this JVM");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Both pictures, of which the reader's browser shows the one for its colour scheme, the legend and the table. */
    String html() {
        StringBuilder html = new StringBuilder("<figure>\n<figcaption>" + Html.escaped(title) + "</figcaption>\n");
        html.append("<picture><source media=\"screen and (prefers-color-scheme: dark)\" srcset=\"")
                .append(uri(Theme.DARK))
                .append("\">\n<img width=\"")
                .append(WIDTH)
                .append("\" height=\"")
                .append(HEIGHT)
                .append("\" alt=\"")
                .append(Html.escaped(alt))
                .append("\" src=\"")
                .append(uri(Theme.LIGHT))
                .append("\"></picture>\n");
        if (!lines.isEmpty()) {
            html.append("<ul class=\"legend\">");
            for (Line line : lines) {
                html.append("<li><span class=\"")
                        .append(Html.look(line))
                        .append("\" aria-hidden=\"true\">")
                        .append(Html.mark(line))
                        .append("</span> ")
                        .append(Html.escaped(line.name()))
                        .append("</li>");
            }
            html.append("</ul>\n");
        }
        html.append("<details><summary>Numbers</summary>\n")
                .append(table.html(title))
                .append("</details>\n</figure>\n");
        return html.toString();
    }

    private String uri(Theme theme) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(theme));
    }
}
