"""Findings in sentences, English and Thai; the same sentences in report, terminal, JSON and notebook.

Reports read a summary through its attributes: they know its shape, not its module.
"""

from __future__ import annotations

from typing import Any

from simulation.reports.sentences import say
from simulation.reports.texts import TEXTS
from simulation.results.intervals import LEAST_FOR_INTERVAL

MINUS = "−"
LIKELIHOOD_TH = {
    "virtually certain": "แทบจะแน่นอน",
    "extremely likely": "เป็นไปได้สูงอย่างยิ่ง",
    "very likely": "เป็นไปได้สูงมาก",
    "likely": "เป็นไปได้สูง",
    "more likely than not": "มีโอกาสเกินครึ่ง",
}
GROUPS: dict[tuple[str, str], tuple[str, str]] = {
    ("income_fifth", "1"): ("the poorest fifth", "กลุ่มรายได้ครัวเรือนน้อยที่สุด"),
    ("income_fifth", "2"): ("the second fifth of incomes", "กลุ่มรายได้ครัวเรือนที่ 2"),
    ("income_fifth", "3"): ("the middle fifth of incomes", "กลุ่มรายได้ครัวเรือนที่ 3"),
    ("income_fifth", "4"): ("the fourth fifth of incomes", "กลุ่มรายได้ครัวเรือนที่ 4"),
    ("income_fifth", "5"): ("the richest fifth", "กลุ่มรายได้ครัวเรือนมากที่สุด"),
    ("sex", "male"): ("men", "ผู้ชาย"),
    ("sex", "female"): ("women", "ผู้หญิง"),
    ("area", "urban"): ("people in towns", "ผู้อยู่ในเขตเมือง"),
    ("area", "rural"): ("people in villages", "ผู้อยู่นอกเขตเมือง"),
    ("sector", "public"): ("members of public organisations", "สมาชิกองค์กรภาครัฐ"),
    ("sector", "private"): ("members of private organisations", "สมาชิกองค์กรภาคเอกชน"),
    ("sector", "civil"): ("members of civil society", "สมาชิกองค์กรภาคประชาสังคม"),
    ("sector", "none"): ("people outside organisations", "ผู้ไม่สังกัดองค์กร"),
}


def points(x: float, digits: int = 1) -> str:
    """Print an effect: sign always, a real minus, never -0.0."""
    text = f"{abs(x):,.{digits}f}"
    if float(text.replace(",", "")) == 0.0:
        return text
    return ("+" if x > 0 else MINUS) + text


def plain(x: float, digits: int = 1) -> str:
    """Print a number without a plus."""
    text = f"{abs(x):,.{digits}f}"
    return text if x > 0 or float(text.replace(",", "")) == 0.0 else MINUS + text


def interval(e: Any, lang: str, digits: int = 1, factor: float = 1.0) -> str:
    """Print "1.4 to 6.8"; without an upper end "4.5 or more"; empty where there is no interval."""
    if e is None or e.low is None:
        return ""
    low = plain(e.low * factor, digits)
    if e.high is None:
        return f"{low} {'ขึ้นไป' if lang == 'th' else 'or more'}"
    return f"{low} {'ถึง' if lang == 'th' else 'to'} {plain(e.high * factor, digits)}"


def group_name(kind: str, group: str, lang: str, short: bool = False) -> str:
    """Name a group of people; `short` leaves out who is meant by the context."""
    if kind == "age_band" and group.endswith("+"):
        older = group.removesuffix("+")
        en = f"aged {older} and over"
        return f"ผู้มีอายุ {older} ปีขึ้นไป" if lang == "th" else (en if short else f"people {en}")
    if kind == "age_band":
        return f"ผู้มีอายุ {group} ปี" if lang == "th" else (f"aged {group}" if short else f"people aged {group}")
    en, th = GROUPS.get((kind, group), (group, group))
    if lang == "th":
        return th
    for lead in ("members of ", "people ", "the ") if short else ():
        en = en.removeprefix(lead)
    return en.removesuffix(" of incomes") if short else en


def weeks_of(first: int, last: int, lang: str) -> str:
    """Print "weeks 4–55", or "week 0" where it is one."""
    if lang == "th":
        return f"สัปดาห์ที่ {first}" + (f"–{last}" if last > first else "")
    return f"weeks {first}–{last}" if last > first else f"week {first}"


def headline(s: Any, lang: str) -> str:
    """Return the answer as one sentence, or that there is none."""
    return say(f"headline.{s.findings[0].kind}", lang, **_of_first(s, lang))


def paragraphs(s: Any, lang: str) -> list[str]:
    """Return size, doubt and what is left, one short paragraph each."""
    if not s.arms:
        return []
    return [p for p in (_size(s, lang), _doubt(s, lang), _left(s, lang)) if p]


def answer(s: Any, lang: str) -> str:
    """Return headline and paragraphs as one text."""
    return " ".join([headline(s, lang), *paragraphs(s, lang)])


def named(name: str, lang: str, letter: str = "a") -> dict[str, str]:
    """Return a name as the fields of a sentence: at its beginning in capitals, in its middle in small letters."""
    return {letter.upper(): name, letter: name if lang == "th" else lower(name)}


def _of_first(s: Any, lang: str) -> dict[str, Any]:
    """Return the fields of the headline and of the doubt about it: its schemes, its counts, its word."""
    f = s.findings[0]
    titles = {a.facts.name: a.facts.title.get(lang) for a in s.arms}
    fields: dict[str, Any] = {
        "societies_are": _too_few(s.societies, lang),
        "least": LEAST_FOR_INTERVAL,
        **f.values,
    }
    for letter, arm in zip("ab", f.arms, strict=False):
        fields |= named(titles.get(arm, ""), lang, letter)
    fields["delta_points"] = in_points(s.facts.smallest_effect_pp, lang)
    fields["word"] = likelihood_word(f.values.get("word"), lang)
    return fields


def likelihood_word(word: Any, lang: str) -> str:
    """Return a word for a likelihood; empty where none is earned."""
    return (LIKELIHOOD_TH[word] if lang == "th" else str(word)) if word else ""


def _too_few(n: int, lang: str) -> str:
    if lang == "th":
        return f"สังคมจำลอง {n} สังคม"
    return "1 society is" if n == 1 else f"{n} societies are"


def _size(s: Any, lang: str) -> str:
    best, f = s.arms[0], s.findings[0]
    name = named(best.facts.title.get(lang), lang)
    e, before = best.effect, 100 * s.baseline
    digits = 1 if f"{before:.0f}" == f"{before + e.mean:.0f}" else 0
    said = say(
        f"size.{_way(e)}",
        lang,
        who=say("size.it" if f.kind in _ABOUT_THE_FIRST else "size.the largest", lang, **name),
        effect=plain(e.mean) if _up(e) else points(e.mean),
        span=bracketed(interval(e, lang)),
        before=plain(before, digits),
        level=plain(before + e.mean, digits),
    )
    return said if len(f.arms) < 2 else f"{said} {_next(s, f.arms[1], lang)}"


def _next(s: Any, arm: str, lang: str) -> str:
    """Say the size of the runner-up's effect."""
    a = s.arm(arm)
    e = a.effect
    return say(
        f"size.next {_way(e)}",
        lang,
        **named(a.facts.title.get(lang), lang, "b"),
        effect=plain(e.mean) if _up(e) else points(e.mean),
        span=bracketed(interval(e, lang)),
    )


def _up(e: Any) -> bool:
    """Tell whether an effect adds something at the digits shown."""
    return bool(round(e.mean, 1) > 0)


def _way(e: Any) -> str:
    """Tell whether an effect adds something at the digits shown, next to nothing, or something else."""
    return "up" if _up(e) else "none" if round(e.mean, 1) == 0 else "other"


_ABOUT_THE_FIRST = ("clear winner", "not settled", "works", "one not settled")
"""Headlines whose subject is the leading scheme, so that the next sentence may say "it"."""


def _doubt(s: Any, lang: str) -> str:
    f = s.findings[0]
    if f.kind not in ("clear winner", "not settled", "tie") or s.facts.parameters == "default":
        return ""
    fields = _of_first(s, lang)
    if f.kind == "not settled" and fields["word"]:
        fields["word"] = say("doubt.word", lang, word=fields["word"])
    return say("doubt.too small" if "works" in f.values else f"doubt.{f.kind}", lang, **fields)


def _left(s: Any, lang: str) -> str:
    best = s.arms[0]
    e, name = best.effect_after, best.facts.title.get(lang)
    if e is None:
        return say("left.none" if best.facts.window.end >= s.facts.weeks else "left.unknown", lang)
    return say("left.some", lang, **named(name, lang), effect=plain(e.mean), span=bracketed(interval(e, lang)))


def what_would_settle(s: Any, lang: str) -> str:
    """Say what would change the reader's mind: a pilot of those not told apart, or what a settled answer rests on."""
    f = s.findings[0]
    if s.facts.parameters == "default" or f.kind not in (*_OPEN, *_DECIDED):
        return ""
    fields = _of_first(s, lang)
    if f.kind in _OPEN:
        return say("settle.pilot" if len(f.arms) > 1 else "settle.pilot one", lang, **fields)
    a = s.arm(f.arms[0])
    if a.facts.rests_on is None:
        return ""
    strength = TEXTS[lang][a.facts.strength]
    return say("settle.rests", lang, **fields, mechanism=a.facts.rests_on.get(lang), strength=strength)


_OPEN = ("not settled", "tie", "one not settled")
_DECIDED = ("clear winner", "works")


def decided(s: Any) -> bool:
    """Tell whether the headline is a settled answer."""
    return s.findings[0].kind in (*_DECIDED, "all without effect")


def how_sure(s: Any, lang: str) -> str:
    """Say how much of the width is luck and how much ignorance, and what would narrow it."""
    split = s.arms[0].spread if s.arms else None
    part = split.luck_share if split is not None else None
    if part is None or s.facts.parameters == "default":
        return ""
    luck, rest = share(part, lang), share(1.0 - part, lang)
    name = named(s.arms[0].facts.title.get(lang), lang)
    return say("sure.luck" if part > 0.5 else "sure.ignorance", lang, luck=luck, Rest=capital(rest), **name)


_SHARES = {
    "en": ("under 1%", "over 99%", "{:.0f}%"),
    "th": ("ไม่ถึงร้อยละ 1", "กว่าร้อยละ 99", "ร้อยละ {:.0f}"),
}


def share(x: float, lang: str) -> str:
    """Print a share of the variance: never finer than a hundredth, never 0 or all of it."""
    under, over, plainly = _SHARES[lang]
    return under if x < 0.01 else over if x > 0.99 else plainly.format(100 * x)


def bracketed(text: str) -> str:
    """Return a text in brackets after a blank; nothing where there is none."""
    return f" ({text})" if text else ""


def capital(text: str) -> str:
    """Return the text with a capital first, the rest as it is."""
    return text[:1].upper() + text[1:]


def in_points(x: float, lang: str = "en") -> str:
    """Print a number of points with its noun."""
    if lang == "th":
        return f"{x:g} จุดร้อยละ"
    return f"{x:g} point" if x == 1 else f"{x:g} points"


def lower(name: str) -> str:
    """Begin a name with a small letter, for the middle of a sentence; abbreviations stay."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def weeks_said(first: int, after: int, lang: str) -> str:
    """Name a window of weeks by its first and its last; `after` is the week after the last."""
    last = after - 1
    weeks = f"{first}–{last}" if last > first else f"{first}"
    return f"{'สัปดาห์ที่' if lang == 'th' else 'weeks' if last > first else 'week'} {weeks}"
