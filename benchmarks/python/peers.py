#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""softtorch in Python UDFs beside Supple's SQL functions: one Spark session, the same cached rows, whole queries.

    bin/supple functions >/dev/null        # builds the jar
    python3 benchmarks/python/peers.py     # prints a table in Markdown

Installs pyspark, pandas, pyarrow, torch and softtorch into a virtual environment of its own (several GB). The UDFs get
lists of equal length, which is their best case: a batch is one matrix. Each contender in turn, medians, to a sink that
keeps nothing. Exit 0: done; 2: something is missing, with what to do.
"""
import argparse
import os
import statistics
import time
from pathlib import Path

import own_environment

REPOSITORY = Path(__file__).resolve().parents[2]
REQUIREMENTS = ["pandas<3", "pyarrow", "numpy", "torch", "numba", "POT", "torchopt", "optree", "graphviz"]
SOFTTORCH = "softtorch==0.1.1"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, default=REPOSITORY / "target" / "peers", help="virtual environment to use or make")
    parser.add_argument("--spark", default="4.3.0", help="version of pyspark; Arrow UDFs need 4.1 or newer")
    parser.add_argument("--spark-home", type=Path, help="an installed pyspark to use instead, the folder with jars")
    parser.add_argument("--jar", type=Path, help="Supple's jar; by default the one that the build makes")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--numbers", type=int, default=5_000_000, help="numbers in a column")
    parser.add_argument("--dense", type=int, default=200_000, help="the same for neuralsort, n = 1000, whose peers are slow")
    parser.add_argument("--lengths", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--methods", nargs="*", default=["softsort", "neuralsort"])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--warm-up", type=float, default=5, help="seconds for each contender before those that count")
    return parser.parse_args()


def fail(message):
    own_environment.fail("peers", message)


def environment(options):
    packages = REQUIREMENTS + ([] if options.spark_home else [f"pyspark=={options.spark}"])
    paths = [os.environ.get("PYTHONPATH", "")]
    if options.spark_home:
        paths += [str(options.spark_home.parent)] + [str(zip) for zip in options.spark_home.glob("python/lib/py4j*.zip")]
    settings = {"PYTHONPATH": os.pathsep.join(p for p in paths if p), "PYSPARK_PYTHON": str(options.venv / "bin" / "python")}
    installs = [packages, ["--ignore-requires-python", "--no-deps", SOFTTORCH]]
    own_environment.enter("peers", options.venv, installs, settings)


def jar(options):
    if options.jar:
        return options.jar
    jars = sorted((REPOSITORY / "spark-ops" / "target").glob("supple-spark-4_2.13-*.jar"))
    if not jars:
        fail("there is no jar; build it with bin/supple functions, or name one with --jar")
    return jars[-1]


def soft_sort(values, method):
    """A batch of lists of equal length, softly sorted by softtorch: one thread, no gradient."""
    import softtorch
    import torch

    torch.set_num_threads(1)
    with torch.no_grad():
        result = softtorch.sort(torch.from_numpy(values), dim=-1, method=method, return_indices=False)
        # a copy: a view would keep the n x n form that it is part of
        return (result[0] if isinstance(result, tuple) else result).numpy().copy()


def contenders(method, n):
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    from pyspark.sql import functions as F

    rows_at_once = max(1, 4_000_000 // (n * n))  # the n x n forms of a batch must fit in memory

    def pieces(matrix):
        parts = [soft_sort(matrix[i : i + rows_at_once], method) for i in range(0, len(matrix), rows_at_once)]
        return np.concatenate(parts)

    def by_pandas(lists: pd.Series) -> pd.Series:
        return pd.Series(list(pieces(np.stack(lists.to_numpy()))))

    def by_arrow(lists: pa.Array) -> pa.Array:
        flat = lists.values.to_numpy(zero_copy_only=False)
        out = pieces(flat.reshape(len(lists), n).copy())
        return pa.ListArray.from_arrays(pa.array(np.arange(0, out.size + 1, n, dtype=np.int32)), pa.array(out.ravel()))

    column = F.col("x")
    found = {"Supple": F.expr(f"soft_sort(x, method => '{method}')"),
             "pandas UDF": F.pandas_udf(by_pandas, "array<double>")(column)}
    if hasattr(F, "arrow_udf"):
        found["Arrow UDF"] = F.arrow_udf(by_arrow, "array<double>")(column)
    return found


def check(rows, found):
    """The peers must compute the same."""
    sample = rows.limit(20).select(*[column.alias(f"c{i}") for i, column in enumerate(found.values())]).collect()
    for row in sample:
        for other in row[1:]:
            worst = max(abs(a - b) for a, b in zip(row[0], other))
            if worst > 1e-9:
                fail(f"results differ by {worst:g}")


def race(rows, found, options):
    def seconds(column):
        start = time.monotonic()
        rows.select(column).write.format("noop").mode("overwrite").save()
        return time.monotonic() - start

    for column in found.values():
        spent = 0
        while spent < options.warm_up:
            spent += seconds(column)
    times = {name: [] for name in found}
    for _ in range(options.runs):
        for name, column in found.items():
            times[name].append(seconds(column))
    return {name: statistics.median(each) for name, each in times.items()}


def main():
    options = arguments()
    if not own_environment.entered():
        environment(options)
    from pyspark.sql import SparkSession

    spark = (SparkSession.builder.master(options.master).config("spark.jars", str(jar(options)))
             .config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
             .config("spark.driver.memory", "3g").config("spark.sql.execution.arrow.maxRecordsPerBatch", "10000")
             .getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    print(f"Spark {spark.version} on {options.master}; whole queries on cached rows; medians of {options.runs} runs after"
          f" {options.warm_up:g} s of warming up each; one thread of torch for each task.\n")
    print("| method | n | numbers | Supple, ns/number | pandas UDF | Arrow UDF | pandas / Supple | Arrow / Supple |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for method in options.methods:
        for n in options.lengths:
            slow = method == "neuralsort" and n >= 1000
            count = (options.dense if slow else options.numbers) // n
            rows = spark.range(0, count, 1, 2).selectExpr(
                f"transform(sequence(1, {n}), i -> xxhash64(id, i) * {2.0 ** -63!r}D) AS x").cache()
            rows.count()
            found = contenders(method, n)
            check(rows, found)
            seconds = race(rows, found, options)
            per = {name: taken / (count * n) * 1e9 for name, taken in seconds.items()}
            arrow = per.get("Arrow UDF", float("nan"))
            print(f"| {method} | {n} | {count * n:,} | {per['Supple']:.0f} | {per['pandas UDF']:.0f} | {arrow:.0f} |"
                  f" {per['pandas UDF'] / per['Supple']:.1f} | {arrow / per['Supple']:.1f} |", flush=True)
            rows.unpersist()


if __name__ == "__main__":
    main()
