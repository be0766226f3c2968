"""Kwamdee: a wind tunnel for positive social incentives.

The names below load on first use, so importing the package has no effects and costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # for editors and type checkers; at run time each name loads on first use
    from simulation.agents.citizens import Citizen, Locality, Organisation
    from simulation.core.errors import FolderInUse, InputError, RunFailed, ScenarioError, Stopped, StorageError
    from simulation.dashboard.viz import viz
    from simulation.engine.mesa_scheme import SchemeInMesa
    from simulation.engine.model import SocialModel, model
    from simulation.incentives.check import ContractError, check_scheme
    from simulation.scenario.load import load
    from simulation.scenario.model import Scenario
    from simulation.scenario.schemes import scheme
    from simulation.studies.compare import Progress, compare
    from simulation.studies.comparison import Comparison
    from simulation.studies.evidence.learn import learn
    from simulation.studies.evidence.learned import Learned
    from simulation.studies.evidence.refit import calibrate
    from simulation.studies.evidence.suite import Evidence, evidence
    from simulation.studies.explain import Explanation, explain
    from simulation.studies.export import export_world
    from simulation.studies.opened import open  # as in kw.open(folder)
    from simulation.studies.plan.read import load_study, study
    from simulation.studies.plan.study import Study
    from simulation.studies.run import Run, run
    from simulation.studies.story import Story, story
    from simulation.studies.sweeps.rerun import Rerun, rerun
    from simulation.studies.sweeps.sensitivity import Sensitivity, sensitivity
    from simulation.studies.sweeps.sweep import sweep
    from simulation.studies.sweeps.swept import Sweep

_WHERE = {
    "load": "simulation.scenario.load",
    "Scenario": "simulation.scenario.model",
    "model": "simulation.engine.model",
    "SocialModel": "simulation.engine.model",
    "Citizen": "simulation.agents.citizens",
    "Organisation": "simulation.agents.citizens",
    "Locality": "simulation.agents.citizens",
    "scheme": "simulation.scenario.schemes",
    "SchemeInMesa": "simulation.engine.mesa_scheme",
    "viz": "simulation.dashboard.viz",
    "compare": "simulation.studies.compare",
    "run": "simulation.studies.run",
    "Run": "simulation.studies.run",
    "open": "simulation.studies.opened",
    "Comparison": "simulation.studies.comparison",
    "study": "simulation.studies.plan.read",
    "Study": "simulation.studies.plan.study",
    "load_study": "simulation.studies.plan.read",
    "sweep": "simulation.studies.sweeps.sweep",
    "Sweep": "simulation.studies.sweeps.swept",
    "sensitivity": "simulation.studies.sweeps.sensitivity",
    "Sensitivity": "simulation.studies.sweeps.sensitivity",
    "rerun": "simulation.studies.sweeps.rerun",
    "Rerun": "simulation.studies.sweeps.rerun",
    "RunFailed": "simulation.core.errors",
    "story": "simulation.studies.story",
    "Story": "simulation.studies.story",
    "explain": "simulation.studies.explain",
    "Explanation": "simulation.studies.explain",
    "check_scheme": "simulation.incentives.check",
    "ScenarioError": "simulation.core.errors",
    "InputError": "simulation.core.errors",
    "FolderInUse": "simulation.core.errors",
    "StorageError": "simulation.core.errors",
    "Stopped": "simulation.core.errors",
    "ContractError": "simulation.incentives.check",
    "Progress": "simulation.studies.compare",
    "export_world": "simulation.studies.export",
    "calibrate": "simulation.studies.evidence.refit",
    "evidence": "simulation.studies.evidence.suite",
    "Evidence": "simulation.studies.evidence.suite",
    "learn": "simulation.studies.evidence.learn",
    "Learned": "simulation.studies.evidence.learned",
}
__all__ = [
    "Citizen",
    "Comparison",
    "ContractError",
    "Evidence",
    "Explanation",
    "FolderInUse",
    "InputError",
    "Learned",
    "Locality",
    "Organisation",
    "Progress",
    "Rerun",
    "Run",
    "RunFailed",
    "Scenario",
    "ScenarioError",
    "SchemeInMesa",
    "Sensitivity",
    "SocialModel",
    "Stopped",
    "StorageError",
    "Story",
    "Study",
    "Sweep",
    "calibrate",
    "check_scheme",
    "compare",
    "evidence",
    "explain",
    "export_world",
    "learn",
    "load",
    "load_study",
    "model",
    "open",
    "rerun",
    "run",
    "scheme",
    "sensitivity",
    "story",
    "study",
    "sweep",
    "viz",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
