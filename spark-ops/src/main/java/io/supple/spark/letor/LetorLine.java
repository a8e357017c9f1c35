// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.unsafe.types.UTF8String;

/** One line, {@code label qid:ID number:value ... # comment}, read from its bytes; written over by the next. */
final class LetorLine {

    /** As many features as there are. */
    static final int ANY = -1;

    private static final byte[] QID = {'q', 'i', 'd', ':'};
    private static final int LONGEST_QUOTE = 40;

    private final int base;
    private final int last;

    private byte[] bytes = {};
    private int end;
    private double label;
    private int qidFrom;
    private int qidTo;
    private int commentFrom;
    private int commentTo;
    private int first;
    private int afterLabel;
    private int count;
    private int[] indices = new int[64];
    private double[] values = new double[64];
    private int size;

    /**
     * Reader of lines.
     *
     * @param numFeatures how many features a line may have, or {@link #ANY}
     * @param zeroBased whether numbers begin with 0
     */
    LetorLine(int numFeatures, boolean zeroBased) {
        base = zeroBased ? 0 : 1;
        last = (numFeatures == ANY ? Integer.MAX_VALUE : numFeatures) - 1 + base; // so that a vector can have them all
    }

    /** Goes to a line in {@code [from, to)}; false if it is blank or comment only. */
    boolean begin(byte[] line, int from, int to) {
        bytes = line;
        end = from;
        while (end < to && bytes[end] != '#') end++;
        commentFrom = -1;
        commentTo = to;
        if (end < to) commentFrom = end + 1 < to && bytes[end + 1] == ' ' ? end + 2 : end + 1;
        first = skip(from);
        return first < end;
    }

    /** Reads the line. */
    void read() throws MalformedLineException {
        int at = first;
        int to = token(at);
        label = number(at, to, "label");
        at = skip(to);
        to = token(at);
        qidFrom = -1;
        if (to - at >= QID.length && Arrays.equals(bytes, at, at + QID.length, QID, 0, QID.length)) {
            qidFrom = at + QID.length;
            qidTo = to;
            if (qidFrom == qidTo) throw new MalformedLineException(at, "qid must not be empty");
            at = skip(to);
        }
        afterLabel = at;
        readFeatures(at);
    }

    private void readFeatures(int from) throws MalformedLineException {
        count = 0;
        size = 0;
        int before = base - 1;
        for (int at = skip(from); at < end; ) {
            int to = token(at);
            int colon = at;
            while (colon < to && bytes[colon] != ':') colon++;
            if (colon == to) throw new MalformedLineException(at, "feature must be number:value, got " + quote(at, to));
            int number = featureNumber(at, colon, before);
            double value = number(colon + 1, to, "value of feature " + number);
            size = number - base + 1;
            // 0.0 is what is not there; -0.0 is kept
            if (Double.doubleToRawLongBits(value) != 0) keep(number - base, value);
            before = number;
            at = skip(to);
        }
    }

    private int featureNumber(int from, int to, int before) throws MalformedLineException {
        long number = from == to ? -1 : 0;
        for (int i = from; i < to && number >= 0; i++) {
            int digit = bytes[i] - '0';
            number = digit < 0 || digit > 9 || number > Integer.MAX_VALUE ? -1 : 10 * number + digit;
        }
        if (number < 0 || number > Integer.MAX_VALUE - 1L + base) {
            throw new MalformedLineException(
                    from, "feature number must be a whole number from " + base + ", got " + quote(from, to));
        }
        if (number < base) {
            throw new MalformedLineException(
                    from, "feature number must be >= 1, got 0; option zeroBased lets numbers begin with 0");
        }
        if (number <= before) {
            String wrong = number == before ? number + " twice" : number + " after " + before;
            throw new MalformedLineException(from, "feature numbers must ascend, got " + wrong);
        }
        if (number > last) {
            throw new MalformedLineException(
                    from,
                    "feature number must be <= " + last + ", since numFeatures is " + (last - base + 1) + ", got "
                            + number);
        }
        return (int) number;
    }

    private void keep(int index, double value) {
        if (count == indices.length) {
            indices = Arrays.copyOf(indices, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        indices[count] = index;
        values[count++] = value;
    }

    private double number(int from, int to, String what) throws MalformedLineException {
        double value = DecimalNumber.read(bytes, from, to);
        if (Double.isNaN(value)) {
            throw new MalformedLineException(from, what + " must be a finite number, got " + quote(from, to));
        }
        return value;
    }

    private int skip(int from) {
        int at = from;
        while (at < end && isBlank(bytes[at])) at++;
        return at;
    }

    private int token(int from) {
        int to = from;
        while (to < end && !isBlank(bytes[to])) to++;
        return to;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\f' || b == 0x0B || b == '\r';
    }

    private String quote(int from, int to) {
        if (from >= to) return "nothing";
        boolean cut = to - from > LONGEST_QUOTE;
        String text = new String(bytes, from, cut ? LONGEST_QUOTE : to - from, StandardCharsets.UTF_8);
        return "'" + text + (cut ? "..." : "") + "'";
    }

    double label() {
        return label;
    }

    boolean hasQid() {
        return qidFrom >= 0;
    }

    /** The query's name; refuses a line that has none. */
    UTF8String qid() throws MalformedLineException {
        if (!hasQid()) {
            int to = token(afterLabel);
            throw new MalformedLineException(
                    afterLabel, "qid must stand after the label, as in 'qid:7', got " + quote(afterLabel, to));
        }
        return UTF8String.fromBytes(Arrays.copyOfRange(bytes, qidFrom, qidTo));
    }

    /** Refuses a line that has a qid where counts give it. */
    void refuseQid(String counts) throws MalformedLineException {
        if (hasQid()) {
            throw new MalformedLineException(
                    qidFrom - QID.length,
                    "line must have no qid, since '" + counts + "' counts queries; option groups = none ignores it");
        }
    }

    /** What stands after #, without the blank there; null without #. */
    UTF8String comment() {
        return commentFrom < 0 ? null : UTF8String.fromBytes(Arrays.copyOfRange(bytes, commentFrom, commentTo));
    }

    /** As many features as the last number says. */
    int size() {
        return size;
    }

    /** The features, of whichever kind takes less memory. */
    Vector features(int numFeatures) {
        if (1.5 * (count + 1) < numFeatures) {
            return Vectors.sparse(numFeatures, Arrays.copyOf(indices, count), Arrays.copyOf(values, count));
        }
        double[] all = new double[numFeatures];
        for (int k = 0; k < count; k++) all[indices[k]] = values[k];
        return Vectors.dense(all);
    }
}
