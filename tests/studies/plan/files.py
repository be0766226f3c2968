"""A study that is right, broken copies of it, and what is said of them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from simulation.agents.priors import priors
from simulation.core.errors import Problem, ScenarioError
from simulation.studies.plan.read import load_study

FEE = "arms.fee_discount.schemes.fee.baht_per_month"
PEERS = priors()["w_d"]
"""The parameter of the good study."""
GOOD = f"""\
format = 1
about.title = {{ en = "How large a discount", th = "ส่วนลดเท่าใด" }}
about.question = {{ en = "Does a larger discount last longer?", th = "ส่วนลดที่มากกว่าได้ผลนานกว่าหรือไม่" }}

[study]
scenario = "bangkok-waste"
set = {{ "world.citizens" = 2000 }}
arms = ["fee_discount", "comparison"]
outcomes = ["effect_pp", "effect_after_pp"]
replicates = 4
parameters = "posterior"

[levers.size]
key = "{FEE}"
range = [0, 120]
levels = 5
unit = {{ en = "baht a month", th = "บาทต่อเดือน" }}
title = {{ en = "Size of the discount", th = "ขนาดของส่วนลด" }}

[levers.start]
key = "arms.fee_discount.schemes.fee.schedule.start"
values = [0, 4, 8]

[uncertainties.peers]
key = "parameters.w_d"

[contrasts.lead]
outcome = "effect_pp"
arm = "comparison"
less = "fee_discount"

[design]
kind = "grid"
levels = 3
"""


def swapped(text: str, *swaps: tuple[str, str]) -> str:
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "study.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def error_of(folder: Path, text: str | bytes, settings: Sequence[str] = ()) -> ScenarioError:
    with pytest.raises(ScenarioError) as error:
        load_study(written(folder, text), settings)
    return error.value


def by_key(error: ScenarioError) -> dict[str, Problem]:
    """Return the problems by key; each key has one, for a cause is told once."""
    found = {p.key: p for p in error.problems}
    assert len(found) == len(error.problems) == error.total
    return found


def marked(problem: Problem) -> str:
    """Return what the carets stand under."""
    return problem.source_line[problem.caret_start : problem.caret_end]
