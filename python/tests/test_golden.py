# SPDX-License-Identifier: Apache-2.0
"""The reference values that Java is held to: Python gives them, and gives what SQL gives, bit for bit."""

import inspect
import json
import math
import os
import pathlib

import pytest
from conftest import HERE, plain

from supple import functions as soft

GOLDEN = pathlib.Path(os.environ.get("SUPPLE_GOLDEN", HERE.parents[1] / "core" / "src" / "test" / "resources" / "golden"))
FAMILIES = [
    "elementwise",
    "comparison",
    "logic",
    "selection",
    "ordering-hard",
    "ordering-softsort",
    "ordering-neuralsort",
    "ordering-fast_soft_sort",
    "ordering-ot",
    "ordering-sorting_network",
    "straight-through",
]
INDEX_OF = {name: "arg" + name for name in ("max", "min", "sort", "quantile", "median", "topk")}
TOGETHER = 50
TOLERANCE = 1e-9


class Case:
    """A case as SQL's functions have it: one list, and one of the reference's outputs."""

    def __init__(self, json_case, field):
        self.id = f"{json_case['id']} {field}"
        op = json_case["op"]
        self.straight = op.endswith("_st")
        name = op[: -len("_st")] if self.straight else op
        name = INDEX_OF[name] if field == "indices" else name
        self.name, self.json, self.field = name, json_case, field
        self.expected = json_case["output"][field]

    def supported(self):
        inputs = self.json["inputs"]
        flat = all(depth(value) == (2 if name == "soft_index" and self.name.startswith("take") else 1) for name, value in inputs.items())
        # without an index of its own, a method gives the exact one beside its straight-through values
        no_index = self.straight and self.name.startswith("arg") and self.json["args"].get("method") == "fast_soft_sort"
        modes = self.json["args"].get("mode", "") in soft.abs.__annotations__["mode"] or "mode" not in self.json["args"]
        return hasattr(soft, self.name) and flat and not no_index and modes and not self.json["args"].get("keepdim", False)

    def arguments(self, vjp=False):
        function = getattr(soft, self.name + ("_vjp" if vjp else ""))
        taken = inspect.signature(function).parameters
        given = {**self.json["args"], **self.json["inputs"]}
        arguments = {name: given[name] for name in taken if name in given}
        if self.straight:
            arguments["straight_through"] = True
        if vjp:
            arguments["cotangent"] = self.json["cotangent"][self.field]
        return arguments

    def column(self, vjp=False):
        return getattr(soft, self.name + ("_vjp" if vjp else ""))(**self.arguments(vjp))

    def sql(self, vjp=False):
        named = ", ".join(f"{name} => {literal(value)}" for name, value in self.arguments(vjp).items())
        return f"soft_{self.name}{'_vjp' if vjp else ''}({named})"

    def has_gradient(self):
        return "vjp" in self.json and len(self.json["output"]) == 1


def depth(value):
    return 1 + depth(value[0] if value else 0.0) if isinstance(value, list) else 0


def literal(value):
    if isinstance(value, list):
        return "array(" + ", ".join(literal(element) for element in value) + ")"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value!r}D" if isinstance(value, float) else f"'{value}'" if isinstance(value, str) else str(value)


def cases(family):
    for case in json.loads((GOLDEN / f"{family}.json").read_text(encoding="utf-8"))["cases"]:
        for field in case["output"]:
            made = Case(case, field)
            if made.supported():
                yield made


def flat(value):
    return [number for element in value for number in flat(element)] if isinstance(value, list) else [float(value)]


def close(what, got, expected, tolerance):
    got, expected = flat(plain(got)), flat(expected)
    assert len(got) == len(expected), what
    for g, e in zip(got, expected):
        assert g == e or (math.isnan(g) and math.isnan(e)) or abs(g - e) <= tolerance * max(1, abs(e)), (what, g, e)


@pytest.mark.skipif(not GOLDEN.is_dir(), reason="the reference values are not here")
@pytest.mark.parametrize("family", FAMILIES)
def test_python_is_sql_is_the_reference(spark, family):
    chosen = list(cases(family))
    assert len(chosen) >= 25
    one = spark.range(1)
    for start in range(0, len(chosen), TOGETHER):
        some = chosen[start : start + TOGETHER]
        ours = one.select(*[case.column() for case in some]).first()
        theirs = spark.sql("SELECT " + ", ".join(case.sql() for case in some)).first()
        for case, python, sql in zip(some, ours, theirs):
            assert repr(plain(python)) == repr(plain(sql)), case.id
            close(case.id, python, case.expected, TOLERANCE)


@pytest.mark.skipif(not GOLDEN.is_dir(), reason="the reference values are not here")
@pytest.mark.parametrize("family", FAMILIES)
def test_gradients_are_the_reference_s(spark, family):
    chosen = [case for case in cases(family) if case.has_gradient()]
    one = spark.range(1)
    for start in range(0, len(chosen), TOGETHER):
        some = chosen[start : start + TOGETHER]
        ours = one.select(*[case.column(vjp=True) for case in some]).first()
        for case, struct in zip(some, ours):
            close(case.id, struct.value, case.expected, TOLERANCE)
            for name, expected in case.json["vjp"].items():
                close(f"{case.id} {name}", struct[f"grad_{name}"], expected, 100 * TOLERANCE)
