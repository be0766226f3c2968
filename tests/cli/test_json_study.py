"""What the commands of studies print with --json is what scripts/json_fields_study.py says."""

import json

import pytest

from tests.cli.test_json import hold

STUDY = """
format = 1

[study]
scenario = "bangkok-waste"
set = { "world.citizens" = 120, "world.localities.number" = 3, "run.weeks" = 60 }
arms = ["fee_discount", "recognition"]
replicates = 2

[levers.discount]
key = "arms.fee_discount.schemes.fee.baht_per_month"
values = [0, 80]

[levers.decision]
key = "law.decision"
values = ["logit", "threshold"]

[contrasts.lead]
arm = "recognition"
less = "fee_discount"

[design]
kind = "grid"
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    (folder / "study.toml").write_text(STUDY, "utf-8")
    return folder


@pytest.fixture
def asked(place, kwamdee):
    """Call a command on the study, in its folder of results; return the object and what of it was not seen."""

    def call(command, *args, code=0):
        options = ("--out", str(place / "out"), "--jobs", "1") if command in ("sweep", "sensitivity") else ()
        done = kwamdee(command, *args, *options, "--json")
        assert (done.code, done.err) == (code, "")
        return json.loads(done.out)

    return call


def test_a_dry_run_prints_the_documented_fields(asked, place):
    found = asked("sweep", str(place / "study.toml"), "--dry-run")
    assert hold(found, "sweep --dry-run") == set()
    assert (found["runs"], found["kept"]) == (16, 0)


@pytest.mark.slow
def test_a_sweep_its_status_and_what_is_shown_of_it_print_the_documented_fields(asked, place):
    swept = asked("sweep", str(place / "study.toml"))
    unseen = hold(swept, "sweep")
    assert not [
        path
        for path in unseen
        if not path.startswith(
            ("indices[]", "failures[]", "said.notes", "evidence.arms.ARM.outside", "evidence.arms.ARM.kinds")
        )
    ]
    shown = asked("show", str(place / "out"))
    hold(shown, "show STUDY")
    assert shown["points"] == swept["points"]
    state = asked("sweep", str(place / "study.toml"), "--status")
    assert hold(state, "sweep --status") == {"owner[]"}
    assert (state["done"], state["missing"]) == (16, 0)
    more = asked("sweep", str(place / "study.toml"), "--status", "--replicates", "3")
    assert (more["done"], more["missing"], more["total"]) == (16, 8, 24)
    fewer = asked("sweep", str(place / "study.toml"), "--status", "--replicates", "1")
    assert (fewer["done"], fewer["missing"], fewer["total"]) == (8, 0, 8)
    measured = asked("sensitivity", str(place / "study.toml"))
    assert not [path for path in hold(measured, "sensitivity") if path.startswith("indices[]")]
    assert any("too small for these indices" in note for note in measured["said"]["notes"]["en"])
    for table in ("points", "runs", "failed", "tornado", "ranking", "best", "worst", "indices"):
        found = asked("show", str(place / "out"), "--table", table)
        hold(found, "show --table")
        assert bool(found["rows"]) == (table != "failed")


@pytest.mark.slow
def test_a_run_done_again_and_a_folder_that_is_checked_print_the_documented_fields(asked, place):
    asked("sweep", str(place / "study.toml"))  # goes on from what another test left
    run = asked("show", str(place / "out"), "--table", "runs")["rows"][5]
    again = asked("rerun", run["run_id"], "--in", str(place / "out"))
    assert hold(again, "rerun") == {"differs[]"}
    assert again["same"]
    checked = asked("verify", str(place / "out"))
    assert not [path for path in hold(checked, "verify") if not path.startswith("findings[]")]
    (place / "out" / "runs" / "mine.txt").write_text("no", "utf-8")
    stranger = asked("verify", str(place / "out"), code=2)
    assert hold(stranger, "verify") == set()
    assert (stranger["whole"], len(stranger["findings"])) == (False, 1)
