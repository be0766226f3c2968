"""Whether the kernel ended a process for want of memory, where the system tells."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def killed_for_memory() -> int:
    """Return how many processes the kernel has ended for want of memory: in this control group, else on this machine.

    0 where the system does not tell. Two calls that differ say that one was ended between them.
    """
    for path in (*_of_this_group(), Path("/proc/vmstat")):
        with suppress(OSError, ValueError):
            for line in path.read_text("utf-8").splitlines():
                name, _, count = line.partition(" ")
                if name == "oom_kill":
                    return int(count)
    return 0


def _of_this_group() -> list[Path]:
    with suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text("utf-8").splitlines():
            number, controllers, group = line.split(":", 2)
            if number == "0" and group != "/":
                return [Path("/sys/fs/cgroup" + group, "memory.events")]
            if "memory" in controllers.split(","):
                return [Path("/sys/fs/cgroup/memory" + group, "memory.oom_control")]
    return []
