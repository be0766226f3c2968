"""One arm of a study known, the others predicted.

A pilot knows what comes first: the arm that the publication names first, in its earliest weeks. That one is given.
Beside it stands every row given in turn, where later weeks come before earlier ones and the dearest arm before the
cheapest, as no pilot does; it says how much hangs on the choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from simulation.studies.evidence.rows import Row, Target
from simulation.studies.evidence.rules import ONE_GIVEN, Flat, Known, one_given
from simulation.studies.evidence.score import (
    Difference,
    Prediction,
    Score,
    bootstrap,
    crps_of,
    error_of,
    in50,
    in90,
    over_studies,
    score,
)


@dataclass(frozen=True)
class Given:
    """The row that is known, and what is then predicted of others of its study."""

    row: Row
    others: tuple[Prediction, ...]


@dataclass(frozen=True)
class OneArmGiven:
    """Scores by study: errors of the model and of each rule, mean over the others, then over the arms given."""

    error: dict[str, float] = field(default_factory=dict)
    crps: dict[str, float] = field(default_factory=dict)
    inside50: dict[str, float] = field(default_factory=dict)
    inside90: dict[str, float] = field(default_factory=dict)
    rules: dict[str, dict[str, float]] = field(default_factory=dict)

    def difference(self, rule: str) -> Difference | None:
        """Return how much smaller the model's error is than a rule's."""
        return bootstrap(self.error, self.rules[rule])

    def to_json(self) -> dict[str, object] | None:
        """Return it as plain data; none where no study has two arms."""
        if not self.error:
            return None
        rules = {name: over_studies(found) for name, found in self.rules.items()}
        return {
            "mae": over_studies(self.error),
            "mae_best_rule": rules["half"],
            "mae_same": rules["same"],
            "mae_flat": rules["flat"],
            "mae_flat_shift": rules["flat_shift"],
            "mae_none": rules["none"],
            "crps": over_studies(self.crps),
            "coverage50": over_studies(self.inside50),
            "coverage90": over_studies(self.inside90),
            "studies": len(self.error),
            "differences": {
                f"mae_{name}": found.to_json() if found else None
                for name, found in ((n, self.difference(n)) for n in self.rules)
            },
        }


def score_given(given: Sequence[Given], targets: Mapping[str, Target], flats: Mapping[str, Flat]) -> OneArmGiven:
    """Score what was predicted from one given arm; a row whose target is not known is left out.

    Args:
        given: One for each arm that was once the given one.
        targets: By the rows' keys.
        flats: The flat rule that each study is predicted by, learned without it.
    """
    found = OneArmGiven(rules={name: {} for name in ONE_GIVEN})
    for study in dict.fromkeys(g.row.study for g in given):
        of = [g for g in given if g.row.study == study and g.row.key in targets]
        rounds = [_round(g, targets, flats[study]) for g in of]
        rounds = [r for r in rounds if r[0]]
        if rounds:
            _add(found, study, rounds)
    return found


def _round(given: Given, targets: Mapping[str, Target], flat: Flat) -> tuple[list[Score], dict[str, list[float]]]:
    """Return scores of the others and the rules' errors, with one arm given."""
    errors: dict[str, list[float]] = {name: [] for name in ONE_GIVEN}
    scores = []
    for prediction in given.others:
        target = targets.get(prediction.row.key)
        if target is None or prediction.row.key == given.row.key:
            continue
        scores.append(score(prediction, target))
        for name, guess in one_given((given.row, targets[given.row.key]), prediction.row, flat).items():
            errors[name].append(abs(guess - target.log_odds))
    return scores, errors


def _add(found: OneArmGiven, study: str, rounds: list[tuple[list[Score], dict[str, list[float]]]]) -> None:
    for kept, value in (
        (found.error, error_of), (found.crps, crps_of), (found.inside50, in50), (found.inside90, in90),
    ):  # fmt: skip
        kept[study] = float(np.mean([np.mean([value(s) for s in scores]) for scores, _ in rounds]))
    for name, kept in found.rules.items():
        kept[study] = float(np.mean([np.mean(errors[name]) for _, errors in rounds]))


def given_of(known: Known) -> dict[str, list[tuple[Row, Target]]]:
    """Return the studies with at least two rows, and their rows."""
    by_study: dict[str, list[tuple[Row, Target]]] = {}
    for row, target in known:
        by_study.setdefault(row.study, []).append((row, target))
    return {study: rows for study, rows in by_study.items() if len(rows) > 1}


def pilot_row(rows: Sequence[tuple[Row, Target]]) -> Row:
    """Return the row that a pilot of this study would know: that of the earliest weeks, the first of them as published."""
    return min((row for row, _ in rows), key=_ends)


def _ends(row: Row) -> int:
    return row.week_to
