#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random cases of every operator x method x mode, computed by softtorch in float64.

Run by parity.py inside its virtual environment. Writes the layout of core/src/test/resources/golden.
Inputs are whole doubles at random, so kinks and ties do not occur by chance; some lists have ties on purpose and
then carry no vjp, as the derivative is not defined there.
"""
import argparse
import functools
import json
import warnings

import numpy as np
import torch

import softtorch
import softtorch.projections_transport_polytope as polytope

MODES = ["smooth", "c0", "c1", "c2"]
PNORM = ["_c1_pnorm", "_c2_pnorm"]
SOFTNESS = [0.02, 0.1, 0.5, 1.0]
INTERPOLATIONS = ["linear", "lower", "higher", "nearest", "midpoint"]

ELEMENTWISE = ["sigmoidal", "softrelu", "heaviside", "sign", "abs", "relu", "clamp", "round"]
COMPARISONS = ["greater", "greater_equal", "less", "less_equal", "eq", "not_equal", "isclose"]
LOGIC = ["logical_not", "logical_and", "logical_or", "logical_xor", "all", "any"]
SELECTION = ["where", "take_along_dim", "take", "index_select", "narrow"]
VALUES = ["max", "min", "sort", "quantile", "median", "topk", "rank"]
INDICES = ["argmax", "argmin", "argsort", "argquantile", "argmedian"]
METHODS = {
    "softsort": VALUES + INDICES,
    "neuralsort": VALUES + INDICES,
    "fast_soft_sort": VALUES,
    "sorting_network": VALUES + INDICES,
    "ot": VALUES + INDICES,
}
WITHOUT_INDEX = ("fast_soft_sort", "sorting_network")

# The transport solver is asked for more than its default 1e-5, so that the comparison says something.
TRANSPORT = {"sinkhorn_tol": 1e-13, "sinkhorn_max_iter": 20000, "lbfgs_tol": 1e-9, "lbfgs_max_iter": 3000}


class Residual:
    """Largest error of a marginal among the transport plans of the case at hand: how far the solver got."""

    worst = 0.0

    @classmethod
    def watch(cls, name):
        solve = getattr(polytope, name)

        @functools.wraps(solve)
        def watched(C, mu, nu, *args, **kwargs):
            plan = solve(C, mu, nu, *args, **kwargs)
            rows, columns = plan.detach().sum(1) - mu, plan.detach().sum(0) - nu
            cls.worst = max(cls.worst, float(rows.abs().max()), float(columns.abs().max()))
            return plan

        setattr(polytope, name, watched)


def restore_line_search():
    """Newer torch gives the line search of a one-iteration L-BFGS no step, and softtorch's plans are then all zero."""
    from torch.optim import lbfgs

    search = lbfgs._strong_wolfe
    lbfgs._strong_wolfe = lambda *args, **kwargs: search(*args, **{**kwargs, "max_ls": 25})


class Cases:
    def __init__(self):
        self.rng = None
        self.cases = []
        self.refused = {}

    # ------------------------------------------------------------------ drawing
    def one_of(self, values):
        return values[int(self.rng.integers(len(values)))]

    def chance(self, share):
        return bool(self.rng.uniform() < share)

    def numbers(self, shape, scale=None):
        scale = self.one_of([0.3, 1.0, 1.0, 3.0]) if scale is None else scale
        return self.rng.normal(self.one_of([0.0, 0.0, 0.5]) * scale, scale, shape)

    def size(self, large=0.06):
        return 33 if self.chance(large) else int(self.rng.integers(1, 13))

    def shape(self, matrices=0.2):
        if self.chance(matrices):
            return (int(self.rng.integers(1, 5)), int(self.rng.integers(1, 7)))
        return (self.size(),)

    def truths(self, shape):
        return self.rng.uniform(0.02, 0.98, shape)

    def index(self, shape):
        weights = self.rng.gamma(1.0, 1.0, shape)
        return weights / weights.sum(-1, keepdims=True)

    def relaxation(self, mode):
        return {"softness": self.one_of(SOFTNESS), "mode": mode}

    # ------------------------------------------------------------------ families
    def elementwise(self, op, mode):
        args, shape = self.relaxation(mode), self.shape()
        inputs = {"x": self.numbers(shape)}
        if op in ("softrelu", "relu", "clamp"):
            args["gated"] = self.chance(0.5)
        if op == "clamp":
            if self.chance(0.5):
                args["a"], args["b"] = sorted(self.rng.normal(0, 1, 2).tolist())
            else:
                a, b = self.numbers(shape), self.numbers(shape)
                inputs["a"], inputs["b"] = np.minimum(a, b), np.maximum(a, b)
        if op == "round" and self.chance(0.5):
            args["neighbor_radius"] = self.one_of([1, 2, 7])
        return args, inputs

    def comparison(self, op, mode):
        args, shape = self.relaxation(mode), self.shape()
        x = self.numbers(shape)
        close = self.chance(0.6)
        y = x + self.rng.uniform(-0.4, 0.4, shape) if close else self.numbers(shape[-1:])
        if self.chance(0.3):
            args["epsilon"] = self.one_of([1e-12, 1e-6, 0.01])
        if op == "isclose" and self.chance(0.5):
            args["rtol"], args["atol"] = self.one_of([0.0, 1e-3, 0.05]), self.one_of([1e-8, 0.1])
        return args, {"x": x, "y": y}

    def logic(self, op, mode):
        shape = self.shape()
        if op == "logical_not":
            return {}, {"x": self.truths(shape)}
        args = {"use_geometric_mean": self.chance(0.5)}
        if op in ("all", "any"):
            args["dim"] = self.one_of([-1] + list(range(len(shape))))
            if op == "all" and self.chance(0.3):
                args["epsilon"] = self.one_of([1e-6, 0.2])
            return args, {"x": self.truths(shape)}
        return args, {"x": self.truths(shape), "y": self.truths(shape)}

    def selection(self, op, mode):
        shape = self.shape(0.4)
        axis = int(self.rng.integers(len(shape)))
        n, k = shape[axis], int(self.rng.integers(1, shape[axis] + 1))
        x = self.numbers(shape)
        if op == "where":
            return {}, {"condition": self.truths(shape), "x": x, "y": self.numbers(shape)}
        if op == "index_select":
            return {"dim": axis, "keepdim": self.chance(0.5)}, {"x": x, "soft_index": self.index((n,))}
        if op == "narrow":
            return {"length": k, "dim": axis}, {"x": x, "soft_start": self.index((n,))}
        if self.chance(0.3):
            return {"dim": None}, {"x": x, "soft_index": self.index((k, x.size))}
        if op == "take":
            return {"dim": axis}, {"x": x, "soft_index": self.index((k, n))}
        # (..., k, ..., [n]): the axis of x is k long in the index, which ends in the distribution
        places = shape[:axis] + (k,) + shape[axis + 1 :]
        return {"dim": axis}, {"x": x, "soft_index": self.index(places + (n,))}

    def ordering(self, op, mode, method):
        args = {**self.relaxation(mode), "standardize": self.chance(0.6)}
        if method:
            args["method"] = method
        scalar = op == "median" and method in WITHOUT_INDEX
        shape = self.shape(0.25)
        if method == "ot":
            # an unstandardised cost of 100 softnesses needs more Sinkhorn steps than anyone waits for
            shape = shape if shape != (33,) else (16,)
            args["softness"] = args["softness"] if args["standardize"] else self.one_of([0.5, 1.0])
        if method == "sorting_network" and len(shape) == 2:
            args["standardize"] = True  # otherwise it pads a row by the largest number of the whole tensor
        x = self.numbers(shape, 1.0 if method == "ot" else None)
        tied = self.chance(0.08) and 2 < x.size <= 16  # beyond 16 elements the exact sort of torch is not stable
        if tied:
            x.flat[-1] = x.flat[0]
        dims = [-1] if len(shape) == 1 else [0, 1, -1]
        if op in ("max", "min", "argmax", "argmin", "quantile", "argquantile", "median", "argmedian", "rank"):
            dims.append(None)
        args["dim"] = None if scalar else self.one_of(dims)
        n = x.size if args["dim"] is None else shape[args["dim"]]
        if op in ("sort", "argsort", "rank"):
            args["descending"] = self.chance(0.5)
        elif op == "topk":
            args["k"] = int(self.rng.integers(1, n + 1))
        elif args["dim"] is not None and self.chance(0.3):
            args["keepdim"] = True
        if "quantile" in op:
            args["q"] = self.one_of([0.0, 0.25, 0.5, 1.0]) if self.chance(0.3) else float(self.rng.uniform(0, 1))
            if self.chance(0.2):
                args["q"] = self.rng.uniform(0, 1, int(self.rng.integers(1, 4))).tolist()
            args["interpolation"] = self.one_of(INTERPOLATIONS)
        if op in VALUES[:-1] and mode != "hard" and self.chance(0.3):
            args["gated_grad"] = False
        if op == "quantile" and method not in WITHOUT_INDEX and self.chance(0.3):
            args["return_argquantile"] = True
        return args, {"x": x}, tied

    # ------------------------------------------------------------------ one case
    def add(self, family, op, mode, method, through, number):
        made = self.ordering(op, mode, method) if family == "ordering" else getattr(self, family)(op, mode)
        self.compute(number, op + "_st" if through else op, *made)

    def compute(self, number, op, args, inputs, tied=False):
        key = "-".join(str(p) for p in (op, args.get("method"), args.get("mode")) if p)
        case = {"id": f"{key}-{number:04d}", "op": op, "args": args, "inputs": {k: v.tolist() for k, v in inputs.items()}}
        Residual.worst = 0.0
        try:
            _, out = self.call(op, args, inputs, grad=False)
        except Exception as e:  # counted and shown at the end, with its words
            self.refuse(key, e)
            return
        if op.endswith("_st") and args.get("method") in WITHOUT_INDEX:
            out.pop("indices", None)  # the hard index, with no soft one behind it
        if tied and (args.get("mode") == "hard" or op.endswith("_st")):
            out.pop("indices", None)  # which of the tied elements is the library's choice
        case["output"] = {k: v.tolist() for k, v in out.items()}
        case["cotangent"] = {k: self.rng.uniform(-1, 1, tuple(v.shape)).tolist() for k, v in out.items()}
        case["vjp"] = None if tied else self.vjp(op, args, inputs, case["cotangent"])
        if case["vjp"] is None:
            del case["cotangent"], case["vjp"]
        if args.get("method") == "ot" and args.get("mode") != "hard":
            case["residual"] = Residual.worst
        if not finite(case["output"]) or not finite(case.get("vjp", {})):
            self.refuse(key, ValueError("result is not finite"))
            return
        case["tolerance"] = {"output": 1e-9, "vjp": 1e-7}  # the file's; parity.py has its own table
        self.cases.append(case)

    def call(self, op, args, inputs, grad):
        tensors = {k: torch.tensor(v, requires_grad=grad) for k, v in inputs.items()}
        given = {k: torch.tensor(v) if isinstance(v, list) else v for k, v in args.items()}
        if op.startswith("clamp"):
            given.update({k: torch.tensor(given[k]) for k in ("a", "b") if k in given})
        if given.get("method") == "ot":
            given["ot_kwargs"] = TRANSPORT
        result = getattr(softtorch, op)(**tensors, **given)
        if isinstance(result, torch.Tensor):
            fields = {"out": result}
        else:
            fields = {"values": result[0], "indices": result[1]}
        return tensors, {k: v for k, v in fields.items() if v is not None}

    def vjp(self, op, args, inputs, cotangent):
        """Gradients by input, or None where the reference has none: hard comparisons, ranks, transport in c-modes."""
        try:
            tensors, out = self.call(op, args, inputs, grad=True)
            total = sum((out[k] * torch.tensor(cotangent[k])).sum() for k in cotangent)
            if not total.requires_grad:
                return None
            grads = torch.autograd.grad(total, list(tensors.values()), allow_unused=True)
        except RuntimeError:
            return None
        return {k: (torch.zeros_like(t) if g is None else g).tolist() for (k, t), g in zip(tensors.items(), grads)}

    def refuse(self, key, error):
        count, _ = self.refused.get(key, (0, ""))
        self.refused[key] = (count + 1, f"{type(error).__name__}: {str(error).splitlines()[0][:90]}")


def finite(fields):
    return all(np.isfinite(np.array(v)).all() for v in fields.values())


def plan():
    """(family, operator, mode, method) of every combination, and whether the straight-through form is meant."""
    for op in ELEMENTWISE:
        hard = [] if op in ("sigmoidal", "softrelu") else ["hard"]
        for mode in hard + MODES + PNORM:
            yield "elementwise", op, mode, None, False
    for op in COMPARISONS:
        for mode in ["hard"] + MODES + PNORM:
            yield "comparison", op, mode, None, False
    for family, ops in (("logic", LOGIC), ("selection", SELECTION)):
        for op in ops:
            yield family, op, None, None, False
    for op in VALUES + INDICES:
        yield "ordering", op, "hard", None, False
    for method, ops in METHODS.items():
        for op in ops:
            for mode in MODES:
                yield "ordering", op, mode, method, False
                yield "ordering", op, mode, method, True
    for family, ops in (("elementwise", ELEMENTWISE[2:]), ("comparison", COMPARISONS)):
        for op in ops:
            for mode in MODES:
                yield family, op, mode, None, True


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=20, help="cases of every operator, method and mode")
    parser.add_argument("--only", default="", help="keep combinations that contain this text, as in max-softsort-c1")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    restore_line_search()
    Residual.watch("_proj_transport_polytope_entropic")
    Residual.watch("_proj_transport_polytope_pnorm_lbfgs")
    cases = Cases()
    for place, (family, op, mode, method, through) in enumerate(plan()):
        name = "-".join(p for p in (op + ("_st" if through else ""), method, mode) if p)
        if options.only not in name:
            continue
        cases.rng = np.random.default_rng([options.seed, place])  # a combination alone draws what it draws among all
        for number in range(options.cases):
            cases.add(family, op, mode, method, through, number)
    with open(options.out, "w", encoding="utf-8") as out:
        out.write('{"family": "parity", "dtype": "float64", "refused": %s, "cases": [\n' % json.dumps(cases.refused))
        out.write(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases.cases))
        out.write("\n]}\n")


if __name__ == "__main__":
    main()
