"""Write the tables of a comparison, or a world, for other programs: CSV, Parquet, GraphML."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from simulation.core.errors import InputError, one_of, whole_number
from simulation.core.streams import Streams
from simulation.results.columns import TABLES
from simulation.results.store import new_folder, write_table, write_text
from simulation.scenario.model import Scenario
from simulation.studies.comparison import Comparison
from simulation.studies.estimate import affordable
from simulation.world.export import write_graphml, write_world
from simulation.world.population import build_population
from simulation.world.social import build_graph

TableFormat = Literal["csv", "parquet"]
WorldFormat = Literal["csv", "parquet", "graphml"]
_RAW = ("series", "takeup", "parameters", "units")


def export_results(found: Comparison, folder: str | Path, format: TableFormat = "csv") -> Path:
    """Write every table of a comparison to a new folder, whole or not at all, and return it.

    `columns.csv` says of each column its unit and what it means.

    Args:
        found: A finished comparison.
        folder: A folder that is not there yet, or is empty.
        format: "csv" (UTF-8, numbers unrounded) or "parquet".

    Raises:
        InputError: For another format, a folder in use, or a comparison that is not finished.
    """
    one_of("format", format, get_args(TableFormat))
    if not found.finished:
        raise InputError(
            f"{found.mark('en')}. Give the command again that made {found.folder}, then export.",
            f"{found.mark('th')} ให้สั่งคำสั่งเดิมที่สร้าง {found.folder} อีกครั้ง แล้วจึงส่งออก",
        )
    with new_folder(Path(folder)) as part:
        for name, table in tables_of(found).items():
            if format == "csv":
                write_text(part / f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))
            else:
                write_table(part, name, table)
        write_text(part / "columns.csv", _meanings().to_csv(index=False, lineterminator="\n"))
    return Path(folder)


def export_world(scenario: Scenario, folder: str | Path, format: WorldFormat = "csv", replicate: int = 0) -> Path:
    """Write the citizens and the ties of a simulated society to a new folder, whole or not at all, and return it.

    They are written as `world.files` and `with_world` read them.

    Args:
        scenario: Whose world it is; nothing is run.
        folder: A folder that is not there yet, or is empty.
        format: "csv" or "parquet" for tables of citizens, ties, organisations and localities; "graphml" for one graph.
        replicate: Which simulated society, from 0.

    Raises:
        InputError: For another format, a society that cannot be, or a folder in use.

    Example:
        >>> import simulation as kw
        >>> scenario = kw.load("bangkok-waste", ["world.citizens=100", "world.localities.number=4"])
        >>> sorted(path.name for path in kw.export_world(scenario, "village").iterdir())
        ['citizens.csv', 'localities.csv', 'organisations.csv', 'ties.csv']
    """
    one_of("format", format, get_args(WorldFormat))
    whole_number("replicate", replicate, 0, 99_999)
    affordable(scenario, 1, yes=True)
    streams = Streams(scenario.run.seed, replicate)
    citizens = build_population(scenario.world, streams, scenario.all_earn)
    graph = build_graph(scenario.world, citizens, streams)
    with new_folder(Path(folder)) as part:
        if format == "graphml":
            write_graphml(citizens, graph, part / "world.graphml")
        else:
            write_world(citizens, graph, part, format)
    return Path(folder)


def tables_of(found: Comparison) -> dict[str, pd.DataFrame]:
    """Return every table by name: those of the Comparison, its runs and, as far as they are there, the raw ones.

    Where the citizens are real people, the raw tables are left out: they hold groups too small to be shown.
    """
    tables = dict(found.summary.tables)
    if found.summary.facts.people_are_real:
        return tables
    for name in _RAW:
        path = found.folder / f"{name}.parquet"
        if path.is_file():
            tables[name] = pd.read_parquet(path)
    return tables


def _meanings() -> pd.DataFrame:
    rows = [(table, *column) for table, columns in TABLES.items() if table != "trajectory" for column in columns]
    return pd.DataFrame(rows, columns=["table", "column", "unit", "meaning"])
