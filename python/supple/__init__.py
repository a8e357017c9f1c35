# SPDX-License-Identifier: Apache-2.0
"""Soft, differentiable sorting, ranking, top-k, quantiles, comparisons and logic for Apache Spark.

>>> import supple
>>> from supple import functions as soft
>>> from pyspark.sql import SparkSession
>>> spark = supple.configure(SparkSession.builder).getOrCreate()
>>> spark.range(1).select(soft.rank([3.0, 1.0, 2.0])).show()

``supple.functions`` has every operator as a function of columns, ``supple.ml`` the stages; both work in classic sessions
and through Spark Connect. Nothing here needs PySpark before it is used.
"""

from ._session import configure, coordinates, jar, register
from ._version import __version__

__all__ = ["__version__", "configure", "coordinates", "jar", "register"]
