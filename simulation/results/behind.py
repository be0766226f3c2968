"""What stands behind a result: the mechanisms that an arm leans on, and the published experiments that tested them.

The table of support is data, `data/evidence/support.json`, written by a script from the studies and their report card.
What an arm leans on is found by `studies.evidence.leaning` from its schemes' features, before anything is run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from simulation.core.params import Text

TOLD = (
    "jump", "money", "lottery", "recognition", "appeal", "commitment", "team", "comparison", "habit", "sticky",
    "take_up",
)  # fmt: skip
"""Mechanisms that experiments can tell: any reward at all, the worth of money, and so on."""
UNTOLD = ("crowding", "peers", "seeding", "areas", "organisations")
"""Mechanisms of which no experiment in the field behind the parameters tells anything: they are judgement."""
MECHANISMS = (*TOLD, *UNTOLD)
CARRIED_BY = ("seeding", "areas", "organisations")
"""Those of UNTOLD by which an effect may come about at all; crowding and peers change its size."""
COLUMNS = ("arm", "mechanism", "studies", "arms", "countries", "thai_studies", "mae_log_odds", "coverage90")
RANGES = ("value_days", "offer_weeks", "weeks_after", "baseline")
_NEVER_TOO_FEW = ("offer_weeks", "weeks_after")


@dataclass(frozen=True)
class Leaning:
    """What an arm leans on, known before it is run.

    Attributes:
        mechanisms: In the order of `MECHANISMS`.
        value_days: Least and most worth of an act above 0, days of wage; None where nothing is paid.
        offer_weeks: Weeks of its longest offer.
        weeks_after: Weeks from the end of its first offer that ends to the horizon.
        baseline: Least and most share of opportunities taken without it.
        kinds: Virtues that its behaviours serve first; those that serve none are left out.
    """

    mechanisms: tuple[str, ...]
    value_days: tuple[float, float] | None
    offer_weeks: int
    weeks_after: int
    baseline: tuple[float, float]
    kinds: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data for a manifest; `from_json` takes it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Leaning:
        """Return what `to_json` wrote."""
        pair = data["value_days"]
        return cls(
            tuple(data["mechanisms"]),
            None if pair is None else (float(pair[0]), float(pair[1])),
            int(data["offer_weeks"]),
            int(data["weeks_after"]),
            (float(data["baseline"][0]), float(data["baseline"][1])),
            tuple(data["kinds"]),
        )


@dataclass(frozen=True)
class Backing:
    """The studies behind one mechanism and how well they were predicted, each by parameters that had not seen it.

    `mae` is in log-odds, `coverage90` the share of figures inside the 90 % interval; None until they are scored.
    """

    mechanism: str
    told: bool
    studies: tuple[str, ...] = ()
    arms: int = 0
    countries: tuple[str, ...] = ()
    thai_studies: int = 0
    mae: float | None = None
    coverage90: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**asdict(self), "studies": list(self.studies), "countries": list(self.countries)}


@dataclass(frozen=True)
class Beyond:
    """A value outside what studies cover: what it is, the value, and the ends of what they cover."""

    what: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Behind:
    """What stands behind the result of one arm."""

    mechanisms: tuple[Backing, ...]
    beyond: tuple[Beyond, ...] = ()
    kinds_unseen: tuple[str, ...] = ()

    @property
    def untold(self) -> tuple[str, ...]:
        """Return the mechanisms without any study behind them."""
        return tuple(b.mechanism for b in self.mechanisms if not b.studies)

    @property
    def weak(self) -> tuple[str, ...]:
        """Return those without a study by which its effect may come about; all of them where none has one."""
        if len(self.untold) == len(self.mechanisms):
            return self.untold
        return tuple(name for name in self.untold if name in CARRIED_BY)

    @property
    def studies(self) -> tuple[str, ...]:
        """Return the studies behind any of its mechanisms, each once."""
        return tuple(sorted({study for b in self.mechanisms for study in b.studies}))

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "mechanisms": [b.to_json() for b in self.mechanisms],
            "studies": list(self.studies),
            "without_evidence": list(self.untold),
            "outside": [asdict(b) for b in self.beyond],
            "kinds_not_studied": list(self.kinds_unseen),
        }


@dataclass(frozen=True)
class AtEnd:
    """What an arm leans on more with one factor of a study at an end of its values, all else as in the scenario."""

    factor: str
    value: Any
    arm: str
    beyond: tuple[Beyond, ...] = ()
    weak: tuple[str, ...] = ()


@dataclass(frozen=True)
class StudyBehind:
    """What stands behind the arms of a study, looked up before anything is run.

    Attributes:
        arms: By name, at the scenario's own values.
        ends: What is there besides where one factor is at an end of its values.
        looked: Factors whose ends were looked at.
        not_looked: Those whose ends were not; factors of the law are in neither, for what an arm leans on is the same.
        pilot: Says which pilot taught the parameters; None where none did.
    """

    arms: Mapping[str, Behind]
    ends: tuple[AtEnd, ...] = ()
    looked: tuple[str, ...] = ()
    not_looked: tuple[str, ...] = ()
    pilot: Text | None = None


def more_at_end(factor: str, value: Any, arm: str, usual: Behind, there: Behind) -> AtEnd | None:
    """Return what is to be warned of at the end of a factor and not at the scenario's own values; None for nothing."""
    known = {b.what for b in usual.beyond}
    beyond = tuple(b for b in there.beyond if b.what not in known)
    weak = tuple(name for name in there.weak if name not in usual.weak)
    return AtEnd(factor, value, arm, beyond, weak) if beyond or weak else None


@cache
def support() -> Mapping[str, Any]:
    """Return the shipped table of support: studies, mechanisms, ranges and kinds of behaviour."""
    text = (resources.files("simulation") / "data" / "evidence" / "support.json").read_text("utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def behind(leaning: Leaning, table: Mapping[str, Any] | None = None) -> Behind:
    """Look up what stands behind an arm.

    Args:
        leaning: What it leans on.
        table: A table of support; the shipped one by default.
    """
    found = support() if table is None else table
    return Behind(
        tuple(_backing(name, found["mechanisms"]) for name in leaning.mechanisms),
        tuple(_beyond(leaning, found["ranges"])),
        tuple(kind for kind in leaning.kinds if kind not in found["kinds"]),
    )


def behind_table(arms: Sequence[Any]) -> Any:
    """Return one row for each arm and mechanism that it leans on, a DataFrame; no row where nothing was looked up."""
    import pandas as pd  # the small commands that look up a mechanism do not need it

    rows = [
        {
            "arm": a.name,
            "mechanism": b.mechanism,
            "studies": len(b.studies),
            "arms": b.arms,
            "countries": len(b.countries),
            "thai_studies": b.thai_studies,
            "mae_log_odds": b.mae,
            "coverage90": b.coverage90,
        }
        for a in arms
        if a.behind is not None
        for b in a.behind.mechanisms
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def thai_studies(behinds: Sequence[Behind], table: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """Return the studies behind any of several arms that were made in Thailand."""
    studies = (support() if table is None else table)["studies"]
    names = sorted({study for b in behinds for study in b.studies})
    return tuple(name for name in names if studies[name]["country"] == "TH")


def _backing(name: str, mechanisms: Mapping[str, Any]) -> Backing:
    row = mechanisms.get(name)
    if row is None:
        return Backing(name, False)
    return Backing(
        name,
        bool(row["told"]),
        tuple(row["studies"]),
        int(row["arms"]),
        tuple(row["countries"]),
        int(row["thai_studies"]),
        row["mae"],
        row["coverage90"],
    )


def _beyond(leaning: Leaning, ranges: Mapping[str, Any]) -> list[Beyond]:
    """Return what of an arm lies outside the ranges of the studies; weeks are never too few."""
    said: dict[str, tuple[float, ...]] = {
        "value_days": leaning.value_days or (),
        "offer_weeks": (float(leaning.offer_weeks),),
        "weeks_after": (float(leaning.weeks_after),),
        "baseline": leaning.baseline,
    }
    found = []
    for what in RANGES:
        if ranges.get(what) is None:
            continue
        low, high = ranges[what]
        outside = [x for x in said[what] if x > high or (x < low and what not in _NEVER_TOO_FEW)]
        if outside:
            found.append(Beyond(what, max(outside, key=_distance(low, high)), low, high))
    return found


def _distance(low: float, high: float) -> Any:
    """Return how far a value lies outside, as a factor, so that too much and too little can be told apart."""

    def factor(x: float) -> float:
        return x / high if x > high else low / max(x, 1e-12)

    return factor
