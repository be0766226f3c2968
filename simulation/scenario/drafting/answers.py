"""From what somebody typed to a value; what cannot be used says what can, in English and Thai."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from simulation.core.names import did_you_mean, quoted
from simulation.core.params import Text, Wrong, one_line
from simulation.scenario.drafting.facts import Fact, Province, behaviours, provinces
from simulation.scenario.drafting.plan import OWN
from simulation.scenario.fields import number as shown_number

_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?")
MOST_LETTERS = 300


def text(said: str) -> str:
    """Return a line of text."""
    if len(said) > MOST_LETTERS:
        raise Wrong(
            f"At most {MOST_LETTERS} letters, not {len(said):,}", f"ยาวได้ไม่เกิน {MOST_LETTERS} ตัวอักษร ไม่ใช่ {len(said):,}"
        )
    if any(unicodedata.category(c) == "Cs" for c in said):
        raise Wrong("These letters cannot be read; type them again", "อ่านตัวอักษรเหล่านี้ไม่ได้ ให้พิมพ์ใหม่")
    return one_line(said)


def number(said: str, low: float, high: float, whole: bool = False, low_open: bool = False) -> float:
    """Return a number between two bounds; Thai digits, thousands separators and a per-cent sign are understood."""
    plain = said.translate(_DIGITS).replace(",", "").replace("_", "").replace(" ", "").lower()
    percent = plain.endswith("%") and not whole
    plain = plain.removesuffix("%") if percent else plain
    what, what_th = ("a whole number", "จำนวนเต็ม") if whole else ("a number", "ตัวเลข")
    bounds = (
        f"{'above ' if low_open else ''}{shown_number(low)} {'and at most' if low_open else 'to'} {shown_number(high)}"
    )
    bounds_th = (
        f"{'มากกว่า' if low_open else 'ตั้งแต่'} {shown_number(low)} {'ไม่เกิน' if low_open else 'ถึง'} {shown_number(high)}"
    )
    wrong = Wrong(
        f"{quoted(said)} is not it; give {what}, {bounds}", f"{quoted(said)} ใช้ไม่ได้ ให้ใส่{what_th} {bounds_th}"
    )
    if len(plain) > 40 or not _NUMBER.fullmatch(plain):
        raise wrong
    found = float(plain) / (100 if percent else 1)
    if not low <= found <= high or (low_open and found == low) or (whole and found != int(found)):
        raise wrong
    return int(found) if whole else found


def chances(said: str) -> float:
    """Return opportunities a week: a whole number from 1 to 14, or less than 1."""
    found = number(said, 0.01, 14)
    if found >= 1 and found != int(found):
        raise Wrong(
            f"From 1 a week on it is a whole number; write {int(found)} or {int(found) + 1}",
            f"ตั้งแต่ 1 ครั้งต่อสัปดาห์ต้องเป็นจำนวนเต็ม ให้เขียน {int(found)} หรือ {int(found) + 1}",
        )
    return found


def choice(said: str, options: Sequence[tuple[str, Text]]) -> str:
    """Return one of the options: by its number, its word or its name in either language."""
    plain = said.strip().translate(_DIGITS)
    if plain.isdecimal() and 1 <= int(plain[:4]) <= len(options):
        return options[int(plain[:4]) - 1][0]
    low = plain.lower()
    for word, name in options:
        if low in (word.lower(), word.replace("_", " ").lower(), name.en.lower(), name.th):
            return word
    words = [word for word, _ in options]
    ask, ask_th, _ = did_you_mean(low, words)
    raise Wrong(
        f"There is no {quoted(said)} here.{ask} Give a number from 1 to {len(options)}, or a word: {', '.join(words)}",
        f"ไม่มี {quoted(said)}{ask_th} ให้ใส่หมายเลข 1 ถึง {len(options)} หรือคำ: {', '.join(words)}",
    )


def choices(said: str, options: Sequence[tuple[str, Text]]) -> tuple[str, ...]:
    """Return one or more of the options, separated by commas or blanks, each once; all of them for "all"."""
    if said.strip().lower() in ("all", "ทั้งหมด"):
        return tuple(word for word, _ in options)
    try:
        parts = [choice(said, options)]
    except Wrong:
        cut = "," if "," in said else None
        parts = [choice(part, options) for part in said.split(cut) if part.strip()]
    if not parts:
        raise Wrong("Name at least one", "ให้ระบุอย่างน้อยหนึ่งอย่าง")
    return tuple(dict.fromkeys(parts))


def province(said: str) -> Province:
    """Return a province by its name in either language or its code."""
    plain = said.strip().translate(_DIGITS)
    low = plain.lower().removeprefix("จังหวัด").strip()
    for one in provinces():
        if low in (one.iso.lower(), one.iso[3:], one.name.en.lower(), one.name.th):
            return one
    names = [p.name.en for p in provinces()] + [p.name.th for p in provinces()]
    ask, ask_th, _ = did_you_mean(plain, names)
    raise Wrong(
        f"There is no province {quoted(said)}.{ask} Give a name in English or Thai, or a code such as TH-50",
        f"ไม่มีจังหวัด {quoted(said)}{ask_th} ให้ใส่ชื่อภาษาไทยหรืออังกฤษ หรือรหัส เช่น TH-50",
    )


def behaviour(said: str) -> Fact:
    """Return a behaviour of the table, or the one for a behaviour of one's own."""
    facts = (*behaviours(), OWN)
    word = choice(said, [(f.id, f.title) for f in facts])
    return next(f for f in facts if f.id == word)


def budget(said: str) -> float | None:
    """Return a sum of baht, None for no limit."""
    if said.strip().lower() in ("none", "no", "ไม่จำกัด", "ไม่มี"):
        return None
    return number(said, 0, 1e12, low_open=True)
