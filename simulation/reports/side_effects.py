"""Side effects in words and as a table, and by which rule an arm's schemes work together, in English and Thai."""

from __future__ import annotations

from typing import Any

from simulation.reports.cells import Cell, Head, Row, Table, estimated, name_of
from simulation.reports.labels import reads
from simulation.results.intervals import Estimate

Said = tuple[str, str]
CAPTION: Said = ("Side effects", "ผลข้างเคียง")
CORNER: Said = ("Side effect", "ผลข้างเคียง")
_COLUMNS = 6  # more schemes than this are left to the file
_SIX: Said = (
    "The six schemes that do most; all are in tables/side_effects.csv.",
    "แสดงหกมาตรการที่ได้ผลมากที่สุด ครบทุกมาตรการใน tables/side_effects.csv",
)
HEADS: dict[str, Said] = {
    "crowding_paid": ("Own reasons crowded out while it runs, logit", "แรงจูงใจภายในที่ถูกเบียดออกขณะดำเนินมาตรการ โลจิต"),
    "crowding_after": ("Own reasons crowded out just after, logit", "แรงจูงใจภายในที่ถูกเบียดออกหลังสิ้นสุดใหม่ ๆ โลจิต"),
    "false_claims": ("Recorded but not done, acts for 1,000", "บันทึกแต่ไม่ได้ทำ ครั้งต่อ 1,000"),
    "displaced_acts": ("Lost in substitutes, acts for 1,000", "หายไปจากพฤติกรรมทดแทน ครั้งต่อ 1,000"),
    "paid_anyway": ("Of the rewards, for acts done anyway, %", "ส่วนของรางวัลที่ให้แก่การทำที่จะเกิดอยู่แล้ว, %"),
    "novelty_lost_pp": ("Effect worn off while it ran, points", "ผลที่จืดลงระหว่างดำเนินการ จุดร้อยละ"),
    "spillover_pp": ("Effect on those not taking part, points", "ผลต่อผู้ไม่เข้าร่วม จุดร้อยละ"),
    "level_after_pp": ("Half a year after, against no scheme, points", "ครึ่งปีหลังสิ้นสุด เทียบกับไม่มีมาตรการ จุดร้อยละ"),
}
"""Heads of the table's rows, in the order of the results."""
NOTES: tuple[Said, ...] = (
    (
        "Crowding above 0 takes away from people's own reasons; below 0 it adds to them. Just after: the first 4 weeks without "
        "the schemes, for those who took part. Recorded but not done: false claims that passed the checks. Not modelled: the "
        "scenario names no acts, or no hours, that a reward may draw from. Worn off: the first 4 weeks of offer less the last 4.",
        "การเบียดออกที่มากกว่า 0 ลดแรงจูงใจภายใน ที่น้อยกว่า 0 เพิ่มแรงจูงใจภายใน หลังสิ้นสุดใหม่ ๆ หมายถึง 4 สัปดาห์แรกที่ไม่มีมาตรการ "
        "คิดเฉพาะผู้ที่เคยเข้าร่วม บันทึกแต่ไม่ได้ทำ คือการแจ้งเท็จที่ผ่านการตรวจ ไม่ได้จำลอง คือสถานการณ์ไม่ได้ระบุพฤติกรรมหรือชั่วโมง"
        "ที่รางวัลอาจดึงไป ผลที่จืดลง คือผลใน 4 สัปดาห์แรกลบด้วยผลใน 4 สัปดาห์สุดท้าย",
    ),
)
_UNSIGNED = ("false_claims", "displaced_acts", "paid_anyway")
_SHARES, _DIGITS = ("paid_anyway",), {"crowding_paid": 2, "crowding_after": 2, "false_claims": 0, "displaced_acts": 0}
_RULES: dict[str, Said] = {
    "counts-once": (
        "the same kind of reason counts once, only what an act is worth adds up, and the most controlling reward decides "
        "on crowding: what trials of several incentives at once found, less than their sum",
        "เหตุผลชนิดเดียวกันนับครั้งเดียว เฉพาะมูลค่าต่อครั้งที่บวกกัน และรางวัลที่บังคับที่สุดกำหนดการเข้าแทนแรงจูงใจ "
        "ตามที่การทดลองใช้หลายสิ่งจูงใจพร้อมกันพบว่าผลน้อยกว่าผลบวก",
    ),
    "strongest": (
        "each person follows the strongest of the schemes alone: the most cautious reading, chosen in the file",
        "แต่ละคนตอบสนองต่อมาตรการที่แรงที่สุดเพียงอย่างเดียว เป็นการคิดอย่างระวังที่สุด ตามที่เลือกไว้ในไฟล์",
    ),
    "additive": (
        "the effects of the schemes add up: more than trials found, to see how much hangs on the rule, chosen in the file",
        "ผลของทุกมาตรการบวกกัน มากกว่าที่การทดลองพบ ใช้ดูว่าคำตอบขึ้นกับกติกานี้เพียงใด ตามที่เลือกไว้ในไฟล์",
    ),
}
"""How schemes on one behaviour work together, and why, by the arm's `combine`."""


def side_effects(s: Any, lang: str) -> Table | None:
    """Return the table of side effects, schemes side by side; None where a results folder has none.

    Side effects are the rows, for eight columns of numbers fit no sheet and no screen.
    """
    found = s.tables.get("side_effects")
    if found is None or not len(found):
        return None
    rows = {(r["arm"], r["what"]): r for r in found.to_dict("records")}
    at, shown = lang == "th", s.arms[:_COLUMNS]
    lines = [
        Row(said[at], tuple(_cell(a, rows[a.facts.name, what], what, lang) for a in shown))
        for what, said in HEADS.items()
    ]
    heads = tuple(Head(name_of(a, lang), name_of(a, lang)) for a in shown)
    more = (_SIX[at],) if len(s.arms) > _COLUMNS else ()
    return Table(CAPTION[at], CORNER[at], heads, tuple(lines), notes=(*(n[at] for n in NOTES), *more))


def _cell(a: Any, row: dict[str, Any], what: str, lang: str) -> Cell:
    value, low, high = (None if row[k] != row[k] else row[k] for k in ("value", "low", "high"))
    if what == "displaced_acts" and not a.facts.displaced:
        return Cell(reads("unmodelled", lang))
    if value is None:
        everybody = what == "spillover_pp" and a.take_up is not None and a.take_up.mean >= 1.0
        return Cell(reads("everybody" if everybody else "unmeasured", lang))
    if what == "paid_anyway" and not any(a.costs_per_1000[:2]):
        return Cell(reads("unpaid", lang))
    share = what in _SHARES
    e = Estimate(value, low, high)
    return estimated(e, lang, 0 if share else _DIGITS.get(what, 1), 100 if share else 1, what not in _UNSIGNED)


def works_together(title: str, acts: tuple[str, ...], combine: str, lang: str) -> str:
    """Say by which rule an arm's schemes on one behaviour work together, and why."""
    why = _RULES[combine][lang == "th"]
    if lang == "th":
        return f"{title} มีหลายมาตรการมุ่งให้ทำ {' และ '.join(acts)} สำหรับผู้ที่อยู่ในหลายมาตรการ {why}"
    return f"{title}: several schemes aim at {' and '.join(acts)}; for whoever is in several, {why}."


def together(s: Any, lang: str) -> list[str]:
    """Return that sentence for each arm with several schemes on one behaviour."""
    return [
        works_together(a.facts.title.get(lang), tuple(t.get(lang) for t in a.facts.together), a.facts.combine, lang)
        for a in s.arms
        if a.facts.together
    ]
