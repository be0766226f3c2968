"""Work of the tests: one word a task says what it does; every execution is noted in a trace."""

import os
import signal
import sys
import time
from pathlib import Path

from simulation.studies.tasks import Job, Task


def task(number, do="", seconds=0.0):
    return Task(number, number, 0, factors=(("do", do), ("seconds", seconds)))


def job(trace):
    return Job(digest="toy", scenario_json=str(trace), arms=("a",))


def work(job: Job, task: Task):
    factors = dict(task.factors)
    with Path(job.scenario_json).open("a") as trace:
        trace.write(f"{task.number} {os.getpid()} {os.getppid()}\n")
    if factors["seconds"]:
        time.sleep(factors["seconds"])
    if factors["do"]:
        return DEEDS[factors["do"]](task)
    return rows(task)


def rows(task, **more):
    return [
        {
            "run_id": f"{task.number:016x}",
            "point": task.point,
            "arm": "a",
            "value": task.number / 7,
            "status": "ok",
            "error": "",
            **more,
        }
    ]


def kill(_task):
    os.kill(os.getpid(), signal.SIGKILL)


def kill_parent(_task):
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(5)


def abort(_task):
    os.abort()


def leave(_task):
    os._exit(0)


def say_goodbye(_task):
    sys.exit(3)


def interrupt(_task):
    raise KeyboardInterrupt


def memory(task):
    return rows(task, status="failed", error="MemoryError", message="")


def memory_raised(_task):
    raise MemoryError


def hang(_task):
    while True:
        time.sleep(0.01)


def talk(task):
    for _ in range(10):
        print("x" * 1_000_000)
        print("y" * 1_000, file=sys.stderr)
    os.write(1, b"z" * 1000) if os.environ.get("TOY_FD") else None
    return rows(task)


def unpicklable(task):
    return [{"value": rows, "status": "ok", "it": (x for x in ())}]


def kill_once(task):
    if task.attempt == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return rows(task)


DEEDS = {
    f.__name__: f
    for f in (
        kill,
        kill_parent,
        abort,
        leave,
        say_goodbye,
        interrupt,
        memory,
        memory_raised,
        hang,
        talk,
        unpicklable,
        kill_once,
    )
}
