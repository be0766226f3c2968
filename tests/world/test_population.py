"""The people of a world: as the facts and the scenario say."""

import numpy as np
import pytest

from simulation.core.streams import Streams
from simulation.scenario.load import load
from simulation.world.facts import fact, margins, table
from simulation.world.population import build_population, gini_spread

N = 40_000


def people(*settings):
    spec = load("bangkok-waste", [f"world.citizens={N}", *settings]).world
    return spec, build_population(spec, Streams(2, 0))


def share_error(p):
    return 4 * np.sqrt(p * (1 - p) / N)


def test_the_shipped_scenario_says_what_the_facts_say():
    spec = load("bangkok-waste").world
    income = float(fact("mean household income per month", "Bangkok+3")["value"])
    assert spec.daily_wage.mean == pytest.approx(income / 1.5 / 26, abs=0.5)
    assert spec.daily_wage.gini == float(fact("income Gini")["value"])
    assert {band: float(fact("internet users by age", band)["value"]) for band in spec.online} == dict(spec.online)
    contacts = {row["parameter"]: row["value"] for row in table("network_parameters")}
    assert spec.ties.homophily_age == float(contacts["share of contacts within +-1 five-year age band"])
    waste = next(row for row in table("behaviours") if row["id"] == "waste_sort")
    assert load("bangkok-waste").behaviours["waste_sort"].baseline == float(waste["baseline_rate"])


def test_every_fact_has_a_mark_and_a_source():
    for name in ("population_parameters", "network_parameters"):
        source = ""
        for row in table(name):
            source = source if row["source"].startswith("same") else row["source"]
            assert row["mark"].split(" ")[0].strip(":") in (
                "VERIFIED",
                "DERIVED",
                "RECALLED",
                "DESIGN",
                "LOW-CONFIDENCE",
            ), row
            assert source or "RECALLED" in row["mark"], row


def test_ages_and_sexes_follow_the_margins():
    _, found = people()
    known = margins()
    total = sum(n for _, n in known.ages)
    for (first, n), end in zip(known.ages, [*(f for f, _ in known.ages[1:]), 90], strict=True):
        share = n / total
        assert abs(((found.age >= first) & (found.age < end)).mean() - share) < share_error(share)
    male = known.males_per_100_females / (100 + known.males_per_100_females)
    assert abs((found.sex == 0).mean() - male) < share_error(male)


def test_wages_have_the_mean_and_the_gini_asked_for():
    spec, found = people()
    wage = np.sort(found.wage.astype(np.float64))
    sigma = gini_spread(spec.daily_wage.gini)
    error = spec.daily_wage.mean * np.sqrt(np.exp(sigma**2) - 1) / np.sqrt(N)
    assert abs(wage.mean() - spec.daily_wage.mean) < 4 * error
    rank = np.arange(1, N + 1)
    gini = 2 * (rank * wage).sum() / (N * wage.sum()) - (N + 1) / N
    assert gini == pytest.approx(spec.daily_wage.gini, abs=0.02)


def test_who_earns_nothing_has_household_income_a_head_and_never_under_half_the_poverty_line():
    _, found = people("world.decider='citizen'")
    without_work = found.organisation < 0
    assert 0.2 < without_work.mean() < 0.4
    assert found.wage[without_work].min() >= np.float32(margins().poverty_line / 30 / 2)
    size = np.bincount(found.household)
    assert size.mean() == pytest.approx(2.7, abs=0.05)


def test_households_live_together():
    _, found = people("world.decider='citizen'", "world.urban=0.4")
    for name in ("urban", "locality"):
        column = found.column(name).astype(int)
        size = np.bincount(found.household)
        assert np.array_equal(
            np.bincount(found.household, weights=column),
            size * column[np.unique(found.household, return_index=True)[1]],
        )
    assert found.urban.mean() == pytest.approx(0.4, abs=0.02)


def test_organisations_have_their_sizes_and_sectors():
    spec, found = people("world.organisations.mean_size=20")
    members = np.bincount(found.organisation[found.organisation >= 0])
    assert members.mean() == pytest.approx(20, rel=0.05)
    shares = np.bincount(found.organisation_sector, minlength=3) / found.n_organisations
    wanted = [spec.organisations.sectors.public, spec.organisations.sectors.private, spec.organisations.sectors.civil]
    assert np.allclose(shares, wanted, atol=4 * np.sqrt(0.25 / found.n_organisations))


def test_a_citizen_does_not_change_when_others_are_added():
    few = build_population(load("bangkok-waste", ["world.citizens=500"]).world, Streams(2, 0))
    many = build_population(load("bangkok-waste", ["world.citizens=900"]).world, Streams(2, 0))
    for name in ("age", "sex", "wage", "online"):
        assert np.array_equal(few.column(name), many.column(name)[:500])
