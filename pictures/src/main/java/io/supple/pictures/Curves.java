// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.math.BigDecimal;
import java.util.Locale;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A panel of curves over one axis. The legend is the sheet's. */
final class Curves implements Panel {

    private static final int TITLE = 28;
    private static final double MARGIN = 0.05; // of the range of y, beyond the curves
    private static final BasicStroke DOTS =
            new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {2, 4}, 0);

    private final XYChart chart = new XYChart(10, 10);
    private final String title;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    Curves(String title, String xLabel, String yLabel) {
        this.title = title;
        chart.setXAxisTitle(xLabel);
        chart.setYAxisTitle(yLabel);
        plain(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
    }

    private static void plain(XYStyler style) {
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setChartFontColor(Ink.TEXT);
        style.setChartTitleVisible(false);
        style.setChartPadding(8);
        style.setLegendVisible(false);
        style.setAntiAlias(true);
        style.setLocale(Locale.ROOT);
        style.setAxisTitleFont(Ink.AXIS);
        style.setAxisTickLabelsFont(Ink.TICK);
        style.setAxisTickLabelsColor(Ink.TEXT);
        style.setAxisTickMarksColor(Ink.MARK);
        style.setAxisTickMarksStroke(Ink.HAIR);
        style.setPlotGridLinesColor(Ink.FAINT);
        style.setPlotGridLinesStroke(Ink.HAIR);
        style.setXAxisTitleColor(Ink.TEXT);
        style.setYAxisTitleColor(Ink.TEXT);
        style.setAxisTitlePadding(10);
        style.setPlotMargin(0);
        style.setPlotContentSize(1);
    }

    Curves curve(Ink ink, double[] x, double[] y) {
        XYSeries series = chart.addSeries(ink.label(), x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(ink.colour());
        series.setLineStyle(ink.stroke());
        series.setSmooth(true); // one path instead of one line for each piece, which would break dashes
        for (double value : y) include(value);
        return this;
    }

    /** A logarithmic axis of x, from 0.001 to 10. */
    Curves logarithmic() {
        XYStyler style = chart.getStyler();
        style.setXAxisLogarithmic(true);
        xRange(0.9e-3, 11); // a little beyond the outer ticks, so that their labels are not cut
        style.setXAxisLogarithmicDecadeOnly(true);
        style.setXAxisTickLabelsFormattingFunction(
                v -> new BigDecimal(v.toString()).stripTrailingZeros().toPlainString());
        return this;
    }

    Curves xRange(double low, double high) {
        chart.getStyler().setXAxisMin(low).setXAxisMax(high);
        return this;
    }

    /** At least this range of y is shown; curves that leave it widen it. */
    Curves yRange(double from, double to) {
        include(from);
        include(to);
        return this;
    }

    private void include(double y) {
        low = Math.min(low, y);
        high = Math.max(high, y);
    }

    /** Ticks of y at least so many pixels apart. */
    Curves yTicks(int pixels) {
        chart.getStyler().setYAxisTickMarkSpacingHint(pixels);
        return this;
    }

    /** Room for the labels of y, so that panels one above the other align. */
    Curves yWidth(int pixels) {
        chart.getStyler().setYAxisLeftWidthHint(pixels);
        return this;
    }

    /** A dotted vertical line at x. */
    Curves mark(double x) {
        AnnotationLine line = new AnnotationLine(x, true, false);
        chart.getStyler().setAnnotationLineColor(Ink.MARK);
        chart.getStyler().setAnnotationLineStroke(DOTS);
        chart.addAnnotation(line);
        return this;
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
        double room = MARGIN * (high - low);
        chart.getStyler().setYAxisMin(low - room).setYAxisMax(high + room);
        g.setColor(Ink.TEXT);
        Words.around(g, title, Ink.PANEL, width / 2.0, TITLE / 2.0 + 4);
        Graphics2D below = (Graphics2D) g.create(0, TITLE, width, height - TITLE);
        chart.paint(below, width, height - TITLE);
        below.dispose();
    }
}
