"""The report card in a terminal: every arm predicted against observed, and last the answer next to simple rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.reports.evidence.texts import TEXTS, effect, span
from simulation.reports.evidence.words import answer, legend, notes, size, study_line, sure
from simulation.reports.lines import padded, wrapped
from simulation.reports.terminal import Screen, in_ascii

_WIDTH, _LABEL, _ARM = 80, 9, 25
_HEADS = (("predicted", 10), ("90%", 15), ("observed", 10), ("95%", 15), ("inside_head", 4))


def render(card: Any, lang: str, screen: Screen, *, report: str = "") -> str:
    """Return studies and arms, then answer, how sure, notes and where the page lies."""
    if lang == "th" and not screen.unicode:
        lang = "en"
    t = TEXTS[lang]
    title = f"{t['title']}{' ' if lang == 'th' else ': '}{size(card, lang)}"
    body = [*wrapped(title), *wrapped(legend(lang)), ""]
    if card.everything.rows:
        body += [*_heads(lang), "─" * _WIDTH, *_studies(card, lang), *_apart(card, lang), "─" * _WIDTH]
    body += ["", *_labelled("answer", answer(card, lang), lang), *_labelled("sure", sure(card, lang), lang)]
    for said in notes(card, lang):
        body += _labelled("note", [said], lang)
    body += _where(report, lang) if report else []
    text = "\n".join(line.rstrip() for line in body)
    if screen.piped:
        text = text.replace("−", "-").replace("─", "-")
    return text if screen.unicode else in_ascii(text)


def _heads(lang: str) -> list[str]:
    """Return the heads; in Thai numbers, with their words below one another, for Thai stands last on its line."""
    t = TEXTS[lang]
    if lang == "en":
        cells = [padded(t.get(name, name), wide) for name, wide in _HEADS]
        return [padded(t["arm"], _ARM) + " " + "".join(cells)]
    signs = {name: f"({i})" for i, name in enumerate((n for n, _ in _HEADS if "%" not in n), 1)}
    words = [f"{sign} {t[name]}" for name, sign in signs.items()]
    return [*wrapped(" ".join(words)), "", "".join(padded(signs.get(name, name), wide) for name, wide in _HEADS)]


def _studies(card: Any, lang: str) -> list[str]:
    """Return each study: its name, its arms that are expressed exactly, its score."""
    out: list[str] = []
    for study in card.studies:
        exact = [c for c in card.everything.of(study).rows if not c.row.approximation]
        out += [*wrapped(card.title(study, lang)), *_arms(card, exact, lang)]
        out += [*wrapped(study_line(card, study, lang), "  "), ""]
    return out[:-1]


def _apart(card: Any, lang: str) -> list[str]:
    """Return the arms that are coded as their nearest form, study by study, each arm's reason once below its figures."""
    part = card.approximated
    out = ["", *wrapped(TEXTS[lang]["apart"])] if part.rows else []
    for study in part.studies:
        rows = part.of(study).rows
        out += wrapped(card.title(study, lang))
        for arm in dict.fromkeys(c.row.arm for c in rows):
            its = [c for c in rows if c.row.arm == arm]
            out += [*_arms(card, its, lang), *wrapped(card.why_approximated(its[0].row, lang), "  ")]
    return out


def _arms(card: Any, rows: Sequence[Any], lang: str) -> list[str]:
    t, out = TEXTS[lang], []
    for c in rows:
        s, name = c.score, card.row_title(c.row, lang)
        texts = [
            effect(s.median),
            span(s.low, s.high, "en"),  # with "to" in either language: numbers alone stand before Thai
            effect(s.observed),
            span(c.observed_low, c.observed_high, "en"),
            t["inside" if s.inside else "outside"],
        ]
        if lang == "th":
            texts = [x.replace(" to ", " .. ") for x in texts]
        cells = "".join(padded(x, wide) for x, (_, wide) in zip(texts, _HEADS, strict=True))
        if lang == "th":
            out.append(cells + name)
            continue
        first, *more = wrapped(name, width=_ARM)
        out += [padded(first, _ARM) + " " + cells, *(f"  {x}" for x in more)]
    return out


def _labelled(label: str, sentences: Sequence[str], lang: str) -> list[str]:
    """Set sentences beside their label; in Thai below it."""
    word = TEXTS[lang][label]
    if not sentences:
        return []
    if lang == "th":
        return [word, *(line for said in sentences for line in wrapped(said, "  "))]
    lines = [line for said in sentences for line in wrapped(said, " " * _LABEL)]
    return _beside(word, lines)


def _beside(word: str, lines: list[str]) -> list[str]:
    if len(word) < _LABEL:
        return [padded(word, _LABEL) + lines[0].lstrip(), *lines[1:]]
    first, _, second = word.partition(" ")
    below = [padded(second, _LABEL) + lines[1].lstrip(), *lines[2:]] if len(lines) > 1 else [second]
    return [padded(first, _LABEL) + lines[0].lstrip(), *below]


def _where(report: str, lang: str) -> list[str]:
    word = TEXTS[lang]["page"]
    return ["", word, f"  {report}"] if lang == "th" else ["", padded(word, _LABEL) + report]
