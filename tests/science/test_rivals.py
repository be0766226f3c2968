"""Side effects and rival submodels of [law]: nothing at their defaults, the right direction, the same bits in both engines."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import simulation.engine.prepare as preparing
from benchmarks.handover import plain_model
from simulation.agents import equations as law
from simulation.agents.law_spec import RULES, LawSpec
from simulation.agents.meanfield import kinds_of_people, mean_field
from simulation.core.errors import ScenarioError
from simulation.core.floats import logit64
from simulation.core.streams import Streams
from simulation.engine.prepare import _common_motivation, prepare
from simulation.engine.run import run, start, step
from simulation.scenario.fields import known_field
from simulation.scenario.law_rules import undisplaced, undisplaced_warning
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.scenario.words import key_words
from tests.science.test_meanfield import FIRST, LAST, WEEKS
from tests.science.test_meanfield import society as one_act

NO_ARMS = [f"arms.{arm}.schemes={{}}" for arm in ("fee_discount", "recognition", "comparison", "district_goal")]
OPT_IN = "enrolment={mode='opt-in', friction='one-tap'}"
WHEN = "schedule={start=6, weeks=20}"
POINTS = f"kind='points', baht_per_act=20, behaviour='waste_sort', {WHEN}"
LETTER = f"kind='comparison', reference='locality-mean', behaviour='waste_sort', {WHEN}"
HONOUR = f"kind='recognition', audience='named-to-group', behaviour='waste_sort', {WHEN}"
PRIZE = f"kind='prize_draw', prize_baht=400, chance_per_act=0.1, behaviour='waste_sort', {WHEN}"


def scenario(*settings: str, schemes: tuple[str, ...] = (POINTS,), citizens: int = 1200, weeks: int = 44) -> Scenario:
    """One arm, x, with the schemes given; sizes small."""
    named = [f"arms.x.schemes.s{i}={{{scheme}}}" for i, scheme in enumerate(schemes)]
    sizes = [f"world.citizens={citizens}", f"run.weeks={weeks}"]
    changed = load("bangkok-waste", [*sizes, *NO_ARMS, *named, *settings])
    return Scenario.model_validate(changed.model_dump(mode="json"))  # a world of its own: no file's levels are kept


def gains(*settings: str, **kwargs) -> np.ndarray:
    """Acts beyond the twins', by week and behaviour; crowding at .6 logit, which no other test depends on."""
    return gains_of(scenario(*settings, **kwargs))


def gains_of(s: Scenario, replicate: int = 2) -> np.ndarray:
    records = run(start(prepare(s, replicate), "x", "numpy")).records
    return (records.acts - records.acts_twin).sum(axis=2)


DEFAULTS = {
    "crowding_acts": "'always'",
    "reference_dependence": "0.0",
    "displacement": "0.0",
    "anticipation": "0.0",
    "announced_weeks": "9",  # nothing is anticipated of it
    "response_of_deprived": "0.0",
    "learning_from_rewards": "0.0",
    "broken_promises": "0.0",
    "at_scale": "1.0",
    "honour_at_scale": "1.0",
    "homophily_motivation": "0.0",
    "decision": "'logit'",
    "norm_perception": "'weighted'",
}


def test_every_rule_at_its_default_leaves_each_column_as_it_is():
    assert {*DEFAULTS, "fade"} == set(LawSpec.model_fields) == set(RULES)
    schemes = (f"{POINTS}, {OPT_IN}", LETTER)
    other = 'behaviours.other={baseline=0.4, opportunities_per_week=3, hours_per_act=1, substitutes=["waste_sort"]}'
    said = [f"law.{key}={value}" for key, value in DEFAULTS.items()]
    usual = run(start(prepare(scenario(other, schemes=schemes), 2), "x", "numpy"))
    spoken = run(start(prepare(scenario(other, *said, "law.fade=true", schemes=schemes), 2), "x", "numpy"))
    assert usual.columns.digest() == spoken.columns.digest()


EVERYTHING = [
    "law.crowding_acts='after'",
    "law.displacement=0.4",
    "law.anticipation=0.3",
    "law.announced_weeks=3",
    "law.response_of_deprived=0.3",
    "law.learning_from_rewards=2",
    "law.broken_promises=0.5",
    "law.at_scale=0.5",
    "law.honour_at_scale=0.6",
    "law.homophily_motivation=0.2",
    'behaviours.device={baseline=0.2, opportunities_per_week=7, dynamics="sticky", redecision=0.05, hours_per_act=0.5}',
    'behaviours.rare={baseline=0.2, opportunities_per_week=0.25, hours_per_act=2, substitutes=["waste_sort", "device"]}',
    "arms.x.schemes.d={kind='comparison', reference='locality-mean', behaviour='device', schedule={start=8, weeks=16}}",
    "arms.x.schemes.e={kind='prize_draw', prize_baht=400, chance_per_act=0.1, behaviour='device', schedule={start=8, weeks=16}}",
    "arms.x.schemes.f={kind='points', baht_per_act=90, behaviour='rare', schedule={start=4, weeks=16}}",
]


@pytest.mark.parametrize("rest", [(), ("law.reference_dependence=0.3",)], ids=["after", "reference"])
@pytest.mark.parametrize("combine", ["counts-once", "strongest", "additive"])
def test_both_engines_agree_to_the_last_bit_with_every_rule_on(rest, combine):
    pytest.importorskip("numba")
    s = scenario(*EVERYTHING, *rest, f"arms.x.combine='{combine}'", schemes=(f"{POINTS}, {OPT_IN}", LETTER))
    society = prepare(s, 1)
    readable, fast = run(start(society, "x", "numpy")), run(start(society, "x", "numba"))
    assert readable.columns.digest() == fast.columns.digest()
    assert np.array_equal(readable.records.acts, fast.records.acts)
    assert readable.columns["exposure"].any()


@pytest.mark.parametrize("rule", ["law.crowding_acts='after'", "law.reference_dependence=0.3", "law.fade=false"])
def test_the_plain_model_agrees_act_for_act(rule):
    told = "arms.x.schemes.told={kind='comparison', reference='locality-mean', behaviour='told', schedule={start=4, weeks=20}}"
    s = scenario("behaviours.told={baseline=0.4, opportunities_per_week=7, visible=0.8}", told, "law.at_scale=0.5", rule,
                 schemes=(PRIZE,), citizens=400)  # fmt: skip
    prepared = prepare(s, 2)
    oracle, state = plain_model(prepared, "x"), start(prepared, "x", "numpy")
    for week in range(s.run.weeks):
        step(state)
        oracle.step()
        acts = np.array([person.acts for person in oracle.people]).T
        assert np.array_equal(acts, state.columns["acts"]), week


# ---- messages wear off ----


def test_a_message_wears_off_and_recovers_after_a_pause():
    state = start(prepare(scenario(schemes=(LETTER,)), 2), "x", "numpy")
    exposure = []
    for _ in range(44):
        step(state)
        exposure.append(float(state.columns["exposure"][0].mean()))
    assert exposure[5] == 0.0
    assert exposure[25] == pytest.approx(20 * 0.2, rel=1e-5)  # everybody was told, in 20 weeks
    assert exposure[43] == pytest.approx(4.0 * np.exp(-0.08 * 18), rel=1e-4)
    told, always = gains(schemes=(LETTER,))[:, 0], gains("law.fade=false", schemes=(LETTER,))[:, 0]
    assert np.array_equal(told[:7], always[:7])  # the first message is as new as ever
    assert told[15:26].sum() < always[15:26].sum()


def test_money_does_not_wear_off():
    assert np.array_equal(gains(schemes=(PRIZE,)), gains("law.fade=false", schemes=(PRIZE,)))


def test_the_replay_of_a_study_tells_its_message_once_unless_the_file_says_otherwise():
    study = "study={citation='A study of one message'}"
    assert np.array_equal(gains(study, schemes=(LETTER,)), gains("law.fade=false", schemes=(LETTER,)))
    assert np.array_equal(gains(study, "law.fade=true", schemes=(LETTER,)), gains(schemes=(LETTER,)))


def test_a_message_that_wears_off_follows_the_mean_field():
    """R falls week by week with everybody's exposure, which is the same; 60,000 citizens scatter by less than .01 logit."""
    letter = "kind='comparison', reference='locality-mean'"
    prepared = one_act(60_000, "opportunities_per_week=7, visible=0", letter)
    prepared = replace(prepared, betas=replace(prepared.betas, w_d=np.float32(8)))  # so that the letter is heard
    b, p, kinds = prepared.behaviours[0], prepared.parameters, kinds_of_people(0.3, 2.0, 0.5)
    records = run(start(prepared, "x")).records
    own = law.probability(np.exp(kinds.alpha)).astype(np.float32)
    rate = records.acts.sum(axis=2)[:, 0] / records.opportunities.sum(axis=2)[:, 0]
    twin = records.acts_twin.sum(axis=2)[:, 0] / records.opportunities.sum(axis=2)[:, 0]
    reason, n = np.zeros((WEEKS, len(own)), np.float32), 0.0
    z = start(prepared, "x").schemes[0].discrepancy
    for week in range(FIRST, LAST):
        pull = law.message_pull(np.float32(p.phi + (1 - p.phi) * np.exp(-n)), np.float32(rate[week - 1]), own)
        told = kinds.person.astype(np.float32) * prepared.betas.w_d * pull
        reason[week], n = law.with_discrepancy(told, z), n + 0.2
    field = mean_field(b, kinds, reason, [FIRST <= t < LAST for t in range(WEEKS)])
    for span in (slice(FIRST, FIRST + 4), slice(LAST - 8, LAST)):
        simulated = logit64(rate[span].mean()) - logit64(twin[span].mean())
        computed = logit64(field.rate[span].mean()) - logit64(field.rate_twin[span].mean())
        assert float(simulated) > 0.02
        assert abs(float(simulated - computed)) < 0.02


# ---- rivals of crowding ----


def test_crowding_that_waits_costs_nothing_while_paid_and_as_much_after():
    strong = "behaviours.waste_sort.intrinsic=1.0"
    always = gains(strong, schemes=(PRIZE,))[:, 0]
    waits = gains(strong, "law.crowding_acts='after'", schemes=(PRIZE,))[:, 0]
    assert waits[6:26].sum() > always[6:26].sum()
    state = start(prepare(scenario(strong, "law.crowding_acts='after'", schemes=(PRIZE,)), 2), "x", "numpy")
    for _ in range(27):
        step(state)
    assert (state.columns["crowding"][0] > 0).all()  # it was there all along, and acts from the first week after
    assert waits[26:30].mean() < waits[22:26].mean()


def test_crowding_that_waits_follows_the_mean_field():
    prepared = one_act(
        60_000, "opportunities_per_week=7, visible=0", "kind='prize_draw', prize_baht=484, chance_per_act=0.1"
    )
    waiting = prepared.scenario.with_({"law.crowding_acts": "after"})
    state = run(start(replace(prepared, scenario=waiting), "x"))
    kinds = kinds_of_people(0.3, 2.0, 0.5)
    p, b = prepared.parameters, prepared.behaviours[0]
    pull = p.beta_c + p.beta_m * np.log(1 + 48.4 / 968 / p.v0)
    told = (kinds.person * pull).astype(np.float32)
    reason = law.with_discrepancy(told, state.schemes[0].discrepancy)
    live = [FIRST <= t < LAST for t in range(WEEKS)]
    field = mean_field(b, kinds, reason, live, b.crowding_scale, crowding_waits=True)
    usual = mean_field(b, kinds, reason, live, b.crowding_scale)
    rate = state.records.acts.sum(axis=2)[:, 0] / state.records.opportunities.sum(axis=2)[:, 0]
    for span in (slice(LAST - 8, LAST), slice(LAST, LAST + 4), slice(WEEKS - 4, WEEKS)):
        assert abs(float(logit64(rate[span].mean()) - logit64(field.rate[span].mean()))) < 0.02
    assert field.rate[LAST - 1] - usual.rate[LAST - 1] > 0.01  # the rule matters here


def test_reference_dependence_takes_away_after_removal_and_stands_in_the_place_of_crowding():
    without = gains("law.reference_dependence=0.000001", schemes=(PRIZE,))[:, 0]  # no crowding and next to no loss
    with_it = gains("law.reference_dependence=0.3", schemes=(PRIZE,))[:, 0]
    assert np.array_equal(with_it[:26], without[:26])  # the same while the same is paid
    assert with_it[26:30].sum() < without[26:30].sum()
    state = run(start(prepare(scenario("law.reference_dependence=0.3", schemes=(PRIZE,)), 2), "x", "numpy"))
    assert not state.columns["crowding"].any()
    assert prepare(scenario("law.reference_dependence=0.3"), 2).parameters.kappa_c == 0.0


def test_a_taper_that_gives_less_each_week_is_felt_as_a_loss_while_it_is_paid():
    falling = POINTS.replace("weeks=20", "weeks=20, taper=15")
    without = gains("law.reference_dependence=0.000001", schemes=(falling,))[:, 0]
    with_it = gains("law.reference_dependence=0.3", schemes=(falling,))[:, 0]
    assert with_it[12:26].sum() < without[12:26].sum()


# ---- displacement, anticipation ----

OTHER = 'behaviours.other={baseline=0.5, opportunities_per_week=7, visible=0, substitutes=["waste_sort"]}'
HOURS = "behaviours.waste_sort.hours_per_act=1.0"


def test_hours_gained_in_one_act_are_lost_in_its_substitute():
    at = {delta: gains(OTHER, HOURS, f"law.displacement={delta}")[:, 1].sum() for delta in (0, 0.25, 0.5)}
    assert at[0] == 0
    assert at[0.5] < at[0.25] < 0


def test_displacement_begins_in_the_week_after_and_ends_with_the_gain():
    lost = gains(OTHER, HOURS, "law.displacement=0.5", weeks=60)[:, 1]
    assert not lost[:7].any()
    assert lost[7:26].sum() < 0
    assert abs(lost[-3:].mean()) < abs(lost[10:26].mean()) / 2


def test_an_act_that_names_itself_is_displaced_in_time():
    own = 'behaviours.waste_sort.substitutes=["waste_sort"]'
    assert gains(HOURS, own, "law.displacement=0.5").sum() < gains(HOURS, own, "law.displacement=0").sum()


def test_hours_come_from_the_table_of_behaviours_where_the_file_does_not_give_them():
    found = prepare(scenario(OTHER, "law.displacement=0.5"), 0).behaviours
    assert [b.hours for b in found] == [0.1, 0.0]


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        (["law.displacement=0.5"], "law.displacement"),
        (['behaviours.waste_sort.substitutes=["wast_sort"]'], "behaviours.waste_sort.substitutes"),
        (["law.displacement=0.5", 'behaviours.sorted={baseline=0.5, opportunities_per_week=1, substitutes=["sorted"]}',
          "arms.x.schemes.s0={kind='points', baht_per_act=2, behaviour='sorted', schedule={start=2, weeks=3}}"],
         "behaviours.sorted"),
        (["law.anticipation=0.2"], "law.anticipation"),
        (["law.at_scale=0.1"], "law.at_scale"),
        (["law.fades=true"], "law.fades"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_key(settings, key):
    with pytest.raises(ScenarioError) as error:
        load("bangkok-waste", ["world.citizens=100", *settings])
    assert key in str(error.value)


def test_an_announcement_moves_people_before_the_start_without_habit_or_crowding():
    announced = ["law.anticipation=0.3", "law.announced_weeks=4"]
    gained = gains(*announced, schemes=(PRIZE,))[:, 0]
    assert not gained[:2].any()
    assert gained[2:6].sum() > 0
    assert gained[2:6].mean() < gained[6:10].mean()
    unseen = "behaviours.waste_sort.visible=0"  # what neighbours do would count as habit
    state = start(prepare(scenario(*announced, unseen, schemes=(PRIZE,)), 2), "x", "numpy")
    for _ in range(6):
        step(state)
    assert not state.columns["habit"].any()
    assert not state.columns["crowding"].any()
    assert state.schemes[0].paid_satang == 0


def test_nobody_expects_what_one_must_sign_up_for():
    announced = ["law.anticipation=0.3", "law.announced_weeks=4"]
    assert not gains(*announced, schemes=(f"{PRIZE}, {OPT_IN}",))[:6].any()


# ---- who responds, who signs up ----


def test_the_deprived_respond_more_and_the_whole_as_much():
    usual, unequal = prepare(scenario(), 2), prepare(scenario("law.response_of_deprived=0.5"), 2)
    poor = usual.citizens.income_fifth < 2
    ratio = unequal.responsiveness[0] / usual.responsiveness[0]
    assert ratio[poor].min() / ratio[~poor].max() == pytest.approx(np.exp(0.5), rel=1e-4)
    assert (poor * np.exp(0.5) + ~poor).mean() == pytest.approx(1 / ratio[~poor].mean(), rel=1e-4)


def signed_up(*settings: str, scheme: str = POINTS, cut: int = -1) -> int:
    state = start(prepare(scenario(*settings, schemes=(f"{scheme}, {OPT_IN}",)), 0), "x", "numpy")
    if cut >= 0:
        state.schemes[0].__class__ = type("Cut", (type(state.schemes[0]),), {"cut_week": cut})
    return int(run(state).columns["signed_up"].sum())


def test_ties_who_were_paid_draw_others_in():
    at = [signed_up(f"law.learning_from_rewards={w}") for w in (1e-6, 1, 3)]
    assert at[0] < at[1] < at[2]
    honour = f"{HONOUR}, share_needed=1.0"
    none, much = (signed_up(f"law.learning_from_rewards={w}", scheme=honour) for w in (1e-6, 3))
    assert none == much  # nobody is paid, so nobody is seen to be


def test_ties_paid_stand_in_the_place_of_ties_who_take_part():
    assert prepare(scenario("law.learning_from_rewards=1"), 0).betas.w_e == 0.0
    assert prepare(scenario(), 1).betas.w_e > 0.0


def test_after_a_broken_promise_fewer_sign_up():
    kept = signed_up("law.broken_promises=1.0")
    assert signed_up("law.broken_promises=1.0", cut=10) < kept
    assert signed_up(cut=10) == signed_up() == kept


# ---- scale and homophily ----


def test_messages_commitments_and_honours_keep_less_at_scale_and_money_all():
    full, half = prepare(scenario(), 2).betas, prepare(scenario("law.at_scale=0.5"), 2)
    assert half.betas.beta_a == pytest.approx(full.beta_a / 2)
    assert half.betas.beta_k == pytest.approx(full.beta_k / 2)
    assert half.betas.w_d == pytest.approx(full.w_d / 2)
    assert (half.betas.beta_c, half.betas.beta_m) == (full.beta_c, full.beta_m)
    neighbours = [x.behaviours[0].visible_norm for x in (prepare(scenario(), 2), half)]
    assert neighbours[0] == neighbours[1]  # neighbours are no message
    letter = gains("law.at_scale=0.5", schemes=(LETTER,)).sum(), gains(schemes=(LETTER,)).sum()
    honour = gains("law.honour_at_scale=0.4", schemes=(HONOUR,)).sum(), gains(schemes=(HONOUR,)).sum()
    assert letter[0] < letter[1]
    assert honour[0] < honour[1]


def test_motivation_is_alike_within_households_and_half_as_much_within_localities():
    """Correlations of 20,000 people; a household has three on average. Their standard errors are below .02."""
    s = load("blood-donation", ["world.citizens=20000", "world.localities.number=500"])
    people, streams = prepare(s, 0).citizens, Streams(7, 0)
    z = _common_motivation(people, streams, 0.3)
    assert abs(z.mean()) < 0.03
    assert abs(z.std() - 1) < 0.03
    order = np.arange(people.n - 1)
    mates = people.household[order] == people.household[order + 1]
    assert np.corrcoef(z[:-1][mates], z[1:][mates])[0, 1] == pytest.approx(0.3, abs=0.06)
    far = (people.locality[:-20] == people.locality[20:]) & (people.household[:-20] != people.household[20:])
    assert np.corrcoef(z[:-20][far], z[20:][far])[0, 1] == pytest.approx(0.15, abs=0.06)
    assert np.array_equal(_common_motivation(people, streams, 0.0), streams.normal(10, people.ids))


def test_the_mean_rate_stays_the_baseline_with_homophily():
    found = prepare(scenario("law.homophily_motivation=0.3"), 2)
    assert found.rate[0].mean() == pytest.approx(found.behaviours[0].baseline, abs=1e-5)


# ---- several schemes on one behaviour ----


def test_strongest_does_least_and_additive_most_and_one_scheme_knows_no_difference(monkeypatch):
    drawn = preparing.draws.draw
    still = {"kappa_c": 0.0}  # else the strongest has a crowding of its own
    monkeypatch.setattr(preparing.draws, "draw", lambda *a: replace(drawn(*a), **still))
    rules = ("strongest", "counts-once", "additive")
    two = (POINTS, PRIZE)
    least, usual, most = (gains(f"arms.x.combine='{r}'", schemes=two).sum() for r in rules)
    assert least < usual < most
    alone = [gains(f"arms.x.combine='{r}'").sum() for r in rules]
    assert len(set(alone)) == 1


def test_two_rewards_alike_count_once_in_all_but_their_worth(monkeypatch):
    """Points of 20 baht twice: counted once they are points of 40 baht; added, each has its own jump."""
    drawn = preparing.draws.draw
    monkeypatch.setattr(preparing.draws, "draw", lambda *a: replace(drawn(*a), omega=0.0))
    twice = (POINTS, POINTS)
    dear = (POINTS.replace("=20, b", "=40, b"),)
    assert gains(schemes=twice).sum() == pytest.approx(gains(schemes=dear).sum(), rel=0.01)
    assert gains("arms.x.combine='additive'", schemes=twice).sum() > gains(schemes=dear).sum()


# ---- what must be said ----


@pytest.mark.parametrize("page", ["law.md", "law.th.md"])
def test_each_rule_has_its_section(page):
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    named = re.findall(r"^## .*: `(\w+)`$", text, re.MULTILINE)
    assert named == [*RULES, "combine"]
    for section in text.split("\n## ")[1 : len(RULES) + 1]:
        assert len(section.splitlines()) > 4


def test_each_rule_has_words_in_both_languages_a_unit_a_range_and_a_source():
    for name, field in LawSpec.model_fields.items():
        words = key_words(LawSpec, name, field)
        assert words.title.th, name
        assert words.description.th != words.description.en, name
        assert RULES[name].source, name
        assert RULES[name].suggested, name
        known = known_field(field, LawSpec)
        assert known.kind in ("true or false", "text") or (known.low is not None and known.high is not None), name
        assert known.kind in ("true or false", "text") or words.unit is not None, name


def test_a_reward_for_giving_blood_without_the_dial_is_warned_of_until_it_is_set():
    blood = load("blood-donation", ["world.citizens=100"])
    assert undisplaced(blood) == ("blood",)
    assert undisplaced(load("blood-donation", ["world.citizens=100", "law.displacement=0"])) == ()
    assert undisplaced(scenario()) == ()
    for lang in ("en", "th"):
        assert "displacement = 0" in undisplaced_warning("X", lang)
