"""Lines on a screen: how wide a text is, where it may break. Thai is broken at its blanks alone."""

from __future__ import annotations

import unicodedata

WIDTH = 80


def cells(line: str) -> int:
    """Return how many columns of a screen a line takes: Thai vowels and tones above and below take none."""
    return sum(unicodedata.category(c) not in ("Mn", "Me", "Cf") for c in line)


def wrapped(sentence: str, indent: str = "", width: int = WIDTH) -> list[str]:
    """Break a sentence at its blanks into lines of so many columns; a word is never broken."""
    lines, now = [], indent
    for word in sentence.split():
        if now != indent and cells(now) + 1 + cells(word) > width:
            lines.append(now)
            now = indent
        now += word if now == indent else f" {word}"
    return [*lines, now]


def shortened(text: str, width: int) -> str:
    """Cut a text that takes more columns than there are, with a sign that it goes on; no vowel or tone is torn off."""
    if cells(text) <= width:
        return text
    kept = len(text)
    while kept and (cells(text[:kept]) >= width or cells(text[kept : kept + 1]) == 0):
        kept -= 1
    return f"{text[:kept].rstrip()}…"


def padded(value: str, width: int, right: bool = False) -> str:
    """Fill a cell with blanks to a number of columns."""
    blanks = " " * max(0, width - cells(value))
    return blanks + value if right else value + blanks
