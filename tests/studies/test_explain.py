import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import simulation as kw
from simulation.agents.parameters import draw
from simulation.core.errors import InputError, ScenarioError
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.incentives.catalogue import scheme_classes
from simulation.scenario.load import load, shipped
from simulation.scenario.model import Scenario
from simulation.studies.explain import explain
from simulation.studies.explained import worst
from simulation.studies.explained.figures import figures
from simulation.studies.explained.ranges import in_words
from simulation.studies.explained.said import in_full
from simulation.studies.world_words import world_of
from tests.strategies import scenarios

SECTIONS = ["question", "world", "behaviours", "arms", "cost", "assumptions", "sources", "left_out", "rights"]
LATIN = re.compile(r"[A-Za-z][\w.*'-]*")
OUR_NAMES = {
    "Kwamdee",
    "kwamdee",
    "compare",
    "White",
    "x",
    "Allcott-Gentzkow-Song",
    "G1",
    "G2",
    "G4",
    "G5",
    "G6",
    "G7",
    "G8",
    "G9",
    "G10",
    "G14",
    "G16",
    "arms.*",
}
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def kwamdee(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "simulation", *args], capture_output=True, text=True, check=False)


def one_scheme(scheme, *, weeks=30, citizens=40, **behaviour):
    """A world in which everybody always acts, with one scheme that all are in."""
    return Scenario.model_validate(
        {
            "format": 1,
            "about": {"title": {"en": "A test"}, "question": {"en": "Does it hold?"}},
            "run": {"weeks": weeks, "replicates": 1, "seed": 3},
            "world": {
                "citizens": citizens,
                "daily_wage": {"mean": 400.0, "gini": 0.3},
                "localities": {"number": 2},
                "online": {"50+": 0.5},
            },
            "behaviours": {
                "act": {"baseline": 1 - 1e-7, "opportunities_per_week": 7.0, "spread": 0.0, **behaviour},
            },
            "arms": {"control": {}, "trial": {"schemes": {"gift": {"schedule": {"start": 2, "weeks": 12}, **scheme}}}},
        }
    )


def spent(scenario, arm="trial", replicate=0):
    """Satang that each scheme of an arm spends in a society, running it included, and the scheme's state."""
    state = run(start(prepare(scenario, replicate), arm, "numpy"))
    return {s.name: (s.ledger.spent_satang + s.ledger.running_satang, s) for s in state.schemes}


PAYS_ALL = {
    "points": {"baht_per_act": 2.0},
    "fee_discount": {"baht_per_month": 40.0, "acts_needed_per_month": 16},
    "prize_draw": {"prize_baht": 30.0, "chance_per_act": 1.0},
    "recognition": {"audience": "team", "baht_per_holder": 3.0},
    "comparison": {"reference": "locality-mean", "baht_per_message": 2.0},
    "matched_giving": {"given_baht_per_act": 10.0, "match_share": 0.5},
    "collective_goal": {"goal_share": 0.6, "fund_baht_per_household": 40.0},
}


@pytest.mark.parametrize("kind", sorted(PAYS_ALL))
@pytest.mark.parametrize("target", [{}, {"online": True}])
def test_the_most_is_what_is_paid_where_everybody_takes_part_and_always_acts(kind, target):
    scheme = {"kind": kind, "target": target, "run_cost_baht_per_week": 7.0, **PAYS_ALL[kind]}
    scenario = one_scheme(scheme)
    most = explain(scenario).most["trial", "gift"]
    paid, state = spent(scenario)["gift"]
    assert most.eligible == int(state.eligible.sum())
    assert paid - state.running_satang == most.all_act > 0
    assert paid == most.total


@pytest.mark.parametrize("kind", sorted(PAYS_ALL))
def test_the_most_stays_above_what_a_tapering_and_rarer_offer_pays(kind):
    scheme = {"kind": kind, **PAYS_ALL[kind], "schedule": {"start": 2, "weeks": 12, "taper": 6}}
    scenario = one_scheme(scheme, opportunities_per_week=0.25)
    assert spent(scenario)["gift"][0] <= explain(scenario).most["trial", "gift"].total


@FEW
@given(scenarios())
def test_no_run_costs_more_than_the_most(data):
    scenario = Scenario.model_validate(data)
    most = explain(scenario).most
    for arm in list(scenario.arms)[1:]:
        for name, (paid, state) in spent(scenario, arm).items():
            here = most[arm, name]
            assert here.eligible == int(state.eligible.sum())
            assert here.total is None or paid <= here.total
            assert state.closed_week == -1 or here.may_close is not None
            assert state.closed_week == -1 or here.may_close <= state.closed_week


def test_a_lottery_counts_at_its_expected_value_where_everybody_always_acts():
    scenario = one_scheme({"kind": "prize_draw", "prize_baht": 1000.0, "chance_per_act": 0.001})
    most = explain(scenario).most["trial", "gift"]
    assert most.all_act == pytest.approx(40 * 7 * 12 * 0.001 * 1000 * 100, rel=1e-6)
    assert most.total == 40 * 7 * 12 * 1000 * 100
    assert "about 3,360 baht would be paid" in " ".join(explain(scenario).text.split())


def test_a_budget_is_the_most_and_closes_the_offer_in_the_week_said():
    scheme = {"kind": "fee_discount", **PAYS_ALL["fee_discount"], "budget_baht": 3_000.0}
    scenario = one_scheme(scheme)
    most = explain(scenario).most["trial", "gift"]
    paid, state = spent(scenario)["gift"]
    assert most.total == 300_000 >= paid > 0
    assert most.may_close == state.closed_week == 10  # two months of 40 x 36.92 baht are paid, the third does not begin
    assert "in week 10 at the earliest" in " ".join(explain(scenario).text.split())


def test_a_budget_below_one_settlement_is_said_to_pay_nothing():
    scenario = one_scheme({"kind": "fee_discount", **PAYS_ALL["fee_discount"], "budget_baht": 1_000.0})
    found = explain(scenario)
    assert found.most["trial", "gift"].never_pays
    assert "closes then, before anything is paid" in " ".join(found.text.split())
    paid, state = spent(scenario)["gift"]
    assert (paid, state.closed_week) == (0, found.most["trial", "gift"].must_close)
    assert found.most["trial", "gift"].total == 0


def test_amounts_in_days_of_wage_have_no_most():
    found = explain("thornton-2008")
    assert {m.total for m in found.most.values()} == {None}
    assert {m["most_baht"] for m in found.to_json()["most"]} == {None}
    assert "Not known for 0.09 US dollars" in found.text


def test_a_large_world_is_sampled_and_says_so():
    small = load("bangkok-waste", ["arms.recognition.schemes.honour.target.online=true"])
    large = small.with_({"world.citizens": 1_000_000})
    one, many = (explain(s).most["recognition", "honour"] for s in (small, large))
    assert many.eligible / 1_000_000 == pytest.approx(one.eligible / 10_000, abs=0.02)
    assert many.total == pytest.approx(100 * one.total, rel=0.02)
    assert "about" in next(i for i in explain(large).section("arms").items if "only people online" in i.text.en).text.en
    assert worst.first_society(large).people.n == worst.SMALL


def test_people_of_ones_own_tables_are_counted_and_named_as_such():
    import pandas as pd

    ages = pd.DataFrame({"id": range(500), "age": [20] * 200 + [70] * 300})
    changes = {"arms.recognition.schemes.honour.target.age_bands": ["15-24"]}
    found = explain(load("bangkok-waste").with_(changes).with_world(citizens=ages))
    assert found.most["recognition", "honour"].eligible == 200
    assert "your own tables" in " ".join(found.text.split())
    assert "synthetic" not in found.text


@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_scenarios_are_explained_in_both_languages(name):
    found = explain(name)
    assert [s.key for s in found.sections] == SECTIONS
    complete(found, load(name))


@FEW
@given(scenarios())
def test_any_scenario_is_explained_in_both_languages(data):
    scenario = Scenario.model_validate(data)
    complete(explain(scenario), scenario)


def complete(found, scenario):
    """Every text stands in both languages, the Thai one without English but names, keys, units and quotations."""
    assert found.text == explain(scenario).text
    allowed = OUR_NAMES | set(LATIN.findall(scenario.to_json()))
    allowed |= {name.replace("_", " ").capitalize() for name in scenario.arms}
    for cls in {type(s) for a in scenario.arms.values() for s in a.schemes.values()}:
        allowed |= set(LATIN.findall("; ".join(cls.literature)))
    number = re.compile(r"e[-+]?\d+")
    for section in found.sections:
        assert section.items
        for item in section.items:
            for text in (item.text, *([item.label] if item.label else [])):
                assert text.en.strip()
                assert text.th.strip()
                bare = re.sub(r"“[^”]*”", "", text.th)
                keys = {w for w in LATIN.findall(bare) if "." in w or "_" in w or number.fullmatch(w)}
                assert set(LATIN.findall(bare)) - keys <= allowed, text.th
                assert "None" not in bare.split()
    for lang in ("en", "th"):
        for line in found.as_text(lang).splitlines():
            assert len(line) <= 80 or " " not in line.strip(), line
            assert line == line.rstrip()


def test_thai_lines_break_at_blanks_only_and_never_before_a_unit():
    found = explain("bangkok-waste", "th")
    whole = " ".join(found.text.split())
    for section in found.sections:
        for item in section.items:
            assert " ".join(item.get("th").split()) in whole
    for line in found.text.splitlines():
        assert not re.search(r"ร้อยละ$", line)
    assert not re.search(r"\d\n    (คน|ครัวเรือน|บาท|สัปดาห์|ครั้ง|ปี)", found.text)  # what goes on stands four in


@FEW
@given(scenarios(), st.data())
def test_every_number_of_the_file_is_named_with_its_origin_once(data, more):
    scenario = Scenario.model_validate(data)
    keys = [f.key for f in figures(scenario)]
    assert len(keys) == len(set(keys))
    for key in ("world.citizens", "run.weeks", "world.daily_wage.mean", "behaviours.one.baseline"):
        assert key in keys
    text = more.draw(st.text(max_size=30))
    told = scenario.with_({"sources": {"world.citizens": f"design; {text}"}})
    assert next(f for f in figures(told) if f.key == "world.citizens").mark == "design"


def test_marks_come_from_the_file_and_defaults_are_no_findings():
    marks = {f.key: f.mark for f in figures(load("bangkok-waste"))}
    assert marks["behaviours.waste_sort.baseline"] == "V"
    assert marks["behaviours.waste_sort.intrinsic"] == "design"
    assert marks["behaviours.waste_sort.spread"] == "usual"
    assert marks["world.daily_wage.mean"] == "D"
    assert marks["world.ties.clustering"] == "R"
    assert marks["arms.fee_discount.schemes.fee.baht_per_month"] == "V"
    assert marks["arms.fee_discount.schemes.fee.schedule.weeks"] == "policy"
    assert marks["arms.fee_discount.schemes.fee.enrolment.target_share"] == "none"
    assert marks["run.weeks"] == "run"


def test_chosen_values_are_listed_with_their_ranges_in_both_languages():
    found = explain("bangkok-waste").section("assumptions")
    line = next(i.text for i in found.items if "goal_share" in i.text.en)
    assert line.en == "arms.district_goal.schemes.goal.goal_share = 0.45 (plausible: 0.36 to 0.6)"
    assert line.th == "arms.district_goal.schemes.goal.goal_share = 0.45 (ช่วงที่เป็นไปได้ 0.36 ถึง 0.6)"


def test_a_changed_scenario_is_explained_as_changed():
    changed = explain("bangkok-waste", set_=["arms.fee_discount.schemes.fee.baht_per_month=60"])
    assert "60 baht a month less" in changed.text
    assert "Values of the file were changed" in changed.text
    assert "Values of the file were changed" not in explain("bangkok-waste").text
    assert changed.most["fee_discount", "fee"].total > explain("bangkok-waste").most["fee_discount", "fee"].total


@pytest.mark.parametrize("kind", sorted(PAYS_ALL))
def test_a_kind_says_whether_it_pays_on_claims(kind):
    """What nobody did is paid only where people claim: half of the chances are missed, and no claim is checked."""
    cls = scheme_classes()[kind]
    paid = []
    for share in (1.0, 0.0):
        scheme = {"kind": kind, **PAYS_ALL[kind], "checks": {"share": share}}
        scenario = one_scheme(scheme, citizens=200, baseline=0.5)
        bold = next(k for k in range(99) if draw(scenario.run.seed, k, 1).false_claim_rate > 0.2)
        paid.append(spent(scenario, replicate=bold)["gift"][0])
    assert cls.pays_on_claims == (paid[1] > paid[0])


def test_the_command_prints_the_text_and_the_json_has_both_languages():
    done = kwamdee("explain", "bangkok-waste", "--lang", "th")
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip("\n") == kw.explain("bangkok-waste", "th").text
    found = json.loads(kwamdee("explain", "bangkok-waste", "--json").stdout)
    assert found == kw.explain("bangkok-waste").to_json()
    assert [s["key"] for s in found["sections"]] == SECTIONS
    assert set(found["sections"][0]["items"][0]["text"]) == {"en", "th"}
    assert found["most"][0]["most_baht"] == 4_799_600
    assert found["digest"] == load("bangkok-waste").digest


def test_mistakes_are_told_as_ever(tmp_path: Path):
    done = kwamdee("explain", "bangkok-wast")
    assert done.returncode == 2
    assert "bangkok-waste" in done.stderr
    assert "Traceback" not in done.stderr
    with pytest.raises(InputError, match="en, th"):
        explain("bangkok-waste", "de")
    with pytest.raises(ScenarioError):
        explain(tmp_path / "none.toml")


def test_a_notebook_shows_it_escaped():
    scenario = load("bangkok-waste").with_({"world.place": "<b>&"})
    shown = explain(scenario)._repr_html_()
    assert "&lt;b&gt;&amp;" in shown
    assert "<b>&" not in shown
    assert "The question" in shown


def test_what_steers_a_screen_in_a_source_is_shown_not_sent():
    scenario = load("bangkok-waste").with_({"sources": {"world.citizens": "R: a\x1b[2Jb\nc"}})
    assert "\x1b" not in explain(scenario).text
    assert "\\x1b[2Jb\\nc" in explain(scenario).text


def test_explaining_loads_nothing_heavy():
    code = (
        "import sys, simulation as kw; kw.explain('bangkok-waste').text; "
        "print([m for m in ('mesa','networkx','matplotlib','pandas','numba') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("satang", "en"),
    [
        (0, "0 baht"),
        (105, "1.05 baht"),
        (99_999_900, "999,999 baht"),
        (9_000_000_000, "90,000,000 baht (90 million)"),
        (479_960_000, "4,799,600 baht (about 4.8 million)"),
        (10**22, "100,000,000,000,000,000,000 baht (100,000,000,000,000 million)"),
    ],
)
def test_money_is_written_to_the_satang(satang, en):
    assert in_full(satang).en == en


@pytest.mark.parametrize(
    ("said", "thai"),
    [
        ("each share within 0.1", "ต่างได้ไม่เกิน 0.1"),
        ("from half to twice as many", "ครึ่งหนึ่งถึงสองเท่า"),
        ("0.3 either way, drawn for each society", "ต่างได้ 0.3 ทั้งสองทาง"),
        ("the model's usual value, 1 to 3", "1 ถึง 3"),
        ("share of contacts within one five-year age band; data/facts/x.csv", "data/facts/x.csv"),
    ],
)
def test_usual_ways_of_saying_a_range_are_said_in_thai_and_kept_in_english(said, thai):
    found = in_words(said)
    assert found.en == said
    assert thai in found.th
    assert not re.search(r"[A-Za-z]{3,} [A-Za-z]", found.th)


def test_what_is_no_usual_phrase_is_quoted_as_the_file_has_it():
    assert in_words("Somebody 2020").th == "“Somebody 2020”"


def test_a_province_is_named_in_both_languages_wherever_its_code_stands():
    there = load("bangkok-waste").with_({"world.place": "TH-50"})
    for lang, name in (("en", "Chiang Mai"), ("th", "เชียงใหม่")):
        assert f"{name} (TH-50)" in explain(there).as_text(lang)
        assert world_of(there)[0].get(lang).startswith(f"{name}:")
    elsewhere = there.with_({"world.place": "Our valley"})
    assert world_of(elsewhere)[0].en.startswith("Our valley:")


@pytest.mark.parametrize(
    ("scheme", "en", "th"),
    [
        ({"budget_baht": 900.0, "when_spent": "pro-rata"}, "cut in proportion", "ลดลงตามส่วน"),
        ({"budget_baht": 900.0, "when_spent": "waiting-list"}, "wait in the order of signing up", "รอตามลำดับการสมัคร"),
        ({"budget_baht_per_week": 90.0}, "The offer closes for all in the first week", "ปิดสำหรับทุกคนในสัปดาห์แรก"),
        ({"budget_baht_per_head": 90.0}, "at most 90 baht in all", "ไม่เกิน 90 บาท"),
        ({"checks": {"wrongly_refused": 0.1}}, "refuses 10% of true claims", "ปฏิเสธรายการจริงโดยผิดพลาดร้อยละ 10"),
        ({"checks": {"baht_per_check": 3.0}}, "A check costs 3 baht", "ค่าตรวจครั้งละ 3 บาท"),
    ],
)
def test_limits_and_checks_are_explained(scheme, en, th):
    scenario = one_scheme({"kind": "points", **PAYS_ALL["points"], **scheme})
    assert en in " ".join(explain(scenario).text.split())
    assert th in " ".join(explain(scenario, "th").text.split())
    paid, _ = spent(scenario)["gift"]
    assert paid <= explain(scenario).most["trial", "gift"].total


def test_what_the_law_table_turns_is_said_and_that_messages_wear_off():
    usual, turned = (
        " ".join(kw.explain(kw.load("bangkok-waste", ["world.citizens=300", *x])).text.split())
        for x in ([], ["law.fade=false", "law.at_scale=0.5"])
    )
    assert "A message says less the longer one has had it" in usual
    assert not re.search(r"\blaw\.", usual)
    assert "A message says as much at the last as at the first" in turned
    assert "law.at_scale = 0.5" in turned
    assert "displacement = 0" in " ".join(kw.explain(kw.load("blood-donation", ["world.citizens=300"])).text.split())
