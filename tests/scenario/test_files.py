import errno
import pickle
from pathlib import Path

import pytest

from simulation.core.errors import ScenarioError
from simulation.scenario.files import LARGEST_FILE
from simulation.scenario.load import load
from tests.scenario.files import BANGKOK, error_of, swapped
from tests.strategies import TEXTS

THAI = next(i for i, line in enumerate(BANGKOK.split("\n"), 1) if any("ก" <= char <= "๛" for char in line))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"# only\n# comments\n", "comments only"),
        (b"\xef\xbb\xbf# comments\n", "comments only"),
        (BANGKOK.encode("utf-16"), "looks like UTF-16"),
        (BANGKOK.encode("utf-16-le"), "looks like UTF-16"),
        (BANGKOK.encode("utf-16-be"), "looks like UTF-16"),
        (BANGKOK.encode("tis-620", "replace"), f"byte 0xA1 on line {THAI}; it looks like TIS-620"),
        (b"format = 1\nabout = '\xff\x90'\n", "byte 0xFF on line 2"),
        (BANGKOK.replace("\n", "\r").encode(), "end with CR alone"),
        (b"PK\x03\x04 and so on", "Excel workbook"),
        (b"\x00\x01\x02", "not a text file. A scenario"),
        (b"#" * (LARGEST_FILE + 1), "larger than 5 MB"),
        (b"\n" * 200_000 + b"x = 1", "at most 100,000 are read"),
    ],
)
def test_a_file_that_is_no_scenario_as_a_whole_says_why_and_what_to_do(tmp_path, raw, said):
    error = error_of(tmp_path, raw)
    (problem,) = error.problems
    assert said in problem.text_en
    assert problem.text_th != problem.text_en
    assert error.whole
    assert "1 mistake" not in error.render()
    assert pickle.loads(pickle.dumps(error)).render("th") == error.render("th")


def test_a_text_that_begins_with_pk_is_a_text(tmp_path):
    assert "Excel" not in error_of(tmp_path, "PK is no key\n").render()


def test_line_ends_of_windows_and_a_mark_at_the_beginning_are_read(tmp_path):
    path = tmp_path / "my.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXTS["bangkok-waste"].replace("\n", "\r\n").encode())
    assert load(path).digest == load("bangkok-waste").digest


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "no right to read"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read (Input/output error)"),
    ],
)
@pytest.mark.parametrize("method", ["is_file", "open"])
def test_a_file_that_the_system_refuses_is_a_mistake_with_a_remedy(tmp_path, monkeypatch, trouble, said, method):
    path = tmp_path / "my.toml"
    path.write_text(BANGKOK, "utf-8")

    def refuse(self, *_args, **_kwargs):
        raise trouble

    monkeypatch.setattr(Path, method, refuse)
    with pytest.raises(ScenarioError) as error:
        load(str(path))
    assert said in error.value.problems[0].text_en
    assert error.value.whole


def test_a_name_that_is_too_long_is_a_mistake_with_a_remedy():
    with pytest.raises(ScenarioError, match="Check the name"):
        load("x" * 300)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("my-wast.toml", "my-waste.toml"),
        ("my-waste", "my-waste.toml"),
        ("my-waste.tml", "my-waste.toml"),
        ("bangkok-wast.toml", "bangkok-waste"),
        ("bangkok-waste.toml", "bangkok-waste"),
        ("zz.toml", ""),
        ("quite-another.toml", ""),
        ("folder.toml", ""),
    ],
)
def test_the_nearest_file_is_near_and_in_its_own_folder_and_another_one(tmp_path, name, near):
    (tmp_path / "my-waste.toml").touch()
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(ScenarioError) as error:
        load(tmp_path / name)
    suggestion = error.value.problems[0].suggestion
    assert Path(suggestion).name == near
    assert "/" not in suggestion or Path(suggestion).parent == tmp_path


def test_a_name_cannot_steer_the_screen(tmp_path):
    with pytest.raises(ScenarioError) as error:
        load("a\x1b[31m\nb.toml")
    assert "\x1b" not in str(error.value)
    assert "a\\x1b[31m\\nb.toml" in str(error.value)
    hostile = tmp_path / "a\x1b]0;x\x07.toml"
    hostile.write_text(swapped(BANGKOK, ("weeks = 104", '"w\\u001b[2Jx\\n" = "\\u0007\\nb"\nweeks = 104')), "utf-8")
    with pytest.raises(ScenarioError) as error:
        load(hostile)
    shown = error.value.render() + error.value.render("th")
    assert all(char.isprintable() or char == "\n" for char in shown)
    assert "w\\x1b[2Jx\\n" in shown


@pytest.mark.parametrize("given", ["precedent/time-bank", "time-bank", "precedent/time-bank.toml", "precedents/tim-bank"])
def test_a_folder_that_is_misspelt_or_left_out_is_put_right(given):
    with pytest.raises(ScenarioError) as error:
        load(given)
    (found,) = error.value.problems
    assert found.suggestion == "precedents/time-bank"
    assert "precedents/time-bank" in found.text_th
