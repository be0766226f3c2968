"""A moral province: ten indicators, three levels, climbed together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from numpy.typing import NDArray

from simulation.core.params import Text
from simulation.incentives import ladder
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView


class MoralProvince(Scheme):
    """A level for a province whose people together meet ten indicators; kept for good.

    That there are ten indicators and three levels is published; what they ask, and what a level takes in all, is not.
    Here nine of them are the steps of a moral community over the whole province, and the tenth is the share of its
    localities in which half of the people or more have signed up (2 from 80.00 %, 1 from 50.00 %); all ten count
    towards each level, and the totals are chosen values. A level raises the honour of those who signed up (V) and
    nothing else; a budget for the province, if the scheme gives one, enters nobody's own reasons. A world of one place
    is one province.

    Worked scenario::

        [arms.moral.schemes.province]
        kind = "moral_province"
        behaviour = "volunteer"
        goal_share = 0.3
        enrolment = { mode = "opt-in", friction = "one-tap", exit_chance = 0.005 }
        schedule = { start = 4, weeks = 52 }
    """

    label: ClassVar[Text] = Text(en="Moral province", th="จังหวัดคุณธรรม")
    what: ClassVar[Text] = Text(
        en="A province meets ten indicators and climbs three levels together.",
        th="จังหวัดร่วมกันทำตามตัวชี้วัดสิบข้อ เลื่อนสามระดับ",
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "area"
    literature: ClassVar[tuple[str, ...]] = (
        "Benabou, Tirole 2006, doi:10.1257/aer.96.5.1652",
        "Gerber, Green, Larimer 2008, doi:10.1017/S000305540808009X",
        "Olken, Onishi, Wong 2014, doi:10.1257/app.6.4.1",
        "Ten indicators of moral provinces, https://anyflip.com/txugp/gbpa/basic/51-100; 10 moral provinces in 2021",
    )
    rests_on: ClassVar[Text] = Text(
        en="being seen by others, and a goal as a commitment; how units climb is a rule",
        th="การที่ผู้อื่นเห็น และเป้าหมายที่เป็นคำมั่น ส่วนการเลื่อนระดับเป็นกติกาที่กำหนดขึ้น",
    )
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "judgement"
    costs_most: ClassVar[Text] = Text(en="every province climbs a level every month", th="ทุกจังหวัดเลื่อนระดับทุกเดือน")

    kind: Literal["moral_province"] = "moral_province"
    audience: ladder.Audience = "named-to-group"
    goal_share: ladder.GoalShare
    rise_share: ladder.RiseShare = 0.05
    months_a_point: ladder.MonthsAPoint = 2
    promoting_points: ladder.PassTotal = ladder.pass_total("promoting level", "ระดับส่งเสริมคุณธรรม", 10)
    moral_points: ladder.PassTotal = ladder.pass_total("moral level", "ระดับคุณธรรม", 14)
    model_points: ladder.PassTotal = ladder.pass_total("model level", "ระดับคุณธรรมต้นแบบ", 17)
    outstanding_points: ladder.PassTotal = ladder.pass_total("award above the third level", "รางวัลต้นแบบโดดเด่น", 20)
    grant_baht_per_member: ladder.Grant = 0.0

    def says(self) -> Text:
        """Say what is climbed for what."""
        return ladder.says(Text(en="province", th="จังหวัด"), self.audience, self.grant_baht_per_member)

    def accounts(self) -> tuple[Account, ...]:
        """Level, points and the month's counts of each province."""
        return self._ladder().accounts()

    def offer(self, people: People, week: WeekView) -> Offer:
        """V by level, S = share of other provinces as high; K1, Q = 1 / members while a level is left; C0, v0, c0."""
        return self._ladder().offer(_units(people), week)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Every 4th week, score the provinces; those that climb are paid what the scheme says, if anything."""
        return self._ladder().settle(_units(people), week, book)

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Every province below the third level climbs one."""
        return self._ladder().liability(_units(people), week)

    def _ladder(self) -> ladder.Ladder:
        return ladder.Ladder(
            ladder.TEN_INDICATORS,
            "province",
            (self.promoting_points, self.moral_points, self.model_points, self.outstanding_points),
            self.goal_share,
            self.rise_share,
            self.months_a_point,
            self.grant_baht_per_member,
            self.audience,
        )


def _units(people: People) -> ladder.Units:
    return ladder.Units(
        people.province_of_locality[people.locality], people.n_provinces, (people.locality, people.province_of_locality)
    )
