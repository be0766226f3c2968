"""The result of a sweep: tables as DataFrames, what the levers do, figures, the report, the answer in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from simulation.core.errors import InputError, one_of
from simulation.core.names import did_you_mean, listed
from simulation.core.params import Text
from simulation.results.fragments.store import Store
from simulation.results.responses import curves, discovery, interactions, regions
from simulation.results.responses import tornado as tornadoes
from simulation.results.responses.facts import StudyFacts
from simulation.results.responses.tables import RATIOS, points_of, with_contrasts
from simulation.results.store import write_text
from simulation.studies.plan.study import Study
from simulation.studies.sweeps.rests import rests_of
from simulation.studies.sweeps.targets import asked_for

if TYPE_CHECKING:
    import pyarrow as pa

    from simulation.reports.shown import ShownFigure
    from simulation.reports.study.plots import StudyPlot
    from simulation.reports.study.view import StudyView

MOST_IN_MEMORY = 50_000
"""Runs up to which the table is read whole; beyond that the means are made of some points at a time."""


LEAST_FACTORS, LEAST_POINTS, UPPER = 2, 30, 0.75
"""What a report looks for conditions in, and above which share of points, where no size matters by itself."""


class Sweep:
    """The result of `sweep`, or of `open`: tables, what the levers do, figures, the report, the answer in words.

    Attributes:
        study: What was asked.
        store: Where the runs are kept.
        lang: Language of the report and of `answer`, "en" or "th".
    """

    def __init__(self, study: Study, store: Store, lang: str = "en") -> None:
        """Keep where the runs lie; nothing is run or read here."""
        self.study, self.store, self.lang = study, store, lang

    @property
    def folder(self) -> Path:
        """The folder of the results."""
        return self.store.folder

    @property
    def facts(self) -> StudyFacts:
        """What is known of the study before it is run."""
        return self.study.facts

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run in the order of the design, failed ones too: point, arm, replicate, factors, outcomes."""
        return self.store.frame()

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point and arm, contrasts last: mean of each outcome over societies with sd, MCSE, 90 % interval."""
        if self.store.counts().runs > MOST_IN_MEMORY:
            parts = [points_of(frame, self.facts) for frame in self.store.frames(self._columns)]
            return pd.concat([p for p in parts if len(p)] or parts[:1], ignore_index=True)
        return points_of(self.runs, self.facts)

    @property
    def failed(self) -> pd.DataFrame:
        """One row a run that failed: factors, error, message, and the command that repeats it."""
        rows = self.store.failed()
        return pd.DataFrame([row | {"command": f"{row['command']} --in {quote(str(self.folder))}"} for row in rows])

    def batches(self, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Yield the rows of all runs that went well a batch at a time, in bounded memory."""
        return self.store.batches(columns)

    def response(self, factor: str, outcome: str | None = None, arm: str | None = None) -> pd.DataFrame:
        """Return the main effect of a factor on an outcome: by value, its mean over the rest of the design."""
        return curves.response_curve(
            self.points, self.facts, self._factor(factor), self._outcome(outcome), self._arm(arm), runs=self._paired
        )

    def interaction(self, a: str, b: str, outcome: str | None = None, arm: str | None = None) -> pd.DataFrame:
        """Return how two factors work together: means of the cells, and what is beyond both main effects."""
        return interactions.interaction(
            self.points, self.facts, self._factor(a), self._factor(b), self._outcome(outcome), self._one_arm(arm)
        )

    def tornado(self, outcome: str | None = None, arm: str | None = None) -> pd.DataFrame:
        """Return the swing of an outcome from the lowest to the highest of each factor, the widest first."""
        return tornadoes.tornado(self.points, self.facts, self._outcome(outcome), self._one_arm(arm), runs=self._paired)

    def best(self, outcome: str | None = None, arm: str | None = None, n: int = 5) -> pd.DataFrame:
        """Return the points where an outcome is largest, and which are not to be told from the best."""
        return regions.best(self.points, self.facts, self._outcome(outcome), self._arm(arm), n=n, runs=self._paired)

    def worst(self, outcome: str | None = None, arm: str | None = None, n: int = 5) -> pd.DataFrame:
        """Return the points where an outcome is smallest."""
        return regions.worst(self.points, self.facts, self._outcome(outcome), self._arm(arm), n=n, runs=self._paired)

    def ranking(self, outcome: str | None = None) -> pd.DataFrame:
        """Return which arm leads at each point, by how much, and whether the order is that of the usual point."""
        return regions.ranking(self.points, self.facts, self._outcome(outcome), runs=self._paired)

    def discover(
        self,
        outcome: str | None = None,
        arm: str | None = None,
        above: float | None = None,
        below: float | None = None,
        quantile: float | None = None,
        method: Literal["tree", "prim"] = "tree",
    ) -> discovery.Discovery:
        """Return under which conditions an outcome is above (below) a value: a few boxes, or that there is none."""
        return discovery.discover(
            self.points, self.facts, self._outcome(outcome), self._one_arm(arm), above=above, below=below,
            quantile=quantile, method=method,
        )  # fmt: skip

    @cached_property
    def view(self) -> StudyView:
        """What a page of the study is made from."""
        from simulation.reports.study.view import StudyView

        counts = self.store.counts()
        manifest = self.store.manifest()
        few, total = counts.runs <= MOST_IN_MEMORY, asked_for(self.study, self.store)
        return StudyView(
            facts=self.facts,
            points=self.points,
            runs=self.runs[self.runs["status"] == "ok"] if few else None,
            failed=self.failed,
            missing=total - counts.runs - counts.failed,
            done=counts.runs,
            total=total,
            indices=self.indices,
            warnings=self.warnings,
            versions=tuple((manifest.get("versions") or {}).items()),
            code=str(manifest.get("code", "")),
            folder=str(self.folder),
            rules=self._rules(),
            look=partial(rests_of, self.study),
        )

    @property
    def indices(self) -> pd.DataFrame | None:
        """Sensitivity indices; None of a sweep, see `sensitivity`."""
        return None

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What a reader must know first, as that a design is too small for what it is to tell."""
        return self.study.warnings

    def answer(self, lang: str | None = None) -> str:
        """Return what the study says, in words."""
        from simulation.reports.study.words import answer

        return answer(self.view, self._spoken(lang))

    def plot(
        self,
        kind: StudyPlot = "curves",
        lang: str | None = None,
        size: Literal["wide", "narrow"] = "wide",
        outcome: str | None = None,
    ) -> ShownFigure:
        """Return a figure of the study by its kind; "indices" are those of a sensitivity."""
        from simulation.reports.study.plots import plot

        return plot(self.view, kind, self._spoken(lang), size, self._outcome(outcome))

    @property
    def report_path(self) -> Path:
        """Where the report lies once it is written."""
        return self.folder / "report.html"

    def report(self, lang: str | None = None) -> Path:
        """Write the report in both languages, and the tables, and return the path of the one in `lang`."""
        return self.write(lang)

    def write(self, lang: str | None = None) -> Path:
        """Write tables and report into the folder, each whole or not at all; return the report's path."""
        from simulation.reports.study.html import write_study_report

        return write_study_report(self.view, self.folder, self._spoken(lang), self._write_tables())

    def to_json(self) -> dict[str, Any]:
        """Return all that is said as one JSON object, without NaN."""
        from simulation.studies.sweeps.as_json import as_json

        return as_json(self.view, self.folder)

    def __repr__(self) -> str:
        """Say what the study says."""
        return f"<Sweep {self.facts.name}: {self.answer('en')}>"

    def _repr_html_(self) -> str:
        """Show the answer and the main figure."""
        from simulation.reports.study.card import card_of

        return card_of(self.view, self.lang)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are read from the runs, by name: points, tornado, ranking, indices, failed."""
        found = {"points": self.points, "failed": self.failed}
        if len(self.points):
            subjects = [a for a, _ in self.facts.arms] + [c.name for c in self.facts.contrasts]
            swings = [self.tornado(arm=arm).assign(arm=arm) for arm in subjects]
            found |= {"tornado": pd.concat(swings, ignore_index=True), "ranking": self.ranking()}
        if self.indices is not None:
            found["indices"] = self.indices
        return {name: table for name, table in found.items() if len(table)}

    def _write_tables(self) -> tuple[str, ...]:
        """Write the tables as CSV, numbers unrounded, and return their names."""
        tables = self.tables()
        (self.folder / "tables").mkdir(exist_ok=True)
        for name, table in tables.items():
            write_text(self.folder / "tables" / f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))
        return tuple(tables)

    def _rules(self) -> discovery.Discovery | None:
        """Return where the first contrast, or the arm that does most, matters; None where too little can be told."""
        outcome = self.facts.outcomes[0]
        if len(self.facts.factors) < LEAST_FACTORS or self.points["point"].nunique() < LEAST_POINTS:
            return None
        first = next((c.name for c in self.facts.contrasts if c.outcome == outcome), None)
        arm = first or str(self.points.groupby("arm")[outcome].mean().idxmax())
        above = self.facts.smallest_effect_pp if outcome.endswith("_pp") else None
        try:
            return self.discover(outcome, arm, above=above, quantile=None if above is not None else UPPER)
        except InputError:  # the extra that draws trees is not installed
            return None

    @property
    def _columns(self) -> list[str]:
        needed = [o for outcome in self.facts.outcomes for o in RATIOS.get(outcome, ())]
        factors = [f.name for f in self.facts.factors]
        columns = ["point", "arm", "replicate", *factors, "status", *self.facts.outcomes, *needed]
        return list(dict.fromkeys(columns))

    @cached_property
    def _paired(self) -> pd.DataFrame | None:
        """The runs with their contrasts, for differences society by society; None where they are too many."""
        if self.store.counts().runs > MOST_IN_MEMORY:
            return None
        return with_contrasts(self.runs, self.facts)

    def _spoken(self, lang: str | None) -> str:
        if lang is not None:
            one_of("lang", lang, ("en", "th"))
        return lang or self.lang

    def _factor(self, name: str) -> str:
        return _one("factor", "ปัจจัย", name, [f.name for f in self.facts.factors])

    def _outcome(self, name: str | None) -> str:
        return self.facts.outcomes[0] if name is None else _one("outcome", "ผลลัพธ์", name, list(self.facts.outcomes))

    def _arm(self, name: str | None) -> str | None:
        arms = [a for a, _ in self.facts.arms] + [c.name for c in self.facts.contrasts]
        return None if name is None else _one("arm", "ทางเลือก", name, arms)

    def _one_arm(self, name: str | None) -> str:
        return self._arm(name) or (self.facts.contrasts[0].name if self.facts.contrasts else self.facts.arms[0][0])


def _one(what: str, thai: str, name: str, there: list[str]) -> str:
    """Return a name that is there; raises InputError with the nearest for any other."""
    if name in there:
        return name
    ask, ask_th, _ = did_you_mean(str(name), there)
    raise InputError(
        f'There is no {what} "{name}".{ask} There are: {listed(tuple(there))}.',
        f'ไม่มี{thai} "{name}"{ask_th} ที่มี: {listed(tuple(there))}',
    )
