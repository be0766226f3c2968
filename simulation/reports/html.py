"""The report: one self-contained HTML file a language, readable from the first sentence down."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from simulation.reports import figures
from simulation.reports.texts import TEXTS
from simulation.reports.words import (
    group_name,
    headline,
    how_sure,
    interval,
    left_behind,
    notes,
    paragraphs,
    plain,
    points,
    what_would_settle,
)
from simulation.results.intervals import needed
from simulation.results.store import write_text

LANGUAGES = ("en", "th")


def write_report(summary: Any, folder: Path, lang: str) -> Path:
    """Write report.html in `lang` and a complete second file in the other language beside it."""
    other = "th" if lang == "en" else "en"
    write_text(folder / f"report.{other}.html", page(summary, other, "report.html"))
    return write_text(folder / "report.html", page(summary, lang, f"report.{other}.html"))


def page(summary: Any, lang: str, switch: str) -> str:
    """Return the whole page."""
    environment = Environment(
        loader=PackageLoader("simulation.reports", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["nb"] = partial(unbroken, lang=lang)
    environment.filters["clauses"] = partial(clauses, lang=lang)
    return environment.get_template("report.html").render(
        s=summary,
        lang=lang,
        t=TEXTS[lang],
        switch=switch,
        headline=headline(summary, lang),
        paragraphs=paragraphs(summary, lang),
        notes=notes(summary, lang),
        how_sure=how_sure(summary, lang),
        figures=_figures(summary, lang),
        points=points,
        plain=plain,
        interval=interval,
        group_name=group_name,
        beats=beats(summary),
        likely=needed("likely", summary.societies) if summary.societies else None,
        leads=who_leads(summary),
        lucks=[(key, TEXTS[lang][text]) for key, text in _LUCKS],
        left_behind=left_behind(summary, lang),
        settle=what_would_settle(summary, lang),
        date=date_of(lang),
        observed=_observed(summary),
        fonts=_fonts(),
    )


_LUCKS = (
    ("effect_pp", "during"),
    ("effect_after_pp", "after"),
    ("kept_share", "kept"),
    ("cost_per_act_baht", "per_act"),
    ("take_up", "take_up"),
)
"""Outcomes of which the report tells luck and ignorance apart, and the heads of their columns."""

_UNBROKEN = re.compile(
    r"\([+−]?[\d.,]+ (?:to|ถึง) [+−]?[\d.,]+\)|[+−]?[\d.,]+ (?:to|ถึง|of|จาก|ใน) [+−]?[\d.,]+(?: (?:ครั้ง|จุดร้อยละ))?"
    r"|[+−]?[\d.,]+ (?:percentage points|points?|จุดร้อยละ|สังคมจำลอง|สัปดาห์)|ร้อยละ [\d.]+"
)


def unbroken(text: str, lang: str) -> Markup:
    """Hold numbers together with their units and ranges: browsers break Thai inside them."""
    safe = str(escape(text))
    return Markup(_UNBROKEN.sub(lambda m: f'<span class="nb">{m.group(0)}</span>', safe))


def clauses(text: str, lang: str) -> Markup:
    """Let a Thai heading break between its clauses first; English as it is."""
    if lang != "th":
        return escape(text)
    return Markup(" ").join(Markup('<span class="clause">{}</span>').format(part) for part in text.split(" "))


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


def beats(summary: Any) -> list[list[int | None]]:
    """Return in how many societies the row's scheme did more than the column's."""
    return [[None if a is b else int((a.effects > b.effects).sum()) for b in summary.arms] for a in summary.arms]


def _figures(summary: Any, lang: str) -> dict[str, dict[str, str]]:
    """Return each figure at both widths; CSS shows one, for text inside a figure must not be scaled."""
    if not summary.arms:
        return {}
    drawn: dict[str, Callable[..., Any]] = {
        "answer": figures.answer_figure,
        "time": figures.time_figure,
        "cost": figures.cost_figure,
        "groups": figures.groups_figure,
    }
    if not summary.arms[0].groups:
        del drawn["groups"]
    if not any(sum(a.costs_per_1000) for a in summary.arms):
        del drawn["cost"]
    return {
        name: {
            size: figures.to_svg(
                draw(summary, lang, size),
                TEXTS[lang][f"figure_{name}"],
                described(summary, lang, name),
                f"{name}-{size}",
            )
            for size in ("wide", "narrow")
        }
        for name, draw in drawn.items()
    }


def described(summary: Any, lang: str, figure: str) -> str:
    """Return the text for who cannot see a figure: kind, finding, the values of each scheme, where the table is."""
    texts = TEXTS[lang]
    minus = ("minus ", "ลบ ")[lang == "th"]
    values = ", ".join(
        f"{a.facts.title.get(lang)} {points(a.effect.mean)}"
        + (f" ({interval(a.effect, lang)})" if a.effect.low is not None else "")
        for a in summary.arms
    )
    values = values.replace("+", "").replace("−", minus)
    return f"{texts['kind_' + figure]} {headline(summary, lang)} {values}. {texts['table_follows']}"


def who_leads(summary: Any) -> list[tuple[float, list[float], Any]]:
    """Return, for each size of crowding, the effects by arm in the page's order and the arm that leads then."""
    if not summary.arms or len(summary.arms[0].by_crowding) < 2:
        return []
    found = []
    for i, (kappa, _) in enumerate(summary.arms[0].by_crowding):
        effects = [a.by_crowding[i][1] for a in summary.arms]
        found.append((kappa, effects, summary.arms[effects.index(max(effects))]))
    return found


def _observed(summary: Any) -> list[dict[str, Any]]:
    """Return published and simulated levels side by side, in the file's order."""
    arms = {a.facts.name: a for a in summary.arms}
    return [
        {
            "title": arms[name].facts.title,
            "value": 100 * value,
            "se": None if se is None else 100 * se,
            "level": arms[name].level,
        }
        for name, value, se in summary.facts.observed
        if name in arms
    ]


def _fonts() -> list[tuple[str, str, str]]:
    """Return (family, weight, base64) of the fonts that the page carries."""
    folder = Path(str(resources.files("simulation"))) / "data" / "fonts"
    found = []
    for path in sorted(folder.glob("*.woff2")):
        family = "Noto Sans Thai" if "Thai" in path.stem else "Noto Sans"
        weight = "700" if "Bold" in path.stem else "400"
        found.append((family, weight, base64.b64encode(path.read_bytes()).decode()))
    return found
