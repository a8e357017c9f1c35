// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.Example;

/** The published vectors of Philox, and the laws of the two distributions. */
class CounterRandomTest {

    /** Known answers of the authors' library, Random123, for philox4x32-10. */
    @Example
    void blocksAreThePublishedOnes() {
        assertThat(CounterRandom.block(0, 0, 0, 0, 0, 0))
                .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertThat(CounterRandom.block(-1, -1, -1, -1, -1, -1))
                .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        assertThat(CounterRandom.block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    /** All 64 bits of seed, stream and index reach the block: index and stream are the counter, the seed is the key. */
    @Example
    void drawsAreReadFromTheBlockOfSeedStreamAndIndex() {
        long bits = 0x6627e8d5e169c58dL;
        assertThat(CounterRandom.uniform(0, 0, 0)).isEqualTo((bits >>> 11 | 1) * 0x1p-53);
        long top = 0xd16cfe0994fdccebL;
        assertThat(CounterRandom.uniform(0x299f31d0a4093822L, 0x0370734413198a2eL, 0x85a308d3243f6a88L))
                .isEqualTo((top >>> 11 | 1) * 0x1p-53);
    }

    /** Chi-square of 100 cells over 10^5 draws; 99 degrees of freedom have mean 99 and deviation 14. */
    @Example
    void uniformFillsItsCellsEvenly() {
        int draws = 100_000;
        int[] cells = new int[100];
        double lagged = 0;
        double before = CounterRandom.uniform(42, 7, draws);
        for (int i = 0; i < draws; i++) {
            double u = CounterRandom.uniform(42, 7, i);
            assertThat(u > 0 && u < 1).isTrue();
            cells[(int) (100 * u)]++;
            lagged += (u - 0.5) * (before - 0.5);
            before = u;
        }
        double chiSquare = 0;
        for (int count : cells) chiSquare += (count - draws / 100.0) * (count - draws / 100.0) / (draws / 100.0);
        assertThat(chiSquare).isBetween(57.0, 141.0);
        // correlation of neighbours: deviation 1/sqrt(draws)
        assertThat(12 * lagged / draws).isCloseTo(0, offset(3 / Math.sqrt(draws)));
    }

    /** Streams and seeds differ from each other, place by place, as independent draws do. */
    @Example
    void streamsAndSeedsAreUncorrelated() {
        int draws = 10_000;
        double streams = 0;
        double seeds = 0;
        for (int i = 0; i < draws; i++) {
            double u = CounterRandom.uniform(1, 1, i) - 0.5;
            streams += u * (CounterRandom.uniform(1, 2, i) - 0.5);
            seeds += u * (CounterRandom.uniform(2, 1, i) - 0.5);
        }
        assertThat(12 * streams / draws).isCloseTo(0, offset(0.03));
        assertThat(12 * seeds / draws).isCloseTo(0, offset(0.03));
    }

    /** Mean is Euler's constant, variance pi^2/6, distribution function exp(-exp(-x)). */
    @Example
    void gumbelHasItsMoments() {
        int draws = 100_000;
        double sum = 0;
        double squares = 0;
        int belowZero = 0;
        for (int i = 0; i < draws; i++) {
            double x = CounterRandom.gumbel(2026, -1, i);
            sum += x;
            squares += x * x;
            if (x < 0) belowZero++;
        }
        double mean = sum / draws;
        // three deviations of the estimates: 1.28 and 3.4 over sqrt(draws), 0.48 for the share
        assertThat(mean).isCloseTo(0.5772156649, offset(0.0125));
        assertThat(squares / draws - mean * mean).isCloseTo(Math.PI * Math.PI / 6, offset(0.033));
        assertThat(belowZero / (double) draws).isCloseTo(Math.exp(-1), offset(0.0046));
    }
}
