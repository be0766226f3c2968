from pathlib import Path

import numpy as np
import pytest

import simulation as kw
from simulation.results.responses.pawn import pawn
from simulation.results.responses.salib import delta, morris, sobol_indices
from simulation.results.study_columns import OUTCOMES
from simulation.results.study_tables import STUDY_OUTCOMES, STUDY_TABLES, meaning_of
from simulation.studies.rows import columns
from simulation.studies.sweeps.sensitivity import of_sweep

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
SMALL = {"world.citizens": 120, "world.localities.number": 2, "run.weeks": 57}
LEVERS = {
    "baht": {"key": "arms.fee_discount.schemes.fee.baht_per_month", "values": [0, 80]},
    "share": {"key": "arms.fee_discount.schemes.fee.enrolment.target_share", "values": [0.1, 0.5]},
}
FACTORS = tuple(LEVERS)


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Every table of a real study, by name."""
    out = tmp_path_factory.mktemp("study") / "s"
    lead = {"lead": {"arm": "recognition", "less": "fee_discount"}}
    asked = kw.study(
        "bangkok-waste", LEVERS, arms=["fee_discount", "recognition"], replicates=2, contrasts=lead, set=SMALL
    )
    found = kw.sweep(asked, jobs=1, report=False, out=out)
    by_method = [of_sweep(found, method).indices for method in ("pawn", "delta")]
    return {
        "runs": found.runs,
        "failed": found.runs.iloc[:0],
        "points": found.points,
        "response": found.response("baht"),
        "interaction": found.interaction("baht", "share"),
        "tornado": found.tornado(),
        "best": found.best(),
        "worst": found.worst(),
        "ranking": found.ranking(),
        "indices": by_method[0].merge(by_method[1], how="outer"),
    }


def plain(names):
    """Return the names as the description has them: factors and outcomes by what stands for them."""
    return ["FACTOR" if name in FACTORS else name for name in names]


@pytest.mark.parametrize("name", [name for name in STUDY_TABLES if name not in ("points", "indices")])
def test_a_table_has_the_columns_that_are_described_in_their_order(tables, name):
    assert list(dict.fromkeys(plain(tables[name].columns))) == [c.name for c in STUDY_TABLES[name]]


def test_every_column_of_every_table_has_a_meaning_and_numbers_have_a_unit(tables):
    for name, table in tables.items():
        for column in table.columns:
            found = meaning_of(name, str(column))
            assert found is not None, f"put {column} of {name} into simulation/results/study_tables.py"
            assert found.meaning
            if name == "points" and table[column].dtype == float:
                assert found.unit, column


def test_points_have_a_mean_and_its_errors_for_every_outcome(tables):
    known = [c.name for c in STUDY_TABLES["points"]]
    forms = [c.removeprefix("OUTCOME") for c in known if c.startswith("OUTCOME") and c != "OUTCOME_n"]
    assert set(tables["points"].columns) >= {f"{o}{form}" for o in ("effect_pp", "cost_baht") for form in forms}
    assert meaning_of("points", "cost_baht_mcse").unit == "baht"
    assert meaning_of("points", "effect_pp").meaning.startswith("mean effect")


def test_a_name_that_no_table_has_is_not_described():
    assert meaning_of("tornado", "swingg") is None
    assert meaning_of("indices", "baht") is None


def test_what_is_described_of_runs_is_what_every_run_has():
    assert tuple(c.name for c in STUDY_OUTCOMES) == OUTCOMES
    assert [c.name for c in STUDY_TABLES["runs"]] == list(columns(["FACTOR"]))


def test_the_indices_of_all_methods_are_described():
    described = {c.name for c in STUDY_TABLES["indices"]}
    x, y = np.zeros((0, 1)), np.zeros(0)
    for method in (pawn, delta, morris, sobol_indices):
        assert set(method(x, y, ["a"]).columns) <= described, method.__name__


def test_the_page_of_results_names_every_column_of_a_run():
    text = (REFERENCE / "results.md").read_text("utf-8").split("## A study's folder")[1]
    for column in STUDY_TABLES["runs"]:
        assert f"`{column.name}`" in text, column.name


@pytest.mark.parametrize("name", ["failed", "mean", "low", "leader", "effect_pp_mcse", "Failed"])
def test_no_factor_can_be_called_as_a_column_that_stands_beside_it(name):
    with pytest.raises(kw.ScenarioError, match=f"levers.{name}"):
        kw.study("bangkok-waste", {name: {"key": "run.weeks", "values": [90, 104]}})
