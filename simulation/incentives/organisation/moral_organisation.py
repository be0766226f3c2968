"""A moral organisation: nine steps, three levels, climbed together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from numpy.typing import NDArray

from simulation.core.params import Text
from simulation.incentives import ladder
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView


class MoralOrganisation(Scheme):
    """A level for an organisation whose members together climb nine steps; seen by others, kept for good.

    Each step scores 0, 1 or 2 every month. Steps 1 and 2 go by the share of members who signed up, and who signed up
    and have acted at least once so far: 2 from 80.00 %, 1 from 50.00 %. Step 4 goes by the month's acts against the
    plan's goal in the same bands, step 7 by the rise over the first month. Plan, review, honours, lessons and
    learning centre (3, 5, 6, 8, 9) are worked on in turn, a point for so many months in which step 1 scores. Steps
    1-3 count for promoting, 1-6 for moral, 1-9 for model; outstanding is an award above the third. Steps and bands
    are published; what a level takes in all is not: those totals, and what moves the other steps, are chosen values.
    A level raises the honour of members (V) and nothing else; the fewer others hold it, the more it is worth (Benabou
    and Tirole 2006). While a level is left to climb it commits (K = 1), and one act matters to mates by one part in
    the members.

    Worked scenario::

        [arms.moral.schemes.organisation]
        kind = "moral_organisation"
        behaviour = "volunteer"
        goal_share = 0.3
        enrolment = { mode = "opt-in", friction = "one-tap", exit_chance = 0.005 }
        schedule = { start = 4, weeks = 52 }
    """

    label: ClassVar[Text] = Text(en="Moral organisation", th="องค์กรคุณธรรม")
    what: ClassVar[Text] = Text(
        en="An organisation climbs nine steps and three levels together.",
        th="องค์กรร่วมกันเลื่อนเก้าขั้น สามระดับ",
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "organisation"
    literature: ClassVar[tuple[str, ...]] = (
        "Benabou, Tirole 2006, doi:10.1257/aer.96.5.1652",
        "Gerber, Green, Larimer 2008, doi:10.1017/S000305540808009X",
        "Steps of a moral organisation, https://www.depa.or.th/th/moral; 248 outstanding units in 2023, "
        "https://www.thailandplus.tv/archives/815620",
    )
    rests_on: ClassVar[Text] = Text(
        en="being seen by others, and a goal as a commitment; how units climb is a rule",
        th="การที่ผู้อื่นเห็น และเป้าหมายที่เป็นคำมั่น ส่วนการเลื่อนระดับเป็นกติกาที่กำหนดขึ้น",
    )
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "judgement"
    costs_most: ClassVar[Text] = Text(en="every organisation climbs a level every month", th="ทุกองค์กรเลื่อนระดับทุกเดือน")

    kind: Literal["moral_organisation"] = "moral_organisation"
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
        return ladder.says(Text(en="organisation", th="องค์กร"), self.audience, self.grant_baht_per_member)

    def accounts(self) -> tuple[Account, ...]:
        """Level, points and the month's counts of each organisation."""
        return self._ladder().accounts()

    def offer(self, people: People, week: WeekView) -> Offer:
        """V by level, S = share of other organisations as high; K1, Q = 1 / members while one is left; C0, v0, c0."""
        return self._ladder().offer(_units(people), week)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Every 4th week, score the organisations; those that climb are paid what the scheme says, if anything."""
        return self._ladder().settle(_units(people), week, book)

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Every organisation below the third level climbs one."""
        return self._ladder().liability(_units(people), week)

    def _ladder(self) -> ladder.Ladder:
        return ladder.Ladder(
            ladder.NINE_STEPS,
            "organisation",
            (self.promoting_points, self.moral_points, self.model_points, self.outstanding_points),
            self.goal_share,
            self.rise_share,
            self.months_a_point,
            self.grant_baht_per_member,
            self.audience,
        )


def _units(people: People) -> ladder.Units:
    return ladder.Units(people.organisation, people.n_organisations)
