"""The record of variants that were tried: nothing is ever lost from it, whoever wrote it."""

import os
import tomllib
from dataclasses import replace

import pytest

from simulation.core.errors import InputError
from simulation.studies.evidence.ablation import Ablation
from simulation.studies.evidence.files import VARIANTS
from simulation.studies.evidence.predictor import variants_tried
from simulation.studies.evidence.score import Difference
from simulation.studies.evidence.variants import check_record, note_variant, read_variants

WORSE = Difference(0.02, 0.005, 0.01, 0.03, 12)
BY_HAND = """# Two that were tried by hand.

[[laws]]
title = { en = "Money by its root", th = "เงินโดยรากที่สอง" }
kept = false
studies = 29
why = "no better \\"on new studies\\""

[[variants]]
name = "money by its root"  # beside the whole law
mae = 0.31
"""


def tried(term, mae=0.3, crps_worse=WORSE):
    found = Ablation(term, mae, 0.2, 0.9, 0.29, 0.19, crps_worse, WORSE)
    return {"name": f"without {term}", **found.to_json()}


def test_the_record_keeps_all_and_replaces_the_same(tmp_path):
    assert read_variants(tmp_path) == []
    note_variant(tmp_path, tried("money"))
    note_variant(tmp_path, tried("habit"))
    note_variant(tmp_path, tried("money", mae=0.5, crps_worse=replace(WORSE, se=0.05)))
    found = {v["name"]: v for v in read_variants(tmp_path)}
    assert sorted(found) == ["without habit", "without money"]
    assert (found["without money"]["mae"], found["without habit"]["mae"]) == (0.5, 0.3)
    assert (found["without money"]["earns_its_place"], found["without habit"]["earns_its_place"]) == (False, True)
    assert [p.name for p in tmp_path.iterdir()] == [VARIANTS]


def test_what_was_written_by_hand_stays_to_the_letter(tmp_path):
    (tmp_path / VARIANTS).write_text(BY_HAND, "utf-8")
    note_variant(tmp_path, tried("money"))
    note_variant(tmp_path, tried("money", mae=0.4))
    text = (tmp_path / VARIANTS).read_text("utf-8")
    assert text.startswith(BY_HAND)
    assert tomllib.loads(text)["laws"] == tomllib.loads(BY_HAND)["laws"]
    assert [v.get("name") for v in read_variants(tmp_path)] == [None, "money by its root", "without money"]
    assert variants_tried(tmp_path) == 3


def test_a_record_that_cannot_be_read_or_written_is_refused_before_hours_go_into_a_variant(tmp_path, monkeypatch):
    check_record(tmp_path)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(InputError, match="cannot be written") as refused:
        check_record(tmp_path)
    assert "คัดลอก" in refused.value.th
    (tmp_path / VARIANTS).write_text("[[variants]\n", "utf-8")
    with pytest.raises(InputError, match="cannot be read") as refused:
        check_record(tmp_path)
    assert str(tmp_path / VARIANTS) in refused.value.th
