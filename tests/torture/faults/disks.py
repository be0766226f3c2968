"""D: a disk that fills up, calls that fail, folders that cannot be, too few files or processes, no temporary room."""

import os
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from tests.torture.faults.kills import NO_REPORT
from tests.torture.faults.place import KILL, QUICK
from tests.torture.faults.tally import Tally

PAGE = 4096
MORE = 64 * 2**20
SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
HOWS = ("enospc", "eio", "torn")
MOMENTS = 34
OFTEN = {"soon": 0.05}
"""A fragment every 0.05 s instead of every second, so that there are many calls in which something can fail."""


def can_mount():
    """Tell whether this user may mount a small disk."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and Path("/proc/self/mounts").exists()


@contextmanager
def disk(place, size, read_only=False):
    """Put a disk of its own in the place of the results folder."""
    place.anew(place_deeds(place))
    place.results.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={size}{',ro' if read_only else ''}", "tmpfs", place.results)
    try:
        yield
    finally:
        for _ in range(50):
            if subprocess.run(["umount", place.results], check=False, capture_output=True).returncode == 0:
                break
            time.sleep(0.1)


def _mount(*options):
    subprocess.run(["mount", *map(str, options)], check=True, capture_output=True)


def place_deeds(_place):
    """Return deeds under which runs take 5 ms and are looked up."""
    return {**QUICK, "*": [["pause", 0.005]]}


def d1(place, times):
    """A disk with room for a part of what is written; then more room, and a resume."""
    tally = Tally()
    if not can_mount():
        return tally
    with disk(place, MORE):
        place.done("--jobs", 1, asked=OFTEN)
        whole = sum(-(-p.stat().st_size // PAGE) for p in place.results.rglob("*") if p.is_file())
    for n in range(times):
        share = SHARES[n % len(SHARES)]
        pages = max(1, round(share * whole))
        with tally.trial(f"room for {share:.0%}"), disk(place, pages * PAGE):
            asked = {**OFTEN, **({} if n % 2 == 0 else NO_REPORT)}
            full = place.begin("--jobs", 1 + n % 2, asked=asked)
            code = full.wait()
            said = full.err()
            if code == 0:  # without its report it needed less
                assert not asked.get("report", True)
            else:
                assert code == 4, f"exit {code}: {said[-400:]}"
                for word in ("No space left", str(place.results), "free"):
                    assert word in said, f"{word} is not in: {said[-400:]}"
                assert "Traceback" not in said
            _only_whole(place)
            kept, before = place.kept(), place.executions()
            assert len(kept) >= place.told()
            tally.least("runs kept, least", len(kept))
            tally.most("runs kept, most", len(kept))
            _mount("-o", f"remount,size={MORE}", place.results)
            place.done("--jobs", 1, asked=asked)
            place.same()
            again = [task for task in kept if place.executions()[task] > before[task]]
            tally.add("kept runs done again", len(again))
            assert not again
    return tally


def _only_whole(place):
    """Raise unless every file that has its name can be read, and holds as many rows as that says."""
    for path in place.results.glob("runs/[0-9]*.parquet"):
        assert len(pd.read_parquet(path)) == int(path.name.split("-")[1]), path.name


def d2(place, times):
    """The k-th write, fsync, rename or removal fails with ENOSPC, with EIO, or is done by half and kills: 34 x 3."""
    tally = Tally()
    place.anew(place_deeds(place))
    place.done("--jobs", 1, asked={**NO_REPORT, **OFTEN, "call": 0, "how": "count"})
    many = int((place.folder / "calls").read_text("utf-8"))
    tally.most("calls of an undisturbed study", many)
    moments = [1 + round(k * (many - 1) / (MOMENTS - 1)) for k in range(MOMENTS)]
    cases = [(how, k) for k in moments for how in HOWS]
    step = len(cases) / times
    for how, k in [cases[int(n * step) + n % 3 if times < len(cases) else n] for n in range(times)]:
        with tally.trial(f"{how}, call {k}"):
            place.anew(place_deeds(place))
            disturbed = place.begin("--jobs", 1, asked={**NO_REPORT, **OFTEN, "call": k, "how": how})
            code = disturbed.wait()
            if code == 0:  # fewer calls this time: nothing failed
                place.same()
                tally.add("ended before the call")
            else:
                assert code == (-KILL if how == "torn" else 4), f"exit {code}: {disturbed.err()[-300:]}"
            _only_whole(place)
            kept, told, before = place.kept(), place.told(), place.executions()
            assert len(kept) >= told, f"{told} told, {len(kept)} kept"
            place.done("--jobs", 1, asked=NO_REPORT)
            place.same()
            again = [task for task in kept if place.executions()[task] > before[task]]
            tally.add("kept runs done again", len(again))
            assert not again, f"done again: {again}"
            assert not list(place.results.rglob(".*.part"))
    return tally


def d3(place, times):
    """A read-only folder, a file where it should be, no parent, a name of 300 letters, a folder of someone else."""
    tally = Tally()
    kinds = (_a_file, _a_long_name, _read_only, _no_parent, _not_owner)
    for n in range(times):
        kind = kinds[n % len(kinds)]
        if kind in (_read_only, _not_owner) and not can_mount():
            continue
        with tally.trial(kind.__name__[1:].replace("_", " ")):
            place.anew(QUICK)
            kind(place, tally)
    return tally


def _refused(place, tally, out, name=None, **how):
    began = time.monotonic()
    done = place.begin("--jobs", 1, out=out, real=True, module="simulation", **how)
    code = done.wait()
    took = time.monotonic() - began
    tally.most("seconds until it was refused", round(took, 2))
    used = round(done.seconds, 2)
    tally.most("seconds of the processor until then", used)
    tally.add("runs executed", len(place.executions()))
    assert code == 2, f"exit {code}: {done.err()[-300:]}"
    said = " ".join(done.err().split())
    assert (name or str(out)).replace("\n", "") in said.replace(" ", "") or (name or str(out)) in said, said
    assert "--out" in said, said
    assert "Traceback" not in said
    assert not place.executions(), "runs were executed"
    assert used <= 1, f"{used:.2f} s of the processor"


def _read_only(place, tally):
    with disk(place, MORE, read_only=True):
        _refused(place, tally, place.results)


def _a_file(place, tally):
    place.results.write_text("a letter", "utf-8")
    try:
        _refused(place, tally, place.results)
        assert place.results.read_text("utf-8") == "a letter"
    finally:
        place.results.unlink()


def _no_parent(place, tally):
    """A parent that is missing is made; one that is a file cannot be."""
    place.done("--jobs", 1, out=place.results / "deep" / "down", asked=NO_REPORT)
    place.same(folder=place.results / "deep" / "down")
    (place.folder / "trace").unlink()
    (place.results / "letter").write_text("a letter", "utf-8")
    _refused(place, tally, place.results / "letter" / "down")


def _a_long_name(place, tally):
    _refused(place, tally, place.folder / ("x" * 300), name="x" * 40)


def _not_owner(place, tally):
    place.results.mkdir()
    place.results.chmod(0o755)
    _refused(place, tally, place.results, before=as_nobody(reading=True))


def as_nobody(reading=False, **limits):
    """Return what runs a command as a user of its own, who may read the program's files wherever they lie."""
    may = "+dac_read_search" if reading else "+dac_override"
    user = [
        "setpriv",
        "--reuid",
        "54321",
        "--regid",
        "54321",
        "--clear-groups",
        "--inh-caps",
        may,
        "--ambient-caps",
        may,
    ]
    return (["prlimit", *(f"--{name}={n}" for name, n in limits.items())] if limits else []) + user


def d4(place, times):
    """At most 32 open files; fewer processes than jobs; a temporary folder that is full."""
    tally = Tally()
    kinds = (_few_files, _few_processes, _no_temporary_room)
    for n in range(times):
        kind = kinds[n % len(kinds)]
        if kind is not _few_files and not can_mount():
            continue
        with tally.trial(kind.__name__[1:].replace("_", " ")):
            place.anew()
            kind(place, tally)
    return tally


def _few_files(place, tally):
    _the_same_or_said(place, tally, {"limits": {"RLIMIT_NOFILE": 32}})


def _few_processes(place, tally):
    """Counted for a user of its own, for the superuser is never refused."""
    _the_same_or_said(place, tally, {}, jobs=6, before=as_nobody(nproc=12))


def _no_temporary_room(place, tally):
    small = place.folder / "tmp"
    small.mkdir(exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={PAGE}", "tmpfs", small)
    try:
        (small / "filler").write_bytes(bytes(PAGE))
        _the_same_or_said(place, tally, {}, env={"TMPDIR": str(small)})
    finally:
        subprocess.run(["umount", small], check=False)


def _the_same_or_said(place, tally, asked, jobs=2, **how):
    done = place.begin("--jobs", jobs, asked={**NO_REPORT, **asked}, **how)
    code = done.wait(120)
    if code == 0:
        place.same()
        tally.add("went on to the end")
        workers = len({pid for *_, pid, _ in place.trace()})
        if workers < jobs:
            assert "worker" in done.err(), done.err()[-400:]
            tally.add("with fewer workers, and said so")
        return
    said = done.err()
    assert code in (2, 4), f"exit {code}: {said[-500:]}"
    assert "Traceback" not in said
    tally.add("refused with a clear error")
