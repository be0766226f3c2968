"""Kwamdee: a wind tunnel for positive social incentives.

The names below load on first use, so importing the package has no effects and costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

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
    "Comparison": "simulation.studies.compare",
    "story": "simulation.studies.story",
    "Story": "simulation.studies.story",
    "explain": "simulation.studies.explain",
    "Explanation": "simulation.studies.explain",
    "check_scheme": "simulation.incentives.check",
    "ScenarioError": "simulation.core.errors",
    "InputError": "simulation.core.errors",
}
__all__ = [
    "Citizen",
    "Comparison",
    "Explanation",
    "InputError",
    "Locality",
    "Organisation",
    "Scenario",
    "ScenarioError",
    "SchemeInMesa",
    "SocialModel",
    "Story",
    "check_scheme",
    "compare",
    "explain",
    "load",
    "model",
    "scheme",
    "story",
    "viz",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
