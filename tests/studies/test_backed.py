"""What stands behind each arm goes with the results: kept in the manifest, read again from there, a pilot too."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import simulation as kw
from simulation.studies.backed import pilot_of
from simulation.studies.evidence.learned_file import KEY
from simulation.world.parameter_files import parameters_of

SMALL = ["world.citizens=200", "run.weeks=60"]


def taught(path, said):
    table = pa.table({"beta_c": [0.2, 0.3] * 10, "beta_m": [0.4, 0.5] * 10})
    pq.write_table(table if said is None else table.replace_schema_metadata({KEY: json.dumps(said)}), path)
    return path


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("backed")
    path = taught(folder / "learned.parquet", {"scenario": "bangkok-waste", "pilot": {"file": "pilot.csv"}})
    return kw.compare("bangkok-waste", quick=True, set_=SMALL, replicates=2, parameters=path, out=folder / "r")


def test_every_arm_says_what_it_rests_on_also_when_opened_again(learned):
    opened = kw.open(learned.folder)
    for before, after in zip(learned.summary.facts.arms, opened.summary.facts.arms, strict=True):
        assert before.behind == after.behind
        assert (before.behind is None) == (before.name == "control")
    assert opened.to_json()["evidence"] == learned.to_json()["evidence"]
    assert set(learned.evidence["arm"]) == {"fee_discount", "recognition", "comparison", "district_goal"}
    assert opened.evidence.equals(learned.evidence)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "learned from pilot.csv (bangkok-waste)"), ("th", "เรียนรู้จาก pilot.csv (bangkok-waste)")]
)
def test_a_pilot_that_taught_the_parameters_is_named(learned, lang, words):
    assert words in learned.to_json()["evidence"][lang][-1]
    assert words in kw.open(learned.folder).to_json()["evidence"][lang][-1]


def test_results_from_before_this_was_kept_open_without_it(learned):
    manifest = json.loads((learned.folder / "manifest.json").read_text("utf-8"))
    older = {k: v for k, v in manifest.items() if k not in ("leanings", "pilot")}
    (learned.folder / "manifest.json").write_text(json.dumps(older), encoding="utf-8")
    try:
        data = kw.open(learned.folder).to_json()
    finally:
        (learned.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert data["arms"]["fee_discount"]["evidence"] is None
    assert data["evidence"] == {"en": [], "th": []}


def test_a_table_that_no_pilot_taught_says_nothing_of_one(tmp_path, bangkok):
    csv = tmp_path / "own.csv"
    csv.write_text("beta_c,beta_m\n" + 20 * "0.2,0.4\n", encoding="utf-8")
    for source in (
        "posterior",
        "default",
        parameters_of(csv, ()),
        parameters_of(taught(tmp_path / "a.parquet", None), ()),
    ):
        assert pilot_of(source, bangkok) is None
