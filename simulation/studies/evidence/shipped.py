"""The calibrated parameters that come with the package: the posterior, and draws that have not seen a study."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import InputError
from simulation.core.params import Text
from simulation.studies.evidence.kernel import log_odds, table_of
from simulation.studies.evidence.rules import Known

Draws = Mapping[str, NDArray[np.float64]]
FIRST = "first"
"""Fold of the first stage with all of its studies."""
POSTERIOR, FOLDS, MANIFEST = "posterior.csv", "folds.parquet", "manifest.json"
CLOSE = 1e-3
"""How far a prediction at a probe may move, logit, before parameters count as stale."""


class Point(NamedTuple):
    """Where the law is probed: a quantile of each parameter, a study's log responsiveness, its deviate of habit."""

    quantile: float
    log_s: float
    deviate: float


MIDDLE, ASIDE = Point(0.5, 0.0, 0.0), Point(0.75, 0.5, -1.0)
"""At the medians no study differs from the others, so a law that treats these differences otherwise shows only aside."""


@dataclass(frozen=True)
class Calibration:
    """A calibration read from a folder: that of the package, or one made by `kwamdee calibrate`."""

    posterior: Draws
    folds: Mapping[str, Draws]
    manifest: Mapping[str, Any]

    def unseen(self, study: str) -> Draws:
        """Return parameters that have not seen a study: those of its fold, else of the first stage, else the posterior."""
        fallback = self.folds.get(FIRST, self.posterior) if study in self.trained else self.posterior
        return self.folds.get(study, fallback)

    @property
    def trained(self) -> tuple[str, ...]:
        """Return the studies that it was fitted to."""
        return tuple(self.manifest["studies"])


def calibration(folder: str | Path | None = None) -> Calibration:
    """Return the calibration of a folder, by default that of the package.

    Raises:
        InputError: Where the folder holds none.
    """
    return _read(None if folder is None else str(folder))


@cache
def _read(folder: str | None) -> Calibration:
    place: Any = _package() if folder is None else Path(folder)
    for name in (POSTERIOR, FOLDS, MANIFEST):
        if not place.joinpath(name).is_file():
            remedy = _remedy(place)
            raise InputError(
                f"{place.joinpath(name)} is not there, so there are no calibrated parameters. {remedy.en}",
                f"ไม่มี {place.joinpath(name)} จึงไม่มีค่าพารามิเตอร์ที่ปรับเทียบแล้ว {remedy.th}",
            )
    manifest = json.loads(place.joinpath(MANIFEST).read_text("utf-8"))
    return Calibration(_posterior(place.joinpath(POSTERIOR)), _folds(place.joinpath(FOLDS)), manifest)


def _package() -> Any:
    return resources.files("simulation").joinpath("data", "evidence")


def _remedy(place: Any) -> Text:
    files = f"{POSTERIOR}, {FOLDS}, {MANIFEST}"
    return Text(
        en=f"Run kwamdee calibrate, and put the files that it writes ({files}) in {place}.",
        th=f"ให้สั่ง kwamdee calibrate แล้วนำไฟล์ที่ได้ ({files}) ไปไว้ใน {place}",
    )


def forget() -> None:
    """Read calibrations anew, as after one was written."""
    _read.cache_clear()


def _posterior(path: Any) -> Draws:
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    names = lines[0].split(",")
    values = np.array([[float(x) for x in line.split(",")] for line in lines[1:]])
    return {name: values[:, i] for i, name in enumerate(names) if name != "member"}


def _folds(path: Any) -> dict[str, Draws]:
    import pyarrow.parquet as pq

    with path.open("rb") as file:
        table = pq.read_table(file)
    columns = {name: table[name].to_numpy().astype(float) for name in table.column_names if name != "fold"}
    fold = np.asarray(table["fold"].to_pylist())
    return {str(name): {k: v[fold == name] for k, v in columns.items()} for name in dict.fromkeys(fold.tolist())}


def posterior_draws() -> Draws:
    """Return the shipped posterior, one float64[200] a parameter."""
    return calibration().posterior


def fold_draws(study: str) -> Draws:
    """Return shipped parameters that have not seen a study."""
    return calibration().unseen(study)


def folds() -> tuple[str, ...]:
    """Return the names of the shipped folds."""
    return tuple(calibration().folds)


def manifest() -> Mapping[str, Any]:
    """Return what made the shipped parameters."""
    return calibration().manifest


def probe(known: Known, draws: Draws, at: Point = MIDDLE) -> dict[str, float]:
    """Return what the law says of each row at a point of the posterior: what must hold for parameters to be fresh."""
    table = table_of([row for row, _ in known])
    middle = {name: float(np.quantile(x, at.quantile)) for name, x in draws.items()}
    everywhere = np.ones(len(table))
    found = log_odds(table, middle, at.log_s * everywhere, at.deviate * everywhere)
    return {row.key: round(float(x), 6) for row, x in zip(table.rows, found, strict=True)}


def said_of(known: Known, draws: Draws) -> dict[str, dict[str, float]]:
    """Return what a manifest says of each row that was fitted, for `stale` to compare: its figure, and the probes."""
    middle, aside = (probe(known, draws, at) for at in (MIDDLE, ASIDE))
    return {
        row.key: {
            "log_odds": target.log_odds,
            "se": target.se,
            "se_reference": target.se_reference,
            "probe": middle[row.key],
            "aside": aside[row.key],
        }
        for row, target in known
    }


def stale(known: Known, made: Calibration | None = None) -> Text | None:
    """Return why parameters do not fit the studies or the law any more, of the rows that they were fitted to.

    Figures of a study that changed, the control's error within, rows that are gone and a law that says something else
    at the posterior's median or aside of it are told; what is not among `known`, as where only some studies are asked
    for, is not looked at, nor what an earlier manifest does not say.
    """
    made = calibration() if made is None else made
    said: Mapping[str, Mapping[str, float]] = made.manifest["rows"]
    asked = [(row, target) for row, target in known if row.study in made.trained]
    if not asked:
        return None
    there, studies = {row.key for row, _ in asked}, {row.study for row, _ in asked}
    for key in said:
        if key not in there and key.split("|")[0] in studies:
            return _stale(key, "is gone", "ไม่มีแล้ว")
    asked = [(row, target) for row, target in asked if row.key in said]  # the others were not fitted
    now = said_of(asked, made.posterior) if asked else {}
    for key, figures in now.items():
        moved = {x for x, value in figures.items() if abs(said[key].get(x, value) - value) > CLOSE}
        if moved & {"log_odds", "se", "se_reference"}:
            return _stale(key, "has another published figure than then", "มีค่าที่ตีพิมพ์ต่างจากเดิม")
        for at, en, th in (("probe", "at the median", "ที่ค่ามัธยฐาน"), ("aside", "aside of the median", "นอกค่ามัธยฐาน")):
            if at in moved:
                new, old = f"{figures[at]:+.3f}", f"{said[key][at]:+.3f}"
                return _stale(
                    key,
                    f"is now predicted as {new} {en}, then as {old}: the law or its coding changed",
                    f"ทำนาย{th}ได้ {new} เดิมได้ {old} แบบจำลองหรือการเข้ารหัสเปลี่ยนไป",
                )
    return None


def _stale(key: str, en: str, th: str) -> Text:
    remedy = _remedy(_package())
    return Text(
        en=f"The calibrated parameters are stale: {key} {en}. {remedy.en}",
        th=f"ค่าพารามิเตอร์ที่ปรับเทียบไว้ล้าสมัย {key} {th} {remedy.th}",
    )
