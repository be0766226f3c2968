"""`kwamdee init` and `kwamdee schema` as somebody uses them: in a terminal, with piped answers, without any."""

import contextlib
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from simulation.cli.app import app
from simulation.core.errors import InputError
from simulation.scenario.load import load, shipped

ROOT = Path(__file__).parents[2]


def kwamdee(
    folder: Path, *args: str, answers: str | bytes | None = None, path: str = ""
) -> subprocess.CompletedProcess[str]:
    given = answers.encode() if isinstance(answers, str) else answers
    done = subprocess.run(
        [sys.executable, "-m", "simulation", *args],
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{path}", "PYTHONUTF8": "1"},
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def here(tmp_path, monkeypatch, capsys):
    """Return the command run in this process, in an empty folder: what it prints; an error is raised."""

    def run(*args: str, answers: str = "") -> tuple[str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        with contextlib.suppress(SystemExit):
            app(list(args), standalone_mode=False, prog_name="kwamdee")
        shown = capsys.readouterr()
        return shown.out, shown.err

    return run


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_without_a_terminal_every_default_is_taken_and_that_is_said(tmp_path):
    done = kwamdee(tmp_path, "init", "my.toml")
    assert done.returncode == 0, done.stderr
    assert "the default is taken" in done.stderr
    assert "kwamdee explain my.toml" in done.stdout
    assert "kwamdee compare my.toml" in done.stdout
    assert files(tmp_path) == ["my.toml"]
    assert load(tmp_path / "my.toml").world.place == "TH-10"


def test_piped_answers_in_thai_fill_the_file(here, tmp_path):
    out, err = here("init", "ของฉัน.toml", "--lang", "th", answers="เชียงใหม่\nจิตอาสา / อาสาสมัคร\n")
    assert "จังหวัดใด" in err
    assert "ใช้ค่าตั้งต้น" in err
    assert "เขียน ของฉัน.toml แล้ว" in out
    found = load(tmp_path / "ของฉัน.toml")
    assert found.world.place == "TH-50"
    assert list(found.behaviours) == ["volunteer"]


@pytest.mark.slow
def test_yes_asks_nothing_and_what_is_written_runs_at_once(tmp_path):
    done = kwamdee(tmp_path, "init", "my.toml", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    run = kwamdee(
        tmp_path, "compare", "my.toml", "--replicates", "2", "--jobs", "1", "--set", "world.citizens=400", "--quiet"
    )
    assert run.returncode == 0, run.stderr


def test_three_wrong_piped_answers_take_that_default_and_the_rest_is_kept(tmp_path):
    done = kwamdee(tmp_path, "init", "my.toml", answers="Paris\nRome\nOslo\nvolunteer\n")
    assert (done.returncode, files(tmp_path)) == (0, ["my.toml"])
    assert "the default is taken, Bangkok" in done.stderr
    assert list(load(tmp_path / "my.toml").behaviours) == ["volunteer"]


def test_answers_in_another_encoding_are_one_clear_message(tmp_path):
    done = kwamdee(tmp_path, "init", "my.toml", answers=b"\xaa\xaa\n\xaa\n\xaa\n")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert files(tmp_path) == []


@pytest.mark.parametrize(("lang", "said"), [("en", "give more"), ("th", "เพิ่มงบประมาณ")])
def test_a_goal_that_its_budget_cannot_pay_is_told_at_the_end(here, tmp_path, lang, said):
    answers = "\n" * 9 + "collective_goal\n" + "\n" * 2 + "5000\n" + "\n" * 5
    _, err = here("init", "my.toml", "--lang", lang, answers=answers)
    assert said in " ".join(err.split("20/20")[1].split())
    assert load(tmp_path / "my.toml").arms["collective_goal"].schemes["collective_goal"].budget_baht == 5000


def test_a_file_that_is_there_is_kept_unless_forced(here, tmp_path):
    (tmp_path / "my.toml").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="--force"):
        here("init", "my.toml", "--yes")
    assert (tmp_path / "my.toml").read_text("utf-8") == "mine"
    assert here("init", "my.toml", "--yes", "--force")[1] == ""
    assert load(tmp_path / "my.toml").run.weeks == 58
    assert files(tmp_path) == ["my.toml"]


def test_a_shipped_scenario_is_copied_word_for_word_after_a_first_comment(here, tmp_path):
    here("init", "my.toml", "--from", "bangkok-waste")
    text = (tmp_path / "my.toml").read_text("utf-8")
    assert text == "# From bangkok-waste\n" + shipped()["bangkok-waste"].read_text("utf-8")
    assert load(tmp_path / "my.toml").digest == load("bangkok-waste").digest


def test_a_copy_that_would_lose_what_it_extends_is_refused(here, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "base.toml").write_text(shipped()["bangkok-waste"].read_text("utf-8"), "utf-8")
    (tmp_path / "mine.toml").write_text('extends = "base.toml"\n', "utf-8")
    with pytest.raises(InputError, match="extends a file that is not found"):
        here("init", "deep/my.toml", "--from", "mine.toml")
    assert files(tmp_path / "deep") == []
    here("init", "my.toml", "--from", "mine.toml")
    assert load(tmp_path / "my.toml").run.weeks == 104


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("my",), "such as my.toml"),
        (("",), "ends in .toml"),
        (("my.csv",), "ends in .toml"),
        (("none/my.toml",), "There is no folder none"),
        (("folder.toml",), "is no file"),
        (("my.toml", "--from", "bangkok-wast"), "bangkok-waste"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is_asked(here, capsys, tmp_path, args, said):
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(InputError, match=said) as error:
        here("init", *args)
    assert error.value.th or error.value.render("th") != str(error.value)
    assert capsys.readouterr().err == ""
    assert files(tmp_path) == ["folder.toml"]


def test_ctrl_c_in_the_middle_leaves_no_file(tmp_path):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "simulation", "init", "my.toml"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    os.close(theirs)
    os.write(ours, b"Chiang Mai\n")
    assert process.stderr is not None
    seen = b""
    while b"2/20" not in seen:
        more = os.read(process.stderr.fileno(), 4096)
        assert more, seen
        seen += more
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    os.close(ours)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert files(tmp_path) == []


def test_the_schema_is_printed_or_written_and_judges_what_init_writes(here, tmp_path):
    printed = json.loads(here("schema", "--lang", "th")[0])
    assert printed["properties"]["run"]["title"] == "การจำลอง"
    assert "#:schema kwamdee.schema.json" in here("schema", "--out", "kwamdee.schema.json")[0]
    jsonschema.Draft202012Validator.check_schema(json.loads((tmp_path / "kwamdee.schema.json").read_text("utf-8")))
    here("schema", "--out", "kwamdee.schema.json")
    (tmp_path / "other.json").write_text("{}", "utf-8")
    with pytest.raises(InputError, match="is no schema"):
        here("schema", "--out", "other.json")
    assert (tmp_path / "other.json").read_text("utf-8") == "{}"


PLUGIN = """
from typing import Literal
from pydantic import Field
from simulation.core.params import Text
from simulation.incentives.base import Scheme

class Stars(Scheme):
    "Stars."
    label = Text(en="Stars", th="ดาว")
    what = Text(en="Each act earns a star.", th="ทำแต่ละครั้งได้ดาว")
    literature = ("Somebody 2020",)
    kind: Literal["stars"] = "stars"
    stars: int = Field(ge=1, le=3, description="Stars.")
"""


@pytest.mark.slow
def test_installed_schemes_of_others_are_in_the_schema_and_a_broken_one_breaks_nothing(tmp_path):
    site = tmp_path / "site"
    for name, module, text in (("good", "theirs_good", PLUGIN), ("bad", "theirs_bad", "raise RuntimeError('boom')")):
        info = site / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
        (info / "entry_points.txt").write_text(f"[kwamdee.schemes]\n{name} = {module}:Stars\n", "utf-8")
        (site / f"{module}.py").write_text(text, "utf-8")
    done = kwamdee(tmp_path, "schema", path=str(site))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["$defs"]["Stars"]["properties"]["stars"]["maximum"] == 3
    assert 'The plug-in "bad" of bad' in done.stderr
    listed = kwamdee(tmp_path, "schemes", path=str(site))
    assert "stars" in listed.stdout
    assert "boom" in listed.stderr
    made = kwamdee(tmp_path, "init", "my.toml", answers="\n" * 9 + "stars\n", path=str(site))
    assert made.returncode == 0, made.stderr
    assert "stars = 3" in (tmp_path / "my.toml").read_text("utf-8")


@pytest.mark.parametrize(("lang", "longer"), [("en", "first time"), ("th", "ครั้งแรก")])
def test_the_time_says_that_the_first_time_takes_longer_until_the_passes_are_compiled(
    here, monkeypatch, tmp_path, lang, longer
):
    monkeypatch.setattr("simulation.studies.compiled.find_spec", lambda _: True)
    for compiled in (False, True):
        (tmp_path / "mark").touch() if compiled else None
        monkeypatch.setattr("simulation.studies.compiled._mark", lambda _: tmp_path / "mark")
        made = here("init", "my.toml", "--yes", "--force", "--lang", lang)[0]
        checked = here("validate", "my.toml", "--lang", lang)[0]
        assert (longer in made, longer in checked.split("\n", 3)[-1]) == (not compiled, not compiled)
