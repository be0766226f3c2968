"""A small town and the weeks of a scheme in it, for the tests of kinds that reward a person."""

from dataclasses import replace

import numpy as np

from simulation.agents.parameters import defaults
from simulation.core.streams import Streams
from simulation.engine.terms import behaviour_terms
from simulation.engine.weekview import first_week_view, new_accounts
from simulation.incentives.base import Society
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.fragment import own_parameters
from simulation.incentives.ledger import Ledger
from simulation.incentives.rights import Shown, read_only
from simulation.scenario.load import load
from simulation.world.population import build_population

N = 40
COMMON = ("kind", "behaviour", "schedule", "enrolment", "into")


def town():
    """Forty people in two localities, and seven chances a week to sort waste."""
    scenario = load("bangkok-waste", [f"world.citizens={N}", "world.localities.number=2"])
    people = build_population(scenario.world, Streams(1, 0))
    return Shown(people), behaviour_terms(tuple(scenario.behaviours.items()), defaults(1))[0]


def scheme(kind, weeks=60, taper=0, **changes):
    """Return a scheme of a kind: the parameters of its worked scenario, and changes."""
    cls = scheme_classes()[kind]
    own = {key: value for key, value in own_parameters(cls).items() if key not in COMMON}
    return cls.model_validate({**own, "schedule": {"start": 0, "weeks": weeks, "taper": taper}, **changes})


def in_pairs(chance=0.5, sponsors=None):
    """Return ties in which rows 0 and 1, 2 and 3 ... are partners; nobody joins, or as `sponsors` say."""
    return Society(
        chance=lambda: np.full(N, chance, np.float32),
        partners=lambda: np.arange(N) ^ 1,
        sponsors=lambda: np.full(N, -1) if sponsors is None else np.asarray(sponsors),
    )


def view_of(s, place, week=0, acts=0, live=1, book=None, society=None, n=7):
    """Return the view of a week in which `acts` were done by those `live`."""
    people, terms = place
    first = first_week_view(s, people, terms, np.ones(N, np.uint8))
    return replace(
        first, week=week, since_start=week - s.schedule.start, weeks_to_end=s.schedule.end - week, n=float(n),
        acts=read_only(np.broadcast_to(np.int8(acts), N).copy()),
        opportunities=read_only(np.full(N, max(1, round(n)), np.int8)),
        live=read_only(np.broadcast_to(np.uint8(live), N).copy()), enrolled=np.broadcast_to(np.uint8(live), N).copy(),
        accounts=new_accounts(s, people) if book is None else book, taper=s.schedule.taper_factor(week),
        society=society,
    )  # fmt: skip


class Life:
    """A scheme week after week, with its ledger; `live` and `acts` may change from week to week."""

    def __init__(self, s, place, budget=None):
        self.s, self.place, self.week = s, place, 0
        self.ledger = Ledger(new_accounts(s, place[0]), budget)
        self.paid = np.zeros(N, np.int64)

    @property
    def book(self):
        return self.ledger.accounts

    def offer(self, live=1, society=None):
        return self.s.offer(self.place[0], view_of(self.s, self.place, self.week, 0, live, self.book, society))

    def step(self, acts=0, live=1, society=None):
        """Live through a week; return its settlement, and check it against the most that the week could cost."""
        before = view_of(self.s, self.place, self.week, acts, live, self.book, society)
        most = self.s.greatest_liability(self.place[0], before)
        settled = self.s.settle(self.place[0], before, self.book)
        people = self.ledger.enter(self.week, settled)
        total = people + settled.area_paid_satang + settled.service_satang
        assert total <= most, (self.s.kind, self.week, total, most)
        if settled.paid_satang is not None:
            assert settled.paid_satang.dtype == np.int64
            self.paid += settled.paid_satang
        self.week += 1
        return settled
