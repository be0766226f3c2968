"""Where published experiments lie, their designs, and, apart from these, their outcomes.

A folder holds one scenario a study, `ID.toml`, and its outcomes in `outcomes/ID.toml` or as [[observed]] in the file
itself. Designs are read without opening the folder of outcomes, and leave out what a file says as [[observed]].
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import Field

from simulation.core.errors import InputError, Problem, ScenarioError
from simulation.core.names import asked_whether, did_you_mean, listed, quoted
from simulation.core.params import Frozen
from simulation.scenario import files, study_rules
from simulation.scenario.lines import scan
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.scenario.places import FileText
from simulation.scenario.problems import mistakes_of
from simulation.scenario.study import Observed
from simulation.scenario.syntax import parse
from simulation.scenario.within import Mistake

OUTCOMES = "outcomes"
VARIANTS = "variants.toml"
"""The record of structural variants of the law beside the studies; no study itself."""


@dataclass(frozen=True)
class Design:
    """A study as it was known beforehand: its name, its file and its scenario without any published figure."""

    id: str
    path: Path
    scenario: Scenario

    @property
    def digest(self) -> str:
        """Return the sha256 of what bears on a prediction: not of texts, sources, seed, replicates or role."""
        data = self.scenario.model_dump(mode="json")
        for table in ("about", "observed", "sources", "rights"):
            data.pop(table)
        data["run"] = {"weeks": data["run"]["weeks"]}
        data["study"] = _bearing(data["study"])
        return _digest(_without_texts(data))


@dataclass(frozen=True)
class Outcomes:
    """The published figures of a study, and the file that holds them."""

    study: str
    path: Path
    observed: tuple[Observed, ...]

    @property
    def digest(self) -> str:
        """Return the sha256 of the figures; not of notes and sources."""
        rows = [row.model_dump(mode="json", exclude={"note", "source"}) for row in self.observed]
        return _digest(rows)


class OutcomesFile(Frozen):
    """The file of a study's outcomes."""

    study: str
    observed: tuple[Observed, ...] = Field(default=(), strict=False)


def evidence_folder(folder: str | Path | None = None) -> Path:
    """Return the folder of studies: the one given, else that of a checkout or of the installed package.

    Raises:
        InputError: For something that is no folder.
    """
    if folder is None:
        checkout = Path(__file__).parents[3] / "experiments"
        inside = Path(str(resources.files("simulation"))) / "data" / "experiments"
        return (inside if inside.is_dir() else checkout) / "evidence"
    path = Path(folder)
    if not path.is_dir():
        there = path.is_file()
        raise InputError(
            f"{quoted(str(folder))} is {'a file' if there else 'no folder that there is'}. Give the folder that holds the "
            "studies, one TOML file each.",
            f"{quoted(str(folder))} {'เป็นไฟล์' if there else 'ไม่ใช่โฟลเดอร์ที่มีอยู่'} ให้ระบุโฟลเดอร์ที่มีไฟล์งานวิจัย งานละหนึ่งไฟล์ TOML",
        )
    return path


def study_files(folder: str | Path | None = None, studies: Sequence[str] = ()) -> dict[str, Path]:
    """Return the files of a folder's studies by their names, or of those asked for.

    Raises:
        InputError: For a folder without studies, or a name that is none of them, with the nearest.
    """
    place = evidence_folder(folder)
    files_there = [path for path in sorted(place.glob("*.toml")) if path.name != VARIANTS]
    found = {path.stem: path for path in files_there if not path.name.startswith((".", "_"))}
    if not found:
        raise InputError(
            f"{place} holds no study. A study is a TOML file with a [study] table; docs/evidence-file.md shows how to write one.",
            f"{place} ไม่มีไฟล์งานวิจัย งานวิจัยคือไฟล์ TOML ที่มีตาราง [study] วิธีเขียนอยู่ใน docs/evidence-file.th.md",
        )
    for name in studies:
        if name not in found:
            begun = [full for full in found if name and full.startswith(name)][:2]  # by the author alone
            en, th, _ = asked_whether(begun) if begun else did_you_mean(name, found)
            raise InputError(
                f"There is no study {quoted(name)} in {place}.{en} There {'is' if len(found) == 1 else 'are'}: {listed(tuple(found))}.",
                f"ไม่มีงานวิจัย {quoted(name)} ใน {place}{th} ที่มี: {listed(tuple(found))}",
            )
    return {name: path for name, path in found.items() if not studies or name in studies}


def read_designs(folder: str | Path | None = None, studies: Sequence[str] = ()) -> list[Design]:
    """Return the studies of a folder, or those asked for, without their outcomes; no file of outcomes is opened.

    Args:
        folder: The folder; that of the package where it is None.
        studies: Names of studies, the stems of their files; all where it is empty.

    Raises:
        ScenarioError: With every mistake of every file.
        InputError: For a folder without studies, or a name that is none of them.
    """
    designs: list[Design] = []
    errors: list[ScenarioError] = []
    for path in study_files(folder, studies).values():
        try:
            designs.append(read_design(path))
        except ScenarioError as error:
            errors.append(error)
    _raise_all(errors)
    return designs


def read_design(path: Path) -> Design:
    """Return one study without its outcomes; raises ScenarioError with every mistake."""
    scenario = load(path)
    if scenario.study is None:
        en = "This scenario replays no study. Add a [study] table with its citation, or move the file to another folder"
        th = "สถานการณ์นี้ไม่ได้จำลองซ้ำงานวิจัยใด ให้เพิ่มตาราง [study] พร้อมรายการอ้างอิง หรือย้ายไฟล์ไปไว้โฟลเดอร์อื่น"
        raise ScenarioError([Problem(str(path), f"{en}.", th, key="study")])
    bare = scenario.model_copy(update={"observed": ()}).called(path.stem)
    return Design(path.stem, path, bare)


def read_outcomes(design: Design) -> Outcomes:
    """Return the published figures of a study: of `outcomes/ID.toml` beside it, else of its own [[observed]].

    Raises:
        ScenarioError: With every mistake of the file; where both hold figures; where there are none.
    """
    beside = design.path.parent / OUTCOMES / design.path.name
    own = load(design.path).observed
    if not beside.is_file():
        if not own:
            raise _nowhere(design, beside)
        return Outcomes(design.id, design.path, own)
    if own:
        en = f"The figures stand in {beside} too. Keep one of the two"
        th = f"ตัวเลขอยู่ใน {beside} ด้วย ให้เก็บไว้ที่เดียว"
        raise ScenarioError([Problem(str(design.path), f"{en}.", th, key="observed")])
    return Outcomes(design.id, beside, _read(beside, design))


def read_all_outcomes(designs: Iterable[Design]) -> list[Outcomes]:
    """Return the published figures of several studies, in their order; raises ScenarioError with every mistake."""
    found: list[Outcomes] = []
    errors: list[ScenarioError] = []
    for design in designs:
        try:
            found.append(read_outcomes(design))
        except ScenarioError as error:
            errors.append(error)
    _raise_all(errors)
    return found


def _read(path: Path, design: Design) -> tuple[Observed, ...]:
    name, text = files.read(str(path), {}, files.OUTCOMES)
    found = scan(text)
    data = parse(name, found)
    file = FileText(OutcomesFile, name, found)
    made, wrong = mistakes_of(data, file, _mistakes(data, design))
    if wrong:
        wrong.sort(key=lambda f: file.order(f.path))
        raise ScenarioError([f.tell() for f in wrong])
    return tuple(made.observed)


def _mistakes(data: dict[str, Any], design: Design) -> Iterator[Mistake]:
    """Yield what does not hang together: whose figures they are, and each figure with the design."""
    study, said = data.get("study"), design.scenario.model_dump(mode="json")
    if isinstance(study, str) and study != design.id:
        yield Mistake(
            ("study",),
            f"The file is named after the study {quoted(design.id)}, and says {quoted(study)}",
            f"ชื่อไฟล์คืองานวิจัย {quoted(design.id)} แต่ในไฟล์ระบุ {quoted(study)}",
            study,
            (design.id,),
        )
    if data.get("observed", []) == []:
        yield Mistake(
            ("observed",),
            "There is no figure in it. Write each as an [[observed]], with arm, quantity, value, se and provenance",
            "ไม่มีตัวเลขในไฟล์ ให้เขียนแต่ละค่าเป็น [[observed]] พร้อม arm, quantity, value, se และ provenance",
        )
    yield from study_rules.observed({**said, "observed": data.get("observed")})


def _nowhere(design: Design, beside: Path) -> ScenarioError:
    others = {p.stem for p in beside.parent.glob("*.toml")} - {p.stem for p in design.path.parent.glob("*.toml")}
    near = did_you_mean(design.id, sorted(others))[2]
    near_en = f" There is a {near}.toml there, of no design: was that meant?" if near else ""
    near_th = f" ที่นั่นมี {near}.toml ซึ่งไม่มีไฟล์งานวิจัยชื่อนี้ หมายถึงไฟล์นั้นหรือไม่" if near else ""
    en = (
        f"The study {quoted(design.id)} has no outcomes. Write them into {beside}, or as [[observed]] into the file "
        f"itself.{near_en} To score the others meanwhile, name each with --study."
    )
    th = (
        f"งานวิจัย {quoted(design.id)} ไม่มีผลที่ตีพิมพ์ ให้เขียนไว้ใน {beside} หรือเขียน [[observed]] ในไฟล์งานวิจัย{near_th} "
        "หากต้องการให้คะแนนงานอื่นก่อน ให้ระบุแต่ละงานด้วย --study"
    )
    return ScenarioError([Problem(str(design.path), en, th)], whole=True)


def _raise_all(errors: Sequence[ScenarioError]) -> None:
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ScenarioError([p for e in errors for p in e.problems], sum(e.total for e in errors))


_TEXTS = ("title", "source", "mark", "why", "citation", "doi", "setting", "known_beforehand", "role", "note", "unit")


def _bearing(study: dict[str, Any]) -> dict[str, Any]:
    """Return [study] with whether an arm is an approximation, not how that is said."""
    arms = {name: {**arm, "approximation": arm["approximation"] is not None} for name, arm in study["arms"].items()}
    return {**study, "arms": arms, "sample": None}


def _without_texts(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_texts(value) for key, value in data.items() if not (key in _TEXTS and _is_said(value))}
    return [_without_texts(x) for x in data] if isinstance(data, list) else data


def _is_said(value: Any) -> bool:
    """Tell a text, or one in two languages, from an arm or a scheme that bears such a name."""
    return not isinstance(value, dict) or value.keys() <= {"en", "th"}


def _digest(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
