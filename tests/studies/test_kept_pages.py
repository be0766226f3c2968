"""The door of the scripts that write pages: what they are asked for, and what no page loses."""

import pytest

from scripts.kept_pages import Blocks, asked_of, between, with_line


def test_names_options_and_the_folder_of_runs_are_told_apart():
    asked = asked_of(["one", "--results", "mine", "--write", "two"], "results")
    assert (asked.names, asked.results, asked.write) == (("one", "two"), "mine", True)
    assert asked_of([], "results") == asked_of(["--results", "results"], "elsewhere")


@pytest.mark.parametrize(
    ("arguments", "said"), [(["--results"], "wants a folder"), (["--wirte"], "no option --wirte; there are --write")]
)
def test_what_a_script_cannot_do_is_said_in_one_line(arguments, said):
    with pytest.raises(SystemExit, match=said):
        asked_of(arguments, "results")


def test_a_block_is_replaced_and_what_stands_around_it_stays():
    mine = Blocks("some_script")
    text = f"Above.\n{mine.begins('Found')}\nold\n{mine.ends('Found')}\nBelow.\n"
    new = mine.put(text, "Found", ["", "new", ""])
    assert mine.inside(new, "Found") == "\n\nnew\n\n"
    assert new.replace("\n\nnew\n\n", "\nold\n") == text
    assert between("a[b]c", "[", "]", ["d"]) == "a[\nd\n]c"
    assert with_line("| [one](one/README.md) |\n| [two](two/README.md) |", "two", "| new |").endswith("\n| new |")
