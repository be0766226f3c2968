"""A group bonus: what each act earns is shared equally by the group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Text, unit
from simulation.incentives.base import Offer, People, Scheme, Settlement, Strength, WeekView, satang
from simulation.incentives.coding import CONTROLLING
from simulation.incentives.teams import crew_of, teams_of
from simulation.incentives.verification import claims


class GroupBonus(Scheme):
    """Each act earns a bonus that the members of the group share equally.

    One's own act is worth the bonus over the number of members, and adds as much for each mate (Muralidharan and
    Sundararaman 2011). Members who take part share; what cannot be split to the satang stays with the budget.

    Worked scenario::

        [arms.bonus.schemes.shared]
        kind = "group_bonus"
        behaviour = "volunteer"
        baht_per_act = 20.0
        group_size = 8
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Group bonus", th="โบนัสกลุ่ม")
    what: ClassVar[Text] = Text(
        en="What each act earns is shared equally by the group.", th="เงินที่ได้จากการกระทำแต่ละครั้งแบ่งให้ทุกคนในกลุ่มเท่ากัน"
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "organisation"
    literature: ClassVar[tuple[str, ...]] = ("Muralidharan, Sundararaman 2011, doi:10.1086/659655",)
    rests_on: ClassVar[Text] = Text(
        en="money, and what one act adds for mates", th="ตัวเงิน และสิ่งที่การกระทำหนึ่งเพิ่มให้เพื่อนในกลุ่ม"
    )
    pays_on_claims: ClassVar[bool] = True
    strength: ClassVar[Strength] = "one study"
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_act",)
    controlling: ClassVar[float] = CONTROLLING["goods, points, team"]
    costs_most: ClassVar[Text] = Text(
        en="everybody eligible in an organisation acts at every chance", th="ผู้มีสิทธิ์ทุกคนในองค์กรทำทุกครั้งที่มีโอกาส"
    )

    kind: Literal["group_bonus"] = "group_bonus"
    baht_per_act: float = Field(
        ge=0,
        le=1e6,
        description="What one act earns the group, baht.",
        json_schema_extra=unit("baht an act", "โบนัสต่อการกระทำ", "เงินที่การกระทำหนึ่งครั้งทำให้กลุ่มได้รับ"),
    )
    group_size: Annotated[int, Field(ge=2, le=10_000)] | None = Field(
        default=None,
        description="Members of a group, as near as its organisation allows; left out: the whole organisation.",
        json_schema_extra=unit("members", "ขนาดกลุ่ม", "จำนวนสมาชิกต่อกลุ่ม ถ้าไม่เขียนคือทั้งองค์กร"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A shared bonus, unless it is worth nothing."""
        return ("group_bonus",) if self.baht_per_act else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        baht, size = f"{self.baht_per_act:,.10g}", self.group_size
        group, group_th = (
            ("its organisation", "ทั้งองค์กร") if size is None else (f"a group of about {size}", f"กลุ่มราว {size} คน")
        )
        return Text(en=f"{baht} baht an act, shared equally by {group}", th=f"ครั้งละ {baht} บาท แบ่งเท่ากันใน{group_th}")

    def offer(self, people: People, week: WeekView) -> Offer:
        """C1, v = bonus / g, Q = 1 / g, c .5; g are the members who take part, oneself included."""
        if not self.components:
            return Offer.none()
        teams = teams_of(people, week.eligible, self.group_size)
        crew = crew_of(week)
        mates = teams.total(crew) - crew[teams.rows]

        def column(values: Any) -> NDArray[np.float32]:
            return teams.to_citizens(values, np.float32, people.n)

        return Offer(
            contingent=column(1.0),
            value_baht=column(self.baht_per_act * week.taper / (mates + 1.0)),
            pivotality=column((mates > 0) / (mates + 1.0)),
            controlling=self.controlling,
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Share what the group earned this week among those who take part."""
        teams = teams_of(people, week.eligible, self.group_size)
        earned = teams.total(claims(week, self.checks)) * satang(self.baht_per_act * week.taper)
        each = earned // np.maximum(teams.total(week.live), 1) * week.live[teams.rows]
        return Settlement(teams.to_citizens(each, np.int64, people.n))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible in an organisation acts at every opportunity."""
        members = int(week.eligible[people.organisation >= 0].sum())
        return members * max(1, round(week.n)) * satang(self.baht_per_act)
