"""Scheme by scheme: whom each scheme of a package reaches, who took part, what it paid, and how its money ended."""

from __future__ import annotations

from typing import Any

from simulation.reports.cells import Cell, Head, Row, Table, count, name_of
from simulation.reports.of_schemes import titled
from simulation.reports.texts import TEXTS
from simulation.reports.words import plain

Said = tuple[str, str]
CAPTION: Said = ("Scheme by scheme, of arms with several schemes", "รายมาตรการ เฉพาะทางเลือกที่มีหลายมาตรการ")
HEADS: tuple[Said, ...] = (
    ("Eligible", "ผู้มีสิทธิ์"),
    ("Reached", "เข้าถึง"),
    ("Took part", "เคยเข้าร่วม"),
    ("Paid in all, baht", "จ่ายรวม บาท"),
    ("Closed early in", "ปิดก่อนกำหนดใน"),
    ("Waiting at the end", "ผู้รอเมื่อสิ้นสุด"),
)
NOTE: Said = (
    "People and baht of one society, the mean of all. Took part: ever in the scheme while it was offered. Closed early: societies in "
    "which the budget closed the offer. Paid: to people and areas, without services and running costs.",
    "จำนวนคนและเงินเป็นของหนึ่งสังคมจำลอง เฉลี่ยจากทุกสังคมจำลอง เคยเข้าร่วม คือเคยอยู่ในมาตรการขณะที่เปิด ปิดก่อนกำหนด คือจำนวนสังคมจำลอง"
    "ที่งบประมาณทำให้ปิด เงินที่จ่ายนับเฉพาะที่จ่ายแก่คนและพื้นที่ ไม่รวมค่าบริการและค่าดำเนินงาน",
)


def by_scheme(s: Any, lang: str) -> Table | None:
    """Return a row for each scheme below its arm, for arms with several; None where there is no such arm."""
    at, rows = lang == "th", []
    for a in s.arms:
        if len(a.schemes) > 1:
            rows.append(Row(name_of(a, lang)))
            rows += [_row(s, a, x, lang) for x in a.schemes]
    if not rows:
        return None
    heads = tuple(Head(said[at], said[at]) for said in HEADS)
    return Table(CAPTION[at], TEXTS[lang]["scheme"], heads, tuple(rows), notes=(NOTE[at],))


def _row(s: Any, a: Any, x: Any, lang: str) -> Row:
    of = () if x.eligible is None else (x.eligible,)
    cells = (
        _people(x.eligible),
        _people(x.reached, *of),
        _people(x.took_part, *of),
        Cell("·") if x.paid_baht is None else Cell(plain(x.paid_baht, 0)),
        Cell("·" if x.closed is None else count(x.closed[0], s, lang)),
        Cell(plain(x.waiting, 0) if x.when_spent == "waiting-list" else "·"),
    )
    return Row(_name(a, x, lang), cells)


def _people(n: float | None, of: float | None = None) -> Cell:
    """Return a number of people, and which share of those eligible they are."""
    if n is None:
        return Cell("·")
    return Cell(plain(n, 0), f"{100 * n / of:.0f}%" if of else "")


def _name(a: Any, x: Any, lang: str) -> str:
    """Return the scheme's title and, where the arm is for several behaviours, what it is for."""
    title = titled(a.facts, x.name, lang)
    mine = next((f for f in a.facts.schemes if f.name == x.name), None)
    if mine is None or len({f.act.get(lang) for f in a.facts.schemes}) < 2 or title.endswith(")"):
        return title
    return f"{title} ({mine.act.get(lang)})"
