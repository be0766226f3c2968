"""A bonus in stages: paid on several dates, each with a sum of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator

from simulation.core.params import Frozen, Text, Wrong, unit
from simulation.incentives import threshold
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView, satang
from simulation.incentives.verification import claimed_satang

THRESHOLD_CONTROLLING = 0.75
MOST_STAGES = 60


class Stage(Frozen):
    """One stage of a bonus: how long it lasts, what is paid on its last day, and for what."""

    label: ClassVar[Text] = Text(en="Stage", th="งวด")
    what: ClassVar[Text] = Text(
        en="One stage of a bonus: how long it lasts, what is paid at its end, and for what.",
        th="งวดหนึ่งของเงินรางวัล นานกี่สัปดาห์ จ่ายเท่าใดเมื่อสิ้นงวด และจ่ายเมื่อทำเท่าใด",
    )

    weeks: int = Field(
        ge=1,
        le=520,
        description="How long the stage lasts; it is paid in its last week.",
        json_schema_extra=unit("weeks", "ระยะเวลาของงวด", "งวดนานกี่สัปดาห์ จ่ายในสัปดาห์สุดท้ายของงวด"),
    )
    baht: float = Field(
        ge=0,
        le=1e6,
        description="For each act of the stage, or for the stage where acts are needed, baht.",
        json_schema_extra=unit("baht", "จำนวนเงิน", "จ่ายต่อครั้งกี่บาท หรือทั้งงวดกี่บาทถ้ากำหนดจำนวนครั้งที่ต้องทำ"),
    )
    acts_needed: int = Field(
        default=0,
        ge=0,
        le=10_000,
        description="Acts in the stage that earn its sum; 0 pays the sum for each act.",
        json_schema_extra=unit("acts", "จำนวนครั้งที่ต้องทำ", "ทำกี่ครั้งในงวดจึงได้เงินของงวด 0 จ่ายต่อครั้ง", unit_th="ครั้ง"),
    )


class StagedBonus(Scheme):
    """Cash that is earned act by act, or by acting often enough, and paid at the end of each stage.

    Later stages may pay more, to carry people over months, or less, to let them go on by themselves; what is paid stays
    paid. Rising sums at six and twelve months: Volpp and others (2009), Halpern and others (2015). Sums that come later
    weigh less: v is worth 5 % less for each week until the date. A stage that began is paid even if the budget closes
    the offer, and cash per act of a stage that the schedule cuts short is paid in the last week.

    Worked scenario::

        [arms.staged.schemes.steady]
        kind = "staged_bonus"
        behaviour = "exercise"
        stages = [
          { weeks = 4, baht = 20.0, acts_needed = 8 },
          { weeks = 8, baht = 60.0, acts_needed = 16 },
          { weeks = 12, baht = 120.0, acts_needed = 24 },
        ]
        enrolment = { mode = "opt-in", friction = "web-form" }
        schedule = { start = 4, weeks = 24 }
    """

    label: ClassVar[Text] = Text(en="Staged bonus", th="เงินรางวัลเป็นงวด")
    what: ClassVar[Text] = Text(
        en="Cash for acts, paid on several dates with rising or falling sums.",
        th="จ่ายเงินเป็นงวดตามการกระทำ จำนวนเงินแต่ละงวดเพิ่มหรือลดได้",
    )
    literature: ClassVar[tuple[str, ...]] = (
        "Volpp and others 2009, doi:10.1056/NEJMsa0806819",
        "Halpern and others 2015, doi:10.1056/NEJMoa1414293",
    )
    rests_on: ClassVar[Text] = Text(
        en="any reward, the logarithm of its worth, and a threshold as a goal; the weight of a later date is set",
        th="การมีรางวัล ลอการิทึมของมูลค่า และเกณฑ์ที่เป็นเป้าหมาย ส่วนที่ว่าเงินที่ได้ช้ามีน้ำหนักน้อยลงเป็นค่าที่กำหนดไว้",
    )
    strength: ClassVar[Strength] = "several studies"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(en="everybody eligible earns all of every stage", th="ผู้มีสิทธิ์ทุกคนได้เงินเต็มทุกงวด")
    controlling: ClassVar[float] = 1.0

    owes_for_weeks: ClassVar[int] = 520  # the longest stage: until its end one who left may be owed

    kind: Literal["staged_bonus"] = "staged_bonus"
    stages: tuple[Stage, ...] = Field(
        strict=False,
        description="The stages, one after the other from the start of the schedule.",
        json_schema_extra=unit("", "งวด", "งวดต่าง ๆ เรียงกันนับจากวันเริ่มมาตรการ"),
    )

    @field_validator("stages")
    @classmethod
    def _a_few(cls, value: tuple[Stage, ...]) -> tuple[Stage, ...]:
        if not 1 <= len(value) <= MOST_STAGES:
            raise Wrong(
                f"A bonus has 1 to {MOST_STAGES} stages, not {len(value)}; "
                "write for example stages = [{ weeks = 4, baht = 20.0, acts_needed = 8 }]",
                f"มีงวดได้ 1 ถึง {MOST_STAGES} งวด แต่ได้รับ {len(value)} งวด "
                "ให้เขียน เช่น stages = [{ weeks = 4, baht = 20.0, acts_needed = 8 }]",
            )
        return value

    @property
    def components(self) -> tuple[str, ...]:
        """A bonus, where any stage pays."""
        return ("staged_bonus",) if any(s.baht for s in self.stages) else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        parts_en, parts_th = [], []
        for stage in self.stages:
            baht = f"{stage.baht:,.10g}"
            for_en = f"for {stage.acts_needed:,} acts" if stage.acts_needed else "for each act"
            for_th = f"เมื่อทำครบ {stage.acts_needed:,} ครั้ง" if stage.acts_needed else "ต่อครั้ง"
            parts_en.append(f"{baht} baht {for_en} within {stage.weeks} weeks")
            parts_th.append(f"{baht} บาท{for_th}ใน {stage.weeks} สัปดาห์")
        return Text(en=", then ".join(parts_en), th=" ต่อด้วย ".join(parts_th))

    def accounts(self) -> tuple[Account, ...]:
        """Acts and claims of the stage so far, and what was earned act by act and is not yet paid."""
        owed = Account("satang_owed", np.int64, "satang", per="scheme")
        return (*threshold.COUNTS, Account("satang_in_stage", np.int64, "satang"), owed)

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = the sum, c = 1 by the act; C = K = 1, v = sum / acts needed, c = .75 by the threshold."""
        stage, left = self._stage(week)
        if stage is None or not stage.baht:
            return Offer.none()
        delay = float(max(0, min(left, week.weeks_to_end) - 1))
        full = stage.baht * week.taper
        if not stage.acts_needed:
            return Offer(contingent=1.0, value_baht=full, delay_weeks=delay, controlling=self.controlling)
        open_now = threshold.still_pulls(week, stage.acts_needed, left)
        value = np.float32(full / stage.acts_needed)
        return Offer(
            contingent=open_now,
            value_baht=open_now * value,
            delay_weeks=delay,
            commitment=open_now,
            controlling=THRESHOLD_CONTROLLING,
            weekly_value_baht=float(value),
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Count and credit this week's acts; at the end of a stage pay what it earned, to those who left too."""
        stage, left = self._stage(week)
        if stage is None:
            return Settlement()
        threshold.count(week, self.checks, book)
        if not stage.acts_needed:
            credit = claimed_satang(week, self.checks, stage.baht * week.taper * 100)
            book["satang_in_stage"][:] += credit
            book["satang_owed"] += int(credit.sum())
        if left > 1 and week.weeks_to_end > 1:
            return Settlement()
        return self.pay_out(people, week, book)

    def pay_out(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay what the stage has earned so far, and start the next at nothing."""
        stage, _ = self._stage(week)
        paid = book["satang_in_stage"].copy()
        if stage is not None and stage.acts_needed:
            paid += threshold.earned(week, book, stage.acts_needed) * np.int64(satang(stage.baht * week.taper))
        threshold.begin_again(book)
        book["satang_in_stage"][:] = 0
        book["satang_owed"][:] = 0
        return Settlement(paid)

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible earns the sum of the stage, in its last week; or acts at every chance."""
        stage, left = self._stage(week)
        threshold_open = stage is not None and stage.acts_needed and left > 1 and week.weeks_to_end > 1
        return 0 if threshold_open else self.set_aside(people, week)

    def set_aside(self, people: People, week: WeekView) -> int:
        """Keep the sum of this stage for everybody eligible from its first week; or this week's acts and all owed."""
        stage, _ = self._stage(week)
        if stage is None or not stage.baht:
            return 0
        everybody = int(week.eligible.sum())
        if stage.acts_needed:
            return everybody * satang(stage.baht)
        each = stage.baht * week.taper * 100
        return int(week.accounts["satang_owed"][0]) + everybody * round(max(1, round(week.n)) * each)

    def _stage(self, week: WeekView) -> tuple[Stage | None, int]:
        """Return the stage that this week is in and its weeks left, this one counted; none after the last."""
        end = 0
        for stage in self.stages:
            end += stage.weeks
            if week.since_start < end:
                return stage, end - week.since_start
        return None, 0
