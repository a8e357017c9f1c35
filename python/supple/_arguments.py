# SPDX-License-Identifier: Apache-2.0
"""What is said of a call whose arguments do not fit the signature: Python's own words name no remedy."""

from __future__ import annotations

import difflib
import functools
import inspect
from typing import TYPE_CHECKING, Any, Callable, Iterable, Optional, TypeVar

if TYPE_CHECKING:
    from typing_extensions import ParamSpec

    P = ParamSpec("P")

R = TypeVar("R")

#: What is said where Spark is needed and does not run.
NO_SESSION = "a session must run, got none; start one with supple.configure(SparkSession.builder).getOrCreate()"


def by_signature(name: str, function: "Callable[P, R]") -> "Callable[P, R]":
    """The function, which says in its own name what does not fit its signature."""

    @functools.wraps(function)
    def called(*arguments: "P.args", **named: "P.kwargs") -> R:
        try:
            return function(*arguments, **named)
        except TypeError as refused:
            inside = refused.__traceback__ is None or refused.__traceback__.tb_next is not None
            if inside:  # it was called, and failed later
                raise
            said = misfit(function, arguments, named) or str(refused)
        raise TypeError(f"{name}: {said}")

    return called


def misfit(function: Callable[..., Any], arguments: Any, named: Any) -> Optional[str]:
    """What does not fit, or None if that is not known."""
    known = list(inspect.signature(function).parameters.values())
    if known and known[0].name == "self":
        known, arguments = known[1:], arguments[1:]
    names = [param.name for param in known]
    placed = [param.name for param in known if param.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    for name in named:
        if name not in names:
            near = close_to(name, names)
            return f"arguments must be of {', '.join(names)}, got '{name}'" + (f"; did you mean '{near}'?" if near else "")
    if len(arguments) > len(placed):
        others = ", ".join(name for name in names if name not in placed)
        only = ", ".join(placed)
        by_position = f"at most {len(placed)} by position ({only})" if placed else "by name"
        return f"arguments must be {by_position}, got {len(arguments)}; by name are {others}"
    for param in known:
        given = param.name in named or param.name in placed[: len(arguments)]
        if param.default is inspect.Parameter.empty and not given:
            return f"{param.name} must be given, got nothing"
    return None


def close_to(name: str, names: Iterable[str]) -> Optional[str]:
    near = difflib.get_close_matches(name, list(names), 1)
    return near[0] if near else None
