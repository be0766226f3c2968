"""A small scenario, and pilots of it: made by hand, or by the engine, where the truth is known."""

import simulation as kw
from simulation.engine.prepare import prepare
from simulation.engine.run import start, step

SCENARIO = """
format = 1
about.title = { en = "Walking to school", th = "เดินไปโรงเรียน" }
about.question = { en = "What brings pupils to walk?", th = "อะไรทำให้นักเรียนเดินไปโรงเรียน" }
[run]
weeks = 12
replicates = 40
seed = 1
[world]
place = "TH-10"
citizens = 600
daily_wage = { mean = 400, gini = 0.3, mark = "design" }
localities = { number = 10, name = "district" }
ties = { neighbourhood = 6, wide = 4 }
[behaviours.walk]
title = { en = "walking", th = "การเดิน" }
baseline = 0.3
opportunities_per_week = 5
dynamics = "flow"
intrinsic = 0.2
visible = 0.35
[behaviours.help]
title = { en = "helping", th = "การช่วยเหลือ" }
baseline = 0.2
opportunities_per_week = 1
dynamics = "flow"
intrinsic = 0.2
visible = 0.2
[arms.control]
[arms.small]
title = { en = "Small", th = "น้อย" }
schemes.cash = { kind = "cash_per_act", behaviour = "walk", baht_per_act = 4, schedule = { start = 1, weeks = 6 } }
[arms.large]
title = { en = "Large", th = "มาก" }
schemes.cash = { kind = "cash_per_act", behaviour = "walk", baht_per_act = 20, schedule = { start = 1, weeks = 6 } }
[arms.helping]
title = { en = "Helping", th = "ช่วยเหลือ" }
schemes.cash = { kind = "cash_per_act", behaviour = "help", baht_per_act = 20, schedule = { start = 1, weeks = 6 } }
"""
HEAD = "arm,week_from,week_to,acts,opportunities,people"
CONTROL = "control,1,6,3600,12000,400"


def scenario_file(folder):
    path = folder / "walk.toml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def table(folder, *rows, head=HEAD, name="pilot.csv"):
    path = folder / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def simulated(folder, replicate, arms, weeks=(1, 5), citizens=600, scenario=None):
    """Write what a pilot in one society would observe, and return the society: its own parameters are the truth."""
    found = kw.load(scenario_file(folder) if scenario is None else scenario).with_({"world.citizens": citizens})
    society = prepare(found, replicate, 0)
    rows = {}
    for arm in arms:
        r = run_of(society, arm, weeks[1]).records
        for week in range(*weeks):
            counts = r.opportunities[week, 0].sum(), citizens
            rows["control", week] = ("control", week, r.acts_twin[week, 0].sum(), *counts)
            rows[arm, week] = (arm, week, r.acts[week, 0].sum(), *counts)
    lines = (",".join(map(str, row)) for row in rows.values())
    return society, table(folder, *lines, head="arm,week,acts,opportunities,people")


def run_of(society, arm, weeks):
    state = start(society, arm, "numpy")
    for _ in range(weeks):
        step(state)
    return state


def effect_of(society, arm, weeks=(1, 7)):
    """Effect of an arm while it runs, percentage points."""
    r = run_of(society, arm, weeks[1]).records
    acts, twin, opportunities = (x[slice(*weeks), 0].sum() for x in (r.acts, r.acts_twin, r.opportunities))
    return 100 * float(acts - twin) / float(opportunities)
