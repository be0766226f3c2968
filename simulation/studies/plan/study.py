"""A study that is right: what is varied in which scenario, at which points, and what is judged. It runs nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from simulation.agents.ensemble import MODES, ParameterSets, ParameterSource, identity_of, label_of
from simulation.core.errors import InputError
from simulation.core.params import Text
from simulation.results.responses.facts import Contrast, StudyFacts
from simulation.scenario.model import Scenario
from simulation.studies.plan.build import design_of
from simulation.studies.plan.cautions import cautions
from simulation.studies.plan.points import Design
from simulation.studies.plan.sizes import USUAL_REPLICATES
from simulation.studies.plan.spec import StudySpec, Target
from simulation.studies.tasks import Job

FORMAT = 1


@dataclass(frozen=True, eq=False)
class Study:
    """What a study asks.

    Attributes:
        spec: The study file as values.
        scenario: The scenario with the study's own values put in.
        design: The points and the factors.
        name: Short name: its folder's.
        command: Repeats it; empty where no command can.
        sets: The table of parameters that it names, where it names one.

    Example:
        >>> import simulation as kw
        >>> found = kw.study("bangkok-waste", {"weeks": {"key": "run.weeks", "values": [90, 104]}}, replicates=3)
        >>> found.points, found.arms[:2], found.design.values(1)
        (2, ('fee_discount', 'recognition'), {'weeks': 104})
    """

    spec: StudySpec
    scenario: Scenario
    design: Design
    name: str
    command: str = ""
    sets: ParameterSets | None = None

    @property
    def points(self) -> int:
        """How many points the design has."""
        return self.design.points

    @property
    def replicates(self) -> int:
        """Simulated societies at each point; the most, where a target decides."""
        target = self.target
        return target.at_most if target is not None else self.spec.study.replicates or USUAL_REPLICATES

    @property
    def target(self) -> Target | None:
        """How near a mean is to be known before no more societies are run; None where their number is given."""
        return self.spec.study.target

    @property
    def parameters(self) -> ParameterSource:
        """Where the parameters of every society come from."""
        if self.sets is not None:
            return self.sets
        return "default" if self.spec.study.parameters == "default" else "posterior"

    @cached_property
    def arms(self) -> tuple[str, ...]:
        """Arms that are run, in the order of the scenario."""
        wanted = self.spec.study.arms
        return tuple(n for n, arm in self.scenario.arms.items() if arm.schemes and (not wanted or n in wanted))

    @property
    def runs(self) -> int:
        """Rows of the whole study: points, societies and arms; the most, where a target decides."""
        return self.points * self.replicates * len(self.arms)

    @cached_property
    def facts(self) -> StudyFacts:
        """What is known of it before it is run."""
        about, spec = self.spec.about or self.scenario.about, self.spec
        return StudyFacts(
            name=self.name,
            title=about.title,
            question=about.question,
            scenario=self.scenario.name,
            scenario_title=self.scenario.about.title,
            digest=self.digest,
            design=self.design.kind,
            points=self.points,
            replicates=self.replicates,
            factors=tuple(f.facts for f in self.design.factors),
            arms=tuple((name, self._title(name)) for name in self.arms),
            outcomes=spec.study.outcomes,
            contrasts=tuple(
                Contrast(name, c.title or self._less(c.arm, c.less), c.outcome, c.arm, c.less)
                for name, c in spec.contrasts.items()
            ),
            seed=self.scenario.run.seed,
            parameters=label_of(self.parameters),
            smallest_effect_pp=self.scenario.run.smallest_effect_pp,
            command=self.command,
        )

    @cached_property
    def digest(self) -> str:
        """The sha256 of what is asked: scenario, factors, points, arms, outcomes, seed and parameters.

        How many societies, titles and the command are not in it: more societies go into the same folder.
        """
        study = self.spec.study
        asked = {
            "format": FORMAT,
            "scenario": self.scenario.digest,
            "factors": [_asked(f) for f in self.design.factors],
            "kind": self.design.kind,
            "counts": list(self.design.counts) if self.design.kind == "grid" else [],
            "points": self.design.sha256,
            "rows": [list(row) for row in self.design.rows],
            "arms": list(self.arms),
            "outcomes": list(study.outcomes),
            "seed": self.scenario.run.seed,
            "parameters": identity_of(self.parameters),
        }
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def definition(self) -> dict[str, Any]:
        """The study as plain data for its manifest; `from_definition` takes it back without any file."""
        return {
            "format": FORMAT,
            "name": self.name,
            "command": self.command,
            "digest": self.digest,
            "study": said(self.spec),
            "scenario": json.loads(self.scenario.to_json()),
            "scenario_name": self.scenario.name,
            "rows": [list(row) for row in self.design.rows],
            "points": self.points,
            "points_sha256": self.design.sha256,
            **({"parameter_sets": self.sets.to_json()} if self.sets is not None else {}),
        }

    @classmethod
    def from_definition(cls, data: Any) -> Study:
        """Return the study that `definition` described.

        Raises:
            InputError: For data that describe none, or another one than their digest says.
        """
        try:
            spec = StudySpec.model_validate(data["study"])
            scenario = Scenario.from_json(json.dumps(data["scenario"])).called(str(data["scenario_name"]))
            rows = tuple(tuple(row) for row in data["rows"])
            design = design_of(spec, scenario, rows, str(data["points_sha256"]))
            sets = _sets(spec, data.get("parameter_sets"))
            found = cls(spec, scenario, design, str(data["name"]), str(data["command"]), sets)
            told = str(data["digest"])
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise InputError(
                f"This is no definition of a study that can be read ({type(error).__name__}).",
                f"ข้อมูลนี้ไม่ใช่คำอธิบายการศึกษาที่อ่านได้ ({type(error).__name__})",
            ) from None
        if found.digest != told:
            raise InputError(
                f"The definition of the study does not match its digest ({told[:12]}, found {found.digest[:12]}): "
                "it was changed, or another version of Kwamdee wrote it.",
                f"คำอธิบายการศึกษาไม่ตรงกับรหัสกำกับ ({told[:12]} แต่พบ {found.digest[:12]}) อาจถูกแก้ หรือเขียนโดย Kwamdee รุ่นอื่น",
            )
        return found

    def job(self, engine: Literal["auto", "numpy", "numba"] = "auto") -> Job:
        """Return what all tasks of the study share."""
        shared = (self.digest, engine, self.spec.study.keep)
        return Job(
            digest=hashlib.sha256("\0".join(shared).encode()).hexdigest(),
            scenario_json=self.scenario.to_json(),
            arms=self.arms,
            parameters=self.parameters,
            engine=engine,
            series=self.spec.study.keep == "series",
        )

    @cached_property
    def warnings(self) -> tuple[Text, ...]:
        """What is allowed but risky in it."""
        return tuple(cautions(self.spec, self.scenario, self.design, self.arms))

    def _title(self, arm: str) -> Text:
        return self.scenario.arms[arm].title or Text(en=arm)

    def _less(self, arm: str, less: str) -> Text:
        a, b = self._title(arm), self._title(less)
        return Text(en=f"{a.en} less {b.en}", th=f"{a.get('th')} ลบด้วย {b.get('th')}")

    def __eq__(self, other: object) -> bool:
        """Compare what is said, how many societies and titles included; not by which command."""
        return isinstance(other, Study) and {**self.definition, "command": other.command} == other.definition

    def __hash__(self) -> int:
        """Hash the digest."""
        return hash(self.digest)


def _sets(spec: StudySpec, data: Any) -> ParameterSets | None:
    """Return the table of parameters of a definition; raises ValueError where one is named and not there."""
    if data is not None:
        return ParameterSets.from_json(data)
    if spec.study.parameters not in MODES:
        raise ValueError("the table of parameters is not there")
    return None


def said(spec: StudySpec) -> dict[str, Any]:
    """Return a study file as plain data, without what it leaves out."""
    found: dict[str, Any] = _given(spec.model_dump(mode="json"))
    return found


def _given(value: Any) -> Any:
    """Leave out of tables what is null or empty."""
    if not isinstance(value, dict):
        return value
    return {key: _given(inner) for key, inner in value.items() if inner is not None and inner != [] and inner != {}}


def _asked(factor: Any) -> dict[str, Any]:
    """Return what of a factor decides its values."""
    f = factor.facts
    return {
        "name": f.name,
        "role": f.role,
        "keys": list(f.keys),
        "values": list(f.values),
        "low": f.low,
        "high": f.high,
        "scale": f.scale,
        "whole": factor.whole,
        "step": factor.step,
    }
