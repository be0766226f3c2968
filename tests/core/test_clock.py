"""When a scheme is on: ramp, taper, seasons, and months that none of them cuts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulation.core.clock import Schedule, cuts_a_month


@st.composite
def seasonal(draw):
    start, weeks = draw(st.integers(0, 120)), draw(st.integers(1, 160))
    season = {"first_week": draw(st.integers(0, 51)), "weeks": draw(st.integers(1, 51))}
    return start, weeks, season


def in_season(week, season):
    return (week - season["first_week"]) % 52 < season["weeks"]


@given(seasonal())
def test_a_season_leaves_on_the_weeks_of_the_year_it_names_and_no_other(given_):
    start, weeks, season = given_
    wanted = [t for t in range(start, start + weeks) if in_season(t, season)]
    if not wanted:
        with pytest.raises(ValidationError, match="falls into the season"):
            Schedule(start=start, weeks=weeks, season=season)
        return
    schedule = Schedule(start=start, weeks=weeks, season=season)
    assert [t for t in range(start + weeks + 60) if schedule.is_live(t)] == wanted
    assert (schedule.first, schedule.end, schedule.offered) == (wanted[0], wanted[-1] + 1, len(wanted))
    assert [t for a, b in schedule.blocks for t in range(a, b)] == wanted
    assert [schedule.since_start(t) for t in wanted] == list(range(len(wanted)))
    assert [schedule.weeks_to_end(t) for t in wanted] == list(range(len(wanted), 0, -1))


@given(st.integers(0, 50), st.integers(1, 60), st.integers(-20, 150))
def test_without_a_season_weeks_count_from_the_start_and_to_the_end(start, weeks, week):
    schedule = Schedule(start=start, weeks=weeks)
    assert schedule.since_start(week) == min(week, start + weeks) - start
    assert schedule.weeks_to_end(week) == start + weeks - week


def test_amounts_rise_over_the_first_weeks_and_fall_over_the_last_of_offer():
    schedule = Schedule(start=2, weeks=10, ramp=3, taper=1)
    assert [schedule.taper_factor(t) for t in range(2, 12)] == [0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1, 0.5]


def test_amounts_rise_and_fall_once_and_not_each_season():
    schedule = Schedule(start=0, weeks=104, ramp=1, taper=2, season={"first_week": 50, "weeks": 4})
    live = [t for t in range(104) if schedule.is_live(t)]
    assert live == [0, 1, 50, 51, 52, 53, 102, 103]
    assert [schedule.taper_factor(t) for t in live] == [0.5, 1, 1, 1, 1, 1, pytest.approx(2 / 3), pytest.approx(1 / 3)]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"weeks": 10, "ramp": 11}, "A ramp of 11 weeks is longer"),
        ({"weeks": 10, "ramp": 6, "taper": 5}, "ramp and taper together, 11 weeks"),
        ({"weeks": 60, "taper": 10, "season": {"first_week": 0, "weeks": 4}}, "longer than the offer of 8 weeks"),
        ({"weeks": 10, "season": {"first_week": 30, "weeks": 13}}, "Write weeks = 31 or more"),
        ({"weeks": 10, "season": {"first_week": 52, "weeks": 13}}, "less than or equal to 51"),
    ],
)
def test_what_does_not_fit_the_weeks_of_offer_is_refused(keys, said):
    with pytest.raises(ValidationError, match=said):
        Schedule(start=0, **keys)


def test_the_weeks_that_would_do_for_a_season_do():
    assert Schedule(start=0, weeks=31, season={"first_week": 30, "weeks": 13}).offered == 1
    assert Schedule(start=40, weeks=43, season={"first_week": 30, "weeks": 5}).first == 82


def test_a_month_is_cut_by_a_season_but_not_by_the_end():
    def of(weeks):
        return Schedule(start=0, weeks=104, season={"first_week": 10, "weeks": weeks}).blocks

    assert cuts_a_month(of(12)) is None
    assert cuts_a_month(of(13)) == (10, 23)
    assert cuts_a_month(Schedule(start=0, weeks=26).blocks) is None
