"""Compare the arms of a scenario: twin worlds, many simulated societies, one honest summary."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from simulation.agents.ensemble import ParameterSets, ParameterSource, label_of, table_of
from simulation.core.errors import InputError, Stopped, StorageError, Terminated, one_of, whole_number
from simulation.core.version import code_digest
from simulation.engine.run import EngineName
from simulation.reports.html import forget_report, write_report
from simulation.results.store import fit_for, open_folder, write_manifest, write_outcomes, write_table
from simulation.results.summary import ScenarioFacts, Summary, summarise
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.studies.backed import backed, found_behind
from simulation.studies.comparison import Comparison
from simulation.studies.compiled import compile_first, small_engine
from simulation.studies.estimate import affordable, cores
from simulation.studies.facts import facts_of, scenario_name, versions
from simulation.studies.kept import Kept, locked
from simulation.studies.quick import quick_look
from simulation.studies.run_many import Society, run_many, specs_of
from simulation.world.parameter_files import Asked, parameters_of

Stage = Literal["start", "compile", "run", "done"]


@dataclass(frozen=True)
class Progress:
    """Where a comparison stands: `done` of `total` runs, of which `before` were kept from an earlier start.

    Attributes:
        stage: "start", "compile" (the first time only), "run" or "done".
        facts: What is known of the scenario before it is run.
        done: Runs done.
        total: Runs asked for.
        before: Runs kept from an earlier start.
    """

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
    parameters: Asked = "posterior",
    set_: str | Sequence[str] = (),
    lang: Literal["en", "th"] | str = "en",
    yes: bool = False,
    replace: bool = False,
    quick: bool = False,
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
        parameters: "posterior" draws for each society, "default" fixes them, or a table of one's own: its path, CSV or
            Parquet.
        set_: Changes such as "run.weeks=52", one or several.
        lang: Language of the report, "en" or "th".
        yes: Run even if it takes more than ten minutes.
        replace: Let go of another scenario's results in the folder.
        quick: Look at 2,000 citizens and 6 societies, over the whole horizon: seconds, and not for decisions. The
            report is written once it is asked for.
        progress: Called with a Progress as things go.

    Raises:
        ScenarioError: For a bad scenario, with every mistake.
        InputError: For a folder or size that cannot be had.
        FolderInUse: Where another process writes to the folder.
        StorageError: Where storage gives out; finished runs stay.
        Stopped: Where it is interrupted; finished runs stay.

    Example:
        >>> import simulation as kw
        >>> found = kw.compare("bangkok-waste", quick=True, set_=["world.citizens=200", "run.weeks=60"], replicates=2)
        >>> list(found.effects.columns[:3])
        ['arm', 'p_best', 'luck_share']
        >>> found.plot("trajectories", lang="th").savefig("over_time.png")
    """
    _check_arguments(seed, replicates, jobs, engine, lang)
    settings = [set_] if isinstance(set_, str) else list(set_)
    settings += [f"run.seed={seed}"] if seed is not None else []
    settings += [f"run.replicates={replicates}"] if replicates is not None else []
    found = load(scenario, settings)
    source = parameters_of(parameters, tuple(found.behaviours))
    name, workers = scenario_name(scenario), jobs or cores()
    if quick:
        found, workers = quick_look(found, settings), jobs or 1  # to open a pool takes longer than the work
        engine = small_engine(found) if engine == "auto" else engine
    affordable(found, workers, yes)
    folder = Path(out) if out is not None else default_folder(name, found, source, quick)
    rests = found_behind(found, source)
    facts = backed(facts_of(found, name, source, scenario, settings, quick), rests)
    watch = progress or (lambda _: None)
    open_folder(folder)
    with locked(folder):
        fit_for(folder, json.loads(found.to_json()), found.digest, label_of(source), replace, table_of(source))
        societies = specs_of(found, source, engine, second_luck=not quick)
        work = _Work(found, facts, societies, Kept(folder, in_memory=quick), workers, engine, watch)
        with _kept_whatever_happens(work):
            watch(Progress("start", facts))
            write_manifest(folder, _manifest(found, facts, source, engine, "unfinished") | rests)
            began = time.time()
            _run(work)
            summary = _write(work)
            finished = _manifest(found, facts, source, engine, "finished") | rests
            write_manifest(folder, finished | _afterwards(work, began))
            if quick:
                forget_report(folder)  # that of an earlier look; it is written again once it is asked for
            else:
                write_report(summary, folder, lang)
            if not summary.failed:
                work.kept.clear()  # else the same command tries the failed ones again, and them alone
    return Comparison(found, summary, folder, lang)


def _check_arguments(seed: int | None, replicates: int | None, jobs: int | None, engine: str, lang: str) -> None:
    """Raise InputError for an argument that cannot be, before anything is read or run."""
    for name, value, low, high in (
        ("seed", seed, 0, 2**63 - 1),
        ("replicates", replicates, 1, 100_000),
        ("jobs", jobs, 1, 1024),
    ):
        if value is not None:
            whole_number(name, value, low, high)
    one_of("engine", engine, ("auto", "numpy", "numba"))
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
    def safe(self) -> int:
        """Number of runs that are on disk."""
        return self.before if self.kept.in_memory else self.done

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
        raise Stopped(work.safe, work.total, str(folder), getattr(stop, "code", 130)) from None
    except OSError as error:
        raise _gave_out(work, error) from error


def _gave_out(work: _Work, error: OSError) -> StorageError:
    folder, why = work.kept.folder, error.strerror or error
    en, th = free_bytes(folder)
    return StorageError(
        f"Storage gave out: {why}. {work.safe} of {work.total} runs are kept in {folder}{en}. "
        "Make room and give the same command again.",
        f"หน่วยเก็บข้อมูลใช้งานไม่ได้: {why} เก็บไว้ {work.safe} จาก {work.total} รอบใน {folder}{th} เพิ่มที่ว่าง แล้วสั่งคำสั่งเดิมอีกครั้ง",
    )


def free_bytes(folder: Path) -> tuple[str, str]:
    """Say in both languages how much is free where a folder lies; nothing where that cannot be seen."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return "", ""
    return f", where {free:,} bytes are free", f" ซึ่งเหลือที่ว่าง {free:,} ไบต์"


def _run(work: _Work) -> None:
    """Run what is not here yet, keeping every society as it comes."""
    here, left = work.kept.split(work.societies)
    work.done = work.before = sum(len(s.specs) for s in here)
    if work.jobs > 1 and work.engine != "numpy" and left:
        compile_first(work.scenario, lambda: work.tell("compile"))
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
    tables = {name: kept.table(name, work.societies) for name in ("runs", "series", "takeup", "parameters", "units")}
    tables["runs"] = tables["runs"] if len(tables["runs"]) else pd.DataFrame(columns=_RUNS)
    tables["series"] = tables["series"] if len(tables["series"]) else _no_series()
    tables["takeup"] = tables["takeup"] if len(tables["takeup"]) else pd.DataFrame(columns=_TAKEUP)
    summary = summarise(work.facts, tables["runs"], tables["series"], tables["takeup"], tables["units"])
    for name in ("takeup", "parameters", "units", "series", "runs"):
        write_table(kept.folder, name, tables[name])
    write_outcomes(kept.folder, summary.tables)
    return summary


_RUNS = ["run_id", "arm", "replicate", "luck", "status", "kappa_c", "budget_closed_week"]
_TAKEUP = ["run_id", "group_kind", "group", "eligible", "ever_live", "reached"]


def default_folder(name: str, scenario: Scenario, parameters: ParameterSource, quick: bool = False) -> Path:
    """Return results/NAME-DIGEST; parameters of another source are a question of their own, and so is a quick look."""
    if isinstance(parameters, ParameterSets):
        tail = f"-parameters-{parameters.sha256[:8]}"
    else:
        tail = "" if parameters == "posterior" else f"-{parameters}"
    return Path("results") / f"{name}-{scenario.digest[:8]}{tail}{'-quick' if quick else ''}"


def _manifest(
    scenario: Scenario, facts: ScenarioFacts, source: ParameterSource, engine: str, status: str
) -> dict[str, Any]:
    return {
        "format": 1,
        "scenario": facts.name,
        "digest": scenario.digest,
        "files": [{"name": Path(name).name, "sha256": digest} for name, digest in scenario.files],
        "seed": scenario.run.seed,
        "replicates": scenario.run.replicates,
        "parameters": facts.parameters,
        **({"parameter_sets": source.to_json()} if isinstance(source, ParameterSets) else {}),
        "code": code_digest(),
        "versions": versions(),
        "engine": engine,
        "status": status,
        "command": facts.command,
        "quick": facts.quick,
        "world_notices": [{"en": n.en, "th": n.th} for n in facts.world_notices],
        "definition": json.loads(scenario.to_json()),
    }


def _no_series() -> pd.DataFrame:
    names = ["week", "behaviour", "group_kind", "group", "acts", "acts_twin", "opportunities", "people"]
    return pd.DataFrame(columns=[*names, "enrolled", "paid", "run_id"])
