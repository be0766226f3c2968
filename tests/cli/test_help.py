import re
import shlex

import pytest
import typer.main

import simulation.cli  # noqa: F401  the commands join as they load
from simulation.cli.app import app
from simulation.cli.help import examples, help_of, is_switch, paragraphs, shown
from simulation.cli.thai import THAI

GROUP = typer.main.get_command(app)
TOP = GROUP.make_context("kwamdee", [], resilient_parsing=True)
COMMANDS = {name: GROUP.get_command(TOP, name) for name in GROUP.list_commands(TOP)}
EVERY = {"": GROUP, **COMMANDS}
HEADINGS = {
    "en": ("Usage:", "Example:", "Options:", "Show this message and exit."),
    "th": ("วิธีใช้:", "ตัวอย่าง:", "ตัวเลือก:", "แสดงวิธีใช้แล้วจบ"),
}
LETTERS = re.compile("[ก-๛]")


def context(name):
    return COMMANDS[name].make_context(name, [], parent=TOP, resilient_parsing=True) if name else TOP


@pytest.mark.parametrize("name", EVERY, ids=lambda n: n or "kwamdee")
def test_every_text_of_help_has_its_thai(name):
    command = EVERY[name]
    texts = [(f"kwamdee {name}, help", text) for text in paragraphs(command)]
    for kind in ("argument", "option"):
        texts += [(f"kwamdee {name}, {p.opts[-1]}", help_of(p)) for p in shown(command, context(name), kind)]
    bare = [where for where, text in texts if not text]
    missing = [f"{where}: {text!r}" for where, text in texts if text and not LETTERS.search(THAI.get(text, ""))]
    assert not bare, "say what these are, by help=...: " + ", ".join(bare)
    assert not missing, "put these texts and their Thai into simulation/cli/thai.py:\n" + "\n".join(missing)


@pytest.mark.parametrize("text", THAI)
def test_the_thai_names_the_same_options_and_files(text):
    for word in re.findall(r"--[\w-]+|\b[\w-]+\.toml\b|\b[A-Z]+_[A-Z]+\b|\w+\.\w+=\w+", text):
        assert word in THAI[text]
    assert not THAI[text].endswith(".")


@pytest.mark.parametrize("name", EVERY, ids=lambda n: n or "kwamdee")
def test_every_help_has_an_example_that_the_command_understands(name):
    found = examples(EVERY[name])
    assert found, f"kwamdee {name} lacks an example; end its docstring with: Example: kwamdee {name} ..."
    for line in found:
        words = shlex.split(line)
        assert words[0] == "kwamdee"
        assert words[1] == name or not name
        COMMANDS[words[1]].make_context(words[1], words[2:], parent=TOP)


@pytest.mark.parametrize("name", EVERY, ids=lambda n: n or "kwamdee")
def test_every_command_leaves_its_language_to_the_environment(name):
    lang = [p for p in shown(EVERY[name], context(name), "option") if "--lang" in p.opts]
    assert lang, f"kwamdee {name} lacks --lang: lang: LangOption = None"
    assert lang[0].default is None, f"kwamdee {name}: lang: LangOption = None"


@pytest.mark.parametrize("name", EVERY, ids=lambda n: n or "kwamdee")
def test_help_is_printed_in_both_languages(name, kwamdee):
    for lang, texts in HEADINGS.items():
        done = kwamdee(*([name] if name else []), "--help", "--lang", lang)
        assert (done.code, done.err) == (0, "")
        for text in texts:
            assert text in done.out
        assert f"\n  {examples(EVERY[name])[0]}\n" in done.out
        for p in shown(EVERY[name], context(name), "option"):
            assert re.search(rf"(^|\W){re.escape(p.opts[0])}\b", done.out)
        if lang == "th":
            prose = [line for line in done.out.splitlines() if not line.startswith("  ") and line]
            assert all(LETTERS.search(line) for line in prose)


@pytest.mark.parametrize(
    ("args", "variables"),
    [
        (("compare", "--help", "--lang", "th"), {}),
        (("compare", "--lang=th", "--help"), {}),
        (("--lang", "th", "compare", "--help"), {}),
        (("help", "compare", "--lang", "th"), {}),
        (("compare", "--help"), {"KWAMDEE_LANG": "th"}),
        (("compare", "--help"), {"KWAMDEE_LANG": "TH"}),
        (("compare", "--help"), {"LC_ALL": "th_TH.UTF-8"}),
        (("compare", "--help"), {"LC_ALL": "", "LC_MESSAGES": "th_TH.UTF-8", "LANG": "de_DE"}),
        (("compare", "--help"), {"LC_ALL": "", "LANG": "th"}),
    ],
)
def test_thai_is_asked_for_in_any_order_and_in_the_environment(args, variables, kwamdee):
    assert kwamdee(*args, **variables).out.startswith("วิธีใช้: kwamdee compare")


@pytest.mark.parametrize(
    ("args", "variables"),
    [
        (("compare", "--help"), {"LC_ALL": "de_DE.UTF-8"}),
        (("compare", "--help"), {"LC_ALL": "C", "LANG": "th_TH.UTF-8"}),
        (("compare", "--help"), {"KWAMDEE_LANG": "en", "LC_ALL": "th_TH.UTF-8"}),
        (("compare", "--help", "--lang", "en"), {"KWAMDEE_LANG": "th"}),
    ],
)
def test_the_nearer_wish_counts_and_any_other_locale_is_english(args, variables, kwamdee):
    assert kwamdee(*args, **variables).out.startswith("Usage: kwamdee compare")


def test_a_switch_has_no_value_and_everything_else_names_one(kwamdee):
    page = kwamdee("compare", "--help").out
    assert "--quiet  " in page
    assert "--out FOLDER" in page
    for name, command in EVERY.items():
        for p in shown(command, context(name), "option"):
            assert is_switch(p) == bool(p.is_flag), p.opts
