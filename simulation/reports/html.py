"""The report: one self-contained HTML file a language, readable from the first sentence down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from simulation.reports import behind, figures, measures, rights_tables, table_serves, tables, titles
from simulation.reports.breaks import held
from simulation.reports.cautions import caution_lines, rule_sources
from simulation.reports.cells import Table
from simulation.reports.drawing import missing_signs_are_the_readers, style, to_svg
from simulation.reports.labels import who
from simulation.reports.marks import marked
from simulation.reports.notes import JOINING, left_behind, placed
from simulation.reports.parts import carried_fonts, css_text, policy, script
from simulation.reports.running_table import running
from simulation.reports.scheme_table import by_scheme
from simulation.reports.side_effects import side_effects
from simulation.reports.texts import GLOSSARY, TEXTS
from simulation.reports.words import (
    decided,
    group_name,
    headline,
    how_sure,
    in_points,
    paragraphs,
    plain,
    share,
    weeks_of,
    what_would_settle,
)
from simulation.results.store import write_text

LANGUAGES = ("en", "th")
_PAIRING_SEEN = 1.05  # a smaller gain than this is none to speak of
_CSV = (
    "effects", "behaviours", "serves", "runs", "equity", "costs", "trajectories", "crowding", "uncertainty",
    "rights", "side_effects", "ledgers", "running", "areas", "evidence",
)  # fmt: skip


def write_report(summary: Any, folder: Path, lang: str) -> Path:
    """Write report.html in `lang` and a complete second file in the other language beside it.

    A file of an earlier report in `lang` is let go, or three files would stand there and one of them be old.
    """
    other = "th" if lang == "en" else "en"
    write_text(folder / f"report.{other}.html", page(summary, other, "report.html"))
    path = write_text(folder / "report.html", page(summary, lang, f"report.{other}.html"))
    (folder / f"report.{lang}.html").unlink(missing_ok=True)
    return path


def forget_report(folder: Path) -> None:
    """Remove the report of a folder, in every language."""
    for name in ("report.html", *(f"report.{lang}.html" for lang in LANGUAGES)):
        (folder / name).unlink(missing_ok=True)


def page(summary: Any, lang: str, switch: str) -> str:
    """Return the whole page."""
    environment = Environment(
        loader=PackageLoader("simulation.reports", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template("report.html").render(
        s=summary,
        many_arms=len(summary.arms) > figures.MOST_PANELS,
        lang=lang,
        t=TEXTS[lang],
        switch=switch,
        headline=headline(summary, lang),
        paragraphs=paragraphs(summary, lang),
        notes=placed(summary, lang),
        how_sure=how_sure(summary, lang),
        figures=_figures(summary, lang),
        tables=_tables(summary, lang),
        test=the_test(summary, lang),
        box=box(summary, lang),
        marks={a.facts.name: style(summary, a)[:2] for a in summary.arms},
        bar=_bar(summary, lang),
        pairing=_pairing(summary, lang),
        left_behind=left_behind(summary, lang),
        serves_said=table_serves.serves_said(summary, lang),
        unjudged=titles.unjudged(summary, lang),
        rights=_rights(summary, lang),
        behind=behind.said(summary, lang),
        behind_studies=behind.studies(summary, lang),
        assumptions=_assumptions(summary, lang),
        glossary=[row[2:] if lang == "th" else row[:2] for row in GLOSSARY],
        sources=_sources(summary, lang),
        source=_source(summary, lang),
        files=_CSV if summary.arms else (),
        date=date_of(lang, when_run(summary)),
        css_title=css_text(f"Kwamdee · {summary.facts.title.get(lang)}"),
        policy=policy(),
        script=script(),
        fonts="",
    )
    text = held(text, lang, _names(summary, lang))
    return text.replace("/*fonts*/", carried_fonts(text), 1)


def _names(s: Any, lang: str) -> list[str]:
    """Return the names that no line may break, of schemes and of groups."""
    groups = [group_name(g.kind, g.group, lang) for a in s.arms[:1] for g in a.groups]
    return [a.facts.title.get(lang) for a in s.arms] + groups


def when_run(s: Any) -> datetime:
    """Return when the last run began; now, where there is none."""
    runs = s.tables.get("runs")
    if runs is None or "started" not in runs or not len(runs):
        return datetime.now(tz=UTC)
    return datetime.fromtimestamp(float(runs["started"].max()), tz=UTC)


def date_of(lang: str, when: datetime) -> str:
    """Return a date in words, in the Buddhist era in Thai."""
    today = when.date()
    if lang == "th":
        return f"{today.day} {_MONTHS_TH[today.month - 1]} {today.year + 543}"
    return f"{today.day} {today:%B} {today.year}"


_MONTHS_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A figure as the page shows it: its number, finding, measure, both widths, its notes and its table."""

    number: int
    title: str
    subtitle: str
    wide: str
    narrow: str
    notes: tuple[str, ...]
    narrow_note: str
    table: Table


def _figures(s: Any, lang: str) -> dict[str, Shown]:
    """Return each figure at both widths; CSS shows one, for text inside a figure must not be scaled."""
    if not s.arms:
        return {}
    t, many = TEXTS[lang], len(s.arms)
    found: dict[str, tuple[Callable[..., Any], Callable[..., Table], tuple[str, ...]]] = {
        "answer": (figures.answer_figure, tables.of_answer, titles.read_answer(s, lang)),
    }
    if s.arms[0].fan.shape[1] > 1:
        six = (t["six_best"],) if many > figures.MOST_PANELS else ()
        found["time"] = (figures.time_figure, tables.of_time, (t["read_2"], *six))
    if any(sum(a.costs_per_1000) for a in s.arms):
        found["cost"] = (figures.cost_figure, tables.of_cost, ())
    if measures.group_kinds(s):
        four = (t["first_four"],) if many > figures.GROUP_ARMS["wide"] else ()
        adult = (t["of_adult"],) if s.facts.decider == "household" else ()
        found["groups"] = (figures.groups_figure, tables.of_groups, four + adult)
    shown = {}
    for number, (name, (draw, table, said)) in enumerate(found.items(), 1):
        wide, narrow = (drawn(s, lang, draw, name, size) for size in ("wide", "narrow"))
        said = said if wide else (t["not_drawn"],)
        two = t["only_two"] if name == "groups" and many > figures.GROUP_ARMS["narrow"] else ""
        title = titles.title(s, lang, name)
        shown[name] = Shown(number, title, titles.subtitle(s, lang, name), wide, narrow, said, two, table(s, lang))
    return shown


def drawn(s: Any, lang: str, draw: Callable[..., Any], name: str, size: str, key: str = "") -> str:
    """Return a figure as SVG; empty where it cannot be drawn, for its table stands below and the page must be had.

    `key` begins its identifiers, where several pages share one document.
    """
    title, alt = titles.title(s, lang, name), titles.described(s, lang, name)
    try:
        with missing_signs_are_the_readers():
            return to_svg(marked(draw(s, lang, size), s, lang), title, alt, f"{key}{name}-{size}")
    except (ArithmeticError, IndexError, RuntimeError, TypeError, ValueError):
        return ""


def _tables(s: Any, lang: str) -> dict[str, Table]:
    """Return the tables that stand open on the page, those that there are, numbered in the page's order."""
    if not s.arms:
        return {}
    found = {
        "schemes": tables.schemes(s, lang),
        "effects": tables.effects(s, lang),
        "behaviours": tables.behaviours(s, lang),
        "serves": table_serves.serves(s, lang),
        "by_scheme": by_scheme(s, lang),
        "running": running(s, lang),
        "pairs": tables.pairs(s, lang) if len(s.arms) > 1 else None,
        "observed": tables.observed(s, lang),
        "reach": rights_tables.reach(s, lang),
        "side": rights_tables.side(s, lang),
        "side_effects": side_effects(s, lang),
        "crowding": tables.crowding(s, lang),
        "words": tables.likelihoods(s, lang),
        "evidence": tables.evidence(s, lang),
        "behind": behind.table(s, lang),
        "luck": tables.luck(s, lang),
    }
    there = {name: table for name, table in found.items() if table is not None}
    numbers = {name: n for n, name in enumerate((k for k, x in there.items() if x.caption), 1)}
    number = TEXTS[lang]["table_n"]
    return {k: replace(x, number=number.format(numbers[k])) if k in numbers else x for k, x in there.items()}


def the_test(s: Any, lang: str) -> tuple[tuple[str, str], ...]:
    """Return who was tried, in how many societies, for how long, and how often people act without a scheme."""
    t, f = TEXTS[lang], s.facts
    people = t["test_real" if f.people_are_real else "test_synthetic"].format(f"{f.citizens:,}")
    windows = {(a.facts.window.start, a.facts.window.end) for a in s.arms}
    weeks = str(f.weeks)
    if len(windows) == 1:
        ((start, end),) = windows
        weeks = t["test_run"].format(f.weeks, weeks_of(start, min(end, f.weeks) - 1, lang))
    return (
        (t["test_households" if f.decider == "household" else "test_people"], people),
        (t["test_societies"], t["test_each"].format(s.societies)),
        (t["test_weeks"], weeks),
        (t["test_without"], t["test_level"].format(plain(100 * s.baseline, 0))),
    )


def box(s: Any, lang: str) -> tuple[str, list[str]]:
    """Return the box beside the answer: its head, and what would change the reader's mind or what it rests on."""
    said = [x for x in (what_would_settle(s, lang), how_sure(s, lang)) if x]
    return (TEXTS[lang]["box_decided" if decided(s) else "box_open"], said)


def _bar(s: Any, lang: str) -> dict[str, Any] | None:
    """Return the two parts of the leading scheme's variance: how wide luck is, and both shares in words."""
    spread = s.arms[0].spread if s.arms else None
    if spread is None or spread.luck_share is None or s.facts.parameters == "default":
        return None
    luck = spread.luck_share
    name = s.arms[0].facts.title.get(lang)
    return {
        "caption": TEXTS[lang]["width"].format(name),
        "width": round(100 * luck, 1),
        "luck": share(luck, lang),
        "ignorance": share(1.0 - luck, lang),
    }


def _pairing(s: Any, lang: str) -> str:
    """Say, for each scheme where it does, what comparing a society with itself gains."""
    gains = [
        f"{a.facts.title.get(lang)} {plain(a.variance_reduction)}{' เท่า' if lang == 'th' else ''}"
        for a in s.arms
        if a.variance_reduction is not None and a.variance_reduction >= _PAIRING_SEEN
    ]
    return TEXTS[lang]["pairing"].format((" " if lang == "th" else ", ").join(gains)) if gains else ""


def _source(s: Any, lang: str) -> str:
    """Return the line below each figure: what made it, and from what."""
    f = s.facts
    version = dict(f.versions).get("kwamdee", "")
    return TEXTS[lang]["source_line"].format(version, f.name, f.digest[:8], f.seed)


def _rights(s: Any, lang: str) -> list[str]:
    """Return the checks of rights, with the smallest group that the page shows."""
    t, k = TEXTS[lang], s.facts.smallest_cell
    shown = [g.people for a in s.arms for g in a.groups if g.people is not None]
    smallest = [t["smallest_group"].format(f"{min(shown):,}", who(s, lang), k)] if shown else []
    third = t["rights_3_real" if s.facts.people_are_real else "rights_3"].format(k)
    risks = caution_lines(s.facts.cautions, lang, {a.name: a.title.get(lang) for a in s.facts.arms})
    sources = rule_sources(s.facts.cautions, lang)
    from_where = [t["rule_sources"].format(sources)] if sources else []
    return [t["rights_1"], t["rights_2"], third, *smallest, *(t["risk"].format(risk) for risk in risks), *from_where]


def _assumptions(s: Any, lang: str) -> list[str]:
    """Return what is taken for granted: the smallest effect that matters, signing up, the size of crowding, changed rules."""
    thai = lang == "th"
    delta = in_points(s.facts.smallest_effect_pp, lang)
    found = [
        f"ผลที่เล็กกว่า {delta} ถือว่าไม่มีความหมาย ค่านี้เลือกไว้ก่อน"
        if thai
        else f"A change of less than {delta} does not matter; this is a chosen value."
    ]
    for a in s.arms:
        name, how = a.facts.title.get(lang), a.facts.enrolment
        if how in JOINING:
            found.append(f"{name}: ผู้สมัครต้อง{JOINING[how][1]}" if thai else f"{name}: one signs up {JOINING[how][0]}.")
        elif how.startswith("target"):
            _, part, _, weeks, _ = how.split(" ")
            pct = f"{100 * float(part):g}"
            found.append(
                f"{name}: กำหนดให้ร้อยละ {pct} สมัครภายใน {weeks} สัปดาห์"
                if thai
                else f"{name}: {pct}% sign up within {weeks} weeks."
            )
    sizes = [f"{k:g}" for k, _ in s.arms[0].by_crowding] if s.arms else []
    if sizes:
        listed = ", ".join(sizes)
        found.append(
            f"รางวัลเข้าแทนแรงจูงใจภายในด้วยขนาด {listed} โลจิต สลับกันไปทีละสังคมจำลอง"
            if thai
            else f"Rewards crowd out own reasons by {listed} logit, in turn from society to society."
        )
    return [*found, *(rule.get(lang) for rule in s.facts.rules)]


def _sources(s: Any, lang: str) -> str:
    """Count the values that name a source or a reason."""
    chosen = sum(1 for _, text in s.facts.sources if text.startswith(("design", "judgement", "the model's")))
    n = len(s.facts.sources)
    return TEXTS[lang]["sources_count"].format(n, n - chosen, chosen) if n else ""
