"""Best and worst points of a study, and whether the ranking of arms survives over its design."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from simulation.results.responses.facts import StudyFacts
from simulation.results.responses.tables import Floats, by_society, rows_of, usual_point

SURE = 2.0
"""Differences of at most this many standard errors are not told from none (95 %)."""
COMPARED = ["behind", "behind_mcse", "paired", "alike"]
LED = ["leader", "second", "lead", "lead_mcse", "settled", "p_best", "tau", "reference", "as_reference"]


def best(
    points: pd.DataFrame,
    facts: StudyFacts,
    outcome: str,
    arm: str | None = None,
    n: int | None = 5,
    largest: bool = True,
    runs: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the points with the best means of an outcome, and which of them are not to be told from the first.

    `behind` is the distance to the first, never below 0. With `runs` its error is that of the differences society by
    society (common random numbers), else that of two independent means, which is too large. `alike` says that the
    distance is at most two standard errors, or that its error is not known. The first of many is picked for being
    first: its mean is too good by luck wherever others are alike, and by more the more there are.

    Args:
        points: A row a point and arm.
        facts: The study.
        outcome: Outcome to judge by.
        arm: An arm or contrast; None ranks points of all arms (no contrasts) together.
        n: Rows wanted; None for all.
        largest: Whether large values are good.
        runs: Runs, for paired differences.

    Returns:
        rank, point, arm, the factors, mean, mcse, low, high, replicates, failed, behind, behind_mcse, paired, alike.
    """
    arms = [name for name, _ in facts.arms] if arm is None else [arm]
    rows = pd.concat([rows_of(points, facts, outcome, name) for name in arms], ignore_index=True)
    rows = rows.sort_values(outcome, ascending=not largest, kind="stable").head(n if n is not None else len(rows))
    names = {outcome: "mean", f"{outcome}_mcse": "mcse", f"{outcome}_low": "low", f"{outcome}_high": "high"}
    kept = ["point", "arm", *(f.name for f in facts.factors), *names, "replicates", "failed"]
    table = rows[[c for c in kept if c in rows.columns]].rename(columns=names).reset_index(drop=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    compared = pd.DataFrame(_behind(table, facts, outcome, runs), columns=COMPARED, index=table.index)
    return pd.concat([table, compared.astype({"paired": bool, "alike": bool})], axis=1)


def worst(
    points: pd.DataFrame,
    facts: StudyFacts,
    outcome: str,
    arm: str | None = None,
    n: int | None = 5,
    largest: bool = True,
    runs: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the points with the worst means, the worst first; columns and arguments as in `best`."""
    return best(points, facts, outcome, arm, n, not largest, runs)


def _behind(
    table: pd.DataFrame, facts: StudyFacts, outcome: str, runs: pd.DataFrame | None
) -> list[tuple[float, float, bool, bool]]:
    if not len(table):
        return []
    found = []
    values = None
    if runs is not None:
        points, at = np.unique(table["point"].to_numpy(np.int64), return_inverse=True)
        arms = table["arm"].unique().tolist()
        values = by_society(runs, facts, outcome, points, arms)[at.reshape(-1), [arms.index(a) for a in table["arm"]]]
    means, errors = table["mean"].to_numpy(np.float64), table["mcse"].to_numpy(np.float64)
    for i in range(len(table)):
        distance = float(abs(means[0] - means[i]))
        error = math.hypot(errors[0], errors[i]) if i else 0.0
        paired = False
        if values is not None and i:
            paired_error = _error(values[0] - values[i])
            paired = math.isfinite(paired_error)
            error = paired_error if paired else error
        found.append((distance, error, paired, not distance > SURE * error))
    return found


def _error(differences: Floats) -> float:
    known = differences[np.isfinite(differences)]
    return float(known.std(ddof=1)) / math.sqrt(len(known)) if len(known) > 1 else math.nan


def ranking(
    points: pd.DataFrame,
    facts: StudyFacts,
    outcome: str,
    arms: list[str] | None = None,
    largest: bool = True,
    runs: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return, for each point, which arm leads, by how much and how surely, and how far its ranking is the reference's.

    The reference is the usual point, or, where no point or several have the usual values, the means over the design.
    `tau` is Kendall's tau-b of the two rankings: 1 the same, -1 reversed, NaN where one ties all. `settled` says that
    the lead is more than two standard errors, paired with `runs`; an error that is not known settles nothing.
    `p_best` is the share of the point's societies in which the leader is best, ties split. Points with fewer than two
    arms are left out.

    Returns:
        One row a point: point, the factors, leader, second, lead, lead_mcse, settled, p_best, tau, reference,
        as_reference.
    """
    arms = arms or [name for name, _ in facts.arms]
    means, errors = _wide(points, facts, outcome, arms)
    numbers = means.index.to_numpy(np.int64)
    societies = None if runs is None else by_society(runs, facts, outcome, numbers, arms)
    x, e, sign = means.to_numpy(np.float64), errors.to_numpy(np.float64), 1.0 if largest else -1.0
    usual = usual_point(points, facts)
    at_usual = usual is not None and usual in numbers
    reference = x[numbers == usual][0] if at_usual else _mean(x)
    found = []
    for i in range(len(x)):
        led = _lead(sign * x[i], e[i], None if societies is None else sign * societies[i])
        first, second = (int(led.pop(k)) for k in ("first", "next"))
        row = {"leader": arms[first], "second": arms[second]} | led | {"tau": kendall(x[i], reference)}
        found.append(row | {"as_reference": first == int(np.nanargmax(sign * reference))})
    table = pd.DataFrame(found, columns=LED).assign(reference="usual" if at_usual else "mean")
    design = points.drop_duplicates("point").set_index("point")[[f.name for f in facts.factors]]
    return pd.concat([design.loc[means.index].reset_index(), table], axis=1).astype(
        {"settled": bool, "as_reference": bool}
    )


def _mean(x: Floats) -> Floats:
    """Return the mean of each column over what is known; NaN where nothing is."""
    n = np.isfinite(x).sum(axis=0)
    return np.where(n > 0, np.nansum(x, axis=0) / np.maximum(n, 1), math.nan)


def _wide(points: pd.DataFrame, facts: StudyFacts, outcome: str, arms: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return means and their errors, a row a point, a column an arm; points with fewer than two arms left out."""
    rows = pd.concat([rows_of(points, facts, outcome, arm) for arm in arms], ignore_index=True)
    means, errors = (
        rows.pivot_table(index="point", columns="arm", values=c, dropna=False).reindex(columns=arms)
        for c in (outcome, f"{outcome}_mcse")
    )
    enough = means.notna().sum(axis=1) >= 2
    return means[enough], errors.reindex(means.index)[enough]


def _lead(values: Floats, errors: Floats, own: Floats | None) -> dict[str, float]:
    """Return which arm leads at a point, which comes next, by how much, and how surely; larger is better here."""
    ordered = [int(i) for i in np.argsort(-values, kind="stable") if np.isfinite(values[i])]
    first, second = ordered[0], ordered[1]
    lead, error, p_best = float(values[first] - values[second]), math.hypot(errors[first], errors[second]), math.nan
    if own is not None:
        paired = _error(own[first] - own[second])
        error = paired if math.isfinite(paired) else error
        p_best = float(_shares(own)[first])
    return {"first": first, "next": second, "lead": lead, "lead_mcse": error, "settled": lead > SURE * error} | {
        "p_best": p_best
    }


def _shares(own: Floats) -> Floats:
    """Return the share of societies in which each arm is best, ties split, over those that all known arms share.

    An arm without any society has none; NaN where no society is shared.
    """
    there = np.isfinite(own).any(axis=1)
    shared = own[there][:, np.isfinite(own[there]).all(axis=0)]
    shares = np.zeros(len(own))
    if shared.size == 0:
        return np.full(len(own), math.nan)
    top = shared == shared.max(axis=0)
    shares[there] = (top / top.sum(axis=0)).mean(axis=1)
    return shares


def leading(
    points: pd.DataFrame,
    facts: StudyFacts,
    outcome: str,
    arms: list[str] | None = None,
    largest: bool = True,
    runs: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return, for each arm, the share of points at which it leads, ties split, surely leads, and its mean rank.

    `p_best` is the share of societies in which it is best, the mean over points (NaN without `runs`), `points` the
    number of points with at least two arms, over which all shares are.

    Returns:
        One row an arm: arm, leads, settled, p_best, mean_rank, points.
    """
    arms = arms or [name for name, _ in facts.arms]
    means, _ = _wide(points, facts, outcome, arms)
    each = ranking(points, facts, outcome, arms, largest, runs)
    sign = 1.0 if largest else -1.0
    top = (sign * means).eq((sign * means).max(axis=1), axis=0)
    leads = top.div(top.sum(axis=1), axis=0).mean(axis=0)
    ranks = (sign * means).rank(axis=1, ascending=False).mean(axis=0)
    p_best = np.full(len(arms), math.nan)
    if runs is not None and len(means):
        own = by_society(runs, facts, outcome, means.index.to_numpy(np.int64), arms)
        p_best = _mean(np.array([_shares(sign * each_point) for each_point in own]))
    surely = [float(((each["leader"] == a) & each["settled"]).mean()) if len(each) else math.nan for a in arms]
    return pd.DataFrame(
        {
            "arm": arms,
            "leads": leads.reindex(arms).to_numpy(np.float64),
            "settled": surely,
            "p_best": p_best,
            "mean_rank": ranks.reindex(arms).to_numpy(np.float64),
            "points": len(means),
        }
    )


def kendall(x: Floats, y: Floats) -> float:
    """Return Kendall's tau-b of two lists, over the places where both are known; NaN where one is all ties.

    Examples:
        >>> kendall(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0]))
        0.3333333333333333
    """
    known = np.isfinite(x) & np.isfinite(y)
    first, second = np.triu_indices(int(known.sum()), 1)
    a, b = (np.sign(v[known][first] - v[known][second]) for v in (x, y))
    scale = float(np.abs(a).sum() * np.abs(b).sum())
    return float((a * b).sum()) / math.sqrt(scale) if scale > 0 else math.nan
