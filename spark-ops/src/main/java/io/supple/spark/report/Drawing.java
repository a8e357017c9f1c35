// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts under a theme. Legends are the page's, where they can wrap, and be read. */
final class Drawing {

    private static final BasicStroke HAIR = new BasicStroke(1);
    private static final Marker[] MARKS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.CROSS
    };
    private static final int MOST_MARKS = 24;

    private final Theme theme;

    Drawing(Theme theme) {
        this.theme = theme;
    }

    /** Lines over categories that are evenly spaced, such as cut-offs. */
    CategoryChart lines(String xTitle, String yTitle, List<String> x, List<Line> lines) {
        CategoryChart chart = categories(xTitle, yTitle, CategorySeriesRenderStyle.Line);
        // the library moves series aside, so that bars of errors stand side by side; not far off their categories
        chart.getStyler().setAvailableSpaceFill(Math.min(0.6, x.size() * 0.04));
        double[] range = range(lines);
        for (Line line : lines) {
            CategorySeries series = line.errors().isEmpty()
                    ? chart.addSeries(line.name(), x, line.y())
                    : chart.addSeries(line.name(), x, line.y(), line.errors());
            series.setLineColor(colour(line));
            series.setLineStyle(stroke(line));
            series.setMarker(mark(line));
            series.setMarkerColor(colour(line));
        }
        chart.getStyler().setYAxisMin(range[0]).setYAxisMax(range[1]);
        return chart;
    }

    /** Bars from 0. */
    CategoryChart bars(String xTitle, String yTitle, List<String> x, List<Double> y) {
        CategoryChart chart = categories(xTitle, yTitle, CategorySeriesRenderStyle.Bar);
        CategorySeries series = chart.addSeries(yTitle, x, y);
        series.setFillColor(theme.series(0));
        series.setLineColor(theme.series(0));
        chart.getStyler().setAvailableSpaceFill(0.85);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setPlotContentSize(0.97); // bars stand nearly on the axis; at 1 it would lose its 0
        return chart;
    }

    private CategoryChart categories(String xTitle, String yTitle, CategorySeriesRenderStyle render) {
        CategoryChart chart = new CategoryChart(10, 10);
        chart.setXAxisTitle(xTitle);
        chart.setYAxisTitle(yTitle);
        plain(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(render);
        return chart;
    }

    /** Curves over a number. */
    XYChart curves(String xTitle, String yTitle, List<Double> x, List<Line> lines, boolean logarithmic) {
        XYChart chart = new XYChart(10, 10);
        chart.setXAxisTitle(xTitle);
        chart.setYAxisTitle(yTitle);
        plain(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Line);
        chart.getStyler().setXAxisLogarithmic(logarithmic);
        if (x.size() > MOST_MARKS && !logarithmic) { // the library would write a label at every other place
            chart.getStyler().setXAxisMin(0.0).setXAxisTickLabelsFormattingFunction(Drawing::ten);
        }
        if (logarithmic) {
            chart.getStyler().setXAxisLogarithmicDecadeOnly(true);
            chart.getStyler().setXAxisTickLabelsFormattingFunction(Drawing::decade);
            chart.getStyler().setXAxisMin(0.9 * Collections.min(x)).setXAxisMax(1.1 * Collections.max(x));
        }
        double[] range = range(lines);
        for (Line line : lines) {
            XYSeries series = chart.addSeries(line.name(), x, line.y());
            series.setLineColor(colour(line));
            series.setLineStyle(stroke(line));
            series.setMarker(x.size() > MOST_MARKS ? SeriesMarkers.NONE : mark(line));
            series.setMarkerColor(colour(line));
        }
        chart.getStyler().setYAxisMin(range[0]).setYAxisMax(range[1]);
        return chart;
    }

    private static String ten(double x) {
        return x % 10 == 0 ? decade(x) : "";
    }

    static String decade(double x) {
        return java.math.BigDecimal.valueOf(x).stripTrailingZeros().toPlainString();
    }

    private Color colour(Line line) {
        return line.compared() ? theme.muted() : theme.series(line.look());
    }

    private static BasicStroke stroke(Line line) {
        return switch (line.look()) {
            case Line.FLOOR -> Theme.dotted();
            case Line.BOUND -> new BasicStroke(1.5f);
            default -> Theme.stroke(line.look());
        };
    }

    private static Marker mark(Line line) {
        return line.compared() ? SeriesMarkers.NONE : MARKS[line.look() % MARKS.length];
    }

    /** A range that holds all values, with round ends. */
    static double[] range(List<Line> lines) {
        List<Double> ends = new ArrayList<>();
        for (Line line : lines) {
            for (int i = 0; i < line.y().size(); i++) {
                double error = line.errors().isEmpty() ? 0 : line.errors().get(i);
                if (Double.isNaN(line.y().get(i))) continue;
                ends.add(line.y().get(i) - (Double.isNaN(error) ? 0 : error));
                ends.add(line.y().get(i) + (Double.isNaN(error) ? 0 : error));
            }
        }
        if (ends.isEmpty()) return new double[] {0, 1};
        double low = Collections.min(ends);
        double high = Collections.max(ends);
        double width = high > low ? high - low : Math.max(Math.abs(high), 1e-3);
        double step = Math.pow(10, Math.floor(Math.log10(width))) / 2;
        return new double[] {
            Math.floor((low - 0.02 * width) / step) * step, Math.ceil((high + 0.02 * width) / step) * step
        };
    }

    private void plain(AxesChartStyler style) {
        style.setLocale(Locale.ROOT);
        style.setAntiAlias(true);
        style.setLegendVisible(false);
        style.setChartTitleVisible(false);
        style.setChartBackgroundColor(theme.ground());
        style.setPlotBackgroundColor(theme.ground());
        style.setPlotBorderVisible(false);
        style.setChartFontColor(theme.text());
        style.setXAxisTitleColor(theme.text());
        style.setYAxisTitleColor(theme.text());
        style.setXAxisTickLabelsColor(theme.text());
        style.setYAxisTickLabelsColor(theme.text());
        style.setAxisTickMarksColor(theme.muted());
        style.setAxisTickMarksStroke(HAIR);
        style.setPlotGridLinesColor(theme.grid());
        style.setPlotGridLinesStroke(HAIR);
        style.setPlotGridVerticalLinesVisible(false);
        style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        style.setErrorBarsColorSeriesColor(true);
        style.setMarkerSize(7);
        style.setChartPadding(8);
        style.setAxisTitlePadding(8);
        style.setYAxisTickMarkSpacingHint(44);
        style.setYAxisDecimalPattern("#,##0.####");
    }
}
