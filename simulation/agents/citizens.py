"""The Mesa faces of citizens, organisations and localities."""

from __future__ import annotations

from typing import Any

from simulation.agents.views import RowAgent


class Citizen(RowAgent):
    """A citizen: a view of one row. Columns are attributes; behaviours are read by name: `acts("waste_sort")`.

    A subclass may override `probability` and decide in plain Python in the same world:

        class Stubborn(kw.Citizen):
            def probability(self, behaviour, offer, week):
                return 0.5 * super().probability(behaviour, offer, week)

        m = kw.model("bangkok-waste", arm="comparison", citizens={Stubborn: 0.2})
    """

    def probability(self, behaviour: str, offer: Any, week: int) -> float:
        """Return the chance of one act at one opportunity this week, 0 to 1.

        As it stands this is Kwamdee's rule for the citizen as it is by now: its motivation, its habit so far, its
        neighbours, the offer. Habit is measured against the twin, who follows this rule, so where a subclass answers
        otherwise, what this returns moves with it in later weeks, also in an arm without schemes.

        Args:
            behaviour: Name of the behaviour.
            offer: What the arm's schemes offer this citizen this week, all 0 where none is live for it.
            week: The week, from 0.
        """
        return float(self.model.state.probability(self.model.behaviour_index(behaviour), self.row))

    def acts(self, behaviour: str) -> int:
        """Return last week's acts in the scheme world."""
        return int(self.model.state_cell("acts", behaviour, self.row))

    def acts_twin(self, behaviour: str) -> int:
        """Return last week's acts of the twin."""
        return int(self.model.state_cell("acts_twin", behaviour, self.row))

    def habit(self, behaviour: str) -> float:
        """Return the excess habit H, share."""
        return float(self.model.state_cell("habit", behaviour, self.row))

    @property
    def neighbours(self) -> list[Citizen]:
        """The citizens tied to this one, in any layer, less those who were removed."""
        found: list[Any] = self.model.faces.neighbours(self.row)
        return found


class Organisation(RowAgent):
    """An organisation: its sector, locality and number of members."""


class Locality(RowAgent):
    """A locality: its name and number of people."""
