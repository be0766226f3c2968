"""A team goal: mates in an organisation earn for one another, for each act, or only where the whole team acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Text, unit
from simulation.incentives.base import Offer, People, Scheme, Settlement, Strength, WeekView, satang
from simulation.incentives.coding import CONTROLLING
from simulation.incentives.teams import Teams, crew_of, teams_of
from simulation.incentives.verification import claims


class TeamGoal(Scheme):
    """Teams within organisations: each act of one earns every mate as much, or all earn only where all act.

    In the additive rule every member gets the amount for each act done in the team, so one's act brings a mate what it
    brings oneself (Q = 1; the combined arm of Patel and others 2016). In the all-or-nothing rule, with the same money
    at most, every member gets the amount times the size of the team for each opportunity that the whole team takes:
    v = bonus x chance that all others succeed, and Q is that chance, from the mates' chances of last week. Members who
    take part count; days are taken as independent of one another.

    Worked scenario::

        [arms.team.schemes.mates]
        kind = "team_goal"
        behaviour = "exercise"
        baht_per_act = 2.0
        team_size = 4
        rule = "additive"
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Team goal", th="เป้าหมายของทีม")
    what: ClassVar[Text] = Text(
        en="Team-mates in an organisation earn for one another.",
        th="เพื่อนร่วมทีมในองค์กรได้รับรางวัลจากการกระทำของกันและกัน",
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "organisation"
    literature: ClassVar[tuple[str, ...]] = (
        "Patel and others 2016, doi:10.1007/s11606-016-3627-0",
        "Gershon, Cryder, Milkman 2024, doi:10.2139/ssrn.4750266",
    )
    rests_on: ClassVar[Text] = Text(
        en="money, and what one act adds for mates", th="ตัวเงิน และสิ่งที่การกระทำหนึ่งเพิ่มให้เพื่อนร่วมทีม"
    )
    pays_on_claims: ClassVar[bool] = True
    strength: ClassVar[Strength] = "several studies"
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_act",)
    controlling: ClassVar[float] = CONTROLLING["goods, points, team"]
    needs_ties: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(
        en="everybody eligible in a team acts at every chance", th="ผู้มีสิทธิ์ทุกคนในทีมทำทุกครั้งที่มีโอกาส"
    )

    kind: Literal["team_goal"] = "team_goal"
    baht_per_act: float = Field(
        ge=0,
        le=1e4,
        description="What each member of the team gets for an act in it, baht.",
        json_schema_extra=unit("baht an act", "เงินต่อการกระทำ", "เงินที่สมาชิกแต่ละคนในทีมได้รับจากการกระทำหนึ่งครั้งในทีม"),
    )
    team_size: int = Field(
        default=4,
        ge=2,
        le=100,
        description="Members of a team, as near as its organisation allows.",
        json_schema_extra=unit("members", "ขนาดทีม", "จำนวนสมาชิกต่อทีม ใกล้เคียงที่สุดเท่าที่องค์กรเอื้อ"),
    )
    rule: Literal["additive", "all-or-nothing"] = Field(
        default="additive",
        description="additive: each act earns; all-or-nothing: only chances that the whole team takes.",
        json_schema_extra=unit("", "กติกา", "additive ทุกการกระทำได้รับเงิน all-or-nothing ได้เฉพาะโอกาสที่ทุกคนในทีมทำ"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A team reward, unless it is worth nothing."""
        return (f"team_goal:{self.rule}",) if self.baht_per_act else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        baht, size = f"{self.baht_per_act:,.10g}", self.team_size
        if self.rule == "additive":
            return Text(
                en=f"{baht} baht to every member of a team of about {size} for each act in it",
                th=f"สมาชิกทุกคนในทีมราว {size} คนได้ {baht} บาทต่อการกระทำหนึ่งครั้งในทีม",
            )
        return Text(
            en=f"{baht} baht times the team's size, of about {size}, to every member for each chance that all take",
            th=f"สมาชิกทุกคนในทีมราว {size} คนได้ {baht} บาทคูณขนาดทีม ต่อโอกาสหนึ่งครั้งที่ทุกคนในทีมทำ",
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """Additive: C1, v = amount, Q1; all-or-nothing: v = bonus x chance of the mates, Q = that chance; c .5."""
        if not self.components:
            return Offer.none()
        teams = teams_of(people, week.eligible, self.team_size)
        crew = crew_of(week)
        mates = teams.total(crew) - crew[teams.rows]
        chance = np.ones(len(teams.rows)) if self.rule == "additive" else _mates_chance(teams, crew, week)
        bonus = self.baht_per_act * week.taper * (1.0 if self.rule == "additive" else mates + 1.0)

        def column(values: Any) -> NDArray[np.float32]:
            return teams.to_citizens(values, np.float32, people.n)

        return Offer(
            contingent=column(1.0),
            value_baht=column(bonus * chance),
            pivotality=column(chance * (mates > 0)),
            controlling=self.controlling,
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay those who take part for what their team did this week."""
        teams = teams_of(people, week.eligible, self.team_size)
        live, each = week.live[teams.rows], satang(self.baht_per_act * week.taper)
        if self.rule == "additive":
            due = teams.total(claims(week, self.checks)) * each
        else:
            had = (week.opportunities > 0) & (week.live > 0)
            share = np.where(had, claims(week, self.checks) / np.maximum(week.opportunities, 1), 1.0)[teams.rows]
            together = teams.product(share) * max(1, round(week.n)) * (teams.total(had.astype(np.int64)) > 0)
            due = np.rint(teams.total(week.live) * each * together).astype(np.int64)
        return Settlement(teams.to_citizens(due * live, np.int64, people.n))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible in a team acts at every opportunity: each earns for all."""
        teams = teams_of(people, week.eligible, self.team_size)
        return int(teams.total(week.eligible).sum()) * max(1, round(week.n)) * satang(self.baht_per_act)


def _mates_chance(teams: Teams, crew: NDArray[np.uint8], week: WeekView) -> NDArray[np.float64]:
    """Return the chance that all mates who take part act at one opportunity, as last week stood."""
    own = np.full(len(crew), week.baseline) if week.society is None else week.society.chance().astype(np.float64)
    counted = np.where(crew > 0, own, 1.0)[teams.rows]
    return np.minimum(teams.product(counted) / counted, 1.0)
