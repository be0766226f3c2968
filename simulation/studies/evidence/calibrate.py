"""`kwamdee calibrate`: fit the law to published experiments, once with all and once without each, and write the draws.

Two stages. The first sees the studies that calibrate: with all of them, and without each. The second sees those whose
first prediction is on record too, and gives the posterior that everything draws from; of these studies the draws of the
first stage are what has not seen them. Every chain is a task of its own, kept on disk as soon as it is done.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import InputError
from simulation.core.version import code_digest
from simulation.results.store import open_folder, write_text
from simulation.studies.evidence import shipped
from simulation.studies.evidence.card import DVP, DVP_GIVEN
from simulation.studies.evidence.kernel import table_of
from simulation.studies.evidence.law_code import law_digest
from simulation.studies.evidence.posterior import NAMES, PRIORS, Fit, Sampler, Settings
from simulation.studies.evidence.rules import Known
from simulation.studies.pool import in_order, worker_killed

CHAINS, KEPT = 4, 200
FARTHEST = 32
"""Weeks of the scenario up to which what is walked week by week is fitted; later follow-ups are predicted, not fitted."""
FIRST = shipped.FIRST
RESERVED = (FIRST, "given-two-arms", *(f"{stage}-{i}" for stage in (FIRST, "all") for i in range(CHAINS)))
"""Names of folds and chains that are no study's."""
WORK = "chains"


@dataclass(frozen=True)
class Task:
    """One chain: a name, the rows that it sees, and its seed."""

    name: str
    fold: str | None
    mask: tuple[bool, ...]
    seed: int
    lengths: tuple[int, int]


def stages(known: Known, on_record: Collection[str], assumed: Collection[str] = ()) -> tuple[Known, Known]:
    """Return the rows of the first and of the second stage.

    Args:
        known: Rows and figures of all studies.
        on_record: Studies whose first prediction is on record.
        assumed: Studies whose control level or scale was assumed: their figures, as log-odds, are no evidence, and do not
            join. Those that calibrate stay in the first stage.
    """
    first = [x for x in known if x[0].role == "calibrate"]
    joins = [x for x in known if x[0].role != "calibrate" and x[0].study in on_record and x[0].study not in assumed]
    return first, [*first, *(x for x in joins if x[0].week_to <= FARTHEST or (x[0].while_live and not x[0].sticky))]


def tasks_of(known: Known, settings: Settings) -> list[Task]:
    """Return the chains of the first stage: several with all rows, one without each study, one for the experts' task."""
    rows = [row for row, _ in known]
    short = settings.warmup // 2, max(KEPT, settings.draws // 2)
    tasks = whole_tasks(known, settings, FIRST)
    for study in dict.fromkeys(row.study for row in rows):
        tasks.append(_task(study, study, tuple(row.study != study for row in rows), settings, short))
    if any(row.study == DVP for row in rows):  # its other arms are forecast from two, as its experts did
        mask = tuple(row.study != DVP or row.arm in DVP_GIVEN for row in rows)
        fold = f"{DVP}|{','.join(DVP_GIVEN)}"
        tasks.append(_task("given-two-arms", fold, mask, settings, short))
    return tasks


def whole_tasks(known: Known, settings: Settings, stage: str) -> list[Task]:
    """Return the chains with all rows of a stage."""
    fold = FIRST if stage == FIRST else None
    lengths = settings.warmup, settings.draws
    return [_task(f"{stage}-{i}", fold, (True,) * len(known), settings, lengths) for i in range(CHAINS)]


def _task(name: str, fold: str | None, mask: tuple[bool, ...], settings: Settings, lengths: tuple[int, int]) -> Task:
    seed = int.from_bytes(hashlib.sha256(f"{settings.seed} {name}".encode()).digest()[:4], "little")
    return Task(name, fold, mask, seed, lengths)


def identity(known: Known, settings: Settings) -> str:
    """Return a digest of what chains are made from: rows, figures, priors and settings; not of the code that does it."""
    said = [[asdict(row), asdict(target)] for row, target in known]
    priors = {name: asdict(prior) for name, prior in PRIORS.items()}
    text = json.dumps([said, priors, asdict(settings)], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def run_tasks(known: Known, tasks: Sequence[Task], settings: Settings, work: Path, jobs: int) -> Iterator[str]:
    """Carry out the tasks that are not done, and yield the name of each as it ends, in their order.

    Raises:
        InputError: Where a process was killed from outside; what is done is kept.
    """
    work.mkdir(parents=True, exist_ok=True)
    left = [t for t in tasks if not (work / f"{t.name}.npz").is_file()]
    chain = partial(_chain, known, settings=settings, work=work)
    try:
        with closing(in_order(chain, left, jobs)) as ended:
            yield from ended
    except worker_killed():
        raise InputError(
            "A worker process was killed, most often for want of memory. What is done is kept: give the same command "
            "with fewer --jobs.",
            "โปรเซสงานถูกหยุดจากภายนอก มักเพราะหน่วยความจำไม่พอ ผลที่เสร็จแล้วเก็บไว้ ให้สั่งคำสั่งเดิมโดยลดจำนวน --jobs",
        ) from None


_SAMPLERS: dict[str, Sampler] = {}


def _chain(known: Known, task: Task, settings: Settings, work: Path) -> str:
    """Run one chain and keep it; a process compiles its sampler once."""
    key = identity(known, settings)
    if key not in _SAMPLERS:
        _SAMPLERS.clear()
        _SAMPLERS[key] = Sampler(table_of([row for row, _ in known]), [t for _, t in known], settings)
    fit = _SAMPLERS[key].fit(np.array(task.mask), task.seed, lengths=task.lengths)
    _keep(fit, work / f"{task.name}.npz")
    return task.name


def _keep(fit: Fit, path: Path) -> None:
    temporary = path.with_suffix(".part")
    with temporary.open("wb") as file:
        told = {"divergent": fit.divergent, "leaps": fit.leaps, "made_with": _made_with(), "log_s": fit.log_s}
        columns: dict[str, Any] = {**told, **fit.draws}
        np.savez_compressed(file, **columns)
    temporary.replace(path)


def _made_with() -> str:
    import jax
    import numpyro

    return f"NumPyro {numpyro.__version__}, JAX {jax.__version__}, Python {platform.python_version()}, {platform.machine()}"


def read_chain(path: Path) -> Fit:
    """Return a chain that was kept."""
    with np.load(path) as kept:
        return Fit({n: kept[n] for n in NAMES}, kept["log_s"], int(kept["divergent"]), float(kept["leaps"]))


def _versions(path: Path) -> str:
    with np.load(path) as kept:
        return str(kept["made_with"])


def write(first: Known, whole: Known, settings: Settings, work: Path, into: Path) -> dict[str, Any]:
    """Join the chains of both stages into posterior, folds and manifest, and return the manifest."""
    tasks = [*tasks_of(first, settings), *whole_tasks(whole, settings, "all")]
    chains = {t.name: read_chain(work / f"{t.name}.npz") for t in tasks}
    posterior = _joined([chains[t.name] for t in tasks if t.fold is None])
    left_out = {FIRST: _joined([chains[t.name] for t in tasks if t.fold == FIRST])}
    left_out |= {t.fold: chains[t.name].thinned(KEPT) for t in tasks if t.fold not in (None, FIRST)}
    into.mkdir(parents=True, exist_ok=True)
    _write_posterior(posterior, into / shipped.POSTERIOR)
    _write_folds(left_out, into / shipped.FOLDS)
    manifest = {
        "format": 1,
        "studies": sorted({row.study for row, _ in whole}),
        "arms": len(whole),
        "first_studies": sorted({row.study for row, _ in first}),
        "first_arms": len(first),
        "identity": identity([*first, *whole], settings),
        "code": code_digest(),
        "settings": asdict(settings),
        "made_with": sorted({_versions(work / f"{t.name}.npz") for t in tasks}),
        "parameters": _parameters([chains[t.name] for t in tasks if t.fold is None], posterior, left_out),
        "divergent": int(sum(c.divergent for c in chains.values())),
        "draws": int(sum(len(c.log_s) for c in chains.values())),
        "rows": shipped.said_of(whole, posterior),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    write_text(into / shipped.MANIFEST, text)
    shipped.forget()
    return dict(json.loads(text))  # as it is read again


def _joined(chains: Sequence[Fit]) -> dict[str, NDArray[np.float64]]:
    return {n: np.concatenate([c.thinned(KEPT // len(chains))[n] for c in chains]) for n in NAMES}


def _write_posterior(draws: Mapping[str, NDArray[np.float64]], path: Path) -> None:
    """Write a plain table, as `--parameters FILE` reads; manifest.json beside it says what made it."""
    lines = [",".join(("member", *NAMES))]
    for k in range(len(draws[NAMES[0]])):
        lines.append(",".join([str(k), *(f"{draws[n][k]:.6g}" for n in NAMES)]))
    write_text(path, "\n".join(lines) + "\n")


def _write_folds(folds: Mapping[Any, Mapping[str, NDArray[np.float64]]], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = np.concatenate([[fold] * KEPT for fold in folds])
    columns = {n: np.concatenate([draws[n] for draws in folds.values()]).astype(np.float32) for n in NAMES}
    table = pa.table({"fold": pa.array(names.tolist()).dictionary_encode(), **columns})
    part = path.with_name(f".{path.name}.part")
    pq.write_table(table, part, compression="zstd")
    part.replace(path)


def _parameters(
    whole: Sequence[Fit],
    posterior: Mapping[str, NDArray[np.float64]],
    left_out: Mapping[Any, Mapping[str, NDArray[np.float64]]],
) -> dict[str, Any]:
    """Return of each parameter its posterior, how well it was mixed, and which study moves it most when left out."""
    from numpyro.diagnostics import effective_sample_size, split_gelman_rubin

    found = {}
    for name in NAMES:
        chains = np.stack([c.draws[name] for c in whole])
        low, middle, high = (float(x) for x in np.quantile(posterior[name], (0.05, 0.5, 0.95)))
        moves = _moves(name, left_out)
        most = max(moves, key=lambda fold: abs(moves[fold])) if moves else None
        found[name] = {
            "low": low,
            "median": middle,
            "high": high,
            "effective_draws": float(effective_sample_size(chains)),
            "r_hat": float(split_gelman_rubin(chains)),
            "moved_most_by": most,
            "moved_by_sd": None if most is None else moves[most],
        }
    return found


def _moves(name: str, left_out: Mapping[Any, Mapping[str, NDArray[np.float64]]]) -> dict[str, float]:
    """Return by how many standard deviations a parameter's median moves as each study is left out of the first stage."""
    first = left_out[FIRST][name]
    middle, spread = float(np.median(first)), float(np.std(first)) or 1.0
    studies = [fold for fold in left_out if fold != FIRST and "|" not in fold]
    return {fold: (float(np.median(left_out[fold][name])) - middle) / spread for fold in studies}


def calibrate(
    first: Known,
    whole: Known,
    settings: Settings,
    out: Path,
    jobs: int = 2,
    on_done: Callable[[int, int, str], None] | None = None,
) -> dict[str, Any]:
    """Fit all chains of a calibration and write its files.

    Args:
        first: Rows and figures of the studies that calibrate.
        whole: The same with those of studies whose first prediction is on record; see `stages`.
        settings: Lengths and seed.
        out: Folder of the calibration; chains that are done are kept in it.
        jobs: Processes.
        on_done: Called with the number done, of all, and the name of a chain as it ends.

    Raises:
        InputError: Where the folder holds chains of another calibration or files of none, or the extra `calibration` is
            not installed.
    """
    need_library()
    work = out / WORK
    _claim(out, f"{identity([*first, *whole], settings)}\n{law_digest()}\n")
    both = ((first, tasks_of(first, settings)), (whole, whole_tasks(whole, settings, "all")))
    done = sum((work / f"{t.name}.npz").is_file() for _, tasks in both for t in tasks)
    for known, tasks in both:
        for name in run_tasks(known, tasks, settings, work, jobs):
            done += 1
            if on_done is not None:
                on_done(done, sum(len(t) for _, t in both), name)
    return write(first, whole, settings, work, out)


def _claim(out: Path, said: str) -> None:
    """Mark a folder as that of one calibration; raises InputError where it is another's, or what it holds is nobody's."""
    work, mark = out / WORK, out / WORK / "identity"
    of_another = mark.read_text("utf-8") != said if mark.is_file() else any(work.glob("*.npz"))
    if of_another:
        raise InputError(
            f"{work} holds chains of other studies, priors or settings, or of another version of the law. Name another "
            "folder with --out, or remove it.",
            f"{work} มีผลของงานวิจัย ค่าก่อนข้อมูล หรือการตั้งค่าอื่น หรือของแบบจำลองรุ่นอื่น ให้ระบุโฟลเดอร์อื่นด้วย --out หรือลบโฟลเดอร์นี้",
        )
    for name in () if mark.is_file() else (shipped.POSTERIOR, shipped.FOLDS, shipped.MANIFEST):
        if (out / name).exists():
            raise InputError(
                f"{out} holds {name}, which would be lost, and no chains of a calibration. Name another folder with --out.",
                f"{out} มี {name} ซึ่งจะถูกเขียนทับ และไม่มีผลของการปรับเทียบ ให้ระบุโฟลเดอร์อื่นด้วย --out",
            )
    open_folder(work)
    write_text(mark, said)


def need_library() -> None:
    """Raise InputError where JAX or NumPyro is not installed."""
    from importlib.util import find_spec

    if find_spec("jax") is None or find_spec("numpyro") is None:
        raise InputError(
            "A calibration needs JAX and NumPyro. Install the extra: pip install 'kwamdee[calibration]'.",
            "การปรับเทียบต้องใช้ JAX และ NumPyro ให้ติดตั้งส่วนเสริม pip install 'kwamdee[calibration]'",
        )
