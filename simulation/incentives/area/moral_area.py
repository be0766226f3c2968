"""A moral community or district: nine steps, three levels, climbed together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from numpy.typing import NDArray

from simulation.core.params import Text
from simulation.incentives import ladder
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView


class MoralArea(Scheme):
    """A level for a locality, a community or a district, whose people together climb nine steps; kept for good.

    The steps are those of a moral organisation, over the people eligible in the locality: share signed up and share
    who signed up and have acted so far (2 from 80.00 %, 1 from 50.00 %), plan, results against the goal, review,
    honours, rise over the first month, lessons, learning centre. That communities and districts use the same nine
    steps and three levels is published; what a level takes in all is not: those totals, and what moves the steps that
    no share tells of, are chosen values. A level raises the honour of those who signed up (V) and nothing else; a
    budget for the area, if the scheme gives one, is public money and enters nobody's own reasons.

    Worked scenario::

        [arms.moral.schemes.community]
        kind = "moral_area"
        behaviour = "community"
        goal_share = 0.3
        grant_baht_per_member = 20.0
        enrolment = { mode = "opt-in", friction = "one-tap", exit_chance = 0.005 }
        schedule = { start = 4, weeks = 52 }
    """

    label: ClassVar[Text] = Text(en="Moral community or district", th="ชุมชนหรืออำเภอคุณธรรม")
    what: ClassVar[Text] = Text(
        en="A locality climbs nine steps and three levels together.",
        th="พื้นที่ร่วมกันเลื่อนเก้าขั้น สามระดับ",
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "area"
    literature: ClassVar[tuple[str, ...]] = (
        "Benabou, Tirole 2006, doi:10.1257/aer.96.5.1652",
        "Gerber, Green, Larimer 2008, doi:10.1017/S000305540808009X",
        "Olken, Onishi, Wong 2014, doi:10.1257/app.6.4.1",
        "Nine steps of moral communities and districts, https://www.khaodenpradendang.com/169668; 248 outstanding "
        "units in 2023, https://www.thailandplus.tv/archives/815620",
    )
    rests_on: ClassVar[Text] = Text(
        en="being seen by others, and a goal as a commitment; how units climb is a rule",
        th="การที่ผู้อื่นเห็น และเป้าหมายที่เป็นคำมั่น ส่วนการเลื่อนระดับเป็นกติกาที่กำหนดขึ้น",
    )
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "judgement"
    costs_most: ClassVar[Text] = Text(en="every locality climbs a level every month", th="ทุกพื้นที่เลื่อนระดับทุกเดือน")

    kind: Literal["moral_area"] = "moral_area"
    audience: ladder.Audience = "named-to-group"
    goal_share: ladder.GoalShare
    rise_share: ladder.RiseShare = 0.05
    months_a_point: ladder.MonthsAPoint = 2
    promoting_points: ladder.PassTotal = ladder.pass_total("promoting level", "ระดับส่งเสริมคุณธรรม", 5)
    moral_points: ladder.PassTotal = ladder.pass_total("moral level", "ระดับคุณธรรม", 10)
    model_points: ladder.PassTotal = ladder.pass_total("model level", "ระดับคุณธรรมต้นแบบ", 15)
    outstanding_points: ladder.PassTotal = ladder.pass_total("award above the third level", "รางวัลต้นแบบโดดเด่น", 18)
    grant_baht_per_member: ladder.Grant = 0.0

    def says(self) -> Text:
        """Say what is climbed for what."""
        return ladder.says(Text(en="locality", th="พื้นที่"), self.audience, self.grant_baht_per_member)

    def accounts(self) -> tuple[Account, ...]:
        """Level, points and the month's counts of each locality."""
        return self._ladder().accounts()

    def offer(self, people: People, week: WeekView) -> Offer:
        """V by level, S = share of other localities as high; K1, Q = 1 / members while a level is left; C0, v0, c0."""
        return self._ladder().offer(_units(people), week)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Every 4th week, score the localities; those that climb are paid what the scheme says, if anything."""
        return self._ladder().settle(_units(people), week, book)

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Every locality below the third level climbs one."""
        return self._ladder().liability(_units(people), week)

    def _ladder(self) -> ladder.Ladder:
        return ladder.Ladder(
            ladder.NINE_STEPS,
            "locality",
            (self.promoting_points, self.moral_points, self.model_points, self.outstanding_points),
            self.goal_share,
            self.rise_share,
            self.months_a_point,
            self.grant_baht_per_member,
            self.audience,
        )


def _units(people: People) -> ladder.Units:
    return ladder.Units(people.locality, people.n_localities)
