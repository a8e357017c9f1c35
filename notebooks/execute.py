# SPDX-License-Identifier: Apache-2.0
"""Executes the notebooks beside this file and compares their texts with the committed ones. Called by notebooks/run."""

from __future__ import annotations

import argparse
import base64
import difflib
import io
import pathlib
import re
import sys
import time
from typing import Any, List, Optional

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent

# What starting a JVM and a native library that is not there say, once for each session and beside the point.
NOISE = re.compile(
    r"WARNING: Using incubator modules: .*|Setting default log level .*|To adjust logging level .*|netlib-(blas|lapack): JNI_OnLoad: .*"
)

# What would differ on another machine or another day: addresses, paths, times of day.
UNSTABLE = re.compile(r"0x[0-9a-f]{6,}|(?<![\w.])/(home|root|tmp|Users|work)/\S*|@[0-9a-f]{6,8}\b")


def tidy(notebook: Any) -> None:
    """Leaves in the outputs what a reader needs."""
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type != "code":
            continue
        kept: List[Any] = []
        for output in cell.outputs:
            output.pop("metadata", None)
            if output.output_type == "stream":
                lines = output.text.splitlines(keepends=True)
                output.text = "".join(line for line in lines if output.name != "stderr" or not NOISE.fullmatch(line.strip()))
                if not output.text.strip():
                    continue
                if kept and kept[-1].output_type == "stream" and kept[-1].name == output.name:
                    kept[-1].text += output.text
                    continue
            else:
                output.metadata = {}
                if "image/png" in output.data:
                    output.data = {"image/png": output.data["image/png"], "text/plain": "(picture)"}
                elif "text/html" in output.data:  # the tables of pandas: their text is checked and read everywhere
                    output.data = {"text/html": output.data["text/html"], "text/plain": output.data["text/plain"]}
            kept.append(output)
        cell.outputs = kept
    language = notebook.metadata.kernelspec.language
    notebook.metadata = {"kernelspec": notebook.metadata.kernelspec, "language_info": {"name": language}}


def texts(notebook: Any) -> List[str]:
    """What is compared: for each cell its outputs, a picture as a word."""
    lines = []
    for number, cell in enumerate(c for c in notebook.cells if c.cell_type == "code"):
        lines.append(f"[cell {number + 1}]")
        for output in cell.outputs:
            if output.output_type == "stream":
                lines += output.text.rstrip().splitlines()
            else:
                lines += "".join(output.data["text/plain"]).rstrip().splitlines()
    return lines


def complaint(notebook: Any, out: pathlib.Path) -> Optional[str]:
    """What is wrong with fresh outputs whatever was committed: noise, what will differ elsewhere, blank pictures."""
    pictures = 0
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                return f"wrote to stderr: {output.text.strip()[:500]}"
            text = output.text if output.output_type == "stream" else output.data.get("text/plain", "")
            found = UNSTABLE.search(text)
            if found:
                return f"prints '{found.group()}', which is another on another machine"
            if output.output_type != "stream" and "image/png" in output.data:
                pictures += 1
                png = base64.b64decode(output.data["image/png"])
                (out / f"picture-{pictures}.png").write_bytes(png)
                image = Image.open(io.BytesIO(png)).convert("L")
                if min(image.size) < 150 or len(image.getcolors(image.size[0] * image.size[1])) < 16:
                    return f"picture {pictures} is blank"
    return None if pictures else "has no picture"


def execute(path: pathlib.Path) -> Any:
    """The notebook with fresh outputs. A kernel that does not start gets a second chance; a cell that fails does not."""
    for again in (True, False):
        notebook = nbformat.read(path, as_version=4)
        try:
            NotebookClient(
                notebook, timeout=300, startup_timeout=120, record_timing=False, resources={"metadata": {"path": str(HERE)}}
            ).execute()
            return notebook
        except (DeadKernelError, RuntimeError) as problem:
            if isinstance(problem, CellExecutionError) or not again:
                raise


def run(path: pathlib.Path, out: pathlib.Path, approve: bool) -> str:
    out.mkdir(parents=True)
    try:
        fresh = execute(path)
    except Exception as problem:
        said = re.sub(r"\x1b\[[0-9;]*m", "", str(problem))
        return f"failed: {said[:1500]}\n...\n{said[-2500:]}" if len(said) > 4000 else f"failed: {said}"
    tidy(fresh)
    nbformat.write(fresh, out / path.name)
    wrong = complaint(fresh, out)
    if wrong:
        return wrong
    if approve:
        nbformat.write(fresh, path)
        return "ok"
    committed = nbformat.read(path, as_version=4)
    difference = list(difflib.unified_diff(texts(committed), texts(fresh), "committed", "now", lineterm="", n=2))
    return "prints other text than is committed:\n" + "\n".join(difference) if difference else "ok"


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--approve", action="store_true")
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments.add_argument("names", nargs="*")
    given = arguments.parse_args()
    paths = [p for p in sorted(HERE.glob("*.ipynb")) if not given.names or p.name.startswith(tuple(given.names))]
    if not paths:
        print(f"notebooks: names must begin one of {[p.stem for p in sorted(HERE.glob('*.ipynb'))]}, got {given.names}", file=sys.stderr)
        return 2
    results = []
    for path in paths:
        began = time.monotonic()
        outcome = run(path, given.out / path.stem, given.approve)
        print(f"notebooks: {path.name}: {outcome} ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)
        results.append(f"{path.name}: " + outcome.replace("\n", "\\n"))
    (given.out / "results.txt").write_text("\n".join(results) + "\n", encoding="utf-8")
    return 0 if all(line.endswith(": ok") for line in results) else 1


if __name__ == "__main__":
    sys.exit(main())
