"""A term left out: who is dealt into which part, what is refused, and which chains are taken for it."""

import numpy as np
import pytest

from simulation.core.errors import InputError
from simulation.studies.evidence import ablation
from simulation.studies.evidence import calibrate as calibration
from simulation.studies.evidence.ablation import PARTS, ablate, check_term
from simulation.studies.evidence.posterior import NAMES, PRIORS, TERM_OF, Fit, Settings
from tests.studies.evidence.made import row, target

KNOWN = [(row(f"study {i}", arm), target(0.4)) for i in range(12) for arm in ("a", "b")]


def test_parts_are_disjoint_leave_out_whole_studies_and_cover_all():
    masks = np.array([t.mask for t in ablation.tasks_of(KNOWN, "money")])
    assert len(masks) == PARTS
    assert ((~masks).sum(0) == 1).all()
    for mask in masks:
        seen = {r.study for (r, _), m in zip(KNOWN, mask, strict=True) if m}
        assert not seen & {r.study for (r, _), m in zip(KNOWN, mask, strict=True) if not m}


def test_with_and_without_differ_in_the_term_alone():
    whole, without = ablation.tasks_of(KNOWN, None), ablation.tasks_of(KNOWN, "money")
    assert [(t.mask, t.seed, t.lengths) for t in whole] == [(t.mask, t.seed, t.lengths) for t in without]
    assert not {t.name for t in whole} & {t.name for t in without}
    assert ablation.settings_of("money", Settings(seed=3)) == Settings(seed=3, without=("money",))
    assert ablation.settings_of(None, Settings(seed=3)) == Settings(seed=3)


def test_every_parameter_of_the_law_but_shapes_belongs_to_one_term():
    named = [name for names in TERM_OF.values() for name in names]
    assert len(named) == len(set(named))
    assert set(NAMES) - set(named) == {"v0", "eta1", "chi", "tau_h"}  # shapes of a term, nothing without it


@pytest.mark.parametrize(("said", "meant"), [("mony", "money"), ("crowdin", "crowding"), ("Habit", "habit")])
def test_a_misspelt_term_is_refused_with_the_nearest(said, meant):
    with pytest.raises(InputError, match=f"no term.*{meant}") as refused:
        check_term(said)
    assert "ไม่มีพจน์" in refused.value.th
    assert meant in refused.value.th
    assert check_term(meant) == meant


class Draws:
    """By the seed alone; without the term money moves nobody."""

    made = 0

    def __init__(self, table, targets, settings):
        self.without = settings.without

    def fit(self, mask, seed, lengths):
        type(self).made += 1
        draws = {n: np.full(lengths[1], p.middle or 0.1) for n, p in PRIORS.items()}
        if "money" in self.without:
            draws["beta_m"] = np.zeros(lengths[1])
        return Fit(draws, np.zeros((lengths[1], 3)), 0, 7.0)


def test_chains_of_other_studies_are_never_taken_for_these(tmp_path, monkeypatch):
    pytest.importorskip("numpyro")  # the versions that are noted
    monkeypatch.setattr(calibration, "Sampler", Draws)
    monkeypatch.setattr(calibration, "_SAMPLERS", {})
    monkeypatch.setattr(Draws, "made", 0)
    told = []
    found = ablate(KNOWN, "money", tmp_path, jobs=1, on_done=told.append)
    assert told == [f"{law}-{part}" for law in ("whole", "money") for part in range(PARTS)]
    assert ablate(KNOWN, "money", tmp_path, jobs=1) == found
    assert Draws.made == 2 * PARTS
    ablate([(r, target(0.5)) for r, _ in KNOWN], "money", tmp_path, jobs=1)
    assert Draws.made == 4 * PARTS
    assert found.mae != found.mae_with
    assert found.mae_worse.mean == pytest.approx(found.mae - found.mae_with, abs=1e-9)
    monkeypatch.setattr(ablation, "law_digest", lambda: "another version of the law")
    ablate(KNOWN, "money", tmp_path, jobs=1)
    assert Draws.made == 6 * PARTS
