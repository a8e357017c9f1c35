# SPDX-License-Identifier: Apache-2.0
"""One session for all tests: classic, or through Spark Connect where SUPPLE_TEST_REMOTE names a server (local[2] starts one)."""

import json
import os
import pathlib

import pytest
import supple
from pyspark.sql import SparkSession

HERE = pathlib.Path(__file__).resolve().parent
REMOTE = os.environ.get("SUPPLE_TEST_REMOTE", "")


def surface():
    return json.loads((HERE.parent / "surface.json").read_text(encoding="utf-8"))


def functions():
    """Pairs of an operator and one of its functions, as surface.json has them."""
    return [(operator, function) for operator in surface()["operators"] for function in operator["functions"]]


@pytest.fixture(scope="session")
def remote():
    return bool(REMOTE)


@pytest.fixture(scope="session")
def spark():
    if REMOTE and not REMOTE.startswith("local"):
        os.environ["SPARK_REMOTE"] = REMOTE  # so that programs that say nothing of it meet this server
    builder = SparkSession.builder.remote(REMOTE) if REMOTE else SparkSession.builder.master("local[2]")
    if not REMOTE or REMOTE.startswith("local"):
        builder = (
            supple.configure(builder)
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
        )
    session = builder.getOrCreate()
    supple.register(session)
    yield session
    session.stop()


@pytest.fixture(scope="session")
def rows(spark):
    """Numbers in groups, and lists of them."""
    return spark.range(12).selectExpr(
        "id",
        "id % 3 AS g",
        "cast((id * 7) % 12 AS double) AS v",
        "array(cast((id * 7) % 12 AS double), 3D, -1D) AS x",
        "cast(id % 2 AS double) AS label",
    )


def plain(value):
    """A result of Spark as nested lists of numbers."""
    if isinstance(value, (list, tuple)):
        return [plain(element) for element in value]
    return plain(value.toArray().tolist()) if hasattr(value, "toArray") else value
