#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Values and vjps of every operator against softtorch 0.1.1, run side by side on random cases.

    python3 core/src/test/python/parity.py --seed 7 --cases 20

Installs softtorch into a virtual environment of its own, lets softtorch_cases.py draw and compute the cases, lets
io.supple.Parity compute the same, and compares. Exit 0: all within tolerance, or skipped because Python, pip or the
network is missing (it says so); 1: a case is beyond tolerance; 2: the comparison itself could not run.
"""
import argparse
import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[4]
CLOSED = 1e-10

# What is allowed beyond rounding, and why: (family, method, mode, value tolerance, vjp tolerance, reason), the first
# row that matches. A value passes when |got - expected| <= tolerance * max(1, |expected|), a vjp when it does relative
# to the largest entry of its expected gradient, as sums over a row cancel. A tolerance may be a function of the case.
TOLERANCES = [
    ("elementwise", ".*", "smooth", lambda c: CLOSED + 2.1e-9 * softness(c), lambda c: CLOSED + 2.1e-9,
     "softplus of the reference is the identity above 20 softnesses"),
    (".*", "ot", "smooth", lambda c: CLOSED + 1e3 * residual(c), 2.0,
     "Sinkhorn stops at a residual; five conjugate-gradient steps make its derivative wrong by up to 200 %"),
    (".*", "ot", "c[012]", lambda c: 1e-3 + 300 * residual(c), CLOSED,
     "L-BFGS stops early, whatever its tolerance; no derivative in these modes"),
    (".*", "fast_soft_sort", "c2", 5e-9, 100 * CLOSED,
     "the cubic level comes from moments about 0, which cancel: a block of one element is off its weight by 1e-9"),
    (".*", ".*", ".*", CLOSED, 100 * CLOSED, "closed form"),
]


def softness(case):
    return case["args"].get("softness", 0.1)


def residual(case):
    return case.get("residual", 0.0)


def tolerance(case):
    key = family(case), case["args"].get("method", "-"), case["args"].get("mode", "-")
    for *patterns, value, vjp, _ in TOLERANCES:
        if all(re.fullmatch(p, k) for p, k in zip(patterns, key)):
            return tuple(t(case) if callable(t) else t for t in (value, vjp))
    raise AssertionError(key)


FAMILIES = {
    "elementwise": "sigmoidal softrelu heaviside sign abs relu clamp round",
    "comparison": "greater greater_equal less less_equal eq not_equal isclose",
    "logic": "logical_not logical_and logical_or logical_xor all any",
    "selection": "where take_along_dim take index_select narrow",
}


def family(case):
    op = re.sub("_st$", "", case["op"])
    name = next((f for f, ops in FAMILIES.items() if op in ops.split()), "ordering")
    return name


class Skipped(Exception):
    """The reference cannot be had here."""


# ---------------------------------------------------------------------- the two sides


def run(command, **options):
    return subprocess.run([str(c) for c in command], text=True, **options)


def environment(venv, torch):
    """The Python of a virtual environment that has softtorch, made if it is not there."""
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = venv / "ready"
    if ready.exists() and ready.read_text() == torch:
        return python
    print(f"parity: installing softtorch into {venv}", file=sys.stderr)
    # softtorch asks for Python 3.12 but runs on 3.10; it and torchopt must not choose the torch
    steps = [
        [sys.executable, "-m", "venv", venv],
        [python, "-m", "pip", "install", "-q", "numpy", *torch.split()],
        [python, "-m", "pip", "install", "-q", "numba", "POT", "optree", "graphviz", "typing_extensions"],
        [python, "-m", "pip", "install", "-q", "--no-deps", "torchopt"],
        [python, "-m", "pip", "install", "-q", "--ignore-requires-python", "--no-deps", "softtorch==0.1.1"],
        [python, "-c", "import softtorch"],
    ]
    for step in steps:
        try:
            done = run(step, capture_output=True)
        except OSError as e:
            raise Skipped(str(e)) from e
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines() or ["no output"]
            raise Skipped(f"{' '.join(map(str, step[1:4]))} failed: {lines[-1]}")
    ready.write_text(torch)
    return python


def reference(python, out, options):
    script = Path(__file__).with_name("softtorch_cases.py")
    command = [python, script, "--out", out, "--seed", options.seed, "--cases", options.cases, "--only", options.only]
    run(command, check=True)
    return json.loads(out.read_text(encoding="utf-8"))


def ours(cases, results, options):
    path = results.with_name("parity-classpath.txt")
    if not options.no_build:
        maven = ["mvn", "-B", "-q", *(["-o"] if options.offline else []), "-pl", "core", "test-compile"]
        run([*maven, "dependency:build-classpath", f"-Dmdep.outputFile={path}"], check=True, cwd=REPOSITORY)
    target = REPOSITORY / "core" / "target"
    classpath = os.pathsep.join([str(target / "classes"), str(target / "test-classes"), path.read_text().strip()])
    run(["java", "-cp", classpath, "io.supple.Parity", cases, results], check=True)
    return json.loads(results.read_text(encoding="utf-8"))


# ---------------------------------------------------------------------- comparing


def flat(value):
    if isinstance(value, list):
        return [v for part in value for v in flat(part)]
    return [float(value)]


def difference(got, expected, gradient=False):
    """Largest difference relative to max(1, |expected|); infinite for a wrong size or anything not finite."""
    worst = 0.0
    for name, node in expected.items():
        want, have = flat(node), [float(v) for v in got.get(name, [])]
        if len(want) != len(have):
            return math.inf
        scale = max([1.0] + [abs(w) for w in want])
        for w, h in zip(want, have):
            d = abs(h - w) / (scale if gradient else max(1.0, abs(w)))
            worst = max(worst, d if math.isfinite(d) else math.inf)
    return worst


class Row:
    """One line of the table."""

    def __init__(self):
        self.cases = self.gradients = self.absent = 0
        self.value = self.vjp = 0.0
        self.beyond = []

    def take(self, case, result):
        if not result:
            self.absent += 1
            return
        self.cases += 1
        allowed = tolerance(case)
        if "error" in result:
            self.beyond.append((case, result["error"]))
            return
        value = difference(result["output"], case["output"])
        vjp = difference(result["vjp"], case["vjp"], gradient=True) if "vjp" in case else 0.0
        self.gradients += "vjp" in case
        self.value, self.vjp = max(self.value, value), max(self.vjp, vjp)
        if value > allowed[0] or vjp > allowed[1]:
            self.beyond.append((case, f"value {value:.1e} (allowed {allowed[0]:.1e}), vjp {vjp:.1e} ({allowed[1]:.1e})"))


def compare(cases, results):
    rows = {}
    for case in cases["cases"]:
        through = "-st" if case["op"].endswith("_st") else ""
        key = family(case) + through, case["args"].get("method", "-"), case["args"].get("mode", "-")
        rows.setdefault(key, Row()).take(case, results[case["id"]])
    return rows


def show(rows, cases, results):
    head = f"{'family':15} {'method':15} {'mode':10} {'cases':>6} {'vjps':>6} {'value':>9} {'vjp':>9} {'beyond':>6}"
    print(head, "-" * len(head), sep="\n")
    for (name, method, mode), row in sorted(rows.items()):
        if row.cases:
            print(f"{name:15} {method:15} {mode:10} {row.cases:6} {row.gradients:6} {row.value:9.1e} {row.vjp:9.1e}"
                  f" {len(row.beyond):6}")
    absent = {key: row.absent for key, row in rows.items() if row.absent}
    for (name, method, mode), count in sorted(absent.items()):
        print(f"not in the catalogue: {count} cases of {name} {method} {mode}")
    for key, (count, words) in sorted(cases["refused"].items()):
        print(f"refused by the reference: {count} cases of {key} ({words})")
    beyond = [b for row in rows.values() for b in row.beyond]
    for case, words in beyond:
        print(f"\nBEYOND {case['id']}: {words}\n  case {json.dumps(case)}\n  ours {json.dumps(results[case['id']])}")
    compared = sum(row.cases for row in rows.values())
    print(f"\nparity: {compared} cases compared, {len(beyond)} beyond tolerance, {sum(absent.values())} not in the catalogue")
    return len(beyond)


def main():
    target = REPOSITORY / "core" / "target"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, default=target / "parity-venv")
    parser.add_argument("--torch", default="torch", help="what pip is told, as in 'torch==2.9.1' or with its options")
    parser.add_argument("--work", type=Path, default=target / "parity", help="where cases and results are written")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=20, help="cases of every operator, method and mode")
    parser.add_argument("--only", default="", help="combinations whose name contains this, as in softsort-c1")
    parser.add_argument("--offline", action="store_true", help="Maven works without the network")
    parser.add_argument("--no-build", action="store_true", help="take the classes of the last run")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    try:
        python = environment(options.venv.absolute(), options.torch)
    except Skipped as reason:
        print(f"parity: skipped ({reason})")
        return 0
    try:
        cases = reference(python, options.work.absolute() / "cases.json", options)
        results = ours(options.work.absolute() / "cases.json", options.work.absolute() / "results.json", options)
    except (OSError, subprocess.CalledProcessError) as e:
        print(f"parity: could not run: {e}", file=sys.stderr)
        return 2
    return 1 if show(compare(cases, results), cases, results) else 0


if __name__ == "__main__":
    sys.exit(main())
