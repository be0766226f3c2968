"""What a calibration and an ablation say in a terminal."""

import re
from string import Formatter

import pytest

from simulation.reports.evidence import fitted
from simulation.reports.evidence.fitted import ablation_lines, parameter_lines
from simulation.studies.evidence.ablation import Ablation
from simulation.studies.evidence.score import Difference
from simulation.studies.evidence.shipped import calibration

WORSE = Difference(0.02, 0.005, 0.01, 0.03, 12)
LETTERS = re.compile("[ก-๛]")


def fields(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def test_every_text_has_both_languages_and_the_same_figures():
    assert fitted._TEXTS["en"].keys() == fitted._TEXTS["th"].keys()
    for key, text in fitted._TEXTS["th"].items():
        assert LETTERS.search(text), key
        assert fields(text) == fields(fitted._TEXTS["en"][key]), key
    assert len(fitted._HEADS["en"]) == len(fitted._HEADS["th"])


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_table_has_every_parameter_with_its_figures(lang):
    manifest = calibration().manifest
    lines = parameter_lines(manifest, "results/mine", lang)
    for name, p in manifest["parameters"].items():
        (line,) = (x for x in lines if x.startswith(f"{name} "))
        for value in (
            f"{p['median']:.3f}",
            f"{p['low']:.3f} – {p['high']:.3f}",
            f"{p['r_hat']:.3f}",
            p["moved_most_by"],
        ):
            assert value in line
    assert str(len(manifest["studies"])) in lines[0]
    assert lines[-1].endswith("--parameters results/mine/posterior.csv")


def test_a_parameter_that_no_fold_moves_has_an_empty_place():
    manifest = calibration().manifest
    alone = {**manifest["parameters"]["tau"], "moved_most_by": None, "moved_by_sd": None}
    lines = parameter_lines({**manifest, "parameters": {"tau": alone}}, "out", "en")
    assert next(x for x in lines if x.startswith("tau ")).rstrip().endswith(f"{alone['r_hat']:.3f}")


@pytest.mark.parametrize(
    ("se", "en", "th"),
    [(0.005, "the term earns its place", "พจน์นี้ควรคงไว้"), (0.03, "does not show that it earns its place", "ยังไม่แสดงว่าควรคงไว้")],
)  # fmt: skip
def test_an_ablation_says_whether_the_term_earns_its_place(se, en, th):
    found = Ablation("money", 0.3, 0.25, 0.9, 0.29, 0.23, Difference(0.02, se, 0.0, 0.04, 12), WORSE)
    first, last = ablation_lines(found, "en")
    assert first.startswith("Without money: error 0.300 (with it 0.290)")
    assert "90% inside" in first
    assert "+0.0200" in last
    assert en in last
    assert th in ablation_lines(found, "th")[1]
