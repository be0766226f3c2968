"""`kwamdee validate` and `compare`: refusals end with 2 and name rule and line; risks are said once, in both languages."""

import json

import pytest

import simulation as kw
from simulation.reports.html import page
from simulation.reports.progress import ProgressShown
from simulation.scenario.load import shipped
from simulation.studies.compare import Progress

REFUSED = shipped()["bangkok-waste"].parent / "refused"


@pytest.mark.parametrize(("name", "line", "rule"), [
    ("bangkok-fee-suspension", "suspension_weeks = 26", "G1"),
    ("student-loan-hours", 'condition_for = "student loan"', "G1, G2"),
])  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_worked_refusals_end_with_2_and_name_rule_and_line(kwamdee, name, line, rule, lang):
    path = REFUSED / f"{name}.toml"
    number = path.read_text("utf-8").split("\n").index(line) + 1
    ended = kwamdee("validate", str(path), "--lang", lang)
    assert ended.code == 2
    assert f"{name}.toml:{number}" in ended.err
    assert line in ended.err
    said = " ".join(ended.err.split())
    assert (f"กฎ {rule}" if lang == "th" else f"{rule}: Positive only") in said


def test_in_json_a_refusal_has_its_rule_and_a_risk_its_key(kwamdee):
    found = json.loads(kwamdee("validate", str(REFUSED / "student-loan-hours.toml"), "--json").out)
    assert [p["rule"] for p in found["problems"]] == ["G1"]
    found = json.loads(kwamdee("validate", "bangkok-waste", "--json").out)
    assert found["valid"]
    assert [(w["rule"], w["key"]) for w in found["warnings"]] == [("G10", "arms.recognition.schemes.honour.audience")]


@pytest.mark.parametrize(("lang", "head"), [("en", "Warning  "), ("th", "ข้อควรระวัง ")])
def test_a_risk_of_several_keys_is_said_once_with_how_many(kwamdee, lang, head):
    ended = kwamdee("validate", "moral-credit-villages", "--lang", lang)
    lines = [line for line in ended.out.split("\n") if line.startswith(head)]
    named = [line for line in lines if ("G10" in line)]
    assert len(named) == 1
    assert ("and 4 more" if lang == "en" else "และอีก 4 แห่ง") in named[0]
    assert ended.code == 0


@pytest.mark.parametrize(("lang", "said"), [("en", "Names are shown to a group"), ("th", "ประกาศชื่อในกลุ่ม")])
def test_compare_says_the_risks_once_before_it_runs(results, capsys, lang, said):
    facts = kw.open(results).summary.facts
    ProgressShown(True, lang).update(Progress("start", facts))
    assert capsys.readouterr().err.count(said) == 1


@pytest.mark.slow
def test_json_and_the_report_hold_the_risks_and_what_was_measured(results):
    found = kw.open(results)
    warnings = found.to_json()["warnings"]
    assert {w["rule"] for w in warnings} == {"G10", "G13"}
    for lang, words in (
        ("en", ("Allowed, but risky", "Added acts driven by others", "Never took part, %", "below their own baseline")),
        ("th", ("ทำได้แต่มีความเสี่ยง", "เพราะสายตาผู้อื่น", "ไม่เคยเข้าร่วม", "ต่ำกว่าระดับเดิม")),
    ):
        whole = " ".join(page(found.summary, lang, "").replace("\u2060", "").split())
        assert "arms." not in whole.split('id="rights"')[1].split('id="sure"')[0]  # schemes by their names
        assert ("project rule" if lang == "en" else "กติกาของโครงการ") in whole  # where a rule comes from
        assert [x for x in words if x not in whole] == []
