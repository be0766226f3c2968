"""Totals in the place of records: what people do is the same to the bit, and what is counted of it too."""

import numpy as np
import pytest

from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.engine.sums import money_and_people, weekly_totals
from simulation.scenario.load import load

CASES = [("bangkok-waste", "fee_discount"), ("blood-donation", "both"), ("moral-credit-villages", "council")]


@pytest.mark.parametrize(("name", "arm"), CASES)
@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_totals_are_the_sums_of_records_and_change_nothing_that_people_do(name, arm, engine):
    if engine == "numba":
        pytest.importorskip("numba")
    scenario = load(name).with_({"world.citizens": 90, "world.localities.number": 2})
    society = prepare(scenario, 0)
    whole, totals = (run(start(society, arm, engine, totals=only)) for only in (False, True))
    for one, other in zip(weekly_totals(whole.records), weekly_totals(totals.records), strict=True):
        for count, values in one.items():
            assert np.array_equal(values, other[count]), count
    assert money_and_people(whole) == money_and_people(totals)
    for column in ("acts", "habit", "norm", "crowding", "enrolled"):
        assert whole.columns[column].tobytes() == totals.columns[column].tobytes()
    assert not hasattr(totals.records, "localities")
