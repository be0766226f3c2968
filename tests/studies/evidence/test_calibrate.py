"""Who is fitted in which stage, chains that are kept, and what a calibration writes; the sampler is made up."""

import json
import os
import time

import numpy as np
import pytest

from simulation.core.errors import InputError
from simulation.studies.evidence import calibrate as calibration
from simulation.studies.evidence import shipped
from simulation.studies.evidence.posterior import NAMES, Fit, Settings
from tests.studies.evidence.made import row, target

SETTINGS = Settings(seed=1, warmup=50, draws=60)
DVP = "dellavigna_pope_2018"
FIRST = [
    (row("one", "a"), target(0.4)),
    (row("one", "b"), target(0.6)),
    (row("two", "a"), target(0.2)),
    (row(DVP, "piece_1c"), target(0.5)),
    (row(DVP, "piece_10c"), target(0.7)),
    (row(DVP, "thanks"), target(0.1)),
]
LATER = row("later", "a", role="test")
WHOLE = [*FIRST, (LATER, target(0.3))]


class Made:
    """Draws by the seed alone, and remembers what it was asked for."""

    asked: list[tuple[int, tuple[bool, ...], tuple[int, int]]] = []  # noqa: RUF012  shared by all on purpose

    def __init__(self, table, targets, settings):
        assert len(table) == len(targets)

    def fit(self, mask, seed, lengths):
        self.asked.append((seed, tuple(mask.tolist()), lengths))
        chance = np.random.default_rng(seed)
        return Fit({n: chance.uniform(0.1, 0.5, lengths[1]) for n in NAMES}, np.zeros((lengths[1], 3)), 1, 7.0)


@pytest.fixture
def asked(monkeypatch):
    pytest.importorskip("numpyro")  # for its diagnostics, and the versions that are noted
    monkeypatch.setattr(calibration, "Sampler", Made)
    monkeypatch.setattr(calibration, "_SAMPLERS", {})
    monkeypatch.setattr(Made, "asked", [])
    yield Made.asked
    shipped.forget()


def made(out, **more):
    return calibration.calibrate(FIRST, WHOLE, SETTINGS, out, jobs=1, **more)


def names(known):
    return [f"{r.study} {r.arm}" for r, _ in known]


def test_the_first_stage_sees_who_calibrates_and_the_second_whose_first_prediction_is_on_record_too():
    unread, assumed = row("unread", role="test"), row("assumed", role="test")
    known = [*WHOLE, (unread, target(1.0)), (assumed, target(1.0))]
    first, whole = calibration.stages(known, {"later", "assumed"}, {"assumed"})
    assert names(first) == names(FIRST)
    assert names(whole) == names(WHOLE)
    assert names(calibration.stages(known, ())[1]) == names(FIRST)


def test_far_follow_ups_join_the_second_stage_only_where_nothing_is_walked_by_the_week():
    far = {"role": "test", "week_to": calibration.FARTHEST + 1}
    while_it_runs = row("later", "runs", live_to=60, **far)
    after, sticky = row("later", "after", week_from=5, **far), row("later", "sticky", sticky=True, live_to=60, **far)
    near = row("later", "near", role="test", week_from=5, week_to=calibration.FARTHEST)
    known = [(r, target(0.1)) for r in (while_it_runs, after, sticky, near)]
    assert names(calibration.stages(known, {"later"})[1]) == ["later runs", "later near"]


def test_each_study_is_left_out_whole_and_the_experts_task_keeps_two_of_its_arms():
    tasks = {t.fold: t.mask for t in calibration.tasks_of(FIRST, SETTINGS) if t.fold != calibration.FIRST}
    assert tasks == {
        "one": (False, False, True, True, True, True),
        "two": (True, True, False, True, True, True),
        DVP: (True, True, True, False, False, False),
        f"{DVP}|piece_1c,piece_10c": (True, True, True, True, True, False),
    }
    assert "|" not in "".join(str(t.fold) for t in calibration.tasks_of(FIRST[:3], SETTINGS))


def test_every_chain_has_a_seed_of_its_own_whatever_the_order_of_the_studies():
    def seeds(known, settings=SETTINGS):
        return {t.name: t.seed for t in calibration.tasks_of(known, settings)}

    there = seeds(FIRST) | {t.name: t.seed for t in calibration.whole_tasks(WHOLE, SETTINGS, "all")}
    assert len(set(there.values())) == len(there) == 2 * calibration.CHAINS + 3 + 1
    assert seeds(FIRST[::-1]) == seeds(FIRST)
    assert seeds(FIRST[:3])["one"] == seeds(FIRST)["one"]
    assert not set(seeds(FIRST, Settings(seed=2)).values()) & set(seeds(FIRST).values())


def test_chains_that_are_done_are_not_run_again(asked, tmp_path):
    told = []

    def stop(done, of, name):
        told.append((done, of))
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made(tmp_path, on_done=stop)
    assert not (tmp_path / shipped.MANIFEST).exists()
    made(tmp_path, on_done=lambda done, of, name: told.append((done, of)))
    assert told == [(k, 12) for k in range(1, 13)]
    assert len({seed for seed, *_ in asked}) == len(asked) == 12
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    made(tmp_path)
    assert len(asked) == 12
    assert before == {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.slow
def test_chains_on_several_processes_are_told_as_they_end_and_a_killed_process_in_one_line(
    asked, tmp_path, monkeypatch
):
    monkeypatch.setattr(calibration, "_chain", _named)
    tasks, told = calibration.tasks_of(FIRST, SETTINGS), []
    with pytest.raises(InputError, match="is kept: give the same command with fewer --jobs") as refused:
        told.extend(calibration.run_tasks(FIRST, tasks, SETTINGS, tmp_path, jobs=2))
    assert "--jobs" in refused.value.th
    assert told[:2] == [t.name for t in tasks[:2]]
    assert len(told) < len(tasks)


def _named(known, task, settings, work):
    """Return the name of a chain; the last kills its process."""
    if task.fold == f"{DVP}|piece_1c,piece_10c":
        time.sleep(0.5)
        os._exit(9)
    return task.name


def test_folds_are_half_as_long_and_have_the_draws_that_are_kept(asked, tmp_path):
    made(tmp_path)
    lengths = {mask: length for _, mask, length in asked}
    assert lengths.pop((True,) * len(FIRST)) == lengths.pop((True,) * len(WHOLE)) == (50, 60)
    assert set(lengths.values()) == {(25, calibration.KEPT)}


@pytest.mark.parametrize("other", ["a figure", "a row", "the seed", "the law", "no mark"])
def test_a_folder_of_another_calibration_is_refused_and_left_as_it_is(other, asked, tmp_path, monkeypatch):
    made(tmp_path)
    if other == "the law":
        monkeypatch.setattr(calibration, "law_digest", lambda: "another version of the law")
    if other == "no mark":
        (tmp_path / calibration.WORK / "identity").unlink()
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    whole = {"a figure": [*FIRST, (LATER, target(0.31))], "a row": FIRST}.get(other, WHOLE)
    settings = Settings(2, 50, 60) if other == "the seed" else SETTINGS
    with pytest.raises(InputError, match="holds chains of other studies, priors or settings, or of another") as refused:
        calibration.calibrate(FIRST, whole, settings, tmp_path, jobs=1)
    assert "--out" in refused.value.th
    assert before == {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}


def test_a_file_that_is_no_calibrations_is_not_written_over(asked, tmp_path):
    (tmp_path / shipped.POSTERIOR).write_text("mine\n", "utf-8")
    with pytest.raises(InputError, match="which would be lost") as refused:
        made(tmp_path)
    assert "--out" in refused.value.th
    assert [(p.name, p.read_text("utf-8")) for p in tmp_path.iterdir()] == [(shipped.POSTERIOR, "mine\n")]


def test_what_is_written_is_read_as_a_calibration(asked, tmp_path):
    said = made(tmp_path)
    found = shipped.calibration(tmp_path)
    assert found.manifest == said == json.loads((tmp_path / shipped.MANIFEST).read_text("utf-8"))
    assert set(found.folds) == {"first", "one", "two", DVP, f"{DVP}|piece_1c,piece_10c"}
    for draws in (found.posterior, *found.folds.values()):
        assert set(draws) == set(NAMES)
        assert {len(x) for x in draws.values()} == {calibration.KEPT}
    assert found.trained == (DVP, "later", "one", "two")
    assert (said["arms"], said["first_arms"], said["divergent"], said["draws"]) == (7, 6, 12, 8 * 60 + 4 * 200)
    assert set(said["parameters"]) == set(NAMES)
    assert set(said["rows"]) == {r.key for r, _ in WHOLE}
    assert shipped.stale(WHOLE, found) is None


def test_the_posterior_is_of_the_second_stage_and_each_fold_of_its_own_chain(asked, tmp_path):
    made(tmp_path)
    found = shipped.calibration(tmp_path)
    for fold, task in (("one", "one"), (f"{DVP}|piece_1c,piece_10c", "given-two-arms")):
        chain = calibration.read_chain(tmp_path / calibration.WORK / f"{task}.npz")
        np.testing.assert_allclose(found.folds[fold]["tau"], chain.draws["tau"], rtol=1e-6)
    for stage, draws in (("all", found.posterior), ("first", found.folds["first"])):
        for i in range(calibration.CHAINS):
            chain = calibration.read_chain(tmp_path / calibration.WORK / f"{stage}-{i}.npz").thinned(50)
            np.testing.assert_allclose(draws["tau"][50 * i : 50 * (i + 1)], chain["tau"], rtol=1e-5)


def test_the_study_that_moves_a_parameter_most_is_named(asked, tmp_path):
    said = made(tmp_path)["parameters"]["beta_c"]
    found = shipped.calibration(tmp_path)
    first = found.folds["first"]["beta_c"]
    moves = {s: (np.median(found.folds[s]["beta_c"]) - np.median(first)) / first.std() for s in ("one", "two", DVP)}
    most = max(moves, key=lambda s: abs(moves[s]))
    assert (said["moved_most_by"], said["moved_by_sd"]) == (most, pytest.approx(moves[most], abs=1e-4))
    assert said["low"] < said["median"] < said["high"]
