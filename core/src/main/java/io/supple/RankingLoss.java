// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.ListLoss;
import io.supple.kernel.Scratch;
import io.supple.kernel.Standardized;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A {@link Loss} of lists of scores with its gradient, on plain arrays: what trains a ranker or a booster. {@link Losses}
 * has the formulas, and the same losses as operators.
 *
 * <pre>{@code
 * RankingLoss loss = RankingLoss.of(Loss.APPROX_NDCG).withSoftness(0.5);
 * double value = loss.add(scores, labels, 0, scores.length, 1, gradient);
 * }</pre>
 *
 * <p>Softness is in units of the scores. Immutable and safe for many threads; the losses without a method, and those of
 * method pairwise, make no garbage but a few short arrays.
 */
public final class RankingLoss implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Loss loss;
    private Method method;
    private Mode mode = Mode.SMOOTH;
    private double softness = 1;
    private boolean standardize;
    private int truncationLevel;
    private Gain gain = Gain.EXPONENTIAL;
    private double[] labelGain; // null where labels have a gain by formula
    private Target target = Target.LABEL;
    private double mu = 10;
    private int sinkhorn = -1; // by method
    boolean discounted = true;

    private RankingLoss(Loss loss) {
        this.loss = loss;
        this.method = loss == Loss.NEURAL_NDCG ? Method.NEURALSORT : Method.PAIRWISE;
    }

    /** Never changed after the method that made it has returned. */
    private RankingLoss(RankingLoss other) {
        loss = other.loss;
        method = other.method;
        mode = other.mode;
        softness = other.softness;
        standardize = other.standardize;
        truncationLevel = other.truncationLevel;
        gain = other.gain;
        labelGain = other.labelGain;
        target = other.target;
        mu = other.mu;
        sinkhorn = other.sinkhorn;
        discounted = other.discounted;
    }

    /**
     * A loss with softness 1, mode smooth, method pairwise (neuralsort for neuralNDCG), scores as they are, the whole list
     * and exponential gains.
     */
    public static RankingLoss of(Loss loss) {
        return new RankingLoss(loss);
    }

    /**
     * How soft ranks or the soft permutation are made; ignored by losses that read none. The softness of fast_soft_sort and
     * smooth_sort is that of one place, whatever the length: n - 1 times it is what their operators are given.
     *
     * @throws IllegalArgumentException for a method that makes no matrix, if the loss is neuralNDCG
     */
    public RankingLoss withMethod(Method other) {
        if (loss == Loss.NEURAL_NDCG && !other.hasMatrix()) {
            throw refuse("method", "one that makes a permutation matrix", Param.quoted(other), ": " + Method.NO_MATRIX);
        }
        RankingLoss next = new RankingLoss(this);
        next.method = other;
        return next.checked();
    }

    /**
     * The smoothness class of the steps, projections or ramps; ignored by losses that have none.
     *
     * @throws IllegalArgumentException for hard: a loss without a gradient trains nothing
     */
    public RankingLoss withMode(Mode other) {
        if (other == Mode.HARD) throw refuse("mode", "a soft one", Param.quoted(other), ": " + Losses.NO_GRADIENT);
        RankingLoss next = new RankingLoss(this);
        next.mode = other;
        return next.checked();
    }

    private RankingLoss checked() {
        if (loss.usesOrder() && !method.existsIn(mode)) {
            throw refuse("mode", "'smooth' with method " + Param.quoted(method), Param.quoted(mode), "");
        }
        return this;
    }

    /** Width of the relaxation in units of the scores, &gt; 0; ignored by losses that have none. */
    public RankingLoss withSoftness(double other) {
        if (!Param.Range.POSITIVE.holds(other)) throw refuse("softness", "> 0 and finite", other, "");
        RankingLoss next = new RankingLoss(this);
        next.softness = other;
        return next;
    }

    /** Whether scores are first divided by their deviation in the list; the gradient passes through that. */
    public RankingLoss withStandardize(boolean on) {
        RankingLoss next = new RankingLoss(this);
        next.standardize = on;
        return next;
    }

    /** How many places count for approxNDCG and neuralNDCG, and in the ideal that gains are divided by; 0 for all. */
    public RankingLoss withTruncationLevel(int k) {
        if (k < 0) throw refuse("truncationLevel", ">= 0, 0 for the whole list", k, "");
        RankingLoss next = new RankingLoss(this);
        next.truncationLevel = k;
        return next;
    }

    /** What a label is worth. */
    public RankingLoss withGain(Gain other) {
        RankingLoss next = new RankingLoss(this);
        next.gain = other;
        next.labelGain = null;
        return next;
    }

    /** What the labels 0, 1, 2... are worth: finite, at least 0, not falling. Labels must then be whole and in the table. */
    public RankingLoss withLabelGain(double... table) {
        for (int y = 0; y < table.length; y++) {
            boolean fits = table[y] >= (y == 0 ? 0 : table[y - 1]) && table[y] <= Double.MAX_VALUE;
            if (!fits) throw refuse("labelGain", "numbers >= 0 and finite that do not fall", table[y], "");
        }
        RankingLoss next = new RankingLoss(this);
        next.labelGain = table.clone();
        return next;
    }

    /** Which distribution listNet takes from labels. */
    public RankingLoss withTarget(Target other) {
        RankingLoss next = new RankingLoss(this);
        next.target = other;
        return next;
    }

    /** The weight of the second term of lambdaLoss, 10 by default; with 0 the pairs have the weights of LambdaRank. */
    public RankingLoss withMu(double other) {
        if (!Param.Range.NOT_NEGATIVE.holds(other)) throw refuse("mu", ">= 0 and finite", other, "");
        RankingLoss next = new RankingLoss(this);
        next.mu = other;
        return next;
    }

    /** How often columns and rows of neuralNDCG's matrix are normalised; by default 5 for softsort, else 0. */
    public RankingLoss withSinkhorn(int iterations) {
        if (iterations < 0) throw refuse("sinkhorn", ">= 0", iterations, "");
        RankingLoss next = new RankingLoss(this);
        next.sinkhorn = iterations;
        return next;
    }

    /** Whether listMLE weights places by their discount, as by default, or all alike. */
    public RankingLoss withDiscounted(boolean on) {
        RankingLoss next = new RankingLoss(this);
        next.discounted = on;
        return next;
    }

    /** Which loss. */
    public Loss loss() {
        return loss;
    }

    /** How ranks or the permutation are made. */
    public Method method() {
        return method;
    }

    /** The smoothness class. */
    public Mode mode() {
        return mode;
    }

    /** The width in units of the scores. */
    public double softness() {
        return softness;
    }

    /** Whether scores are standardised. */
    public boolean standardize() {
        return standardize;
    }

    /** How many places count, 0 for all. */
    public int truncationLevel() {
        return truncationLevel;
    }

    Target target() {
        return target;
    }

    double mu() {
        return mu;
    }

    int sinkhorn() {
        return sinkhorn >= 0 ? sinkhorn : method == Method.SOFTSORT ? 5 : 0; // whose rows alone count elements twice
    }

    /** How many of n places count. */
    int places(int n) {
        return truncationLevel == 0 ? n : Math.min(truncationLevel, n);
    }

    /** The choice that orders of scores are made by. */
    Soft choice() {
        return Soft.smooth(softness).with(mode).with(method);
    }

    /** Whether its ranks are made by tensors. */
    boolean ordered() {
        return loss.usesOrder() && method != Method.PAIRWISE;
    }

    /**
     * Whether the list [from, to) counts: at least two rows, a label above 0, and labels that differ; where the loss reads
     * gains, gains that do. Others have loss 0 and gradient 0.
     */
    public boolean counts(double[] labels, int from, int to) {
        return counts(labels, from, to, loss.paramName());
    }

    boolean counts(double[] labels, int from, int to, String function) {
        boolean differ = false;
        double most = 0;
        for (int i = from; i < to; i++) {
            double y = labels[i];
            boolean fits = y >= 0 && y <= Double.MAX_VALUE;
            if (!fits) throw refuse(function, "labels", ">= 0 and finite", y, "");
            differ |= y != labels[from];
            most = Math.max(most, y);
        }
        if (!differ || most == 0) return false;
        boolean gains = loss.usesGain() && (loss != Loss.LIST_NET || target == Target.GAIN);
        if (!gains || labelGain == null) return true;
        double first = worth(labels[from], function);
        for (int i = from + 1; i < to; i++) if (worth(labels[i], function) != first) return true;
        return false;
    }

    /**
     * What a label is worth: its gain.
     *
     * @throws IllegalArgumentException if it has none
     */
    public double gain(double label) {
        return worth(label, loss.paramName());
    }

    /** What a label is worth. */
    double worth(double y, String function) {
        if (labelGain != null) {
            boolean listed = y == (int) y && y < labelGain.length;
            if (!listed) throw refuse(function, "labels", "whole numbers < " + labelGain.length, y, ", for labelGain");
            return labelGain[(int) y];
        }
        if (gain == Gain.EXPONENTIAL && y > Gain.LARGEST_EXPONENT) {
            String allowed = "at most " + Gain.LARGEST_EXPONENT + " where gain is 'exponential'";
            throw refuse(function, "labels", allowed, y, "");
        }
        return gain.of(y);
    }

    /**
     * The loss of the list [from, to); adds weight times its gradient to gradient[from, to). lambdaLoss takes its places
     * from these scores.
     *
     * @throws IllegalArgumentException if a score is NaN or infinite, or a label below 0, NaN, infinite or without a gain
     */
    public double add(double[] scores, double[] labels, int from, int to, double weight, double[] gradient) {
        return add(scores, scores, labels, from, to, weight, gradient);
    }

    /**
     * The same; lambdaLoss takes its places from reference scores, and is then a convex function of the scores. Every other
     * loss ignores them.
     */
    public double add(
            double[] scores, double[] reference, double[] labels, int from, int to, double weight, double[] gradient) {
        finite("scores", scores, from, to);
        if (!counts(labels, from, to)) return 0;
        if (loss == Loss.LAMBDA_LOSS && reference != scores) finite("reference", reference, from, to);
        Scratch scratch = scratch();
        ListLabels known = new ListLabels(this, loss.paramName(), part(labels, from, to - from, scratch), scratch);
        return add(known, scores, reference, from, to, weight, gradient, scratch);
    }

    /**
     * The same of lists whose labels have been read: nothing that follows from labels alone is computed again.
     *
     * @param lists made for a loss that reads labels as this one
     * @param list which of them
     * @throws IllegalArgumentException if a score is NaN or infinite, or the lists were made for another loss
     */
    public double add(
            JudgedLists lists, int list, double[] scores, double[] reference, double weight, double[] gradient) {
        fitting(lists);
        int from = lists.from(list);
        int to = lists.to(list);
        finite("scores", scores, from, to);
        if (!lists.counts(list)) return 0;
        if (loss == Loss.LAMBDA_LOSS && reference != scores) finite("reference", reference, from, to);
        return add(lists.labels(list), scores, reference, from, to, weight, gradient, scratch());
    }

    /** Refuses lists that were made for another loss. */
    void fitting(JudgedLists lists) {
        if (!lists.fit(this)) throw refuse("lists", "made for a loss that reads labels as this one", "another's", "");
    }

    /** Whether everything that is read of labels is the same. */
    boolean readsLabelsAs(RankingLoss other) {
        return loss == other.loss
                && gain == other.gain
                && Arrays.equals(labelGain, other.labelGain)
                && target == other.target
                && truncationLevel == other.truncationLevel;
    }

    private Scratch scratch() {
        return ordered() ? Scratch.FRESH : Scratch.ofThisThread();
    }

    private double add(
            ListLabels labels,
            double[] scores,
            double[] reference,
            int from,
            int to,
            double weight,
            double[] gradient,
            Scratch scratch) {
        int n = to - from;
        double[] s = part(scores, from, n, scratch);
        Standardized standard = standardize ? new Standardized(s, scratch) : null;
        double[] x = standard == null ? s : standard.values();
        ListLosses losses = new ListLosses(this, labels, scratch);
        double[] g = scratch.zeros(n);
        double value;
        if (ordered()) {
            value = losses.ordered(x, g);
        } else {
            ListLoss direct = losses.direct(part(reference, from, n, scratch));
            value = direct.add(x, g);
        }
        for (int i = 0; i < n; i++) g[i] *= weight;
        if (standard != null) {
            standard.product(g, 0, gradient, from);
        } else {
            for (int i = 0; i < n; i++) gradient[from + i] += g[i];
        }
        return Math.min(value, Double.MAX_VALUE);
    }

    private static double[] part(double[] x, int from, int n, Scratch scratch) {
        double[] y = scratch.doubles(n);
        System.arraycopy(x, from, y, 0, n);
        return y;
    }

    void finite(String name, double[] scores, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Double.isFinite(scores[i])) throw refuse(name, "finite", scores[i], "");
        }
    }

    private IllegalArgumentException refuse(String name, String allowed, Object got, String reason) {
        return refuse(loss.paramName(), name, allowed, got, reason);
    }

    private static IllegalArgumentException refuse(
            String function, String name, String allowed, Object got, String reason) {
        return new IllegalArgumentException(function + ": " + name + " must be " + allowed + ", got " + got + reason);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(loss.paramName());
        if (loss.usesOrder()) text.append(" method=").append(Param.Choice.text(method));
        if (loss.usesMode()) text.append(" mode=").append(Param.Choice.text(mode));
        if (loss.usesSoftness()) text.append(" softness=").append(softness);
        return text.toString();
    }
}
