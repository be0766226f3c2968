"""Effects rolled up from behaviours to the virtues and to the Sustainable Development Goals that they serve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from simulation.core.params import Text
from simulation.results.intervals import estimate
from simulation.results.outcomes import while_offered
from simulation.results.run_outcomes import PP, Window

VIRTUES: Mapping[str, Text] = {
    "sufficiency": Text(en="Sufficiency", th="พอเพียง"),
    "discipline": Text(en="Discipline", th="วินัย"),
    "integrity": Text(en="Integrity", th="สุจริต"),
    "volunteer_spirit": Text(en="Volunteer spirit", th="จิตอาสา"),
    "gratitude": Text(en="Gratitude", th="กตัญญู"),
}
"""The five virtues of the National Moral Promotion Action Plan, phase 2 (2566-2570), nmpc.go.th/content/view?id=308."""

GOALS: Mapping[int, Text] = {
    1: Text(en="No poverty", th="ขจัดความยากจน"),
    2: Text(en="Zero hunger", th="ขจัดความหิวโหย"),
    3: Text(en="Good health and well-being", th="สุขภาพและความเป็นอยู่ที่ดี"),
    4: Text(en="Quality education", th="การศึกษาที่มีคุณภาพ"),
    5: Text(en="Gender equality", th="ความเท่าเทียมทางเพศ"),
    6: Text(en="Clean water and sanitation", th="น้ำสะอาดและการสุขาภิบาล"),
    7: Text(en="Affordable and clean energy", th="พลังงานสะอาดที่เข้าถึงได้"),
    8: Text(en="Decent work and economic growth", th="งานที่มีคุณค่าและการเติบโตทางเศรษฐกิจ"),
    9: Text(en="Industry, innovation and infrastructure", th="อุตสาหกรรม นวัตกรรม และโครงสร้างพื้นฐาน"),
    10: Text(en="Reduced inequalities", th="ลดความเหลื่อมล้ำ"),
    11: Text(en="Sustainable cities and communities", th="เมืองและชุมชนที่ยั่งยืน"),
    12: Text(en="Responsible consumption and production", th="การผลิตและการบริโภคที่ยั่งยืน"),
    13: Text(en="Climate action", th="การรับมือกับการเปลี่ยนแปลงสภาพภูมิอากาศ"),
    14: Text(en="Life below water", th="ทรัพยากรทางทะเล"),
    15: Text(en="Life on land", th="ระบบนิเวศบนบก"),
    16: Text(en="Peace, justice and strong institutions", th="สังคมสงบสุข ยุติธรรม และสถาบันที่เข้มแข็ง"),
    17: Text(en="Partnerships for the goals", th="ความร่วมมือเพื่อการพัฒนาที่ยั่งยืน"),
}
"""The 17 goals of the 2030 Agenda (UN General Assembly A/RES/70/1, 2015), in short."""
COLUMNS = ("arm", "kind", "key", "behaviours", "effect_pp_mean", "effect_pp_low", "effect_pp_high",
           "extra_acts_mean", "extra_acts_low", "extra_acts_high")  # fmt: skip


def title_of(kind: str, key: str) -> Text:
    """Return what a virtue, a goal or a target is called."""
    if kind == "virtue":
        return VIRTUES[key]
    goal = goal_of(key)
    return Text(en=f"SDG {key} {goal.en}", th=f"SDG {key} {goal.th}")


def goal_of(key: str) -> Text:
    """Return what the goal of a target is called, in short."""
    return GOALS[int(key.split(".")[0])]


def rolled_up(facts: Any, runs: pd.DataFrame, series: pd.DataFrame, windows: dict[str, Window]) -> pd.DataFrame:
    """Return the effect by arm and virtue, SDG goal and SDG target: mean and 90 % interval over societies.

    Args:
        facts: What is known of the scenario; `serves` says of each behaviour its virtue and its targets.
        runs: Complete runs under the first luck.
        series: Counts by run, week, behaviour and group.
        windows: Weeks of offer by arm.

    A virtue counts the acts of the behaviours that it is the first virtue of; effects are weighted by opportunities,
    and `extra_acts` are those of all weeks for each thousand people.
    """
    ok = runs.loc[runs["status"] == "ok", ["run_id", "arm", "replicate"]]
    part = series[series["group_kind"] == "all"].merge(ok, on="run_id")
    keys = ["arm", "replicate", "behaviour"]
    counts = ["acts", "acts_twin", "opportunities"]
    offered = while_offered(part, windows).groupby(keys, sort=False)[counts].sum()
    whole = part[part["arm"].isin(windows)].groupby(keys, sort=False)[counts].sum()
    served = _served(facts)
    sets = {tuple(names): names for _, _, names in served}  # a behaviour serves many targets: its effect is one
    found_of = {(arm, s): _estimates(facts, arm, names, offered, whole) for arm in windows for s, names in sets.items()}
    rows = [
        {"arm": arm, "kind": kind, "key": key, "behaviours": ", ".join(names), **found_of[arm, tuple(names)]}
        for arm in windows
        for kind, key, names in served
    ]
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    return found.astype(dict.fromkeys(COLUMNS[4:], np.float64))  # None is NaN here


def _served(facts: Any) -> list[tuple[str, str, list[str]]]:
    """Return every virtue, goal and target that a behaviour serves, with the behaviours."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, virtue, targets in facts.serves:
        served = [("virtue", virtue)] if virtue else []
        served += [("sdg_goal", goal) for goal in dict.fromkeys(t.split(".")[0] for t in targets)]
        served += [("sdg_target", t) for t in targets]
        for place in served:
            found.setdefault(place, []).append(name)
    return [(kind, key, names) for (kind, key), names in sorted(found.items(), key=_in_order)]


def _in_order(item: tuple[tuple[str, str], list[str]]) -> tuple[int, list[tuple[int, str]]]:
    kind, key = item[0]
    if kind == "virtue":
        return 0, [(list(VIRTUES).index(key), "")]
    return 1 + (kind == "sdg_target"), [(int(p), "") if p.isdigit() else (10**6, p) for p in key.split(".")]


def _estimates(facts: Any, arm: str, names: list[str], offered: pd.DataFrame, whole: pd.DataFrame) -> dict[str, Any]:
    during, ever = (_by_society(table, arm, names) for table in (offered, whole))
    effect = (during["acts"] - during["acts_twin"]) / during["opportunities"].where(during["opportunities"] > 0) * PP
    extra = (ever["acts"] - ever["acts_twin"]) * 1000.0 / facts.citizens
    found: dict[str, Any] = {}
    for name, values in (("effect_pp", effect.fillna(0.0)), ("extra_acts", extra)):
        e = estimate(np.asarray(values, dtype=np.float64))
        if e is not None:
            found |= {f"{name}_{end}": value for end, value in e.to_dict().items()}
    return found


def _by_society(table: pd.DataFrame, arm: str, names: list[str]) -> pd.DataFrame:
    rows = table[(table.index.get_level_values("arm") == arm) & table.index.get_level_values("behaviour").isin(names)]
    return rows.groupby(level="replicate").sum()
