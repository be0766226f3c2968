"""From a pilot to parameters: narrower, honest, repeatable, and loud where the pilot contradicts the model."""

import json
import shlex
from itertools import pairwise

import numpy as np
import pyarrow.parquet as pq
import pytest

import simulation as kw
from simulation.core.errors import InputError
from simulation.engine.prepare import prepare
from simulation.studies.backed import found_behind
from simulation.studies.evidence import learn
from simulation.studies.evidence.bridge import fitted
from simulation.studies.evidence.learned import two_sided
from simulation.studies.evidence.learned_file import learned_in
from simulation.studies.evidence.members import MEMBERS, members_before, others_given, togetherness
from simulation.world.parameter_files import parameters_of
from tests.studies.evidence.pilots import CONTROL, HEAD, effect_of, scenario_file, simulated, table

PEOPLE = "arm,week_from,week_to,acts,opportunities,people"
SMALL = "small,1,6,4200,12000,400"


def learned(folder, *rows, head=HEAD, out="learned.parquet", **more):
    return kw.learn(scenario_file(folder), table(folder, *rows, head=head), out=folder / out, **more)


WALKS = learn.FIRST_WALK, learn.SECOND_WALK


@pytest.fixture(scope="module", autouse=True)
def few_societies():
    """A coarser bridge is quick, and what is asked here does not hang on it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learn, "FIRST_WALK", 6)
        patch.setattr(learn, "SECOND_WALK", 10)
        yield


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A pilot that the model expects, learned from once."""
    return learned(tmp_path_factory.mktemp("pilot"), CONTROL, SMALL)


def width(r):
    return np.log(r.high / r.low)


def test_a_pilot_narrows_the_responsiveness_of_its_setting_and_says_how_far_it_moved(plain):
    found = plain.responsiveness["walk"]
    assert width(found.after) < 0.9 * width(found.before)
    assert found.before.low < found.after.median < found.before.high
    assert plain.members == MEMBERS
    assert plain.effective > 100
    assert plain.cautions == {}


def test_its_arm_is_predicted_nearer_and_more_closely_than_before(plain):
    arm = plain.arms[0]
    before, after = arm.level(arm.before), arm.level(arm.after)
    assert after.high - after.low < before.high - before.low
    assert after.low < arm.seen.level.rate < after.high
    assert arm.p_after > 0.5


def test_the_table_is_one_that_societies_draw_from_and_tells_its_pilot(plain):
    sets = parameters_of(str(plain.path), ("walk", "help"))
    assert len(sets.members.rows) == 200
    assert {"beta_c", "tau", "kappa_c", "sigma_s", "responsiveness_walk", "responsiveness_help"} <= set(
        sets.members.names
    )
    told = learned_in(plain.path)
    assert told["pilot"]["sha256"] == plain.pilot.sha256
    assert told["digest"] == plain.digest
    assert told["code"]
    drawn = np.array(sets.members.rows)[:, sets.members.names.index("kappa_c")]
    assert all(abs((drawn == size).mean() - 1 / 3) < 0.15 for size in (0.0, 0.3, 0.6))  # taken in turn, not in step


def test_the_same_pilot_teaches_the_same_to_the_byte(plain, tmp_path):
    again = learned(tmp_path, CONTROL, SMALL)
    assert pq.read_table(again.path).equals(pq.read_table(plain.path))
    other = learned(tmp_path, CONTROL, SMALL, set_="run.seed=2", out="other.parquet")
    assert not pq.read_table(other.path).equals(pq.read_table(plain.path))


def test_more_people_teach_more(plain, tmp_path):
    many = learned(
        tmp_path, CONTROL.replace("3600,12000,400", "360000,1200000,40000"), "small,1,6,420000,1200000,40000"
    )
    assert width(many.responsiveness["walk"].after) < width(plain.responsiveness["walk"].after)


def test_a_behaviour_that_was_not_tried_is_learned_by_half(plain):
    tried, other = (plain.responsiveness[b] for b in ("walk", "help"))
    assert width(tried.after) < width(other.after) < 1.05 * width(other.before)
    u = others_given({"walk": np.full(4000, 1.5)}, ("walk", "help"), 1)["help"]
    assert np.mean(u) == pytest.approx(0.75, abs=0.02)
    assert np.std(u) == pytest.approx(np.sqrt(0.75), abs=0.02)


def test_two_behaviours_that_were_both_tried_are_weighed_together():
    u = np.array([[1.0, -0.5], [1.0, 2.0]])
    known = {"walk": u[0], "help": u[1]}
    exact = -0.5 * (np.einsum("im,ij,jm->m", u, np.linalg.inv([[1, 0.5], [0.5, 1]]), u) - (u**2).sum(0))
    np.testing.assert_allclose(togetherness(known), exact)
    assert togetherness({"walk": u[0]}) == pytest.approx(0)


def test_a_pilot_of_two_behaviours_teaches_both(tmp_path):
    rows = [
        "control,walk,1,6,3600,12000,400",
        "control,help,1,6,480,2400,400",
        "small,walk,1,6,4200,12000,400",
        "helping,help,1,6,900,2400,400",
    ]
    found = learned(tmp_path, *rows, head="arm,behaviour,week_from,week_to,acts,opportunities,people")
    assert [a.seen.row.behaviour for a in found.arms] == ["walk", "help"]
    for m in found.responsiveness.values():
        assert width(m.after) < width(m.before)


def test_members_before_are_what_the_first_societies_would_draw(tmp_path):
    scenario = kw.load(scenario_file(tmp_path))
    members = members_before(scenario.run.seed, tuple(scenario.behaviours), 5)
    for k in range(5):
        p = prepare(scenario.with_({"world.citizens": 60}), k).parameters
        assert members.draws["beta_c"][k] == p.beta_c
        assert members.draws["sigma_s"][k] == p.sigma_s
        assert members.responsiveness["help"][k] == p.responsiveness[1]


def test_the_bridge_is_a_straight_line_and_what_it_leaves_is_an_error():
    chance = np.random.default_rng(1)
    x = chance.uniform(0, 1, (60, 2))
    y = 0.2 + 1.5 * x + 0.05 * chance.standard_normal((60, 2))
    y[:5, 1] = np.nan  # nobody enrolled
    found = fitted(x, y)
    assert found.slope == pytest.approx([1.5, 1.5], abs=0.1)
    assert found.constant == pytest.approx([0.2, 0.2], abs=0.06)
    assert found.error == pytest.approx([0.05, 0.05], abs=0.02)
    none = fitted(x, np.full_like(x, np.nan))
    assert (none.slope == 1).all()
    assert (none.constant == 0).all()


def test_who_signs_up_is_reckoned_as_the_scenario_has_it(plain, tmp_path):
    few = 'arms.small.schemes.cash.enrolment={ mode = "opt-in", target_share = 0.1, target_weeks = 4 }'
    found = learned(tmp_path, CONTROL, SMALL, set_=few)
    all_, tenth = (np.median(x.arms[0].before) for x in (plain, found))
    assert abs(tenth) < 0.3 * all_
    assert found.responsiveness["walk"].after.median > plain.responsiveness["walk"].after.median


def test_a_pilot_outside_what_was_held_possible_is_flagged(tmp_path):
    found = learned(tmp_path, CONTROL, "small,1,6,11500,12000,400")
    assert "outside_prior" in found.cautions
    assert "small" in found.cautions["outside_prior"].en


def test_arms_that_all_do_less_than_the_control_are_flagged(tmp_path):
    found = learned(tmp_path, CONTROL, "small,1,6,2800,12000,400", "large,1,6,2700,12000,400")
    assert "all_below_zero" in found.cautions
    assert found.responsiveness["walk"].after.median < found.responsiveness["walk"].before.median


def test_arms_that_contradict_one_another_are_named(tmp_path):
    rows = [
        CONTROL.replace("3600,12000,400", "36000,120000,4000"),
        "small,1,6,62000,120000,4000",
        "large,1,6,37000,120000,4000",
    ]
    found = learned(tmp_path, *rows)
    assert "not_explained" in found.cautions


def test_a_control_unlike_the_baseline_and_one_that_is_missing_are_said(tmp_path):
    assert "other_baseline_walk" in learned(tmp_path, "control,1,6,6000,12000,400", "small,1,6,6900,12000,400").cautions
    assert "no_control_walk" in learned(tmp_path, SMALL).cautions


def test_a_single_arm_that_is_not_explained_is_not_said_to_contradict_another(tmp_path):
    why = learned(tmp_path, CONTROL, "small,1,6,0,12000,400").cautions["not_explained"]
    assert "small (0.0%, the control 30.0%)" in why.en
    assert "contradict" not in why.en
    assert "ขัดแย้ง" not in why.th


def test_a_control_of_other_weeks_and_rows_that_taught_nothing_are_said(tmp_path):
    head = "arm,behaviour,week_from,week_to,acts,opportunities,people"
    rows = [
        "control,walk,1,3,1800,6000,400",
        "small,walk,1,6,4200,12000,400",
        "small,help,1,6,480,2400,400",
    ]
    said = learned(tmp_path, *rows, head=head).cautions
    assert set(said) == {"control_weeks_walk", "not_aimed_at"}
    assert "small" in said["control_weeks_walk"].en
    assert "small (help)" in said["not_aimed_at"].th


def test_take_up_unlike_the_scenarios_is_said(tmp_path):
    head = f"{PEOPLE},enrolled"
    found = learned(tmp_path, f"{CONTROL},", "small,1,6,1400,3000,400,100", head=head)
    assert "the scenario makes it 100%" in found.cautions["take_up_small"].en  # enrolment is automatic there


def test_how_unlikely_a_figure_is_counts_both_sides():
    draws = np.arange(999.0)
    assert two_sided(draws, 499.0) == pytest.approx(1.0, abs=0.01)
    assert two_sided(draws, -1.0) == pytest.approx(0.001)
    assert two_sided(draws, 2000.0) == pytest.approx(0.001)


def test_nothing_is_written_over_that_learn_did_not_write(tmp_path):
    (tmp_path / "mine.parquet").write_bytes(b"mine")
    with pytest.raises(InputError, match="did not write"):
        learned(tmp_path, CONTROL, SMALL, out="mine.parquet")
    assert (tmp_path / "mine.parquet").read_bytes() == b"mine"
    for out, why in (("learned.csv", "ends in .parquet"), ("none/learned.parquet", "no folder")):
        with pytest.raises(InputError, match=why):
            learned(tmp_path, CONTROL, SMALL, out=out)
    with pytest.raises(InputError, match="design_effect"):
        learned(tmp_path, CONTROL, SMALL, design_effect=0.5)


def test_the_command_that_follows_repeats_what_was_changed_and_quotes_what_it_must(tmp_path):
    changed = ["world.citizens=200", "run.weeks=13"]
    found = learned(tmp_path, CONTROL, SMALL, set_=changed, out="what we learned.parquet")
    words = shlex.split(found.command("th"))
    assert words[:3] == ["kwamdee", "compare", str(tmp_path / "walk.toml")]
    assert [b for a, b in pairwise(words) if a == "--set"] == changed
    assert words[-4:] == ["--parameters", str(tmp_path / "what we learned.parquet"), "--lang", "th"]
    assert found.command("en") in found.text("en")


def test_a_lesson_taken_to_another_setting_or_from_an_odd_pilot_says_so_wherever_it_is_used(plain, tmp_path):
    scenario = kw.load(scenario_file(tmp_path))
    same = found_behind(scenario.with_({"world.citizens": 60}), parameters_of(plain.path, ("walk", "help")))
    assert "elsewhere" not in same["pilot"]
    other = scenario.with_({"behaviours.walk.baseline": 0.6, "world.place": "TH-50"})
    odd = learned(tmp_path, CONTROL, "small,1,6,11500,12000,400")
    used = kw.compare(
        other, quick=True, replicates=2, set_="world.citizens=60", parameters=odd.path, out=tmp_path / "r"
    )
    for results in (used, kw.open(used.folder)):
        en, th = (results.to_json()["evidence"][lang][-1] for lang in ("en", "th"))
        assert "behaviours.walk.baseline was 0.3, here it is 0.6" in en
        assert "world.place was TH-10, here it is TH-50" in en
        assert "Learn again with this scenario" in en
        assert "behaviours.walk.baseline เป็น 0.3 แต่ที่นี่เป็น 0.6" in th
        assert odd.cautions["outside_prior"].en in en
        assert odd.cautions["outside_prior"].th in th


def test_what_is_printed_as_json_is_plain_data(plain):
    assert json.loads(json.dumps(plain.to_json(), allow_nan=False)) == plain.to_json()
    assert str(plain) == plain.text("en")


def test_an_arm_that_was_not_tried_is_predicted_more_narrowly_and_the_truth_is_held(tmp_path):
    society, pilot = simulated(tmp_path, 47, ["small"])
    scenario = kw.load(scenario_file(tmp_path))
    found = kw.learn(scenario, pilot, out=tmp_path / "learned.parquet")
    assert found.command("en") == ""  # no command knows a Scenario of Python
    assert "kwamdee compare" not in found.text("en")
    truth = effect_of(society, "large")
    before, after = predicted(scenario, "posterior", "large"), predicted(scenario, str(found.path), "large")
    assert after[1] - after[0] < 0.7 * (before[1] - before[0])
    assert after[0] < truth < after[1]


@pytest.mark.slow
def test_over_many_pilots_untried_arms_fall_in_their_intervals_as_often_as_promised(tmp_path, monkeypatch):
    monkeypatch.setattr(learn, "FIRST_WALK", WALKS[0])
    monkeypatch.setattr(learn, "SECOND_WALK", WALKS[1])
    scenario = kw.load(scenario_file(tmp_path))
    before = predicted(scenario, "posterior", "large")
    held, narrower = [], []
    for replicate in range(100, 130):
        society, pilot = simulated(tmp_path, replicate, ["small"])
        found = kw.learn(scenario, pilot, out=tmp_path / "learned.parquet")
        after = predicted(scenario, str(found.path), "large")
        held.append(after[0] <= effect_of(society, "large") <= after[1])
        narrower.append((after[1] - after[0]) / (before[1] - before[0]))
    assert np.mean(held) >= 0.77  # 0.9 less 2.4 standard errors of 30 pilots
    assert np.mean(narrower) < 0.6


def predicted(scenario, parameters, arm):
    """The 90 % interval of an arm's effect over 40 societies."""
    source = parameters_of(parameters, tuple(scenario.behaviours))
    effects = [effect_of(prepare(scenario, k, 0, source), arm) for k in range(40)]
    return np.quantile(effects, (0.05, 0.95))
