#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes nasty.parquet and nasty.txt: lists that go wrong. Needs pyarrow 18.1.0; the same bytes come out of every run."""

import hashlib
import math
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

LONG = 5_000
NAN = math.nan
INF = math.inf

# query, label, three features
ROWS = [
    *[("all-zero", 0.0, 0.1 * i, 1.0, -0.2 * i) for i in range(6)],
    *[("all-equal", 2.0, 0.1 * i, 1.0, 0.3) for i in range(5)],
    *[("tied", float(i % 3), 1.0, 2.0, 3.0) for i in range(9)],
    ("single", 3.0, 0.5, 0.5, 0.5),
    ("single-zero", 0.0, 0.5, 0.5, 0.5),
    *[("fractional", 0.5 * i, 0.2 * i, -0.1 * i, 1.0) for i in range(5)],
    *[("long", float(i * 7919 % 97 // 24), i % 211 / 211, i % 503 / 503, i * i % 1009 / 1009) for i in range(LONG)],
    ("interleaved-a", 1.0, 0.1, 0.2, 0.3),
    ("interleaved-b", 0.0, 0.4, 0.5, 0.6),
    ("interleaved-a", 0.0, 0.7, 0.8, 0.9),
    ("interleaved-b", 4.0, 1.0, 1.1, 1.2),
    *[("extreme", float(i % 2), (-1.0) ** i * 10.0 ** (300 - i), 5e-324, -0.0) for i in range(4)],
]

# what no line of text can hold
WRONG = [
    ("nan-feature", 1.0, NAN, 0.2, 0.3),
    ("nan-feature", 0.0, 0.1, 0.2, 0.3),
    ("infinite-feature", 1.0, INF, 0.2, 0.3),
    ("infinite-feature", 0.0, -INF, 0.2, 0.3),
    ("missing-feature", 1.0, None, 0.2, 0.3),
    ("missing-feature", 0.0, 0.1, 0.2, 0.3),
    ("negative-label", -1.0, 0.1, 0.2, 0.3),
    ("negative-label", 1.0, 0.4, 0.5, 0.6),
    ("nan-label", NAN, 0.1, 0.2, 0.3),
    ("missing-label", None, 0.1, 0.2, 0.3),
    (None, 1.0, 0.1, 0.2, 0.3),
    (None, 0.0, 0.4, 0.5, 0.6),
]


def line(row: tuple) -> str:
    query, label, *features = row
    return f"{label:.17g} qid:{query} " + " ".join(f"{j + 1}:{v:.17g}" for j, v in enumerate(features)) + "\n"


def main() -> None:
    here = pathlib.Path(__file__).resolve().parent
    (here / "nasty.txt").write_text("".join(map(line, ROWS)), encoding="ascii", newline="\n")
    columns = list(zip(*ROWS, *WRONG))
    names = ["qid", "label", "f1", "f2", "f3"]
    types = [pa.string()] + [pa.float64()] * 4
    table = pa.table([pa.array(values, t) for values, t in zip(columns, types)], names=names)
    pq.write_table(table, here / "nasty.parquet", compression="zstd", data_page_version="1.0", version="2.6")
    for name in ("nasty.txt", "nasty.parquet"):
        data = (here / name).read_bytes()
        print(f"{hashlib.sha256(data).hexdigest()}  {name}  {len(data):,} bytes")
    print(f"{len(ROWS):,} and {len(ROWS) + len(WRONG):,} rows")


if __name__ == "__main__":
    main()
