"""What each scheme of an arm did with its people and its money, summed up over the simulated societies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

PEOPLE = ("eligible", "reached", "took_part", "signed_up")


@dataclass(frozen=True)
class SchemeSums:
    """A scheme of an arm under the first luck: means over societies; people are None in runs of an older version."""

    name: str
    when_spent: str
    societies: int
    eligible: float | None
    reached: float | None
    took_part: float | None
    signed_up: float | None
    paid_baht: float | None  # None where amounts are not in baht
    paid_share: float | None  # of what was due
    closed: tuple[int, int] | None  # societies, median week
    left_baht: float | None  # of the budget in all, mean of the societies in which it closed
    cut: tuple[int, int] | None  # societies, median first week
    waiting: float
    waiting_in: int  # societies

    def to_dict(self) -> dict[str, Any]:
        """Return what `compare --json` prints."""
        return {
            "scheme": self.name,
            "when_spent": self.when_spent,
            **{name: getattr(self, name) for name in PEOPLE},
            "paid_baht": self.paid_baht,
            "paid_share": self.paid_share,
            "closed_societies": 0 if self.closed is None else self.closed[0],
            "closed_week": None if self.closed is None else self.closed[1],
            "left_baht": self.left_baht,
            "cut_societies": 0 if self.cut is None else self.cut[0],
            "cut_week": None if self.cut is None else self.cut[1],
            "waiting": self.waiting,
            "waiting_societies": self.waiting_in,
        }


def by_scheme(ledgers: pd.DataFrame, arm: str, in_baht: bool = True) -> tuple[SchemeSums, ...]:
    """Sum each scheme of an arm up under the first luck, in file order; empty where there are no ledgers.

    Amounts that are not in baht are not told.
    """
    mine = ledgers[(ledgers["arm"] == arm) & (ledgers["luck"] == 0)]
    sums = tuple(_sums(str(name), rows) for name, rows in mine.groupby("scheme", sort=False))
    return sums if in_baht else tuple(replace(s, paid_baht=None) for s in sums)


def _sums(name: str, rows: pd.DataFrame) -> SchemeSums:
    due = float(rows["due_baht"].sum())
    closed = rows[rows["closed_week"] >= 0]
    return SchemeSums(
        name=name,
        when_spent=str(rows["when_spent"].iloc[0]),
        societies=len(rows),
        **{people: _mean(rows[people]) for people in PEOPLE},
        paid_baht=float(rows["paid_baht"].mean()),
        paid_share=float(rows["paid_baht"].sum()) / due if due else None,
        closed=_weeks(rows["closed_week"]),
        left_baht=_mean(closed["left_baht"]) if len(closed) else None,
        cut=_weeks(rows["cut_week"]),
        waiting=float(rows["waiting"].mean()),
        waiting_in=int((rows["waiting"] > 0).sum()),
    )


def _mean(column: pd.Series[Any]) -> float | None:
    """Return the mean, None where a value is not known."""
    return None if column.isna().any() else float(column.mean())


def _weeks(column: pd.Series[Any]) -> tuple[int, int] | None:
    """Return in how many societies there was such a week, and its median; None where there was none."""
    there = column[column >= 0]
    return (len(there), int(there.median())) if len(there) else None
