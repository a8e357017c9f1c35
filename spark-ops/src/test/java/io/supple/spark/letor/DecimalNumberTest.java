// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decimal numbers are read as the JDK reads them, to the bit; nothing else is a number. */
class DecimalNumberTest {

    private static double read(String text) {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        return DecimalNumber.read(bytes, 1, bytes.length - 1);
    }

    private static void same(String text) {
        assertThat(Double.doubleToRawLongBits(read(text)))
                .as(text)
                .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "1",
                "+1",
                ".5",
                "5.",
                "00012",
                "0.1",
                "0.30000000000000004",
                "1e22",
                "1e23",
                "1E-22",
                "1e-23",
                "4.9e-324",
                "2.4703282292062327e-324",
                "1.7976931348623157e308",
                "9007199254740993",
                "999999999999999e7",
                "123456789012345678901234567890",
                "0.000000000000000000000000000001",
                "1e-999999999999",
                "0e999999999999",
                "-17.25e+3"
            })
    void samples(String text) {
        same(text);
    }

    @Test
    void anyDouble() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(any)) same(String.valueOf(any));
            same(String.valueOf(random.nextInt(1_000_000) / 1000.0));
            same(random.nextInt(100_000) + "." + random.nextInt(1_000_000_000) + "e" + (random.nextInt(60) - 30));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "--1", "1_0", "0x1p3", "1f", "NaN", "inf", "1e999",
                "1 2", "\u0661"
            })
    void otherText(String text) {
        assertThat(read(text)).isNaN();
    }
}
