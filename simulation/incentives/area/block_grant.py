"""A block grant: a pot that localities share by what their people do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import monthly_satang, settles
from simulation.core.params import Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.verification import recorded


class BlockGrant(Scheme):
    """A monthly pot that localities share, by their part of all acts or by how much they rise over their first month.

    The people are those eligible. With `by = "improvement"` the first month is measured and pays nothing; from then on
    a locality's part is its rise in the share of opportunities acted on, times its opportunities. What nobody has
    earned stays in the pot. A grant to an area is no money of anybody's own: it enters nobody's reasons (C0, v0). One
    act matters to mates by one part in the people of the locality, and doing better than the first month is a goal
    (K = 1). Olken, Onishi and Wong (2014) gave such grants to Indonesian sub-districts.

    Worked scenario::

        [arms.grant.schemes.block]
        kind = "block_grant"
        behaviour = "community"
        pot_baht_per_month = 20000.0
        by = "improvement"
        schedule = { start = 4, weeks = 52 }
    """

    label: ClassVar[Text] = Text(en="Performance-linked block grant", th="เงินอุดหนุนพื้นที่ตามผลงาน")
    what: ClassVar[Text] = Text(
        en="Localities share a pot by what their people do.",
        th="พื้นที่แบ่งเงินกองกลางตามสิ่งที่คนในพื้นที่ทำ",
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "area"
    literature: ClassVar[tuple[str, ...]] = ("Olken, Onishi, Wong 2014, doi:10.1257/app.6.4.1",)
    rests_on: ClassVar[Text] = Text(
        en="what one act adds for others; the grant itself enters nobody's reasons",
        th="สิ่งที่การกระทำหนึ่งเพิ่มให้ผู้อื่น ส่วนเงินอุดหนุนไม่เป็นเหตุผลของใคร",
    )
    pays_on_claims: ClassVar[bool] = True
    monthly: ClassVar[bool] = True
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "judgement"
    costs_most: ClassVar[Text] = Text(en="the whole pot is paid every month", th="จ่ายเงินกองกลางทั้งหมดทุกเดือน")
    amounts: ClassVar[tuple[str, ...]] = ("pot_baht_per_month",)

    kind: Literal["block_grant"] = "block_grant"
    pot_baht_per_month: float = Field(
        ge=0,
        le=1e10,
        description="The pot that localities share, baht a month.",
        json_schema_extra=unit("baht a month", "เงินกองกลาง", "เงินที่ทุกพื้นที่แบ่งกันต่อเดือน"),
    )
    by: Literal["acts", "improvement"] = Field(
        default="acts",
        description="What the parts go by: all acts, or the rise over the locality's own first month.",
        json_schema_extra=unit("", "แบ่งตาม", "acts จำนวนครั้งที่ทำ improvement ส่วนที่เพิ่มขึ้นจากเดือนแรกของพื้นที่เอง"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A grant, where there is a pot."""
        return ("block_grant",) if self.pot_baht_per_month else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        pot, acts = f"{self.pot_baht_per_month:,.10g}", self.by == "acts"
        return Text(
            en=f"localities share {pot} baht a month by "
            f"{'their part of all acts' if acts else 'how much they rise over their first month'}",
            th=f"พื้นที่แบ่งเงินเดือนละ {pot} บาท ตาม{'สัดส่วนของการกระทำทั้งหมด' if acts else 'ส่วนที่เพิ่มขึ้นจากเดือนแรกของตนเอง'}",
        )

    def for_fewer(self, share: float) -> Self:
        """Return it for a share of the people, the pot in proportion too."""
        pot = {"pot_baht_per_month": self.pot_baht_per_month * share}
        return super().for_fewer(share).model_copy(update=pot)

    def accounts(self) -> tuple[Account, ...]:
        """Acts and opportunities of the month, the first month's share and what is paid in all, by locality."""
        return (
            Account("acts_in_month", np.float64, "acts as recorded", per="locality"),
            Account("chances_in_month", np.int64, "opportunities", per="locality"),
            Account("first_rate", np.float64, "share of opportunities, first month", per="locality"),
            Account("measured", np.uint8, "0/1, first month known", per="locality"),
            Account("paid_satang", np.int64, "satang", per="locality"),
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """C0, v0, c0: the grant is the area's; Q = 1 / people of the locality, and K = 1 where a rise is the goal."""
        if not self.components:
            return Offer.none()
        size = np.bincount(people.locality, weights=week.eligible, minlength=people.n_localities)
        return Offer(
            commitment=float(self.by == "improvement"),
            pivotality=(1.0 / np.maximum(size, 1.0)).astype(np.float32)[people.locality],
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Every 4th week, share the month's pot, in whole satang, rounded down."""
        n, acts, chances = people.n_localities, book["acts_in_month"], book["chances_in_month"]
        acts += np.bincount(people.locality, recorded(week, self.checks) * week.eligible, n)
        chances += np.bincount(people.locality, week.opportunities * week.eligible, n).astype(np.int64)
        if not settles(week.since_start):
            return Settlement()
        earned = self._earned(book)
        pot, total = monthly_satang(self.pot_baht_per_month * week.taper), float(earned.sum())
        due = np.floor(pot * (earned / total)).astype(np.int64) if total > 0 else np.zeros(n, np.int64)
        book["paid_satang"][:] += due
        acts[:] = 0
        chances[:] = 0
        return Settlement(area_paid_satang=int(due.sum()))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """The whole pot, in a week that settles."""
        return monthly_satang(self.pot_baht_per_month) if settles(week.since_start) else 0

    def _earned(self, book: Mapping[str, NDArray[Any]]) -> NDArray[np.float64]:
        """Return what each locality's part goes by; notes the first month, which earns nothing by improvement."""
        acts, chances = book["acts_in_month"], book["chances_in_month"]
        if self.by == "acts":
            return np.asarray(acts, dtype=np.float64)
        rate, known = acts / np.maximum(chances, 1), book["measured"] > 0
        rise = np.where(known, np.maximum(rate - book["first_rate"], 0.0) * chances, 0.0)
        fresh = ~known & (chances > 0)
        book["first_rate"][fresh] = rate[fresh]
        book["measured"][fresh] = 1
        return np.asarray(rise, dtype=np.float64)
