"""A small town of citizens, to ask who is eligible, who is reached and what follows."""

from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.scenario.fragments import scenario_of

POINTS = 'kind = "points"\nbehaviour = "exercise"\nbaht_per_act = 5.0\n'


def town(scheme, weeks=20, citizens=600, world="", kind=POINTS):
    """The scenario of one arm with one scheme: its kind, and the lines given."""
    return scenario_of(
        f"run.weeks = {weeks}\nworld.citizens = {citizens}\n{world}\n[arms.trial.schemes.reward]\n{kind}{scheme}\n"
    )


def state_of(scenario, engine="numpy", replicate=0):
    """The arm after its last week, and the society."""
    society = prepare(scenario, replicate)
    return run(start(society, "trial", engine)), society
