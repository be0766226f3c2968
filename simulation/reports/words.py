"""Findings in sentences, English and Thai; the same sentences in report, terminal, JSON and notebook.

Reports read a summary through its attributes: they know its shape, not its module.
"""

from __future__ import annotations

import re
from typing import Any

MINUS = "−"
LIKELIHOOD_TH = {
    "virtually certain": "แทบจะแน่นอน",
    "extremely likely": "เป็นไปได้สูงอย่างยิ่ง",
    "very likely": "เป็นไปได้สูงมาก",
    "likely": "เป็นไปได้สูง",
    "more likely than not": "มีโอกาสเกินครึ่ง",
}
GROUPS: dict[tuple[str, str], tuple[str, str]] = {
    ("income_fifth", "1"): ("the poorest fifth", "กลุ่มรายได้น้อยที่สุด"),
    ("income_fifth", "2"): ("the second fifth of incomes", "กลุ่มรายได้ที่ 2"),
    ("income_fifth", "3"): ("the middle fifth of incomes", "กลุ่มรายได้ที่ 3"),
    ("income_fifth", "4"): ("the fourth fifth of incomes", "กลุ่มรายได้ที่ 4"),
    ("income_fifth", "5"): ("the richest fifth", "กลุ่มรายได้มากที่สุด"),
    ("sex", "male"): ("men", "ผู้ชาย"),
    ("sex", "female"): ("women", "ผู้หญิง"),
    ("area", "urban"): ("people in towns", "ผู้อยู่ในเขตเมือง"),
    ("area", "rural"): ("people in villages", "ผู้อยู่นอกเขตเมือง"),
    ("sector", "public"): ("members of public organisations", "สมาชิกองค์กรภาครัฐ"),
    ("sector", "private"): ("members of private organisations", "สมาชิกองค์กรภาคเอกชน"),
    ("sector", "civil"): ("members of civil society", "สมาชิกองค์กรภาคประชาสังคม"),
    ("sector", "none"): ("people outside organisations", "ผู้ไม่สังกัดองค์กร"),
}


def points(x: float, digits: int = 1) -> str:
    """Print an effect: sign always, a real minus, never -0.0."""
    text = f"{abs(x):.{digits}f}"
    if float(text) == 0.0:
        return text
    return ("+" if x > 0 else MINUS) + text


def plain(x: float, digits: int = 1) -> str:
    """Print a number without a plus."""
    text = f"{abs(x):.{digits}f}"
    return text if float(text) == 0.0 or x > 0 else MINUS + text


def interval(e: Any, lang: str, digits: int = 1) -> str:
    """Print "1.4 to 6.8"; empty where there is no interval."""
    if e is None or e.low is None:
        return ""
    to = "ถึง" if lang == "th" else "to"
    return f"{plain(e.low, digits)} {to} {plain(e.high, digits)}"


def group_name(kind: str, group: str, lang: str, short: bool = False) -> str:
    """Name a group of people; `short` leaves out who is meant by the context."""
    if kind == "age_band" and group.endswith("+"):
        older = group.removesuffix("+")
        en = f"aged {older} and over"
        return f"ผู้มีอายุ {older} ปีขึ้นไป" if lang == "th" else (en if short else f"people {en}")
    if kind == "age_band":
        return f"ผู้มีอายุ {group} ปี" if lang == "th" else (f"aged {group}" if short else f"people aged {group}")
    en, th = GROUPS.get((kind, group), (group, group))
    if lang == "th":
        return th
    for lead in ("members of ", "people ", "the ") if short else ():
        en = en.removeprefix(lead)
    return en.removesuffix(" of incomes") if short else en


def spaced(text: str, lang: str) -> str:
    """Put a blank between Thai and Latin letters, as between a scheme's Latin name and the verb after it."""
    if lang != "th":
        return text
    return re.sub(r"([ก-๛])([A-Za-z])", r"\1 \2", re.sub(r"([A-Za-z0-9])([ก-๛])", r"\1 \2", text))


def weeks_of(first: int, last: int, lang: str) -> str:
    """Print "weeks 4–55", or "week 0" where it is one."""
    if lang == "th":
        return f"สัปดาห์ที่ {first}" + (f"–{last}" if last > first else "")
    return f"weeks {first}–{last}" if last > first else f"week {first}"


def headline(s: Any, lang: str) -> str:
    """Return the answer as one sentence, or that there is none."""
    return spaced(_headline(s, lang), lang)


def _headline(s: Any, lang: str) -> str:
    f = s.findings[0]
    names = {a.facts.name: a.facts.title.get(lang) for a in s.arms}
    a, b = (
        (names.get(f.arms[0], ""), names.get(f.arms[1], ""))
        if len(f.arms) > 1
        else (names.get(f.arms[0], "") if f.arms else "", "")
    )
    thai = lang == "th"
    if f.kind == "nothing to compare":
        return (
            "ยังไม่มีอะไรให้เทียบ ไฟล์สถานการณ์นี้ยังไม่มีมาตรการ"
            if thai
            else "There is nothing to compare yet: the scenario has no scheme."
        )
    if f.kind == "too few":
        n = s.societies
        return (
            f"{n} สังคมจำลองน้อยเกินกว่าจะบอกช่วงได้ ควรใช้ 20 ขึ้นไป"
            if thai
            else f"{n} {'society is' if n == 1 else 'societies are'} too few for an interval. Use 20 or more."
        )
    if f.kind == "all without effect":
        return "ไม่มีมาตรการใดทำให้เกิดความแตกต่างที่มีความหมาย" if thai else "No scheme makes a difference that matters here."
    if f.kind == "clear winner":
        return f"{a}ได้ผลมากที่สุด" if thai else f"{a} does most."
    if f.kind == "tie":
        return (
            f"{a}กับ{b}ได้ผลเท่ากัน"
            if thai
            else f"{a} and {b} do equally well: they differ by less than {in_points(s.facts.smallest_effect_pp)}."
        )
    if f.kind == "works":
        return f"{a}ทำให้เพิ่มขึ้น" if thai else f"{a} works."
    if f.kind == "one not settled":
        return (
            f"ยังตัดสินไม่ได้ว่า{a}ได้ผลหรือไม่" if thai else f"These runs do not settle whether {a[:1].lower()}{a[1:]} works."
        )
    return f"{a}นำอยู่ แต่ผลจำลองชุดนี้ยังตัดสินไม่ได้" if thai else f"{a} leads, but these runs do not settle it."


def paragraphs(s: Any, lang: str) -> list[str]:
    """Return size, doubt and what is left, one short paragraph each."""
    if not s.arms:
        return []
    return [spaced(p, lang) for p in (_size(s, lang), _doubt(s, lang), _left(s, lang)) if p]


def answer(s: Any, lang: str) -> str:
    """Return headline and paragraphs as one text."""
    return " ".join([headline(s, lang), *paragraphs(s, lang)])


def _size(s: Any, lang: str) -> str:
    best = s.arms[0]
    name, e = best.facts.title.get(lang), best.effect
    before, level = round(100 * s.baseline), 100 * s.baseline + e.mean
    span = interval(e, lang)
    extra = f" ({span})" if span else ""
    up = round(e.mean, 1) > 0
    if lang == "th":
        what = f"เพิ่มขึ้น {plain(e.mean)}" if up else f"เปลี่ยนไป {points(e.mean)}"
        return f"{name}ทำให้{what} จุดร้อยละ{extra} คือจาก {before} เป็นราว {level:.0f} ใน 100 ครั้ง"
    what = f"adds {plain(e.mean)}" if up else f"changes it by {points(e.mean)}"
    who = "It" if s.findings[0].kind in _ABOUT_THE_FIRST else f"{name}, the largest,"
    return f"{who} {what} percentage points{extra}: from {before} to about {level:.0f} of every 100 chances."


_ABOUT_THE_FIRST = ("clear winner", "not settled", "works", "one not settled")
"""Headlines whose subject is the leading scheme, so that the next sentence may say "it"."""


def _doubt(s: Any, lang: str) -> str:
    f = s.findings[0]
    if f.kind not in ("clear winner", "not settled", "tie") or s.facts.parameters == "default":
        return ""
    names = {a.facts.name: a.facts.title.get(lang) for a in s.arms}
    b, n, total = names[f.arms[1]], f.values["n"], f.values["R"]
    word = f.values.get("word")
    if f.kind == "tie":
        return (
            f"ต่างกันไม่ถึง {f.values['delta']:g} จุดร้อยละใน {n} จาก {total} สังคมจำลอง"
            if lang == "th"
            else f"They differ by less than {in_points(f.values['delta'])} in {n} of {total} simulated societies."
        )
    if lang == "th":
        text = f"ได้ผลมากกว่า{b}ใน {n} จาก {total} สังคมจำลอง"
        if f.kind == "clear winner":
            return f"{text} ซึ่งถือว่า{LIKELIHOOD_TH.get(str(word), '')}"
        return f"{text} คำว่า “เป็นไปได้สูง” ต้องได้ {f.values['needed']}"
    text = f"It did more than {lower(b)} in {n} of {total} simulated societies"
    return f"{text}: {word}." if f.kind == "clear winner" else f'{text}; "likely" needs {f.values["needed"]}.'


def _left(s: Any, lang: str) -> str:
    best = s.arms[0]
    e, name = best.effect_after, best.facts.title.get(lang)
    if e is None:
        return (
            "ระยะเวลาจำลองจบก่อนครึ่งปีหลังสิ้นสุดมาตรการ จึงบอกผลหลังสิ้นสุดไม่ได้"
            if lang == "th"
            else "The horizon ends before half a year after the scheme, so nothing can be said about then."
        )
    span = interval(e, lang)
    span = f" ({span})" if span else ""
    if lang == "th":
        return f"ครึ่งปีหลังสิ้นสุด ผลของ{name}เหลือ {plain(e.mean)} จุดร้อยละ{span}"
    return f"Half a year after it ends, {plain(e.mean)} points{span} are left."


def what_would_settle(s: Any, lang: str) -> str:
    """Say what would change the reader's mind: a pilot of the leading two, or what a settled answer rests on."""
    f = s.findings[0]
    names = {a.facts.name: a.facts.title.get(lang) for a in s.arms}
    if f.kind in ("not settled", "tie") and s.facts.parameters != "default":
        a, b = names[f.arms[0]], names[f.arms[1]]
        return f"ทดลองนำร่อง{a}กับ{b}" if lang == "th" else f"What would settle it: a pilot of {lower(a)} and {lower(b)}."
    return ""


def how_sure(s: Any, lang: str) -> str:
    """Say how much of the width is luck and how much ignorance, and what would narrow it."""
    split = s.arms[0].spread if s.arms else None
    share = split.luck_share if split is not None else None
    if share is None or s.facts.parameters == "default":
        return ""
    luck, rest = _share(share, lang), _share(1.0 - share, lang)
    if share > 0.5 and lang == "en":
        return f"Luck is {luck} of the variance of {lower(s.arms[0].facts.title.get(lang))}. More societies narrow that; a pilot narrows the rest."
    if share > 0.5:
        return f"ความบังเอิญเป็น{luck}ของความแปรปรวน การเพิ่มสังคมจำลองทำให้แคบลงได้ ส่วนที่เหลือต้องอาศัยโครงการนำร่อง"
    if lang == "th":
        return f"{rest}ของความแปรปรวนมาจากสิ่งที่ยังไม่รู้เกี่ยวกับคน {luck}เป็นความบังเอิญ โครงการนำร่องทำให้ช่วงแคบลงได้ การเพิ่มจำนวนรอบทำไม่ได้"
    return f"{rest[:1].upper()}{rest[1:]} of the variance is what we do not know about people, {luck} luck. A pilot narrows it; more runs do not."


def _share(x: float, lang: str) -> str:
    if x < 0.01:
        return "ไม่ถึงร้อยละ 1 " if lang == "th" else "under 1%"
    if x > 0.99:
        return "กว่าร้อยละ 99 " if lang == "th" else "over 99%"
    return f"ร้อยละ {100 * x:.0f} " if lang == "th" else f"{100 * x:.0f}%"


def in_points(x: float) -> str:
    """Print a number of points with its noun."""
    return f"{x:g} point" if x == 1 else f"{x:g} points"


def lower(name: str) -> str:
    """Begin a name with a small letter, for the middle of a sentence; abbreviations stay."""
    return name[:1].lower() + name[1:] if not name[:2].isupper() else name
