"""A table of a study for reading on a screen: what is judged, with heads and words in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.reports.plain_table import readable
from simulation.reports.study.names import factor_unit, title_of
from simulation.reports.study.outcomes import name_of, outcome, unit_of

if TYPE_CHECKING:
    import pandas as pd

    from simulation.results.responses.facts import StudyFacts

_ERROR = ("standard error", "ความคลาดเคลื่อน")
_HEADS: dict[str, tuple[str, str]] = {
    "point": ("point", "จุด"),
    "replicates": ("societies", "สังคมจำลอง"),
    "failed": ("failed", "ล้มเหลว"),
    "rank": ("rank", "อันดับ"),
    "mean": ("mean", "ค่าเฉลี่ย"),
    "mcse": _ERROR,
    "behind": ("behind the first", "ห่างจากจุดแรก"),
    "behind_mcse": (f"{_ERROR[0]} of it", f"{_ERROR[1]}ของความห่าง"),
    "paired": ("compared by society", "เทียบทีละสังคม"),
    "alike": ("not told from the first", "ยังแยกจากจุดแรกไม่ได้"),
    "leader": ("first", "อันดับ 1"),
    "second": ("second", "อันดับ 2"),
    "lead": ("lead", "นำอยู่"),
    "lead_mcse": (f"{_ERROR[0]} of it", f"{_ERROR[1]}ของการนำ"),
    "settled": ("told apart", "แยกกันได้"),
    "p_best": ("best in, share of societies", "สัดส่วนสังคมจำลองที่ดีที่สุด"),
    "tau": ("same order (tau)", "ความตรงกันของลำดับ (tau)"),
    "reference": ("compared with", "เทียบกับ"),
    "as_reference": ("same first", "อันดับ 1 ตรงกัน"),
    "factor": ("factor", "ปัจจัย"),
    "role": ("role", "บทบาท"),
    "kind": ("ends", "ปลาย"),
    "low_value": ("low value", "ค่าต่ำ"),
    "high_value": ("high value", "ค่าสูง"),
    "low_mean": ("mean there", "ค่าเฉลี่ยที่ค่าต่ำ"),
    "high_mean": ("mean at the high value", "ค่าเฉลี่ยที่ค่าสูง"),
    "swing": ("swing", "ต่างกัน"),
    "swing_mcse": (f"{_ERROR[0]} of it", f"{_ERROR[1]}ของความต่าง"),
    "swing_se": ("by the draw of points", "จากการสุ่มจุด"),
    "size": ("size", "ขนาด"),
    "low_points": ("points there", "จำนวนจุดที่ค่าต่ำ"),
    "high_points": ("points at the high value", "จำนวนจุดที่ค่าสูง"),
    "method": ("method", "วิธี"),
    "used": ("points used", "จำนวนจุดที่ใช้"),
    "noise_share": ("noise, share of variance", "สัดส่วนความบังเอิญ"),
    "moves": ("moves", "จำนวนครั้งที่ขยับ"),
    "chance": ("by chance", "จากความบังเอิญ"),
    "error": ("error", "ข้อผิดพลาด"),
    "command": ("repeats it", "คำสั่งทำซ้ำ"),
}
_FORMS = {"_mcse": _ERROR, "_low": ("lower end", "ปลายล่าง"), "_high": ("upper end", "ปลายบน")}
_VALUES: dict[str, dict[str, tuple[str, str]]] = {
    "role": {"lever": ("lever", "นโยบายกำหนด"), "uncertainty": ("uncertainty", "ไม่มีใครรู้แน่")},
    "kind": {
        "levels": ("values", "ค่า"),
        "fifths": ("fifths", "หนึ่งในห้า"),
        "extremes": ("lowest and highest", "ต่ำสุดและสูงสุด"),
        "elementary effects": ("steps", "ขั้น"),
    },
    "reference": {"usual": ("usual values", "ค่าปกติ"), "mean": ("mean of all points", "ค่าเฉลี่ยทุกจุด")},
    "status": {"ok": ("ok", "สำเร็จ"), "failed": ("failed", "ล้มเหลว")},
}
_WHO = ["run_id", "point", "arm", "replicate"]


def readable_table(name: str, rows: pd.DataFrame, facts: StudyFacts, lang: str) -> str:
    """Return a table of a study as aligned text; of runs and points the outcomes that the study judges alone."""
    shown = rows[_columns(name, list(map(str, rows.columns)), facts)]
    thai = lang == "th"
    for column, words in _VALUES.items():
        if column in shown:
            shown = shown.assign(**{column: [words[str(x)][thai] if str(x) in words else x for x in shown[column]]})
    titles = {f.name: title_of(f, lang) for f in facts.factors}
    if "factor" in shown:
        shown = shown.assign(factor=[titles.get(str(x), x) for x in shown["factor"]])
    if "outcome" in shown:
        shown = shown.assign(outcome=[name_of(str(x), lang) for x in shown["outcome"]])
    heads = [_head(str(c), facts, lang) for c in shown.columns]
    return readable(shown.set_axis(_apart(heads), axis="columns"), lang)


def _columns(name: str, there: list[str], facts: StudyFacts) -> list[str]:
    factors = [f.name for f in facts.factors]
    if name == "points":
        kept = ["point", *factors, "arm", "replicates", "failed"]
        kept += [f"{o}{form}" for o in facts.outcomes for form in ("", *_FORMS)]
    elif name == "runs":
        kept = [*_WHO, *factors, "status", *facts.outcomes]
    elif name == "failed":
        kept = [*_WHO, *factors, "error", "message", "command"]
    else:
        return there
    return [c for c in kept if c in there]


def _head(column: str, facts: StudyFacts, lang: str) -> str:
    """Return the head of a column: the title of a factor, the name of an outcome, with units."""
    thai = lang == "th"
    for factor in facts.factors:
        if factor.name == column:
            unit = factor_unit(factor, lang)
            return f"{title_of(factor, lang)}{f' ({unit})' if unit else ''}"
    if column in facts.outcomes:
        unit = ("สัดส่วน" if thai else "share") if outcome(column).share else unit_of(column, lang)
        return f"{name_of(column, lang)}{f' ({unit})' if unit else ''}"
    for form, words in _FORMS.items():
        if column.removesuffix(form) in facts.outcomes:
            return words[thai]
    return _HEADS[column][thai] if column in _HEADS else column


def _apart(heads: list[str]) -> list[str]:
    """Tell heads that are the same apart by blanks, which nobody sees: a table has each name once."""
    seen: dict[str, int] = {}
    found = []
    for head in heads:
        seen[head] = seen.get(head, -1) + 1
        found.append(head + " " * seen[head])
    return found
