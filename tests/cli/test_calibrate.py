"""`kwamdee calibrate` and `kwamdee evidence --without`: what they refuse, print and leave on disk; the fit is made up."""

import importlib.util
import json

import pytest

from simulation.studies.evidence import ablation, refit, shipped
from simulation.studies.evidence import calibrate as calibration
from simulation.studies.evidence.files import VARIANTS
from simulation.studies.evidence.variants import read_variants
from tests.cli.test_evidence import FIGURES, STUDY
from tests.cli.test_json import hold
from tests.studies.evidence.test_ablation import Draws
from tests.studies.evidence.test_calibrate import Made

SHORT = ("--draws", "50", "--warmup", "50", "--jobs", "1")


@pytest.fixture
def folder(tmp_path):
    """Three villages that calibrate."""
    place = tmp_path / "studies"
    (place / "outcomes").mkdir(parents=True)
    for i, name in enumerate(("village", "town", "city")):
        (place / f"{name}.toml").write_text(STUDY.replace("ROLE", "calibrate"), encoding="utf-8")
        figures = FIGURES.replace('"village"', f'"{name}"').replace("value = 0.5", f"value = 0.5{i}")
        (place / "outcomes" / f"{name}.toml").write_text(figures, encoding="utf-8")
    return place


@pytest.fixture
def fitted(monkeypatch):
    pytest.importorskip("numpyro")
    monkeypatch.setattr(calibration, "_SAMPLERS", {})
    yield monkeypatch.setattr(calibration, "Sampler", Made)
    shipped.forget()


@pytest.fixture
def bare(monkeypatch):
    """Without the extra `calibration`."""
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "jax" else find(name, *more))


def refused(done, *said):
    assert (done.code, done.out) == (2, ""), done.err
    assert "Traceback" not in done.err
    for text in said:
        assert text in " ".join(done.err.split())


@pytest.mark.parametrize("asked", [("calibrate",), ("evidence", "--without", "money")])
def test_without_the_extra_one_error_says_what_to_install(asked, kwamdee, bare, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused(kwamdee(*asked), "needs JAX and NumPyro", "kwamdee[calibration]")
    refused(kwamdee(*asked, "--lang", "th"), "ต้องใช้ JAX และ NumPyro", "kwamdee[calibration]")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--seed", "-1"), "seed is -1; it is a whole number from 0"),
        (("--seed", "4294967296"), "seed is 4294967296"),
        (("--draws", "49"), "draws is 49; it is a whole number from 50"),
        (("--warmup", "0"), "warmup is 0"),
        (("--jobs", "0"), "jobs is 0; it is a whole number from 1"),
        (("--seed", "one"), "one"),
        (("--out", " "), "--out is empty"),
    ],
    ids=" ".join,
)
def test_numbers_that_make_no_chains_are_refused_before_anything_is_written(asked, said, kwamdee, folder, tmp_path, monkeypatch, fitted):  # fmt: skip
    monkeypatch.chdir(tmp_path)
    refused(kwamdee("calibrate", str(folder), *asked), said)
    assert [p.name for p in tmp_path.iterdir()] == ["studies"]


@pytest.mark.parametrize("asked", [("calibrate",), ("evidence", "--without", "money")], ids=["calibrate", "without"])
def test_a_folder_of_fewer_than_two_studies_that_calibrate_is_refused(asked, kwamdee, folder, tmp_path, monkeypatch, fitted):  # fmt: skip
    monkeypatch.chdir(tmp_path)
    for name in ("village", "town"):
        (folder / f"{name}.toml").write_text(STUDY.replace("ROLE", "test"), encoding="utf-8")
    command, *rest = asked
    refused(kwamdee(command, str(folder), *rest), "fewer than two studies", 'role = "calibrate"')
    refused(kwamdee(command, str(folder), *rest, "--lang", "th"), "ไม่ถึงสองงาน")
    refused(kwamdee(command, "nowhere", *rest), "nowhere")
    assert [p.name for p in tmp_path.iterdir()] == ["studies"]
    assert not (folder / VARIANTS).exists()


@pytest.mark.parametrize("name", ["first", "all-0", "given-two-arms"])
def test_a_study_that_is_called_as_a_chain_of_all_is_refused(name, kwamdee, folder, tmp_path, fitted):
    for path in (folder / "village.toml", folder / "outcomes" / "village.toml"):
        text = path.read_text("utf-8").replace('study = "village"', f'study = "{name}"')
        path.rename(path.with_name(f"{name}.toml")).write_text(text, encoding="utf-8")
    refused(kwamdee("calibrate", str(folder), *SHORT, "--out", str(tmp_path / "mine")), f"the name {name} is that of a")
    assert not (tmp_path / "mine").exists()


def test_a_calibration_prints_its_parameters_and_where_they_are(kwamdee, folder, tmp_path, fitted):
    out = tmp_path / "mine"
    asked = ("calibrate", str(folder), *SHORT, "--out", str(out))
    done = kwamdee(*asked)
    assert done.code == 0, done.err
    assert "Calibrated on 3 studies, 3 figures; 11 of" in done.out
    assert f"--parameters {out}/posterior.csv" in done.out
    assert "11 of 11 chains" in done.err
    thai = kwamdee(*asked, "--lang", "th")
    assert "ปรับเทียบกับงานวิจัย 3 งาน" in thai.out
    assert thai.err == ""  # all chains were kept
    found = json.loads(kwamdee(*asked, "--json").out)
    assert hold(found, "calibrate") == set()
    assert shipped.calibration(out).trained == ("city", "town", "village")


def test_a_folder_of_another_calibration_is_refused(kwamdee, folder, tmp_path, fitted):
    asked = ("calibrate", str(folder), *SHORT, "--out", str(tmp_path / "mine"))
    assert kwamdee(*asked).code == 0
    refused(kwamdee(*asked, "--seed", "2"), "holds chains of other studies, priors or settings", "--out")


def test_a_file_in_the_place_of_the_folder_is_refused(kwamdee, folder, tmp_path, fitted):
    (tmp_path / "mine").write_text("keep", encoding="utf-8")
    refused(kwamdee("calibrate", str(folder), *SHORT, "--out", str(tmp_path / "mine")), "a file of that name", "--out")
    assert (tmp_path / "mine").read_text("utf-8") == "keep"


def test_a_calibration_that_is_stopped_goes_on_from_there(kwamdee, folder, tmp_path, fitted, monkeypatch):
    asked = ("calibrate", str(folder), *SHORT, "--out", str(tmp_path / "mine"))
    fit = Made.fit

    def stop(self, mask, seed, lengths):
        if not all(mask):
            raise KeyboardInterrupt
        return fit(self, mask, seed, lengths)

    monkeypatch.setattr(Made, "fit", stop)
    done = kwamdee(*asked)
    assert done.code == 130
    assert "the same command goes on from there" in " ".join(done.err.split())
    assert [p.name for p in (tmp_path / "mine").iterdir()] == [calibration.WORK]
    monkeypatch.setattr(Made, "fit", fit)
    done = kwamdee(*asked)
    assert done.code == 0
    assert "5 of 11 chains" in done.err
    assert "\n4 of 11 chains" not in done.err


def test_a_term_is_left_out_and_put_on_record(kwamdee, folder, tmp_path, fitted, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(calibration, "Sampler", Draws)
    done = kwamdee("evidence", str(folder), "--without", "money", "--jobs", "1")
    assert done.code == 0, done.err
    assert "Without money: error" in done.out
    assert "ไม่มี money" in kwamdee("evidence", str(folder), "--without", "money", "--jobs", "1", "--lang", "th").out
    found = json.loads(kwamdee("evidence", str(folder), "--without", "money", "--jobs", "1", "--json").out)
    assert hold(found, "evidence --without") == set()
    (noted,) = read_variants(folder)
    assert noted["name"] == "without money"
    assert noted["mae"] == pytest.approx(found["mae"], abs=1e-4)
    assert len(list((tmp_path / refit.TRIED).rglob("*.npz"))) == 2 * ablation.PARTS


@pytest.mark.parametrize("more", [("--study", "village"), ("--out", "mine")], ids=" ".join)
def test_what_says_nothing_beside_a_term_left_out_is_refused(more, kwamdee, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused(kwamdee("evidence", str(folder), "--without", "money", *more), f"{more[0]} does not go with --without")
    refused(
        kwamdee("evidence", str(folder), "--without", "money", *more, "--lang", "th"), f"{more[0]} ใช้กับ --without ไม่ได้"
    )
    assert [p.name for p in tmp_path.iterdir()] == ["studies"]


def test_a_misspelt_term_is_refused_with_the_nearest_and_noted_nowhere(kwamdee, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused(kwamdee("evidence", str(folder), "--without", "mony"), '"mony"', "money")
    refused(kwamdee("evidence", str(folder), "--without", "mony", "--lang", "th"), "ไม่มีพจน์", "money")
    assert not (folder / VARIANTS).exists()
