// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Bytes of files of ranked lists: right ones, nearly right ones, and any. */
final class LetorText {

    private static final int LONGEST = 10_000_000;

    private final Dice dice;

    LetorText(Dice dice) {
        this.dice = dice;
    }

    byte[] bytes() {
        if (dice.percent(15)) return dice.bytes(dice.below(2000));
        StringBuilder text = new StringBuilder(dice.percent(10) ? "\uFEFF" : "");
        int lines = dice.below(12);
        for (int i = 0; i < lines; i++) text.append(line()).append(end());
        if (dice.percent(20)) text.append(line());
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && dice.percent(15)) bytes[dice.below(bytes.length)] = (byte) dice.below(256);
        return bytes;
    }

    private String end() {
        return dice.percent(70) ? "\n" : dice.of("\r\n", "\r", "\n\n", "\n\r", "\u2028", "\f");
    }

    private String line() {
        if (dice.percent(8))
            return dice.of("", " ", "\t", "#", "# only this", "1", "qid:1", ":", "1 qid:", "1 qid:1 :");
        StringBuilder line =
                new StringBuilder(label()).append(blank()).append("qid:").append(qid());
        int number = 0;
        int features = dice.below(6);
        for (int i = 0; i < features; i++) {
            number += 1 + dice.below(3);
            line.append(blank()).append(number(number)).append(':').append(value());
        }
        if (dice.percent(20))
            line.append(blank()).append('#').append(dice.of("", " ", " docid = 7", "é # #", "\u0000"));
        return line.toString();
    }

    private String blank() {
        return dice.percent(85) ? " " : dice.of("\t", "  ", "\u000B", "\u00A0", " \f ");
    }

    private String label() {
        return dice.percent(85) ? String.valueOf(dice.below(5)) : odd();
    }

    private String value() {
        return dice.percent(80) ? String.valueOf(dice.normal()) : odd();
    }

    private String odd() {
        return dice.of(
                "0",
                "-0.0",
                "1e999",
                "-1e-400",
                "4.9e-324",
                "NaN",
                "inf",
                "Infinity",
                "+1",
                ".5",
                "5.",
                ".",
                "-",
                "+",
                "e5",
                "1e",
                "1e+",
                "0x1p3",
                "1d",
                "1f",
                "1,5",
                "\u0661",
                "1_000",
                "9".repeat(400),
                "0." + "0".repeat(400) + "1",
                "");
    }

    private String qid() {
        return dice.percent(70)
                ? String.valueOf(1 + dice.below(3))
                : dice.of("", "99999999999999999999999", "-1", "a:b", "é", "qid:1", "\u0000", "x".repeat(5000));
    }

    private String number(int usual) {
        return dice.percent(90)
                ? String.valueOf(usual)
                : dice.of(
                        "0",
                        "-1",
                        "1",
                        "2147483646",
                        "2147483647",
                        "2147483648",
                        "99999999999",
                        "1.5",
                        "",
                        "x",
                        "01",
                        "+3");
    }

    /** One line of about ten million bytes. */
    byte[] longLine() {
        StringBuilder line = new StringBuilder("1 qid:1");
        int kind = dice.below(3);
        if (kind == 0) line.append(" # ").append("c".repeat(LONGEST));
        if (kind == 1) line.append(" 1:").append("1".repeat(LONGEST));
        for (int number = 1; kind == 2 && line.length() < LONGEST; number++)
            line.append(' ').append(number).append(":1");
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes as gzip, perhaps cut or altered. */
    byte[] zipped(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        }
        byte[] zipped = bytes.toByteArray();
        if (dice.percent(40)) return Arrays.copyOf(zipped, dice.below(zipped.length));
        if (dice.percent(30)) zipped[dice.below(zipped.length)] ^= (byte) (1 << dice.below(8));
        return zipped;
    }
}
