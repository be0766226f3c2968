"""A study in a terminal: what was asked, the table of effects or indices, what failed, and last the answer in words."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from simulation.reports.study import indices, measures, rests
from simulation.reports.study.axis import Axis
from simulation.reports.study.names import error, factor_unit, subject, title_of, value
from simulation.reports.study.outcomes import axis_of, shown, size
from simulation.reports.study.plan_words import failures
from simulation.reports.study.sentences import LEGENDS
from simulation.reports.study.words import (
    acting_together,
    asked,
    costs,
    headline,
    how_much,
    how_sure,
    notes,
    ranking,
    regions,
    sizes,
    still,
)
from simulation.reports.terminal import Screen, in_ascii
from simulation.reports.words import capital

if TYPE_CHECKING:
    from simulation.reports.study.measures import Effect
    from simulation.reports.study.view import StudyView

_BASE, _WIDEST, _DRAWN_FROM = 80, 120, 112
_LABEL = 9
_NAME, _ARM = 22, 20
_BLOCKS = 3
_LEAST_DRAWN, _MOST_DRAWN = 12, 26  # cells of the drawing


def render(
    view: StudyView, lang: str, screen: Screen, *, report: str = "", following: tuple[tuple[str, str], ...] = ()
) -> str:
    """Return what was asked, the table, failures, the answer, where the report lies and what to try.

    Args:
        view: The study.
        lang: "en" or "th".
        screen: Where it is printed.
        report: Path of the report; empty where none was written.
        following: Commands to try, each with what it is for.
    """
    if lang == "th" and not screen.unicode:
        lang = "en"
    width = max(40, min(screen.width, _WIDEST))
    body = [*asked(view.facts, lang), *sizes(view.facts, lang), "", *_kept(view, lang), ""]
    body += _tables(view, lang, width, screen)
    lost = failures(view.failed, lang)
    body += [*lost, ""] if lost else []
    body += _said(view, lang, min(width, _BASE), screen.colour)
    if report:
        body += ["", *_labelled("report", report, lang, width, screen.colour, wrap=False)]
    if following:
        body += _labelled_lines("next", [f"{command}   {why}" for command, why in following], lang, screen.colour)
    text = "\n".join(line.rstrip() for line in body)
    if screen.piped:
        text = text.replace("−", "-").replace("─", "-")
    return text if screen.unicode else in_ascii(text)


def _kept(view: StudyView, lang: str) -> list[str]:
    n = (f"{view.done:,}", f"{view.total:,}", f"{len(view.failed):,}", f"{view.missing:,}")
    if lang == "th":
        return ["เก็บแล้ว {} จาก {} รอบ ล้มเหลว {} ขาด {}".format(*n)]
    return ["{} of {} runs are kept, {} failed, {} missing".format(*n)]


def _tables(view: StudyView, lang: str, width: int, screen: Screen) -> list[str]:
    out: list[str] = []
    found = indices.blocks(view)
    for block in found[:_BLOCKS]:
        out += [*_indices(view, block, lang, screen.piped), ""]
    if len(found) > _BLOCKS:
        out += [LEGENDS["more indices"][lang == "th"].format(len(found) - _BLOCKS), ""]
    every = [] if found or not len(view.points) else measures.effects(view)
    if every:
        table = _effects_th(view, every, screen.piped) if lang == "th" else _effects_en(view, every, width)
        out += [*table, ""]
    return out


# --- the effect of each factor --------------------------------------------------------------------------------------


def _effects_en(view: StudyView, every: list[Effect], width: int) -> list[str]:
    """Return a line a factor: the arm that it moves most, both ends, swing and error; from 112 columns a drawing."""
    several = len(view.asked(view.lead)) > 1
    one = subject(view, every[0].arm, view.lead, "en")
    legend = LEGENDS["effects"][0].format(
        outcome=axis_of(view.lead, "en") if several else capital(one),
        arm=", for the arm that it moves most" if several else "",
    )
    out = [*textwrap.wrap(legend, min(width, _BASE)), ""]
    rows = [_cells(view, e, several) for e in every]
    heads = ("Varied", "Arm" if several else "", "From", "To", "Swing", "Error", "")
    wide = [max([cell_len(h), *(cell_len(r[i]) for r in rows)]) for i, h in enumerate(heads)]
    wide[0], wide[1] = min(wide[0], _NAME), min(wide[1], _ARM)
    used = sum(wide) + 2 * (len(wide) - 1)
    values = [x for e in every for x in (e.low.mean, e.high.mean)]
    room = min(_MOST_DRAWN, width - used - 2)
    axis = Axis.over(values, view.lead, room) if width >= _DRAWN_FROM and room >= _LEAST_DRAWN else None
    if used > width:
        return out + _two_lines(rows, width)
    rule = "─" * min(width, used + (axis.cells + 2 if axis else 0))
    out += [_line(heads, wide, axis.head if axis else None), rule]
    for e, row in zip(every, rows, strict=True):
        names, arms = (textwrap.wrap(row[i], max(1, wide[i])) or [""] for i in (0, 1))
        out.append(_line((names[0], arms[0], *row[2:]), wide, axis.draw(e.low.mean, e.high.mean) if axis else None))
        for i in range(1, max(len(names), len(arms))):
            out.append(f"{names[i] if i < len(names) else '':<{wide[0]}}  {arms[i] if i < len(arms) else ''}")
    return [*out, rule]


def _cells(view: StudyView, e: Effect, several: bool) -> tuple[str, ...]:
    name, factor = view.lead, view.factor(e.factor)
    ends = (f"{shown(name, level.mean)} at {value(factor, level.at, 'en', unit=False)}" for level in (e.low, e.high))
    unit = factor_unit(factor, "en")
    return (
        f"{title_of(factor, 'en')}, {unit}" if unit else title_of(factor, "en"),
        view.title_of(e.arm, "en") if several else "",
        *ends,
        size(name, e.swing),
        error(name, e.error),
        _verdict(e, "en"),
    )


def _verdict(e: Effect, lang: str) -> str:
    return "" if e.seen else LEGENDS["within"][lang == "th"]


def _line(cells: tuple[str, ...], wide: list[int], drawn: str | None) -> str:
    left = [f"{c:<{w}}" if i not in (4, 5) else f"{c:>{w}}" for i, (c, w) in enumerate(zip(cells, wide, strict=True))]
    if drawn is not None:
        left.insert(4, drawn)
    return "  ".join(left).rstrip()


def _two_lines(rows: list[tuple[str, ...]], width: int) -> list[str]:
    """Return two lines a factor, for a narrow screen or long values."""
    rule = "─" * min(width, _BASE)
    out = [rule]
    for name, arm, low, high, swing, mcse, verdict in rows:
        out += textwrap.wrap(f"{name} ({arm})" if arm else name, width)
        said = f"{low} to {high}: swing {swing}, error {mcse}" + (f", {verdict}" if verdict else "")
        out += textwrap.wrap(said, width, initial_indent="  ", subsequent_indent="  ")
    return [*out, rule]


def _effects_th(view: StudyView, every: list[Effect], piped: bool) -> list[str]:
    """Return the same in Thai: numbers first, for terminals do not agree on the width of Thai; in a file names first."""
    name = view.lead
    rows = []
    for e in every:
        factor = view.factor(e.factor)
        said = f"{title_of(factor, 'th')} {value(factor, e.low.at, 'th', unit=False)} เป็น {value(factor, e.high.at, 'th')} ({view.title_of(e.arm, 'th')})"
        verdict = _verdict(e, "th")
        rows.append(
            (
                size(name, e.swing),
                error(name, e.error),
                shown(name, e.low.mean),
                shown(name, e.high.mean),
                f"{said} {verdict}".rstrip(),
            )
        )
    heads = ("(1)", "(2)", "(3)", "(4)")
    legend = [f"{n} {text}" for n, text in zip(heads, LEGENDS["effects th"], strict=True)]
    return [axis_of(name, "th"), *_columns_th(rows, heads, piped), *legend]


def _columns_th(rows: Sequence[tuple[str, ...]], heads: tuple[str, ...], piped: bool) -> list[str]:
    wide = [max([cell_len(h), *(cell_len(r[i]) for r in rows)]) for i, h in enumerate(heads)]
    names = max(cell_len(r[-1]) for r in rows) + 2 if piped else 0
    rule = "─" * _BASE
    out = [" " * names + "  ".join(f"{h:<{w}}" for h, w in zip(heads, wide, strict=True)), rule]
    for row in rows:
        numbers = "  ".join(c + " " * (w - cell_len(c)) for c, w in zip(row[:-1], wide, strict=True))
        out.append(row[-1] + " " * (names - cell_len(row[-1])) + numbers if piped else f"{numbers}  {row[-1]}")
    return [*out, rule]


# --- indices --------------------------------------------------------------------------------------------------------


def _indices(view: StudyView, block: tuple[str, str, str, list[indices.Index]], lang: str, piped: bool) -> list[str]:
    """Return the indices of one arm and outcome, the largest first, each with its interval."""
    method, arm, name, rows = block
    thai = lang == "th"
    title = f"{indices.METHODS[method][thai]}: {axis_of(name, lang)}, {view.title_of(arm, lang)}"
    title = title.replace(", ", " ") if thai else title
    main, second = (indices.HEADS[key[method]][thai] for key in (indices.MAIN, indices.SECOND))
    if thai:
        lines = [
            (indices.printed(x.value), indices.interval(x.low, x.high, "en").replace(" to ", " .. "), indices.printed(x.second), f"{title_of(view.factor(x.factor), 'th')}{' ' + LEGENDS['nothing'][1] if x.nothing else ''}")
            for x in rows
        ]  # fmt: skip
        signs = ("(1)", "95%", "(2)")
        return [title, *_columns_th(lines, signs, piped), f"(1) {main} และช่วงความเชื่อมั่นร้อยละ 95", f"(2) {second}"]
    cells = [
        (
            title_of(view.factor(x.factor), "en"),
            indices.printed(x.value),
            indices.interval(x.low, x.high, "en"),
            indices.printed(x.second),
            LEGENDS["no effect"][0] if x.nothing else "",
        )
        for x in rows
    ]
    heads = ("Varied", main.split(",")[0], "95%", second.split(",")[0], "")
    wide = [max([cell_len(h), *(cell_len(r[i]) for r in cells)]) for i, h in enumerate(heads)]
    wide[0] = min(wide[0], _BASE - sum(wide[1:]) - 2 * len(wide[1:]))
    rule = "─" * _BASE
    out = [*textwrap.wrap(title, _BASE), "  ".join(f"{h:<{w}}" for h, w in zip(heads, wide, strict=True)), rule]
    for row in cells:
        names = textwrap.wrap(row[0], wide[0]) or [""]
        out.append("  ".join(f"{c:<{w}}" for c, w in zip((names[0], *row[1:]), wide, strict=True)).rstrip())
        out += names[1:]
    return [*out, rule, *textwrap.wrap(f"{main}; {second}.", _BASE)]


# --- the words ------------------------------------------------------------------------------------------------------


def _said(view: StudyView, lang: str, width: int, colour: bool) -> list[str]:
    """Return the words below the tables, the answer first among them; failures are listed before."""
    first = indices.sentences(view, lang) or [how_much(view, lang), acting_together(view, lang)]
    parts = [
        ("answer", " ".join(x for x in (headline(view, lang), *first) if x)),
        ("best", regions(view, lang)),
        ("ranking", ranking(view, lang)),
        ("still", still(view, lang)),
        ("cost", costs(view, lang)),
        ("sure", how_sure(view, lang) if len(view.points) else ""),
        ("evidence", " ".join(rests.said(view, lang)) if len(view.points) else ""),
        *(("note", note) for note in notes(view, lang, counted=False)),
    ]
    return [line for key, text in parts if text for line in _labelled(key, text, lang, width, colour)]


def _labelled(key: str, text: str, lang: str, width: int, colour: bool, wrap: bool = True) -> list[str]:
    room = width - (2 if lang == "th" else _LABEL)
    lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) if wrap else [text]
    return _labelled_lines(key, lines, lang, colour)


def _labelled_lines(key: str, lines: list[str], lang: str, colour: bool) -> list[str]:
    label = LEGENDS[f"label.{key}"][lang == "th"]
    if lang == "th":
        return [_bold(label, colour), *(f"  {line}" for line in lines)]
    words = label.split(" ")
    count = max(len(words), len(lines))
    words, lines = words + [""] * (count - len(words)), lines + [""] * (count - len(lines))
    return [
        (_bold(w, colour) if w else "") + " " * (_LABEL - len(w)) + line for w, line in zip(words, lines, strict=True)
    ]


def _bold(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text
