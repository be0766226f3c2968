"""The outcomes of a run in words: what each is called, in which unit, how it is printed, and which way is better."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from simulation.core.params import Text
from simulation.reports.words import MINUS

_MILLION = 1_000_000


@dataclass(frozen=True)
class OutcomeWords:
    """One outcome.

    Attributes:
        name: What a reader sees, as the subject of a sentence.
        unit: Unit after a number; empty where it has none.
        digits: Decimals that are printed.
        better: 1 where more is better, -1 where less is, 0 where neither.
        signed: Whether it is a change, printed with its sign.
        share: Whether it is a share, printed in per cent.
        article: Whether English says "the" before it within a sentence.
    """

    name: Text
    unit: tuple[str, str] = ("", "")
    digits: int = 1
    better: int = 1
    signed: bool = False
    share: bool = False
    article: bool = True


_POINTS, _BAHT = ("points", "จุดร้อยละ"), ("baht", "บาท")
OUTCOMES: dict[str, OutcomeWords] = {
    "effect_pp": OutcomeWords(Text(en="Effect while it runs", th="ผลระหว่างดำเนินมาตรการ"), _POINTS, signed=True),
    "effect_after_pp": OutcomeWords(Text(en="Effect half a year after", th="ผลครึ่งปีหลังสิ้นสุด"), _POINTS, signed=True),
    "last_pp": OutcomeWords(Text(en="Effect in the last 4 weeks", th="ผลใน 4 สัปดาห์สุดท้าย"), _POINTS, signed=True),
    "spillover_pp": OutcomeWords(Text(en="Effect on others", th="ผลต่อผู้ไม่เข้าร่วม"), _POINTS, signed=True),
    "level_twin": OutcomeWords(Text(en="Level without a scheme", th="ระดับเมื่อไม่มีมาตรการ"), ("%", "%"), share=True, better=0),
    "level": OutcomeWords(Text(en="Level", th="ระดับ"), ("%", "%"), share=True),
    "extra_acts": OutcomeWords(Text(en="Additional acts", th="จำนวนครั้งที่เพิ่มขึ้น"), ("acts", "ครั้ง"), 0, article=False),
    "cost_baht": OutcomeWords(Text(en="Cost", th="ต้นทุน"), _BAHT, 0, -1),
    "cost_per_act_baht": OutcomeWords(Text(en="Cost per additional act", th="ต้นทุนต่อครั้งที่เพิ่มขึ้น"), _BAHT, better=-1),
    "rewards_additional": OutcomeWords(Text(en="Rewards for additional acts", th="รางวัลของการทำที่เพิ่มขึ้น"), _BAHT, 0, 0, article=False),
    "rewards_anyway": OutcomeWords(Text(en="Rewards for acts done anyway", th="รางวัลของการทำที่ทำอยู่แล้ว"), _BAHT, 0, -1, article=False),
    "running": OutcomeWords(Text(en="Running costs", th="ค่าดำเนินงาน"), _BAHT, 0, -1, article=False),
    "paid_for_nothing": OutcomeWords(Text(en="Rewards for acts never done", th="รางวัลที่จ่ายให้การแจ้งเท็จ"), _BAHT, 0, -1, article=False),
    "checking": OutcomeWords(Text(en="Cost of checks", th="ค่าตรวจ"), _BAHT, 0, -1),
    "take_up": OutcomeWords(Text(en="Take-up", th="การเข้าร่วม"), ("%", "%"), share=True, article=False),
    "kept_share_3_5": OutcomeWords(Text(en="What is left after 4 weeks", th="ผลที่เหลือหลัง 4 สัปดาห์"), _POINTS, article=False),
    "kept_share_12_14": OutcomeWords(Text(en="What is left after 13 weeks", th="ผลที่เหลือหลัง 13 สัปดาห์"), _POINTS, article=False),
    "kept_share": OutcomeWords(Text(en="What is left after 26 weeks", th="ผลที่เหลือหลัง 26 สัปดาห์"), _POINTS, article=False),
    "take_up_gap_income": OutcomeWords(
        Text(en="Take-up, richest less poorest fifth", th="การเข้าร่วม กลุ่มรายได้มากที่สุดลบน้อยที่สุด"), _POINTS, share=True, better=0, article=False
    ),
    "budget_closed_week": OutcomeWords(Text(en="Week in which the budget ends", th="สัปดาห์ที่งบประมาณหมด"), ("", ""), 0, 0),
}  # fmt: skip
"""Every outcome of the table of runs."""


def outcome(name: str) -> OutcomeWords:
    """Return the words of an outcome; of one that has none, its name."""
    return OUTCOMES.get(name) or OutcomeWords(Text(en=name, th=name), digits=2)


def name_of(name: str, lang: str) -> str:
    """Return what an outcome is called."""
    return outcome(name).name.get(lang)


def unit_of(name: str, lang: str) -> str:
    """Return the unit of an outcome, empty where it has none."""
    return outcome(name).unit[lang == "th"]


def axis_of(name: str, lang: str) -> str:
    """Return name and unit of an outcome, as on an axis."""
    unit = unit_of(name, lang)
    if not unit:
        return name_of(name, lang)
    return f"{name_of(name, lang)} ({unit})" if lang == "th" else f"{name_of(name, lang)}, {unit}"


def shown(name: str, x: Any) -> str:
    """Print a value of an outcome with its digits, without its unit; nothing measured as a dash."""
    return _number(x, outcome(name), outcome(name).signed)


def size(name: str, x: Any) -> str:
    """Print a distance between two values of an outcome: never with a plus."""
    return _number(x, outcome(name), signed=False)


def with_unit(name: str, number: str, lang: str) -> str:
    """Put the unit behind a printed number; in Thai "ร้อยละ" before it."""
    unit = unit_of(name, lang)
    if unit == "%":
        return f"ร้อยละ {number}" if lang == "th" else f"{number}%"
    return f"{number} {unit}" if unit else number


def scaled(name: str, x: Any) -> Any:
    """Return values as they are drawn: shares in per cent."""
    return x * 100 if outcome(name).share else x


def _number(x: Any, words: OutcomeWords, signed: bool) -> str:
    if x is None or not math.isfinite(x):
        return "–"
    value = float(x) * (100 if words.share else 1)
    text = f"{abs(value):,.{0 if abs(value) >= _MILLION else words.digits}f}"
    if float(text.replace(",", "")) == 0.0:
        return text
    return (("+" if signed else "") if value > 0 else MINUS) + text
