"""Sweep a study: every point of its design in the same simulated societies, kept as they come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from simulation.core.errors import InputError, Stopped, StorageError, Terminated, one_of, whole_number
from simulation.engine.run import EngineName
from simulation.results.fragments.compaction import compact
from simulation.results.fragments.store import Store
from simulation.results.store import open_folder
from simulation.studies.compare import free_bytes
from simulation.studies.estimate import cores
from simulation.studies.executors.choose import executor_for
from simulation.studies.executors.processes import Notice, silent
from simulation.studies.kept import locked
from simulation.studies.plan.read import load_study
from simulation.studies.plan.settings import settings_of
from simulation.studies.plan.study import Study
from simulation.studies.sweeps.costs import affordable, cost
from simulation.studies.sweeps.driver import Driver, Standing, Watch
from simulation.studies.sweeps.engine import ready_engine
from simulation.studies.sweeps.folder import default_folder, fits, kept_runs, manifest_of
from simulation.studies.sweeps.rounds import Rounds
from simulation.studies.sweeps.swept import Sweep
from simulation.studies.sweeps.targets import next_round
from simulation.studies.sweeps.work import run_task
from simulation.studies.tasks import Executor


@dataclass(frozen=True)
class Ways:
    """How a study is carried out; none of it changes a number.

    Attributes:
        jobs: Processes; all cores where None.
        cluster: Address of a Dask scheduler, "local", a scheduler file, or empty.
        on_error: "record" a run that fails and go on, or "stop" there.
        run_timeout: Seconds after which a run is ended; None for never.
        engine: "auto", "numpy" or "numba".
        batch: Tasks sent to a worker at once; None to choose by their length.
        limit: The first runs of the design that are done; None for all.
    """

    jobs: int | None = None
    cluster: str = ""
    on_error: Literal["record", "stop"] = "record"
    run_timeout: float | None = None
    engine: EngineName = "auto"
    batch: int | None = None
    limit: int | None = None


def sweep(
    study: str | Path | Study,
    *,
    jobs: int | None = None,
    out: str | Path | None = None,
    cluster: str = "",
    on_error: Literal["record", "stop"] = "record",
    run_timeout: float | None = None,
    engine: EngineName = "auto",
    batch: int | None = None,
    limit: int | None = None,
    replicates: int | None = None,
    set_: str | Sequence[str] = (),
    parameters: str | Path | None = None,
    lang: Literal["en", "th"] | str = "en",
    yes: bool = False,
    report: bool = True,
    progress: Watch | None = None,
    notice: Notice = silent,
) -> Sweep:
    """Run every arm at every point of a study's design, in the same simulated societies, and return the Sweep.

    Finished runs are kept in the folder as they come: the same call goes on from there, also after a kill. A run that
    fails is a row with its message, and is tried again by the next call.

    Args:
        study: A study file or its folder, a shipped name, or a Study.
        jobs: Processes; all cores by default. The numbers do not depend on it.
        out: Folder for results; results/NAME-DIGEST by default.
        cluster: Address of a Dask scheduler (tcp://...), "local", or the path of a scheduler file.
        on_error: "record" a run that fails as a row and go on, or "stop" at the first.
        run_timeout: Seconds after which a run that has not ended is ended and recorded.
        engine: "auto", "numpy" or "numba"; the same results to the bit.
        batch: Societies sent to a worker at once; chosen by how long they take by default.
        limit: Do the first runs of the design alone, those that are kept counted.
        replicates: Simulated societies at each point instead of the file's.
        set_: Changes of the scenario for all points, such as "world.citizens=500", one or several.
        parameters: "posterior", "default", or the path of a table of one's own, instead of what the study says.
        lang: Language of the report, "en" or "th".
        yes: Run even if it takes more than ten minutes.
        report: Write the report too, a second or two; it can be written later by `report()`.
        progress: Called with a Standing as things go.
        notice: Called with what the user should know: fewer workers than asked for, waiting for a cluster.

    Raises:
        ScenarioError: For a bad study or scenario, with every mistake.
        InputError: For a folder, a cluster or a size that cannot be had.
        FolderInUse: Where another process writes to the folder.
        RunFailed: Where a run fails and `on_error` is "stop".
        StorageError: Where storage gives out; finished runs stay.
        Stopped: Where it is interrupted; finished runs stay.

    Example:
        >>> import simulation as kw
        >>> size = {"key": "arms.fee_discount.schemes.fee.baht_per_month", "values": [0, 80]}
        >>> small = {"world.citizens": 300, "run.weeks": 60}
        >>> asked = kw.study("bangkok-waste", {"size": size}, arms=["fee_discount"], replicates=2, set=small)
        >>> found = kw.sweep(asked, jobs=1, report=False)
        >>> found.points[["size", "arm", "replicates"]].values.tolist()
        [[0, 'fee_discount', 2], [80, 'fee_discount', 2]]
    """
    ways = Ways(jobs, cluster, on_error, run_timeout, engine, batch, limit)
    _check(ways, lang)
    found = load_study(study, settings_of(set_, replicates, parameters))
    folder = Path(out) if out is not None else default_folder(found)
    watch = progress or _silent
    fits(found, folder)
    affordable(found, kept_runs(folder), limit, jobs, yes)
    open_folder(folder)
    store = Store(folder, thorough=True)
    with _kept_whatever_happens(store, found) as drivers, locked(folder) as was_killed:
        fits(found, folder)
        store.begin(manifest_of(found))
        store.clean()
        compact(store)
        driver = Driver(store, _rounds(found, store, limit), found.facts, watch, on_error, notice)
        drivers.append(driver)
        driver.tell("start")
        _carry_out(driver, found, ways, apart=was_killed)
        driver.tell("write")
        compact(store)
        done = Sweep(found, store, lang)
        if report:
            done.write()
        driver.tell("done")
    return done


def _silent(_: Standing) -> None:
    """Show nothing."""


def _check(ways: Ways, lang: str) -> None:
    """Raise InputError for an argument that cannot be, before anything is read or run."""
    for name, value, high in (
        ("jobs", ways.jobs, 1024), ("batch", ways.batch, 1_000_000), ("limit", ways.limit, 10**12),
    ):  # fmt: skip
        if value is not None:
            whole_number(name, value, 1, high)
    seconds = ways.run_timeout
    if seconds is not None and (isinstance(seconds, bool) or not isinstance(seconds, int | float) or not seconds > 0):
        raise InputError(
            f"run_timeout is {seconds!r}; it is a number of seconds above 0, such as 60. Leave it out for no limit.",
            f"run_timeout เป็น {seconds!r} ต้องเป็นจำนวนวินาทีที่มากกว่า 0 เช่น 60 ถ้าไม่จำกัดเวลาไม่ต้องระบุ",
        )
    one_of("on_error", ways.on_error, ("record", "stop"))
    one_of("engine", ways.engine, ("auto", "numpy", "numba"))
    one_of("lang", lang, ("en", "th"))


def _rounds(study: Study, store: Store, limit: int | None) -> Rounds:
    """Return the runs that are asked for to begin with, and those that are kept."""
    most, points = study.replicates, study.points
    first = study.target.at_least if study.target is not None else most
    wanted = np.full(points, first, np.int64)
    return Rounds(study.design, study.arms, most, wanted, store.present(), limit)


def _carry_out(driver: Driver, study: Study, ways: Ways, apart: bool) -> None:
    """Run what is left, round by round; without a target there is one round. `apart`: in no case in this process."""
    job = study.job(ready_engine(study, driver, ways.engine))
    while True:
        if driver.rounds.done < driver.rounds.total:
            driver.round(_executor(study, driver, ways, apart), run_task, job)
        limited = driver.rounds.limit is not None and driver.rounds.done >= driver.rounds.limit
        more = None if limited else next_round(study, driver.store, driver.rounds.wanted)
        if more is None:
            return
        driver.rounds.wanted = more


def _executor(study: Study, driver: Driver, ways: Ways, apart: bool) -> Executor:
    """Return where the runs are carried out: a number of processes that is asked for is taken, else what is faster.

    Where the last driver of the folder was killed, a run may have done it: then runs are carried out `apart`, in
    workers, unless one process is asked for, so that such a run becomes a row and no driver dies of it twice.
    """
    left = driver.rounds.total - driver.rounds.done
    tasks = -(-left // len(study.arms))
    long = cost(study, 0, left, 1).seconds > SURELY_LONG
    return executor_for(
        ways.jobs or max(cores(), 2 if apart else 1),
        ways.cluster or None,
        batch=ways.batch,
        run_timeout=ways.run_timeout,
        total=tasks,
        notice=driver.notice,
        measure=ways.jobs is None and not long and not apart,
    )


SURELY_LONG = 10.0
"""Seconds of work from which a pool is opened without trying first."""


@contextmanager
def _kept_whatever_happens(store: Store, study: Study) -> Iterator[list[Driver]]:
    """Turn an interruption, and storage that gives out, into errors that say what is kept and where.

    Yields a list for the driver, which knows what is kept; before there is one, the folder is asked.
    """
    folder, drivers = store.folder, list[Driver]()
    try:
        yield drivers
    except (KeyboardInterrupt, Terminated) as stop:
        kept, total = _standing(study, folder, drivers)
        code = getattr(stop, "code", 130)
        raise Stopped(kept, total, str(folder), code, study.facts.command) from None
    except OSError as error:
        kept, total = _standing(study, folder, drivers)
        en, th = free_bytes(folder)
        why = error.strerror or error
        raise StorageError(
            f"Storage gave out: {why}. {kept} of {total} runs are kept in {folder}{en}. "
            "Make room and give the same command again.",
            f"หน่วยเก็บข้อมูลใช้งานไม่ได้: {why} เก็บไว้ {kept} จาก {total} รอบใน {folder}{th} เพิ่มที่ว่าง แล้วสั่งคำสั่งเดิมอีกครั้ง",
        ) from error


def _standing(study: Study, folder: Path, drivers: list[Driver]) -> tuple[int, int]:
    """Return the runs that are kept and those that are asked for."""
    for driver in drivers:
        return driver.kept, driver.rounds.total
    return kept_runs(folder), study.points * study.replicates * len(study.arms)
