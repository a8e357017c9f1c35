# SPDX-License-Identifier: Apache-2.0
"""The stages of surface.json as Python classes over the Java ones."""

from __future__ import annotations

import textwrap
from typing import Any, Dict, List, Tuple

#: Type hint and converter by the class of a Param.
TYPES: Dict[str, Tuple[str, str]] = {
    "Param<String>": ("str", "TypeConverters.toString"),
    "DoubleParam": ("float", "TypeConverters.toFloat"),
    "IntParam": ("int", "to_int"),
    "LongParam": ("int", "to_long"),
    "BooleanParam": ("bool", "TypeConverters.toBoolean"),
    "StringArrayParam": ("List[str]", "TypeConverters.toListString"),
    "DoubleArrayParam": ("List[float]", "TypeConverters.toListFloat"),
    "IntArrayParam": ("List[int]", "to_ints"),
    "DoubleArrayArrayParam": ("List[List[float]]", "TypeConverters.toListListFloat"),
}

#: Classes of supple._validation: what they hold are stages, which are no values of Params in Python.
BY_HAND = ("GroupCrossValidator",)

#: What a stage may be.
KINDS = ("transformer", "estimator", "model", "evaluator")


def stages(described: Dict[str, Any], head: str) -> str:
    found = [Stage(stage) for stage in described["stages"]]
    by_name = {stage.name: stage for stage in found}
    order = sorted(found, key=lambda stage: (stage.kind == "estimator", stage.name))  # models before who fits them
    for stage in found:
        if stage.kind == "estimator" and stage.facts["model"] not in by_name:
            raise ValueError(f"generate: {stage.name} fits a '{stage.facts['model']}', which is no stage that Spark finds")
    packages = sorted({stage.facts["package"] for stage in found})
    listed = "".join(f'    "{name}",\n' for name in sorted([*by_name, *BY_HAND]))
    return (
        head
        + '"""The stages, for ``pyspark.ml`` pipelines: the Java ones by the same names, with the same Params and defaults.\n\n'
        ">>> from supple.ml import SoftRank\n"
        '>>> SoftRank(inputCol="delay", groupCol="origin", outputCol="delay_rank").transform(flights)\n\n'
        "Import this module before you load a pipeline that has them: PySpark looks for their classes under the names of the\n"
        "Java ones.\n"
        '"""\n\n'
        "from __future__ import annotations\n\n"
        "from typing import Any, ClassVar, Dict, List, Optional\n\n"
        "from pyspark.ml.evaluation import JavaEvaluator\n"
        "from pyspark.ml.param import Param, Params, TypeConverters\n"
        "from pyspark.ml.util import JavaMLReadable, JavaMLWritable\n"
        "from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaTransformer\n\n"
        "from ._stages import Stage, alias, fitted, keywords, to_int, to_ints, to_long\n"
        "from ._validation import GroupCrossValidator\n\n"
        f"__all__ = [\n{listed}]\n\n"
        + "".join(f'alias("{package}", __name__)\n' for package in packages)
        + "".join(stage.text() for stage in order)
    )


class Stage:
    def __init__(self, facts: Dict[str, Any]) -> None:
        self.facts = facts
        self.name = facts["name"]
        self.params = facts["params"]
        # a model that users make themselves, from Params alone, is a transformer to them
        made = facts["kind"] == "model" and not self.name.endswith("Model")
        self.kind = "transformer" if made else facts["kind"]
        if self.kind not in KINDS:
            raise ValueError(f"generate: {self.name} must be one of {KINDS}, got '{self.kind}'")

    def hint(self, param: Dict[str, Any]) -> str:
        return self.type(param)[0]

    def type(self, param: Dict[str, Any]) -> Tuple[str, str]:
        if param["type"] not in TYPES:
            raise ValueError(
                f"generate: {self.name} has a Param '{param['name']}' of a type that nothing is known of: '{param['type']}'"
            )
        return TYPES[param["type"]]

    def default(self, param: Dict[str, Any]) -> str:
        of_uid = isinstance(param["default"], str) and "{uid}" in param["default"]
        return "None" if of_uid or not param["has_default"] else repr(param["default"])

    def base(self) -> str:
        return {
            "transformer": "JavaTransformer",
            "estimator": f'JavaEstimator["{self.facts.get("model")}"]',
            "model": "JavaModel",
            "evaluator": "JavaEvaluator",
        }[self.kind]

    def text(self) -> str:
        settable = [param for param in self.params if param["setter"]]
        return (
            f'\n\nclass {self.name}(Stage, {self.base()}, JavaMLReadable["{self.name}"], JavaMLWritable):\n'
            + self.doc()
            + f'\n    __module__ = "{self.facts["package"]}"\n\n'
            + self.declared()
            + "\n"
            + self.defaults()
            + (self.model_constructor() if self.kind == "model" else self.constructor(settable))
            + "".join(self.accessors(param) for param in self.params)
            + self.attributes()
        )

    def doc(self) -> str:
        lines: List[str] = self.facts["doc"].split("\n") + ["", "Parameters", "----------"]
        for param in self.params:
            if not param["setter"]:
                continue
            default = f", default {param['default']!r}" if param["has_default"] else ", optional"
            lines.append(f"{param['name']} : {self.hint(param)}{default}")
            lines += textwrap.wrap(param["doc"], 106, initial_indent="    ", subsequent_indent="    ")
        body = "\n".join(("    " + line).rstrip() for line in lines).strip().replace("\\", "\\\\")
        return f'    """{body}\n    """\n'

    def declared(self) -> str:
        text = ""
        for param in self.params:
            hint, converter = self.type(param)
            text += (
                f"    {param['name']}: Param[{hint}] = Param(\n"
                f"        Params._dummy(),\n"
                f"        {param['name']!r},\n"
                f"        {param['doc']!r},\n"
                f"        typeConverter={converter},\n    )\n"
            )
        return text

    def defaults(self) -> str:
        lines = "".join(
            f"        {param['name']!r}: {param['default']!r},\n" for param in self.params if param["has_default"]
        )
        return f"    _java_class: ClassVar[str] = \"{self.facts['package']}.{self.name}\"\n" + (
            f"    _declared_defaults: ClassVar[Dict[str, Any]] = {{\n{lines}    }}\n"
        )

    def keywords(self, settable: List[Dict[str, Any]]) -> str:
        text = ""
        for param in settable:
            default = self.default(param)
            hint = self.hint(param)
            text += f"        {param['name']}: {f'Optional[{hint}]' if default == 'None' else hint} = {default},\n"
        return text

    def constructor(self, settable: List[Dict[str, Any]]) -> str:
        keywords = self.keywords(settable)
        model = ""
        if self.kind == "estimator":
            fits = self.facts["model"]
            model = (
                f"\n    def _create_model(self, java_model: Any) -> {fits}:\n"
                f"        return fitted({fits}, java_model)\n"
            )
        if self.kind == "evaluator":
            model = (
                "\n    def isLargerBetter(self) -> bool:\n"
                '        """Whether more is better; asked of no session, so that it can be asked through Spark Connect."""\n'
                f"        return {self.facts['larger_is_better']}\n"
            )
        return (
            f"\n    @keywords\n    def __init__(\n        self,\n        *,\n{keywords}    ) -> None:\n"
            "        super().__init__()\n        self._begin()\n        self._set(**self._input_kwargs)\n"
            f"\n    @keywords\n    def setParams(\n        self,\n        *,\n{keywords}    ) -> {self.name}:\n"
            '        """Sets those Params that are given."""\n'
            "        self._set(**self._input_kwargs)\n        return self\n" + model
        )

    def model_constructor(self) -> str:
        return (
            "\n    def __init__(self, java_model: Any = None) -> None:\n"
            "        super().__init__(java_model)\n        self._begin_fitted()\n"
        )

    def accessors(self, param: Dict[str, Any]) -> str:
        name, hint = param["name"], self.hint(param)
        title = name[0].upper() + name[1:]
        text = (
            f"\n    def get{title}(self) -> {hint}:\n"
            f'        """The value of ``{name}``, or its default."""\n'
            f"        return self.getOrDefault(self.{name})\n"
        )
        if param["setter"]:
            text += (
                f"\n    def set{title}(self, value: {hint}) -> {self.name}:\n"
                f'        """Sets ``{name}``: {doc(param["doc"])}."""\n'
                f"        self._set({name}=value)\n        return self\n"
            )
        return text

    def attributes(self) -> str:
        text = ""
        for name, kind in self.facts["attributes"].items():
            hint = {"Vector": "Any", "int": "int", "double": "float"}[kind]
            text += (
                f"\n    @property\n    def {name}(self) -> {hint}:\n"
                f'        """As the Java model\'s ``{name}``; not through Spark Connect."""\n'
                f'        value: {hint} = self._fitted("{name}")\n        return value\n'
            )
        return text


def doc(text: str) -> str:
    return text.rstrip(".").replace("\\", "\\\\")
