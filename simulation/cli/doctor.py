"""`kwamdee doctor`."""

from __future__ import annotations

import platform

import typer

from simulation.cli.app import app
from simulation.cli.checkup import OK, STATES, Checkup, Package, check_up, install_line
from simulation.cli.ends import BAD_INPUT
from simulation.cli.help import wrapped
from simulation.cli.options import JsonOption, LangOption
from simulation.cli.say import colours, language, say, say_json
from simulation.core.language import LOCALE
from simulation.core.version import VERSION

_LABEL = 18


@app.command()
def doctor(json_: JsonOption = False, lang: LangOption = None) -> None:
    """Look at this installation: versions, memory, cache, fonts, languages, and what is missing.

    Example: kwamdee doctor --lang th
    """
    spoken = language(lang)
    found = check_up(colours())
    if json_:
        say_json(found.to_json())
    else:
        say("\n".join(_lines(found, spoken)))
    if found.faults:
        raise typer.Exit(BAD_INPUT)


def _lines(found: Checkup, lang: str) -> list[str]:
    th = lang == "th"
    lines = [f"Kwamdee {VERSION}, Python {platform.python_version()}, {platform.system()} {platform.machine()}", ""]
    lines += [_row(p.name, _version(p, lang)) for p in found.packages if not p.extra]
    for extra, names in found.missing.items():
        lines += _extra(extra, names, [p for p in found.packages if p.extra == extra], lang)
    lines += ["", *(_row(label, text) for label, text in _surroundings(found, lang)), ""]
    if not found.faults:
        return [*lines, "ทุกอย่างที่การจำลองต้องใช้พร้อมแล้ว" if th else "Nothing is wrong: all that a run needs is there."]
    return [*lines, "สิ่งที่ต้องแก้ไข" if th else "What must be mended:", *(f"  {f[th]}" for f in found.faults)]


def _extra(extra: str, missing: list[str], packages: list[Package], lang: str) -> list[str]:
    """Say what of an extra is there, what it lacks, and the line that installs it."""
    th = lang == "th"
    held = [f"{p.name} {p.found}" for p in packages if p.state == OK]
    lines = [_row(f"[{extra}]", ", ".join(held) or ("ไม่มี" if th else "none"))]
    if missing:
        lines.append(_row("", f"{'ขาด' if th else 'lacks'} {', '.join(missing)}: {install_line(extra)}"))
    return lines + [_row("", _version(p, lang)) for p in packages if p.why]


def _surroundings(found: Checkup, lang: str) -> list[tuple[str, str]]:
    th = lang == "th"
    memory = "?" if found.free_memory is None else f"{found.free_memory / 2**30:.1f} GiB"
    size = f"{found.cache.get('bytes', 0) / 1e6:.1f} MB"
    writable = found.cache.get("writable")
    draws = bool(found.fonts.get("draw_thai"))
    t, s = found.terminal, found.scenarios
    scenarios = f"{', '.join(s['names'])} ({s['folder']})" if s.get("names") else ""
    where = {LOCALE: "ภาษาของระบบ" if th else LOCALE}.get(t["asked_by"], t["asked_by"])
    if th:
        return [
            ("แกนประมวลผล", f"{found.cores}"),
            ("หน่วยความจำว่าง", memory),
            ("ที่เก็บของ Numba", f"{found.cache.get('folder')} {size} {'เขียนได้' if writable else 'เขียนไม่ได้'}"),
            ("แบบอักษรไทย", "ใช้ได้ Matplotlib เขียนภาษาไทยได้" if draws else "ใช้ไม่ได้"),
            ("จอแสดงผล", f"{t['encoding']} เขียนภาษาไทย{'ได้' if t['writes_thai'] else 'ไม่ได้'}"),
            ("ภาษา", f"{t['language']} ({where})"),
            ("สี", "เปิด" if t["colour"] else "ปิด"),
            ("สถานการณ์ที่มีให้", scenarios or "ไม่พบ"),
        ]
    return [
        ("cores", f"{found.cores}"),
        ("free memory", memory),
        ("Numba's cache", f"{found.cache.get('folder')}, {size}, {'writable' if writable else 'not writable'}"),
        ("Thai fonts", "load; Matplotlib draws Thai" if draws else "unusable"),
        ("output", f"{t['encoding']}, {'writes' if t['writes_thai'] else 'cannot write'} Thai"),
        ("language", f"{t['language']} ({where})"),
        ("colours", "on" if t["colour"] else "off"),
        ("scenarios", scenarios or "none"),
    ]


def _version(p: Package, lang: str) -> str:
    state = STATES[lang][p.state]
    needs = f"({p.needs})" if state and p.needs else ""
    return " ".join(part for part in (p.found or "", needs, state, p.why) if part)


def _row(label: str, text: str) -> str:
    from rich.cells import cell_len

    lines = wrapped(text, " " * _LABEL)
    lines[0] = f"{label}{' ' * max(1, _LABEL - cell_len(label))}{lines[0].lstrip()}"
    return "\n".join(line.rstrip() for line in lines)
