"""`kwamdee schemes`: all kinds with their parameters, and the page of one in two languages."""

import json
import re

import pytest

from simulation.incentives.catalogue import scheme_classes
from simulation.scenario.fragments import scenario_of


@pytest.mark.parametrize("lang", ["en", "th"])
def test_every_kind_stands_in_the_list_with_its_own_parameters(kwamdee, lang):
    said = kwamdee("schemes", "--lang", lang).out
    for kind, cls in scheme_classes().items():
        assert re.search(rf"^  {kind} ", said, re.M)
        assert cls.what.get(lang) in said
    assert "acts_needed_per_month" in said


@pytest.mark.parametrize("kind", sorted(scheme_classes()))
@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_page_of_a_kind_tells_parameters_literature_and_an_example_that_loads(kwamdee, kind, lang):
    said = kwamdee("schemes", kind, "--lang", lang).out
    cls = scheme_classes()[kind]
    assert cls.label.get(lang) in said
    assert all(entry in said for entry in cls.literature)
    example = said.partition("scenario file\n" if lang == "en" else "ไฟล์สถานการณ์\n")[2]
    assert kind in {s.kind for arm in scenario_of(_dedented(example)).arms.values() for s in arm.schemes.values()}
    assert any(word in said for word in (("จำเป็น", "ค่าเริ่มต้น", "ไม่บังคับ") if lang == "th" else ("needed", "default")))


@pytest.mark.parametrize(
    ("kind", "key", "lang", "meaning"),
    [
        ("points", "caps.acts_per_week", "en", "Acts a week that can earn."),
        ("points_shop", "rewards[].stock", "th", "มีทั้งหมดกี่ชิ้น"),
        ("staged_bonus", "stages[].acts_needed", "en", "0 pays the sum for each act"),
    ],
)
def test_what_stands_in_a_table_of_a_kind_is_told_beneath_it(kwamdee, kind, key, lang, meaning):
    said = kwamdee("schemes", kind, "--lang", lang).out
    assert re.search(rf"^  {re.escape(key)}  ", said, re.M)
    assert meaning in said
    assert key not in kwamdee("schemes", "--lang", lang).out


@pytest.mark.parametrize(
    ("kind", "key", "lang", "told"),
    [
        ("lifetime_tiers", "tier_acts", "en", "list, each 1 to 10,000 (acts); needed"),
        ("lifetime_tiers", "tier_acts", "th", "รายการ แต่ละค่า ตั้งแต่ 1 ถึง 10,000 (ครั้ง); จำเป็น"),
        ("lifetime_tiers", "tier_audiences", "en", "list, each officials | own-rank | team"),
        ("soft_loan", "loan_baht", "en", "0 to 1 trillion (baht); needed"),
        ("soft_loan", "market_rate_per_year", "th", "ตั้งแต่ 0 ถึง 1 (สัดส่วน); จำเป็น"),
    ],
)
def test_a_range_can_be_read_and_a_list_tells_what_stands_in_it(kwamdee, kind, key, lang, told):
    said = kwamdee("schemes", kind, "--lang", lang).out
    assert f"  {key}  {told}" in said


def test_the_json_is_a_list_of_all_kinds_with_their_level_title_and_parameters(kwamdee):
    found = json.loads(kwamdee("schemes", "--json").out)
    assert [entry["kind"] for entry in found] == list(scheme_classes())
    assert len(found) >= 28
    for entry in found:
        cls = scheme_classes()[entry["kind"]]
        assert cls.__module__ == f"simulation.incentives.{entry['level']}.{entry['kind']}"
        assert entry["title"] == {"en": cls.label.en, "th": cls.label.th}
        for parameter in entry["parameters"]:
            assert parameter["meaning"]["en"], (entry["kind"], parameter["name"])
            assert parameter["meaning"]["th"], (entry["kind"], parameter["name"])
            if parameter["type"] in ("number", "whole number"):
                assert parameter["unit"], (entry["kind"], parameter["name"])
                assert parameter["high"] is not None, (entry["kind"], parameter["name"])


def test_a_misspelt_kind_is_told_with_the_nearest(kwamdee):
    code, out, err = kwamdee("schemes", "fee_discont")
    assert (code, out) == (2, "")
    assert 'Did you mean "fee_discount"' in err


def _dedented(example):
    return "\n".join(line[2:] if line.startswith("  ") else line for line in example.split("\n"))
