"""What stands behind the arms of a study: at the scenario's own values, and with one factor at an end of its own."""

import pytest

import simulation as kw
from simulation.results.behind import Behind, Beyond, behind, more_at_end
from simulation.studies.evidence.leaning import leanings
from simulation.studies.sweeps.rests import ends_of, rests_of

SMALL = {"world.citizens": 120, "world.localities.number": 3}
LENGTH = {"key": "arms.fee_discount.schemes.fee.schedule.weeks", "range": [10, 52], "levels": 3}


def asked(levers, **more):
    return kw.study("bangkok-waste", levers, set=SMALL, arms=["fee_discount", "recognition"], replicates=1, **more)


def test_at_the_scenarios_values_a_study_says_what_a_comparison_says():
    study = asked({"length": LENGTH})
    found = leanings(study.scenario)
    assert rests_of(study).arms == {name: behind(found[name]) for name in ("fee_discount", "recognition")}


def test_what_an_end_of_a_factor_reaches_is_found_though_the_usual_value_does_not():
    wide = {"key": "arms.fee_discount.schemes.fee.baht_per_month", "values": [40, 20, 400_000]}
    found = rests_of(asked({"discount": wide, "length": LENGTH}))
    assert [(e.factor, e.value, e.arm, [b.what for b in e.beyond]) for e in found.ends] == [
        ("discount", 400_000, "fee_discount", ["value_days"])
    ]
    assert found.looked == ("discount", "length")


def test_a_mechanism_that_a_factor_brings_in_is_found():
    everybody = Behind(())
    few = behind(leanings(kw.load("bangkok-waste"))["district_goal"])
    assert more_at_end("who", 0.1, "a", everybody, few).weak == ("areas",)
    assert more_at_end("who", 0.1, "a", few, few) is None


def test_what_is_outside_at_the_usual_value_is_not_told_again_at_an_end():
    there = Behind((), (Beyond("offer_weeks", 900, 1, 200),))
    assert more_at_end("weeks", 900, "a", Behind(()), there).beyond == there.beyond
    assert more_at_end("weeks", 900, "a", there, there) is None


def test_parameters_of_the_law_are_not_looked_at_for_arms_lean_on_the_same():
    study = asked({"length": LENGTH, "crowd": {"key": "parameters.kappa_c", "range": [0.1, 0.5], "levels": 2}})
    found = rests_of(study)
    assert (found.looked, found.not_looked) == (("length",), ())


def test_an_end_that_is_right_only_with_others_is_said_not_to_be_looked_at(monkeypatch):
    from simulation.core.errors import InputError
    from simulation.scenario.model import Scenario

    study = asked({"length": LENGTH})

    def refuse(self, changes):
        raise InputError("no", "ไม่")

    monkeypatch.setattr(Scenario, "with_", refuse)
    found = rests_of(study)
    assert (found.looked, found.not_looked, found.ends) == ((), ("length",), ())


@pytest.mark.parametrize(
    ("lever", "ends"),
    [
        ({"key": "run.weeks", "values": [104, 90, 96]}, (90, 104)),
        ({"key": "run.weeks", "range": [90, 104], "levels": 3}, (90, 104)),
        ({"key": "law.decision", "values": ["logit", "threshold"]}, ("logit", "threshold")),
    ],
)
def test_ends_are_the_least_and_the_most_and_of_words_all(lever, ends):
    assert ends_of(asked({"x": lever}).design.factors[0]) == ends


def test_nothing_is_looked_up_before_it_is_asked_for(tmp_path, monkeypatch):
    from simulation.studies.sweeps import swept

    calls = []
    monkeypatch.setattr(swept, "rests_of", lambda study: calls.append(study))
    done = kw.sweep(asked({"length": LENGTH | {"levels": 2}}), jobs=1, report=False, out=tmp_path / "s")
    assert done.answer()
    assert calls == []
