"""The tables of a study's page: rows and cells of text, from the same measures as sentences and figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulation.reports.cells import Cell, Head, Row, Table
from simulation.reports.study import indices, measures, words
from simulation.reports.study.names import (
    arm_of,
    error,
    factor_unit,
    lower_outcome,
    percent,
    span,
    subject,
    title_of,
    value,
)
from simulation.reports.study.outcomes import axis_of, outcome, shown, size, with_unit
from simulation.reports.study.texts import TEXTS
from simulation.reports.words import capital
from simulation.results.responses.regions import best

if TYPE_CHECKING:
    from simulation.reports.study.measures import Effect
    from simulation.reports.study.view import StudyView
    from simulation.results.responses.facts import FactorFacts

_FAILED = 10


def head(text: str, text_column: bool = False) -> Head:
    """Return a head that names its line on a phone by the same words."""
    return Head(text, card=text, text_column=text_column)


def factors(view: StudyView, lang: str) -> Table:
    """Return what was varied: role, values, what it sets, the usual value."""
    t = TEXTS[lang]
    rows = [
        Row(
            title_of(f, lang),
            (
                Cell(t[f.role], text=True),
                Cell(_values(f, lang), text=True),
                Cell(_usual(f, lang)),
                Cell("", text=True, lines=f.keys),
            ),
        )
        for f in view.facts.factors
    ]
    heads = (head(t["role"], True), head(t["range"], True), head(t["usual"]), head(t["keys"], True))
    return Table(t["factors_table"], t["factor"], heads, tuple(rows))


def _values(f: FactorFacts, lang: str) -> str:
    if f.values:
        listed = ", ".join(value(f, v, lang, unit=False) for v in f.values)
        unit = factor_unit(f, lang)
        return f"{listed} {unit}".strip()
    low, high = value(f, f.low, lang, unit=False), value(f, f.high, lang)
    return TEXTS[lang]["log" if f.scale == "log" else "to"].format(low, high)


def _usual(f: FactorFacts, lang: str) -> str:
    if f.usual is not None:
        return value(f, f.usual, lang)
    return TEXTS[lang]["drawn" if f.keys and f.keys[0].startswith("parameters.") else "several"]


def effects(view: StudyView, lang: str) -> Table:
    """Return how far each factor moves the leading outcome of each arm: both ends, swing and standard error, how it reads."""
    t = TEXTS[lang]
    rows: list[Row] = []
    for e in measures.effects(view):
        rows.append(Row(title_of(view.factor(e.factor), lang)))
        for arm, _ in view.subjects(view.lead):
            own = measures.effects_on(view, arm).get(e.factor)
            if own is not None:
                rows.append(Row(view.title_of(arm, lang), _effect_cells(view, own, lang), arm))
    heads = (head(t["from"]), head(t["into"]), head(t["swing"]), head(t["reads"], True))
    caption = t["effects_table"].format(axis_of(view.lead, lang))
    return Table(caption, t["arm"], heads, tuple(rows), notes=(t["effects_note"],))


def _effect_cells(view: StudyView, e: Effect, lang: str) -> tuple[Cell, ...]:
    t, factor, name = TEXTS[lang], view.factor(e.factor), view.lead
    ends = (Cell(shown(name, level.mean), value(factor, level.at, lang)) for level in (e.low, e.high))
    reads = t["within"] if not e.seen else t["small"] if words.small(view, e) else t["seen"]
    return (*ends, Cell(size(name, e.swing), t["error"].format(error(name, e.error))), Cell(reads, text=True))


def others(view: StudyView, lang: str) -> Table | None:
    """Return how far each factor moves every other outcome; None where one outcome is judged."""
    names = [o for o in view.facts.outcomes[1:] if o in view.points]
    if not names:
        return None
    t = TEXTS[lang]
    by_outcome = {name: {e.factor: e for e in measures.effects(view, name)} for name in names}
    rows = []
    for f in view.facts.factors:
        cells = []
        for name in names:
            e = by_outcome[name].get(f.name)
            arm = view.title_of(e.arm, lang) if e is not None and e.seen else t["within"]
            cells.append(Cell("–") if e is None else Cell(size(name, e.swing), arm))
        rows.append(Row(title_of(f, lang), tuple(cells)))
    return Table(t["others_table"], t["factor"], tuple(head(axis_of(o, lang)) for o in names), tuple(rows))


def curves(view: StudyView, lang: str) -> Table:
    """Return what the response curves draw."""
    t, name = TEXTS[lang], view.lead
    arms = [a for a, _ in view.subjects(view.lead)]
    rows: list[Row] = []
    for e in measures.effects(view):
        f = view.factor(e.factor)
        rows.append(Row(title_of(f, lang)))
        levels = {arm: {str(level.at): level for level in measures.curve(view, f, arm)} for arm in arms}
        for at in dict.fromkeys(level.at for arm in arms for level in measures.curve(view, f, arm)):
            own = [levels[arm].get(str(at)) for arm in arms]
            cells = (Cell("–") if x is None else Cell(shown(name, x.mean), error(name, x.error)) for x in own)
            rows.append(Row(value(f, at, lang), tuple(cells)))
    heads = tuple(head(view.title_of(a, lang)) for a in arms)
    return Table(t["curve_table"].format(axis_of(name, lang)), t["range"], heads, tuple(rows))


def heat(view: StudyView, lang: str) -> Table:
    """Return what the heat map draws."""
    t, name = TEXTS[lang], view.lead
    a, b, arm = measures.pair(view)
    rows, columns, means, counts = measures.cells(view, a, b, arm)
    one, other = view.factor(a), view.factor(b)
    body = [
        Row(
            f"{title_of(one, lang)} {value(one, at, lang)}",
            tuple(
                Cell(shown(name, means[i, j]), t["n"].format(int(counts[i, j]))) if counts[i, j] else Cell("–")
                for j in range(len(columns))
            ),
        )
        for i, at in enumerate(rows)
    ]
    heads = tuple(head(f"{title_of(other, lang)} {value(other, x, lang)}") for x in columns)
    caption = t["heat_table"].format(capital(subject(view, arm, name, lang)))
    return Table(caption, title_of(one, lang), heads, tuple(body))


def ranks(view: StudyView, lang: str) -> Table | None:
    """Return at how many points each arm comes first, and is told from the second; None where one arm is run."""
    found = measures.leads(view)
    if not found:
        return None
    t, n = TEXTS[lang], len(found)
    rows = []
    for arm, _ in view.judged_arms:
        own = [lead for lead in found if lead.arm == arm]
        counts = (len(own), sum(lead.told for lead in own))
        rows.append(Row(view.title_of(arm, lang), tuple(Cell(t["of"].format(k, n)) for k in counts), arm))
    return Table(t["ranks_table"], t["arm"], (head(t["first_at"]), head(t["told_at"])), tuple(rows))


def of_indices(view: StudyView, lang: str, every: bool = False) -> list[Table]:
    """Return a table of indices an arm: of the leading outcome, or of the others where `every` asks for them."""
    t, thai = TEXTS[lang], lang == "th"
    tables = []
    for method, arm, name, rows in indices.blocks(view):
        if (name == view.lead) == every:
            continue
        caption = t["indices_table"].format(indices.METHODS[method][thai], subject(view, arm, name, lang))
        heads = (
            head(indices.HEADS[indices.MAIN[method]][thai]),
            head(indices.HEADS[indices.SECOND[method]][thai]),
            head(t["reads"], True),
        )
        body = [
            Row(
                title_of(view.factor(x.factor), lang),
                (
                    Cell(indices.printed(x.value), indices.interval(x.low, x.high, lang)),
                    Cell(indices.printed(x.second), indices.interval(x.second_low, x.second_high, lang)),
                    Cell(t["nothing" if x.nothing else "seen"], text=True),
                ),
            )
            for x in rows
        ]
        tables.append(Table(caption, t["factor"], heads, tuple(body)))
    return tables


def places(view: StudyView, lang: str, worst: bool = False) -> Table | None:
    """Return the five best points over the arms that are compared, or the five worst, each with values, mean and range."""
    name, t = view.lead, TEXTS[lang]
    arms = [a for a, _ in view.judged_arms]
    own = view.points[view.points["arm"].isin(arms)]
    if own[name].notna().sum() < 2:
        return None
    largest = (outcome(name).better >= 0) != worst
    table = best(own, view.facts, name, n=5, largest=largest)
    rows = [
        Row(
            f"{int(row['point'])}",
            (
                Cell(view.title_of(str(row["arm"]), lang), text=True),
                Cell(
                    "",
                    text=True,
                    lines=tuple(f"{title_of(f, lang)} {value(f, row[f.name], lang)}" for f in view.facts.factors),
                ),
                Cell(shown(name, row["mean"]), t["error"].format(error(name, row["mcse"]))),
                Cell(span(name, row["low"], row["high"], lang).strip(" ()") or "–"),
            ),
        )
        for row in table.to_dict("records")
    ]
    heads = (head(t["arm"], True), head(t["where"], True), head(t["mean"]), head(t["range_90"]))
    return Table(
        t["worst_table" if worst else "places_table"].format(axis_of(name, lang)), t["place"], heads, tuple(rows)
    )


def rules(view: StudyView, lang: str) -> Table | None:
    """Return the boxes of a scenario discovery: rules with coverage and density; None where none was found."""
    found = view.rules
    if found is None or not found.found:
        return None
    t, name = TEXTS[lang], found.outcome
    limit = with_unit(name, shown(name, found.threshold), lang)
    where = t["above" if found.above else "below"].format(lower_outcome(name, lang), limit)
    caption = t["rules_table"].format(where, arm_of(view, found.arm, lang))
    rows = [
        Row(
            _rule(view, found.limits[found.limits["box"] == box["box"]], lang),
            (
                Cell(f"{int(box['points']):,}"),
                Cell(percent(box["coverage"], lang)),
                Cell(percent(box["density"], lang)),
            ),
        )
        for box in found.boxes.to_dict("records")
    ]
    heads = (head(t["inside"]), head(t["coverage"]), head(t["density"]))
    return Table(caption, t["rule"], heads, tuple(rows), notes=(t["rules_note"],))


def _rule(view: StudyView, limits: Any, lang: str) -> str:
    said = []
    for row in limits.to_dict("records"):
        f = view.factor(row["factor"])
        levels = row.get("values")
        if isinstance(levels, tuple) and levels:
            within = ", ".join(value(f, v, lang) for v in levels)
        else:
            low, high = (value(f, x, lang) if math.isfinite(x) else "" for x in (row["low"], row["high"]))
            within = (
                TEXTS[lang]["to"].format(low, high).strip() if low and high else (f"≥ {low}" if low else f"≤ {high}")
            )
        said.append(f"{title_of(f, lang)} {within}")
    return (" และ" if lang == "th" else " and ").join(said)


def failed(view: StudyView, lang: str) -> Table | None:
    """Return the first failed runs, each with its message and the command that repeats it."""
    if not len(view.failed):
        return None
    t = TEXTS[lang]
    rows = [
        Row(str(r["run_id"]), (Cell(f"{r['error']}: {r['message']}", text=True), Cell(str(r["command"]), text=True)))
        for r in view.failed.head(_FAILED).to_dict("records")
    ]
    return Table(t["failed_table"], t["run"], (head(t["message"], True), head(t["again"], True)), tuple(rows))
