// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.io.Serializable;

/** One list as Spark's encoders make it: public, with setters, because generated code calls them. */
public final class JudgedList implements Serializable {

    private static final long serialVersionUID = 1L;

    private double[] labels = {};
    private double[] scores = {};
    private double[] features = {};
    private int narrowest;
    private int widest;

    /** How good each row is: (n). */
    public double[] getLabels() {
        return labels;
    }

    /** Sets {@link #getLabels()}. */
    public void setLabels(double[] values) {
        labels = values;
    }

    /** The scores of each row, one after the other: (n, scorings). */
    public double[] getScores() {
        return scores;
    }

    /** Sets {@link #getScores()}. */
    public void setScores(double[] values) {
        scores = values;
    }

    /** The features of each row, one after the other: (n, features). */
    public double[] getFeatures() {
        return features;
    }

    /** Sets {@link #getFeatures()}. */
    public void setFeatures(double[] values) {
        features = values;
    }

    /** The fewest features of a row. */
    public int getNarrowest() {
        return narrowest;
    }

    /** Sets {@link #getNarrowest()}. */
    public void setNarrowest(int count) {
        narrowest = count;
    }

    /** The most features of a row. */
    public int getWidest() {
        return widest;
    }

    /** Sets {@link #getWidest()}. */
    public void setWidest(int count) {
        widest = count;
    }

    int length() {
        return labels.length;
    }

    /** Column c of a matrix that lies row by row. */
    static double[] column(double[] rows, int n, int c) {
        int width = rows.length / n;
        double[] column = new double[n];
        for (int i = 0; i < n; i++) column[i] = rows[i * width + c];
        return column;
    }

    boolean relevant() {
        for (double label : labels) if (label > 0) return true;
        return false;
    }

    /** Whether no order of it is better than another. */
    boolean constant() {
        for (double label : labels) if (label != labels[0]) return false;
        return true;
    }
}
