# SPDX-License-Identifier: Apache-2.0
"""The jar and the session."""

import os
import re
import subprocess
import sys
import warnings
import zipfile

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


@pytest.mark.parametrize("what", [None, "builder", 3])
def test_configure_takes_a_builder_and_register_a_session(what):
    with pytest.raises(TypeError, match="supple.configure: builder must be SparkSession.builder, got"):
        supple.configure(what)
    with pytest.raises(TypeError, match="supple.register: spark must be a SparkSession, got"):
        supple.register(what)


def test_a_jar_of_something_else_is_refused(idle, tmp_path):
    other, text = tmp_path / "other.jar", tmp_path / "text.jar"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", "Implementation-Title: Other\r\n")
    text.write_text("text", encoding="utf-8")
    for path in (other, text):
        with pytest.raises(RuntimeError, match="supple.configure: jar must have the classes of Supple, .*, got '.*.jar'"):
            supple.configure(Builder(), jar=path)


def test_a_jar_of_another_version_is_warned_of(idle, tmp_path):
    path = tmp_path / "supple.jar"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", "Implementation-Title: Supple\r\nImplementation-Version: 0.0.9\r\n")
        archive.writestr("io/supple/spark/Supple.class", "")
    with pytest.warns(UserWarning, match="supple.configure: jar must be of version .*, got one of 0.0.9"):
        assert supple.configure(Builder(), jar=path)._options["spark.jars"] == str(path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        supple.configure(Builder(), jar=supple.jar())


PROGRAM = """
import threading
import supple
from pyspark.sql import SparkSession
from supple import functions as soft
from supple.ml import SoftRank

for call in (lambda: soft.rank("x"), SoftRank):
    try:
        call()
    except RuntimeError as refused:
        print(refused)
start = lambda: SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
spark = start().config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
for call in (lambda: supple.configure(SparkSession.builder), lambda: supple.register(spark), lambda: SoftRank.load("x")):
    try:
        call()
    except RuntimeError as refused:
        print(refused)


def elsewhere():
    try:
        supple.configure(SparkSession.builder)
    except RuntimeError as refused:
        print("elsewhere", refused)


thread = threading.Thread(target=elsewhere)
thread.start()
thread.join()
spark.stop()
spark = supple.configure(start()).getOrCreate()
print(spark.range(1).select(soft.rank([3.0, 1.0, 2.0], mode="hard")).first()[0])
"""


def test_a_session_that_started_without_the_jar(remote, tmp_path):
    """Is told so, and after it was stopped the same process has one with it."""
    if remote:
        pytest.skip("a classic session, which needs no second run")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("SPARK_", "PYSPARK_GATEWAY"))}
    found = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, env={**plain, "SPARK_LOCAL_IP": "127.0.0.1"}, check=False
    )
    said = found.stdout.strip().split("\n")
    for line, words in zip(
        said,
        [
            "soft_rank: a session must run, got none; start one with supple.configure",
            "SoftRank: a session must run, got none; start one with supple.configure",
            "supple.configure: no session must run, got one without Supple",
            "supple.register: the session must have the jar, got one without it",
            "SoftRank: the session must have Supple's jar, got one without it",
            "elsewhere supple.configure: no session must run, got one without Supple",
            "[1.0, 3.0, 2.0]",
        ],
    ):
        assert line.startswith(words), found.stderr
    assert len(said) == 7, found.stderr


def test_importing_needs_no_spark():
    code = "import sys; sys.modules['pyspark'] = None; import supple; print(supple.__version__)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == supple.__version__
