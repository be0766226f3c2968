"""Each figure's title is what it found, its subtitle what it measures; both say no more than their rule."""

from __future__ import annotations

from typing import Any

from simulation.reports import measures
from simulation.reports.labels import span, who
from simulation.reports.texts import TEXTS
from simulation.reports.words import group_name, headline, interval, plain, points
from simulation.results.intervals import LEAST_FOR_INTERVAL

NUMBERS = {"answer": 1, "time": 2, "cost": 3, "groups": 4}


def title(s: Any, lang: str, figure: str) -> str:
    """Return the finding of a figure as a sentence, or its subject where there are too few societies for one."""
    if figure == "answer":
        return headline(s, lang)
    if s.societies < LEAST_FOR_INTERVAL:
        return TEXTS[lang][f"figure_{figure}"]
    return {"time": _left, "cost": _cheapest, "groups": _behind}[figure](s, lang)


def _left(s: Any, lang: str) -> str:
    first = measures.keeps_most(s)
    a = first or s.arms[0]
    e, name = a.effect_after, a.facts.title.get(lang)
    thai = lang == "th"
    if e is None:
        return (
            "ระยะเวลาจำลองจบก่อนครึ่งปีหลังสิ้นสุดมาตรการ" if thai else "The horizon ends before half a year after the schemes."
        )
    size = (
        f"{points(e.mean)} จุดร้อยละ ({interval(e, lang)})" if thai else f"{points(e.mean)} points ({interval(e, lang)})"
    )
    if e.low is not None and e.low <= 0 <= (e.high or 0):
        return f"ครึ่งปีหลังสิ้นสุด ยังบอกไม่ได้ว่าผลของ{name}เหลืออยู่หรือไม่ {size}" if thai else f"Half a year after the end it cannot be told whether anything of {name} is left: {size}."  # fmt: skip
    if first is None or len(s.arms) == 1:
        return (
            f"ครึ่งปีหลังสิ้นสุด ผลของ{name}เหลือ {size}" if thai else f"Half a year after the end, {size} of {name} are left."
        )
    return f"ครึ่งปีหลังสิ้นสุด ผลของ{name}เหลือมากที่สุด คือ {size}" if thai else f"Half a year after the end most is left of {name}: {size}."  # fmt: skip


def _cheapest(s: Any, lang: str) -> str:
    a = measures.cheapest(s)
    thai = lang == "th"
    known = [b for b in s.arms if b.cost_per_act is not None]
    if a is None and len(known) > 1:
        return "ยังตัดสินไม่ได้ว่ามาตรการใดมีต้นทุนต่อครั้งที่เพิ่มขึ้นต่ำที่สุด" if thai else "These runs do not settle which scheme's additional act costs least."  # fmt: skip
    a = a or (known[0] if known else None)
    if a is None:
        return "ยังบอกต้นทุนต่อครั้งที่เพิ่มขึ้นไม่ได้" if thai else "What an additional act costs is not settled."
    e, name = a.cost_per_act, a.facts.title.get(lang)
    around = f" ({ends})" if (ends := span(e, lang)) else ""
    if len(s.arms) == 1:
        return f"การทำที่เพิ่มขึ้นหนึ่งครั้งมีต้นทุน {plain(e.mean)} บาท{around}" if thai else f"An additional act costs {plain(e.mean)} baht{around}."  # fmt: skip
    if len(known) == 1:
        return f"ต้นทุนต่อครั้งที่เพิ่มขึ้นบอกได้เฉพาะ{name} คือ {plain(e.mean)} บาท{around}" if thai else f"Only of {name} is the cost of an additional act settled: {plain(e.mean)} baht{around}."  # fmt: skip
    return f"{name}มีต้นทุนต่อครั้งที่เพิ่มขึ้นต่ำที่สุด คือ {plain(e.mean)} บาท{around}" if thai else f"{name} costs least per additional act: {plain(e.mean)} baht{around}."  # fmt: skip


def _behind(s: Any, lang: str) -> str:
    found = [(a, g) for a in s.arms for g in a.groups if g.left_behind]
    thai = lang == "th"
    if not found:
        return none_behind(s, lang)
    a, g = found[0]
    who, name, more = group_name(g.kind, g.group, lang), a.facts.title.get(lang), len(found) - 1
    if thai:
        return f"{who}ได้ผลจาก{name}ไม่ถึงครึ่งของค่าเฉลี่ย" + (f" และมีอีก {more} กรณี" if more else "")
    others = f", and {more} more {'case' if more == 1 else 'cases'}" if more else ""
    return f"{who[:1].upper()}{who[1:]} gain less than half as much from {name} as the average{others}."


def none_behind(s: Any, lang: str) -> str:
    """Say that the rule for groups left behind found none, and of whom it speaks."""
    delta = s.facts.smallest_effect_pp
    judged = [a for a in s.arms if a.effect.mean > delta]
    unit = f"{delta:g} point" + ("" if delta == 1 else "s")
    if not judged:
        return (
            f"ไม่มีมาตรการใดได้ผลเกิน {delta:g} จุดร้อยละ จึงไม่มีผลให้แบ่งดูรายกลุ่ม"
            if lang == "th"
            else f"No scheme adds more than {unit}, so there is nothing to share out among groups."
        )
    if lang == "th":
        return "ไม่พบกลุ่มใดที่น่าจะได้ไม่ถึงครึ่งของค่าเฉลี่ย"
    return "No group is likely to gain less than half as much as the average."


def unjudged(s: Any, lang: str) -> str:
    """Name the schemes whose effect is too small for the rule; empty where there is none, or nothing else."""
    delta = s.facts.smallest_effect_pp
    small = [a.facts.title.get(lang) for a in s.arms if a.effect.mean <= delta]
    if not small or len(small) == len(s.arms):
        return ""
    if lang == "th":
        return f"ไม่ได้ตรวจ{' '.join(small)} เพราะผลเฉลี่ยไม่เกิน {delta:g} จุดร้อยละ"
    unit = "point" if delta == 1 else "points"
    return f"Not judged, for their average is at most {delta:g} {unit}: {', '.join(small)}."


def subtitle(s: Any, lang: str, figure: str) -> str:
    """Return measure, unit, population and period of a figure."""
    f = s.facts
    people = f"{f.citizens:,} {who(s, lang)}"
    societies, weeks = s.societies, _weeks(s, lang)
    if lang == "th":
        where = f"{people} ในแต่ละสังคมจำลอง รวม {societies} สังคมจำลอง"
        change = f"{f.act.th}ที่เปลี่ยนไป เทียบกับสังคมเดียวกันที่ไม่มีมาตรการ"
        return {
            "answer": f"{change} หน่วยจุดร้อยละ {where} {weeks}",
            "time": f"{change} รายสัปดาห์ หน่วยจุดร้อยละ ตัวเลขคือค่ามัธยฐานเมื่อสิ้นสุดมาตรการและเมื่อจบการจำลอง {where}",
            "cost": f"ต้นทุนตลอด {f.weeks} สัปดาห์ หน่วยพันบาทต่อ 1,000 {who(s, lang)} เฉลี่ยจาก {societies} สังคมจำลอง",
            "groups": f"{change} รายกลุ่ม หน่วยจุดร้อยละ {where} {weeks} เส้นประคือค่าเฉลี่ยทั้งหมด จุดโปร่งคือกลุ่มที่ได้ไม่ถึงครึ่ง",
        }[figure]
    where = f"{people} in each of {societies} simulated {'society' if societies == 1 else 'societies'}"
    change = f"{f.act.en} against the same society without a scheme, percentage points"
    return {
        "answer": f"Change in {change}; {where}; {weeks}.",
        "time": f"Change in {change}, week by week; numbers are the medians at the scheme's end and at the horizon; {where}.",
        "cost": f"Cost over all {f.weeks} weeks, thousand baht for 1,000 {who(s, lang)}; mean of {societies} simulated societies.",
        "groups": f"Change in {change}, by group; {where}; {weeks}. Dashed: the average; hollow: less than half of it.",
    }[figure]


def _weeks(s: Any, lang: str) -> str:
    windows = {(a.facts.window.start, a.facts.window.end) for a in s.arms}
    if len(windows) > 1:
        return "ระหว่างดำเนินมาตรการ" if lang == "th" else "while each scheme runs"
    ((start, end),) = windows
    n = end - start
    if lang == "th":
        return f"ตลอด {n} สัปดาห์ที่ดำเนินมาตรการ"
    return f"over the {n} weeks of the schemes" if n > 1 else "in the week of the schemes"


def read_answer(s: Any, lang: str) -> str:
    """Say how to read Figure 1: only what can be seen in it."""
    n = s.societies
    thick = any(measures.luck_half(s, a) is not None for a in s.arms)
    has_line, gap = n >= LEAST_FOR_INTERVAL, len(s.arms) > 1
    t = TEXTS[lang]
    if n <= measures.SHOWN_DOTS:
        dot = t["read_dot_each"]
    elif n % measures.SHOWN_DOTS == 0:
        dot = t["read_dot_many"].format(n // measures.SHOWN_DOTS, n)
    else:
        dot = t["read_dot_share"].format(measures.SHOWN_DOTS, n)
    parts = [dot, has_line and t["read_line"], thick and has_line and t["read_thick"], gap and t["read_gap"]]
    return " ".join(p for p in parts if p)


def described(s: Any, lang: str, figure: str) -> str:
    """Return the text for who cannot see a figure: kind, finding, the values of the leading schemes, where the table is."""
    texts = TEXTS[lang]
    minus = ("minus ", "ลบ ")[lang == "th"]
    values = ", ".join(
        f"{a.facts.title.get(lang)} {points(a.effect.mean)}"
        + (f" ({interval(a.effect, lang)})" if a.effect.low is not None else "")
        for a in s.arms[:4]
    )
    if figure == "answer" and len(s.arms) > 1:
        values += f". {texts['gap_said'].format(measures.above_zero(s), s.societies)}"
    values = values.replace("+", "").replace("−", minus)
    return f"{texts['kind_' + figure]} {title(s, lang, figure)} {values}. {texts['table_follows']}"
