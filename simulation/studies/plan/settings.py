"""What is changed of a study by whoever runs it: values of its scenario for all points, and how many societies."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.core.errors import whole_number


def settings_of(set_: str | Sequence[str], replicates: int | None) -> list[str]:
    """Return what is changed of a study: values of its scenario for all points, and how many societies."""
    settings = [set_] if isinstance(set_, str) else list(set_)
    if replicates is not None:
        whole_number("replicates", replicates, 1, 100_000)
        settings.append(f"study.replicates={replicates}")
    return settings
