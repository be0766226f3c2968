"""Find plug-ins: classes in the modules of a named package, and those that other distributions announce."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

from simulation.core.errors import InputError

SCHEME_GROUP = "kwamdee.schemes"


def discover(
    packages: Iterable[str], base: type, group: str = SCHEME_GROUP, left_out: list[InputError] | None = None
) -> dict[str, type]:
    """Return the subclasses of `base` by their `kind`.

    Args:
        packages: Packages whose modules are looked through.
        base: What a class must be.
        group: Entry points of this group are looked through too.
        left_out: Takes up why an announced class cannot be used, so that the others can.

    Raises:
        InputError: Without `left_out`, for an announced class that cannot be used, naming who announced it, and for two
            of one kind.
    """
    found: dict[str, type] = {}
    for package_name in packages:
        package = importlib.import_module(package_name)
        for module in pkgutil.iter_modules(package.__path__, package_name + "."):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, type) and value.__module__ == module.name and issubclass(value, base):
                    _add(found, value, module.name)
    for entry in entry_points(group=group):
        try:
            _add(found, _loaded(entry, base), _named(entry))
        except InputError as error:
            if left_out is None:
                raise
            left_out.append(error)
    return dict(sorted(found.items()))


def _loaded(entry: EntryPoint, base: type) -> type:
    try:
        cls = entry.load()
    except Exception as error:
        raise InputError(
            f"{_named(entry)} cannot be loaded: {type(error).__name__}: {error}. Mend or uninstall it; "
            "it is not part of Kwamdee."
        ) from error
    if not (isinstance(cls, type) and issubclass(cls, base)):
        raise InputError(f"{_named(entry)} is no {base.__name__}. Mend or uninstall it; it is not part of Kwamdee.")
    return cls


def _named(entry: EntryPoint) -> str:
    """Name an entry point and the distribution that announces it."""
    distribution = entry.dist.name if entry.dist is not None else "an installed distribution"
    return f'The plug-in "{entry.name}" of {distribution} ({entry.value})'


def _add(found: dict[str, type], cls: type, by: str) -> None:
    field = getattr(cls, "model_fields", {}).get("kind")
    kind = getattr(field, "default", None)
    if not isinstance(kind, str):
        raise InputError(f'{by}: {cls.__name__} has no kind, such as kind: Literal["points"] = "points".')
    if kind in found and found[kind] is not cls:
        raise InputError(f'{by} brings a second scheme of kind "{kind}", which {found[kind].__module__} has already.')
    found[kind] = cls
