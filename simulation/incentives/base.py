"""The contract of a scheme: what it offers, to whom, and what it pays. Nothing in it can express a penalty.

A scheme MUST say what it offers each week (`offer`) and MAY pay (`settle`). It is a frozen value without state and
without random numbers: what it must remember stands on accounts that the engine keeps and hands to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Literal, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation.core.clock import SETTLE_EVERY, Schedule
from simulation.core.params import Baht, BetweenKeys, Frozen, Share, Text
from simulation.incentives.adoption import Adoption
from simulation.incentives.budget import WhenSpent, check_limits
from simulation.incentives.channels import Channels
from simulation.incentives.targeting import Target
from simulation.incentives.verification import Checks

SATANG = 100
Feature = float | NDArray[np.float32]
Mark = Literal["V", "D", "L", "R", "design"]
Strength = Literal["several studies", "one study", "judgement"]
"""What the size of an effect rests on."""


class People(Protocol):
    """What a scheme may know of citizens: places, groups and wages as columns, never a name or a sensitive trait."""

    @property
    def n(self) -> int:
        """Number of citizens."""

    @property
    def n_localities(self) -> int:
        """Number of localities."""

    @property
    def n_organisations(self) -> int:
        """Number of organisations."""

    @property
    def n_provinces(self) -> int:
        """Number of provinces, 1 in a world of one place."""

    @property
    def province_of_locality(self) -> NDArray[np.int32]:
        """Province of each locality, all 0 in a world of one place."""

    @property
    def wage(self) -> NDArray[np.float32]:
        """Own daily wage, baht."""

    @property
    def locality(self) -> NDArray[np.int32]:
        """Locality of each citizen."""

    @property
    def organisation(self) -> NDArray[np.int32]:
        """Organisation of each citizen, -1 where none."""

    def column(self, name: str) -> NDArray[Any]:
        """Return a column by name."""


_RANGES = {
    "contingent": (0.0, 1.0),
    "visibility": (0.0, 0.7),
    "holders_share": (0.0, 1.0),
    "appeal": (0.0, 1.0),
    "commitment": (0.0, 1.0),
    "pivotality": (0.0, 1.0),
    "message": (0.0, 1.0),
    "reference": (0.0, 1.0),
    "controlling": (-1.0, 1.0),
    "ease": (0.0, 16.0),
}
"""What a feature of an offer may be; the rest is 0 or more. Visibility 1, a public list, is not offered."""
_ANY_AMOUNT = (0.0, 1e12)


@dataclass(frozen=True)
class Offer:
    """What each citizen may gain this week; every feature a number or float32[N], none negative.

    Only `controlling` may be below 0 (sincere praise, laboratory evidence). Coding: `incentives.coding`.
    """

    contingent: Feature = 0.0
    value_baht: Feature = 0.0  # marginal expected baht per act
    delay_weeks: float = 0.0
    visibility: Feature = 0.0
    holders_share: Feature = 0.0
    appeal: Feature = 0.0
    commitment: Feature = 0.0
    pivotality: Feature = 0.0
    message: Feature = 0.0
    reference: Feature = 0.0
    controlling: Feature = 0.0
    ease: Feature = 0.0
    weekly_value_baht: Feature | None = None  # per act, thresholds and caps ignored; weighs in enrolment
    referral_baht: float = 0.0  # for bringing somebody in; weighs in the enrolment of those who know a member

    def __post_init__(self) -> None:
        """Refuse a feature outside its range: an offer cannot take, and nobody is shown to everybody."""
        for name, value in vars(self).items():
            if value is None:
                continue
            low, high = _RANGES.get(name, _ANY_AMOUNT)
            if isinstance(value, float | int | np.number):  # the same for everybody, as most features are
                least = most = value
            else:
                column = np.asarray(value)
                least, most = (column.min(), column.max()) if column.size else (low, low)
            if not (low <= least and most <= high):
                what = (
                    "is negative; schemes can only give" if least < low == 0.0 else f"must lie in {low:g} to {high:g}"
                )
                raise ValueError(f"an offer's {name} {what}")

    @classmethod
    def none(cls) -> Offer:
        """Return the offer of nothing."""
        return cls()


@dataclass(frozen=True)
class Account:
    """Something a scheme must remember, kept by the engine: one number for each of what `per` names.

    With `per="scheme"` it is a single number, such as a stock of rewards.
    """

    name: str
    dtype: type[np.generic]
    unit: str
    per: Literal["citizen", "organisation", "locality", "province", "scheme"] = "citizen"


@dataclass(frozen=True)
class Society:
    """What a scheme may ask about ties this week. Rows, never names; each is computed only when asked for."""

    chance: Callable[[], NDArray[np.float32]]
    """Each citizen's chance to take an opportunity, as the week stands, float32[N]."""
    partners: Callable[[], NDArray[np.int64]]
    """The row of each citizen's partner, one of their ties, the same all weeks; -1 for those who are left over."""
    sponsors: Callable[[], NDArray[np.int64]]
    """For those who joined this week the row of a tie who was a member before, int64[N]; -1 for all others."""


@dataclass(frozen=True)
class WeekView:
    """What a scheme sees of a week. In `offer`, acts are last week's; in `settle`, this week's."""

    week: int
    since_start: int
    weeks_to_end: int
    n: float
    acts: NDArray[Any]
    opportunities: NDArray[Any]
    live: NDArray[np.uint8]
    eligible: NDArray[np.uint8]
    enrolled: NDArray[np.uint8]
    locality_rate: NDArray[np.float32]
    baseline: float
    accounts: Mapping[str, NDArray[Any]]
    uniforms: Callable[[int], NDArray[Any]] | None
    false_claim_rate: float | NDArray[np.float64]
    taper: float
    outreach_satang: int = 0  # what reaching people costs this week; the engine adds it to what the scheme settles
    granted_satang: int = 0  # grants of this week to those that run it; likewise
    society: Society | None = None  # None outside a society, as in models of others
    running: NDArray[np.uint8] | None = None  # organisations (or localities) that run it, 0/1; None where none decides


@dataclass(frozen=True)
class Settlement:
    """Money of a week in whole satang: by citizen (None for nobody), to areas, and for what it takes to deliver it.

    `service_satang` is what messages, certificates and the like cost: it is covered by the budget and goes to nobody.
    """

    paid_satang: NDArray[np.int64] | None = None
    area_paid_satang: int = 0
    service_satang: int = 0

    def __post_init__(self) -> None:
        """Refuse a negative entry: credits fall only when their owner redeems them."""
        paid = self.paid_satang
        if min(self.area_paid_satang, self.service_satang) < 0 or (
            paid is not None and len(paid) and int(paid.min()) < 0
        ):
            raise ValueError("a settlement has a negative entry; schemes can only give")


class Enrolment(Frozen):
    """How people come in: everybody at once, or by signing up. Leaving is always free and costs nothing."""

    mode: Literal["opt-in", "automatic"] = Field(default="automatic", description="How people come in.")
    friction: Literal["one-tap", "web-form", "effortful-proof"] | None = Field(
        default=None, description="How hard signing up is."
    )
    target_share: Annotated[float, Field(gt=0, lt=1)] | None = Field(
        default=None, description="Share of the eligible assumed to have signed up by target_weeks."
    )
    target_weeks: Annotated[int, Field(ge=1, le=520)] | None = Field(
        default=None, description="Weeks from the start by which the target share has signed up."
    )
    exit_chance: Share | None = Field(default=None, description="Chance a week to leave.")
    guardian_consent: Share | None = Field(
        default=None, description="Share of guardians who consent for a child below 15; none may take part without it."
    )

    @model_validator(mode="after")
    def _one_way(self) -> Enrolment:
        target = self.target_share is not None or self.target_weeks is not None
        if self.mode == "automatic" and (target or self.friction):
            raise BetweenKeys(
                'Automatic enrolment takes neither "friction" nor a target share',
                'การเข้าร่วมอัตโนมัติไม่ใช้ "friction" หรือ "target_share"',
            )
        if self.mode == "opt-in" and bool(self.friction) == target:
            raise BetweenKeys(
                'opt-in takes either "friction" or "target_share" with "target_weeks"',
                'opt-in ใช้ "friction" หรือ "target_share" กับ "target_weeks" อย่างใดอย่างหนึ่ง',
            )
        if target and (self.target_share is None or self.target_weeks is None):
            raise BetweenKeys(
                '"target_share" and "target_weeks" belong together', '"target_share" กับ "target_weeks" ต้องใช้คู่กัน'
            )
        return self


class Scheme(Frozen):
    """One positive incentive with typed parameters. Subclasses add their amounts and say what they offer."""

    label: ClassVar[Text]
    what: ClassVar[Text]
    level: ClassVar[Literal["individual", "organisation", "area"]] = "individual"
    literature: ClassVar[tuple[str, ...]] = ()
    rests_on: ClassVar[Text] = Text(en="judgement", th="การประเมินเอง")
    strength: ClassVar[Strength] = "judgement"
    amounts: ClassVar[tuple[str, ...]] = ()  # parameters that, all at 0, leave nothing to offer
    controlling: ClassVar[float] = 0.0  # c: how controlling the reward feels; see `incentives.coding`
    needs_ties: ClassVar[bool] = False  # it asks `week.society`, so it works in a society only
    reads_locality_rate: ClassVar[bool] = False
    rewards_acts: ClassVar[bool] = True  # people gain something for an act; False for what only tells or reminds
    monthly: ClassVar[bool] = False  # it settles by the month, so a season may not end within one
    lots_decide_who: ClassVar[bool] = False  # its draws decide who is paid first, not how much is paid in all
    pays_on_claims: ClassVar[bool] = False  # people claim their acts, and `checks` says how claims are verified
    pays_persons: ClassVar[bool] = True  # single people are paid; False where money goes to areas or to services alone
    costs_most: ClassVar[Text] = Text(  # when `greatest_liability` comes true
        en="everybody eligible takes part and earns all there is", th="ผู้มีสิทธิ์ทุกคนเข้าร่วมและได้รับครบทุกอย่าง"
    )

    owes_for_weeks: ClassVar[int] = SETTLE_EVERY  # weeks until all is paid that one who leaves has on own accounts

    kind: str
    title: Text | None = None
    behaviour: str | None = Field(default=None, max_length=60, description="The behaviour it aims at.")
    schedule: Schedule
    enrolment: Enrolment = Enrolment()
    target: Target = Target()
    channels: Channels = Channels()
    checks: Checks = Checks()
    consent: Literal["explicit"] | None = Field(
        default=None, description="Consent that people are asked for beyond signing up."
    )
    budget_baht: Baht | None = Field(default=None, description="The most it may pay in all, baht.")
    budget_baht_per_week: Baht | None = Field(default=None, description="The most it may pay in a week, baht.")
    budget_baht_per_head: Baht | None = Field(default=None, description="The most it may pay one person in all, baht.")
    when_spent: WhenSpent = Field(
        default="close",
        description=(
            "As the money ends, close: the offer closes for all once the budget does not cover the most that a week "
            "could cost; pro-rata: it stays open until the money is gone, and a pay-out beyond what is left is cut in "
            "proportion; waiting-list: no more are let in than can be paid to the end, the others wait their turn."
        ),
    )
    run_cost_baht_per_week: Baht = Field(default=0.0, description="Cost of running it, baht a week.")
    organisations: Adoption | None = Field(default=None, description="How organisations decide whether to run it.")
    localities: Adoption | None = Field(default=None, description="How localities decide whether to run it.")
    source: str | None = None
    mark: Mark | None = None

    @model_validator(mode="after")
    def _limits(self) -> Scheme:
        check_limits(self)
        return self

    @model_validator(mode="after")
    def _run_by_one_level(self) -> Scheme:
        if self.organisations is not None and self.localities is not None:
            raise BetweenKeys(
                "Either organisations or localities decide whether to run it, not both",
                "ให้องค์กรหรือพื้นที่อย่างใดอย่างหนึ่งเป็นผู้ตัดสินใจ ไม่ใช่ทั้งสอง",
            )
        return self

    @property
    def adoption(self) -> Adoption | None:
        """How organisations or localities decide whether to run it; None where it is run for all."""
        return self.organisations or self.localities

    @property
    def components(self) -> tuple[str, ...]:
        """Kinds of component; none where the amount is 0, for then nothing is offered."""
        return (self.kind,)

    @property
    def brings_into(self) -> str | None:
        """Name of the arm's scheme into which `referral_baht` brings people; None for this one."""
        return None

    def says(self) -> Text:
        """Say in a few words how much is given for what; by default what the kind does."""
        return self.what

    def for_fewer(self, share: float) -> Self:
        """Return the scheme for a share of the people: what is of all of them together, in proportion (budgets)."""
        whole = {name: getattr(self, name) for name in ("budget_baht", "budget_baht_per_week")}
        return self.model_copy(update={name: x * share for name, x in whole.items() if x is not None})

    def accounts(self) -> tuple[Account, ...]:
        """Declare what must be remembered from week to week."""
        return ()

    def offer(self, people: People, week: WeekView) -> Offer:
        """Return what each citizen may gain this week."""
        raise NotImplementedError

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Credit and pay this week's acts; by default nothing is paid."""
        return Settlement()

    def greatest_in_all(self, people: People, week: WeekView) -> int | None:
        """Return the most, in satang, that all weeks together could cost, where caps or stocks limit it; else None."""
        return None

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Return the most, in satang, that this week could cost, as if all of `week.eligible` took part and earned all.

        Only those live are paid, but who is live is not known when the budget is asked: people join in the week after
        the offer opens and are paid for it. So all who may join count; fewer would be unsafe.
        """
        return 0

    def set_aside(self, people: People, week: WeekView) -> int:
        """Return what the budget must hold for this week's offer to open, satang: the most that the week could cost.

        A kind that pays for a stretch of weeks at its end counts it from its first week, so what was begun is paid: one
        that settles by the month looks at the month's last week.
        """
        return self.greatest_liability(people, _at_months_end(week) if type(self).monthly else week)

    def pay_out(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay what was earned and is still owed when the budget closes the offer; by default nothing is owed."""
        return Settlement()


def _at_months_end(week: WeekView) -> WeekView:
    """Return the week as it will be when its month is settled; itself where the offer ends before."""
    left = SETTLE_EVERY - 1 - week.since_start % SETTLE_EVERY
    if not left or week.weeks_to_end <= left:
        return week
    ahead = week.weeks_to_end - left
    return replace(week, week=week.week + left, since_start=week.since_start + left, weeks_to_end=ahead)


def satang(baht: float) -> int:
    """Round an amount to whole satang."""
    return round(baht * SATANG)
