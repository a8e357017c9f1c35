# SPDX-License-Identifier: Apache-2.0
"""Calls of SQL functions by name, the same in classic sessions and through Spark Connect."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Callable, List, NamedTuple, Sequence, Tuple, Union

from pyspark.sql import Column
from pyspark.sql import functions as F

from ._arguments import NO_SESSION, by_signature, close_to

if TYPE_CHECKING:
    from typing_extensions import ParamSpec, Protocol

    P = ParamSpec("P")

    class Listed(Protocol):
        """An array of NumPy, a Series of pandas, a tensor."""

        def tolist(self) -> Any: ...

else:
    Listed = Any

#: A column, or the name of one.
ColumnOrName = Union[Column, str]

#: Numbers in the order of a list; None is NULL.
Listing = Union[Sequence[Union[float, Column, None]], Listed]

#: A number for each row, or an array: a column, its name, a number, or a list of numbers or columns.
Numbers = Union[Column, str, float, Listing]

#: An array for each row: a column of arrays or ML vectors, its name, or a list of numbers or columns.
NumberList = Union[Column, str, Listing]

#: An array of arrays for each row: a column, its name, or lists of numbers.
NumberRows = Union[Column, str, Sequence[Sequence[Union[float, Column, None]]], Listed]

#: What a value is shaped as.
Cotangent = Union[Column, str, float, Listing, Sequence[Sequence[Union[float, Column, None]]]]

#: Levels of quantiles.
Levels = Union[float, Sequence[float], Listed]

#: Stands for the default of a parameter that must be given.
REQUIRED = object()

_LONG = range(-(2**63), 2**63)


class Given(NamedTuple):
    """An argument as it was given."""

    name: str
    value: Any
    #: what it is if nothing is said, or REQUIRED
    default: Any
    #: what it may be, in words
    allowed: str
    #: data, in which text is the name of a column; varies, which may be a column; or constant
    kind: str

    def refuse(self, function: str, got: str) -> TypeError:
        return TypeError(f"{function}: {self.name} must be {self.allowed}, got {got}")


def sql(name: str) -> "Callable[[Callable[P, Column]], Callable[P, Column]]":
    """Says in the words of the SQL function which of its arguments a call has wrong."""

    def around(function: "Callable[P, Column]") -> "Callable[P, Column]":
        return by_signature(name, function)

    return around


def call(function: str, data: Sequence[Tuple[Any, ...]], rest: Sequence[Tuple[Any, ...]]) -> Column:
    """A call with data and with the other parameters, each as a :class:`Given`, in SQL's order; what has its default at the end is
    left out, for short column names."""
    needed = len(rest)
    while needed > 0 and _is_default(Given(*rest[needed - 1])):
        needed -= 1
    given = [Given(*argument) for argument in (*data, *rest[:needed])]
    try:
        return F.call_function(function, *[_column(function, argument) for argument in given])
    except AssertionError:  # which is all that PySpark says
        raise RuntimeError(f"{function}: {NO_SESSION}") from None


def _is_default(given: Given) -> bool:
    value, default = given.value, given.default
    return value is default or (type(value) is type(default) and bool(value == default))


def _column(function: str, given: Given) -> Column:
    value = given.value
    if value is None and given.default is not None:
        otherwise = "" if given.default is REQUIRED else f"leave it out for {given.default!r}; "
        raise given.refuse(function, f"None; {otherwise}NULL is F.lit(None)")
    if isinstance(value, str) and given.kind == "data":
        return F.col(value)
    if isinstance(value, str) and given.kind == "varies":
        raise given.refuse(function, f"{_shown(value)}; a column is F.col({_shown(value)})")
    return _literal(function, given, value)


def _literal(function: str, given: Given, value: Any) -> Column:
    """A constant: a number, text, a truth value, None, or (nested) lists of them and of columns."""
    if isinstance(value, Column):
        return value
    if callable(getattr(value, "tolist", None)):  # numbers and arrays of NumPy, Series of pandas, tensors
        value = value.tolist()
    if isinstance(value, (list, tuple, range)):
        return _array(function, given, list(value))
    if value is None or type(value).__name__ == "NAType":  # pandas.NA
        return F.lit(None)
    if isinstance(value, (bool, str)):
        return F.lit(value)
    if isinstance(value, (int, Decimal)):
        return F.lit(_number(function, given, value))
    if isinstance(value, float):
        return F.lit(value)
    hint = "; its order is by chance, a list has one" if isinstance(value, (set, frozenset)) else ""
    raise given.refuse(function, f"{_shown(value)} of type {type(value).__name__}{hint}")


def _number(function: str, given: Given, value: Union[int, Decimal]) -> Union[int, float]:
    """What Spark has a type for: of data any finite number is a DOUBLE, what is no BIGINT too."""
    if isinstance(value, int) and (value in _LONG or given.kind != "data"):
        if value in _LONG:
            return value
        raise given.refuse(function, f"{_shown(value)}, which is no number of 64 bits")
    try:
        double = float(value)
    except OverflowError:
        double = math.inf
    if math.isinf(double) and not (isinstance(value, Decimal) and value.is_infinite()):
        raise given.refuse(function, f"{_shown(value)}, which is no DOUBLE")
    return double


def _array(function: str, given: Given, values: List[Any]) -> Column:
    if not values:
        return F.array().cast("array<double>")
    for value in values:
        if isinstance(value, str):
            raise given.refuse(function, f"the text {_shown(value)} in a list; a column in a list is F.col({_shown(value)})")
    truths = [isinstance(value, bool) for value in values if value is not None and not isinstance(value, Column)]
    if any(truths) and not all(truths):
        raise given.refuse(function, f"{_shown(values)}, truth values among numbers; write 1 and 0")
    return F.array(*[_literal(function, given, value) for value in values])


def _shown(value: Any) -> str:
    """A value in a message: short, and without the rows of a table."""
    text = repr(value)
    return text if len(text) <= 60 and "\n" not in text else f"{text.split(chr(10))[0][:57]}..."


def unknown(name: str, functions: Sequence[str]) -> AttributeError:
    """Says what is meant by a name that no function has."""
    base = name[: -len("_agg")] if name.endswith("_agg") else ""
    if base in functions:
        hint = (
            f"{base} has a value for each element of a list: a stage of supple.ml with groupCol gives each row of a group its own,"
            f" and {base}(F.collect_list(...)) the list"
        )
    else:
        short = name[len("soft_") :] if name.startswith("soft_") else name
        meant = short if short in functions else close_to(short, functions)
        hint = f"did you mean '{meant}'?" if meant else "help(supple.functions) lists them"
    return AttributeError(f"supple.functions: a name must be that of a function, got '{name}'; {hint}")
