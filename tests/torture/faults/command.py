"""The command with the traced work in the place of the product's; and a server that begins it without its imports.

`python -m tests.torture.faults.command ARGUMENTS` is `kwamdee ARGUMENTS`. Without arguments it reads a JSON line for each
command to begin: the process is forked from one that has all modules loaded, so that a hundred kills do not pay for a
hundred imports. Everything else is as if it had been begun afresh.
"""

import gc
import json
import os
import signal
import sys
from pathlib import Path

from tests.torture.faults import traced

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def put_in_place():
    """Put the traced work where a sweep takes its work from, and write down what the command tells its user is kept."""
    from simulation.reports.study.progress import SweepProgress
    from simulation.studies.sweeps import rerun, sweep

    sweep.run_task = rerun.run_task = traced.work_traced
    told = SweepProgress.update

    def update(self, done, total, before, kept, stage="run"):
        told(self, done, total, before, kept, stage)
        with (Path(os.environ[traced.PLACE]) / "told").open("a", encoding="utf-8") as file:
            file.write(f"{kept}\n")

    SweepProgress.update = update


def as_asked():
    """Put failing calls to the system, limits and smaller things in place, as the environment asks."""
    asked = json.loads(os.environ.get("KWAMDEE_FAULTS_ASKED", "{}"))
    if "call" in asked:
        from simulation.results.fragments import writing
        from tests.torture.faults.calls import Faulty

        writing.calls = Faulty(asked["call"], asked["how"], os.environ[traced.PLACE]).calls()
    if not asked.get("report", True):
        from simulation.studies.sweeps.swept import Sweep

        Sweep.report = Sweep.write = _no_report
    if "soon" in asked:
        from simulation.results.fragments import compaction

        compaction._SOON = asked["soon"]
    for name, limit in asked.get("limits", {}).items():
        import resource

        resource.setrlimit(getattr(resource, name), (limit, limit))
    if "node" in asked:
        import platform

        platform.node = lambda: asked["node"]
    if "code" in asked:
        _other_code(asked["code"])
    if "clock" in asked:
        import time

        real = time.time
        time.time = lambda: real() + asked["clock"]
    if "group" in asked:
        (Path(asked["group"]) / "cgroup.procs").write_text(str(os.getpid()), "utf-8")


def _other_code(digest):
    from simulation.studies.executors import cluster, there
    from simulation.studies.sweeps import folder

    for module in (folder, cluster, there):
        module.code_digest = lambda: digest


def _no_report(self, lang=None):
    return Path(self.folder) / "report.html"


def main():
    """Be the command, or the server of it."""
    if len(sys.argv) == 1:
        request = serve()
        if request is None:
            return
        become(request)
    else:
        put_in_place()
        as_asked()
    from simulation import __main__ as command

    for name, code in command._CODES.items():
        command._on(name, command._leave_at_once(code))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    command.main()


def serve():
    """Begin what is asked for, a JSON line each; return in the child what it shall be, in the server None at the end."""
    _load()
    print("ready", flush=True)
    while line := sys.stdin.readline():
        request = json.loads(line)
        if request["do"] == "begin":
            signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # until the command minds them
            child = os.fork()
            if not child:
                return request
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
            print(child, flush=True)
        else:
            found, status, used = os.wait4(request["pid"], os.WNOHANG)
            ended = f"{os.waitstatus_to_exitcode(status)} {used.ru_utime + used.ru_stime:.3f}"
            print(ended if found else "", flush=True)
    return None


def _load():
    """Load what the command and its study load."""
    import matplotlib.figure
    import pandas as pd
    import pyarrow.parquet
    from joblib.externals.loky import ProcessPoolExecutor

    import simulation.cli.sweep
    import simulation.reports.study.html
    import simulation.reports.study.terminal
    import simulation.studies.sweeps.sensitivity
    import simulation.studies.sweeps.sweep

    assert all((matplotlib.figure, pd, pyarrow.parquet, ProcessPoolExecutor, simulation))
    put_in_place()
    gc.freeze()  # what is loaded is never looked at again, in no child


def become(request):
    """Be the process that was asked for: its own session, folder, streams and environment."""
    os.setsid()
    os.chdir(request["cwd"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    out = os.open(request["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    err = os.open(request["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for here, there in ((nothing, 0), (out, 1), (err, 2)):
        os.dup2(here, there)
        os.close(here)
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv[:] = ["kwamdee", *request["argv"]]
    as_asked()


if __name__ == "__main__":
    main()
