"""Tables and sentences of the findings of the shipped studies, from their runs, in English and Thai.

Every number has its Monte Carlo standard error behind ±, and in brackets where 9 of 10 societies lie, where that is known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.reports.study import indices
from simulation.reports.study.names import arm_of, error, factor_unit, title_of, value
from simulation.reports.study.outcomes import axis_of, outcome, shown, size
from simulation.reports.words import capital, points
from simulation.reports.words import interval as span
from simulation.results.intervals import Estimate, bounds, ratio
from simulation.results.responses.mcse import ratio_mcse
from simulation.results.responses.tables import RATIOS
from simulation.studies.sweeps.swept import Sweep

Floats = NDArray[np.float64]
NOTHING = "–"
MOST_INDICES = 8
MANY = 100
SURE = 2.0
"""Differences of at most this many standard errors are not told from none."""


@dataclass(frozen=True)
class Known:
    """A mean over societies, its Monte Carlo standard error, and its 90 % interval."""

    estimate: Estimate
    mcse: float


# --- numbers from runs ----------------------------------------------------------------------------------------------


def by_society(found: Sweep, name: str, arm: str, **at: object) -> Floats:
    """Return an outcome of an arm in each society, the mean over the points at which factors have these values."""
    runs = found.runs[(found.runs["status"] == "ok") & (found.runs["arm"] == arm)]
    for factor, wanted in at.items():
        runs = runs[runs[factor] == wanted]
    return np.asarray(runs.groupby("replicate")[name].mean(), np.float64)


def known(found: Sweep, name: str, arm: str, **at: object) -> Known | None:
    """Return an outcome of an arm over all points at which factors have these values; None where it has no mean."""
    if name in RATIOS:
        above, below = (by_society(found, part, arm, **at) for part in RATIOS[name])
        estimate = ratio(above, below)
        return None if estimate is None else Known(estimate, ratio_mcse(above, below)[1])
    return _known(by_society(found, name, arm, **at))


def _sure(x: Known | None) -> Known:
    """Return what is known; every study has two societies or more."""
    if x is None:
        raise ValueError("of fewer than two societies no error is known")
    return x


def _known(x: Floats) -> Known | None:
    x = x[np.isfinite(x)]
    if len(x) < 2:  # of one society no error is known
        return None
    return Known(Estimate(float(x.mean()), *bounds(x)), float(x.std(ddof=1)) / math.sqrt(len(x)))


def cell(name: str, x: Known | None, lang: str) -> str:
    """Print a mean with its error, and its range where there is one."""
    if x is None:
        return NOTHING
    words = outcome(name)
    around = span(x.estimate, lang, words.digits, 100.0 if words.share else 1.0)
    return f"{shown(name, x.estimate.mean)} ± {_error(name, x.mcse)}{f' ({around})' if around else ''}"


def _error(name: str, x: float) -> str:
    """Print a standard error: one digit more than the outcome's own, and of large numbers none."""
    return f"{x:,.0f}" if x >= MANY else error(name, x)


# --- tables ---------------------------------------------------------------------------------------------------------


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table in Markdown."""
    rule = ["---", *("---:" for _ in heads[1:])]
    return [f"| {' | '.join(row)} |" for row in (heads, rule, *rows)]


def levels(found: Sweep, factor: str, names: Sequence[str], arm: str, lang: str) -> list[str]:
    """Return a table of outcomes of an arm at each value of a factor, over everything else that was varied."""
    one = found.study.facts.factors[[f.name for f in found.facts.factors].index(factor)]
    unit = factor_unit(one, lang)
    head = f"{title_of(one, lang)} ({unit})" if unit else title_of(one, lang)
    rows = [
        [value(one, v, lang, unit=False), *(cell(name, known(found, name, arm, **{factor: v}), lang) for name in names)]
        for v in one.values
    ]
    return _told([head, *(axis_of(name, lang) for name in names)], rows)


def _told(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table without the columns in which nothing is told."""
    kept = [i for i in range(len(heads)) if any(row[i] != NOTHING for row in rows)]
    return table([heads[i] for i in kept], [[row[i] for i in kept] for row in rows])


def arms(found: Sweep, names: Sequence[str], lang: str) -> list[str]:
    """Return a table of outcomes of each arm, and of its acts for the money, over everything that was varied."""
    rows = []
    for arm, title in found.facts.arms:
        x = bought(found, arm)
        for_money = f"{x.estimate.mean:.0f} ± {x.mcse:.0f} ({span(x.estimate, lang, 0)})"
        rows.append([title.get(lang), *(cell(name, known(found, name, arm), lang) for name in names), for_money])
    heads = [_say("ทางเลือก", "Arm", lang), *(axis_of(name, lang) for name in names)]
    return _told([*heads, _say("จำนวนครั้งที่เพิ่มขึ้นต่อ 1,000 บาท", "Additional acts for 1,000 baht", lang)], rows)


def largest(found: Sweep, lang: str) -> list[str]:
    """Return, for each contrast, a table of the largest indices with their intervals and what stands beside them."""
    lines: list[str] = []
    asked = [c.name for c in found.facts.contrasts]
    for method, arm, _, rows in indices.blocks(found.view):
        if arm in asked:
            heads = [
                found.view.title_of(arm, lang),
                indices.HEADS[indices.MAIN[method]][lang == "th"],
                _say("ช่วงความเชื่อมั่นร้อยละ 95", "95% interval", lang),
                indices.HEADS[indices.SECOND[method]][lang == "th"],
            ]
            lines += [*table(heads, [_index(found, row, lang) for row in rows[:MOST_INDICES]]), ""]
    return lines[:-1]


def _index(found: Sweep, x: indices.Index, lang: str) -> list[str]:
    return [
        title_of(found.view.factor(x.factor), lang),
        indices.printed(x.value),
        indices.interval(x.low, x.high, lang),
        indices.printed(x.second),
    ]


def contrast(found: Sweep, row: str, column: str, lang: str) -> list[str]:
    """Return a table of the first contrast by the values of two factors."""
    asked = found.facts.contrasts[0]
    one, other = (next(f for f in found.facts.factors if f.name == name) for name in (row, column))
    body = [
        [
            value(one, v, lang),
            *(cell(asked.outcome, lead(found, {row: v, column: w}), lang) for w in other.values),
        ]
        for v in one.values
    ]
    return table([asked.title.get(lang), *(value(other, w, lang) for w in other.values)], body)


def lead(found: Sweep, at: dict[str, object]) -> Known | None:
    """Return the first contrast, over all points at which factors have these values, society by society."""
    asked = found.facts.contrasts[0]
    first, second = (by_society(found, asked.outcome, arm, **at) for arm in (asked.arm, asked.less))
    return _known(first - second)


# --- sentences ------------------------------------------------------------------------------------------------------


def further(found: Sweep, lang: str) -> list[str]:
    """Return a table of what each step to a larger reward adds, for each baht and each act, paired by society."""
    arm = found.facts.arms[0][0]
    one = next(f for f in found.facts.factors if f.name == "size")
    heads = [
        f"{title_of(one, lang)} ({factor_unit(one, lang)})",
        _say("แต่ละบาทที่เพิ่มต่อวัน (จุดร้อยละ)", "Each further baht a day, points", lang),
        _say("แต่ละครั้งที่เพิ่มต่อจากขั้นก่อน (บาท)", "Each act beyond the step before, baht", lang),
    ]
    rows = []
    for low, high in pairwise(one.values):
        steps = f"{low:g} {_say('เป็น', 'to', lang)} {high:g}"
        rows.append(
            [
                steps,
                _gained(found, arm, low, high, lang),
                cell("cost_per_act_baht", _dearer(found, arm, low, high), lang),
            ]
        )
    return table(heads, rows)


def _gained(found: Sweep, arm: str, low: float, high: float, lang: str) -> str:
    """Print the points that a further baht adds between two sizes: hundredths, for they are less than points."""
    x = _gain(found, arm, low, high)
    around = span(x.estimate, lang, 2)
    return f"{points(x.estimate.mean, 2)} ± {x.mcse:.2f}{f' ({around})' if around else ''}"


def _gain(found: Sweep, arm: str, low: float, high: float) -> Known:
    """Return the points that a further baht adds between two sizes, society by society."""
    more = by_society(found, "effect_pp", arm, size=high) - by_society(found, "effect_pp", arm, size=low)
    return _sure(_known(more / (high - low)))


def _dearer(found: Sweep, arm: str, low: float, high: float) -> Known | None:
    """Return what an act costs that the larger of two sizes brings and the smaller does not."""
    above, below = (
        by_society(found, part, arm, size=high) - by_society(found, part, arm, size=low)
        for part in RATIOS["cost_per_act_baht"]
    )
    estimate = ratio(above, below)
    return None if estimate is None else Known(estimate, ratio_mcse(above, below)[1])


def returns(found: Sweep, lang: str) -> str:
    """Say how much of the largest reward's effect the smallest has, and what each further baht adds at both ends."""
    arm = found.facts.arms[0][0]
    sizes = next(f for f in found.facts.factors if f.name == "size").values
    least, most = (by_society(found, "effect_pp", arm, size=v) for v in (sizes[0], sizes[-1]))
    part, part_error = ratio_mcse(least, most)
    first, last = (_gain(found, arm, low, high) for low, high in (sizes[:2], sizes[-2:]))
    (g, g_error), (h, h_error) = ((x.estimate.mean, x.mcse) for x in (first, last))
    return _say(
        f"รางวัลเล็กที่สุด ({sizes[0]:g} บาท) ได้ผลร้อยละ {100 * part:.0f} (± {100 * part_error:.0f}) ของรางวัลใหญ่ที่สุด ({sizes[-1]:g} บาท) "
        f"แต่ละบาทที่เพิ่มต่อวันได้ผลเพิ่ม {g:.2f} จุดร้อยละ (± {g_error:.2f}) ระหว่าง {sizes[0]:g} กับ {sizes[1]:g} บาท "
        f"และ {h:.2f} (± {h_error:.2f}) ระหว่าง {sizes[-2]:g} กับ {sizes[-1]:g} บาท",
        f"The smallest reward ({sizes[0]:g} baht) does {100 * part:.0f}% (± {100 * part_error:.0f}) of what the largest "
        f"({sizes[-1]:g} baht) does. Each further baht a day adds {g:.2f} points (± {g_error:.2f}) between {sizes[0]:g} and "
        f"{sizes[1]:g} baht and {h:.2f} (± {h_error:.2f}) between {sizes[-2]:g} and {sizes[-1]:g}.",
        lang,
    )


def not_priced(found: Sweep, lang: str) -> str:
    """Say of how many points the cost of an additional act has no mean, and why; nothing where all have one."""
    there = found.points[found.points["arm"].isin([arm for arm, _ in found.facts.arms])]
    without = int(there["cost_per_act_baht"].isna().sum())
    if not without:
        return ""
    return _say(
        f"ต้นทุนต่อครั้งที่เพิ่มขึ้นบอกไม่ได้ใน {without} จาก {len(there)} แถวของจุดและทางเลือก เพราะช่วงของจำนวนครั้งที่เพิ่มขึ้นคร่อม 0 "
        "คือมีสังคมจำลองที่จำนวนครั้งลดลงแทนที่จะเพิ่ม",
        f"The cost of an additional act is not told in {without} of {len(there)} pairs of a point and an arm: the range of "
        "additional acts holds 0, so there are simulated societies with fewer acts, not more.",
        lang,
    )


def afterwards(found: Sweep, factor: str, lang: str) -> str:
    """Say how the effect half a year after goes from the first to the last value of a factor, society by society."""
    arm = found.facts.arms[0][0]
    one = next(f for f in found.facts.factors if f.name == factor)
    first, last = (by_society(found, "effect_after_pp", arm, **{factor: v}) for v in (one.values[0], one.values[-1]))
    change = _sure(_known(last - first))
    told = abs(change.estimate.mean) > SURE * change.mcse
    a, b = (value(one, v, lang) for v in (one.values[0], one.values[-1]))
    name = "effect_after_pp"
    text = f"{shown(name, change.estimate.mean)}"
    return _say(
        f"{title_of(one, lang)}จาก {a} เป็น {b} ทำให้ผลครึ่งปีหลังสิ้นสุดเปลี่ยน {text} จุดร้อยละ (± {error(name, change.mcse)})"
        f"{'' if told else ' ซึ่งแยกจากไม่เปลี่ยนไม่ได้'}",
        f"{capital(title_of(one, lang))} from {a} to {b} changes what is left half a year after by {text} points "
        f"(± {error(name, change.mcse)}){'' if told else ', which is not told from none'}.",
        lang,
    )


def for_money(found: Sweep, lang: str) -> str:
    """Say which arm brings most additional acts for the money that is spent, which least, and which are not told apart.

    Acts by baht, not baht by act: the money is never 0, whereas in some societies there are fewer acts, not more.
    """
    each = {arm: bought(found, arm) for arm, _ in found.facts.arms}
    ordered = sorted(each, key=_by_mean(each), reverse=True)
    first, last = ordered[0], ordered[-1]
    own = {arm: _bought_each(found, arm) for arm in ordered}
    alike = [arm_of(found.view, arm, lang) for arm in ordered[1:] if not _told_from(own[first], own[arm])]
    most, least = (f"{each[arm].estimate.mean:.0f} ± {each[arm].mcse:.0f}" for arm in (first, last))
    best, worst = (arm_of(found.view, arm, lang) for arm in (first, last))
    return _say(
        f"เมื่อเฉลี่ยทุกจุด เงิน 1,000 บาทที่จ่ายได้จำนวนครั้งที่เพิ่มขึ้นมากที่สุดเมื่อให้{best} คือ {most} ครั้ง น้อยที่สุดเมื่อให้{worst} คือ {least} ครั้ง "
        + (f"ที่แยกจากมากที่สุดไม่ได้: {_listed(alike, lang)}" if alike else "ทางเลือกที่มากที่สุดแยกจากทางเลือกอื่นได้ทั้งหมด"),
        f"Over all points 1,000 baht that are spent bring most additional acts with {best}, {most}, and fewest with {worst}, "
        f"{least}. "
        + (f"Not told from the first: {_listed(alike, lang)}." if alike else "The first is told from all others."),
        lang,
    )


def bought(found: Sweep, arm: str) -> Known:
    """Return the additional acts of an arm for each 1,000 baht that are spent, over all points."""
    acts, baht = (by_society(found, name, arm) for name in ("extra_acts", "cost_baht"))
    middle, mcse = ratio_mcse(1000.0 * acts, baht)
    return Known(Estimate(middle, *bounds(1000.0 * acts / baht)), mcse)


def _bought_each(found: Sweep, arm: str) -> Floats:
    """Return the same as values of societies whose mean it is, to first order, so that two arms can be paired."""
    acts, baht = (by_society(found, name, arm) for name in ("extra_acts", "cost_baht"))
    middle = 1000.0 * acts.mean() / baht.mean()
    return np.asarray(middle + (1000.0 * acts - middle * baht) / baht.mean(), np.float64)


def _told_from(a: Floats, b: Floats) -> bool:
    gap = a - b
    return float(gap.mean()) > SURE * float(gap.std(ddof=1)) / math.sqrt(len(gap))


def _by_mean(there: dict[str, Known]) -> Callable[[str], float]:
    def mean(arm: str) -> float:
        return there[arm].estimate.mean

    return mean


def bound(found: Sweep, lang: str) -> str:
    """Say over which range of take-up the budgets held each arm, from the least money for most to the most for least."""
    rows = found.points
    said = []
    for arm, _ in found.facts.arms:
        own = rows.loc[rows["arm"] == arm, "take_up"]
        said.append(f"{arm_of(found.view, arm, lang)} {size('take_up', own.min())}–{size('take_up', own.max())}%")
    joined = _listed(said, lang)
    return _say(
        f"งบประมาณจำกัดจำนวนคนจริง สัดส่วนผู้มีสิทธิที่ได้เข้าร่วมตลอดแบบแผน: {joined}",
        f"The budgets bind. Of those eligible, so many take part over the design: {joined}.",
        lang,
    )


def noise(found: Sweep, lang: str) -> str:
    """Say how much of the variance over the points of each contrast is Monte Carlo noise."""
    rows = found.indices if found.indices is not None else pd.DataFrame()
    said = []
    for c in found.facts.contrasts:
        own = rows.loc[(rows["arm"] == c.name) & (rows["outcome"] == c.outcome), "noise_share"]
        said.append(f"{arm_of(found.view, c.name, lang)} {100 * float(own.iloc[0]):.1f}%")
    return _say(
        f"ส่วนของความแปรปรวนระหว่างจุดที่เป็นความบังเอิญของการจำลอง: {_listed(said, lang)}",
        f"Share of the variance over the points that is noise of the simulation: {_listed(said, lang)}.",
        lang,
    )


def order(found: Sweep, factor: str, lang: str) -> str:
    """Say at how many points of each value of a factor the first arm is told from the second, and its least lead there."""
    one = next(f for f in found.facts.factors if f.name == factor)
    ranked = found.ranking()
    said = []
    for v in one.values:
        here = ranked[ranked[factor] == v]
        least, most = (shown("effect_pp", x) for x in (here["lead"].min(), here["lead"].max()))
        said.append(
            _say(
                f"{value(one, v, lang)} นำห่าง {least} ถึง {most} จุดร้อยละ แยกได้ {int(here['settled'].sum())} จาก {len(here)} จุด",
                f"{value(one, v, lang)} a lead of {least} to {most} points, told at {int(here['settled'].sum())} of {len(here)} points",
                lang,
            )
        )
    return _say(
        f"ตาม{title_of(one, lang)}: {_listed(said, lang)}",
        f"By {title_of(one, lang).lower()}: {'; '.join(said)}.",
        lang,
    )


def _listed(names: Sequence[str], lang: str) -> str:
    return (" " if lang == "th" else ", ").join(names)


def _say(th: str, en: str, lang: str) -> str:
    return th if lang == "th" else en
