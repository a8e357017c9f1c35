# SPDX-License-Identifier: Apache-2.0
"""What all stages share: their Java counterpart, their defaults, and the names that Spark looks for."""

from __future__ import annotations

import contextlib
import functools
import sys
from typing import TYPE_CHECKING, Any, Callable, ClassVar, Dict, Iterator, List, Optional, Type, TypeVar

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.wrapper import JavaModel, JavaParams
from pyspark.sql.utils import is_remote

from ._arguments import NO_SESSION, by_signature

if TYPE_CHECKING:
    from typing_extensions import ParamSpec

    P = ParamSpec("P")


class Unset(KeyError):
    """A Param that has no value; PySpark's KeyError, in words."""

    def __str__(self) -> str:
        return str(self.args[0])


S = TypeVar("S", bound="Stage")
R = TypeVar("R")


def keywords(function: "Callable[P, R]") -> "Callable[P, R]":
    """PySpark's ``keyword_only``, which keeps what was given; here None is as nothing given, and what does not fit is said in the name
    of the stage."""

    @functools.wraps(function)
    def called(*arguments: "P.args", **named: "P.kwargs") -> R:
        stage: Any = arguments[0]
        stage._input_kwargs = {name: value for name, value in named.items() if value is not None}
        return by_signature(type(stage).__name__, function)(*arguments, **named)

    return called


def to_int(value: Any) -> int:
    """A number of Java's 32 bits."""
    return _within(31, TypeConverters.toInt(value))


def to_long(value: Any) -> int:
    """A number of Java's 64 bits."""
    return _within(63, TypeConverters.toInt(value))


def to_ints(value: Any) -> List[int]:
    """Numbers of Java's 32 bits."""
    return [_within(31, number) for number in TypeConverters.toListInt(value)]


def _within(bits: int, number: int) -> int:
    if not -(2**bits) <= number < 2**bits:
        raise TypeError(f"{number} has more than {bits + 1} bits")
    return number


#: What a Param's converter takes, in words.
_TAKEN: Dict[Any, str] = {
    to_int: "a whole number of 32 bits",
    to_long: "a whole number of 64 bits",
    to_ints: "a list of whole numbers of 32 bits",
    TypeConverters.toString: "text",
    TypeConverters.toFloat: "an int or a float",
    TypeConverters.toBoolean: "True or False",
    TypeConverters.toListString: "a list of texts",
    TypeConverters.toListFloat: "a list of numbers",
    TypeConverters.toListListFloat: "a list of lists of numbers",
}


def alias(package: str, module: str) -> None:
    """Lets PySpark find the classes of a module under the name of their Java package.

    PySpark goes from the Java class's name to the Python one, and back, by text: the module must be called as the package is.
    It asks sys.modules first, so nothing of Python's own ``io`` is touched.
    """
    sys.modules.setdefault(package, sys.modules[module])


@contextlib.contextmanager
def _of_a_session(stage: str) -> Iterator[None]:
    """Says what the session must have, in the name of a stage that Java makes."""
    try:
        yield
    except AssertionError:
        raise RuntimeError(f"{stage}: {NO_SESSION}") from None
    except TypeError as failed:
        if "JavaPackage" not in str(failed):  # which is what py4j takes for a name that it does not know
            raise
        raise RuntimeError(
            f"{stage}: the session must have Supple's jar, got one without it. Stop it and start it with"
            " supple.configure(SparkSession.builder).getOrCreate()"
        ) from None


class Stage(JavaParams):
    """A stage whose Params are declared by its class, with the defaults of its Java counterpart."""

    _java_class: ClassVar[str]
    _declared_defaults: ClassVar[Dict[str, Any]]
    _input_kwargs: Dict[str, Any]

    def _begin(self) -> None:
        # in a Connect session this is the name itself, and the server makes the stage
        with _of_a_session(type(self).__name__):
            self._java_obj = self._new_java_obj(self._java_class, self.uid)
        self._set_declared_defaults()

    def _begin_fitted(self) -> None:
        self._set_declared_defaults()
        if self._java_obj is not None and not is_remote():
            self._transfer_params_from_java()

    def _set_declared_defaults(self) -> None:
        for name, value in self._declared_defaults.items():
            self._setDefault(**{name: value.replace("{uid}", self.uid) if isinstance(value, str) else value})

    def _resetUid(self: S, newUid: Any) -> S:
        # a loaded stage has the name of the saved one, and so have the defaults that are made of it
        super()._resetUid(newUid)
        self._set_declared_defaults()
        return self

    def _set(self: S, **kwargs: Any) -> S:
        return super()._set(**{name: self._taken(self.getParam(name), value) for name, value in kwargs.items()})

    def copy(self: S, extra: "Optional[Dict[Param[Any], Any]]" = None) -> S:
        """The stage with other values of some Params."""
        given = {}
        for param, value in (extra or {}).items():
            if not isinstance(param, Param):
                hint = f"; write stage.{param}" if isinstance(param, str) else ""
                raise TypeError(f"{type(self).__name__}: a map of Params must be of Params, got {param!r}{hint}")
            if param.parent == Params._dummy().uid:  # which is of no stage, so that Spark would leave it out in silence
                raise TypeError(
                    f"{type(self).__name__}: a map of Params must be of the Params of a stage, got {param.name} of a class;"
                    f" write stage.{param.name}, where stage is the one to set it on"
                )
            given[param] = self._taken(param, value) if param.parent == self.uid else value
        return super().copy(given)

    if not TYPE_CHECKING:  # so that they have the types of PySpark's

        @classmethod
        def read(cls) -> Any:
            """Reads what ``write()`` wrote."""
            with _of_a_session(cls.__name__):
                return super().read()

        def getOrDefault(self, param: Any) -> Any:
            """The value of a Param, or its default."""
            try:
                return super().getOrDefault(param)
            except KeyError:
                name = self._resolveParam(param).name
                held = isinstance(self, JavaModel) and is_remote()
                got = "one that a server has fitted and keeps; save it and load it to see what was fitted" if held else "nothing"
                raise Unset(f"{type(self).__name__}: {name} must be {'of a loaded model' if held else 'set'}, got {got}") from None

    def _fitted(self, name: str) -> Any:
        """What the Java model has, asked by name."""
        if is_remote():
            raise RuntimeError(
                f"{type(self).__name__}: {name} must be asked in a classic session, got one of Spark Connect, which answers for"
                " models of its own only; the getters of a model that was saved and loaded have what was fitted"
            )
        return self._call_java(name)

    def _taken(self, param: "Param[Any]", value: Any) -> Any:
        """A value as Java takes it; PySpark converts it only where it is set by name."""
        taken = _TAKEN.get(param.typeConverter, "")
        if value is None:
            default = f"; clear(stage.{param.name}) goes back to what it is by default"
            raise TypeError(f"{type(self).__name__}: {param.name} must be {taken}, got None{default}")
        try:
            return param.typeConverter(value)
        except TypeError:
            a_list = taken == "a list of texts" and isinstance(value, str)
            hint = f"; write [{value!r}]" if a_list else ""
            raise TypeError(f"{type(self).__name__}: {param.name} must be {taken}, got {value!r}{hint}") from None


def fitted(stage: Type[S], java_model: Any) -> S:
    """The Python side of what Java has fitted, with the Params that the fit has set."""
    if issubclass(stage, JavaModel):
        return stage(java_model)
    if is_remote():  # the server keeps the model: Spark asks whether it is one before it sends for it
        held = type(stage.__name__, (_Held, stage, JavaModel), {"__module__": stage.__module__, "__doc__": stage.__doc__})
        made: S = held(java_model)
        return made
    model = stage()
    model._java_obj = java_model
    model._resetUid(java_model.uid())
    model._transfer_params_from_java()
    return model


class _Held(Stage):
    def __init__(self, java_model: Any) -> None:
        JavaModel.__init__(self, java_model)  # type: ignore[arg-type]
        self._set_declared_defaults()
