"""The report: one self-contained HTML file a language, readable from the first sentence down."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from simulation.reports import figures, measures, tables, titles
from simulation.reports.breaks import held
from simulation.reports.cells import Table
from simulation.reports.drawing import to_svg
from simulation.reports.labels import share, who
from simulation.reports.notes import left_behind, notes
from simulation.reports.texts import TEXTS
from simulation.reports.words import group_name, headline, how_sure, paragraphs, plain, what_would_settle
from simulation.results.store import write_text

LANGUAGES = ("en", "th")
_PAIRING_SEEN = 1.05  # a smaller gain than this is none to speak of


def write_report(summary: Any, folder: Path, lang: str) -> Path:
    """Write report.html in `lang` and a complete second file in the other language beside it.

    A file of an earlier report in `lang` is let go, or three files would stand there and one of them be old.
    """
    other = "th" if lang == "en" else "en"
    write_text(folder / f"report.{other}.html", page(summary, other, "report.html"))
    path = write_text(folder / "report.html", page(summary, lang, f"report.{other}.html"))
    (folder / f"report.{lang}.html").unlink(missing_ok=True)
    return path


def page(summary: Any, lang: str, switch: str) -> str:
    """Return the whole page."""
    environment = Environment(
        loader=PackageLoader("simulation.reports", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template("report.html").render(
        s=summary,
        lang=lang,
        t=TEXTS[lang],
        switch=switch,
        who=who(summary, lang),
        headline=headline(summary, lang),
        paragraphs=paragraphs(summary, lang),
        notes=notes(summary, lang),
        how_sure=how_sure(summary, lang),
        figures=_figures(summary, lang),
        tables=_tables(summary, lang),
        plain=plain,
        bar=_bar(summary, lang),
        pairing=_pairing(summary, lang),
        left_behind=left_behind(summary, lang),
        unjudged=titles.unjudged(summary, lang),
        settle=what_would_settle(summary, lang),
        date=date_of(lang),
        fonts=_fonts(),
    )
    return held(text, lang, _names(summary, lang))


def _names(s: Any, lang: str) -> list[str]:
    """Return the names that no line may break, of schemes and of groups."""
    groups = [group_name(g.kind, g.group, lang) for a in s.arms[:1] for g in a.groups]
    return [a.facts.title.get(lang) for a in s.arms] + groups


def date_of(lang: str) -> str:
    """Return today's date in words, in the Buddhist era in Thai."""
    today = datetime.now(tz=UTC).date()
    if lang == "th":
        return f"{today.day} {_MONTHS_TH[today.month - 1]} {today.year + 543}"
    return f"{today.day} {today:%B} {today.year}"


_MONTHS_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A figure as the page shows it: its number, finding, measure, both widths, its notes and its table."""

    number: int
    title: str
    subtitle: str
    wide: str
    narrow: str
    notes: tuple[str, ...]
    narrow_note: str
    table: Table


def _figures(s: Any, lang: str) -> dict[str, Shown]:
    """Return each figure at both widths; CSS shows one, for text inside a figure must not be scaled."""
    if not s.arms:
        return {}
    t, many = TEXTS[lang], len(s.arms)
    found: dict[str, tuple[Callable[..., Any], Callable[..., Table], tuple[str, ...]]] = {
        "answer": (figures.answer_figure, tables.of_answer, (titles.read_answer(s, lang),)),
    }
    if s.arms[0].fan.shape[1] > 1:
        six = (t["six_best"],) if many > figures.MOST_PANELS else ()
        found["time"] = (figures.time_figure, tables.of_time, (t["read_2"], *six))
    if any(sum(a.costs_per_1000) for a in s.arms):
        found["cost"] = (figures.cost_figure, tables.of_cost, ())
    if measures.group_kinds(s):
        four = (t["first_four"],) if many > figures.GROUP_ARMS["wide"] else ()
        adult = (t["of_adult"],) if s.facts.decider == "household" else ()
        found["groups"] = (figures.groups_figure, tables.of_groups, four + adult)
    shown = {}
    for number, (name, (draw, table, said)) in enumerate(found.items(), 1):
        title, alt = titles.title(s, lang, name), titles.described(s, lang, name)
        wide, narrow = (to_svg(draw(s, lang, size), title, alt, f"{name}-{size}") for size in ("wide", "narrow"))
        two = t["only_two"] if name == "groups" and many > figures.GROUP_ARMS["narrow"] else ""
        shown[name] = Shown(number, title, titles.subtitle(s, lang, name), wide, narrow, said, two, table(s, lang))
    return shown


def _tables(s: Any, lang: str) -> dict[str, Table]:
    """Return the tables that stand open on the page, those that there are."""
    if not s.arms:
        return {}
    found = {
        "schemes": tables.schemes(s, lang),
        "effects": tables.effects(s, lang),
        "behaviours": tables.behaviours(s, lang),
        "pairs": tables.pairs(s, lang) if len(s.arms) > 1 else None,
        "observed": tables.observed(s, lang),
        "rights": tables.rights(s, lang),
        "crowding": tables.crowding(s, lang),
        "evidence": tables.evidence(s, lang),
        "luck": tables.luck(s, lang),
    }
    return {name: table for name, table in found.items() if table is not None}


def _bar(s: Any, lang: str) -> dict[str, Any] | None:
    """Return the two parts of the leading scheme's variance: how wide luck is, and both shares in words."""
    spread = s.arms[0].spread if s.arms else None
    if spread is None or spread.luck_share is None or s.facts.parameters == "default":
        return None
    luck = spread.luck_share
    name = s.arms[0].facts.title.get(lang)
    return {
        "caption": TEXTS[lang]["width"].format(name),
        "width": round(100 * luck, 1),
        "luck": share(luck, lang),
        "ignorance": share(1.0 - luck, lang),
    }


def _pairing(s: Any, lang: str) -> str:
    """Say, for each scheme where it does, what comparing a society with itself gains."""
    gains = [
        f"{a.facts.title.get(lang)} {plain(a.variance_reduction)}"
        for a in s.arms
        if a.variance_reduction is not None and a.variance_reduction >= _PAIRING_SEEN
    ]
    return TEXTS[lang]["pairing"].format((" " if lang == "th" else ", ").join(gains)) if gains else ""


def _fonts() -> list[tuple[str, str, str, str]]:
    """Return (family, weight, kind of file, base64) of the fonts that the page carries.

    Noto Sans has no minus sign: the few signs of Noto Sans Math come as they are, for they are small.
    """
    folder = Path(str(resources.files("simulation"))) / "data" / "fonts"
    found = []
    for path in (*sorted(folder.glob("*.woff2")), *sorted(folder.glob("NotoSansMath*.ttf"))):
        family = "Noto Sans" + next((f" {x}" for x in ("Thai", "Math") if x in path.stem), "")
        weight = "700" if "Bold" in path.stem else "400"
        kind = "woff2" if path.suffix == ".woff2" else "ttf"
        found.append((family, weight, kind, base64.b64encode(path.read_bytes()).decode()))
    return found
