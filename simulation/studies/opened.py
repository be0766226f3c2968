"""Open a results folder again: the same Comparison that wrote it, also where it is not finished yet."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from simulation.core.errors import InputError, ScenarioError, one_of
from simulation.core.params import Text
from simulation.core.version import code_digest
from simulation.results.fragments.store import Store
from simulation.results.store import MANIFEST, TABLES, parameters_in, read_manifest
from simulation.results.summary import ScenarioFacts, summarise
from simulation.scenario.model import Scenario
from simulation.studies.backed import backed
from simulation.studies.comparison import Comparison
from simulation.studies.facts import facts_of
from simulation.studies.kept import PARTS, Kept
from simulation.studies.run_many import Society, specs_of
from simulation.studies.sweeps.folder import holds_study, study_of

if TYPE_CHECKING:
    from simulation.studies.sweeps.swept import Sweep

_NEEDED = {
    "runs": (
        "run_id",
        "arm",
        "replicate",
        "luck",
        "status",
        "kappa_c",
        "paid_baht",
        "paid_additional_baht",
        "running_baht",
        "ever_live",
    ),
    "series": ("run_id", "week", "behaviour", "group_kind", "group", "acts", "acts_twin", "opportunities", "people"),
    "takeup": ("run_id", "group_kind", "group", "eligible", "ever_live"),
    "parameters": (),
}


def open(folder: str | Path, lang: str | None = None) -> Comparison | Sweep:
    """Return the Comparison, or the Sweep, of a results folder; nothing is run.

    A comparison that was stopped opens too, with the societies that are whole: it says on everything it shows how many
    of its runs are done.

    Args:
        folder: What `compare` or `sweep` wrote, wherever it lies now.
        lang: "en" or "th"; the language of its report by default.

    Raises:
        InputError: For a folder that holds no results, or none yet, or damaged ones; it names the file.

    Example:
        >>> import simulation as kw
        >>> size = ["world.citizens=200", "run.weeks=60"]
        >>> done = kw.compare("bangkok-waste", quick=True, set_=size, replicates=2, out="mine")
        >>> kw.open("mine").effects.equals(done.effects)
        True
    """
    if not isinstance(folder, str | Path):
        raise InputError(
            f"folder is {folder!r}; it is the path of a results folder, which compare wrote.",
            f"folder เป็น {folder!r} ต้องเป็นที่อยู่ของโฟลเดอร์ผลที่ compare เขียน",
        )
    place = Path(folder)
    if lang is not None:
        one_of("lang", lang, ("en", "th"))
    if holds_study(place):
        return open_sweep(place, lang)
    manifest = _manifest(place)
    scenario = _scenario(place, manifest)
    societies = specs_of(scenario, second_luck=not manifest.get("quick", False))  # for their names and number
    finished = manifest["status"] == "finished"
    tables = _whole(place) if finished else _parts(place, societies)
    total = sum(len(s.specs) for s in societies)
    facts = _facts(scenario, manifest, None if finished else (len(tables["runs"]), total), place)
    try:
        summary = summarise(facts, tables["runs"], tables["series"], tables["takeup"], tables["units"])
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged(place, f"its tables do not fit together ({error})", "ตารางไม่สอดคล้องกัน") from error
    return Comparison(scenario, summary, place, lang or _language(place))


def open_sweep(folder: Path, lang: str | None = None) -> Sweep:
    """Return the Sweep of a study's folder, finished or not; nothing is run, nothing is altered."""
    from simulation.studies.sweeps.swept import Sweep

    return Sweep(study_of(folder), Store(folder), lang or "en")


def _manifest(folder: Path) -> dict[str, Any]:
    if not folder.exists():
        raise InputError(f"{folder}: there is no such folder.", f"{folder}: ไม่พบโฟลเดอร์นี้")
    found = read_manifest(folder)
    if found.get("kind") == "run":
        raise InputError(
            f"{folder} holds one run, not a comparison: read its trajectory.parquet.",
            f"{folder} เก็บผลจำลองรอบเดียว ไม่ใช่การเปรียบเทียบ ให้อ่าน trajectory.parquet",
        )
    missing = [key for key in ("definition", "digest", "parameters", "status", "scenario") if key not in found]
    if missing:
        raise _damaged(folder / MANIFEST, f"it lacks {', '.join(missing)}", f"ขาด {', '.join(missing)}")
    return found


def _scenario(folder: Path, manifest: dict[str, Any]) -> Scenario:
    try:
        found = Scenario.from_json(json.dumps(manifest["definition"]))
    except (InputError, ValueError, TypeError, AttributeError) as error:
        first = _first(error)
        raise _damaged(folder / MANIFEST, f"its scenario cannot be read ({first})", "อ่านสถานการณ์ในไฟล์ไม่ได้") from None
    if manifest.get("code") == code_digest() and found.digest != manifest["digest"]:
        raise _damaged(folder / MANIFEST, "its scenario is not that of its digest", "สถานการณ์ไม่ตรงกับรหัสย่อ")
    return found.called(str(manifest["scenario"]))


def _first(error: Exception) -> str:
    return error.problems[0].text_en if isinstance(error, ScenarioError) else str(error).splitlines()[0]


def _whole(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a finished comparison; raises InputError that names a file that is gone or damaged."""
    tables = {name: _read(folder / f"{name}.parquet", _NEEDED[name]) for name in TABLES}
    tables["units"] = _units(folder)
    ok = tables["runs"].loc[tables["runs"]["status"] == "ok", "run_id"]
    for name in ("series", "takeup"):
        lacking = int((~ok.isin(tables[name]["run_id"])).sum())
        if lacking:
            said = f"{lacking} of {len(ok)} runs are not in it"
            raise _damaged(folder / f"{name}.parquet", said, f"ขาด {lacking} จาก {len(ok)} รอบ")
    return tables


def _units(folder: Path) -> pd.DataFrame:
    """Return the counts by area; none of a comparison that was made before they were kept."""
    path = folder / "units.parquet"
    return _read(path, ()) if path.is_file() else pd.DataFrame()


def _read(path: Path, needed: tuple[str, ...]) -> pd.DataFrame:
    if not path.is_file():
        raise InputError(
            f"{path} is missing. Compare again into that folder, or open a complete copy.",
            f"ไม่พบ {path} ให้เปรียบเทียบใหม่ลงโฟลเดอร์นั้น หรือเปิดสำเนาที่ครบถ้วน",
        )
    try:
        found = pd.read_parquet(path)
    except (OSError, ValueError) as error:  # pyarrow's own errors are of these two
        raise _damaged(path, f"it is no Parquet table ({str(error).splitlines()[0]})", "ไม่ใช่ตาราง Parquet") from None
    missing = [c for c in needed if c not in found]
    if missing:
        raise _damaged(path, f"it lacks the column {missing[0]}", f"ขาดคอลัมน์ {missing[0]}")
    return found


def _damaged(path: Path, en: str, th: str) -> InputError:
    return InputError(
        f"{path} is damaged: {en}. Compare again into that folder, or open a complete copy.",
        f"{path} เสียหาย: {th} ให้เปรียบเทียบใหม่ลงโฟลเดอร์นั้น หรือเปิดสำเนาที่ครบถ้วน",
    )


def _parts(folder: Path, societies: list[Society]) -> dict[str, pd.DataFrame]:
    """Return the tables over the societies that are whole so far; raises InputError where there is none."""
    kept = Kept(folder)
    here = [s for s in societies if (folder / PARTS / s.name).is_dir()]
    try:
        tables = {name: kept.table(name, here) for name in (*TABLES, "units")}
    except (OSError, ValueError) as error:
        raise _damaged(folder / PARTS, str(error).splitlines()[0], "อ่านไม่ได้") from None
    if not len(tables["runs"]):
        raise InputError(
            f"{folder} holds no finished run yet. Give the command again that made it: it continues from there.",
            f"{folder} ยังไม่มีรอบที่เสร็จ ให้สั่งคำสั่งเดิมอีกครั้งเพื่อทำต่อ",
        )
    return tables


def _facts(scenario: Scenario, manifest: dict[str, Any], part: tuple[int, int] | None, folder: Path) -> ScenarioFacts:
    """Return what was said of the scenario when it was run: names, command and versions of then.

    The command of one that is not finished names its folder, so that it goes on there.
    """
    name, quick = str(manifest["scenario"]), bool(manifest.get("quick"))
    notices = tuple(Text(**n) for n in manifest.get("world_notices", []))  # its own tables may lie elsewhere by now
    facts = backed(facts_of(scenario, name, quick=quick, notices=notices), manifest)
    command = str(manifest.get("command", ""))
    return replace(
        facts,
        parameters=parameters_in(manifest),
        digest=str(manifest["digest"]),
        command=command if part is None or not command else f"{command} --out {shlex.quote(str(folder))}",
        again=_without_size(command),
        versions=tuple(manifest.get("versions", {}).items()),
        part=part,
    )


def _without_size(command: str) -> str:
    """Return the command without its number of societies, and not as a quick look."""
    words = shlex.split(command)
    for i in reversed([i for i, word in enumerate(words) if word == "--replicates"]):
        del words[i : i + 2]
    return shlex.join(word for word in words if word != "--quick")


def _language(folder: Path) -> str:
    """Return the language of the folder's report: that whose page has no language in its name."""
    return "th" if (folder / "report.en.html").is_file() else "en"
