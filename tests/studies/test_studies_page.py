"""What docs/studies.md shows is run, at a tiny size: files, commands and Python, in the order of the page."""

import re
import shlex
import sys
from pathlib import Path

import pytest

import simulation as kw
from simulation.cli import main
from simulation.studies.plan.read import shipped_studies

PAGE = (Path(__file__).parents[2] / "docs" / "studies.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
FILES = [text for kind, text in BLOCKS if kind == "toml"]
PYTHON = [text for kind, text in BLOCKS if kind == "python"]
COMMANDS = [line.split(" #")[0].strip() for kind, text in BLOCKS if not kind for line in text.splitlines()]
TINY = '"world.citizens" = 120, "world.localities.number" = 3, "run.weeks" = 60'


def tiny(text):
    """Return a file of the page, or a part of Python, with few people, weeks, societies and trajectories."""
    text = text.replace('"world.citizens" = 1000', TINY)
    text = text.replace('"world.citizens": 500', TINY.replace(" =", ":")).replace("replicates=4", "replicates=2")
    return re.sub(r"(replicates|trajectories) = \d+", r"\1 = 2", text)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with the two studies of the page."""
    folder = tmp_path_factory.mktemp("page")
    for name, text in (("discount", FILES[0]), ("unknowns", FILES[2])):
        (folder / name).mkdir()
        (folder / name / "study.toml").write_text(tiny(text), "utf-8")
    return folder


@pytest.fixture(autouse=True)
def here(place, monkeypatch):
    monkeypatch.chdir(place)


def give(line, monkeypatch, capsys):
    """Give a command as a shell does, with its folder's name completed and a real run for RUN_ID."""
    words = shlex.split(line)
    assert words[0] == "kwamdee"
    for i, word in enumerate(words):
        if "*" in word:
            [words[i]] = map(str, Path().glob(word))
        if word == "RUN_ID":
            words[i] = str(kw.sweep("discount", jobs=1, report=False).runs["run_id"][1])
    words = ["3" if word == "30" and words[i - 1] == "--replicates" else word for i, word in enumerate(words)]
    with monkeypatch.context() as patch:
        patch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as end:
            main()
    return int(end.value.code or 0), capsys.readouterr().out


@pytest.mark.slow
def test_every_command_of_the_page_ends_well_in_the_order_of_the_page(monkeypatch, capsys):
    assert len(COMMANDS) > 15
    for line in COMMANDS:
        code, said = give(line, monkeypatch, capsys)
        assert code == 0, line
        assert said.strip(), line
    _, said = give("kwamdee show results/discount-*", monkeypatch, capsys)
    assert "36 of 36 runs are kept" in said  # 9 points, 2 societies, 2 arms


@pytest.mark.slow
def test_every_part_of_python_runs(monkeypatch, capsys):
    kw.sweep("discount", jobs=1, report=False)
    names = {}
    for text in PYTHON[:2]:
        exec(compile(tiny(text), "studies.md", "exec"), names)
    assert len(names["runs"]) == len(names["same"]) >= len(names["found"].runs) == 36
    assert Path("curves.png").stat().st_size > 10_000
    exec(compile(tiny(PYTHON[2]), "studies.md", "exec"), names)
    printed = capsys.readouterr().out
    assert "True" in printed
    assert re.search("[ก-๛]", printed)


def test_the_target_of_the_page_takes_the_place_of_replicates(tmp_path):
    table = FILES[1].removeprefix("[study]\n")
    (tmp_path / "study.toml").write_text(re.sub(r"^replicates = \d+\n", table, FILES[0], flags=re.MULTILINE), "utf-8")
    assert kw.load_study(tmp_path).target.mcse == 0.2


def test_the_studies_of_the_page_are_right_at_their_own_size(tmp_path):
    for text, points in ((FILES[0], 9), (FILES[2], 40)):
        (tmp_path / "study.toml").write_text(text, "utf-8")
        found = kw.load_study(tmp_path)
        assert (found.points, found.warnings) == (points, ())


def test_every_study_that_the_page_names_is_shipped():
    named = re.findall(r"`kwamdee sweep ([a-z-]+)`", PAGE)
    assert len(named) == 2
    assert set(named) <= set(shipped_studies())
