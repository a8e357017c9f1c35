# SPDX-License-Identifier: Apache-2.0
"""What all stages share: their Java counterpart, their defaults, and the names that Spark looks for."""

from __future__ import annotations

import sys
from typing import Any, ClassVar, Dict, Type, TypeVar

from pyspark.ml.wrapper import JavaModel, JavaParams
from pyspark.sql.utils import is_remote

S = TypeVar("S", bound="Stage")


def alias(package: str, module: str) -> None:
    """Lets PySpark find the classes of a module under the name of their Java package.

    PySpark goes from the Java class's name to the Python one, and back, by text: the module must be called as the package is.
    It asks sys.modules first, so nothing of Python's own ``io`` is touched.
    """
    sys.modules.setdefault(package, sys.modules[module])


class Stage(JavaParams):
    """A stage whose Params are declared by its class, with the defaults of its Java counterpart."""

    _java_class: ClassVar[str]
    _declared_defaults: ClassVar[Dict[str, Any]]
    _input_kwargs: Dict[str, Any]

    def _begin(self) -> None:
        # in a Connect session this is the name itself, and the server makes the stage
        try:
            self._java_obj = self._new_java_obj(self._java_class, self.uid)
        except TypeError as failed:
            if "JavaPackage" not in str(failed):  # which is what py4j takes for a name that it does not know
                raise
            raise RuntimeError(
                f"{type(self).__name__}: the session must have Supple's jar, got one without it. Stop it and start it with"
                " supple.configure(SparkSession.builder).getOrCreate()"
            ) from None
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
        try:
            return super()._set(**kwargs)  # leaves out what is None
        except TypeError as refused:
            raise TypeError(f"{type(self).__name__}: {refused}") from None


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
