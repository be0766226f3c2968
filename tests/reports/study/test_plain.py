import re

import pandas as pd
import pytest

import simulation as kw
from simulation.reports.study.plain import readable_table

ASKED = kw.study(
    "bangkok-waste",
    {"discount": {"key": "arms.fee_discount.schemes.fee.baht_per_month", "values": [0, 80]}},
    outcomes=["effect_pp", "take_up"],
    replicates=2,
)
POINTS = pd.DataFrame(
    {
        "point": [0, 1],
        "discount": [0, 80],
        "arm": ["fee_discount", "fee_discount"],
        "replicates": [2, 2],
        "failed": [0, 0],
        **{
            f"{o}{form}": [0.25, 0.5]
            for o in ("effect_pp", "take_up", "level")
            for form in ("", "_mcse", "_low", "_high")
        },
    }
)


@pytest.mark.parametrize("lang", ["en", "th"])
def test_points_are_shown_with_what_is_judged_alone(lang):
    text = readable_table("points", POINTS, ASKED.facts, lang)
    assert len(text.splitlines()) == 5 + 2 * 4
    assert "0.25" in text
    assert "Level" not in text
    if lang == "th":
        assert all(re.match("[ก-๛]", line) for line in text.splitlines())


def test_failed_runs_are_shown_with_why_and_how_to_repeat_them():
    row = {
        "run_id": "ab",
        "point": 1,
        "arm": "fee_discount",
        "replicate": 0,
        "discount": 80,
        "scenario": "x",
        "seed": 1,
    }
    row |= {
        "status": "failed",
        "error": "ValueError",
        "message": "no",
        "command": "kwamdee rerun ab",
        "effect_pp": None,
    }
    text = readable_table("failed", pd.DataFrame([row]), ASKED.facts, "en")
    assert "kwamdee rerun ab" in text
    assert "scenario" not in text
