"""The schemes of a draft: amounts of the same worth for each kind, with where each number comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulation.core.params import Text
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.check import to_toml
from simulation.incentives.fragment import own_parameters
from simulation.scenario.drafting.plan import Plan
from simulation.scenario.fields import known_field
from simulation.scenario.messages import example_of

MESSAGES = ("comparison", "collective_goal")
"""Kinds that reach everybody, whoever signs up for others."""
_UNPAID = ("recognition", "comparison")
_TICKET = 0.01
_WRITTEN = ("kind", "behaviour", "schedule", "enrolment", "target", "checks", "title", "budget_baht", "source", "mark")


@dataclass(frozen=True)
class Amount:
    """One parameter of a scheme as TOML, and where it comes from."""

    key: str
    value: str
    why: Text


def is_paid(kind: str) -> bool:
    """Tell whether a kind pays; one of others is taken to pay."""
    return kind not in _UNPAID


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
        "collective_goal": [
            Amount(
                "goal_share",
                toml_number(_goal(plan.rate)),
                Text(en="design: above what is done today", th="ค่าที่เลือก: สูงกว่าที่ทำอยู่"),
            ),
            Amount("fund_baht_per_household", toml_number(worth), same),
        ],
    }
    return known[kind] if kind in known else _of_others(kind)


_HALF = Text(en="design: half of a month's opportunities", th="ค่าที่เลือก: ครึ่งหนึ่งของโอกาสในเดือน")


def _half_the_chances(plan: Plan) -> int:
    return max(1, min(60, math.ceil(plan.chances_a_month / 2)))


def _goal(rate: float) -> float:
    """Return a goal a tenth above the baseline, or half of what is left where that is less."""
    return round(rate + min(0.1, (1 - rate) / 2), 4)


def _of_others(kind: str) -> list[Amount]:
    """Return examples of what another scheme must be told, of its worked scenario where it has one."""
    cls = scheme_classes()[kind]
    worked = own_parameters(cls)
    example = Text(en="an example; change it", th="ตัวอย่าง ให้แก้ไข")
    needed = [(name, f) for name, f in cls.model_fields.items() if f.is_required() and name not in _WRITTEN]
    return [
        Amount(name, to_toml(worked[name]) if name in worked else example_of(known_field(f, cls)), example)
        for name, f in needed
    ]


def three_digits(x: float) -> float:
    """Round to three digits that count."""
    return float(f"{x:.3g}")


def toml_number(x: float) -> str:
    """Write a number as TOML, without an exponent where it can be."""
    return f"{x:.0f}" if x == int(x) and abs(x) < 1e15 else f"{x:.15g}"
