"""Run every shipped scenario at full size and check what its header says was found, or write it there with --write.

`python -m scripts.scenario_findings [--write] [NAME ...]`. What was found stands between two marker lines of the header, in
the sentences of the comparison itself, so that it cannot say more than the runs do, nor go out of date unseen.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scripts.kept_pages import between, changes, enter, put, wrapped
from simulation.core.params import counted
from simulation.reports.notes import notes
from simulation.reports.words import interval, plain, points
from simulation.results.intervals import Estimate
from simulation.results.summary import ArmSummary
from simulation.scenario.load import shipped
from simulation.studies.compare import Comparison, compare

BEGINS = "# ---- What was found: written by scripts/scenario_findings.py, not by hand ----"
ENDS = "# ---- End of what was found ----"
WIDTH = 120
FINE_BELOW_PP = 0.5
"""Where less than this matters, effects are told in hundredths of a point."""
_TOLD = ("no effect", "not told from none", "backfires", "budget runs out", "budget never opens")
"""Findings on single schemes that no header may leave out."""


def main(arguments: Sequence[str]) -> int:
    """Run the scenarios named, or all; return 0 where every header says what the runs say, else 1."""
    write = "--write" in arguments
    names = [a for a in arguments if a != "--write"] or list(shipped())
    unknown = [n for n in names if n not in shipped()]
    if unknown:
        print(f"No shipped scenario is called {', '.join(unknown)}; there are {', '.join(shipped())}.")
        return 2
    wrong = [name for name in names if not up_to_date(name, shipped()[name], write)]
    if wrong:
        print(f"Not what the runs say: {', '.join(wrong)}. To write it there: make scenarios WRITE=--write")
    return 1 if wrong else 0


def up_to_date(name: str, path: Path, write: bool = False) -> bool:
    """Run a scenario at full size; tell whether its header says what was found, or does now."""
    began = time.perf_counter()
    with TemporaryDirectory() as out:
        found = compare(path, out=out, yes=True)
    took = f"{name}: {time.perf_counter() - began:.0f} s"
    text = path.read_text("utf-8")
    new = with_finding(text, finding(found))
    if found.failed:
        print(f"{took}, {found.failed} runs failed", flush=True)
    elif new == text:
        print(f"{took}, the header says what was found", flush=True)
    elif write:
        put(path, new)
        print(f"{took}, written", flush=True)
    else:
        print(f"{took}, the header differs", *changes(text, new, "header", "runs"), sep="\n", flush=True)
    return not found.failed and (write or new == text)


def with_finding(text: str, lines: Sequence[str]) -> str:
    """Return a scenario's text with these lines between the markers; without markers, below the first paragraph."""
    said = [f"# {line}".rstrip() for line in lines]
    if BEGINS in text and ENDS in text:
        return between(text, BEGINS, ENDS, said)
    header = text.split("\n")
    end = next(i for i, line in enumerate(header) if not line.startswith("# "))
    return "\n".join([*header[:end], "#", BEGINS, *said, ENDS, *header[end:]])


def finding(found: Comparison) -> list[str]:
    """Return what a comparison found as lines of a header: its size, the answer, each arm's effect, effects by act."""
    facts = found.summary.facts
    size = (
        f"In {found.summary.societies} simulated societies of {facts.citizens:,} {facts.decider}s over {counted(facts.weeks, 'week')}, "
        f"seed {facts.seed}, at the values of this file as it is shipped; a simulation, not an observation. "
        "In brackets, where 9 of 10 societies lie."
    )
    fine = 2 if facts.smallest_effect_pp < FINE_BELOW_PP else 1
    listed = [_effect_of(arm, fine) for arm in found.summary.arms] + _by_act(found, fine)
    return [
        *_wrapped(size),
        *_wrapped(found.answer("en")),
        *_wrapped(_beside_study(found)),
        *_wrapped(_by_crowding(found)),
        *_wrapped(_told(found)),
        *(x for e in listed for x in _item(e)),
    ]


def _beside_study(found: Comparison) -> str:
    """Return how far the levels lie from the published ones, where the scenario replays a study."""
    published = {arm: value for arm, value, _ in found.summary.facts.observed}
    levels = [(a.level, published[a.facts.name]) for a in found.summary.arms if a.level and a.facts.name in published]
    if not levels:
        return ""
    within = sum(1 for e, value in levels if e.low is not None and e.high is not None and e.low <= value <= e.high)
    gap = 100 * sum(e.mean - value for e, value in levels) / len(levels)
    return (
        f"Against the study: {within} of {len(levels)} published levels lie where 9 of 10 societies do; on average over "
        f"the arms the simulated level is {abs(gap):.1f} points {'above' if gap > 0 else 'below'} the published one."
    )


def _by_crowding(found: Comparison) -> str:
    """Return which arm leads where rewards crowd out none, some or much of people's own reasons."""
    arms = [a for a in found.summary.arms if a.by_crowding]
    sizes = [kappa for kappa, _ in arms[0].by_crowding] if len(arms) > 1 else []
    if len(sizes) < 2 or found.summary.findings[0].kind in ("tie", "all without effect"):
        return ""  # who leads by less than matters says nothing
    leads = [max((a.by_crowding[i][1], a.facts.title.en) for a in arms)[1] for i in range(len(sizes))]
    said = [f"{title} ({k:g})" for k, title in zip(sizes, leads, strict=True)]
    if len(set(leads)) == 1:
        return f"{leads[0]} leads on average at every size of crowding ({', '.join(f'{k:g}' for k in sizes)} logit)."
    return f"Which leads on average hangs on the size of crowding, in logit: {', '.join(said)}."


def _told(found: Comparison) -> str:
    """Return the notes that a header must carry: what is assumed, what does nothing, what does harm, what runs out."""
    headline, *others = found.summary.findings
    kept = replace(found.summary, findings=(headline, *(f for f in others if f.kind in _TOLD)))
    return " ".join(notes(kept, "en"))


def _effect_of(arm: ArmSummary, digits: int) -> str:
    parts = [f"{_with_range(arm.effect, digits)} points while it runs"]
    if arm.effect_after is not None:
        parts.append(f"{_with_range(arm.effect_after, digits)} half a year after it ends")
    if arm.cost_per_act is not None:
        cost = arm.cost_per_act
        parts.append(f"{plain(cost.mean)} baht for an additional act ({interval(cost, 'en')})")
    return f"{arm.facts.title.en}: {'; '.join(parts)}."


def _by_act(found: Comparison, digits: int) -> list[str]:
    """Return a line an act with the effect of every arm, where there are several acts."""
    titles = {a.facts.name: a.facts.title.en for a in found.summary.arms}
    acts = dict(found.summary.facts.behaviours)
    if len(acts) < 2:
        return []
    said = []
    for name, act in acts.items():
        rows = found.behaviours[found.behaviours["behaviour"] == name].set_index("arm")
        each = [f"{title} {_with_range(_estimate_of(rows.loc[arm]), digits)}" for arm, title in titles.items()]
        said.append(f"{act.en[:1].upper()}{act.en[1:]}, points while it runs: {'; '.join(each)}.")
    return said


def _estimate_of(row: Any) -> Estimate:
    return Estimate(*(float(row[f"effect_pp_{part}"]) for part in ("mean", "low", "high")))


def _with_range(e: Estimate, digits: int) -> str:
    return f"{points(e.mean, digits)} ({interval(e, 'en', digits)})"


def _wrapped(paragraph: str) -> list[str]:
    return wrapped(paragraph, width=WIDTH - 2)


def _item(text: str) -> list[str]:
    return wrapped(text, "- ", "  ", WIDTH - 2)


if __name__ == "__main__":
    enter(main)
