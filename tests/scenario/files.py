"""Broken copies of shipped scenarios, for tests of what is said of them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from simulation.core.errors import Problem, ScenarioError
from simulation.scenario.load import load
from tests.strategies import TEXTS

BANGKOK = TEXTS["bangkok-waste"].split("\n[sources]")[0]  # tests add tables of their own at the end
THORNTON = TEXTS["thornton-2008"]


def swapped(text: str, *swaps: tuple[str, str]) -> str:
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def error_of(folder: Path, text: str | bytes, settings: Sequence[str] = ()) -> ScenarioError:
    path = folder / "my.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ScenarioError) as error:
        load(path, settings)
    return error.value


def by_key(error: ScenarioError) -> dict[str, Problem]:
    """Return the problems by key; each key has one, for a cause is told once."""
    found = {p.key: p for p in error.problems}
    assert len(found) == len(error.problems) == error.total
    return found


def marked(problem: Problem) -> str:
    """Return what the carets stand under."""
    return problem.source_line[problem.caret_start : problem.caret_end]
