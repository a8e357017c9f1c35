// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Numbers and lists as SQL, with what is rare among them made frequent. */
final class Literals {

    static final String NULL = "NULL";
    static final String NAN = "double('NaN')";
    private static final String FLOAT_NAN = "float('NaN')";

    /** Values of types that no argument takes; all of them can be written down without an error of their own. */
    private static final List<String> STRANGE = List.of(
            "'text'",
            "''",
            "map('a', 1.0D)",
            "map()",
            "named_struct('a', 1.0D, 'b', 'x')",
            "DATE '2024-02-29'",
            "TIMESTAMP '2024-02-29 01:02:03'",
            "TIMESTAMP_NTZ '2024-02-29 01:02:03'",
            "INTERVAL '1' DAY",
            "INTERVAL '3' YEAR",
            "make_interval(1, 2, 3)",
            "X'00FF'",
            "true",
            "CAST(NULL AS STRING)",
            "CAST(NULL AS ARRAY<STRING>)",
            "CAST(NULL AS MAP<INT, INT>)",
            "array('a', 'b')",
            "array(map('a', 1))",
            "array(DATE '2024-02-29')",
            "array(X'00')",
            "array(named_struct('a', 1.0D))",
            "array(true, false)",
            "array(array(array(1.0D)))",
            "array(array('a'))",
            "array(array(1.0D, 2.0D), NULL)",
            "array(array())",
            "array(1.0D, 2.0D)",
            "array(INTERVAL '1' DAY)",
            "parse_json('[1, 2]')",
            "dense_vector(array(1.0D, 2.0D))",
            "sparse_vector(array(0D, 2.0D, 0D))",
            "sparse_vector(array())",
            "dense_vector(CAST(NULL AS ARRAY<DOUBLE>))",
            "array(dense_vector(array(1.0D, 2.0D)))",
            "1.0D",
            "7",
            "12345678901234567890123456789012345678BD");

    private static final List<String> EDGES = List.of(
            "0D",
            "-0.0D",
            "1D",
            "-1D",
            NAN,
            "double('Infinity')",
            "double('-Infinity')",
            "4.9E-324D",
            "-4.9E-324D",
            "1E-310D",
            "2.2250738585072014E-308D",
            "1E-300D",
            "1E16D",
            "1E154D",
            "-1E155D",
            "1E300D",
            "1E308D",
            "-1E308D",
            "1.7976931348623157E308D",
            "-1.7976931348623157E308D");

    /** The type of the elements of a list. */
    private enum Kind {
        DOUBLE,
        FLOAT,
        TINYINT,
        SMALLINT,
        INT,
        BIGINT,
        DECIMAL
    }

    private final Dice dice;

    Literals(Dice dice) {
        this.dice = dice;
    }

    /** A value of a type that few arguments take, if any. */
    String strange() {
        return dice.of(STRANGE);
    }

    /** A number as a DOUBLE: usual, tied or extreme. */
    String number() {
        if (dice.percent(25)) return dice.of(EDGES);
        if (dice.percent(25)) return dice.below(4) + "D";
        return real(dice.normal() * Math.pow(10, dice.below(7) - 3));
    }

    /** A number within [0, 1], most often. */
    String truth() {
        if (dice.percent(10)) return number();
        if (dice.percent(25)) return dice.of("0D", "1D", "0.5D", "1E-310D");
        return real(1 / (1 + Math.exp(dice.normal())));
    }

    /** A number >= 0 and finite, most often. */
    String label() {
        return dice.percent(5) ? number() : dice.of("0D", "0D", "1D", "2D", "3D", "0.5D", "1E300D", "30D");
    }

    static String real(double value) {
        return value + "D";
    }

    /** How long a list is. */
    int length() {
        int size = dice.below(100);
        return size < 6 ? 0 : size < 16 ? 1 : size < 90 ? 2 + dice.below(7) : 9 + dice.below(32);
    }

    /** A list of numbers of one type. */
    String list(int length, Supplier<String> element) {
        Kind kind = dice.percent(70) ? Kind.DOUBLE : dice.of(Kind.values());
        boolean gaps = dice.percent(30);
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            elements.add(gaps && dice.percent(30) ? NULL : kind == Kind.DOUBLE ? element.get() : typed(kind));
        }
        return array(elements);
    }

    /** An ML vector; NaN is not in it, for which there is no NULL to be compared with. */
    String vector(int length, Supplier<String> element) {
        List<String> elements = dice.times(length, element);
        elements.replaceAll(each -> hasNan(each) ? "1D" : each);
        return MlVectors.sql(dice.percent(50), array(elements));
    }

    static String array(List<String> elements) {
        return "array(" + String.join(", ", elements) + ")";
    }

    /** A number of any type. */
    String typed() {
        return dice.percent(60) ? number() : typed(dice.of(Kind.values()));
    }

    private String typed(Kind kind) {
        int small = dice.below(9) - 2;
        return switch (kind) {
            case DOUBLE -> number();
            case FLOAT ->
                dice.percent(20)
                        ? dice.of(FLOAT_NAN, "float('Infinity')", "1.4E-45F", "3.4028234E38F", "-0.0F")
                        : small + ".5F";
            case TINYINT -> dice.percent(10) ? "127Y" : small + "Y";
            case SMALLINT -> dice.percent(10) ? "-32768S" : small + "S";
            case INT -> dice.percent(10) ? "2147483647" : String.valueOf(small);
            case BIGINT -> dice.percent(10) ? "9223372036854775807L" : small + "L";
            case DECIMAL -> "CAST(" + small + ".25 AS DECIMAL(" + dice.of("12, 2", "38, 10") + "))";
        };
    }

    /** The same without NaN: NULL in its place. */
    static String nansAsNull(String sql) {
        return sql.replace(NAN, "CAST(NULL AS DOUBLE)").replace(FLOAT_NAN, "CAST(NULL AS FLOAT)");
    }

    static boolean hasNan(String sql) {
        return sql.contains(NAN) || sql.contains(FLOAT_NAN);
    }
}
