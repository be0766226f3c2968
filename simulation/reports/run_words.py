"""One run in words: a line, a card for a notebook, a table for the terminal."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any

from simulation.reports.behind import asked, short
from simulation.reports.words import points

HEADS = {
    "week": ("week", "สัปดาห์ที่"),
    "with": ("with, %", "เมื่อมีมาตรการ ร้อยละของโอกาส"),
    "without": ("without, %", "เมื่อไม่มีมาตรการ ร้อยละของโอกาส"),
    "effect": ("effect, pp", "ผล จุดร้อยละ"),
    "enrolled": ("taking part", "ผู้เข้าร่วม คน"),
    "paid": ("paid, baht", "จ่าย บาท"),
}


def line_of(run: Any, lang: str) -> str:
    """Say in one line what was run and what it did."""
    title, arm = run.facts.title.get(lang), run.arm.title.get(lang)
    found, society = run.outcomes, run.replicate
    if lang == "th":
        head = f"{title} {arm} สังคมจำลองที่ {society}"
        return f"{head} {_did_th(found)}" if found else head
    head = f"{title}, {arm[:1].lower() + arm[1:]}, society {society}"
    return f"{head}: {_did_en(found)}" if found else head


def _did_en(found: dict[str, float]) -> str:
    after = found["effect_after_pp"]
    later = "" if after != after else f", {points(after)} half a year after"
    return f"{points(found['effect_pp'])} percentage points while it runs{later}"


def _did_th(found: dict[str, float]) -> str:
    after = found["effect_after_pp"]
    later = "" if after != after else f" ครึ่งปีหลังสิ้นสุด {points(after)}"
    return f"ระหว่างดำเนินมาตรการ {points(found['effect_pp'])} จุดร้อยละ{later}"


def caution(lang: str) -> str:
    """Say what one society can tell."""
    if lang == "th":
        return "สังคมจำลองเดียวแสดงว่ามาตรการทำงานอย่างไร ไม่ได้บอกว่าได้ผลเพียงใด"
    return "One society shows how a scheme works, not how well: compare many."


def evidence_of(run: Any, lang: str) -> list[str]:
    """Say which published studies stand behind the arm, how well they were predicted, and what goes beyond them."""
    own = [a for a in run.backed.arms if a.name == run.arm.name]
    return short(asked(run.backed, own), lang)


def card_of(run: Any, escape: Callable[[str], str]) -> str:
    """Return what a notebook shows of a run: a line, the figure, what one society can tell, the studies behind."""
    picture = base64.b64encode(run.plot().png()).decode()
    said = escape(line_of(run, "en"))
    return (
        f'<p><b>{said}</b></p><img alt="{said}" style="max-width:720px;width:100%" src="data:image/png;base64,{picture}">'
        f"<p>{escape(caution('en'))}</p>" + "".join(f"<p>{escape(x)}</p>" for x in evidence_of(run, "en"))
    )


def table_of(run: Any, lang: str, piped: bool = False) -> list[str]:
    """Return the trajectory as lines, a block for each behaviour; Thai heads stand below, in words.

    Args:
        run: The run.
        lang: "en" or "th".
        piped: For a file: ASCII rules and signs.
    """
    lines = []
    for name, title in run.facts.behaviours:
        rows = run.trajectory[run.trajectory["behaviour"] == name]
        lines += [*([title.get(lang)] if len(run.facts.behaviours) > 1 else []), *_block(rows, lang)]
    text = "\n".join(lines)
    return (text.replace("−", "-").replace("─", "-") if piped else text).split("\n")


def _block(rows: Any, lang: str) -> Iterator[str]:
    thai = lang == "th"
    heads = [f"({i})" if thai else en for i, (en, _) in enumerate(HEADS.values(), 1)]
    wide = [max(11, len(h)) for h in heads]
    wide[0] = 5
    yield "  ".join(f"{h:>{w}}" for h, w in zip(heads, wide, strict=True))
    yield "─" * (sum(wide) + 2 * (len(wide) - 1))
    for r in rows.to_dict("records"):
        effect = points(r["effect_pp"], 2) if r["effect_pp"] == r["effect_pp"] else ""
        shares = (_percent(r["acts_share"]), _percent(r["twin_share"]))
        cells = (f"{r['week']}", *shares, effect, f"{r['enrolled']:,}", f"{r['paid_baht']:,.0f}")
        yield "  ".join(f"{c:>{w}}" for c, w in zip(cells, wide, strict=True))
    yield "─" * (sum(wide) + 2 * (len(wide) - 1))
    if thai:
        yield from (f"({i}) {th}" for i, (_, th) in enumerate(HEADS.values(), 1))


def _percent(x: float) -> str:
    return "" if x != x else f"{100 * x:.1f}"
