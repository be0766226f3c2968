"""One scheme by itself, as a scenario file would give it, for models that are no scenario."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from simulation.core.errors import InputError
from simulation.core.names import did_you_mean
from simulation.incentives.base import Scheme
from simulation.incentives.catalogue import scheme_classes
from simulation.scenario.lines import Scan
from simulation.scenario.places import FileText
from simulation.scenario.problems import checked

_ALWAYS = {"start": 0, "weeks": 5200}


def scheme(kind: str, **parameters: Any) -> Scheme:
    """Return a scheme by its kind: `scheme("points", baht_per_act=5)`.

    Parameters are those of a scenario file; without a `schedule` it is on from the first week for as long as a model runs.

    Raises:
        InputError: For an unknown kind, with the nearest; for parameters that cannot be, all at once.

    Example:
        >>> import simulation as kw
        >>> kw.scheme("points", behaviour="waste_sort", baht_per_act=5.0).baht_per_act
        5.0
    """
    cls = class_of(kind)
    data = {"schedule": _ALWAYS, **parameters, "kind": kind}
    try:
        return cls.model_validate(data)
    except ValidationError:
        found: Scheme = checked(data, FileText(cls, f'kw.scheme("{kind}")', Scan("")))
        return found


def class_of(kind: str) -> type[Scheme]:
    """Return the class of a kind; raises InputError for one that is not installed, with the nearest."""
    classes = scheme_classes()
    if kind not in classes:
        (en, th, _), there = did_you_mean(str(kind), classes), ", ".join(classes)
        raise InputError(f'There is no scheme "{kind}".{en} There are {there}.', f'ไม่มีมาตรการ "{kind}"{th} มี {there}')
    return classes[kind]
