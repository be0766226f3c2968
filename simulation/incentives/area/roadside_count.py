"""A roadside count: the observed rate of an area is shown to it, and no person is observed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import settles
from simulation.core.params import Baht, Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView, satang


class RoadsideCount(Scheme):
    """A count by the roadside once a month, of everybody who passes; a board then shows the locality its own rate.

    Nothing is known of any person: what is kept is one rate for each locality. Until the first count there is nothing
    to show. A rate above one's own pulls, and by at most 0.2 (Allcott 2011); posting the share of drivers who kept to
    the limit made more of them keep to it (Van Houten, Nau, Marini 1980).

    Worked scenario::

        [arms.board.schemes.count]
        kind = "roadside_count"
        behaviour = "helmet"
        baht_per_count = 500.0
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Roadside count", th="นับริมทางแล้วแจ้งพื้นที่")
    what: ClassVar[Text] = Text(
        en="A locality is shown how many act, counted by the roadside; nobody is observed by name.",
        th="แจ้งให้พื้นที่ทราบว่ามีผู้ทำกี่คนจากการนับริมทาง โดยไม่ระบุตัวผู้ใด",
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "area"
    literature: ClassVar[tuple[str, ...]] = (
        "Van Houten, Nau, Marini 1980, doi:10.1901/jaba.1980.13-383",
        "Allcott 2011, doi:10.1016/j.jpubeco.2011.03.003",
    )
    rests_on: ClassVar[Text] = Text(
        en="how often others act, where that is more often", th="ความถี่ที่ผู้อื่นทำ เมื่อมากกว่าของตน"
    )
    rewards_acts: ClassVar[bool] = False
    monthly: ClassVar[bool] = True
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "several studies"
    costs_most: ClassVar[Text] = Text(en="every locality is counted every month", th="นับทุกพื้นที่ทุกเดือน")

    kind: Literal["roadside_count"] = "roadside_count"
    baht_per_count: Baht = Field(
        default=0.0,
        description="Cost of one monthly count in one locality, baht.",
        json_schema_extra=unit("baht", "ค่านับ", "ต้นทุนของการนับหนึ่งครั้งในหนึ่งพื้นที่"),
    )

    def says(self) -> Text:
        """Say how much is given for what."""
        return Text(
            en="a board that shows the locality's rate, from a monthly roadside count",
            th="ป้ายแสดงอัตราของพื้นที่จากการนับริมทางเดือนละครั้ง",
        )

    def accounts(self) -> tuple[Account, ...]:
        """The rate of the last count by locality, and whether there was one; nothing about persons."""
        return (
            Account("counted_rate", np.float32, "share of opportunities", per="locality"),
            Account("counted", np.uint8, "0/1", per="locality"),
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """M = 1 and ref = the locality's rate at the last count, once there is one; C0, v0, c0."""
        shown = week.accounts["counted"].astype(np.float32) * np.float32(week.taper)
        return Offer(message=shown[people.locality], reference=week.accounts["counted_rate"][people.locality])

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Every 4th week, count everybody who passes and pay for the count."""
        if not settles(week.since_start):
            return Settlement()
        n = people.n_localities
        acts = np.bincount(people.locality, weights=week.acts, minlength=n)
        chances = np.bincount(people.locality, weights=week.opportunities, minlength=n)
        passed = chances > 0
        book["counted_rate"][passed] = (acts[passed] / chances[passed]).astype(np.float32)
        book["counted"][passed] = 1
        return Settlement(service_satang=int(passed.sum()) * satang(self.baht_per_count))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Every locality is counted, in a week that settles."""
        return people.n_localities * satang(self.baht_per_count) if settles(week.since_start) else 0
