# SPDX-License-Identifier: Apache-2.0
"""The jar behind the package, and the sessions that know it."""

from __future__ import annotations

import os
import pathlib
import re
from typing import TYPE_CHECKING, Optional, Tuple, TypeVar

from ._version import ARTIFACT, JAR, SCALA, __version__

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    Builder = TypeVar("Builder", bound=SparkSession.Builder)

_OLDEST = (4, 0)
_PROBE = "soft_abs"


def coordinates() -> str:
    """The jar's coordinates, for ``spark.jars.packages``."""
    return ARTIFACT


def jar() -> Optional[str]:
    """The path of the jar inside this package; None if the package was built without one."""
    bundled = pathlib.Path(__file__).resolve().parent / "jars" / JAR
    return str(bundled) if bundled.is_file() else None


def configure(builder: "Builder", *, jar: Optional[str] = None, packages: bool = False) -> "Builder":
    """A session builder that knows Supple; call it before ``getOrCreate``.

    >>> spark = supple.configure(SparkSession.builder.master("local[2]")).getOrCreate()

    Jars that the builder has in ``spark.jars`` or ``spark.jars.packages`` already are kept. A builder that goes to the server of
    somebody else (``remote("sc://...")``) is left as it is: there the server needs the jar, see :func:`register`.

    Parameters
    ----------
    builder : SparkSession.Builder
        ``SparkSession.builder``, with whatever else is set on it.
    jar : str, optional
        A jar to take instead of the one inside this package.
    packages : bool
        Take the jar from a repository by its coordinates (``spark.jars.packages``), not from this package.

    Raises
    ------
    RuntimeError
        If there is no jar, if Spark is older than 4.0 or not of Scala 2.13, or if a session without Supple runs already: Spark
        reads its jars when a session starts.
    """
    if jar is not None and packages:
        raise ValueError("supple.configure: jar must be left out where packages is True, got both")
    remote = _option(builder, "spark.remote") or os.environ.get("SPARK_REMOTE")
    if remote is not None and not remote.startswith("local"):
        return builder
    _check_spark()
    if _is_running():
        return builder
    if packages:
        return _with(builder, "spark.jars.packages", coordinates())
    path = jar if jar is not None else _bundled()
    if path is None:
        raise RuntimeError(
            "supple.configure: this package was built without the jar. Give the path of one,"
            f" configure(builder, jar='.../{JAR}'), or take it from a repository, configure(builder, packages=True), which"
            f" sets spark.jars.packages to {ARTIFACT}"
        )
    if "://" not in path and not os.path.isfile(path):
        raise RuntimeError(f"supple.configure: jar must be a file, got '{path}'")
    return _with(builder, "spark.jars", path)


def register(spark: "SparkSession") -> None:
    """Makes sure that a running session has the SQL functions; harmless where it has.

    A session whose jar came with ``spark.jars`` has them from its start. In a classic session where the jar is on the class
    path only, they are registered now. A Connect session has what its server has.

    Raises
    ------
    RuntimeError
        If the jar is not there, with what to do.
    """
    if _knows(spark):
        return
    if _is_connect(spark):
        raise RuntimeError(
            "supple.register: the Spark Connect server must have the jar, got one without it. Start the server with --jars"
            f" {jar() or JAR} (or spark.jars, or spark.jars.packages={ARTIFACT})"
        )
    from py4j.java_gateway import JavaPackage

    java = spark._jvm.io.supple.spark.Supple  # type: ignore[union-attr,attr-defined,unused-ignore]
    if isinstance(java, JavaPackage):  # which is what py4j takes for a name that it does not know
        raise RuntimeError(
            "supple.register: the session must have the jar, got one without it. Stop it and start it with"
            " supple.configure(SparkSession.builder).getOrCreate(), or with spark.jars or spark.jars.packages="
            f"{ARTIFACT} in the settings of the cluster; ADD JAR comes too late"
        )
    java.register(spark._jsparkSession)  # type: ignore[attr-defined,unused-ignore]


def _bundled() -> Optional[str]:
    return jar()


def _is_connect(spark: "SparkSession") -> bool:
    return not hasattr(spark, "_jsparkSession")


def _knows(spark: "SparkSession") -> bool:
    return bool(spark.catalog.functionExists(_PROBE))


def _is_running() -> bool:
    """Whether a session runs that has the functions; refuses one that has not."""
    from pyspark.sql import SparkSession

    try:
        spark = SparkSession.getActiveSession()
    except Exception:  # a client without a JVM, or one that has gone
        return False
    if spark is None:
        return False
    if _knows(spark):
        return True
    raise RuntimeError(
        "supple.configure: no session must run, got one without Supple. Spark reads its jars when a session starts: stop it"
        " with spark.stop() and build it again"
    )


def _option(builder: "Builder", key: str) -> Optional[str]:
    value = getattr(builder, "_options", {}).get(key)
    return None if value is None else str(value)


def _with(builder: "Builder", key: str, value: str) -> "Builder":
    have = [part for part in (_option(builder, key) or "").split(",") if part]
    if value not in have:
        have.append(value)
    return builder.config(key, ",".join(have))  # type: ignore[return-value,unused-ignore]


def _check_spark() -> None:
    found = _installed()
    if found is None:
        return
    scala, spark = found
    numbers = tuple(int(part) for part in re.findall(r"\d+", spark)[:2])
    if numbers < _OLDEST:
        raise RuntimeError(f"supple.configure: Spark must be 4.0 or newer, got {spark}")
    if scala != SCALA:
        raise RuntimeError(
            f"supple.configure: Spark must be of Scala {SCALA}, as Supple {__version__} is, got one of Scala {scala}"
        )


def _installed() -> Optional[Tuple[str, str]]:
    """The versions of Scala and of Spark that a local session would start; None where there is none to see."""
    import pyspark

    home = os.environ.get("SPARK_HOME") or os.path.dirname(os.path.abspath(pyspark.__file__))
    for core in sorted(pathlib.Path(home, "jars").glob("spark-core_*.jar")):
        match = re.fullmatch(r"spark-core_([\d.]+)-(.+)\.jar", core.name)
        if match:
            return match.group(1), match.group(2)
    return None
