"""A run's parameters may come from a table of one's own: it is part of the run's identity and is kept with its results."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import simulation as kw
from simulation.core.errors import InputError, ScenarioError
from simulation.results.fragments.checking import verify
from simulation.studies.plan.study import Study
from simulation.studies.run_many import RunSpec
from simulation.studies.sweeps.folder import study_of
from simulation.world.parameter_files import parameters_of
from tests.studies.sweeps.test_sweep import FEE, asked, bits
from tests.world.test_parameter_files import written

TINY = ["world.citizens=120", "world.localities.number=3", "run.weeks=56"]
COLUMNS = ["beta_m", "tau", "responsiveness_waste_sort"]


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    return written(tmp_path_factory.mktemp("tables") / "learned.csv", COLUMNS)


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    return written(tmp_path_factory.mktemp("tables") / "other.csv", COLUMNS, cell=(1, "beta_m", "0.5"))


def test_a_run_takes_its_parameters_from_the_row_of_the_table(table):
    done = kw.run("bangkok-waste", arm="recognition", set_=TINY, parameters=table)
    row = done.parameters.iloc[0]
    sets = parameters_of(table, ("waste_sort",))
    told = (row["beta_m"], row["tau"], row["responsiveness_0"])
    assert told == sets.members.rows[int(row["member"])]
    assert done.facts.parameters == f"learned.csv ({sets.sha256[:8]})"
    model = kw.model("bangkok-waste", parameters=str(table))
    assert model.state.prepared.parameters.beta_m == told[0]


def test_the_table_is_part_of_the_identity_of_a_run(table, other):
    one, two = (parameters_of(path, ("waste_sort",)) for path in (table, other))
    ids = {RunSpec("{}", "d", "a", 0, 0, source, "numpy").run_id for source in ("posterior", "default", one, two)}
    assert len(ids) == 4


@pytest.mark.slow
def test_a_comparison_keeps_its_table_and_goes_on_with_the_same_one_alone(table, other, tmp_path):
    ways = {"set_": TINY, "replicates": 2, "jobs": 1, "out": tmp_path / "c", "quick": True}
    done = kw.compare("bangkok-waste", parameters=table, **ways)
    kept = json.loads((tmp_path / "c" / "manifest.json").read_text("utf-8"))
    assert kept["parameter_sets"]["table"] == parameters_of(table, ("waste_sort",)).text
    assert f"--parameters {table}" in kept["command"]
    copy = tmp_path / "another name.csv"
    copy.write_bytes(table.read_bytes())
    assert kw.compare("bangkok-waste", parameters=copy, **ways).effects.equals(done.effects)
    for unfit in (other, "posterior"):
        with pytest.raises(InputError, match=r'parameters is "another name.csv \(') as found:
            kw.compare("bangkok-waste", parameters=unfit, **ways)
        assert "another name.csv" in found.value.th
    table_gone = kw.open(tmp_path / "c")
    assert table_gone.effects.equals(done.effects)
    assert table_gone.summary.facts.parameters.endswith(done.summary.facts.parameters[-10:])


def test_a_folder_from_before_the_posterior_had_its_name_is_read_and_gone_on_with(tmp_path):
    ways = {"set_": TINY, "replicates": 2, "jobs": 1, "out": tmp_path / "c", "quick": True}
    done = kw.compare("bangkok-waste", **ways)
    path = tmp_path / "c" / "manifest.json"
    kept = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**kept, "parameters": "ensemble"}), "utf-8")
    assert kw.open(tmp_path / "c").summary.facts.parameters == "posterior"
    assert kw.compare("bangkok-waste", parameters="ensemble", **ways).effects.equals(done.effects)


@pytest.mark.slow
def test_a_study_carries_its_table_to_wherever_it_is_run_again(table, other, tmp_path):
    moved = tmp_path / "learned.csv"
    moved.write_bytes(table.read_bytes())
    study = asked(parameters=str(moved), levers={"size": {"key": FEE, "values": [0, 40]}})
    done = kw.sweep(study, jobs=1, report=False, out=tmp_path / "s")
    moved.unlink()
    assert study_of(tmp_path / "s") == study
    assert study.facts.parameters in done.report().read_text("utf-8")
    assert study_of(tmp_path / "s").job() == study.job()
    assert kw.rerun(done.runs["run_id"][1], tmp_path / "s").same
    assert verify(tmp_path / "s").whole
    plain = kw.sweep(asked(levers={"size": {"key": FEE, "values": [0, 40]}}), jobs=1, report=False, out=tmp_path / "p")
    assert not bits(plain.runs).equals(bits(done.runs))
    with pytest.raises(InputError, match=r'parameters is "learned.csv \(') as found:
        kw.sweep(asked(levers={"size": {"key": FEE, "values": [0, 40]}}), jobs=1, parameters=other, out=tmp_path / "s")
    assert "other.csv (" in str(found.value)
    assert "definition" not in str(found.value)
    broken = {**study.definition, "parameter_sets": None}
    with pytest.raises(InputError):
        Study.from_definition(broken)


@pytest.mark.slow
def test_workers_of_a_cluster_have_the_table_with_the_job(table, tmp_path):
    pytest.importorskip("distributed")
    study = asked(parameters=str(table))
    here = kw.sweep(study, jobs=1, report=False, out=tmp_path / "here")
    there = kw.sweep(study, cluster="local", jobs=2, report=False, out=tmp_path / "there")
    assert bits(there.runs).equals(bits(here.runs))


def test_a_study_file_names_its_table_from_its_own_folder_and_is_told_what_is_wrong_with_it(tmp_path):
    (tmp_path / "study.toml").write_text(
        'format = 1\n[study]\nscenario = "bangkok-waste"\nparameters = "mine.csv"\n'
        '[levers.weeks]\nkey = "run.weeks"\nvalues = [90, 104]\n[design]\nkind = "grid"\n',
        "utf-8",
    )
    with pytest.raises(ScenarioError, match=r"mine\.csv"):
        kw.load_study(tmp_path / "study.toml")
    written(tmp_path / "mine.csv", ["beta_m"], cell=(2, "beta_m", "-1"))
    with pytest.raises(ScenarioError) as found:
        kw.load_study(tmp_path / "study.toml")
    [problem] = found.value.problems
    assert (problem.key, 'row 2, column "beta_m"' in problem.text_en) == ("study.parameters", True)
    assert "แถวที่ 2" in problem.text_th
    written(tmp_path / "mine.csv", ["beta_m"])
    study = kw.load_study(tmp_path / "study.toml")
    changed = kw.load_study(study, ["study.replicates=3"])
    assert changed.sets == study.sets is not None
    assert kw.load_study(study, ["study.parameters=default"]).parameters == "default"


def test_the_digest_of_a_study_by_the_posterior_is_what_it_was_under_the_former_name():
    assert asked(parameters="ensemble").digest == asked().digest
    data = asked().definition
    data["study"]["study"]["parameters"] = "ensemble"
    assert Study.from_definition(data).parameters == "posterior"


def test_story_and_explain_take_the_table_too(table):
    told = kw.story("bangkok-waste", 3, "recognition", set_=TINY, parameters=table)
    assert "learned.csv" in told.facts.parameters
    said = kw.explain("bangkok-waste", parameters=table)
    assert "3 parameters are drawn for each society from 30 sets of learned.csv" in " ".join(said.text.split())
    assert "learned.csv" in said.as_text("th")
    assert "held at the best guess" in " ".join(kw.explain("bangkok-waste", parameters="default").text.split())


def test_the_command_ends_with_2_and_one_line_for_a_bad_table(tmp_path):
    written(tmp_path / "bad.csv", ["beta_m"], cell=(2, "beta_m", "x"))
    command = [
        sys.executable,
        "-m",
        "simulation",
        "run",
        "bangkok-waste",
        "--arm",
        "control",
        "--parameters",
        "bad.csv",
    ]
    root = str(Path(kw.__file__).parents[1])
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": root, "PATH": ""}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert 'bad.csv, row 2, column "beta_m"' in done.stderr
    assert "Traceback" not in done.stderr


def test_reading_a_word_imports_neither_pandas_nor_pyarrow():
    code = (
        "import sys; from simulation.world.parameter_files import parameters_of; parameters_of('posterior', ());"
        "from simulation.agents.parameters import draw; draw(1, 0, 1);"
        "print([m for m in ('pandas', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
