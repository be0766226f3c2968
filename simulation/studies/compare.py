"""Compare the arms of a scenario: twin worlds, many simulated societies, one honest summary."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from simulation.core.compile import cache_folder
from simulation.core.errors import InputError, Stopped, StorageError, Terminated, one_of, whole_number
from simulation.core.version import code_digest
from simulation.engine.prepare import ParameterMode
from simulation.engine.run import NUMBA_FROM, EngineName
from simulation.reports.html import LANGUAGES, write_report
from simulation.reports.notes import left_behind, notes
from simulation.reports.words import answer, how_sure
from simulation.results.store import fit_for, open_folder, write_manifest, write_outcomes, write_table
from simulation.results.summary import ScenarioFacts, Summary, summarise
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.studies.estimate import affordable, cores
from simulation.studies.facts import facts_of, scenario_name, versions
from simulation.studies.kept import Kept, locked
from simulation.studies.run_many import Society, run_many, specs_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure


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
    def behaviours(self) -> pd.DataFrame:
        """Effect in percentage points while the schemes run, by arm and behaviour, with its 90 % interval."""
        return self.summary.tables["behaviours"]

    @property
    def uncertainty(self) -> pd.DataFrame:
        """Variance over societies by arm and outcome: how much is luck, how much ignorance, each with its SE."""
        return self.summary.tables["uncertainty"]

    @property
    def crowding(self) -> pd.DataFrame:
        """Effect in percentage points by arm at each size of crowding, kappa_c, logit."""
        return self.summary.tables["crowding"]

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
        s = self.summary
        gap = s.first_minus_second
        return {
            **s.to_json_dict(),
            "first_minus_second_pp": None if gap is None else gap.to_dict(),
            "answer": {lang: answer(s, lang) for lang in LANGUAGES},
            "left_behind": {lang: left_behind(s, lang) for lang in LANGUAGES},
            "how_sure": {lang: how_sure(s, lang) for lang in LANGUAGES},
            "notes": {lang: notes(s, lang) for lang in LANGUAGES},
        }

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
        """Show the report's first screen as a card in a notebook."""
        from simulation.reports.card import card

        return card(self.summary, self.lang)


Stage = Literal["start", "compile", "run", "done"]


@dataclass(frozen=True)
class Progress:
    """Where a comparison stands: `done` of `total` runs, of which `before` were kept from an earlier start."""

    stage: Stage
    facts: ScenarioFacts
    done: int = 0
    total: int = 0
    before: int = 0


Watch = Callable[[Progress], None]


def compare(
    scenario: str | Path | Scenario,
    *,
    seed: int | None = None,
    replicates: int | None = None,
    jobs: int | None = None,
    out: str | Path | None = None,
    engine: EngineName = "auto",
    parameters: ParameterMode = "ensemble",
    set_: str | Sequence[str] = (),
    lang: Literal["en", "th"] | str = "en",
    yes: bool = False,
    replace: bool = False,
    progress: Watch | None = None,
) -> Comparison:
    """Run every arm in every society, write tables, manifest and report, and return the Comparison.

    Finished runs are kept in the folder as they come: the same call goes on from there, also after a stop.

    Args:
        scenario: A file, a shipped name or a Scenario.
        seed: Root seed instead of the file's.
        replicates: Simulated societies instead of the file's.
        jobs: Processes; all cores by default. The numbers do not depend on it.
        out: Folder for results; results/NAME-DIGEST by default.
        engine: "auto", "numpy" or "numba"; the same results to the bit.
        parameters: "ensemble" draws for each society, "default" fixes them.
        set_: Changes such as "run.weeks=52", one or several.
        lang: Language of the report, "en" or "th".
        yes: Run even if it takes more than ten minutes.
        replace: Let go of another scenario's results in the folder.
        progress: Called with a Progress as things go.

    Raises:
        ScenarioError: For a bad scenario, with every mistake.
        InputError: For a folder or size that cannot be had.
        FolderInUse: Where another process writes to the folder.
        StorageError: Where storage gives out; finished runs stay.
        Stopped: Where it is interrupted; finished runs stay.
    """
    _check_arguments(seed, replicates, jobs, engine, parameters, lang)
    settings = [set_] if isinstance(set_, str) else list(set_)
    settings += [f"run.seed={seed}"] if seed is not None else []
    settings += [f"run.replicates={replicates}"] if replicates is not None else []
    found = load(scenario, settings)
    name, workers = scenario_name(scenario), jobs or cores()
    affordable(found, workers, yes)
    folder = Path(out) if out is not None else default_folder(name, found, parameters)
    facts = facts_of(found, name, parameters, scenario, settings)
    watch = progress or (lambda _: None)
    open_folder(folder)
    with locked(folder):
        fit_for(folder, json.loads(found.to_json()), found.digest, parameters, replace)
        work = _Work(found, facts, specs_of(found, parameters, engine), Kept(folder), workers, engine, watch)
        with _kept_whatever_happens(work):
            watch(Progress("start", facts))
            write_manifest(folder, _manifest(found, facts, engine, "unfinished"))
            began = time.time()
            _run(work)
            summary = _write(work)
            write_manifest(folder, _manifest(found, facts, engine, "finished") | _afterwards(work, began))
            write_report(summary, folder, lang)
            if not summary.failed:
                work.kept.clear()  # else the same command tries the failed ones again, and them alone
    return Comparison(found, summary, folder, lang)


def _check_arguments(
    seed: int | None, replicates: int | None, jobs: int | None, engine: str, parameters: str, lang: str
) -> None:
    """Raise InputError for an argument that cannot be, before anything is read or run."""
    for name, value, low, high in (
        ("seed", seed, 0, 2**63 - 1),
        ("replicates", replicates, 1, 100_000),
        ("jobs", jobs, 1, 1024),
    ):
        if value is not None:
            whole_number(name, value, low, high)
    one_of("engine", engine, ("auto", "numpy", "numba"))
    one_of("parameters", parameters, ("ensemble", "default"))
    one_of("lang", lang, ("en", "th"))
    if engine == "numba" and find_spec("numba") is None:
        raise InputError(
            'engine is "numba", which is not installed: pip install "kwamdee[fast]", or take engine "numpy"; '
            "the results are the same.",
            'engine เป็น "numba" ซึ่งยังไม่ได้ติดตั้ง: pip install "kwamdee[fast]" หรือใช้ engine "numpy" ผลเหมือนกัน',
        )


@dataclass
class _Work:
    """What is being done, and how far it is."""

    scenario: Scenario
    facts: ScenarioFacts
    societies: list[Society]
    kept: Kept
    jobs: int
    engine: EngineName
    watch: Watch
    done: int = 0
    before: int = 0

    @property
    def total(self) -> int:
        """Number of runs."""
        return sum(len(s.specs) for s in self.societies)

    def tell(self, stage: Stage) -> None:
        """Tell who watches how far it is."""
        self.watch(Progress(stage, self.facts, self.done, self.total, self.before))


@contextmanager
def _kept_whatever_happens(work: _Work) -> Iterator[None]:
    """Turn an interruption, and storage that gives out, into errors that say what is kept and where."""
    folder = work.kept.folder
    try:
        yield
    except (KeyboardInterrupt, Terminated) as stop:
        raise Stopped(work.done, work.total, str(folder), getattr(stop, "code", 130)) from None
    except OSError as error:
        raise _gave_out(work, error) from error


def _gave_out(work: _Work, error: OSError) -> StorageError:
    folder, why = work.kept.folder, error.strerror or error
    try:
        free = shutil.disk_usage(folder).free
        en, th = f", where {free:,} bytes are free", f" ซึ่งเหลือที่ว่าง {free:,} ไบต์"
    except OSError:
        en = th = ""
    return StorageError(
        f"Storage gave out: {why}. {work.done} of {work.total} runs are kept in {folder}{en}. "
        "Make room and give the same command again.",
        f"หน่วยเก็บข้อมูลใช้งานไม่ได้: {why} เก็บไว้ {work.done} จาก {work.total} รอบใน {folder}{th} เพิ่มที่ว่าง แล้วสั่งคำสั่งเดิมอีกครั้ง",
    )


def _run(work: _Work) -> None:
    """Run what is not here yet, keeping every society as it comes."""
    here, left = work.kept.split(work.societies)
    work.done = work.before = sum(len(s.specs) for s in here)
    if work.jobs > 1 and work.engine != "numpy" and left:
        _compile_first(work.scenario, lambda: work.tell("compile"))
    work.tell("run")
    with closing(run_many(left, work.jobs)) as results:
        for society in left:
            work.kept.save(society, next(results))
            work.done += len(society.specs)
            work.tell("run")
    work.tell("done")


def _afterwards(work: _Work, began: float) -> dict[str, Any]:
    """Return what the manifest says once all is done."""
    drawn = work.kept.table("parameters", work.societies)
    return {
        "wall_s": round(time.time() - began, 3),
        "runs_from_before": work.before,
        "w_d_drawn_again": int(drawn["redrawn"].sum()) if len(drawn) else 0,
    }


def _write(work: _Work) -> Summary:
    """Join the parts into whole tables, the runs last: where they stand, the others do too."""
    kept = work.kept
    tables = {name: kept.table(name, work.societies) for name in ("runs", "series", "takeup", "parameters")}
    tables["runs"] = tables["runs"] if len(tables["runs"]) else pd.DataFrame(columns=_RUNS)
    tables["series"] = tables["series"] if len(tables["series"]) else _no_series()
    tables["takeup"] = tables["takeup"] if len(tables["takeup"]) else pd.DataFrame(columns=_TAKEUP)
    summary = summarise(work.facts, tables["runs"], tables["series"], tables["takeup"])
    for name in ("takeup", "parameters", "series", "runs"):
        write_table(kept.folder, name, tables[name])
    write_outcomes(kept.folder, summary.tables)
    return summary


_RUNS = ["run_id", "arm", "replicate", "luck", "status", "kappa_c", "budget_closed_week"]
_TAKEUP = ["run_id", "group_kind", "group", "eligible", "ever_live"]


def default_folder(name: str, scenario: Scenario, parameters: str) -> Path:
    """Return results/NAME-DIGEST; fixed parameters are a question of their own."""
    tail = "" if parameters == "ensemble" else f"-{parameters}"
    return Path("results") / f"{name}-{scenario.digest[:8]}{tail}"


def _compile_first(scenario: Scenario, tell: Callable[[], None]) -> None:
    """Compile in the parent, so that workers load the passes from the cache; `tell` is called where that takes long.

    A scenario of the same shape was compiled before: a mark beside the passes tells, and nothing is loaded here.
    """
    from simulation.engine.prepare import prepare
    from simulation.engine.run import start as open_arm
    from simulation.engine.run import step

    if scenario.world.citizens * len(scenario.behaviours) < NUMBA_FROM or find_spec("numba") is None:
        return
    mark = cache_folder() / f"compiled-{_shape(scenario)}"
    if mark.is_file():
        return
    if not any(cache_folder().glob("**/*.nbi")):
        tell()
    few = max(60, scenario.world.localities.number)
    small = scenario.with_({"world.files": None, "world.citizens": few, "run.replicates": 1})
    prepared = prepare(small, 0)
    for arm in (n for n, a in small.arms.items() if a.schemes):
        state = open_arm(prepared, arm, "numba")
        for _ in range(min(8, small.run.weeks)):
            step(state)
    with suppress(OSError):  # a cache that cannot be written is no reason to stop
        mark.touch()


def _shape(scenario: Scenario) -> str:
    """Return a short name of what decides which passes are compiled: numba, behaviours, schemes of each arm."""
    behaviours = [(b.dynamics, b.opportunities_per_week) for b in scenario.behaviours.values()]
    arms = [
        [(s.kind, s.behaviour, s.enrolment.mode, s.schedule.start) for s in a.schemes.values()]
        for a in scenario.arms.values()
    ]
    parts = [versions().get("numba"), platform.processor(), behaviours, arms, min(8, scenario.run.weeks)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _manifest(scenario: Scenario, facts: ScenarioFacts, engine: str, status: str) -> dict[str, Any]:
    return {
        "format": 1,
        "scenario": facts.name,
        "digest": scenario.digest,
        "files": [{"name": Path(name).name, "sha256": digest} for name, digest in scenario.files],
        "seed": scenario.run.seed,
        "replicates": scenario.run.replicates,
        "parameters": facts.parameters,
        "code": code_digest(),
        "versions": versions(),
        "engine": engine,
        "status": status,
        "command": facts.command,
        "definition": json.loads(scenario.to_json()),
    }


def _no_series() -> pd.DataFrame:
    names = ["week", "behaviour", "group_kind", "group", "acts", "acts_twin", "opportunities", "people"]
    return pd.DataFrame(columns=[*names, "enrolled", "paid", "run_id"])
