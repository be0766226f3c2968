"""What is said beside the answer: assumptions, harm, budgets, costs, groups; a sentence each, English and Thai."""

from __future__ import annotations

from typing import Any

from simulation.reports.words import group_name, in_points, interval, lower, points, spaced


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
    out += [notice.get(lang) for notice in s.facts.world_notices]
    if s.failed:
        whole = s.societies
        out.append(
            f"{s.failed} รอบล้มเหลวและไม่นำมาคิด คำตอบนี้มาจาก {whole} สังคมจำลองที่ครบถ้วน"
            if lang == "th"
            else f"{s.failed} runs failed and are left out; the answer rests on the {whole} societies that are complete."
        )
    return [spaced(x, lang) for x in out if x]


_OF_GROUPS = ("left behind", "fewer join")


def left_behind(s: Any, lang: str) -> str:
    """Name the groups that gain less than half as much, or join much less; of the leading scheme first, at most three."""
    names = {a.facts.name: a.facts.title.get(lang) for a in s.arms}
    found = [f for f in s.findings[1:] if f.kind in _OF_GROUPS]
    said = [_note(f, names.get(f.arms[0], ""), lang) for f in found[:3]]
    if len(found) > 3:
        more = len(found) - 3
        said.append(f"และอีก {more} กรณี ดูในรายงาน" if lang == "th" else f"And {more} more: see the report.")
    return spaced(" ".join(said), lang)


_DEFAULT = {
    "en": "Parameters fixed at their defaults: the ranges show luck alone and are too narrow to decide on.",
    "th": "กำหนดค่าพารามิเตอร์ไว้ที่ค่าตั้งต้น ช่วงที่แสดงเป็นความบังเอิญอย่างเดียวและแคบเกินกว่าจะใช้ตัดสิน",
}


_FRICTION_TH = {
    "one-tap": "แตะครั้งเดียว",
    "web-form": "แบบฟอร์มออนไลน์",
    "effortful-proof": "หลักฐานที่ต้องเตรียม",
}


def _caveat(s: Any, lang: str) -> str:
    """Name the first assumption on signing up: a target before a class of friction."""
    opt_in = [a.facts for a in s.arms if a.facts.enrolment not in ("automatic", "")]
    for facts in sorted(opt_in, key=_is_no_target):
        return assumed_joining(facts.enrolment, facts.title.get(lang), lang)
    return ""


def _is_no_target(facts: Any) -> bool:
    return not facts.enrolment.startswith("target")


def assumed_joining(enrolment: str, name: str, lang: str) -> str:
    """Say that who signs up is assumed, or what it follows from; `enrolment` as in the facts of an arm."""
    if enrolment.startswith("target"):
        _, share, _, weeks, _ = enrolment.split(" ")
        pct = f"{100 * float(share):g}"
        if lang == "th":
            return f"กำหนดให้มีผู้สมัคร{name}ร้อยละ {pct} ภายใน {weeks} สัปดาห์ ไม่ใช่ผลที่จำลองได้"
        return f"That {pct}% sign up for {lower(name)} within {weeks} weeks is assumed, not found."
    if lang == "th":
        how = _FRICTION_TH.get(enrolment, enrolment)
        return f"จำนวนผู้สมัคร{name}มาจากระดับความยุ่งยากของการสมัคร ({how}) ซึ่งต้องทดลองนำร่อง"
    return f"How many join {lower(name)} follows from how hard signing up is ({enrolment}); it must be piloted."


def on_judgement(name: str, lang: str) -> str:
    """Say that no study tells how large the effect is."""
    if lang == "th":
        return f"ผลของ{name}มาจากการประเมินเอง ยังไม่มีการศึกษาเรื่องนี้"
    return f"The size of what {lower(name)} does rests on judgement: no study of one exists."


def _note(f: Any, name: str, lang: str) -> str:
    v, thai = f.values, lang == "th"
    if f.kind == "no effect":
        return (
            f"{name}ไม่ทำให้เกิดการเปลี่ยนแปลงที่มีความหมาย เปลี่ยนไม่ถึง {v['delta']:g} จุดร้อยละใน {v['n']} จาก {v['R']} สังคมจำลอง"
            if thai
            else f"{name} changes nothing that matters: less than {in_points(v['delta'])} either way in {v['n']} of {v['R']} societies."
        )
    if f.kind == "not told from none":
        e = v["effect"]
        return (
            f"ยังแยกไม่ออกว่า{name}ต่างจากการไม่มีมาตรการ ผลคือ {points(e.mean)} จุดร้อยละ ตั้งแต่ {interval(e, lang)}"
            if thai
            else f"We cannot tell {lower(name)} from no scheme: {points(e.mean)} points, from {interval(e, lang)}."
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
    if f.kind.startswith("budget"):
        return _budget(f, name, lang)
    if f.kind == "fewer join":
        who = group_name(v["kind"], v["group"], lang)
        x, d = 100 * v["x"], 100 * v["all"].mean
        return (
            f"{who}เข้าร่วม{name}ร้อยละ {x:.0f} ขณะที่ทั้งหมดร้อยละ {d:.0f}"
            if thai
            else f"{who[:1].upper()}{who[1:]} take part in {lower(name)} less often: {x:.0f}% against {d:.0f}%."
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
        return on_judgement(name, lang)
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
            else f"{who[:1].upper()}{who[1:]} gain less than half as much from {lower(name)} as citizens on average: {x} against {d} points."
        )
    return ""


def _budget(f: Any, name: str, lang: str) -> str:
    """Say that money ended before the scheme did, or never sufficed for a week."""
    v, thai = f.values, lang == "th"
    if f.kind == "budget never opens":
        return (
            f"มาตรการหนึ่งของ{name}ไม่เคยเปิดใน {v['n']} จาก {v['R']} สังคมจำลอง งบประมาณไม่พอสำหรับยอดสูงสุดที่อาจต้องจ่ายในหนึ่งสัปดาห์"
            if thai
            else f"A scheme of {lower(name)} never opens in {v['n']} of {v['R']} societies: its budget does not cover the most that one week could cost."
        )
    return (
        f"งบประมาณของ{name}หมดก่อนสิ้นสุดใน {v['n']} จาก {v['R']} สังคมจำลอง สัปดาห์ที่ {v['week']}"
        if thai
        else f"The budget of {lower(name)} runs out before the end in {v['n']} of {v['R']} societies (median week {v['week']}); the offer closes once the budget no longer covers the most that a week could cost."
    )


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
        f"Little outlasts {lower(name)}: {said}"
        if kind == "fades"
        else f"More than half of the gain of {lower(name)} lasts: {said}"
    )
