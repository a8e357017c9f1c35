// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The values of a group: a multiset that survives being written, merged and read while it grows. */
class GroupValuesTest {

    private static GroupValues of(double... values) {
        GroupValues group = new GroupValues("soft_max_agg");
        for (double value : values) group.add(value);
        return group;
    }

    @Test
    void orderAndPartitioningDoNotShow() {
        Random random = new Random(20130308);
        double[] values = random.doubles(1000).map(v -> v - 0.5).toArray();
        double[] sorted = of(values).sorted();
        GroupValues merged = new GroupValues("soft_max_agg");
        GroupValues part = new GroupValues("soft_max_agg");
        for (int i = values.length - 1; i >= 0; i--) {
            part.add(values[i]);
            if (random.nextInt(50) > 0 && i > 0) continue;
            merged.addAll(GroupValues.of("soft_max_agg", part.toBytes()));
            part = new GroupValues("soft_max_agg");
        }
        assertThat(merged.sorted()).isEqualTo(sorted).isSorted().hasSize(1000);
    }

    @Test
    void zerosAndNaNsHaveOneOrderAndOneForm() {
        double other = Double.longBitsToDouble(0xfff8000000000007L); // a NaN of another bit pattern
        assertThat(of(0.0, other, -0.0, Double.POSITIVE_INFINITY, Double.NaN).sorted())
                .isEqualTo(new double[] {-0.0, 0.0, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN});
        long[] bits = new long[2];
        double[] sorted = of(other, Double.NaN).sorted();
        for (int i = 0; i < bits.length; i++) bits[i] = Double.doubleToRawLongBits(sorted[i]);
        assertThat(bits).containsOnly(Double.doubleToRawLongBits(Double.NaN));
    }

    @Test
    void readingDoesNotEndIt() {
        GroupValues group = of(3, 1);
        assertThat(group.sorted()).containsExactly(1, 3);
        group.add(2);
        group.addNull();
        assertThat(group.sorted()).containsExactly(1, 2, 3);
        assertThat(group.nulls()).isEqualTo(1);
    }

    @Test
    void eightBytesAValueAndEightForTheNulls() {
        GroupValues group = of(1, 2, 3);
        group.addNull();
        assertThat(group.toBytes()).hasSize(8 + 3 * 8);
        GroupValues read = GroupValues.of("soft_max_agg", group.toBytes());
        assertThat(read.nulls()).isEqualTo(1);
        assertThat(read.sorted()).containsExactly(1, 2, 3);
        assertThat(GroupValues.of("soft_max_agg", of().toBytes()).sorted()).isEmpty();
    }

    @Test
    void aGroupThatDoesNotFit() {
        GroupValues full = new GroupValues("soft_max_agg", 20);
        for (int i = 0; i < 20; i++) full.add(i);
        String message =
                "soft_max_agg: a group must have at most 20 values, since it is evaluated as one list in memory,"
                        + " got more; make smaller groups, or take a sample of the rows with FILTER (WHERE rand() < ...)";
        assertThatThrownBy(() -> full.add(20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> full.addAll(of(1))).hasMessage(message);
        assertThat(full.sorted()).hasSize(20);
        full.addAll(of());
        assertThat(full.size()).isEqualTo(20);
        // what Spark's own arrays and rows can hold
        long words = 1 + (GroupValues.MOST + 63L) / 64 + GroupValues.MOST;
        assertThat(words).isLessThanOrEqualTo(Integer.MAX_VALUE / 8);
    }
}
