"""Reads a study's folder again and again until it is told to stop: no error, no row that was not run, none lost."""

import json
import sys
from pathlib import Path

import pandas as pd

from simulation.results.fragments.store import Store

try:
    import duckdb
except ImportError:
    duckdb = None


def main(folder, stop, log, place):
    """Read until `stop` is there, then write what was seen."""
    wanted = json.loads((place / "wanted.json").read_text("utf-8"))
    ways = {"pandas": _with_pandas, "the store": _with_the_store, **({"DuckDB": _with_duckdb} if duckdb else {})}
    found = {"readings": dict.fromkeys(ways, 0), "rows": 0, "errors": []}
    most = dict.fromkeys(ways, 0)
    log.write_text("{}", "utf-8")
    ending = False
    while not ending:
        ending = stop.exists()
        for name, way in ways.items():
            if not list(folder.glob("runs/*.parquet")):
                continue
            try:
                table = way(folder)
            except Exception as error:
                found["errors"].append(f"{name}: {type(error).__name__}: {error}"[:300])
                continue
            found["readings"][name] += 1
            found["rows"] += len(table)
            if len(table) < most[name]:
                found["errors"].append(f"{name}: {len(table)} rows after {most[name]}")
            most[name] = max(most[name], len(table))
            found["errors"] += [f"{name}: {row}" for row in _strange(table, wanted)]
    log.write_text(json.dumps(found), "utf-8")


def _strange(table, wanted):
    for row in table.to_dict("records"):
        if row["status"] == "ok" and any(wanted[row["run_id"]][n] != row[n] for n in wanted[row["run_id"]]):
            yield row


def _with_pandas(folder):
    return pd.read_parquet(folder / "runs")


def _with_the_store(folder):
    return Store(folder).frame()


def _with_duckdb(folder):
    return duckdb.sql(f"select * from '{folder}/runs/*.parquet'").df()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
