"""Behaviours that reveal something sensitive of whoever is known to do them; rule G7, PDPA section 26."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from simulation.core.params import Text

Trait = Literal[
    "race", "religion", "politics", "health", "sexual", "criminal", "union", "disability", "biometric", "genetic"
]
TRAITS: Mapping[str, Text] = {
    "race": Text(en="race or ethnic origin", th="เชื้อชาติหรือเผ่าพันธุ์"),
    "religion": Text(en="religion", th="ศาสนา"),
    "politics": Text(en="political opinions", th="ความคิดเห็นทางการเมือง"),
    "health": Text(en="health", th="สุขภาพ"),
    "sexual": Text(en="sexual behaviour", th="พฤติกรรมทางเพศ"),
    "criminal": Text(en="a criminal record", th="ประวัติอาชญากรรม"),
    "union": Text(en="membership of a union", th="การเป็นสมาชิกสหภาพแรงงาน"),
    "disability": Text(en="disability", th="ความพิการ"),
    "biometric": Text(en="biometric data", th="ข้อมูลชีวภาพ"),
    "genetic": Text(en="genetic data", th="ข้อมูลพันธุกรรม"),
}
"""What each trait is called."""
_BY_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "health",
        r"blood|vaccin\w*|screening|hiv",  # blood is in the table of facts, data/facts/behaviours.csv
        "โลหิต|เลือด|วัคซีน|ตรวจสุขภาพ|ตรวจโรค|คัดกรอง|เอชไอวี|โรคเอดส์|บริจาคอวัยวะ",
    ),
    (
        "religion",
        r"pray\w*|temples?|mosques?|church(?:es)?|merit[ _-]making|mak(?:e|es|ing)[ _-]merit|worship\w*",
        "เข้าวัด|ไปวัด|ทำบุญ|สวดมนต์|ไหว้พระ|ตักบาตร|ใส่บาตร|สังฆทาน|ฟังธรรม|ปฏิบัติธรรม|ละหมาด|ถือบวช|บวชพระ|โบสถ์|มัสยิด|สุเหร่า|ศีล(?!ธรรม)",
    ),
)
"""Words in English, whole, and in Thai, anywhere, for Thai has no blanks between words."""


def trait_revealed(name: str, said: str | None, titles: Iterable[str] = ()) -> str | None:
    """Return the sensitive trait that a behaviour reveals, None where none.

    Args:
        name: Its name in the file.
        said: What the file says of it (`sensitive`), which is stronger than any word.
        titles: Its title, in either language.
    """
    if said:
        return said
    words = "\n".join((name, *titles)).lower()
    return next((trait for trait, en, th in _BY_WORDS if re.search(rf"(?<![a-z])(?:{en})(?![a-z])|{th}", words)), None)
