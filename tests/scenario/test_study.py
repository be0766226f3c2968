"""[study] and [[observed]]: every mistake at its key, in both languages; amounts in a study's own currency."""

import re

import pytest

from simulation.core.errors import ScenarioError
from simulation.scenario.load import load, load_text
from simulation.studies.explain import explain
from simulation.studies.facts import facts_of
from tests.scenario.files import BANGKOK, by_key, error_of, swapped
from tests.studies.evidence.small_study import DESIGN, OUTCOMES

ROWS = OUTCOMES.split("\n", 2)[2]
WHOLE = DESIGN + ROWS


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return load_text(WHOLE, tmp_path_factory.mktemp("s") / "mini_2020.toml")


def test_all_mistakes_of_a_study_are_told_at_once_with_the_nearest_name(tmp_path):
    text = swapped(
        WHOLE,
        ('role = "test"', 'role = "tests"'),
        ("scale = 100.0", "scale = 0.0"),
        ("[study.arms.deposit]", "[study.arms.depsit]"),
        ('key = "world.daily_wage.mean"', 'key = "world.daily_wage.men"'),
        ("[arms.control]", '[[study.assumed]]\nkey = "behaviours.return_book.baseline"\nlow = 0.4\nhigh = 0.5\nwhy = { en = "x", th = "ก" }\n[arms.control]'),
    )  # fmt: skip
    found = by_key(error_of(tmp_path, text))
    assert set(found) == {
        "study.role", "study.outcome.scale", "study.arms.depsit", "study.assumed.0.key", "study.assumed.1.low",
    }  # fmt: skip
    assert found["study.arms.depsit"].suggestion == "deposit"
    assert found["study.assumed.0.key"].suggestion == "world.daily_wage.mean"
    assert "which is 0.3" in found["study.assumed.1.low"].text_en
    assert all(p.line and re.search("[ก-๙]", p.text_th) for p in found.values())


def test_all_mistakes_of_figures_are_told_at_once(tmp_path):
    text = swapped(
        WHOLE,
        ('quantity = "level"\nvalue = 30.0', 'quantity = "difference"\nvalue = 30.0'),
        ("value = 15.0", "value = 150.0"),
        ("weeks = [4, 6]", "weeks = [6, 4]"),
        ("ci = [0.9, 1.6]", "ci = [0.0, 1.6]"),
        ('arm = "lottery"\nvalue = 40.0', 'arm = "lotery"\nvalue = 40.0'),
        ('arm = "letter"\nvalue', 'arm = "letter"\nbehaviour = "retrun_book"\nvalue'),
        ('reference = "cash"', 'reference = "honour"'),
    )  # fmt: skip
    found = by_key(error_of(tmp_path, text))
    assert set(found) == {
        "observed.0.quantity", "observed.1.value", "observed.2.weeks", "observed.2.ci", "observed.3.arm",
        "observed.4.behaviour", "observed.5.reference",
    }  # fmt: skip
    assert "such as [4, 6]" in found["observed.2.weeks"].text_en
    assert found["observed.3.arm"].suggestion == "lottery"
    assert found["observed.4.behaviour"].suggestion == "return_book"
    assert all(re.search("[ก-๙]", p.text_th) for p in found.values())


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("ci = [0.9, 1.6]", "ci = [1.3, 1.6]", "observed.2.ci"),
        ("value = 1.2", "value = -1.2", "observed.2.value"),
        ("weeks = [4, 6]", "weeks = [4, 7]", "observed.2.weeks"),
        ("weeks = [4, 6]", "weeks = [4]", "observed.2.weeks"),
        ("low = 150.0", "low = 300.0", "study.assumed.0.high"),
        ('provenance = "computed"', "verified = true", "observed.2.verified"),
    ],
)
def test_each_rule_of_a_study_names_its_key(tmp_path, old, new, key):
    assert key in by_key(error_of(tmp_path, swapped(WHOLE, (old, new))))


def test_a_span_or_an_interval_of_another_length_says_how_many_values_it_takes(tmp_path):
    found = by_key(error_of(tmp_path, swapped(WHOLE, ("weeks = [4, 6]", "weeks = [4]"), ("[0.9, 1.6]", "[0.9, 1, 2]"))))
    assert found["observed.2.weeks"].text_en == '"weeks" takes at least 2 values, and here it has 1.'
    assert found["observed.2.ci"].text_en == '"ci" takes at most 2 values, and here it has 3.'


def test_where_there_are_several_behaviours_a_figure_says_of_which_it_is(tmp_path):
    text = swapped(WHOLE, ("[study]\n", "[behaviours.other]\nbaseline = 0.5\nopportunities_per_week = 1\n[study]\n"))
    assert "Which behaviour is it of?" in by_key(error_of(tmp_path, text))["observed.0.behaviour"].text_en


def test_the_same_rules_hold_in_python(study):
    with pytest.raises(ScenarioError, match="lies around the value"):
        study.with_({"world.daily_wage.mean": 300.0})


def test_a_scenario_without_a_study_keeps_its_digest():
    assert BANGKOK
    assert load("bangkok-waste").digest == DIGEST


DIGEST = "26ab246591fe4c991d3e0f0428b469e2ae863c00fcc0f2c974695e19c232fd22"


def test_amounts_of_a_study_are_said_in_its_currency_and_cost_nothing(study):
    said = explain(study)
    for lang, word in (("en", r"\bbaht\b"), ("th", "บาท")):
        assert not re.search(word, said.as_text(lang))
        assert "USD" in said.as_text(lang)
    assert "Not known for Cash" in said.as_text("en")
    cash = next(a for a in facts_of(study, "x", "default").arms if a.name == "cash")
    assert not cash.in_baht
    assert "10 USD" in " ".join(text.en for text in cash.details)


def test_published_levels_stand_beside_simulated_ones_as_shares(study):
    assert facts_of(study, "x", "default").observed == (("control", 0.3, 0.02), ("letter", 0.35, None))
