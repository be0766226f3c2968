"""Who runs a scheme, where that is for organisations or localities to decide: what they gain and what members get."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simulation.core.clock import Schedule, monthly_satang, settles
from simulation.core.params import Baht, Frozen, Share, unit
from simulation.incentives.coding import VISIBILITY

Audience = Literal["officials", "own-rank", "team", "household", "named-to-group"]
PULL_ON_SIGN_UP = 1.0
"""Log-odds that one's own organisation running a scheme adds to signing up, equation (11)."""
REDECIDES_IN_A_MONTH = 1.0 - (1.0 - 0.005) ** 4
"""r of equation (12): a routine is thought over anew (Celhay, Gertler, Giovagnoli, Vermeersch 2019)."""
ASKED_IN_A_MONTH = 0.1
"""a_o of equation (12), judgement, plausible .03 to .3: chance that the question comes up while the offer is open."""
SPREAD = 1.0
"""Spread of organisations' own inclination, logit, equation (12)."""


class Adoption(Frozen):
    """How organisations or localities decide, every 4 weeks from the start, whether to run a scheme.

    They weigh an honour and a grant against what it costs them, and how many of the others run it. Nothing is ever
    taken from one that does not, or no longer, run it.
    """

    baseline: Annotated[float, Field(gt=0, lt=1)] = Field(
        description="Share that runs such a scheme anyway.",
        json_schema_extra=unit("share", "สัดส่วนที่ดำเนินการอยู่แล้ว", "สัดส่วนที่ดำเนินมาตรการเช่นนี้อยู่แล้วโดยไม่มีแรงจูงใจ"),
    )
    honour: Audience | None = Field(
        default=None,
        description="Before whom those that run it are honoured.",
        json_schema_extra=unit(
            "",
            "การยกย่อง",
            "ยกย่องผู้ที่ดำเนินมาตรการต่อผู้ใด officials เจ้าหน้าที่ own-rank แจ้งลำดับเป็นการส่วนตัว team ทีม household ครัวเรือน "
            "named-to-group ประกาศชื่อในกลุ่ม",
        ),
    )
    grant_baht_per_month: Baht = Field(
        default=0.0,
        description="Grant to each that runs it, from the scheme's budget, baht a month.",
        json_schema_extra=unit("baht a month", "เงินอุดหนุน", "เงินต่อเดือนแก่แต่ละแห่งที่ดำเนินมาตรการ จากงบประมาณของมาตรการ"),
    )
    cost_baht_per_month: Baht = Field(
        default=0.0,
        description="What running it costs each, baht a month; it lowers a grant's worth, then an honour's.",
        json_schema_extra=unit(
            "baht a month",
            "ต้นทุนของผู้ดำเนินการ",
            "ต้นทุนต่อเดือนของแต่ละแห่ง หักจากเงินอุดหนุน ส่วนที่เกินลดน้ำหนักของการยกย่อง แต่ไม่ต่ำกว่า 0",
        ),
    )
    cofund_share: Share = Field(
        default=0.0,
        description="Share of what its own members are paid that each pays itself.",
        json_schema_extra=unit("share", "สัดส่วนที่ร่วมจ่าย", "สัดส่วนของเงินที่จ่ายแก่สมาชิกซึ่งแต่ละแห่งที่ดำเนินมาตรการจ่ายเอง"),
    )
    places: float = Field(
        default=0.0,
        ge=0,
        le=16,
        description="Ease of acting that its places add for members who take part (no evidence).",
        json_schema_extra=unit("logit", "สถานที่ให้ลงมือทำ", "ความสะดวกที่สถานที่เพิ่มให้สมาชิกที่เข้าร่วม ยังไม่มีหลักฐาน"),
    )
    climate: Literal["mission", "colleagues"] | None = Field(
        default=None,
        description="What running it adds for members who take part.",
        json_schema_extra=unit(
            "",
            "บรรยากาศ",
            "สิ่งที่การดำเนินมาตรการเพิ่มให้สมาชิกที่เข้าร่วม mission บอกว่าที่นี่ให้คุณค่ากับสิ่งใด colleagues เพื่อนร่วมงานเห็นการกระทำ",
        ),
    )
    through: bool = Field(
        default=False,
        description="true: open only to members of those that run it.",
        json_schema_extra=unit("", "ผ่านผู้ดำเนินการเท่านั้น", "true เปิดเฉพาะสมาชิกของผู้ที่ดำเนินมาตรการ"),
    )

    def granted_satang(self, schedule: Schedule, week: int) -> int:
        """Return what each that runs it is granted this week, satang: a month's grant every 4th week from the start."""
        if not self.grant_baht_per_month or not (schedule.is_live(week) and settles(schedule.since_start(week))):
            return 0
        return monthly_satang(self.grant_baht_per_month * schedule.taper_factor(week))

    @property
    def visibility(self) -> float:
        """V of the honour for those that run it; 0 without one."""
        return 0.0 if self.honour is None else VISIBILITY[self.honour]

    @property
    def draws_with(self) -> tuple[str, ...]:
        """Kinds of what those that run it gain, which name the discrepancy of equation (4)."""
        gains = (("honour", self.honour is not None), ("grant", self.grant_baht_per_month > 0.0))
        return tuple(f"to those that run it: {name}" for name, given in gains if given)

    @property
    def for_members(self) -> tuple[str, ...]:
        """Kinds of what members gain beside what the scheme itself offers."""
        return (*(() if self.climate is None else ("climate",)), *(("places",) if self.places else ()))
