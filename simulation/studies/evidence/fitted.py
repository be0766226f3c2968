"""The studies of the package as its parameters were fitted to them: what simple rules learn from, and what must still hold."""

from __future__ import annotations

from functools import cached_property

from simulation.studies.evidence.files import Design, read_designs
from simulation.studies.evidence.known import known_of
from simulation.studies.evidence.rules import Known
from simulation.studies.evidence.shipped import Calibration, calibration


class Fitted:
    """Rows and figures of the shipped studies by the stage in which they were fitted; read where they are asked for."""

    @cached_property
    def designs(self) -> list[Design]:
        """The shipped studies."""
        return read_designs()

    @cached_property
    def made(self) -> Calibration:
        """The shipped calibration."""
        return calibration()

    @cached_property
    def calibrating(self) -> Known:
        """Those of the first stage, which shipped studies are predicted from."""
        return self._of({d.id for d in self.designs if d.scenario.study and d.scenario.study.role == "calibrate"})

    @cached_property
    def everything(self) -> Known:
        """Those of the second stage, which any other study is predicted from."""
        return [x for x in self._of(set(self.made.trained)) if x[0].key in self.made.manifest["rows"]]

    def training(self, study: str) -> Known:
        """Return what the parameters that predict a study were fitted to, so that the flat rule learns from the same."""
        return self.calibrating if study in {d.id for d in self.designs} else self.everything

    def _of(self, names: set[str]) -> Known:
        return known_of([d for d in self.designs if d.id in names])[0]
