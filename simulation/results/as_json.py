"""The object that `compare --json` prints; reads a summary through its attributes."""

from __future__ import annotations

from typing import Any


def json_of(s: Any) -> dict[str, Any]:
    """Return a summary as plain data: no NaN, null where something is not known or may not be shown."""
    by_name = {a.facts.name: a for a in s.arms}
    found = {
        "scenario": s.facts.name,
        "digest": s.facts.digest,
        "seed": s.facts.seed,
        "replicates": s.societies,
        "warnings": [{"rule": rule, "key": key, **why.model_dump()} for rule, key, why in s.facts.cautions],
        "arms": {f.name: _arm(s, by_name[f.name]) if f.name in by_name else _control(s) for f in s.facts.arms},
    }
    if s.facts.observed:
        found["observed"] = [
            {"arm": arm, "level": value, "se": se, "simulated": _dict(by_name[arm].level)}
            for arm, value, se in s.facts.observed
            if arm in by_name
        ]
    return found


def _control(s: Any) -> dict[str, Any]:
    return {
        "effect_pp": {"mean": 0.0, "low": None, "high": None},
        "effect_after_pp": None,
        "kept_share": None,
        "cost_per_act_baht": None,
        "cost_baht": None,
        "take_up": None,
        "p_best": s.p_best_control,
        "behaviours": None,
        "serves": None,
        "groups": None,
        "money": None,
        "schemes": None,
        "running": None,
        "side_effects": None,
        "rights": None,
        "evidence": None,
    }


def _arm(s: Any, a: Any) -> dict[str, Any]:
    return {
        "effect_pp": a.effect.to_dict(),
        "effect_after_pp": _dict(a.effect_after),
        "kept_share": _dict(a.kept_share),
        "cost_per_act_baht": _dict(a.cost_per_act),
        "cost_baht": _dict(a.cost_baht),
        "take_up": _dict(a.take_up),
        "p_best": a.p_best,
        "behaviours": _behaviours(s, a.facts.name),
        "serves": _serves(s, a.facts.name),
        "groups": [_group(g) for g in a.groups],
        "money": _dict(a.money),
        "schemes": [x.to_dict() for x in a.schemes],
        "running": [r.to_json() for r in a.running],
        "side_effects": _measured(s, "side_effects", "what", a.facts.name),
        "rights": _measured(s, "rights", "check", a.facts.name),
        "evidence": None if a.facts.behind is None else a.facts.behind.to_json(),
    }


def _behaviours(s: Any, arm: str) -> dict[str, Any] | None:
    """Return the effect by behaviour, percentage points."""
    table = s.tables.get("behaviours")
    if table is None or not len(table):
        return None
    ends = ("mean", "low", "high")
    return {
        str(row["behaviour"]): {end: _number(row.get(f"effect_pp_{end}")) for end in ends}
        for row in table[table["arm"] == arm].to_dict("records")
    }


def _serves(s: Any, arm: str) -> list[dict[str, Any]] | None:
    """Return the effect by virtue, SDG goal and SDG target, percentage points."""
    table, ends = s.tables.get("serves"), ("mean", "low", "high")
    if table is None or not len(table):
        return None
    return [
        {
            "kind": row["kind"],
            "key": row["key"],
            "effect_pp": {end: _number(row[f"effect_pp_{end}"]) for end in ends},
            "extra_acts": {end: _number(row[f"extra_acts_{end}"]) for end in ends},
        }
        for row in table[table["arm"] == arm].to_dict("records")
    ]


def _measured(s: Any, name: str, key: str, arm: str) -> dict[str, Any] | None:
    """Return the rows of an arm in a table of measures, by what was measured: value, ends, unit, limit and kept."""
    table = s.tables.get(name)
    if table is None or not len(table):
        return None
    ends = ("value", "low", "high", *(("limit",) if "limit" in table else ()))
    return {
        str(row[key]): {
            **{end: _number(row[end]) for end in ends},
            **({"kept": _truth(row["kept"])} if "kept" in row else {}),
            "unit": row["unit"],
        }
        for row in table[table["arm"] == arm].to_dict("records")
    }


def _truth(x: Any) -> bool | None:
    return bool(x) if x is True or x is False or type(x).__name__ in ("bool_", "bool") else None


def _group(g: Any) -> dict[str, Any]:
    return {
        "kind": g.kind,
        "group": g.group,
        "people": g.people,
        "effect_pp": _dict(g.effect),
        "take_up": g.take_up,
        "left_behind": g.left_behind,
        "fewer_join": g.fewer_join,
        "hidden": bool(g.hidden),
    }


def _number(x: Any) -> float | None:
    return None if x is None or x != x else float(x)


def _dict(x: Any) -> dict[str, float | None] | None:
    return None if x is None else dict(x.to_dict())
