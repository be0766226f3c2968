"""The figures of a study by their kind, for a notebook."""

from __future__ import annotations

from typing import Literal, get_args

from simulation.core.errors import InputError, one_of
from simulation.reports.shown import ShownFigure
from simulation.reports.study.figure_indices import indices_figure
from simulation.reports.study.figure_regions import regions_figure, rules_figure
from simulation.reports.study.figures import curves_figure, heat_figure, ranks_figure, tornado_figure
from simulation.reports.study.view import StudyView

StudyPlot = Literal["curves", "tornado", "interaction", "ranking", "regions", "rules", "indices"]
_DRAWN = {
    "curves": curves_figure, "tornado": tornado_figure, "interaction": heat_figure, "ranking": ranks_figure,
    "regions": regions_figure, "rules": rules_figure,
}  # fmt: skip


def plot(
    view: StudyView, kind: StudyPlot, lang: str, size: Literal["wide", "narrow"] = "wide", outcome: str = ""
) -> ShownFigure:
    """Return a figure of a study; raises InputError for a kind that is not there, or indices of a sweep."""
    one_of("kind", kind, get_args(StudyPlot))
    one_of("size", size, ("wide", "narrow"))
    if kind == "rules" and (view.rules is None or not view.rules.found):
        raise InputError(
            "No conditions were found that hold for points that had no part in finding them, so there is no figure.",
            "ไม่พบเงื่อนไขที่เป็นจริงกับจุดซึ่งไม่ได้ใช้ค้นหา จึงไม่มีภาพ",
        )
    if kind != "indices":
        return _DRAWN[kind](view, lang, size, outcome)
    if view.indices is None:
        raise InputError(
            "A sweep has no indices; sensitivity gives them: kw.sensitivity(study, out=folder).plot().",
            "การกวาดค่าไม่มีดัชนี ให้ใช้ sensitivity: kw.sensitivity(study, out=folder).plot()",
        )
    return indices_figure(view, lang, size)
