# SPDX-License-Identifier: Apache-2.0
"""The package is typed: mypy is strict with it, and tells a user what is wrong."""

import re
import subprocess
import sys

import pytest
from conftest import HERE

pytest.importorskip("mypy")

GOOD = """
from typing import List
import numpy as np
from pyspark.sql import Column, SparkSession
from pyspark.sql import functions as F
import supple
from supple import functions as soft
from supple.ml import SoftBucketizer, SoftQuantileDiscretizer, SoftRank

spark: SparkSession = supple.configure(SparkSession.builder).getOrCreate()
column: Column = soft.rank("x", softness=0.1, mode="c1")
column = soft.quantile(F.col("x"), F.col("q"), "lower")
column = soft.sort([3, 1.5, None])
column = soft.topk_agg("x", 3)
column = soft.rank([F.col("a"), 2.0, None])
column = soft.quantile(np.array([1.0, 2.0]), np.array([0.5]))
rank: SoftRank = SoftRank(inputCol="x").setSoftness(0.5)
model: SoftBucketizer = SoftQuantileDiscretizer(inputCol="x").fit(spark.range(3))
splits: List[float] = model.getSplits()
"""

BAD = [
    ('soft.rank("x", mode="smoth")', "mode"),
    ('soft.rank("x", softness="much")', "softness"),
    ('soft.rank("x", softnes=0.1)', "softnes"),
    ('soft.topk("x")', "k"),
    ('soft.take("x", [0.5, 0.5])', "Sequence"),
    ('SoftRank(softness="much")', "softness"),
    ("soft.rank_agg", "rank_agg"),
    ('soft.sort({1.0, 2.0})', "x"),
    ('SoftRank().setInputCol(3)', "setInputCol"),
    ('SoftRank("x")', "Argument"),
]


def mypy(*arguments):
    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(HERE.parent / "pyproject.toml"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout


def test_the_package_is_clean():
    assert "Success: no issues found" in mypy("-p", "supple")


def test_a_program_is_checked(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(GOOD + "".join(line + "\n" for line, _ in BAD), encoding="utf-8")
    said = mypy(str(program))
    first = GOOD.count("\n") + 1
    errors = {int(line): text for line, text in re.findall(r"program\.py:(\d+): error: (.*)", said)}
    assert min(errors) >= first, said
    for at, (_, word) in enumerate(BAD, first):
        assert word in errors.get(at, ""), (BAD[at - first], said)
