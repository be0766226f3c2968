"""What is recorded of a task that was tried for the last time."""

from __future__ import annotations

from dataclasses import replace

from simulation.studies.executors.carry import OUT_OF_MEMORY
from simulation.studies.tasks import Finished

_TRIES = {1: "1 try", 2: "2 tries"}


def settled(found: Finished, dead: bool = False) -> Finished:
    """Return what is recorded: memory and dead workers with the number of tries, all else as it is.

    Rows of arms that went well are kept beside those that ran out of memory.
    """
    tries = _TRIES[found.task.attempt]
    if dead:
        return replace(found, rows=(), died=f"{found.died}, {tries}")
    if found.died != OUT_OF_MEMORY:
        return found
    if any(row.get("status") != "failed" for row in found.rows):
        return replace(found, rows=tuple(_with_tries(row, tries) for row in found.rows), died="")
    return replace(found, rows=(), died=f"{OUT_OF_MEMORY}, {tries}")


def _with_tries(row: dict[str, object], tries: str) -> dict[str, object]:
    return {**row, "message": f"{OUT_OF_MEMORY}, {tries}"} if row.get("error") == "MemoryError" else row
