"""Published experiments replayed by the engine of any scenario: what each arm does beyond its twins, draw by draw.

Replicate k of a study is one simulated society with the k-th set of parameters that has not seen the study; every arm
is run in it, and its twins, who have the same luck and no scheme, stand for the control. Crowding takes its three values
in turn, as in every other command: no field study tells it, so the calibration has hardly more than its prior.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.agents.parameters import DEVIATES, priors
from simulation.core.errors import InputError, KwamdeeError
from simulation.engine.prepare import prepare
from simulation.engine.run import EngineName, start, step
from simulation.engine.state import Prepared
from simulation.engine.totals import BehaviourTotals
from simulation.scenario.model import Scenario
from simulation.studies.compiled import compile_passes, engine_for_runs
from simulation.studies.estimate import cores
from simulation.studies.evidence.coding import with_assumed
from simulation.studies.evidence.rows import Row
from simulation.studies.evidence.score import Prediction, level_of
from simulation.studies.pool import in_order, worker_killed

Floats = NDArray[np.float64]
Draws = Mapping[str, Floats]
"""Parameters by name, float64[draws]: those of one index belong together."""
REPLICATES = 100
VALUES_OF_ASSUMED = 5
"""Values that recalled inputs take in turn, their own among them."""
NOT_FIXED = ("kappa_c",)
ACTS, TWIN, CHANCES = range(3)
_PREPARED = 5
"""Weeks of an arm that take as long as preparing the society."""


class Seen(NamedTuple):
    """What is looked at: an arm's acts of one behaviour, from a week to before another."""

    arm: str
    behaviour: str
    week_from: int
    week_to: int


class Member(NamedTuple):
    """A replicate and the parameters that it is given."""

    replicate: int
    fixed: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Part:
    """Some replicates of a study, all with the same values of recalled inputs: what one process does at a time."""

    study: str
    scenario_json: str
    assumed: int
    seen: tuple[Seen, ...]
    members: tuple[Member, ...]
    engine: EngineName
    people: int
    """Citizens by behaviours."""

    @property
    def size(self) -> int:
        """How much there is to do: steps of people, and what is prepared; long parts are handed out first."""
        return len(self.members) * self.people * (_PREPARED + sum(last_weeks(self.seen).values()))


class Replay:
    """A source of predictions that runs each study's arms in simulated societies.

    The numbers depend neither on the processes nor on which other studies are asked for.
    """

    def __init__(
        self,
        scenarios: Mapping[str, Scenario],
        draws_of: Callable[[str], Draws],
        replicates: int = REPLICATES,
        jobs: int | None = None,
        watch: Callable[[int, int], None] | None = None,
    ) -> None:
        """Keep what is needed; nothing is run yet.

        Args:
            scenarios: Studies by name.
            draws_of: Parameters that have not seen a study, by its name; where there are more than replicates, evenly
                spaced ones are taken.
            replicates: Simulated societies a study.
            jobs: Processes; all cores by default.
            watch: Called with the societies done and how many there are.
        """
        self.scenarios, self.draws_of, self.replicates = scenarios, draws_of, replicates
        self.jobs = cores() if jobs is None else jobs
        self.watch = watch

    def predict(self, rows: Sequence[Row]) -> list[Prediction]:
        """Return one prediction a row, in their order: the arm's log-odds less those of its twins, and its rate.

        A row against another arm is the difference of the two, in the same societies; its rate is what follows where that
        of the other arm is the baseline, as for the published figure.

        Raises:
            InputError: For a study that cannot be replayed, with its name.
        """
        counts = self.counts([*rows, *(row.against for row in rows if row.against is not None)])
        return [self._prediction(row, counts) for row in rows]

    def _prediction(self, row: Row, counts: Mapping[tuple[str, Seen], NDArray[np.int64]]) -> Prediction:
        draws, level = difference_of(counts[row.study, _seen(row)], self._accepted(row))
        other = row.against
        if other is not None:
            draws = draws - difference_of(counts[other.study, _seen(other)], self._accepted(other))[0]
            level = level_of(row, draws)
        return Prediction(row, draws, level)

    def _accepted(self, row: Row) -> float | Floats:
        """Return the share that accepted, float64[replicates] where it was recalled and so takes several values."""
        scenario = self.scenarios[row.study]
        said = () if scenario.study is None else scenario.study.assumed
        if all(a.key != f"study.arms.{row.arm}.accepted" for a in said):
            return row.accepted
        studies = [with_assumed(scenario, k).study for k in range(VALUES_OF_ASSUMED)]
        values = [row.accepted if s is None else s.arms[row.arm].accepted for s in studies]
        return np.resize(values, self.replicates)

    def counts(self, rows: Sequence[Row]) -> dict[tuple[str, Seen], NDArray[np.int64]]:
        """Return acts, acts of the twins and opportunities of what the rows look at, int64[replicates, 3]."""
        seen: dict[str, dict[Seen, None]] = {}
        for row in rows:
            seen.setdefault(row.study, {})[_seen(row)] = None
        parts = sorted(
            (p for study, of in seen.items() for p in self._parts(study, tuple(of))), key=_size, reverse=True
        )
        found = {(study, s): np.zeros((self.replicates, 3), np.int64) for study, of in seen.items() for s in of}
        for part, counted in zip(parts, self._counted(parts), strict=True):
            which = [m.replicate for m in part.members]
            for s, of_seen in zip(part.seen, counted, strict=True):
                found[part.study, s][which] = of_seen
        return found

    def _parts(self, study: str, seen: tuple[Seen, ...]) -> Iterator[Part]:
        scenario = self.scenarios.get(study)
        if scenario is None:
            raise InputError(
                f"{study} is to be predicted, and no study of that name was read.",
                f"ต้องทำนาย {study} แต่ไม่มีงานวิจัยชื่อนี้ในที่อ่านมา",
            )
        for s in seen:
            _check(study, scenario, s)
        engine = engine_for_runs(scenario, self.replicates * len({s.arm for s in seen}))
        if engine == "numba":
            compile_passes(scenario, _silent)
        people = scenario.world.citizens * len(scenario.behaviours)
        members = members_of(self.draws_of(study), self.replicates)
        turns = 1 if scenario.study is None or not scenario.study.assumed else VALUES_OF_ASSUMED
        for turn in range(VALUES_OF_ASSUMED):
            taken = members[turn::VALUES_OF_ASSUMED]
            if taken:
                yield Part(study, scenario.to_json(), turn % turns, seen, taken, engine, people)

    def _counted(self, parts: Sequence[Part]) -> Iterator[NDArray[np.int64]]:
        done, total = 0, sum(len(p.members) for p in parts)
        if self.watch is not None and parts:
            self.watch(0, total)
        try:
            with closing(in_order(replayed, parts, self.jobs)) as results:
                for part, result in zip(parts, results, strict=True):
                    done += len(part.members)
                    if self.watch is not None:
                        self.watch(done, total)
                    yield result
        except worker_killed():
            raise InputError(
                "A worker process was killed, most often for want of memory. Give the same command with fewer --jobs.",
                "โปรเซสงานถูกหยุดจากภายนอก มักเพราะหน่วยความจำไม่พอ ให้สั่งคำสั่งเดิมโดยลดจำนวน --jobs",
            ) from None


def members_of(draws: Draws, replicates: int) -> tuple[Member, ...]:
    """Return each replicate with its parameters, evenly spaced draws; what the law does not know is left out."""
    names = [name for name in draws if (name in priors() or name in DEVIATES) and name not in NOT_FIXED]
    n = min((len(draws[name]) for name in names), default=1)
    at = [k * n // replicates if n >= replicates else k % n for k in range(replicates)]
    return tuple(Member(k, tuple((name, float(draws[name][i])) for name in names)) for k, i in enumerate(at))


def replayed(part: Part) -> NDArray[np.int64]:
    """Run a part and return what is seen in it, int64[seen, members, 3].

    Raises:
        InputError: With the study's name, where it cannot be run.
    """
    try:
        scenario = _scenario(part.scenario_json, part.assumed)
        counts = [_society(scenario, part, member) for member in part.members]
    except KwamdeeError as error:
        raise InputError(f"{part.study}: {error}", f"{part.study}: {error.render('th')}") from None
    except Exception as error:
        raise RuntimeError(f"the replay of {part.study} failed: {type(error).__name__}: {error}") from error
    return np.stack(counts, axis=1)


def _society(scenario: Scenario, part: Part, member: Member) -> NDArray[np.int64]:
    """Run the arms that are looked at in one society; return int64[seen, 3]."""
    prepared = prepare(scenario, member.replicate, fixed=member.fixed)
    weekly = {arm: _arm(prepared, arm, weeks, part.engine) for arm, weeks in last_weeks(part.seen).items()}
    names = list(scenario.behaviours)
    return np.stack([weekly[s.arm][s.week_from : s.week_to, names.index(s.behaviour)].sum(axis=0) for s in part.seen])


def _arm(prepared: Prepared, arm: str, weeks: int, engine: EngineName) -> NDArray[np.int64]:
    """Run an arm for so many weeks, no further; return counts, int64[weeks, behaviours, 3]."""
    state = start(prepared, arm, engine, totals=True)
    records = state.records = BehaviourTotals(weeks, len(prepared.behaviours))
    while state.week + 1 < weeks:
        step(state)
    return records.by_behaviour


def last_weeks(seen: Sequence[Seen]) -> dict[str, int]:
    """Return for each arm the week after the last that is looked at."""
    last: dict[str, int] = {}
    for s in seen:
        last[s.arm] = max(s.week_to, last.get(s.arm, 0))
    return last


@lru_cache(maxsize=4)
def _scenario(text: str, assumed: int) -> Scenario:
    return with_assumed(Scenario.from_json(text), assumed)


def difference_of(counts: NDArray[np.int64], accepted: float | Floats) -> tuple[Floats, Floats]:
    """Return log-odds of the arm less those of its twins, and the arm's rate, float64[replicates].

    Those who did not accept do as their twins. A count of none or of all is moved by half an act.

    Args:
        counts: Acts, acts of the twins, opportunities; int64[replicates, 3].
        accepted: Share of those offered who were in the scheme; one for all, or float64[replicates].
    """
    n = counts[:, CHANCES].astype(np.float64)
    twin = counts[:, TWIN].astype(np.float64)
    arm = accepted * counts[:, ACTS] + (1.0 - accepted) * twin
    p, q = _rate(arm, n), _rate(twin, n)
    return _logit(p) - _logit(q), p


def _rate(acts: Floats, n: Floats) -> Floats:
    at_an_end = (acts <= 0) | (acts >= n)
    return np.where(at_an_end, (acts + 0.5) / (n + 1.0), acts / np.maximum(n, 1.0))


def _logit(p: Floats) -> Floats:
    return np.asarray(np.log(p) - np.log1p(-p))


def _seen(row: Row) -> Seen:
    return Seen(row.arm, row.behaviour, row.week_from, row.week_to)


def _check(study: str, scenario: Scenario, s: Seen) -> None:
    """Raise InputError for what the study has not."""
    fits = s.arm in scenario.arms and s.behaviour in scenario.behaviours
    if fits and 0 <= s.week_from < s.week_to <= scenario.run.weeks:
        return
    raise InputError(
        f"{study}: nothing can be replayed of the arm {s.arm}, the behaviour {s.behaviour} and the weeks "
        f"{s.week_from} to {s.week_to}; the study has {scenario.run.weeks} weeks.",
        f"{study}: จำลองซ้ำทางเลือก {s.arm} พฤติกรรม {s.behaviour} สัปดาห์ {s.week_from} ถึง {s.week_to} ไม่ได้ "
        f"งานวิจัยนี้มี {scenario.run.weeks} สัปดาห์",
    )


def _size(part: Part) -> Any:
    return part.size


def _silent() -> None:
    pass
