import re
import tomllib

import pytest
from hypothesis import given, settings

from simulation.core.errors import ScenarioError
from simulation.scenario.lines import DEEPEST, scan
from simulation.scenario.load import shipped
from simulation.scenario.syntax import parse
from tests.scenario.files import BANGKOK, error_of, marked, swapped
from tests.strategies import mutated_files

LINE = BANGKOK.split("\n").index("weeks = 104") + 1


@pytest.mark.parametrize(
    ("written", "said", "mark"),
    [
        ("weeks = " + "9" * 5000, "5,000 letters", "9"),
        ("weeks = 0x" + "f" * 5000, "5,002 letters", "0xf"),
        ("weeks = " + "[" * 5000, f"more than {DEEPEST} lists", "["),
        ("weeks = " + "{a=" * 5000, f"more than {DEEPEST} lists", "{"),
        ("weeks" + ".a" * 5000 + " = 1", "more than 40 parts", "weeks.a"),
        ('weeks = """104', "three quotation marks", '"""104'),
        ("weeks = '''104", "three quotation marks", "'''104"),
        ('weeks = "104', "not closed", '"104'),
        ("weeks = '104", "not closed", "'104"),
        ("weeks = [104, 3", "[ is opened here and never closed", "["),
        ("weeks = [\n104,\n3", "[ is opened here and never closed", "["),
        ("weeks = { a = 1,", "{ is opened here and not closed", "{"),
        ("weeks = { a = [1, { b = 1", "{ is opened here and not closed", "{"),
        ("weeks = ๑๐๔", "write 104", "๑๐๔"),
        ("weeks = “104”", "straight quotation marks", "“104”"),
        ("“weeks” = 104", "straight quotation marks", "“weeks”"),
        ("weeks = True", "write true, in small letters", "True"),
        ("weeks = FALSE", "write false, in small letters", "FALSE"),
        ("weeks = .34", "write 0.34", ".34"),
        ("weeks = -.34", "write -0.34", "-.34"),
        ("weeks = None", "leave the whole line out", "None"),
        ("weeks = ", "value is missing", ""),
        ("weeks = many # weeks", 'write "many"', "many"),
        ("สัปดาห์ = 3", 'write "สัปดาห์"', "สัปดาห์"),
        ("a.สัปดาห์ = 3", 'write "สัปดาห์"', "สัปดาห์"),
        ("[ค่า]", 'write "ค่า"', "ค่า"),
        ("weeks: 104", '"=" instead of ":"', ":"),
        ("my weeks = 104", "write my_weeks", "weeks"),
        ("weeks 104", '"=" is missing', "104"),
        ("= 104", "key = value", ""),
        ("weeks = 10,400", "write 10400", ",400"),
        ("weeks = 10 400", "write 10400", "400"),
        ("weeks = 34%", "write 0.34", "%"),
        ("weeks = 34 baht", "after the value", "baht"),
        ("weeks = 0104", "write 104", "104"),
        ("weeks = 2021-13-40", "no such date", "-13-40"),
        ("weeks = 2021-02-30", "no such date", "2"),
        (r'weeks = "C:\Users"', r"write \\ for a backslash", ""),
        (r'weeks = "C:\path"', r"write \\ for a backslash", ""),
        ('weeks = "a\x12b"', r"control character \x12", "\x12"),
        ("weeks = 1 # \x12", r"control character \x12", "\x12"),
        ("\x1b[31mweeks = 1", r"control character \x1b", "\x1b"),
        ("weeks = 1\rx = 2", r"control character \r", "\r"),
        ("[[runs]", "[[ is not closed", "[[runs"),
        ("[runs", "[ is not closed", "[runs"),
        ("weeks = [1 2]", "a comma is missing", ""),
        ("weeks = {a=1 b=2}", "a comma is missing", ""),
    ],
)
def test_what_is_no_toml_is_told_in_plain_words_where_it_stands(tmp_path, written, said, mark):
    error = error_of(tmp_path, swapped(BANGKOK, ("weeks = 104", written)))
    (problem,) = error.problems
    assert problem.line == LINE
    assert said in problem.text_en
    assert marked(problem).replace("\\x1b", "\x1b").replace("\\x12", "\x12").replace("\\r", "\r").startswith(mark)
    assert re.search("[ก-๙]", problem.text_th)
    assert not re.search(r"Illegal|Invalid|Expected|Unclosed|Exceeds|limit", problem.text_en)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("weeks = 104\nreplicates = 9\nweeks = 3", f'"run.weeks" stands twice, first on line {LINE}'),
        ("weeks = 104\n[world]\n[world]", f"[world] stands twice, first on line {LINE + 1}"),
        ("weeks = { a = 1, a = 2 }", f'"run.weeks.a" stands twice, first on line {LINE}'),
        ("weeks = { a = 1 }\n[run.weeks.b]", f"[run.weeks] stands twice, first on line {LINE}"),
        ("weeks = 1\n[[run]]", "was written before"),
    ],
)
def test_what_stands_twice_is_named_with_its_first_line(tmp_path, more, said):
    (problem,) = error_of(tmp_path, swapped(BANGKOK, ("weeks = 104", more))).problems
    assert said in problem.text_en
    assert problem.line == LINE + more.count("\n")
    assert marked(problem)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_the_scanner_follows_every_shipped_file_to_its_end(name):
    found = scan(shipped()[name].read_text("utf-8"))
    assert found.fault is None
    assert found.twice is None


def _paths(data, prefix=()):
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*prefix, str(key))
        yield from _paths(value, (*prefix, str(key)))


@settings(max_examples=300, deadline=None)
@given(text=mutated_files())
def test_the_scanner_agrees_with_the_library_on_any_text(text):
    text = text.replace("\r\n", "\n")
    found = scan(text)
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError):
        with pytest.raises(ScenarioError) as error:
            parse("x.toml", found)
        (problem,) = error.value.problems
        assert 1 <= problem.line <= text.count("\n") + 1
        assert 0 <= problem.caret_start <= problem.caret_end <= len(problem.source_line)
        return
    assert found.fault is None
    assert found.twice is None
    assert set(found.spans) == set(_paths(data))
    for path, span in found.spans.items():
        assert 0 <= span.start <= span.key_start <= span.key_end <= len(text), path
        assert span.start <= span.value_start <= span.value_end <= len(text), path
