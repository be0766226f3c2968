"""What is not scored is named with its reason, and slips in studies of one's own are told."""

import pytest

from simulation.core.errors import ScenarioError
from simulation.reports.evidence.terminal import render
from simulation.reports.evidence.words import NAMED
from simulation.reports.terminal import Screen
from simulation.studies.evidence.coding import Span
from simulation.studies.evidence.files import read_designs, read_outcomes
from simulation.studies.evidence.known import known_of
from simulation.studies.evidence.unscored import TWICE, Unscored, offered_to_nobody, remarks_of, seen_under_another_name
from tests.studies.evidence.made import card
from tests.studies.evidence.small_study import DESIGN, NAME, OUTCOMES, put

AGAIN = '[[observed]]\narm = "cash"\nquantity = "level"\nvalue = 44.0\nse = 2.0\nprovenance = "seen"\n'


def remarks(folder):
    design = read_designs(folder)[0]
    return [x.en for x in remarks_of(design, read_outcomes(design).observed)]


def test_each_figure_that_is_not_scored_is_named_with_its_reason(tmp_path):
    known, listed = known_of(read_designs(put(tmp_path, outcomes=OUTCOMES + AGAIN)))
    assert [x.span.arm for x in listed] == ["lottery", "letter", "cash"]
    assert [x.why.en.split(",")[0] for x in listed[:2]] == ["recalled", "neither a standard error nor an interval"]
    assert listed[2].why == TWICE
    assert known[0][1].value == 15.0  # the first figure of the two counts


def test_the_card_says_which_figures_and_that_a_missing_provenance_counts_as_recalled():
    shown = " ".join(render(card(), "en", Screen()).split())
    assert (
        "2 published figures are listed and not scored: one e week 0 (recalled, not read, or its provenance is not said)"
        in shown
    )
    many = [Unscored("one", Span("e", "act", 0, 1), TWICE)] * (NAMED + 1)
    assert f"{NAMED + 1} published figures are listed and not scored: recalled, or" in " ".join(
        render(card(listed=many), "en", Screen()).split()
    )
    one = " ".join(render(card([], listed=many[:1]), "en", Screen()).split())
    assert "1 published figure is listed" in one
    assert "no figure has an error" not in one  # it may have one, and be recalled
    assert "0 studies, 0 arms" in one


def test_shares_written_where_per_cent_are_said_are_asked_about(tmp_path):
    text = OUTCOMES.replace("value = 30.0\nse = 2.0", "value = 0.30\nse = 0.02")
    assert not [x for x in remarks(put(tmp_path / "right")) if "baseline" in x]
    (said,) = [x for x in remarks(put(tmp_path / "wrong", outcomes=text)) if "baseline" in x]
    assert said.startswith(f"{NAME}: the control's published level of 0.3 is 0.003 as a share")
    assert "study.outcome.scale = 100" in said


def test_arms_of_which_nothing_was_published_are_named(tmp_path):
    assert remarks(put(tmp_path)) == [
        f"{NAME}: no figure is published of charity, deposit, goal, vow, reminder; nothing is predicted of them."
    ]


def test_an_arm_into_which_only_some_sign_up_is_told(tmp_path):
    enrolment = 'enrolment = { mode = "opt-in", friction = "web-form" }, '
    cash = 'schemes.cash = { kind = "cash_per_act", behaviour = "return_book", baht_per_act = 10.0, '
    design = DESIGN.replace(cash, cash + enrolment)
    (said,) = [x for x in remarks(put(tmp_path, design)) if "friction" in x]
    assert "in the arm cash" in said


def test_an_arm_that_reaches_nobody_in_its_world_is_told(tmp_path):
    figure = '[[observed]]\narm = "vow"\nquantity = "difference"\nvalue = 5.0\nse = 2.0\nprovenance = "seen"\n'
    pair = (
        'schemes.pair = { kind = "buddy", behaviour = "return_book", baht_per_month = 25.0, acts_needed_per_month = 2, '
    )
    vow = "[arms.vow]\nschemes.vow = "
    assert vow in DESIGN
    alone = DESIGN.replace(vow, f"[arms.vow]\n{pair}schedule = {{ start = 0, weeks = 4 }} }}\n#")
    other = "[behaviours.lend]\nbaseline = 0.2\nopportunities_per_week = 1\n[study]"
    two = DESIGN.replace("[study]", other)
    told = {"plain": (DESIGN, figure, ""), "alone": (alone, figure, "pairs need ties"), "aside": (two, "", "no scheme")}
    for name, (design, more, said) in told.items():
        outcomes = OUTCOMES + more
        if name == "aside":
            outcomes = outcomes.replace('arm = "', 'behaviour = "lend"\narm = "')
        designs = read_designs(put(tmp_path / name, design, outcomes))
        found = [x.en for x in offered_to_nobody(known_of(designs)[0], designs)]
        assert bool(found) == bool(said)
        assert all(said in x for x in found)


def test_a_shipped_study_under_another_name_is_told_for_the_parameters_have_seen_it(tmp_path):
    shipped = read_designs(studies=["thornton_2008"])
    doi = f'doi = "{shipped[0].scenario.study.doi}"\n'
    design = DESIGN.replace('role = "test"\n', f'role = "test"\n{doi}')
    for name, told in ((NAME, 1), ("thornton_2008", 0)):
        mine = read_designs(put(tmp_path / name, design, None, name))
        assert len(list(seen_under_another_name(mine, shipped))) == told


def test_mistakes_in_the_outcomes_of_several_studies_are_told_at_once(tmp_path):
    for name in ("one", "two"):
        put(tmp_path, outcomes=OUTCOMES.replace("se = 2.0", "se = -2.0").replace(NAME, name), name=name)
    with pytest.raises(ScenarioError) as error:
        known_of(read_designs(put(tmp_path, outcomes=None, name="three")))
    assert len(error.value.problems) == 3
    assert "name each with --study" in " ".join(str(error.value).split())
