"""A citizen's story: the numbers are the engine's, the words fit the screen, in both languages."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import simulation as kw
from simulation.core.errors import InputError
from simulation.engine.decision import TERMS
from simulation.reports.lines import WIDTH, cells
from tests.engine.test_engines import MIXED

SMALL = ["world.citizens=200", "run.weeks=70"]
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def told():
    return kw.story("bangkok-waste", set_=SMALL, engine="numpy")


def test_without_a_name_the_first_arm_with_schemes_and_the_one_who_changed_most_are_told(told):
    assert told.arm == "fee_discount"
    m = kw.model(kw.load("bangkok-waste", SMALL), arm="fee_discount")
    total = np.zeros(200, int)
    for _ in range(70):
        m.step()
        total += m.state.columns["acts"][0].astype(int) - m.state.columns["acts_twin"][0]
    assert told.person["citizen"] == int(np.argmax(np.abs(total))) + 1
    assert told.endings["waste_sort"]["difference"] == total[told.person["row"]]
    assert "the first with schemes" in told.text()
    assert "Nobody was named" in told.text()


def test_the_citizen_is_the_agent_of_that_identifier(told):
    found = kw.story("bangkok-waste", 17, "comparison", set_=SMALL, engine="numpy")
    m = kw.model(kw.load("bangkok-waste", SMALL), arm="comparison")
    agent = next(a for a in m.agents if a.unique_id == 17)
    assert found.person["age"] == agent.age
    assert found.person["wage_baht"] == pytest.approx(agent.wage)
    assert found.person["ties"] == len(agent.neighbours)
    for week in range(70):
        m.step()
        row = found.week_rows[week]
        assert (row["acts"], row["acts_twin"]) == (agent.acts("waste_sort"), agent.acts_twin("waste_sort"))
        assert row["probability"] == agent.model.state.probability(0, agent.row)
    assert found.endings["waste_sort"]["acts"] == sum(r["acts"] for r in found.week_rows)


def test_the_tables_are_tidy_and_terms_add_up_to_the_logit_of_both_worlds(told):
    assert len(told.weeks) == 70
    assert len(told.terms) == 70 * len(TERMS)
    assert set(told.offers["scheme"]) == {"fee"}
    sums = told.terms.groupby("week")[["value", "value_twin"]].sum()
    assert np.allclose(sums["value"], told.weeks["logit"])
    assert np.allclose(sums["value_twin"], told.weeks["twin_logit"])
    assert np.allclose(1 / (1 + np.exp(-told.weeks["logit"])), told.weeks["probability"], rtol=1e-5)


def test_the_causes_add_up_to_the_difference():
    found = kw.story(kw.load("bangkok-waste", [*MIXED, "world.citizens=60"]), None, "mixed", engine="numpy")
    assert any(ending["acts_by_cause"] for ending in found.endings.values())
    for ending in found.endings.values():
        assert sum(ending["acts_by_cause"].values()) == ending["difference"] == ending["acts"] - ending["acts_twin"]


def test_json_is_plain_and_says_everything(told):
    data = json.loads(json.dumps(told.to_json(), allow_nan=False))
    assert data["citizen"] == told.person["citizen"]
    assert len(data["weeks"]) == 70
    assert data["text"]["en"] == told.text("en")
    assert data["text"]["th"] == told.text("th")


@pytest.mark.parametrize("arm", ["control", "mixed", "fee_discount", "recognition"])
def test_every_line_fits_eighty_columns_in_both_languages(arm):
    found = kw.story(kw.load("bangkok-waste", [*MIXED, "world.citizens=60"]), 31, arm, engine="numpy")
    for lang in ("en", "th"):
        text = found.text(lang)
        assert [line for line in text.splitlines() if cells(line) > WIDTH] == []
        assert "{" not in text
        assert "nan" not in text.lower().replace("finance", "")


def test_an_arm_without_schemes_tells_the_twin_alone_and_says_so():
    found = kw.story("bangkok-waste", arm="control", set_=SMALL)
    assert "This arm has no scheme" in found.text("en")
    assert "ไม่มีมาตรการ" in found.text("th")
    assert found.endings["waste_sort"]["difference"] == 0
    assert found.person["citizen"] == 1


def test_of_a_world_of_ones_own_it_says_that_the_acts_are_nobodys():
    people = pd.DataFrame({"id": [f"p{i}" for i in range(40)], "age": [20 + i for i in range(40)]})
    found = kw.story(kw.load("bangkok-waste", SMALL[1:]).with_world(citizens=people), 40, "comparison")
    assert "tells nothing of any real person" in found.text()
    assert "p39" not in json.dumps(found.to_json())
    assert "nobody real is described" in kw.story("bangkok-waste", 40, "comparison", set_=SMALL, weeks="0..1").text()
    with pytest.raises(InputError, match="from 1 to 40"):
        kw.story(found.scenario, 41)


def test_a_behaviour_at_which_no_scheme_aims_is_told_as_the_twins():
    found = kw.story(kw.load("bangkok-waste", [*MIXED, "world.citizens=60"]), 5, "mixed", behaviour="waste_sort")
    assert "No scheme of this arm aims at waste separation" in found.text()
    assert found.endings["waste_sort"]["difference"] == 0


def test_a_story_in_parts_leaves_the_numbers_of_its_weeks_and_its_ending_as_they_are(told):
    part = kw.story("bangkok-waste", told.person["citizen"], set_=SMALL, engine="numpy", weeks="10..20", every=5)
    assert part.week_rows == told.week_rows[10:21]
    assert part.endings == told.endings
    assert "week    " in part.text()


def test_weeks_in_which_nothing_changes_are_one_row(told):
    rows = [line for line in told.text().split("Week by week")[1].split("The decision")[0].splitlines()]
    assert rows[[r.startswith("week ") for r in rows].index(True) + 1].startswith("0-3 ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"citizen": 0}, "from 1 to 200"),
        ({"citizen": 201}, "from 1 to 200"),
        ({"citizen": "seven"}, "from 1 to 200"),
        ({"arm": "fee_discont"}, 'Did you mean "fee_discount"'),
        ({"behaviour": "waste_srt"}, 'Did you mean "waste_sort"'),
        ({"replicate": -1}, "replicate is -1"),
        ({"weeks": "9"}, "from 0 to 69"),
        ({"weeks": "20..10"}, "from 0 to 69"),
        ({"weeks": (0, 70)}, "from 0 to 69"),
        ({"every": 0}, "every is 0"),
        ({"lang": "xx"}, "Allowed: en, th"),
        ({"engine": "numbaa"}, 'Did you mean "numba"'),
    ],
)
def test_a_wrong_argument_is_refused_in_both_languages_before_anything_is_run(arguments, said, monkeypatch):
    monkeypatch.setattr("simulation.studies.story.prepare", None)
    with pytest.raises(InputError, match=said) as error:
        kw.story("bangkok-waste", set_=SMALL, **arguments)
    assert error.value.render("th") != error.value.render("en")


@pytest.fixture(scope="module")
def of_the_page():
    return kw.story("bangkok-waste", set_="world.citizens=600", weeks="14..24")


@pytest.mark.parametrize(("page", "lang", "option"), [("story.md", "en", ""), ("story.th.md", "th", " --lang th")])
def test_the_page_shows_what_the_command_prints(of_the_page, page, lang, option):
    text = (DOCS / page).read_text("utf-8")
    command, shown = text.split("```console\n$ ")[1].split("```")[0].split("\n", 1)
    assert command == "kwamdee story bangkok-waste --set world.citizens=600 --weeks 14..24" + option
    assert shown.strip() == of_the_page.text(lang).strip()
