"""What README and the page of evidence say of studies, terms and ranges is what the files say."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from scripts import evidence_findings, evidence_page, make_ranges
from simulation.agents.priors import priors
from simulation.studies.evidence import shipped
from simulation.studies.evidence.files import read_designs
from simulation.studies.evidence.variants import read_variants

HEADINGS = {"en": "## Which terms earn their place", "th": "## พจน์ใดแสดงว่าควรมี"}
NAMED = {
    "jump": ("the jump", "ผลของการมีรางวัลใด ๆ"),
    "money": ("money", "ผลของเงิน"),
    "recognition": ("recognition", "การยกย่อง"),
    "appeal": ("appeal", "คำเชิญชวน"),
    "commitment": ("commitment", "คำมั่น"),
    "team": ("team", "ทีม"),
    "comparison": ("comparison", "การเปรียบเทียบ"),
    "habit": ("habit", "นิสัย"),
    "crowding": ("crowding", "การเบียดแรงจูงใจภายใน"),
    "discrepancy": ("the discrepancy of an arm", "ความคลาดเคลื่อนของทางเลือก"),
    "persons": ("the spread of persons", "ความต่างระหว่างบุคคล"),
}
"""How the page calls each term, in English and Thai."""
SAID = {"en": ("**Shown**", "**Not shown**"), "th": ("**แสดงแล้ว**", "**ยังไม่แสดง**")}


@pytest.mark.parametrize("lang", ["en", "th"])
def test_terms_are_said_to_show_their_place_as_the_record_of_variants_has_it(lang):
    tried = {v["term"]: v["earns_its_place"] for v in read_variants(evidence_page.RECORD)}
    assert set(tried) == set(NAMED)
    assert {"en": "Each of the eleven terms", "th": "ตัดพจน์ทั้งสิบเอ็ด"}[lang] in _section(lang)
    assert len(tried) == 11
    shown, not_shown = (_paragraph(_section(lang), start) for start in SAID[lang])
    for term, earns in tried.items():
        name = NAMED[term][lang == "th"]
        assert (name in shown, name in not_shown) == (earns, not earns), term


def test_no_more_than_one_term_stays_against_its_score_and_the_page_names_it():
    against = [v["term"] for v in read_variants(evidence_page.RECORD) if v["crps_worse"] < -v["crps_worse_se"]]
    assert against == ["persons"]
    assert "the term that stays against the score" in _section("en")


def test_the_second_stage_has_the_wider_spread_between_studies_as_the_page_says():
    made = shipped.calibration()
    assert sorted(made.posterior["tau"])[100] > sorted(made.folds["first"]["tau"])[100]


def test_the_first_predictions_were_too_sure_as_the_page_and_readme_say():
    rows = re.search(r"First predictions \|.*", evidence_page.PAGES["en"].read_text("utf-8"))
    assert rows
    assert float(rows[0].split("|")[-3]) < 0.9


def test_readme_counts_thai_studies_and_those_told_one_by_one():
    root = evidence_findings.ROOT
    readme = (root / "README.md").read_text("utf-8")
    support = json.loads((root / "simulation" / "data" / "evidence" / "support.json").read_text("utf-8"))["studies"]
    thai = [name for name in shipped.manifest()["studies"] if support[name]["country"] == "TH"]
    assert ("published experiments, one of them Thai" in readme) is (len(thai) == 1)
    told = {path.parent.name for path in (root / "experiments").glob("*/README.md")} & {d.id for d in read_designs()}
    assert ("eight of them" in readme) is (len(told) == 8)


def test_ranges_of_calibrated_parameters_are_those_of_the_manifest():
    for name, ends in make_ranges.ranges().items():
        assert {end: priors()[name][end] for end in ends} == ends, f"{name}: python -m scripts.make_ranges"
    text = make_ranges.PLACE.read_text("utf-8")
    assert make_ranges.written(text) == text
    assert tomllib.loads(text)["kappa_c"]["high"] == 0.6


def _section(lang: str) -> str:
    text = evidence_page.PAGES[lang].read_text("utf-8")
    return text.split(HEADINGS[lang], 1)[1].split("\n## ", 1)[0]


def _paragraph(text: str, start: str) -> str:
    return text[text.index(start) :].split("\n\n", 1)[0]
