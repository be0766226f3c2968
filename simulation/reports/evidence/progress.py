"""What is said while published experiments are replayed, on stderr."""

from __future__ import annotations

from simulation.reports.weekly import WeeksShown


class ReplayShown(WeeksShown):
    """Shows how many simulated societies are done, as a single run shows its weeks."""

    def _count(self, done: int, total: int) -> str:
        return (
            f"{done:,} จาก {total:,} สังคมจำลอง" if self.lang == "th" else f"{done:,} of {total:,} simulated societies"
        )
