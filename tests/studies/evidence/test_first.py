import numpy as np
import pytest

from simulation.core.errors import InputError
from simulation.studies.evidence.first import MANIFEST, read_first, write_first
from simulation.studies.evidence.rules import flat_of
from simulation.studies.evidence.score import Prediction
from tests.studies.evidence.made import KNOWN, card, row

FLAT = flat_of(KNOWN)


def write(folder, batch, *studies):
    made = [Prediction(row(s, "a"), np.linspace(0, 1, 201)) for s in studies]
    return write_first(folder, batch, made, FLAT, "parameters-1", "code-1")


def test_what_was_written_first_is_read_back(tmp_path):
    write(tmp_path, "one", "x", "y")
    write(tmp_path, "two", "z")
    found = read_first(tmp_path)
    assert [(f.study, f.batch) for f in found] == [("x", "one"), ("y", "one"), ("z", "two")]
    assert found[0].quantiles == pytest.approx(np.arange(1, 100) / 100)
    assert found[0].flat_mean == pytest.approx(FLAT.mean(row("x")), rel=1e-5)
    assert found[0].key == row("x", "a").key
    assert 'parameters = "parameters-1"' in (tmp_path / MANIFEST).read_text()


def test_a_study_has_one_first_prediction(tmp_path):
    path = write(tmp_path, "one", "x")
    before = path.read_bytes()
    for batch, study in (("two", "x"), ("one", "y")):
        with pytest.raises(InputError) as error:
            write(tmp_path, batch, study)
        assert error.value.th
    assert path.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {MANIFEST, "one.csv"}


def test_a_changed_a_missing_and_an_unnamed_file_are_refused(tmp_path):
    path = write(tmp_path, "one", "x")
    text = path.read_text()
    path.write_text(text.replace("0.01", "0.02", 1))
    with pytest.raises(InputError, match="hash differs"):
        read_first(tmp_path)
    path.write_text(text)
    (tmp_path / "late.csv").write_text(text)
    with pytest.raises(InputError, match="not named"):
        read_first(tmp_path)
    (tmp_path / "late.csv").unlink()
    path.unlink()
    with pytest.raises(InputError, match="hash differs"):
        read_first(tmp_path)


def test_no_folder_holds_no_first_prediction(tmp_path):
    assert read_first(tmp_path / "none") == []


def test_the_card_scores_the_first_prediction_and_not_todays(tmp_path):
    write_first(tmp_path, "one", [Prediction(row("one", "d"), np.full(50, 3.0))], FLAT, "p", "c")
    made = card(first=read_first(tmp_path))
    (compared,) = made.first_test.rows
    assert compared.score.error < 0.05
    assert made.everything.rows[3].score.error > 2.0
    assert made.to_json()["first_test"]["arms"] == 1
