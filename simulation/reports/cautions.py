"""What is allowed in a scenario but risky for people, in sentences: one for each risk, with the keys that bring it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

HEAD = {"en": "Warning  ", "th": "ข้อควรระวัง "}
"""What stands before a risk on a terminal."""


def caution_lines(cautions: Sequence[tuple[str, str, Any]], lang: str) -> list[str]:
    """Return a sentence for each risk, with where it comes from; the same risk of several keys is told once.

    Args:
        cautions: Rule, dotted key and why, a text in both languages.
        lang: "en" or "th".
    """
    keys: dict[str, list[str]] = {}
    for _, key, why in cautions:
        keys.setdefault(why.get(lang), []).append(key)
    return [f"{_where(found, lang)}: {why}" for why, found in keys.items()]


def _where(keys: list[str], lang: str) -> str:
    more = len(keys) - 1
    if not more:
        return keys[0]
    return f"{keys[0]} และอีก {more} แห่ง" if lang == "th" else f"{keys[0]} and {more} more"
