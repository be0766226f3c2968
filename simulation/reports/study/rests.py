"""What the arms of a study rest on, said of the scenario's own values and of each factor's ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulation.reports import behind
from simulation.reports.study.names import arm_of, title_of, value
from simulation.reports.study.sentences import say
from simulation.reports.words import lower

if TYPE_CHECKING:
    from simulation.core.params import Text
    from simulation.reports.cells import Table
    from simulation.reports.study.view import StudyView
    from simulation.results.behind import Behind, Beyond


@dataclass(frozen=True)
class _Arm:
    name: str
    title: Text
    behind: Behind | None


def said(view: StudyView, lang: str, by_mechanism: bool = True) -> list[str]:
    """Return what stands behind the arms that are compared, and where factors go beyond it; none where nobody looked."""
    if view.rests is None:
        return []
    return [*behind.short(_asked(view), lang, by_mechanism), *_at_ends(view, lang), *_scope(view, lang)]


def table(view: StudyView, lang: str) -> Table | None:
    """Return the studies behind each mechanism and how well they were predicted; None where nobody looked."""
    return None if view.rests is None else behind.table(_asked(view), lang)


def studies(view: StudyView, lang: str) -> list[tuple[str, list[str]]]:
    """Return the titles of the studies behind each mechanism."""
    return [] if view.rests is None else behind.studies(_asked(view), lang)


def _asked(view: StudyView) -> behind.Asked:
    rests: Any = view.rests
    return behind.asked(rests, [_Arm(name, title, rests.arms.get(name)) for name, title in view.judged_arms])


def _at_ends(view: StudyView, lang: str) -> list[str]:
    """Say what each factor reaches at an end of its values, the same of several arms together."""
    same: dict[tuple[str, Any, Beyond | tuple[str, ...]], list[str]] = {}
    for end in view.rests.ends if view.rests is not None else ():
        for what in (*end.beyond, *((end.weak,) if end.weak else ())):
            same.setdefault((end.factor, end.value, what), []).append(end.arm)
    return [_end(view, key, arms, lang) for key, arms in same.items()]


def _end(view: StudyView, key: tuple[str, Any, Any], arms: list[str], lang: str) -> str:
    name, at, what = key
    factor = view.factor(name)
    title = title_of(factor, lang)
    fields = {
        "factor": title if lang == "th" else lower(title),
        "at": value(factor, at, lang),
        "schemes": behind.listed([arm_of(view, arm, lang) for arm in arms], lang),
    }
    if isinstance(what, tuple):
        names = behind.listed([behind.mechanism(x, lang) for x in what], lang)
        return say("rests.weak at end", lang, **fields, mechanisms=names)
    return say("rests.outside at end", lang, **fields, **behind.range_texts(what, lang))


def _scope(view: StudyView, lang: str) -> list[str]:
    """Say at which values this was looked up."""
    rests: Any = view.rests
    if not rests.looked and not rests.not_looked:
        return []
    if not rests.looked:
        return [say("rests.scenario alone", lang)]
    out = [say("rests.one by one", lang)]
    if rests.not_looked:
        names = [title_of(view.factor(name), lang) for name in rests.not_looked]
        out.append(say("rests.not looked", lang, factors=behind.listed(names, lang)))
    return out
