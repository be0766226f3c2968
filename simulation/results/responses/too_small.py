"""Whether a design is large enough for its sensitivity indices, in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from simulation.core.errors import shortened
from simulation.core.params import Text
from simulation.results.responses.facts import StudyFacts

WIDEST = 0.5
"""An interval wider than this share of the range that the index can have, or has, tells factors apart badly."""
NAMED_AT_ONCE = 5
Words = tuple[str, str]


def too_small(facts: StudyFacts, table: pd.DataFrame) -> Text | None:
    """Return why the indices of a table are not to be relied on and what would help; None where nothing speaks so.

    Sobol': intervals wider than half of 0 to 1, a total below its own first-order index beyond both intervals,
    first-order indices that add up to more than 1 beyond theirs. Morris: intervals wider than half of the largest
    mu*, or fewer than four moves of a factor. PAWN: no factor above chance, or chance above half of the largest
    index. Delta: intervals wider than half of 0 to 1. In each: factors without an index.
    """
    checks: dict[str, tuple[Callable[[pd.DataFrame], list[Words]], str]] = {
        "st": (_sobol, "st"),
        "mu_star": (_morris, "mu_star"),
        "pawn": (_pawn, "pawn"),
        "delta": (_delta, "delta"),
    }
    check, column = next(found for name, found in checks.items() if name in table.columns)
    titles = {f.name: f.title for f in facts.factors}
    named = table.assign(
        en=[titles[n].en if n in titles else n for n in table["factor"]],
        th=[titles[n].get("th") if n in titles else n for n in table["factor"]],
    )
    known = named[np.isfinite(named[column].to_numpy(np.float64))]
    reasons = check(known) if len(known) else []
    if len(known) < len(named):
        en, th = _names(named[~named.index.isin(known.index)])
        reasons.insert(0, (f"there is no index for {en}", f"ไม่มีดัชนีของ {th}"))
    if not reasons:
        return None
    en, th = "; ".join(r[0] for r in reasons), " ".join(r[1] for r in reasons)
    return Text(
        en=f"The design is too small for these indices: {en}. More points would help.",
        th=f"แบบการทดลองเล็กเกินไปสำหรับดัชนีเหล่านี้ {th} ควรเพิ่มจำนวนจุด",
    )


def _names(rows: pd.DataFrame) -> Words:
    shown, more = rows.head(NAMED_AT_ONCE), len(rows) - NAMED_AT_ONCE
    en, th = (", ".join(shortened(t, 80) for t in shown[c]) for c in ("en", "th"))
    return (f"{en} and {more} more", f"{th} และอีก {more} ปัจจัย") if more > 0 else (en, th)


def _sobol(table: pd.DataFrame) -> list[Words]:
    reasons: list[Words] = []
    widest = 2.0 * table[["s1_conf", "st_conf"]].max(axis=1)
    wide = table[widest > WIDEST]
    if len(wide):
        en, th = _names(wide)
        reasons.append(
            (
                f"intervals are up to {widest.max():.2f} wide where an index goes from 0 to 1 ({en})",
                f"ช่วงกว้างถึง {widest.max():.2f} ขณะที่ดัชนีมีค่าตั้งแต่ 0 ถึง 1 ({th})",
            )
        )
    below = table[table["s1"] - table["st"] > np.hypot(table["s1_conf"], table["st_conf"])]
    if len(below):
        en, th = _names(below)
        reasons.append((f"the total is below the first-order index for {en}", f"ดัชนีรวมต่ำกว่าดัชนีลำดับแรกของ {th}"))
    total, noise = float(table["s1"].sum()), float(np.sqrt((table["s1_conf"] ** 2).sum()))
    if total - noise > 1.0:
        reasons.append(
            (f"first-order indices add up to {total:.2f}, more than 1", f"ดัชนีลำดับแรกรวมกันได้ {total:.2f} ซึ่งเกิน 1")
        )
    return reasons


def _morris(table: pd.DataFrame) -> list[Words]:
    reasons: list[Words] = []
    wide = table[2.0 * table["mu_star_conf"] > WIDEST * table["mu_star"].max()]
    if len(wide):
        en, th = _names(wide)
        reasons.append(
            (f"intervals are wider than half of the largest effect ({en})", f"ช่วงกว้างกว่าครึ่งหนึ่งของผลที่ใหญ่ที่สุด ({th})")
        )
    few = table[table["moves"] < 4]
    if len(few):
        en, th = _names(few)
        reasons.append((f"fewer than four moves of {en}", f"มีการขยับน้อยกว่าสี่ครั้งของ {th}"))
    return reasons


def _pawn(table: pd.DataFrame) -> list[Words]:
    largest, chance = float(table["pawn"].max()), float(table["chance"].max())
    if (table["pawn"] <= table["chance"]).all():
        return [("no factor stands out from chance", "ไม่มีปัจจัยใดเด่นกว่าความบังเอิญ")]
    if chance > WIDEST * largest:
        return [
            (
                f"a factor without effect would reach {chance:.2f} where the largest index is {largest:.2f}",
                f"ปัจจัยที่ไม่มีผลอาจมีดัชนีถึง {chance:.2f} ขณะที่ดัชนีสูงสุดคือ {largest:.2f}",
            )
        ]
    return []


def _delta(table: pd.DataFrame) -> list[Words]:
    wide = table[2.0 * table["delta_conf"] > WIDEST]
    if not len(wide):
        return []
    en, th = _names(wide)
    return [(f"intervals are wider than half of 0 to 1 ({en})", f"ช่วงกว้างกว่าครึ่งหนึ่งของ 0 ถึง 1 ({th})")]
