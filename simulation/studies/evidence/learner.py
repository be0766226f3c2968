"""What some arms of a study teach about its others: parameters weighed anew, and the responsiveness of the setting.

One machine for the report card's "one arm given" and for a pilot of one's own. Each member of an ensemble says what it
expects of the arms at every responsiveness ln s ~ N(0, tau); integrated over it, how well a member expected the known
arms is its weight. Members are then drawn by weight, each with an ln s drawn from what the known arms leave of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from simulation.studies.evidence.capped import capped_density
from simulation.studies.evidence.expected import even_normals, misfit
from simulation.studies.evidence.kernel import log_odds, table_of
from simulation.studies.evidence.rows import Row, Target
from simulation.studies.evidence.rules import Known
from simulation.studies.evidence.score import Prediction, generator, level_of
from simulation.studies.evidence.shipped import Calibration, calibration

Floats = NDArray[np.float64]
Draws = Mapping[str, Floats]
KEPT = 200
"""Pairs of a member and a responsiveness that stand for what is known."""
FEW = 20
"""Below this effective number of members the ensemble is too thin where the known arms lie."""
WIDEST = 4.0
"""Standard deviations to either side within which responsiveness is looked for."""
GRID = np.linspace(-WIDEST, WIDEST, 41)
"""Deviates ln s / tau at which the law is worked out; between them it is interpolated."""
_FIRST, _SECOND, _NEGLIGIBLE = 161, 201, 14.0
_AT_ONCE = 2_000_000
"""Numbers of one array of the kernel that fit the memory well."""
_KINDS = 105


@dataclass(frozen=True)
class Expected:
    """What each member expects of each row over the grid of responsiveness, log-odds, float64[M, 41, L]."""

    rows: tuple[Row, ...]
    values: Floats

    def of(self, keys: Sequence[str]) -> Floats:
        """Return the values of some rows, in their order."""
        place = {row.key: i for i, row in enumerate(self.rows)}
        return np.asarray(self.values[:, :, [place[key] for key in keys]])


@dataclass(frozen=True)
class Conditioned:
    """What known rows leave of an ensemble.

    Attributes:
        weights: Of the members, float64[M], sum 1.
        log_evidence: Log density of the known rows by member, but for a constant, float64[M].
        deviate: For each member a draw of ln s / tau from what the known rows leave of it, float64[M].
        effective: Effective number of members, 1 / sum of squared weights.
    """

    weights: Floats
    log_evidence: Floats
    deviate: Floats
    effective: float

    @property
    def thin(self) -> bool:
        """Tell whether so few members agree with the known rows that the result is not to be relied on."""
        return self.effective < FEW

    def evenly(self) -> Conditioned:
        """Return it with all members alike, as where they have learned from the known rows before."""
        n = len(self.weights)
        return replace(self, weights=np.full(n, 1 / n), effective=float(n))

    def chosen(self, kept: int = KEPT) -> NDArray[np.int64]:
        """Return members drawn by weight: systematically, so that each is there as often as its weight says.

        They are shuffled first, for whatever members take in turn, every third of them has alike.
        """
        order = generator("members").permutation(len(self.weights))
        at = (np.arange(kept) + 0.5) / kept
        place = np.searchsorted(np.cumsum(self.weights[order]), at)
        return np.asarray(order[np.minimum(place, len(order) - 1)], dtype=np.int64)


def expect(draws: Draws, rows: Sequence[Row], habit_deviate: Floats | None = None) -> Expected:
    """Work out what each member expects of each row over the grid of responsiveness.

    Args:
        draws: Parameters by name, float64[M] each.
        rows: What is to be expected.
        habit_deviate: Of habit's strength by member; none of it by default.
    """
    table = table_of(rows)
    members = len(draws["tau"])
    deviate = np.zeros(members) if habit_deviate is None else habit_deviate
    step = max(1, _AT_ONCE // (len(GRID) * len(rows) * _KINDS))
    found = np.empty((members, len(GRID), len(rows)))
    for start in range(0, members, step):
        part = slice(start, start + step)
        some = {name: np.asarray(x)[part, None] for name, x in draws.items()}
        shape = (len(some["tau"]), len(GRID), len(rows))
        log_s = np.broadcast_to((some["tau"] * GRID)[..., None], shape)
        found[part] = log_odds(table, some, log_s, np.broadcast_to(deviate[part, None, None], shape))
    return Expected(tuple(rows), found)


def condition(
    draws: Draws,
    expected: Floats,
    targets: Sequence[Target],
    strata: Floats,
    prior: Floats | None = None,
    capped: bool = False,
) -> Conditioned:
    """Weigh members by how well they expected known rows, and draw the responsiveness that those leave to each.

    Args:
        draws: Parameters by name; tau and omega are used here.
        expected: Of the known rows, over the grid, float64[M, 41, L].
        targets: What was observed of them; they share the error of one control.
        strata: One number in (0, 1) for each member: where in its distribution of responsiveness it draws.
        prior: Log weights of the members before; all alike by default.
        capped: Whether the misfit of an arm is at most its effect, as in the engine; of any size by default, as in the
            calibration.
    """
    log_density = _capped if capped else _log_density
    first = np.broadcast_to(np.linspace(-WIDEST, WIDEST, _FIRST), (len(expected), _FIRST))
    density = log_density(draws, expected, targets, first)
    near = density > density.max(1, keepdims=True) - _NEGLIGIBLE
    step = first[0, 1] - first[0, 0]
    low = np.maximum(first[0, near.argmax(1)] - step, -WIDEST)
    high = np.minimum(first[0, _FIRST - 1 - near[:, ::-1].argmax(1)] + step, WIDEST)
    grid = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, _SECOND)
    density = log_density(draws, expected, targets, grid)
    most = density.max(1)
    cumulated = _cumulated(np.exp(density - most[:, None]), (high - low) / (_SECOND - 1))
    evidence = most + np.log(cumulated[:, -1])
    weights = evidence if prior is None else evidence + prior
    weights = np.exp(weights - weights.max())
    weights /= weights.sum()
    return Conditioned(weights, evidence, _quantile(grid, cumulated, strata), float(1 / np.sum(weights**2)))


def interpolated(values: Floats, at: Floats) -> Floats:
    """Return values of the grid at other deviates, by the cubic through the four nearest points.

    Args:
        values: Over the grid, float64[M, 41, L].
        at: Deviates within the grid, float64[M, F].

    Returns:
        float64[M, F, L].
    """
    place = (at - GRID[0]) / (GRID[1] - GRID[0])
    left = np.clip(np.floor(place).astype(int), 1, len(GRID) - 3)
    t = (place - left)[..., None]
    member = np.arange(len(values))[:, None]
    before, here, there, beyond = (values[member, left + i] for i in (-1, 0, 1, 2))
    return np.asarray(
        -t * (t - 1) * (t - 2) / 6 * before
        + (t + 1) * (t - 1) * (t - 2) / 2 * here
        - (t + 1) * t * (t - 2) / 2 * there
        + (t + 1) * t * (t - 1) / 6 * beyond
    )


def predict(
    draws: Draws, expected: Floats, rows: Sequence[Row], members: NDArray[np.int64], deviate: Floats
) -> list[Prediction]:
    """Return what members at a responsiveness of theirs predict of rows, each row with a discrepancy of its own.

    Args:
        draws: Parameters by name.
        expected: Of these rows, over the grid, float64[M, 41, L].
        rows: What is predicted.
        members: Which members, int64[K].
        deviate: ln s / tau of each of those, float64[K].
    """
    middle = interpolated(expected[members], deviate[:, None])[:, 0]
    found = [misfit(row, reason, draws["omega"][members]) for row, reason in zip(rows, middle.T, strict=True)]
    return [replace(p, level=None) if p.row.against is not None else p for p in found]


def strata_of(key: str, n: int) -> Floats:
    """Return the middles of n equal parts of (0, 1) in an order that the key fixes."""
    return np.asarray(generator(key).permutation((np.arange(n) + 0.5) / n))


def shared_error(targets: Sequence[Target], off: Floats, omega: Floats) -> Floats:
    """Return the expected error of the control in its standard deviations, given by how much known arms are off.

    All arms of a study are measured against the same control: its error is seen in one and is to be expected in others.

    Args:
        targets: Of the known rows.
        off: Observed less expected, float64[K, L].
        omega: The misfit of an arm, float64[K].
    """
    variance = np.array([t.se**2 for t in targets]) + omega[:, None] ** 2
    reference = np.array([t.se_reference for t in targets])
    found = (reference * off / variance).sum(-1) / (1 + (reference**2 / variance).sum(-1))
    return np.asarray(found)


def _moved(p: Prediction, targets: Sequence[Target], shared: Floats) -> Prediction:
    """Move a prediction by the expected error of the control that it shares with the known arms."""
    if p.row.against is not None:
        return p
    by = shared * float(np.mean([t.se_reference for t in targets]))
    return replace(p, draws=p.draws + by, level=level_of(p.row, p.draws + by))


@dataclass
class OneArmLearner:
    """Predicts other arms of a study once some are known, by parameters that have not seen the study otherwise.

    Where a fold was fitted with just these arms known, named "STUDY|ARM,ARM", its parameters have learned from them
    already: they keep their weights, and only the responsiveness is drawn anew.

    Attributes:
        made: The calibration that gives the parameters; the shipped one by default.
        effective: Effective number of members by the keys of the known rows, for what was asked so far.
    """

    made: Calibration | None = None
    effective: dict[tuple[str, ...], float] = field(default_factory=dict)
    _kept: tuple[str, dict[Row, Floats]] = ("", {})

    def given(self, known: Known, rows: Sequence[Row]) -> list[Prediction]:
        """Return one prediction a row, in their order.

        Args:
            known: Rows of one study and what was observed of them.
            rows: Other rows of the same study.
        """
        if not rows or not known:
            return []
        made = calibration() if self.made is None else self.made
        asked = [row for row, _ in known]
        study = asked[0].study
        fold = f"{study}|{','.join(dict.fromkeys(row.arm for row in asked))}"
        draws = made.folds[fold] if fold in made.folds else made.unseen(study)
        found = self._expected(fold if fold in made.folds else study, draws, [*asked, *rows])
        seed = "|".join([study, *(row.key for row in asked)])
        strata = strata_of(f"{seed}|responsiveness", len(draws["tau"]))
        after = condition(draws, found[:, :, : len(asked)], [target for _, target in known], strata)
        after = after.evenly() if fold in made.folds else after
        self.effective[tuple(row.key for row in asked)] = after.effective
        members = after.chosen()
        deviate = after.deviate[members]
        said = predict(draws, found[:, :, len(asked) :], rows, members, deviate)
        targets = [target for _, target in known]
        off = interpolated(found[members][:, :, : len(asked)], deviate[:, None])[:, 0]
        shared = shared_error(targets, np.array([t.log_odds for t in targets]) - off, draws["omega"][members])
        return [_moved(p, targets, shared) for p in said]

    @property
    def thin(self) -> list[tuple[str, ...]]:
        """Return the known rows for which too few members were left to rely on."""
        return [keys for keys, n in self.effective.items() if n < FEW]

    def _expected(self, fold: str, draws: Draws, rows: Sequence[Row]) -> Floats:
        """Return what is expected of rows of a study; each is worked out once, for as long as the study is asked for."""
        if self._kept[0] != fold:
            self._kept = fold, {}
        kept = self._kept[1]
        missing = [row for row in dict.fromkeys(rows) if row not in kept]
        if missing:
            deviate = even_normals(len(draws["tau"]), f"{rows[0].study} habit")
            found = expect(draws, missing, deviate)
            kept.update((row, found.values[:, :, i]) for i, row in enumerate(missing))
        return np.stack([kept[row] for row in rows], -1)


def _log_density(draws: Draws, expected: Floats, targets: Sequence[Target], deviate: Floats) -> Floats:
    """Return the log density of responsiveness and the known rows, float64[M, F].

    Rows are independent but for the error of their control, a covariance of rank one, as in `posterior`.
    """
    observed = np.array([t.log_odds for t in targets])
    shared = np.array([t.se_reference for t in targets])
    variance = np.array([t.se**2 for t in targets]) + draws["omega"][:, None] ** 2
    precision = 1 / variance
    off = observed - interpolated(expected, deviate)
    square = np.einsum("mfl,ml->mf", off**2, precision)
    linear = np.einsum("mfl,ml->mf", off, precision * shared)
    weight = (precision * shared**2).sum(1)
    fixed = np.log(variance).sum(1) + np.log1p(weight)
    return np.asarray(-0.5 * (square - linear**2 / (1 + weight)[:, None] + fixed[:, None] + deviate**2))


def _capped(draws: Draws, expected: Floats, targets: Sequence[Target], deviate: Floats) -> Floats:
    """Return the same where the misfit of an arm is at most its effect."""
    return capped_density(draws, interpolated(expected, deviate), targets) - 0.5 * deviate**2


def _cumulated(density: Floats, step: Floats) -> Floats:
    """Return the integral up to each point, by trapezia, float64[M, F]."""
    parts = 0.5 * (density[:, 1:] + density[:, :-1]) * step[:, None]
    return np.concatenate([np.zeros((len(density), 1)), np.cumsum(parts, 1)], 1)


def _quantile(grid: Floats, cumulated: Floats, at: Floats) -> Floats:
    """Return for each member the point below which a share of its distribution lies."""
    goal = at * cumulated[:, -1]
    right = np.clip((cumulated < goal[:, None]).sum(1), 1, grid.shape[1] - 1)
    member = np.arange(len(grid))
    low, high = cumulated[member, right - 1], cumulated[member, right]
    share = np.divide(goal - low, high - low, out=np.zeros_like(goal), where=high > low)
    left = grid[member, right - 1]
    return np.asarray(left + share * (grid[member, right] - left))
