"""Everything that report, terminal, JSON and notebook need of a comparison, computed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from simulation.core.params import Text
from simulation.results.areas import area_effects
from simulation.results.as_json import json_of
from simulation.results.behind import Behind, behind_table
from simulation.results.by_scheme import SchemeSums, by_scheme
from simulation.results.columns import TABLES
from simulation.results.findings import Finding, find
from simulation.results.groups import GROUP_KINDS, GroupRow, Hidden, group_rows, hidden_groups, without
from simulation.results.intervals import (
    Estimate,
    Floats,
    Spread,
    best_counts,
    estimate,
    ratio,
    split,
    split_ratio,
    variance_reduction,
)
from simulation.results.ledgers import Money, ledger_table, money_of
from simulation.results.outcomes import Window, behaviour_effects, group_effects, run_outcomes, weekly_gaps
from simulation.results.rights import rights_table
from simulation.results.rollup import rolled_up
from simulation.results.running import Running, running_by_arm
from simulation.results.side_effects import side_effects_table

CONTROL = "control"


@dataclass(frozen=True)
class SchemeFacts:
    """What is known of a scheme of an arm before it is run."""

    name: str
    title: Text
    act: Text  # what it is for
    level: str
    start: int  # first week of offer
    keeps_open: tuple[str, ...] = ()  # ways of `when_spent` that it may take and that do not close it early


@dataclass(frozen=True)
class ArmFacts:
    """What is known of an arm before it is run. `window` is None for the control."""

    name: str
    title: Text
    what: Text
    level: str
    window: Window | None
    enrolment: str
    rests_on: Text | None = None
    strength: str = ""
    in_baht: bool = True  # False where an amount is in days of wage: its cost is not known
    details: tuple[Text, ...] = ()  # how much for what, for whom, from when to when, how one joins
    rules_broken: tuple[tuple[str, int], ...] = ()  # rule of the guard, how often
    displaced: tuple[str, ...] = ()  # behaviours that lose hours to what is rewarded
    combine: str = "counts-once"  # how schemes on one behaviour work together
    together: tuple[Text, ...] = ()  # behaviours at which several schemes aim
    schemes: tuple[SchemeFacts, ...] = ()  # in file order
    behind: Behind | None = None  # the studies behind it; None where nothing was looked up


@dataclass(frozen=True)
class ScenarioFacts:
    """What is known of the scenario before it is run."""

    name: str
    title: Text
    question: Text
    act: Text
    digest: str
    seed: int
    replicates: int
    weeks: int
    citizens: int
    decider: str
    smallest_effect_pp: float
    smallest_cell: int
    parameters: str
    versions: tuple[tuple[str, str], ...]
    arms: tuple[ArmFacts, ...]
    observed: tuple[tuple[str, float, float | None], ...] = ()
    command: str = ""  # repeats it; empty where no command can
    again: str = ""  # the same without a number of societies
    quick: bool = False  # a look at fewer people and societies than the file asks for
    part: tuple[int, int] | None = None  # runs done and asked for, where it is not finished
    lever: str = ""  # a dotted key=value to try next
    cost_ceiling_baht: float | None = None
    sources: tuple[tuple[str, str], ...] = ()  # key, source
    behaviours: tuple[tuple[str, Text], ...] = ()  # name, title
    world_notices: tuple[Text, ...] = ()  # of a world of one's own, and of a study that is replayed
    cautions: tuple[tuple[str, str, Text], ...] = ()  # what is risky for people: rule, dotted key, why
    left_out: tuple[Text, ...] = ()  # side effects that the scenario leaves out though they are known
    rules: tuple[Text, ...] = ()  # what it changes of the law and of how ties are laid
    world: tuple[Text, ...] = ()  # the world in a few sentences
    serves: tuple[tuple[str, str, tuple[str, ...]], ...] = ()  # behaviour, its virtue, its SDG targets
    pilot: Text | None = None  # that one taught the parameters
    people_are_real: bool = False  # from a user's own table: groups under the smallest cell are hidden


@dataclass(frozen=True, eq=False)
class ArmSummary:
    """Outcomes of one arm over all simulated societies."""

    facts: ArmFacts
    effects: Floats
    effect: Estimate
    effect_after: Estimate | None
    kept_share: Estimate | None
    kept_share_3_5: Estimate | None
    kept_share_12_14: Estimate | None
    cost_per_act: Estimate | None
    take_up: Estimate | None
    spillover: Estimate | None
    level: Estimate | None
    extra_acts: Estimate | None
    costs_per_1000: tuple[float, float, float]  # additional, anyway, running; baht
    p_best: float
    best_count: float
    spreads: dict[str, Spread]  # luck and ignorance by outcome, named as in the table of effects
    variance_reduction: float | None
    fan: Floats  # (5, weeks): 5, 25, 50, 75, 95 %
    budget_closed: tuple[int, int] | None  # societies, median week
    groups: tuple[GroupRow, ...]
    by_crowding: tuple[tuple[float, float], ...]  # kappa_c, mean effect
    running: tuple[Running, ...] = ()  # who runs its schemes, where organisations or localities decide
    per_society: dict[str, Floats] = field(default_factory=dict)  # outcomes of each society, named as in the runs
    money: Money | None = None  # what its ledgers say of false claims, cuts and waiting
    cost_baht: Estimate | None = None  # all paid and all running costs of a society
    schemes: tuple[SchemeSums, ...] = ()  # each scheme's people and money, in file order

    @property
    def spread(self) -> Spread | None:
        """Luck and ignorance in the effect while the scheme runs."""
        return self.spreads.get("effect_pp")


@dataclass(frozen=True, eq=False)
class Summary:
    """A comparison: facts, arms in the order of their effect, findings."""

    facts: ScenarioFacts
    societies: int
    failed: int
    baseline: float
    p_best_control: float
    arms: tuple[ArmSummary, ...]
    findings: tuple[Finding, ...]
    tables: dict[str, pd.DataFrame]

    @property
    def first_minus_second(self) -> Estimate | None:
        """Effect of the leading arm less that of the next, percentage points, paired within a society."""
        return estimate(self.arms[0].effects - self.arms[1].effects) if len(self.arms) > 1 else None

    def arm(self, name: str) -> ArmSummary:
        """Return an arm by its name."""
        return next(a for a in self.arms if a.facts.name == name)

    def to_json_dict(self) -> dict[str, Any]:
        """Return the object that `compare --json` prints; no NaN, null where something is not known."""
        return json_of(self)


def summarise(
    facts: ScenarioFacts,
    runs: pd.DataFrame,
    series: pd.DataFrame,
    takeup: pd.DataFrame,
    units: pd.DataFrame | None = None,
) -> Summary:
    """Compute every outcome of a comparison from its tables; societies with a failed run are left out."""
    windows = {a.name: a.window for a in facts.arms if a.window is not None}
    bad = set(runs.loc[(runs["status"] != "ok") & (runs["luck"] == 0), "replicate"])
    kept = runs[~((runs["luck"] == 0) & runs["replicate"].isin(bad))]
    outcomes = run_outcomes(kept, series, windows, facts.weeks)
    table = kept.merge(outcomes, on="run_id").sort_values(["arm", "luck", "replicate"])
    first = table[table["luck"] == 0]
    effects = {a: _column(first, a, "effect_pp") for a in windows}
    societies = len(next(iter(effects.values()))) if effects else 0
    best = best_counts({CONTROL: np.zeros(societies), **effects}) if societies else {CONTROL: 0.0}
    equity = group_effects(kept[kept["luck"] == 0], series, windows, GROUP_KINDS)
    shares = _takeup(kept[kept["luck"] == 0], takeup)
    hidden = hidden_groups(equity, shares, facts.smallest_cell) if facts.people_are_real else {}
    fans = weekly_gaps(kept, series, facts.weeks)
    running = running_by_arm(kept[kept["luck"] == 0], series, windows)
    arms = [
        _arm(facts, a, table, effects[a.name], best[a.name], societies, equity, shares, hidden, fans[a.name], running)
        for a in facts.arms
        if a.window is not None and societies
    ]
    ordered = tuple(sorted(arms, key=lambda a: -a.effect.mean))
    baseline = float(first["level_twin"].mean()) if societies else 0.0
    findings = find(ordered, societies, facts.smallest_effect_pp, facts.parameters, facts.cost_ceiling_baht)
    return Summary(
        facts=facts,
        societies=societies,
        failed=int((runs["status"] != "ok").sum()),
        baseline=baseline,
        p_best_control=best[CONTROL] / societies if societies else 0.0,
        arms=ordered,
        findings=findings,
        tables={
            **_tables(table, without(equity, hidden) if facts.people_are_real else equity, ordered, fans),
            "behaviours": behaviour_effects(kept[kept["luck"] == 0], series, windows),
            "serves": rolled_up(facts, kept[kept["luck"] == 0], series, windows),
            "areas": area_effects(
                kept[kept["luck"] == 0],
                pd.DataFrame() if units is None else units,
                facts.smallest_cell,
                facts.people_are_real,
            ),
            "failed": runs[runs["status"] != "ok"].reindex(columns=_FAILED).reset_index(drop=True),
            "rights": rights_table(facts, first, series, ordered, shares, hidden),
            "side_effects": side_effects_table(facts, first, series, ordered, fans),
            "evidence": behind_table(facts.arms),
        },
    )


def _arm(
    facts: ScenarioFacts,
    arm: ArmFacts,
    table: pd.DataFrame,
    effects: Floats,
    best: float,
    societies: int,
    equity: pd.DataFrame,
    shares: pd.DataFrame,
    hidden: Hidden,
    gaps: Floats,
    running: dict[str, tuple[Running, ...]],
) -> ArmSummary:
    mine = table[table["arm"] == arm.name]
    first, again = mine[mine["luck"] == 0], mine[mine["luck"] == 1]
    again = again[again["replicate"].isin(first["replicate"])]

    def of(name: str, rows: pd.DataFrame | None = None) -> Floats:
        return np.asarray((first if rows is None else rows)[name], dtype=np.float64)

    last = of("last_pp")
    effect = estimate(effects)
    if effect is None:
        raise ValueError(f"arm {arm.name!r} has no effect to estimate")
    per_1000 = 1000.0 / facts.citizens
    in_baht = arm.in_baht and not facts.observed
    closed = first.loc[first["budget_closed_week"] >= 0, "budget_closed_week"]
    ledgers = ledger_table(first)
    return ArmSummary(
        facts=arm,
        effects=effects,
        effect=effect,
        effect_after=estimate(of("effect_after_pp")),
        kept_share=_kept(of("kept_share"), last),
        kept_share_3_5=_kept(of("kept_share_3_5"), last),
        kept_share_12_14=_kept(of("kept_share_12_14"), last),
        cost_per_act=ratio(of("cost_baht"), of("extra_acts")) if in_baht else None,
        take_up=estimate(of("take_up")),
        spillover=estimate(of("spillover_pp")) if (of("take_up") < 1.0).any() else None,
        level=estimate(of("level")),
        extra_acts=estimate(of("extra_acts") * per_1000),
        costs_per_1000=(
            float(of("rewards_additional").mean() * per_1000),
            float(of("rewards_anyway").mean() * per_1000),
            float(of("running").mean() * per_1000),
        )
        if in_baht
        else (0.0, 0.0, 0.0),
        p_best=best / societies,
        best_count=best,
        spreads=_spreads(of, first[first["replicate"].isin(again["replicate"])], again, in_baht),
        variance_reduction=variance_reduction(of("level") * 100.0, of("level") * 100.0 - effects),
        fan=np.percentile(gaps, [5, 25, 50, 75, 95], axis=0),
        budget_closed=(len(closed), int(closed.median())) if len(closed) else None,
        groups=group_rows(facts, arm.name, equity, shares, effects, hidden),
        by_crowding=tuple(
            (float(k), float(first.loc[first["kappa_c"] == k, "effect_pp"].mean()))
            for k in _sizes_of_crowding(first["kappa_c"])
        ),
        running=running.get(arm.name, ()),
        per_society={name: of(name) for name in _PER_SOCIETY},
        money=money_of(ledgers, arm.name) if in_baht else None,
        cost_baht=estimate(of("cost_baht")) if in_baht else None,
        schemes=by_scheme(ledgers, arm.name, in_baht),
    )


def _sizes_of_crowding(drawn: pd.Series) -> list[float]:
    """Return the sizes of crowding to tell apart: none where nearly every society has its own, as by a user's table."""
    sizes = sorted(drawn.unique())
    return sizes if len(sizes) <= _MOST_SIZES else []


_MOST_SIZES = 3


_FAILED = ["arm", "replicate", "luck", "message"]
_PER_SOCIETY = ("effect_after_pp", "kept_share", "last_pp", "cost_baht", "extra_acts", "spillover_pp", "take_up")
_PLAIN = ("effect_pp", "effect_after_pp", "take_up", "spillover_pp")
_RATIOS = {
    "kept_share": ("kept_share", "last_pp"),
    "kept_share_3_5": ("kept_share_3_5", "last_pp"),
    "kept_share_12_14": ("kept_share_12_14", "last_pp"),
    "cost_per_act_baht": ("cost_baht", "extra_acts"),
}


def _spreads(of: Callable[..., Floats], once: pd.DataFrame, again: pd.DataFrame, in_baht: bool) -> dict[str, Spread]:
    """Tell luck from ignorance in every outcome that has an estimate; `once` and `again` are the same societies."""
    found = {name: split(of(name), of(name, once), of(name, again)) for name in _PLAIN if np.isfinite(of(name)).all()}
    for name, (above, below) in _RATIOS.items():
        if np.isfinite(of(above)).all() and (in_baht or name != "cost_per_act_baht"):
            found[name] = split_ratio(*((of(above, rows), of(below, rows)) for rows in (None, once, again)))
    return {name: spread for name, spread in found.items() if spread is not None}


def _kept(after: Floats, last: Floats) -> Estimate | None:
    return ratio(after, last) if len(after) and np.isfinite(after).all() else None


def _takeup(runs: pd.DataFrame, takeup: pd.DataFrame) -> pd.DataFrame:
    found = takeup.merge(runs[["run_id", "arm", "replicate"]], on="run_id")
    found["share"] = found["ever_live"] / found["eligible"].where(found["eligible"] > 0)
    return found


def _column(table: pd.DataFrame, arm: str, name: str) -> Floats:
    return np.asarray(table.loc[table["arm"] == arm, name], dtype=np.float64)


def _tables(
    table: pd.DataFrame, equity: pd.DataFrame, arms: tuple[ArmSummary, ...], fans: dict[str, Floats]
) -> dict[str, pd.DataFrame]:
    weeks = np.arange(next(iter(fans.values())).shape[1]) if fans else np.arange(0)
    trajectories = [
        pd.DataFrame(
            {"arm": a.facts.name, "week": weeks} | {f"q{q:02d}_pp": a.fan[i] for i, q in enumerate((5, 25, 50, 75, 95))}
        )
        for a in arms
    ]
    named = {"effect_pp": "effect", "effect_after_pp": "effect_after", "kept_share": "kept_share"}
    named |= {"cost_per_act_baht": "cost_per_act", "take_up": "take_up", "spillover_pp": "spillover"}
    named |= {"kept_share_3_5": "kept_share_3_5", "kept_share_12_14": "kept_share_12_14"}
    effects = pd.DataFrame(
        [
            {
                "arm": a.facts.name,
                "p_best": a.p_best,
                "luck_share": a.spread.luck_share if a.spread is not None else None,
                "variance_reduction": a.variance_reduction,
                "enrolment": a.facts.enrolment,
            }
            | {
                f"{out}{end}": getattr(getattr(a, field), part, None)
                for out, field in named.items()
                for end, part in (("", "mean"), ("_low", "low"), ("_high", "high"))
            }
            for a in arms
        ]
    )
    numbers = [c for c in effects.columns if c not in ("arm", "enrolment")]
    effects = effects.astype(dict.fromkeys(numbers, np.float64))  # None is NaN here, so that tables round and add up
    costs = table[[c.name for c in TABLES["costs"]]]
    return {
        "running": _rows_of("running", [r.row(a.facts.name) for a in arms for r in a.running]),
        "effects": effects,
        "runs": table.drop(columns="ledgers", errors="ignore"),
        "trajectories": pd.concat(trajectories, ignore_index=True) if trajectories else pd.DataFrame(),
        "equity": equity,
        "costs": costs,
        "ledgers": ledger_table(table),
        "uncertainty": _rows_of(
            "uncertainty",
            [
                {"arm": a.facts.name, "outcome": name, **asdict(spread), "luck_share": spread.luck_share}
                for a in arms
                for name, spread in a.spreads.items()
            ],
        ),
        "crowding": _rows_of(
            "crowding", [{"arm": a.facts.name, "kappa_c": k, "effect_pp": v} for a in arms for k, v in a.by_crowding]
        ),
    }


def _rows_of(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[c.name for c in TABLES[table]])
