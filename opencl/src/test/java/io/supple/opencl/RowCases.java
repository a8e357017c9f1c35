// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import io.supple.Catalogue;
import io.supple.Method;
import io.supple.Mode;
import io.supple.Operator;
import io.supple.Param;
import io.supple.Relaxation;
import io.supple.RowOperator;
import io.supple.RowProjection;
import io.supple.Soft;
import io.supple.device.RowFunction;
import io.supple.device.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Functions of rows made of the catalogue, and ragged batches for them. */
final class RowCases {

    /** Empty rows, short ones, those at and around the classes of lengths and the size of groups, longer than any kernel. */
    static final int[] LENGTHS = {
        0, 1, 2, 3, 4, 5, 7, 16, 17, 31, 32, 33, 0, 63, 64, 65, 100, 128, 129, 256, 257, 1024, 1025
    };

    /** The same but for long rows, whose pairs are many. */
    static final int[] SHORT_LENGTHS = {0, 1, 2, 3, 4, 5, 16, 17, 31, 32, 0, 64, 65, 100};

    private RowCases() {}

    /** Whether the operator takes rows without elements at all. */
    static boolean takesEmptyRows(RowFunction function) {
        try {
            function.results(0);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A function under a choice of softening. */
    record Case(String name, String mode, RowFunction function) {
        @Override
        public String toString() {
            return name + " " + mode;
        }
    }

    static List<Case> projections() {
        List<Case> cases = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            if (mode == Mode.HARD) continue;
            for (double s : new double[] {0.1, 2}) {
                cases.add(new Case("simplex", label(mode) + " s=" + s, new RowProjection(s, mode)));
            }
        }
        return cases;
    }

    /** Every operator whose data are numbers, in every mode. */
    static List<Case> placewise() {
        List<Case> cases = new ArrayList<>();
        for (Operator operator : Catalogue.operators()) {
            if (!operator.relaxes() || operator.random()) continue;
            if (operator.data().stream().anyMatch(d -> d.form() != Param.Form.NUMBERS)) continue;
            for (Mode mode : Mode.values()) {
                if (mode == Mode.HARD) continue;
                for (double s : new double[] {0.1, 1}) {
                    Soft soft = Soft.smooth(s).with(mode);
                    cases.add(new Case(operator.name(), label(mode) + " s=" + s, RowOperator.of(operator, soft)));
                }
            }
        }
        return cases;
    }

    /** Every operator that a device is told as a reading of an order, under every method, mode and way to make keys. */
    static List<Case> ordered() {
        List<Case> cases = new ArrayList<>();
        for (Operator operator : Catalogue.operators()) {
            for (Mode mode : Mode.values()) {
                for (Method method : Method.values()) {
                    if (mode == Mode.HARD || !method.existsIn(mode)) continue;
                    for (boolean standardize : new boolean[] {true, false}) {
                        Soft soft = Soft.smooth(standardize ? 0.1 : 0.3)
                                .with(mode)
                                .with(method)
                                .withStandardize(standardize);
                        for (Object[] arguments : arguments(operator)) {
                            RowFunction function = function(operator, soft, arguments);
                            if (function == null || function.kernel() == null) continue;
                            cases.add(new Case(
                                    operator.name(),
                                    label(method) + " " + label(mode) + (standardize ? "" : " raw"),
                                    function));
                        }
                    }
                }
            }
        }
        return cases;
    }

    private static RowFunction function(Operator operator, Soft soft, Object[] arguments) {
        if (operator.data().size() != 1 || !operator.data().get(0).form().list()) return null;
        if (operator.relaxation().stream().noneMatch(p -> p.name().equals(Relaxation.METHOD))) return null;
        try {
            return RowOperator.of(operator, soft, arguments);
        } catch (IllegalArgumentException e) {
            return null; // the operator does not take the method
        }
    }

    /** Arguments for the parameters that have no default, and for the direction. */
    private static List<Object[]> arguments(Operator operator) {
        List<Object[]> all = new ArrayList<>();
        List<Param> params = operator.params();
        for (int variant = 0; variant < 2; variant++) {
            Object[] arguments = new Object[params.size()];
            boolean varies = false;
            for (int i = 0; i < arguments.length; i++) {
                Param param = params.get(i);
                arguments[i] = param.byDefault();
                if (param.name().equals("k")) arguments[i] = 1;
                if (param instanceof Param.Level level) {
                    arguments[i] = variant == 0
                            ? (Object) (0.3 * level.most())
                            : new double[] {0.25 * level.most(), 0, 0.9 * level.most()};
                    varies = true;
                }
                if (param.name().equals("descending")) {
                    arguments[i] = variant == 0;
                    varies = true;
                }
            }
            if (variant == 0 || varies) all.add(arguments);
        }
        return all;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** A ragged batch of numbers without ties, or with many. */
    static Rows batch(int columns, boolean ties, long seed, int... lengths) {
        int[] offsets = new int[lengths.length + 1];
        for (int r = 0; r < lengths.length; r++) offsets[r + 1] = offsets[r] + lengths[r];
        Random random = new Random(seed);
        double[][] x = new double[columns][offsets[lengths.length]];
        for (double[] column : x) {
            for (int i = 0; i < column.length; i++) {
                double value = 1.7 * random.nextGaussian();
                column[i] = ties ? Math.rint(2 * value) / 2 * 1.0137 : value;
            }
        }
        return new Rows(offsets, x);
    }
}
