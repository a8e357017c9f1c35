# SPDX-License-Identifier: Apache-2.0
"""Writes supple/functions.py, supple/ml.py and supple/_version.py from surface.json, which a Java test keeps true.

The build of the wheel calls this; by hand: python3 generate.py. What it does not know it refuses, so that a new kind of
parameter or result cannot slip through half described.
"""

from __future__ import annotations

import json
import keyword
import pathlib
import re
import textwrap
from typing import Any, Dict, List

from generate_stages import stages

HERE = pathlib.Path(__file__).resolve().parent
SCALA = "2.13"
HEAD = "# SPDX-License-Identifier: Apache-2.0\n# Written by generate.py from surface.json; do not edit.\n"


#: The end of the module: what is said of a name that it has not. A type checker must not see it, or it would know all names.
UNKNOWN = """

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise unknown(name, __all__)
"""

#: Type hints of data by their form, and what may be given.
FORMS = {
    "NUMBERS": ("Numbers", "a column, the name of one, a number, or a list of numbers"),
    "TRUTHS": ("Numbers", "a column, the name of one, a number, or a list of numbers"),
    "NUMBER": ("ColumnOrName", "a column, or the name of one"),
    "TRUTH": ("ColumnOrName", "a column, or the name of one"),
    "LIST": ("NumberList", "a column of arrays or vectors, the name of one, or a list of numbers"),
    "TRUTH_LIST": ("NumberList", "a column of arrays or vectors, the name of one, or a list of numbers"),
    "LABELS": ("NumberList", "a column of arrays or vectors, the name of one, or a list of numbers"),
    "INDEX": ("NumberList", "a column of arrays or vectors, the name of one, or a list of numbers"),
    "INDICES": ("NumberRows", "a column of arrays of arrays, the name of one, or lists of numbers"),
}

#: Type hints of other parameters by their kind.
KINDS = {
    "Real": "float",
    "Count": "int",
    "Cutoff": "int",
    "Repeats": "int",
    "Flag": "bool",
    "Seed": "int",
    "Level": "Levels",
    "Choice": "str",
}

#: What a result is: of lists, of numbers (none where it is always of lists).
RESULTS = {
    "placewise": "as the widest of the data, place by place: DOUBLE for numbers, ARRAY<DOUBLE> for arrays (n to n)",
    "number": "DOUBLE: one number for each list (n to 1); NULL for an empty one",
    "distribution": "ARRAY<DOUBLE>: a distribution over the elements (n to n), at least 0 and with sum 1",
    "elements": "ARRAY<DOUBLE>: one number for each element (n to n)",
    "places": "ARRAY<DOUBLE>: one number for each sorted place (n to n)",
    "places_by_elements": "ARRAY<ARRAY<DOUBLE>>: for each sorted place a distribution over the elements (n to n x n)",
    "first": "ARRAY<DOUBLE>: one number for each of the k first places, or of the draws (n to k)",
    "first_by_elements": "ARRAY<ARRAY<DOUBLE>>: for each of the k first places, or of the draws, a distribution over the"
    " elements (n to k x n)",
    "levels": "DOUBLE, or ARRAY<DOUBLE> for several levels: one number for each level (n to 1, or n to m)",
    "levels_by_elements": "ARRAY<DOUBLE>, or ARRAY<ARRAY<DOUBLE>> for several levels: for each level a distribution over"
    " the elements (n to n, or n to m x n)",
    "rows": "ARRAY<DOUBLE>: one number for each soft index (n and m x n to m)",
    "window": "ARRAY<DOUBLE>: one number for each place of the window (n to length)",
}

#: Results that are, or may be, one number, so that the upstream gradient may be left out.
SINGLE = ("placewise", "number", "levels")


def surface(root: pathlib.Path = HERE) -> Dict[str, Any]:
    return dict(json.loads((root / "surface.json").read_text(encoding="utf-8")))


def version(root: pathlib.Path = HERE) -> str:
    """The version as Python writes it: 0.1.0-SNAPSHOT is 0.1.0.dev0."""
    return re.sub(r"-SNAPSHOT$", ".dev0", surface(root)["version"])


def jar_name(root: pathlib.Path = HERE) -> str:
    return f"supple-spark-4_{SCALA}-{surface(root)['version']}.jar"


def write(root: pathlib.Path = HERE) -> None:
    described = surface(root)
    package = root / "supple"
    (package / "functions.py").write_text(functions(described), encoding="utf-8")
    (package / "ml.py").write_text(stages(described, HEAD), encoding="utf-8")
    (package / "_version.py").write_text(
        HEAD
        + f'\n__version__ = "{version(root)}"\nSCALA = "{SCALA}"\nJAR = "{jar_name(root)}"\n'
        + f'ARTIFACT = "io.supple:supple-spark-4_{SCALA}:{described["version"]}"\n',
        encoding="utf-8",
    )


def python_name(name: str) -> str:
    return name + "_" if keyword.iskeyword(name) else name


def functions(described: Dict[str, Any]) -> str:
    parts, names = [], []
    for operator in described["operators"]:
        for function in operator["functions"]:
            parts.append(Function(operator, function).text())
            names.append(Function(operator, function).name)
    listed = "".join(f'    "{name}",\n' for name in names)
    return (
        HEAD
        + '"""Every operator as a function of columns, with its companions ``_vjp`` (value and gradients), ``_agg`` (the'
        " values of a\ngroup) and ``_objective`` (of losses, for boosted trees); names as in SQL, without ``soft_``.\n\n"
        ">>> from supple import functions as soft\n"
        '>>> lists.select(soft.rank("scores", softness=0.05))\n\n'
        "Text in place of data is the name of a column; numbers and lists are constants. What is wrong with an argument Spark"
        " says when\nit analyses the query, naming function and parameter.\n"
        '"""\n\n'
        "from __future__ import annotations\n\n"
        "from typing import TYPE_CHECKING, Any, Literal, Optional, Union\n\n"
        "from pyspark.sql import Column\n\n"
        "from ._columns import (\n    REQUIRED,\n    ColumnOrName,\n    Cotangent,\n    Levels,\n    NumberList,\n    NumberRows,\n"
        "    Numbers,\n    call,\n    sql,\n    unknown,\n)\n\n"
        f"__all__ = [\n{listed}]\n" + "".join(parts) + UNKNOWN
    )


class Function:
    """One SQL function as a Python function."""

    def __init__(self, operator: Dict[str, Any], function: Dict[str, Any]) -> None:
        self.operator = operator
        self.sql = function["name"]
        self.kind = function["kind"]
        self.name = python_name(self.sql[len("soft_") :])
        self.function = function
        by_key = {param["key"]: param for param in operator["params"]}
        self.params = [dict(by_key[key]) for key in function["params"]]
        if self.kind not in ("value", "vjp", "objective", "aggregate"):
            raise ValueError(f"generate: {self.sql} must be a value, vjp, objective or aggregate, got kind '{self.kind}'")
        if operator["result"] not in RESULTS:
            raise ValueError(f"generate: {self.sql} has a result that nothing is known of: '{operator['result']}'")
        own = [p["key"] for p in operator["params"] if p["kind"] != "Data"]
        for param in self.params:
            param["python"] = python_name(param["name"])
            if param["key"] == "cotangent" and operator["result"] not in SINGLE:
                param["required"] = True
        self.relaxation = self._relaxation(own)

    def _relaxation(self, own: List[str]) -> List[str]:
        """What comes after the operator's own parameters, which the first of the relaxation or ``missing`` ends."""
        firsts = [own.index(key) for key in ("softness", "missing") if key in own]
        return own[min(firsts) :]

    def text(self) -> str:
        positional, named_only = [], []
        for param in self.params:
            by_name = param["key"] in self.relaxation or (param["key"] == "cotangent" and not param["required"])
            (named_only if by_name else positional).append(param)
        required = [p for p in positional if p["required"]]
        if positional != required + [p for p in positional if not p["required"]]:
            raise ValueError(f"generate: {self.sql} has a required parameter after one that may be left out")
        arguments = [self.argument(p) for p in positional] + ["*"] + [self.argument(p) for p in named_only]
        data = [p for p in self.params if self.is_data(p)]
        rest = [p for p in self.params if not self.is_data(p)]
        first = "".join(f"            {self.given(p)},\n" for p in data)
        body = "".join(f"            {self.given(p)},\n" for p in rest)
        return (
            f'\n\n@sql("{self.sql}")\ndef {self.name}(\n'
            + "".join(f"    {argument},\n" for argument in arguments)
            + ") -> Column:\n"
            + self.doc()
            + f'    return call(\n        "{self.sql}",\n        (\n{first}        ),\n        (\n{body}        ),\n    )\n'
        )

    def is_data(self, param: Dict[str, Any]) -> bool:
        return bool(param["kind"] == "Data" and param["required"])

    def given(self, param: Dict[str, Any]) -> str:
        """An argument as supple._columns.Given has it."""
        default = "REQUIRED" if self.is_data(param) else self.default(param)
        varies = param["varies"] and self.kind != "aggregate"
        kind = "data" if param["kind"] == "Data" else "varies" if varies else "constant"
        return f'("{param["name"]}", {param["python"]}, {default}, {param["allowed"]!r}, "{kind}")'

    def default(self, param: Dict[str, Any]) -> str:
        if param["required"]:
            return "REQUIRED"
        return "1.0" if param["key"] == "cotangent" else repr(param["default"])

    def argument(self, param: Dict[str, Any]) -> str:
        given = "" if param["required"] else f" = {self.default(param)}"
        return f"{param['python']}: {self.hint(param)}{given}"

    def hint(self, param: Dict[str, Any]) -> str:
        if param["kind"] == "Data":
            if param["key"] == "cotangent":
                return "Cotangent"
            if param["form"] not in FORMS:
                raise ValueError(f"generate: {self.sql} has data of a form that nothing is known of: '{param['form']}'")
            return FORMS[param["form"]][0]
        if param["kind"] not in KINDS:
            raise ValueError(
                f"generate: {self.sql} has a parameter '{param['name']}' of a kind that nothing is known of: '{param['kind']}'"
            )
        hint = KINDS[param["kind"]]
        if param["kind"] == "Choice":
            hint = "Literal[" + ", ".join(f'"{choice}"' for choice in param["choices"]) + "]"
        if param["varies"] and self.kind != "aggregate":
            hint = f"Union[{hint}, Column]"
        return hint if param["required"] or param["default"] is not None else f"Optional[{hint}]"

    # ---- the docstring

    def doc(self) -> str:
        meaning = self.operator["meaning"]
        lines = [meaning[0].upper() + meaning[1:] + self.what_kind(), "", "Parameters", "----------"]
        for param in self.params:
            default = "" if param["required"] else f", default {self.default(param)}"
            lines += [f"{param['python']} : {param['type']}{default}", *indented(self.says(param))]
        lines += ["", "Returns", "-------", "Column", *indented(self.returns())]
        lines += ["", "Notes", "-----", *self.notes()]
        said = f"``{self.sql}: parameter must condition, got value``"
        lines += ["", "Raises", "------", "TypeError", *indented(f"when it is called with what is no column and no constant: {said}")]
        lines += ["AnalysisException or IllegalArgumentException", *indented(f"when the query is analysed, or run: {said}")]
        lines += ["", "Examples", "--------", *self.example()]
        body = "\n".join(("    " + line).rstrip() for line in lines)
        return f'    """{body.strip()}\n    """\n'

    def what_kind(self) -> str:
        if self.kind == "vjp":
            return ": the value and its gradients."
        if self.kind == "objective":
            return ": the value, its gradient and second derivatives, by which boosted trees are grown."
        return ", of the values of a group." if self.kind == "aggregate" else "."

    def says(self, param: Dict[str, Any]) -> str:
        text = str(param["doc"])
        if param["key"] == "cotangent":
            return text
        if param["kind"] == "Data":
            return f"{text}: {param['allowed']}. {FORMS[param['form']][1].capitalize()}."
        varies = "; may be a column" if param["varies"] and self.kind != "aggregate" else ""
        seed = "; give each row its own, such as xxhash64(id), since rows of one seed draw the same noise"
        return f"{text}: {param['allowed']}{varies}{seed if param['kind'] == 'Seed' else ''}."

    def returns(self) -> str:
        result = RESULTS[self.operator["result"]]
        if self.kind == "vjp":
            fields = ", ".join(f"grad_{name}" for name in self.operator["differentiable"])
            return (
                f"STRUCT<value, {fields}>. value is {result}. Each gradient is shaped as its argument: the sum over the value of"
                " cotangent times derivative."
            )
        if self.kind == "objective":
            return (
                f"STRUCT<value, gradient, hessian>. value is {result}. gradient and hessian have one number for each element of"
                " the list; those of hessian are positive."
            )
        return result + "."

    def notes(self) -> List[str]:
        keys = [param["key"] for param in self.params]
        notes = []
        if "softness" in keys:
            unit = (
                "in the units of a list that is standardised and squashed to (0, 1), so that one softness suits all; with"
                " ``standardize=False`` in the units of the data"
                if "standardize" in keys
                else "in the units of the data"
            )
            notes.append(f"``softness`` is {unit}. As it goes to 0, and with ``mode='hard'``, this is the exact function.")
        if self.operator["random"]:
            notes.append("The same seed draws the same, wherever and in whatever order rows are evaluated.")
        null = "A NULL" if self.kind == "aggregate" else "A NULL argument gives NULL; a NULL element"
        notes.append(f"{null} is left out, unless ``missing`` says otherwise.")
        notes.append(f"In SQL: ``{self.sql}({', '.join(param['name'] for param in self.params)})``.")
        return [line for note in notes for line in textwrap.wrap(note, 110, break_long_words=False) + [""]][:-1]

    def example(self) -> List[str]:
        call = self.example_call()
        if self.kind == "aggregate":
            rows = re.search(r" FROM VALUES (.*) AS t\((\w+)\)$", self.function["example"])
            assert rows is not None
            values = rows.group(1).replace("D)", ",)")
            call = f'spark.createDataFrame([{values}], ["{rows.group(2)}"]).select({call})'
        else:
            call = f"spark.range(1).select({call})"
        return [f">>> {call}.first()[0]", f"# {self.function['gives']} in SQL's notation"]

    def example_call(self) -> str:
        """The example in Python: arrays are lists, numbers lose their D, an aggregate's column is a name."""
        call = re.sub(r" FROM VALUES .*$", "", self.function["example"])[len(self.sql) + 1 : -1]
        call = re.sub(r"(\d)D\b", r"\1", call).replace(" => ", "=")
        depth: List[str] = []
        text = ""
        for token in re.findall(r"array\(|\(|\)|[^()a]+|a", call):
            if token in ("array(", "("):
                depth.append(token)
            text += "[" if token == "array(" else "]" if token == ")" and depth.pop() == "array(" else token
        if self.kind == "aggregate":
            text = re.sub(r"^(\w+)", r'"\1"', text)
        return f"soft.{self.name}({text})"


def indented(text: str) -> List[str]:
    return textwrap.wrap(text, 106, initial_indent="    ", subsequent_indent="    ", break_long_words=False)


if __name__ == "__main__":
    write()
