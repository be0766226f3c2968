"""Eight published experiments have a folder each, and the pages say what the report card says, in both languages."""

import re
import shlex
from pathlib import Path

import numpy as np
import pytest

from scripts import evidence_findings as script
from scripts import evidence_page, evidence_tables
from simulation.scenario.load import load
from simulation.studies.evidence.card import make_card
from simulation.studies.evidence.files import read_designs
from simulation.studies.evidence.known import known_of
from simulation.studies.evidence.suite import facts_of
from tests.architecture.test_thai_pages import commands, headings, links
from tests.studies.evidence.made import Fixed
from tests.studies.evidence.made import card as made_card

SWEPT = {"reward-size", "whom-to-target", "demo-uncertainty", "rival-models"}
FIGURE = re.compile(r"[−+]?\d[\d,]*(?:\.\d+)?")
EVERY_STUDY = pytest.mark.parametrize("name", script.NAMES)


@pytest.fixture(scope="module")
def designs():
    return {d.id: d for d in read_designs(studies=script.NAMES)}


@pytest.fixture(scope="module")
def predicted(designs):
    """A card of two studies by a predictor made up, which says the same of every arm."""
    two = [designs[name] for name in ("thornton_2008", "patel_2016_team")]
    known, _ = known_of(two)
    return make_card(known, Fixed(0.0, 2.0), facts={d.id: facts_of(d) for d in two})


def page(name, lang):
    return script.page_of(script.FOLDER / name, lang).read_text("utf-8")


def figures(block):
    """Return the figures of a block, those in an arm's own title left out: titles may spell a number."""
    found = []
    for line in re.split(r"(?:Too high|Too low|สูงเกินไป|ต่ำเกินไป)", block)[0].split("\n"):
        found += FIGURE.findall(line.split("|", 2)[2] if line.startswith("|") else line)
    return found


def test_every_folder_of_an_experiment_bears_the_name_of_its_study():
    folders = {path.parent.name for path in script.FOLDER.glob("*/README.md")} - SWEPT - {"evidence"}
    assert folders == set(script.NAMES)
    assert len(folders) >= 8


@EVERY_STUDY
def test_both_languages_have_the_same_sections_commands_and_links(name):
    english, thai = (script.page_of(script.FOLDER / name, lang) for lang in script.LANGUAGES)
    assert headings(english) == headings(thai)
    assert commands(english) == commands(thai)
    assert sorted(links(english)) == sorted(
        t.replace(".th.", ".") if "README" not in t else t for t in other(links(thai))
    )


def other(targets):
    """Return the links of a Thai page as the English one has them: each page links to the other language."""
    swapped = {
        "README.md": "README.th.md",
        "../README.th.md": "../README.md",
        "../../docs/model.md": "../../docs/model.md",
    }
    return [swapped.get(target, target) for target in targets]


@EVERY_STUDY
@pytest.mark.parametrize("lang", script.LANGUAGES)
def test_a_page_has_its_three_blocks_in_order_and_says_what_the_file_says(name, lang, designs):
    text = page(name, lang)
    marks = [text.index(mark(title)) for title in script.BLOCKS for mark in (script.MARKED.begins, script.MARKED.ends)]
    assert marks == sorted(marks)
    assert all(text.count(script.MARKED.begins(title)) == 1 for title in script.BLOCKS)
    said = script.MARKED.inside(text, script.BLOCKS[0]).strip("\n")
    assert said == "\n".join(script.done(designs[name], lang)).strip("\n"), "make findings WRITE=--write"


@EVERY_STUDY
def test_both_languages_give_the_same_figures(name):
    for title in script.BLOCKS[1:]:
        english, thai = (figures(script.MARKED.inside(page(name, lang), title)) for lang in script.LANGUAGES)
        assert english == thai


@EVERY_STUDY
def test_what_is_told_is_of_the_study_as_it_stands_today(name, designs):
    texts = [page(name, lang) for lang in script.LANGUAGES]
    if not script.MARKED.inside(texts[0], script.BLOCKS[1]).strip():
        pytest.skip("no parameters have been shipped yet")
    for lang, text in zip(script.LANGUAGES, texts, strict=True):
        assert f"`{designs[name].digest[:12]}`" in script.MARKED.inside(text, script.BLOCKS[1]), (
            "make findings WRITE=--write"
        )
        assert script.MARKED.inside(text, script.BLOCKS[2]).count("\n|") > 2
        assert 1_000 < script.image_of(name, lang).stat().st_size < 150_000


@EVERY_STUDY
@pytest.mark.parametrize("lang", script.LANGUAGES)
def test_its_commands_are_about_the_study_and_change_one_thing(name, lang):
    judged, other = (shlex.split(line) for line in page(name, lang).split("\n") if line.startswith("kwamdee "))
    assert judged == ["kwamdee", "evidence", "--study", name]
    assert other[:2] == ["kwamdee", "compare"]
    path, *rest = other[2:]
    options, settings = rest[::2], rest[1::2]
    assert set(options) == {"--set"}
    file = script.ROOT / path
    assert file.stem == name
    for setting in settings:
        assert load(file, [setting]) != load(file), setting
    assert load(file, settings)


@pytest.mark.parametrize("lang", script.LANGUAGES)
def test_the_list_has_a_row_for_each_with_its_question(lang, designs):
    text = script.page_of(script.FOLDER, lang).read_text("utf-8")
    for name, design in designs.items():
        row = next(line for line in text.split("\n") if f"]({name}/" in line)
        assert str(design.scenario.about.question.get(lang)) in row
        assert script.page_of(script.FOLDER / name, lang).is_file()


@pytest.mark.parametrize("lang", script.LANGUAGES)
def test_the_prediction_stands_without_what_was_observed_and_the_finding_beside_it(lang, predicted, designs):
    thornton = designs["thornton_2008"]
    before = "\n".join(script.predicted(predicted, thornton, lang))
    after = "\n".join(script.observed(predicted, thornton, lang))
    odds = 0.3387 / 0.6613 * np.exp(predicted.everything.of("thornton_2008").rows[0].score.median)
    level = f"{100 * odds / (1 + odds):.1f}"
    assert f"| {level} |" in before
    assert "62.1" not in before  # the share of the smallest sum
    assert re.search(rf"\| {level} \| 62\.1 \|", after)
    assert thornton.digest[:12] in before


def test_the_verdict_counts_names_and_compares(predicted, designs):
    part = predicted.everything.of("thornton_2008")
    inside = sum(c.score.inside for c in part.rows)
    said = " ".join(script.verdict(predicted, designs["thornton_2008"], "en"))
    assert f"{inside} of 13 figures lie inside" in said
    assert f"mean error is {part.mean('mae'):.2f}" in said
    assert f"no effect by {part.mean('mae_none'):.2f}" in said
    assert ("Too low:" in said) == any(not c.score.inside and c.score.median < c.score.observed for c in part.rows)


def test_a_figure_in_the_published_unit_is_the_published_one(predicted):
    for c in predicted.everything.rows:
        shown = evidence_tables.published(c, c.score.observed)
        assert shown == pytest.approx(100 * c.target.level)


def test_a_page_that_differs_is_shown_and_only_written_when_asked(tmp_path, capsys):
    path = tmp_path / "README.md"
    path.write_text("old\n", "utf-8")
    assert not script.settled(path, "new\n", write=False)
    assert "+new" in capsys.readouterr().out
    assert path.read_text("utf-8") == "old\n"
    assert script.settled(path, "new\n", write=True)
    assert path.read_text("utf-8") == "new\n"
    assert [p.name for p in Path(tmp_path).iterdir()] == ["README.md"]


def test_a_study_without_a_folder_is_refused(capsys):
    assert script.main(["thornton"]) == 2
    assert "thornton_2008" in capsys.readouterr().out


def test_the_page_of_scores_has_its_blocks_in_both_languages_with_the_same_figures():
    card = made_card()
    found = {
        lang: evidence_page.page(path.read_text("utf-8"), card, lang) for lang, path in evidence_page.PAGES.items()
    }
    assert f"| {card.zero_shot.mean('mae'):.3f} |" in found["en"]
    for title in evidence_page.BLOCKS:
        rows = [
            [
                FIGURE.findall(line.split("|", 2)[2])
                for line in evidence_page.MARKED.inside(text, title).split("\n")
                if line.startswith("|")
            ]
            for text in found.values()
        ]
        assert rows[0][1:] == rows[1][1:], title
    for lang, path in evidence_page.PAGES.items():
        assert evidence_page.page(found[lang], card, lang) == found[lang], path


def test_the_page_of_scores_that_is_kept_has_the_same_figures_in_both_languages():
    texts = [path.read_text("utf-8") for path in evidence_page.PAGES.values()]
    for title in evidence_page.BLOCKS:
        rows = [
            [
                line.split("|", 2)[2]
                for line in evidence_page.MARKED.inside(t, title).split("\n")
                if line.startswith("|")
            ]
            for t in texts
        ]
        english, thai = ([FIGURE.findall(x.replace("ถึง", "to")) for x in found[1:]] for found in rows)
        if title != "Variants":
            assert english == thai


def test_variants_that_lost_are_listed_with_those_that_won():
    tried = [
        {
            "title": {"en": "Without habit", "th": "ไม่มีความเคยชิน"},
            "kept": False,
            "crps": 0.21,
            "why": {"en": "worse", "th": "แย่ลง"},
        },
        {"title": {"en": "Capped comparison", "th": "เพดานการเทียบ"}, "kept": True},
    ]
    card = made_card()
    lines = evidence_page.variants(tried, card, "en")
    assert "| Without habit | no | worse | 0.210 | – | – |" in lines
    assert any(line.startswith("| Capped comparison | yes |") for line in lines)
    assert evidence_page.variants([], card, "en") == ["7 variants of the law were tried."]
