"""Where a user's own world comes from: files, DataFrames or a networkx.Graph; read once, kept for the workers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.core.compile import cache_folder
from simulation.core.errors import InputError, ScenarioError
from simulation.core.graph import Graph
from simulation.core.names import listed, quoted
from simulation.world.facts import YOUNGEST
from simulation.world.graphml import read_graphml
from simulation.world.minors import YOUNGEST_EVER
from simulation.world.own import OwnWorld, join_world
from simulation.world.raw import Raw, refused
from simulation.world.reading import of_arrow, of_frame, read_bytes, read_csv, read_table
from simulation.world.spec import ROLES, Files

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

IN_MEMORY = "in memory"
"""Stands for the path of a table that was given in Python."""
_KEPT_WORLDS = 8


def read_files(paths: Mapping[str, str], youngest: int = YOUNGEST) -> tuple[OwnWorld, str]:
    """Return the world of the files given and its digest; raises ScenarioError with every mistake of all of them."""
    digest = hashlib.sha256()
    for role in ROLES:
        if role in paths:
            with suppress(OSError):
                digest.update(role.encode() + Path(paths[role]).read_bytes())
    key = digest.hexdigest()
    kept = fetch(key)
    if kept is not None:
        return kept, key
    tables = _tables(paths)
    people, ties, groups, places = (tables.get(role) for role in ROLES)
    own = join_world(people, ties, groups, places, youngest)
    keep(own, key)
    return own, key


def _tables(paths: Mapping[str, str]) -> dict[str, Raw]:
    """Read each file; those that cannot be read are told together."""
    tables: dict[str, Raw] = {}
    broken: list[ScenarioError] = []
    for role in (role for role in ROLES if role in paths):
        path = Path(paths[role])
        try:
            if role == "ties":
                nodes, tables["ties"] = _ties(path)
                if nodes is not None and "citizens" in paths:
                    tables["ties"] = _noticed(tables["ties"], nodes, shown(paths["citizens"]))
                elif nodes is not None:
                    tables["citizens"] = nodes
            elif role == "citizens":
                nodes, _ = _nodes(path)
                tables[role] = nodes or read_table(path, shown(path))
            else:
                tables[role] = read_table(path, shown(path))
        except ScenarioError as error:
            broken.append(error)
    if broken:
        problems = [problem for error in broken for problem in error.problems]
        total = sum(error.total for error in broken)
        raise ScenarioError(problems, total, whole=all(error.whole for error in broken))
    return tables


def read_memory(
    citizens: pd.DataFrame | None,
    ties: pd.DataFrame | nx.Graph | None,
    organisations: pd.DataFrame | None,
    localities: pd.DataFrame | None,
    youngest: int = YOUNGEST,
) -> tuple[OwnWorld, str]:
    """Return the world of tables and a graph given in Python, and its digest; the same checks and errors as for files."""
    people = None if citizens is None else of_frame(citizens, "citizens")
    edges = None
    if ties is not None and hasattr(ties, "nodes"):
        nodes, edges = _of_networkx(ties)
        edges = edges if people is None else _noticed(edges, nodes, people.name)
        people = people or nodes
    elif ties is not None:
        edges = of_frame(ties, "ties")
    groups = None if organisations is None else of_frame(organisations, "organisations")
    places = None if localities is None else of_frame(localities, "localities")
    own = join_world(people, edges, groups, places, youngest)
    key = hashlib.sha256(b"".join(f"{k}".encode() + v.tobytes() for k, v in _arrays(own).items())).hexdigest()
    keep(own, key)
    return own, key


def own_world(files: Files) -> OwnWorld:
    """Return the world that a scenario's files hold; raises InputError where they are not what they were."""
    kept = fetch(files.sha256)
    if kept is not None:
        return kept
    paths = files.given()
    if IN_MEMORY in paths.values():
        raise InputError(
            "The world of this scenario was given in Python and is no longer kept. Give it again with with_world().",
            "โลกของสถานการณ์นี้มาจาก Python และไม่ได้เก็บไว้แล้ว ให้ใส่ใหม่ด้วย with_world()",
        )
    own, key = read_files(paths, YOUNGEST_EVER)  # how young was checked when the scenario was loaded
    if key != files.sha256:
        names = listed([shown(path) for path in paths.values()])
        raise InputError(
            f"{names} changed since the scenario was loaded. Load it again.",
            f"{names} เปลี่ยนไปหลังจากอ่านสถานการณ์ ให้อ่านใหม่อีกครั้ง",
        )
    return own


def shown(path: str | Path) -> str:
    """Return a path as messages show it: from the working folder where it lies below it."""
    whole = Path(path)
    with suppress(ValueError, OSError):
        return str(whole.relative_to(Path.cwd()))
    return str(whole)


def _ties(path: Path) -> tuple[Raw | None, Raw]:
    """Return the nodes, where it is a GraphML file, and the ties."""
    name = shown(path)
    if path.suffix.lower() == ".parquet":
        return None, read_table(path, name)
    raw = read_bytes(path, name)
    begins = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begins == b"<" or path.suffix.lower() in (".graphml", ".xml"):
        return read_graphml(raw, name)
    return None, read_table(path, name) if raw[:4] == b"PAR1" else read_csv(raw, name)


def _nodes(path: Path) -> tuple[Raw | None, Raw | None]:
    """Return nodes and ties where a file is a graph, whatever it is given for; None where it is none."""
    try:
        with path.open("rb") as file:
            begins = file.read(1000).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    except OSError:
        return None, None
    return _ties(path) if begins == b"<" else (None, None)


def _noticed(ties: Raw, nodes: Raw, people: str) -> Raw:
    """Notice that what a graph says of its nodes is not used where a table says who they are."""
    unused = [key for key in nodes.columns if key != "id"]
    if not unused:
        return ties
    names = listed([quoted(key) for key in unused])
    notice = (
        f"{people} says who the citizens are; attributes of nodes in {ties.name} are not used: {names}.",
        f"ข้อมูลพลเมืองมาจาก {people} จึงไม่ได้ใช้ข้อมูลของจุดใน {ties.name}: {names}",
    )
    return replace(ties, notices=(*ties.notices, notice))


def _of_networkx(graph: Any) -> tuple[Raw, Raw]:
    """Return nodes and edges of a graph as tables; nodes are called by the text of their key."""
    import pyarrow as pa

    if not len(graph):
        raise refused("graph", "The graph has no nodes.", "กราฟไม่มีจุด")
    nodes = [{**attributes, "id": str(node)} for node, attributes in graph.nodes(data=True)]
    edges = [{**attributes, "source": str(u), "target": str(v)} for u, v, attributes in graph.edges(data=True)]
    people = replace(_of_dicts(nodes, "graph", ("id",)), titles=tuple(f"node {node}" for node in graph))
    none = pa.table({"source": pa.array([], pa.string()), "target": pa.array([], pa.string())})
    ends = tuple(f"edge {u} - {v}" for u, v in graph.edges())
    found = replace(_of_dicts(edges, "graph", ("source", "target")), titles=ends) if edges else None
    if found is None:
        found = Raw("graph", {key: none.column(key).combine_chunks() for key in none.column_names}, 0)
    if graph.is_directed():
        notice = ("The graph's ties have directions; they count both ways.", "เส้นโยงของกราฟมีทิศทาง แต่นับทั้งสองทาง")
        found = replace(found, notices=(notice,))
    return people, found


def _of_dicts(rows: list[dict[Any, Any]], name: str, first: tuple[str, ...]) -> Raw:
    import pyarrow as pa

    keys = [*first, *dict.fromkeys(str(k) for row in rows for k in row if str(k) not in first)]
    texts = {key: pa.array([_text(row.get(key)) for row in rows], pa.string()) for key in keys}
    return of_arrow(pa.table(texts), name)


def _text(value: Any) -> str | None:
    missing = value is None or (isinstance(value, float) and value != value)
    return None if missing else str(value)


def keep(own: OwnWorld, key: str) -> None:
    """Keep a world in memory and, for workers, on disk, whole or not at all; the oldest ones go."""
    _in_memory[key] = own
    while len(_in_memory) > 2:
        del _in_memory[next(iter(_in_memory))]
    folder = _folder()
    part = folder / f".{key}-{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            np.savez(file, allow_pickle=False, **_arrays(own))
        part.replace(folder / f"{key}.npz")
        worlds = sorted(folder.glob("*.npz"), key=lambda p: p.stat().st_mtime)
        for old in worlds[:-_KEPT_WORLDS]:
            old.unlink(missing_ok=True)
    except OSError:  # workers then read the files again
        with suppress(OSError):
            part.unlink(missing_ok=True)


_in_memory: dict[str, OwnWorld] = {}


def fetch(key: str) -> OwnWorld | None:
    """Return a world that was kept, None where it was not."""
    if key not in _in_memory:
        found = _from_disk(str(_folder() / f"{key}.npz"))
        if found is None:
            return None
        _in_memory[key] = found
    return _in_memory[key]


def _folder() -> Path:
    return cache_folder() / "worlds"


def _arrays(own: OwnWorld) -> dict[str, Any]:
    texts = {"names": own.names, "organisations": own.organisation_names, "localities": own.locality_names}
    texts["households"] = own.household_names
    texts["notices"] = tuple(text for pair in own.notices for text in pair)
    found: dict[str, Any] = {f"text_{k}": np.frombuffer("\n".join(v).encode(), np.uint8) for k, v in texts.items()}
    found |= {f"count_{k}": np.array([len(v)]) for k, v in texts.items()}
    found |= {f"column_{k}": v for k, v in own.columns.items()}
    found |= {"ids": own.ids, "sector": own.organisation_sector, "seat": own.organisation_locality}
    if own.graph is not None:
        found |= {f"graph_{k}": getattr(own.graph, k) for k in ("indptr", "indices", "weights", "layers")}
    return found


def _from_disk(path: str) -> OwnWorld | None:
    try:
        with np.load(path) as kept:
            arrays = {key: kept[key] for key in kept.files}
    except (OSError, ValueError, EOFError):
        return None

    def texts(key: str) -> tuple[str, ...]:
        n = int(arrays[f"count_{key}"][0])
        return tuple(arrays[f"text_{key}"].tobytes().decode().split("\n")) if n else ()

    graph = None
    if "graph_indptr" in arrays:
        graph = Graph(*(arrays[f"graph_{k}"] for k in ("indptr", "indices", "weights", "layers")))
    notices = texts("notices")
    return OwnWorld(
        names=texts("names"),
        ids=arrays["ids"],
        columns={key.removeprefix("column_"): v for key, v in arrays.items() if key.startswith("column_")},
        graph=graph,
        organisation_names=texts("organisations"),
        organisation_sector=arrays["sector"],
        organisation_locality=arrays["seat"],
        locality_names=texts("localities"),
        household_names=texts("households"),
        notices=tuple(zip(notices[::2], notices[1::2], strict=True)),
    )
