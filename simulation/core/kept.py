"""Values kept by what they are made of, up to a size; what was least recently used goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


class Kept:
    """A store of values that are never changed, each made once while there is room for it.

    `most` is the sum of sizes that are kept. It may be used from several threads: two that ask for the same value at
    once may both make it, and get one.
    """

    def __init__(self, most: int, size: Callable[[Any], int]) -> None:
        """Begin empty; `size` tells how much of `most` a value takes."""
        self.most, self.size = most, size
        self.held = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of `key`, made now where it is not here; one larger than all the room is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                found: T = self._values[key][0]
                return found
        value = make()
        size = self.size(value)
        with self._lock:
            if key in self._values:
                found = self._values[key][0]
                return found
            if size <= self.most:
                self._values[key] = (value, size)
                self.held += size
            while self.held > self.most:
                _, (_, gone) = self._values.popitem(last=False)
                self.held -= gone
        return value

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._values.clear()
            self.held = 0

    def __len__(self) -> int:
        """Count what is kept."""
        return len(self._values)


def one(value: Any) -> int:
    """Count a value as one, whatever it is."""
    return 1


_SMALL = 256
"""Bytes that a value takes beside its arrays, about."""


def bytes_of(value: Any) -> int:
    """Return about how many bytes a value takes: those of its arrays, in tuples, dicts and dataclasses too."""
    if isinstance(value, np.ndarray):
        return value.nbytes + _SMALL
    if isinstance(value, dict):
        return sum(map(bytes_of, value.values())) + _SMALL
    if isinstance(value, tuple | list):
        return sum(map(bytes_of, value)) + 64
    if is_dataclass(value) and not isinstance(value, type):
        return sum(bytes_of(getattr(value, f.name, None)) for f in fields(value)) + _SMALL
    return 64 + 2 * len(value) if isinstance(value, str) else 64
