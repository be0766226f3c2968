"""What each scheme's result rests on: mechanisms, the studies behind them, and where it goes beyond these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from simulation.reports.cells import Cell, Head, Row, Table, name_of
from simulation.reports.sentences import say
from simulation.reports.words import capital, named, plain
from simulation.results.behind import UNTOLD, Beyond, support, thai_studies

MECHANISMS: dict[str, tuple[str, str]] = {
    "jump": ("any reward at all", "การมีรางวัลไม่ว่าเท่าใด"),
    "money": ("the worth of money or goods", "มูลค่าของเงินหรือสิ่งของ"),
    "lottery": ("a prize draw", "การจับรางวัล"),
    "recognition": ("recognition that others see", "การยกย่องให้ผู้อื่นเห็น"),
    "appeal": ("an appeal or a gift beforehand", "การเชิญชวนหรือการให้ก่อน"),
    "commitment": ("a goal or a promise", "เป้าหมายหรือคำมั่น"),
    "team": ("a reward shared with others", "รางวัลที่ได้ร่วมกับผู้อื่น"),
    "comparison": ("comparison with others", "การเทียบกับผู้อื่น"),
    "habit": ("what is left after the end", "ผลที่เหลือหลังสิ้นสุดมาตรการ"),
    "sticky": ("acts that last once taken", "การกระทำที่ทำแล้วคงอยู่"),
    "take_up": ("who signs up", "การตัดสินใจสมัคร"),
    "crowding": ("rewards that replace own reasons", "รางวัลที่เข้าแทนแรงจูงใจภายใน"),
    "peers": ("acts that spread from person to person", "การกระทำที่แพร่จากคนสู่คน"),
    "seeding": ("starting from chosen people in a network", "การเริ่มจากคนที่เลือกในเครือข่าย"),
    "areas": ("incentives for whole areas", "สิ่งจูงใจระดับพื้นที่"),
    "organisations": ("incentives that organisations run or receive", "สิ่งจูงใจที่องค์กรดำเนินการหรือได้รับ"),
}
WHATS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "value_days": (("the worth of an act", "มูลค่าต่อครั้ง"), ("{} days of wage", "{} วันของค่าจ้าง")),
    "offer_weeks": (("the length of the offer", "ระยะเวลาที่เปิด"), ("{} weeks", "{} สัปดาห์")),
    "weeks_after": (("the time after the end", "ระยะเวลาหลังสิ้นสุด"), ("{} weeks", "{} สัปดาห์")),
    "baseline": (("the level without a scheme", "ระดับเมื่อไม่มีมาตรการ"), ("{}%", "ร้อยละ {}")),
}
"""What may lie outside the studies, and its unit."""


@dataclass(frozen=True)
class Before:
    """One arm before anything is run: what this module asks of a summary's arm."""

    facts: Any


@dataclass(frozen=True)
class Asked:
    """Arms before anything is run, each with `title` and `behind`; of `facts` the `pilot` is read."""

    facts: Any
    arms: tuple[Before, ...]


def asked(facts: Any, arms: Sequence[Any]) -> Asked:
    """Return arms in the form in which this module takes a summary."""
    return Asked(facts, tuple(Before(a) for a in arms))


def table(s: Any, lang: str) -> Table | None:
    """Return the studies behind each mechanism that a scheme uses and how well they were predicted; None without any."""
    names = _mechanisms(s)
    if not names:
        return None
    schemes = {name: [a for a in _told(s) if name in _used(a)] for name in names}
    rows = []
    for name in names:
        b = _used(schemes[name][0])[name]
        used_by = _names(s, schemes[name], lang)
        rows.append(Row(capital(mechanism(name, lang)), (Cell(used_by, text=True), *_studied(b, lang))))
    heads = [say(f"behind.head {key}", lang) for key in ("used by", "studies", "error", "inside")]
    return Table(
        say("behind.caption", lang),
        say("behind.head mechanism", lang),
        tuple(Head(text, text, text_column=i == 0) for i, text in enumerate(heads)),
        tuple(rows),
        notes=(say("behind.note", lang),),
    )


def studies(s: Any, lang: str) -> list[tuple[str, list[str]]]:
    """Return the titles of the studies behind each mechanism that a scheme uses; those with none are left out."""
    there = support()["studies"]
    used = {b.mechanism: b.studies for a in _told(s) for b in a.facts.behind.mechanisms}
    return [
        (capital(mechanism(name, lang)), [there[study]["title"][lang] for study in used[name]])
        for name in _mechanisms(s)
        if used[name]
    ]


def said(s: Any, lang: str) -> list[str]:
    """Return what is to be known of the evidence, a sentence each; warnings first, none where nothing is known of it."""
    if not _told(s):
        return []
    return [*warnings(s, lang), *_untold(s, lang), _thai(s, lang), *_predicted(lang), *_pilot(s, lang)]


def short(s: Any, lang: str, by_mechanism: bool = True) -> list[str]:
    """Return the same where it must be short: how many studies, how well predicted, warnings, a pilot.

    Where a table of the mechanisms stands beside it, what is said of each is left out.
    """
    told = _told(s)
    if not told:
        return []
    first = _counted(told[0], lang) if len(told) == 1 else _thai(s, lang)
    each = _by_mechanism(s, lang) if by_mechanism else ()
    return [first, *each, *warnings(s, lang), *_untold(s, lang), *_pilot(s, lang)]


def warnings(s: Any, lang: str) -> list[str]:
    """Return what schemes lean on that no study tells, or that lies outside the range of the studies."""
    return [*_weak(s, lang), *_outside(s, lang), *_kinds(s, lang)]


def gravest(s: Any, lang: str) -> str:
    """Return the one warning about the leading scheme that stands with the answer; empty where there is none."""
    first = s.arms[0].facts.name if s.arms else ""
    of_first = [f for f in s.findings if f.arms[:1] == (first,)]
    for f in sorted(of_first, key=_weak_first):
        if f.kind == "leans on weak evidence":
            return next(_weak(s, lang, (s.arms[0],)))
        if f.kind == "outside the evidence":
            return next(_outside(s, lang, (s.arms[0],)))
    return ""


def line(s: Any, lang: str) -> str:
    """Return one line on the leading scheme: how many studies, how many Thai, and the gravest warning."""
    if not s.arms or s.arms[0].facts.behind is None:
        return ""
    rest = [x for x in (gravest(s, lang), *_pilot(s, lang)) if x]
    return " ".join([_counted(s.arms[0], lang), *rest])


def mechanism(name: str, lang: str) -> str:
    """Name a mechanism."""
    return MECHANISMS[name][lang == "th"]


def range_texts(b: Beyond, lang: str) -> dict[str, str]:
    """Return what lies outside the studies as it is printed: what it is, its value with a unit, the ends."""
    name, unit = (texts[lang == "th"] for texts in WHATS[b.what])
    value, low, high = (_number(b.what, x) for x in (b.value, b.low, b.high))
    return {"what": name, "value": unit.format(value), "low": low, "high": high}


def listed(texts: Sequence[str], lang: str) -> str:
    """Join names in a sentence."""
    if len(texts) < 2:
        return "".join(texts)
    if lang == "th":
        return f"{' '.join(texts[:-1])} และ{texts[-1]}"
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def _counted(a: Any, lang: str) -> str:
    """Say how many studies stand behind one scheme, and how many of them are Thai."""
    b = a.facts.behind
    thai = len(thai_studies([b]))
    here = say("behind.line", lang, **named(name_of(a, lang), lang), studies=_studies(len(b.studies), lang))
    if b.studies:
        here += say(f"behind.line thai {min(thai, 1)}", lang, n=thai)
    return f"{here}." if lang == "en" else here


def _by_mechanism(s: Any, lang: str) -> Iterator[str]:
    """Say how many studies stand behind each mechanism, with the error of their prediction."""
    used = {b.mechanism: b for a in _told(s) for b in a.facts.behind.mechanisms if b.studies}
    found = []
    for name in _mechanisms(s):
        if name in used:
            error = "–" if used[name].mae is None else plain(used[name].mae, 2)
            found.append(f"{mechanism(name, lang)} {len(used[name].studies)} ({error})")
    if found:
        yield say("behind.by mechanism", lang, mechanisms=(" " if lang == "th" else ", ").join(found))


def _pilot(s: Any, lang: str) -> list[str]:
    return [s.facts.pilot.get(lang)] if s.facts.pilot is not None else []


def _weak_first(f: Any) -> bool:
    return bool(f.kind != "leans on weak evidence")


def _told(s: Any, arms: Sequence[Any] | None = None) -> list[Any]:
    return [a for a in (s.arms if arms is None else arms) if a.facts.behind is not None]


def _used(a: Any) -> dict[str, Any]:
    return {b.mechanism: b for b in a.facts.behind.mechanisms}


def _mechanisms(s: Any) -> list[str]:
    """Return the mechanisms that any scheme uses, in one order."""
    return [name for name in MECHANISMS if any(name in _used(a) for a in _told(s))]


def _studied(b: Any, lang: str) -> tuple[Cell, Cell, Cell]:
    if not b.studies:
        return Cell(say("behind.none", lang)), Cell(""), Cell("")
    thai = say("behind.thai", lang, n=b.thai_studies) if b.thai_studies else ""
    return (
        Cell(str(len(b.studies)), thai),
        Cell("–" if b.mae is None else plain(b.mae, 2)),
        Cell("–" if b.coverage90 is None else f"{100 * b.coverage90:.0f}%"),
    )


def _weak(s: Any, lang: str, arms: Sequence[Any] | None = None) -> Iterator[str]:
    """Warn of schemes that work by something no study tells, those of the same kind together."""
    same: dict[tuple[str, ...], list[Any]] = {}
    for a in _told(s, arms):
        if a.facts.behind.weak:
            same.setdefault(a.facts.behind.weak, []).append(a)
    for names, found in same.items():
        names_said = listed([mechanism(n, lang) for n in names], lang)
        yield say("note.leans on weak evidence", lang, schemes=_names(s, found, lang), mechanisms=names_said)


def _outside(s: Any, lang: str, arms: Sequence[Any] | None = None) -> Iterator[str]:
    """Warn of what lies outside the range of the studies, the same of several schemes together."""
    same: dict[tuple[str, float, float, float], list[Any]] = {}
    for a in _told(s, arms):
        for x in a.facts.behind.beyond:
            same.setdefault((x.what, x.value, x.low, x.high), []).append(a)
    for (what, *numbers), found in same.items():
        fields = range_texts(Beyond(what, *numbers), lang)
        yield say("note.outside the evidence", lang, schemes=_names(s, found, lang), **fields)


def _kinds(s: Any, lang: str) -> Iterator[str]:
    kinds = list(dict.fromkeys(k for a in _told(s) for k in a.facts.behind.kinds_unseen))
    if kinds:
        yield say("behind.kinds", lang, kinds=listed([_virtue(k, lang) for k in kinds], lang))


def _virtue(kind: str, lang: str) -> str:
    from simulation.results.rollup import title_of  # it loads pandas, which a quick command does without

    name = str(title_of("virtue", kind).get(lang))
    return name if lang == "th" else name.lower()


def _untold(s: Any, lang: str) -> Iterator[str]:
    """Say which mechanisms change the size of effects though no study tells how much."""
    weak = {name for a in _told(s) for name in a.facts.behind.weak}
    names = [n for n in _mechanisms(s) if n in (*UNTOLD, "take_up") and n not in weak and not _any_study(s, n)]
    if names:
        yield say("behind.untold", lang, Mechanisms=capital(listed([mechanism(n, lang) for n in names], lang)))


def _any_study(s: Any, name: str) -> bool:
    return any(_used(a)[name].studies for a in _told(s) if name in _used(a))


def _thai(s: Any, lang: str) -> str:
    """Say how many of the studies behind these schemes are Thai, and which."""
    behinds = [a.facts.behind for a in _told(s)]
    n, thai = len({study for b in behinds for study in b.studies}), thai_studies(behinds)
    titles = [support()["studies"][study]["title"][lang] for study in thai]
    key = "none" if not thai else "one" if len(thai) == 1 else "some"
    return say(f"behind.{key} thai", lang, studies=_studies(n, lang), n=len(thai), titles=listed(titles, lang))


def _predicted(lang: str) -> Iterator[str]:
    """Say how well all studies were predicted; nothing while they are not scored."""
    found = support()["all"]
    if found["mae"] is not None:
        share = f"{100 * found['coverage90']:.0f}"
        yield say(
            "behind.predicted", lang, studies=_studies(found["studies"], lang), mae=plain(found["mae"], 2), share=share
        )


def _studies(n: int, lang: str) -> str:
    if lang == "th":
        return f"การศึกษา {n} เรื่อง" if n else "ไม่มีการศึกษา"
    return f"{n} {'study' if n == 1 else 'studies'}" if n else "no study"


def _names(s: Any, arms: Sequence[Any], lang: str) -> str:
    """Name schemes in the middle of a sentence: all of them at once, where it is all of several."""
    if len(arms) == len(s.arms) > 1:
        return say("behind.every scheme", lang)
    return listed([named(name_of(a, lang), lang)["a"] for a in arms], lang)


def _number(what: str, x: float) -> str:
    """Print a value or an end of a range in its unit, no finer than it is known."""
    if what == "baseline":
        return f"{100 * x:.2g}" if x < 0.1 else f"{100 * x:.0f}"
    if what in ("offer_weeks", "weeks_after") or x >= 100:
        return f"{x:.0f}"
    return f"{x:.2g}" if x >= 0.001 else f"{x:.4f}"
