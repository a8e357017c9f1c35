// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import io.supple.Method;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The soft permutation matrix of one list as heat maps, by the methods that have one, at three softnesses. */
final class Matrices {

    /** Not in order, so that the permutation is not the identity. */
    private static final double[] SCORES = {0.7, 3.0, -1.2, 1.5, 0.2};

    private static final double[] SOFTNESSES = {0.01, 0.1, 1};

    private Matrices() {}

    static Sheet sheet() {
        Sheet sheet = new Sheet(
                "permutation",
                "argsort(x) of " + Orders.list(SCORES) + ": permutation matrices by method and softness");
        for (double softness : SOFTNESSES) {
            List<Panel> panels = new ArrayList<>();
            for (Method method : Method.values()) {
                if (method.hasMatrix()) panels.add(map(method, softness));
            }
            sheet.row(290, panels.toArray(Panel[]::new));
        }
        return sheet;
    }

    private static Panel map(Method method, double softness) {
        List<String> elements = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int i = 0; i < SCORES.length; i++) {
            elements.add(Double.toString(SCORES[i]));
            places.add(Integer.toString(i + 1));
        }
        Tensor p = Soft.smooth(softness).with(method).argsort(Tensor.of(SCORES.clone()));
        return new HeatMap(Orders.name(method) + ", " + softness, places, elements, p.data());
    }
}
