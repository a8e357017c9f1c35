// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;

/** Text as filled outlines: as heavy as the text of the charts, whatever hints a machine gives its fonts. */
final class Words {

    private static final FontRenderContext PLAIN = new FontRenderContext(null, true, true);

    private Words() {}

    static double width(String text, Font font) {
        return font.createGlyphVector(PLAIN, text).getLogicalBounds().getWidth();
    }

    /** Writes from x on, with the middle of the letter x at y. */
    static void from(Graphics2D g, String text, Font font, double x, double y) {
        GlyphVector glyphs = font.createGlyphVector(PLAIN, text);
        double half = font.createGlyphVector(PLAIN, "x").getVisualBounds().getHeight() / 2;
        g.fill(glyphs.getOutline(
                (float) Math.rint(x), (float) Math.rint(y + half))); // whole pixels: the same letters, smaller files
    }

    /** Writes with the middle at (x, y). */
    static void around(Graphics2D g, String text, Font font, double x, double y) {
        from(g, text, font, x - width(text, font) / 2, y);
    }
}
