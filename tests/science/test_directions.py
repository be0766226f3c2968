"""Directions that the literature agrees on, over several societies at fixed seeds, with their standard errors.

Societies are compared with themselves, so that a standard error is that of the mean paired difference over societies.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import simulation.engine.prepare as preparing
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.fragment import fragment_of
from simulation.scenario.fragments import whole
from simulation.scenario.load import load
from simulation.scenario.model import Scenario

SOCIETIES = 8
NO_ARMS = [f"arms.{arm}.schemes={{}}" for arm in ("fee_discount", "recognition", "comparison", "district_goal")]
START, END, WEEKS = 2, 28, 44
WHEN = f"behaviour='waste_sort', schedule={{start={START}, weeks={END - START}}}"


@pytest.fixture
def fixed(monkeypatch):
    """Fix some parameters in every draw."""
    drawn = preparing.draws.draw

    def fix(**values) -> None:
        monkeypatch.setattr(preparing.draws, "draw", lambda *a: replace(drawn(*a), **values))

    return fix


def scenario(scheme: str, *settings: str, citizens: int = 1500) -> Scenario:
    sizes = [f"world.citizens={citizens}", f"run.weeks={WEEKS}", f"arms.x.schemes.a={{{scheme}, {WHEN}}}"]
    found = load("bangkok-waste", [*NO_ARMS, *sizes, *settings])
    return Scenario.model_validate(found.model_dump(mode="json"))


def effects(s: Scenario) -> np.ndarray:
    """Effect in percentage points by society and week."""
    found = []
    for replicate in range(SOCIETIES):
        records = run(start(prepare(s, replicate), "x")).records
        gap = (records.acts - records.acts_twin).sum(axis=(1, 2)) / records.opportunities.sum(axis=(1, 2))
        found.append(100 * gap)
    return np.array(found)


def mean_and_error(differences: np.ndarray) -> tuple[float, float]:
    return float(differences.mean()), float(differences.std(ddof=1) / np.sqrt(len(differences)))


def test_the_larger_the_reward_the_more_is_done_without_crowding(fixed):
    fixed(kappa_c=0.0)
    sizes = (1, 5, 25, 125)
    during = [effects(scenario(f"kind='points', baht_per_act={b}"))[:, START:END].mean(axis=1) for b in sizes]
    for less, more in pairwise(during):
        mean, error = mean_and_error(more - less)
        assert mean > 3 * error > 0
        assert (more > less).all()


def test_a_tiny_controlling_reward_for_an_intrinsic_act_lowers_it_once_it_is_taken_away(fixed):
    """A draw worth a tenth of a baht for an act done for its own sake, crowding at .6 (Deci, Koestner and Ryan 1999)."""
    fixed(kappa_c=0.6, iota_shift=0.0)
    found = effects(
        scenario("kind='prize_draw', prize_baht=1, chance_per_act=0.1", "behaviours.waste_sort.intrinsic=1.0")
    )
    mean, error = mean_and_error(found[:, END : END + 6].mean(axis=1))
    assert mean < -3 * error < 0
    late, _ = mean_and_error(found[:, -4:].mean(axis=1))
    assert mean < late < 0.5  # and it comes back
    fixed(kappa_c=0.0)
    without, error = mean_and_error(
        effects(scenario("kind='prize_draw', prize_baht=1, chance_per_act=0.1"))[:, END : END + 6].mean(axis=1)
    )
    assert without > -2 * error  # without crowding there is nothing to come back from


def test_an_honour_that_more_people_hold_does_less(fixed):
    """The same honour for nearly everybody and for few: it is worth V (1 - S), so its dilution shows in the effect."""
    fixed(kappa_c=0.0, tau=0.5, sigma_s=0.5)
    honour = "kind='recognition', audience='named-to-group', share_needed={}"
    few, many = (effects(scenario(honour.format(x)))[:, START + 8 : END].mean(axis=1) for x in (0.95, 0.05))
    mean, error = mean_and_error(few - many)
    assert mean > 3 * error > 0


def test_the_same_budget_on_the_less_motivated_goes_less_to_what_would_be_done_anyway(fixed):
    """Points of 20 baht, 300,000 baht in all, for the less or for the more motivated half."""
    fixed(kappa_c=0.0)
    s = scenario("kind='points', baht_per_act=20, budget_baht=300000")
    deadweight = np.zeros((2, SOCIETIES))
    for replicate in range(SOCIETIES):
        prepared = prepare(s, replicate)
        willing = prepared.alpha[0] > np.median(prepared.alpha[0])
        for half, mask in enumerate((~willing, willing)):
            state = start(prepared, "x")
            state.schemes[0].eligible[:] = mask
            scheme = run(state).schemes[0]
            assert 0 < scheme.paid_satang <= 30_000_000
            deadweight[half, replicate] = scheme.acts_live_twin / scheme.acts_live
    mean, error = mean_and_error(deadweight[1] - deadweight[0])
    assert mean > 3 * error > 0
    assert (deadweight[1] > deadweight[0]).all()


def test_the_same_money_spent_on_the_less_motivated_buys_more_additional_acts(fixed):
    """Exactly 300,000 baht for each half, by cutting the last pay-out: of acts paid, and of all acts to the horizon."""
    fixed(kappa_c=0.0, tau=0.5, sigma_s=0.5)
    s = scenario("kind='points', baht_per_act=20, budget_baht=300000, when_spent='pro-rata'")
    paid, all_weeks = np.zeros((2, SOCIETIES)), np.zeros((2, SOCIETIES))
    for replicate in range(SOCIETIES):
        prepared = prepare(s, replicate)
        willing = prepared.alpha[0] > np.median(prepared.alpha[0])
        for half, mask in enumerate((~willing, willing)):
            state = start(prepared, "x")
            state.schemes[0].eligible[:] = mask
            state.schemes[0].reached[:] = mask
            scheme = run(state).schemes[0]
            assert scheme.paid_satang == 30_000_000
            paid[half, replicate] = scheme.acts_live - scheme.acts_live_twin
            all_weeks[half, replicate] = (state.records.acts - state.records.acts_twin).sum()
    mean, error = mean_and_error(paid[0] - paid[1])
    assert mean > 3 * error > 0
    assert (paid[0] > paid[1]).all()
    mean, error = mean_and_error(all_weeks[0] - all_weeks[1])
    assert mean > 2 * error > 0


MONEY = sorted(kind for kind, cls in scheme_classes().items() if cls.amounts)
NOT_TO_ONES_OWN_PURSE = {
    "area_revenue",
    "block_grant",
    "charity_gift",
    "collective_goal",
    "matched_giving",
    "symbolic_points",
}
"""Kinds whose amount goes to an area or a charity, or is worth nothing: it enters nobody's own reasons (v = 0)."""
NOT_BY_THE_ACT = {"thank_you_gift"}
"""A gift comes whatever one does: it is felt, and its size is not."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", MONEY)
def test_the_larger_the_amount_of_any_kind_the_more_is_done_without_crowding(kind, fixed):
    """Its worked scenario without caps, its amount at a quarter, at one and at four times, in the same societies."""
    fixed(kappa_c=0.0, omega=0.0)
    gains = []
    for times in (0.25, 1.0, 4.0):
        data = whole(fragment_of(scheme_classes()[kind]))
        data["world"]["citizens"], data["run"]["weeks"] = 1000, END
        arm = next(a for a, x in data["arms"].items() if kind in {s["kind"] for s in x.get("schemes", {}).values()})
        for s in data["arms"][arm]["schemes"].values():
            s["schedule"] = {"start": START, "weeks": END - START}
            s.pop("caps", None)
            if s["kind"] == kind:
                name = next(x for x in scheme_classes()[kind].amounts if x in s)
                s[name] = type(s[name])(s[name] * times)
        lived = [run(start(prepare(Scenario.model_validate(data), r), arm, "numpy")).records for r in range(3)]
        gains.append(sum(int((x.acts - x.acts_twin).sum()) for x in lived))
    if kind in NOT_TO_ONES_OWN_PURSE | NOT_BY_THE_ACT:
        assert gains[0] == gains[1] == gains[2]
    else:
        assert gains[0] < gains[1] < gains[2]
