"""Behaviours that reveal something sensitive of whoever is known to do them; rule G7, PDPA section 26."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
_BY_NAME: tuple[tuple[str, str], ...] = (
    ("blood", "health"),  # the behaviour of the table of facts, data/facts/behaviours.csv
    ("vaccination", "health"),
    ("screening", "health"),
    ("hiv", "health"),
    ("prayer", "religion"),
    ("temple", "religion"),
    ("mosque", "religion"),
    ("church", "religion"),
)


def trait_revealed(name: str, said: str | None) -> str | None:
    """Return the sensitive trait that a behaviour reveals: what the file says, else its name; None for neither."""
    parts = re.split(r"[_-]", name.lower())
    return said or next((trait for word, trait in _BY_NAME if word in parts), None)
