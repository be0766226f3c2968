"""How people hear of a scheme and reach it: a phone app, paper, a community agent. Whom none reaches never enters.

Whoever offers an app alone leaves out those who are not online; paper and agents reach a share of them at a cost.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation.core.params import BetweenKeys, Frozen, Share
from simulation.core.streams import OUTREACH, Streams

NOBODY, APP, PAPER, AGENT = range(4)
"""What reaches a citizen."""
_SATANG = 100


class _Columns(Protocol):
    def column(self, name: str) -> NDArray[Any]: ...


class Channels(Frozen):
    """How people are reached; everybody is, at no cost, where nothing stands here.

    An app reaches those online. Of the rest, paper reaches one share and community agents another; each head so reached
    costs once, when the scheme begins, out of its budget. Whom no channel reaches may take part and never hears of it.
    """

    app: bool = Field(default=False, description="A phone app, which reaches those who use the internet.")
    paper_share: Share = Field(default=0.0, description="Share of the rest whom paper reaches.")
    agent_share: Share = Field(default=0.0, description="Share of the rest whom a community agent reaches.")
    baht_per_paper: float = Field(default=0.0, ge=0, le=1e6, description="Cost of reaching one person by paper, baht.")
    baht_per_agent: float = Field(
        default=0.0, ge=0, le=1e6, description="Cost of reaching one person by an agent, baht."
    )

    @model_validator(mode="after")
    def _fits(self) -> Channels:
        if self.paper_share + self.agent_share > 1.0 + 1e-9:
            total = self.paper_share + self.agent_share
            raise BetweenKeys(
                f"paper_share and agent_share are parts of the same people and sum to {total:g}; they sum to 1 at most",
                f"paper_share และ agent_share เป็นส่วนของคนกลุ่มเดียวกัน รวมได้ {total:g} ต้องไม่เกิน 1",
            )
        for name in ("paper", "agent"):
            if getattr(self, f"baht_per_{name}") and not getattr(self, f"{name}_share"):
                raise BetweenKeys(
                    f'"baht_per_{name}" goes with "{name}_share"', f'"baht_per_{name}" ต้องใช้คู่กับ "{name}_share"'
                )
        return self

    @property
    def limited(self) -> bool:
        """Tell whether any channel is named, so that only some are reached."""
        return self.app or self.paper_share > 0 or self.agent_share > 0

    def reaches(self, people: _Columns, ids: NDArray[np.uint64], streams: Streams, number: int) -> NDArray[np.uint8]:
        """Return what reaches each citizen: NOBODY, APP, PAPER or AGENT, uint8[N].

        Drawn once a citizen and scheme, by its number; the arm is never part of it.
        """
        u = streams.uniform64(OUTREACH, ids, number)
        by_paper, by_either = u < self.paper_share, u < self.paper_share + self.agent_share
        found = np.where(by_paper, PAPER, np.where(by_either, AGENT, NOBODY)).astype(np.uint8)
        if self.app:
            found[people.column("online") > 0] = APP
        return found

    def cost_satang(self, reached: NDArray[np.uint8]) -> int:
        """Return what it costs to reach these people once, satang; an app costs nothing a head."""
        each = {PAPER: self.baht_per_paper, AGENT: self.baht_per_agent}
        return sum(int((reached == channel).sum()) * round(baht * _SATANG) for channel, baht in each.items())
