"""The order of a study's rows and the columns of its tables, as the manifest says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from simulation.results.study_columns import CIRCUMSTANCES, NUMBERS, OUTCOMES, STATUS, WHO, WHOLE

Kind = Literal["runs", "failed", "series"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FactorType = Literal["float64", "int64", "text", "bool"]

KEYS = ("point", "replicate", "arm")
"""What tells rows of a study apart."""

_TEXT, _WHOLE, _NUMBER = pa.string(), pa.int64(), pa.float64()
_TYPES = {"float64": _NUMBER, "int64": _WHOLE, "text": _TEXT, "bool": pa.bool_()}


def _typed(names: tuple[str, ...]) -> tuple[tuple[str, pa.DataType], ...]:
    return tuple((n, _WHOLE if n in WHOLE else _NUMBER if n in NUMBERS else _TEXT) for n in names)


_FIRST, _IDENTITY, _OUTCOMES, _CIRCUMSTANCES = (_typed(names) for names in (WHO, STATUS, OUTCOMES, CIRCUMSTANCES))
_SERIES = (("week", _WHOLE), ("behaviour", _TEXT), ("group_kind", _TEXT), ("group", _TEXT), ("acts", _WHOLE),
           ("acts_twin", _WHOLE), ("opportunities", _NUMBER), ("people", _WHOLE), ("enrolled", _WHOLE),
           ("paid", _NUMBER))  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """What the store knows of a design: its size, the order of arms, the type of each factor's column.

    Attributes:
        arms: Arms that are run, in the order of their rows.
        points: Points of the design.
        replicates: Most simulated societies at a point; task number = point * replicates + replicate.
        factors: Name of each factor and "float64", "int64", "text" or "bool", in the order of their columns.
        least: Fewest simulated societies that every point needs, where a target decides; None where all need the most.
    """

    arms: tuple[str, ...]
    points: int
    replicates: int
    factors: tuple[tuple[str, FactorType], ...] = ()
    least: int | None = None

    @property
    def tasks(self) -> int:
        """Number of tasks: points times replicates."""
        return self.points * self.replicates

    @property
    def cells(self) -> int:
        """Number of rows of a whole study: tasks times arms."""
        return self.tasks * len(self.arms)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, for the manifest's key "layout"."""
        return {
            "arms": list(self.arms),
            "points": self.points,
            "replicates": self.replicates,
            "factors": dict(self.factors),
            "least": self.least,
        }

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> Layout:
        """Read it from a manifest; raises KeyError, TypeError or ValueError where that holds none."""
        found = manifest["layout"]
        factors = tuple((str(name), kind) for name, kind in found["factors"].items())
        if any(kind not in _TYPES for _, kind in factors):
            raise ValueError("a factor's type is unknown")
        least = None if found.get("least") is None else int(found["least"])
        return cls(tuple(map(str, found["arms"])), int(found["points"]), int(found["replicates"]), factors, least)

    def schema(self, kind: Kind) -> pa.Schema:
        """Return the columns of a table and their types, in their order."""
        factors = [(name, _TYPES[type_]) for name, type_ in self.factors]
        if kind == "series":
            return pa.schema([*_FIRST, *_SERIES])
        return pa.schema([*_FIRST, *factors, *_IDENTITY, *_OUTCOMES, *_CIRCUMSTANCES])

    def places(self, batch: pa.RecordBatch | pa.Table) -> NDArray[np.int64]:
        """Return each row's place in the order of the design, from 0; -1 for rows outside the design."""
        point = np.asarray(batch.column("point"), np.int64)
        replicate = np.asarray(batch.column("replicate"), np.int64)
        arm = self._arm_numbers(batch.column("arm"))
        inside = (point >= 0) & (point < self.points) & (replicate >= 0) & (replicate < self.replicates) & (arm >= 0)
        return np.where(inside, (point * self.replicates + replicate) * len(self.arms) + arm, -1)

    def _arm_numbers(self, column: pa.Array | pa.ChunkedArray) -> NDArray[np.int64]:
        coded = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        if not pa.types.is_dictionary(coded.type):
            coded = coded.dictionary_encode()
        number = {name: i for i, name in enumerate(self.arms)}
        of_code = np.array([*(number.get(name, -1) for name in coded.dictionary.to_pylist()), -1], np.int64)
        return of_code[np.asarray(coded.indices.fill_null(-1), np.int64)]
