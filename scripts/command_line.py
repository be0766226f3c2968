"""The reference page of the command line in English or Thai, read off the application itself."""

from typing import Any

import typer.main

import simulation.cli  # noqa: F401  the commands join as they load
from scripts.json_fields import FIELDS
from simulation.cli.app import app
from simulation.cli.codes import MEANINGS
from simulation.cli.help import examples, help_of, in_language, names, notes, paragraphs, shown

TEXTS = {
    "title": ("The command line", "คำสั่งทั้งหมด"),
    "other": ("[ภาษาไทย](command-line.th.md)", "[English](command-line.md)"),
    "written": (
        "Written by `python -m scripts.make_reference` from the application itself.",
        "เขียนด้วย `python -m scripts.make_reference` จากโปรแกรมโดยตรง",
    ),
    "whole": ("Every command", "ใช้ได้กับทุกคำสั่ง"),
    "argument": ("argument", "สิ่งที่ต้องระบุ"),
    "option": ("option", "ตัวเลือก"),
    "meaning": ("meaning", "ความหมาย"),
    "codes": ("Exit codes", "รหัสเมื่อจบ"),
    "code": ("code", "รหัส"),
    "variables": ("Environment variables", "ตัวแปรสภาพแวดล้อม"),
    "variable": ("variable", "ตัวแปร"),
    "output": ("What is printed, and where", "แสดงอะไร ที่ใด"),
    "printed": (
        "Results go to stdout; progress, notes and errors to stderr. Colours are printed on a terminal alone, and not where\n"
        "`NO_COLOR` is set or `TERM` is `dumb`. An error is one message in the language asked for, without a traceback, and\n"
        "leaves nothing half-written.",
        "ผลอยู่ที่ stdout ส่วนความคืบหน้า หมายเหตุ และข้อผิดพลาดอยู่ที่ stderr ใช้สีเมื่อแสดงบนจอเท่านั้น\n"
        "และไม่ใช้สีเมื่อตั้ง `NO_COLOR` หรือเมื่อ `TERM` เป็น `dumb` ข้อผิดพลาดเป็นข้อความเดียวในภาษาที่ขอ\n"
        "และไม่ทิ้งไฟล์ที่เขียนค้างไว้",
    ),
    "json": ("JSON", "JSON"),
    "stable": (
        "`--json` prints one JSON object on stdout and nothing else; it does not depend on the language, and holds null, never\n"
        "NaN, for what is not known. It is stable: fields may be added in any version, so pass over those that you do not know;\n"
        "a field that is renamed, removed or changes its meaning or unit is announced under **Migration** in the CHANGELOG.\n"
        "Where a command fails, its message goes to stderr, stdout stays empty and the exit code tells why; `validate`,\n"
        "`verify` and `doctor` print their object also where they end with 2.",
        "`--json` แสดง JSON หนึ่งชุดที่ stdout อย่างเดียว ไม่ขึ้นกับภาษา สิ่งที่ไม่ทราบเป็น null ไม่ใช้ NaN\n"
        "รูปแบบนี้คงที่ รุ่นใหม่อาจเพิ่มช่องได้ จึงให้ข้ามช่องที่ไม่รู้จัก\n"
        "ช่องที่เปลี่ยนชื่อ ถูกตัดออก หรือเปลี่ยนความหมายหรือหน่วย จะประกาศไว้ใต้ **Migration** ใน CHANGELOG\n"
        "เมื่อคำสั่งไม่สำเร็จ ข้อความอยู่ที่ stderr ส่วน stdout ว่าง และรหัสเมื่อจบบอกเหตุ\n"
        "ยกเว้น `validate` `verify` และ `doctor` ที่แสดง JSON แม้จบด้วยรหัส 2",
    ),
    "field": ("field", "ช่อง"),
    "type": ("type", "ชนิด"),
    "prints": ("`{}` prints", "`{}` แสดง"),
}

VARIABLES = {
    "KWAMDEE_LANG": (
        "`en` or `th`: the language where `--lang` is not given. Without it that of `LC_ALL`, `LC_MESSAGES` or `LANG`, Thai\n"
        "where the first of them that is set begins with `th`; English where the output cannot write Thai",
        "`en` หรือ `th` ภาษาเมื่อไม่ได้ระบุ `--lang` ถ้าไม่ตั้งไว้ ใช้ `LC_ALL`, `LC_MESSAGES` หรือ `LANG` ตัวแรกที่ตั้งไว้\n"
        "เป็นภาษาไทยเมื่อขึ้นต้นด้วย `th` และเป็นภาษาอังกฤษเมื่อเขียนภาษาไทยไม่ได้",
    ),
    "KWAMDEE_CACHE": (
        "folder for the compiled passes, in a folder `kwamdee` of its own; default `XDG_CACHE_HOME`, else `~/.cache`",
        "โฟลเดอร์สำหรับส่วนที่แปลแล้ว ในโฟลเดอร์ย่อย `kwamdee` ถ้าไม่ตั้งไว้ ใช้ `XDG_CACHE_HOME` หรือ `~/.cache`",
    ),
    "KWAMDEE_DEBUG": (
        "anything: a bug of ours shows its traceback",
        "ค่าใดก็ได้ ให้แสดงรายละเอียดของข้อผิดพลาดของ Kwamdee เอง",
    ),
    "NO_COLOR": ("anything: no colours", "ค่าใดก็ได้ ไม่ใช้สี"),
    "TERM": ("`dumb`: no colours and no progress bar", "`dumb` ไม่ใช้สีและไม่แสดงแถบความคืบหน้า"),
    "PYTHONUTF8": (
        "`1`: Python writes UTF-8, which Thai needs, also where the system's encoding is another",
        "`1` ให้ Python เขียนแบบ UTF-8 ซึ่งภาษาไทยต้องใช้ แม้ระบบใช้รหัสอื่น",
    ),
}


def page(lang: str) -> str:
    """Return the page in `en` or `th`."""
    group: Any = typer.main.get_command(app)
    top = group.make_context("kwamdee", [], resilient_parsing=True)
    lines = [f"# {_t('title', lang)}", "", _t("other", lang), "", _t("written", lang), ""]
    lines += _command(group, top, lang, _t("whole", lang))
    commands = {name: group.get_command(top, name) for name in group.list_commands(top)}
    for name, command in commands.items():
        if not command.hidden:
            ctx = command.make_context(name, [], parent=top, resilient_parsing=True)
            lines += _command(command, ctx, lang, f"kwamdee {name}")
    lines += [f"## {_t('output', lang)}", "", _t("printed", lang), ""]
    lines += [f"## {_t('codes', lang)}", "", *_table((_t("code", lang), _t("meaning", lang)), _codes(lang)), ""]
    variables = [(f"`{name}`", texts[lang == "th"].replace("\n", " ")) for name, texts in VARIABLES.items()]
    lines += [f"## {_t('variables', lang)}", "", *_table((_t("variable", lang), _t("meaning", lang)), variables), ""]
    lines += [f"## {_t('json', lang)}", "", _t("stable", lang), "", *_objects(lang)]
    return "\n".join(lines).rstrip() + "\n"


def _t(key: str, lang: str) -> str:
    return TEXTS[key][lang == "th"]


def _command(command: Any, ctx: Any, lang: str, heading: str) -> list[str]:
    lines = [f"## {heading}", ""]
    for text in paragraphs(command):
        lines += [in_language(text, lang), ""]
    lines += ["```", *examples(command), "```", ""]
    for kind in ("argument", "option"):
        rows = []
        for p in shown(command, ctx, kind):
            meaning = f"{in_language(help_of(p), lang)} {notes(p, lang)}".replace("\xa0", " ").strip()
            rows.append((f"`{names(p)}`".replace("|", "\\|"), meaning.replace("|", "\\|")))
        if rows:
            lines += [*_table((_t(kind, lang), _t("meaning", lang)), rows), ""]
    return lines


def _codes(lang: str) -> list[tuple[str, ...]]:
    return [(str(code), texts[lang == "th"]) for code, texts in MEANINGS.items()]


def _objects(lang: str) -> list[str]:
    """Return a table for each object; commands that print the same share one."""
    lines: list[str] = []
    head = (_t("field", lang), _t("type", lang), _t("meaning", lang))
    seen: list[object] = []
    for fields in FIELDS.values():
        if any(fields is other for other in seen):
            continue
        seen.append(fields)
        titles = "`, `".join(f"kwamdee {name} --json" for name, other in FIELDS.items() if other is fields)
        rows = [(f"`{path}`", kind, th if lang == "th" else en) for path, kind, en, th in fields]
        lines += [f"### {_t('prints', lang).format(titles)}", "", *_table(head, rows), ""]
    return lines


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *(f"| {' | '.join(row)} |" for row in rows)]
