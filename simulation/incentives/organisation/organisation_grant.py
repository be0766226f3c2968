"""A matched grant to organisations that run a programme."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from simulation.core.params import Baht, Text, unit
from simulation.incentives.adoption import Adoption
from simulation.incentives.base import Offer, People, Scheme, Strength, WeekView


class OrganisationGrant(Scheme):
    """A monthly grant that matches what an organisation puts into a programme of its own.

    The grant weighs in the organisations' decision and never in a citizen's own reasons. What an organisation spends
    itself is no cost of the grant: those that ran such a programme before, the baseline, did so at their own expense.
    For members running it means what the table says: a climate, places to act (Celhay and others 2019 paid clinics, and
    the routine outlasted the pay; Miller and others 2012 paid schools).

    Worked scenario::

        [arms.grant.schemes.programme]
        kind = "organisation_grant"
        behaviour = "waste_sort"
        own_baht_per_month = 2000.0
        baht_per_baht = 1.0
        organisations = { baseline = 0.1, climate = "mission" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Grant to organisations", th="เงินอุดหนุนองค์กร")
    what: ClassVar[Text] = Text(
        en="Organisations that run a programme get a matched grant.", th="องค์กรที่ดำเนินโครงการได้รับเงินอุดหนุนสมทบ"
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "organisation"
    literature: ClassVar[tuple[str, ...]] = (
        "Celhay, Gertler, Giovagnoli, Vermeersch 2019, doi:10.1257/app.20170128",
        "Miller and others 2012, doi:10.1136/bmj.e4809",
    )
    rests_on: ClassVar[Text] = Text(
        en="money to persons, carried over to organisations", th="เงินแก่บุคคล ซึ่งนำมาใช้กับองค์กร"
    )
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "judgement"
    amounts: ClassVar[tuple[str, ...]] = ("own_baht_per_month", "baht_per_baht")
    costs_most: ClassVar[Text] = Text(en="every organisation runs the programme", th="ทุกองค์กรดำเนินโครงการ")

    kind: Literal["organisation_grant"] = "organisation_grant"
    organisations: Adoption = Field(description="How organisations decide whether to run it.")
    own_baht_per_month: Baht = Field(
        description="What an organisation puts in itself, baht a month.",
        json_schema_extra=unit("baht a month", "เงินขององค์กร", "เงินที่องค์กรใช้เองในโครงการต่อเดือน"),
    )
    baht_per_baht: float = Field(
        ge=0,
        le=100,
        description="Grant for each baht that the organisation puts in.",
        json_schema_extra=unit("baht for each baht", "อัตราสมทบ", "เงินอุดหนุนต่อเงินขององค์กรหนึ่งบาท"),
    )

    @property
    def adoption(self) -> Adoption:
        """The table, with the match added to its grant."""
        own = self.organisations
        grant = own.grant_baht_per_month + self.own_baht_per_month * self.baht_per_baht
        return own.model_copy(update={"grant_baht_per_month": grant})

    @property
    def components(self) -> tuple[str, ...]:
        """A grant, unless it is worth nothing; citizens have no part in it but what the table gives members."""
        return ("organisation_grant",) if self.own_baht_per_month and self.baht_per_baht else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        own, rate = f"{self.own_baht_per_month:,.10g}", f"{self.baht_per_baht:,.10g}"
        return Text(
            en=f"{rate} baht for each of the {own} baht a month that an organisation puts in",
            th=f"สมทบ {rate} บาทต่อเงินทุกบาทจาก {own} บาทต่อเดือนที่องค์กรใช้เอง",
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """Nothing: C0, v0, c0. A grant enters nobody's own reasons."""
        return Offer.none()
