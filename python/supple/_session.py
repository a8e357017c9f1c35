# SPDX-License-Identifier: Apache-2.0
"""The jar behind the package, and the sessions that know it."""

from __future__ import annotations

import os
import pathlib
import re
import warnings
import zipfile
from typing import TYPE_CHECKING, Any, Optional, Tuple, TypeVar, Union

from ._version import ARTIFACT, JAR, SCALA, __version__

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    Builder = TypeVar("Builder", bound=SparkSession.Builder)

_OLDEST = (4, 0)
_PROBE = "soft_abs"
_MANIFEST = "META-INF/MANIFEST.MF"


def coordinates() -> str:
    """The jar's coordinates, for ``spark.jars.packages``."""
    return ARTIFACT


def jar() -> Optional[str]:
    """The path of the jar inside this package; None if the package was built without one."""
    bundled = pathlib.Path(__file__).resolve().parent / "jars" / JAR
    return str(bundled) if bundled.is_file() else None


def configure(builder: "Builder", *, jar: "Union[str, os.PathLike[str], None]" = None, packages: bool = False) -> "Builder":
    """A session builder that knows Supple; call it before ``getOrCreate``.

    >>> spark = supple.configure(SparkSession.builder.master("local[2]")).getOrCreate()

    Jars that the builder has in ``spark.jars`` or ``spark.jars.packages`` already are kept. Where a JVM of Spark runs already, of a
    session that was stopped or of spark-submit, the jar goes to its class path. A builder that goes to the server of
    somebody else (``remote("sc://...")``) is left as it is: there the server needs the jar, see :func:`register`.

    Parameters
    ----------
    builder : SparkSession.Builder
        ``SparkSession.builder``, with whatever else is set on it.
    jar : str or path, optional
        A jar to take instead of the one inside this package.
    packages : bool
        Take the jar from a repository by its coordinates (``spark.jars.packages``), not from this package.

    Raises
    ------
    RuntimeError
        If there is no jar, if Spark is older than 4.0 or not of Scala 2.13, or if a session without Supple runs already: Spark
        reads its jars when a session starts.

    Warns
    -----
    UserWarning
        If the jar is of another version than this package, whose functions and stages may then differ from the jar's.
    """
    if not callable(getattr(builder, "config", None)):
        raise TypeError(f"supple.configure: builder must be SparkSession.builder, got {builder!r}; it comes before getOrCreate()")
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
    path = os.fspath(jar) if jar is not None else _bundled()
    if path is None:
        raise RuntimeError(
            "supple.configure: this package was built without the jar. Give the path of one,"
            f" configure(builder, jar='.../{JAR}'), or take it from a repository, configure(builder, packages=True), which"
            f" sets spark.jars.packages to {ARTIFACT}"
        )
    if "://" not in path:
        if not os.path.isfile(path):
            raise RuntimeError(f"supple.configure: jar must be a file, got '{path}'")
        _check_jar(path)
        _give_to_jvm(path)
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
    if not hasattr(spark, "catalog"):
        raise TypeError(f"supple.register: spark must be a SparkSession, got {spark!r}")
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
            " supple.configure(SparkSession.builder).getOrCreate(), or with --jars, spark.jars or spark.jars.packages="
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
        spark = SparkSession.getActiveSession() or _of_another_thread()
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


def _of_another_thread() -> "Optional[SparkSession]":
    """The session that getOrCreate would give, where it is active in another thread only."""
    from pyspark.sql import SparkSession

    spark: Any = getattr(SparkSession, "_instantiatedSession", None)
    context = getattr(spark, "_sc", None)
    return spark if context is not None and context._jsc is not None else None


def _check_jar(path: str) -> None:
    """Refuses a jar without Supple, and warns of another version's."""
    try:
        with zipfile.ZipFile(path) as archive:
            archive.getinfo("io/supple/spark/Supple.class")  # perhaps among the classes of an application
            names = archive.namelist()
            manifest = archive.read(_MANIFEST).decode("utf-8") if _MANIFEST in names else ""
    except (zipfile.BadZipFile, KeyError):
        raise RuntimeError(f"supple.configure: jar must have the classes of Supple, as {JAR} has, got '{path}'") from None
    said = dict(re.findall(r"^(Implementation-[\w]+): (.*?)\r?$", manifest, re.M))
    version = JAR[: -len(".jar")].split(f"_{SCALA}-")[1]
    if said.get("Implementation-Title") == "Supple" and said.get("Implementation-Version") != version:
        warnings.warn(
            f"supple.configure: jar must be of version {version}, as this package is, got one of"
            f" {said.get('Implementation-Version')}; what the two do not share fails or has other defaults",
            stacklevel=3,
        )


def _give_to_jvm(path: str) -> None:
    """Puts the jar on the class path of a JVM that runs already: it reads spark.jars only when it starts."""
    try:
        from pyspark import SparkContext
    except ImportError:  # a client of Spark Connect has none
        return
    if SparkContext._gateway is None:
        if "PYSPARK_GATEWAY_PORT" not in os.environ:
            return  # which getOrCreate starts, with spark.jars
        SparkContext._ensure_initialized()  # that of spark-submit
    from py4j.java_gateway import JavaPackage

    jvm: Any = SparkContext._jvm
    if isinstance(jvm.io.supple.spark.Supple, JavaPackage):  # which is what py4j takes for a name that it does not know
        loader = jvm.java.lang.Thread.currentThread().getContextClassLoader()
        try:
            loader.addURL(jvm.java.io.File(path).toURI().toURL())
        except Exception:
            raise RuntimeError(
                "supple.configure: the JVM of Spark must be started with the jar, got one that runs without it and takes no"
                f" more. Start Python again, or spark-submit with --jars {path}"
            ) from None


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
