"""Numbers as people write them: Thai digits, thousands separators, units, words for large numbers, shares in per cent."""

from __future__ import annotations

import re

from simulation.core.names import quoted
from simulation.core.params import Wrong
from simulation.scenario.fields import number as shown_number

DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
BAHT = ("บาทต่อเดือน", "บาท/เดือน", "baht a month", "baht per month", "baht/month", "บาท", "baht", "thb", "฿")
PEOPLE = ("คน", "ครัวเรือน", "people", "persons", "citizens", "households")
WEEKS = ("สัปดาห์", "weeks", "week")
TIMES = ("ครั้งต่อสัปดาห์", "ครั้ง", "times a week", "times")
SOCIETIES = ("สังคมจำลอง", "สังคม", "societies", "society")
POINTS = ("จุดร้อยละ", "percentage points", "points", "point", "pp", "%")
"""Units that may stand after a number, by what is asked; the longer ones first."""
_LARGE = {
    "ล้าน": 1e6, "แสน": 1e5, "หมื่น": 1e4, "พัน": 1e3, "million": 1e6, "thousand": 1e3,
}  # fmt: skip
_PERCENT = ("%", "per cent", "percent")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([,_ ]\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"([+-]?\d+),(\d+)")
MOST_LETTERS = 40


def number(
    said: str, low: float, high: float, whole: bool = False, low_open: bool = False, units: tuple[str, ...] = ()
) -> float:
    """Return a number between two bounds; commas separate thousands only, and a share may be written in per cent.

    Args:
        said: What was typed.
        low: The least it may be; with `low_open` it must be more.
        high: The most it may be.
        whole: Whether it is a whole number.
        low_open: Whether `low` itself is too little.
        units: Units that may stand after it and change nothing.

    Raises:
        Wrong: What is no number, or out of bounds.
    """
    plain, factor = _without_units(said.translate(DIGITS).strip().lower(), units, percent=not whole)
    wrong = _refusal(said, (low, high), whole, low_open)
    comma = _DECIMAL_COMMA.fullmatch(plain)
    if comma is not None and len(plain) <= MOST_LETTERS and not _THOUSANDS.fullmatch(plain):
        right = f"{comma.group(1)}.{comma.group(2)}"
        raise Wrong(
            f"{quoted(said)} is not clear: a comma separates thousands, as in 10,000. Write {right}",
            f"{quoted(said)} ยังไม่ชัดเจน จุลภาคใช้คั่นหลักพัน เช่น 10,000 ให้เขียน {right}",
        )
    if _THOUSANDS.fullmatch(plain):
        plain = re.sub("[,_ ]", "", plain)
    if len(plain) > MOST_LETTERS or not _PLAIN.fullmatch(plain):
        raise wrong
    found = float(plain) * factor
    if not low <= found <= high or (low_open and found == low) or (whole and found != int(found)):
        raise wrong
    return int(found) if whole else found


def _without_units(plain: str, units: tuple[str, ...], percent: bool) -> tuple[str, float]:
    """Return the figures alone, and by what they are multiplied."""
    for unit in units:
        if plain.endswith(unit):
            plain = plain.removesuffix(unit).strip()
            break
    for word, factor in _LARGE.items():
        if plain.endswith(word):
            return plain.removesuffix(word).strip(), factor
    if percent and "%" not in units:
        if plain.startswith("ร้อยละ"):
            return plain.removeprefix("ร้อยละ").strip(), 0.01
        for sign in _PERCENT:
            if plain.endswith(sign):
                return plain.removesuffix(sign).strip(), 0.01
    return plain, 1.0


def _refusal(said: str, bounds: tuple[float, float], whole: bool, low_open: bool) -> Wrong:
    low, high = map(shown_number, bounds)
    what, what_th = ("a whole number", "จำนวนเต็ม") if whole else ("a number", "ตัวเลข")
    en = f"{'above ' if low_open else ''}{low} {'and at most' if low_open else 'to'} {high}"
    th = f"{'มากกว่า' if low_open else 'ตั้งแต่'} {low} {'ไม่เกิน' if low_open else 'ถึง'} {high}"
    return Wrong(f"{quoted(said)} is not it; give {what}, {en}", f"{quoted(said)} ใช้ไม่ได้ ให้ใส่{what_th} {th}")
