"""A world out again: tables of citizens, ties, organisations and localities, and GraphML, as they can be read in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from simulation.agents.citizens_table import NO_ORGANISATION, SECTORS, SEXES, Citizens
from simulation.core.graph import Graph, layer_string

if TYPE_CHECKING:
    import pandas as pd

Format = Literal["csv", "parquet"]
_TYPES = {"i": "long", "u": "long", "b": "boolean", "f": "double"}
_LINES_AT_ONCE = 100_000


def world_tables(citizens: Citizens, graph: Graph) -> dict[str, pd.DataFrame]:
    """Return the world as four tables, with the columns that `world.files` takes; citizens who are drawn are numbered from 1.

    citizens: id, age (years), sex, urban and online (0/1), wage (baht a day), household, organisation (empty for none),
    sector, locality. ties: source, target, layer, weight (1 to 255). organisations: id, sector, locality.
    localities: id, name.
    """
    import pandas as pd

    names, groups = _ids(citizens), _groups(citizens)
    places = np.asarray(citizens.locality_names, dtype=object)
    member = citizens.organisation
    people = pd.DataFrame(
        {
            "id": names,
            "age": citizens.age,
            "sex": np.asarray(SEXES)[citizens.sex],
            "urban": citizens.urban,
            "online": citizens.online,
            "wage": citizens.wage,
            "household": _homes(citizens),
            "organisation": [groups[i] if i != NO_ORGANISATION else "" for i in member.tolist()],
            "sector": np.asarray(SECTORS)[citizens.sector],
            "locality": places[citizens.locality],
        }
    )
    return {
        "citizens": people,
        "ties": ties_table(citizens, graph),
        "organisations": pd.DataFrame(
            {
                "id": groups,
                "sector": np.asarray(SECTORS)[citizens.organisation_sector],
                "locality": places[citizens.organisation_locality],
            }
        ),
        "localities": pd.DataFrame({"id": places, "name": places}),
    }


def ties_table(citizens: Citizens, graph: Graph) -> pd.DataFrame:
    """Return each tie once: source, target, layer ("household+work"), weight."""
    import pandas as pd

    names, (u, v, layers, weights) = _ids(citizens), _once(graph)
    spelt = np.asarray([layer_string(mask) for mask in range(16)], dtype=object)
    return pd.DataFrame({"source": names[u], "target": names[v], "layer": spelt[layers], "weight": weights})


def write_world(citizens: Citizens, graph: Graph, folder: Path, format: Format = "csv") -> list[Path]:
    """Write the four tables into a folder, each whole or not at all, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in world_tables(citizens, graph).items():
        path, part = folder / f"{name}.{format}", folder / f".{name}.{format}.part"
        try:
            if format == "csv":
                table.to_csv(part, index=False, lineterminator="\n", encoding="utf-8-sig")
            else:
                table.to_parquet(part, index=False)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        written.append(path)
    return written


def write_graphml(citizens: Citizens, graph: Graph, path: Path) -> Path:
    """Write citizens and ties as one GraphML file, whole or not at all; organisations and localities are attributes."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_graphml(citizens, graph))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _graphml(citizens: Citizens, graph: Graph) -> Iterator[str]:
    people = world_tables(citizens, Graph.empty(citizens.n))["citizens"]
    keys = [name for name in people.columns if name != "id"]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for key in keys:
        kind = _TYPES.get(people[key].dtype.kind, "string")
        yield f'  <key id="{key}" for="node" attr.name="{key}" attr.type="{kind}"/>\n'
    for key, kind in (("layer", "string"), ("weight", "long")):
        yield f'  <key id="{key}" for="edge" attr.name="{key}" attr.type="{kind}"/>\n'
    yield '  <graph edgedefault="undirected">\n'
    ids = [quoteattr(name) for name in _ids(citizens)]
    columns = [people[key].tolist() for key in keys]
    for name, *values in zip(ids, *columns, strict=True):
        data = "".join(
            f'<data key="{key}">{escape(str(value))}</data>'
            for key, value in zip(keys, values, strict=True)
            if value != ""
        )
        yield f"    <node id={name}>{data}</node>\n"
    u, v, layers, weights = _once(graph)
    for at in range(0, len(u), _LINES_AT_ONCE):
        part = slice(at, at + _LINES_AT_ONCE)
        rows = zip(u[part].tolist(), v[part].tolist(), layers[part].tolist(), weights[part].tolist(), strict=True)
        yield "".join(
            f'    <edge source={ids[a]} target={ids[b]}><data key="layer">{layer_string(mask)}</data>'
            f'<data key="weight">{weight}</data></edge>\n'
            for a, b, mask, weight in rows
        )
    yield "  </graph>\n</graphml>\n"


def _ids(citizens: Citizens) -> Any:
    names = citizens.names or tuple(str(row + 1) for row in range(citizens.n))
    return np.asarray(names, dtype=object)


def _homes(citizens: Citizens) -> Any:
    if not citizens.household_names:
        return citizens.household + 1
    return np.asarray(citizens.household_names, dtype=object)[citizens.household]


def _groups(citizens: Citizens) -> Any:
    n = citizens.n_organisations
    return np.asarray(citizens.organisation_names or tuple(f"organisation {i + 1}" for i in range(n)), dtype=object)


def _once(graph: Graph) -> tuple[Any, Any, Any, Any]:
    """Return the ties with each standing once: ends, layers, weights."""
    source = np.repeat(np.arange(graph.n), graph.degree)
    target = graph.indices.astype(np.int64)
    half = source < target
    return source[half], target[half], graph.layers[half], graph.weights[half]
