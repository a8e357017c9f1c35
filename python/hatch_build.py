# SPDX-License-Identifier: Apache-2.0
"""Writes the modules that follow from surface.json, and puts the jar of the Maven build into the wheel."""

from __future__ import annotations

import os
import pathlib
import shutil
import sys
from typing import Any, Dict

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import generate  # noqa: E402


class Hook(BuildHookInterface):  # type: ignore[type-arg,misc]
    def initialize(self, version: str, build_data: Dict[str, Any]) -> None:
        root = pathlib.Path(self.root)
        generate.write(root)
        jars = root / "supple" / "jars"
        built = self._built(root)
        if built is not None:
            jars.mkdir(exist_ok=True)
            for old in jars.glob("*.jar"):
                old.unlink()
            shutil.copyfile(built, jars / generate.jar_name(root))
        if not list(jars.glob("*.jar")):
            self.app.display_warning(
                "supple: no jar was found, so the wheel has none: run 'mvn -B -Dquick package' first, or set SUPPLE_JAR"
            )

    def _built(self, root: pathlib.Path) -> "pathlib.Path | None":
        given = os.environ.get("SUPPLE_JAR")
        if given:
            jar = pathlib.Path(given)
            if not jar.is_file():
                raise FileNotFoundError(f"supple: SUPPLE_JAR must be a file, got '{given}'")
            return jar
        jar = root.parent / "spark-ops" / "target" / generate.jar_name(root)
        return jar if jar.is_file() else None
