# SPDX-License-Identifier: Apache-2.0
"""The Python of the documents runs, and prints what they say."""

import contextlib
import io
import os
import re
from importlib.util import find_spec

import pytest
from conftest import HERE

DOCS = HERE.parents[1] / "docs"
PAGES = [page for page in sorted(DOCS.glob("*.md")) if "```python" in page.read_text(encoding="utf-8")]
PAGES += [page for page in [HERE.parent / "README.md", HERE.parents[1] / "README.md"] if page.is_file()]
FAMILIES = sorted((DOCS / "operators").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.name}")
def test_blocks_run(spark, page, tmp_path, monkeypatch):
    """One after the other, as one program; a block of text after one of Python is what it prints. Blocks marked with a
    comment ``# not run`` need what a test has not, ``# needs NAME`` a package that may not be there."""
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.S | re.M)
    space = {"__name__": "page"}
    printed = None
    ran = 0
    for language, block in blocks:
        if language == "text":
            if printed is not None:
                assert lines(printed) == lines(block)
            continue
        printed = None
        needed = re.search(r"^# needs (\w+)$", block, re.M)
        if language != "python" or "# not run" in block or (needed and find_spec(needed.group(1)) is None):
            continue
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile(block, str(page), "exec"), space)  # noqa: S102
        printed = out.getvalue()
        ran += 1
    assert ran >= 1


def lines(text):
    return [line.rstrip() for line in text.strip().split("\n")]


def test_pages_are_there():
    assert PAGES or "SUPPLE_GOLDEN" not in os.environ


@pytest.mark.parametrize("page", FAMILIES, ids=lambda page: page.stem)
def test_calls_of_families_are_calls(spark, page):
    from supple import functions as soft

    calls = re.findall(r"```python\n(.*?)\n```", page.read_text(encoding="utf-8"), re.S)
    assert calls
    spark.range(1).select(*[eval(call, {"soft": soft}) for call in calls]).first()  # noqa: S307
