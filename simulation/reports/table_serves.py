"""The table of virtues and SDG targets."""

from __future__ import annotations

from typing import Any

from simulation.reports.cells import Cell, Head, Row, Table, estimated, name_of
from simulation.reports.texts import TEXTS
from simulation.results.intervals import Estimate
from simulation.results.rollup import title_of

_COLUMNS = 6  # more schemes than this are left to the file


def serves(s: Any, lang: str) -> Table | None:
    """Return the effect by virtue and by SDG target, schemes side by side; None where no behaviour serves any."""
    found = s.tables.get("serves")
    if found is None or not len(found) or len(s.arms) > _COLUMNS:
        return None
    t, rows = TEXTS[lang], []
    for kind in ("virtue", "sdg_target"):
        keys = list(dict.fromkeys(found.loc[found["kind"] == kind, "key"]))
        rows += [Row(t[kind])] if keys else []
        for key in keys:
            each = found[(found["kind"] == kind) & (found["key"] == key)].set_index("arm")
            cells = tuple(_served(each.loc[a.facts.name], lang) for a in s.arms)
            rows.append(Row(title_of(kind, key).get(lang), cells))
    heads = tuple(Head(name_of(a, lang), name_of(a, lang)) for a in s.arms)
    return Table(t["serves_table"], "", heads, tuple(rows), notes=(t["serves_note"],))


def _served(row: Any, lang: str) -> Cell:
    ends = (row[f"effect_pp_{end}"] for end in ("mean", "low", "high"))
    mean, low, high = (None if x != x else float(x) for x in ends)
    return estimated(Estimate(mean or 0.0, low, high), lang)
