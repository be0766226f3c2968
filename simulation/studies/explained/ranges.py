"""What `[sources]` says of a chosen number, in both languages where it is one of the usual ways to say it."""

from __future__ import annotations

import re

from simulation.studies.explained.said import Both, both

_N = r"([\d.,]+)"
_RANGES = tuple(re.compile(p) for p in (rf"(?:from )?{_N} to {_N}", r"from ([\w-]+) to ([\w-]+)"))
_PHRASES: tuple[tuple[str, str], ...] = (
    (rf"each share within {_N}", "แต่ละสัดส่วนต่างได้ไม่เกิน {}"),
    ("from half to twice as many", "ตั้งแต่ครึ่งหนึ่งถึงสองเท่า"),
    (rf"{_N} either way, drawn for each society", "ต่างได้ {} ทั้งสองทาง สุ่มในแต่ละสังคมจำลอง"),
    (rf"the model's usual value, {_N} to {_N}", "ค่าปกติของแบบจำลอง ช่วงที่เป็นไปได้ {} ถึง {}"),
    (rf"earners in a household: design, {_N} to {_N}", "ผู้มีรายได้ในครัวเรือน: ค่าที่เลือก {} ถึง {}"),
    ("share of contacts within one five-year age band", "สัดส่วนของการพบปะภายในช่วงอายุห้าปีเดียวกัน"),
    (rf"once a day; {_N} to {_N}", "วันละครั้ง ช่วงที่เป็นไปได้ {} ถึง {}"),
    (rf"one ride a day; {_N} to {_N}", "เดินทางวันละเที่ยว ช่วงที่เป็นไปได้ {} ถึง {}"),
    ("riders taken to be as many as people", "ถือว่าผู้ขับขี่มีจำนวนเท่ากับประชากร"),
    ("a gap of about three months", "เว้นราวสามเดือน"),
    (rf"share {_N} to {_N}, found {_N} to {_N}", "สัดส่วนที่ตรวจ {} ถึง {} พบ {} ถึง {}"),
    ("as in the arm of recognition alone", "เหมือนทางเลือกที่มีประกาศเกียรติคุณอย่างเดียว"),
)
"""Ways of saying it that shipped files and drafts have, and the Thai of each; {} is a number as the file has it."""
_FILE = re.compile(r"; *(data/\S+)$")


def in_words(entry: str) -> Both:
    """Put a range or a usual phrase into both languages; other text stays as it is, in Thai in quotation marks."""
    text = entry.strip()
    for pattern in _RANGES:
        found = pattern.fullmatch(text)
        if found:
            low, high = found.groups()
            return both(f"plausible: {low} to {high}", f"ช่วงที่เป็นไปได้ {low} ถึง {high}")
    file = _FILE.search(text)
    said = _in_thai(text[: file.start()] if file else text)
    if said:
        return both(text, f"{said} {file.group(1)}" if file else said)
    return both(text, f"“{text}”") if text else Both("", "")


def _in_thai(text: str) -> str:
    """Return the Thai of a usual phrase; empty where it is none."""
    for pattern, thai in _PHRASES:
        found = re.fullmatch(pattern, text)
        if found:
            return thai.format(*found.groups())
    return ""
