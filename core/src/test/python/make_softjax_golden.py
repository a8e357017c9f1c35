#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes core/src/test/resources/golden/softjax.json: what softjax 0.1.1 has and softtorch 0.1.1 has not.

    pip install softjax==0.1.1    (Python 3.12)
    python make_softjax_golden.py --out core/src/test/resources/golden/softjax.json --seed 20260211

The layout is that of the other files there; operators have softjax's names, arguments the names of the other files (dim,
keepdim, interpolation; softjax says axis, keepdims, quantile_method). Beyond it:

* dynamic_slice: the distributions of the axes are inputs soft_start_0, soft_start_1, ..
* return_log_probs, log_prob_eps: not in 0.1.1 but in later softjax. Derived here from the probabilities of 0.1.1 by the
  definition (clamp to [eps, 1], divide by the sum, log), and so noted.
* smooth_sort: softjax stops its solver at 1e-5 and cannot come much nearer, so output and vjp are those of the optimum:
  Newton on the same dual (residual in tolerance_reason), differentiated implicitly, with softjax's surrounding code.
  softjax_error and softjax_vjp_error are how far its own results are from that. The vjps are held to central differences.
"""
import argparse
import json

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)

import softjax
from softjax import functions, projections_permutahedron as permutahedron

RENAMED = {"dim": "axis", "keepdim": "keepdims", "interpolation": "quantile_method"}
CLOSED = {"output": 1e-9, "vjp": 1e-7}
ITERATIVE = {"output": 1e-8, "vjp": 1e-6}
MODES = ["smooth", "c0", "c1", "c2"]
SOLVER = functions._proj_permutahedron_smooth_sort


@jax.jit
def optimum(z, b, total):
    """The projection of z from smooth bounds, by Newton, as a differentiable function of all three; and its residual."""
    order = jnp.argsort(-z, stable=True)

    def objective(beta, z, b, total):
        alpha, nu = permutahedron._alpha_nu_from_beta(z, beta)
        return alpha @ b + nu * total + jnp.exp(-alpha).sum() + jnp.exp(-beta).sum()

    gradient, hessian = jax.grad(objective), jax.hessian(objective)
    lengths = jnp.append(0.5 ** jnp.arange(60.0), 0.0)
    fixed = jax.lax.stop_gradient((z[order], b, total))

    def step(_, beta):
        direction = jnp.linalg.solve(hessian(beta, *fixed), gradient(beta, *fixed))
        candidates = beta - lengths[:, None] * direction
        # along the direction of Newton the gradient of a convex function shrinks at first
        sizes = jax.vmap(lambda c: jnp.linalg.norm(gradient(c, *fixed)))(candidates)
        return candidates[jnp.argmin(jnp.where(jnp.isfinite(sizes), sizes, jnp.inf))]

    beta = jax.lax.fori_loop(0, 200, step, jnp.zeros(z.shape[0] - 1))
    # a last step whose size is nothing and whose derivative is that of the optimum
    beta = beta - jnp.linalg.solve(hessian(beta, *fixed), gradient(beta, z[order], b, total))
    residual = jax.lax.stop_gradient(jnp.abs(gradient(beta, *fixed)).max())
    alpha, _ = permutahedron._alpha_nu_from_beta(z[order], beta)
    y = permutahedron._reconstruct_y_from_slacks_and_gaps(b, total, jnp.exp(-alpha), jnp.exp(-beta))
    return y[jnp.argsort(order)], residual


class Residual:
    """The last gradients of the dual."""

    seen = []


def exact(z, w, softness):
    """Stands in for softjax's projection, which stops early."""
    rows = []
    for zi, wi in zip(z.reshape(-1, z.shape[-1]), w.reshape(-1, w.shape[-1])):
        if zi.shape[0] == 1:
            rows.append(wi)
            continue
        b, total = permutahedron._smooth_majorization_bounds(wi, jnp.asarray(min(softness, 1.0)))
        row, residual = optimum(zi / softness, b, total)
        rows.append(row)
        Residual.seen.append(residual)
    return jnp.stack(rows).reshape(z.shape)


def call(op, args, inputs, projection=exact):
    """The fields of the result, smooth_sort by the given projection."""
    args = {RENAMED.get(k, k): v for k, v in args.items()}
    logs, eps = args.pop("return_log_probs", False), args.pop("log_prob_eps", None)
    functions._proj_permutahedron_smooth_sort = projection
    if op == "dynamic_slice":
        starts = [inputs[f"soft_start_{i}"] for i in range(inputs["x"].ndim)]
        result = softjax.dynamic_slice(inputs["x"], starts, args["slice_sizes"])
    elif op == "choose":
        result = softjax.choose(inputs["soft_index"], inputs["choices"])
    else:
        if isinstance(args.get("p"), list):
            args["p"] = jnp.array(args["p"])
        result = getattr(softjax, op)(**inputs, **args)
    if logs:
        p = result[1] if op == "top_k" else result
        if eps is not None:
            p = jnp.clip(p, eps, 1.0)
            p = p / p.sum(-1, keepdims=True)
        return {"indices" if op == "top_k" else "out": jnp.log(p)}
    if op == "top_k":
        return {k: v for k, v in zip(("values", "indices"), result) if v is not None}
    return {"out": result}


class Maker:
    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.cases = []
        self.numbers = {}

    def normal(self, *shape, scale=1.0):
        """Four decimals, no two closer than 0.02: the derivative at ties is not the matter here."""
        while True:
            x = np.round(self.rng.normal(0, scale, shape), 4)
            if x.size < 2 or np.diff(np.sort(x, None)).min() > (0.02 if x.size < 20 else 0.0005):
                return x.tolist()

    def index(self, *shape):
        weights = self.rng.gamma(1.0, 1.0, shape)
        return (weights / weights.sum(-1, keepdims=True)).round(6).tolist()

    def add(self, op, inputs, args=None, note=None, vjp=True):
        args = args or {}
        key = "-".join(p for p in (op, args.get("method"), args.get("mode")) if p)
        self.numbers[key] = self.numbers.get(key, 0) + 1
        iterative = args.get("method") == "smooth_sort"
        arrays = {k: jnp.array(v, dtype=float) for k, v in inputs.items()}
        out, pull = jax.vjp(lambda given: call(op, args, given), arrays)
        cotangent = {k: jnp.array(np.round(self.rng.uniform(-1, 1, v.shape), 3)) for k, v in out.items()}
        case = {"id": f"{key}-{self.numbers[key]:03d}", "op": op, "args": args, "inputs": inputs}
        case["output"] = plain(out)
        case["tolerance"] = ITERATIVE if iterative else CLOSED
        gradients = plain(pull(cotangent)[0])
        if iterative:
            case.update(self.solved(op, args, arrays, out, cotangent, gradients))
        if vjp:
            case["cotangent"], case["vjp"] = plain(cotangent), gradients
        if note:
            case["note"] = note
        text = json.dumps(case, allow_nan=False, separators=(",", ":"))  # raises on anything that is not finite
        self.cases.append(text)

    def solved(self, op, args, arrays, out, cotangent, gradients):
        """What is known of the accuracy of an iterative case."""
        theirs, pull = jax.vjp(lambda given: call(op, args, given, SOLVER), arrays)
        error = distance(out, theirs)
        ours = {k: jnp.array(v) for k, v in gradients.items()}
        vjp_error = distance(ours, pull(cotangent)[0])

        def weighted(x):
            result = call(op, args, {"x": jnp.array(x)})
            return sum(float((result[k] * cotangent[k]).sum()) for k in result)

        x, h = np.array(arrays["x"]), 1e-5
        off = 0.0
        for i in np.ndindex(x.shape):
            up, down = x.copy(), x.copy()
            up[i], down[i] = up[i] + h, down[i] - h
            off = max(off, abs((weighted(up) - weighted(down)) / (2 * h) - float(ours["x"][i])))
        Residual.seen.clear()
        call(op, args, arrays)
        residual = max([0.0] + [float(r) for r in Residual.seen])
        if off > 1e-7 or residual > 1e-11:
            raise AssertionError(f"{op} {args}: {off} from central differences, residual {residual}")
        return {
            "softjax_error": float(f"{error:.2e}"),
            "softjax_vjp_error": float(f"{vjp_error:.2e}"),
            "tolerance_reason": f"iterative; reference solved by Newton to a residual of {residual:.1e}",
        }


def plain(fields):
    return {k: shorten(np.array(v).tolist()) for k, v in fields.items()}


def shorten(value):
    return [shorten(v) for v in value] if isinstance(value, list) else float(f"{value:.15g}")


def distance(a, b):
    return max(float(jnp.abs(a[k] - b[k]).max()) for k in a)


def safe_maths(m):
    edge = [0.0, -0.5, 2.25, -3.0, 1e-8]
    for op in ("sqrt", "log"):
        m.add(op, {"x": np.abs(m.normal(5)).tolist()})
        m.add(op, {"x": edge}, note="zero with derivative zero where x is not positive")
        m.add(op, {"x": m.normal(3, 4)})
        m.add(op, {"x": m.normal(33, scale=100.0)})
    for op in ("arcsin", "arccos"):
        m.add(op, {"x": np.round(m.rng.uniform(-0.98, 0.98, 6), 4).tolist()})
        m.add(op, {"x": [-1.0, 1.0, 0.0, 1.5, -2.0, 0.9999]}, note="derivative zero where |x| is not below 1")
        m.add(op, {"x": m.normal(3, 4)})
    m.add("div", {"x": m.normal(5), "y": m.normal(5)})
    m.add("div", {"x": [1.0, 0.0, -2.0, 3.0], "y": [0.0, 0.0, 0.5, -4.0]}, note="zero with derivatives zero where y is zero")
    m.add("div", {"x": m.normal(3, 4), "y": m.normal(4)})
    m.add("div", {"x": m.normal(8), "y": m.normal(1)})
    m.add("norm", {"x": m.normal(5)})
    m.add("norm", {"x": m.normal(1)})
    m.add("norm", {"x": [0.0, 0.0, 0.0]}, note="derivative zero at the origin")
    m.add("norm", {"x": m.normal(33)})
    for dim, keepdim in ((None, False), (0, False), (1, True), (-1, False)):
        m.add("norm", {"x": m.normal(3, 4)}, {"dim": dim, "keepdim": keepdim})
    m.add("norm", {"x": [[0.0, 0.0], [3.0, -4.0]]}, {"dim": 1, "keepdim": False})


def selection(m):
    for shape, places in (((), ()), ((4,), (4,)), ((2, 3), (2, 3)), ((1, 3), (2, 1)), ((5,), (1,))):
        m.add("choose", {"soft_index": m.index(*places, 4), "choices": m.normal(4, *shape)})
    for shape, sizes in (((5,), [2]), ((5,), [5]), ((1,), [1]), ((3, 6), [2, 3]), ((3, 6), [1, 6]), ((2, 3, 4), [1, 2, 2])):
        starts = {f"soft_start_{i}": m.index(n) for i, n in enumerate(shape)}
        note = "a slice that runs over the end goes on at the beginning" if shape == (5,) else None
        m.add("dynamic_slice", {"x": m.normal(*shape), **starts}, {"slice_sizes": sizes}, note)
    for dim, n in ((0, 3), (1, 6)):
        m.add("dynamic_slice_in_dim", {"x": m.normal(3, 6), "soft_start_index": m.index(n)}, {"slice_size": 2, "dim": dim})
        for keepdim in (True, False):
            inputs = {"x": m.normal(3, 6), "soft_index": m.index(n)}
            m.add("dynamic_index_in_dim", inputs, {"dim": dim, "keepdim": keepdim})


def percentiles(m):
    interpolations = ["linear", "lower", "higher", "nearest", "midpoint"]
    place = 0
    for method in ("softsort", "neuralsort", "fast_soft_sort", "sorting_network"):
        for mode in MODES:
            for op in ("percentile", "argpercentile"):
                if op == "argpercentile" and method == "fast_soft_sort":
                    continue
                place += 1
                args = {"softness": (0.1, 0.5, 1.0)[place % 3], "mode": mode, "method": method, "dim": -1}
                args.update(p=(0.0, 17.0, 50.0, 62.5, 93.0, 100.0)[place % 6], interpolation=interpolations[place % 5])
                m.add(op, {"x": m.normal((5, 8, 4, 9)[place % 4])}, args)
    for p in (0.0, 30.0, 100.0):
        m.add("percentile", {"x": m.normal(5)}, {"mode": "hard", "p": p, "dim": -1})
    m.add("argpercentile", {"x": m.normal(5)}, {"mode": "hard", "p": 30.0, "dim": -1}, vjp=False)
    args = {"softness": 0.1, "mode": "smooth", "method": "neuralsort"}
    m.add("percentile", {"x": m.normal(3, 6)}, {**args, "p": 40.0, "dim": 0, "keepdim": True})
    m.add("percentile", {"x": m.normal(3, 6)}, {**args, "p": 40.0, "dim": None})
    m.add("percentile", {"x": m.normal(6)}, {**args, "p": [10.0, 50.0, 85.0], "dim": -1})
    m.add("percentile", {"x": m.normal(6)}, {**args, "p": 35.0, "dim": -1, "gated_grad": False})


def log_probabilities(m):
    note = "derived: the log of softjax 0.1.1's probabilities"
    for place, (op, more) in enumerate(
        (("argmax", {}), ("argmin", {}), ("argsort", {"descending": True}), ("argquantile", {"q": 0.3}), ("top_k", {"k": 2}))
    ):
        for method in ("softsort", "neuralsort"):
            args = {"softness": 0.5, "mode": "smooth", "method": method, "dim": -1, **more, "return_log_probs": True}
            m.add(op, {"x": m.normal(5)}, args, note)
            args = {**args, "mode": MODES[1 + place % 3], "softness": 0.1, "log_prob_eps": 1e-3}
            m.add(op, {"x": m.normal(5)}, args, note)


def smooth_sort(m):
    args = {"mode": "smooth", "method": "smooth_sort"}
    for n, softness in ((1, 0.1), (2, 0.1), (3, 0.5), (5, 0.1), (5, 1.0), (8, 0.3)):
        for op in ("sort", "rank"):
            descending = op == "rank"
            m.add(op, {"x": m.normal(n)}, {**args, "softness": softness, "dim": -1, "descending": descending})
    m.add("sort", {"x": m.normal(5)}, {**args, "softness": 0.2, "dim": -1, "descending": True})
    m.add("rank", {"x": m.normal(5)}, {**args, "softness": 0.2, "dim": -1, "descending": False})
    m.add("sort", {"x": m.normal(3, 4)}, {**args, "softness": 0.2, "dim": 0})
    m.add("rank", {"x": m.normal(3, 4)}, {**args, "softness": 0.2, "dim": 1})
    for op, more in (("max", {}), ("min", {}), ("median", {}), ("quantile", {"q": 0.4}), ("percentile", {"p": 70.0}), ("top_k", {"k": 2})):
        m.add(op, {"x": m.normal(6)}, {**args, "softness": 0.2, "dim": -1, **more})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    maker = Maker(options.seed)
    for family in (safe_maths, selection, percentiles, log_probabilities, smooth_sort):
        family(maker)
    with open(options.out, "w", encoding="utf-8") as out:
        out.write('{"family": "softjax", "dtype": "float64", "cases": [\n' + ",\n".join(maker.cases) + "\n]}\n")
    print(f"{len(maker.cases)} cases")


if __name__ == "__main__":
    main()
