"""A tidy table for reading on a screen: heads in words, numbers at three digits; exports keep them whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from simulation.reports.words import GROUPS, MINUS, group_name

if TYPE_CHECKING:
    import pandas as pd

_FEW = 8
"""Rows up to which a table with more columns than rows is turned: its columns become lines."""
_HEADS: dict[str, tuple[str, str]] = {
    "arm": ("arm", "ทางเลือก"),
    "replicate": ("society", "สังคมจำลอง"),
    "luck": ("luck", "ความบังเอิญ"),
    "behaviour": ("behaviour", "พฤติกรรม"),
    "week": ("week", "สัปดาห์"),
    "group_kind": ("kind of group", "ประเภทกลุ่ม"),
    "group": ("group", "กลุ่ม"),
    "acts": ("acts", "จำนวนครั้งที่ทำ"),
    "acts_twin": ("acts without a scheme", "จำนวนครั้งเมื่อไม่มีมาตรการ"),
    "opportunities": ("chances", "โอกาส"),
    "people": ("people", "จำนวนคน"),
    "enrolled": ("taking part", "ผู้เข้าร่วม"),
    "level": ("level", "ระดับ"),
    "part_of": ("part of", "อยู่ใน"),
    "societies": ("societies", "สังคมจำลอง"),
    "thin": ("few people", "คนน้อย"),
    "hidden": ("hidden", "ปิดไว้"),
    "p_best": ("largest in, share of societies", "สัดส่วนสังคมจำลองที่ผลมากที่สุด"),
    "luck_share": ("luck, share of variance", "ความบังเอิญ สัดส่วนของความแปรปรวน"),
    "variance_reduction": ("variance without pairing, times", "ความแปรปรวนหากไม่จับคู่ เป็นกี่เท่า"),
    "enrolment": ("assumed of signing up", "ข้อสมมุติเรื่องการสมัคร"),
    "effect_pp": ("effect, points", "ผล จุดร้อยละ"),
    "effect_pp_mean": ("effect, points", "ผล จุดร้อยละ"),
    "effect_after_pp": ("half a year after, points", "ครึ่งปีหลังสิ้นสุด จุดร้อยละ"),
    "kept_share": ("kept in weeks 24-28 after, share", "คงอยู่สัปดาห์ที่ 24-28 หลังสิ้นสุด สัดส่วน"),
    "kept_share_3_5": ("kept in weeks 3-5 after, share", "คงอยู่สัปดาห์ที่ 3-5 หลังสิ้นสุด สัดส่วน"),
    "kept_share_12_14": ("kept in weeks 12-14 after, share", "คงอยู่สัปดาห์ที่ 12-14 หลังสิ้นสุด สัดส่วน"),
    "cost_per_act_baht": ("baht per additional act", "บาทต่อครั้งที่เพิ่มขึ้น"),
    "take_up": ("take-up, share of the eligible", "การเข้าร่วม สัดส่วนของผู้มีสิทธิ์"),
    "spillover_pp": ("effect on others, points", "ผลต่อผู้ไม่เข้าร่วม จุดร้อยละ"),
    "cost_baht": ("cost, baht", "ต้นทุน บาท"),
    "rewards_additional": ("rewards for additional acts, baht", "รางวัลของการทำที่เพิ่มขึ้น บาท"),
    "rewards_anyway": ("rewards for acts done anyway, baht", "รางวัลของการทำที่ทำอยู่แล้ว บาท"),
    "running": ("running costs, baht", "ค่าดำเนินการ บาท"),
    "paid_for_nothing": ("of rewards, for acts never done, baht", "ในรางวัล จ่ายให้การแจ้งเท็จ บาท"),
    "checking": ("of running costs, for checks, baht", "ในค่าดำเนินการ เป็นค่าตรวจ บาท"),
    "scheme": ("scheme", "มาตรการ"),
    "when_spent": ("as the money ends", "เมื่อเงินใกล้หมด"),
    "claims": ("claims that count", "รายการแจ้งที่นับ"),
    "false_claims": ("of them false", "ในจำนวนนั้น แจ้งเท็จ"),
    "false_share": ("false, share of claims", "แจ้งเท็จ สัดส่วนของรายการแจ้ง"),
    "wrongly_refused": ("true claims refused", "แจ้งจริงที่ถูกปฏิเสธ"),
    "due_baht": ("due, baht", "ยอดที่ถึงกำหนด บาท"),
    "paid_baht": ("paid, baht", "จ่าย บาท"),
    "paid_share": ("paid, share of what was due", "จ่าย สัดส่วนของยอดที่ถึงกำหนด"),
    "paid_for_nothing_baht": ("of it, for acts never done, baht", "ในจำนวนนั้น จ่ายให้การแจ้งเท็จ บาท"),
    "service_baht": ("services, baht", "ค่าบริการ บาท"),
    "checking_baht": ("of it, for checks, baht", "ในจำนวนนั้น เป็นค่าตรวจ บาท"),
    "running_baht": ("running costs, baht", "ค่าดำเนินการ บาท"),
    "closed_week": ("closed by its budget in week", "งบประมาณทำให้ปิดสัปดาห์ที่"),
    "cut_week": ("first cut in week", "ลดยอดจ่ายครั้งแรกสัปดาห์ที่"),
    "waiting": ("waiting at the end", "ผู้รอเมื่อสิ้นสุด"),
    "left_baht": ("left of the budget, baht", "งบประมาณที่เหลือ บาท"),
    "eligible": ("may take part", "ผู้มีสิทธิ์"),
    "reached": ("reached", "เข้าถึง"),
    "took_part": ("took part", "เคยเข้าร่วม"),
    "signed_up": ("signed up", "เคยสมัคร"),
    "ever_live": ("took part", "เคยเข้าร่วม"),
    "run_id": ("run", "รอบจำลอง"),
    "extra_acts": ("additional acts", "จำนวนครั้งที่เพิ่มขึ้น"),
    "check": ("check", "รายการตรวจ"),
    "value": ("value", "ค่า"),
    "low": ("lower end", "ปลายล่าง"),
    "high": ("upper end", "ปลายบน"),
    "unit": ("unit", "หน่วย"),
    "limit": ("limit", "เกณฑ์"),
    "kept": ("kept", "อยู่ในเกณฑ์"),
    "outcome": ("outcome", "ผลลัพธ์"),
    "total": ("variance", "ความแปรปรวน"),
    "luck_se": ("luck, standard error", "ความบังเอิญ ความคลาดเคลื่อนมาตรฐาน"),
    "ignorance": ("not known of people", "สิ่งที่ยังไม่รู้เกี่ยวกับคน"),
    "ignorance_se": ("not known, standard error", "สิ่งที่ยังไม่รู้ ความคลาดเคลื่อนมาตรฐาน"),
    "kappa_c": ("size of crowding (logit)", "ขนาดของการเข้าแทน (โลจิต)"),
    "message": ("message", "ข้อความ"),
    "run_by": ("run by", "ผู้ดำเนินมาตรการ"),
    "units": ("how many there are", "จำนวนทั้งหมด"),
    "share": ("share that runs it", "สัดส่วนที่ดำเนินมาตรการ"),
    "share_twin": ("share that would anyway", "สัดส่วนที่ดำเนินการอยู่แล้ว"),
    "number": ("how many run it", "จำนวนที่ดำเนินมาตรการ"),
    "granted_baht": ("grants to them, baht", "เงินอุดหนุน บาท"),
    "cofunded_baht": ("paid by them to members, baht", "ส่วนที่ร่วมจ่าย บาท"),
    "seconds": ("seconds", "วินาที"),
    "status": ("status", "สถานะ"),
    "paid": ("paid", "จ่าย"),
}
_NEVER = ("closed_week", "cut_week", "budget_closed_week")
"""Columns of weeks in which -1 stands for never; it is printed as a dash."""
_OTHER_GROUPS = {"all": ("all", "ทั้งหมด"), "online": ("online", "ใช้อินเทอร์เน็ต"), "offline": ("offline", "ไม่ใช้อินเทอร์เน็ต")}
_ENDS = {"_low": ("lower end", "ปลายล่าง"), "_high": ("upper end", "ปลายบน")}
_VALUES: dict[str, dict[str, tuple[str, str]]] = {
    "group_kind": {
        "income_fifth": ("income", "รายได้ครัวเรือน"),
        "age_band": ("age", "อายุ"),
        "sex": ("sex", "เพศ"),
        "area": ("area", "เขตที่อยู่"),
        "sector": ("sector", "องค์กร"),
        "device": ("internet", "การใช้อินเทอร์เน็ต"),
        "all": ("all", "ทั้งหมด"),
    },
    "when_spent": {
        "close": ("closes for all", "ปิดสำหรับทุกคน"),
        "pro-rata": ("cut in proportion", "ลดลงตามส่วน"),
        "waiting-list": ("waiting list", "รอตามลำดับ"),
    },
    "run_by": {"organisations": ("organisations", "องค์กร"), "localities": ("localities", "พื้นที่")},
    "level": {
        "organisation": ("organisation", "องค์กร"),
        "locality": ("locality", "พื้นที่"),
        "province": ("province", "จังหวัด"),
    },
    "hidden": {"few": ("too few", "คนน้อยเกินไป"), "beside": ("beside one too small", "ปิดพร้อมกลุ่มที่เล็กเกินไป")},
    "unit": {
        "rules broken": ("rules broken", "กฎที่ละเมิด"),
        "baht": ("baht", "บาท"),
        "share": ("share", "สัดส่วน"),
        "people": ("people", "คน"),
        "pp": ("points", "จุดร้อยละ"),
        "societies": ("societies", "สังคมจำลอง"),
        "ratio": ("times", "เท่า"),
        "groups": ("groups", "กลุ่ม"),
    },
    "check": {
        "positive_only": ("a scheme can only give", "มาตรการมีแต่ให้"),
        "free_to_leave": ("leaving is free", "ออกได้เสมอ"),
        "no_sensitive_trait": ("no sensitive trait", "ไม่ขึ้นกับลักษณะอ่อนไหว"),
        "no_public_ranking": ("no public ranking", "ไม่จัดอันดับบุคคล"),
        "least_paid_in_a_week": ("least paid to a group in a week", "จ่ายน้อยที่สุดต่อกลุ่มในหนึ่งสัปดาห์"),
        "left_before_end": ("left before the end", "ออกก่อนสิ้นสุด"),
        "smallest_group": ("smallest group shown", "กลุ่มเล็กที่สุดที่แสดง"),
        "eligible": ("eligible", "ผู้มีสิทธิ์"),
        "take_up": ("take-up", "การเข้าร่วม"),
        "take_up_poorest_fifth": ("take-up, poorest fifth", "การเข้าร่วม กลุ่มรายได้ครัวเรือนน้อยที่สุด"),
        "spillover_pp": ("effect on others", "ผลต่อผู้ไม่เข้าร่วม"),
        "harmed_after": ("harmed half a year after", "เสียผลครึ่งปีหลังสิ้นสุด"),
        "paid_anyway": ("of all costs, for acts done anyway", "ส่วนของต้นทุนทั้งหมดที่จ่ายให้การทำที่ทำอยู่แล้ว"),
        "take_up_gap_age": ("gap in take-up, age", "ช่องว่างการเข้าร่วม อายุ"),
        "take_up_gap_income": ("gap in take-up, income", "ช่องว่างการเข้าร่วม รายได้"),
        "take_up_gap_place": ("gap in take-up, town and village", "ช่องว่างการเข้าร่วม เมืองกับชนบท"),
        "take_up_gap_device": ("gap in take-up, online and offline", "ช่องว่างการเข้าร่วม ผู้ใช้กับผู้ไม่ใช้อินเทอร์เน็ต"),
        "never_reached": ("never reached", "ไม่เคยถึง"),
        "money_top_tenth": ("money of the top tenth", "เงินของหนึ่งในสิบที่ได้มากที่สุด"),
        "reward_spread": ("top tenth over bottom tenth", "กลุ่มได้มากสุดต่อกลุ่มได้น้อยสุด"),
        "pressure": ("driven by others' eyes", "เพราะสายตาผู้อื่น"),
        "groups_below_after": ("groups below their baseline after", "กลุ่มที่ต่ำกว่าระดับเดิมหลังสิ้นสุด"),
        "lowest_group_after_pp": ("lowest group after", "กลุ่มที่ต่ำสุดหลังสิ้นสุด"),
        "consented": ("signed up", "ให้ความยินยอม"),
        "withdrew": ("of them, left", "ถอนความยินยอม"),
    },
}
"""Words for what stands in a column; other values stand as they are."""


def head_of(column: str, lang: str) -> str:
    """Return the head of a column in words; of a column that has none, its name."""
    thai = lang == "th"
    if column in _HEADS:
        return _HEADS[column][thai]
    for end, words in _ENDS.items():
        if column.endswith(end) and len(column) > len(end):
            return f"{head_of(column.removesuffix(end), lang)} {'' if thai else '- '}{words[thai]}"
    if column.endswith("_pp") and column[:1] == "q" and column[1:3].isdecimal():
        share = f"{int(column[1:3])}"
        return f"ควอนไทล์ร้อยละ {share} จุดร้อยละ" if thai else f"{share} % quantile, points"
    return column


def readable(rows: pd.DataFrame, lang: str) -> str:
    """Return a table as aligned text: few rows with many columns are turned, so that a line is no wider than it must be.

    Args:
        rows: A tidy table of results.
        lang: "en" or "th".
    """
    columns = [[head_of(str(c), lang), *(_shown(x, lang) for x in _cells(rows, str(c), lang))] for c in rows.columns]
    if len(rows) <= _FEW and len(rows) < len(columns):
        return "\n".join(_aligned(columns, {0}))
    prose = {i for i, c in enumerate(rows.columns) if i == 0 or any(isinstance(x, str) for x in rows[c])}
    return "\n".join(_aligned(list(zip(*columns, strict=True)), prose))


def _cells(rows: pd.DataFrame, column: str, lang: str) -> Iterable[Any]:
    """Yield a column's values, groups by their names."""
    values = rows[column].tolist()
    if column in _NEVER:
        return [None if x == -1 else x for x in values]
    if column == "group" and "group_kind" in rows:
        kinds = rows["group_kind"].tolist()
        return [
            _OTHER_GROUPS[str(group)][lang == "th"]
            if str(group) in _OTHER_GROUPS
            else group_name(kind, str(group), lang, short=True)
            if kind == "age_band" or (kind, str(group)) in GROUPS
            else group
            for kind, group in zip(kinds, values, strict=True)
        ]
    if column == "outcome":
        return [head_of(str(x), lang) for x in values]
    words = _VALUES.get(column, {})
    return [words[str(x)][lang == "th"] if str(x) in words else x for x in values]


def _shown(value: Any, lang: str) -> str:
    """Write a value: whole numbers with separators, others at three digits, nothing as a dash."""
    if isinstance(value, bool):
        return (("ไม่ใช่", "ใช่") if lang == "th" else ("no", "yes"))[value]
    if value is None or (isinstance(value, float) and math.isnan(value)) or str(value) == "<NA>":
        return "-"
    if isinstance(value, int):
        return _signed(f"{value:,}")
    if isinstance(value, float):
        if abs(value) >= 100 or value == int(value):
            return _signed(f"{value:,.0f}")
        return _signed(f"{value:.3g}" if abs(value) >= _LEAST or value == 0.0 else f"{value:.1e}")
    return str(value)


_LEAST = 1e-4


def _signed(text: str) -> str:
    return text.replace("-", MINUS, 1) if text.startswith("-") else text


def _aligned(lines: Sequence[Sequence[str]], prose: set[int]) -> list[str]:
    """Set columns below one another: words from the left, numbers from the right; Thai marks take no room."""
    from rich.cells import cell_len

    wide = [max(cell_len(line[i]) for line in lines) for i in range(len(lines[0]))]

    def padded(i: int, text: str) -> str:
        room = " " * (wide[i] - cell_len(text))
        return text + room if i in prose else room + text

    return ["  ".join(padded(i, text) for i, text in enumerate(line)).rstrip() for line in lines]
