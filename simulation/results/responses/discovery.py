"""Scenario discovery: where in the space of factors an outcome passes a threshold, and whether that holds."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.core.errors import InputError, one_of
from simulation.core.params import Text
from simulation.results.responses.boxes import Box, Mask, Space, scores
from simulation.results.responses.extras import need
from simulation.results.responses.facts import StudyFacts
from simulation.results.responses.prim import Step, chosen, fit_prim, peel
from simulation.results.responses.tables import Floats, rows_of
from simulation.results.responses.tree import fit_tree

Fit = Callable[[Space, Floats, Mask], list[Box]]
FITS: dict[str, Fit] = {"tree": fit_tree, "prim": fit_prim}
FOLDS = 5
LEAST_OF_EACH = 10
"""Points of interest, and others, below which nothing is looked for: two a fold."""
SURE = 2.326
"""Standard errors by which points held out must be denser in the boxes than over all: 1 %, one-sided."""
BOXES = ["box", "points", "coverage", "density", "lift", "coverage_cv", "density_cv"]
TRAJECTORY = ["step", "points", "coverage", "density", "coverage_cv", "density_cv", "bounds", "chosen"]


@dataclass(frozen=True)
class Discovery:
    """Boxes in which points of interest are dense, or the word that there is none.

    Attributes:
        found: Whether boxes were found that hold for points that had no part in finding them.
        message: What was found, or why nothing was.
        method: "tree" or "prim".
        outcome: Outcome that decides what is of interest.
        arm: Arm or contrast.
        threshold: Points are of interest from here on.
        above: Whether upwards.
        points: Points looked at; those without the outcome are left out.
        of_interest: Points of interest.
        boxes: One row a box; empty where none was found. coverage_cv and density_cv are of all boxes together, from
            points held out.
        limits: What bounds each box.
        trajectory: Steps of PRIM, found or not; empty for the tree.
    """

    found: bool
    message: Text
    method: str
    outcome: str
    arm: str
    threshold: float
    above: bool
    points: int
    of_interest: int
    boxes: pd.DataFrame
    limits: pd.DataFrame
    trajectory: pd.DataFrame


def discover(
    points: pd.DataFrame,
    facts: StudyFacts,
    outcome: str,
    arm: str,
    above: float | None = None,
    below: float | None = None,
    quantile: float | None = None,
    method: Literal["tree", "prim"] = "tree",
    seed: int = 1,
) -> Discovery:
    """Return the boxes in which an outcome is at or above (`above`) or at or below (`below`) a threshold.

    `quantile` takes the threshold from the points: the highest ones for .5 and more, the lowest ones below; without
    any it is .8. Boxes are looked for in all points and told only where the same way of looking, done five times
    without a fifth of the points, finds boxes in which the points held out are of interest more often than over all
    (1 %, one-sided).

    Raises:
        InputError: More than one threshold, a quantile outside 0 to 1, a method, outcome or arm that is not known, or
        the
            extra `studies` is not installed where the tree is asked for.
    """
    one_of("method", method, list(FITS))
    if method == "tree":
        need("sklearn")
    rows = rows_of(points, facts, outcome, arm)
    y = rows[outcome].to_numpy(np.float64)
    threshold, upwards = _threshold(y, above, below, quantile)
    wanted: Mask = y >= threshold if upwards else y <= threshold
    space = Space.of(rows, facts.factors)
    fit = FITS[method]
    enough = min(int(wanted.sum()), int((~wanted).sum())) >= LEAST_OF_EACH
    folds = _folds(wanted, seed)
    boxes = fit(space, space.x, wanted) if enough else []
    held = _held_out(fit, space, wanted, folds) if boxes else np.zeros(len(y), dtype=bool)
    found = bool(boxes) and _holds(held, wanted)
    trajectory = _trajectory(space, wanted, folds) if method == "prim" and enough else pd.DataFrame(columns=TRAJECTORY)
    kept = boxes if found else []
    out = scores(held, wanted)
    table = pd.DataFrame(
        [
            {"box": i, **scores(b.holds(space.x), wanted), "coverage_cv": out["coverage"], "density_cv": out["density"]}
            for i, b in enumerate(kept, 1)
        ],
        columns=BOXES,
    )
    message = _message(len(kept), enough, out, wanted, threshold, upwards)
    limits = space.limits(kept)
    of_interest = int(wanted.sum())
    return Discovery(
        found, message, method, outcome, arm, threshold, upwards, len(y), of_interest, table, limits, trajectory
    )


def _threshold(y: Floats, above: float | None, below: float | None, quantile: float | None) -> tuple[float, bool]:
    given = [v for v in (above, below, quantile) if v is not None]
    if len(given) > 1:
        raise InputError(
            "above, below and quantile are given together; one of them says what is of interest. Leave the others out.",
            "ระบุ above below และ quantile พร้อมกัน ให้ระบุเพียงหนึ่งค่าว่าสนใจช่วงใด",
        )
    if above is not None:
        return above, True
    if below is not None:
        return below, False
    q = 0.8 if quantile is None else quantile
    if not 0.0 < q < 1.0:
        raise InputError(
            f"quantile is {q}; a quantile lies between 0 and 1. Write 0.9 for the highest tenth.",
            f"quantile เป็น {q} ค่านี้ต้องอยู่ระหว่าง 0 ถึง 1 เขียน 0.9 สำหรับหนึ่งในสิบที่สูงที่สุด",
        )
    return (float(np.quantile(y, q)) if len(y) else math.nan), q >= 0.5


def _folds(wanted: Mask, seed: int) -> NDArray[np.int64]:
    """Return the fold of each point: shuffled by the seed, as many points of interest in each as can be."""
    order = np.random.default_rng(seed).permutation(len(wanted))
    order = order[np.argsort(wanted[order], kind="stable")]
    fold = np.empty(len(wanted), dtype=np.int64)
    fold[order] = np.arange(len(wanted)) % FOLDS
    return fold


def _held_out(fit: Fit, space: Space, wanted: Mask, folds: NDArray[np.int64]) -> Mask:
    """Tell which points lie in boxes that were found without them."""
    held = np.zeros(len(wanted), dtype=bool)
    for k in range(FOLDS):
        out = folds == k
        for box in fit(space, space.x[~out], wanted[~out]):
            held |= out & box.holds(space.x)
    return held


def _holds(held: Mask, wanted: Mask) -> bool:
    """Tell whether points held out are of interest more often than if boxes had been laid blindly (hypergeometric)."""
    total, n, base = len(wanted), int(held.sum()), float(wanted.mean())
    variance = n * base * (1.0 - base) * (total - n) / max(1, total - 1)
    return variance > 0.0 and (int((held & wanted).sum()) - n * base) > SURE * math.sqrt(variance)


def _trajectory(space: Space, wanted: Mask, folds: NDArray[np.int64]) -> pd.DataFrame:
    """Return PRIM's steps; those of each fold stand for the step with the nearest share of points."""
    steps = peel(space, space.x, wanted)
    pick = chosen(steps, space.x, wanted)
    apart: list[tuple[Mask, list[Step]]] = [
        (folds == k, peel(space, space.x[folds != k], wanted[folds != k])) for k in range(FOLDS)
    ]
    rows = []
    for i, step in enumerate(steps):
        held = np.zeros(len(wanted), dtype=bool)
        for out, own in apart:
            nearest = own[int(np.argmin([abs(s.share - step.share) for s in own]))]
            held |= out & nearest.box.holds(space.x)
        inside, beyond = scores(step.box.holds(space.x), wanted), scores(held, wanted)
        row = {"step": i, "points": inside["points"], "coverage": inside["coverage"], "density": inside["density"]}
        row |= {"coverage_cv": beyond["coverage"], "density_cv": beyond["density"]}
        rows.append(row | {"bounds": len(step.box.bounded), "chosen": i == pick})
    return pd.DataFrame(rows, columns=TRAJECTORY)


def _message(n: int, enough: bool, out: dict[str, float], wanted: Mask, threshold: float, upwards: bool) -> Text:
    base = float(wanted.mean()) if len(wanted) else 0.0
    side_en, side_th = ("at least", "อย่างน้อย") if upwards else ("at most", "ไม่เกิน")
    if n:
        boxes = "1 box" if n == 1 else f"{n} boxes"
        return Text(
            en=f"{boxes} found: of points held out, {out['density']:.0%} inside have {side_en} {threshold:.4g}, over "
            f"the whole design {base:.0%}; they hold {out['coverage']:.0%} of all such points.",
            th=f"พบ {n} กรอบ ในจุดที่กันไว้ตรวจสอบ {out['density']:.0%} ของจุดในกรอบมีค่า{side_th} {threshold:.4g} "
            f"ทั้งแบบการทดลองมี {base:.0%} กรอบครอบคลุม {out['coverage']:.0%} ของจุดเช่นนี้ทั้งหมด",
        )
    if not enough:
        return Text(
            en=f"No box found: {int(wanted.sum())} of {len(wanted)} points have {side_en} {threshold:.4g}; at least "
            f"{LEAST_OF_EACH} that do and {LEAST_OF_EACH} that do not are needed to look for one.",
            th=f"ไม่พบกรอบ มี {int(wanted.sum())} จาก {len(wanted)} จุดที่มีค่า{side_th} {threshold:.4g} "
            f"ต้องมีจุดที่ใช่และจุดที่ไม่ใช่อย่างน้อยอย่างละ {LEAST_OF_EACH} จุดจึงจะค้นหาได้",
        )
    return Text(
        en=f"No box found: nothing that separates the points with {side_en} {threshold:.4g} ({base:.0%} of all) holds "
        "for points that had no part in finding it.",
        th=f"ไม่พบกรอบ ไม่มีสิ่งใดที่แยกจุดที่มีค่า{side_th} {threshold:.4g} ({base:.0%} ของทั้งหมด) แล้วยังใช้ได้กับจุดที่ไม่ได้ใช้ค้นหา",
    )
