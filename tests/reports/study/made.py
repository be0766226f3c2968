"""A small made-up study whose answer is known: the reward moves the effect, the colour of the letter does nothing."""

from functools import cache

import numpy as np
import pandas as pd

from simulation.core.params import Text
from simulation.reports.study.view import StudyView
from simulation.results.responses.facts import Contrast, FactorFacts, StudyFacts
from simulation.results.responses.tables import points_of

REWARD = FactorFacts(
    "reward", "lever", Text(en="Size of reward", th="ขนาดของรางวัล"), Text(en="baht", th="บาท"),
    ("arms.fee.schemes.fee.baht",), values=(10, 20, 40, 80), usual=40,
)  # fmt: skip
WEEKS = FactorFacts(
    "weeks", "lever", Text(en="Duration", th="ระยะเวลา"), Text(en="weeks", th="สัปดาห์"),
    ("arms.fee.schemes.fee.schedule.weeks", "arms.goal.schemes.goal.schedule.weeks"), values=(13, 26, 52), usual=52,
)  # fmt: skip
LETTER = FactorFacts(
    "letter", "lever", Text(en="Colour of the letter", th="สีของจดหมาย"), Text(en="-", th="-"),
    ("arms.goal.schemes.goal.colour",), values=("red", "blue"), usual="red",
)  # fmt: skip
HABIT = FactorFacts(
    "habit", "uncertainty", Text(en="Life of a habit", th="อายุของนิสัย"), Text(en="weeks", th="สัปดาห์"),
    ("parameters.habit_half_life",), low=4.0, high=40.0, scale="log",
)  # fmt: skip
CURB = FactorFacts(
    "crowding", "uncertainty", Text(en="Crowding out", th="การเข้าแทนแรงจูงใจ"), Text(en="logit", th="โลจิต"),
    ("parameters.kappa_c",), low=0.0, high=0.6, usual=0.3,
)  # fmt: skip
ARMS = (
    ("control", Text(en="No scheme", th="ไม่มีมาตรการ")),
    ("fee", Text(en="Fee discount", th="ส่วนลดค่าธรรมเนียม")),
    ("goal", Text(en="District goal", th="เป้าหมายร่วมของเขต")),
)
OUTCOMES = ("effect_pp", "cost_baht", "take_up")


GAP = Contrast("gap", Text(en="Fee discount less district goal", th="ส่วนลดลบเป้าหมายร่วม"), "effect_pp", "fee", "goal")


def facts(factors=(REWARD, WEEKS, LETTER), design="grid", **changes):
    n = int(np.prod([len(f.values) for f in factors])) if design == "grid" else 60
    return StudyFacts(
        **{
            "name": "reward-size", "title": Text(en="How large, for how long", th="ให้เท่าใด นานเท่าใด"),
            "question": Text(en="Does a larger reward do more, and is it worth it?", th="รางวัลที่มากขึ้นได้ผลมากขึ้นหรือไม่ และคุ้มหรือไม่"),
            "scenario": "bangkok-waste", "scenario_title": Text(en="Separating waste at home in Bangkok", th="การคัดแยกขยะที่บ้าน กรุงเทพมหานคร"),
            "digest": "9f3c1a7e" * 8, "design": design, "points": n, "replicates": 20, "factors": tuple(factors),
            "arms": ARMS, "outcomes": OUTCOMES, "seed": 2569, "command": "kwamdee sweep experiments/reward-size/study.toml",
            **changes,
        }
    )  # fmt: skip


def design_points(f, seed=3):
    if f.design == "grid":
        grid = pd.MultiIndex.from_product([x.values for x in f.factors], names=[x.name for x in f.factors])
        return grid.to_frame(index=False)
    rng = np.random.default_rng(seed)
    columns = {}
    for x in f.factors:
        u = (rng.permutation(f.points) + rng.random(f.points)) / f.points
        if x.values:
            columns[x.name] = [x.values[int(v * len(x.values))] for v in u]
        elif x.scale == "log":
            columns[x.name] = x.low * (x.high / x.low) ** u
        else:
            columns[x.name] = x.low + u * (x.high - x.low)
    return pd.DataFrame(columns)


def _mean(arm, row):
    if arm == "control":
        return 0.0
    if arm == "goal":
        return 2.6 - 2.0 * row.get("crowding", 0.0)
    return 0.9 * np.log2(row.get("reward", 40) / 5) * (row.get("weeks", 52) / 52) ** 0.25 - 1.5 * row.get(
        "crowding", 0.0
    )


@cache
def runs_of(f, seed=7):
    """Each society has its own level, the same at every point, and a little noise of its own."""
    rng = np.random.default_rng(seed)
    luck = rng.normal(0, 0.6, f.replicates)
    own = {"control": 0.0, "fee": 0.15, "goal": 0.15}
    rows = []
    for point, row in enumerate(design_points(f).to_dict("records")):
        for r in range(f.replicates):
            for arm, _ in f.arms:
                effect = 0.0 if arm == "control" else _mean(arm, row) + luck[r] + rng.normal(0, own[arm])
                cost = 0.0 if arm == "control" else 100.0 * row.get("reward", 40) * (1 + 0.1 * luck[r])
                rows.append({"run_id": f"{point:06x}{r:06x}{arm[:4]:_<4}", "point": point, "arm": arm, "replicate": r, "status": "ok", **row,
                             "effect_pp": effect, "cost_baht": cost, "take_up": 0.06 if arm == "fee" else 1.0})  # fmt: skip
    return pd.DataFrame(rows)


def failures(f, n):
    row = {x.name: (x.values[0] if x.values else x.low) for x in f.factors}
    return pd.DataFrame(
        [{"run_id": f"{i:016x}", "point": i, "arm": "fee", "replicate": 3, **row, "error": "RuntimeError",
          "message": "the budget is spent twice", "command": f"kwamdee rerun {i:016x} --in results/reward-size-9f3c1a7e"} for i in range(n)],
        columns=["run_id", "point", "arm", "replicate", *row, "error", "message", "command"],
    )  # fmt: skip


def study(factors=(REWARD, WEEKS, LETTER), design="grid", failed=0, keep=None, contrasts=(), **changes):
    f = facts(factors, design, contrasts=contrasts)
    runs = runs_of(f)
    total = len(runs)
    runs = runs if keep is None else runs[runs["point"] < keep]
    lost = failures(f, failed)
    return StudyView(
        **{
            "facts": f, "points": points_of(runs, f), "runs": runs, "failed": lost, "missing": total - len(runs),
            "done": len(runs) - failed, "total": total, "versions": (("kwamdee", "0.1.0"), ("python", "3.11.2")),
            "code": "c0de" * 16, "folder": "results/reward-size-9f3c1a7e", **changes,
        }
    )  # fmt: skip


def sobol(f, arms=("fee", "goal")):
    rows = []
    for arm in arms:
        for i, x in enumerate(f.factors):
            st = (0.62, 0.31, 0.02, 0.01, 0.01)[i]
            rows.append({"method": "sobol", "factor": x.name, "arm": arm, "outcome": "effect_pp", "S1": 0.8 * st, "S1_conf": 0.06, "ST": st, "ST_conf": 0.05})  # fmt: skip
    return pd.DataFrame(rows)


def morris(f, arms=("fee", "goal")):
    rows = []
    for arm in arms:
        for i, x in enumerate(f.factors):
            star = (2.9, 1.4, 0.02, 0.3, 0.1)[i]
            rows.append({"method": "morris", "factor": x.name, "arm": arm, "outcome": "effect_pp", "mu": star, "mu_star": star, "mu_star_conf": 0.1 + 0.1 * star, "sigma": 0.4 * star})  # fmt: skip
    return pd.DataFrame(rows)
