"""A scheme inside one's own Mesa model: what it offers agents each week, what that is worth to them, what it pays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.parameters import defaults, draw
from simulation.core.errors import InputError
from simulation.core.floats import exp64
from simulation.core.streams import Streams, stable_number
from simulation.engine.arguments import check_own_scheme
from simulation.engine.mesa_people import MesaPeople, longer
from simulation.engine.money import SATANG
from simulation.engine.offers import discrepancy_of, features_of, reasons_of
from simulation.engine.terms import betas
from simulation.engine.weekview import week_view
from simulation.incentives.base import Offer, Scheme, Settlement, WeekView
from simulation.incentives.settling import offered, open_ledger, opens, paid_at_close, set_aside, settle_week
from simulation.incentives.verification import false_rate


class SchemeInMesa:
    """One scheme on agents of one's own: each week `offer()`, then the agents act, then `settle()`.

    An agent's `wage` is its daily wage in baht, needed where money is offered; its `acts` are what it did this week.
    `locality` and `organisation`, where agents have them, are its groups, named by whatever can be a key. Agents born
    later come in with the next offer; one who was removed is offered nothing more and keeps what it was paid.

    With a budget, the offer is open in a week only if what is left covers the most that this week could cost, with all
    whom it is for acting at every opportunity. Else it closes for all and stays closed; a budget below one
    such week never opens. `opened`, `closed_since` and `most_baht` tell.

    What else moves an agent, habit, norms and crowding too, is the model's own: p = logistic(own + reason(agent)).

    Attributes:
        week: Weeks settled; the scheme's schedule counts them from 0.
        offered: This week's offer; its `controlling` tells how controlling the reward feels.
        ledger: Every payment, in satang, and what the scheme remembers.
        opened: Weeks in which the offer was open, so far.
        most_baht: The most that the last week looked at could cost, baht; 0 outside the schedule.
    """

    def __init__(
        self,
        model: Any,
        scheme: Scheme,
        agents: Iterable[Any] | None = None,
        *,
        opportunities: int = 1,
        baseline: float | None = None,
        replicate: int | None = None,
        seed: int = 0,
    ) -> None:
        """Open the scheme's books.

        Args:
            model: The Mesa model.
            scheme: The scheme, from `kw.scheme` or an arm of a scenario.
            agents: Whom it is for, all agents of the model by default; an AgentSet is looked at again each week.
            opportunities: Opportunities to act in a week, 1 to 14.
            baseline: Share of them acted on without the scheme; needed where others' acts are told.
            replicate: None takes all parameters at their defaults; a number draws them, as that society does.
            seed: Root seed of prizes and of drawn parameters.

        Raises:
            InputError: For what cannot be so here, before anything is offered.
        """
        check_own_scheme(scheme, opportunities, baseline)
        self.scheme, self.week, self.offered = scheme, 0, Offer.none()
        self.opened, self.most_baht = 0, 0.0
        self.opportunities, self.baseline = float(opportunities), float(baseline or 0.0)
        self._people, self._streams = MesaPeople(model, agents), Streams(seed, replicate or 0)
        self._p = defaults(1) if replicate is None else draw(seed, replicate, 1)
        omega = 0.0 if replicate is None else self._p.omega
        self._discrepancy = discrepancy_of(self._streams, 0, scheme.components, omega)
        self._chosen: dict[Any, bool] = {}
        self._open = self._on = False
        self._worth, self._live = np.zeros(0, np.float32), np.zeros(0, np.uint8)
        self._received = np.zeros(0, np.int64)
        books = {a.name: np.zeros(int(a.per == "scheme"), dtype=a.dtype) for a in scheme.accounts()}
        self.ledger = open_ledger(scheme, books, 0)

    def join(self, agent: Any) -> None:
        """Let an agent take part from the next offer on; with automatic enrolment everybody does."""
        self._chosen[agent] = True

    def leave(self, agent: Any) -> None:
        """Let an agent take no part from the next offer on; it costs nothing."""
        self._chosen[agent] = False

    def offer(self) -> Offer:
        """Open the week: return what is offered, nothing outside the schedule and once the budget has run out."""
        if self._open:
            raise InputError(
                f"week {self.week} is open; settle() closes it", f"สัปดาห์ที่ {self.week} ยังไม่ปิด ให้เรียก settle()"
            )
        people, ledger = self._people, self.ledger
        people.take_in()
        self._lengthen()
        usual = self.scheme.enrolment.mode == "automatic"
        self._live = people.present * np.array([self._chosen.get(a, usual) for a in people.agents], dtype=np.uint8)
        view, self._open = self._week(people.acts), True
        self._on = self.scheme.schedule.is_live(self.week) and not ledger.closed
        if self._on:
            self.most_baht = set_aside(self.scheme, people, view) / SATANG
            self._on = opens(self.scheme, ledger, people, view)
            if not self._on:
                self._credit(paid_at_close(self.scheme, ledger, people, view))
        self.opened += self._on
        self.offered = offered(self.scheme, ledger, people, view) if self._on else Offer.none()
        self._worth = self._weighed(self.offered)
        return self.offered

    def settle(self) -> float:
        """Close the week: verify and pay the acts of those who take part; return what people were paid, baht.

        Raises:
            InputError: Without an offer before; for `acts` that are no whole number from 0 to the opportunities.
        """
        if not self._open:
            raise InputError("no week is open; offer() opens it", "ยังไม่ได้เปิดสัปดาห์ ให้เรียก offer() ก่อน")
        self._people.look(int(self.opportunities))
        paid = 0
        if self._on:
            view = self._week(self._people.acts, self._uniforms)
            if self.scheme.checks.reward_elasticity and self.scheme.pays_on_claims:
                worth = self.offered.value_baht, self._people.wage
                view = replace(view, false_claim_rate=false_rate(self._p.false_claim_rate, self.scheme.checks, *worth))
            running = round(self.scheme.run_cost_baht_per_week * SATANG)
            paid = self._credit(settle_week(self.scheme, self.ledger, self._people, view, running))
        self._open, self.week = False, self.week + 1
        return paid / SATANG

    def _credit(self, paid: Settlement) -> int:
        """Add what was paid to what each agent received; return what people were paid, satang."""
        if paid.paid_satang is None:
            return 0
        self._received = self._received + paid.paid_satang
        return int(paid.paid_satang.sum())

    def worth(self, agent: Any) -> float:
        """Return what this week's offer would be worth to an agent who takes part, logit, never below 0."""
        return _at(self._worth, self._people.row(agent))

    def reason(self, agent: Any) -> float:
        """Return what this week's offer is worth to an agent, logit; 0 for one who takes no part."""
        return self.worth(agent) * _at(self._live, self._people.row(agent))

    def received(self, agent: Any) -> float:
        """Return what an agent was paid so far, baht."""
        return _at(self._received, self._people.row(agent)) / SATANG

    @property
    def cost(self) -> float:
        """What the scheme has cost so far, baht: payments, services and running it."""
        return (self.ledger.spent_satang + self.ledger.running_satang) / SATANG

    @property
    def closed_since(self) -> int | None:
        """The week in which what was left of the budget no longer covered `most_baht`; None while it does."""
        return self.ledger.closed_week if self.ledger.closed else None

    def __repr__(self) -> str:
        """Say what was offered in how many weeks, what it cost, and whether the budget has closed it."""
        head = (
            f"<SchemeInMesa {self.scheme.kind}, {self.week} weeks, offered in {self.opened}, cost {self.cost:,.2f} baht"
        )
        if self.closed_since is None:
            return f"{head}>"
        if self.scheme.when_spent == "pro-rata":
            return f"{head}; closed since week {self.closed_since}: the money is spent>"
        left = (self.ledger.left_satang or 0) / SATANG
        return (
            f"{head}; closed since week {self.closed_since}: it could cost {self.most_baht:,.2f}, {left:,.2f} are left>"
        )

    def _weighed(self, offer: Offer) -> NDArray[np.float32]:
        """Equation (4) for each agent as if it took part, and the ease of access."""
        people, paid = self._people, bool(np.any(np.asarray(offer.value_baht) > 0))
        features = features_of(offer, people.wage if paid else np.float32(1), np.float32(self.baseline))
        scale = np.full(people.n, exp64(self._p.tau * self._p.responsiveness[0]), np.float32)
        return np.asarray(reasons_of(features, scale, betas(self._p), self._discrepancy) + features.ease)

    def _week(self, acts: NDArray[np.int64], uniforms: Any = None) -> WeekView:
        people = self._people
        return week_view(
            self.scheme,
            self,
            week=self.week,
            acts=acts,
            opportunities=people.present * np.int64(self.opportunities),
            live=self._live,
            eligible=people.present,
            enrolled=self._live,
            locality_rate=people.rates(self.baseline),
            accounts=self.ledger.accounts,
            uniforms=uniforms,
            false_claim_rate=self._p.false_claim_rate,
        )

    def _uniforms(self, purpose: int) -> NDArray[np.float64]:
        ids = np.array([a.unique_id for a in self._people.agents], dtype=np.uint64)
        return self._streams.uniform64(purpose, ids, stable_number(self.scheme.kind), self.week)

    def _lengthen(self) -> None:
        """Make room in the books for those who are new."""
        people = self._people
        sizes = {
            "citizen": people.n,
            "organisation": people.n_organisations,
            "locality": people.n_localities,
            "province": people.n_provinces,
            "scheme": 1,
        }
        books = {a.name: longer(self.ledger.accounts[a.name], sizes[a.per]) for a in self.scheme.accounts()}
        self.ledger.accounts = books
        self._received = longer(self._received, self._people.n)
        if self.ledger.promised is not None:
            self.ledger.promised = longer(self.ledger.promised, self._people.n)
        if self.ledger.received is not None:
            self.ledger.received = longer(self.ledger.received, self._people.n)


def _at(column: NDArray[Any], row: int) -> float:
    """Return an agent's value; 0 for one who has come since the last offer."""
    return float(column[row]) if 0 <= row < len(column) else 0.0
