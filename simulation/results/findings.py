"""From outcomes to findings, by rules fixed beforehand. A finding that no rule names is not put into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from simulation.results.behind import Behind
from simulation.results.by_scheme import SchemeSums
from simulation.results.intervals import LEAST_FOR_INTERVAL, Estimate, Floats, at_least_likely, likelihood, needed
from simulation.results.ledgers import Money, budget_words, claim_words


@dataclass(frozen=True)
class Finding:
    """A finding, the arms it is about (best first) and the numbers of its sentence."""

    kind: str
    arms: tuple[str, ...]
    values: dict[str, Any] = field(default_factory=dict)


class _Facts(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def strength(self) -> str: ...
    @property
    def behind(self) -> Behind | None: ...
    @property
    def window(self) -> Any: ...
    @property
    def schemes(self) -> tuple[Any, ...]: ...


class _Arm(Protocol):
    @property
    def facts(self) -> _Facts: ...
    @property
    def effects(self) -> Floats: ...
    @property
    def effect(self) -> Estimate: ...
    @property
    def effect_after(self) -> Estimate | None: ...
    @property
    def kept_share(self) -> Estimate | None: ...
    @property
    def budget_closed(self) -> tuple[int, int] | None: ...
    @property
    def take_up(self) -> Estimate | None: ...
    @property
    def groups(self) -> Any: ...
    @property
    def cost_per_act(self) -> Estimate | None: ...
    @property
    def money(self) -> Money | None: ...
    @property
    def schemes(self) -> tuple[SchemeSums, ...]: ...
    @property
    def per_society(self) -> dict[str, Floats]: ...


def find(
    arms: Any, societies: int, delta: float, parameters: str, ceiling_baht: float | None = None
) -> tuple[Finding, ...]:
    """Return the findings, the headline first. `arms` are in the order of their effect; delta is in pp.

    `ceiling_baht` is the most an additional act may cost.
    """
    if not arms:
        return (Finding("nothing to compare", ()),)
    if societies < LEAST_FOR_INTERVAL:
        few = Finding("too few", tuple(a.facts.name for a in arms), {"R": societies})
        return (few, *(f for a in arms for f in (*_of_budget(a, societies), *_of_evidence(a))))
    headline = _headline(arms, societies, delta)
    found = [headline, *(f for a in arms for f in _of_one(a, societies, delta, ceiling_baht))]
    return tuple(found)


def _headline(arms: Any, n: int, delta: float) -> Finding:
    names = tuple(a.facts.name for a in arms)
    if all(at_least_likely(float((np.abs(a.effects) < delta).sum()), n) for a in arms):
        return Finding("all without effect", names, {"delta": delta})
    first = arms[0]
    works = float((first.effects > delta).sum())
    if len(arms) == 1:
        kind = "works" if at_least_likely(works, n) else "one not settled"
        return Finding(kind, names, {"n": int(works), "R": n, "word": likelihood(works, n)})
    wins = [float((first.effects > b.effects).sum()) for b in arms[1:]]
    fewest = min(wins)
    rival = arms[1 + wins.index(fewest)]
    values = {"R": n, "needed": needed("likely", n), "word": likelihood(fewest, n), "delta": delta, "n": int(fewest)}
    second = arms[1]
    close = float((np.abs(first.effects - second.effects) < delta).sum())
    if at_least_likely(close, n):  # however often the first is ahead, by so little it is no reason to choose it
        return Finding("tie", (first.facts.name, second.facts.name), {**values, "n": int(close)})
    if at_least_likely(fewest, n) and at_least_likely(works, n):
        return Finding("clear winner", (first.facts.name, rival.facts.name), values)
    if at_least_likely(fewest, n):  # ahead of the others, and what is not settled is whether it does enough to matter
        values |= {"works": int(works)}
    return Finding("not settled", (first.facts.name, rival.facts.name), values)


def _of_one(a: _Arm, n: int, delta: float, ceiling: float | None) -> list[Finding]:
    name, found = (a.facts.name,), []
    inside = float((np.abs(a.effects) < delta).sum())
    if not a.effects.any():
        found.append(Finding("exactly none", name))
    elif at_least_likely(inside, n):
        found.append(Finding("no effect", name, {"n": int(inside), "R": n, "delta": delta}))
    elif a.effect.low is not None and a.effect.high is not None and a.effect.low <= 0.0 <= a.effect.high:
        found.append(Finding("not told from none", name, {"effect": a.effect}))
    found += [Finding(kind, name, {"kept": a.kept_share}) for kind in _afterwards(a, n)]
    found += _of_harm(a, n, delta)
    found += _of_budget(a, n)
    if a.take_up is not None and a.take_up.high is not None and a.take_up.high < 0.2:
        found.append(Finding("few join", name, {"take_up": a.take_up}))
    found += _of_cost(a, n, ceiling)
    found += [Finding(kind, name, values) for kind, values in claim_words(a.money)]
    if a.facts.strength == "judgement":
        found.append(Finding("rests on judgement", name))
    found += _of_evidence(a)
    found += [
        Finding("fewer join", name, {"kind": g.kind, "group": g.group, "x": g.take_up, "all": a.take_up})
        for g in a.groups
        if g.fewer_join
    ]
    found += [
        Finding("left behind", name, {"kind": g.kind, "group": g.group, "x": g.effect, "all": a.effect})
        for g in a.groups
        if g.left_behind
    ]
    return found


def _of_evidence(a: _Arm) -> list[Finding]:
    """Return that an arm may work by what no study tells, and that it lies outside what studies cover."""
    there = a.facts.behind
    if there is None:
        return []
    weak = [Finding("leans on weak evidence", (a.facts.name,), {"mechanisms": there.weak})] if there.weak else []
    outside = [Finding("outside the evidence", (a.facts.name,), {"beyond": there.beyond})] if there.beyond else []
    return weak + outside


def _of_harm(a: _Arm, n: int, delta: float) -> list[Finding]:
    """Return that an arm likely does harm, while it runs or, where it does not then, after it ends."""
    after = a.per_society.get("effect_after_pp", np.zeros(0))
    when = (("while it runs", a.effects, a.effect), ("after it ends", after, a.effect_after))
    for words, values, e in when:
        if e is not None and at_least_likely(float((values < -delta).sum()), n):
            return [Finding("backfires", (a.facts.name,), {"effect": e, "when": words})]
    return []


def _afterwards(a: _Arm, n: int) -> list[str]:
    """Return "fades" where less than a quarter of the effect is likely left 26 weeks after, "lasts" above half."""
    left, last = a.per_society.get("kept_share"), a.per_society.get("last_pp")
    if left is None or last is None or a.kept_share is None or not np.isfinite(left).all():
        return []
    some = last > 0.0
    fades = at_least_likely(float((some & (left < 0.25 * last)).sum()), n)
    lasts = at_least_likely(float((some & (left > 0.5 * last)).sum()), n)
    return ["fades"] * fades + ["lasts"] * lasts


def _of_budget(a: _Arm, n: int) -> list[Finding]:
    """Return that the money ends before a scheme does, or never suffices for a week, and in how many of them.

    Where an arm has several schemes each has its own findings, with its name.
    """
    name = (a.facts.name,)
    if len(a.schemes) > 1 and a.money is not None:
        starts = {s.name: s.start for s in a.facts.schemes}
        return [
            Finding(kind, name, {**values, "scheme": s.name})
            for s in a.schemes
            for kind, values in (*_closing_words(s, n, starts.get(s.name, 0)), *budget_words(s, n))
        ]
    alone = a.schemes[0] if len(a.schemes) == 1 else None
    cuts = [Finding(kind, name, values) for kind, values in budget_words(a.money, n)]
    if a.budget_closed is None:
        return cuts
    start = a.facts.window.start if a.facts.window is not None else 0
    pro_rata = a.money is not None and a.money.pro_rata
    kind, values = _closing(a.budget_closed, n, start, pro_rata)
    left = {} if alone is None else {"left": alone.left_baht, "scheme": alone.name}
    return [Finding(kind, name, {**values, **left}), *cuts]


def _closing_words(s: SchemeSums, n: int, start: int) -> Iterator[tuple[str, dict[str, Any]]]:
    if s.closed is not None:
        kind, values = _closing(s.closed, n, start, s.when_spent == "pro-rata")
        yield kind, {**values, "left": s.left_baht}


def _closing(closed: tuple[int, int], n: int, start: int, pro_rata: bool) -> tuple[str, dict[str, Any]]:
    """Return kind and values of what is to be said of an offer that its budget closes: in how many, in which week."""
    count, week = closed
    values = {"n": count, "R": n, "week": week}
    if pro_rata:
        return "budget is spent", values
    if count * 2 < n:
        return "budget closes in some", values
    return "budget never opens" if week <= start else "budget closes early", values


def _of_cost(a: _Arm, n: int, ceiling: float | None) -> list[Finding]:
    """Return what is to be said of the cost of an additional act: above the ceiling, or drawn by a few societies."""
    e, cost, extra = a.cost_per_act, a.per_society.get("cost_baht"), a.per_society.get("extra_acts")
    if e is None or cost is None or extra is None:
        return []
    name, found = (a.facts.name,), []
    if ceiling is not None and at_least_likely(float(((cost > 0.0) & (cost > ceiling * extra)).sum()), n):
        found.append(Finding("too costly", name, {"cost": e, "ceiling": ceiling}))
    paid = int((cost > 0.0).sum())
    if (paid > 0 and paid * 2 < n) or (e.high is not None and e.mean > e.high):
        found.append(Finding("cost in few", name, {"n": paid, "R": n}))
    return found
