# SPDX-License-Identifier: Apache-2.0
"""The jar and the session."""

import os
import re
import subprocess
import sys

import pytest
import supple
from supple import _session


class Builder:
    """As SparkSession.Builder, without a Spark."""

    def __init__(self, **options):
        self._options = options

    def config(self, key, value):
        self._options[key] = value
        return self


@pytest.fixture
def idle(monkeypatch):
    """As before a session starts."""
    monkeypatch.setattr(_session, "_is_running", lambda: False)
    monkeypatch.delenv("SPARK_REMOTE", raising=False)


def test_version_and_jar():
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.dev0)?", supple.__version__)
    assert supple.coordinates().startswith("io.supple:supple-spark-4_2.13:")
    assert os.path.isfile(supple.jar())


def test_configure_sets_the_jar_and_keeps_others(idle):
    builder = supple.configure(Builder(**{"spark.jars": "other.jar"}))
    assert builder._options["spark.jars"] == "other.jar," + supple.jar()
    assert supple.configure(builder)._options["spark.jars"] == "other.jar," + supple.jar()


def test_configure_by_coordinates(idle):
    builder = supple.configure(Builder(), packages=True)
    assert builder._options == {"spark.jars.packages": supple.coordinates()}


def test_a_server_of_somebody_else_is_left_alone(idle):
    builder = supple.configure(Builder(**{"spark.remote": "sc://somewhere"}))
    assert builder._options == {"spark.remote": "sc://somewhere"}


def test_without_a_jar_it_says_what_to_do(idle, monkeypatch):
    monkeypatch.setattr(_session, "_bundled", lambda: None)
    with pytest.raises(RuntimeError, match="without the jar.*packages=True.*io.supple:supple-spark"):
        supple.configure(Builder())
    with pytest.raises(RuntimeError, match="jar must be a file, got 'nowhere.jar'"):
        supple.configure(Builder(), jar="nowhere.jar")
    with pytest.raises(ValueError, match="jar must be left out"):
        supple.configure(Builder(), jar="a.jar", packages=True)


@pytest.mark.parametrize(
    "core,said",
    [
        ("spark-core_2.13-3.5.1.jar", "Spark must be 4.0 or newer, got 3.5.1"),
        ("spark-core_2.12-4.0.1.jar", "Spark must be of Scala 2.13"),
    ],
)
def test_other_sparks_are_refused(idle, monkeypatch, tmp_path, core, said):
    (tmp_path / "jars").mkdir()
    (tmp_path / "jars" / core).touch()
    monkeypatch.setenv("SPARK_HOME", str(tmp_path))
    with pytest.raises(RuntimeError, match=said):
        supple.configure(Builder())


def test_a_running_session_that_knows_is_kept(spark):
    assert supple.configure(Builder())._options in ({}, {"spark.remote": None})
    supple.register(spark)


def test_a_running_session_that_does_not_know_is_refused(spark, monkeypatch):
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    monkeypatch.setattr(_session, "_PROBE", "soft_no_such_function")
    with pytest.raises(RuntimeError, match="no session must run, got one without Supple"):
        supple.configure(Builder())


def test_register_says_what_a_server_needs(spark, remote, monkeypatch):
    monkeypatch.setattr(_session, "_PROBE", "soft_no_such_function")
    if remote:
        with pytest.raises(RuntimeError, match="server must have the jar.*--jars"):
            supple.register(spark)
    else:
        supple.register(spark)  # the jar is there: they are registered once more


def test_importing_needs_no_spark():
    code = "import sys; sys.modules['pyspark'] = None; import supple; print(supple.__version__)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == supple.__version__
