"""What is allowed in a scenario but risky for people, in sentences: one for each risk, with the keys that bring it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulation.incentives.rules import RULES

HEAD = {"en": "Warning  ", "th": "ข้อควรระวัง "}
"""What stands before a risk on a terminal."""


def caution_lines(
    cautions: Sequence[tuple[str, str, Any]], lang: str, arms: Mapping[str, str] | None = None
) -> list[str]:
    """Return a sentence for each risk, with where it comes from; the same risk of several keys is told once.

    Args:
        cautions: Rule, dotted key and why, a text in both languages.
        lang: "en" or "th".
        arms: Titles of the arms by name: where given, risks are told of them and not of keys, as who reads a report
            sees no file.
    """
    keys: dict[str, list[str]] = {}
    for _, key, why in cautions:
        keys.setdefault(why.get(lang), []).append(key)
    return [
        f"{_where(found, lang) if arms is None else _whose(found, lang, arms)}: {why}" for why, found in keys.items()
    ]


def _where(keys: list[str], lang: str) -> str:
    more = len(keys) - 1
    if not more:
        return keys[0]
    return f"{keys[0]} และอีก {more} แห่ง" if lang == "th" else f"{keys[0]} and {more} more"


def _whose(keys: list[str], lang: str, arms: Mapping[str, str]) -> str:
    """Name the arms that the keys stand in; what stands in none is of the whole scenario."""
    names = [key.split(".")[1] for key in keys if key.startswith("arms.")]
    found = list(dict.fromkeys(arms.get(name, name) for name in names))
    if not found:
        return "ทั้งสถานการณ์" if lang == "th" else "The scenario"
    return (" " if lang == "th" else ", ").join(found)


def rule_sources(cautions: Sequence[tuple[str, str, Any]], lang: str) -> str:
    """Return where each rule comes from that a risk touches, once a rule; empty where there is none."""
    rules = dict.fromkeys(rule for rule, _, _ in cautions)
    return (" " if lang == "th" else "; ").join(f"{rule} {RULES[rule].source.get(lang)}" for rule in rules)
