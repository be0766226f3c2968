"""A struct of arrays whose columns are declared: name, dtype, unit, meaning and the one phase that writes each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Column:
    """What a column holds. `writer` is the phase that alone may change it; `axes` names its dimensions."""

    name: str
    dtype: type[np.generic]
    unit: str
    meaning: str
    writer: str
    axes: tuple[str, ...] = ("behaviour", "citizen")
    fill: float = 0.0


class Table(Mapping[str, NDArray[Any]]):
    """Arrays by name, all declared. A second claim to a column is an error that names both writers."""

    def __init__(self, columns: tuple[Column, ...], sizes: Mapping[str, int]) -> None:
        """Allocate each column; `sizes` gives the length of each axis."""
        self.declared: dict[str, Column] = {}
        self._arrays: dict[str, NDArray[Any]] = {}
        for column in columns:
            if column.name in self.declared:
                first = self.declared[column.name].writer
                raise ValueError(f"column {column.name!r} has two writers: {first!r} and {column.writer!r}")
            self.declared[column.name] = column
            shape = tuple(sizes[axis] for axis in column.axes)
            self._arrays[column.name] = np.full(shape, column.fill, dtype=column.dtype)

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return the array of a column."""
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._arrays)

    def __len__(self) -> int:
        """Count the columns."""
        return len(self._arrays)

    def __getattr__(self, name: str) -> NDArray[Any]:
        """Return a column as an attribute."""
        arrays = self.__dict__.get("_arrays", {})
        if name in arrays:
            found: NDArray[Any] = arrays[name]
            return found
        raise AttributeError(name)

    def set(self, name: str, values: NDArray[Any]) -> None:
        """Replace a column's values in place; shape and dtype stay."""
        self._arrays[name][...] = values

    def digest(self) -> str:
        """Return the sha256 of every column's bytes, for comparing engines."""
        sha = hashlib.sha256()
        for name in sorted(self._arrays):
            sha.update(name.encode())
            sha.update(np.ascontiguousarray(self._arrays[name]).tobytes())
        return sha.hexdigest()

    def describe(self) -> list[dict[str, str]]:
        """List the declarations: name, dtype, unit, meaning, writer."""
        return [
            {
                "name": c.name,
                "dtype": np.dtype(c.dtype).name,
                "unit": c.unit,
                "meaning": c.meaning,
                "writer": c.writer,
            }
            for c in self.declared.values()
        ]
