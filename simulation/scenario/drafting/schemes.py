"""The schemes of a draft: amounts of the same worth for each kind, with where each number comes from."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from simulation.core.params import Text
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.check import to_toml
from simulation.incentives.fragment import own_parameters
from simulation.scenario.drafting.plan import Plan
from simulation.scenario.messages import example_of
from simulation.scenario.scheme_page import Parameter, parameters

_TICKET = 0.01
_WRITTEN = ("kind", "behaviour", "schedule", "enrolment", "target", "checks", "title", "budget_baht", "source", "mark")


@dataclass(frozen=True)
class Amount:
    """One parameter of a scheme as TOML, and where it comes from."""

    key: str
    value: str
    why: Text


def is_paid(kind: str) -> bool:
    """Tell whether a kind gives money or what is worth money: it needs a sum of baht, or is nothing without one."""
    cls = scheme_classes()[kind]
    return any(_is_sum(p) for p in parameters(cls) if not p.shared and (p.required or p.name in cls.amounts))


def _is_sum(p: Parameter) -> bool:
    return "baht" in (p.unit.en if p.unit is not None and p.unit.en else p.name)


def is_claimed(kind: str) -> bool:
    """Tell whether people claim their acts, so that `checks` says how claims are verified."""
    return scheme_classes()[kind].pays_on_claims


def reaches_everybody(kind: str) -> bool:
    """Tell whether a kind reaches everybody, whoever signs up for others: what only tells, and what is an area's."""
    cls = scheme_classes()[kind]
    of_all = cls.level == "area" or not cls.rewards_acts
    return of_all and own_parameters(cls).get("enrolment", {}).get("mode", "automatic") == "automatic"


def amounts(kind: str, plan: Plan) -> list[Amount]:
    """Return the parameters of a scheme of a kind."""
    worth, each = plan.usual_worth, three_digits(plan.usual_worth / plan.chances_a_month)
    same = Text(
        en=f"design: {worth:,g} baht a month for someone who always acts",
        th=f"ค่าที่เลือก: เดือนละ {worth:,g} บาทสำหรับผู้ที่ทำทุกครั้ง",
    )
    chosen = Text(en="design", th="ค่าที่เลือก")
    known: dict[str, list[Amount]] = {
        "points": [Amount("baht_per_act", toml_number(each), same)],
        "fee_discount": [
            Amount("baht_per_month", toml_number(worth), same),
            Amount("acts_needed_per_month", str(_half_the_chances(plan)), _HALF),
        ],
        "prize_draw": [
            Amount("prize_baht", toml_number(three_digits(each / _TICKET)), same),
            Amount("chance_per_act", toml_number(_TICKET), chosen),
        ],
        "recognition": [
            Amount("audience", '"named-to-group"', chosen),
            Amount("share_needed", "0.75", chosen),
            Amount(
                "baht_per_holder",
                "2.0",
                Text(en="design: a name in a monthly notice", th="ค่าที่เลือก: รายชื่อในประกาศรายเดือน"),
            ),
        ],
        "comparison": [
            Amount("reference", '"locality-mean"', chosen),
            Amount(
                "baht_per_message",
                "2.0",
                Text(en="design: a line on a monthly bill", th="ค่าที่เลือก: หนึ่งบรรทัดในใบแจ้งรายเดือน"),
            ),
        ],
        "matched_giving": [
            Amount("given_baht_per_act", toml_number(each), same),
            Amount("match_share", "1.0", Text(en="design: doubled", th="ค่าที่เลือก: สมทบเท่าตัว")),
        ],
        "matched_saving": [
            Amount("saved_baht_per_act", toml_number(each), same),
            Amount("match_share", "1.0", Text(en="design: doubled", th="ค่าที่เลือก: สมทบเท่าตัว")),
        ],
        "collective_goal": [
            Amount("goal_share", toml_number(_goal(plan.rate)), _ABOVE),
            Amount("fund_baht_per_household", toml_number(worth), same),
        ],
    }
    return known[kind] if kind in known else [_amount(kind, p, plan, same) for p in _needed(kind)]


_HALF = Text(en="design: half of a month's opportunities", th="ค่าที่เลือก: ครึ่งหนึ่งของโอกาสในเดือน")
_ABOVE = Text(en="design: above what is done today", th="ค่าที่เลือก: สูงกว่าที่ทำอยู่")
_EXAMPLE = Text(en="an example; change it", th="ตัวอย่าง ให้แก้ไข")


def _half_the_chances(plan: Plan) -> int:
    return max(1, min(60, math.ceil(plan.chances_a_month / 2)))


def _goal(rate: float) -> float:
    """Return a goal a tenth above the baseline, or half of what is left where that is less."""
    return round(rate + min(0.1, (1 - rate) / 2), 4)


def _needed(kind: str) -> list[Parameter]:
    """Return what a scheme of a kind must be told, but for what every draft writes."""
    return [
        p
        for p in parameters(scheme_classes()[kind])
        if p.required and p.name not in _WRITTEN and not re.search(r"[.\[]", p.name)
    ]


def _amount(kind: str, p: Parameter, plan: Plan, same: Text) -> Amount:
    """Return a parameter by its unit where the answers tell it, else as the kind's worked scenario has it."""
    cls = scheme_classes()[kind]
    worked, unit = own_parameters(cls), p.unit.en if p.unit is not None else ""
    if p.name == "goal_share":
        return Amount(p.name, toml_number(_goal(plan.rate)), _ABOVE)
    if unit in ("baht an act", "baht an hour"):
        return Amount(p.name, _within(p, three_digits(plan.usual_worth / plan.chances_a_month)), same)
    if unit == "baht a month" and cls.level == "individual":  # else it is a pot, or the budget of an organisation
        return Amount(p.name, _within(p, plan.usual_worth), same)
    if unit == "acts a month":
        return Amount(p.name, _within(p, _half_the_chances(plan)), _HALF)
    return Amount(p.name, to_toml(worked[p.name]) if p.name in worked else example_of(p.known), _EXAMPLE)


def _within(p: Parameter, x: float) -> str:
    return toml_number(x if p.known.high is None else min(x, p.known.high))


def three_digits(x: float) -> float:
    """Round to three digits that count."""
    return float(f"{x:.3g}")


def toml_number(x: float) -> str:
    """Write a number as TOML, without an exponent where it can be."""
    return f"{x:.0f}" if x == int(x) and abs(x) < 1e15 else f"{x:.15g}"
