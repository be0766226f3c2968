"""The report's tables of rights that are read from what was measured: who is reached and consents, side effects."""

from __future__ import annotations

from typing import Any

from simulation.reports.cells import Cell, Head, Table, arm_row, count
from simulation.reports.labels import reads
from simulation.reports.texts import TEXTS
from simulation.reports.words import in_points, plain, points
from simulation.results.rights import some_unreached

_REACH = (
    ("gap_age", "take_up_gap_age", 100.0),
    ("gap_income", "take_up_gap_income", 100.0),
    ("gap_place", "take_up_gap_place", 100.0),
    ("gap_device", "take_up_gap_device", 100.0),
    ("never_reached", "never_reached", 100.0),
    ("consented", "consented", 100.0),
    ("withdrew", "withdrew", 100.0),
)
_SIDE = (
    ("top_tenth", "money_top_tenth", 100.0),
    ("spread", "reward_spread", 1.0),
    ("pressure", "pressure", 100.0),
    ("harm", "harmed_after", None),
    ("below_after", "groups_below_after", 1.0),
    ("lowest_after", "lowest_group_after_pp", None),
)
"""Head of a column, check of the table of rights, by what its value is multiplied; None for points and societies."""
_NONE = {
    "consented": "no_sign_up",
    "withdrew": "no_sign_up",
    "top_tenth": "unpaid",
    "spread": "unpaid",
}
"""What a cell reads where there was nothing to measure, by the head of its column."""


def reach(s: Any, lang: str) -> Table | None:
    """Return gaps in take-up, who was never reached, who signed up and left; None where nothing was measured."""
    t = TEXTS[lang]
    runs = s.tables.get("runs")
    counted = runs is not None and some_unreached(runs)
    note = (t["reach_note"].format(s.facts.smallest_cell), *(() if counted else (t["reach_proxy"],)))
    names = {} if counted else {"never_reached": "never_live"}
    return _table(s, lang, "reach_table", _REACH, note, names)


def side(s: Any, lang: str) -> Table | None:
    """Return who gets the money, what others' eyes drive, who is worse off after; None where nothing was measured."""
    t = TEXTS[lang]
    notes = (t["side_note"], t["harm_note"].format(in_points(s.facts.smallest_effect_pp, lang)))
    return _table(s, lang, "side_table", _SIDE, (" ".join(notes),), {})


def _table(
    s: Any,
    lang: str,
    caption: str,
    columns: tuple[tuple[str, str, float | None], ...],
    notes: tuple[str, ...],
    names: dict[str, str],
) -> Table | None:
    t, found = TEXTS[lang], s.tables.get("rights")
    if found is None or not len(found):
        return None
    values = found.set_index(["arm", "check"])["value"]
    rows = tuple(
        arm_row(a, lang, tuple(_cell(s, a, values.get((a.facts.name, x[1])), x, lang) for x in columns)) for a in s.arms
    )
    heads = tuple(Head(t[names.get(head, head)], t[names.get(head, head)]) for head, _, _ in columns)
    return Table(t[caption], t["scheme"], heads, rows, notes=notes)


def _cell(s: Any, a: Any, value: Any, column: tuple[str, str, float | None], lang: str) -> Cell:
    head, check, times = column
    if value is None or value != value:
        none = _NONE.get(head, "unmeasured")
        there = {"no_sign_up": a.facts.enrolment != "automatic", "unpaid": _paid(s, a)}
        return Cell(reads("unmeasured" if there.get(none, True) else none, lang))
    if check == "harmed_after":
        return Cell(count(float(value), s, lang))
    return Cell(points(float(value)) if times is None else plain(times * float(value), 0))


def _paid(s: Any, a: Any) -> bool:
    """Tell whether anybody was paid, or it is not known."""
    runs = s.tables.get("runs")
    if runs is None or "recipients" not in runs:
        return True
    return bool((runs.loc[runs["arm"] == a.facts.name, "recipients"] > 0).any())
