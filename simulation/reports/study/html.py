"""The report of a study: one self-contained HTML file a language, readable from the first sentence down."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from simulation.reports.breaks import held
from simulation.reports.drawing import missing_signs_are_the_readers, to_svg
from simulation.reports.html import Shown, date_of
from simulation.reports.parts import carried_fonts, css_text, policy, script
from simulation.reports.study import figures, indices, measures, rests, tables, titles, words
from simulation.reports.study.drawing import style
from simulation.reports.study.figure_indices import indices_figure
from simulation.reports.study.figure_regions import regions_figure, rules_figure
from simulation.reports.study.names import title_of
from simulation.reports.study.texts import GLOSSARY, TEXTS
from simulation.results.store import write_text

if TYPE_CHECKING:
    from simulation.reports.cells import Table
    from simulation.reports.study.view import StudyView


def write_study_report(view: StudyView, folder: Path, lang: str, files: tuple[str, ...] = ()) -> Path:
    """Write report.html in `lang` and a complete second file in the other language beside it.

    `files` are the tables that lie beside it, as tables/NAME.csv.
    """
    other = "th" if lang == "en" else "en"
    write_text(folder / f"report.{other}.html", page(view, other, "report.html", files=files))
    path = write_text(folder / "report.html", page(view, lang, f"report.{other}.html", files=files))
    (folder / f"report.{lang}.html").unlink(missing_ok=True)
    return path


def page(view: StudyView, lang: str, switch: str, when: datetime | None = None, files: tuple[str, ...] = ()) -> str:
    """Return the whole page.

    Args:
        view: The study.
        lang: "en" or "th".
        switch: File of the other language.
        when: Date of the page; now, where none is given.
        files: Tables that lie beside the page as tables/NAME.csv.
    """
    environment = Environment(
        loader=PackageLoader("simulation.reports", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shown = _tables(view, lang)
    text = environment.get_template("study.html").render(
        v=view,
        facts=view.facts,
        lang=lang,
        t=TEXTS[lang],
        switch=switch,
        many_arms=False,
        headline=words.headline(view, lang),
        paragraphs=words.paragraphs(view, lang) if len(view.points) else [],
        notes=words.notes(view, lang),
        how_sure=words.how_sure(view, lang) if len(view.points) else "",
        costs=words.costs(view, lang) if len(view.points) else "",
        given=words.given(lang),
        rests=rests.said(view, lang, by_mechanism=False),
        rests_table=rests.table(view, lang),
        rests_studies=rests.studies(view, lang),
        figures=_figures(view, lang, shown),
        tables=_numbered(shown, lang),
        study=the_study(view, lang),
        rules_said=view.rules.message.get(lang) if view.rules is not None else "",
        marks={a: style(view, a)[:2] for a, _ in view.judged_arms},
        glossary=[row[2:] if lang == "th" else row[:2] for row in GLOSSARY],
        source=_source(view, lang),
        files=files,
        date=date_of(lang, when or datetime.now(tz=UTC)),
        css_title=css_text(f"Kwamdee · {view.facts.title.get(lang)}"),
        policy=policy(),
        script=script(),
    )
    names = [title.get(lang) for _, title in view.facts.arms] + [title_of(f, lang) for f in view.facts.factors]
    text = held(text, lang, names)
    return text.replace("/*fonts*/", carried_fonts(text), 1)


def the_study(view: StudyView, lang: str) -> tuple[tuple[str, str], ...]:
    """Return how large the study is: design, points, societies, arms, and what is there of its runs."""
    t, f = TEXTS[lang], view.facts
    counts = tuple(f"{n:,}" for n in (view.done, view.total, len(view.failed), view.missing))
    return (
        (t["design"], words.DESIGNS.get(f.design, (f.design, f.design))[lang == "th"]),
        (t["points"], f"{f.points:,}"),
        (t["societies"], f"{f.replicates:,}"),
        (t["arms"], f"{len(f.arms)}"),
        (t["runs"], t["runs_of"].format(*counts)),
        (t["scenario"], f.scenario_title.get(lang)),
    )


def _figures(view: StudyView, lang: str, wanted: Collection[str] = ()) -> dict[str, Shown]:
    """Return each figure at both widths with what it draws as a table; `wanted` are the tables that the page has."""
    t = TEXTS[lang]
    made: dict[str, tuple[Callable[..., Any], Callable[[], Table], tuple[str, ...]]] = {}
    if indices.blocks(view) and any(b[2] == view.lead for b in indices.blocks(view)):
        made["indices"] = (indices_figure, _first(tables.of_indices(view, lang)), (t["read_indices"],))
    found = measures.effects(view) if len(view.points) else []
    if found:
        few = (t["only_factors"].format(figures.MOST_PANELS),) if len(found) > figures.MOST_PANELS else ()
        made["curves"] = (figures.curves_figure, _later(tables.curves, view, lang), (t["read_curve"], *few))
        some = (t["only_arms"].format(3),) if len(view.subjects(view.lead)) > 3 else ()
        made["tornado"] = (figures.tornado_figure, _later(tables.effects, view, lang), (t["read_tornado"], *some))
    if len(found) > 1:
        made["heat"] = (figures.heat_figure, _later(tables.heat, view, lang), (t["read_heat"],))
        if measures.leads(view):
            made["ranks"] = (figures.ranks_figure, _later(tables.ranks, view, lang), (t["read_ranks"],))
    if "best" in wanted:
        made["regions"] = (regions_figure, _later(tables.places, view, lang), (t["read_regions"],))
    if "rules" in wanted:
        made["rules"] = (rules_figure, _later(tables.rules, view, lang), (t["read_rules"],))
    shown = {}
    for number, (name, (draw, table, said)) in enumerate(made.items(), 1):
        wide, narrow = (drawn(view, lang, draw, name, size) for size in ("wide", "narrow"))
        notes = said if wide else (t["not_drawn"],)
        title, measured = titles.title(view, lang, name), titles.subtitle(view, lang, name)
        shown[name] = Shown(number, title, measured, wide, narrow, notes, "", table())
    return shown


def _later(make: Callable[..., Any], view: StudyView, lang: str) -> Callable[[], Any]:
    def made() -> Any:
        return replace(make(view, lang), notes=())

    return made


def _first(found: list[Table]) -> Callable[[], Table]:
    def made() -> Table:
        return found[0]

    return made


def drawn(view: StudyView, lang: str, draw: Callable[..., Any], name: str, size: str, key: str = "") -> str:
    """Return a figure as SVG; empty where it cannot be drawn, for its table stands below and the page must be had."""
    try:
        with missing_signs_are_the_readers():
            title, alt = titles.title(view, lang, name), titles.described(view, lang, name)
            return to_svg(draw(view, lang, size), title, alt, f"{key}{name}-{size}")
    except (ArithmeticError, IndexError, RuntimeError, TypeError, ValueError):
        return ""


def _tables(view: StudyView, lang: str) -> dict[str, Table]:
    """Return the tables that stand open on the page, in its order."""
    found: dict[str, Table | None] = {"factors": tables.factors(view, lang)}
    if len(view.points):
        for i, table in enumerate(tables.of_indices(view, lang)):
            found[f"indices {i}"] = table
        if measures.effects(view):
            found["effects"] = tables.effects(view, lang)
            found["others"] = tables.others(view, lang)
        found["ranks"] = tables.ranks(view, lang)
        found["best"] = tables.places(view, lang)
        found["worst"] = tables.places(view, lang, worst=True)
        found["rules"] = tables.rules(view, lang)
    found["failed"] = tables.failed(view, lang)
    return {name: table for name, table in found.items() if table is not None}


def _numbered(found: dict[str, Table], lang: str) -> dict[str, Table]:
    number = TEXTS[lang]["table_n"]
    return {name: replace(table, number=number.format(i)) for i, (name, table) in enumerate(found.items(), 1)}


def _source(view: StudyView, lang: str) -> str:
    """Return the line below each figure: what made it, and from what."""
    f = view.facts
    return TEXTS[lang]["source_line"].format(dict(view.versions).get("kwamdee", ""), f.name, f.digest[:8], f.seed)
