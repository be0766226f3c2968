"""Matched giving: each act is topped up for a cause, or for one's own savings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Text, unit
from simulation.incentives.base import Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.verification import claimed_satang


class MatchedGiving(Scheme):
    """A sum given with each act is matched. For a cause the match has no worth of its own; on own saving it is money.

    The response hardly depends on the size of the match (Karlan and List 2007); match on saving: Duflo and others 2006.

    Worked scenario::

        [arms.match.schemes.doubled]
        kind = "matched_giving"
        behaviour = "disaster_help"
        given_baht_per_act = 50.0
        match_share = 1.0
        enrolment = { mode = "opt-in", friction = "one-tap" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Matched giving", th="สมทบการให้")
    what: ClassVar[Text] = Text(en="What people give with each act is topped up.", th="เงินที่ให้ในแต่ละครั้งได้รับการสมทบ")
    literature: ClassVar[tuple[str, ...]] = (
        "Karlan, List 2007, doi:10.1257/aer.97.5.1774",
        "Duflo and others 2006, doi:10.1162/qjec.121.4.1311",
    )
    rests_on: ClassVar[Text] = Text(
        en="any acknowledgement of an act",
        th="การตอบแทนการกระทำไม่ว่าเท่าใด",
    )
    strength: ClassVar[Strength] = "several studies"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(en="everybody eligible gives at every chance", th="ผู้มีสิทธิ์ทุกคนให้เงินทุกครั้งที่มีโอกาส")
    amounts: ClassVar[tuple[str, ...]] = ("match_share",)

    kind: Literal["matched_giving"] = "matched_giving"
    given_baht_per_act: float = Field(
        ge=0,
        le=1e6,
        description="What a person gives with an act, baht.",
        json_schema_extra=unit("baht an act", "เงินที่ให้", "เงินที่คนหนึ่งให้ในแต่ละครั้ง"),
    )
    match_share: float = Field(
        ge=0,
        le=10,
        description="Match for each baht given.",
        json_schema_extra=unit("baht for each baht", "อัตราสมทบ", "เงินสมทบต่อเงินที่ให้หนึ่งบาท"),
    )
    own_saving: bool = Field(
        default=False,
        description="true: the match goes to one's own savings.",
        json_schema_extra=unit("", "เงินออมของตน", "true เงินสมทบเข้าเงินออมของตนเอง"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A match, where there is one."""
        return ("matched_giving",) if self.given_baht_per_act * self.match_share > 0 else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        given, match = f"{self.given_baht_per_act:,.10g}", f"{self.given_baht_per_act * self.match_share:,.10g}"
        to, to_th = ("one's own savings", "เงินออมของตน") if self.own_saving else ("the cause", "กิจกรรมที่รับบริจาค")
        return Text(
            en=f"{match} baht are added to {to} for each act in which {given} baht are given",
            th=f"สมทบ {match} บาทให้{to_th} ต่อครั้งที่ให้ {given} บาท",
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, c = 0; v = 0, or the match where it is one's own."""
        if not self.components:
            return Offer.none()
        value = self.given_baht_per_act * self.match_share * week.taper if self.own_saving else 0.0
        return Offer(contingent=1.0, value_baht=value, controlling=self.controlling)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Match every claimed act of those who take part."""
        each = self.given_baht_per_act * self.match_share * week.taper * 100
        return Settlement(claimed_satang(week, self.checks, each))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible gives at every opportunity; exact, for the sum is rounded once, as in `settle`."""
        each = self.given_baht_per_act * self.match_share * week.taper * 100
        return int(week.eligible.sum()) * round(max(1, round(week.n)) * each)
