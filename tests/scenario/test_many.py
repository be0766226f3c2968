import time

import pytest

from simulation.core.errors import SHOWN_AT_ONCE, WIDTH, Problem, cut_around
from simulation.core.names import nearest
from tests.scenario.files import BANGKOK, error_of, marked, swapped

SECONDS = 2.0  # of this process; on an idle machine the longest takes about half


def lines(pattern: str, n: int) -> str:
    return BANGKOK + "\n" + "".join(pattern.format(i) for i in range(n))


@pytest.mark.parametrize(
    ("text", "total"),
    [
        (swapped(BANGKOK, ("weeks = 104", "weeks = 104\n" + "".join(f"week{i} = 3\n" for i in range(20_000)))), 20_000),
        (BANGKOK + "\n[sources]\n" + "".join(f"a{i} = 3\n" for i in range(20_000)), 20_000),
        (lines("[arms.a{}]\nx = 1\n", 15_000), 15_000),
        (lines("[arms.a{}.schemes.s]\nkind = 'pints'\n", 5_000), 15_000),
        (lines("[[observed]]\narm = 'a{}'\nvalue = 0.1\n", 9_000), 9_000),
        (swapped(BANGKOK, ('kind = "recognition"', 'kind = "' + "recognition" * 90_000 + '"')), 1),
        (swapped(BANGKOK, ("replicates = 60", "replicates" * 100_000 + " = 60")), 1),
        (BANGKOK + "\n[sources]\na = '" + "x" * 4_900_000 + "'\nb = 3\n", 1),
        (BANGKOK + '\n[sources]\na = """' + "x" * 4_900_000, 1),
        (BANGKOK + "\nx = [" + "[" * 90_000, 1),
        (BANGKOK + "\nx" + ".a" * 1_000_000 + " = 1", 1),
        (BANGKOK + "\nx = 0x" + "f" * 4_900_000, 1),
    ],
    ids=["keys", "values", "arms", "kinds", "rows", "kind", "key", "text", "unclosed", "deep", "parts", "digits"],
)
def test_a_huge_file_is_answered_soon_and_all_its_mistakes_are_counted(tmp_path, text, total):
    before = time.process_time()
    error = error_of(tmp_path, text)
    assert time.process_time() - before < SECONDS
    assert error.total == total
    assert len(error.problems) == min(total, SHOWN_AT_ONCE)
    assert [p.line for p in error.problems] == sorted(p.line for p in error.problems)
    shown = error.render()
    assert len(shown) < 20_000
    assert all(len(line) <= WIDTH for line in shown.splitlines() if "my.toml" not in line)
    if total > SHOWN_AT_ONCE:
        assert f"{total:,} mistakes in" in shown


@pytest.mark.parametrize("at", [0, 3, 40, 75, 76, 200, 990])
@pytest.mark.parametrize("width", [1, 5, 74, 300])
def test_a_long_line_is_cut_around_its_mistake(at, width):
    line = "".join(chr(97 + i % 26) for i in range(1300))
    problem = Problem("f", "What.", "อะไร", 12, 0, source_line=line, caret_start=at, caret_end=at + width)
    _, drawn, carets, _ = problem.render().splitlines()
    assert len(drawn) <= WIDTH
    assert len(carets) <= WIDTH
    under = drawn[carets.index("^") : len(carets)].removesuffix("…")
    assert line[at : at + width].startswith(under)
    assert under
    assert ("…" in drawn[:10]) == (drawn[7] != "a")
    assert drawn.endswith("…")


def test_a_line_that_fits_is_not_cut():
    line = "x" * 70
    assert cut_around(line, 69, 70, 73) == (line, 69, 70)


def test_escapes_count_as_they_are_shown():
    text, start, end = cut_around("\x1b" * 100 + "ab", 100, 102, 60)
    assert text[start:end] == "ab"
    assert len(text) <= 60
    assert text.startswith("…")


def test_a_mistake_on_a_long_line_of_a_file_is_marked(tmp_path):
    long = 'source = "' + "s" * 500 + '", x = 3, mark = "' + "m" * 500 + '"'
    error = error_of(tmp_path, swapped(BANGKOK, ("localities = { number", f"localities = {{ {long}, number")))
    assert [marked(p) for p in error.problems] == ["source", "x", "mark"]
    assert all(len(line) <= WIDTH for line in error.render().splitlines() if " | " in line)


@pytest.mark.parametrize(
    ("word", "near"),
    [("weks", ["weeks"]), ("w", []), ("abcdef", []), ("weeks" * 20, []), ("seeds", ["seed"]), ("WEEKS", ["weeks"])],
)
def test_a_name_is_near_at_most_a_third_of_its_letters_away(word, near):
    assert nearest(word, ["weeks", "seed", "x", "weeks" * 20 + "s"]) == near
