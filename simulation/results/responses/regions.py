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
        own = by_society(runs[runs["point"].isin(table["point"])], facts, outcome)
        values = own.reindex(pd.MultiIndex.from_frame(table[["point", "arm"]])).to_numpy(np.float64)
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
    sign = 1.0 if largest else -1.0
    usual = usual_point(points, facts)
    at_usual = usual is not None and usual in means.index
    reference = pd.Series(means.loc[usual] if at_usual else means.mean(), index=arms)
    societies = None if runs is None else by_society(runs, facts, outcome)
    design = points.drop_duplicates("point").set_index("point")
    found = []
    for point in means.index.tolist():
        row = means.loc[point]
        own = None if societies is None else _of_point(societies, point, arms)
        row_of = {"point": point} | {f.name: design.loc[point, f.name] for f in facts.factors}
        row_of |= _lead(sign * row, errors.loc[point], own, sign)
        row_of |= {"tau": kendall(row.to_numpy(np.float64), reference.to_numpy(np.float64))}
        row_of |= {"reference": "usual" if at_usual else "mean"}
        found.append(row_of | {"as_reference": row_of["leader"] == _first(sign * reference)})
    return pd.DataFrame(found, columns=["point", *(f.name for f in facts.factors), *LED])


def _wide(points: pd.DataFrame, facts: StudyFacts, outcome: str, arms: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return means and their errors, a row a point, a column an arm; points with fewer than two arms left out."""
    rows = pd.concat([rows_of(points, facts, outcome, arm) for arm in arms], ignore_index=True)
    means, errors = (
        rows.pivot_table(index="point", columns="arm", values=c, dropna=False).reindex(columns=arms)
        for c in (outcome, f"{outcome}_mcse")
    )
    enough = means.notna().sum(axis=1) >= 2
    return means[enough], errors.reindex(means.index)[enough]


def _of_point(societies: pd.DataFrame, point: object, arms: list[str]) -> pd.DataFrame:
    """Return a row an arm and a column a society that all arms of the point have."""
    at = societies[societies.index.get_level_values("point") == point].droplevel("point")
    return at.reindex([a for a in arms if a in at.index]).dropna(axis=1)


def _first(values: pd.Series) -> str:
    return str(values.index[int(np.nanargmax(values.to_numpy(np.float64)))]) if values.notna().any() else ""


def _lead(values: pd.Series, errors: pd.Series, own: pd.DataFrame | None, sign: float) -> dict[str, object]:
    ordered = values.dropna().sort_values(ascending=False, kind="stable")
    leader, second = str(ordered.index[0]), str(ordered.index[1])
    lead = float(ordered.iloc[0] - ordered.iloc[1])
    error, p_best = math.hypot(errors[leader], errors[second]), math.nan
    if own is not None and {leader, second} <= set(own.index) and own.shape[1]:
        paired = _error(own.loc[leader].to_numpy(np.float64) - own.loc[second].to_numpy(np.float64))
        error = paired if math.isfinite(paired) else error
        p_best = float(_shares(sign * own)[leader])
    return {"leader": leader, "second": second, "lead": lead, "lead_mcse": error} | {
        "settled": bool(lead > SURE * error),
        "p_best": p_best,
    }


def _shares(own: pd.DataFrame) -> pd.Series:
    """Return the share of societies in which each arm is best, ties split."""
    top = own.eq(own.max(axis=0), axis=1)
    return top.div(top.sum(axis=0), axis=1).mean(axis=1)


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
    p_best = pd.Series(math.nan, arms)
    if runs is not None and len(means):
        societies = by_society(runs, facts, outcome)
        owned = [_shares(sign * own) for p in means.index if (own := _of_point(societies, p, arms)).shape[1]]
        p_best = pd.concat(owned, axis=1).reindex(arms).fillna(0.0).mean(axis=1) if owned else p_best
    surely = [float(((each["leader"] == a) & each["settled"]).mean()) if len(each) else math.nan for a in arms]
    return pd.DataFrame(
        {
            "arm": arms,
            "leads": leads.reindex(arms).to_numpy(np.float64),
            "settled": surely,
            "p_best": p_best.to_numpy(np.float64),
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
