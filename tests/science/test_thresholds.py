"""Threshold contagion, `law.decision`: nothing without a reason, little below the threshold, more above it."""

from statistics import NormalDist

import numpy as np
import pytest

from simulation.agents import equations as law
from simulation.agents.thresholds import MEAN, REFERENCE_PUSH, SPREAD, gain, thresholds, whole_neighbourhood
from simulation.core.streams import Streams
from simulation.engine.decision import TERMS, decision_of
from simulation.engine.prepare import prepare
from simulation.engine.run import PHASES, decide, run, start, step
from simulation.scenario.model import Scenario
from tests.science.test_rivals import HONOUR, OPT_IN, POINTS, gains, scenario

THRESHOLD = "law.decision='threshold'"
UNSEEN = "behaviours.waste_sort.visible=0"
SEEN = "behaviours.waste_sort.visible=1.0"
PEOPLE = np.arange(1, 40_001, dtype=np.uint64)


def paid(baht: float) -> str:
    return POINTS.replace("=20, b", f"={baht}, b")


def first_weeks(*settings: str, baht: float = 20) -> float:
    """Acts gained in the first three weeks of offer, in two societies with the usual parameters."""
    found = 0.0
    for replicate in range(2):
        s = scenario(UNSEEN, *settings, schemes=(paid(baht),))
        state = start(prepare(s, replicate, parameters="default"), "x", "numpy")
        for _ in range(9):
            step(state)
        found += float((state.records.acts - state.records.acts_twin).sum())
    return found


def test_without_a_scheme_both_worlds_are_one():
    state = run(start(prepare(scenario(THRESHOLD, SEEN), 2), "control", "numpy"))
    assert np.array_equal(state.records.acts, state.records.acts_twin)
    assert not any(state.columns[name].any() for name in ("habit", "norm", "crowding"))
    assert not state.thresholds  # nobody was asked for one


def test_the_twins_are_those_of_the_logit():
    logit, threshold = (run(start(prepare(scenario(*rule), 2), "x", "numpy")) for rule in ((), (THRESHOLD,)))
    assert np.array_equal(logit.records.acts_twin, threshold.records.acts_twin)
    assert not np.array_equal(logit.records.acts, threshold.records.acts)


def test_a_scheme_of_zero_worth_changes_nothing():
    assert not gains(THRESHOLD, SEEN, schemes=(paid(0),)).any()


def test_thresholds_are_shares_of_neighbours_around_a_quarter_and_the_same_for_a_person_in_every_arm():
    found = thresholds(Streams(7, 0), PEOPLE, 0)
    shares = found / whole_neighbourhood()
    assert shares.min() >= 0.0
    assert shares.mean() == pytest.approx(MEAN, abs=0.004)  # six standard errors; few are held at 0
    assert shares.std() == pytest.approx(SPREAD, abs=0.004)
    assert np.array_equal(found, thresholds(Streams(7, 0), PEOPLE, 0))
    assert not np.array_equal(found, thresholds(Streams(7, 0), PEOPLE, 1))
    assert not np.array_equal(found, thresholds(Streams(7, 0, 1), PEOPLE, 0))


def test_the_mean_response_is_that_of_the_logit_at_the_reference_push_smaller_below_and_larger_above():
    found = thresholds(Streams(7, 0), PEOPLE, 0)
    response = {u: float(law.counted(np.float32(u), found, gain()).mean()) for u in (0.0, 0.1, 0.25, 0.5, 1.0)}
    assert response[REFERENCE_PUSH] == pytest.approx(REFERENCE_PUSH, rel=0.02)
    assert response[0.0] == 0.0
    assert response[0.25] == pytest.approx(0.31 * 0.25, rel=0.05)  # the share that docs/law.md names
    assert response[1.0] == pytest.approx(1.43, rel=0.01)
    steps = np.diff([response[u] / u for u in (0.1, 0.25, 0.5, 1.0)])
    assert (steps > 0).all()  # each bit of a push does more than the one before


def test_the_gain_is_that_of_the_distribution_and_pushes_down_are_as_pushes_up():
    reached = NormalDist(MEAN, SPREAD).cdf(REFERENCE_PUSH / whole_neighbourhood())
    assert float(gain()) == pytest.approx(1.0 / reached, rel=1e-6)
    u, theta = np.array([0.3, 0.7, -0.3, -0.7], np.float32), np.float32(0.4)
    assert law.counted(u, theta, np.float32(2)).tolist() == pytest.approx([0.0, 1.4, 0.0, -1.4])
    assert law.counted(np.float32(0), np.float32(0), gain()) == 0.0


def test_without_neighbours_effects_are_of_one_size_with_the_logit_and_reward_size_matters_more():
    """R is about .36, .53 and 1.0 for 1, 20 and 300 baht; standard errors are below a tenth of each."""
    small, usual, large = (first_weeks(THRESHOLD, baht=b) / first_weeks(baht=b) for b in (1, 20, 300))
    assert small < usual < large
    assert 0.5 < small < 0.95
    assert usual == pytest.approx(1.0, abs=0.25)
    assert 1.2 < large < float(gain()) + 0.1


def decided(week: int, *settings: str):
    """Return the state in the middle of a week, after its decisions and before anything follows from them."""
    state = start(prepare(scenario(*settings), 2, parameters="default"), "x", "numpy")
    for _ in range(week):
        step(state)
    for phase in PHASES[: PHASES.index(decide) + 1]:
        phase(state)
    return state, decision_of(state, state.prepared.behaviours[0], np.arange(state.prepared.n))


def test_whoever_is_below_the_threshold_does_as_the_twin():
    state, found = decided(6, THRESHOLD, UNSEEN)  # the first week of offer: no habit yet, nothing seen
    pushed = state.schemes[0].reason
    below = pushed < state.thresholds[0]
    moved = found.logit - found.twin_logit - found.terms[TERMS.index("crowding")]
    assert 0.1 < below.mean() < 0.9
    np.testing.assert_allclose(moved[below], 0.0, atol=1e-6)
    np.testing.assert_allclose(moved[~below], float(gain()) * pushed[~below], rtol=1e-5)


def test_the_chance_that_is_told_is_the_one_that_was_drawn_from():
    state, found = decided(12, THRESHOLD, SEEN)
    assert state.columns["norm"][0].any()
    assert state.columns["habit"][0].any()
    np.testing.assert_allclose(state.probability(0), 1.0 / (1.0 + np.exp(-found.logit)), rtol=1e-5)


def test_neighbours_push_others_over_and_a_scattered_few_do_not():
    """The effect on those never in the scheme, as a share of that on those in it, is smaller where few are in it."""

    def spilled(rule: tuple[str, ...], share: float) -> float:
        joins = f"{paid(300)}, enrolment={{mode='opt-in', target_share={share}, target_weeks=10}}"
        state = run(start(prepare(scenario(SEEN, *rule, schemes=(joins,), citizens=2000), 2), "x", "numpy"))
        excess = state.columns["norm"][0]
        return float(
            (law.counted(np.float32(1.6) * excess, state.thresholds[0], gain()) if rule else 1.6 * excess).sum()
        )

    few, many = spilled((THRESHOLD,), 0.05), spilled((THRESHOLD,), 0.5)
    assert few < many
    assert few / many < spilled((), 0.05) / spilled((), 0.5)


def test_clustering_helps_a_scheme_in_one_place_under_thresholds_and_not_under_the_logit():
    """Complex contagion (Centola and Macy 2007): neighbours who are won together win one another, so the ring gains."""
    place = "target={localities=[1, 2, 3, 4, 5, 6, 7, 8]}, enrolment={mode='automatic'}"

    def gained(rule: tuple[str, ...], generator: str) -> float:
        total = 0.0
        for replicate in range(2):
            s = scenario(SEEN, *rule, f"world.ties.generator='{generator}'", "world.localities.number=25",
                         schemes=(f"{paid(1000)}, {place}",), citizens=2000, weeks=30)  # fmt: skip
            records = run(start(prepare(s, replicate, parameters="default"), "x", "numpy")).records
            total += float((records.acts - records.acts_twin)[14:26].sum())
        return total

    assert gained((THRESHOLD,), "ring") > 1.08 * gained((THRESHOLD,), "random")
    assert gained((), "ring") < 1.08 * gained((), "random")


@pytest.mark.parametrize("how", ["weighted", "majority", "locality", "salient"])
@pytest.mark.parametrize("decision", ["logit", "threshold"])
def test_both_engines_agree_to_the_last_bit(how, decision):
    pytest.importorskip("numba")
    more = [
        SEEN, f"law.decision='{decision}'", f"law.norm_perception='{how}'", "law.crowding_acts='after'",
        'behaviours.device={baseline=0.3, opportunities_per_week=7, dynamics="sticky", redecision=0.05, visible=1.0}',
        "behaviours.rare={baseline=0.4, opportunities_per_week=0.5, visible=1.0}",
        "arms.x.schemes.d={kind='prize_draw', prize_baht=400, chance_per_act=0.1, behaviour='device', schedule={start=4, weeks=12}}",
        "arms.x.schemes.r={kind='points', baht_per_act=400, behaviour='rare', schedule={start=4, weeks=12}}",
    ]  # fmt: skip
    s = scenario(*more, schemes=(f"{POINTS}, {OPT_IN}", HONOUR), citizens=500, weeks=26)
    society = prepare(Scenario.model_validate(s.model_dump(mode="json")), 1)
    readable, fast = run(start(society, "x", "numpy")), run(start(society, "x", "numba"))
    assert readable.columns.digest() == fast.columns.digest()
    assert readable.columns["norm"].any(axis=1).all()
