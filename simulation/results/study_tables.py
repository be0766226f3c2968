"""What each column of a study's tables holds, and in which unit: for the reference and whoever reads a table.

`FACTOR` stands for the name of anything that is varied, `OUTCOME` for the name of an outcome, as in the runs.
"""

from __future__ import annotations

import re

from simulation.results.columns import Column
from simulation.results.study_columns import OUTCOMES

_POINT = Column("point", "", "point of the design, from 0")
_ARM = Column("arm", "", "name of the arm, or of a contrast: an arm less another")
_FACTOR = Column("FACTOR", "as in the study", "value of what is varied, a column each")
_RUNS = (
    Column("replicates", "societies", "runs of the point that went well"),
    Column("failed", "societies", "runs of the point that failed, in none of the means"),
)

STUDY_OUTCOMES: tuple[Column, ...] = (
    Column("effect_pp", "pp", "mean effect over the weeks of offer and all citizens"),
    Column("effect_after_pp", "pp", "the same in weeks 14 to 26 after the end"),
    Column("last_pp", "pp", "the same in the last 4 weeks of offer"),
    Column("spillover_pp", "pp", "effect on those who never took part so far"),
    Column("level_twin", "share", "opportunities acted on without a scheme, all weeks"),
    Column("level", "share", "opportunities acted on with the scheme, weeks of offer"),
    Column("extra_acts", "acts", "additional acts of all weeks"),
    Column("cost_baht", "baht", "all paid and all running costs"),
    Column(
        "cost_per_act_baht", "baht", "cost over additional acts, empty without any; of points a ratio of means"
    ),
    Column("rewards_additional", "baht", "rewards, times the share of participants' acts beyond their twins'"),
    Column("rewards_anyway", "baht", "rewards for acts that would have happened anyway, or were never done"),
    Column("running", "baht", "running costs, services among them"),
    Column("paid_for_nothing", "baht", "of the rewards, for acts that were claimed and never done"),
    Column("checking", "baht", "of the running costs, for checks of claims"),
    Column("take_up", "share", "ever live over eligible"),
    Column("kept_share_3_5", "pp", "effect in weeks 3 to 5 after the end"),
    Column("kept_share_12_14", "pp", "effect in weeks 12 to 14 after the end"),
    Column("kept_share", "pp", "effect in weeks 24 to 28 after the end"),
    Column("take_up_gap_income", "share", "take-up of the richest fifth of households less that of the poorest"),
    Column("budget_closed_week", "week", "first week in which a budget closed an offer; empty where none did"),
)
"""Outcomes of a run of a study, in the order of its columns; empty where one is not defined."""

_RUN: tuple[Column, ...] = (
    Column("run_id", "", "identity: scenario of the point, arm, society, parameters, code; `kwamdee rerun` takes it"),
    _POINT,
    Column("arm", "", "name of the arm"),
    Column("replicate", "", "simulated society, from 0: the same people, ties and luck at every point"),
    _FACTOR,
    Column("scenario", "", "first 12 letters of the digest of the point's scenario"),
    Column("seed", "", "root seed"),
    Column("status", "", "ok or failed"),
    Column("error", "", "kind of the error; empty where the run went well"),
    Column("message", "", "why it failed; empty where it went well"),
    Column("command", "", "repeats a run that failed; empty where it went well"),
    *STUDY_OUTCOMES,
    Column("seconds", "s", "time of the run"),
    Column("started", "s", "when it began, Unix time"),
    Column("host", "", "machine"),
    Column("pid", "", "process"),
    Column("attempt", "", "1, or 2 after its worker was killed"),
    Column("engine", "", "numpy or numba: the numbers are the same"),
)
_INDEX = (
    Column("factor", "", "what is varied"),
    Column("method", "", "morris, sobol, pawn or delta"),
    _ARM,
    Column("outcome", "", "outcome that is judged"),
    Column("used", "points", "points that were used; the others lack the outcome, or stand in no whole block"),
    Column("noise_share", "share", "of the variance over points, what is Monte Carlo noise at most"),
    Column("mu", "of the outcome", "morris: mean elementary effect over the whole range"),
    Column("mu_star", "of the outcome", "morris: mean size of these effects"),
    Column("mu_star_conf", "of the outcome", "half the width of its 95 % interval"),
    Column("sigma", "of the outcome", "morris: how much these effects differ: interactions or curves"),
    Column("moves", "", "morris: elementary effects that were used"),
    Column("s1", "share", "sobol: of the variance, what the factor brings by itself"),
    Column("s1_conf", "share", "half the width of its 95 % interval"),
    Column("st", "share", "sobol: of the variance, what is gone where the factor is known, all joint effects included"),
    Column("st_conf", "share", "half the width of its 95 % interval"),
    Column("pawn", "0 to 1", "pawn: median distance of the outcome's distribution, the factor known, from that of all"),
    Column("pawn_low", "0 to 1", "lower end of its 95 % interval"),
    Column("pawn_high", "0 to 1", "upper end of its 95 % interval"),
    Column("pawn_max", "0 to 1", "pawn: the largest distance in place of the median"),
    Column("chance", "0 to 1", "pawn: 95 % of factors without any effect lie below"),
    Column("delta", "0 to 1", "delta: how far the outcome's density moves where the factor is known, the mean"),
    Column("delta_conf", "0 to 1", "half the width of its 95 % interval"),
)
_PLACE = (
    Column("rank", "", "from 1"),
    _POINT,
    _ARM,
    _FACTOR,
    Column("mean", "of the outcome", "mean over the societies"),
    Column("mcse", "of the outcome", "its Monte Carlo standard error"),
    Column("low", "of the outcome", "lower end of the 90 % interval over societies; empty below 19"),
    Column("high", "of the outcome", "upper end of it"),
    *_RUNS,
    Column("behind", "of the outcome", "distance to the first"),
    Column("behind_mcse", "of the outcome", "its standard error"),
    Column("paired", "", "whether that error is of differences society by society"),
    Column("alike", "", "whether it is not to be told from the first: within two standard errors"),
)

STUDY_TABLES: dict[str, tuple[Column, ...]] = {
    "runs": _RUN,
    "failed": _RUN,
    "points": (
        _POINT,
        _FACTOR,
        _ARM,
        *_RUNS,
        Column("OUTCOME", "of the outcome", "mean over the societies in which it is defined"),
        Column("OUTCOME_n", "societies", "in how many it is defined; in studies of more than 1,000,000 runs"),
        Column("OUTCOME_sd", "of the outcome", "standard deviation over societies (n - 1)"),
        Column("OUTCOME_mcse", "of the outcome", "Monte Carlo standard error of the mean; empty for one society"),
        Column("OUTCOME_low", "of the outcome", "lower end of the 90 % interval over societies; empty below 19"),
        Column("OUTCOME_high", "of the outcome", "upper end of it"),
    ),
    "response": (
        Column("factor", "", "what is varied"),
        _ARM,
        Column("value", "of the factor", "the value, or the middle of a part of the range"),
        Column("from", "of the factor", "lower end of that part; empty for a value"),
        Column("to", "of the factor", "upper end of it"),
        Column("mean", "of the outcome", "mean over the rest of the design"),
        Column("mcse", "of the outcome", "its Monte Carlo standard error"),
        Column("se", "of the outcome", "its standard error, by the draw of the rest of the design"),
        Column("low", "of the outcome", "5 % of the points lie below"),
        Column("high", "of the outcome", "5 % of the points lie above"),
        Column("points", "points", "points in it"),
        Column("failed", "runs", "runs of them that failed"),
    ),
    "interaction": (
        Column("a", "of the factor", "value of the first factor, or the middle of a part of its range"),
        Column("a_from", "of the factor", "lower end of that part; empty for a value"),
        Column("a_to", "of the factor", "upper end of it"),
        Column("b", "of the factor", "the same of the second factor"),
        Column("b_from", "of the factor", "likewise"),
        Column("b_to", "of the factor", "likewise"),
        Column("mean", "of the outcome", "mean of the points in the cell"),
        Column("mcse", "of the outcome", "its Monte Carlo standard error"),
        Column("points", "points", "points in the cell"),
        Column("part", "of the outcome", "mean less both main effects: what the two do together"),
        Column("part_mcse", "of the outcome", "its Monte Carlo standard error"),
    ),
    "tornado": (
        Column("factor", "", "what is varied, the largest size first"),
        Column("role", "", "lever or uncertainty"),
        Column("kind", "", "of the ends: levels, fifths, extremes (no order) or elementary effects (Morris)"),
        Column("low_value", "of the factor", "value at the low end"),
        Column("high_value", "of the factor", "value at the high end"),
        Column("low_mean", "of the outcome", "mean over the rest of the design there"),
        Column("high_mean", "of the outcome", "mean over the rest of the design there"),
        Column("swing", "of the outcome", "the second less the first; of Morris mu"),
        Column("swing_mcse", "of the outcome", "its Monte Carlo standard error"),
        Column("swing_se", "of the outcome", "its standard error by the draw of the rest of the design"),
        Column("size", "of the outcome", "size of the swing; of Morris mu*"),
        Column("low_points", "points", "points at the low end"),
        Column("high_points", "points", "points at the high end"),
    ),
    "best": _PLACE,
    "worst": _PLACE,
    "ranking": (
        _POINT,
        _FACTOR,
        Column("leader", "", "arm with the best mean"),
        Column("second", "", "arm that comes next"),
        Column("lead", "of the outcome", "by how much the first leads"),
        Column("lead_mcse", "of the outcome", "its standard error, society by society"),
        Column("settled", "", "whether the lead is more than two standard errors"),
        Column("p_best", "share", "societies in which the leader is best"),
        Column("tau", "-1 to 1", "Kendall's tau of the order of arms and the reference's: 1 the same, -1 reversed"),
        Column("reference", "", "usual: the point with the scenario's own values; mean: means over the design"),
        Column("as_reference", "", "whether the leader is that of the reference"),
    ),
    "indices": _INDEX,
}
"""Columns of the tables of a Sweep and a Sensitivity, in their order. pp: percentage points."""

_FORMS = ("n", "sd", "mcse", "low", "high")
BESIDE_FACTORS = frozenset(
    [c.name for table in STUDY_TABLES.values() if _FACTOR in table for c in table if c.name.islower()]
    + [f"{outcome}_{form}" for outcome in OUTCOMES for form in _FORMS]
)
"""Columns that stand in a table beside those of the factors: no factor can have such a name."""
_OF_AN_OUTCOME = re.compile(f"_(?:{'|'.join(_FORMS)})$")


def meaning_of(table: str, column: str) -> Column | None:
    """Return what a column of a study's table holds; None for a name that no study has, unless it is a factor's.

    An outcome's mean is described as the outcome; any other name of a table that has factors is taken for a factor.
    """
    said = {c.name: c for c in STUDY_TABLES[table]}
    if column in said:
        return said[column]
    root = _OF_AN_OUTCOME.sub("", column)
    if "OUTCOME" in said and root in OUTCOMES:
        own = next(c for c in STUDY_OUTCOMES if c.name == root)
        form = said["OUTCOME" + column.removeprefix(root)]
        unit = own.unit if form.unit == "of the outcome" else form.unit
        return Column(column, unit, own.meaning if column == root else f"{root}: {form.meaning}")
    return Column(column, *said["FACTOR"][1:]) if "FACTOR" in said else None
