"""Read a study: a file, its folder, a shipped one by its name, or from Python; all mistakes at once."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from shlex import quote
from typing import Any

import numpy as np

from simulation.agents.ensemble import ParameterSets, ParameterSource
from simulation.core.errors import SHOWN_AT_ONCE, InputError, Problem, ScenarioError
from simulation.core.names import quoted
from simulation.scenario import files
from simulation.scenario.lines import Scan, scan
from simulation.scenario.load import load, shipped
from simulation.scenario.model import Scenario
from simulation.scenario.overrides import SET, put_all, read_all
from simulation.scenario.places import FileText
from simulation.scenario.problems import Found, mistakes_of
from simulation.scenario.syntax import parse
from simulation.scenario.within import Mistake
from simulation.studies.plan import rules
from simulation.studies.plan.against import Against
from simulation.studies.plan.build import design_of
from simulation.studies.plan.keys import path_of
from simulation.studies.plan.spec import StudySpec
from simulation.studies.plan.study import Study, said
from simulation.world.parameter_files import parameters_of

__all__ = ["FILE_NAME", "Study", "load_study", "load_study_text", "shipped_studies", "study"]
FILE_NAME = "study.toml"
_PYTHON = "the study"
_SETTINGS = ("study", "set")
_OF_SCENARIOS = ("world", "behaviours", "arms", "extends")
_OF_STUDY_ALONE = ("levers", "uncertainties", "contrasts", "design")
_OF_STUDY = ("format", "about", "study", "levers", "uncertainties", "contrasts", "design")


def load_study(source: str | Path | Study, overrides: str | Sequence[str] = ()) -> Study:
    """Return the study of a path or a shipped name, with `dotted.key=value` overrides applied.

    Args:
        source: A study file, its folder, the name of a shipped study, or a Study.
        overrides: Changes of the study, such as "study.replicates=5" or "design.points=64", or of its scenario, such as
            "world.citizens=500".

    Raises:
        ScenarioError: With every mistake: file, line, key, value received, what is right, nearest name.
        InputError: For something that is no study.

    Example:
        >>> import simulation as kw
        >>> weeks = {"key": "run.weeks", "values": [90, 104]}
        >>> asked = kw.study("bangkok-waste", {"weeks": weeks}, arms=["recognition"], replicates=3)
        >>> kw.load_study(asked, ["study.replicates=5"]).runs
        10
    """
    settings = [overrides] if isinstance(overrides, str) else list(overrides)
    if isinstance(source, Study):
        return _changed(source, settings) if settings else source
    if not isinstance(source, str | Path):
        raise InputError(
            f"A study is a file's path, its folder, a shipped name ({', '.join(shipped_studies())}) or a Study, "
            f"not {type(source).__name__}.",
            f"การศึกษาต้องเป็นที่อยู่ของไฟล์ โฟลเดอร์ ชื่อที่มีให้ ({', '.join(shipped_studies())}) หรือ Study แต่ได้รับ {type(source).__name__}",
        )
    given = str(source)
    if given in shipped() and given not in shipped_studies() and not Path(given).exists():
        raise _a_scenario(given)
    name, text = files.read(_in_folder(given), shipped_studies(), files.STUDY)
    place = files.place(_in_folder(given), shipped_studies())
    command = " ".join(["kwamdee sweep", quote(given), *(f"--set {quote(s)}" for s in settings)])
    return _of_text(name, text, place, settings, command)


def load_study_text(text: str, place: Path) -> Study:
    """Return the study of a text that is to stand in the file `place`; raises ScenarioError like `load_study`."""
    return _of_text(str(place), text, place, [], "")


def study(
    scenario: str | Path | Scenario,
    levers: Mapping[str, Mapping[str, Any]] | None = None,
    uncertainties: Mapping[str, Mapping[str, Any]] | None = None,
    design: Mapping[str, Any] | None = None,
    arms: Sequence[str] | None = None,
    outcomes: Sequence[str] = ("effect_pp",),
    replicates: int | None = None,
    *,
    target: Mapping[str, Any] | None = None,
    parameters: str | Path = "posterior",
    contrasts: Mapping[str, Mapping[str, Any]] | None = None,
    set: Mapping[str, Any] | None = None,
    keep: str = "outcomes",
    title: Any = None,
    question: Any = None,
    name: str = "",
) -> Study:
    """Return a study made in Python; the arguments are the tables and keys of a study file.

    Args:
        scenario: A Scenario, a file's path or a shipped name.
        levers: What policy sets: for each name a dict such as {"key": "run.weeks", "range": [26, 104], "levels": 3}.
        uncertainties: What nobody knows, likewise.
        design: How points are chosen, such as {"kind": "latin-hypercube", "points": 100}; a grid where it is left out.
        arms: Arms that are run; all that have schemes where it is left out.
        outcomes: Outcomes that are judged; the first leads.
        replicates: Simulated societies at each point; 20 where neither this nor a target is given.
        target: Instead of replicates, such as {"mcse": 0.2, "outcome": "effect_pp"}.
        parameters: "posterior", "default", or the path of a table of one's own.
        contrasts: Differences between arms, such as {"lead": {"arm": "a", "less": "b"}}.
        set: Values of the scenario that hold at every point, by dotted key.
        keep: "outcomes" or "series".
        title: Title, a text or {"en": ..., "th": ...}; the scenario's where it is left out.
        question: Question, likewise.
        name: Short name.

    Raises:
        ScenarioError: With every mistake: argument, value received, what is right, nearest name.

    Example:
        >>> import simulation as kw
        >>> size = {"key": "arms.fee_discount.schemes.fee.baht_per_month", "range": [0, 80], "levels": 5}
        >>> kw.study("bangkok-waste", levers={"size": size}, arms=["fee_discount"], replicates=4).points
        5
    """
    given = scenario if isinstance(scenario, Scenario) else None
    table = {
        "scenario": _plain(scenario) if given is None else given.name or "the scenario",
        "set": _plain(set),
        "arms": _plain(arms),
        "outcomes": _plain(outcomes),
        "replicates": _plain(replicates),
        "target": _plain(target),
        "parameters": _plain(parameters),
        "keep": keep,
    }
    data: dict[str, Any] = {
        "format": 1,
        "study": {key: value for key, value in table.items() if value is not None},
        "levers": _plain(levers if levers is not None else {}),
        "uncertainties": _plain(uncertainties if uncertainties is not None else {}),
        "contrasts": _plain(contrasts if contrasts is not None else {}),
        "design": _plain(design if design is not None else {"kind": "grid"}),
    }
    if title is not None or question is not None:
        asked = title if question is None else question
        data["about"] = {"title": _text(asked if title is None else title), "question": _text(asked)}
    file = FileText(StudySpec, _PYTHON, Scan(""))
    try:
        return _checked(data, file, None, given, name, [], "")
    except ScenarioError as error:
        raise ScenarioError([_argument(p) for p in error.problems], error.total) from None


def shipped_studies() -> dict[str, Path]:
    """Return the studies that come with Kwamdee, by name."""
    checkout = Path(__file__).parents[3] / "experiments"
    inside = Path(str(resources.files("simulation"))) / "data" / "experiments"
    folder = inside if inside.is_dir() else checkout
    return {p.parent.name: p for p in sorted(folder.glob(f"*/{FILE_NAME}"))}


def _in_folder(source: str) -> str:
    """Return the study file of a folder that holds one; anything else as it is."""
    try:
        inside = Path(source) / FILE_NAME
        return str(inside) if inside.is_file() and source.strip() else source
    except (OSError, ValueError):
        return source


def _of_text(name: str, text: str, place: Path, settings: Sequence[str], command: str) -> Study:
    found = scan(text)
    data = parse(name, found)
    if not data:
        raise files.empty(name, text, files.STUDY)
    if any(key in data for key in _OF_SCENARIOS) and not any(key in data for key in _OF_STUDY_ALONE):
        raise _a_scenario(name)
    stem = place.resolve().parent.name if place.name == FILE_NAME else place.stem
    return _checked(data, FileText(StudySpec, name, found), place.resolve().parent, None, stem, settings, command)


def _a_scenario(name: str) -> ScenarioError:
    """Say that a scenario was given where a study is asked for."""
    scenario = quoted(Path(name).name)
    en = f"This is a scenario, not a study. A study names it, says what is varied and at which points: [study] scenario = {scenario}, [levers.NAME], [design]."
    th = f"นี่คือสถานการณ์ ไม่ใช่การศึกษา ไฟล์การศึกษาระบุสถานการณ์ สิ่งที่เปลี่ยน และจุดที่จำลอง: [study] scenario = {scenario}, [levers.NAME], [design]"
    return ScenarioError([Problem(name, en, th)], whole=True)


def _changed(given: Study, settings: Sequence[str]) -> Study:
    """Return a study with overrides put in."""
    data = said(given.spec)
    if given.design.rows:
        names = [f.facts.name for f in given.design.factors]
        data["design"] = {"kind": "list", "rows": [dict(zip(names, row, strict=True)) for row in given.design.rows]}
    data["study"].pop("set", None)
    file = FileText(StudySpec, _PYTHON, Scan(""))
    command = " ".join([given.command, *(f"--set {quote(s)}" for s in settings)]) if given.command else ""
    return _checked(data, file, None, given.scenario, given.name, settings, command, given.sets)


def _checked(
    data: dict[str, Any],
    file: FileText,
    folder: Path | None,
    scenario: Scenario | None,
    name: str,
    settings: Sequence[str],
    command: str,
    sets: ParameterSets | None = None,
) -> Study:
    """Return the study that the data make, with `sets` where they are those it names; raises ScenarioError with every mistake."""
    data = copy.deepcopy(data)
    problems: list[Problem] = []
    if settings:
        paths, problems = _put_in(data, settings)
        file = replace(file, overridden=paths, elsewhere=SET)
    found_scenario, mistakes, others = _scenario_of(data, folder, scenario)
    problems += others
    source, wrong = _parameters_of(data, folder, found_scenario, sets)
    against = Against(found_scenario, folder)
    between = [*mistakes, *wrong, *rules.mistakes(data), *against.mistakes(data)]
    spec, found = mistakes_of(data, file, between)
    problems += against.problems
    if found or problems:
        _refuse(found, problems, against.wrong - len(against.problems), file)
    assert found_scenario is not None
    return Study(
        spec,
        found_scenario,
        design_of(spec, found_scenario, against.rows),
        name or _named(found_scenario),
        command,
        source if isinstance(source, ParameterSets) else None,
    )


def _parameters_of(
    data: dict[str, Any], folder: Path | None, scenario: Scenario | None, sets: ParameterSets | None
) -> tuple[ParameterSource, list[Mistake]]:
    """Return where the parameters come from, and what is wrong with that; the table of a study read before is kept."""
    asked = rules.table(data, "study").get("parameters", "posterior")
    if not isinstance(asked, str) or not 0 < len(asked) <= 1000 or scenario is None:
        return "posterior", []  # told elsewhere
    if sets is not None and asked in (sets.place, sets.name):
        return sets, []
    try:
        return parameters_of(asked, tuple(scenario.behaviours), "It", folder), []
    except InputError as error:
        path = ("study", "parameters")
        return "posterior", [Mistake(path, str(error).rstrip("."), error.th, asked)]


def _refuse(found: list[Found], problems: list[Problem], more: int, file: FileText) -> None:
    """Raise ScenarioError with the first mistakes in file order; all are counted."""
    found.sort(key=lambda f: file.order(f.path))
    told = [f.tell() for f in found[: max(0, SHOWN_AT_ONCE - len(problems))]]
    told = [replace(p, key=p.key.removeprefix("study.set.")) if p.file == SET else p for p in told]
    raise ScenarioError([*problems, *told], total=len(problems) + more + len(found))


def _put_in(data: dict[str, Any], settings: Sequence[str]) -> tuple[tuple[tuple[str, ...], ...], list[Problem]]:
    """Put overrides into the raw data: keys of the study into its tables, keys of the scenario into `study.set`."""
    changes, problems = read_all(settings)
    paths: list[tuple[str, ...]] = []
    for key, value in changes:
        path = path_of(key)
        if path and path[0] in _OF_STUDY:
            put, wrong = put_all(data, [(key, value)])
            paths, problems = [*paths, *put], [*problems, *wrong]
            if path == ("study", "replicates") and isinstance(data.get("study"), dict):
                data["study"].pop("target", None)
            if path == ("study", "target") and isinstance(data.get("study"), dict):
                data["study"].pop("replicates", None)
        elif isinstance(data.setdefault("study", {}), dict) and isinstance(data["study"].setdefault("set", {}), dict):
            data["study"]["set"].pop(key, None)
            data["study"]["set"][key] = value
            paths.append((*_SETTINGS, key))
    return tuple(paths), problems


def _scenario_of(
    data: dict[str, Any], folder: Path | None, given: Scenario | None
) -> tuple[Scenario | None, list[Mistake], list[Problem]]:
    """Return the scenario with the study's values put in, and what is wrong with either."""
    study = rules.table(data, "study")
    scenario, problems = given, list[Problem]()
    wanted = study.get("scenario")
    if scenario is None:
        if not isinstance(wanted, str) or not 0 < len(wanted) <= 1000:
            return None, [], []
        try:
            scenario = load(_place_of(wanted, folder))
        except ScenarioError as error:
            return None, [_unreadable(wanted, error)], [] if error.whole else list(error.problems)
        except (OSError, ValueError):
            return None, [_no_name(wanted)], []
    changes = {key: (path, _at(study["set"], path)) for path, key in rules.flat(study.get("set"))}
    if not changes:
        return scenario, [], problems
    try:
        return scenario.with_({key: value for key, (_, value) in changes.items()}), [], problems
    except ScenarioError as error:
        return scenario, [_unfit(p, changes) for p in error.problems], problems


def _place_of(wanted: str, folder: Path | None) -> str:
    """Return the scenario file: one found from the study's folder, else a shipped name."""
    try:
        beside = folder / wanted if folder is not None else Path(wanted)
        return wanted if wanted in shipped() and not beside.is_file() else str(beside)
    except (OSError, ValueError):
        return wanted


def _unreadable(wanted: str, error: ScenarioError) -> Mistake:
    if not error.whole:
        en = (
            f"This scenario has {error.total:,} mistakes of its own"
            if error.total > 1
            else "This scenario has a mistake of its own"
        )
        return Mistake(("study", "scenario"), en, f"สถานการณ์นี้มีข้อผิดพลาดในตัวเอง {error.total:,} จุด", wanted)
    problem = error.problems[0]
    en, _, rest = problem.text_en.partition("\n")
    th, _, rest_th = problem.text_th.partition("\n")
    place = f"{problem.file}: " if problem.file != wanted else ""
    return Mistake(
        ("study", "scenario"),
        f"{place}{en}\n{rest}".rstrip().rstrip("."),
        f"{place}{th}\n{rest_th}".rstrip(),
        wanted if not problem.suggestion else "",
    )


def _no_name(wanted: str) -> Mistake:
    return Mistake(("study", "scenario"), "This is no name that a file can have", "ใช้เป็นชื่อไฟล์ไม่ได้", wanted)


def _unfit(problem: Problem, changes: Mapping[str, tuple[tuple[str, ...], Any]]) -> Mistake:
    """Return a mistake of the scenario that a value of `study.set` brought, at that value."""
    path = next((p for key, (p, _) in changes.items() if problem.key in (key, ".".join(path_of(key)))), ())
    en, th = problem.text_en, problem.text_th
    if not path:
        en, th = f"{problem.key}: {en}", f"{problem.key}: {th}"
    return Mistake((*_SETTINGS, *path), en.rstrip("."), th, problem.received, rule=problem.rule)


def _at(settings: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        settings = settings[part]
    return settings


def _named(scenario: Scenario) -> str:
    return f"{scenario.name}-study" if scenario.name else "study"


def _argument(problem: Problem) -> Problem:
    """Return a problem that names the argument of `study`."""
    key = problem.key.removeprefix("study.").removeprefix("about.")
    return replace(problem, key="study" if problem.key == "study" else key)


def _text(value: Any) -> Any:
    return {"en": value} if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> Any:
    """Return plain data of what may be NumPy's, a tuple, a range or a path."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | range):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Path) else value
