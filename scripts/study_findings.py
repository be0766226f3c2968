"""Run every shipped study at full size and check what its READMEs say was found, or write it there with --write.

`python -m scripts.study_findings [--write] [--results FOLDER] [NAME ...]`. Runs are kept in a folder a study below FOLDER (results by
default), so that a script that was ended goes on. What was found stands between two marker lines of README.md and README.th.md, in the
sentences of the study itself and in tables of its runs; the list in experiments/README.md gets a line a study. With --write the figures
are drawn too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scripts import study_tables as tables
from scripts.kept_pages import LANGUAGES, asked_of, between, changes, enter, light, page_of, put, with_line, wrapped
from simulation.reports.study import indices
from simulation.reports.study.plots import StudyPlot
from simulation.reports.study.words import answer, found, how_sure, moved, ranking, sizes
from simulation.studies.plan.read import load_study
from simulation.studies.sweeps.sensitivity import sensitivity
from simulation.studies.sweeps.sweep import sweep
from simulation.studies.sweeps.swept import Sweep

FOLDER = Path(__file__).resolve().parents[1] / "experiments"
BEGINS = "<!-- What was found: written by scripts/study_findings.py, not by hand -->"
ENDS = "<!-- End of what was found -->"
Lines = Callable[[Sweep, str], list[str]]


@dataclass(frozen=True)
class Told:
    """How a shipped study is told.

    Attributes:
        name: Its folder.
        runs: "sweep" or "sensitivity".
        figure: The figure that its READMEs show.
        line: Its finding in one sentence.
        rest: Tables and sentences that follow the study's own answer.
    """

    name: str
    runs: Literal["sweep", "sensitivity"]
    figure: StudyPlot
    line: Callable[[Sweep, str], str]
    rest: Lines


def _reward_size(s: Sweep, lang: str) -> list[str]:
    arm = s.facts.arms[0][0]
    names = ("effect_pp", "effect_after_pp", "extra_acts", "cost_baht", "cost_per_act_baht")
    lines = [tables.returns(s, lang), "", *tables.further(s, lang), ""]
    for factor in ("size", "weeks", "taper"):
        lines += [tables.afterwards(s, factor, lang), "", *tables.levels(s, factor, names, arm, lang), ""]
    return [*lines, tables.not_priced(s, lang)]


def _whom(s: Sweep, lang: str) -> list[str]:
    names = ("extra_acts", "cost_baht", "cost_per_act_baht", "take_up", "take_up_gap_income")
    said = [tables.for_money(s, lang), "", *tables.arms(s, names, lang), "", tables.bound(s, lang)]
    return [*said, "", tables.not_priced(s, lang)]


def _indices(s: Sweep, lang: str) -> list[str]:
    return [*tables.largest(s, lang), "", tables.noise(s, lang)]


def _rivals(s: Sweep, lang: str) -> list[str]:
    return [tables.order(s, "decision", lang), "", *tables.contrast(s, "norm", "decision", lang), "",
            *tables.contrast(s, "ties", "decision", lang)]  # fmt: skip


def _ranked(s: Sweep, lang: str) -> str:
    return ranking(s.view, lang)


def _size(s: Sweep, lang: str) -> str:
    return f"{moved(s.view, lang)} {tables.returns(s, lang)}"


def _whose(s: Sweep, lang: str) -> str:
    return f"{ranking(s.view, lang)} {tables.for_money(s, lang)}"


def _matters(s: Sweep, lang: str) -> str:
    return f"{found(s.view, lang)} {ranking(s.view, lang)}"


STUDIES = (
    Told("reward-size", "sweep", "curves", _size, _reward_size),
    Told("whom-to-target", "sweep", "curves", _whose, _whom),
    Told("demo-uncertainty", "sensitivity", "indices", _matters, _indices),
    Told("rival-models", "sweep", "interaction", _ranked, _rivals),
)


def main(arguments: Sequence[str]) -> int:
    """Run the studies named, or all; return 0 where every README says what the runs say, else 1."""
    asked = asked_of(arguments, "results")
    names = asked.names
    there = {told.name: told for told in STUDIES}
    unknown = [n for n in names if n not in there]
    if unknown:
        print(f"No shipped study is called {', '.join(unknown)}; there are {', '.join(there)}.")
        return 2
    wrong = [n for n in names or there if not up_to_date(there[n], Path(asked.results), asked.write)]
    if wrong:
        print(f"Not what the runs say: {', '.join(wrong)}. To write it there: make studies WRITE=--write")
    return 1 if wrong else 0


def up_to_date(told: Told, results: Path, write: bool = False) -> bool:
    """Run a study at full size; tell whether its pages say what was found, or do now."""
    began = time.perf_counter()
    done = carried_out(told, results)
    took = f"{told.name}: {time.perf_counter() - began:.0f} s"
    if len(done.failed) or done.view.missing:
        print(f"{took}, {len(done.failed)} runs failed, {done.view.missing} are missing", flush=True)
        return False
    pages = {path: (path.read_text("utf-8"), text) for path, text in pages_of(told, done).items()}
    changed = {path: both for path, both in pages.items() if both[0] != both[1]}
    if write:
        for path, (_, new) in changed.items():
            put(path, new)
        for lang in LANGUAGES:
            put(figure_of(told, lang), light(done.plot(told.figure, lang).png()))
        print(f"{took}, written", flush=True)
    for path, (old, new) in {} if write else changed.items():
        print(f"{took}, {path} differs", *changes(old, new, path.name, "runs"), sep="\n", flush=True)
    return write or not changed


def carried_out(told: Told, results: Path, limit: int | None = None) -> Sweep:
    """Return a study with its runs, those that are kept below `results` not run again."""
    study = load_study(FOLDER / told.name)
    carry_out = sensitivity if told.runs == "sensitivity" else sweep
    return carry_out(study, out=results / f"{told.name}-{study.digest[:8]}", yes=True, report=False, limit=limit)


def pages_of(told: Told, done: Sweep) -> dict[Path, str]:
    """Return the pages that tell of a study, as they should be."""
    pages = {}
    for lang in LANGUAGES:
        own = page_of(FOLDER / told.name, lang)
        pages[own] = between(own.read_text("utf-8"), BEGINS, ENDS, finding(told, done, lang))
        every = page_of(FOLDER, lang)
        pages[every] = with_line(every.read_text("utf-8"), told.name, line(told, done, lang))
    return pages


def figure_of(told: Told, lang: str) -> Path:
    """Return where the figure of a study lies."""
    return FOLDER / told.name / ("figure.th.png" if lang == "th" else "figure.png")


def line(told: Told, done: Sweep, lang: str) -> str:
    """Return a study's row of the list: its name, its question, its finding in one sentence."""
    readme = page_of(Path(told.name), lang).as_posix()
    return f"| [{told.name}]({readme}) | {done.facts.question.get(lang)} | {told.line(done, lang)} |"


def finding(told: Told, done: Sweep, lang: str) -> list[str]:
    """Return what a study found: its size, its answer, how sure it is, and its tables."""
    paragraphs = [what_was_run(done, lang), _answer(told, done, lang), how_sure(done.view, lang)]
    lines = [""]
    for paragraph in paragraphs:
        lines += [*wrapped(paragraph), ""]
    for said in told.rest(done, lang):
        lines += [said] if said.startswith("|") else wrapped(said) or [""]
    while not lines[-1]:
        lines.pop()
    return [*lines, ""]


def _answer(told: Told, done: Sweep, lang: str) -> str:
    """Return the study's answer; of a sensitivity without its best and worst points, which name a value of every factor."""
    if told.runs == "sweep":
        return answer(done.view, lang)
    return " ".join([found(done.view, lang), *indices.sentences(done.view, lang), ranking(done.view, lang)])


def what_was_run(done: Sweep, lang: str) -> str:
    """Say how large the study is, of whom, from which seed and which study, and how its numbers are to be read."""
    run, world, digest = done.study.scenario.run, done.study.scenario.world, done.study.digest[:12]
    size = " ".join(sizes(done.facts, lang))
    if lang == "th":
        who = "ครัวเรือน" if world.decider == "household" else "คน"
        return (
            f"{size} สังคมละ {world.citizens:,} {who} {run.weeks} สัปดาห์ การศึกษา `{digest}` เป็นผลจำลอง ไม่ใช่ข้อสังเกตจริง "
            "หลัง ± คือความคลาดเคลื่อนมาตรฐานของการจำลอง ในวงเล็บคือช่วงที่สังคมจำลอง 9 ใน 10 อยู่"
        )
    return (
        f"{size}; {world.citizens:,} {world.decider}s a society over {run.weeks} weeks; study `{digest}`. A simulation, not an "
        "observation. Behind ± stands the Monte Carlo standard error, in brackets where 9 of 10 societies lie."
    )


if __name__ == "__main__":
    enter(main)
