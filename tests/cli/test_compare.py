import html
import json
import re
import subprocess
import sys

import pytest

import simulation as kw
from simulation.core.errors import ScenarioError
from simulation.reports.terminal import Screen, render
from simulation.reports.words import headline, interval, paragraphs, points

SMALL = ["world.citizens=600"]


def kwamdee(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "simulation", *args], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    return kw.compare("bangkok-waste", set_=SMALL, replicates=20, jobs=1, out=tmp_path_factory.mktemp("out"))


def test_json_is_one_object_with_the_digest_of_the_manifest(tmp_path):
    done = kwamdee(
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
    assert list(found)[:5] == ["scenario", "digest", "seed", "replicates", "arms"]
    for key in ("answer", "left_behind", "how_sure", "notes"):
        assert set(found[key]) == {"en", "th"}
    assert found["digest"] == json.loads((tmp_path / "manifest.json").read_text("utf-8"))["digest"]
    assert found["arms"]["control"]["effect_pp"]["mean"] == 0
    assert found["arms"]["fee_discount"]["effect_pp"]["low"] is None
    assert sum(a["p_best"] for a in found["arms"].values()) == pytest.approx(1)
    assert list(tmp_path.glob("runs*.parquet"))
    assert list(tmp_path.glob("series*.parquet"))


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
def test_bad_input_is_one_clear_message_and_exit_code_two(args):
    done = kwamdee(*args)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_validate_and_schemes_answer():
    assert "is valid" in kwamdee("validate", "bangkok-waste").stdout
    assert "fee_discount" in kwamdee("schemes", "--lang", "th").stdout


def test_thornton_prints_observed_beside_simulated(tmp_path):
    found = kw.compare("thornton-2008", set_=["world.citizens=400"], replicates=20, jobs=1, out=tmp_path)
    assert "Observed beside simulated" in found.report_path.read_text("utf-8")
    assert found.summary.arms[0].cost_per_act is None


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


def test_tables_lie_beside_the_report(comparison):
    names = {p.name for p in (comparison.folder / "tables").glob("*.csv")}
    assert {"effects.csv", "trajectories.csv", "equity.csv", "costs.csv", "behaviours.csv", "runs.csv"} <= names
    text = (comparison.folder / "tables" / "effects.csv").read_text("utf-8")
    assert text.splitlines()[0].startswith("arm,p_best,luck_share,variance_reduction")
