# SPDX-License-Identifier: Apache-2.0
"""Every function: its signature is SQL's, its help is there, it gives what Java gives."""

import builtins
import inspect
import json
import keyword
import re

import pytest
from conftest import functions, plain
from pyspark.sql import Column, Window
from pyspark.sql import functions as F

from supple import functions as soft

NAMES = [function["name"] for _, function in functions()]


def of(sql_name):
    name = sql_name[len("soft_") :]
    return getattr(soft, name + "_" if keyword.iskeyword(name) else name)


def test_all_of_sql_and_nothing_else(spark):
    assert sorted(soft.__all__) == sorted(of(name).__name__ for name in NAMES)
    known = {row[0] for row in spark.sql("SHOW FUNCTIONS LIKE 'soft_*'").collect()}
    assert known == set(NAMES)


@pytest.mark.parametrize("operator,function", functions(), ids=NAMES)
def test_signature_and_help(operator, function):
    python = of(function["name"])
    signature = inspect.signature(python)
    params = {param["key"]: param for param in operator["params"]}
    described = [params[key] for key in function["params"]]
    assert {name.rstrip("_") for name in signature.parameters} == {param["name"] for param in described}
    for param in described:
        given = signature.parameters[param["name"] + ("_" if keyword.iskeyword(param["name"]) else "")]
        if param["name"] == "cotangent":
            assert given.default in (1.0, inspect.Parameter.empty)
        elif param["required"]:
            assert given.default is inspect.Parameter.empty
        else:
            assert given.default == param["default"] and type(given.default) is type(param["default"])
        assert given.annotation is not inspect.Parameter.empty
        assert f"\n    {given.name} : {param['type']}" in python.__doc__.replace("\n    \n", "\n")
    for section in ("Parameters", "Returns", "Notes", "Raises", "Examples"):
        assert f"    {section}\n    {'-' * len(section)}\n" in python.__doc__
    positional = [p.name for p in signature.parameters.values() if p.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    in_sql = [param["name"] for param in described]
    assert [name.rstrip("_") for name in positional] == [name for name in in_sql if name in {p.rstrip("_") for p in positional}]


def numbers(text):
    """A value as a cast to STRING prints it."""
    text = text.replace("{", "[").replace("}", "]").replace("null", "null")
    return json.loads(re.sub(r"NaN|Infinity", "null", text))


def example(spark, operator, function):
    """The example of a function's help as Python, from its docstring."""
    line = next(line for line in of(function["name"]).__doc__.split("\n") if line.strip().startswith(">>> "))
    frame = line.strip()[len(">>> ") :]
    assert frame.endswith(".first()[0]")
    return eval(frame[: -len(".first()[0]")], {"spark": spark, "soft": soft, "F": F})  # noqa: S307


def test_examples_give_what_java_gives(spark):
    cases = functions()
    for kinds in (("value", "vjp"), ("aggregate",)):
        chosen = [case for case in cases if case[1]["kind"] in kinds]
        if kinds == ("aggregate",):
            results = [example(spark, *case).first()[0] for case in chosen]
        else:
            columns = []
            for operator, function in chosen:
                code = next(l.strip() for l in of(function["name"]).__doc__.split("\n") if l.strip().startswith(">>> "))
                call = code[len(">>> spark.range(1).select(") : -len(").first()[0]")]
                columns.append(eval(call, {"soft": soft}))  # noqa: S307
            results = list(spark.range(1).select(*columns).first())
        for (_, function), result in zip(chosen, results):
            assert plain(result) == numbers(function["gives"]), function["name"]


def test_text_is_a_column_and_numbers_are_constants(rows):
    by_name, by_column, constant = rows.select(
        soft.rank("x", softness=0.5), soft.rank(F.col("x"), softness=F.lit(0.5)), soft.rank([1, 2.5, None], softness=0.5)
    ).first()
    assert by_name == by_column
    assert constant[2] is None and constant[0] > constant[1]


def test_empty_lists_and_nested_lists_and_arrays_of_numpy(spark):
    np = pytest.importorskip("numpy")
    row = spark.range(1).select(
        soft.sort([]), soft.max([]), soft.take([5.0, 7.0], [[1.0, 0.0], [0.5, 0.5]]), soft.sort(np.array([2.0, 1.0]), mode="hard")
    ).first()
    assert list(row) == [[], None, [5.0, 6.0], [1.0, 2.0]]


def test_names_of_columns_are_short(rows):
    assert rows.select(soft.rank("x")).columns == ["soft_rank(x)"]
    assert rows.select(soft.rank("x", softness=0.5)).columns == ["soft_rank(x, true, 0.5)"]


def test_defaults_after_a_given_one_are_kept(rows):
    ours = rows.select(soft.sort("x", method="ot", mode="c1")).collect()
    assert ours == rows.selectExpr("soft_sort(x, mode => 'c1', method => 'ot')").collect()


def test_what_may_vary_may_be_a_column(rows):
    ours = rows.select(soft.quantile("x", F.col("v") / 12), soft.topk("x", F.lit(2)), soft.bernoulli(0.5, F.xxhash64("id")))
    sql = rows.selectExpr("soft_quantile(x, v / 12)", "soft_topk(x, 2)", "soft_bernoulli(0.5D, xxhash64(id))")
    assert [tuple(row) for row in ours.collect()] == [tuple(row) for row in sql.collect()]


def test_gradients(rows):
    ours = rows.select(
        soft.rank_vjp("x", [1.0, 0.0, 0.0], softness=0.2).alias("r"),
        soft.max_vjp("x").alias("m"),
        soft.max_vjp("x", cotangent="v", mode="c2").alias("w"),
    )
    sql = rows.selectExpr(
        "soft_rank_vjp(x, array(1D, 0D, 0D), softness => 0.2) AS r",
        "soft_max_vjp(x) AS m",
        "soft_max_vjp(x, cotangent => v, mode => 'c2') AS w",
    )
    assert ours.collect() == sql.collect()
    assert ours.schema["m"].dataType.names == ["value", "grad_x"]


def test_aggregates_by_group_window_and_pivot(rows):
    ours = rows.groupBy("g").agg(soft.quantile_agg("v", 0.9, mode="hard").alias("q")).orderBy("g").collect()
    assert ours == rows.groupBy("g").agg(F.expr("percentile(v, 0.9)").alias("q")).orderBy("g").collect()
    window = Window.partitionBy("g").orderBy("id").rowsBetween(-1, 0)
    smooth = rows.select("id", soft.median_agg("v").over(window).alias("m")).orderBy("id").collect()
    assert len(smooth) == 12 and all(row.m is not None for row in smooth)


def test_inside_a_lambda(spark):
    nested = spark.sql("SELECT array(array(2D, 1D), array(1D)) AS a")
    ours = nested.select(F.transform("a", lambda list_: soft.sort(list_, mode="hard")).alias("y")).first().y
    assert ours == [[1.0, 2.0], [1.0]]


@pytest.mark.parametrize(
    "call,function,parameter,said",
    [
        (lambda: soft.rank("x", softness=-1), "soft_rank", "softness", "> 0"),
        (lambda: soft.rank("x", softness="much"), "soft_rank", "softness", "> 0"),
        (lambda: soft.rank("x", mode="smoth"), "soft_rank", "mode", "one of"),
        (lambda: soft.rank("v"), "soft_rank", "x", "array"),
        (lambda: soft.topk("x", 0), "soft_topk", "k", ">= 1"),
        (lambda: soft.quantile("x", 1.5), "soft_quantile", "q", "in \\[0, 1\\]"),
        (lambda: soft.rank_vjp("x", 1.0), "soft_rank_vjp", "cotangent", "shaped as the value"),
        (lambda: soft.abs_vjp("x"), "soft_abs_vjp", "cotangent", "shaped as the value"),
        (lambda: soft.relu("x", softness=F.col("v")), "soft_relu", "softness", "a constant"),
    ],
)
def test_errors_name_function_and_parameter(rows, call, function, parameter, said):
    with pytest.raises(Exception, match=f"{function}.*{parameter} must be .*{said}"):
        rows.select(call()).collect()


def test_python_refuses_what_it_can_see():
    with pytest.raises(TypeError, match="topk.*'k'"):
        soft.topk("x")
    with pytest.raises(TypeError, match="rank.*'softnes'"):
        soft.rank("x", softnes=0.1)


def test_no_builtin_is_lost_inside():
    assert soft.max is not builtins.max
    assert isinstance(F.lit(1), Column)
