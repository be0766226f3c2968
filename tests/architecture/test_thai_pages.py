"""Each page with a Thai counterpart (NAME.md, NAME.th.md) has the same sections there; the written ones the same commands and links."""

import re
from pathlib import Path

import pytest

from scripts.make_reference import PAGES

ROOT = Path(__file__).parents[2]
THAI = sorted((*ROOT.glob("*.th.md"), *(ROOT / "docs").rglob("*.th.md")))
WRITTEN = [page for page in THAI if page.name not in PAGES]
"""Pages that a person writes; of the others the script is tested."""
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def english_of(page):
    return page.with_name(page.name.replace(".th.md", ".md"))


def of(pages):
    return pytest.mark.parametrize("page", pages, ids=lambda p: p.relative_to(ROOT).as_posix())


def headings(page):
    return re.findall(r"^#+(?= )", BLOCK.sub("", page.read_text("utf-8")), re.MULTILINE)


def commands(page):
    """Return the blocks by their language, each comment as a bare mark: what a comment says is in the page's own language.

    What a console printed is in the page's language too; tests/studies/test_story.py holds it to the command.
    """
    found = BLOCK.findall(page.read_text("utf-8"))
    return [(kind, re.sub(r" *# .*", " #", text)) for kind, text in found if kind != "console"]


def links(page):
    return re.findall(r"\]\(([^)#]+)\)", BLOCK.sub("", page.read_text("utf-8")))


def test_the_readme_is_there_in_thai():
    assert ROOT / "README.th.md" in WRITTEN


@of(THAI)
def test_both_languages_have_the_same_sections(page):
    assert headings(page) == headings(english_of(page))


@of(THAI)
def test_both_languages_link_to_each_other_under_the_title(page):
    assert f"]({english_of(page).name})" in page.read_text("utf-8").split("\n## ")[0]
    assert f"]({page.name})" in english_of(page).read_text("utf-8").split("\n## ")[0]


@of(WRITTEN)
def test_both_languages_show_the_same_commands(page):
    assert commands(page) == commands(english_of(page))


@of(WRITTEN)
def test_both_languages_link_to_the_same_pages_and_pictures(page):
    thai, english = (sorted(target.replace(".th.", ".") for target in links(p)) for p in (page, english_of(page)))
    assert thai == english


@of(WRITTEN)
def test_a_thai_page_leads_to_thai_pages_and_pictures_where_they_exist(page):
    for target in links(page):
        thai = re.sub(r"(\.th)?\.(md|png)$", r".th.\2", target)
        if (page.parent / thai).exists() and page.parent / thai != page:
            assert thai in links(page), target
