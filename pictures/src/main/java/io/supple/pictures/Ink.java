// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import io.supple.Method;
import io.supple.Mode;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;

/**
 * How a line looks and what the legend calls it. Modes and methods have the colours of Okabe and Ito, which people with
 * any kind of colour vision tell apart; ordered things (scores, softnesses) go from dark to light, which is an order in
 * grey too.
 */
record Ink(String label, Color colour, BasicStroke stroke) {

    private static final List<String> FAMILIES = List.of("DejaVu Sans", "Arial", "Helvetica"); // before the fonts

    static final Color TEXT = new Color(0x222222);
    static final Color FAINT = new Color(0xE9E9E9);
    static final Color MARK = new Color(0x8A8A8A);

    static final BasicStroke HAIR = new BasicStroke(1);
    static final Font SHEET = font(Font.BOLD, 20);
    static final Font PANEL = font(Font.BOLD, 15);
    static final Font AXIS = font(Font.PLAIN, 15);
    static final Font TICK = font(Font.PLAIN, 14);
    static final Font LEGEND = font(Font.PLAIN, 16);

    private static final Color GREY = new Color(0xB9B9B9);
    private static final Color BLUE = new Color(0x0072B2);
    private static final Color ORANGE = new Color(0xE69F00);
    private static final Color GREEN = new Color(0x009E73);
    private static final Color VERMILION = new Color(0xD55E00);
    private static final Color PURPLE = new Color(0xCC79A7);
    private static final Color SKY = new Color(0x56B4E9);
    private static final Color BLACK = new Color(0x000000);

    /** From dark to light, none too light for a white ground. */
    private static final int[] SCORES = {0x0D0887, 0x6A00A8, 0xB12A90, 0xE16462, 0xFCA636};

    private static final int[] SOFTNESSES = {0x08306B, 0x2B7BBA, 0x74B9E0};

    /** A font for text on pictures: the same wherever the first family is there. */
    static Font font(int style, int size) {
        for (String family : FAMILIES) {
            Font font = new Font(family, style, size);
            if (font.getFamily(Locale.ROOT).equals(family)) return font;
        }
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** The line of the exact function: broad and pale, so that others can lie on it and both are seen. */
    static Ink hard(String label) {
        return new Ink(label, GREY, solid(7));
    }

    static Ink of(Mode mode) {
        String label = mode.name().toLowerCase(Locale.ROOT);
        return switch (mode) {
            case HARD -> hard(label);
            case SMOOTH -> new Ink(label, BLUE, solid(2.6f));
            case C0 -> new Ink(label, ORANGE, solid(2.6f));
            case C1 -> new Ink(label, GREEN, solid(2.6f));
            case C2 -> new Ink(label, PURPLE, solid(2.6f));
            case C1_PNORM -> new Ink(label, VERMILION, dashed(2.6f));
            case C2_PNORM -> new Ink(label, SKY, dashed(2.6f));
        };
    }

    static Ink of(Method method) {
        String label = method.name().toLowerCase(Locale.ROOT);
        return switch (method) {
            case SOFTSORT -> new Ink(label, BLUE, solid(2.6f));
            case NEURALSORT -> new Ink(label, ORANGE, solid(2.6f));
            case FAST_SOFT_SORT -> new Ink(label, GREEN, solid(2.6f));
            case OT -> new Ink(label, VERMILION, solid(2.6f));
            case SORTING_NETWORK -> new Ink(label, PURPLE, solid(2.6f));
            case SMOOTH_SORT -> new Ink(label, BLACK, dashed(2.6f));
            case PAIRWISE -> new Ink(label, SKY, dashed(2.6f));
        };
    }

    /** The line of the i-th smallest of five scores. */
    static Ink score(int i, String label) {
        return new Ink(label, new Color(SCORES[i]), solid(2.6f));
    }

    /** The line of the i-th smallest of three softnesses. */
    static Ink softness(int i, String label) {
        return new Ink(label, new Color(SOFTNESSES[i]), solid(3));
    }

    private static BasicStroke solid(float width) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }

    private static BasicStroke dashed(float width) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {9, 5}, 0);
    }
}
