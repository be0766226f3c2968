"""Run one arm in one simulated society, week by week, and return its trajectory."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from simulation.agents.ensemble import ParameterSource
from simulation.core.errors import one_of
from simulation.core.version import code_digest
from simulation.engine.arguments import check_arm, check_settings
from simulation.engine.prepare import prepare
from simulation.engine.record import series_rows
from simulation.engine.run import EngineName, start, step
from simulation.reports.run_words import card_of, line_of
from simulation.results.behind import Behind
from simulation.results.outcomes import run_outcomes
from simulation.results.store import new_folder, write_manifest, write_table, write_text
from simulation.results.summary import ArmFacts, ScenarioFacts
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.studies.backed import backed, found_behind
from simulation.studies.compiled import small_engine
from simulation.studies.facts import facts_of, scenario_name, versions
from simulation.studies.run_many import RunSpec, run_row, takeup_rows
from simulation.world.parameter_files import Asked, parameters_of

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure

Weekly = Callable[[int, int], None]
"""Called after each week with the weeks done and the weeks there are."""


@dataclass(frozen=True, eq=False)
class Run:
    """One arm in one simulated society, run to the horizon.

    Attributes:
        scenario: What was run.
        facts: What is known of the scenario before it is run.
        runs: One row, as in runs.parquet of a comparison: money in baht, people.
        series: Counts by week, behaviour and group, as in series.parquet.
        takeup: People eligible and ever live by group, as in takeup.parquet.
        parameters: One row, this society's parameters.
        source: Where the parameters come from.
    """

    scenario: Scenario
    facts: ScenarioFacts
    runs: pd.DataFrame
    series: pd.DataFrame
    takeup: pd.DataFrame
    parameters: pd.DataFrame
    source: ParameterSource = field(default="posterior", repr=False)

    @cached_property
    def rests(self) -> dict[str, Any]:
        """What each arm of the scenario leans on, and the pilot behind the parameters; looked up when asked for."""
        return found_behind(self.scenario, self.source)

    @cached_property
    def backed(self) -> ScenarioFacts:
        """The facts with the published studies behind each arm."""
        return backed(self.facts, self.rests)

    @property
    def behind(self) -> Behind | None:
        """The published studies behind the arm; None for an arm without schemes."""
        return next(a.behind for a in self.backed.arms if a.name == self.arm.name)

    @property
    def arm(self) -> ArmFacts:
        """The arm, with its title and weeks of offer."""
        return next(a for a in self.facts.arms if a.name == self.runs["arm"].iloc[0])

    @property
    def replicate(self) -> int:
        """Which simulated society, from 0."""
        return int(self.runs["replicate"].iloc[0])

    @property
    def trajectory(self) -> pd.DataFrame:
        """One row for each week and behaviour.

        Columns: week; behaviour; acts_share and twin_share of opportunities; effect_pp, percentage points;
        opportunities; enrolled, people; paid_baht, baht to people that week.
        """
        rows = self.series[self.series["group_kind"] == "all"].reset_index(drop=True)
        chances = rows["opportunities"].where(rows["opportunities"] > 0)
        acts, twin = rows["acts"] / chances, rows["acts_twin"] / chances
        return pd.DataFrame(
            {
                "week": rows["week"],
                "behaviour": rows["behaviour"],
                "acts_share": acts,
                "twin_share": twin,
                "effect_pp": 100.0 * (acts - twin),
                "opportunities": rows["opportunities"],
                "enrolled": rows["enrolled"],
                "paid_baht": rows["paid"],
            }
        )

    @property
    def outcomes(self) -> dict[str, float]:
        """Outcomes of the run by name, as in tables/runs.csv of a comparison; empty for an arm without schemes."""
        window = self.arm.window
        if window is None:
            return {}
        found = run_outcomes(self.runs, self.series, {self.arm.name: window}, self.facts.weeks)
        return {str(k): float(v) for k, v in found.drop(columns="run_id").iloc[0].items()}

    def plot(self, lang: str = "en", size: Literal["wide", "narrow"] = "wide") -> ShownFigure:
        """Return the figure of acts with and without the scheme by week, percent of opportunities."""
        from simulation.reports.figure_run import run_figure

        one_of("lang", lang, ("en", "th"))
        one_of("size", size, ("wide", "narrow"))
        return run_figure(self.trajectory, self.facts, self.arm, lang, size)

    def save(self, folder: str | Path) -> Path:
        """Write tables, trajectory and manifest to a new folder, whole or not at all, and return it.

        Args:
            folder: A folder that is not there yet, or is empty.

        Raises:
            InputError: Where something is there already, or the folder cannot be made.
        """
        tables = {name: getattr(self, name) for name in ("runs", "series", "takeup", "parameters", "trajectory")}
        with new_folder(Path(folder)) as part:
            for name, table in tables.items():
                write_table(part, name, table)
            write_text(part / "trajectory.csv", tables["trajectory"].to_csv(index=False, lineterminator="\n"))
            write_manifest(part, self._manifest())
        return Path(folder)

    def _manifest(self) -> dict[str, Any]:
        return {
            "format": 1,
            "kind": "run",
            "scenario": self.facts.name,
            "digest": self.scenario.digest,
            "arm": self.arm.name,
            "replicate": self.replicate,
            "seed": self.scenario.run.seed,
            "parameters": self.facts.parameters,
            "code": code_digest(),
            "versions": versions(),
            "definition": json.loads(self.scenario.to_json()),
            **self.rests,
        }

    def __repr__(self) -> str:
        """Say what was run and what it did."""
        return f"<Run {line_of(self, 'en')}>"

    def _repr_html_(self) -> str:
        """Show what was run, what it did, and the figure."""
        return card_of(self, escape)


def run(
    scenario: str | Path | Scenario,
    *,
    arm: str,
    replicate: int = 0,
    seed: int | None = None,
    engine: EngineName = "auto",
    parameters: Asked = "posterior",
    set_: str | Sequence[str] = (),
    progress: Weekly | None = None,
) -> Run:
    """Run one arm in one simulated society and return the Run, with what happened week by week.

    The numbers are those, to the bit, that `compare` keeps of that arm and society. One society is one draw of luck and
    of what is not known of people: it shows how a scheme works, not how well.

    Args:
        scenario: A file, a shipped name or a Scenario.
        arm: Name of the arm; "control" runs the society without schemes.
        replicate: Which simulated society, from 0.
        seed: Root seed instead of the file's.
        engine: "auto", "numpy" or "numba"; the same results to the bit.
        parameters: "posterior" draws for this society, "default" fixes them, or a table of one's own: its path.
        set_: Changes such as "run.weeks=52", one or several.
        progress: Called after each week with the weeks done and the weeks there are.

    Raises:
        ScenarioError: For a bad scenario, with every mistake.
        InputError: For an arm that is not there or another argument that cannot be.

    Example:
        >>> import simulation as kw
        >>> one = kw.run("bangkok-waste", arm="comparison", set_=["world.citizens=200", "run.weeks=60"])
        >>> one.trajectory[["week", "acts_share", "twin_share"]].round(3).tail(2).values.tolist()
        [[58.0, 0.341, 0.341], [59.0, 0.341, 0.341]]
    """
    check_settings(replicate, engine, None, seed)
    settings = [set_] if isinstance(set_, str) else list(set_)
    settings += [f"run.seed={seed}"] if seed is not None else []
    found = load(scenario, settings)
    check_arm(arm, found.arms)
    given = parameters_of(parameters, tuple(found.behaviours))
    spec = RunSpec(found.to_json(), found.digest, arm, int(replicate), 0, given, engine)
    prepared = prepare(found, spec.replicate, parameters=given)
    state = start(prepared, arm, small_engine(found) if engine == "auto" else engine)
    for week in range(found.run.weeks):
        step(state)
        if progress is not None:
            progress(week + 1, found.run.weeks)
    drawn = {"replicate": spec.replicate, "luck": 0, **prepared.parameters.row()}
    return Run(
        found,
        facts_of(found, scenario_name(scenario), given, scenario, settings),
        pd.DataFrame([run_row(spec, state)]),
        pd.DataFrame(series_rows(state, spec.run_id)),
        pd.DataFrame(takeup_rows(spec, state)),
        pd.DataFrame([drawn]),
        given,
    )
