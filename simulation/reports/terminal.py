"""What is printed in a terminal: the table, and last the answer in words."""

from __future__ import annotations

import textwrap
from typing import Any

from simulation.reports.progress import count_of
from simulation.reports.words import answer, how_sure, interval, notes, points

_ASCII = {"─": "-", "−": "-", "–": "-", "“": '"', "”": '"', "│": "|", "●": "o", "━": "="}
_LABEL = 9


def render(
    s: Any,
    lang: str,
    *,
    width: int = 80,
    report: str = "",
    unicode: bool = True,
    colour: bool = False,
    demo: bool = False,
) -> str:
    """Return table, answer, notes, report and next steps, in lines of at most `width` (80 at least)."""
    width = max(80, min(width, 120))
    if lang == "th" and not unicode:
        lang = "en"
    body = [*_head(s, lang, width), "", *(_table_th(s) if lang == "th" else _table_en(s, width)), ""]
    body += _said(s, lang, width, colour)
    if report:
        body += _labelled("รายงาน" if lang == "th" else "Report", report, lang, width, colour, wrap=False)
    body += _next(s, lang, demo)
    text = "\n".join(body)
    if not unicode:
        for sign, plain in _ASCII.items():
            text = text.replace(sign, plain)
    return text


def demo_opening(lang: str) -> str:
    """Return the lines before the demonstration."""
    if lang == "th":
        return (
            "นี่คือตัวอย่าง: นโยบายเดียวกันหลายแบบ ลองกับกรุงเทพฯ จำลองชุดเดียวกัน\n"
            "ตัวเลขตั้งต้นเป็นของจริงและมีแหล่งที่มา ส่วนผลที่ได้เป็นการจำลอง ไม่ใช่คำพยากรณ์"
        )
    return (
        "This is a demonstration: versions of one policy, each tried on the same simulated\n"
        "Bangkoks. The figures it starts from are sourced; what it finds is a simulation,\n"
        "not a forecast. It takes under a minute."
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


def _head(s: Any, lang: str, width: int) -> list[str]:
    windows = {(a.facts.window.start, a.facts.window.end) for a in s.arms}
    if lang == "th":
        return [f"{s.facts.title.get(lang)} ({s.facts.name})"]
    when = ""
    if len(windows) == 1:
        start, end = next(iter(windows))
        when = f" Schemes run in weeks {start}–{end - 1}; half a year after is weeks {end + 13}–{end + 25}."
    text = (
        f"Change in {s.facts.act.get(lang)}, percentage points, against the same society without a scheme. "
        f"90%: a further simulated society would fall here 9 times in 10.{when} "
        "Most in: the societies in which a scheme did more than every other."
    )
    return textwrap.wrap(text, width)


def _table_en(s: Any, width: int) -> list[str]:
    rule = "─" * 80
    rows = [
        "                     While it runs      Half a year after  Most  Baht per",
        "Scheme               points 90%         points 90%         in    extra act 90%",
        rule,
        f"No scheme            {100 * s.baseline:.0f} of 100 chances taken: the reference",
    ]
    for a in s.arms:
        after = points(a.effect_after.mean) if a.effect_after else "n/a"
        cost = _cost(a.cost_per_act)
        rows.append(
            f"{_short(a.facts.title.en):<20} {points(a.effect.mean):>6} {interval(a.effect, 'en'):<11} "
            f"{after:>6} {interval(a.effect_after, 'en'):<11} {_count(a.best_count):>4}  {cost}"
        )
    rows.append(rule)
    if len(s.arms) > 1:
        rows.append(_difference(s))
    return rows


def _table_th(s: Any) -> list[str]:
    rule = "─" * 80
    rows = ["(1)    90%          (2)    90%          (3)   (4)   90%", rule]
    for a in s.arms:
        after = points(a.effect_after.mean) if a.effect_after else "-"
        cost = _cost(a.cost_per_act).replace(" to ", " .. ")
        one = interval(a.effect, "en").replace(" to ", " .. ")
        two = interval(a.effect_after, "en").replace(" to ", " .. ")
        rows.append(
            f"{points(a.effect.mean):<6} {one:<12} {after:<6} {two:<12} {_count(a.best_count):>3}  {cost:<22} {a.facts.title.get('th')}"
        )
    return [
        *rows,
        rule,
        "",
        f"(1) {s.facts.act.get('th')}ที่เปลี่ยนไประหว่างดำเนินมาตรการ หน่วยจุดร้อยละ",
        f"    เทียบกับสังคมเดียวกันที่ไม่มีมาตรการ ซึ่งทำ {100 * s.baseline:.0f} ใน 100 ครั้ง",
        "(2) ครึ่งปีหลังสิ้นสุด หน่วยจุดร้อยละ",
        f"(3) ได้ผลมากที่สุดในกี่สังคมจำลอง จาก {s.societies}",
        "(4) ต้นทุนต่อครั้งที่เพิ่มขึ้น (บาท)",
        "90% คือช่วงที่สังคมจำลองอีกหนึ่งสังคมจะตกอยู่ 9 ใน 10 ครั้ง",
    ]


def _difference(s: Any) -> str:
    gap = s.arms[0].effects - s.arms[1].effects
    above = int((gap > 0).sum())
    below = int((gap < 0).sum())
    return (
        f"First minus second   {points(float(gap.mean())):>6} above 0 in {above} of {s.societies} societies, "
        f"below in {below}"
    )


def _said(s: Any, lang: str, width: int, colour: bool) -> list[str]:
    thai = lang == "th"
    out = _labelled("คำตอบ" if thai else "Answer", answer(s, lang), lang, width, colour)
    sure = how_sure(s, lang)
    if sure:
        out += _labelled("ความมั่นใจ" if thai else "How sure", sure, lang, width, colour)
    for note in notes(s, lang):
        out += _labelled("หมายเหตุ" if thai else "Note", note, lang, width, colour)
    return out


def _labelled(label: str, text: str, lang: str, width: int, colour: bool, wrap: bool = True) -> list[str]:
    shown = f"\x1b[1m{label}\x1b[0m" if colour else label
    if lang == "th":
        lines = textwrap.wrap(text, width - 2, break_long_words=False) if wrap else [text]
        return [shown, *(f"  {line}" for line in lines)]
    lines = textwrap.wrap(text, width - _LABEL) if wrap else [text]
    pad = " " * (_LABEL - len(label))
    return [f"{shown}{pad}{lines[0] if lines else ''}", *(" " * _LABEL + line for line in lines[1:])]


def _next(s: Any, lang: str, demo: bool) -> list[str]:
    more = 100 if s.societies < 100 else 2 * s.societies
    commands = [f"kwamdee compare {s.facts.name} --replicates {more}"]
    if demo:
        commands = [
            "kwamdee schemes",
            "kwamdee validate bangkok-waste",
            "kwamdee demo --lang " + ("en" if lang == "th" else "th"),
        ]
    label = "ลองต่อ" if lang == "th" else "Next"
    if lang == "th":
        return [label, *(f"  {c}" for c in commands)]
    return [f"{label:<{_LABEL}}{commands[0]}", *(" " * _LABEL + c for c in commands[1:])]


def _cost(e: Any) -> str:
    if e is None:
        return "n/a"
    span = f" {e.low:.1f} to {e.high:.1f}" if e.low is not None else ""
    if e.low is not None and (e.low < 0 or e.high < 0):
        return "not settled"
    return f"{e.mean:.1f}{span}"


def _count(x: float) -> str:
    return f"{x:.0f}" if x == int(x) else f"{x:.1f}"


def _short(name: str) -> str:
    return name if len(name) <= 20 else name[:19] + "."
