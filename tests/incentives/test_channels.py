"""How people are reached: an app, paper, an agent; who is left out, and what it costs."""

import numpy as np
import pytest
from pydantic import ValidationError

from simulation.core.errors import InputError, ScenarioError
from simulation.engine.mesa_scheme import SchemeInMesa
from simulation.incentives.channels import AGENT, APP, NOBODY, PAPER, Channels
from simulation.scenario.schemes import scheme
from simulation.studies.explain import explain
from simulation.studies.run_many import RunSpec, run_row, takeup_rows
from simulation.studies.scheme_words import how_reached
from tests.incentives.delivered import state_of, town

SCHEDULE = "schedule = { start = 2, weeks = 12 }\n"
MIXED = (
    "channels = { app = true, paper_share = 0.3, agent_share = 0.4, baht_per_paper = 12.5, baht_per_agent = 80.0 }\n"
)


@pytest.fixture(scope="module")
def mixed():
    return state_of(town(SCHEDULE + MIXED))


def of(state):
    (s,) = state.schemes
    return s


def spec(state):
    return RunSpec("{}", "0" * 64, "trial", 0, 0, "posterior", "numpy")


def test_without_channels_everybody_is_reached_and_nothing_changes():
    plain, _ = state_of(town(SCHEDULE))
    said, _ = state_of(town(SCHEDULE + "channels = {}\n"))
    assert of(said).reached is of(said).eligible
    assert plain.columns.digest() == said.columns.digest()
    assert of(said).ledger.service_satang == 0


def test_the_app_reaches_those_online_and_each_other_channel_its_share_of_the_rest(mixed):
    state, society = mixed
    online = society.citizens.online > 0
    channel = of(state).scheme.channels.reaches(society.people, society.citizens.ids, society.streams, of(state).number)
    assert (channel[online] == APP).all()
    rest = channel[~online]
    n = len(rest)
    assert abs((rest == PAPER).mean() - 0.3) < 4 * np.sqrt(0.21 / n)
    assert abs((rest == AGENT).mean() - 0.4) < 4 * np.sqrt(0.24 / n)
    assert 0 < (rest == NOBODY).sum() == int(of(state).eligible.sum() - of(state).reached.sum())


@pytest.mark.parametrize("enrolment", ["automatic", "opt-in"])
def test_whom_no_channel_reaches_never_enters_though_eligible(enrolment):
    how = "" if enrolment == "automatic" else 'enrolment = { mode = "opt-in", friction = "one-tap" }\n'
    state, society = state_of(town(SCHEDULE + how + "channels = { app = true }\n", citizens=1500))
    s, offline = of(state), society.citizens.online == 0
    assert s.eligible.all()
    assert np.array_equal(s.reached > 0, ~offline)
    ever = state.columns["ever_enrolled"][0] > 0
    assert ever[~offline].any()
    assert not ever[offline].any()
    assert not state.ever_live[offline].any()
    row = run_row(spec(state), state)
    assert (row["eligible"], row["reached"]) == (society.n, int((~offline).sum()))
    assert row["ever_live"] <= row["reached"]
    groups = {(r["group_kind"], r["group"]): r for r in takeup_rows(spec(state), state)}
    old = groups["age_band", "60+"]
    assert old["reached"] == int((society.citizens.online[society.citizens.age >= 60]).sum()) < old["eligible"]


def test_each_head_reached_by_paper_or_agent_costs_once_out_of_the_budget(mixed):
    state, society = mixed
    s = of(state)
    channel = s.scheme.channels.reaches(society.people, society.citizens.ids, society.streams, s.number)
    due = int((channel == PAPER).sum()) * 1250 + int((channel == AGENT).sum()) * 8000
    assert due == s.ledger.service_satang == s.ledger.entries[0].service_satang > 0
    assert s.ledger.entries[0].week == 2
    assert sum(e.service_satang for e in s.ledger.entries[1:]) == 0
    assert run_row(spec(state), state)["running_baht"] == due / 100


def test_a_budget_that_does_not_cover_reaching_people_never_opens_and_spends_nothing(mixed):
    state, _ = mixed
    due = of(state).outreach_satang / 100
    poor, _ = state_of(town(f"{SCHEDULE}{MIXED}budget_baht = {due - 1}\n", kind='kind = "matched_giving"\nbehaviour = '
                            '"exercise"\ngiven_baht_per_act = 1.0\nmatch_share = 0.0\n'))  # fmt: skip
    assert of(poor).closed_week == 2
    assert of(poor).ledger.spent_satang == 0
    assert not poor.ever_live.any()
    enough, _ = state_of(town(f"{SCHEDULE}{MIXED}budget_baht = {due}\n", kind='kind = "matched_giving"\nbehaviour = '
                              '"exercise"\ngiven_baht_per_act = 1.0\nmatch_share = 0.0\n'))  # fmt: skip
    assert of(enough).closed_week == -1
    assert of(enough).ledger.spent_satang == of(enough).outreach_satang


def test_explain_counts_who_is_reached_and_what_it_costs(mixed):
    state, _ = mixed
    scenario = state.prepared.scenario
    found = explain(scenario)
    (most,) = found.most.values()
    assert most.outreach > 0
    assert most.eligible > most.reached > 0
    assert most.total == sum(most.giving) + most.outreach + most.running
    text = str(found)
    assert "an app reaches those online; paper reaches 30% of the rest at 12.5 baht a head" in " ".join(text.split())
    assert "Reaching people" in text
    thai = " ".join(str(explain(scenario, lang="th")).split())
    assert "การเข้าถึง" in thai


def test_channels_are_said_in_both_languages():
    state = town(SCHEDULE + MIXED).arms["trial"].schemes["reward"]
    said = how_reached(state)
    assert said.en == (
        "an app reaches those online; paper reaches 30% of the rest at 12.5 baht a head; "
        "a community agent reaches 40% of the rest at 80 baht a head"
    )
    assert said.th == (
        "แอปเข้าถึงผู้ใช้อินเทอร์เน็ต เอกสารเข้าถึงร้อยละ 30 ของผู้ที่เหลือ คนละ 12.5 บาท "
        "เจ้าหน้าที่ชุมชนเข้าถึงร้อยละ 40 ของผู้ที่เหลือ คนละ 80 บาท"
    )
    assert how_reached(town(SCHEDULE).arms["trial"].schemes["reward"]) is None


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("{ paper_share = 0.7, agent_share = 0.6 }", "agent_share", "Write agent_share = 0.3 or less"),
        ("{ app = true, baht_per_paper = 3.0 }", "baht_per_paper", "Add for example paper_share = 0.5"),
        ("{ papr_share = 0.7 }", "papr_share", 'Did you mean "paper_share"'),
    ],
)
def test_a_mistake_in_channels_names_its_line_and_what_would_do(text, key, said):
    with pytest.raises(ScenarioError) as caught:
        town(f"{SCHEDULE}channels = {text}\n")
    (problem,) = caught.value.problems
    assert problem.key == f"arms.trial.schemes.reward.channels.{key}"
    assert said in problem.text_en
    assert problem.line


def test_python_refuses_the_same_and_agents_of_ones_own_are_given_not_reached():
    with pytest.raises(ValidationError, match=r"sum to 1\.3"):
        Channels(paper_share=0.7, agent_share=0.6)
    with pytest.raises(ValidationError, match='goes with "agent_share"'):
        Channels(app=True, baht_per_agent=1.0)
    with pytest.raises(InputError, match="channels are for Kwamdee's own citizens"):
        SchemeInMesa(object(), scheme("points", baht_per_act=5, channels={"app": True}))


def test_both_engines_reach_the_same_people_and_write_the_same_columns():
    pytest.importorskip("numba")
    text = f'{SCHEDULE}{MIXED}enrolment = {{ mode = "opt-in", friction = "one-tap" }}\n'
    digests = {engine: state_of(town(text), engine)[0].columns.digest() for engine in ("numpy", "numba")}
    assert digests["numpy"] == digests["numba"]
