// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Derivatives;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes, axes and exactness of selection, against loops over places that are written out here. */
class SelectionTest {

    private static final Soft SOFT = Soft.smooth(0.1);

    /** Values without structure. */
    private static Tensor values(int seed, int... shape) {
        int size = 1;
        for (int length : shape) size *= length;
        return Tensor.of(shape, Probe.direction(seed, size));
    }

    /** Weights along the last axis that sum to 1. */
    private static Tensor index(int seed, int... shape) {
        Tensor index = values(seed, shape);
        int n = shape[shape.length - 1];
        double[] p = index.data();
        for (int from = 0; from < p.length; from += n) {
            double sum = 0;
            for (int j = from; j < from + n; j++) {
                p[j] += 1.5;
                sum += p[j];
            }
            for (int j = from; j < from + n; j++) p[j] /= sum;
        }
        return index;
    }

    private static double at(Tensor x, int... place) {
        int flat = 0;
        for (int axis = 0; axis < place.length; axis++) flat = flat * x.length(axis) + place[axis];
        assertThat(place).hasSize(x.rank());
        return x.data()[flat];
    }

    private static int[] with(int[] place, int axis, int value) {
        int[] moved = place.clone();
        moved[axis] = value;
        return moved;
    }

    private static int[] with(int[] place, int last) {
        int[] longer = Arrays.copyOf(place, place.length + 1);
        longer[place.length] = last;
        return longer;
    }

    /** Walks all places of a shape. */
    private static void everyPlace(int[] shape, Consumer<int[]> visit) {
        int size = 1;
        for (int length : shape) size *= length;
        for (int flat = 0; flat < size; flat++) {
            int[] place = new int[shape.length];
            int rest = flat;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                place[axis] = rest % shape[axis];
                rest /= shape[axis];
            }
            visit.accept(place);
        }
    }

    private static void assertValue(double got, double expected) {
        assertThat(got).isCloseTo(expected, offset(1e-14));
    }

    /** (..., n, ...), (..., k, ..., [n]) to (..., k, ...) for every axis of two- and three-dimensional tensors. */
    @ParameterizedTest
    @CsvSource({"2,0", "2,1", "2,-1", "2,-2", "3,0", "3,1", "3,2", "3,-1", "3,-2", "3,-3", "1,0", "1,-1"})
    void takeAlongDim(int rank, int axis) {
        int[] shape = Arrays.copyOf(new int[] {3, 4, 5}, rank);
        int at = axis < 0 ? axis + rank : axis;
        int n = shape[at];
        int[] read = with(shape, at, 2);
        Tensor x = values(1, shape);
        Tensor p = index(2, with(read, n));
        Tensor y = SOFT.takeAlongDim(x, p, axis);
        assertThat(y.shape()).isEqualTo(read);
        everyPlace(read, place -> {
            double expected = 0;
            for (int j = 0; j < n; j++) expected += at(x, with(place, at, j)) * at(p, with(place, j));
            assertValue(at(y, place), expected);
        });
        assertGradients(v -> SOFT.takeAlongDim(v, p, axis), x);
        assertGradients(v -> SOFT.takeAlongDim(x, v, axis), p);
    }

    @Test
    void takeAlongDimOfAllValues() {
        Tensor x = values(1, 2, 3);
        Tensor p = index(2, 4, 6);
        assertThat(SOFT.takeAlongDim(x, p).data())
                .isEqualTo(SOFT.takeAlongDim(x.reshape(6), p, -1).data());
        assertThat(SOFT.takeAlongDim(x, p).shape()).containsExactly(4);
    }

    /** (..., n, ...), (k, [n]) to (..., k, ...): the same indices for every list. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, -1, -2, -3})
    void take(int axis) {
        int[] shape = {3, 4, 5};
        int at = axis < 0 ? axis + 3 : axis;
        int n = shape[at];
        Tensor x = values(3, shape);
        Tensor p = index(4, 2, n);
        Tensor y = SOFT.take(x, p, axis);
        int[] read = with(shape, at, 2);
        assertThat(y.shape()).isEqualTo(read);
        everyPlace(read, place -> {
            double expected = 0;
            for (int j = 0; j < n; j++) expected += at(x, with(place, at, j)) * at(p, place[at], j);
            assertValue(at(y, place), expected);
        });
        assertGradients(v -> SOFT.take(v, p, axis), x);
        assertGradients(v -> SOFT.take(x, v, axis), p);
        assertThat(SOFT.take(x, index(4, 2, 60)).shape()).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, -1, -2, -3})
    void indexSelect(int axis) {
        int[] shape = {3, 4, 5};
        int at = axis < 0 ? axis + 3 : axis;
        int n = shape[at];
        Tensor x = values(5, shape);
        Tensor p = index(6, n);
        Tensor kept = SOFT.indexSelect(x, p, axis, true);
        Tensor dropped = SOFT.indexSelect(x, p, axis, false);
        assertThat(kept.shape()).isEqualTo(with(shape, at, 1));
        assertThat(dropped.rank()).isEqualTo(2);
        assertThat(dropped.data()).isEqualTo(kept.data());
        everyPlace(kept.shape(), place -> {
            double expected = 0;
            for (int j = 0; j < n; j++) expected += at(x, with(place, at, j)) * p.data()[j];
            assertValue(at(kept, place), expected);
        });
        assertGradients(v -> SOFT.indexSelect(v, p, axis, false), x);
        assertGradients(v -> SOFT.indexSelect(x, v, axis, true), p);
    }

    @Test
    void indexSelectKeepsTheLastAxisByDefault() {
        assertThat(SOFT.indexSelect(values(5, 2, 3), index(6, 3)).shape()).containsExactly(2, 1);
        assertThat(SOFT.indexSelect(values(5, 2, 3), index(6, 6), null, false).shape())
                .isEmpty();
    }

    /** {@code y_i = sum_j p_j x_((i + j) mod n)} along every axis, also where the window is as long as the list. */
    @ParameterizedTest
    @CsvSource({"0,1", "0,3", "1,2", "1,4", "2,5", "-1,3", "-2,1", "-3,2"})
    void narrowGoesOnAtTheBeginning(int axis, int length) {
        int[] shape = {3, 4, 5};
        int at = axis < 0 ? axis + 3 : axis;
        int n = shape[at];
        Tensor x = values(7, shape);
        Tensor p = index(8, n);
        Tensor y = SOFT.narrow(x, p, length, axis);
        int[] read = with(shape, at, length);
        assertThat(y.shape()).isEqualTo(read);
        everyPlace(read, place -> {
            double expected = 0;
            for (int j = 0; j < n; j++) expected += at(x, with(place, at, (place[at] + j) % n)) * p.data()[j];
            assertValue(at(y, place), expected);
        });
        assertGradients(v -> SOFT.narrow(v, p, length, axis), x);
        assertGradients(v -> SOFT.narrow(x, v, length, axis), p);
    }

    @Test
    void narrowAroundTheEnd() {
        Tensor x = Tensor.of(10, 11, 12, 13);
        assertThat(SOFT.narrow(x, Tensor.of(0, 0, 0, 1), 3).data()).containsExactly(13, 10, 11);
        assertThat(SOFT.narrow(x, Tensor.of(0, 0, 0.5, 0.5), 2).data()).containsExactly(12.5, 11.5);
        Tensor rows = Tensor.of(new int[] {3, 2}, new double[] {1, 2, 3, 4, 5, 6});
        assertThat(SOFT.narrow(rows, Tensor.of(0, 0, 1), 2).data()).containsExactly(5, 6, 1, 2);
    }

    /** The window of every axis in turn. */
    @Test
    void dynamicSlice() {
        Tensor x = values(9, 3, 4, 5);
        List<Tensor> starts = List.of(index(10, 3), index(11, 4), index(12, 5));
        Tensor y = SOFT.dynamicSlice(x, starts, 2, 3, 5);
        assertThat(y.shape()).containsExactly(2, 3, 5);
        everyPlace(y.shape(), place -> {
            double[] expected = {0};
            everyPlace(x.shape(), from -> {
                double weight = 1;
                int[] source = new int[3];
                for (int axis = 0; axis < 3; axis++) {
                    weight *= starts.get(axis).data()[from[axis]];
                    source[axis] = (from[axis] + place[axis]) % x.length(axis);
                }
                expected[0] += weight * at(x, source);
            });
            assertValue(at(y, place), expected[0]);
        });
        // fewer axes than the tensor has: the others stay whole
        Tensor hard = SOFT.dynamicSlice(x, List.of(Tensor.of(0, 1, 0)), 1);
        assertThat(hard.shape()).containsExactly(1, 4, 5);
        assertThat(hard.data()).isEqualTo(Arrays.copyOfRange(x.data(), 20, 40));
    }

    /** (..., [n]), (n, ...) to (...), with broadcasting on both sides. */
    @Test
    void choose() {
        Tensor index = index(13, 2, 1, 3);
        Tensor choices = values(14, 3, 1, 4);
        Tensor y = SOFT.choose(index, choices);
        assertThat(y.shape()).containsExactly(2, 4);
        everyPlace(y.shape(), place -> {
            double expected = 0;
            for (int j = 0; j < 3; j++) expected += at(index, place[0], 0, j) * at(choices, j, 0, place[1]);
            assertValue(at(y, place), expected);
        });
        assertGradients(v -> SOFT.choose(v, choices), index);
        assertGradients(v -> SOFT.choose(index, v), choices);
        assertThat(SOFT.choose(Tensor.of(0, 1, 0), Tensor.of(7, 8, 9)).item()).isEqualTo(8);
    }

    @Test
    void whereBroadcasts() {
        Tensor condition = Tensor.of(new int[] {2, 1}, new double[] {1, 0.25});
        Tensor x = Tensor.of(4, 8, 12);
        Tensor y = SOFT.where(condition, x, Tensor.scalar(-4));
        assertThat(y.shape()).containsExactly(2, 3);
        assertThat(y.data()).containsExactly(4, 8, 12, -2, -1, 0);
        assertGradients(v -> SOFT.where(v, x, Tensor.scalar(-4)), condition);
        assertGradients(v -> SOFT.where(condition, v, Tensor.scalar(-4)), x);
        assertGradients(v -> SOFT.where(condition, x, v), Tensor.scalar(-4));
    }

    /** A hard index gives the element itself, bit for bit. */
    @Test
    void oneHotIndicesAreExact() {
        Tensor x = Tensor.of(new int[] {2, 3}, new double[] {0.1, 0.7, 1e300, -1e-300, 1 / 3.0, 5});
        Tensor order = Soft.HARD.argsort(x, true);
        assertThat(SOFT.takeAlongDim(x, order, -1).data())
                .containsExactly(1e300, 0.7, 0.1, 5, 1 / 3.0, -1e-300)
                .isEqualTo(Soft.HARD.sort(x, true).data());
        Tensor down = Soft.HARD.argsort(x, true, 0);
        assertThat(SOFT.takeAlongDim(x, down, 0).data())
                .isEqualTo(Soft.HARD.sort(x, true, 0).data());
        Tensor rows = Tensor.of(new int[] {2, 3}, new double[] {0, 0, 1, 1, 0, 0});
        assertThat(SOFT.take(x, rows, -1).data()).containsExactly(1e300, 0.1, 5, -1e-300);
        assertThat(SOFT.indexSelect(x, Tensor.of(0, 1, 0)).data()).containsExactly(0.7, 1 / 3.0);
    }

    /** Soft indices and soft values belong together: reading by argmax gives max. */
    @Test
    void softIndicesReadSoftValues() {
        Tensor x = values(15, 3, 4);
        Tensor read = SOFT.takeAlongDim(x, SOFT.argsort(x, true, 1), 1);
        Probe.assertClose(read, SOFT.sort(x, true, 1), 1e-14, "sort");
    }

    private static void assertGradients(UnaryOperator<Tensor> f, Tensor x) {
        Tensor t = Probe.direction(99, x);
        Tensor moved = Derivatives.jvp(f, x, t);
        // linear in each argument, so differences are exact up to rounding
        Probe.assertClose(moved, Probe.difference(f, x, t, 0.5), 1e-13, "jvp");
        Tensor g = Probe.direction(98, moved);
        Tensor pulled = Derivatives.vjp(f, x, g);
        assertThat(Probe.dot(pulled, t)).isCloseTo(Probe.dot(g, moved), offset(1e-12));
    }

    @Test
    void wrongShapes() {
        Tensor x = values(1, 2, 3);
        assertThatThrownBy(() -> SOFT.takeAlongDim(x, index(1, 2, 3), 1))
                .hasMessage(
                        "take_along_dim: soft_index must be a tensor of 3 axes, the last of length 3, got '[2, 3]'");
        assertThatThrownBy(() -> SOFT.takeAlongDim(x, index(1, 2, 3, 4), 1))
                .hasMessage(
                        "take_along_dim: soft_index must be a tensor of 3 axes, the last of length 3, got '[2, 3, 4]'");
        assertThatThrownBy(() -> SOFT.takeAlongDim(x, index(1, 4, 5, 3), 1))
                .hasMessage("take_along_dim: soft_index must be a tensor of other axes as x has, [2], got '[4, 5, 3]'");
        // as many lists, but others
        assertThatThrownBy(() -> SOFT.takeAlongDim(values(1, 2, 3, 4), index(1, 4, 1, 2, 3), 1))
                .hasMessage("take_along_dim: soft_index must be a tensor of other axes as x has, [2, 4],"
                        + " got '[4, 1, 2, 3]'");
        assertThatThrownBy(() -> SOFT.takeAlongDim(x, index(1, 2, 3)))
                .hasMessage(
                        "take_along_dim: soft_index must be a tensor of 2 axes, the last of length 6, got '[2, 3]'");
        assertThatThrownBy(() -> SOFT.take(x, index(1, 2, 4), 1))
                .hasMessage("take: soft_index must be a tensor of 2 axes, the last of length 3, got '[2, 4]'");
        assertThatThrownBy(() -> SOFT.take(x, index(1, 3), 1))
                .hasMessage("take: soft_index must be a tensor of 2 axes, the last of length 3, got '[3]'");
        assertThatThrownBy(() -> SOFT.indexSelect(x, index(1, 2)))
                .hasMessage("index_select: soft_index must be a tensor of 1 axis, of the length of the list, 3,"
                        + " got '[2]'");
        assertThatThrownBy(() -> SOFT.narrow(x, index(1, 3), 1))
                .hasMessage("narrow: soft_start must be a tensor of 1 axis, of the length of the list, 2, got '[3]'");
        assertThatThrownBy(() -> SOFT.narrow(x, index(1, 2), 3))
                .hasMessage("narrow: length must be at most the length of the list, 2, got 3");
        assertThatThrownBy(() -> SOFT.dynamicSlice(x, List.of(index(1, 2)), 1, 2))
                .hasMessage("dynamic_slice: lengths must be as many as soft starts, 1, got [1, 2]");
        assertThatThrownBy(() -> SOFT.dynamicSlice(values(1, 2), List.of(index(1, 2), index(1, 2)), 1, 2))
                .hasMessage("narrow: axis must be within [-1, 0] for rank 1, got 1");
        assertThatThrownBy(() -> SOFT.choose(index(1, 3), values(1, 3, 2)))
                .hasMessage("choose: choices must be of as many axes as soft_index, the first as long as its last, 3,"
                        + " got '[3, 2]'");
        assertThatThrownBy(() -> SOFT.choose(index(1, 3), values(1, 2)))
                .hasMessageStartingWith("choose: choices must be of as many axes as soft_index");
        assertThatThrownBy(() -> SOFT.where(values(1, 2), values(1, 3), values(1, 3)))
                .hasMessageContaining("where: x must be of a shape that agrees with [2]");
    }
}
