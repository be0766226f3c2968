"""What a study would do and how far it is, in words: the texts of `--dry-run` and `--status`."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.reports.study.progress import duration
from simulation.reports.study.words import asked, sizes

if TYPE_CHECKING:
    import pandas as pd

    from simulation.results.responses.facts import StudyFacts

_WIDTH = 80
_SHOWN = 3  # failed runs that are named


@dataclass(frozen=True)
class Expected:
    """What a study would take, from a probe of a few runs.

    Attributes:
        facts: What is known of the study.
        runs: Runs that would be there at the end: of the whole design, or of its first runs where a limit is given.
        kept: Runs of these that are kept already.
        seconds: Time that the others take, as measured by the probe.
        memory: Most memory in use at once, bytes.
        disk: Room that the results take, bytes; 0 where it is not known.
        jobs: Processes at work.
        probe_runs: Runs of the probe; 0 where nothing had to be tried.
        probe_seconds: How long the probe took.
        folder: Where the results lie or would lie.
        limit: Given limit of runs; None without one.
    """

    facts: StudyFacts
    runs: int
    kept: int
    seconds: float
    memory: int
    disk: int = 0
    jobs: int = 1
    probe_runs: int = 0
    probe_seconds: float = 0.0
    folder: str = ""
    limit: int | None = None


@dataclass(frozen=True)
class Standing:
    """How far a study is, as its folder tells.

    Attributes:
        facts: What is known of the study.
        done: Runs that are kept and went well.
        failed: Runs that failed, as rows with `run_id`, `message` and `command`.
        total: Runs of the design.
        folder: Where they lie.
        command: Goes on or tries the failed ones again; empty where no command can.
        owner: Process and host that work on it now; None where nobody does.
        since: Seconds since the last run was kept; None where none is.
        a_second: Runs kept a second of late; None where it is not known.
    """

    facts: StudyFacts
    done: int
    failed: pd.DataFrame
    total: int
    folder: str
    command: str = ""
    owner: tuple[int, str] | None = None
    since: float | None = None
    a_second: float | None = None

    @property
    def missing(self) -> int:
        """Return how many runs are not there."""
        return self.total - self.done - len(self.failed)


def dry_run(e: Expected, lang: str) -> str:
    """Return what a study would run and what that takes; nothing of it is run but a probe."""
    thai = lang == "th"
    left = e.runs - e.kept
    lines = [*asked(e.facts, lang), *sizes(e.facts, lang), ""]
    lines += _folded(_to_run(e, left, thai))
    if left:
        lines += _folded(_takes(e, lang))
        lines += _folded(_probe(e, lang))
    end = "ยังไม่ได้เริ่มจำลอง" if thai else "Nothing of it was run."
    return "\n".join([*lines, end])


def _to_run(e: Expected, left: int, thai: bool) -> str:
    where = f" {e.folder}" if e.folder else ""
    if thai:
        first = f" (เฉพาะ {e.limit:,} รอบแรก)" if e.limit is not None else ""
        kept = f" เก็บไว้แล้ว {e.kept:,} รอบ{f'ใน{where}' if where else ''}" if e.kept else ""
        return f"รวม {e.runs:,} รอบ{first}{kept} " + (f"เหลือ {left:,} รอบ" if left else "ไม่เหลือรอบที่ต้องจำลอง")
    first = f" (the first {e.limit:,} of the design)" if e.limit is not None else ""
    kept = (
        f"; {e.kept:,} of them {'is' if e.kept == 1 else 'are'} kept{f' in{where}' if where else ''}" if e.kept else ""
    )
    return f"{_runs(e.runs)} in all{first}{kept}; " + (f"{left:,} to run." if left else "none is left to run.")


def _takes(e: Expected, lang: str) -> str:
    time, memory = duration(e.seconds, lang), amount(e.memory, lang)
    if lang == "th":
        disk = f" เนื้อที่ดิสก์ราว {amount(e.disk, lang)}" if e.disk else ""
        return f"ใช้เวลาราว {time}ด้วย {e.jobs} โพรเซส หน่วยความจำราว {memory}{disk}"
    disk = f", {amount(e.disk, lang)} on disk" if e.disk else ""
    return f"About {time} with {e.jobs} {'process' if e.jobs == 1 else 'processes'}, {memory} of memory{disk}."


def _probe(e: Expected, lang: str) -> str:
    if not e.probe_runs:
        return ""
    took = duration(e.probe_seconds, lang)
    if lang == "th":
        return f"ประมาณจากการลอง {e.probe_runs:,} รอบ ซึ่งใช้ {took} เวลาจริงอาจต่างไปตามเครื่องและสิ่งที่ทำอยู่พร้อมกัน"
    return f"Reckoned from {_runs(e.probe_runs)} tried here, which took {took}; what else the machine does changes it."


def status(s: Standing, lang: str) -> str:
    """Return how far a study is, on one screen: what is kept, what failed, who works on it, what goes on."""
    thai = lang == "th"
    lines = [*asked(s.facts, lang), *sizes(s.facts, lang), "", *_folded(_counts(s, thai))]
    lines += _folded(_owner(s, lang))
    lines += failures(s.failed, lang)
    if s.command and (s.missing or len(s.failed)):
        lines += ["", "สั่งคำสั่งนี้เพื่อทำต่อ" if thai else "This goes on from there:", s.command]
    return "\n".join(lines)


def _counts(s: Standing, thai: bool) -> str:
    share = f"{100 * s.done // max(s.total, 1)}"
    if thai:
        return f"เก็บแล้ว {s.done:,} จาก {s.total:,} รอบ (ร้อยละ {share}) ล้มเหลว {len(s.failed):,} ขาด {s.missing:,} ใน {s.folder}"
    return f"{s.done:,} of {s.total:,} runs are kept ({share}%), {len(s.failed):,} failed, {s.missing:,} missing, in {s.folder}."


def _owner(s: Standing, lang: str) -> str:
    """Say who works on it, when the last run was kept and how long it takes; nothing of a study that is done."""
    if s.owner is None and not s.missing:
        return ""
    since = duration(s.since, lang) if s.since is not None else ""
    if lang == "th":
        last = f" รอบล่าสุดเก็บเมื่อ {since}ก่อน" if since else ""
        if s.owner is None:
            return f"ขณะนี้ไม่มีใครจำลองอยู่{last}"
        return f"กำลังจำลองอยู่ (โพรเซส {s.owner[0]} บน {s.owner[1]}){last}{_left(s, lang)}"
    last = f"; the last run was kept {since} ago" if since else ""
    if s.owner is None:
        return f"Nobody works on it now{last}."
    return f"At work: process {s.owner[0]} on {s.owner[1]}{last}{_left(s, lang)}."


def _left(s: Standing, lang: str) -> str:
    if not s.a_second or not s.missing:
        return ""
    left = duration(s.missing / s.a_second, lang)
    return f" เหลืออีกราว {left}" if lang == "th" else f"; about {left} left"


def failures(failed: pd.DataFrame, lang: str, commands: bool = True) -> list[str]:
    """Return how many runs failed, the first of them by name, each with its message and the command that repeats it."""
    n = len(failed)
    if not n:
        return []
    if lang == "th":
        lines = [f"ล้มเหลว {n:,} รอบ" + (f" แสดง {_SHOWN} รอบแรก" if n > _SHOWN else "")]
    else:
        lines = [f"{_runs(n)} failed" + (f"; the first {_SHOWN}:" if n > _SHOWN else ":")]
    for row in failed.head(_SHOWN).to_dict("records"):
        said = " ".join(f"{row['error']}: {row['message']}".split())
        lines += textwrap.wrap(
            f"{row['run_id']}  {said}",
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
            max_lines=2,
            placeholder=" …",
        )
        lines += [f"    {row['command']}"] if commands and row["command"] else []
    return lines


def amount(size: int, lang: str) -> str:
    """Print an amount of memory or disk."""
    for name, bytes_ in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if size >= bytes_:
            number = size / bytes_
            return f"{number:,.0f} {name}" if number >= 10 else f"{number:.1f} {name}"
    return f"{size} ไบต์" if lang == "th" else f"{size} bytes"


def _runs(n: int) -> str:
    return "1 run" if n == 1 else f"{n:,} runs"


def _folded(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False) if text else []
