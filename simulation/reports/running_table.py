"""Who runs the schemes that organisations or localities decide on, as a table: share, number, and what would be anyway."""

from __future__ import annotations

from typing import Any

from simulation.reports.cells import Cell, Head, Row, Table, estimated, name_of
from simulation.reports.texts import TEXTS
from simulation.reports.words import plain

Said = tuple[str, str]
CAPTION: Said = ("Who runs the schemes in their last week", "ผู้ดำเนินมาตรการในสัปดาห์สุดท้าย")
HEADS: tuple[Said, ...] = (
    ("Run by", "ผู้ดำเนินการ"),
    ("Run it, %", "ดำเนินมาตรการ, %"),
    ("Number", "จำนวน"),
    ("Of", "จากทั้งหมด"),
    ("Would anyway, %", "ดำเนินการอยู่แล้ว, %"),
    ("Grants to them, baht", "เงินอุดหนุน บาท"),
    ("Paid by them to members, baht", "ส่วนที่ร่วมจ่าย บาท"),
)
RUN_BY: dict[str, Said] = {"organisations": ("organisations", "องค์กร"), "localities": ("localities", "พื้นที่")}
NOTE: Said = (
    "Those that run at least one of the scheme's parts that is theirs to decide on. Anyway: in the same society without any "
    "scheme. Money is of all weeks, the mean of the societies.",
    "นับแห่งที่ดำเนินอย่างน้อยหนึ่งส่วนที่ตนเป็นผู้ตัดสินใจ ดำเนินการอยู่แล้ว คือในสังคมเดียวกันที่ไม่มีมาตรการ เงินรวมทุกสัปดาห์ เฉลี่ยจากสังคมจำลอง",
)


def running(s: Any, lang: str) -> Table | None:
    """Return one row for each arm and kind of unit; None where nobody decides."""
    at = lang == "th"
    rows = tuple(
        Row(
            name_of(a, lang),
            (
                Cell(RUN_BY[r.run_by][at], text=True),
                estimated(r.share, lang, 0, 100.0, sign=False),
                estimated(r.number, lang, 1, sign=False),
                Cell(plain(r.units, 0)),
                estimated(r.share_twin, lang, 0, 100.0, sign=False),
                Cell(plain(r.granted_baht, 0)),
                Cell(plain(r.cofunded_baht, 0)),
            ),
            a.facts.name,
        )
        for a in s.arms
        for r in a.running
    )
    if not rows:
        return None
    heads = tuple(Head(said[at], said[at], text_column=k == 0) for k, said in enumerate(HEADS))
    return Table(CAPTION[at], TEXTS[lang]["scheme"], heads, rows, notes=(NOTE[at],))
