import re

import pytest

LETTERS = re.compile("[ก-๛]")


@pytest.mark.parametrize(
    ("args", "en", "th"),
    [
        (("compar", "x"), 'There is no command "compar". Did you mean "compare"?', 'หมายถึง "compare" หรือไม่'),
        (("bangkok-waste",), "Did you mean kwamdee compare bangkok-waste?", "หมายถึง kwamdee compare bangkok-waste"),
        (("mine.toml",), "Did you mean kwamdee compare mine.toml?", "หมายถึง kwamdee compare mine.toml"),
        (("ไทย",), 'There is no command "ไทย". Commands: ', 'ไม่มีคำสั่ง "ไทย"'),
        (("compare",), "SCENARIO is missing: A scenario file", "ไม่ได้ระบุ SCENARIO: ไฟล์สถานการณ์"),
        (("compare", "x", "--replicate", "3"), 'no option "--replicate". Did you mean "--replicates"', '"--replicates"'),
        (("compare", "x", "--seed", "abc"), '--seed is "abc"; it is a whole number from 0', '--seed เป็น "abc"'),
        (("compare", "x", "--seed", "๗"), "written in digits alone. Write 7.", "ให้เขียน 7"),
        (("compare", "x", "--replicates", "๑,๐๐๐"), "Write 1000.", "ให้เขียน 1000"),
        (("explain", "bangkok-waste", "--set", "run.weeks"), "is not dotted.key=value", "ต้องเป็น คีย์.ย่อย=ค่า"),
        (("compare", "x", "--seed=1.5"), '--seed is "1.5"', "ต้องเป็นจำนวนเต็มตั้งแต่ 0"),
        (("compare", "x", "--seed"), "--seed lacks its value: --seed N", "--seed ยังไม่มีค่า: --seed N"),
        (("compare", "x", "--json=3"), "--json takes no value", "--json ไม่รับค่า"),
        (("compare", "my", "file.toml"), 'Too many words: "file.toml"', "เครื่องหมายคำพูด"),
        (("compare", "x", "–replicates", "3"), "has a long dash; write --replicates", "ใช้ขีดยาว ให้เขียน --replicates"),
        (("compare", "x", "--engine", "nunba"), 'Did you mean "numba"?', 'หมายถึง "numba"'),
        (("compare", "x", "--jobs", "0"), "--jobs is 0; it is a whole number from 1", "ต้องเป็นจำนวนเต็มตั้งแต่ 1"),
        (("compare", "bangkok-waste", "--out", ""), "--out is empty", "--out ว่างเปล่า"),
        (("validate", "bangkok-wast"), "Nearest: bangkok-waste", "ชื่อใกล้เคียง: bangkok-waste"),
    ],
)  # fmt: skip
def test_what_was_received_and_what_is_right_in_both_languages(args, en, th, kwamdee):
    first = kwamdee(*args)
    assert (first.code, first.out) == (2, "")
    assert en in first.err
    assert not LETTERS.search(re.sub('"[^"]*"', "", first.err))
    other = kwamdee("--lang", "th", *args)  # before the command, for a value that is missing would take what follows
    assert (other.code, other.out) == (2, "")
    assert th in other.err
    for words in re.split(r'"[^"]*"|\n', other.err):
        assert not re.search(r"\b(is|the|There|Did|lacks|missing|See)\b", words)


@pytest.mark.parametrize(("args", "opening"), [((), "Usage: kwamdee"), (("--lang", "th"), "วิธีใช้: kwamdee")])
def test_without_a_command_the_help_is_shown(args, opening, kwamdee):
    done = kwamdee(*args)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(opening)


@pytest.mark.parametrize("args", [("compare", "--lang", "fr"), ("--help", "--lang", "fr"), ("--lang", "fr", "schemes")])
def test_a_language_that_is_not_spoken_is_said_before_anything_else(args, kwamdee):
    both = '{0} is "fr". Allowed: en, th.\n{0} เป็น "fr" ใช้ได้: en, th (en อังกฤษ, th ไทย)\n'
    assert kwamdee(*args) == (2, "", both.format("--lang"))
    assert kwamdee("schemes", KWAMDEE_LANG="fr") == (2, "", both.format("KWAMDEE_LANG"))


def test_every_usage_error_leads_to_the_help_of_its_command(kwamdee):
    assert kwamdee("compare", "--bogus").err.endswith("\nSee: kwamdee compare --help\n")
    assert kwamdee("validate", "--set").err.endswith("\nSee: kwamdee validate --help\n")
    assert kwamdee("--bogus").err.endswith("\nSee: kwamdee --help\n")
    assert kwamdee("--lang").err.endswith("\nSee: kwamdee --help\n")
