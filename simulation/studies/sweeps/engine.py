"""Which engine carries a study out, compiled before any worker begins."""

from __future__ import annotations

from simulation.engine.run import EngineName
from simulation.studies.compiled import compile_passes, engine_for_runs
from simulation.studies.plan.study import Study
from simulation.studies.sweeps.driver import Driver


def ready_engine(study: Study, driver: Driver, asked: EngineName) -> EngineName:
    """Return the engine that is sooner done with what is left; its passes are compiled here, so that workers load them.

    The numbers depend on neither.
    """
    left = driver.rounds.total - driver.rounds.done
    engine = engine_for_runs(study.scenario, left) if asked == "auto" else asked
    if engine == "numba" and left:
        compile_passes(study.scenario, lambda: driver.tell("compile"))
    return engine
