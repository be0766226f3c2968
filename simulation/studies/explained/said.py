"""Sentences in English and Thai, and how amounts, shares and names are written in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from simulation.core.errors import printable
from simulation.engine.money import SATANG
from simulation.reports.sentences import spaced

MILLION = 1_000_000
_LEAST_SHARE = 1e-4
"""The least that two digits after the point show of a share in per cent."""


class Both(NamedTuple):
    """A text in English and Thai; unlike `Text` of any length, for it may quote what a file says."""

    en: str
    th: str

    def get(self, lang: str) -> str:
        """Return the text in `lang`."""
        return self.th if lang == "th" else self.en


@dataclass(frozen=True)
class Item:
    """One sentence or paragraph; `label` opens it, `level` 0 is a heading within the section, 1 stands under it."""

    text: Both
    label: Both | None = None
    level: int = 1

    def get(self, lang: str) -> str:
        """Return label and text in `lang`, as one line."""
        return self.text.get(lang) if self.label is None else f"{self.label.get(lang)}: {self.text.get(lang)}"


@dataclass(frozen=True)
class Section:
    """One part of the explanation: `key` names it in JSON, `title` to readers."""

    key: str
    title: Both
    items: tuple[Item, ...]


def item(en: str, th: str) -> Item:
    """Return a sentence that stands by itself."""
    return Item(both(en, th))


def labelled(label: tuple[str, str], en: str, th: str) -> Item:
    """Return a sentence that a label opens."""
    return Item(both(en, th), Both(*label))


def heading(en: str, th: str) -> Item:
    """Return a heading within a section."""
    return Item(both(en, th), level=0)


def both(en: str, th: str) -> Both:
    """Join the two languages; control characters of a file are shown, never sent to the screen."""
    return Both(printable(en), spaced(printable(th), "th"))


def alike(text: str) -> Both:
    """Quote a name or a text of the file, which is the same in both languages."""
    return Both(printable(text), printable(text))


def baht(satang: int) -> Both:
    """Write an amount of money in digits."""
    whole, rest = divmod(satang, SATANG)
    digits = f"{whole:,}" + (f".{rest:02d}" if rest else "")
    return Both(f"{digits} baht", f"{digits} บาท")


def in_full(satang: int) -> Both:
    """Write an amount of money in digits, and its millions once more in words."""
    digits = baht(satang)
    if satang < MILLION * SATANG:
        return digits
    millions = f"{satang / SATANG / MILLION:,.1f}".removesuffix(".0")
    about = ("", "") if satang % (MILLION * SATANG // 10) == 0 else ("about ", "ราว ")
    return Both(f"{digits.en} ({about[0]}{millions} million)", f"{digits.th} ({about[1]}{millions} ล้านบาท)")


def percent(share: float) -> Both:
    """Write a share in per cent."""
    digits = f"{round(100 * share, 2):g}"
    if 0.0 < share < _LEAST_SHARE:
        return Both("under 0.01%", "ไม่ถึงร้อยละ 0.01 ")
    return Both(f"{digits}%", f"ร้อยละ {digits}")


def people(n: int, decider: str) -> Both:
    """Count households where one adult answers for each, else people."""
    if decider == "household":
        return Both(f"{n:,} {'household' if n == 1 else 'households'}", f"{n:,} ครัวเรือน")
    return Both(f"{n:,} {'person' if n == 1 else 'people'}", f"{n:,} คน")


def counted(n: int, en: str, th: str) -> Both:
    """Count something."""
    return Both(f"{n:,} {en if n == 1 else en + 's'}", f"{n:,} {th}")


def listed(parts: Sequence[Both]) -> Both:
    """Join the parts of a list by commas in English, by blanks and a last "and" in Thai."""
    if len(parts) < 2:
        return parts[0] if parts else Both("", "")
    *first, last = parts
    return Both(f"{', '.join(p.en for p in first)} and {last.en}", f"{' '.join(p.th for p in first)} และ{last.th}")


def sentence(parts: Iterable[Both]) -> Both:
    """Join sentences: with a blank each."""
    found = [p for p in parts if p.en]
    return Both(" ".join(p.en for p in found), " ".join(p.th for p in found))


def capital(text: str) -> str:
    """Begin a sentence with a capital letter."""
    return text[:1].upper() + text[1:]
