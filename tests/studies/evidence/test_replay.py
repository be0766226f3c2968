"""Studies replayed by the engine: whoever carries it out, the same; each row is an arm against its own twins."""

import os
from dataclasses import replace

import numpy as np
import pytest

from simulation.core.errors import InputError
from simulation.engine.totals import BehaviourTotals
from simulation.scenario.load import load_text
from simulation.studies.evidence import replay as replays
from simulation.studies.evidence.coding import Span, rows_of
from simulation.studies.evidence.replay import Replay, difference_of, members_of
from tests.studies.evidence.small_study import DESIGN

REPLICATES = 7
SPANS = [
    Span("cash", "return_book", 0, 4),
    Span("cash", "return_book", 4, 6),
    Span("deposit", "return_book", 0, 4),
    Span("vow", "return_book", 0, 2),
]


def draws(_=None):
    k = np.arange(10)
    same = {"beta_m": 0.3, "v0": 0.02, "tau": 0.3, "omega": 0.0, "sigma_s": 0.4, "kappa_c": 0.55}
    return {"beta_c": 0.3 + 0.1 * k, **{name: np.full(10, value) for name, value in same.items()}}


@pytest.fixture(scope="module")
def studies(tmp_path_factory):
    place = tmp_path_factory.mktemp("s")
    second = DESIGN.replace("baseline = 0.3", "baseline = 0.5").replace("citizens = 400", "citizens = 300")
    return {"one": load_text(DESIGN, place / "one.toml"), "two": load_text(second, place / "two.toml")}


@pytest.fixture(scope="module")
def rows(studies):
    return [r for name, scenario in studies.items() for r in rows_of(scenario, name, SPANS)]


def predicted(studies, rows, jobs=1, **more):
    return Replay(studies, draws, REPLICATES, jobs, **more).predict(rows)


@pytest.fixture(scope="module")
def found(studies, rows):
    return predicted(studies, rows)


def same(a, b):
    return all(np.array_equal(p.draws, q.draws) and np.array_equal(p.level, q.level) for p, q in zip(a, b, strict=True))


def test_a_row_is_predicted_in_each_replicate(rows, found):
    assert [p.row for p in found] == rows
    assert all(p.draws.shape == p.level.shape == (REPLICATES,) for p in found)
    assert found[0].draws.min() > 0.1  # cash moves
    assert np.ptp(found[0].draws) > 0.1  # and the draws differ


def test_the_numbers_depend_neither_on_processes_nor_on_what_else_is_asked(studies, rows, found):
    assert same(predicted(studies, rows, jobs=2), found)
    alone = [r for r in rows if r.study == "two" and r.arm == "cash"][::-1]
    assert same(predicted({"two": studies["two"]}, alone), [p for p in found if p.row in alone][::-1])


def test_those_who_did_not_accept_do_as_their_twins():
    counts = np.array([[60, 20, 100], [20, 20, 100]])
    draws, level = difference_of(counts, 0.25)
    assert level == pytest.approx([0.3, 0.2])
    assert draws == pytest.approx([np.log(0.3 / 0.7) - np.log(0.2 / 0.8), 0.0])


def test_none_and_all_are_moved_by_half_an_act():
    draws, level = difference_of(np.array([[100, 0, 100]]), 1.0)
    assert level == pytest.approx([100.5 / 101])
    assert draws == pytest.approx([2 * np.log(100.5 / 0.5)])


def test_a_row_against_another_arm_is_the_difference_of_both(studies, rows, found):
    cash, deposit = rows[0], rows[2]
    (pair,) = predicted(studies, [replace(cash, against=deposit)])
    assert np.array_equal(pair.draws, found[0].draws - found[2].draws)
    odds = 0.3 / 0.7 * np.exp(pair.draws)  # in the study's own unit as the figure is: from the baseline
    assert pair.level == pytest.approx(odds / (1 + odds))


def test_a_share_who_accepted_that_was_recalled_takes_several_values(studies, found, monkeypatch):
    recalled = dict(key="study.arms.deposit.accepted", low=0.1, high=0.6, why={"en": "Recalled", "th": "จากความจำ"})
    said = [a.model_dump() for a in studies["one"].study.assumed]
    unsure = studies["one"].with_({"study.assumed": [*said, recalled]})
    deposit = rows_of(unsure, "one", SPANS[2:3])
    used = []
    monkeypatch.setattr(replays, "difference_of", lambda counts, a: used.append(a) or difference_of(counts, a))
    (pair,) = predicted({"one": unsure}, deposit)
    ((first, *others),) = used
    assert first == 0.25
    assert len({first, *others}) == 5
    assert 0.1 <= min(others) < 0.25 < max(others) <= 0.6
    same_society = replays.VALUES_OF_ASSUMED
    assert (first, pair.draws[0]) == (others[same_society - 1], found[2].draws[0])


def test_an_arm_is_run_as_far_as_it_is_looked_at_and_no_others_are(studies, rows, monkeypatch):
    run = []

    class Watched(BehaviourTotals):
        def count(self, state):
            run.append((state.arm, state.week))
            super().count(state)

    monkeypatch.setattr(replays, "BehaviourTotals", Watched)
    Replay(studies, draws, 1, 1).predict([r for r in rows if r.study == "one" and r.arm == "vow"])
    assert run == [("vow", 0), ("vow", 1)]


def test_draws_are_spread_over_all_there_are_and_crowding_is_left_to_the_replicate():
    members = members_of(draws(), 5)
    assert [dict(m.fixed)["beta_c"] for m in members] == pytest.approx([0.3, 0.5, 0.7, 0.9, 1.1])
    assert all("kappa_c" not in dict(m.fixed) for m in members)
    assert len(members_of(draws(), 25)) == 25


def test_recalled_inputs_take_other_values_in_other_replicates(studies, monkeypatch):
    asked = []
    monkeypatch.setattr(replays, "with_assumed", lambda scenario, k: asked.append(k) or scenario)
    replays._scenario.cache_clear()
    rows = rows_of(studies["one"], "one", SPANS[:1])
    Replay(studies, draws, REPLICATES, 1).predict(rows)
    replays._scenario.cache_clear()
    assert sorted(asked) == [0, 1, 2, 3, 4]


def test_progress_ends_with_all_societies(studies, rows):
    said = []
    predicted(studies, rows, watch=lambda done, total: said.append((done, total)))
    assert said[0] == (0, 2 * REPLICATES)
    assert said[-1] == (2 * REPLICATES, 2 * REPLICATES)
    assert [done for done, _ in said] == sorted({done for done, _ in said})


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_wrong_is_told_with_the_study(studies, rows, jobs):
    bad = {"beta_c": np.array([np.nan])}
    replay = Replay(studies, {"one": draws(), "two": bad}.get, REPLICATES, jobs)
    with pytest.raises(InputError, match=r"^two: .*beta_c") as told:
        replay.predict(rows)
    assert told.value.render("th").startswith("two: ")


def test_what_a_study_has_not_is_refused_before_anything_is_run(studies, rows):
    with pytest.raises(InputError, match=r"one: .* weeks 0 to 7; the study has 6 weeks"):
        predicted(studies, [replace(rows[0], week_to=7)])
    with pytest.raises(InputError, match=r"three .* no study of that name"):
        predicted(studies, [replace(rows[0], study="three")])


@pytest.mark.slow
def test_a_killed_worker_is_told_in_one_line(studies, rows, monkeypatch):
    monkeypatch.setattr(replays, "replayed", _die)
    with pytest.raises(InputError, match="fewer --jobs"):
        predicted(studies, rows, jobs=2)


def _die(part):
    os._exit(9)
