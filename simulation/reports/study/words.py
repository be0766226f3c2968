"""What a study found, in sentences: the same in terminal, report, card and JSON."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

from simulation.reports.study import indices, measures
from simulation.reports.study.names import arm_of, count, error, lower_outcome, span, subject, title_of, value
from simulation.reports.study.outcomes import outcome, shown, size, with_unit
from simulation.reports.study.sentences import say
from simulation.reports.words import capital, in_points, lower

if TYPE_CHECKING:
    from simulation.reports.study.measures import Effect
    from simulation.reports.study.view import StudyView
    from simulation.results.responses.facts import StudyFacts

_WIDTH = 80
_WORTH_SAYING = 0.05  # share of the variance from which two factors are said to act together
DESIGNS = {
    "grid": ("full grid", "ตารางครบทุกคู่ค่า"),
    "latin-hypercube": ("Latin hypercube", "ลาตินไฮเปอร์คิวบ์"),
    "sobol": ("Sobol' sequence", "ลำดับโซโบล"),
    "saltelli": ("Saltelli sample", "ตัวอย่างแบบซัลเตลลี"),
    "morris": ("Morris trajectories", "เส้นทางแบบมอร์ริส"),
    "list": ("list of points", "รายการจุด"),
}
"""Kinds of design in words."""


# --- what was asked -------------------------------------------------------------------------------------------------


def asked(facts: StudyFacts, lang: str) -> list[str]:
    """Return title and question, broken into lines."""
    lines = [f"{facts.title.get(lang)} ({facts.name})"]
    return [*lines, *textwrap.wrap(facts.question.get(lang), _WIDTH, break_long_words=False)]


def sizes(facts: StudyFacts, lang: str) -> list[str]:
    """Return points times societies times arms, the design, the scenario and the seed, broken into lines."""
    design = DESIGNS.get(facts.design, (facts.design, facts.design))[lang == "th"]
    runs = facts.points * facts.replicates * len(facts.arms)
    if lang == "th":
        text = (
            f"{facts.points:,} จุด x {facts.replicates:,} สังคมจำลอง x {len(facts.arms)} ทางเลือก = {runs:,} รอบ "
            f"แบบแผน: {design} สถานการณ์ {facts.scenario} เลขสุ่มตั้งต้น {facts.seed}"
        )
    else:
        text = (
            f"{count(facts.points, 'point')} x {count(facts.replicates, 'society', 'societies')} x "
            f"{count(len(facts.arms), 'arm')} = {count(runs, 'run')}; {design}; scenario {facts.scenario}; seed {facts.seed}"
        )
    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


# --- the answer -----------------------------------------------------------------------------------------------------


def headline(view: StudyView, lang: str) -> str:
    """Return the answer as one sentence, or that there is none yet."""
    if not len(view.points):
        return say("headline.empty", lang)
    if not view.finished:
        return say("headline.unfinished", lang, done=f"{view.done:,}", total=f"{view.total:,}")
    return found(view, lang)


def found(view: StudyView, lang: str) -> str:
    """Return which factor moves the leading outcome most, or that none is seen to; of indices what they say."""
    return indices.headline(view, lang) if indices.blocks(view) else moved(view, lang)


def moved(view: StudyView, lang: str) -> str:
    """Return which factor moves the leading outcome most from one end of its values to the other."""
    every = measures.effects(view)
    if not every:
        return say("headline.unknown", lang)
    seen = [e for e in every if e.seen]
    if not seen:
        return say("headline.untold" if any(untold(view, e) for e in every) else "headline.nothing", lang)
    if len(seen) > 1 and not _told(seen[0], seen[1]):
        return say("headline.tie", lang, **_factor(view, seen[0], lang), other=_middle(view, seen[1], lang))
    return say("headline.moves one" if len(every) == 1 else "headline.moves", lang, **_factor(view, seen[0], lang))


def _told(first: Effect, second: Effect) -> bool:
    """Tell whether one swing is larger than another by more than the noise of both."""
    noise = math.hypot(first.error, second.error)
    return not first.swing - second.swing <= 2.0 * noise


def paragraphs(view: StudyView, lang: str) -> list[str]:
    """Return the answer's paragraphs: how much, where it is best, whether the order of schemes holds, what does nothing."""
    first = indices.sentences(view, lang) or [how_much(view, lang)]
    parts = (*first, acting_together(view, lang), regions(view, lang), ranking(view, lang), still(view, lang))
    return [part for part in parts if part]


def answer(view: StudyView, lang: str) -> str:
    """Return headline and paragraphs as one text."""
    return " ".join([headline(view, lang), *paragraphs(view, lang)])


def how_much(view: StudyView, lang: str) -> str:
    """Say how far the first factor moves the leading outcome, and the next one."""
    seen = [e for e in measures.effects(view) if e.seen]
    if not seen:
        return ""
    said = [say("moves.most", lang, **_moved(view, seen[0], lang))]
    if len(seen) > 1:
        second = seen[1]
        said.append(say("moves.next", lang, factor=_middle(view, second, lang), swing=_size(view, second.swing, lang),
                        mcse=error(view.lead, second.error)))  # fmt: skip
    if len(view.facts.factors) > 1:
        said.append(say("moves.averaged", lang))
    return " ".join(said)


def _moved(view: StudyView, e: Effect, lang: str) -> dict[str, str]:
    factor, name = view.factor(e.factor), view.lead
    what = subject(view, e.arm, name, lang)
    return {
        "Subject": capital(what),
        "subject": what,
        "factor": _middle(view, e, lang),
        "low": shown(name, e.low.mean),
        "high": with_unit(name, shown(name, e.high.mean), lang),
        "at_low": value(factor, e.low.at, lang),
        "at_high": value(factor, e.high.at, lang),
        "swing": _size(view, e.swing, lang),
        "mcse": error(name, e.error),
    }


def still(view: StudyView, lang: str) -> str:
    """Say plainly of each factor that it is not seen to do anything, or less than matters."""
    if indices.blocks(view):
        return ""
    said, little = [], []
    for e in measures.effects(view):
        if e.seen:
            little += [e] if small(view, e) else []
            continue
        fields = {**_factor(view, e, lang), "noise": error(view.lead, e.noise)}
        swing = with_unit(view.lead, error(view.lead, e.swing), lang)
        said.append(say(_STILL[e.swing == 0.0, untold(view, e)], lang, swing=swing, **fields))
    joint = " " if lang == "th" else ", "
    if little:
        listed = joint.join(f"{_middle(view, e, lang)} {_size(view, e.swing, lang)}" for e in little)
        said.insert(0, say("still.small", lang, delta=in_points(view.facts.smallest_effect_pp, lang), listed=listed))
    return " ".join(said)


_STILL = {
    (True, False): "still.exact",
    (True, True): "still.exact",
    (False, False): "still.one",
    (False, True): "still.untold",
}
"""What is said of a factor that is not seen to move anything: by whether its swing is 0, and whether that is told."""


def untold(view: StudyView, e: Effect) -> bool:
    """Tell whether the noise of a factor is too large to say that it does nothing that matters."""
    large = view.lead.endswith("_pp") and e.noise > view.facts.smallest_effect_pp
    return not e.seen and e.swing > 0.0 and (large or math.isnan(e.noise))


def small(view: StudyView, e: Effect) -> bool:
    """Tell whether a swing is surely less than the smallest effect that matters, where the outcome is an effect in points."""
    return view.lead.endswith("_pp") and e.swing + e.noise < view.facts.smallest_effect_pp


def acting_together(view: StudyView, lang: str) -> str:
    """Say which two factors act together, where any do by more than chance."""
    found = None if indices.blocks(view) else measures.together(view)
    if found is None or found[2] < _WORTH_SAYING:
        return ""
    a, b = (title_of(view.factor(x), lang) for x in found[:2])
    share = f"ร้อยละ {100 * found[2]:.0f}" if lang == "th" else f"{100 * found[2]:.0f}%"
    return say("together", lang, Factor=capital(a), factor=a, other=b if lang == "th" else lower(b), share=share)


def regions(view: StudyView, lang: str) -> str:
    """Say where the leading outcome is best and where it is worst."""
    ends = measures.extremes(view)
    if ends is None or view.facts.points < 2:
        return ""
    up = (outcome(view.lead).better or 1) > 0
    keys = ("best.high", "worst.low") if up else ("best.low", "worst.high")
    said = [say(key, lang, **_place(view, row, lang)) for key, row in zip(keys, ends, strict=True)]
    others = measures.alike(view, str(ends[0]["arm"]))
    if others:
        said.insert(
            1,
            say(
                "best.alike one" if others == 1 else "best.alike",
                lang,
                n=others,
                arm=arm_of(view, str(ends[0]["arm"]), lang),
            ),
        )
    return " ".join(said)


def _place(view: StudyView, row: Any, lang: str) -> dict[str, str]:
    name, arm = view.lead, view.title_of(str(row["arm"]), lang)
    moving = {e.factor for e in measures.effects(view) if e.seen}
    named = [f for f in view.facts.factors if f.name in moving] or view.facts.factors
    pieces = [
        f"{title_of(f, lang) if lang == 'th' else lower(title_of(f, lang))} {value(f, row[f.name], lang)}"
        for f in named
    ]
    where = (" " if lang == "th" else ", ").join(pieces)
    return {
        "Outcome": capital(lower_outcome(name, lang)),
        "outcome": lower_outcome(name, lang),
        "arm": arm if lang == "th" else lower(arm),
        "where": where,
        "value": with_unit(name, shown(name, row[name]), lang),
        "span": span(name, row.get(f"{name}_low"), row.get(f"{name}_high"), lang),
    }


def ranking(view: StudyView, lang: str) -> str:
    """Say whether the order of arms holds over the design: in how many points which arm comes first."""
    found = measures.leads(view)
    if len(found) < 2:  # an order holds over points
        return ""
    told, n = sum(lead.told for lead in found), len(found)
    if not told:
        return say("rank.none", lang, n=n)
    counts = measures.firsts(found)
    arm = view.title_of(counts[0][0], lang)
    fields = {"Arm": arm, "arm": arm if lang == "th" else lower(arm), "n": n, "k": counts[0][1]}
    if len(counts) == 1:
        first = say("rank.holds", lang, **fields)
    else:
        joint = " " if lang == "th" else ", "
        others = joint.join(say("rank.other", lang, arm=arm_of(view, a, lang), k=k) for a, k in counts[1:])
        first = say("rank.mostly", lang, others=others, **fields)
    return f"{first} {say('rank.told', lang, k=told, n=n)}"


def _factor(view: StudyView, e: Effect, lang: str) -> dict[str, str]:
    return {"Factor": capital(title_of(view.factor(e.factor), lang)), "factor": _middle(view, e, lang)}


def _middle(view: StudyView, e: Effect, lang: str) -> str:
    title = title_of(view.factor(e.factor), lang)
    return title if lang == "th" else lower(title)


def _size(view: StudyView, x: float, lang: str) -> str:
    return with_unit(view.lead, size(view.lead, x), lang)


# --- how sure, what it costs, what is not there ---------------------------------------------------------------------


def how_sure(view: StudyView, lang: str) -> str:
    """Say how large the standard errors are, and what makes points comparable."""
    name = view.lead
    arms = [a for a, _ in view.judged_arms]
    errors = view.points.loc[view.points["arm"].isin(arms), f"{name}_mcse"].dropna()
    said = []
    if view.facts.parameters == "default":
        said.append(say("sure.default", lang))
    if len(errors):
        n = sorted(view.points["replicates"].unique())
        many = f"{n[0]:,}" if len(n) == 1 else f"{n[0]:,}–{n[-1]:,}"
        said.append(say("sure.mcse", lang, outcome=lower_outcome(name, lang), low=error(name, errors.min()),
                        high=with_unit(name, error(name, errors.max()), lang), n=many))  # fmt: skip
    elif len(view.points):
        said.append(say("sure.one", lang))
    said.append(say("sure.same", lang))
    return " ".join(said)


def costs(view: StudyView, lang: str) -> str:
    """Say what each arm costs over the design, where cost is an outcome and an arm has one."""
    said = []
    for arm, _ in view.judged_arms if "cost_baht" in view.points else ():
        own = view.points.loc[view.points["arm"] == arm, "cost_baht"].dropna()
        if len(own) and own.max() > 0:
            fields = {"low": shown("cost_baht", own.min()), "high": shown("cost_baht", own.max())}
            key = "cost.same" if fields["low"] == fields["high"] else "cost.arm"
            said.append(say(key, lang, arm=arm_of(view, arm, lang), **fields))
    return say("cost.range", lang, listed=(" " if lang == "th" else "; ").join(said)) if said else ""


def given(lang: str) -> str:
    """Return what every result of a simulation is subject to."""
    return say("given", lang)


def notes(view: StudyView, lang: str, counted: bool = True) -> list[str]:
    """Return what a reader must know first: warnings and, where these are `counted`, failed and missing runs."""
    said = [text.get(lang) for text in view.warnings]
    if not counted:
        return said
    if len(view.failed):
        said.append(say("failed.some", lang, n=f"{len(view.failed):,}", total=f"{view.total:,}"))
    if view.missing:
        said.append(say("missing.some", lang, n=f"{view.missing:,}", total=f"{view.total:,}"))
    return said


def as_json(view: StudyView) -> dict[str, Any]:
    """Return the sentences of a study for machines, in both languages."""
    return {
        key: {lang: make(view, lang) for lang in ("en", "th")}
        for key, make in (("headline", headline), ("answer", answer), ("how_sure", how_sure), ("notes", notes))
    }
