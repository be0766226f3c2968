"""What every shipped scenario must say of itself, and what the four on Thai programmes promise."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from scripts.scenario_findings import BEGINS, ENDS
from simulation.core.params import counted
from simulation.incentives.area.collective_goal import CollectiveGoal
from simulation.scenario.lines import scan
from simulation.scenario.load import load, shipped
from simulation.world.facts import fact, table
from tests.strategies import TEXTS

NAMES = sorted(shipped())
OWN = [name for name in NAMES if "[study]" not in TEXTS[name]]  # a replay's numbers are its study's
SEEN = re.compile(r"#.*\b[VDLR]\b")
"""A mark beside a figure that is not ours; a chosen value needs its range in [sources]."""
RANGE = re.compile(r"(-?[\d.]+) to (-?[\d.]+)")
OF_THE_TRIAL = {"format", "run.weeks", "run.replicates", "run.seed", "world.citizens", "rights.smallest_cell"}
"""How large a trial is: no figure about the world. The weeks of a scheme are such a thing too."""


def numbers(data: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], float]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from numbers(value, (*path, key))
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield path, data


def of_the_trial(path: tuple[str, ...]) -> bool:
    return ".".join(path) in OF_THE_TRIAL or "schedule" in path


@pytest.mark.parametrize("name", NAMES)
def test_title_question_acts_and_arms_are_in_english_and_thai(name):
    scenario = load(name)
    texts = [scenario.about.title, scenario.about.question]
    texts += [x.title for x in (*scenario.behaviours.values(), *scenario.arms.values()) if x.title]
    assert len(texts) == 2 + len(scenario.behaviours) + len(scenario.arms) - 1  # the control is named by the program
    for text in texts:
        assert re.search("[A-Za-z]", text.en)
        assert re.search("[ก-๛]", text.th), text.en
        assert text.en != text.th
        assert not text.th.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_a_header_opens_with_the_question_and_says_what_was_found(name):
    text = TEXTS[name]
    opening = text.split("\n#\n")[0]
    assert opening.startswith("# ")
    assert "?" in opening
    assert text.index(BEGINS) < text.index(ENDS) < text.index("\nformat = 1")
    said = " ".join(line.removeprefix("# ").strip() for line in text[text.index(BEGINS) : text.index(ENDS)].split("\n"))
    scenario = load(name)
    assert (
        f"{scenario.run.replicates} simulated societies of {scenario.world.citizens:,} {scenario.world.decider}s"
        in said
    )
    assert f"over {counted(scenario.run.weeks, 'week')}, seed {scenario.run.seed}," in said
    for arm in scenario.arms.values():
        assert not arm.schemes or f"- {arm.title.en}: " in said


@pytest.mark.parametrize("name", NAMES)
def test_every_scheme_and_behaviour_carries_a_mark(name):
    scenario = load(name)
    for arm in scenario.arms.values():
        for scheme in arm.schemes.values():
            assert scheme.mark is not None
            assert scheme.mark in ("design", "R") or scheme.source
    for behaviour in scenario.behaviours.values():
        assert behaviour.mark is not None
        assert behaviour.mark in ("design", "R") or behaviour.source


@pytest.mark.parametrize("name", OWN)
def test_every_number_says_where_it_comes_from(name):
    text = TEXTS[name]
    places, data = scan(text), tomllib.loads(text)
    named = {tuple(key.split(".")) for key in data["sources"]}
    assert len(named) == len(data["sources"])
    bare = []
    for path, _ in numbers(data):
        line = places.source(places.line_of(places.spans[path].start)[0])
        listed = any(path[:n] in named for n in range(2, len(path) + 1))
        if not (of_the_trial(path) or listed or SEEN.search(line) or _has_source(data, path)):
            bare.append(".".join(path))
    assert bare == (["world.urban"] if name == "bangkok-waste" else [])  # all of Bangkok is municipal: no range


def _has_source(data: dict, path: tuple[str, ...]) -> bool:
    """A wage and a baseline are what the source of their table is about."""
    for part in path[:-1]:
        data = data[part]
    return "source" in data and path[-1] in ("mean", "gini", "baseline")


@pytest.mark.parametrize("name", OWN)
def test_every_range_belongs_to_a_number_and_holds_it(name):
    data = tomllib.loads(TEXTS[name])
    values = {".".join(path): value for path, value in numbers(data)}
    known = load(name).model_dump(mode="json")
    for key, said in data["sources"].items():
        found = known
        for part in key.split("."):
            assert part in found, key
            found = found[part]
        span = RANGE.search(said)
        if "design" in said:
            assert span or "within" in said or "either way" in said or isinstance(found, str | dict), key
        if key in values and span and "earners" not in said:
            assert float(span.group(1)) <= values[key] <= float(span.group(2)), key


def row(name: str) -> dict[str, str]:
    return next(r for r in table("behaviours") if r["id"] == name)


@pytest.mark.parametrize(
    ("scenario", "behaviour", "of"),
    [
        ("helmets", "helmet", "helmet"),
        ("moral-credit-villages", "saving", "saving"),
        ("moral-credit-villages", "waste", "waste_sort"),
        ("moral-credit-villages", "honesty", "honesty"),
        ("moral-credit-villages", "volunteering", "volunteer"),
        ("moral-credit-villages", "elder_care", "elder_care"),
    ],
)
def test_baselines_are_those_of_the_facts(scenario, behaviour, of):
    assert load(scenario).behaviours[behaviour].baseline == float(row(of)["baseline_rate"])


def test_giving_blood_follows_from_donors_and_how_often_they_give():
    blood = load("blood-donation").behaviours["blood"]
    shares = [
        float(x) / 100
        for x in re.findall(r"[\d.]+", fact("blood donors per year by frequency", "NBC 2012 n=356,327")["value"])[:3]
    ]
    gifts = sum(n * share for n, share in enumerate(shares, start=1)) + 4 * (1 - sum(shares))
    assert blood.baseline == pytest.approx(float(row("blood")["baseline_rate"]) * gifts / 4, abs=5e-5)
    assert blood.opportunities_per_week == pytest.approx(4 / 52, abs=5e-4)


@pytest.mark.parametrize(
    ("scenario", "group", "mean"),
    [
        ("blood-donation", "Thailand", 744),
        ("steps-for-health", "Thailand", 744),
        ("helmets", "Thailand", 744),
        ("moral-credit-villages", "Central", 661),
    ],
)
def test_wages_follow_from_household_incomes(scenario, group, mean):
    wage = load(scenario).world.daily_wage
    assert wage.mean == mean
    assert wage.mean == pytest.approx(
        float(fact("mean household income per month", group)["value"]) / 1.5 / 26, abs=0.5
    )
    assert wage.gini == float(fact("income Gini")["value"])


def test_no_person_is_observed_or_rewarded_for_a_helmet():
    for arm in load("helmets").arms.values():
        for scheme in arm.schemes.values():
            assert isinstance(scheme, CollectiveGoal)
            assert scheme.level == "area"
            assert scheme.enrolment.mode == "automatic"


def test_three_villages_practise_one_act_of_each_of_the_five_virtues():
    scenario = load("moral-credit-villages")
    assert scenario.world.localities.number == 3
    assert scenario.world.localities.name == "village"
    text = TEXTS["moral-credit-villages"]
    for village in ("บ้านทางสาย", "บ้านม้าร้อง", "บ้านฝ่ายท่า"):
        assert village in text
    for virtue, act in zip(
        ("พอเพียง", "วินัย", "สุจริต", "จิตอาสา", "กตัญญู"),
        ("saving", "waste", "honesty", "volunteering", "elder_care"),
        strict=True,
    ):
        assert re.search(rf"# {virtue}[^\n]*\n\[behaviours\.{act}\]", text), virtue
    assert len(scenario.behaviours) == 5
    for arm in scenario.arms.values():
        assert not arm.schemes or {s.behaviour for s in arm.schemes.values()} == set(scenario.behaviours)


def test_three_phases_follow_one_another_and_a_day_pays_once():
    scenario = load("steps-for-health")
    full, weaker = scenario.arms["three_phases"].schemes.values()
    assert scenario.behaviours["steps"].opportunities_per_week == 7
    assert full.schedule.end == weaker.schedule.start
    assert full.baht_per_act / weaker.baht_per_act == 4
    assert scenario.run.weeks > weaker.schedule.end
    at_once = scenario.arms["stops_at_once"].schemes["full"]
    assert (at_once.schedule, at_once.baht_per_act) == (full.schedule, full.baht_per_act)


def test_no_scheme_for_blood_asks_for_anything_but_the_act():
    for arm in load("blood-donation").arms.values():
        for scheme in arm.schemes.values():
            assert scheme.target == type(scheme.target)()
            assert scheme.enrolment.mode == "opt-in"
