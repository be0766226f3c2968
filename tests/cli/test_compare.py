import html
import json
import os
import re
import subprocess
import sys

import pytest

import simulation as kw
from simulation.core.errors import InputError, ScenarioError
from simulation.reports.terminal import Screen, render
from simulation.reports.words import headline, interval, paragraphs, points
from simulation.scenario.load import shipped

SMALL = ["world.citizens=600"]


def process(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "simulation", *args], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    return kw.compare("bangkok-waste", set_=SMALL, replicates=20, jobs=1, out=tmp_path_factory.mktemp("out"))


@pytest.mark.slow
def test_json_is_one_object_with_the_digest_of_the_manifest(tmp_path):
    done = process(
        "compare",
        "bangkok-waste",
        "--json",
        "--replicates",
        "2",
        "--jobs",
        "1",
        "--out",
        str(tmp_path),
        "--set",
        SMALL[0],
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found)[:6] == ["scenario", "digest", "seed", "replicates", "warnings", "arms"]
    for key in ("answer", "left_behind", "how_sure", "notes"):
        assert set(found[key]) == {"en", "th"}
    assert found["digest"] == json.loads((tmp_path / "manifest.json").read_text("utf-8"))["digest"]
    assert found["arms"]["control"]["effect_pp"]["mean"] == 0
    assert found["arms"]["fee_discount"]["effect_pp"]["low"] is None
    assert sum(a["p_best"] for a in found["arms"].values()) == pytest.approx(1)
    assert list(tmp_path.glob("runs*.parquet"))
    assert list(tmp_path.glob("series*.parquet"))


@pytest.mark.slow
def test_one_and_two_processes_and_both_engines_agree_to_the_bit(comparison, tmp_path):
    other = kw.compare("bangkok-waste", set_=SMALL, replicates=20, jobs=2, engine="numpy", out=tmp_path)
    assert comparison.effects.equals(other.effects)
    assert comparison.equity.equals(other.equity)


def test_the_report_says_what_the_json_says(comparison):
    page = comparison.report_path.read_text("utf-8")
    plain = html.unescape(re.sub(r"<[^>]+>", "", page))
    for paragraph in paragraphs(comparison.summary, "en"):
        assert paragraph in plain
    assert comparison.to_json()["answer"]["en"] == " ".join(
        [headline(comparison.summary, "en"), *paragraphs(comparison.summary, "en")]
    )
    other = (comparison.folder / "report.th.html").read_text("utf-8")
    for paragraph in paragraphs(comparison.summary, "th"):
        assert paragraph in html.unescape(re.sub(r"<[^>]+>", "", other))
    for text in (page, other):
        visible = text.split("</style>")[1]
        assert "nan" not in visible.lower().replace("finance", "")
        assert 'src="http' not in text


def test_effects_are_tidy_and_the_plot_is_a_figure(comparison):
    assert list(comparison.effects["arm"]) == sorted(
        comparison.effects["arm"], key=lambda a: -comparison.effects.set_index("arm").loc[a, "effect_pp"]
    )
    assert len(comparison.plot().axes) == 1
    assert "<table" in comparison._repr_html_()


@pytest.mark.parametrize(
    "args",
    [
        ("compare", "no-such-file.toml"),
        ("compare", "bangkok-waste", "--engine", "nunba"),
        ("compare", "bangkok-waste", "--set", "run.weeks=0"),
        ("compare", "bangkok-waste", "--jobs", "0"),
        ("compare", "bangkok-waste", "--nonsense"),
        ("validate", "no-such-file.toml"),
        ("compare", "bangkok-waste", "--set", "world.citizens=90000000"),
    ],
)
def test_bad_input_is_one_clear_message_and_exit_code_two(args, kwamdee):
    done = kwamdee(*args)
    assert done.code == 2
    assert "Traceback" not in done.err
    assert done.err.strip()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--replicates", "abc"), '--replicates is "abc"; it is a whole number from 1 to 100,000'),
        (("--replicates=1e3",), '--replicates is "1e3"'),
        (("--seed", "-1"), "--seed is -1; it is a whole number from 0"),
        (("--jobs", "100000"), "from 1 to 1,024"),
        (("--out", ""), "--out is empty"),
        (("--engine", "numbaa"), 'Did you mean "numba"?'),
        (("--lang", "xx"), "Allowed: en, th"),
        (("--bogus",), "See: kwamdee compare --help"),
    ],
)
def test_a_wrong_option_says_what_was_received_and_what_is_right(args, said, kwamdee):
    done = kwamdee("compare", "bangkok-waste", *args)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""


def test_errors_are_in_the_language_asked_for(kwamdee):
    for args in (("--lang", "th"), ("--lang=th",)):
        done = kwamdee("validate", "bangkok-waste", "--set", "run.weeks=0", *args)
        assert done.code == 2
        assert "ยังไม่ได้เริ่มจำลอง" in done.err


@pytest.mark.slow
def test_an_output_that_cannot_write_thai_gets_english_and_escaped_json(tmp_path):
    plain = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    args = ["compare", "bangkok-waste", "--set", SMALL[0], "--replicates", "2", "--jobs", "1", "--out", str(tmp_path)]
    command = [sys.executable, "-m", "simulation", *args]
    found = subprocess.run([*command, "--json"], capture_output=True, check=False, env=plain)
    assert found.returncode == 0, found.stderr
    assert "\u0e2a" in json.loads(found.stdout.decode("ascii"))["answer"]["th"]
    for more in (["--quiet", "--lang", "th"], ["--lang", "th"]):
        done = subprocess.run([*command, *more], capture_output=True, check=False, env=plain)
        assert done.returncode == 0, done.stderr
        assert b"PYTHONUTF8=1" in done.stderr
        assert b"too few for an interval" in done.stdout


@pytest.mark.slow
def test_the_next_commands_are_those_that_work(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(shipped()["bangkok-waste"].read_text("utf-8"), "utf-8")
    args = ["--set", SMALL[0], "--seed", "5", "--replicates", "2", "--jobs", "1", "--out", str(tmp_path / "out")]
    said = process("compare", str(path), *args).stdout.split("Next")[1].split("   ")
    command = next(part for part in said if "kwamdee" in part)
    assert command.split()[1:] == ["compare", str(path), "--set", SMALL[0], "--seed", "5", "--replicates", "100"]


def test_validate_and_schemes_answer(kwamdee):
    assert "is valid" in kwamdee("validate", "bangkok-waste").out
    assert "fee_discount" in kwamdee("schemes", "--lang", "th").out


@pytest.mark.slow
def test_thornton_prints_observed_beside_simulated(tmp_path):
    found = kw.compare("thornton-2008", set_=["world.citizens=400"], replicates=20, jobs=1, out=tmp_path)
    assert "Observed beside simulated" in found.report_path.read_text("utf-8")
    assert found.summary.arms[0].cost_per_act is None


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("engine", "numbaa"), ("engine", None), ("parameters", "defalt"), ("lang", "xx"), ("jobs", 0), ("jobs", 1.5),
        ("jobs", 100_000), ("jobs", "2"), ("seed", "3"), ("seed", -1), ("replicates", 0), ("replicates", True),
    ],
)  # fmt: skip
def test_python_refuses_a_wrong_argument_before_anything_is_run(argument, value, tmp_path):
    with pytest.raises(InputError, match=argument):
        kw.compare("bangkok-waste", out=tmp_path / "out", **{argument: value})
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_without_numba_its_engine_is_refused_and_the_other_runs(tmp_path, monkeypatch):
    monkeypatch.setattr("simulation.studies.compare.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"kwamdee\[fast\]"):
        kw.compare("bangkok-waste", engine="numba", out=tmp_path)
    assert not kw.compare("bangkok-waste", set_=SMALL[0], replicates=1, jobs=1, out=tmp_path).failed


@pytest.mark.slow
def test_a_comparison_made_in_python_keeps_its_scenarios_name_and_no_false_command(tmp_path):
    changed = kw.load("bangkok-waste").with_({"world.citizens": 200, "run.replicates": 1})
    found = kw.compare(changed, jobs=1, out=tmp_path)
    assert found.summary.facts.name == "bangkok-waste"
    assert found.summary.facts.command == ""
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert kw.Scenario.from_json(json.dumps(manifest["definition"])) == changed


def test_python_raises_the_same_error():
    with pytest.raises(ScenarioError):
        kw.compare("bangkok-waste", set_=["run.weeks=-3"])


def test_report_terminal_and_json_show_the_same_digits(comparison):
    page = html.unescape(re.sub(r"<[^>]+>", " ", comparison.report_path.read_text("utf-8")))
    shown = render(comparison.summary, "en", Screen(width=80))
    found = comparison.to_json()["arms"]
    for a in comparison.summary.arms:
        effect = found[a.facts.name]["effect_pp"]
        mean, span = points(effect["mean"]), interval(a.effect, "en")
        assert (a.effect.low, a.effect.high) == (effect["low"], effect["high"])
        assert f"{mean} {span}" in shown
        assert f"{mean} {span}" in re.sub(r"\s+", " ", page)


def test_colours_are_printed_where_the_screen_has_them_and_nowhere_else(comparison):
    for lang in ("en", "th"):
        assert "\x1b[" in render(comparison.summary, lang, Screen(colour=True))
        assert "\x1b" not in render(comparison.summary, lang, Screen(colour=False))


def test_tables_lie_beside_the_report(comparison):
    names = {p.name for p in (comparison.folder / "tables").glob("*.csv")}
    assert {"effects.csv", "trajectories.csv", "equity.csv", "costs.csv", "behaviours.csv", "runs.csv"} <= names
    text = (comparison.folder / "tables" / "effects.csv").read_text("utf-8")
    assert text.splitlines()[0].startswith("arm,p_best,luck_share,variance_reduction")
