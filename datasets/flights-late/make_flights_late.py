#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes train.parquet, validation.parquet and test.parquet from ../flights/flights.parquet.

Lists to be ranked: the departures of a day from an airport, the latest first, from what was known the day before.
Needs pandas and pyarrow:

    python3 -m venv target/flights-env
    target/flights-env/bin/pip install pandas==2.2.3 pyarrow==18.1.0
    target/flights-env/bin/python datasets/flights-late/make_flights_late.py

The same bytes come out of every run with these versions.
"""

import argparse
import hashlib
import pathlib

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

SOURCE = "f5b2294ca4872e8b1b6459a5f72d9f4822fe83e9318df7c3d0e45ded739af553"
GRADES = [15, 45, 90, 180]  # minutes; 15 is what the US Department of Transportation calls late
WINDOW = 28  # days of history
PRIOR = 20  # departures that the airport's mean stands for in a mean of few
LONGEST = 180  # minutes at which a delay is cut, so that one departure does not make a mean
FIRST = "2013-02-01"  # January is history only
PARTS = {"train": "2013-09-01", "validation": "2013-11-01", "test": "2014-01-01"}  # first day after each
DIGITS = 1  # of means in minutes
WEATHER = ["temp", "wind_speed", "precip", "pressure", "visib"]

# Whose history: the name of the feature, and what departures must have in common.
HISTORIES = {
    "late_carrier": ["origin", "carrier"],
    "late_route": ["origin", "dest"],
    "late_hour": ["origin", "hour"],
    "late_flight": ["carrier", "flight"],
    "late_aircraft": ["tailnum"],
}

FEATURES = ["minute", "distance", "seats", "seats_known", "age", "age_known", *WEATHER, "same_hour", "hour_before",
            "leg", *HISTORIES, "yesterday_carrier", "yesterday_hour"]


def source(path: pathlib.Path) -> pd.DataFrame:
    """All departures, with their day as a number; refuses a file that is not the known one."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SOURCE:
        raise SystemExit(f"{path.name}: SHA-256 must be {SOURCE}, got {digest}")
    flights = pq.read_table(path).to_pandas()
    flights["day"] = (pd.to_datetime(flights["date"]) - pd.Timestamp("2013-01-01")).dt.days
    flights["late"] = flights["dep_delay"].clip(lower=0, upper=LONGEST)  # NaN when cancelled
    return flights


def history(flights: pd.DataFrame, keys: list[str], window: int) -> pd.Series:
    """Mean delay of the departures with the same keys in the days [day - window, day - 1]; few are drawn to the airport's mean."""
    flown = flights[flights["late"].notna()]
    prior = window_sums(flown, ["origin"], window)
    own = window_sums(flown, keys, window)
    at_origin = flights[["origin", "day"]].merge(prior, on=["origin", "day"], how="left")
    base = (at_origin["sum"] / at_origin["count"]).to_numpy()
    found = flights[[*keys, "day"]].merge(own, on=[*keys, "day"], how="left")
    total = found["sum"].fillna(0).to_numpy()
    count = found["count"].fillna(0).to_numpy()
    return pd.Series((total + PRIOR * base) / (count + PRIOR), index=flights.index)


def window_sums(flown: pd.DataFrame, keys: list[str], window: int) -> pd.DataFrame:
    """Sum and number of delays for the keys and each day, over the days before it."""
    # whole minutes, so that no sum depends on its order
    daily = flown.groupby([*keys, "day"], sort=True)["late"].agg(["sum", "count"]).reset_index()
    parts = []
    for ahead in range(1, window + 1):
        part = daily.copy()
        part["day"] += ahead
        parts.append(part)
    return pd.concat(parts).groupby([*keys, "day"], sort=True)[["sum", "count"]].sum().reset_index()


def scheduled(flights: pd.DataFrame, shift: int) -> pd.Series:
    """How many departures the timetable has from the airport in the hour, or in the one before."""
    counts = flights.groupby(["day", "origin", "hour"]).size().rename("n").reset_index()
    counts["hour"] += shift
    return flights[["day", "origin", "hour"]].merge(counts, how="left")["n"].fillna(0).astype("int64")


def rows(flights: pd.DataFrame) -> pd.DataFrame:
    """One row for each departure that took place, with label and features."""
    table = flights[["date", "origin", "carrier", "flight", "dest"]].copy()
    table["qid"] = table["date"].astype(str) + "/" + table["origin"]
    delay = flights["dep_delay"]
    table["label"] = sum((delay >= grade).astype("float64") for grade in GRADES)
    table["minute"] = flights["sched_dep_minute"]
    table["distance"] = flights["distance"]
    for name, values in {"seats": flights["seats"], "age": 2013 - flights["plane_year"]}.items():
        before = flights["date"] < pd.Timestamp(FIRST).date()
        table[name] = values.fillna(values[before].median())
        table[f"{name}_known"] = values.notna().astype("int64")
    for name in WEATHER:
        # what the station said last; the table is in the order of time
        table[name] = flights.groupby("origin")[name].ffill()
    table["same_hour"] = scheduled(flights, 0)
    table["hour_before"] = scheduled(flights, 1)
    aircraft = flights["tailnum"].fillna("?" + flights.index.to_series().astype(str))
    table["leg"] = flights.groupby(["day", aircraft]).cumcount()
    for name, keys in HISTORIES.items():
        table[name] = history(flights, keys, WINDOW).round(DIGITS)
    table["yesterday_carrier"] = history(flights, ["origin", "carrier"], 1).round(DIGITS)
    table["yesterday_hour"] = history(flights, ["origin", "hour"], 1).round(DIGITS)
    used = delay.notna() & (table["date"] >= pd.Timestamp(FIRST).date())
    return table[used]


def write(table: pd.DataFrame, path: pathlib.Path) -> None:
    """Lists by day and airport, departures by the timetable."""
    types = {"date": pa.date32(), **{name: pa.string() for name in ("origin", "carrier", "flight", "dest")}}
    whole = {"minute", "seats_known", "age_known", "same_hour", "hour_before", "leg"}
    fields = [(name, types[name]) for name in ("date", "origin", "carrier", "flight", "dest")]
    fields += [("qid", pa.string()), ("label", pa.float64())]
    fields += [(name, pa.int32() if name in whole else pa.float64()) for name in FEATURES]
    schema = pa.schema(fields)
    ordered = table.sort_values(["date", "origin", "minute", "carrier", "flight", "dest"], kind="stable")
    ordered["flight"] = ordered["flight"].astype(str)  # no number that could be taken for a feature
    if ordered[schema.names].isna().any().any():
        raise SystemExit("features: must have no missing value, got some in "
                         + ", ".join(name for name in schema.names if ordered[name].isna().any()))
    arrow = pa.Table.from_pandas(ordered[schema.names], schema=schema, preserve_index=False)
    pq.write_table(arrow.replace_schema_metadata(None), path, row_group_size=65_536, compression="zstd",
                   compression_level=19, data_page_version="1.0", version="2.6")


def main() -> None:
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flights", type=pathlib.Path, default=here.parent / "flights" / "flights.parquet")
    parser.add_argument("--output", type=pathlib.Path, default=here, help="folder to write to (default: this one)")
    options = parser.parse_args()
    table = rows(source(options.flights))
    first = pd.Timestamp(FIRST).date()
    for part, after in PARTS.items():
        end = pd.Timestamp(after).date()
        days = table[(table["date"] >= first) & (table["date"] < end)]
        path = options.output / f"{part}.parquet"
        write(days, path)
        shares = np.bincount(days["label"].astype(int), minlength=5) / len(days)
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}  {path.stat().st_size:,} bytes  "
              f"{len(days):,} rows  {days['qid'].nunique()} lists  labels {np.round(shares, 4)}")
        first = end


if __name__ == "__main__":
    main()
