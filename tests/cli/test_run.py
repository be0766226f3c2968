import io
import json

import pandas as pd
import pytest

import simulation as kw
from tests.cli.test_json import hold

SIZE = ("--set", "world.citizens=200", "--set", "run.weeks=60")


def test_the_trajectory_is_a_table_on_stdout_and_weeks_are_told_on_stderr(command):
    done = command("run", "bangkok-waste", "--arm", "recognition", *SIZE)
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert lines[0].endswith("  paid, baht")
    found = kw.run("bangkok-waste", arm="recognition", set_=["world.citizens=200", "run.weeks=60"]).trajectory
    assert lines[2 + 59].split() == [
        "59", f"{100 * found['acts_share'].iloc[59]:.1f}", f"{100 * found['twin_share'].iloc[59]:.1f}",
        f"{found['effect_pp'].iloc[59]:+.2f}", f"{found['enrolled'].iloc[59]}", "0",
    ]  # fmt: skip
    assert "percentage points while it runs" in done.out
    assert "not how well" in done.out
    assert [line.split("  ")[0] for line in done.err.splitlines()] == ["0%", "25%", "50%", "75%", "100%"]


def test_json_is_one_object_and_a_file_holds_the_same(command, tmp_path):
    for name in ("weeks.csv", "weeks.parquet"):
        path = tmp_path / name
        done = command(
            "run", "bangkok-waste", "--arm", "fee_discount", "--replicate", "2", *SIZE, "--json", "--out", path
        )
        assert done.code == 0, done.err
        found = json.loads(done.out)
        assert all(path.startswith(("evidence.outside[]", "evidence.kinds_not")) for path in hold(found, "run"))
        assert found["evidence"]["studies"]
        table = pd.read_csv(path) if path.suffix == ".csv" else pd.read_parquet(path)
        assert table.to_dict("records") == found["trajectory"]
        assert (found["arm"], found["replicate"], len(found["run_id"])) == ("fee_discount", 2, 16)
        assert found["outcomes"]["effect_after_pp"] is None
        assert done.err == ""
    assert sorted(p.name for p in tmp_path.iterdir()) == ["weeks.csv", "weeks.parquet"]


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_studies_behind_the_arm_are_told_below_and_what_no_study_tells(command, lang):
    small = (*SIZE, "--set", "world.localities.number=5", "--lang", lang)
    done = command("run", "bangkok-waste", "--arm", "district_goal", *small)
    found = kw.run("bangkok-waste", arm="district_goal", set_=["world.citizens=200", "world.localities.number=5", "run.weeks=60"])  # fmt: skip
    told = done.out.split("หลักฐาน\n" if lang == "th" else "Evidence\n")[1]
    text = " ".join(told.split())
    n = len(found.behind.studies)
    assert (f"การศึกษา {n} เรื่อง" if lang == "th" else f"{n} studies") in text
    assert (
        "สิ่งจูงใจระดับพื้นที่" if lang == "th" else "none of the published experiments tests incentives for whole areas"
    ) in text
    assert lang == "en" or not any(word in text for word in ("studies", "none", "log-odds"))


def test_an_arm_without_schemes_rests_on_nothing(command):
    done = command("run", "bangkok-waste", "--arm", "control", *SIZE)
    assert "Evidence" not in done.out
    found = json.loads(command("run", "bangkok-waste", "--arm", "control", *SIZE, "--json").out)
    assert (found["evidence"], found["evidence_said"]) == (None, {"en": [], "th": []})


def test_thai_says_its_heads_in_words_below(command):
    done = command("run", "bangkok-waste", "--arm", "comparison", *SIZE, "--lang", "th")
    assert "(4) ผล จุดร้อยละ" in done.out
    assert "สังคมจำลองเดียว" in done.out
    assert "60 จาก 60 สัปดาห์" in done.err
    assert "taking part" not in done.out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "--arm district_goal"),
        (("--arm", "comparisson"), "comparison"),
        (("--arm", "control", "--replicate", "-1"), "--replicate is -1"),
        (("--arm", "control", "--out", "weeks.xlsx"), ".csv or .parquet"),
        (("--arm", "control", "--out", "nowhere/weeks.csv"), "no folder nowhere"),
        (("--arm", "control", "--engine", "x"), "engine"),
    ],
)
def test_what_cannot_be_is_one_message_and_exit_code_two(command, args, said):
    done = command("run", "bangkok-waste", *args)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""


def test_control_prints_a_society_without_schemes(command):
    done = command("run", "bangkok-waste", "--arm", "control", *SIZE, "--json")
    assert json.loads(done.out)["outcomes"] == {}
    assert pd.read_json(io.StringIO(json.dumps(json.loads(done.out)["trajectory"])))["effect_pp"].eq(0).all()
