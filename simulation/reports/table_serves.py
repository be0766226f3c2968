"""The table of virtues and SDG targets."""

from __future__ import annotations

from typing import Any

from simulation.reports.cells import Cell, Head, Row, Table, estimated, name_of
from simulation.reports.texts import TEXTS
from simulation.reports.words import capital
from simulation.results.intervals import Estimate
from simulation.results.rollup import goal_of, title_of

_COLUMNS = 6  # more schemes than this are left to the file


def serves(s: Any, lang: str) -> Table | None:
    """Return the effect by virtue and by SDG target, schemes side by side; None where no behaviour serves any.

    None too where there is one behaviour: every row would repeat Table 1, and `serves_said` says so.
    """
    found = s.tables.get("serves")
    if found is None or not len(found) or len(s.arms) > _COLUMNS or len(s.facts.behaviours) < 2:
        return None
    t, rows = TEXTS[lang], []
    for kind in ("virtue", "sdg_target"):
        keys = list(dict.fromkeys(found.loc[found["kind"] == kind, "key"]))
        rows += [Row(t[kind])] if keys else []
        same: dict[str, list[str]] = {}
        for key in keys:
            same.setdefault(_by(found, kind, key), []).append(key)
        for alike in same.values():
            each = found[(found["kind"] == kind) & (found["key"] == alike[0])].set_index("arm")
            cells = tuple(_served(each.loc[a.facts.name], lang) for a in s.arms)
            rows.append(Row(_joined(kind, alike, lang), cells))
    heads = tuple(Head(name_of(a, lang), name_of(a, lang)) for a in s.arms)
    return Table(t["serves_table"], "", heads, tuple(rows), notes=(t["serves_note"],))


def serves_said(s: Any, lang: str) -> str:
    """Say what the only behaviour serves; empty where there are several or it serves nothing."""
    if len(s.facts.behaviours) != 1 or not s.facts.serves:
        return ""
    (_, title), (_, virtue, targets) = s.facts.behaviours[0], s.facts.serves[0]
    served = [_joined("virtue", [virtue], lang)] if virtue else []
    served += [_joined("sdg_target", list(targets), lang)] if targets else []
    if not served:
        return ""
    what = (" และ" if lang == "th" else " and ").join(served)
    return TEXTS[lang]["serves_one"].format(capital(title.get(lang)), what)


def _by(found: Any, kind: str, key: str) -> str:
    """Return the behaviours that serve it: what the same ones serve has the same effect, and is one row."""
    return str(found.loc[(found["kind"] == kind) & (found["key"] == key), "behaviours"].iloc[0])


def _joined(kind: str, keys: list[str], lang: str) -> str:
    """Name what stands in one row: each goal in words once, behind its targets."""
    if kind == "virtue" or len(keys) == 1:
        return (" " if lang == "th" else ", ").join(title_of(kind, key).get(lang) for key in keys)
    of: dict[str, list[str]] = {}
    for key in keys:
        of.setdefault(goal_of(key).get(lang), []).append(key)
    named = [f"{(' ' if lang == 'th' else ', ').join(targets)} {goal}" for goal, targets in of.items()]
    return f"SDG {(' ' if lang == 'th' else '; ').join(named)}"


def _served(row: Any, lang: str) -> Cell:
    ends = (row[f"effect_pp_{end}"] for end in ("mean", "low", "high"))
    mean, low, high = (None if x != x else float(x) for x in ends)
    return estimated(Estimate(mean or 0.0, low, high), lang)
