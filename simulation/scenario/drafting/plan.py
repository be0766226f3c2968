"""The answers from which a scenario is drafted, with a default for each that follows from those before it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from simulation.core.params import Text
from simulation.scenario.drafting.facts import Fact, Province, behaviours, provinces

WEEKS_OF_A_MONTH = 52 / 12
MOST_WEEKS = 5200
OWN = Fact(
    "own_behaviour",
    Text(en="A behaviour of one's own", th="พฤติกรรมที่กำหนดเอง"),
    0.3,
    "design",
    "",
    "",
    1.0,
    "citizen",
    0.6,
    "",
    "",
)
"""What is assumed of a behaviour that is not in the table."""


def _bangkok() -> Province:
    return next(p for p in provinces() if p.iso == "TH-10")


def _waste() -> Fact:
    return next(f for f in behaviours() if f.id == "waste_sort")


@dataclass(frozen=True)
class Plan:
    """What has been answered; None where nothing was, so that the default holds."""

    province: Province = field(default_factory=_bangkok)
    fact: Fact = field(default_factory=_waste)
    title: str | None = None
    question: str | None = None
    decider: str | None = None
    citizens: int = 10_000
    baseline: float | None = None
    opportunities: float | None = None
    dynamics: str = "flow"
    kinds: tuple[str, ...] = ("points", "recognition", "comparison")
    worth: float = 100.0
    eligible: str = "everybody"
    mode: str = "opt-in"
    friction: str = "web-form"
    start: int = 4
    weeks: int = 26
    after: int = 28
    budget: float | None = None
    replicates: int = 60
    smallest: float = 1.0

    def with_(self, name: str, value: Any) -> Plan:
        """Return a copy with one answer."""
        return replace(self, **{name: value})

    @property
    def horizon(self) -> int:
        """Weeks in all."""
        return self.start + self.weeks + self.after

    @property
    def who(self) -> str:
        """Who decides: citizen or household."""
        return self.decider or self.fact.decider

    @property
    def rate(self) -> float:
        """Share of opportunities acted on without a scheme."""
        return self.fact.baseline if self.baseline is None else self.baseline

    @property
    def chances(self) -> float:
        """Opportunities a week."""
        return self.fact.opportunities if self.opportunities is None else self.opportunities

    @property
    def chances_a_month(self) -> float:
        """Opportunities a month."""
        return self.chances * WEEKS_OF_A_MONTH

    @property
    def usual_worth(self) -> float:
        """Baht a month that someone who always acts is given, at most what every kind can express."""
        return min(self.worth, self.most_worth)

    @property
    def most_worth(self) -> float:
        """The most baht a month that every kind can express at these opportunities."""
        return float(f"{min(1e6, 0.99e6 * self.chances_a_month):.2g}")

    @property
    def titles(self) -> Text:
        """Return the title that follows from behaviour and place."""
        what, where = self.fact.title, self.province.name
        return Text(en=f"{what.en}, {where.en}", th=f"{what.th} {where.th}")

    @property
    def questions(self) -> Text:
        """Return the question that follows from behaviour and place."""
        what, where = self.fact.title, self.province.name
        return Text(
            en=f"Which positive incentive does most for {what.en[:1].lower()}{what.en[1:]} in {where.en}, "
            "and what is left when it ends?",
            th=f"แรงจูงใจเชิงบวกแบบใดได้ผลมากที่สุดต่อ “{what.th}” ใน{where.th} และเหลือผลเท่าใดเมื่อสิ้นสุด",
        )
