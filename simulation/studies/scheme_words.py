"""A scheme in a few words: how much for what, for whom, when, how one joins. Reports and `explain` share them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulation.core.names import listed
from simulation.core.params import Text
from simulation.incentives.base import Scheme
from simulation.reports.notes import JOINING
from simulation.reports.words import GROUPS, weeks_of


def joining(s: Scheme) -> str:
    """Say in one word what is assumed of signing up."""
    e = s.enrolment
    return f"target {e.target_share:g} in {e.target_weeks} weeks" if e.target_share else str(e.friction)


def scheme_details(s: Scheme) -> tuple[Text, ...]:
    """Say of a scheme how much it gives for what, to whom, in which weeks and how one joins."""
    first, last = s.schedule.start, s.schedule.end - 1
    weeks = Text(en=weeks_of(first, last, "en"), th=weeks_of(first, last, "th"))
    budget = () if s.budget_baht is None else (_budget(s.budget_baht),)
    falls = () if not s.schedule.taper else (_falls(s.schedule.taper),)
    return (s.says(), *who_only(s), how_one_joins(s), *run_by(s), *budget, weeks, *falls)


def run_by(s: Scheme) -> tuple[Text, ...]:
    """Say that organisations or localities decide whether to run it, and what they gain; nothing where nobody does."""
    a = s.adoption
    if a is None:
        return ()
    who, who_th = ("organisations", "องค์กร") if s.localities is None else ("localities", "พื้นที่")
    share = f"{100 * a.baseline:g}"
    gains = (
        [
            (
                f"a grant of {a.grant_baht_per_month:,.10g} baht a month",
                f"เงินอุดหนุนเดือนละ {a.grant_baht_per_month:,.10g} บาท",
            )
        ]
        if a.grant_baht_per_month
        else []
    )
    gains += [("an honour", "การยกย่อง")] if a.honour else []
    given = f", for {' and '.join(en for en, _ in gains)}" if gains else ""
    given_th = f" โดยได้รับ{'และ'.join(th for _, th in gains)}" if gains else ""
    only = ("; it is open to members of those alone", " และเปิดเฉพาะสมาชิกขององค์กรหรือพื้นที่นั้น") if a.through else ("", "")
    return (
        Text(
            en=f"{who} decide whether to run it{given}; {share}% would anyway{only[0]}",
            th=f"{who_th}ตัดสินใจเองว่าจะดำเนินมาตรการหรือไม่{given_th} ร้อยละ {share} ดำเนินการอยู่แล้ว{only[1]}",
        ),
    )


def _falls(weeks: int) -> Text:
    return Text(
        en="less in its last week" if weeks == 1 else f"less each week over the last {weeks}",
        th="ลดลงในสัปดาห์สุดท้าย" if weeks == 1 else f"ลดลงทุกสัปดาห์ใน {weeks} สัปดาห์สุดท้าย",
    )


def details_of_arm(schemes: Sequence[Scheme], acts: Mapping[str, Text]) -> tuple[Text, ...]:
    """Say of each scheme of an arm what it gives, for which act where there are several, and once what holds of all.

    Args:
        schemes: Those of the arm.
        acts: What the behaviours are called, by their names.
    """
    each = [scheme_details(s) for s in schemes]
    shared = [text for text in each[0] if all(text in others for others in each)] if len(each) > 1 else []
    found: list[Text] = []
    for s, details in zip(schemes, each, strict=True):
        own = [text for text in details if text not in shared]
        act = acts.get(s.behaviour or "")
        if act is not None and len(acts) > 1 and own:
            own[0] = Text(en=f"{act.en}: {own[0].en}", th=f"{act.th}: {own[0].th}")
        found += own
    return (*found, *shared)


def how_one_joins(s: Scheme) -> Text:
    """Say whether everybody takes part or one signs up, and how."""
    e = s.enrolment
    if e.mode == "automatic":
        return Text(en="everybody eligible takes part from the start", th="ผู้มีสิทธิ์ทุกคนเข้าร่วมตั้งแต่ต้น")
    if e.target_share is not None:
        share = f"{100 * e.target_share:g}"
        return Text(
            en=f"one signs up; {share}% are assumed to have done so after {e.target_weeks} weeks",
            th=f"ต้องสมัคร โดยกำหนดให้ร้อยละ {share} สมัครภายใน {e.target_weeks} สัปดาห์",
        )
    en, th = JOINING[str(e.friction)]
    return Text(en=f"one signs up {en}", th=f"ต้อง{th}")


def _budget(baht: float) -> Text:
    return Text(en=f"a budget of {baht:,.0f} baht", th=f"งบประมาณ {baht:,.0f} บาท")


def who_only(s: Scheme) -> tuple[Text, ...]:
    """Say to whom a scheme is limited, a condition each; empty where everybody may take part."""
    t = s.target
    found = []
    if t.online:
        found.append(Text(en="only people online", th="เฉพาะผู้ใช้อินเทอร์เน็ต"))
    if t.urban is not None:
        found.append(
            Text(en="towns only", th="เฉพาะในเขตเมือง") if t.urban else Text(en="villages only", th="เฉพาะนอกเขตเมือง")
        )
    if t.age_bands:
        ages = ", ".join(t.age_bands)
        found.append(Text(en=f"ages {ages} only", th=f"เฉพาะอายุ {ages} ปี"))
    if t.localities:
        places = listed([str(n) for n in t.localities])  # a hundred of them are no text to read
        found.append(Text(en=f"localities {places} only", th=f"เฉพาะพื้นที่หมายเลข {places}"))
    if t.sectors:
        names = [GROUPS["sector", k] for k in t.sectors]
        en, th = " or ".join(k for k, _ in names), " หรือ".join(v for _, v in names)
        found.append(Text(en=f"only {en}", th=f"เฉพาะ{th}"))
    return tuple(found)


SECTORS = {"public": "ภาครัฐ", "private": "ภาคเอกชน", "civil": "ภาคประชาสังคม", "none": "ไม่สังกัดองค์กร"}
