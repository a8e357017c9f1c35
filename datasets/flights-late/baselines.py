#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adds the scores of two of MLlib's models to the test days: least squares on the label, and logistic regression on late or not.

    python3 -m venv target/baselines-env && target/baselines-env/bin/pip install 'pyspark>=4,<5'
    target/baselines-env/bin/python datasets/flights-late/baselines.py target/late-baselines.parquet
"""

import pathlib
import sys

from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import VectorAssembler
from pyspark.ml.functions import vector_to_array
from pyspark.ml.regression import LinearRegression
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

NAMES = {"date", "origin", "carrier", "flight", "dest", "qid", "label"}


def main() -> None:
    here = pathlib.Path(__file__).resolve().parent
    spark = SparkSession.builder.master("local[*]").config("spark.ui.enabled", False).getOrCreate()
    train, test = (spark.read.parquet(str(here / f"{part}.parquet")) for part in ("train", "test"))
    features = [name for name in train.columns if name not in NAMES]
    assembler = VectorAssembler(inputCols=features, outputCol="x")
    rows = assembler.transform(train).withColumn("late", (F.col("label") > 0).cast("double")).cache()
    least = LinearRegression(featuresCol="x", predictionCol="least_squares").fit(rows)
    logistic = LogisticRegression(featuresCol="x", labelCol="late", probabilityCol="p").fit(rows)
    scored = logistic.transform(least.transform(assembler.transform(test)))
    scored = scored.withColumn("logistic", vector_to_array("p")[1])
    scored.select(*test.columns, "least_squares", "logistic").write.mode("overwrite").parquet(sys.argv[1])


if __name__ == "__main__":
    main()
