// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.optimize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The inverse Hessian that the last m moves speak for: {@code s = w' - w} and {@code y = g' - g} of each.
 *
 * <p>Nocedal and Wright 2006, Numerical Optimization, algorithm 7.4 (two loops) and equation 7.20 (first scale).
 */
final class Curvature {

    private static final class Move {
        final double[] s;
        final double[] y;
        final double along; // s y

        Move(double[] s, double[] y, double along) {
            this.s = s;
            this.y = y;
            this.along = along;
        }
    }

    /** A move whose curvature is less than this part of {@code |y|^2} says more of rounding than of the function. */
    private static final double FLAT = 1e-12;

    private final int most;
    private final Deque<Move> moves = new ArrayDeque<>();

    Curvature(int most) {
        this.most = most;
    }

    void add(Point from, Point to) {
        double[] s = to.w().clone();
        double[] y = to.gradient().clone();
        Point.add(-1, from.w(), s);
        Point.add(-1, from.gradient(), y);
        double along = Point.dot(s, y);
        if (along <= FLAT * Point.dot(y, y) || along == 0) return; // it would not stay positive definite
        if (moves.size() == most) moves.removeLast();
        moves.addFirst(new Move(s, y, along));
    }

    void forget() {
        moves.clear();
    }

    boolean empty() {
        return moves.isEmpty();
    }

    /** {@code -H g}. */
    double[] direction(double[] gradient) {
        double[] d = new double[gradient.length];
        Point.add(-1, gradient, d);
        if (moves.isEmpty()) return d;
        double[] a = new double[moves.size()];
        int k = 0;
        for (Move move : moves) {
            a[k] = Point.dot(move.s, d) / move.along;
            Point.add(-a[k++], move.y, d);
        }
        Move last = moves.getFirst();
        double scale = last.along / Point.dot(last.y, last.y);
        for (int i = 0; i < d.length; i++) d[i] *= scale;
        for (Iterator<Move> oldest = moves.descendingIterator(); oldest.hasNext(); ) {
            Move move = oldest.next();
            double b = Point.dot(move.y, d) / move.along;
            Point.add(a[--k] - b, move.s, d);
        }
        return d;
    }
}
