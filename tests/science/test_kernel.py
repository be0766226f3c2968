"""Three tellings of one law: the kernel over many rows, the mean field of one arm, and simulated societies.

Kernel and mean field are given the same kinds of people, so what is left is single against double precision. A society
of 60,000 scatters by chance: the bound .02 logit is that of tests/science/test_meanfield.py.
"""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from simulation.agents import equations as law
from simulation.agents.meanfield import Kinds, mean_field
from simulation.agents.parameters import CROWDING_VALUES, HABIT_CAP, defaults
from simulation.scenario.load import load_text
from simulation.studies.evidence import kernel
from simulation.studies.evidence.coding import Span, rows_of
from simulation.studies.evidence.replay import Member, Part, Replay, Seen, difference_of, replayed
from tests.studies.evidence.made import row

F32 = np.float32
CLOSE, BOUND = 1e-3, 0.02
NAMES = ("beta_c", "beta_m", "v0", "beta_r", "beta_a", "beta_k", "beta_t", "w_d", "w_h", "eta1", "chi", "kappa_c", "sigma_s", "tau_h")  # fmt: skip
DEFAULTS = {name: float(getattr(defaults(1), name)) for name in NAMES}
DRAWS = [
    DEFAULTS,
    {**DEFAULTS, "beta_m": 0.6, "v0": 0.01, "w_h": 3.5, "eta1": 0.08, "chi": 0.3, "kappa_c": 0.6, "sigma_s": 0.9},
    {**DEFAULTS, "beta_c": 0.05, "beta_a": 0.3, "w_d": 3.0, "w_h": 1.0, "eta1": 0.01, "kappa_c": 0.0, "sigma_s": 0.1},
]
MONTHS = {"live_from": 2, "live_to": 16, "week_from": 2, "week_to": 16}
AFTER = {**MONTHS, "week_from": 16, "week_to": 26}
ROWS = {
    "once": row(),
    "a flow while it runs": row(opportunities=7, **MONTHS),
    "a flow afterwards": row(opportunities=7, **AFTER),
    "a flow that crowds a little": row(opportunities=7, intrinsic=0.2, contingent=1.0, value=0.05, **MONTHS),
    "a flow that crowded": row(opportunities=7, intrinsic=0.9, value=0.01, **AFTER),
    "a flow that ended midway": row(opportunities=7, **{**MONTHS, "week_to": 24}),
    "a flow that began midway": row(opportunities=7, **{**MONTHS, "week_from": 0}),
    "rare opportunities": row(baseline=0.1833, chance=0.25, **AFTER),
    "some did not accept": row(accepted=0.14, baseline=0.06),
    "a comparison": row(contingent=0.0, value=0.0, message=1.0, reference=0.6, controlling=0.0, baseline=0.3),
    "a message": row(contingent=0.0, value=0.0, appeal=1.0, controlling=0.0, baseline=0.02),
    "honour and a goal": row(contingent=0.0, value=0.0, visibility=0.3, commitment=1.0, pivotality=0.5, controlling=0.0),
    "a sticky act": row(sticky=True, redecision=0.031, baseline=0.1, **MONTHS),
    "a sticky act afterwards": row(sticky=True, redecision=0.087, baseline=0.1, **AFTER),
}  # fmt: skip


def by_kernel(r, draw, log_s, deviate):
    found = kernel.log_odds(kernel.table_of([r]), draw, np.array([log_s]), np.array([deviate]))
    return float(found[0])


def by_mean_field(r, draw, log_s, deviate):
    kinds = kinds_like_the_kernels(r, draw)
    p0 = law.probability(np.exp(np.clip(kinds.alpha, -16, 16)))
    reason = law.reasons(
        F32(np.exp(log_s)) * kinds.person.astype(F32),
        F32(draw["beta_c"]), F32(r.contingent),
        F32(draw["beta_m"]), law.money_pull(F32(r.value), F32(1), F32(1), F32(draw["v0"])),
        F32(draw["beta_r"]), F32(r.visibility),
        F32(draw["beta_a"]), F32(r.appeal),
        F32(draw["beta_k"]), F32(r.commitment),
        F32(draw["beta_t"]), F32(r.pivotality),
        F32(draw["w_d"]), law.message_pull(F32(r.message), F32(r.reference), p0),
    )  # fmt: skip
    live = [r.live_from <= week < r.live_to for week in range(r.week_to)]
    field = mean_field(terms(r, draw, deviate), kinds, reason, live, draw["kappa_c"] * r.intrinsic * r.controlling)
    seen = slice(r.week_from, r.week_to)
    rate, twin = field.rate[seen].mean(), field.rate_twin[seen].mean()
    return float(logit(r.accepted * rate + (1 - r.accepted) * twin) - logit(twin))


def kinds_like_the_kernels(r, draw):
    people, persons = kernel.NODES_OF_WALKS if r.sticky or not r.while_live else kernel.NODES
    alpha = kernel.table_of([r]).alpha[people][0]
    point, weight = np.polynomial.hermite_e.hermegauss(persons)
    share = np.polynomial.hermite_e.hermegauss(people)[1]
    person = np.exp(draw["sigma_s"] * point - draw["sigma_s"] ** 2 / 2)
    whole = np.outer(share / share.sum(), weight / weight.sum()).ravel()
    return Kinds(np.repeat(alpha, persons).astype(F32), np.tile(person, people), whole)


def terms(r, draw, deviate):
    exposure = kernel.STICKY_HABIT_OPPORTUNITIES if r.sticky else r.opportunities
    return SimpleNamespace(
        chance=r.chance,
        sticky=r.sticky,
        redecision=r.redecision,
        visible_norm=F32(0),
        habit=F32(min(HABIT_CAP, draw["w_h"] * np.exp(draw["tau_h"] * deviate))),
        gain=F32(1 - np.exp(-draw["eta1"] * exposure)),
        decay=F32(np.exp(-draw["chi"])),
        nu=F32(0),
        trend_odds=lambda week: F32(1),
    )


def logit(p):
    return np.log(p / (1 - p))


@pytest.mark.parametrize("what", ROWS)
@pytest.mark.parametrize("draw", DRAWS, ids=["defaults", "strong", "weak"])
def test_the_kernel_says_what_the_mean_field_says(what, draw):
    r = ROWS[what]
    for log_s, deviate in ((0.0, 0.0), (0.7, -1.0), (-0.7, 1.0)):
        gap = by_kernel(r, draw, log_s, deviate) - by_mean_field(r, draw, log_s, deviate)
        assert abs(gap) < CLOSE


def test_while_a_scheme_runs_the_kernel_leaves_out_the_habit_of_acting_less():
    """Where crowding outweighs the reasons for weeks, people come to act less out of habit: the kernel is above."""
    r = row(opportunities=7, intrinsic=0.9, value=0.0, **MONTHS)
    first = replace(r, week_to=r.week_from + 1)
    draw = DRAWS[1]
    assert by_kernel(first, draw, 0.0, 0.0) == pytest.approx(by_mean_field(first, draw, 0.0, 0.0), abs=CLOSE)
    assert by_mean_field(r, draw, 0.0, 0.0) < by_kernel(r, draw, 0.0, 0.0) - 0.1 < 0


def test_few_kinds_of_people_are_enough(monkeypatch):
    """More nodes change no prediction by more than a tenth of what studies can tell, but for the widest of draws."""
    asked, ordinary = list(ROWS.values()), (DRAWS[0], DRAWS[2])
    nobody_moves = np.zeros(len(asked))
    some = [kernel.log_odds(kernel.table_of(asked), d, nobody_moves, nobody_moves) for d in ordinary]
    monkeypatch.setattr(kernel, "NODES", (61, 21))
    monkeypatch.setattr(kernel, "NODES_OF_WALKS", (61, 21))
    many = [kernel.log_odds(kernel.table_of(asked), d, nobody_moves, nobody_moves) for d in ordinary]
    assert np.abs(np.array(some) - np.array(many)).max() < 0.01


STUDY = """
format = 1
about.title = { en = "Sorting waste", th = "การคัดแยกขยะ" }
about.question = { en = "Does it help?", th = "ได้ผลหรือไม่" }
[run]
weeks = 18
replicates = 20
[world]
place = "A town abroad, 2020"
citizens = CITIZENS
daily_wage = { mean = 200.0, gini = 0.0, mark = "R", source = "recalled" }
ties = { household = 1 }
localities = { number = 1, name = "district" }
[behaviours.act]
title = { en = "sorting", th = "การคัดแยก" }
baseline = 0.3
intrinsic = 0.4
visible = 0.0
opportunities_per_week = 7
DYNAMICS
[study]
citation = "Nobody (2020) An invented study"
currency = "USD"
[study.arms.few]
accepted = 0.25
[arms.control]
"""
WHEN = "behaviour = 'act', schedule = { start = 0, weeks = 10 }"
ARMS = f"""
[arms.cash]
schemes.s = {{ kind = "cash_per_act", baht_per_act = 10.0, {WHEN} }}
[arms.few]
schemes.s = {{ kind = "cash_per_act", baht_per_act = 10.0, {WHEN} }}
[arms.points]
schemes.s = {{ kind = "points", baht_per_act = 0.2, {WHEN} }}
[arms.letter]
schemes.s = {{ kind = "comparison", reference = "stated", stated_share = 0.5, {WHEN} }}
"""
DURING, LATER, BOTH = (0, 10), (11, 18), (6, 16)
SEEN = [Span(arm, "act", *weeks) for arm in ("cash", "few", "points", "letter") for weeks in (DURING, LATER)]
SEEN.append(Span("cash", "act", *BOTH))


def study(tmp_path, citizens, dynamics):
    return load_text(STUDY.replace("CITIZENS", str(citizens)).replace("DYNAMICS", dynamics) + ARMS, tmp_path / "t.toml")


@pytest.mark.parametrize("dynamics", ["", "dynamics = 'sticky'\nredecision = 0.05"], ids=["flow", "sticky"])
def test_the_kernel_says_what_a_large_society_does(dynamics, tmp_path):
    scenario = study(tmp_path, 60_000, dynamics)
    rows = rows_of(scenario, "town", SEEN)
    draw = {**DEFAULTS, "tau": 0.5, "omega": 0.0, "iota_shift": 0.0, "responsiveness": 0.4, "habit_deviate": 0.3}
    seen = tuple(Seen(*span) for span in SEEN)
    part = Part("town", scenario.to_json(), 0, seen, (Member(0, tuple(draw.items())),), "numpy", 60_000)
    found = kernel.log_odds(kernel.table_of(rows), draw, np.full(len(rows), 0.5 * 0.4), np.full(len(rows), 0.3))
    for r, counts, expected in zip(rows, replayed(part), found, strict=True):
        simulated = difference_of(counts, r.accepted)[0][0]
        assert abs(simulated - expected) < BOUND, (r.key, simulated, expected)
    assert np.abs(found[::2]).min() > 0.04  # there is something to agree about


def test_a_replay_with_many_citizens_says_what_the_kernel_says(tmp_path):
    scenario, few = study(tmp_path, 20_000, ""), 6
    k = np.arange(few)
    draws = {name: np.full(few, value) for name, value in DEFAULTS.items()}
    draws |= {"beta_c": 0.2 + 0.1 * k, "w_h": 2.0 + 0.2 * k, "tau": np.full(few, 0.5), "omega": np.zeros(few)}
    draws |= {"iota_shift": np.zeros(few), "responsiveness": 0.5 * (k - 2.5), "habit_deviate": np.zeros(few)}
    rows = rows_of(scenario, "town", SEEN)
    replay = Replay({"town": scenario}, {"town": draws}.get, few, 1)
    found = np.stack([p.draws for p in replay.predict(rows)], axis=1)
    draws["kappa_c"] = np.array(CROWDING_VALUES)[k % 3]
    wide = np.ones(len(rows))
    s = (draws["tau"] * draws["responsiveness"])[:, None] * wide
    expected = kernel.log_odds(kernel.table_of(rows), draws, s, 0.0 * s)
    flat = [
        i for i, r in enumerate(rows) if not (r.arm == "points" and not r.after)
    ]  # there crowding outweighs reasons
    gap = (found - expected)[:, flat]
    assert np.abs(gap).max() < 0.05
    assert np.abs(gap.mean(axis=0)).max() < BOUND
    assert np.ptp(expected, axis=0).min() > 0.01  # the draws differ, and each replicate has its own
