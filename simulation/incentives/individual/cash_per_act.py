"""Cash for each act, paid at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.caps import Caps, capped
from simulation.incentives.verification import claimed_satang


class CashPerAct(Scheme):
    """Cash in hand for each act, in the week it is done.

    The jump at any contingent reward and the log of its worth follow DellaVigna and Pope (2018) and Thornton (2008).
    Cash feels the most controlling of all rewards (Deci, Koestner and Ryan 1999), so what it crowds out shows once it
    ends. `caps` bound what one person can earn.

    Worked scenario::

        [arms.cash.schemes.per_lesson]
        kind = "cash_per_act"
        behaviour = "learning"
        baht_per_act = 50.0
        caps = { baht_in_all = 500.0 }
        enrolment = { mode = "opt-in", friction = "web-form" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Cash for each act", th="เงินสดต่อครั้ง")
    what: ClassVar[Text] = Text(en="Each act is paid in cash at once.", th="จ่ายเงินสดทันทีเมื่อทำแต่ละครั้ง")
    literature: ClassVar[tuple[str, ...]] = (
        "DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",
        "Thornton 2008, doi:10.1257/aer.98.5.1829",
        "Deci, Koestner, Ryan 1999, doi:10.1037/0033-2909.125.6.627",
    )
    rests_on: ClassVar[Text] = Text(
        en="any reward for an act, and the logarithm of its worth",
        th="การมีรางวัล และลอการิทึมของมูลค่า",
    )
    strength: ClassVar[Strength] = "several studies"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(en="everybody eligible acts at every chance", th="ผู้มีสิทธิ์ทุกคนทำทุกครั้งที่มีโอกาส")
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_act",)
    controlling: ClassVar[float] = 1.0

    kind: Literal["cash_per_act"] = "cash_per_act"
    baht_per_act: float = Field(
        ge=0,
        le=1e6,
        description="Cash for an act, baht.",
        json_schema_extra=unit("baht an act", "เงินสดต่อครั้ง", "การกระทำหนึ่งครั้งได้เงินสดกี่บาท"),
    )
    caps: Caps = Field(
        default=Caps(),
        description="The most that one person can earn.",
        json_schema_extra=unit("", "เพดานต่อคน", "คนหนึ่งได้รับไม่เกินเท่าใด"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """Cash, where there is any."""
        return ("cash_per_act",) if self.baht_per_act else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        baht, (en, th) = f"{self.baht_per_act:,.10g}", self.caps.said()
        return Text(en=f"{baht} baht in cash for each act{en}", th=f"เงินสด {baht} บาทต่อครั้ง{th}")

    def accounts(self) -> tuple[Account, ...]:
        """What each citizen earned, under a cap; nothing without one."""
        return self.caps.accounts()

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = the cash, c = 1; C = v = 0 for those who have reached a cap."""
        if not self.components:
            return Offer.none()
        full = self.baht_per_act * week.taper
        near = capped(week, self.caps, full)
        if near is None:
            return Offer(contingent=1.0, value_baht=full, controlling=self.controlling)
        contingent, value = near
        return Offer(contingent=contingent, value_baht=value, controlling=self.controlling, weekly_value_baht=full)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay every claimed act of those who take part, within the caps."""
        if not self.components:
            return Settlement()
        each = self.baht_per_act * week.taper * 100
        if self.caps.some:
            return Settlement(self.caps.credit(week, self.checks, each, book))
        return Settlement(claimed_satang(week, self.checks, each))

    def greatest_in_all(self, people: People, week: WeekView) -> int | None:
        """Everybody eligible earns up to the cap."""
        most = self.caps.most_in_all(self.baht_per_act * 100)
        return None if most is None else int(week.eligible.sum()) * most

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible acts at every opportunity."""
        most = self.caps.most_satang(max(1, round(week.n)), self.baht_per_act * week.taper * 100)
        return int(week.eligible.sum()) * most
