"""A cluster of Dask as a workplace."""

from __future__ import annotations

from simulation.core.errors import InputError
from simulation.studies.executors.processes import Notice, silent
from simulation.studies.sweeps.tasks import Executor


def dask_executor(
    address: str,
    jobs: int = 1,
    *,
    batch: int | None = None,
    run_timeout: float | None = None,
    total: int | None = None,
    notice: Notice = silent,
) -> Executor:
    """Return the executor that carries tasks out on the workers of a Dask scheduler."""
    raise InputError("Clusters are not there yet.", "ยังใช้คลัสเตอร์ไม่ได้")
