"""Points of a design from their runs, a few points at a time: means, their Monte Carlo error, 90 % intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from simulation.results.fragments.store import Store
from simulation.results.intervals import LEAST_FOR_INTERVAL
from simulation.results.study_columns import OUTCOMES

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
AT_ONCE = 50_000
"""Rows that are looked at together, about 10 MB with all outcomes."""


def point_means(store: Store, outcomes: Sequence[str] = OUTCOMES, rows: int = AT_ONCE) -> pd.DataFrame:
    """Return one row per point and arm, in the order of the design: what its runs show.

    Columns: point, the factors, arm, replicates (runs that are ok), failed, and for each outcome `o` its mean, `o_n`
    (runs in which it is defined; the rest is over these), `o_sd` (n - 1), `o_mcse` = sd / sqrt(n), NaN for one run, and
    `o_low`, `o_high`, order statistics as in `intervals.bounds`, NaN below 19. Points without any run have no row.
    Means of ratios (cost per act, kept shares) are of the runs' own ratios.

    Values are summed in the order of the design, so the figures do not depend on how the runs were written. Memory is
    that of the answer, of `rows` runs (of one point where that has more) and of a byte a row of the design.
    """
    import pandas as pd

    pieces = [_piece(store, points, list(outcomes)) for points in store.pieces(rows)]
    filled = [p for p in pieces if len(p)] or pieces[:1]
    return pd.concat(filled, ignore_index=True)


def _piece(store: Store, points: range, outcomes: list[str]) -> pd.DataFrame:
    import pandas as pd

    layout = store.layout
    factors = [name for name, _ in layout.factors]
    table = store.table(["point", "replicate", "arm", "status", *factors, *outcomes], points)
    shape = (len(points), layout.replicates, len(layout.arms))
    place = layout.places(table) - points.start * layout.replicates * len(layout.arms)
    ok = np.asarray(pc.equal(table.column("status"), "ok"), bool)
    replicates, failed = (_counted(place[rows], shape) for rows in (ok, ~ok))
    some = (replicates + failed) > 0
    where, arm = np.nonzero(some)
    columns: dict[str, Any] = {"point": where + points.start}
    first = np.searchsorted(place, where * shape[1] * shape[2])
    columns |= {name: table.column(name).take(pa.array(first)).to_pandas() for name in factors}
    columns |= {"arm": np.array(layout.arms, object)[arm], "replicates": replicates[some], "failed": failed[some]}
    for outcome in outcomes:
        values = np.full(shape, np.nan)
        values.ravel()[place[ok]] = np.asarray(table.column(outcome))[ok]
        columns |= {f"{outcome}{end}": found[some] for end, found in _described(values).items()}
    return pd.DataFrame(columns).astype({"arm": "str"})


def _counted(place: NDArray[np.int64], shape: tuple[int, int, int]) -> NDArray[np.int64]:
    counted = np.zeros(shape, np.int64)
    counted.ravel()[place] = 1
    return np.asarray(counted.sum(axis=1))


def _described(values: Floats) -> dict[str, NDArray[Any]]:
    """Describe values of shape (points, replicates, arms) over replicates, NaN and infinities left out."""
    known = np.isfinite(values)
    n = known.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=1) / n
        far = np.where(known, values - mean[:, None, :], 0.0)
        sd = np.where(n > 1, np.sqrt((far * far).sum(axis=1) / np.maximum(n - 1, 1)), np.nan)
        mcse = sd / np.sqrt(n)
    ordered = np.sort(np.where(known, values, np.inf), axis=1)
    k = np.floor(0.05 * (n + 1)).astype(np.int64)
    enough = n >= LEAST_FOR_INTERVAL
    low, high = (
        np.where(enough, np.take_along_axis(ordered, np.where(enough, at, 0)[:, None, :], axis=1)[:, 0, :], np.nan)
        for at in (k - 1, n - k)
    )
    return {"": mean, "_n": n, "_sd": sd, "_mcse": mcse, "_low": low, "_high": high}
