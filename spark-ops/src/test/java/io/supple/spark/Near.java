// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/** Rows that are equal but for rounding. */
public final class Near {

    private static final double TOLERANCE = 1e-9;

    private Near() {}

    /** The same rows in the same order, numbers to 1e-9 of the larger of 1 and themselves. */
    public static void assertSame(List<Row> got, List<Row> expected) {
        assertThat(got).hasSameSizeAs(expected);
        for (int i = 0; i < got.size(); i++) same(got.get(i), expected.get(i), "row " + i);
    }

    private static void same(Object got, Object expected, String where) {
        if (expected instanceof Row row) {
            Row other = (Row) got;
            assertThat(other.size()).as(where).isEqualTo(row.size());
            for (int i = 0; i < row.size(); i++) same(other.get(i), row.get(i), where + ", field " + i);
        } else if (expected instanceof Seq<?> seq) {
            List<?> elements = Scala.list(seq);
            List<?> others = Scala.list((Seq<?>) got);
            assertThat(others).as(where).hasSameSizeAs(elements);
            for (int i = 0; i < elements.size(); i++) same(others.get(i), elements.get(i), where + " [" + i + "]");
        } else if (expected instanceof Double number && Double.isFinite(number)) {
            double wide = TOLERANCE * Math.max(1, Math.abs(number));
            assertThat((Double) got).as(where).isCloseTo(number, within(wide));
        } else if (expected instanceof Vector vector) {
            double[] numbers = ((Vector) got).toArray();
            assertThat(numbers).as(where).containsExactly(vector.toArray(), within(TOLERANCE));
        } else {
            assertThat(got).as(where).isEqualTo(expected);
        }
    }
}
