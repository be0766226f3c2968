"""What a page of a study is made from: plain tables and what is known of the study."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from simulation.core.params import Text
from simulation.results.responses.facts import FactorFacts, StudyFacts

if TYPE_CHECKING:
    import pandas as pd

    from simulation.results.behind import StudyBehind

T = TypeVar("T")


@dataclass(frozen=True)
class StudyView:
    """A study as its readers are shown it, finished or not.

    Attributes:
        facts: What is known of it before it is run.
        points: A row a point and arm: `point`, a column a factor, `arm`, `replicates`, `failed`, and for each outcome
            its mean, `_sd`, `_mcse`, `_low` and `_high`.
        runs: A row a run that went well; None where only the means are at hand.
        failed: A row a run that did not: `run_id`, `point`, `arm`, `replicate`, factors, `error`, `message`, `command`.
        missing: Runs of the design that are not there.
        done: Runs that are kept and went well.
        total: Runs of the whole design.
        indices: Sensitivity indices: `method`, `factor`, `arm`, `outcome` and the method's own columns.
        warnings: What a reader must know first, as that a design is too small.
        versions: Names and versions of what made the results.
        code: Version of the program that made them, as hex.
        rules: What a scenario discovery found (`responses.discovery`); None where none was made.
        folder: Where they lie; empty where they are in memory alone.
        look: Looks up what stands behind the arms; None where that cannot be known.
    """

    facts: StudyFacts
    points: pd.DataFrame
    runs: pd.DataFrame | None
    failed: pd.DataFrame
    missing: int
    done: int
    total: int
    indices: pd.DataFrame | None = None
    warnings: tuple[Text, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    code: str = ""
    folder: str = ""
    rules: Any | None = None
    look: Callable[[], StudyBehind] | None = None
    _known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def remembered(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what was made under this key before, or make it: many sentences ask the tables the same."""
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found

    @property
    def rests(self) -> StudyBehind | None:
        """Return what stands behind the arms, looked up once it is asked for."""
        return None if self.look is None else self.remembered(("rests",), self.look)

    @property
    def lead(self) -> str:
        """Return the outcome that is judged first."""
        return self.facts.outcomes[0]

    @property
    def finished(self) -> bool:
        """Tell whether every run of the design is there or has failed."""
        return self.missing == 0

    @property
    def crossed(self) -> bool:
        """Tell whether every value of a factor meets the same values of all others, so that only luck blurs a comparison."""
        if self.facts.design != "grid" or not len(self.points):
            return False
        there = (self.points["replicates"] > 0).groupby(self.points["arm"]).sum()
        return bool((there.reindex([a for a, _ in self.judged_arms], fill_value=0) >= self.facts.points).all())

    @property
    def plain(self) -> StudyFacts:
        """Return what is known of the study without its contrasts: what is asked of single arms needs none made."""
        return replace(self.facts, contrasts=())

    def runs_of(self, arm: str) -> pd.DataFrame | None:
        """Return the runs of one arm; None where only the means are at hand."""
        if self.runs is None:
            return None
        runs = self.runs
        return self.remembered(("runs", arm), partial(_of_arm, runs, arm))

    @property
    def judged_arms(self) -> tuple[tuple[str, Text], ...]:
        """Return the arms that are compared: without control, whose effect is 0, where there are others."""
        others = tuple((name, title) for name, title in self.facts.arms if name != "control")
        return others or self.facts.arms

    def subjects(self, name: str) -> tuple[tuple[str, Text], ...]:
        """Return what is judged by an outcome: contrasts of it first, for they are what was asked, then the arms."""
        asked = tuple((c.name, c.title) for c in self.facts.contrasts if c.outcome == name)
        return (*asked, *self.judged_arms)

    def asked(self, name: str) -> tuple[str, ...]:
        """Return of whom the answer speaks: the contrasts of an outcome where there are any, else the arms."""
        asked = tuple(c.name for c in self.facts.contrasts if c.outcome == name)
        return asked or tuple(arm for arm, _ in self.judged_arms)

    def title_of(self, arm: str, lang: str) -> str:
        """Return the title of an arm or a contrast; its name where it has none."""
        titles = {name: title for name, title in self.facts.arms}
        titles |= {c.name: c.title for c in self.facts.contrasts}
        return titles[arm].get(lang) if arm in titles else arm

    def factor(self, name: str) -> FactorFacts:
        """Return what is known of a factor."""
        return next(f for f in self.facts.factors if f.name == name)


def _of_arm(runs: pd.DataFrame, arm: str) -> pd.DataFrame:
    return runs[runs["arm"] == arm]
