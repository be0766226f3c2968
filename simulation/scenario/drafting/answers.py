"""From what somebody typed to a value; what cannot be used says what can, in English and Thai."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from simulation.core.names import did_you_mean, listed, quoted
from simulation.core.params import Text, Wrong, one_line
from simulation.scenario.drafting.facts import Fact, Province, behaviours, provinces
from simulation.scenario.drafting.numbers import BAHT, DIGITS, TIMES, WEEKS, number
from simulation.scenario.drafting.plan import OWN

MOST_LETTERS = 300
_FEWEST = 3
"""Letters of a part of a name that may stand for it."""
_DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(19|20|25)\d\d")


class Nearly(Wrong):
    """An answer that is no name of the list, but near to one: `meant` is what may be taken for it."""

    def __init__(self, en: str, th: str, meant: str) -> None:
        """Keep both texts and the name."""
        super().__init__(en, th)
        self.meant = meant


def text(said: str) -> str:
    """Return a line of text."""
    if len(said) > MOST_LETTERS:
        raise Wrong(
            f"At most {MOST_LETTERS} letters, not {len(said):,}", f"ยาวได้ไม่เกิน {MOST_LETTERS} ตัวอักษร ไม่ใช่ {len(said):,}"
        )
    if any(unicodedata.category(c) == "Cs" for c in said):
        raise Wrong("These letters cannot be read; type them again", "อ่านตัวอักษรเหล่านี้ไม่ได้ ให้พิมพ์ใหม่")
    return one_line(said)


def chances(said: str) -> float:
    """Return opportunities a week: a whole number from 1 to 14, or less than 1."""
    found = number(said, 0.01, 14, units=TIMES)
    if found >= 1 and found != int(found):
        raise Wrong(
            f"From 1 a week on it is a whole number; write {int(found)} or {int(found) + 1}",
            f"ตั้งแต่ 1 ครั้งต่อสัปดาห์ต้องเป็นจำนวนเต็ม ให้เขียน {int(found)} หรือ {int(found) + 1}",
        )
    return found


def start(said: str) -> float:
    """Return the week in which schemes start, from 0; a calendar date is told from a number."""
    if _DATE.fullmatch(said.translate(DIGITS).strip()):
        raise Wrong(
            f"{quoted(said)} is a calendar date; weeks count from the beginning of the simulation, which is week 0. "
            "Write 4 to watch four weeks without a scheme first",
            f"{quoted(said)} เป็นวันที่ตามปฏิทิน สัปดาห์นับจากเริ่มการจำลอง ซึ่งเป็นสัปดาห์ที่ 0 ให้เขียน 4 ถ้าต้องการดูสี่สัปดาห์ก่อนมีมาตรการ",
        )
    return number(said, 0, 520, whole=True, units=WEEKS)


def choice(said: str, options: Sequence[tuple[str, Text]]) -> str:
    """Return one of the options: by its number, its word, its name in either language, or a part that only it has."""
    plain = said.strip().translate(DIGITS)
    if plain.isdecimal() and 1 <= int(plain[:4]) <= len(options):
        return options[int(plain[:4]) - 1][0]
    low = plain.lower()
    for word, name in options:
        if low in _names(word, name):
            return word
    parts = [word for word, name in options if len(low) >= _FEWEST and any(low in n for n in _names(word, name))]
    if len(parts) == 1:
        return parts[0]
    words = [word for word, _ in options]
    ask, ask_th, meant = did_you_mean(low, words)
    if parts:
        ask, ask_th, meant = f" It may be {listed(parts)}.", f" อาจหมายถึง {listed(parts)}", ""
    raise _no_such(
        f"There is no {quoted(said)} here.{ask} Give a number from 1 to {len(options)}, or a word: {', '.join(words)}",
        f"ไม่มี {quoted(said)}{ask_th} ให้ใส่หมายเลข 1 ถึง {len(options)} หรือคำ: {', '.join(words)}",
        meant,
    )


def _names(word: str, name: Text) -> tuple[str, ...]:
    return word.lower(), word.replace("_", " ").lower(), name.en.lower(), name.th


def _no_such(en: str, th: str, meant: str) -> Wrong:
    return Nearly(en, th, meant) if meant else Wrong(en, th)


def choices(said: str, options: Sequence[tuple[str, Text]]) -> tuple[str, ...]:
    """Return one or more of the options, separated by commas or blanks, each once; all of them for "all"."""
    if said.strip().lower() in ("all", "ทั้งหมด"):
        return tuple(word for word, _ in options)
    try:
        parts = [choice(said, options)]
    except Wrong:
        cut = "," if "," in said else None
        parts = _each([part.strip() for part in said.split(cut) if part.strip()], options)
    if not parts:
        raise Wrong("Name at least one", "ให้ระบุอย่างน้อยหนึ่งอย่าง") from None
    return tuple(dict.fromkeys(parts))


def _each(said: list[str], options: Sequence[tuple[str, Text]]) -> list[str]:
    """Return the option of each part; what may be meant by one that is none stands for the whole answer."""
    found: list[str] = []
    for i, part in enumerate(said):
        try:
            found.append(choice(part, options))
        except Nearly as nearly:
            nearly.meant = ", ".join([*found, nearly.meant, *said[i + 1 :]])
            raise
    return found


def province(said: str) -> Province:
    """Return a province by its name in either language or its code, or by a part that only its name has."""
    plain = said.strip().translate(DIGITS)
    low = plain.lower().removeprefix("จังหวัด").removeprefix("จ.").strip()
    for one in provinces():
        if low in (one.iso.lower(), one.iso[3:], one.name.en.lower(), one.name.th):
            return one
    parts = [p for p in provinces() if len(low) >= _FEWEST and (low in p.name.en.lower() or low in p.name.th)]
    if len(parts) == 1:
        return parts[0]
    names = [p.name.en for p in provinces()] + [p.name.th for p in provinces()]
    ask, ask_th, meant = did_you_mean(low, names)
    raise _no_such(
        f"There is no province {quoted(said)}.{ask} Give a name in English or Thai, or a code such as TH-50",
        f"ไม่มีจังหวัด {quoted(said)}{ask_th} ให้ใส่ชื่อภาษาไทยหรืออังกฤษ หรือรหัส เช่น TH-50",
        meant,
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
    return number(said, 0, 1e12, low_open=True, units=BAHT)
