"""Where parameters come from: members, sets that belong together, of the shipped posterior or a user's table."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal

import numpy as np

from simulation.agents.priors import priors
from simulation.core.streams import PARAMETER, Streams

ParameterMode = Literal["posterior", "default"]
MODES: tuple[ParameterMode, ...] = ("posterior", "default")
FORMER = "ensemble"
"""What "posterior" was called before; it still means the same, and stands for it in the identity of runs."""
RESPONSIVENESS = "responsiveness"
NOT_TOGETHER = ("kappa_c",)
"""Never taken from the shipped posterior: no field study tells it, so societies take its three values in turn."""


@dataclass(frozen=True)
class Members:
    """A table of members.

    Attributes:
        names: Names of the columns.
        rows: One member each, in the order of the names.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]

    def of(self, seed: int, replicate: int) -> tuple[int, dict[str, float]]:
        """Return which member a society has, by a keyed permutation of all, and its values by name."""
        member = _member(seed, replicate, len(self.rows))
        return member, dict(zip(self.names, self.rows[member], strict=True))


@dataclass(frozen=True)
class ParameterSets:
    """A user's table of parameters, as text that travels with a job; two of the same text are the same.

    Attributes:
        text: The table as CSV: a line of names, then one line a member, every number so that it reads back to the bit.
        name: Name of the file that it was read from.
        place: The file as it was asked for, to repeat the command.
        file_sha256: The sha256 of that file's bytes.
    """

    text: str = field(repr=False)
    name: str = field(default="", compare=False)
    place: str = field(default="", compare=False)
    file_sha256: str = field(default="", compare=False)

    @cached_property
    def sha256(self) -> str:
        """The sha256 of the text: what results depend on."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def members(self) -> Members:
        """The table as numbers."""
        return _members(self.text)

    def to_json(self) -> dict[str, Any]:
        """Return the table as plain data for a manifest; `from_json` takes it back."""
        return {"name": self.name, "file_sha256": self.file_sha256, "sha256": self.sha256, "table": self.text}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ParameterSets:
        """Return the table of plain data; raises ValueError where the text is not that of its digest."""
        found = cls(str(data["table"]), str(data["name"]), str(data["name"]), str(data["file_sha256"]))
        if found.sha256 != data["sha256"]:
            raise ValueError("the table of parameters is not that of its digest")
        return found


ParameterSource = ParameterMode | ParameterSets
"""Where the parameters of every society come from."""


def identity_of(source: ParameterSource) -> str:
    """Return what stands for a source in the identity of runs and studies; that of results made before stays."""
    if isinstance(source, ParameterSets):
        return f"table:{source.sha256}"
    return FORMER if source == "posterior" else source


def label_of(source: ParameterSource) -> str:
    """Return what a reader is told: "posterior", "default", or the file with the first digits of its table's sha256."""
    return f"{source.name} ({source.sha256[:8]})" if isinstance(source, ParameterSets) else source


def table_of(source: ParameterSource) -> str:
    """Return the sha256 of the user's table, empty where there is none."""
    return source.sha256 if isinstance(source, ParameterSets) else ""


def asked_of(source: ParameterSource) -> str:
    """Return what stands behind --parameters to ask for a source again."""
    return source.place if isinstance(source, ParameterSets) else source


@cache
def posterior() -> Members:
    """Return the members of the shipped posterior, with those of its columns that are parameters drawn together."""
    text = _shipped()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    names = tuple(n for n in rows[0] if n in priors() and n not in NOT_TOGETHER)
    return Members(names, tuple(tuple(float(row[n]) for n in names) for row in rows))


def drawn_together() -> tuple[str, ...]:
    """Return the names of the parameters that the shipped posterior tells together."""
    return posterior().names


def number_of(name: str) -> int:
    """Return the number that stands for a name in the address of a draw."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")


def _shipped() -> str:
    """Return the text of the posterior: that of the evidence where it lies there, else the one before it.

    It is CSV, for a quick command draws too, and pyarrow takes longer to import than all of it.
    """
    data = resources.files("simulation") / "data"
    places: tuple[Traversable, ...] = (
        data / "evidence" / "posterior.csv",
        data / "parameters" / "model_ensemble.csv",
    )
    return next(p for p in places if p.is_file()).read_text("utf-8")


@lru_cache(maxsize=4)
def _members(text: str) -> Members:
    header, *rows = csv.reader(io.StringIO(text))
    return Members(tuple(header), tuple(tuple(map(float, row)) for row in rows))


def _member(seed: int, replicate: int, size: int) -> int:
    ids = np.arange(size, dtype=np.uint64)
    keys = Streams(seed, 0).uniform64(PARAMETER, ids, b=number_of("member") % 2**31)
    return int(np.argsort(keys, kind="stable")[replicate % size])
