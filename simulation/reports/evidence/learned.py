"""What a pilot taught, in a terminal: its arms before and after, what moved, and last what to do with it."""

from __future__ import annotations

from math import log
from typing import Any

from simulation.reports.lines import padded, wrapped
from simulation.reports.terminal import Screen, in_ascii
from simulation.reports.words import plain, points

_WIDTH, _LABEL = 80, 9
_CELLS = (10, 19, 19)
TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "title": "What this pilot taught ({over})",
        "eligible": "acts of all who are eligible",
        "enrolled": "acts of those enrolled",
        "legend": "Percent of chances acted on. Before and after: median, and where the figure of a pilot of this size falls 9 times in 10.",
        "arms": "Arm",
        "observed": "Observed",
        "before": "Before",
        "after": "After",
        "parameters": "Parameter",
        "moved": "Moved",
        "moved_legend": "Moved: by how many standard deviations of before its median went.",
        "weeks": "weeks {}–{}",
        "week": "week {}",
        "ended": "after its end",
        "responsiveness": "Responsiveness, {}",
        "answer": "Answer",
        "note": "Note",
        "table": "Table",
        "next": "Next",
        "found": "For {behaviour} people here respond {after} times as strongly as in the middle of published studies ({low} to {high}); before the pilot that was {low0} to {high0}.",
        "narrower": "The pilot leaves {share}% of that range, in logarithms.",
        "wider": "The pilot did not narrow that range.",
    },
    "th": {
        "title": "สิ่งที่โครงการนำร่องนี้สอน ({over})",
        "eligible": "การกระทำของผู้มีสิทธิทุกคน",
        "enrolled": "การกระทำของผู้เข้าร่วม",
        "legend": "ร้อยละของโอกาสที่ลงมือทำ ก่อนและหลัง คือมัธยฐาน และช่วงที่ตัวเลขของโครงการนำร่องขนาดนี้ตกอยู่ 9 ใน 10 ครั้ง",
        "arms": "ทางเลือก",
        "observed": "สังเกตได้",
        "before": "ก่อน",
        "after": "หลัง",
        "parameters": "พารามิเตอร์",
        "moved": "เลื่อน",
        "moved_legend": "เลื่อน คือมัธยฐานเปลี่ยนไปกี่ส่วนเบี่ยงเบนมาตรฐานของก่อนโครงการนำร่อง",
        "weeks": "สัปดาห์ที่ {}–{}",
        "week": "สัปดาห์ที่ {}",
        "ended": "หลังสิ้นสุด",
        "responsiveness": "การตอบสนองต่อ {}",
        "answer": "คำตอบ",
        "note": "หมายเหตุ",
        "table": "ตาราง",
        "next": "ขั้นต่อไป",
        "found": "ด้าน{behaviour} คนที่นี่ตอบสนอง {after} เท่าของค่ากลางในการศึกษาที่ตีพิมพ์ ({low} ถึง {high}) ก่อนโครงการนำร่องเป็น {low0} ถึง {high0}",
        "narrower": "โครงการนำร่องทำให้ช่วงนี้เหลือร้อยละ {share} เมื่อวัดเป็นลอการิทึม",
        "wider": "โครงการนำร่องไม่ได้ทำให้ช่วงนี้แคบลง",
    },
}


def render(found: Any, lang: str, screen: Screen) -> str:
    """Return arms, parameters, answer, notes, where the table lies and the next command."""
    if lang == "th" and not screen.unicode:
        lang = "en"
    t = TEXTS[lang]
    body = [*wrapped(t["title"].format(over=t[found.pilot.over])), *wrapped(t["legend"]), ""]
    body += [_heads(lang, "arms", "observed"), "─" * _WIDTH, *_arms(found, lang), ""]
    body += [_heads(lang, "parameters", "moved"), "─" * _WIDTH, *_parameters(found, lang), "─" * _WIDTH]
    body += [*wrapped(t["moved_legend"]), ""]
    body += _labelled("answer", _answer(found, lang), lang)
    for why in found.cautions.values():
        body += _labelled("note", why.get(lang), lang)
    body += _whole("table", str(found.path), lang)
    command = found.command(lang)
    body += _whole("next", command, lang) if command else []
    text = "\n".join(line.rstrip() for line in body)
    if screen.piped:
        text = text.replace("−", "-").replace("─", "-")
    return text if screen.unicode else in_ascii(text)


def _heads(lang: str, name: str, first: str) -> str:
    t = TEXTS[lang]
    return _line(t[name], (t[first], t["before"], t["after"]), lang)[0]


def _line(name: str, cells: tuple[str, str, str], lang: str) -> list[str]:
    """Return a row of a table; Thai stands last, for its width differs from screen to screen."""
    row = "".join(padded(x, wide) for x, wide in zip(cells, _CELLS, strict=True))
    if lang == "th":
        return [row + name]
    wide = _WIDTH - sum(_CELLS)
    return [padded(name, wide) + row] if len(name) < wide else [name, " " * wide + row]


def _arms(found: Any, lang: str) -> list[str]:
    out = []
    for a in found.arms:
        between = " " if lang == "th" else ", "
        name = f"{found.arm_title(a.seen.row.arm, lang)}{between}{_weeks(a, lang)}"
        before, after = (_range(a.level(draws), 1, 100.0) for draws in (a.before, a.after))
        out += _line(name, (plain(100 * a.seen.level.rate, 1), before, after), lang)
    return out


def _weeks(a: Any, lang: str) -> str:
    t, first, last = TEXTS[lang], a.seen.row.week_from, a.seen.row.week_to - 1
    said = t["weeks"].format(first, last) if last > first else t["week"].format(first)
    return f"{said} {t['ended']}" if a.seen.after else said


def _parameters(found: Any, lang: str) -> list[str]:
    t = TEXTS[lang]
    rows = [(t["responsiveness"].format(found.behaviour_title(b, lang)), m) for b, m in found.responsiveness.items()]
    rows += [(found.parameter_title(name, lang), m) for name, m in found.parameters.items()]
    return [
        line
        for name, m in rows
        for line in _line(name, (points(m.by, 1), _range(m.before, 2), _range(m.after, 2)), lang)
    ]


def _range(r: Any, digits: int, factor: float = 1.0) -> str:
    middle, low, high = (plain(factor * x, digits) for x in (r.median, r.low, r.high))
    return f"{middle} ({low}–{high})"


def _answer(found: Any, lang: str) -> str:
    t, said = TEXTS[lang], []
    for b in found.pilot.behaviours:
        m = found.responsiveness[b]
        low, high, low0, high0 = (plain(x, 2) for x in (m.after.low, m.after.high, m.before.low, m.before.high))
        title = found.behaviour_title(b, lang)
        said.append(
            t["found"].format(
                behaviour=title, after=plain(m.after.median, 2), low=low, high=high, low0=low0, high0=high0
            )
        )
        share = log(m.after.high / m.after.low) / log(m.before.high / m.before.low)
        said.append(t["narrower"].format(share=round(100 * share)) if share < 1 else t["wider"])
    return " ".join(said)


def _labelled(label: str, said: str, lang: str) -> list[str]:
    word = TEXTS[lang][label]
    if lang == "th":
        return [word, *wrapped(said, "  ")]
    first, *more = wrapped(said, " " * _LABEL)
    return [padded(word, _LABEL) + first.lstrip(), *more]


def _whole(label: str, said: str, lang: str) -> list[str]:
    """Set what can be copied on a line that is never broken."""
    word = TEXTS[lang][label]
    return [word, f"  {said}"] if lang == "th" else [padded(word, _LABEL) + said]
