"""Who is eligible: by income, by what one does already, by who names one, by where one lives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulation.core.errors import ScenarioError
from simulation.core.graph import HOUSEHOLD
from simulation.engine.prepare import prepare
from simulation.engine.reach import reach_of
from simulation.engine.run import start
from simulation.engine.uptake import _Solver
from simulation.incentives.targeting import Target, lowest
from simulation.studies.scheme_words import who_only
from tests.incentives.delivered import town

SCHEDULE = "schedule = { start = 2, weeks = 12 }\n"
NEW = {
    "income": "income_fifths = [1, 2]",
    "below": "below_rate = 0.1",
    "least": "least_active_share = 0.25",
    "named": "nominated_share = 0.2",
    "poor places": "worst_off_localities = 0.3",
    "quiet places": 'worst_off_localities = 0.3, worst_off_by = "rate"',
}


def eligible(society, name="trial"):
    return start(society, name, "numpy").schemes[0].eligible > 0


@pytest.fixture(scope="module")
def societies():
    return {key: prepare(town(f"{SCHEDULE}target = {{ {text} }}"), 0) for key, text in NEW.items()}


def test_a_target_takes_the_fifths_of_income_it_names(societies):
    s = societies["income"]
    assert np.array_equal(eligible(s), s.citizens.income_fifth <= 1)


def test_those_who_do_little_already_are_told_by_their_own_rate_without_the_scheme(societies):
    s = societies["below"]
    assert np.array_equal(eligible(s), s.rate[0] < np.float32(0.1))
    s = societies["least"]
    found = eligible(s)
    assert found.sum() == round(0.25 * s.n)
    assert s.rate[0][found].max() <= s.rate[0][~found].min()


def test_friends_named_by_chance_have_more_ties_than_people_do():
    uneven = "world.ties = { work = 0, neighbourhood = 0, wide = 2.0, household = 2.7 }"
    s = prepare(town(f"{SCHEDULE}target = {{ {NEW['named']} }}", world=uneven, citizens=3000), 0)
    found = eligible(s)
    outside = np.bincount(
        np.repeat(np.arange(s.n), s.graph.degree)[(s.graph.layers & ~np.uint8(HOUSEHOLD)) > 0], minlength=s.n
    )
    assert 0 < found.sum() <= 0.21 * s.n
    by_theory = (outside.astype(float) ** 2).mean() / outside.mean()  # of a friend: weighted by degree
    assert outside[found].mean() == pytest.approx(by_theory, rel=0.08)
    assert by_theory > 1.2 * outside.mean()


def test_the_same_friends_are_named_whatever_arm_the_scheme_stands_in():
    text = f"{SCHEDULE}target = {{ nominated_share = 0.3 }}"
    both = town(f"{text}\n[arms.other.schemes.reward]\nkind = 'prize_draw'\nbehaviour = 'exercise'\n"
                f"prize_baht = 9.0\nchance_per_act = 0.5\n{text}")  # fmt: skip
    society = prepare(both, 0)
    assert np.array_equal(eligible(society), eligible(society, "other"))
    assert not np.array_equal(eligible(society), eligible(prepare(both, 1)))


def test_localities_worst_off_come_first(societies):
    for key, values in (("poor places", lambda s: s.citizens.wage), ("quiet places", lambda s: s.rate[0])):
        s = societies[key]
        mean = np.bincount(s.citizens.locality, weights=values(s)) / np.bincount(s.citizens.locality)
        taken = np.unique(s.citizens.locality[eligible(s)])
        assert set(taken) == set(np.argsort(mean)[:3])
        assert np.array_equal(eligible(s), np.isin(s.citizens.locality, taken))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.01, 1))
def test_the_lowest_share_is_whole_and_never_nobody(values, share):
    x = np.array(values)
    found = lowest(x, np.arange(len(x)), share)
    assert found.sum() == max(1, round(share * len(x)))
    assert not (~found).any() or x[found].max() <= x[~found].min()


def test_conditions_are_all_to_be_met(societies):
    both = prepare(town(f"{SCHEDULE}target = {{ {NEW['income']}, {NEW['least']} }}"), 0)
    assert np.array_equal(eligible(both), eligible(societies["income"]) & eligible(societies["least"]))


@pytest.mark.parametrize("text", sorted(NEW.values()))
def test_the_solver_of_enrolment_asks_the_very_people_whom_the_engine_asks(text, monkeypatch):
    solved = {}
    parts = _Solver._parts

    def seen(self, arm, name):
        solved[arm, name] = parts(self, arm, name)[1]
        return parts(self, arm, name)

    monkeypatch.setattr(_Solver, "_parts", seen)
    sign_up = 'enrolment = { mode = "opt-in", target_share = 0.4, target_weeks = 8 }\nchannels = { app = true }\n'
    society = prepare(town(f"{SCHEDULE}{sign_up}target = {{ {text} }}"), 0)
    rows = np.flatnonzero(start(society, "trial", "numpy").schemes[0].reached)
    assert len(rows)
    assert np.array_equal(solved["trial", "reward"], rows)


def test_after_a_change_of_the_world_the_files_own_friends_set_the_level():
    sign_up = 'enrolment = { mode = "opt-in", target_share = 0.4, target_weeks = 8 }\n'
    scenario = town(f"{SCHEDULE}{sign_up}target = {{ nominated_share = 0.4 }}")
    dearer = scenario.with_({"arms.trial.schemes.reward.baht_per_act": 50.0, "world.ties.wide": 6.0})
    assert prepare(dearer, 0).uptake[("trial", "reward")] == prepare(scenario, 0).uptake[("trial", "reward")]


@pytest.mark.parametrize("trait", ["sex", "religion", "age", "ids", "income", "household"])
def test_a_sensitive_trait_is_no_key_of_a_target(trait):
    with pytest.raises(ValidationError, match="Extra inputs"):
        Target(**{trait: 1})


def test_what_a_target_asks_and_is_not_told_is_an_error_of_whoever_calls(societies):
    with pytest.raises(ValueError, match="give it what is known"):
        Target(least_active_share=0.5).eligible(societies["least"].people)


def test_what_makes_a_place_badly_off_needs_a_share_of_places():
    with pytest.raises(ScenarioError) as caught:
        town(f'{SCHEDULE}target = {{ worst_off_by = "rate" }}')
    (problem,) = caught.value.problems
    assert problem.key == "arms.trial.schemes.reward.target.worst_off_by"
    assert "worst_off_localities = 0.2" in problem.text_en


def test_each_condition_is_said_in_both_languages(societies):
    for s in societies.values():
        (said,) = who_only(s.scenario.arms["trial"].schemes["reward"])
        assert said.en.startswith("only ")
        assert said.th.startswith("เฉพาะ")
    assert who_only(societies["quiet places"].scenario.arms["trial"].schemes["reward"])[0].en == (
        "only the 30% of localities worst off by rate of acting"
    )


def test_nobody_has_a_friend_in_a_town_without_ties():
    alone = "world.ties = { household = 3.0, work = 0, neighbourhood = 0, wide = 0 }"
    s = prepare(town(f"{SCHEDULE}target = {{ nominated_share = 1.0 }}", world=alone), 0)
    assert not eligible(s).any()
    assert reach_of(s.scenario.arms["trial"].schemes["reward"], "reward", s.citizens, s.people, s.streams,
                    s.alpha[0], s.ties_of).cost_satang == 0  # fmt: skip
