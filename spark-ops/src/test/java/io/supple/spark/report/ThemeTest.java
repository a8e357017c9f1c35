// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contrast as the accessibility guidelines of the web (WCAG 2.2) ask for it: 4.5 for text, 3 for what is drawn. */
class ThemeTest {

    @ParameterizedTest
    @EnumSource(Theme.class)
    void textAndLinesStandOut(Theme theme) {
        for (Color ground : new Color[] {theme.ground(), theme.box()}) {
            assertThat(contrast(theme.text(), ground)).isGreaterThan(7);
            assertThat(contrast(theme.muted(), ground)).isGreaterThan(4.5);
            for (int i = 0; i < 5; i++) {
                assertThat(contrast(theme.series(i), ground)).as("series " + i).isGreaterThan(3);
            }
        }
    }

    private static double contrast(Color a, Color b) {
        double light = Math.max(luminance(a), luminance(b));
        double dark = Math.min(luminance(a), luminance(b));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(int channel) {
        double x = channel / 255.0;
        return x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
    }
}
