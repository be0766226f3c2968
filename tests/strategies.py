"""Hypothesis strategies: small scenarios of every kind, and broken files."""

from hypothesis import strategies as st

from simulation.incentives.base import Scheme
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.fragment import fragment_of
from simulation.scenario.fragments import whole
from simulation.scenario.load import shipped

TEXTS = {name: path.read_text("utf-8") for name, path in shipped().items()}
BANGKOK = TEXTS["bangkok-waste"]

shares = st.floats(0, 1, allow_nan=False)
baht = st.one_of(st.just(0.0), st.floats(0.01, 2000, allow_nan=False))


def small(low: float, high: float):
    return st.floats(low, high, allow_nan=False, exclude_min=True, exclude_max=True)


@st.composite
def behaviours(draw):
    base = {"baseline": draw(small(0.001, 0.999)), "intrinsic": draw(shares), "visible": draw(shares)}
    base["spread"] = draw(st.floats(0, 5))
    if draw(st.booleans()):
        return {**base, "opportunities_per_week": 7, "dynamics": "sticky", "redecision": draw(small(0, 1))}
    chances = draw(st.sampled_from([0.1, 0.25, 1, 7]))
    return {**base, "opportunities_per_week": chances, "trend_per_year": draw(st.floats(-5, 5))}


enrolments = st.one_of(
    st.just({"mode": "automatic"}),
    st.builds(lambda x: {"mode": "automatic", "exit_chance": x}, shares),
    st.builds(lambda f: {"mode": "opt-in", "friction": f}, st.sampled_from(["one-tap", "web-form", "effortful-proof"])),
    st.builds(
        lambda s, w: {"mode": "opt-in", "target_share": s, "target_weeks": w}, small(0.01, 0.99), st.integers(1, 60)
    ),
)
targets = st.fixed_dictionaries(
    {},
    optional={
        "online": st.booleans(),
        "urban": st.booleans(),
        "localities": st.lists(st.just(1), max_size=1),
        "age_bands": st.lists(st.sampled_from(["15-24", "25-34", "35-49", "50-59", "60+"]), unique=True),
        "sectors": st.lists(st.sampled_from(["public", "private", "civil", "none"]), unique=True),
        "income_fifths": st.lists(st.integers(1, 5), unique=True),
        "below_rate": small(0, 1),
        "least_active_share": small(0, 1),
        "nominated_share": small(0, 1),
        "worst_off_localities": small(0, 1),
    },
)
_parts = st.floats(0, 0.5, allow_nan=False)
channels = st.fixed_dictionaries({}, optional={"app": st.booleans(), "paper_share": _parts, "agent_share": _parts})
KINDS = {
    "points": st.one_of(
        st.fixed_dictionaries({"baht_per_act": baht}),
        st.fixed_dictionaries({"days_of_wage_per_act": st.floats(0, 3)}),
    ),
    "fee_discount": st.fixed_dictionaries({"baht_per_month": baht, "acts_needed_per_month": st.integers(1, 60)}),
    "prize_draw": st.fixed_dictionaries({"prize_baht": baht, "chance_per_act": shares}),
    "recognition": st.fixed_dictionaries(
        {"audience": st.sampled_from(["officials", "own-rank", "team", "household", "named-to-group"])},
        optional={"share_needed": shares, "baht_per_holder": baht},
    ),
    "comparison": st.fixed_dictionaries({"reference": st.just("locality-mean")}, optional={"baht_per_message": baht}),
    "matched_giving": st.fixed_dictionaries(
        {"given_baht_per_act": baht, "match_share": st.floats(0, 10)}, optional={"own_saving": st.booleans()}
    ),
    "collective_goal": st.fixed_dictionaries({"goal_share": shares, "fund_baht_per_household": baht}),
}


@st.composite
def schemes(draw, behaviour_names, weeks):
    kind = draw(st.sampled_from(sorted(KINDS)))
    first = draw(st.integers(0, weeks - 1))
    length = draw(st.integers(1, weeks - first))
    scheme = {"kind": kind, "behaviour": draw(st.sampled_from(behaviour_names)), **draw(KINDS[kind])}
    scheme["schedule"] = {"start": first, "weeks": length, "taper": draw(st.integers(0, length))}
    if kind in ("points", "prize_draw", "matched_giving") and draw(st.booleans()):
        season = {"first_week": first % 52, "weeks": draw(st.integers(1, 51))}
        scheme["schedule"] |= {"season": season, "taper": 0}
    elif draw(st.booleans()):
        scheme["schedule"] |= {"taper": 0, "ramp": draw(st.integers(0, length))}
    scheme["enrolment"], scheme["target"] = draw(enrolments), draw(targets)
    if draw(st.booleans()):
        scheme["channels"] = draw(channels)
        if scheme["channels"].get("agent_share"):
            scheme["channels"]["baht_per_agent"] = draw(baht)
    scheme["checks"] = {"share": draw(shares), "found": draw(shares)}
    if draw(st.booleans()):
        scheme["budget_baht"] = draw(st.floats(0, 50_000))
    scheme["run_cost_baht_per_week"] = draw(baht)
    return scheme


laws = st.fixed_dictionaries(
    {},
    optional={
        "fade": st.booleans(),
        "crowding_acts": st.sampled_from(["always", "after"]),
        "reference_dependence": shares,
        "displacement": st.floats(0, 2),
        "response_of_deprived": st.floats(-2, 2),
        "learning_from_rewards": st.floats(0, 10),
        "broken_promises": st.floats(0, 5),
        "at_scale": st.floats(0.16, 1),
        "honour_at_scale": st.floats(0.3, 1),
        "homophily_motivation": st.floats(0, 0.3),
        "decision": st.sampled_from(["logit", "threshold"]),
        "norm_perception": st.sampled_from(["weighted", "majority", "locality", "salient"]),
    },
)


@st.composite
def scenarios(draw):
    """A valid scenario, as plain data, small enough to run in a blink."""
    weeks = draw(st.integers(1, 30))
    citizens = draw(st.integers(1, 60))
    names = ["one", "two"][: draw(st.integers(1, 2))]
    arms = {"control": {}}
    for arm in ["a", "b"][: draw(st.integers(1, 2))]:
        own = {f"s{i}": draw(schemes(names, weeks)) for i in range(draw(st.integers(1, 3)))}
        arms[arm] = {"schemes": own, "combine": draw(st.sampled_from(["counts-once", "strongest", "additive"]))}
    world = {
        "citizens": citizens,
        "decider": draw(st.sampled_from(["citizen", "household"])),
        "urban": draw(shares),
        "daily_wage": {"mean": draw(small(1, 5000)), "gini": draw(st.floats(0, 0.9))},
        "localities": {"number": draw(st.integers(1, citizens))},
        "ties": {
            "household": draw(st.floats(1, 6)),
            "work": draw(st.floats(0, 8)),
            "neighbourhood": draw(st.floats(0, 8)),
            "wide": draw(st.floats(0, 8)),
            "homophily_age": draw(shares),
            "clustering": draw(shares),
            "generator": draw(st.sampled_from(["layers", "ring", "small-world", "random", "scale-free", "blocks"])),
        },
    }
    if world["decider"] == "citizen" and draw(st.booleans()):
        world["youngest"] = draw(st.integers(6, 14))
        for arm in arms.values():
            for scheme in arm.get("schemes", {}).values():
                scheme["enrolment"] = {**scheme["enrolment"], "guardian_consent": draw(shares)}
    if draw(st.booleans()):
        world["organisations"] = {"mean_size": draw(st.floats(2, 50))}
    acts = {name: draw(behaviours()) for name in names}
    acts["one"] |= {"hours_per_act": draw(st.floats(0, 24)), "substitutes": ["one"]}
    acts[names[-1]] |= {"substitutes": ["one"]}
    law = {**draw(laws), "anticipation": draw(shares), "announced_weeks": draw(st.integers(1, 20))}
    return {
        "format": 1,
        "law": law if draw(st.booleans()) else {},
        "about": {"title": {"en": "A test"}, "question": {"en": "Does it hold?"}},
        "run": {"weeks": weeks, "replicates": 1, "seed": draw(st.integers(0, 2**63 - 1))},
        "world": world,
        "behaviours": acts,
        "arms": arms,
    }


@st.composite
def mutated_files(draw):
    """The text of a shipped scenario with something put in, taken out or doubled anywhere."""
    text = TEXTS[draw(st.sampled_from(sorted(TEXTS)))]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text) - 1))
        cut = draw(st.integers(0, 12))
        put = draw(
            st.sampled_from(
                [
                    "",
                    "x",
                    "-",
                    "=",
                    "[",
                    "]",
                    '"',
                    "\n",
                    "9",
                    "nan",
                    "ก",
                    "{",
                    "true",
                    "\x07",
                    "1e999",
                    '"""',
                    ".",
                    "๙",
                    "\r",
                    "”",
                ]
            )
        )
        text = text[:at] + put + text[at + cut :]
    return text


BUDGETS = st.fixed_dictionaries(
    {},
    optional={
        "budget_baht": st.sampled_from([0.0, 1.0, 37.55, 400.0, 3_000.0, 50_000.0]),
        "budget_baht_per_week": st.sampled_from([0.0, 9.99, 120.0, 900.0]),
        "budget_baht_per_head": st.sampled_from([0.0, 3.33, 25.0, 250.0]),
        "when_spent": st.sampled_from(["close", "pro-rata", "waiting-list"]),
    },
)
CHECKS = st.fixed_dictionaries(
    {},
    optional={
        "share": shares,
        "found": shares,
        "wrongly_refused": shares,
        "baht_per_check": st.sampled_from([0.0, 0.5, 20.0]),
        "reward_elasticity": st.sampled_from([0.0, 0.5, 1.0]),
    },
)
_HOW_MUCH = st.sampled_from([0.0, 0.3, 1.0, 1.0, 3.0])
_TOWN = {"citizens": 50, "localities": {"number": 4, "name": "community"}, "organisations": {"mean_size": 10}}
_WEEKS = 20


@st.composite
def worked(draw, kind):
    """The worked scenario of an installed kind in a tiny town, its amounts, people, budgets and checks drawn anew.

    It is made from what the kind says of itself, so it holds for kinds that are added later: an amount that the kind
    refuses stays as it is worked.
    """
    data = whole(fragment_of(scheme_classes()[kind]))
    data["run"].update(weeks=_WEEKS, seed=draw(st.integers(0, 2**32)))
    data["world"].update(_TOWN)
    start = draw(st.integers(0, 2))
    schedule = {"start": start, "weeks": draw(st.integers(1, 14)), "taper": 0}
    for arm in data["arms"].values():
        for scheme in arm.get("schemes", {}).values():
            scheme["schedule"] = {"start": start, "weeks": 14}
            if scheme["kind"] == kind:
                _redrawn(draw, scheme, schedule)
    return data


def _redrawn(draw, scheme, schedule):
    cls = scheme_classes()[scheme["kind"]]
    plain = [k for k, v in scheme.items() if type(v) in (int, float) and k not in Scheme.model_fields]
    changes = {k: type(scheme[k])(scheme[k] * draw(_HOW_MUCH)) for k in plain}
    budget = draw(BUDGETS)
    if not cls.pays_persons:  # a limit a head is refused there
        budget = {k: v for k, v in budget.items() if k != "budget_baht_per_head"}
    schedule = {**schedule, "taper": draw(st.integers(0, schedule["weeks"]))}
    own = {"schedule": schedule, "checks": draw(CHECKS), **draw(st.sampled_from([{}, {"enrolment": draw(enrolments)}]))}
    if "consent" in scheme and own.get("enrolment", {}).get("mode") == "automatic":
        del own["enrolment"]  # who is asked for consent signs up
    if draw(st.booleans()):
        own["target"] = draw(targets)
    for tried in (changes, own, budget, {"run_cost_baht_per_week": draw(baht)}):
        try:
            cls.model_validate({**scheme, **tried})
        except ValueError:
            continue
        scheme.update(tried)


@st.composite
def portfolios(draw, first=None):
    """An arm "all" with two to four kinds at once, of any level, in a tiny town, as plain data; `first` is among them."""
    others = st.lists(st.sampled_from(sorted(set(scheme_classes()) - {first})), min_size=1, max_size=3, unique=True)
    kinds = [first or draw(st.sampled_from(sorted(scheme_classes()))), *draw(others)]
    parts = [draw(worked(kind)) for kind in kinds]
    joint, together = parts[0], {}
    for kind, part in zip(kinds, parts, strict=True):
        joint["behaviours"] |= part["behaviours"]
        arm = next(a for a in part["arms"].values() if kind in {s["kind"] for s in a.get("schemes", {}).values()})
        own = arm["schemes"]
        spoken_of = {v for s in own.values() for v in s.values() if isinstance(v, str)} & set(own)
        together |= {name if spoken_of else f"{kind}_{name}": s for name, s in own.items()}
    joint["arms"] = {"control": {}, "all": {"schemes": together}}
    return joint
