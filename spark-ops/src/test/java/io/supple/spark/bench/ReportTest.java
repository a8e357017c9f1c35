// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture says what the tables say. */
class ReportTest {

    private static final List<String> NAMES = List.of("reads", "sort_array(x)", "twice", "thrice", "less than reading");

    private static Report report(double reads) {
        Report report = new Report(Suite.LISTS);
        report.add(new Outcome(
                10,
                1000,
                NAMES,
                List.of(new double[] {reads}, new double[] {1}, new double[] {2}, new double[] {3}, new double[] {0})));
        return report;
    }

    @Test
    void barsStandAsInTheTables() {
        Report report = report(0);
        assertThat(report.bars()).containsOnlyKeys("lists of 10");
        Map<String, Double> ratios = report.bars().get("lists of 10");
        assertThat(List.copyOf(ratios.keySet())).isEqualTo(NAMES.subList(1, 5));
        assertThat(ratios.values()).containsExactly(1.0, 2.0, 3.0, 0.0);
        assertThat(report.title()).doesNotContain("too short");
    }

    /** Where reading the column took all the time there is no ratio, and 0 would be a lie. */
    @Test
    void whatCouldNotBeMeasuredHasNoBar(@TempDir Path folder) throws IOException {
        Report unmeasured = report(5);
        assertThat(unmeasured.title()).endsWith("too short to tell");
        assertThat(unmeasured.bars().get("lists of 10").values()).containsOnly(Double.NaN);
        Path file = folder.resolve("empty.png");
        unmeasured.draw(file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getRGB(2, 2)).isEqualTo(Color.WHITE.getRGB());
    }
}
