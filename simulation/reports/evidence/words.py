"""The card's sentences: the answer, how sure it is, what to know beside it; terminal and page say the same."""

from __future__ import annotations

from math import floor, log10
from typing import Any

from simulation.reports.evidence.texts import TEXTS, counted, gain, number, percent, unit_said
from simulation.reports.words import capital, plain, weeks_said


def size(card: Any, lang: str) -> str:
    """Return how many studies and arms were scored."""
    return counted(TEXTS[lang]["size"].format(studies=len(card.studies), arms=len(card.everything.rows)))


def legend(lang: str) -> str:
    """Return what the figures count and what predicted and observed are."""
    return f"{unit_said(lang)} {TEXTS[lang]['legend']}"


def answer(card: Any, lang: str) -> list[str]:
    """Return the score next to simple rules: unseen, one arm known, first seen, experts; errors lead."""
    t, zero = TEXTS[lang], card.zero_shot.to_json()
    if zero is None:
        return [t["none"]]
    said = [
        t["zero"].format(**_numbers(zero), studies=zero["studies"], each=t["each"] if zero["studies"] > 1 else ""),
        gain(card.zero_shot.difference("mae_flat"), lang),
        t["crps"].format(**_numbers(zero)),
        _given(card, lang),
        _first(card, lang),
        _experts(card, lang),
    ]
    return [counted(x) for x in said if x]


def sure(card: Any, lang: str) -> list[str]:
    """Return what the intervals hold, and the order of arms."""
    t, zero = TEXTS[lang], card.zero_shot.to_json()
    if zero is None:
        return []
    said = [t["coverage"].format(c90=percent(zero["coverage90"], lang), c50=percent(zero["coverage50"], lang))]
    if zero["spearman"] is not None:
        said.append(t["order"].format(order=number(zero["spearman"])))
    apart = card.approximated.to_json()
    if apart is not None:
        said.append(
            t["apart_score" if apart["arms"] > 1 else "apart_one"].format(**_numbers(apart), arms=apart["arms"])
        )
    return said


def notes(card: Any, lang: str) -> list[str]:
    """Return what to know beside the score, staleness first and the sign last."""
    t, p = TEXTS[lang], card.provenance
    said = [t["stale"].format(p.stale.get(lang))] if p.stale is not None else []
    said += [x.get(lang) for x in card.remarks]
    said += [t["variants_shipped" if card.own else "variants"].format(p.variants)] if p.variants is not None else []
    said += _not_scored(card, lang)
    sign = card.zero_shot.mean("sign") if card.zero_shot.rows else None
    return said + ([t["sign"].format(percent(sign, lang))] if sign is not None else [])


NAMED = 8
"""Figures that are not scored, up to which each is named; how many there are is said where there are more."""


def _not_scored(card: Any, lang: str) -> list[str]:
    """Return what is listed and not scored: each by name with its reason, or how many."""
    t, listed = TEXTS[lang], card.listed
    if not listed:
        return []
    if len(listed) > NAMED:
        return [t["not_scored"].format(len(listed))]
    each = "; ".join(_unscored(card, x, lang) for x in listed)
    return [t["not_scored_one"].format(each) if len(listed) == 1 else t["not_scored_each"].format(len(listed), each)]


def _unscored(card: Any, x: Any, lang: str) -> str:
    """Name a figure and say why it is not scored."""
    s = x.span
    weeks = weeks_said(s.week_from, s.week_to, lang)
    same = {c.row.behaviour for c in card.everything.of(x.study).rows}
    same |= {other.span.behaviour for other in card.listed if other.study == x.study}
    behaviour = f" {s.behaviour}" if len(same) > 1 else ""
    return f"{x.study} {card.arm_title(x.study, s.arm, lang)}{behaviour} {weeks} ({x.why.get(lang)})"


def study_line(card: Any, study: str, lang: str) -> str:
    """Return a study's score beside the rules, and in its own unit where that is known."""
    t, part = TEXTS[lang], card.everything.of(study)
    figures = {what: number(part.mean(what)) for what in ("mae", "mae_flat", "mae_none")}
    inside = sum(c.score.inside for c in part.rows)
    said = t["study_line"].format(**figures, inside=inside, arms=len(part.rows))
    own, unit = part.own_error(), card.unit(study, lang)
    if own is None or not unit:
        return said
    return f"{said}{' ' if lang == 'th' else '; '}{t['own_line'].format(own=_three_figures(own), unit=unit)}"


def nearest(card: Any, study: str, lang: str) -> list[str]:
    """Return why arms of a study are coded as their nearest form, each arm once."""
    rows = {c.row.arm: c.row for c in card.everything.of(study).rows if c.row.approximation}
    said = []
    for arm, row in rows.items():
        title, why = card.arm_title(study, arm, lang), card.why_approximated(row, lang).rstrip(".")
        said.append(TEXTS[lang]["nearest"].format(arm=capital(title), why=why))
    return said


def _given(card: Any, lang: str) -> str:
    g, each = card.one_arm_given.to_json(), card.each_arm_given.to_json()
    if g is None:
        return ""
    names = {"half": "mae_best_rule", "same": "mae_same", "shift": "mae_flat_shift", "none": "mae_none", "mae": "mae"}
    figures = {name: number(g[key]) for name, key in names.items()}
    figures |= {f"each_{name}": number(each[names[name]]) for name in ("mae", "half")}
    cover = percent(g["coverage90"], lang)
    return TEXTS[lang]["given"].format(**figures, cover=cover, studies=g["studies"])


def _first(card: Any, lang: str) -> str:
    f = card.first_test.to_json()
    if f is None:
        return ""
    cover = percent(f["coverage90"], lang)
    return TEXTS[lang]["first"].format(**_numbers(f), cover=cover, studies=f["studies"], arms=f["arms"])


def _experts(card: Any, lang: str) -> str:
    d = card.to_json()["dellavigna_pope"]
    return "" if d is None else TEXTS[lang]["dvp"].format(**{k: number(x, 1) for k, x in d.items()})


def _three_figures(x: float) -> str:
    """Print a size with three figures that count, never as a power of ten."""
    return plain(x, max(0, 2 - floor(log10(x))) if x > 0 else 2)


def _numbers(found: dict[str, Any]) -> dict[str, str]:
    keys = ("mae", "mae_flat", "mae_none", "crps", "crps_flat")
    return {k: number(found[k]) for k in keys}
