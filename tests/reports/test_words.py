"""Small made-up comparisons, one for each headline, in both languages."""

import numpy as np
import pytest

from simulation.core.params import Text
from simulation.reports.notes import notes
from simulation.reports.sentences import spaced
from simulation.reports.terminal import Screen, render
from simulation.reports.words import answer, headline, interval, points
from simulation.results.findings import find
from simulation.results.intervals import Estimate, estimate
from simulation.results.outcomes import Window
from simulation.results.summary import ArmFacts, ArmSummary, ScenarioFacts, Summary


def arm(name: str, effects: np.ndarray, **changes) -> ArmSummary:
    found = estimate(effects)
    assert found is not None
    facts = ArmFacts(
        name, Text(en=name.capitalize(), th="มาตรการ" + name), Text(en="x", th="x"), "area", Window(4, 56), "automatic"
    )
    return ArmSummary(
        **{
            "facts": facts, "effects": effects, "effect": found, "effect_after": None, "kept_share": None,
            "kept_share_3_5": None, "kept_share_12_14": None, "cost_per_act": None, "take_up": None,
            "spillover": None, "level": None, "extra_acts": None, "costs_per_1000": (0.0, 0.0, 0.0), "p_best": 0.5,
            "best_count": 1.0, "spreads": {}, "variance_reduction": None, "fan": np.zeros((5, 60)),
            "budget_closed": None, "groups": (), "by_crowding": (), **changes,
        }
    )  # fmt: skip


def summary(*arms: ArmSummary) -> Summary:
    n = len(arms[0].effects) if arms else 0
    facts = ScenarioFacts(
        "s", Text(en="S", th="ส"), Text(en="Q", th="ถ"), Text(en="acting", th="การทำ"), "d", 1, n, 60, 100, "citizen",
        1.0, 10, "posterior", (), tuple(a.facts for a in arms),
    )  # fmt: skip
    return Summary(facts, n, 0, 0.34, 0.0, arms, find(arms, n, 1.0, "posterior"), {})


SPREAD = np.linspace(-0.4, 0.4, 20)
CASES = [
    ((), "nothing to compare", "There is nothing to compare yet"),
    ((arm("a", SPREAD[:5] + 3),), "too few", "5 societies are too few"),
    ((arm("a", SPREAD), arm("b", SPREAD / 2)), "all without effect", "No scheme makes a difference"),
    ((arm("a", SPREAD + 6), arm("b", SPREAD + 3)), "clear winner", "A does most."),
    ((arm("a", SPREAD + 3.1), arm("b", 3 - SPREAD)), "tie", "A and B do equally well"),
    ((arm("a", 9 * SPREAD + 4), arm("b", 3 - 9 * SPREAD)), "not settled", "A leads, but these runs do not settle it."),
    ((arm("a", SPREAD + 3),), "works", "A works."),
    ((arm("a", 9 * SPREAD + 1),), "one not settled", "These runs do not settle whether A works."),
]


@pytest.mark.parametrize(("arms", "kind", "sentence"), CASES, ids=[c[1] for c in CASES])
def test_each_headline_follows_from_its_rule_in_both_languages(arms, kind, sentence):
    s = summary(*arms)
    assert s.findings[0].kind == kind
    assert headline(s, "en").startswith(sentence)
    assert headline(s, "th")
    for lang in ("en", "th"):
        text = answer(s, lang) + " ".join(notes(s, lang))
        assert "nan" not in text
        assert "None" not in text


def lasting(left: float, societies: int, kept: Estimate | None = None) -> dict:
    """An effect of which `left` is left in the first societies, and half in the others."""
    last = np.full(20, 5.0)
    after = np.where(np.arange(20) < societies, left, 0.5) * last
    return {"kept_share": kept or Estimate(left, 0.0, 0.5), "per_society": {"last_pp": last, "kept_share": after}}


def test_harm_and_lasting_and_budget_are_said():
    s = summary(
        arm("fee", SPREAD + 5, **lasting(0.1, 20, Estimate(0.1, 0.0, 0.2)), budget_closed=(15, 41)),
        arm("b", SPREAD - 4),
    )
    kinds = {f.kind for f in s.findings}
    assert {"fades", "backfires", "budget closes early"} <= kinds
    said = " ".join(notes(s, "en"))
    assert "Little outlasts fee: 26 weeks after it ends, 10% of the effect of its last weeks is left (0 to 20)." in said
    assert "does harm" in said
    assert "15 of 20 societies (median week 41)" in said


@pytest.mark.parametrize(
    ("left", "societies", "kind"),
    [(0.2, 17, "fades"), (0.2, 16, None), (0.3, 20, None), (0.6, 17, "lasts"), (0.6, 16, None)],
)
def test_fading_and_lasting_are_counted_over_societies(left, societies, kind):
    found = {f.kind for f in summary(arm("a", SPREAD + 5, **lasting(left, societies))).findings}
    assert found & {"fades", "lasts"} == ({kind} if kind else set())


def test_harm_after_the_end_is_counted_over_societies():
    def harmed(societies: int) -> bool:
        after = np.where(np.arange(20) < societies, -2.0, 0.0)
        s = summary(
            arm("a", SPREAD + 5, effect_after=Estimate(-2.0, -2.0, 0.0), per_society={"effect_after_pp": after})
        )
        return any(f.kind == "backfires" for f in s.findings)

    assert harmed(17)
    assert not harmed(16)


@pytest.mark.parametrize(
    ("closed", "societies", "said"),
    [
        ((15, 41), 20, "closes A early in 15 of 20"),
        ((20, 4), 20, "never opens in 20 of 20"),
        ((9, 41), 20, "closes A early in 9 of 20 societies (median week 41)"),
        ((3, 9), 4, "closes A early in 3 of 4"),
    ],
)
def test_a_budget_that_ends_early_or_never_opens_is_said_with_few_societies_too(closed, societies, said):
    found = " ".join(notes(summary(arm("a", SPREAD[:societies] + 5, budget_closed=closed)), "en"))
    assert (said in found) if said else ("budget" not in found)


def test_latin_names_stand_apart_from_thai():
    assert spaced("ผลของBudเหลือ 0.6", "th") == "ผลของ Bud เหลือ 0.6"
    assert spaced("Bud has 0.6", "en") == "Bud has 0.6"


def test_a_cost_that_few_societies_bear_is_said():
    cost, extra = np.where(np.arange(20) < 3, 1000.0, 0.0), np.full(20, 100.0)
    s = summary(
        arm("a", SPREAD + 5, cost_per_act=Estimate(1.5, 0.0, 1.2), per_society={"cost_baht": cost, "extra_acts": extra})
    )
    assert "costs anything in 3 of 20 societies" in " ".join(notes(s, "en"))
    assert "3 จาก 20" in " ".join(notes(s, "th"))


@pytest.mark.parametrize("arms", [c[0] for c in CASES if c[0]], ids=[c[1] for c in CASES if c[0]])
def test_the_answer_names_who_adds_how_much(arms):
    s = summary(*arms)
    said = answer(s, "en")
    assert " It adds" not in said or headline(s, "en").startswith(("A ", "These runs"))
    assert "A" in said.split("percentage points")[0] or "A works" in said


@pytest.mark.parametrize(("x", "text"), [(3.46, "+3.5"), (-0.04, "0.0"), (0.0, "0.0"), (-1.26, "−1.3")])
def test_numbers_carry_a_sign_and_never_a_negative_zero(x, text):
    assert points(x) == text


def test_an_interval_is_words_not_a_dash():
    assert interval(Estimate(1, -0.5, 2.25), "en") == "−0.5 to 2.2"
    assert interval(Estimate(1, None, None), "en") == ""


@pytest.mark.parametrize("lang", ["en", "th"])
def test_no_line_of_the_terminal_is_wider_than_its_screen(lang):
    from rich.cells import cell_len

    s = summary(arm("fee", SPREAD + 6), arm("goal", SPREAD + 3))
    text = render(s, lang, Screen(width=80))
    table = [line for line in text.split("\n") if lang == "en" or not line.startswith("  ")]
    assert all(cell_len(line) <= 80 for line in table)
