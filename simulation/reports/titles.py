"""Each figure's title is what it found, its subtitle what it measures; both say no more than their rule."""

from __future__ import annotations

from typing import Any

from simulation.reports import measures
from simulation.reports.labels import who
from simulation.reports.sentences import say, spaced
from simulation.reports.texts import TEXTS
from simulation.reports.words import bracketed, capital, group_name, in_points, interval, named, plain, points
from simulation.results.intervals import LEAST_FOR_INTERVAL


def title(s: Any, lang: str, figure: str) -> str:
    """Return the finding of a figure as a sentence, or its subject where there are too few societies for one."""
    if s.societies < LEAST_FOR_INTERVAL:
        return TEXTS[lang][f"figure_{figure}"]
    return {"answer": _counted, "time": _left, "cost": _cheapest, "groups": _behind}[figure](s, lang)


def _counted(s: Any, lang: str) -> str:
    """Say of Figure 1 what its dots count: the first against the second, or a single scheme against nothing."""
    delta, n = s.facts.smallest_effect_pp, s.societies
    kind, a = s.findings[0].kind, s.arms[0]
    fields = {"R": n, "delta_points": in_points(delta, lang), **named(a.facts.title.get(lang), lang)}
    if kind == "all without effect":
        return say("title.all small", lang, n=min(int((abs(b.effects) < delta).sum()) for b in s.arms), **fields)
    if len(s.arms) == 1:
        return say("title.adds", lang, n=int((a.effects > delta).sum()), **fields)
    b = s.arms[1]
    fields |= named(b.facts.title.get(lang), lang, "b")
    if kind == "tie":
        return say("title.differ", lang, n=int((abs(a.effects - b.effects) < delta).sum()), **fields)
    return say("title.did more", lang, n=measures.above_zero(s), **fields)


def _left(s: Any, lang: str) -> str:
    first = measures.keeps_most(s)
    a = first or s.arms[0]
    e = a.effect_after
    if e is None:
        return say("title.beyond", lang)
    fields = {"effect": points(e.mean), "span": bracketed(interval(e, lang)), **named(a.facts.title.get(lang), lang)}
    if e.low is not None and e.low <= 0 <= (e.high or 0):
        return say("title.left untold", lang, **fields)
    return say("title.left" if first is None or len(s.arms) == 1 else "title.left most", lang, **fields)


def _cheapest(s: Any, lang: str) -> str:
    a = measures.cheapest(s)
    known = [b for b in s.arms if b.cost_per_act is not None]
    if a is None and len(known) > 1:
        return say("title.cost open", lang)
    a = a or (known[0] if known else None)
    if a is None:
        return say("title.cost unknown", lang)
    key = "one" if len(s.arms) == 1 else "only" if len(known) == 1 else "least"
    e, name = a.cost_per_act, named(a.facts.title.get(lang), lang)
    return say(f"title.cost {key}", lang, cost=plain(e.mean), span=bracketed(interval(e, lang)), **name)


def _behind(s: Any, lang: str) -> str:
    found = [(a, g) for a in s.arms for g in a.groups if g.left_behind]
    if not found:
        return none_behind(s, lang)
    (a, g), more = found[0], len(found) - 1
    others = say("title.one more" if more == 1 else "title.more", lang, n=more) if more else ""
    who = capital(group_name(g.kind, g.group, lang))
    return say("title.behind", lang, Who=who, more=others, **named(a.facts.title.get(lang), lang))


def none_behind(s: Any, lang: str) -> str:
    """Say that the rule for groups left behind found none, and of whom it speaks."""
    delta = s.facts.smallest_effect_pp
    if not any(a.effect.mean > delta for a in s.arms):
        return say("title.nothing to share", lang, delta_points=in_points(delta, lang))
    return say("title.none behind", lang)


def unjudged(s: Any, lang: str) -> str:
    """Name the schemes whose effect is too small for the rule; empty where there is none, or nothing else."""
    delta = s.facts.smallest_effect_pp
    small = [a.facts.title.get(lang) for a in s.arms if a.effect.mean <= delta]
    if not small or len(small) == len(s.arms):
        return ""
    names = (" " if lang == "th" else ", ").join(small)
    return say("title.unjudged", lang, delta_points=in_points(delta, lang), names=names)


def subtitle(s: Any, lang: str, figure: str) -> str:
    """Return measure, unit, population and period of a figure."""
    f = s.facts
    people = f"{f.citizens:,} {who(s, lang)}"
    societies, weeks = s.societies, _weeks(s, lang)
    if lang == "th":
        where = f"{people} ในแต่ละสังคมจำลอง รวม {societies} สังคมจำลอง"
        change = spaced(f"การเปลี่ยนแปลงของ{f.act.th} เทียบกับสังคมเดียวกันที่ไม่มีมาตรการ", "th")
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


def read_answer(s: Any, lang: str) -> tuple[str, ...]:
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
    first = " ".join(p for p in (dot, has_line and t["read_line"], thick and has_line and t["read_thick"]) if p)
    return (first, t["read_gap"]) if gap else (first,)


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
