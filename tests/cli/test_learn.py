"""`kwamdee learn`: what it prints, what it writes, and how it refuses."""

import json

import pytest

from simulation.studies.evidence import learn
from tests.cli.test_json import hold
from tests.studies.evidence.pilots import CONTROL, scenario_file, table

SMALL = "small,1,6,4200,12000,400"


@pytest.fixture(autouse=True)
def few_societies(monkeypatch):
    monkeypatch.setattr(learn, "FIRST_WALK", 4)
    monkeypatch.setattr(learn, "SECOND_WALK", 6)


def test_it_prints_before_and_after_the_answer_and_the_next_command_in_both_languages(kwamdee, tmp_path):
    scenario, pilot, out = (
        str(scenario_file(tmp_path)),
        str(table(tmp_path, CONTROL, SMALL)),
        str(tmp_path / "l.parquet"),
    )
    done = kwamdee("learn", scenario, "--observed", pilot, "--out", out)
    assert done.code == 0
    for said in (
        "Small, weeks 1–6",
        "Responsiveness, walking",
        "Weight of money",
        f"compare {scenario} --parameters {out}",
    ):
        assert said in done.out
    thai = kwamdee("learn", scenario, "--observed", pilot, "--out", out, "--lang", "th").out
    for said in ("น้อย สัปดาห์ที่ 1–6", "น้ำหนักของเงิน", "ขั้นต่อไป"):
        assert said in thai
    assert max(map(len, done.out.replace(scenario, "").replace(out, "").splitlines())) <= 80  # but for what is copied


def test_json_holds_what_is_documented(kwamdee, tmp_path):
    pilot = str(table(tmp_path, SMALL))  # without a control, so that there is a warning
    done = kwamdee(
        "learn", str(scenario_file(tmp_path)), "--observed", pilot, "--out", str(tmp_path / "l.parquet"), "--json"
    )
    assert hold(json.loads(done.out), "learn") == set()


def test_what_is_wrong_with_a_pilot_ends_with_2_and_writes_nothing(kwamdee, tmp_path):
    scenario, out = str(scenario_file(tmp_path)), tmp_path / "l.parquet"
    pilot = str(table(tmp_path, CONTROL, "small,1,6,13000,12000,400"))
    done = kwamdee("learn", scenario, "--observed", pilot, "--out", str(out))
    assert (done.code, done.out) == (2, "")
    assert 'row 2, column "acts"' in done.err
    assert "แถวที่ 2" in kwamdee("learn", scenario, "--observed", pilot, "--out", str(out), "--lang", "th").err
    assert not out.exists()
    assert kwamdee("learn", scenario, "--observed", pilot, "--over", "enroled").code == 2
