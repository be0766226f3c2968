"""The ledgers of the schemes as a table, and what is to be said of false claims, cuts and waiting lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from simulation.results.columns import TABLES

MENTIONED = 0.01
"""Share of an arm's money from which false claims, or checks, are told; a design value."""
_SHARES = {"false_share": ("false_claims", "claims"), "paid_share": ("paid_baht", "due_baht")}


class _Ended(Protocol):
    """What is to be said of as money ends, of an arm or of one of its schemes."""

    @property
    def cut(self) -> tuple[int, int] | None: ...
    @property
    def paid_share(self) -> float | None: ...
    @property
    def waiting(self) -> float: ...
    @property
    def waiting_in(self) -> int: ...


@dataclass(frozen=True)
class Money:
    """What the ledgers of an arm say under the first luck; shares are ratios of sums, None of nothing."""

    paid_share: float | None
    cut: tuple[int, int] | None  # societies, median first week
    pro_rata: bool
    waiting: float  # mean people at the end
    waiting_in: int  # societies
    false_share: float | None
    paid_for_nothing_share: float | None
    checking_share: float | None  # of all costs
    closed: tuple[int, int] | None = None  # societies in which the money ended, median first week

    def to_dict(self) -> dict[str, Any]:
        """Return what `compare --json` prints."""
        return {
            "closed_societies": 0 if self.closed is None else self.closed[0],
            "closed_week": None if self.closed is None else self.closed[1],
            "paid_share": self.paid_share,
            "cut_societies": 0 if self.cut is None else self.cut[0],
            "cut_week": None if self.cut is None else self.cut[1],
            "waiting": self.waiting,
            "waiting_societies": self.waiting_in,
            "false_share": self.false_share,
            "paid_for_nothing_share": self.paid_for_nothing_share,
            "checking_share": self.checking_share,
        }


def ledger_table(runs: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each scheme of each complete run; empty where runs of an older version say nothing of it."""
    columns = [c.name for c in TABLES["ledgers"]]
    rows = []
    for run in runs[runs["status"] == "ok"].to_dict("records") if "ledgers" in runs else ():
        for row in json.loads(run["ledgers"]):
            shares = {name: _share(row[above], row[below]) for name, (above, below) in _SHARES.items()}
            rows.append({**{k: run[k] for k in ("arm", "replicate", "luck")}, **row, **shares})
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys((*_SHARES, "left_baht"), "float64"))


def money_of(ledgers: pd.DataFrame, arm: str) -> Money | None:
    """Sum an arm's ledgers up, under the first luck; None where there are none."""
    mine = ledgers[(ledgers["arm"] == arm) & (ledgers["luck"] == 0)]
    if not len(mine):
        return None
    total = mine[["claims", "false_claims", "paid_baht", "paid_for_nothing_baht", "due_baht"]].sum()
    costs = float(mine[["paid_baht", "service_baht", "running_baht"]].sum().sum())
    cuts, closed = (mine[mine[x] >= 0].groupby("replicate")[x].min() for x in ("cut_week", "closed_week"))
    waiting = mine.groupby("replicate")["waiting"].sum()
    return Money(
        paid_share=_share(total["paid_baht"], total["due_baht"]),
        cut=(len(cuts), int(cuts.median())) if len(cuts) else None,
        pro_rata=bool((mine["when_spent"] == "pro-rata").any()),
        waiting=float(waiting.mean()),
        waiting_in=int((waiting > 0).sum()),
        false_share=_share(total["false_claims"], total["claims"]),
        paid_for_nothing_share=_share(total["paid_for_nothing_baht"], total["paid_baht"]),
        checking_share=_share(float(mine["checking_baht"].sum()), costs),
        closed=(len(closed), int(closed.median())) if len(closed) else None,
    )


def budget_words(money: _Ended | None, n: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield kind and values of what is to be said of cuts and waiting lists, with however few societies."""
    if money is None:
        return
    if money.cut is not None:
        yield "pay-outs are cut", {"n": money.cut[0], "R": n, "week": money.cut[1], "share": money.paid_share}
    if money.waiting_in:
        yield "some wait", {"n": money.waiting_in, "R": n, "people": money.waiting}


def claim_words(money: Money | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield kind and values of what is to be said of false claims and of the cost of checks."""
    if money is None:
        return
    if (money.paid_for_nothing_share or 0.0) >= MENTIONED:
        yield "paid for nothing", {"share": money.paid_for_nothing_share, "false": money.false_share}
    if (money.checking_share or 0.0) >= MENTIONED:
        yield "checks cost", {"share": money.checking_share}


def _share(part: float, whole: float) -> float | None:
    """Return a part of a whole; None where there is no whole."""
    return float(part) / float(whole) if whole else None
