"""Schedules in a running arm: seasons, ramp and follow-up, and that none of them takes away what was earned."""

import numpy as np
import pytest

from simulation.core.errors import ScenarioError
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start, step
from simulation.engine.weekview import week_view
from simulation.incentives.catalogue import scheme_classes
from simulation.studies.facts import facts_of
from simulation.studies.scheme_words import scheme_details
from tests.incentives.delivered import POINTS, state_of, town

FEE = 'kind = "fee_discount"\nbehaviour = "exercise"\nbaht_per_month = 40.0\nacts_needed_per_month = 2\n'
SEASON = "schedule = { start = 2, weeks = 70, season = { first_week = 10, weeks = 8 } }\n"
ON = [*range(10, 18), *range(62, 70)]


def weekly(scenario, weeks, read):
    """What `read` finds at the end of each week."""
    state, found = start(prepare(scenario, 0), "trial", "numpy"), []
    for _ in range(weeks):
        step(state)
        found.append(read(state))
    return state, found


def test_people_enter_with_the_first_week_in_season_and_stay_through_the_weeks_off():
    _, found = weekly(
        town(SEASON, weeks=78), 78, lambda s: (s.schemes[0].on, s.columns["enrolled"][0].sum(), s.live.sum())
    )
    assert [t for t, (on, _, _) in enumerate(found) if on] == ON
    assert {n for _, n, _ in found[:10]} == {0}
    assert {n for _, n, _ in found[10:]} == {600}
    assert {n for t, (_, _, n) in enumerate(found) if t not in ON} == {0}


def test_out_of_season_nobody_signs_up_leaves_or_is_paid():
    text = f'{SEASON}enrolment = {{ mode = "opt-in", friction = "one-tap" }}\nrun_cost_baht_per_week = 5.0\n'
    state, found = weekly(town(text, weeks=78), 78, lambda s: s.columns["enrolled"][0].tobytes())
    assert all(found[t] == found[t - 1] for t in range(1, 78) if t not in ON)
    assert found[17] != found[10]
    assert [e.week for e in state.schemes[0].ledger.entries] == ON


def test_months_of_a_season_are_settled_within_it_and_none_is_lost():
    state, _ = weekly(town(SEASON, weeks=78, kind=FEE), 78, lambda s: None)
    assert [e.week for e in state.schemes[0].ledger.entries if e.people_satang] == [13, 17, 65, 69]


@pytest.mark.parametrize("kind", sorted(scheme_classes()))
def test_a_kind_that_settles_by_the_month_says_so(kind):
    """So that a season which cuts one of its months is refused; see `scenario.delivery`."""
    import sys

    cls = scheme_classes()[kind]
    assert cls.monthly == hasattr(sys.modules[cls.__module__], "settles")


def test_a_season_that_cuts_a_month_is_refused_for_what_pays_by_the_month_alone():
    text = "schedule = { start = 0, weeks = 75, season = { first_week = 10, weeks = 13 } }\n"
    assert town(text, weeks=78)
    with pytest.raises(ScenarioError) as caught:
        town(text, weeks=78, kind=FEE)
    (problem,) = caught.value.problems
    assert problem.key == "arms.trial.schemes.reward.schedule.season"
    assert problem.line
    assert "the 13 weeks of offer from week 10 cut a month in two. Let a season have 12 or 16 weeks" in problem.text_en
    once = "schedule = { start = 0, weeks = 40, season = { first_week = 10, weeks = 13 } }\n"
    assert town(once, weeks=78, kind=FEE)  # the last month of all is cut as any schedule's may be


def test_where_nothing_is_lost_a_month_goes_on_in_the_next_season():
    """For kinds of others that do not say how they settle: no file check, and still every act counts."""
    fee = scheme_classes()["fee_discount"]
    s = fee(baht_per_month=40.0, acts_needed_per_month=16,
            schedule={"start": 0, "weeks": 104, "season": {"first_week": 0, "weeks": 6}})  # fmt: skip
    assert [s.schedule.since_start(t) for t in (0, 5, 52, 57)] == [0, 5, 6, 11]


def test_the_horizon_must_leave_the_follow_up_and_the_error_names_one_that_does():
    text = "schedule = { start = 2, weeks = 12, follow_up = 26 }\n"
    with pytest.raises(ScenarioError) as caught:
        town(text, weeks=30)
    (problem,) = caught.value.problems
    assert problem.key == "arms.trial.schemes.reward.schedule.follow_up"
    assert problem.line
    assert "leaves 16 of 26 weeks to follow up. Write run.weeks = 40 or more" in problem.text_en
    assert town(text, weeks=40)


def test_where_the_offer_itself_passes_the_horizon_that_alone_is_told():
    with pytest.raises(ScenarioError) as caught:
        town("schedule = { start = 2, weeks = 40, follow_up = 26 }\n", weeks=30)
    assert [p.key for p in caught.value.problems] == ["arms.trial.schemes.reward.schedule.weeks"]


@pytest.mark.parametrize(
    ("schedule", "key", "said"),
    [
        ("start = 0, weeks = 8, ramp = 9", "ramp", "A ramp of 9 weeks is longer than the offer of 8 weeks"),
        ("start = 0, weeks = 8, season = { first_week = 20, weeks = 4 }", "season", "Write weeks = 21 or more"),
        ("start = 0, weeks = 8, seasn = { first_week = 0, weeks = 4 }", "seasn", 'Did you mean "season"'),
        ("start = 0, weeks = 8, season = { first_week = 0, week = 4 }", "season.week", 'Did you mean "weeks"'),
    ],
)
def test_a_mistake_in_a_schedule_is_told_at_its_key(schedule, key, said):
    with pytest.raises(ScenarioError) as caught:
        town(f"schedule = {{ {schedule} }}\n")
    found = {p.key: p.text_en for p in caught.value.problems}
    assert said in found[f"arms.trial.schemes.reward.schedule.{key}"]


def test_people_sign_up_for_the_whole_amount_and_get_the_first_steps_of_it():
    sign_up = 'enrolment = { mode = "opt-in", friction = "web-form" }\n'
    full, _ = state_of(town(f"schedule = {{ start = 0, weeks = 12 }}\n{sign_up}", weeks=14))
    rising, _ = state_of(town(f"schedule = {{ start = 0, weeks = 12, ramp = 4 }}\n{sign_up}", weeks=14))
    assert np.array_equal(full.schemes[0].enrol_reason, rising.schemes[0].enrol_reason)
    paid = {
        name: [e.people_satang for e in s.schemes[0].ledger.entries] for name, s in (("full", full), ("ramp", rising))
    }
    assert 0 < paid["ramp"][0] < 0.3 * paid["full"][0]
    assert sum(paid["ramp"]) < sum(paid["full"])


def test_weeks_off_are_no_weeks_of_offer_in_the_results():
    facts = facts_of(town(SEASON, weeks=78), "town", "default", "")
    (window,) = [a.window for a in facts.arms if a.window is not None]
    assert window.weeks == ON
    assert window.blocks == [(10, 18), (62, 70)]
    assert (window.start, window.end) == (10, 70)


def test_a_season_is_said_in_both_languages():
    text = "schedule = { start = 0, weeks = 104, ramp = 3, taper = 1, season = { first_week = 48, weeks = 8 } }\n"
    details = scheme_details(town(text, weeks=120).arms["trial"].schemes["reward"])
    assert [d.en for d in details[-3:]] == [
        "only in weeks 48 to 3 of each year", "more each week over the first 3", "less in its last week"
    ]  # fmt: skip
    assert all(d.th for d in details)


def test_both_engines_agree_over_seasons_and_ramps():
    pytest.importorskip("numba")
    text = ("schedule = { start = 1, weeks = 75, ramp = 3, taper = 2, season = { first_week = 50, weeks = 9 } }\n"
            'enrolment = { mode = "opt-in", friction = "one-tap" }\n')  # fmt: skip
    society = prepare(town(text, weeks=78, citizens=400, kind=POINTS), 0)
    assert len({run(start(society, "trial", e)).columns.digest() for e in ("numpy", "numba")}) == 1


def test_a_scheme_is_shown_weeks_of_offer_and_not_of_the_calendar():
    seen = []

    def look(state):
        s = state.schemes[0]
        if s.on:
            view = week_view(
                s.scheme, state.prepared.behaviours[0], week=state.week, acts=np.zeros(1), opportunities=np.zeros(1),
                live=np.zeros(1), eligible=np.zeros(1), enrolled=np.zeros(1), locality_rate=np.zeros(1), accounts={},
            )  # fmt: skip
            seen.append((view.week, view.since_start, view.weeks_to_end))

    weekly(town(SEASON, weeks=78, citizens=50), 78, look)
    assert seen == [(t, i, 16 - i) for i, t in enumerate(ON)]
