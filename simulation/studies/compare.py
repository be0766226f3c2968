"""Compare the arms of a scenario: twin worlds, many simulated societies, one honest summary."""

from __future__ import annotations

import os
import platform
import shlex
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from simulation.core.errors import InputError
from simulation.core.params import Text
from simulation.core.version import VERSION, code_digest
from simulation.engine.prepare import ParameterMode
from simulation.engine.run import EngineName
from simulation.reports.html import write_report
from simulation.reports.words import answer
from simulation.results.outcomes import Window
from simulation.results.store import open_folder, write_manifest, write_table
from simulation.results.summary import ArmFacts, ScenarioFacts, Summary, summarise
from simulation.scenario.load import load
from simulation.scenario.model import Arm, Scenario
from simulation.studies.run_many import run_many, specs_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NANOSECONDS_A_STEP = 60.0
SECONDS_A_CITIZEN = 1e-5
LONG_MINUTES = 10
BYTES_A_CITIZEN = 400


class Comparison:
    """The result of `compare`: tables as DataFrames, figures, the report, the answer in words."""

    def __init__(self, scenario: Scenario, summary: Summary, folder: Path, lang: str) -> None:
        """Keep what was computed; nothing is run here."""
        self.scenario, self.summary, self.folder, self.lang = scenario, summary, folder, lang

    @property
    def effects(self) -> pd.DataFrame:
        """One row per arm: effects in percentage points, share kept, baht per extra act, take-up, p_best."""
        return self.summary.tables["effects"]

    @property
    def trajectories(self) -> pd.DataFrame:
        """Quantiles over societies of the effect in percentage points, by arm and week."""
        return self.summary.tables["trajectories"]

    @property
    def equity(self) -> pd.DataFrame:
        """Effect in percentage points by arm, society and group."""
        return self.summary.tables["equity"]

    @property
    def costs(self) -> pd.DataFrame:
        """Baht by arm and society: rewards for additional acts, for acts that would have happened, running."""
        return self.summary.tables["costs"]

    @property
    def failed(self) -> int:
        """Number of runs that failed."""
        return self.summary.failed

    @property
    def report_path(self) -> Path:
        """The HTML report."""
        return self.folder / "report.html"

    def answer(self, lang: str | None = None) -> str:
        """Return the answer in words, English or Thai."""
        return answer(self.summary, lang or self.lang)

    def to_json(self) -> dict[str, Any]:
        """Return the object that `compare --json` prints."""
        words = {"en": self.answer("en"), "th": self.answer("th")}
        return {**self.summary.to_json_dict(), "answer": words}

    def plot(self) -> Figure:
        """Return the figure of effects while the schemes run."""
        from simulation.reports.figures import answer_figure

        return answer_figure(self.summary, self.lang)

    def report(self) -> Path:
        """Return the path of the HTML report, written again if it is gone."""
        if not self.report_path.is_file():
            write_report(self.summary, self.folder, self.lang)
        return self.report_path

    def __repr__(self) -> str:
        """Say what was compared and the answer."""
        return f"<Comparison {self.summary.facts.name}: {len(self.summary.arms)} schemes>\n{self.answer()}"

    def _repr_html_(self) -> str:
        """Show the answer and the table of effects in a notebook."""
        table = self.effects.to_html(index=False, float_format=lambda x: f"{x:.2f}")
        return f"<p>{self.answer()}</p>{table}"


def compare(
    scenario: str | Path | Scenario,
    *,
    seed: int | None = None,
    replicates: int | None = None,
    jobs: int | None = None,
    out: str | Path | None = None,
    engine: EngineName = "auto",
    parameters: ParameterMode = "ensemble",
    set_: Sequence[str] = (),
    lang: Literal["en", "th"] | str = "en",
    yes: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Run every arm in every society, write tables, manifest and report, and return the Comparison.

    Raises ScenarioError for a bad scenario and InputError for a folder or size that cannot be had.
    """
    settings = list(set_)
    settings += [f"run.seed={seed}"] if seed is not None else []
    settings += [f"run.replicates={replicates}"] if replicates is not None else []
    found = load(scenario, settings)
    name = scenario_name(scenario)
    _affordable(found, jobs or _cores(), yes)
    folder = Path(out) if out is not None else Path("results") / f"{name}-{found.digest[:8]}"
    open_folder(folder)
    began = time.time()
    societies = specs_of(found, parameters, engine)
    total, done = sum(len(s.specs) for s in societies), 0
    runs: list[dict[str, Any]] = []
    series: list[pd.DataFrame] = []
    takeup: list[dict[str, Any]] = []
    draws: list[dict[str, Any]] = []
    workers = jobs or _cores()
    if workers > 1 and engine != "numpy" and total:
        _compile_first(found)
    for result in run_many(societies, workers):
        done += len(result.runs)
        if progress is not None:
            progress(done, total)
        runs += result.runs
        series += [pd.DataFrame(s) for s in result.series]
        takeup += result.takeup
        draws.append(result.parameters)
    run_table = pd.DataFrame(runs, columns=None if runs else ["run_id", "arm", "replicate", "luck", "status"])
    all_series = pd.concat(series, ignore_index=True) if series else _no_series()
    facts = facts_of(found, name, parameters, scenario)
    summary = summarise(facts, run_table, all_series, pd.DataFrame(takeup, columns=_TAKEUP))
    write_table(folder, "runs", run_table)
    write_table(folder, "series", all_series)
    write_table(folder, "parameters", pd.DataFrame(draws))
    write_table(folder, "effects", summary.tables["effects"])
    write_manifest(folder, _manifest(found, facts, time.time() - began, engine))
    write_report(summary, folder, lang)
    return Comparison(found, summary, folder, lang)


_TAKEUP = ["run_id", "group_kind", "group", "eligible", "ever_live"]


def scenario_name(scenario: str | Path | Scenario) -> str:
    """Return the short name of a scenario: its file's stem."""
    return "scenario" if isinstance(scenario, Scenario) else Path(scenario).stem


def facts_of(scenario: Scenario, name: str, parameters: str, source: str | Path | Scenario = "") -> ScenarioFacts:
    """Collect what reports say of a scenario."""
    first = next(iter(scenario.behaviours.items()))
    act = first[1].title or Text(en=first[0].replace("_", " "), th=first[0])
    return ScenarioFacts(
        name=name,
        title=scenario.about.title,
        question=scenario.about.question,
        act=act,
        digest=scenario.digest,
        seed=scenario.run.seed,
        replicates=scenario.run.replicates,
        weeks=scenario.run.weeks,
        citizens=scenario.world.citizens,
        decider=scenario.world.decider,
        smallest_effect_pp=scenario.run.smallest_effect_pp,
        smallest_cell=scenario.rights.smallest_cell,
        parameters=parameters,
        versions=tuple(_versions().items()),
        arms=tuple(_arm_facts(n, a) for n, a in scenario.arms.items()),
        observed=tuple((o.arm, o.value, o.se) for o in scenario.observed if o.verified and o.quantity == "level"),
        command=f"kwamdee compare {shlex.quote(str(source)) if not isinstance(source, Scenario) else name}"
        f" --seed {scenario.run.seed} --replicates {scenario.run.replicates}",
    )


def _arm_facts(name: str, arm: Arm) -> ArmFacts:
    schemes = list(arm.schemes.values())
    plain = name.replace("_", " ").capitalize()
    if not schemes:
        return ArmFacts(
            name, arm.title or Text(en="No scheme", th="ไม่มีมาตรการ"), Text(en="Nothing", th="ไม่มี"), "", None, ""
        )
    window = Window(min(s.schedule.start for s in schemes), max(s.schedule.end for s in schemes))
    what = Text(en=" ".join(s.what.en for s in schemes), th=" ".join(s.what.th for s in schemes))
    title = arm.title or (schemes[0].title if len(schemes) == 1 else None) or Text(en=plain, th=plain)
    enrolment = "automatic"
    for s in schemes:
        e = s.enrolment
        if e.mode == "opt-in":
            enrolment = f"target {e.target_share:g} in {e.target_weeks} weeks" if e.target_share else str(e.friction)
    return ArmFacts(name, title, what, schemes[0].level, window, enrolment)


def _affordable(scenario: Scenario, jobs: int, yes: bool) -> None:
    """Refuse what the memory cannot hold; ask for --yes above ten minutes."""
    citizens, arms = scenario.world.citizens, sum(1 for a in scenario.arms.values() if a.schemes)
    need = citizens * BYTES_A_CITIZEN * len(scenario.behaviours) * jobs
    free = _free_memory()
    if free and need > 0.8 * free:
        raise InputError(
            f"This needs about {need / 2**30:.1f} GiB of memory and {free / 2**30:.1f} GiB are free. "
            "Lower world.citizens or --jobs."
        )
    societies = scenario.run.replicates * 1.2
    steps = citizens * len(scenario.behaviours) * scenario.run.weeks * arms * societies
    seconds = (steps * NANOSECONDS_A_STEP * 1e-9 + citizens * SECONDS_A_CITIZEN * societies) / jobs
    if seconds > LONG_MINUTES * 60 and not yes:
        raise InputError(
            f"This would take about {seconds / 60:.0f} minutes. Add --yes to run it all the same, "
            "or lower world.citizens or run.replicates."
        )


def _free_memory() -> int:
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return 0


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _compile_first(scenario: Scenario) -> None:
    """Compile in the parent, so that workers load the passes from the cache."""
    from simulation.engine.prepare import prepare
    from simulation.engine.run import backend_for, step
    from simulation.engine.run import start as open_arm

    small = scenario.with_({"world.citizens": max(60, scenario.world.localities.number), "run.replicates": 1})
    prepared = prepare(small, 0)
    if backend_for(prepared, "auto") is not backend_for(prepare(small, 0), "numpy"):
        return
    if scenario.world.citizens * len(scenario.behaviours) < 5000:
        return
    for arm in (n for n, a in small.arms.items() if a.schemes):
        state = open_arm(prepared, arm, "auto")
        try:
            from simulation.engine import numba_engine
        except ImportError:
            return
        state.backend = numba_engine
        for _ in range(min(8, small.run.weeks)):
            step(state)


def _manifest(scenario: Scenario, facts: ScenarioFacts, seconds: float, engine: str) -> dict[str, Any]:
    import json

    return {
        "format": 1,
        "scenario": facts.name,
        "digest": scenario.digest,
        "seed": scenario.run.seed,
        "replicates": scenario.run.replicates,
        "parameters": facts.parameters,
        "code": code_digest(),
        "versions": _versions(),
        "engine": engine,
        "wall_s": round(seconds, 3),
        "definition": json.loads(scenario.to_json()),
    }


def _versions() -> dict[str, str]:
    found = {"kwamdee": VERSION, "python": platform.python_version(), "numpy": np.__version__}
    for name in ("numba", "mesa", "networkx"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _no_series() -> pd.DataFrame:
    names = ["week", "behaviour", "group_kind", "group", "acts", "acts_twin", "opportunities", "people"]
    return pd.DataFrame(columns=[*names, "enrolled", "paid", "run_id"])
