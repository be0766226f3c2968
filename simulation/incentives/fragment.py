"""The worked scenario of a scheme: the TOML in its docstring, read from there by docs, tests and the command."""

from __future__ import annotations

import inspect
import tomllib
from typing import Any

HEAD = "Worked scenario::"


def fragment_of(cls: type[Any]) -> str:
    """Return the indented TOML that follows "Worked scenario::" in a class's own docstring; empty where none does."""
    _, found, after = inspect.cleandoc(cls.__doc__ or "").partition(f"{HEAD}\n")
    if not found:
        return ""
    lines = []
    for line in after.split("\n"):
        if line.strip() and not line.startswith("    "):
            break
        lines.append(line[4:])
    return "\n".join(lines).strip() + "\n"


def described(cls: type[Any]) -> str:
    """Return a class's docstring without its worked scenario."""
    return inspect.cleandoc(cls.__doc__ or "").partition(HEAD)[0].strip()


def own_parameters(cls: type[Any]) -> dict[str, Any]:
    """Return the first scheme of the class's kind in its worked scenario, as a table; empty where there is none."""
    fields: dict[str, Any] = getattr(cls, "model_fields", {})
    kind = getattr(fields.get("kind"), "default", None)
    for arm in tomllib.loads(fragment_of(cls)).get("arms", {}).values():
        for scheme in arm.get("schemes", {}).values():
            if scheme.get("kind") == kind:
                return dict(scheme)
    return {}
