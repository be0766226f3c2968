"""Findings in sentences, English and Thai; the same sentences in report, terminal, JSON and notebook.

Reports read a summary through its attributes: they know its shape, not its module.
"""

from __future__ import annotations

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


def headline(s: Any, lang: str) -> str:
    """Return the answer as one sentence, or that there is none."""
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
            else f"{a} and {b} do equally well: they differ by less than {_points(s.facts.smallest_effect_pp)}."
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
    return [p for p in (_size(s, lang), _doubt(s, lang), _left(s, lang)) if p]


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
            else f"They differ by less than {_points(f.values['delta'])} in {n} of {total} simulated societies."
        )
    if lang == "th":
        text = f"ได้ผลมากกว่า{b}ใน {n} จาก {total} สังคมจำลอง"
        if f.kind == "clear winner":
            return f"{text} ซึ่งถือว่า{LIKELIHOOD_TH.get(str(word), '')}"
        return f"{text} คำว่า “เป็นไปได้สูง” ต้องได้ {f.values['needed']}"
    text = f"It did more than {_lower(b)} in {n} of {total} simulated societies"
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


def notes(s: Any, lang: str) -> list[str]:
    """Return few join, budget, backfires and the assumption on enrolment, a sentence each; groups stand by themselves."""
    names = {a.facts.name: a.facts.title.get(lang) for a in s.arms}
    out = [_caveat(s, lang)]
    if s.facts.parameters == "default":
        out.insert(0, _DEFAULT[lang])
    for f in s.findings[1:]:
        text = "" if f.kind in _OF_GROUPS else _note(f, names.get(f.arms[0], ""), lang)
        if text:
            out.append(text)
    if s.failed:
        whole = s.societies
        out.append(
            f"{s.failed} รอบล้มเหลวและไม่นำมาคิด คำตอบนี้มาจาก {whole} สังคมจำลองที่ครบถ้วน"
            if lang == "th"
            else f"{s.failed} runs failed and are left out; the answer rests on the {whole} societies that are complete."
        )
    return [x for x in out if x]


_OF_GROUPS = ("left behind", "fewer join")


def what_would_settle(s: Any, lang: str) -> str:
    """Say what would change the reader's mind: a pilot of the leading two, or what a settled answer rests on."""
    f = s.findings[0]
    names = {a.facts.name: a.facts.title.get(lang) for a in s.arms}
    if f.kind in ("not settled", "tie") and s.facts.parameters != "default":
        a, b = names[f.arms[0]], names[f.arms[1]]
        return (
            f"ทดลองนำร่อง{a}กับ{b}" if lang == "th" else f"What would settle it: a pilot of {_lower(a)} and {_lower(b)}."
        )
    return ""


def left_behind(s: Any, lang: str) -> str:
    """Name the groups that gain less than half as much, or join much less; of the leading scheme first, at most three."""
    names = {a.facts.name: a.facts.title.get(lang) for a in s.arms}
    found = [f for f in s.findings[1:] if f.kind in _OF_GROUPS]
    said = [_note(f, names.get(f.arms[0], ""), lang) for f in found[:3]]
    if len(found) > 3:
        more = len(found) - 3
        said.append(f"และอีก {more} กรณี ดูในรายงาน" if lang == "th" else f"And {more} more: see the report.")
    return " ".join(said)


_DEFAULT = {
    "en": "Parameters fixed at their defaults: the ranges show luck alone and are too narrow to decide on.",
    "th": "กำหนดค่าพารามิเตอร์ไว้ที่ค่าตั้งต้น ช่วงที่แสดงเป็นความบังเอิญอย่างเดียวและแคบเกินกว่าจะใช้ตัดสิน",
}


def _caveat(s: Any, lang: str) -> str:
    for a in s.arms:
        e, name = a.facts.enrolment, a.facts.title.get(lang)
        if e.startswith("target"):
            _, share, _, weeks, _ = e.split(" ")
            pct = f"{100 * float(share):g}"
            if lang == "th":
                return f"กำหนดให้มีผู้สมัคร{name}ร้อยละ {pct} ภายใน {weeks} สัปดาห์ ไม่ใช่ผลที่จำลองได้"
            return f"That {pct}% sign up for {_lower(name)} within {weeks} weeks is assumed, not found."
    for a in s.arms:
        if a.facts.enrolment not in ("automatic", ""):
            name = a.facts.title.get(lang)
            if lang == "th":
                return f"จำนวนผู้สมัคร{name}มาจากระดับความยุ่งยากของการสมัคร ({a.facts.enrolment}) ซึ่งต้องทดลองนำร่อง"
            return f"How many join {_lower(name)} follows from how hard signing up is ({a.facts.enrolment}); it must be piloted."
    return ""


def _note(f: Any, name: str, lang: str) -> str:
    v, thai = f.values, lang == "th"
    if f.kind == "no effect":
        return (
            f"{name}ไม่ทำให้เกิดการเปลี่ยนแปลงที่มีความหมาย เปลี่ยนไม่ถึง {v['delta']:g} จุดร้อยละใน {v['n']} จาก {v['R']} สังคมจำลอง"
            if thai
            else f"{name} changes nothing that matters: less than {_points(v['delta'])} either way in {v['n']} of {v['R']} societies."
        )
    if f.kind == "not told from none":
        e = v["effect"]
        return (
            f"ยังแยกไม่ออกว่า{name}ต่างจากการไม่มีมาตรการ ผลคือ {points(e.mean)} จุดร้อยละ ตั้งแต่ {interval(e, lang)}"
            if thai
            else f"We cannot tell {_lower(name)} from no scheme: {points(e.mean)} points, from {interval(e, lang)}."
        )
    if f.kind in ("fades", "lasts"):
        return _kept(f.kind, v["kept"], name, lang)
    if f.kind == "backfires":
        e = v["after"]
        return (
            f"{name}ส่งผลเสีย {points(e.mean)} จุดร้อยละ ({interval(e, lang)})"
            if thai
            else f"{name} does harm: {points(e.mean)} points against no scheme ({interval(e, lang)})."
        )
    if f.kind == "budget runs out":
        return (
            f"งบประมาณของ{name}หมดก่อนสิ้นสุดใน {v['n']} จาก {v['R']} สังคมจำลอง สัปดาห์ที่ {v['week']}"
            if thai
            else f"The budget of {_lower(name)} runs out before the end in {v['n']} of {v['R']} societies (median week {v['week']}); after that the offer is closed."
        )
    if f.kind == "fewer join":
        who = group_name(v["kind"], v["group"], lang)
        x, d = 100 * v["x"], 100 * v["all"].mean
        return (
            f"{who}เข้าร่วม{name}ร้อยละ {x:.0f} ขณะที่ทั้งหมดร้อยละ {d:.0f}"
            if thai
            else f"{who[:1].upper()}{who[1:]} take part in {_lower(name)} less often: {x:.0f}% against {d:.0f}%."
        )
    if f.kind == "too costly":
        c = v["cost"]
        return (
            f"{name}มีต้นทุนสูงกว่าที่กำหนด {c.mean:.1f} บาทต่อครั้งที่เพิ่มขึ้น ขณะที่กำหนดไว้ไม่เกิน {v['ceiling']:g} บาท"
            if thai
            else f"{name} costs more than the limit: {c.mean:.1f} baht per additional act; the scenario allows {v['ceiling']:g}."
        )
    if f.kind == "cost in few":
        return (
            f"{name}มีค่าใช้จ่ายใน {v['n']} จาก {v['R']} สังคมจำลอง ค่าเฉลี่ยของต้นทุนจึงมาจากไม่กี่สังคมและอาจอยู่นอกช่วง"
            if thai
            else f"{name} costs anything in {v['n']} of {v['R']} societies: a few of them make its mean cost, which can lie outside the range."
        )
    if f.kind == "rests on judgement":
        return (
            f"ผลของ{name}มาจากการประเมินเอง ยังไม่มีการศึกษาเรื่องนี้"
            if thai
            else f"The size of what {_lower(name)} does rests on judgement: no study of one exists."
        )
    if f.kind == "few join":
        e = v["take_up"]
        return (
            f"{name}มีผู้เข้าร่วมน้อย ร้อยละ {100 * e.mean:.0f} เคยเข้าร่วม ({100 * e.low:.0f} ถึง {100 * e.high:.0f})"
            if thai
            else f"{name} reaches few: {100 * e.mean:.0f}% take part at some time ({100 * e.low:.0f} to {100 * e.high:.0f})."
        )
    if f.kind == "left behind":
        who = group_name(v["kind"], v["group"], lang)
        x, d = points(v["x"].mean), points(v["all"].mean)
        return (
            f"{who}ได้ผลจาก{name}ไม่ถึงครึ่งของค่าเฉลี่ย {x} เทียบกับ {d} จุดร้อยละ"
            if thai
            else f"{who[:1].upper()}{who[1:]} gain less than half as much from {_lower(name)} as citizens on average: {x} against {d} points."
        )
    return ""


def _kept(kind: str, e: Any, name: str, lang: str) -> str:
    """Say what share of the effect of the last weeks is left 26 weeks after."""
    left = f"{100 * e.mean:.0f}"
    span = "" if e.low is None or e.high is None else f"{100 * e.low:.0f} {{}} {100 * e.high:.0f}"
    if lang == "th":
        said = f"26 สัปดาห์หลังสิ้นสุดเหลือร้อยละ {left} ของผลช่วงท้าย" + (f" ({span.format('ถึง')})" if span else "")
        return f"ผลของ{name}แทบไม่คงอยู่หลังสิ้นสุดมาตรการ {said}" if kind == "fades" else f"ผลของ{name}มากกว่าครึ่งยังคงอยู่ {said}"
    said = f"26 weeks after it ends, {left}% of the effect of its last weeks is left" + (
        f" ({span.format('to')})." if span else "."
    )
    return (
        f"Little outlasts {_lower(name)}: {said}"
        if kind == "fades"
        else f"More than half of the gain of {_lower(name)} lasts: {said}"
    )


def how_sure(s: Any, lang: str) -> str:
    """Say how much of the width is luck and how much ignorance, and what would narrow it."""
    split = s.arms[0].spread if s.arms else None
    share = split.luck_share if split is not None else None
    if share is None or s.facts.parameters == "default":
        return ""
    luck, rest = _share(share, lang), _share(1.0 - share, lang)
    if share > 0.5 and lang == "en":
        return f"Luck is {luck} of the variance of {_lower(s.arms[0].facts.title.get(lang))}. More societies narrow that; a pilot narrows the rest."
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


def _points(x: float) -> str:
    return f"{x:g} point" if x == 1 else f"{x:g} points"


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:] if not name[:2].isupper() else name
