// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import io.supple.VectorUnit;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.style.HorizontalBarStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The outcomes of a suite as tables and as a picture. */
public final class Report {

    private static final int WIDTH = 1200;
    private static final int BAR = 13;
    private static final int GAP = 10;
    private static final int MARGINS = 110;

    private final Suite suite;
    private final List<Outcome> outcomes = new ArrayList<>();

    /** A report without outcomes. */
    public Report(Suite suite) {
        this.suite = suite;
    }

    /** Adds an outcome. */
    public void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** Where and how times were taken, which is half of what they mean. */
    public static String conditions(String sparkVersion, String master, Benchmark benchmark) {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "Spark %s on %s, JDK %s, %d cores, loops: %s, heap %,d MB; %,d numbers a column, cached; medians of %d runs after %d of"
                        + " warming up, contenders in turn; net: without reading the column.",
                sparkVersion,
                master,
                Runtime.version(),
                runtime.availableProcessors(),
                VectorUnit.name(),
                runtime.maxMemory() >> 20,
                benchmark.numbers(),
                benchmark.rounds(),
                benchmark.warmUp());
    }

    /** Tables in Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder("## " + suite.title() + "\n");
        for (Outcome outcome : outcomes) text.append('\n').append(outcome.table());
        return text.toString();
    }

    /** Draws the ratios: shorter is faster, 1 is Spark's own function. */
    public void draw(Path file) throws IOException {
        List<String> names = outcomes.get(0).contenders();
        String measure = outcomes.get(0).measure();
        List<String> shown = new ArrayList<>(names.subList(1, names.size()));
        Collections.reverse(shown); // bars begin at the bottom
        int height = MARGINS + shown.size() * (GAP + outcomes.size() * BAR);
        HorizontalBarChart chart = new HorizontalBarChartBuilder()
                .width(WIDTH)
                .height(height)
                .title(suite.title() + ": time as a multiple of " + measure + ", without reading the column")
                .xAxisTitle("times " + measure)
                .build();
        HorizontalBarStyler style = chart.getStyler();
        style.setLegendPosition(LegendPosition.InsideSE);
        style.setChartBackgroundColor(Color.WHITE);
        style.setLabelsVisible(true);
        style.setLabelsPosition(0.94);
        style.setLabelsFontColorAutomaticEnabled(false);
        style.setLabelsFontColor(Color.BLACK);
        style.setXAxisMaxLabelCount(shown.size()); // of categories, whatever the axis: every name is shown
        style.setXAxisDecimalPattern("0.#");
        style.setLocale(Locale.ROOT);
        for (Outcome outcome : outcomes) {
            List<Double> ratios = new ArrayList<>();
            for (int i = names.size() - 1; i > 0; i--) ratios.add(drawable(outcome.ratio(i)));
            chart.addSeries(suite.lists() ? "n = " + outcome.n() : "numbers", ratios, shown);
        }
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        chart.paint(graphics, WIDTH, height);
        graphics.dispose();
        if (!ImageIO.write(image, "png", file.toFile())) throw new IOException("no encoder for PNG in this JVM");
    }

    /** To two digits; inputs so small that reading them is all there is have no ratio. */
    private static double drawable(double ratio) {
        return ratio >= 0 && ratio < Double.POSITIVE_INFINITY ? Math.round(ratio * 100) / 100.0 : 0;
    }
}
