"""How long a report card's predictions take by the engine and by the mean field: `python -m benchmarks.evidence`.

Both predict the same figures with the same parameters, one process each, in seconds of its own time, so the ratio holds
on a shared machine. Beside it: how far their medians are apart, for want of draws too where replicates are few, and
what chance adds to a draw, by a second luck.
"""

from __future__ import annotations

import argparse
import functools
import math
import time
from collections.abc import Sequence

import numpy as np

from simulation.engine.prepare import prepare
from simulation.studies.evidence import replay as replays
from simulation.studies.evidence.expected import MeanFieldSource
from simulation.studies.evidence.files import Design, read_designs
from simulation.studies.evidence.replay import REPLICATES, Replay
from simulation.studies.evidence.rows import Row
from simulation.studies.evidence.shipped import calibration
from simulation.studies.evidence.suite import known_of

SLOWEST = 12
"""Studies named one by one."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=5, help="of the engine; seconds are scaled to a card's")
    parser.add_argument("--study", action="append", default=[], help="one study; may be repeated")
    asked = parser.parse_args()
    found = [measured(design, asked.replicates) for design in read_designs(studies=tuple(asked.study))]
    found = [x for x in found if x]
    found.sort(key=seconds_of, reverse=True)
    print(f"{'study':<40}{'figures':>8}{'engine s':>10}{'ratio':>8}{'apart':>8}{'chance':>8}")
    for study, figures, engine, field, apart, noise in found[:SLOWEST]:
        print(f"{study:<40}{figures:>8}{engine:>10.1f}{engine / field:>8.0f}{apart:>8.3f}{noise:>8.3f}")
    figures = np.array([x[1] for x in found])
    engine, field = (sum(x[i] for x in found) for i in (2, 3))
    apart, noise = (float(np.average([x[i] for x in found], weights=figures)) for i in (4, 5))
    name, ratio = f"all {len(found)} studies", engine / field
    print(f"{name:<40}{figures.sum():>8}{engine:>10.1f}{ratio:>8.0f}{apart:>8.3f}{noise:>8.3f}")
    print(f"{REPLICATES} replicates: {engine:.0f} s of one core by the engine, {field:.2f} s by the mean field")


Measured = tuple[str, int, float, float, float, float]


def measured(design: Design, replicates: int) -> Measured | tuple[()]:
    """Return name, figures, seconds by the engine and the mean field, how far apart medians are, and chance by draw."""
    rows = [row for row, _ in known_of([design])[0]]
    if not rows:
        return ()
    unseen = calibration().unseen
    replay = Replay({design.id: design.scenario}, unseen, replicates, jobs=1)
    replay.predict(rows[:1])  # compiles, where that pays
    began = time.process_time()
    by_engine = replay.predict(rows)
    engine = (time.process_time() - began) * REPLICATES / replicates
    field = math.inf
    for _ in range(3):
        began = time.process_time()
        by_field = MeanFieldSource(unseen).predict(rows)
        field = min(field, time.process_time() - began)
    medians = [abs(float(np.median(a.draws) - np.median(b.draws))) for a, b in zip(by_engine, by_field, strict=True)]
    return design.id, len(rows), engine, field, float(np.mean(medians)), chance(replay, rows, by_engine)


def chance(replay: Replay, rows: Sequence[Row], first: Sequence[replays.Prediction]) -> float:
    """Return the standard deviation that chance gives to one draw, logit, by a second luck; mean over figures."""
    replays.prepare = functools.partial(prepare, luck=1)  # type: ignore[assignment]  # a second luck, here alone
    try:
        second = replay.predict(rows)
    finally:
        replays.prepare = prepare
    return float(np.mean([np.sqrt(np.mean((a.draws - b.draws) ** 2) / 2) for a, b in zip(first, second, strict=True)]))


def seconds_of(x: Measured) -> float:
    """Return the engine's seconds."""
    return x[2]


if __name__ == "__main__":
    main()
