// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayArrayParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/** Values for the Params of a stage, of the kind that the Param has. */
final class ParamValues {

    private static final String ONE_OF = "one of ";
    private static final int MOST_NAMES = 4;

    private final Dice dice;
    private final List<String> columns;

    ParamValues(Dice dice, String... columns) {
        this.dice = dice;
        this.columns = Arrays.asList(columns);
    }

    Object of(Param<?> param) {
        if (param instanceof BooleanParam) return dice.percent(50);
        if (param instanceof IntParam) return dice.of(-1, 0, 1, 2, 3, 5, 50, Integer.MAX_VALUE);
        if (param instanceof LongParam) return dice.of(-1L, 0L, 7L, Long.MIN_VALUE);
        if (param instanceof DoubleParam) return number();
        if (param instanceof IntArrayParam) return dice.of(new int[0], new int[] {1}, new int[] {3, 5}, new int[] {0});
        if (param instanceof DoubleArrayParam) return numbers();
        if (param instanceof DoubleArrayArrayParam)
            return dice.of(new double[0][], new double[][] {numbers(), numbers()});
        if (param instanceof StringArrayParam) {
            boolean arguments = param.name().equals("arguments");
            return dice.times(dice.below(MOST_NAMES), () -> arguments ? argument() : column())
                    .toArray(String[]::new);
        }
        return param.name().endsWith("Col") ? column() : word(param);
    }

    private Double number() {
        return dice.of(
                0.1,
                0.5,
                1.0,
                2.0,
                0.0,
                -0.0,
                -1.0,
                1e-300,
                4.9e-324,
                1e6,
                1e300,
                Double.NaN,
                Double.POSITIVE_INFINITY);
    }

    private double[] numbers() {
        double inf = Double.POSITIVE_INFINITY;
        return dice.of(
                new double[0],
                new double[] {0.5},
                new double[] {0, 1, 2, 3},
                new double[] {-inf, 0, 0.5, inf},
                new double[] {3, 1},
                new double[] {0, 0, 0},
                new double[] {Double.NaN, 1, 2},
                new double[] {-1e308, 0, 1e308},
                new double[] {0.1, 0.2, 0.9});
    }

    String column() {
        return dice.percent(95)
                ? dice.of(columns)
                : dice.of("", "new", "Number", "a.c", "`list`", "list[0]", "*", "id + 1");
    }

    private String argument() {
        return dice.of(
                "k => 2",
                "q => 0.5",
                "seed => 7",
                "softness => 0.2",
                "descending => true",
                "num_samples => 3",
                "length => 2",
                "x => 0.5",
                "y => 1",
                "method => 'ot'",
                "missing => 'error'",
                "nonsense",
                "=> 3",
                "k =>",
                "k => -1",
                "q => NaN",
                "k => 1e300",
                "q => 'half'",
                "axis => 0",
                "log_prob_eps => 0.1",
                "return_log_probs => true");
    }

    /** One of the words that the Param's text lists, or any. */
    private String word(Param<?> param) {
        int at = param.doc().lastIndexOf(ONE_OF);
        if (at < 0 || dice.percent(5))
            return dice.of("smooth", "hard", "c0", "ot", "keep", "skip", "sort", "nonsense", "");
        String[] words = param.doc().substring(at + ONE_OF.length()).split("[^A-Za-z0-9_]+", -1);
        return dice.of(words);
    }
}
