// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a training wrote down of each iteration: a CSV file whose first column is {@code iteration} and whose others are
 * numbers; an empty cell is a number that was not taken.
 */
public final class TrainingHistory {

    /** The file's name in the folder of a model. */
    public static final String FILE = "history.csv";

    private static final String FIRST = "iteration";

    private final List<String> names;
    private final List<double[]> rows;

    private TrainingHistory(List<String> names, List<double[]> rows) {
        this.names = names;
        this.rows = rows;
    }

    /**
     * Reads the lines of a file.
     *
     * @throws IllegalArgumentException if they are no such table
     */
    public static TrainingHistory of(List<String> lines) {
        List<String> names =
                lines.isEmpty() ? List.of() : Arrays.asList(lines.get(0).split(",", -1));
        if (names.isEmpty() || !names.get(0).equals(FIRST)) {
            throw new IllegalArgumentException("history: the first line must begin with '" + FIRST + "', got '"
                    + (lines.isEmpty() ? "" : lines.get(0)) + "'");
        }
        List<double[]> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (cells.length != names.size()) {
                throw new IllegalArgumentException(
                        "history: each line must have " + names.size() + " numbers, got '" + line + "'");
            }
            rows.add(Arrays.stream(cells).mapToDouble(TrainingHistory::number).toArray());
        }
        return new TrainingHistory(names, rows);
    }

    private static double number(String cell) {
        try {
            return cell.isBlank() ? Double.NaN : Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("history: cells must be numbers, got '" + cell + "'", e);
        }
    }

    /** The columns beside the iteration. */
    List<String> curves() {
        return names.subList(1, names.size());
    }

    List<Double> iterations() {
        return column(0);
    }

    List<Double> curve(String name) {
        return column(names.indexOf(name));
    }

    private List<Double> column(int c) {
        List<Double> column = new ArrayList<>();
        for (double[] row : rows) column.add(row[c]);
        return column;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }
}
