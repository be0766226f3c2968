"""Find plug-ins: classes in the modules of a named package, and those that other distributions announce."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from importlib.metadata import entry_points

SCHEME_GROUP = "kwamdee.schemes"


def discover(packages: Iterable[str], base: type, group: str = SCHEME_GROUP) -> dict[str, type]:
    """Return the subclasses of `base` by their `kind`; two of one kind are an error that names both."""
    found: dict[str, type] = {}
    for package_name in packages:
        package = importlib.import_module(package_name)
        for module in pkgutil.iter_modules(package.__path__, package_name + "."):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, type) and value.__module__ == module.name and issubclass(value, base):
                    _add(found, value)
    for entry in entry_points(group=group):
        _add(found, entry.load())
    return dict(sorted(found.items()))


def _add(found: dict[str, type], cls: type) -> None:
    kind = cls.model_fields["kind"].default  # type: ignore[attr-defined]
    if kind in found and found[kind] is not cls:
        raise ValueError(f"two schemes of kind {kind!r}: {found[kind].__module__} and {cls.__module__}")
    found[kind] = cls
