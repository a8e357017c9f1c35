# SPDX-License-Identifier: Apache-2.0
"""Calls of SQL functions by name, the same in classic sessions and through Spark Connect."""

from __future__ import annotations

from typing import Any, Sequence, Tuple, Union

from pyspark.sql import Column
from pyspark.sql import functions as F

#: A column, or the name of one.
ColumnOrName = Union[Column, str]

#: A number for each row, or an array: a column, its name, a number, or a list of numbers (None is NULL).
Numbers = Union[Column, str, float, Sequence[Union[float, None]]]

#: An array for each row: a column of arrays or ML vectors, its name, or a list of numbers (None is NULL).
NumberList = Union[Column, str, Sequence[Union[float, None]]]

#: An array of arrays for each row: a column, its name, or lists of numbers.
NumberRows = Union[Column, str, Sequence[Sequence[Union[float, None]]]]

#: What a value is shaped as.
Cotangent = Union[Column, str, float, Sequence[Union[float, None]], Sequence[Sequence[Union[float, None]]]]


def literal(value: Any) -> Column:
    """A constant: a number, text, a truth value, None, or (nested) lists or NumPy arrays of them."""
    if isinstance(value, Column):
        return value
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        if not value:
            return F.array().cast("array<double>")
        return F.array(*[literal(element) for element in value])
    return F.lit(value)


def column(value: Any) -> Column:
    """Data: text is the name of a column, anything else a constant."""
    return F.col(value) if isinstance(value, str) else literal(value)


def named(value: Any) -> Any:
    """Data that may be left out: text is the name of a column."""
    return F.col(value) if isinstance(value, str) else value


def call(function: str, data: Sequence[Any], rest: Sequence[Tuple[Any, Any]]) -> Column:
    """A call with data and with pairs of a value and its default, in SQL's order; what has its default at the end is left
    out, for short column names."""
    needed = len(rest)
    while needed > 0 and _is_default(*rest[needed - 1]):
        needed -= 1
    arguments = [column(value) for value in data]
    arguments += [literal(value) for value, _ in rest[:needed]]
    return F.call_function(function, *arguments)


#: Stands for the default of a parameter that must be given.
REQUIRED = object()


def _is_default(value: Any, default: Any) -> bool:
    return value is default or (type(value) is type(default) and bool(value == default))
