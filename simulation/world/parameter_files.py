"""Where the parameters of a run are to come from, as it is asked for: a word, or a table in a file of one's own."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulation.agents.ensemble import FORMER, MODES, RESPONSIVENESS, ParameterSets, ParameterSource
from simulation.agents.priors import bounds_of, priors
from simulation.core.errors import InputError, Problem, ScenarioError
from simulation.core.names import did_you_mean, quoted

FEWEST, MOST = 20, 10_000
_ENDINGS = (".csv", ".parquet")
_NUMBERING = "member"
"""A column that may stand there and says nothing: members are known by their rows."""
Asked = str | Path | ParameterSets
"""What may stand behind `parameters`: "posterior", "default", the path of a table, or a table that was read."""


def parameters_of(
    asked: Asked, behaviours: Sequence[str], argument: str = "parameters", folder: Path | None = None
) -> ParameterSource:
    """Return where parameters come from.

    Args:
        asked: "posterior" ("ensemble", its name before, means the same), "default", the path of a CSV or Parquet table
            with one row a member, or such a table, read already.
        behaviours: Names of the scenario's behaviours.
        argument: What the reader calls it, for messages.
        folder: Where a path starts; the working directory by default.

    Raises:
        InputError: For a word that means nothing, and for a table that cannot be, with file, row, column and value.
    """
    if isinstance(asked, ParameterSets):
        _columns(asked.name or argument, asked.members.names, behaviours)
        return asked
    if asked == FORMER:
        return "posterior"
    for mode in MODES:
        if asked == mode:
            return mode
    if isinstance(asked, str | Path) and (inside := _calibration(Path(asked), folder)):
        raise InputError(
            f"{argument} is {quoted(str(asked))}, the folder of a calibration. Name its table: {inside}.",
            f"{argument} เป็น {quoted(str(asked))} ซึ่งเป็นโฟลเดอร์ของการปรับเทียบ ให้ระบุตารางในนั้น: {inside}",
        )
    if isinstance(asked, str | Path) and is_path(str(asked), folder):
        return _read(Path(asked), folder, behaviours)
    raise _no_source(argument, asked)


def is_path(asked: str, folder: Path | None = None) -> bool:
    """Tell whether a text is meant as a file: by its ending, a folder in it, or a file of that name."""
    try:
        ending = Path(asked).suffix.lower() in _ENDINGS or "/" in asked or "\\" in asked
        return bool(asked.strip()) and (ending or ((folder or Path()) / asked).is_file())
    except (OSError, ValueError):
        return False


def _calibration(asked: Path, folder: Path | None) -> Path | None:
    """Return the table in a folder that `kwamdee calibrate` wrote; None of anything else."""
    table = asked / "posterior.csv"
    try:
        return table if ((folder or Path()) / table).is_file() else None
    except (OSError, ValueError):
        return None


def _no_source(argument: str, asked: object) -> InputError:
    en, th, _ = did_you_mean(asked, MODES) if isinstance(asked, str) else ("", "", "")
    received = quoted(asked) if isinstance(asked, str) else repr(asked)
    return InputError(
        f"{argument} is {received}.{en} It is posterior, default, or the name of a table that ends in .csv or .parquet.",
        f"{argument} เป็น {received}{th} ใช้ได้: posterior, default หรือชื่อไฟล์ตารางที่ลงท้ายด้วย .csv หรือ .parquet",
    )


def _read(path: Path, folder: Path | None, behaviours: Sequence[str]) -> ParameterSets:
    """Read and check the table of a file; raises InputError for the first thing that is wrong with it."""
    from simulation.world.reading import read_bytes, read_table  # pyarrow takes as long to import as a quick command

    there, shown = (folder / path if folder is not None else path), str(path)
    try:
        table = read_table(there, shown)
        raw = read_bytes(there, shown)
    except ScenarioError as error:
        raise _unreadable(shown, error.problems[0]) from None
    names = [name for name in table.columns if name != _NUMBERING]
    _columns(shown, names, behaviours)
    if table.ragged:
        row, cells = table.ragged[0]
        raise InputError(
            f"{shown}, row {row + 1} has {cells} cells; the header has {len(table.columns)}. Give every row as many.",
            f"{shown} แถวที่ {row + 1} มี {cells} ช่อง แต่หัวตารางมี {len(table.columns)} ช่อง ให้ทุกแถวมีจำนวนช่องเท่ากัน",
        )
    _size(shown, table.rows)
    numbers = [_numbers(shown, name, table.columns[name].to_pylist()) for name in names]
    lines = [",".join(names), *(",".join(map(repr, row)) for row in zip(*numbers, strict=True))]
    return ParameterSets("\n".join(lines) + "\n", path.name, shown, hashlib.sha256(raw).hexdigest())


def _unreadable(shown: str, problem: Problem) -> InputError:
    line, line_th = (f", line {problem.line}", f" บรรทัดที่ {problem.line}") if problem.line else ("", "")
    return InputError(
        f"{shown}{line}: {problem.text_en} A table of parameters is CSV or Parquet, with one row a member.",
        f"{shown}{line_th}: {problem.text_th} ตารางพารามิเตอร์เป็นไฟล์ CSV หรือ Parquet หนึ่งแถวต่อหนึ่งชุด",
    )


def _columns(shown: str, names: Sequence[str], behaviours: Sequence[str]) -> None:
    """Raise InputError for a column that is no parameter of this scenario, or where there is none at all."""
    known = (*priors(), RESPONSIVENESS, *(f"{RESPONSIVENESS}_{b}" for b in behaviours))
    for name in names:
        if name in known:
            continue
        en, th, _ = did_you_mean(name, known)
        if name == "weight":
            en, th = " All members count the same.", " ทุกชุดมีน้ำหนักเท่ากัน"
        if name.startswith(f"{RESPONSIVENESS}_"):
            raise _of_another(shown, name, behaviours)
        raise InputError(
            f"{shown}: the column {quoted(name)} is no parameter.{en} Rename it or take it out. "
            f"There are: {', '.join(known)}.",
            f"{shown}: คอลัมน์ {quoted(name)} ไม่ใช่พารามิเตอร์{th} ให้เปลี่ยนชื่อหรือนำออก ที่มี: {', '.join(known)}",
        )
    if not names:
        raise InputError(
            f"{shown}: no column is a parameter. There are: {', '.join(known)}.",
            f"{shown}: ไม่มีคอลัมน์ใดเป็นพารามิเตอร์ ที่มี: {', '.join(known)}",
        )


def _of_another(shown: str, name: str, behaviours: Sequence[str]) -> InputError:
    """Return the error for the responsiveness of a behaviour that this scenario has not, as of another's pilot."""
    behaviour = name.removeprefix(f"{RESPONSIVENESS}_")
    here = ", ".join(behaviours) or "–"
    en, th, _ = did_you_mean(name, [f"{RESPONSIVENESS}_{b}" for b in behaviours])
    return InputError(
        f"{shown}: the column {quoted(name)} is of the behaviour {quoted(behaviour)}, which this scenario has not; it has: "
        f"{here}.{en} What was learned from a pilot holds for its own behaviours: take the scenario of that pilot, or "
        "learn again with this one.",
        f"{shown}: คอลัมน์ {quoted(name)} เป็นของพฤติกรรม {quoted(behaviour)} ซึ่งสถานการณ์นี้ไม่มี ที่มี: {here}{th} "
        "สิ่งที่เรียนรู้จากโครงการนำร่องใช้กับพฤติกรรมของโครงการนั้น ให้ใช้สถานการณ์ของโครงการนำร่องนั้นหรือเรียนรู้ใหม่ด้วยสถานการณ์นี้",
    )


def _size(shown: str, rows: int) -> None:
    if not FEWEST <= rows <= MOST:
        raise InputError(
            f"{shown} has {rows:,} rows; a table of parameters has {FEWEST} to {MOST:,}, one a member. "
            + ("Add members: fewer do not show what is unknown." if rows < FEWEST else "Take every n-th row."),
            f"{shown} มี {rows:,} แถว ตารางพารามิเตอร์ต้องมี {FEWEST} ถึง {MOST:,} แถว หนึ่งแถวต่อหนึ่งชุด "
            + ("ให้เพิ่มชุด เพราะน้อยกว่านี้ไม่แสดงสิ่งที่ยังไม่รู้" if rows < FEWEST else "ให้เลือกเก็บบางแถวโดยเว้นระยะเท่ากัน"),
        )


def _numbers(shown: str, name: str, cells: list[Any]) -> list[float]:
    """Return a column as numbers; raises InputError for the first cell that cannot be."""
    low, high = bounds_of(RESPONSIVENESS if name.startswith(RESPONSIVENESS) else name)
    found = []
    for row, cell in enumerate(cells, start=1):
        value = _number(cell)
        if not low <= value <= high:  # NaN is not
            en, th = ("empty or not a number", "ว่างหรือไม่ใช่จำนวน") if cell is None else (quoted(str(cell)),) * 2
            raise InputError(
                f"{shown}, row {row}, column {quoted(name)}: the value is {en}; it is a number from {low:g} to "
                f"{high:g}. Correct it, or take the column out: then it is drawn as without a table.",
                f"{shown} แถวที่ {row} คอลัมน์ {quoted(name)}: ค่าเป็น {th} ต้องเป็นจำนวนตั้งแต่ {low:g} ถึง {high:g} "
                "ให้แก้ค่า หรือนำคอลัมน์ออกเพื่อให้สุ่มตามปกติ",
            )
        found.append(value)
    return found


def _number(cell: Any) -> float:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return math.nan
