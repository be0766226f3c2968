"""How long a world of one's own takes to read, and how much memory: `python -m benchmarks.own_world`.

Each number is of a fresh process; beside it stands what pandas takes to read the same two files and check nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

LIMIT_S, LIMIT_GIB = 60.0, 4.0
"""For 1,000,000 citizens with 5,000,000 ties."""
_READ = """
import json, re, sys, time
began = time.perf_counter()
if sys.argv[1] == "pandas":
    import pandas
    n = [len(pandas.read_csv(path)) for path in sys.argv[2:]]
else:
    from simulation.world.files import read_files
    own, _ = read_files({"citizens": sys.argv[2], "ties": sys.argv[3]})
    n = [own.n, own.graph.n_ties]
took = time.perf_counter() - began
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 2**20
print(json.dumps([took, peak, *n]))
"""


def main() -> None:
    """Print the table; exit with 1 where a million citizens take more than the limits."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--citizens", type=int, default=1_000_000)
    n = asked.parse_args().citizens
    with tempfile.TemporaryDirectory() as folder:
        paths = write(Path(folder), n)
        print(f"{n:,} citizens, {5 * n:,} ties; seconds and GiB of a fresh process")
        found = {}
        for what, how in (("read and checked", "kwamdee"), ("again, kept", "kwamdee"), ("pandas alone", "pandas")):
            found[what] = read(how, paths, folder)
            print(f"{what:<18}{found[what][0]:8.1f} s {found[what][1]:6.2f} GiB")
    first = found["read and checked"]
    times, again = first[0] / found["pandas alone"][0], first[0] / found["again, kept"][0]
    print(f"{times:.1f} times pandas; when kept, {again:.0f} times as fast")
    sys.exit(n == 1_000_000 and (first[0] > LIMIT_S or first[1] > LIMIT_GIB))


def write(folder: Path, n: int) -> list[str]:
    """Write a table of citizens and an edge list."""
    r = np.random.default_rng(1)
    row = np.arange(n)
    people = {"id": np.char.mod("p%07d", row), "age": r.integers(15, 90, n), "sex": r.choice(["male", "female"], n)}
    people |= {"locality": np.char.mod("v%d", row // 999), "household": np.char.mod("h%d", row // 3)}
    u = r.integers(0, n, 5 * n)
    v = (u + 1 + r.integers(0, n - 1, 5 * n)) % n
    ends = {"source": np.char.mod("p%07d", u), "target": np.char.mod("p%07d", v)}
    paths = [folder / "people.csv", folder / "ties.csv"]
    pd.DataFrame(people).to_csv(paths[0], index=False)
    pd.DataFrame(ends | {"layer": r.choice(["work", "wide"], 5 * n)}).to_csv(paths[1], index=False)
    return [str(path) for path in paths]


def read(how: str, paths: list[str], cache: str) -> list[float]:
    """Read them in a fresh process; return seconds, GiB and what was found."""
    import os

    told = subprocess.run(
        [sys.executable, "-c", _READ, how, *paths],
        env={**os.environ, "KWAMDEE_CACHE": cache},
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(told.stdout))


if __name__ == "__main__":
    main()
