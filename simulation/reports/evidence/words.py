"""The card's sentences: the answer, how sure it is, what to know beside it; terminal and page say the same."""

from __future__ import annotations

from typing import Any

from simulation.reports.evidence.texts import TEXTS, gain, number, percent


def answer(card: Any, lang: str) -> list[str]:
    """Return the score next to simple rules: unseen, one arm known, first seen, experts; errors lead."""
    t, zero = TEXTS[lang], card.zero_shot.to_json()
    if zero is None:
        return [t["none"]]
    said = [
        t["zero"].format(**_numbers(zero), studies=zero["studies"]),
        gain(card.zero_shot.difference("mae_flat"), lang),
        t["crps"].format(**_numbers(zero)),
        _given(card, lang),
        _first(card, lang),
        _experts(card, lang),
    ]
    return [x for x in said if x]


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
        said.append(t["apart_score"].format(**_numbers(apart), arms=apart["arms"]))
    return said


def notes(card: Any, lang: str) -> list[str]:
    """Return what to know beside the score, staleness first and the sign last."""
    t, p = TEXTS[lang], card.provenance
    said = [t["stale"].format(p.stale.get(lang))] if p.stale is not None else []
    said += [t["variants"].format(p.variants)] if p.variants is not None else []
    said += [t["not_scored"].format(card.listed)] if card.listed else []
    sign = card.zero_shot.mean("sign") if card.zero_shot.rows else None
    return said + ([t["sign"].format(percent(sign, lang))] if sign is not None else [])


def study_line(card: Any, study: str, lang: str) -> str:
    """Return a study's score beside the rules, and in its own unit where that is known."""
    t, part = TEXTS[lang], card.everything.of(study)
    figures = {what: number(part.mean(what)) for what in ("mae", "mae_flat", "mae_none")}
    inside = sum(c.score.inside for c in part.rows)
    said = t["study_line"].format(**figures, inside=inside, arms=len(part.rows))
    own, unit = part.own_error(), part.rows[0].row.unit
    if own is None or not unit:
        return said
    return f"{said}{' ' if lang == 'th' else '; '}{t['own_line'].format(own=f'{own:,.3g}', unit=unit)}"


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


def _numbers(found: dict[str, Any]) -> dict[str, str]:
    keys = ("mae", "mae_flat", "mae_none", "crps", "crps_flat")
    return {k: number(found[k]) for k in keys}
