"""Words upon figures and in the cells of tables, in both languages; a test holds them complete."""

from __future__ import annotations

from typing import Any

from simulation.reports.words import in_points

LABELS: dict[str, dict[str, str]] = {
    "effect": {"en": "percentage points against no scheme", "th": "จุดร้อยละ เทียบกับไม่มีมาตรการ"},
    "effect_narrow": {"en": "percentage points", "th": "จุดร้อยละ"},
    "week": {"en": "week", "th": "สัปดาห์ที่"},
    "runs": {"en": "scheme runs", "th": "ดำเนินมาตรการ"},
    "follow": {"en": "follow-up", "th": "ติดตามผล"},
    "gone": {"en": "budget spent", "th": "ใช้งบหมด"},
    "closed_early": {"en": "closed early", "th": "ปิดก่อนกำหนด"},
    "gap": {"en": "First minus second", "th": "อันดับ 1 ลบอันดับ 2"},
    "above": {"en": "above 0 in {} of {} societies", "th": "มากกว่า 0 ใน {} จาก {} สังคมจำลอง"},
    "of": {"en": "{} of {}", "th": "{} จาก {}"},
    "most": {"en": "did most in", "th": "ได้ผลมากที่สุดใน"},
    "most_head": {"en": "Did most\nin", "th": "ได้ผล\nมากที่สุดใน"},
    "after_head": {"en": "Half a\nyear after", "th": "ครึ่งปี\nหลังสิ้นสุด"},
    "paid_more": {"en": "rewards for additional acts", "th": "รางวัลแก่การทำที่เพิ่มขึ้น"},
    "paid_anyway": {"en": "rewards for acts that would have happened anyway", "th": "รางวัลแก่การทำที่จะเกิดอยู่แล้ว"},
    "running": {"en": "running the scheme", "th": "ค่าดำเนินงาน"},
    "thousand": {"en": "{} thousand baht", "th": "{} พันบาท"},
    "baht": {"en": "{} baht", "th": "{} บาท"},
    "per_act_head": {"en": "Cost per\nadditional act", "th": "ต้นทุนต่อครั้ง\nที่เพิ่มขึ้น"},
    "each": {"en": "{} an additional act", "th": "{}ต่อครั้งที่เพิ่มขึ้น"},
    "each_head": {"en": "an additional act: ", "th": "ต้นทุนต่อครั้งที่เพิ่มขึ้น "},
    "hidden": {"en": "not shown", "th": "ไม่แสดง"},
    "behind": {"en": "under half", "th": "ไม่ถึงครึ่ง"},
    "income_fifth": {"en": "Household income", "th": "รายได้ครัวเรือน"},
    "age_band": {"en": "Age", "th": "อายุ"},
    "sex": {"en": "Sex", "th": "เพศ"},
    "area": {"en": "Area", "th": "เขตที่อยู่"},
    "sector": {"en": "Organisation", "th": "องค์กรที่สังกัด"},
}
_CELLS: dict[str, dict[str, str]] = {
    "unsettled": {"en": "not settled", "th": "ยังบอกไม่ได้"},
    "unmeasured": {"en": "not measured", "th": "ไม่ได้วัด"},
    "unmodelled": {"en": "not modelled", "th": "ไม่ได้จำลอง"},
    "unpaid": {"en": "nobody is paid", "th": "ไม่มีการจ่าย"},
    "no_sign_up": {"en": "none needed", "th": "ไม่ต้องสมัคร"},
    "everybody": {"en": "everybody takes part", "th": "ทุกคนเข้าร่วม"},
    "few": {"en": "fewer than {} †", "th": "ไม่ถึง {} คน †"},
    "beside": {"en": "not shown †", "th": "ไม่แสดง †"},
}


def reads(key: str, lang: str) -> str:
    """Return what a cell says instead of a number."""
    return _CELLS[key][lang]


def small_band(delta: float, lang: str) -> str:
    """Say of the band around 0 that a change within it is too small to matter."""
    points = in_points(delta, lang)
    return f"ไม่ถึง {points} เล็กเกินกว่าจะมีความหมาย" if lang == "th" else f"under {points}: too small to matter"


def who(s: Any, lang: str) -> str:
    """Name what is counted: households where one adult answers for each, else people."""
    if s.facts.decider == "household":
        return "ครัวเรือน" if lang == "th" else "households"
    return "คน" if lang == "th" else "people"


def of_all(s: Any, lang: str) -> str:
    """Name the whole that a group is held against."""
    if lang == "th":
        return "ครัวเรือนทั้งหมด" if s.facts.decider == "household" else "พลเมืองทั้งหมด"
    return "All households" if s.facts.decider == "household" else "All citizens"


def cost_axis(s: Any, lang: str) -> str:
    """Name the unit of the cost figure."""
    counted = who(s, lang)
    return f"พันบาทต่อ 1,000 {counted}" if lang == "th" else f"thousand baht for 1,000 {counted}"
