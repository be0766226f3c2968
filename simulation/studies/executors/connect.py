"""The way to a Dask scheduler: by address, by its file, or a cluster on this machine; quiet, and quick to fail."""

from __future__ import annotations

import json
import logging
import os
import signal
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.core.errors import ClusterLost, InputError
from simulation.studies.executors.slots import interrupts_held, quiet_helpers

PATIENCE = 5.0
"""Seconds within which a scheduler must answer."""
LOCAL = "local"
_LOGGERS = ("distributed", "tornado", "asyncio", "bokeh")


@dataclass(frozen=True)
class Place:
    """Where a scheduler is: its address, or a cluster on this machine; `shown` is what the user wrote."""

    shown: str
    address: str
    local: bool = False


def place_of(written: str) -> Place:
    """Read what the user wrote for `--cluster`; raises InputError where it is no place, or the extra is missing."""
    try:
        import distributed  # noqa: F401 # only whether it is there
    except ImportError:
        raise InputError(
            'A cluster needs the extra "cluster": pip install "kwamdee[cluster]"',
            'คลัสเตอร์ต้องใช้ส่วนเสริม "cluster": pip install "kwamdee[cluster]"',
        ) from None
    if written == LOCAL:
        return Place(written, "", local=True)
    path = written.removeprefix("file:").removeprefix("//") if written.startswith("file:") else written
    if written.startswith("file:") or written.endswith(".json") or Path(path).is_file():
        return Place(written, _address_in(Path(path)))
    if "://" in written or (":" in written and written.rpartition(":")[2].isdigit()):
        return Place(written, written)
    raise InputError(
        f'--cluster is "{written}". Allowed: local, the address of a scheduler (tcp://host:8786), or the path of its '
        "scheduler file (scheduler.json).",
        f'--cluster เป็น "{written}" ใช้ได้: local ที่อยู่ของตัวจัดงาน (tcp://host:8786) หรือที่อยู่ของแฟ้มตัวจัดงาน (scheduler.json)',
    )


def _address_in(path: Path) -> str:
    try:
        address = json.loads(path.read_text("utf-8"))["address"]
    except FileNotFoundError:
        raise InputError(
            f"There is no scheduler file {path}. Start the scheduler first: dask scheduler --scheduler-file {path}",
            f"ไม่มีแฟ้มตัวจัดงาน {path} เริ่มตัวจัดงานก่อน: dask scheduler --scheduler-file {path}",
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} is no scheduler file ({type(error).__name__}). dask scheduler --scheduler-file {path} writes one.",
            f"{path} ไม่ใช่แฟ้มตัวจัดงาน ({type(error).__name__}) สร้างได้ด้วย dask scheduler --scheduler-file {path}",
        ) from None
    return str(address)


class Connection:
    """A client of a scheduler, and the scheduler itself where it is a local one."""

    def __init__(self, place: Place, jobs: int) -> None:
        """Connect; raises InputError where nobody answers in time."""
        from distributed import Client

        self._place, self._cluster, self._loop = place, None, None
        self._levels = {name: logging.getLogger(name).level for name in _LOGGERS}
        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # versions that differ are compared by ourselves, by the code's digest
                if place.local:
                    self._loop = _deaf_loop()
                    self._cluster = _local(jobs, self._loop)
                self._client = Client(self._cluster or place.address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            self._restore()
            raise _unreachable(place, error) from None
        except BaseException:
            self._restore()
            raise

    def threads(self) -> int:
        """Return the threads of all workers."""
        try:
            return sum(self._client.nthreads().values())
        except (OSError, RuntimeError, TimeoutError) as error:
            raise self._lost() from error

    def ask_all(self, function: Callable[[], object]) -> dict[str, object]:
        """Return every worker's answer, an exception where it could not answer."""
        return dict(self._client.run(function, on_error="return"))

    def submit(self, function: Callable[[bytes], object], parcel: bytes, key: str) -> Any:
        """Send a parcel and return its future."""
        return self._client.submit(function, parcel, key=key, pure=False)

    def must_live(self) -> None:
        """Raise ClusterLost if the scheduler is gone."""
        if self._client.status != "running":
            raise self._lost()

    def close(self, at_once: bool = False) -> None:
        """Let the client go, and a local cluster with its workers; at once, the workers are killed."""
        if at_once and self._cluster is not None:
            for worker in self._cluster.workers.values():
                with suppress(OSError, AttributeError):
                    os.kill(worker.pid, signal.SIGKILL)
        for part in (self._client, self._cluster):
            if part is not None:
                with suppress(Exception):  # its end of the line may be dead
                    part.close(timeout=1)
        if self._loop is not None:
            with suppress(Exception):
                self._loop.stop(timeout=1)
        self._restore()

    def _lost(self) -> ClusterLost:
        shown = self._place.shown
        return ClusterLost(
            f"The scheduler at {shown} is gone. What was kept stays; the same command goes on from there.",
            f"ตัวจัดงานที่ {shown} หายไป ผลที่เก็บไว้แล้วยังอยู่ ใช้คำสั่งเดิมเพื่อทำต่อ",
        )

    def _restore(self) -> None:
        for name, level in self._levels.items():
            logging.getLogger(name).setLevel(level)


def _deaf_loop() -> Any:
    """Begin the thread from which a local cluster begins its workers; held there, Ctrl-C never reaches them."""
    from distributed.utils import LoopRunner

    runner = LoopRunner()
    with interrupts_held():
        runner.start()
    return runner


def _local(jobs: int, loop: Any) -> Any:
    from distributed import LocalCluster

    with quiet_helpers():
        return LocalCluster(
            n_workers=jobs,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
            loop=loop.loop,
        )


def _unreachable(place: Place, error: BaseException) -> InputError:
    said = (str(error) or type(error).__name__).splitlines()[0]
    return InputError(
        f"No Dask scheduler answers at {place.shown} ({said}). Nothing was run.",
        f"ไม่มีตัวจัดงานของ Dask ตอบที่ {place.shown} ({said}) ยังไม่ได้เริ่มจำลอง",
    )
