"""Titles of a study's figures: what each found; subtitles say what it measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.reports.study import indices, measures, words
from simulation.reports.study.names import lower_outcome, percent, subject, title_of
from simulation.reports.study.outcomes import axis_of, name_of, shown
from simulation.reports.study.sentences import say
from simulation.reports.study.texts import TEXTS
from simulation.reports.words import capital, lower

if TYPE_CHECKING:
    from simulation.reports.study.view import StudyView


def title(view: StudyView, lang: str, figure: str) -> str:
    """Return what a figure found, without a full stop."""
    made = {
        "curves": _curves, "tornado": _tornado, "heat": _heat, "ranks": _ranks, "indices": _indices,
        "regions": _regions, "rules": _rules,
    }[figure]  # fmt: skip
    return made(view, lang).rstrip(".")


def subtitle(view: StudyView, lang: str, figure: str) -> str:
    """Return what a figure measures."""
    if figure == "indices":
        method, _, name, _ = indices.blocks(view)[0]
        return f"{indices.METHODS[method][lang == 'th']}{' ' if lang == 'th' else ', '}{name_of(name, lang)}"
    return axis_of(view.lead, lang)


def described(view: StudyView, lang: str, figure: str) -> str:
    """Return a figure for who cannot see it: its kind, what it measures, its finding, where its table is."""
    parts = [
        TEXTS[lang][f"kind_{figure}"],
        subtitle(view, lang, figure),
        title(view, lang, figure),
        TEXTS[lang]["table_follows"],
    ]
    joined = " ".join(parts) if lang == "th" else " ".join(p if p.endswith(".") else f"{p}." for p in parts)
    return joined.replace("−", "ลบ " if lang == "th" else "minus ")


def _curves(view: StudyView, lang: str) -> str:
    seen = [e for e in measures.effects(view) if e.seen]
    if not seen:
        return say("title.curves none", lang, outcome=lower_outcome(view.lead, lang))
    e = seen[0]
    factor = title_of(view.factor(e.factor), lang)
    what = subject(view, e.arm, view.lead, lang)
    fields = {
        "low": shown(view.lead, e.low.mean),
        "high": shown(view.lead, e.high.mean),
    }
    factor = factor if lang == "th" else lower(factor)
    return say(
        "title.curve",
        lang,
        Subject=capital(what),
        subject=what,
        factor=factor,
        **fields,
    )


def _tornado(view: StudyView, lang: str) -> str:
    return words.found(view, lang) if not indices.blocks(view) else words.moved(view, lang)


def _heat(view: StudyView, lang: str) -> str:
    a, b, arm = measures.pair(view)
    means = measures.cells(view, a, b, arm)[2]
    low, high = (float(f(means[means == means])) for f in (min, max))  # NaN is not itself: empty cells are left out
    one, other = (title_of(view.factor(x), lang) for x in (b, a))
    one, other = (one, other) if lang == "th" else (lower(one), lower(other))
    what = subject(view, arm, view.lead, lang)
    return say("title.heat", lang, Subject=capital(what), subject=what, factor=one, other=other, low=shown(view.lead, low), high=shown(view.lead, high))  # fmt: skip


def _ranks(view: StudyView, lang: str) -> str:
    found = measures.leads(view)
    arm, k = measures.firsts(found)[0]
    name = view.title_of(arm, lang)
    return say("title.ranks", lang, Arm=capital(name), arm=name, k=k, n=len(found))


def _regions(view: StudyView, lang: str) -> str:
    ends = measures.extremes(view)
    high, low = (shown(view.lead, row[view.lead]) for row in ends or ())
    name = name_of(view.lead, lang)
    return say("title.regions", lang, Outcome=name, outcome=name, high=high, low=low)


def _rules(view: StudyView, lang: str) -> str:
    found: Any = view.rules
    density, base = float(found.boxes["density"].iloc[0]), found.of_interest / max(1, found.points)
    return say("title.rules", lang, density=percent(density, lang), base=percent(base, lang))


def _indices(view: StudyView, lang: str) -> str:
    return indices.headline(view, lang)
