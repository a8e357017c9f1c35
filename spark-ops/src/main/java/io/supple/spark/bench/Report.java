// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The outcomes of a suite as tables and as a picture. */
public final class Report {

    private static final int WIDTH = 1200;
    private static final int HEIGHT = 720;
    private static final int ROTATION = 35; // degrees, for names that are long

    private static final double LOWEST = 0.01;
    private static final double HIGHEST = 1e4;

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
                "Spark %s on %s, JDK %s, %d cores, heap %,d MB; %,d numbers a column, cached; medians of %d runs after %d of"
                        + " warming up, contenders in turn; net: without reading the column.",
                sparkVersion,
                master,
                Runtime.version(),
                runtime.availableProcessors(),
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
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(suite.title() + ": time as a multiple of " + measure + ", without reading the column")
                .yAxisTitle("times " + measure)
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
        chart.getStyler().setXAxisLabelRotation(ROTATION);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(LOWEST); // bars begin at 0 otherwise, which has no logarithm
        chart.getStyler().setLocale(Locale.ROOT);
        List<String> shown = names.subList(1, names.size());
        for (Outcome outcome : outcomes) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 1; i < names.size(); i++) ratios.add(drawable(outcome.ratio(i)));
            chart.addSeries(suite.lists() ? "n = " + outcome.n() : "numbers", shown, ratios);
        }
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        chart.paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        if (!ImageIO.write(image, "png", file.toFile())) throw new IOException("no encoder for PNG in this JVM");
    }

    /** On a logarithmic axis; inputs so small that reading them is all there is have no ratio. */
    private static double drawable(double ratio) {
        return ratio >= LOWEST ? Math.min(ratio, HIGHEST) : LOWEST;
    }
}
