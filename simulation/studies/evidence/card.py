"""The report card: one object from which terminal, JSON and page are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from simulation.core.params import Text
from simulation.reports.words import weeks_said
from simulation.studies.evidence.first import First
from simulation.studies.evidence.given import Given, OneArmGiven, given_of, pilot_row, score_given
from simulation.studies.evidence.parts import (
    Compared,
    Part,
    approximations,
    compare_first,
    compare_row,
    without_approximations,
)
from simulation.studies.evidence.rows import Row
from simulation.studies.evidence.rules import Flat, Known, flat_without
from simulation.studies.evidence.score import Prediction, level_of
from simulation.studies.evidence.unscored import Unscored

DVP = "dellavigna_pope_2018"
DVP_GIVEN = ("piece_1c", "piece_10c")
MEAN_EXPERT, INDIVIDUAL_EXPERT = 93.5, 169.4
"""Presses: mean absolute error of the mean of 208 experts' forecasts, and of one expert (DellaVigna, Pope 2018)."""


class Source(Protocol):
    """Where predictions come from: the engine's replay, the mean field, or draws kept in memory.

    MUST predict a row with parameters that have not seen its study.
    """

    def predict(self, rows: Sequence[Row]) -> list[Prediction]:
        """Return one prediction a row, in their order."""


class Learner(Protocol):
    """What predicts other arms of a study once some are known; its parameters have not seen the study otherwise."""

    def given(self, known: Known, rows: Sequence[Row]) -> list[Prediction]:
        """Return one prediction a row, in their order."""


@dataclass(frozen=True)
class StudyFacts:
    """What a reader is told of a study; titles have both languages."""

    title: Any
    citation: str
    doi: str = ""
    arms: Mapping[str, Any] = field(default_factory=dict)
    approximations: Mapping[str, Any] = field(default_factory=dict)
    assumed: int = 0
    behaviours: Mapping[str, Any] = field(default_factory=dict)
    unit: Any = None


@dataclass(frozen=True)
class Provenance:
    """What made the predictions, and whether it still holds.

    `stale` says in both languages why the parameters do not fit the code or the studies; `variants` counts the
    structural variants of the law that were tried; `curves` are prior and posterior draws by parameter, `titles` their names in both
    languages.
    """

    parameters: str = ""
    stale: Any = None
    variants: int | None = None
    curves: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    titles: Mapping[str, Any] = field(default_factory=dict)

    def parameter_title(self, name: str, lang: str) -> str:
        """Return what a reader sees of a parameter; its name where it has no title."""
        return str(self.titles[name].get(lang)) if name in self.titles else name


@dataclass(frozen=True)
class Card:
    """How well the model predicts published experiments, next to simple rules."""

    everything: Part
    zero_shot: Part
    exact: Part
    approximated: Part
    one_arm_given: OneArmGiven
    each_arm_given: OneArmGiven
    first_test: Part
    dellavigna_pope: float | None
    facts: Mapping[str, StudyFacts]
    provenance: Provenance
    listed: tuple[Unscored, ...] = ()
    """Published figures that are listed and not scored, each with its reason."""
    remarks: tuple[Text, ...] = ()
    """What a reader should look at again in studies of one's own."""
    own: bool = False
    """Whether the studies are a folder of one's own, none of which the parameters have seen."""

    @property
    def studies(self) -> list[str]:
        """Return the studies scored, in order."""
        return self.everything.studies

    def title(self, study: str, lang: str) -> str:
        """Return a study's title, with its name where another one has the same; its name where it has none."""
        if study not in self.facts:
            return study
        title = str(self.facts[study].title.get(lang))
        same = sum(s in self.facts and self.facts[s].title.get(lang) == title for s in self.studies)
        return f"{title} ({study})" if same > 1 else title

    def arm_title(self, study: str, arm: str, lang: str) -> str:
        """Return an arm's title; its name where it has none."""
        titles = self.facts[study].arms if study in self.facts else {}
        return str(titles[arm].get(lang)) if titles.get(arm) is not None else arm

    def behaviour_title(self, study: str, behaviour: str, lang: str) -> str:
        """Return a behaviour's title; its name where it has none."""
        titles = self.facts[study].behaviours if study in self.facts else {}
        return str(titles[behaviour].get(lang)) if titles.get(behaviour) is not None else behaviour

    def unit(self, study: str, lang: str) -> str:
        """Return the unit in which a study's figures were published; empty where they are shares."""
        unit = self.facts[study].unit if study in self.facts else None
        if unit is not None:
            return str(unit.get(lang))
        return next((c.row.unit for c in self.everything.of(study).rows), "")

    def row_title(self, row: Row, lang: str) -> str:
        """Name a row: its arm, and behaviour and weeks where rows of that arm differ in them, or it lies after the offer."""
        same = [c.row for c in self.everything.of(row.study).rows if c.row.arm == row.arm]
        parts = [self.arm_title(row.study, row.arm, lang)]
        if len({r.behaviour for r in same}) > 1:
            parts.append(self.behaviour_title(row.study, row.behaviour, lang))
        if row.after or len({(r.week_from, r.week_to) for r in same if r.behaviour == row.behaviour}) > 1:
            parts.append(weeks_said(row.week_from, row.week_to, lang))
        return (" " if lang == "th" else ", ").join(parts)

    def why_approximated(self, row: Row, lang: str) -> str:
        """Return why an arm is coded as its nearest form."""
        reasons = self.facts[row.study].approximations if row.study in self.facts else {}
        return str(reasons[row.arm].get(lang)) if row.arm in reasons else row.approximation

    def to_json(self) -> dict[str, Any]:
        """Return the whole card as plain data, errors in log-odds."""
        dvp = self.dellavigna_pope
        return {
            "zero_shot": self.zero_shot.to_json(),
            "one_arm_given": self.one_arm_given.to_json(),
            "each_arm_given": self.each_arm_given.to_json(),
            "first_test": self.first_test.to_json(),
            "dellavigna_pope": None
            if dvp is None
            else {"mae": dvp, "mean_expert": MEAN_EXPERT, "individual_expert": INDIVIDUAL_EXPERT},
            "all": self.everything.to_json(),
            "exact": self.exact.to_json(),
            "approximated": self.approximated.to_json(),
            "studies": len(self.studies),
            "arms": len(self.everything.rows),
            "not_scored": len(self.listed),
            "not_scored_figures": [x.to_json() for x in self.listed],
            "remarks": [{"en": x.en, "th": x.th} for x in self.remarks],
            "variants": self.provenance.variants,
            "parameters": self.provenance.parameters or None,
            "stale": self.provenance.stale is not None,
            "by_study": self.everything.by_study_json(),
            "rows": [c.to_json() for c in self.everything.rows],
        }


def make_card(
    known: Known,
    source: Source,
    *,
    training: Callable[[str], Known] | None = None,
    learner: Learner | None = None,
    first: Sequence[First] = (),
    facts: Mapping[str, StudyFacts] | None = None,
    provenance: Provenance | None = None,
    listed: Sequence[Unscored] = (),
    own: bool = False,
    remarks: Sequence[Text] = (),
) -> Card:
    """Predict rows, score them and set the simple rules beside them.

    Args:
        known: Rows and what was observed of them.
        source: What predicts a row with parameters that have not seen its study.
        training: What the flat rule learns from for a study, by its name, less that study: what the parameters that
            predict it were fitted to; those of `known` that calibrate by default.
        learner: What predicts the others once one arm is known; without it that part is empty.
        first: First predictions, scored for good as they were written.
        facts: Titles and citations by study.
        provenance: What made the predictions.
        listed: Figures that are listed and not scored.
        own: Whether it is a folder of one's own: then what is unseen are its studies of either role, but for those
            whose first prediction is on record.
        remarks: What a reader should look at again.
    """
    flats = _flats(known, training)
    predicted = source.predict([row for row, _ in known])
    rows = [compare_row(p, t, flats[row.study]) for p, (row, t) in zip(predicted, known, strict=True)]
    recorded = {f.study for f in first}
    unseen = [c for c in rows if c.row.role == "calibrate" or (own and c.row.study not in recorded)] or rows
    pilot, each = (OneArmGiven(),) * 2 if learner is None else _one_arm_given(unseen, learner, flats)
    return Card(
        everything=Part(tuple(rows)),
        zero_shot=Part(tuple(unseen)),
        exact=without_approximations(rows),
        approximated=approximations(rows),
        one_arm_given=pilot,
        each_arm_given=each,
        first_test=Part(tuple(_first(first, known))),
        dellavigna_pope=None if learner is None else dellavigna_pope(known, learner),
        facts=facts or {},
        provenance=provenance or Provenance(),
        listed=tuple(listed),
        remarks=tuple(remarks),
        own=own,
    )


def _one_arm_given(
    rows: Sequence[Compared], learner: Learner, flats: Mapping[str, Flat]
) -> tuple[OneArmGiven, OneArmGiven]:
    """Give the row that a pilot would know and predict the others; and the same with every row given in turn."""
    pilot, each = [], []
    for pairs in given_of([(c.row, c.target) for c in rows]).values():
        for row, target in pairs:
            others = [r for r, _ in pairs if r.key != row.key]
            each.append(Given(row, tuple(learner.given([(row, target)], others))))
        pilot.append(next(g for g in each if g.row.key == pilot_row(pairs).key))
    targets = {c.row.key: c.target for c in rows}
    return score_given(pilot, targets, flats), score_given(each, targets, flats)


def _flats(known: Known, training: Callable[[str], Known] | None) -> dict[str, Flat]:
    """Return the flat rule by which each study is predicted."""
    calibrating = [x for x in known if x[0].role == "calibrate"]
    studies = dict.fromkeys(row.study for row, _ in known)
    return {s: flat_without(calibrating if training is None else training(s), s) for s in studies}


def _first(first: Sequence[First], known: Known) -> list[Compared]:
    """Score the first predictions of the rows that are known; others belong to studies not asked for.

    A figure against another arm than the control is left out: what was first predicted is against the control.
    """
    said = {f.key: f for f in first}
    return [
        compare_first(said[row.key], row, target) for row, target in known if row.key in said and row.against is None
    ]


def dellavigna_pope(known: Known, learner: Learner) -> float | None:
    """Return the error in presses over the other arms, the control and two piece rates known; none without them."""
    pairs = [x for x in known if x[0].study == DVP]
    given = [x for x in pairs if x[0].arm in DVP_GIVEN]
    others = [x for x in pairs if x[0].arm not in DVP_GIVEN and x[1].level is not None]
    if len(given) < len(DVP_GIVEN) or not others:
        return None
    errors = [
        row.scale * abs(float(np.median(_level(p))) - float(target.level or 0.0))
        for p, (row, target) in zip(learner.given(given, [r for r, _ in others]), others, strict=True)
    ]
    return float(np.mean(errors))


def _level(p: Prediction) -> Any:
    """Return the draws of the level; the baseline moved by the log-odds where the source gives none."""
    return level_of(p.row, p.draws) if p.level is None else p.level
