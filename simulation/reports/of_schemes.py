"""Words for one scheme of an arm: its name within the arm, what is left of its budget, and what would keep it open."""

from __future__ import annotations

from typing import Any

from simulation.reports.sentences import say
from simulation.reports.words import lower, plain

CLOSED = ("budget never opens", "budget closes early", "budget closes in some")
"""Findings of an offer that closes because the rest of its budget does not cover a week."""


def titled(facts: Any, name: str, lang: str) -> str:
    """Return the title of a scheme of an arm; with what it is for where others of the arm are called the same."""
    mine = next((x for x in facts.schemes if x.name == name), None)
    if mine is None:
        return name
    title: str = mine.title.get(lang)
    alike = [x for x in facts.schemes if x.title.get(lang) == title]
    if len(alike) < 2:
        return title
    if len({x.act.get(lang) for x in alike}) == len(alike):
        return f"{title} ({lower(mine.act.get(lang)) if lang == 'en' else mine.act.get(lang)})"
    return f"{title} ({name})"


def who(s: Any, f: Any, arm_title: str, lang: str) -> str:
    """Return whom a finding is about: the arm, or, where it names one of several schemes, that scheme in the arm."""
    facts, scheme = s.arm(f.arms[0]).facts, f.values.get("scheme")
    if scheme is None or len(facts.schemes) < 2:
        return arm_title
    arm = lower(arm_title) if lang == "en" else arm_title
    return say("scheme.of", lang, scheme=titled(facts, scheme, lang), arm=arm)


def budget_fields(s: Any, f: Any, lang: str) -> dict[str, str]:
    """Return what was left of a budget that closed an offer, and which ways of `when_spent` would keep it open."""
    if f.kind not in CLOSED:
        return {}
    left, scheme = f.values.get("left"), f.values.get("scheme")
    ways = next((x.keeps_open for x in s.arm(f.arms[0]).facts.schemes if x.name == scheme), ())
    either = " หรือ " if lang == "th" else " or "
    quoted = either.join(f'"{way}"' for way in ways)
    return {
        "left": "" if left is None else say("budget.left", lang, baht=plain(left, 0)),
        "helps": say("budget.helps", lang, ways=f"when_spent = {quoted}") if ways else "",
    }
