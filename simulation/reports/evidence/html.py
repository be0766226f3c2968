"""The card's page: one self-contained HTML file a language, a figure a study, readable from the first sentence down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from simulation.reports.breaks import held
from simulation.reports.cells import Cell, Head, Row, Table
from simulation.reports.drawing import missing_signs_are_the_readers, to_svg
from simulation.reports.evidence.figures import curves_figure, pit_figure, study_figure
from simulation.reports.evidence.texts import TEXTS, effect, number, span, unit_said
from simulation.reports.evidence.words import answer, nearest, notes, size, study_line, sure
from simulation.reports.html import date_of
from simulation.reports.parts import carried_fonts, css_text, policy, script
from simulation.reports.words import capital
from simulation.results.store import write_text

_WHOLE = (
    "ตีพิมพ์",
    "ทางเลือก",
    "คลาดเคลื่อน",
    "ค่าเฉลี่ย",
    "กลุ่มควบคุม",
    "สิ่งจูงใจ",
    "พารามิเตอร์",
    "มัธยฐาน",
    "ล็อกออดส์",
    "แม่นยำ",
    "น้ำหนัก",
)
"""Words of the card that a browser would part; titles of studies are too long to be held whole on a phone."""
_NONE = "–"


def write_card(card: Any, folder: Path, lang: str) -> Path:
    """Write report.html in `lang` and a complete second file in the other language beside it."""
    other = "th" if lang == "en" else "en"
    write_text(folder / f"report.{other}.html", page(card, other, "report.html"))
    path = write_text(folder / "report.html", page(card, lang, f"report.{other}.html"))
    (folder / f"report.{lang}.html").unlink(missing_ok=True)
    return path


def page(card: Any, lang: str, switch: str, when: datetime | None = None) -> str:
    """Return the whole page.

    Args:
        card: The report card.
        lang: "en" or "th".
        switch: File of the other language.
        when: Date of the page; now, where none is given.
    """
    environment = Environment(
        loader=PackageLoader("simulation.reports", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    t = TEXTS[lang]
    text = environment.get_template("evidence.html").render(
        lang=lang,
        t=t,
        switch=switch,
        many_arms=False,
        size=size(card, lang),
        answer=answer(card, lang),
        sure=sure(card, lang),
        unit=unit_said(lang),
        notes=notes(card, lang),
        rules=rules_table(card, lang),
        given=given_table(card, lang),
        pit=_drawn(card, lang, pit_figure, "pit", t["fig_pit"]) if card.zero_shot.rows else {},
        curves=_drawn(card, lang, curves_figure, "curves", t["fig_curves"]) if card.provenance.curves else {},
        studies=[_study(card, study, lang) for study in card.studies],
        marks={},
        date=date_of(lang, when or datetime.now(tz=UTC)),
        css_title=css_text(f"Kwamdee · {t['title']}"),
        policy=policy(),
        script=script(),
    )
    text = held(text, lang, _WHOLE)
    return text.replace("/*fonts*/", carried_fonts(text), 1)


def rules_table(card: Any, lang: str) -> Table:
    """Return the model next to simple rules, unseen studies: error, score, and the bootstrap of each difference."""
    t, part = TEXTS[lang], card.zero_shot
    rows = []
    for what, key in (
        ("mae", "rule_model"),
        ("mae_flat", ""),
        ("mae_none", ""),
        ("crps", "rule_crps"),
        ("crps_flat", ""),
    ):
        own = what in ("mae", "crps")
        difference = None if own or not part.rows else part.difference(what)
        cells = (Cell(number(part.mean(what) if part.rows else None), bold=own), _bootstrap(difference, lang))
        rows.append(Row(t[key or f"rule_{what}"], cells))
    return _beside_rules(t, t["zero_title"], rows)


def given_table(card: Any, lang: str) -> Table | None:
    """Return the model next to simple rules once one arm is known; none where that was not predicted."""
    t, g = TEXTS[lang], card.one_arm_given
    found, each = g.to_json(), card.each_arm_given.to_json()
    if found is None:
        return None
    rows = [Row(t["rule_model"], (Cell(number(found["mae"]), bold=True), Cell(""), Cell(number(each["mae"]))))]
    keys = {
        "half": "mae_best_rule",
        "same": "mae_same",
        "flat_shift": "mae_flat_shift",
        "flat": "mae_flat",
        "none": "mae_none",
    }
    for rule, key in keys.items():
        cells = (Cell(number(found[key])), _bootstrap(g.difference(rule), lang), Cell(number(each[key])))
        rows.append(Row(t[f"rule_{rule}"], cells))
    return _beside_rules(t, t["given_title"], rows, ("error", "better", "each_in_turn"))


def _beside_rules(
    t: Mapping[str, str], caption: str, rows: Sequence[Row], keys: tuple[str, ...] = ("error", "better")
) -> Table:
    """Return a table of errors; without the column of differences where studies are too few for one."""
    some = any(row.cells[1].main for row in rows)
    kept = [i for i, key in enumerate(keys) if some or key != "better"]
    heads = tuple(Head(t[keys[i]], t[keys[i]]) for i in kept)
    full = [Row(row.head, tuple(row.cells[i] if row.cells[i].main else Cell(_NONE) for i in kept)) for row in rows]
    return Table(caption, t["rule"], heads, tuple(full))


def study_table(card: Any, study: str, lang: str) -> Table:
    """Return a study's arms: predicted and observed with their intervals, and whether the published figure is inside."""
    t, rows = TEXTS[lang], []
    for c in card.everything.of(study).rows:
        s = c.score
        cells = (
            Cell(effect(s.median), span(s.low, s.high, lang)),
            Cell(effect(s.observed), span(c.observed_low, c.observed_high, lang)),
            Cell(t["inside_page" if s.inside else "outside_page"], bold=not s.inside),
        )
        rows.append(Row(card.row_title(c.row, lang), cells))
    names = (t["legend_predicted"], t["legend_observed"], t["verdict"])
    return Table("", t["arm"], tuple(Head(name, name) for name in names), tuple(rows))


def _bootstrap(difference: Any, lang: str) -> Cell:
    return (
        Cell("") if difference is None else Cell(effect(difference.mean), span(difference.low, difference.high, lang))
    )


def _study(card: Any, study: str, lang: str) -> dict[str, Any]:
    """Return what the page says of one study."""

    def draw(card: Any, lang: str, size: Any) -> Any:
        return study_figure(card, study, lang, size)

    title, facts = card.title(study, lang), card.facts.get(study)
    said = study_line(card, study, lang)
    caption = TEXTS[lang]["fig_study"].format(title)
    return {
        "id": study,
        "title": title,
        "citation": facts.citation if facts is not None else "",
        "doi": facts.doi if facts is not None else "",
        "said": capital(said),
        "nearest": nearest(card, study, lang),
        "table": study_table(card, study, lang),
        **_drawn(card, lang, draw, f"s-{study}", caption, said),
        "caption": TEXTS[lang]["fig_caption"],
    }


def _drawn(
    card: Any, lang: str, draw: Callable[..., Any], key: str, title: str, description: str | Sequence[str] = ""
) -> dict[str, str]:
    """Return a figure in both widths as SVG, with title and description for screen readers."""
    shown = {"caption": title}
    with missing_signs_are_the_readers():
        for size in ("wide", "narrow"):
            figure = draw(card, lang, size=size)
            shown[size] = to_svg(figure, title, str(description), f"{key}-{size}")
    return shown
