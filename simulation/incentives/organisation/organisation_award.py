"""An award for organisations: those whose members act most often together are honoured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import reached, settles
from simulation.core.params import Baht, Share, Text, unit
from simulation.incentives.adoption import Adoption, Audience
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView, satang
from simulation.incentives.coding import VISIBILITY
from simulation.incentives.verification import recorded


class OrganisationAward(Scheme):
    """A monthly honour for organisations: all at or above a share of chances acted on, or the best of them.

    Members have their part in the honour before its audience (V), the less the more organisations hold it (S). Where
    organisations decide whether to run the scheme, the award is what they may gain by it, and only those can earn it.
    Organisations with few members are left out: their share is luck, and would tell of single people.

    Worked scenario::

        [arms.award.schemes.shield]
        kind = "organisation_award"
        behaviour = "waste_sort"
        audience = "named-to-group"
        best_share = 0.1
        baht_per_award = 500.0
        organisations = { baseline = 0.1 }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Organisation award", th="รางวัลองค์กร")
    what: ClassVar[Text] = Text(
        en="Organisations whose members act most often are honoured.", th="ยกย่ององค์กรที่สมาชิกร่วมกันทำสม่ำเสมอ"
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "organisation"
    literature: ClassVar[tuple[str, ...]] = ("Benabou, Tirole 2006, doi:10.1257/aer.96.5.1652",)
    rests_on: ClassVar[Text] = Text(
        en="recognition of persons, carried over to organisations", th="การยกย่องบุคคล ซึ่งนำมาใช้กับองค์กร"
    )
    pays_on_claims: ClassVar[bool] = True
    monthly: ClassVar[bool] = True
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "judgement"
    costs_most: ClassVar[Text] = Text(en="every organisation is honoured every month", th="ทุกองค์กรได้รับการยกย่องทุกเดือน")

    kind: Literal["organisation_award"] = "organisation_award"
    audience: Audience = Field(
        description="Who sees the honour.",
        json_schema_extra=unit(
            "",
            "ผู้รับรู้",
            "officials เจ้าหน้าที่ own-rank แจ้งลำดับเป็นการส่วนตัว team ทีม household ครัวเรือน named-to-group ประกาศชื่อในกลุ่ม",
        ),
    )
    share_needed: Share = Field(
        default=0.6,
        description="Share of a month's chances acted on that earns the honour, where best_share is 0.",
        json_schema_extra=unit(
            "share of opportunities", "สัดส่วนที่ต้องทำ", "สัดส่วนของโอกาสในเดือนที่สมาชิกร่วมกันทำจึงได้รับ ใช้เมื่อ best_share เป็น 0"
        ),
    )
    best_share: Share = Field(
        default=0.0,
        description="Share of organisations that are honoured, the highest first; 0 for all at share_needed.",
        json_schema_extra=unit(
            "share", "สัดส่วนองค์กรที่ได้รับ", "สัดส่วนขององค์กรที่ทำสูงสุดซึ่งได้รับการยกย่อง 0 คือทุกองค์กรที่ถึง share_needed"
        ),
    )
    members_needed: int = Field(
        default=5,
        ge=1,
        le=10_000,
        description="Members who take part without whom an organisation is not looked at.",
        json_schema_extra=unit("members", "สมาชิกขั้นต่ำ", "จำนวนสมาชิกที่เข้าร่วมขั้นต่ำขององค์กรที่พิจารณา"),
    )
    baht_per_award: Baht = Field(
        default=0.0,
        description="Cost of honouring one organisation once, baht.",
        json_schema_extra=unit("baht", "ค่ายกย่อง", "ต้นทุนของการยกย่ององค์กรหนึ่งแห่งหนึ่งครั้ง"),
    )

    @property
    def adoption(self) -> Adoption | None:
        """Organisations that decide weigh the award, unless their table names another honour."""
        own = super().adoption
        if own is None or own.honour is not None:
            return own
        return own.model_copy(update={"honour": self.audience})

    def says(self) -> Text:
        """Say how much is given for what."""
        if self.best_share:
            best = f"{100 * self.best_share:g}"
            return Text(
                en=f"an honour each month for the {best}% of organisations whose members act most often",
                th=f"ยกย่ององค์กรที่สมาชิกทำสม่ำเสมอที่สุดร้อยละ {best} ทุกเดือน",
            )
        share = f"{100 * self.share_needed:g}"
        return Text(
            en=f"an honour each month for organisations whose members take {share}% of their chances or more",
            th=f"ยกย่ององค์กรที่สมาชิกร่วมกันทำตั้งแต่ร้อยละ {share} ของโอกาสทุกเดือน",
        )

    def accounts(self) -> tuple[Account, ...]:
        """Acts and opportunities of the month, and who holds the honour, by organisation."""
        return (
            Account("acts_in_month", np.float64, "acts as recorded", per="organisation"),
            Account("chances_in_month", np.int64, "opportunities", per="organisation"),
            Account("holds", np.uint8, "0/1", per="organisation"),
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """V by audience for members, S = share of organisations with members that hold the honour; C0, c0."""
        member = _members(self, people, week, week.eligible)
        groups = len(np.unique(people.organisation[member]))
        return Offer(
            visibility=np.where(member, np.float32(VISIBILITY[self.audience] * week.taper), np.float32(0)),
            holders_share=min(1.0, float(week.accounts["holds"].sum()) / max(groups, 1)),
            controlling=self.controlling,
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Every 4th week, honour the organisations that earned it."""
        n, acts, chances = people.n_organisations, book["acts_in_month"], book["chances_in_month"]
        member = _members(self, people, week, week.live)
        own = people.organisation[member]
        acts += np.bincount(own, weights=recorded(week, self.checks)[member], minlength=n)
        chances += np.bincount(own, weights=week.opportunities[member], minlength=n).astype(np.int64)
        if not settles(week.since_start):
            return Settlement()
        looked_at = (np.bincount(own, minlength=n) >= self.members_needed) & (chances > 0)
        earned = (
            _best(acts, chances, looked_at, self.best_share)
            if self.best_share
            else (looked_at & reached(acts, self.share_needed, chances))
        )
        book["holds"][:] = earned
        acts[:] = 0
        chances[:] = 0
        return Settlement(service_satang=int(earned.sum()) * satang(self.baht_per_award))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Every organisation with anybody eligible is honoured, in a week that settles."""
        if not (settles(week.since_start) and self.baht_per_award):
            return 0
        member = (people.organisation >= 0) & (week.eligible > 0)
        return len(np.unique(people.organisation[member])) * satang(self.baht_per_award)


def _members(scheme: Scheme, people: People, week: WeekView, among: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return who of some belongs to an organisation that can earn the award: any, or one that runs the scheme."""
    member = (people.organisation >= 0) & (among > 0)
    if scheme.organisations is not None and week.running is not None:
        member[member] = week.running[people.organisation[member]] > 0
    return np.asarray(member)


def _best(
    acts: NDArray[np.float64], chances: NDArray[np.int64], looked_at: NDArray[np.bool_], best_share: float
) -> NDArray[np.bool_]:
    """Return the organisations with the highest shares, at least one, equals included, none where nobody acted."""
    share = np.where(looked_at, acts / np.maximum(chances, 1), 0.0)
    number = max(1, round(best_share * int(looked_at.sum())))
    least = np.sort(share)[::-1][:number][-1] if len(share) else 1.0
    return np.asarray(looked_at & (share >= least) & (acts > 0))
