import pickle

import numpy as np
import pytest
from pydantic import ValidationError

from simulation.agents.parameters import defaults
from simulation.core.streams import Streams
from simulation.engine.terms import behaviour_terms
from simulation.engine.weekview import first_week_view
from simulation.incentives.base import Offer, Scheme, Settlement
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.fragment import own_parameters
from simulation.incentives.rights import Shown
from simulation.scenario.load import load
from simulation.world.population import build_population

WHEN = {"start": 0, "weeks": 8}
_COMMON = set(Scheme.model_fields) - {"organisations", "localities"}  # a kind may need that somebody decides
AMOUNTS = {
    kind: {key: value for key, value in own_parameters(cls).items() if key not in _COMMON}
    for kind, cls in scheme_classes().items()
}
"""Each kind's own parameters in its worked scenario."""
MONEY = {kind: values for kind, values in AMOUNTS.items() if scheme_classes()[kind].amounts}


@pytest.fixture(scope="module")
def place():
    scenario = load("bangkok-waste", ["world.citizens=500"])
    people = build_population(scenario.world, Streams(1, 0))
    return Shown(people), behaviour_terms(tuple(scenario.behaviours.items()), defaults(1))[0]


def make(kind, **changes):
    return scheme_classes()[kind](schedule=WHEN, **{**AMOUNTS[kind], **changes})


def test_every_installed_kind_has_a_worked_scenario_of_its_own():
    assert not [kind for kind in AMOUNTS if not own_parameters(scheme_classes()[kind])]


@pytest.mark.parametrize("kind", sorted(AMOUNTS))
def test_a_scheme_is_a_frozen_value_that_travels(kind):
    scheme = make(kind)
    assert pickle.loads(pickle.dumps(scheme)) == scheme
    assert type(scheme).model_validate(scheme.model_dump(mode="json")) == scheme
    with pytest.raises(ValidationError):
        scheme.kind = "other"
    assert scheme.label.en
    assert scheme.label.th
    assert scheme.what.th
    assert scheme.literature


@pytest.mark.parametrize("kind", sorted(AMOUNTS))
def test_an_offer_never_takes_and_repeats_itself(kind, place):
    people, terms = place
    scheme = make(kind)
    view = first_week_view(scheme, people, terms, np.ones(people.n, np.uint8))
    first, again = scheme.offer(people, view), scheme.offer(people, view)
    for name in ("contingent", "value_baht", "visibility", "commitment", "pivotality", "message", "reference"):
        assert np.all(np.asarray(getattr(first, name)) >= 0)
        assert np.array_equal(getattr(first, name), getattr(again, name))


@pytest.mark.parametrize("kind", sorted(MONEY))
def test_an_amount_of_zero_offers_nothing(kind, place):
    people, terms = place
    zeros = {name: type(MONEY[kind][name])(0) for name in scheme_classes()[kind].amounts if name in MONEY[kind]}
    scheme = make(kind, **zeros)
    view = first_week_view(scheme, people, terms, np.ones(people.n, np.uint8))
    assert scheme.components == ()
    assert scheme.offer(people, view) == Offer.none()


@pytest.mark.parametrize("kind", sorted(AMOUNTS))
def test_no_field_takes_a_negative_number(kind):
    for name, value in {**AMOUNTS[kind], "budget_baht": 1.0, "run_cost_baht_per_week": 1.0}.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            with pytest.raises(ValidationError):
                make(kind, **{name: -1 if isinstance(value, int) else -0.5})


def test_a_penalty_cannot_be_written_down():
    with pytest.raises(ValueError, match="only give"):
        Offer(value_baht=-1.0)
    with pytest.raises(ValueError, match="only give"):
        Settlement(np.array([-1], dtype=np.int64))
    with pytest.raises(ValueError, match="only give"):
        Settlement(None, -1)
