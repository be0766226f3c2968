"""The report: one self-contained HTML file a language, readable from the first sentence down."""

from __future__ import annotations

import base64
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from simulation.reports import figures
from simulation.reports.texts import TEXTS
from simulation.reports.words import answer, group_name, headline, how_sure, interval, notes, paragraphs, plain, points
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
        observed=_observed(summary),
        fonts=_fonts(),
    )


def beats(summary: Any) -> list[list[int | None]]:
    """Return in how many societies the row's scheme did more than the column's."""
    return [[None if a is b else int((a.effects > b.effects).sum()) for b in summary.arms] for a in summary.arms]


def _figures(summary: Any, lang: str) -> dict[str, str]:
    if not summary.arms:
        return {}
    drawn: dict[str, Callable[[Any, str], Any]] = {
        "answer": figures.answer_figure,
        "time": figures.time_figure,
        "cost": figures.cost_figure,
        "groups": figures.groups_figure,
    }
    if not summary.arms[0].groups:
        del drawn["groups"]
    if not any(sum(a.costs_per_1000) for a in summary.arms):
        del drawn["cost"]
    described = answer(summary, lang)
    return {
        name: figures.to_svg(draw(summary, lang), TEXTS[lang][f"figure_{name}"], described)
        for name, draw in drawn.items()
    }


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
