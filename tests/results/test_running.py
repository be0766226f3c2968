"""How many organisations run a scheme, from counts of each week to the sentence in the report."""

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from simulation.reports.notes import run_by
from simulation.reports.running_table import running as table_of
from simulation.results.outcomes import Window
from simulation.results.running import running_by_arm

SOCIETIES, WEEKS, UNITS = 20, 10, 50


@pytest.fixture(scope="module")
def found():
    runs = pd.DataFrame(
        {
            "run_id": [f"r{k}" for k in range(SOCIETIES)],
            "arm": "grant",
            "replicate": range(SOCIETIES),
            "status": "ok",
            "ledgers": json.dumps(
                [
                    {"run_by": "organisations", "granted_baht": 60.0, "cofunded_baht": 30.0},
                    {"run_by": "organisations", "granted_baht": 40.0, "cofunded_baht": 0.0},
                    {"run_by": "localities", "granted_baht": 7.0, "cofunded_baht": 7.0},
                    {"run_by": "", "granted_baht": 0.0, "cofunded_baht": 0.0},
                ]
            ),
        }
    )
    weeks = [(k, t) for k in range(SOCIETIES) for t in range(WEEKS)]
    series = pd.DataFrame(
        {
            "run_id": [f"r{k}" for k, _ in weeks],
            "week": [t for _, t in weeks],
            "group_kind": "organisations_running",
            "group": "all",
            "acts": [k + t for k, t in weeks],
            "acts_twin": 5,
            "opportunities": UNITS,
        }
    )
    return running_by_arm(runs, series, {"grant": Window(2, 8)})["grant"][0]


def test_the_last_week_of_offer_counts_and_societies_give_the_interval(found):
    counts = np.arange(SOCIETIES) + 7
    assert (found.number.mean, found.number.low, found.number.high) == (counts.mean(), counts[0], counts[-1])
    assert found.share.mean == pytest.approx(counts.mean() / UNITS)
    assert (found.share_twin.mean, found.units) == (pytest.approx(0.1), UNITS)
    assert (found.granted_baht, found.cofunded_baht) == (100.0, 30.0)


def test_each_kind_of_unit_is_granted_what_its_own_schemes_grant(found):
    """Grants to organisations are no grants to localities, though both run schemes of the arm."""
    assert (found.run_by, found.granted_baht) == ("organisations", 60.0 + 40.0)


def test_nobody_decides_where_no_row_says_so():
    empty = pd.DataFrame({"run_id": [], "week": [], "group_kind": []})
    assert running_by_arm(pd.DataFrame(), empty, {}) == {}


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_sentence_tells_share_range_number_and_what_would_be_anyway(found, lang):
    text = run_by(found, "Grant", lang)
    for number in ("33", "14", "52", "16", "50", "10"):
        assert number in text
    localities = run_by(SimpleNamespace(**{**vars(found), "run_by": "localities"}), "Grant", lang)
    assert {"en": "localities", "th": "พื้นที่"}[lang] in localities


@pytest.mark.parametrize(("lang", "who"), [("en", "organisations"), ("th", "องค์กร")])
def test_the_report_has_share_and_number_in_a_table_and_none_where_nobody_decides(found, lang, who):
    facts = SimpleNamespace(name="grant", title=SimpleNamespace(get={"en": "Grant", "th": "เงินอุดหนุน"}.get))
    table = table_of(SimpleNamespace(arms=[SimpleNamespace(facts=facts, running=(found,))]), lang)
    cells = [c.main for c in table.rows[0].cells]
    assert cells[0] == who
    assert cells[1:5] == ["33", "16.5", "50", "10"]
    assert cells[5:] == ["100", "30"]
    assert table_of(SimpleNamespace(arms=[SimpleNamespace(facts=facts, running=())]), lang) is None
