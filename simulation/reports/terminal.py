"""What is printed in a terminal: the table, and last the answer in words."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len

from simulation.reports.behind import line as evidence_line
from simulation.reports.marks import mark_of
from simulation.reports.next_steps import next_steps
from simulation.reports.notes import left_behind, notes
from simulation.reports.progress import count_of, heading
from simulation.reports.sentences import spaced
from simulation.reports.terminal_observed import observed_lines
from simulation.reports.words import answer, how_sure, interval, points, weeks_of

_ASCII = {"─": "-", "−": "-", "–": "-", "“": '"', "”": '"', "│": "|", "●": "o", "━": "="}
_LABEL = 9
_BASE, _DRAWN_FROM, _WIDEST = 80, 112, 120
_NAME = 20
_AXIS = 36
_MOST_TICKS = 12
_COLOURS = (25, 130, 30, 54)
"""The arms' colours, nearest of 256."""


@dataclass(frozen=True)
class Screen:
    """Where it is printed: width in cells, whether it is a file, which signs and colours it knows."""

    width: int = _BASE
    piped: bool = False
    unicode: bool = True
    colour: bool = False


def render(s: Any, lang: str, screen: Screen, *, report: str = "", demo: bool = False) -> str:
    """Return table, answer, notes, report and next steps."""
    if lang == "th" and not screen.unicode:
        lang = "en"
    width = max(40, min(screen.width, _WIDEST))
    mark = mark_of(s, lang)
    body = [*heading(s.facts, lang), ""] if screen.piped else []
    body += [_bold(mark, screen.colour), ""] if mark else []
    body += _legend_before(s, lang, width)
    body += _table_th(s, screen.piped) if lang == "th" else _table_en(s, width, screen)
    body += observed_lines(s, lang, screen.piped)
    body += ["", *_said(s, lang, min(width, _BASE), screen.colour)]
    if report:
        body += _labelled("รายงาน" if lang == "th" else "Report", report, lang, width, screen.colour, wrap=False)
    body += _next(s, lang, demo)
    text = "\n".join(line.rstrip() for line in body)
    if screen.piped:
        text = text.replace("−", "-").replace("─", "-")
    return text if screen.unicode else in_ascii(text)


def in_ascii(text: str) -> str:
    """Write typographic signs as a screen can that knows ASCII alone."""
    for sign, plain in _ASCII.items():
        text = text.replace(sign, plain)
    return text


def demo_opening(lang: str) -> str:
    """Return the lines before the demonstration."""
    if lang == "th":
        return (
            "นี่คือตัวอย่าง: นโยบายเดียวกันหลายแบบ ลองกับกรุงเทพฯ จำลองชุดเดียวกัน\n"
            "ตัวเลขตั้งต้นเป็นของจริงและมีแหล่งที่มา ส่วนผลที่ได้เป็นการจำลอง ไม่ใช่คำพยากรณ์ ใช้เวลาราวครึ่งนาที\n"
        )
    return (
        "This is a demonstration: versions of one policy, each tried on the same\n"
        "simulated Bangkoks. The figures it starts from are sourced; what it finds is a\n"
        "simulation, not a forecast. It takes about half a minute.\n"
    )


def valid_lines(file: str, s: Any, runs: int, seconds: float, lang: str) -> str:
    """Say that a file is valid and what it would run; `s` is the scenario."""
    schemes = sum(1 for arm in s.arms.values() if arm.schemes)
    people, weeks, societies = s.world.citizens, s.run.weeks, s.run.replicates
    household = s.world.decider == "household"
    if lang == "th":
        who = f"ครัวเรือน {people:,} ครัวเรือน" if household else f"พลเมือง {people:,} คน"
        return (
            f"{file} ถูกต้อง\n{schemes} มาตรการและไม่มีมาตรการ {who} {weeks} สัปดาห์ {societies} สังคมจำลอง\n"
            f"รวม {runs:,} รอบ ใช้เวลาราว {_about(seconds, lang)}บนเครื่องนี้"
        )
    who = count_of(people, "household" if household else "citizen")
    return (
        f"{file} is valid.\n{count_of(schemes, 'scheme')} and no scheme, {who}, {count_of(weeks, 'week')}, "
        f"{societies} {'society' if societies == 1 else 'societies'}.\n"
        f"That is {count_of(runs, 'run')} (a second luck for some societies included), about {_about(seconds, lang)} here."
    )


def _about(seconds: float, lang: str) -> str:
    if seconds < 90:
        rounded = max(5, round(seconds / 5) * 5)
        return f"{rounded} วินาที" if lang == "th" else f"{rounded} s"
    return f"{seconds / 60:.0f} นาที" if lang == "th" else f"{seconds / 60:.0f} minutes"


# --- the table --------------------------------------------------------------------------------------------------


def _legend_before(s: Any, lang: str, width: int) -> list[str]:
    if lang == "th":
        return []
    windows = {(a.facts.window.start, a.facts.window.end) for a in s.arms}
    when = ""
    if len(windows) == 1:
        start, end = next(iter(windows))
        when = f" Schemes run in {weeks_of(start, end - 1, lang)}"
        later = end + 25 < s.facts.weeks
        when += f"; half a year after is weeks {end + 13}–{end + 25}." if later else "."
    interval_means = "90%: a further simulated society would fall here 9 times in 10." if _has_range(s) else ""
    text = (
        f"Change in {s.facts.act.get(lang)}, percentage points, against the same society without a scheme. "
        f"{interval_means}{when} Most in: the societies in which a scheme did more than every other."
    )
    return [*textwrap.wrap(text, min(width, _BASE)), ""]


@dataclass(frozen=True)
class _Column:
    """One column: two heads and a cell a row, all to be filled up to one width."""

    top: str
    head: str
    cells: tuple[str, ...]
    right: bool = False

    @property
    def width(self) -> int:
        return max(cell_len(x) for x in (self.top, self.head, *self.cells))

    def fill(self, text: str) -> str:
        blank = " " * (self.width - cell_len(text))
        return blank + text if self.right else text + blank


def _table_en(s: Any, width: int, screen: Screen) -> list[str]:
    names = max([18, *(cell_len(a.facts.title.get("en")) for a in s.arms)])
    name = min(_NAME, names) + 1
    during = _pair("While it runs", "points 90%", [(points(a.effect.mean), interval(a.effect, "en")) for a in s.arms])
    after = _pair("Half a year after", "points 90%", [_after(a) for a in s.arms])
    most = _Column("Most", "in", tuple(_count(a.best_count) for a in s.arms), right=True)
    cost = _pair("Baht per", "extra act 90%", [_cost(a) for a in s.arms], right=True)
    full = name + sum(c.width for c in (during, after, most, cost)) + 5
    if full > width:
        return [
            *_block(s, [during, most], name, None, screen),
            "",
            *_block(s, [after, cost], name, None, screen, False),
        ]
    axis = _Axis(s) if width >= max(_DRAWN_FROM, full + _AXIS + 2) and s.arms else None
    return _block(s, [during, after, most, cost], name, axis, screen)


def _pair(top: str, head: str, cells: list[tuple[str, str]], right: bool = False) -> _Column:
    wide = max((cell_len(value) for value, _ in cells), default=0)
    own = (f"{value:>{wide}}" if right else f"{value:<{wide}}" for value, _ in cells)
    return _Column(top, head, tuple(f"{v} {span}".rstrip() for v, (_, span) in zip(own, cells, strict=True)))


def _after(a: Any) -> tuple[str, str]:
    return (points(a.effect_after.mean), interval(a.effect_after, "en")) if a.effect_after else ("n/a", "")


def _cost(a: Any) -> tuple[str, str]:
    if not any(a.costs_per_1000):
        return "", "no cost given"
    e = a.cost_per_act
    return ("", "not settled") if e is None else (f"{e.mean:,.1f}", _span(e))


def _block(s: Any, columns: list[_Column], name: int, axis: Any, screen: Screen, reference: bool = True) -> list[str]:
    """Draw head, reference row, a row a scheme and, where there are two, the first less the second."""

    def line(texts: list[str], drawn: str) -> str:
        cells = [c.fill(t) for c, t in zip(columns, texts, strict=True)]
        if axis is not None:
            cells[0] = f"{cells[0]}  {drawn:<{_AXIS}}"
        last = cells.pop()
        joined = "  ".join(cells[:-1]) + (" " if len(cells) == 3 else "  ") + cells[-1] if len(cells) > 1 else cells[0]
        return f"{joined}  {last}"

    heads = [
        " " * name + line([c.top for c in columns], axis.title if axis else ""),
        f"{'Scheme':<{name}}" + line([c.head for c in columns], axis.head if axis else ""),
    ]
    rule = "─" * (name + cell_len(line(["" for _ in columns], "")))
    out = [*heads, rule]
    if reference:
        out.append(_no_scheme(s, name, columns[0].width, axis))
    for i, a in enumerate(s.arms):
        names = textwrap.wrap(a.facts.title.get("en"), name - 1) or [""]
        drawn = axis.draw(a.effect) if axis else ""
        first = _coloured(names[0], s, a, screen.colour) + " " * (name - cell_len(names[0]))
        out.append(first + line([c.cells[i] for c in columns], drawn))
        out += [_coloured(n, s, a, screen.colour) for n in names[1:]]
    out.append(rule)
    if reference and s.first_minus_second is not None:
        out.append(_difference(s, name, columns[0].width, axis))
    return out


def _no_scheme(s: Any, name: int, width: int, axis: Any) -> str:
    level = f"{100 * s.baseline:.0f} of 100 chances"
    if axis is None:
        best = f"; most in {_count(s.p_best_control * s.societies)}" if s.p_best_control else ""
        return f"{'No scheme':<{name}}{level} taken: the reference{best}"
    level = level if len(level) <= width else level.removesuffix(" chances")
    return f"{'No scheme':<{name}}{level:<{width}}  {axis.draw(None)}"


def _difference(s: Any, name: int, width: int, axis: Any) -> str:
    gap, (above, below) = s.first_minus_second, _above(s)
    cell = f"{points(gap.mean)} {interval(gap, 'en')}"
    drawn = f"  {axis.draw(gap)}" if axis is not None else ""
    count = f"above 0 in {above} of {s.societies} societies, below in {below}"
    return f"{'First minus second':<{name}}{cell:<{width}}{drawn}  {count}"


class _Axis:
    """The drawing of intervals: one axis for all rows, 0 in it, ends rounded outwards to even numbers."""

    title = "points more than with no scheme"

    def __init__(self, s: Any) -> None:
        ends = [x for a in s.arms for x in (a.effect.low, a.effect.high, a.effect.mean) if x is not None]
        self.low: float = 2.0 * math.floor(min(0.0, *ends) / 2.0)
        self.high: float = max(2.0, 2.0 * math.ceil(max(ends) / 2.0))

    @property
    def head(self) -> str:
        """The numbers of the axis: its ends and 0."""
        cells = [" "] * _AXIS
        step = 2 if self.high - self.low <= _MOST_TICKS else max(2, int(self.high - self.low))
        inner = range(int(self.low), int(self.high) + 1, step)
        for value in sorted({*map(float, inner), self.low, 0.0, self.high}):
            text = f"{value:g}".replace("-", "−")
            at = min(self.place(value), _AXIS - len(text))
            cells[at : at + len(text)] = text
        return "".join(cells)

    def place(self, x: float) -> int:
        """Return the cell of a value."""
        share = (x - self.low) / (self.high - self.low)
        return round(share * (_AXIS - 1))

    def draw(self, e: Any) -> str:
        """Draw one interval; an end beyond the axis is < or >."""
        cells = [" "] * _AXIS
        cells[self.place(0.0)] = "│"
        if e is None:
            return "".join(cells)
        if e.low is not None:
            first, last = max(0, self.place(e.low)), min(_AXIS - 1, self.place(e.high))
            for i in range(first, last + 1):
                cells[i] = "─"
            if self.place(e.low) < 0:
                cells[0] = "<"
            if self.place(e.high) > _AXIS - 1:
                cells[-1] = ">"
        cells[min(_AXIS - 1, max(0, self.place(e.mean)))] = "●"
        return "".join(cells)


_SIGN_TH = {"n/a": "x", "no cost given": "x", "not settled": "?"}
_SIGNS_TH = {"?": "?   ยังบอกไม่ได้", "x": "x   ไม่ได้วัด"}


def _table_th(s: Any, piped: bool) -> list[str]:
    """Thai stands last on its line, for terminals do not agree on its width; in a file it stands first."""
    head = ("(1)", "90%", "(2)", "90%", "(3)", "(4)", "90%")
    lines = []
    for a in s.arms:
        after, cost = _after(a), _cost(a)
        cells = (points(a.effect.mean), interval(a.effect, "en"), *after, _count(a.best_count), *cost)
        lines.append((*(_SIGN_TH.get(c, c).replace(" to ", " .. ") for c in cells), a.facts.title.get("th")))
    gap = s.first_minus_second
    if gap is not None:
        span = interval(gap, "en").replace(" to ", " .. ")
        lines.append((points(gap.mean), span, "", "", str(_above(s)[0]), "", "", "อันดับ 1 ลบอันดับ 2"))
    wide = [max([cell_len(line[i]) for line in lines] + [cell_len(head[i])]) for i in range(7)]
    names = max(cell_len(line[7]) for line in lines) + 2 if piped and lines else 0
    rows = []
    for line in lines:
        numbers = "  ".join(f"{c:<{w}}" for c, w in zip(line[:7], wide, strict=True))
        rows.append(line[7] + " " * (names - cell_len(line[7])) + numbers if piped else f"{numbers}  {line[7]}")
    heads = " " * names + "  ".join(f"{c:<{w}}" for c, w in zip(head, wide, strict=True))
    rule = "─" * max(_BASE, cell_len(heads))
    body = [heads, rule, *(rows[:-1] if gap is not None else rows), rule]
    if gap is not None:
        body.append(rows[-1])
    windows = {(a.facts.window.start, a.facts.window.end) for a in s.arms}
    start, end = next(iter(windows)) if len(windows) == 1 else (0, 0)
    during = f" ({weeks_of(start, end - 1, 'th')})" if end else ""
    later = f" (สัปดาห์ที่ {end + 13}–{end + 25})" if end and end + 25 < s.facts.weeks else ""
    return [
        *body,
        "",
        spaced(f"(1) การเปลี่ยนแปลงของ{s.facts.act.get('th')}ระหว่างดำเนินมาตรการ{during} หน่วยจุดร้อยละ", "th"),
        f"    เทียบกับสังคมเดียวกันที่ไม่มีมาตรการ ซึ่งทำ {100 * s.baseline:.0f} ใน 100 ครั้ง",
        f"(2) ครึ่งปีหลังสิ้นสุด{later} หน่วยจุดร้อยละ",
        f"(3) ได้ผลมากที่สุดในกี่สังคมจำลอง จาก {s.societies}",
        "(4) ต้นทุนต่อครั้งที่เพิ่มขึ้น (บาท)",
        *(said for sign, said in _SIGNS_TH.items() if any(sign in line[:7] for line in lines)),
        *(["90% คือช่วงที่สังคมจำลองอีกหนึ่งสังคมจะตกอยู่ 9 ใน 10 ครั้ง"] if _has_range(s) else []),
    ]


def _has_range(s: Any) -> bool:
    """Tell whether any scheme's effect has an interval, so that a legend of it belongs to the table."""
    return any(a.effect.low is not None for a in s.arms)


def _above(s: Any) -> tuple[int, int]:
    gap = s.arms[0].effects - s.arms[1].effects
    return int((gap > 0).sum()), int((gap < 0).sum())


def _span(e: Any) -> str:
    if e.low is None:
        return ""
    return f"{e.low:,.1f} or more" if e.high is None else f"{e.low:,.1f} to {e.high:,.1f}"


def _count(x: float) -> str:
    return f"{x:.0f}" if x == int(x) else f"{x:.1f}"


# --- the words --------------------------------------------------------------------------------------------------


def _said(s: Any, lang: str, width: int, colour: bool) -> list[str]:
    thai = lang == "th"
    out = _labelled("คำตอบ" if thai else "Answer", answer(s, lang), lang, width, colour)
    behind = left_behind(s, lang)
    if behind:
        out += _labelled("กลุ่มที่ได้น้อย" if thai else "Left behind", behind, lang, width, colour)
    sure = how_sure(s, lang)
    if sure:
        out += _labelled("ความมั่นใจ" if thai else "How sure", sure, lang, width, colour)
    rests = evidence_line(s, lang)
    if rests:
        out += _labelled("หลักฐาน" if thai else "Evidence", rests, lang, width, colour)
    for note in notes(s, lang):
        out += _labelled("หมายเหตุ" if thai else "Note", note, lang, width, colour)
    return [*out, ""]


def _labelled(label: str, text: str, lang: str, width: int, colour: bool, wrap: bool = True) -> list[str]:
    if lang == "th":
        lines = textwrap.wrap(text, width - 2, break_long_words=False) if wrap else [text]
        return [_bold(label, colour), *(f"  {line}" for line in lines)]
    words = label.split(" ")
    lines = textwrap.wrap(text, width - _LABEL) if wrap else [text]
    lines += [""] * (len(words) - len(lines))
    labels = [*words, *[""] * (len(lines) - len(words))]
    return [
        (_painted(n, label, colour) if n else "") + " " * (_LABEL - len(n)) + t
        for n, t in zip(labels, lines, strict=True)
    ]


def _painted(text: str, label: str, colour: bool) -> str:
    return f"\x1b[33m{text}\x1b[0m" if colour and label == "Note" else _bold(text, colour)


def _next(s: Any, lang: str, demo: bool) -> list[str]:
    lines = [f"{command}   {why}" for command, why in next_steps(s, lang, demo)]
    if not lines:
        return []
    label = "ลองต่อ" if lang == "th" else "Next"
    if lang == "th":
        return [label, *(f"  {line}" for line in lines)]
    return [f"{label:<{_LABEL}}{lines[0]}", *(" " * _LABEL + line for line in lines[1:])]


def _bold(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text


def _coloured(text: str, s: Any, arm: Any, colour: bool) -> str:
    if not colour:
        return text
    place = [f.name for f in s.facts.arms if f.window is not None].index(arm.facts.name)
    return f"\x1b[1;38;5;{_COLOURS[place]}m{text}\x1b[0m" if place < len(_COLOURS) else _bold(text, colour)
