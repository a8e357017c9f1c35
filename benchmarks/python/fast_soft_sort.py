#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""fast_soft_sort, l2: torchsort's C++ and the published algorithm in numba beside Supple, the same lists, one thread each.

    mvn -B -q -DskipTests package               # builds benchmarks/target/benchmarks.jar
    python3 benchmarks/python/fast_soft_sort.py # prints a table in Markdown

Installs torch, numba and torchsort into a virtual environment of its own (several GB); torchsort is built from its
source and needs a C++ compiler. The peers get all lists as one batch, Supple gets a call for each list, in a Java process
of its own. Lists are taken as they are. Exit 0: done; 2: something is missing, with what to do, or results differ.
"""
import argparse
import importlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import own_environment

REPOSITORY = Path(__file__).resolve().parents[2]
REQUIREMENTS = ["numpy", "numba", "torch", "setuptools<81", "wheel"]
TORCHSORT = "torchsort==0.1.10"
TOLERANCE = 1e-9  # times the length of the list


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, default=REPOSITORY / "target" / "fast_soft_sort", help="virtual environment to use or make")
    parser.add_argument("--classpath", default=str(REPOSITORY / "benchmarks" / "target" / "benchmarks.jar"))
    parser.add_argument("--java", default="java")
    parser.add_argument("--numbers", type=int, default=200_000, help="numbers in all lists together")
    parser.add_argument("--lengths", type=int, nargs="*", default=[10, 100, 1000, 10_000])
    parser.add_argument("--softness", type=float, default=0.1)
    parser.add_argument("--rounds", type=int, default=30, help="the least time of so many counts")
    return parser.parse_args()


def fail(message):
    own_environment.fail("fast_soft_sort", message)


def environment(options):
    own_environment.enter("fast_soft_sort", options.venv, [REQUIREMENTS], {"NUMBA_NUM_THREADS": "1"})


def torchsort():
    """The peer in C++, built once; None, with the reason, where it cannot be."""
    if importlib.util.find_spec("torchsort") is None:
        if not (shutil.which("c++") or shutil.which("g++") or shutil.which("clang++")):
            print(f"fast_soft_sort: {TORCHSORT} is left out: it needs a C++ compiler", file=sys.stderr)
            return None
        if not own_environment.pip(sys.executable, ["--no-build-isolation", "--no-deps", TORCHSORT]):
            print(f"fast_soft_sort: {TORCHSORT} is left out: it could not be built", file=sys.stderr)
            return None
        importlib.invalidate_caches()
    return importlib.import_module("torchsort")


def isotonic_l2():
    """Non-increasing fit by pooling adjacent violators: Best, Chakravarti and Ubhaya 2000, as Blondel et al. 2020 use it."""
    import numba
    import numpy

    @numba.njit
    def fit(y, out):
        n = y.size
        start = numpy.empty(n, numpy.int64)
        total = numpy.empty(n)
        count = numpy.empty(n)
        blocks = 0
        for i in range(n):
            first, sum_, size = i, y[i], 1.0
            while blocks > 0 and total[blocks - 1] * size <= sum_ * count[blocks - 1]:
                blocks -= 1
                first = start[blocks]
                sum_ += total[blocks]
                size += count[blocks]
            start[blocks], total[blocks], count[blocks] = first, sum_, size
            blocks += 1
        for b in range(blocks):
            end = start[b + 1] if b + 1 < blocks else n
            out[start[b]:end] = total[b] / count[b]

    @numba.njit
    def projections(lists, epsilon, rank, out):
        n = lists.shape[1]
        w = numpy.arange(n, 0, -1).astype(numpy.float64)
        solution = numpy.empty(n)
        for k in range(lists.shape[0]):
            if rank:
                order = numpy.argsort(-lists[k])
                s = lists[k][order] / epsilon
                fit(s - w, solution)
                out[k][order] = s - solution
            else:
                s = numpy.sort(-lists[k])[::-1]
                fit(w / epsilon - s, solution)
                out[k] = solution - w / epsilon

    def run(lists, epsilon, rank):
        out = numpy.empty_like(lists)
        projections(lists, epsilon, rank, out)
        return out

    return run


def contenders():
    """Functions of lists, epsilon and whether ranks are asked for; what cannot be had is absent."""
    found = {"numba": isotonic_l2()}
    peer = torchsort()
    if peer is None:
        return found
    import torch

    torch.set_num_threads(1)

    def run(lists, epsilon, rank):
        operator = peer.soft_rank if rank else peer.soft_sort
        with torch.no_grad():
            return operator(torch.from_numpy(lists), regularization="l2", regularization_strength=epsilon).numpy()

    found["torchsort"] = run
    return found


def timed(function, rounds):
    result = function()
    least = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        result = function()
        least = min(least, time.perf_counter() - start)
    return least, result


def supple(options, lists, rank):
    """Seconds for all lists, and the results."""
    import numpy

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lists"
        lists.astype("<f8").tofile(file)
        command = [options.java, "-cp", options.classpath, "io.supple.benchmarks.ListTimer", str(file), str(lists.shape[1]),
                   "rank" if rank else "sort", "fast_soft_sort", "c0", repr(options.softness), str(10 * options.rounds)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            fail("Supple did not run; is benchmarks/target/benchmarks.jar built? mvn -B -q -DskipTests package")
        results = numpy.fromfile(f"{file}.out", "<f8").reshape(lists.shape)
        return float(done.stdout) * len(lists) / 1e9, results


def main():
    options = arguments()
    if not own_environment.entered():
        environment(options)
    import numpy

    peers = contenders()
    random = numpy.random.default_rng(1)
    print(f"Nanoseconds per number, softness {options.softness}; one thread; the least of {options.rounds} rounds, of"
          f" {10 * options.rounds} for Supple, whose first compile.\n")
    print("| | n | Supple | " + " | ".join(peers) + " | " + " | ".join(f"{name} / Supple" for name in peers) + " |")
    print("|---|" + "---:|" * (2 + 2 * len(peers)))
    for n in options.lengths:
        lists = random.uniform(-1, 1, (max(1, options.numbers // n), n))
        for rank in (False, True):
            # anchors i / (n - 1) over the softness are i over epsilon; places are in units of n - 1
            epsilon = options.softness / (n - 1) if rank else options.softness * (n - 1)
            seconds, expected = supple(options, lists, rank)
            own = seconds / lists.size * 1e9
            times = []
            for name, peer in peers.items():
                seconds, got = timed(lambda: peer(lists, epsilon, rank), options.rounds)
                worst = numpy.abs(got - expected).max()
                if not worst <= TOLERANCE * n:
                    fail(f"{name} differs by {worst:g}, n = {n}, rank {rank}")
                times.append(seconds / lists.size * 1e9)
            cells = [f"{own:.0f}"] + [f"{each:.0f}" for each in times] + [f"{each / own:.1f}" for each in times]
            print(f"| {'rank' if rank else 'sort'} | {n} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
