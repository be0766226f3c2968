"""What a scenario will do, in plain words, before anything is run: `kwamdee explain`, `kw.explain`."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from simulation.core.errors import WIDTH, one_of
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.studies.currency import in_currency
from simulation.studies.explained import arms, assumed, cost, figures, world
from simulation.studies.explained.arms import Mosts
from simulation.studies.explained.said import Both, Section, alike
from simulation.studies.explained.worst import Most, first_society, most_of
from simulation.world.parameter_files import Asked, parameters_of

LANGUAGES = ("en", "th")
_UNITS = "คน|ครัวเรือน|บาท|ล้านบาท|สัปดาห์|ครั้ง|ปี|ค่า|ชุด|ตัว|จุดร้อยละ|สังคม|พื้นที่|ทางเลือก|ของ"
_BEFORE = ("ร้อยละ", "ที่", "ราว", "ไม่เกิน", "ถึง", "ใน", "จาก", "จีนี", "หมายเลข")
_HELD = re.compile("|".join([rf"(?<=\d) (?={_UNITS})", *(rf"(?<={word}) (?=\d)" for word in _BEFORE)]))
"""Blanks between a number and the Thai word that it belongs to."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """A scenario in words: `sections` in both languages, `text` in `lang`, and the most that each scheme could cost.

    `most` is keyed by (arm, scheme); its amounts are in satang.
    """

    name: str
    title: Both
    digest: str
    sections: tuple[Section, ...]
    most: Mosts
    citizens: int
    lang: str = "en"

    @property
    def text(self) -> str:
        """The explanation as lines of at most 80 columns, broken at blanks only."""
        return self.as_text(self.lang)

    def as_text(self, lang: str) -> str:
        """Return the explanation in `lang` in 80 columns; words that are longer, such as addresses, stand whole."""
        lines = _wrapped(self.title.get(lang), 0)
        for section in self.sections:
            lines += ["", section.title.get(lang), "-" * _cells(section.title.get(lang))]
            for n, found in enumerate(section.items):
                if found.level == 0 and n:
                    lines.append("")
                lines += _wrapped(found.get(lang), 2 * found.level)
        return "\n".join(lines)

    def section(self, key: str) -> Section:
        """Return a section by its key, such as "cost"; raises InputError, with those there are, for another."""
        one_of("key", key, [s.key for s in self.sections])
        return next(s for s in self.sections if s.key == key)

    def to_json(self) -> dict[str, Any]:
        """Return the object that `explain --json` prints: every text in both languages, amounts in baht."""
        return {
            "scenario": self.name,
            "digest": self.digest,
            "title": self.title._asdict(),
            "sections": [
                {
                    "key": s.key,
                    "title": s.title._asdict(),
                    "items": [
                        {
                            "level": i.level,
                            "label": None if i.label is None else i.label._asdict(),
                            "text": i.text._asdict(),
                        }
                        for i in s.items
                    ],
                }
                for s in self.sections
            ],
            "most": [_most_json(arm, scheme, m, self.citizens) for (arm, scheme), m in self.most.items()],
        }

    def __repr__(self) -> str:
        """Say which scenario is explained; print `text` to read it."""
        return f"<Explanation {self.name}: {self.title.get(self.lang)}>"

    def __str__(self) -> str:
        """Return the text."""
        return self.text

    def _repr_html_(self) -> str:
        """Show the sections in a notebook."""
        parts = [f"<h3>{escape(self.title.get(self.lang))}</h3>"]
        for s in self.sections:
            parts.append(f"<h4>{escape(s.title.get(self.lang))}</h4>")
            for i in s.items:
                text = escape(i.text.get(self.lang))
                if i.level == 0:
                    text = f"<b>{text}</b>"
                elif i.label is not None:
                    text = f"<i>{escape(i.label.get(self.lang))}:</i> {text}"
                parts.append(f'<p style="margin:.2em 0 .2em {i.level}em">{text}</p>')
        return "".join(parts)


def explain(
    scenario: str | Path | Scenario,
    lang: str = "en",
    *,
    set_: str | Sequence[str] = (),
    parameters: Asked = "posterior",
) -> Explanation:
    """Say in plain words what a scenario will do; nothing is run.

    Args:
        scenario: A file's path, a shipped name or a Scenario.
        lang: "en" or "th": the language of `text` and of the notebook's view.
        set_: Changes such as "run.weeks=52", one or several.
        parameters: "posterior", "default", or the path of a table of one's own: where a run is to take them from.

    Raises:
        ScenarioError: With every mistake of the file.
        InputError: For another language, or a table of parameters that cannot be.

    Example:
        >>> import simulation as kw
        >>> print(kw.explain("bangkok-waste").section("question").title.en)
        The question
    """
    one_of("lang", lang, LANGUAGES)
    s = load(scenario, set_)
    source = parameters_of(parameters, tuple(s.behaviours))
    society = first_society(s)
    schemes = {(arm, key): scheme for arm, a in s.arms.items() for key, scheme in a.schemes.items()}
    most = {place: most_of(s, scheme, society, place[1]) for place, scheme in schemes.items()}
    sections = (
        world.question(s),
        world.world(s),
        world.behaviours(s),
        arms.arms(s, most, society.sampled),
        cost.cost(s, most, society.sampled),
        assumed.assumptions(s, source),
        figures.sources(s),
        assumed.left_out(s),
        assumed.rights(s),
    )
    return Explanation(
        name=s.name or "scenario",
        title=Both(alike(s.about.title.en).en, alike(s.about.title.get("th")).th),
        digest=s.digest,
        sections=tuple(_counted_in(section, s.currency) for section in sections),
        most=most,
        citizens=s.world.citizens,
        lang=lang,
    )


def _counted_in(section: Section, currency: str | None) -> Section:
    if currency is None:
        return section
    return replace(
        section, items=tuple(replace(i, text=Both(*in_currency(i.text.en, i.text.th, currency))) for i in section.items)
    )


def _most_json(arm: str, scheme: str, m: Most, citizens: int) -> dict[str, Any]:
    return {
        "arm": arm,
        "scheme": scheme,
        "eligible": m.eligible,
        "reached": m.reached,
        "citizens": citizens,
        "first_week": m.weeks[0],
        "last_week": m.weeks[-1],
        "most_baht": None if m.total is None else m.total / 100,
        "running_baht": m.running / 100,
        "outreach_baht": m.outreach / 100,
        "budget_baht": None if m.budget is None else m.budget / 100,
        "budget_may_close_in_week": m.may_close,
    }


def _wrapped(text: str, indent: int) -> list[str]:
    """Break at blanks only, never between a number and its Thai unit; what goes on stands two further in."""
    lines = textwrap.wrap(
        _HELD.sub("\u00a0", text),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + (2 if indent else 0)),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\u00a0", " ") for line in lines]


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
