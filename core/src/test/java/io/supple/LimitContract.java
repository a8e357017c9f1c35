// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As softness goes to 0 the relaxation becomes the exact operator, off ties and kinks. */
class LimitContract {

    private static final double SMALL = 1e-3;
    private static final double SMALL_TRANSPORT = 1e-5; // its costs are squares of distances, times 1/n apart
    private static final double TOLERANCE = 1e-6;

    static Stream<Case> cases() {
        return Cases.soft().filter(c -> c.operator().exact());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void smallSoftnessIsExact(Case c) {
        double[] exact = c.with(c.soft().with(Mode.HARD)).value().data();
        double small = c.soft().method() == Method.OT ? SMALL_TRANSPORT : SMALL;
        double[] soft = c.with(c.soft().withSoftness(small)).value().data();
        double[] wide = c.value().data();
        assertThat(soft).hasSameSizeAs(exact);
        double nearError = 0;
        double wideError = 0;
        for (int i = 0; i < exact.length; i++) {
            nearError = Math.max(nearError, Math.abs(soft[i] - exact[i]));
            wideError = Math.max(wideError, Math.abs(wide[i] - exact[i]));
        }
        // the bounds of the smoothed polytope are as far off as the softness where values of w are equal
        boolean slow = c.soft().method() == Method.SMOOTH_SORT && readsMemberships(c);
        assertThat(nearError).as("%s at softness %s", c, small).isLessThanOrEqualTo(slow ? 2 * small : TOLERANCE);
        if (c.operator().relaxes()) {
            assertThat(nearError).as("%s: a smaller softness is nearer", c).isLessThanOrEqualTo(wideError + 1e-10);
        }
    }

    private static boolean readsMemberships(Case c) {
        if (c.operator() == Ordering.TOPK_MASK || c.operator() == Ranking.MRR) return true;
        for (int i = 0; i < c.arguments().size(); i++) {
            if (c.operator().params().get(i) instanceof Cutoff && c.arguments().get(i) != null) return true;
        }
        return false;
    }
}
