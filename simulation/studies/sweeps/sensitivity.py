"""Sensitivity of a study's outcomes to what it varies: sweep first, then indices from the points."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.core.errors import InputError, one_of
from simulation.core.params import Text
from simulation.results.responses.indices import sensitivity as indices_of
from simulation.studies.plan.read import load_study
from simulation.studies.plan.settings import settings_of
from simulation.studies.plan.study import Study
from simulation.studies.sweeps.sweep import sweep
from simulation.studies.sweeps.swept import Sweep

METHODS = ("auto", "morris", "sobol", "pawn", "delta")


class Sensitivity(Sweep):
    """The result of `sensitivity`: a Sweep with an index of every factor for each outcome and arm, with its interval.

    Attributes:
        method: "auto" takes what fits the design and how skewed the outcome is; or "morris", "sobol", "pawn", "delta".
    """

    method: str = "auto"

    @cached_property
    def indices(self) -> pd.DataFrame:
        """One row a factor, arm and outcome: method, its columns, share of the variance that is Monte Carlo noise."""
        return pd.concat([table for table, _ in self._found], ignore_index=True)

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What a reader must know first: of the study, and of the indices."""
        return (*super().warnings, *self.cautions)

    @cached_property
    def cautions(self) -> tuple[Text, ...]:
        """What a reader must know: a design too small for its intervals, points left out."""
        said = [w for _, warning in self._found if (w := warning) is not None]
        return tuple(dict((w.en, w) for w in said).values())

    @cached_property
    def _found(self) -> list[tuple[pd.DataFrame, Text | None]]:
        asked = None if self.method == "auto" else self.method
        found = []
        for arm, outcome in self._judged():
            each = indices_of(self.points, self.facts, outcome, arm, method=asked, runs=self._paired)
            table = each.table.assign(
                method=each.method, arm=arm, outcome=outcome, used=each.used, noise_share=each.noise_share
            )
            found.append((table, each.warning))
        return found

    def _judged(self) -> list[tuple[str, str]]:
        """Return the pairs of arm and outcome that are judged; a contrast has the outcome it is of."""
        arms = [(arm, o) for arm, _ in self.facts.arms for o in self.facts.outcomes]
        return arms + [(c.name, c.outcome) for c in self.facts.contrasts]


def sensitivity(study: str | Path | Study, *, method: str = "auto", **ways: Any) -> Sensitivity:
    """Sweep a study, or go on with what is kept of it, and return how much each factor moves each outcome.

    A study swept before into the same folder is not run again.

    Args:
        study: A study file or its folder, a shipped name, or a Study.
        method: "auto", or "morris" (mu*, sigma), "sobol" (S1, ST; needs design kind "saltelli"), "pawn" or "delta" (any
            design; for skewed outcomes).
        ways: As `sweep` takes them: jobs, out, cluster, limit and so on.

    Raises:
        InputError: For a method that does not fit the design, and whatever `sweep` raises.

    Example:
        >>> import simulation as kw
        >>> fee = "arms.fee_discount.schemes.fee"
        >>> levers = {"size": {"key": f"{fee}.baht_per_month", "range": [0, 80]}}
        >>> peers = {"peers": {"key": "parameters.w_d"}}
        >>> design = {"kind": "morris", "trajectories": 4}
        >>> small = {"world.citizens": 300, "run.weeks": 60}
        >>> asked = kw.study("bangkok-waste", levers, peers, design, ["fee_discount"], replicates=1, set=small)
        >>> found = kw.sensitivity(asked, jobs=1, report=False)
        >>> found.indices[["factor", "method", "moves"]].values.tolist()
        [['size', 'morris', 4], ['peers', 'morris', 4]]
    """
    one_of("method", method, METHODS)
    found = load_study(study, settings_of(ways.get("set_", ()), ways.get("replicates"), ways.get("parameters")))
    _fits(method, found.facts.design)
    wanted = ways.pop("report", True)
    done = of_sweep(sweep(study, report=False, **ways), method)
    if wanted:
        done.write()
    return done


def of_sweep(swept: Sweep, method: str = "auto") -> Sensitivity:
    """Return the sensitivity of what is swept; its report and tables are written again, with the indices."""
    one_of("method", method, METHODS)
    _fits(method, swept.facts.design)
    found = Sensitivity(swept.study, swept.store, swept.lang)
    found.method = method
    return found


def _fits(method: str, design: str) -> None:
    """Raise InputError where a method needs another design."""
    needs = {"morris": "morris", "sobol": "saltelli"}.get(method)
    if needs is not None and design != needs:
        raise InputError(
            f'method "{method}" needs a design of kind = "{needs}"; this study has "{design}". '
            "Change [design], or take --method pawn or delta, which read any design.",
            f'วิธี "{method}" ต้องใช้แบบ kind = "{needs}" แต่การศึกษานี้ใช้ "{design}" '
            "ให้แก้ [design] หรือใช้ --method pawn หรือ delta ซึ่งอ่านได้ทุกแบบ",
        )
