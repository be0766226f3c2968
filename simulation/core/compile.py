"""Compile the very functions that NumPy calls: one text of the rules, two engines.

Numba's cache goes stale when a function in another module changes, so its folder is named by the digest of all
sources; a changed equation therefore reaches both engines.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from simulation.core.version import code_digest

FLAGS: dict[str, Any] = {"error_model": "numpy", "fastmath": {"nnan", "ninf", "nsz"}}
"""No contraction of multiply and add, no reordering: either would change bits."""


def cache_folder() -> Path:
    """Return the folder for compiled passes of exactly these sources."""
    base = os.environ.get("KWAMDEE_CACHE") or os.environ.get("XDG_CACHE_HOME")
    root = Path(base) if base else Path.home() / ".cache"
    return root / "kwamdee" / code_digest()[:16]


def use_cache_folder() -> None:
    """Point Numba at the folder; to be called while the module with the passes is imported."""
    import numba

    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    setattr(numba.config, "CACHE_DIR", str(folder))  # noqa: B010  numba declares its settings at run time


def compile_module(module: ModuleType, names: Iterable[str], known: dict[str, Any] | None = None) -> dict[str, Any]:
    """Compile the named functions of a module; names in `known` are replaced by compiled ones."""
    import numba

    space: dict[str, Any] = {**vars(module), **(known or {})}
    done: dict[str, Any] = {}
    for name in names:
        plain: FunctionType = getattr(module, name)
        copy = FunctionType(plain.__code__, space, name, plain.__defaults__, plain.__closure__)
        space[name] = done[name] = numba.njit(**FLAGS)(copy)
    return done


def pass_decorator() -> Callable[[Callable[..., Any]], Any]:
    """Return the decorator of a compiled pass: cached, with the flags of the law."""
    import numba

    decorator: Callable[[Callable[..., Any]], Any] = numba.njit(cache=True, **FLAGS)
    return decorator
