"""What a finished run tells of rights: who got the money, who signed up and left, how much others' eyes drove."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.engine.state import NEVER, State

DEVICES = (("online", 1), ("offline", 0))
"""Groups by device, with the value of the column `online`."""
MEASURED = ("recipients", "top_tenth_share", "reward_spread", "pressure", "signed_up", "withdrew")
"""Columns of a run. NaN where there is nothing to measure: nobody paid, nothing added, nobody asked to sign up."""
_TENTH = 10
_NAN = float("nan")


def measured(state: State) -> dict[str, float]:
    """Return the columns of MEASURED for a finished run.

    `top_tenth_share` is the share of the money to people that the tenth of recipients who got most received,
    `reward_spread` their mean over that of the tenth who got least; `pressure` the share of additional acts that
    others' eyes drive.
    """
    top, spread, n = concentration(state.received)
    signed_up, withdrew = _consent(state)
    return {
        "recipients": float(n),
        "top_tenth_share": top,
        "reward_spread": spread,
        "pressure": state.eyes / state.moved if state.moved > 0 else _NAN,
        "signed_up": signed_up,
        "withdrew": withdrew,
    }


def concentration(received: NDArray[np.int64] | None) -> tuple[float, float, int]:
    """Return the top tenth's share of the money, their mean over the bottom tenth's, and how many received any.

    A tenth is rounded up to whole people, so that of fewer than ten recipients it is one of them.
    """
    got = np.sort(received[received > 0]) if received is not None else np.zeros(0, np.int64)
    if not len(got):
        return _NAN, _NAN, 0
    tenth = -(-len(got) // _TENTH)
    top, bottom = int(got[-tenth:].sum()), int(got[:tenth].sum())
    return top / int(got.sum()), top / bottom, len(got)


def _consent(state: State) -> tuple[float, float]:
    """Count the people who signed up for a scheme that asks, and those of them who ever left one."""
    asked = [s.index for s in state.schemes if not s.automatic]
    if not asked:
        return _NAN, _NAN
    c: Any = state.columns
    signed = (c["signed_up"][asked] > 0).any(axis=0)
    left = (c["left_week"][asked] > NEVER).any(axis=0)
    return float(signed.sum()), float((signed & left).sum())
