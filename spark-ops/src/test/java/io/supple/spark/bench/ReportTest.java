// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarSeries;

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
        HorizontalBarChart chart = report(0).chart();
        assertThat(chart.getSeriesCollection()).hasSize(1);
        HorizontalBarSeries series = chart.getSeries("lists of 10");
        assertThat(List.copyOf(series.getYData())).isEqualTo(NAMES.subList(1, 5));
        assertThat(series.getXData().stream().map(Number::doubleValue)).containsExactly(1.0, 2.0, 3.0, 0.0);
        assertThat(chart.getTitle()).doesNotContain("too short");
    }

    /** Where reading the column took all the time there is no ratio, and 0 would be a lie. */
    @Test
    void whatCouldNotBeMeasuredHasNoBar(@TempDir Path folder) throws IOException {
        Report unmeasured = report(5);
        assertThat(unmeasured.chart().getTitle()).endsWith("too short to tell");
        assertThat(unmeasured.chart().getSeries("lists of 10").getXData().stream()
                        .map(Number::doubleValue))
                .containsOnly(Double.NaN);
        Path file = folder.resolve("empty.png");
        unmeasured.draw(file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getRGB(2, 2)).isEqualTo(Color.WHITE.getRGB());
    }
}
