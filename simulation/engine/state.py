"""The state of one arm in one simulated society: declared columns, and what a week needs beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.agents.citizens_table import Citizens
from simulation.agents.parameters import Parameters
from simulation.agents.thresholds import gain
from simulation.core.graph import Graph
from simulation.core.streams import START, STICKY, Streams
from simulation.core.table import Column, Table
from simulation.engine.numpy_engine import LANES
from simulation.engine.terms import BehaviourTerms, Betas
from simulation.engine.units import Deciding
from simulation.incentives.ledger import Ledger
from simulation.incentives.rights import Shown

_NOTHING = np.float32(0)
NEVER = -10_000
"""The week of a sign-up or exit that has not happened."""

COLUMNS = (
    Column("acts", np.int8, "acts a week", "y n: acts in the scheme world", "decide"),
    Column("acts_twin", np.int8, "acts a week", "y0 n: acts of the twin", "decide"),
    Column("crowding", np.float32, "logit", "X: crowding of own reasons", "decide"),
    Column("norm", np.float32, "share", "D: excess descriptive norm", "perceive"),
    Column("habit", np.float32, "share", "H: excess habit", "learn"),
    Column("exposure", np.float32, "weeks' worth", "N: exposure to messages", "learn"),
    Column("expected_reason", np.float32, "logit", "ref: the reasons that one is used to, [law]", "learn"),
    Column("draw", np.float32, "share", "q: draw of the last re-decision", "decide", ("sticky", "citizen")),
    Column(
        "trend_odds", np.float32, "odds ratio", "exp(F) at the last re-decision", "decide",
        ("sticky", "citizen"), 1.0,
    ),
    Column("enrolled", np.uint8, "0/1", "enrolled now", "enrol", ("scheme", "citizen")),
    Column("signed_up", np.uint8, "0/1", "ever signed up", "enrol", ("scheme", "citizen")),
    Column("ever_enrolled", np.uint8, "0/1", "ever enrolled", "enrol", ("scheme", "citizen")),
    Column("joined_week", np.int16, "week", "week of joining", "enrol", ("scheme", "citizen"), NEVER),
    Column("left_week", np.int16, "week", "week of leaving", "enrol", ("scheme", "citizen"), NEVER),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Prepared:
    """One simulated society before any scheme: built once per replicate, shared by all its arms."""

    scenario: Any
    replicate: int
    luck: int
    citizens: Citizens
    people: Shown  # the same citizens as schemes see them
    graph: Graph
    streams: Streams
    parameters: Parameters
    betas: Betas
    behaviours: tuple[BehaviourTerms, ...]
    alpha: NDArray[np.float32]  # (behaviour, citizen), logit
    odds0: NDArray[np.float32]  # (behaviour, citizen), exp(alpha)
    rate: NDArray[np.float32]  # (behaviour, citizen), p0 without a trend
    responsiveness: NDArray[np.float32]  # (behaviour, citizen), s
    tie_weight: NDArray[np.float32]  # (citizen), sum of tie weights
    uptake: dict[tuple[str, str], float]  # alpha_E by (arm, scheme), logit
    demographic_cell: NDArray[np.uint16]
    locality_size: NDArray[np.int64]

    @property
    def n(self) -> int:
        """Number of citizens."""
        return self.citizens.n

    def ties_of(self) -> Graph:
        """Return who knows whom, for targets that ask."""
        return self.graph


def kinds_of(scheme: Any) -> tuple[str, ...]:
    """Return the kinds of what a scheme offers; where it is only what units that run it give, the kinds of that."""
    kinds: tuple[str, ...] = scheme.components
    if kinds or scheme.adoption is None:
        return kinds
    return tuple(scheme.adoption.for_members)


@dataclass
class SchemeState:
    """One scheme of the arm while it runs: what it is, whom it may reach, what it has on its accounts."""

    name: str
    scheme: Any
    index: int  # its row in the columns of this arm
    number: int  # that keys its draws, by its name: the same scheme has the same luck in every arm
    behaviour: int
    eligible: NDArray[np.uint8]
    reached: NDArray[np.uint8]  # of those eligible; the same array where everybody is reached
    ledger: Ledger
    uptake: float
    discrepancy: np.float32
    enrol_reason: NDArray[np.float32]
    never_start: NDArray[np.uint8]
    automatic: bool
    exit_chance: float
    tied: NDArray[np.int32]  # weight of each citizen's ties that were enrolled at the end of last week
    tied_as_of: NDArray[np.uint8]  # who was enrolled when `tied` was counted
    reason: NDArray[np.float32]  # R as if live, of the week whose offer is `weighed`
    on: bool = False
    features: Any = None
    weighed: tuple[float, ...] | None = None
    told: Any = None  # who is told a message that wears off, 0/1 or a column; None where there is none
    reason_to_come: NDArray[np.float32] | None = None  # R of the first week, while it is only announced
    paid_week: NDArray[np.int16] | None = None  # the last week in which each was paid; None where it does not matter
    partners: NDArray[np.int64] | None = None  # once a scheme has asked for them
    acts_live: int = 0  # acts of those live, over the weeks in which it was open
    outreach_satang: int = 0  # what reaching them costs, once, in the first week of offer
    units: Deciding | None = None  # those who decide whether to run it; None where nobody does
    ever_eligible: NDArray[np.uint8] = field(init=False)  # who could take part in any week so far
    acts_live_twin: int = 0  # those that their twins did in the same weeks
    false_claims: float = 0.0  # expected claims that count, of acts that were never done
    refused: float = 0.0  # true claims that checks refused
    honest: Ledger | None = None  # what would be due if nobody claimed falsely; kept where somebody can
    waiting: NDArray[np.int32] | None = None  # week since when each waits, -1 for who does not; None without a list
    served: NDArray[np.uint8] | None = None  # those with a place, where there is a list
    unpaid: dict[str, NDArray[Any]] | None = None  # accounts as the money ended, to tell what was earned on them
    ahead: Any = None  # the week as it was offered, to reckon the weeks to the end from

    def __post_init__(self) -> None:
        """Begin with those whom the target names."""
        self.ever_eligible = self.eligible

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of what it offers, which name its discrepancy; none where nothing is offered."""
        return kinds_of(self.scheme)

    @property
    def additional(self) -> float:
        """Share of the acts of those live, while it was open, beyond those of their twins; 0 where there is none."""
        return max(0.0, 1.0 - self.acts_live_twin / self.acts_live) if self.acts_live else 0.0

    @property
    def moves_acts(self) -> bool:
        """Tell whether it weighs in acts, and whoever is in it takes part; not where it brings them into another."""
        return self.scheme.brings_into is None

    @property
    def closed_week(self) -> int:
        """The first week that the budget did not cover, -1 where there was none."""
        return self.ledger.closed_week

    @property
    def cut_week(self) -> int:
        """The first week in which less was paid than was due, -1 where there was none."""
        return self.ledger.cut_week

    @property
    def gaming_possible(self) -> bool:
        """Tell whether what people claim can differ from what they do, or what counts from what they claim."""
        checks = self.scheme.checks
        return bool(self.scheme.pays_on_claims and (checks.verified < 1.0 or checks.refused > 0.0))

    @property
    def claimed(self) -> float:
        """Claims that counted: acts of those live, those wrongly refused left out, and false claims."""
        return self.acts_live - self.refused + self.false_claims if self.scheme.pays_on_claims else 0.0

    @property
    def paid_for_nothing_satang(self) -> float:
        """Of what was paid, what went to acts that were never done."""
        if self.honest is None or not self.ledger.due_satang:
            return 0.0
        return max(0.0, 1.0 - self.honest.due_satang / self.ledger.due_satang) * self.ledger.paid_satang

    @property
    def paid_additional_satang(self) -> float:
        """Of what was paid, what went to acts that their twins do not do; none of it for acts that were never done."""
        return (self.paid_satang - self.paid_for_nothing_satang) * self.additional

    @property
    def n_waiting(self) -> int:
        """How many wait for a place."""
        return 0 if self.waiting is None else int((self.waiting >= 0).sum())

    @property
    def paid_satang(self) -> int:
        """All that was paid so far."""
        return self.ledger.paid_satang

    @property
    def running_satang(self) -> int:
        """What running it has cost so far."""
        return self.ledger.running_satang


@dataclass
class Today:
    """What moves people to one behaviour this week: reasons as if live, who is live, cap of crowding, ease of access.

    Each is a column or one number for all.
    """

    reason: Any = _NOTHING
    live: Any = _NOTHING
    cap: Any = _NOTHING
    ease: Any = _NOTHING
    extra: Any = _NOTHING  # beside the reasons of the offers that are live: what [law] adds, logit
    lift: Any = _NOTHING  # after the push: what [law] adds, logit
    held: Any = _NOTHING  # what personal thresholds add to the push, or hold back of it, logit

    @property
    def weighed(self) -> tuple[Any, Any, Any, Any, Any]:
        """Reasons, who they hold for, who is asked, cap and ease as the passes take them.

        What [law] adds holds for everybody; then all are columns, of the types that two schemes on one act have, so
        that nothing more is compiled.
        """
        if not (np.ndim(self.extra) or np.ndim(self.lift) or np.ndim(self.held)):
            return self.reason, self.live, self.live, self.cap, self.ease
        shape = np.broadcast_shapes(np.shape(self.extra), np.shape(self.lift), np.shape(self.held))
        on, everybody = np.float32(self.live), np.ones(shape, np.uint8)
        zero, after = np.zeros(shape, np.float32), self.lift + self.held
        columns = (self.reason * on + self.extra + zero, self.cap * on + zero, self.ease * on + after + zero)
        return columns[0], everybody, (everybody * on).astype(np.uint8), columns[1], columns[2]


Personal = Callable[["State", BehaviourTerms, np.uint64], None]
"""Replaces the acts of citizens who decide in their own way."""


@dataclass
class State:
    """Everything of one arm in one society; `step` of `engine.run` moves it by a week."""

    prepared: Prepared
    arm: str
    backend: Any
    columns: Table
    schemes: list[SchemeState]
    week: int = -1
    today: list[Today] = field(default_factory=list)
    live: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 0), np.uint8))
    open_now: dict[int, NDArray[np.uint8]] = field(default_factory=dict)
    words: list[NDArray[np.int64]] = field(default_factory=list)
    lanes: int = LANES  # behaviours that share words
    open_words: dict[int, NDArray[np.int64]] = field(default_factory=dict)
    stirred: list[bool] = field(default_factory=list)
    worn: list[bool] = field(default_factory=list)  # by behaviour: whether any message was told
    announced: dict[int, NDArray[np.float32]] = field(default_factory=dict)
    displaced: dict[int, NDArray[np.float32]] = field(default_factory=dict)
    thresholds: dict[int, NDArray[np.float32]] = field(default_factory=dict)  # by behaviour, once asked for, logit
    live_any: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    ever_live: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    paid_now: list[tuple[int, NDArray[np.int64]]] = field(default_factory=list)
    records: Any = None
    received: NDArray[np.int64] | None = None  # satang that each citizen was paid so far; None before the first payment
    eyes: float = 0.0  # additional acts expected, times the share of their push that others' eyes make
    moved: float = 0.0  # additional acts expected of those looked at; see `engine.pressure`
    personal: Personal | None = None
    last_week: dict[str, NDArray[np.int8]] = field(default_factory=dict)  # acts that those of `personal` see
    present: NDArray[np.uint8] | None = None  # 0 for citizens who were removed; None where nobody was
    running: dict[str, NDArray[np.int64]] = field(default_factory=dict)  # by kind of unit: (week, 2), see `running`
    graph: Graph = field(init=False)
    tie_weight: NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the ties of the prepared society."""
        self.graph, self.tie_weight = self.prepared.graph, self.prepared.tie_weight

    @property
    def citizens(self) -> Citizens:
        """The citizens."""
        return self.prepared.citizens

    @property
    def behaviours(self) -> tuple[str, ...]:
        """Names of the behaviours, in file order."""
        return tuple(b.name for b in self.prepared.behaviours)

    def sticky_row(self, behaviour: int) -> int:
        """Return the row of a sticky behaviour in the columns that only sticky ones have."""
        return sum(b.sticky for b in self.prepared.behaviours[:behaviour])

    def probability(self, behaviour: int, rows: Any = slice(None)) -> Any:
        """Return the chance of one act in the scheme world as the week stands, float32, for the rows asked for."""
        terms, c, today = self.prepared.behaviours[behaviour], self.columns, self.today[behaviour]

        def at(x: Any) -> Any:
            return x[rows] if isinstance(x, np.ndarray) and x.ndim else x

        reason, live, _, _, ease = replace(today, held=_NOTHING).weighed
        on = np.float32(at(live))
        pushed = law.push(
            at(reason) * on + terms.visible_norm * c["norm"][behaviour][rows],
            terms.habit * c["habit"][behaviour][rows],
        )
        if behaviour in self.thresholds:
            pushed = law.counted(pushed, self.thresholds[behaviour][rows], gain())
        trend = terms.trend_odds(max(self.week, 0))
        if terms.sticky:
            trend = c["trend_odds"][self.sticky_row(behaviour)][rows]
        twin = law.baseline_odds(self.prepared.odds0[behaviour][rows], trend)
        odds = law.scheme_odds(twin, pushed, c["crowding"][behaviour][rows], at(ease) * on)
        return law.probability(odds)

    def __getstate__(self) -> dict[str, Any]:
        """Pickle the passes by their module's name."""
        return {**self.__dict__, "backend": self.backend.__name__}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Import the passes again."""
        self.__dict__.update(state)
        self.backend = import_module(state["backend"])


def new_state(prepared: Prepared, arm: str, backend: Any, schemes: list[SchemeState]) -> State:
    """Allocate the columns of an arm and put every citizen at its start."""
    n, behaviours = prepared.n, prepared.behaviours
    sticky = [b for b in behaviours if b.sticky]
    sizes = {
        "behaviour": len(behaviours),
        "citizen": n,
        "scheme": len(schemes),
        "sticky": len(sticky),
    }
    columns = Table(COLUMNS, sizes)
    lanes = LANES if _fits_sixteen_bits(prepared) else 1
    state = State(
        prepared=prepared,
        arm=arm,
        backend=backend,
        columns=columns,
        schemes=schemes,
        today=[Today() for _ in behaviours],
        live=np.zeros((len(schemes), n), np.uint8),
        words=[np.zeros(n, np.int64) for _ in range(-(-len(behaviours) // lanes))],
        lanes=lanes,
        stirred=[False] * len(behaviours),
        worn=[False] * len(behaviours),
        live_any=np.zeros(n, np.uint8),
        ever_live=np.zeros(n, np.uint8),
    )
    for row, b in enumerate(sticky):
        ids = prepared.citizens.ids
        draw = prepared.streams.uniform(STICKY, ids, b.index, START)
        columns["draw"][row] = draw
        odds = prepared.odds0[b.index]
        adopted = draw < odds / (np.float32(1.0) + odds)
        columns["acts"][b.index] = columns["acts_twin"][b.index] = adopted
    return state


def _fits_sixteen_bits(prepared: Prepared) -> bool:
    """Check that a week's weighted sum over neighbours fits its 16-bit lane."""
    most = max((b.n for b in prepared.behaviours), default=1)
    heaviest = float(prepared.tie_weight.max()) if prepared.n else 0.0
    return heaviest * most <= 32767
