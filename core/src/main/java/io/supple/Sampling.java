// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import io.supple.order.Permutation;
import io.supple.order.Places;
import io.supple.tensor.Lists;
import io.supple.tensor.Tensor;
import java.util.List;

/**
 * Random draws as differentiable functions of their probabilities: noise that does not depend on them is added, and a
 * soft operator makes the choice (the Gumbel-softmax of Jang, Gu and Poole 2016,
 * <a href="https://arxiv.org/abs/1611.01144">arXiv:1611.01144</a>, under every mode and method). In hard mode, and as the
 * value of a straight-through choice, the draw is exact, from the same noise.
 *
 * <p>The noise is a function of the seed and of the place of a number in its tensor, nothing else: the same seed draws
 * the same, on any machine and however often. Give every row of a table its own seed, for example a hash of its key.
 *
 * <p>Shapes: (..., n, ...) with lists along an axis; [n] is a last axis that holds a distribution over the elements.
 */
public interface Sampling<T> extends Vocabulary<T> {

    Operator CATEGORICAL = operator(
                    "categorical", "draws of an element, with probabilities in proportion to exp(logits)")
            .list("logits", "logarithms of weights of the elements; -infinity for one that is never drawn")
            .seed()
            .count("draws", 1, "how many")
            .flag("replace", true, "whether an element can be drawn again")
            .axis(-1)
            .result(Result.FIRST_BY_ELEMENTS)
            .relaxation(Relaxation.SAMPLE, Method.SOFTSORT)
            .unreferenced("random: the reference draws other numbers")
            .ordered(
                    in -> Noise.gumbel(in, in.tensor("logits")),
                    (lists, order, in) ->
                            Lists.along(in.tensor("logits"), in.axis()).restoreIndex(drawn(lists, order, in)));

    /** One soft draw: (..., n) to (..., 1, [n]). */
    default T categorical(T logits, long seed) {
        return categorical(logits, seed, 1, true, -1);
    }

    /** Soft draws {@code argmax(logits + Gumbel noise)}, or the top k of one such sum: (..., n, ...) to (..., draws, ..., [n]). */
    default T categorical(T logits, long seed, int draws, boolean replace, Integer axis) {
        return call(CATEGORICAL, logits, seed, draws, replace, axis);
    }

    Operator CHOICE = operator("choice", "draws of a value of x, with probabilities in proportion to p")
            .list("x", "values")
            .list("p", "weights of the values, at least 0; they need not sum to 1")
            .seed()
            .count("draws", 1, "how many")
            .flag("replace", true, "whether an element can be drawn again")
            .axis(-1)
            .result(Result.FIRST)
            .relaxation(Relaxation.SAMPLED_VALUES, Method.SOFTSORT)
            .unreferenced("random: the reference draws other numbers")
            .ordered(in -> Noise.gumbel(in, Noise.logits(in.tensor("p"))), (lists, order, in) -> {
                Lists values = Lists.along(in.tensor("x"), in.axis());
                Tensor p = drawn(lists, order, in);
                Tensor x = values.rows();
                if (x.size() * p.length(1) != p.size()) {
                    throw in.refuse(
                            "p",
                            "of the shape of x, with " + x.size() + " weights",
                            in.tensor("p").size());
                }
                Tensor drawn = x.reshape(x.length(0), 1, x.length(1)).times(p).sumLast();
                // a sum of nothing is 0, but nothing has no value
                return values.restore(values.n() == 0 ? drawn.map(v -> Double.NaN, v -> 0, v -> 0) : drawn);
            });

    /** One soft draw: (..., n), (..., n) to (..., 1). */
    default T choice(T x, T p, long seed) {
        return choice(x, p, seed, 1, true, -1);
    }

    /** Soft draws of values, {@code sum_n x_n P_n} with P categorical in log p: (..., n, ...) to (..., draws, ...). */
    default T choice(T x, T p, long seed, int draws, boolean replace, Integer axis) {
        return call(CHOICE, x, p, seed, draws, replace, axis);
    }

    Operator PERMUTATION = operator("permutation", "the values of x in random order, every order as probable")
            .list("x", "values")
            .seed()
            .axis(-1)
            .result(Result.PLACES)
            .relaxation(Relaxation.SAMPLED_VALUES, Method.NEURALSORT)
            .unreferenced("random: the reference draws other numbers")
            .ordered(Noise::scores, (lists, order, in) -> {
                Lists values = Lists.along(in.tensor("x"), in.axis());
                return values.restore(order.apply(values.rows(), new Places(values.n(), true)));
            });

    /** The values in random order: (..., n) to (..., n). */
    default T permutation(T x, long seed) {
        return permutation(x, seed, -1);
    }

    /** The values in the soft order of Gumbel scores, each list in its own: (..., n, ...) to (..., n, ...). */
    default T permutation(T x, long seed, Integer axis) {
        return call(PERMUTATION, x, seed, axis);
    }

    Operator BERNOULLI = operator("bernoulli", "draws of 1 with probability p, else 0")
            .numbers("p", "probabilities")
            .seed()
            .relaxation(Relaxation.STEP)
            .unreferenced("random: the reference draws other numbers")
            .hard(in -> Noise.hardBernoulli(in, 0))
            .soft((soft, in) -> Noise.bernoulli(soft, in, 0));

    /** The soft truth of {@code U < p} for uniform noise U: (...) to (...). */
    default T bernoulli(T p, long seed) {
        return call(BERNOULLI, p, seed);
    }

    Operator RADEMACHER = operator("rademacher", "draws of 1 with probability p, else -1")
            .numbers("p", "probabilities of 1, usually 1/2")
            .seed()
            .relaxation(Relaxation.STEP)
            .unreferenced("random: the reference draws other numbers")
            .hard(in -> Noise.hardBernoulli(in, 0).times(2).plus(-1))
            .soft((soft, in) -> Noise.bernoulli(soft, in, 0).times(2).plus(-1));

    /** {@code 2 bernoulli(p) - 1}: (...) to (...). */
    default T rademacher(T p, long seed) {
        return call(RADEMACHER, p, seed);
    }

    Operator BINOMIAL = operator("binomial", "how many of n draws succeed, each with probability p")
            .numbers("p", "probabilities")
            .seed()
            .count("n", 1, "how many draws")
            .relaxation(Relaxation.STEP)
            .unreferenced("random: the reference draws other numbers")
            .hard(in -> sum(in.count("n"), draw -> Noise.hardBernoulli(in, draw)))
            .soft((soft, in) -> sum(in.count("n"), draw -> Noise.bernoulli(soft, in, draw)));

    /** The sum of n soft Bernoulli draws: (...) to (...). */
    default T binomial(T p, long seed, int n) {
        return call(BINOMIAL, p, seed, n);
    }

    Operator MULTINOMIAL = operator("multinomial", "how often each element is drawn in n draws")
            .list("p", "weights of the elements, at least 0; they need not sum to 1")
            .seed()
            .count("draws", 1, "how many")
            .axis(-1)
            .result(Result.ELEMENTS)
            .relaxation(Relaxation.SAMPLED_VALUES, Method.SOFTSORT)
            .unreferenced("random: the reference draws other numbers")
            .ordered(
                    in -> Noise.gumbel(in, Noise.logits(in.tensor("p"))),
                    (lists, order, in) -> Lists.along(in.tensor("p"), in.axis())
                            .restore(drawn(lists, order, in).moveAxis(1, -1).sumLast()));

    /** The sum of soft categorical draws; sums to draws: (..., n) to (..., n). */
    default T multinomial(T p, long seed, int draws) {
        return multinomial(p, seed, draws, -1);
    }

    /** The sum of soft categorical draws along an axis: (..., n, ...) to (..., n, ...). */
    default T multinomial(T p, long seed, int draws, Integer axis) {
        return call(MULTINOMIAL, p, seed, draws, axis);
    }

    /** The operators of this family. */
    Catalogue.Family SAMPLING = new Catalogue.Family(
            "sampling",
            "random draws, differentiable in their probabilities and reproducible by a seed",
            List.of(CATEGORICAL, CHOICE, PERMUTATION, BERNOULLI, RADEMACHER, BINOMIAL, MULTINOMIAL));

    /** The drawn rows of perturbed lists, (lists or lists draws, n), as (lists, draws, n). */
    private static Tensor drawn(Lists perturbed, Permutation order, Inputs in) {
        int n = perturbed.n();
        int draws = in.count("draws");
        if (!Noise.replaces(in)) return order.matrix(new Places(draws, true));
        Tensor each = order.matrix(Places.LARGEST);
        return each.reshape(perturbed.rows().length(0) / draws, draws, n);
    }

    /** One draw of several. */
    interface Draw {
        /** The draw of a number. */
        Tensor of(int draw);
    }

    private static Tensor sum(int draws, Draw each) {
        Tensor sum = each.of(0);
        for (int draw = 1; draw < draws; draw++) sum = sum.plus(each.of(draw));
        return sum;
    }
}
