"""The manifest of a study: what it asks, in one file that is whole or not there, and again in every fragment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulation.core.errors import InputError
from simulation.core.version import VERSION
from simulation.results.fragments.layout import Layout
from simulation.results.fragments.writing import put

NAME = "manifest.json"
KIND, FORMAT = "study", 1
SEAL = "sha256"
"""Key of the digest of all other keys; with it a manifest that was damaged, or edited, is known as such."""
IDENTITY = ("digest", "code")
"""Keys that make a study what it is: rows of two studies that differ in one of them do not belong together."""


def sealed(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the manifest with its kind, its format and the digest of the rest.

    Raises:
        KeyError, TypeError, ValueError: Where it has no layout that the store can use, or is no plain JSON.
    """
    Layout.of(manifest)
    bare = {"kind": KIND, "format": FORMAT, **{k: v for k, v in manifest.items() if k != SEAL}}
    plain: dict[str, Any] = json.loads(json.dumps(bare, allow_nan=False))
    return {**plain, SEAL: _digest(plain)}


def text_of(manifest: Mapping[str, Any]) -> str:
    """Return the text of a sealed manifest."""
    return json.dumps(manifest, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def write(folder: Path, manifest: Mapping[str, Any]) -> Path:
    """Write a sealed manifest, whole or not at all; raises OSError where that fails."""
    return put(folder / NAME, text_of(manifest).encode("utf-8"))


def read(folder: Path) -> dict[str, Any] | None:
    """Return the manifest that lies in a folder; None where there is none, or none that is whole.

    Raises:
        InputError: Where it belongs to something other than a study, or to a newer version of the program.
    """
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict):
        return None
    if found.get("kind") != KIND and SEAL not in found:
        raise InputError(
            f"{folder} holds the results of a comparison or a run, not of a study. "
            "Name another folder with --out (in Python: out=).",
            f"{folder} มีผลของการเปรียบเทียบหรือการจำลองรอบเดียว ไม่ใช่ของการศึกษา ให้ระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=)",
        )
    return usable(folder, found)


def usable(folder: Path, found: dict[str, Any]) -> dict[str, Any] | None:
    """Return a manifest in today's format; None where it is damaged. A step from an older format would stand here.

    Raises:
        InputError: Where a newer version of the program wrote it; nothing in the folder is changed then.
    """
    format_ = found.get("format")
    if isinstance(format_, int) and not isinstance(format_, bool) and format_ > FORMAT:
        theirs = found.get("version") or "?"
        raise InputError(
            f"{folder} was written by Kwamdee {theirs}, store format {format_}; this is Kwamdee {VERSION}, which reads "
            f"formats up to {FORMAT}. Nothing was changed. Open it with Kwamdee {theirs} or newer.",
            f"{folder} เขียนโดย Kwamdee {theirs} รูปแบบคลังผลรุ่น {format_} ส่วนรุ่นนี้คือ Kwamdee {VERSION} ซึ่งอ่านได้ถึงรุ่น {FORMAT} "
            f"ไม่มีอะไรถูกเปลี่ยน ให้เปิดด้วย Kwamdee {theirs} หรือใหม่กว่า",
        )
    bare = {k: v for k, v in found.items() if k != SEAL}
    if found.get(SEAL) != _digest(bare) or found.get("kind") != KIND:
        return None
    try:
        Layout.of(found)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return found


def identity(manifest: Mapping[str, Any]) -> str:
    """Return what tells this study from every other: digest of what it asks and of the code that answers."""
    return ":".join(str(manifest.get(key, "")) for key in IDENTITY)


def same_study(folder: Path, there: Mapping[str, Any], here: Mapping[str, Any]) -> None:
    """Raise InputError, with what differs, where a folder holds another study than the one that is asked for."""
    if identity(there) == identity(here):
        return
    if there.get("digest") == here.get("digest"):
        raise _of_other_code(folder, there, here)
    from simulation.results.store import differences  # it needs pandas, which takes long to import

    en, th = differences(*(_telling(m) for m in (there, here)))
    which = str(there.get("digest"))[:8]
    raise InputError(
        f"{folder} holds another study (digest {which}). {en}Name another folder with --out (in Python: out=), "
        "or remove that one.",
        f"{folder} มีการศึกษาอื่นอยู่ (รหัสย่อ {which}) {th}ให้ระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=) หรือลบโฟลเดอร์นั้น",
    )


def _of_other_code(folder: Path, there: Mapping[str, Any], here: Mapping[str, Any]) -> InputError:
    was, now = (f"{m.get('version')} (code {str(m.get('code'))[:8]})" for m in (there, here))
    return InputError(
        f"{folder} was begun by other code: Kwamdee {was} there, Kwamdee {now} here. Runs of two versions are not "
        "mixed. Go on with that version, or begin anew in another folder with --out (in Python: out=). "
        "kwamdee show reads it.",
        f"{folder} เริ่มไว้ด้วยโปรแกรมอีกรุ่นหนึ่ง: ที่นั่น Kwamdee {was} ที่นี่ Kwamdee {now} ผลของสองรุ่นนำมารวมกันไม่ได้ "
        "ให้ทำต่อด้วยรุ่นเดิม หรือเริ่มใหม่ในโฟลเดอร์อื่นด้วย --out (ใน Python: out=) ส่วน kwamdee show อ่านได้",
    )


_FOLLOWS = ("digest", "sha256", "command", "files", "code", "format")
"""Last parts of keys that differ because something else does, or that say nothing to a reader."""


_OF_SCENARIO, _IN_SCENARIO = "definition.scenario.", "definition.study.study.set."
"""The scenario's own keys, and the values that a study puts into it, which stand there."""
_SAID_ONCE = (_IN_SCENARIO, "definition.study.study.parameters", "definition.parameter_sets.")
"""What other keys say: where parameters come from stands in "parameters"."""


def _telling(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a manifest tells a reader how two studies differ, by dotted key."""
    from simulation.results.store import flat  # as above

    found = {k: v for k, v in flat(dict(manifest)).items() if not k.endswith(_FOLLOWS)}
    found = {k.removeprefix(_OF_SCENARIO): v for k, v in found.items() if not k.startswith(_SAID_ONCE)}
    return {**found, "code": f"{manifest.get('version')} ({str(manifest.get('code'))[:8]})"}


def nothing_strange(folder: Path) -> None:
    """Raise InputError where a manifest lies there that is no study's, and nothing else tells what it was."""
    path = folder / NAME
    if path.is_file() and path.stat().st_size:
        raise InputError(
            f"{path} is no manifest that Kwamdee wrote, or it is damaged. Remove it, or name another folder with --out "
            "(in Python: out=).",
            f"{path} ไม่ใช่บันทึกที่ Kwamdee เขียน หรือเสียหาย ให้ลบทิ้ง หรือระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=)",
        )


def _digest(bare: Mapping[str, Any]) -> str:
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
