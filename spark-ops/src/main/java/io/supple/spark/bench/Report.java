// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import io.supple.VectorUnit;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.style.HorizontalBarStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The outcomes of a suite as tables and as a picture. */
public final class Report {

    private static final int WIDTH = 1200;
    private static final int BAR = 13;
    private static final int GAP = 10;
    private static final int MARGINS = 140;
    private static final Color[] COLOURS = {
        new Color(0x56B4E9), new Color(0xE69F00), new Color(0xCC79A7), new Color(0x009E73)
    };

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
        HorizontalBarChart chart = chart();
        BufferedImage image = new BufferedImage(chart.getWidth(), chart.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        if (!ImageIO.write(image, "png", file.toFile())) throw new IOException("no encoder for PNG in this JVM");
    }

    /** What the picture shows: for each length the ratio of every contender, in the order of the tables; NaN for no bar. */
    Map<String, Map<String, Double>> bars() {
        Map<String, Map<String, Double>> bars = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            Map<String, Double> ratios = new LinkedHashMap<>();
            for (int i = 1; i < outcome.contenders().size(); i++) {
                ratios.put(outcome.contenders().get(i), drawable(outcome.ratio(i)));
            }
            bars.put(suite.lists() ? "lists of " + outcome.n() : "numbers", ratios);
        }
        return bars;
    }

    /** What stands above the picture. */
    String title() {
        boolean empty = outcomes.stream().allMatch(outcome -> Double.isNaN(drawable(outcome.ratio(1))));
        return suite.title() + ": time as a multiple of " + outcomes.get(0).measure() + ", without reading the column"
                + (empty ? ": too short to tell" : "");
    }

    private HorizontalBarChart chart() {
        Map<String, Map<String, Double>> bars = bars();
        int contenders = outcomes.get(0).contenders().size() - 1;
        HorizontalBarChart chart = new HorizontalBarChartBuilder()
                .width(WIDTH)
                .height(MARGINS + contenders * (GAP + outcomes.size() * BAR))
                .title(title())
                .xAxisTitle("time, 1 = " + outcomes.get(0).measure() + "; shorter is faster")
                .build();
        HorizontalBarStyler style = chart.getStyler();
        style.setLegendPosition(LegendPosition.OutsideS); // inside it would lie on long bars
        style.setLegendLayout(LegendLayout.Horizontal);
        style.setChartBackgroundColor(Color.WHITE);
        style.setLabelsVisible(true);
        style.setLabelsPosition(0.94);
        style.setLabelsFontColorAutomaticEnabled(false);
        style.setLabelsFontColor(Color.BLACK);
        style.setXAxisMaxLabelCount(contenders); // of categories, whatever the axis: every name is shown
        style.setXAxisDecimalPattern("0.#");
        style.setLocale(Locale.ROOT);
        style.setSeriesColors(COLOURS);
        bars.forEach(
                (name, ratios) -> chart.addSeries(name, List.copyOf(ratios.values()), List.copyOf(ratios.keySet())));
        return chart;
    }

    /** To two digits; inputs so small that reading them is all there is have no ratio, and no bar. */
    private static double drawable(double ratio) {
        return ratio >= 0 && ratio < Double.POSITIVE_INFINITY ? Math.round(ratio * 100) / 100.0 : Double.NaN;
    }
}
