"""Sensitivity indices as they are read: one value a factor with its interval, sorted, and what they say in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulation.reports.study.names import arm_of, subject, title_of
from simulation.reports.study.sentences import say
from simulation.reports.words import capital, lower, plain

if TYPE_CHECKING:
    from simulation.reports.study.view import StudyView

MAIN = {"sobol": "st", "morris": "mu_star", "pawn": "pawn", "delta": "delta"}
"""The index of each method by which factors are sorted."""
SECOND = {"sobol": "s1", "morris": "sigma", "pawn": "chance", "delta": "s1"}
"""What stands beside it."""
_SAID = 3  # contrasts or arms that are put into words
METHODS = {
    "sobol": ("Sobol' indices", "ดัชนีโซโบล"),
    "morris": ("Morris' elementary effects", "ผลเบื้องต้นตามวิธีมอร์ริส"),
    "pawn": ("PAWN index", "ดัชนีพอน"),
    "delta": ("Borgonovo's delta", "เดลตาของบอร์โกโนโว"),
}
HEADS = {
    "st": ("ST, with what it acts together with", "ST รวมผลร่วม"), "s1": ("S1, alone", "S1 เฉพาะตัวเอง"),
    "mu_star": ("mu*, mean size of its effect", "mu* ขนาดผลเฉลี่ย"), "sigma": ("sigma, how uneven that is", "sigma ความไม่สม่ำเสมอ"),
    "pawn": ("PAWN, median distance of distributions", "PAWN ค่ามัธยฐานของระยะห่าง"),
    "chance": ("by chance, without any effect", "จากความบังเอิญ เมื่อไม่มีผล"),
    "delta": ("delta, how far the distribution moves", "delta การกระจายเปลี่ยนไปเท่าใด"),
}  # fmt: skip


@dataclass(frozen=True)
class Index:
    """The index of one factor: its value and 95 % interval, what stands beside it, and whether it reaches nothing."""

    factor: str
    value: float
    low: float
    high: float
    second: float
    second_low: float
    second_high: float
    nothing: bool


def blocks(view: StudyView) -> list[tuple[str, str, str, list[Index]]]:
    """Return method, arm, outcome and indices, the largest first: of the leading outcome before others, contrasts before arms."""
    if view.indices is None or not len(view.indices):
        return []
    table = view.indices.rename(columns=str.lower)
    outcomes, arms = list(view.facts.outcomes), [a for a, _ in view.subjects(view.lead)]
    found = []
    for (method, arm, name), rows in table.groupby(["method", "arm", "outcome"], sort=False):
        indices = [_index(str(method), row) for row in rows.to_dict("records")]
        known = [x for x in indices if math.isfinite(x.value)]
        if known:
            found.append((str(method), str(arm), str(name), sorted(known, key=_value, reverse=True)))

    def place(block: tuple[str, str, str, list[Index]]) -> tuple[int, int]:
        _, arm, name, _ = block
        return (
            outcomes.index(name) if name in outcomes else len(outcomes),
            arms.index(arm) if arm in arms else len(arms),
        )

    return sorted(found, key=place)


def _value(x: Index) -> float:
    return x.value


def _index(method: str, row: Mapping[Any, Any]) -> Index:
    main, second = MAIN[method], SECOND[method]
    value, low, high = _ends(row, main)
    beside, beside_low, beside_high = _ends(row, second)
    nothing = not low > (beside if method == "pawn" else 0.0)
    return Index(str(row["factor"]), value, low, high, beside, beside_low, beside_high, nothing)


def _ends(row: Mapping[Any, Any], name: str) -> tuple[float, float, float]:
    value = float(row.get(name, math.nan))
    if f"{name}_low" in row:
        return value, float(row[f"{name}_low"]), float(row[f"{name}_high"])
    half = float(row.get(f"{name}_conf", math.nan))
    return value, value - half, value + half


def printed(x: float) -> str:
    """Print an index at two decimals; nothing known as a dash."""
    return plain(x, 2) if math.isfinite(x) else "–"


def interval(low: float, high: float, lang: str) -> str:
    """Print the interval of an index; empty where it is not known."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"{printed(low)} {'ถึง' if lang == 'th' else 'to'} {printed(high)}"


_SAY = {"sobol": "index.most", "morris": "index.morris", "pawn": "index.pawn", "delta": "index.delta"}


def headline(view: StudyView, lang: str) -> str:
    """Return which factor matters most for the leading outcome, or that none is seen to."""
    _, arm, name, rows = blocks(view)[0]
    if rows[0].nothing:
        return say("headline.nothing", lang)
    title = title_of(view.factor(rows[0].factor), lang)
    return say(
        "index.headline",
        lang,
        Factor=capital(title),
        factor=title,
        subject=subject(view, arm, name, lang),
    )


def sentences(view: StudyView, lang: str) -> list[str]:
    """Return what the indices of the leading outcome say, a paragraph a contrast, else one for each of the first arms."""
    asked = view.asked(view.lead)[:_SAID]
    return [_of_block(view, block, lang) for block in blocks(view) if block[2] == view.lead and block[1] in asked]


def _of_block(view: StudyView, block: tuple[str, str, str, list[Index]], lang: str) -> str:
    method, arm, name, rows = block
    first, joint = rows[0], " " if lang == "th" else ", "
    fields = {"subject": subject(view, arm, name, lang), "arm": arm_of(view, arm, lang)}
    said = []
    if not first.nothing:
        said.append(say(_SAY[method], lang, **fields, **_named(view, first, lang)))
        rivals = [x for x in rows[1:] if not x.nothing and x.high >= first.low]
        if rivals:
            said.append(
                say("index.tie", lang, **{**_named(view, rivals[0], lang), "other": _title(view, rivals[0], lang)})
            )
    if method == "sobol":
        said += _together(rows, lang)
    still = [x for x in rows if x.nothing]
    if still:
        said.append(say("index.nothing", lang, **fields, names=joint.join(_title(view, x, lang) for x in still)))
    return " ".join(said)


def _together(rows: list[Index], lang: str) -> list[str]:
    """Say how much of the variance no factor explains alone, where that is much."""
    alone = sum(max(0.0, x.second) for x in rows if math.isfinite(x.second))
    rest = 1.0 - alone
    if rest < 0.1 or not rows:
        return []
    return [
        say(
            "index.together",
            lang,
            share=f"{'ร้อยละ ' if lang == 'th' else ''}{100 * rest:.0f}{'' if lang == 'th' else '%'}",
        )
    ]


def _named(view: StudyView, x: Index, lang: str) -> dict[str, str]:
    title = title_of(view.factor(x.factor), lang)
    around = interval(x.low, x.high, lang)
    return {
        "Factor": capital(title),
        "factor": title,
        "value": printed(x.value),
        "span": f" ({around})" if around else "",
    }


def _title(view: StudyView, x: Index, lang: str) -> str:
    title = title_of(view.factor(x.factor), lang)
    return title if lang == "th" else lower(title)
