"""Schemes that other distributions announce: used where they can be, and named where they cannot."""

from types import SimpleNamespace

import pytest

from simulation.core import registry
from simulation.core.errors import InputError
from simulation.incentives.base import Scheme
from simulation.incentives.individual.points import Points


class Theirs(Points):
    """A scheme of another distribution."""

    kind: str = "theirs"


class Nameless(Points):
    """A scheme that forgot its kind."""

    kind: str


def announced(monkeypatch, load):
    entry = SimpleNamespace(name="x", value="theirs:Theirs", dist=SimpleNamespace(name="kwamdee-theirs"), load=load)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry])
    return registry.discover(["simulation.incentives.individual"], Scheme)


def test_an_announced_scheme_stands_among_the_others(monkeypatch):
    found = announced(monkeypatch, lambda: Theirs)
    assert found["theirs"] is Theirs
    assert found["points"] is Points


def broken():
    raise RuntimeError("boom")


@pytest.mark.parametrize(
    ("load", "said"),
    [
        (broken, "cannot be loaded: RuntimeError: boom"),
        (lambda: int, "is no Scheme"),
        (lambda: Nameless, "has no kind"),
        (lambda: type("Points", (Points,), {"__doc__": "A second."}), 'a second scheme of kind "points"'),
    ],
    ids=["broken", "no-scheme", "no-kind", "second"],
)
def test_an_announced_class_that_cannot_be_used_is_named_with_its_distribution(monkeypatch, load, said):
    with pytest.raises(InputError, match=said) as error:
        announced(monkeypatch, load)
    assert "kwamdee-theirs" in str(error.value)
