"""What `kwamdee doctor` looks at. Nothing here may fail: what cannot be found out is itself a finding."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from simulation.core.language import asked, speaks_unicode
from simulation.core.version import VERSION

OK, MISSING, UNFIT, BROKEN = "ok", "missing", "unfit", "broken"
STATES = {
    "en": {OK: "", MISSING: "is missing", UNFIT: "does not fit", BROKEN: "does not load"},
    "th": {OK: "", MISSING: "ยังไม่ได้ติดตั้ง", UNFIT: "รุ่นใช้ไม่ได้", BROKEN: "เรียกใช้ไม่ได้"},
}
_LOADED = ("numpy", "pandas", "pyarrow", "pydantic", "matplotlib")
"""What every run loads, imported here to see that it loads; of the rest it is enough that it is there."""
_SAMPLE = "ความดี ผู้ที่"


@dataclass(frozen=True)
class Package:
    """A package: what is there, what is asked, whether that fits; `extra` names the extra that asks, if one does."""

    name: str
    extra: str
    needs: str
    found: str | None
    state: str
    why: str = ""


@dataclass
class Checkup:
    """What was found; `faults` is what a run needs and cannot use, in English and Thai."""

    packages: list[Package] = field(default_factory=list)
    cores: int | None = None
    free_memory: int | None = None
    cache: dict[str, Any] = field(default_factory=dict)
    fonts: dict[str, Any] = field(default_factory=dict)
    scenarios: dict[str, Any] = field(default_factory=dict)
    terminal: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def missing(self) -> dict[str, list[str]]:
        """What is missing or does not fit, by extra."""
        found: dict[str, list[str]] = {}
        for p in self.packages:
            if p.extra:
                found.setdefault(p.extra, []).extend([p.name] if p.state != OK else [])
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the object that `doctor --json` prints."""
        return {
            "usable": not self.faults,
            "faults": [{"en": en, "th": th} for en, th in self.faults],
            "kwamdee": VERSION,
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
            "cores": self.cores,
            "free_memory_bytes": self.free_memory,
            "packages": [vars(p) for p in self.packages],
            "extras": {
                extra: {"missing": names, "install": install_line(extra) if names else None}
                for extra, names in self.missing.items()
            },
            "cache": self.cache,
            "fonts": self.fonts,
            "scenarios": self.scenarios,
            "terminal": self.terminal,
        }


def check_up(colour: bool) -> Checkup:
    """Look at everything; `colour` is whether results are printed in colours."""
    found = Checkup()
    found.packages = list(_packages(found.faults))
    for look in (_machine, _cache, _fonts, _scenarios):
        _tried(look, found)
    said, where = asked()
    found.terminal = {
        "encoding": sys.stdout.encoding,
        "writes_thai": speaks_unicode(sys.stdout),
        "language": said,
        "asked_by": where,
        "colour": colour,
    }
    return found


def install_line(extra: str) -> str:
    """Return the line that installs an extra."""
    return f'pip install "kwamdee[{extra}]"'


def _tried(look: Callable[[Checkup], None], found: Checkup) -> None:
    try:
        look(found)
    except Exception as error:  # said, whatever it is
        what, why = look.__name__.strip("_"), f"{type(error).__name__}: {error}"
        found.faults.append((f"{what} could not be looked at: {why}", f"ตรวจ {what} ไม่ได้: {why}"))


# --- packages ---------------------------------------------------------------------------------------------------


def _packages(faults: list[tuple[str, str]]) -> Iterator[Package]:
    try:
        asked_for = requires("kwamdee") or []
    except PackageNotFoundError:
        faults.append(
            (
                "kwamdee is not installed for this Python, so what it needs is not known: pip install .",
                "ยังไม่ได้ติดตั้ง kwamdee ใน Python นี้ จึงไม่ทราบว่าต้องใช้อะไร: pip install .",
            )
        )
        return
    for line in asked_for:
        package = _package(line)
        if package.state != OK and not package.extra:
            faults.append(_fault(package))
        yield package


def _fault(p: Package) -> tuple[str, str]:
    name, why = f"{p.name} {p.found or ''}".strip(), f" ({p.why})" if p.why else ""
    mend = f'pip install "{p.name}{p.needs}"'
    return f"{name} {STATES['en'][p.state]}{why}: {mend}", f"{name} {STATES['th'][p.state]}{why}: {mend}"


def _package(line: str) -> Package:
    """Look for what one line of the metadata asks for, such as `numba>=0.60; extra == "fast"`."""
    asked_for, _, marker = line.partition(";")
    name, needs = re.fullmatch(r"\s*([\w.-]+)(?:\[.*?\])?\s*\(?(.*?)\)?\s*", asked_for).groups()  # type: ignore[union-attr]
    extra = re.search(r"extra\s*==\s*['\"]([\w-]+)['\"]", marker)
    try:
        there: str | None = version(name)
    except PackageNotFoundError:
        there = None
    state, why = (MISSING, "") if there is None else (OK, "") if fits(there, needs) else (UNFIT, "")
    if state == OK and name in _LOADED:
        try:
            import_module(name)
        except Exception as error:  # a package may break in any way as it loads
            state, why = BROKEN, f"{type(error).__name__}: {error}"
    if state == OK:
        why = _quarrel(name)
        state = UNFIT if why else OK
    return Package(name, extra.group(1) if extra else "", needs, there, state, why)


def _quarrel(name: str) -> str:
    """Say which version Numba wants of NumPy where it is not the one here: the usual reason that it does not load."""
    if name != "numba":
        return ""
    for line in requires(name) or []:
        found = re.match(r"numpy\b\s*\(?([^;)]*)", line)
        if found and not fits(version("numpy"), found.group(1)):
            return f"numba needs numpy{found.group(1).strip()}, numpy is {version('numpy')}"
    return ""


def fits(found: str, needs: str) -> bool:
    """Tell whether a version lies within bounds such as `<4,>=3.3.1`; other kinds of bound are taken to hold."""
    here = _numbers(found)
    for sign, bound in re.findall(r"(<=|>=|<|>)\s*([\w.]+)", needs):
        least = _numbers(bound)
        length = max(len(here), len(least))
        a, b = (tuple([*v, *[0] * (length - len(v))]) for v in (here, least))
        if not {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]:
            return False
    return True


def _numbers(text: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", re.split(r"[a-z+]", text)[0])]


# --- the machine, the cache, the fonts, the scenarios -----------------------------------------------------------


def _machine(found: Checkup) -> None:
    from simulation.studies.estimate import cores, free_memory

    found.cores, found.free_memory = cores(), free_memory() or None


def _cache(found: Checkup) -> None:
    """Look at the folder of compiled passes; one that cannot be written is no fault, each process compiles anew."""
    from simulation.core.compile import cache_folder

    folder = cache_folder().parent
    nearest = next(p for p in (folder, *folder.parents) if p.exists())
    found.cache = {
        "folder": str(folder),
        "bytes": sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) if folder.is_dir() else 0,
        "writable": nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK),
    }


def _fonts(found: Checkup) -> None:
    """Load the package's fonts and draw Thai with Matplotlib."""
    from importlib import resources

    from matplotlib.ft2font import FT2Font

    folder = Path(str(resources.files("simulation"))) / "data" / "fonts"
    files = sorted(folder.glob("*.ttf"))
    thai = [path for path in files if _draws(FT2Font(path))]
    found.fonts = {"folder": str(folder), "found": [p.name for p in files], "draw_thai": [p.name for p in thai]}
    if not thai:
        found.faults.append(
            (
                f"no font of the package draws Thai ({folder}); figures would be in English. Install kwamdee again.",
                f"ไม่มีแบบอักษรที่เขียนภาษาไทยได้ ({folder}) ภาพจะเป็นภาษาอังกฤษ ให้ติดตั้ง kwamdee ใหม่",
            )
        )


def _draws(font: Any) -> bool:
    if not all(font.get_char_index(ord(sign)) for sign in _SAMPLE.replace(" ", "")):
        return False
    font.set_size(12, 100)
    font.set_text(_SAMPLE.replace(" ", ""))
    font.draw_glyphs_to_bitmap()
    return bool(font.get_width_height()[0])


def _scenarios(found: Checkup) -> None:
    from simulation.scenario.load import shipped

    paths = shipped()
    folder = str(next(iter(paths.values())).parent) if paths else None
    found.scenarios = {"folder": folder, "names": list(paths)}
    if not paths:
        found.faults.append(
            ("no shipped scenario was found. Install kwamdee again.", "ไม่พบสถานการณ์ที่มีให้ ให้ติดตั้ง kwamdee ใหม่")
        )
