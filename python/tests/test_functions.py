# SPDX-License-Identifier: Apache-2.0
"""Every function: its signature is SQL's, its help is there, it gives what Java gives."""

import builtins
import datetime
import inspect
import json
import keyword
import re
from decimal import Decimal

import pytest
from conftest import functions, plain
from pyspark.errors import IllegalArgumentException
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


@pytest.mark.parametrize(
    "call,said",
    [
        (lambda: soft.topk("x"), "soft_topk: k must be given, got nothing"),
        (lambda: soft.rank("x", softnes=0.1), "soft_rank: arguments must be of x, .*, got 'softnes'; did you mean 'softness'"),
        (lambda: soft.rank("x", True, 0.1), r"soft_rank: arguments must be at most 2 by position \(x, descending\), got 3; by name are softness"),
        (lambda: soft.rank(["a", "b"]), r"soft_rank: x must be an array of numbers, got the text 'a' in a list; .*F.col\('a'\)"),
        (lambda: soft.topk("x", "k"), r"soft_topk: k must be a whole number >= 1, got 'k'; a column is F.col\('k'\)"),
        (lambda: soft.quantile("x", ["q"]), r"soft_quantile: q must be in \[0, 1\], got the text 'q' in a list"),
        (lambda: soft.sort(None), r"soft_sort: x must be an array of numbers, got None; NULL is F.lit\(None\)"),
        (lambda: soft.sort("x", softness=None), "soft_sort: softness must be > 0 and finite, got None; leave it out for 0.1"),
        (lambda: soft.max_vjp("x", cotangent=None), "soft_max_vjp: cotangent must be .*, got None; leave it out for 1.0"),
        (lambda: soft.sort({2.0, 1.0}), "soft_sort: x must be an array of numbers, got .* of type set; its order is by chance"),
        (lambda: soft.sort(n for n in [1.0]), "soft_sort: x must be an array of numbers, got .* of type generator"),
        (lambda: soft.abs(1j), "soft_abs: x must be a number or an array of numbers, got 1j of type complex"),
        (lambda: soft.sort("x", softness=datetime.date(2020, 1, 1)), "soft_sort: softness must be > 0 and finite, got .* of type date"),
        (lambda: soft.sort([1, True]), r"soft_sort: x must be an array of numbers, got \[1, True\], truth values among numbers"),
        (lambda: soft.abs(10**400), "soft_abs: x must be a number or an array of numbers, got 10+[.]{3}, which is no DOUBLE"),
        (lambda: soft.abs(Decimal("1e400")), "soft_abs: x must be .*, which is no DOUBLE"),
        (lambda: soft.bernoulli(0.5, 2**63), "soft_bernoulli: seed must be a whole number of 64 bits, got 9223372036854775808"),
    ],
)
def test_python_refuses_what_it_can_see(spark, call, said):
    with pytest.raises(TypeError, match=f"^{said}"):
        call()


def test_a_data_frame_is_no_column(rows):
    with pytest.raises(TypeError, match="soft_rank: x must be an array of numbers, got DataFrame.* of type DataFrame"):
        soft.rank(rows)


def test_errors_inside_a_call_are_left_as_they_are():
    class Odd:
        def tolist(self):
            raise TypeError("odd")

    with pytest.raises(TypeError, match="^odd$"):
        soft.rank(Odd())


def test_names_that_are_no_functions():
    for name, said in [
        ("soft_rank", "did you mean 'rank'"),
        ("qantile", "did you mean 'quantile'"),
        ("rank_agg", "a stage of supple.ml with groupCol"),
        ("nothing_like_it", "help"),
    ]:
        with pytest.raises(AttributeError, match=f"supple.functions: .* got '{name}'; .*{said}"):
            getattr(soft, name)
    assert not hasattr(soft, "__path__")


def test_numbers_of_all_kinds(spark):
    np, pd = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    row = spark.range(1).select(
        soft.abs(2**63, mode="hard"),
        soft.sort([np.uint64(2**63), -1], mode="hard"),
        soft.sort([Decimal("1.5"), Decimal("-inf")], mode="hard"),
        soft.sort(range(3), descending=True, mode="hard"),
        soft.sort(pd.Series([3, None, 2], dtype="Int64"), mode="hard"),
        soft.sort([1.0, pd.NA], mode="hard"),
        soft.sort([F.lit(2.0), 1, F.lit(None)], mode="hard"),
        soft.ndcg([1.0, 2.0], [1.0, 0.0], k=None, empty_list="zero", mode="hard") > 0,
        soft.topk([1.0, 2.0], np.int64(1), mode="hard"),
        soft.max([1.0, 2.0], softness=Decimal("0.5")) == soft.max([1.0, 2.0], softness=0.5),
    ).first()
    assert list(row) == [
        2.0**63,
        [-1.0, 2.0**63],
        [float("-inf"), 1.5],
        [2.0, 1.0, 0.0],
        [None, 2.0, 3.0],
        [None, 1.0],
        [None, 1.0, 2.0],
        True,
        [2.0],
        True,
    ]


def test_a_row_that_is_refused_is_refused_in_words(rows):
    """Not as the story of a task, which has the words somewhere in it."""
    with pytest.raises(IllegalArgumentException, match="^soft_topk: k must be a whole number >= 1, got 0"):
        rows.select(soft.topk("x", F.col("id"))).collect()
    with pytest.raises(IllegalArgumentException, match="^soft_median_agg: x must have no NULL values .missing => 'error'., got 1 of 12"):
        rows.select(F.expr("nullif(v, 7)").alias("v")).agg(soft.median_agg("v", missing="error")).collect()


def test_no_builtin_is_lost_inside():
    assert soft.max is not builtins.max
    assert isinstance(F.lit(1), Column)
