// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import net.jqwik.api.Example;

/** Transport plans as the ordering operators use them, against the reference's converged values and gradients. */
class TransportOperatorsTest {

    private static final TransportPlan.Options OPTIONS = TransportPlan.Options.DEFAULT;

    private static double[] uniform(int n) {
        double[] masses = new double[n];
        Arrays.fill(masses, 1.0 / n);
        return masses;
    }

    static double[] anchors(int m, boolean descending) {
        double[] a = new double[m];
        for (int j = 0; j < m; j++) a[descending ? m - 1 - j : j] = m == 1 ? 0 : j / (m - 1.0);
        return a;
    }

    static double[] squares(double[] z, double[] a) {
        double[] cost = new double[z.length * a.length];
        for (int i = 0; i < z.length; i++)
            for (int j = 0; j < a.length; j++) cost[i * a.length + j] = (z[i] - a[j]) * (z[i] - a[j]);
        return cost;
    }

    /** Rows of an index operator: sums of plan columns, times n; and the pull back to x. */
    private static void assertOperator(
            Smoothness c,
            double[] x,
            boolean descending,
            double[][] w,
            double[] nu,
            double[] out,
            double[] g,
            double[] gx) {
        int n = x.length;
        int m = nu.length;
        double[] z = new double[n];
        Squash.forward(x, z, 0, n);
        double[] a = anchors(m, descending);
        TransportPlan plan = new TransportPlan(c, squares(z, a), n, m, uniform(n), nu, 0.1, OPTIONS);
        double[] p = plan.plan();
        double[] gPlan = new double[n * m];
        for (int r = 0; r < w.length; r++) {
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 0; j < m; j++) {
                    sum += n * w[r][j] * p[i * m + j];
                    gPlan[i * m + j] += n * w[r][j] * g[r * n + i];
                }
                assertThat(sum).isCloseTo(out[r * n + i], offset(1e-9));
            }
        }
        assertGradient(plan, gPlan, x, z, a, gx);
    }

    private static void assertGradient(
            TransportPlan plan, double[] gPlan, double[] x, double[] z, double[] a, double[] expected) {
        int n = x.length;
        int m = a.length;
        double[] gCost = new double[n * m];
        plan.vjp(gPlan, 0, gCost, null, null);
        double[] gz = new double[n];
        for (int i = 0; i < n; i++) for (int j = 0; j < m; j++) gz[i] += gCost[i * m + j] * 2 * (z[i] - a[j]);
        double[] gx = new double[n];
        Squash.vjp(x, z, gz, gx, 0, n);
        for (int i = 0; i < n; i++) assertThat(gx[i]).isCloseTo(expected[i], offset(1e-8));
    }

    private static double[][] identity(int n) {
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) rows[i][i] = 1;
        return rows;
    }

    /** argsort-ot-smooth-006 of the reference's converged cases. */
    @Example
    void argsortSmooth() {
        double[] x = {-1.1765, 0.7204, 1.5324, -0.9467, 0.2693};
        double[] out = {
            0.00205886094282131,
            0.293726269502114,
            0.563734645773018,
            0.00406770037510593,
            0.136412523406941,
            0.0209009359519741,
            0.353242077520964,
            0.313837836138798,
            0.033501673211706,
            0.278517477176557,
            0.128105404406018,
            0.256486829434039,
            0.105486983415714,
            0.166589275145822,
            0.343331507598407,
            0.34765945177616,
            0.0824598574372694,
            0.01569919259302,
            0.366785746866349,
            0.187395751327201,
            0.501275346923026,
            0.0140849661056129,
            0.00124134207945049,
            0.429055604401017,
            0.0543427404908935
        };
        double[] g = {
            0.538, 0.188, -0.939, 0.859, -0.636, -0.797, -0.014, 0.336, -0.885, 0.075, -0.855, -0.434, -0.042, 0.152,
            -0.46, 0.058, 0.237, -0.525, -0.811, 0.524, 0.016, 0.061, 0.584, -0.122, 0.953
        };
        double[] gx = {
            -0.0679128791701673, 0.305016897762154, -0.0986223958561045, 0.0914570539200937, -0.229938676655976
        };
        assertOperator(Smoothness.SMOOTH, x, true, identity(5), uniform(5), out, g, gx);
    }

    /** argsort-ot-c2-006 of the reference's converged cases. */
    @Example
    void argsortC2() {
        double[] x = {0.8556, 0.3618, -0.1966, 1.4509, -0.8421};
        double[] out = {
            0.0478457158343802,
            0,
            0,
            0.952154284165619,
            0,
            0.913123329880315,
            0.0390309542853049,
            0,
            0.0478457158343802,
            0,
            0.0390309542853048,
            0.943828746466264,
            0.0171402992484307,
            0,
            0,
            0,
            0.0171402992484307,
            0.947914593346131,
            0,
            0.034945107405438,
            0,
            0,
            0.0349451074054379,
            0,
            0.965054892594562
        };
        double[] g = {
            0.866, 0.126, -0.407, 0.431, 0.19, 0.292, 0.1, 0.625, 0.002, -0.599, -0.004, -0.273, 0.38, -0.185, -0.214,
            -0.039, -0.886, -0.994, 0.114, -0.626, 0.488, 0.786, 0.337, 0.332, -0.643
        };
        double[] gx = {0.110979836689737, -0.122115998037285, -0.315319769175951, 0.070712395096905, 0.255743535426594};
        assertOperator(Smoothness.C2, x, true, identity(5), uniform(5), out, g, gx);
    }

    /** argsort-ot-c0-006 of the reference's converged cases. */
    @Example
    void argsortC0() {
        double[] x = {1.5287, -0.8287, 0.2193, -1.1008, -0.6519};
        double[] out = {
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0.218102429482914,
            0,
            0,
            0.781897570517086,
            0,
            0.711516226068143,
            0,
            0.0703813444489429,
            0.218102429482914,
            0,
            0.0703813444489422,
            0,
            0.929618655551057,
            0
        };
        double[] g = {
            -0.731, 0.775, 0.948, 0.795, -0.881, 0.85, 0.499, -0.09, -0.29, 0.027, -0.572, 0.314, -0.107, 0.283, 0.388,
            -0.11, 0.928, 0.125, -0.645, -0.505, 0.333, -0.705, -0.106, 0.099, 0.409
        };
        double[] gx = {-0.359134182253332, 1.71261015089786, -0.144678246411746, -2.6998484733425, 1.49105075110972};
        assertOperator(Smoothness.C0, x, true, identity(5), uniform(5), out, g, gx);
    }

    /** argmax-ot-smooth-001 of the reference's converged cases. */
    @Example
    void argmax() {
        double[] x = {0.1202, 1.2739, 0.7867, -1.2745, 0.6331};
        double[] out = {
            0.00549920890888223, 0.711995262913894, 0.190054128936679, 1.21069241719974e-05, 0.0924392923163728
        };
        double[] g = {0.719, -0.792, -0.453, -0.237, -0.576};
        double[] gx = {
            0.0290148106746416, -0.140087338465846, 0.136773129603452, -0.0438462975787525, 0.0181456957665049
        };
        assertOperator(Smoothness.SMOOTH, x, false, new double[][] {{0, 1}}, new double[] {0.8, 0.2}, out, g, gx);
    }

    /** argquantile-ot-c1-001 of the reference's converged cases. */
    @Example
    void argquantile() {
        double[] x = {1.9026, 1.1163, 0.6252, 0.1902, -0.1334};
        double[] out = {0, 1.0628214309441e-16, 0.2, 0.731103042943309, 0.068896957056691};
        double[] g = {0.255, -0.522, 0.41, 0.413, -0.434};
        double[] gx = {
            -0.0752835042224111, -0.0416468516273533, -0.0206383814640149, 0.682879404036196, -0.545310666722417
        };
        assertOperator(
                Smoothness.C1,
                x,
                false,
                new double[][] {{0, 1 - (0.3 * 4 - 1), 0.3 * 4 - 1, 0}},
                new double[] {0.2, 0.2, 0.2, 0.4},
                out,
                g,
                gx);
    }

    /** rank-ot-c1-001 of the reference's converged cases. */
    @Example
    void rank() {
        double[] x = {0.5909, 0.3346, -0.0941, -0.9078, -0.2485};
        double[] out = {1.14770713124833, 1.85229286875167, 3.22099798754647, 5, 3.77900201245353};
        double[] g = {0.421, 0.579, -0.739, -0.298, 0.56};
        double[] z = new double[5];
        Squash.forward(x, z, 0, 5);
        double[] a = anchors(5, true);
        TransportPlan plan =
                new TransportPlan(Smoothness.C1, squares(z, a), 5, 5, uniform(5), uniform(5), 0.1, OPTIONS);
        double[] p = plan.plan();
        double[] gPlan = new double[25];
        for (int i = 0; i < 5; i++) {
            double rank = 0; // the row's sum is 1/5
            for (int j = 0; j < 5; j++) rank += 5 * (j + 1) * p[i * 5 + j];
            assertThat(rank).isCloseTo(out[i], offset(1e-9));
            for (int j = 0; j < 5; j++) gPlan[i * 5 + j] = g[i] * 5 * (j + 1 - rank);
        }
        assertGradient(plan, gPlan, x, z, a, new double[] {
            -0.0151961066081979, -0.308316147645249, 2.15666647306959, 0.213033906275385, -2.04618812509153
        });
    }
}
