"""The rules that protect people: the table in the code is that of the facts, and nothing can take, stake or frame a loss."""

import csv
from importlib import resources
from typing import ClassVar, Literal

import pytest
from pydantic import BaseModel, Field

from simulation.core.params import Text
from simulation.incentives import base
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.rights import scheme_violations
from simulation.incentives.rules import RULES, named
from simulation.incentives.sensitive import trait_revealed
from simulation.incentives.taking import attempt_of, taking_parameter, trait_of
from simulation.scenario.model import Scenario


def guardrails():
    with (resources.files("simulation") / "data" / "facts" / "guardrails.csv").open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_every_rule_of_the_table_of_facts_is_in_the_code_and_no_other():
    assert list(RULES) == list(guardrails())


@pytest.mark.parametrize("name", list(RULES))
def test_a_rule_has_the_source_and_the_mark_of_the_table_and_both_languages(name):
    rule, row = RULES[name], guardrails()[name]
    assert rule.source.en == row["source"]
    marks = {"V": "VERIFIED", "R": "RECALLED", "design": "DESIGN"}
    assert marks[rule.mark] in row["mark"]
    if rule.mark == "V":
        assert "RECALLED" not in row["mark"]
    for text in (rule.text, rule.source):
        assert text.en
        assert any("\u0e00" <= char <= "\u0e7f" for char in text.th) or text.th.isascii()
    assert rule.text.th != rule.text.en
    assert not rule.text.th.endswith(".")


def test_a_refusal_names_all_its_rules_and_says_each():
    said = named(("G1", "G2"), "No.", "ไม่ได้")
    assert said.en.startswith("No. Rules G1, G2: Positive only")
    assert said.en.endswith(f" G2: {RULES['G2'].text.en}")
    assert said.th.startswith("ไม่ได้ กฎ G1, G2 เชิงบวกเท่านั้น")
    assert said.th.endswith(f" G2 {RULES['G2'].text.th}")
    assert named(("G1",), "No.", "ไม่ได้").en == f"No. Rule G1: {RULES['G1'].text.en}"


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("penalty_baht", ("G1",)), ("fine", ("G1",)), ("deduction", ("G1",)), ("suspension_weeks", ("G1",)), ("clawback", ("G1",)),
        ("revoked_after", ("G1",)), ("forfeit", ("G1",)), ("downgrade", ("G1",)), ("stake_baht", ("G1",)), ("own_deposit", ("G1",)),
        ("loss_frame", ("G1",)), ("condition_for", ("G1", "G2")), ("required_for", ("G1", "G2")), ("eligibility_for", ("G1", "G2")),
        ("exit_friction", ("G16",)), ("notice_weeks", ("G16",)), ("ranking", ("G4", "G10")), ("publish_names", ("G4", "G10")),
        ("accusation_points", ("G14",)), ("mandatory", ("G5",)), ("ค่าปรับ", ("G1",)),
        ("taken_away_weeks", ("G1",)), ("ปรับ_บาท", ("G1",)), ("งดส่วนลด", ("G1",)), ("ยึดแต้ม", ("G1",)), ("ตัดสิทธิ", ("G1",)),
        ("ริบ", ("G1",)), ("เปิดเผยชื่อ", ("G4", "G10")), ("ประจาน", ("G4", "G10")), ("บัญชีดำ", ("G4", "G10")), ("บังคับ", ("G5",)),
        ("แจ้งเบาะแส", ("G14",)), ("report_wrongdoers", ("G14",)),
    ],
)  # fmt: skip
def test_a_name_tells_what_it_tries(name, rules):
    assert attempt_of(name).rules == rules


@pytest.mark.parametrize(
    "name",
    [
        "finest",
        "found",
        "exit_chance",
        "exit_chanse",
        "stakeholders",
        "required_acts",
        "audience",
        "definition",
        "ปรับปรุง",
        "บริบท",
    ],
)
def test_a_harmless_name_is_none_of_them(name):
    assert attempt_of(name) is None


@pytest.mark.parametrize(
    "name", ["health", "religion", "political_party", "ethnicity", "sexual_orientation", "criminal_record", "trade_union", "disability", "biometric_id", "genetic_risk",
             "ศาสนา", "เชื้อชาติ", "การเมือง", "สุขภาพ", "ความพิการ", "ประวัติอาชญากรรม", "สหภาพ", "ลายนิ้วมือ", "พันธุกรรม"]
)  # fmt: skip
def test_every_sensitive_trait_is_known_by_its_name(name):
    assert trait_of(name).rules == ("G7",)


@pytest.mark.parametrize(
    ("name", "title", "trait"),
    [
        ("vaccination", "", "health"), ("act", "Blood donation", "health"), ("act", "HIV test", "health"), ("บริจาคโลหิต", "", "health"),
        ("act", "ฉีดวัคซีนผู้สูงอายุ", "health"), ("act", "ตรวจสุขภาพประจำปี", "health"), ("act", "คัดกรองโรค", "health"),
        ("act", "ให้เลือด", "health"), ("เข้าวัด", "", "religion"), ("act", "ทำบุญวันพระ", "religion"), ("สวดมนต์", "", "religion"),
        ("act", "ละหมาดวันศุกร์", "religion"), ("act", "ไปโบสถ์", "religion"), ("act", "ทำความสะอาดมัสยิด", "religion"),
        ("รักษาศีล", "", "religion"), ("merit-making", "", "religion"), ("temple_visit", "", "religion"), ("act", "Praying", "religion"),
        ("act", "Bloodhound walks", None), ("waste_sort", "คัดแยกขยะ", None), ("act", "ศีลธรรมจราจร", None), ("act", "วัดผลการเรียน", None),
    ],
)  # fmt: skip
def test_a_behaviour_reveals_a_trait_by_its_name_or_title_in_either_language(name, title, trait):
    assert trait_revealed(name, None, [title]) == trait
    assert trait_revealed(name, "criminal", [title]) == "criminal"  # what the file says is stronger


def fields_of(cls, seen):
    if cls in seen:
        return
    seen.add(cls)
    for name, field in cls.model_fields.items():
        yield cls, name
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from fields_of(part, seen)


def test_no_table_of_the_format_can_hold_a_penalty_a_stake_a_loss_or_a_condition():
    seen = set()
    tables = [Scenario, base.Enrolment, base.Target, base.Checks, *scheme_classes().values()]
    found = [(cls, name) for table in tables for cls, name in fields_of(table, seen)]
    assert len(seen) > 10
    assert [(cls.__name__, name) for cls, name in found if taking_parameter(name)] == []


def test_a_scheme_of_others_that_brings_such_a_parameter_breaks_the_rule_that_is_named():
    class Fined(base.Scheme):
        label: ClassVar[Text] = Text(en="Fined", th="ปรับ")
        what: ClassVar[Text] = Text(en="x", th="x")
        kind: Literal["fined"] = "fined"
        fine_baht: float = Field(default=0.0, ge=0)

    scheme = Fined(schedule={"start": 0, "weeks": 1})
    (broken,) = scheme_violations(scheme, "s")
    assert (broken.rule, broken.key) == ("G1", "s.fine_baht")
    assert "Rule G1" in broken.text.en
    assert "กฎ G1" in broken.text.th
