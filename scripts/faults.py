"""Make all trials of the tests of faults and write what came of them to docs/reference/faults.md and faults.th.md.

`python -m scripts.faults [--tenth] [ID ...] [FILE.json]`. No figure of the pages is typed. With IDs only these are made, and
kept in the file; `--page FILE.json ...` writes the pages from several such files, so that parts can be made side by side. It needs Linux; the tests with disks of their own, control groups and other users need the superuser.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scripts.faults_words import DONE, FIGURES, PEERS
from simulation.core.version import VERSION, code_digest
from tests.torture.faults.checks import CHECKS
from tests.torture.faults.place import crowded, made
from tests.torture.faults.tally import Tally

ROOT = Path(__file__).parents[1]
PAGES = {"en": ROOT / "docs" / "reference" / "faults.md", "th": ROOT / "docs" / "reference" / "faults.th.md"}
PLAN = ROOT / "tests" / "studies" / "plan"
BAD_INPUT = {
    "B1-B7": [PLAN / "test_mistakes.py", PLAN / "test_read.py", PLAN / "test_command.py"],
    "B8": [PLAN / "test_mistakes.py", "-k", "several_mistakes or same_mistakes"],
    "B9": [PLAN / "test_mistakes.py", "-k", "list_of_points or list_is_read or million_million or count"],
    "B10": [PLAN / "test_mutants.py"],
}


def main(arguments: Sequence[str]) -> int:
    """Make the trials, or write the pages from what was made; return 0 where all passed."""
    full = "--tenth" not in arguments
    names = [a for a in arguments if not a.startswith("-") and not a.endswith(".json")]
    files = [Path(a) for a in arguments if a.endswith(".json")]
    if "--page" in arguments:
        made_ = [json.loads(file.read_text("utf-8")) for file in files]
    else:
        made_ = [_made(names, full)]
        if files:
            files[0].write_text(json.dumps(made_[0]), "utf-8")
    tallies: dict[str, Tally] = {}
    for name, tally in (item for one in made_ for item in one["tallies"].items()):
        test = name.partition(".")[0]
        tallies[test] = tallies[test].with_(Tally(**tally)) if test in tallies else Tally(**tally)
    found = {name: tallies[name] for name in DONE if name in tallies}
    if len(found) == len(DONE):
        for lang, page in PAGES.items():
            page.write_text(_page(found, lang, made_), "utf-8")
    return int(any(tally.failures for tally in found.values()))


def _made(names: Sequence[str], full: bool) -> dict[str, Any]:
    """Make the trials of some tests, or of all, and return what came of them, as plain data."""
    began, crowd, found = time.time(), [crowded()], {}
    folder = Path(tempfile.mkdtemp(prefix="kwamdee-faults-"))
    folder.chmod(0o777)
    place = made(folder)
    try:
        for check in CHECKS:
            if not names or check.name in names or check.name.partition(".")[0] in names:
                found[check.name] = _told(check.name, check.carry_out(place, check.full if full else check.tenth))
                crowd.append(crowded())
    finally:
        place.server.close()
        shutil.rmtree(folder, ignore_errors=True)
    for name, arguments in BAD_INPUT.items():
        if not names or name in names:
            found[name] = _told(name, _by_pytest(arguments, full))
    return {
        "tallies": {name: asdict(tally) for name, tally in found.items()}, "full": full, "code": code_digest()[:8],
        "began": began, "minutes": (time.time() - began) / 60, "crowd": sum(crowd) / len(crowd),
    }  # fmt: skip


def _told(name: str, tally: Tally) -> Tally:
    print(f"{name}: {tally.passed} of {tally.times}; {tally.figures}", *tally.failures, sep="\n  ", flush=True)
    return tally


def _by_pytest(arguments: Sequence[object], full: bool) -> Tally:
    """Return what came of tests that are pytest's: each is a trial."""
    environment = {**os.environ, "KWAMDEE_TORTURE": "10" if full else "1"}
    command = [sys.executable, "-m", "pytest", "--tb=no", "-p", "no:cacheprovider", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    counts = {what: int(n) for n, what in re.findall(r"(\d+) (passed|failed|error)", done.stdout)}
    passed, failed = counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0)
    tally = Tally(passed + failed, passed)
    tally.failures += re.findall(r"^FAILED (.*)$", done.stdout, re.MULTILINE)
    return tally


_WORDS = {
    "en": {
        "title": "Faults and bad input",
        "other": "[ภาษาไทย](faults.th.md)",
        "head": "Written by `{command}`; no figure here is typed. {machine}, {date}, Kwamdee {version}, code {code}; {minutes} minutes in all, in {parts} parts side by side. "
        "The machine did other work too: a second of the processor took up to {crowd:.1f} s of the clock on average. Seconds are of the clock, and limits "
        "of time are stretched by that much.",
        "how": "A study of 100 runs is disturbed in every way of the list below, resumed, and its table compared with that of an "
        "undisturbed study, row for row and bit for bit. A trace that each run writes when it begins and ends tells which "
        "runs were executed, how often and when; it owes nothing to the program. Where the runs themselves are not on trial (D, W, C, "
        "parts of S, 10,000 runs, and three of four kills of the driver) their rows are looked up instead of simulated, and commands are forked from a process that has all "
        "modules loaded, except where loading is on trial.",
        "strict": "What passes: after the resume the table is the undisturbed one to the bit; no kept run is done again; what the command has said is kept, is kept. "
        "Of finished runs no more are lost with a killed driver than end in four seconds: a batch is a second of work, twice in a worker and twice in the driver. "
        "D3 is held to one second of the processor, imports and all. C2's clock is that of the driver alone. Trials of B1 to B10 are tests, of which those of B10 read 10,000 files.",
        "peers": "The column of the peers is of measurements by the authors of this project: the same sweep in 14 set-ups of other tools, "
        "disturbed 264 times; the best of them is given, with passed/made.",
        "table": "| Test | What is done | Trials | Passed | Measured | The peers' best |",
        "failed": "What did not pass",
        "none": "All trials passed.",
        "not": "not made on this machine",
        "section": "The tests",
    },
    "th": {
        "title": "ความขัดข้องและข้อมูลนำเข้าที่ผิด",
        "other": "[English](faults.md)",
        "head": "เขียนโดย `{command}` ไม่มีตัวเลขใดพิมพ์ด้วยมือ {machine} วันที่ {date} Kwamdee {version} รหัสโปรแกรม {code} ใช้เวลารวม {minutes} นาที แบ่งเป็น {parts} ส่วนทำพร้อมกัน "
        "เครื่องทำงานอื่นอยู่ด้วย: หนึ่งวินาทีของหน่วยประมวลผลใช้เวลาตามนาฬิกาเฉลี่ยสูงสุด {crowd:.1f} วินาที เวลาเป็นวินาทีตามนาฬิกา และขีดจำกัดเวลายืดออกตามนั้น",
        "how": "การศึกษา 100 รอบถูกรบกวนทุกวิธีในตารางด้านล่าง แล้วทำต่อ และเทียบตารางผลกับการศึกษาที่ไม่ถูกรบกวนทีละแถวและทุกบิต "
        "บันทึกแยกต่างหากที่แต่ละรอบเขียนเมื่อเริ่มและเมื่อจบ บอกว่ารอบใดถูกทำกี่ครั้งและเมื่อใด โดยไม่อาศัยตัวโปรแกรม "
        "ข้อที่ไม่ได้ทดสอบตัวรอบเอง (D W C บางส่วนของ S 10,000 รอบ และสามในสี่ของการตัดตัวควบคุม) ใช้แถวที่เตรียมไว้แทนการจำลอง "
        "และเริ่มคำสั่งจากโพรเซสที่โหลดทุกอย่างไว้แล้ว เว้นแต่ข้อที่ทดสอบการโหลด",
        "strict": "เกณฑ์ที่ถือว่าผ่าน: หลังทำต่อ ตารางผลตรงกับการศึกษาที่ไม่ถูกรบกวนทุกบิต ไม่ทำรอบที่เก็บแล้วซ้ำ และสิ่งที่คำสั่งแจ้งว่าเก็บแล้วต้องมีอยู่ "
        "เมื่อตัวควบคุมถูกตัด รอบที่จบแล้วหายได้ไม่เกินจำนวนที่จบในสี่วินาที: หนึ่งชุดคืองานหนึ่งวินาที สองชุดในผู้ทำงานและสองชุดในตัวควบคุม "
        "D3 ใช้เวลาหน่วยประมวลผลไม่เกินหนึ่งวินาที รวมการโหลดโปรแกรม นาฬิกาใน C2 คือของตัวควบคุมเท่านั้น จำนวนครั้งของ B1 ถึง B10 คือข้อทดสอบ ซึ่งข้อ B10 อ่าน 10,000 ไฟล์",
        "peers": "ช่องสุดท้ายมาจากการวัดของผู้พัฒนาโครงการนี้เอง: การศึกษาเดียวกันในเครื่องมืออื่น 14 ชุด ถูกรบกวน 264 ครั้ง "
        "แสดงรายที่ดีที่สุด เป็นจำนวนที่ผ่านต่อจำนวนที่ทดสอบ",
        "table": "| ข้อ | สิ่งที่ทำ | ครั้ง | ผ่าน | ที่วัดได้ | เครื่องมืออื่นที่ดีที่สุด |",
        "failed": "สิ่งที่ไม่ผ่าน",
        "none": "ผ่านทุกครั้ง",
        "not": "ไม่ได้ทดสอบบนเครื่องนี้",
        "section": "ข้อทดสอบ",
    },
}


def _page(found: dict[str, Tally], lang: str, made_: Sequence[dict[str, Any]]) -> str:
    words, thai = _WORDS[lang], lang == "th"
    head = words["head"].format(
        command="python -m scripts.faults" + ("" if all(m["full"] for m in made_) else " --tenth"), machine=_machine(thai),
        date=time.strftime("%Y-%m-%d", time.gmtime(min(m["began"] for m in made_))), version=VERSION,
        code=", ".join(sorted({m["code"] for m in made_})), minutes=round(sum(m["minutes"] for m in made_)),
        parts=len(made_), crowd=max(m["crowd"] for m in made_),
    )  # fmt: skip
    rows = [
        f"| {name} | {DONE[name][thai]} | {_count(t, words)} | {t.passed if t.times else ''} | {_measured(t, thai)} "
        f"| {PEERS.get(name, ('', ''))[thai]} |"
        for name, t in found.items()
    ]
    failures = [f"- {name}: `{line}`" for name, t in found.items() for line in t.failures]
    table = [words["table"], "|---|---|---:|---:|---|---|", *rows]
    parts = [
        f"# {words['title']}", f"{head} {words['other']}", words["how"], words["strict"], words["peers"], f"## {words['section']}", "\n".join(table),
        f"## {words['failed']}", "\n".join(failures) or words["none"],
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _count(tally: Tally, words: dict[str, str]) -> str:
    return str(tally.times) if tally.times else words["not"]


def _measured(tally: Tally, thai: bool) -> str:
    """Return the figures of a test, each with its name."""
    named = ((FIGURES[name] if thai else name, value) for name, value in tally.figures.items())
    return "; ".join(
        f"{name}: {value:,}" if isinstance(value, int | float) else f"{name}: {value}" for name, value in named
    )


def _machine(thai: bool) -> str:
    cores = f"{os.cpu_count()} แกน" if thai else f"{os.cpu_count()} cores"
    return f"{platform.system()} {platform.machine()}, {cores}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
