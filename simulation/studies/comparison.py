"""The result of a comparison: tables as DataFrames, figures, the report, the answer in words."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import pandas as pd

from simulation.core.errors import InputError, one_of
from simulation.reports import behind
from simulation.reports.html import LANGUAGES, write_report
from simulation.reports.marks import mark_of, marked
from simulation.reports.measures import group_kinds
from simulation.reports.notes import left_behind, notes
from simulation.reports.words import answer, how_sure
from simulation.results.store import FILES, MANIFEST, new_folder
from simulation.results.summary import Summary
from simulation.scenario.model import Scenario

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure

PlotKind = Literal["effects", "trajectories", "costs", "equity"]


class Comparison:
    """The result of `compare`, or of `open`: tables as DataFrames, figures, the report, the answer in words.

    Attributes:
        scenario: What was compared.
        summary: Everything that report, terminal and JSON say, as values.
        folder: Where the results lie.
        lang: Language of the report and of `answer`, "en" or "th".
    """

    def __init__(self, scenario: Scenario, summary: Summary, folder: Path, lang: str) -> None:
        """Keep what was computed; nothing is run here."""
        self.scenario, self.summary, self.folder, self.lang = scenario, summary, folder, lang

    @property
    def effects(self) -> pd.DataFrame:
        """One row per arm, best first: effects in percentage points, share kept, baht an extra act, take-up, p_best."""
        return self.summary.tables["effects"]

    @property
    def trajectories(self) -> pd.DataFrame:
        """Quantiles over societies of the effect in percentage points, by arm and week."""
        return self.summary.tables["trajectories"]

    @property
    def equity(self) -> pd.DataFrame:
        """Effect in percentage points by arm, society and group."""
        return self.summary.tables["equity"]

    @property
    def costs(self) -> pd.DataFrame:
        """Baht by arm and society: rewards for additional acts, for acts that would have happened, running."""
        return self.summary.tables["costs"]

    @property
    def rights(self) -> pd.DataFrame:
        """What was measured of rights and side effects, a row for each arm and check, with unit and limit."""
        return self.summary.tables["rights"]

    @property
    def side_effects(self) -> pd.DataFrame:
        """What happens besides the effect, a row for each arm and side effect with its 90 % interval and unit."""
        return self.summary.tables["side_effects"]

    @property
    def evidence(self) -> pd.DataFrame:
        """Published experiments behind each arm, a row for each mechanism that it leans on, and how well predicted."""
        return self.summary.tables["evidence"]

    @property
    def behaviours(self) -> pd.DataFrame:
        """Effect in percentage points while the schemes run, by arm and behaviour, with its 90 % interval."""
        return self.summary.tables["behaviours"]

    @property
    def serves(self) -> pd.DataFrame:
        """Effect in percentage points and additional acts by arm and virtue, SDG goal and SDG target."""
        return self.summary.tables["serves"]

    @property
    def areas(self) -> pd.DataFrame:
        """Effect in percentage points by arm, level (organisation, locality, province) and unit, with its interval."""
        return self.summary.tables["areas"]

    @property
    def running(self) -> pd.DataFrame:
        """How many organisations and localities run the schemes, and would anyway, by arm, with 90 % intervals."""
        return self.summary.tables["running"]

    @property
    def ledgers(self) -> pd.DataFrame:
        """Each scheme's money by arm and society: due, paid, for nothing, services, when it closed, who waits."""
        return self.summary.tables["ledgers"]

    @property
    def uncertainty(self) -> pd.DataFrame:
        """Variance over societies by arm and outcome: how much is luck, how much ignorance, each with its SE."""
        return self.summary.tables["uncertainty"]

    @property
    def crowding(self) -> pd.DataFrame:
        """Effect in percentage points by arm at each size of crowding, kappa_c, logit."""
        return self.summary.tables["crowding"]

    @property
    def failed(self) -> int:
        """Number of runs that failed."""
        return self.summary.failed

    @property
    def quick(self) -> bool:
        """Whether this is a quick look, not for decisions."""
        return self.summary.facts.quick

    @property
    def finished(self) -> bool:
        """Whether all runs that were asked for are here."""
        return self.summary.facts.part is None

    @property
    def report_path(self) -> Path:
        """Where the HTML report lies once it is written."""
        return self.folder / "report.html"

    def mark(self, lang: str | None = None) -> str:
        """Return the warning of a quick look or of an unfinished comparison; empty where there is none."""
        return mark_of(self.summary, self._lang(lang))

    def answer(self, lang: str | None = None) -> str:
        """Return the answer in words, English or Thai."""
        return answer(self.summary, self._lang(lang))

    def to_json(self) -> dict[str, Any]:
        """Return the object that `compare --json` prints."""
        s = self.summary
        gap = s.first_minus_second
        return {
            **s.to_json_dict(),
            "first_minus_second_pp": None if gap is None else gap.to_dict(),
            "quick": self.quick,
            "finished": self.finished,
            "mark": {lang: mark_of(s, lang) for lang in LANGUAGES},
            "answer": {lang: answer(s, lang) for lang in LANGUAGES},
            "left_behind": {lang: left_behind(s, lang) for lang in LANGUAGES},
            "how_sure": {lang: how_sure(s, lang) for lang in LANGUAGES},
            "notes": {lang: notes(s, lang) for lang in LANGUAGES},
            "evidence": {lang: behind.said(s, lang) for lang in LANGUAGES},
        }

    def plot(
        self, kind: PlotKind = "effects", lang: str | None = None, size: Literal["wide", "narrow"] = "wide"
    ) -> ShownFigure:
        """Return a figure of the report.

        Args:
            kind: "effects" while the schemes run and half a year after, percentage points; "trajectories" of the
                effect by week, percentage points; "costs", baht per 1,000 citizens; "equity", percentage points by
                group.
            lang: "en" or "th"; the comparison's own by default.
            size: "wide" for a page, "narrow" for a phone or a column.

        Raises:
            InputError: Where this comparison has nothing of that kind to draw.
        """
        from simulation.reports import figures

        one_of("kind", kind, get_args(PlotKind))
        one_of("size", size, ("wide", "narrow"))
        spoken = self._lang(lang)
        self._has(kind)
        draw = {
            "effects": figures.answer_figure,
            "trajectories": figures.time_figure,
            "costs": figures.cost_figure,
            "equity": figures.groups_figure,
        }[kind]
        return marked(draw(self.summary, spoken, size), self.summary, spoken)

    def report(self) -> Path:
        """Return the path of the HTML report, written again if it is gone.

        Raises:
            InputError: Where the comparison is not finished.
        """
        if not self.finished:
            raise InputError(
                f"{self.mark('en')}. Give the command again that made {self.folder}, then ask for the report.",
                f"{self.mark('th')} ให้สั่งคำสั่งเดิมที่สร้าง {self.folder} อีกครั้ง แล้วจึงขอรายงาน",
            )
        if not self.report_path.is_file():
            write_report(self.summary, self.folder, self.lang)
        return self.report_path

    def save(self, folder: str | Path) -> Path:
        """Copy tables, manifest and report to another folder, whole or not at all, and return it.

        Args:
            folder: A folder that is not there yet, or is empty.

        Raises:
            InputError: Where something is there already, or the comparison is not finished, or its files are gone.
        """
        self.report()
        if not (self.folder / MANIFEST).is_file():
            raise InputError(
                f"{self.folder} is gone, and with it the tables to copy. Compare again.",
                f"{self.folder} ไม่อยู่แล้ว จึงไม่มีตารางให้คัดลอก ให้เปรียบเทียบใหม่",
            )
        with new_folder(Path(folder)) as part:
            for name in FILES:
                source = self.folder / name
                if source.is_dir():
                    shutil.copytree(source, part / name)
                elif source.is_file():
                    shutil.copy2(source, part / name)
        return Path(folder)

    def _lang(self, lang: str | None) -> str:
        spoken = lang or self.lang
        one_of("lang", spoken, LANGUAGES)
        return spoken

    def _has(self, kind: str) -> None:
        """Raise InputError where there is nothing of a kind to draw."""
        s = self.summary
        there = {
            "effects": bool(s.arms),
            "trajectories": bool(s.arms) and s.arms[0].fan.shape[1] > 1,
            "costs": any(sum(a.costs_per_1000) for a in s.arms),
            "equity": bool(group_kinds(s)),
        }
        if not there[kind]:
            others = ", ".join(k for k, some in there.items() if some)
            raise InputError(
                f'This comparison has nothing to draw as "{kind}". There is: {others or "nothing"}.',
                f'ผลเปรียบเทียบนี้ไม่มีอะไรให้วาดเป็น "{kind}" ที่มี: {others or "ไม่มี"}',
            )

    def __repr__(self) -> str:
        """Say what was compared and the answer."""
        mark = f"{self.mark()}\n" if self.mark() else ""
        return f"<Comparison {self.summary.facts.name}: {len(self.summary.arms)} schemes>\n{mark}{self.answer()}"

    def _repr_html_(self) -> str:
        """Show the report's first screen as a card in a notebook."""
        from simulation.reports.card import card

        return card(self.summary, self.lang)
