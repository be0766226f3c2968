"""What each column of the tables holds, and in which unit: for the reference, the exports and whoever reads a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Column(NamedTuple):
    """A column of a table: name, unit (empty for words), meaning."""

    name: str
    unit: str
    meaning: str


_ARM = Column("arm", "", "name of the arm")
_SOCIETY = (
    Column("replicate", "", "simulated society, from 0; it is also its parameter draw"),
    Column("luck", "", "0, or 1 for the second luck of some societies"),
)
_COUNTS = (
    Column("acts", "acts", "acts in the scheme world"),
    Column("acts_twin", "acts", "acts of the twins, who have no scheme"),
    Column("opportunities", "chances", "chances to act"),
    Column("people", "people", "people with an opportunity"),
)
_GROUP = (
    Column("group_kind", "", "income_fifth, age_band, sex, area or sector"),
    Column("group", "", "which group of that kind"),
)


def _with_ends(name: str, unit: str, meaning: str) -> Iterable[Column]:
    yield Column(name, unit, meaning)
    yield Column(f"{name}_low", unit, "lower end of its 90 % interval; empty below 19 societies")
    yield Column(f"{name}_high", unit, "upper end of its 90 % interval; empty below 19 societies")


TABLES: dict[str, tuple[Column, ...]] = {
    "effects": (
        _ARM,
        Column("p_best", "share", "share of societies in which its effect is the largest, control included"),
        Column("luck_share", "share", "share of the variance of effect_pp that is luck"),
        Column("variance_reduction", "ratio", "variance without pairing over variance with it"),
        Column("enrolment", "", "what is assumed of signing up"),
        *_with_ends("effect_pp", "pp", "mean effect over the weeks of offer and all citizens"),
        *_with_ends("effect_after_pp", "pp", "the same in weeks 14 to 26 after the end"),
        *_with_ends("kept_share", "share", "weeks 24 to 28 after the end, of the last 4 weeks of offer"),
        *_with_ends("cost_per_act_baht", "baht", "all costs over all additional acts"),
        *_with_ends("take_up", "share", "ever live over eligible"),
        *_with_ends("spillover_pp", "pp", "effect on those who never took part so far"),
        *_with_ends("kept_share_3_5", "share", "weeks 3 to 5 after the end, likewise"),
        *_with_ends("kept_share_12_14", "share", "weeks 12 to 14 after the end, likewise"),
    ),
    "trajectories": (
        _ARM,
        Column("week", "week", "from 0"),
        *(
            Column(f"q{q:02d}_pp", "pp", f"{q} % quantile of the effect over societies, week by week")
            for q in (5, 25, 50, 75, 95)
        ),
    ),
    "equity": (_ARM, *_SOCIETY, *_GROUP, *_COUNTS, Column("effect_pp", "pp", "effect over the weeks of offer")),
    "costs": (
        _ARM,
        *_SOCIETY,
        Column("cost_baht", "baht", "all paid and all running costs"),
        Column(
            "rewards_additional",
            "baht",
            "rewards, times the share of participants' acts that is beyond their twins'",
        ),
        Column("rewards_anyway", "baht", "rewards for acts that would have happened anyway"),
        Column("running", "baht", "running costs"),
        Column("extra_acts", "acts", "additional acts of all weeks"),
    ),
    "rights": (
        _ARM,
        Column("check", "", "what was measured"),
        Column("value", "see unit", "what was found"),
        Column("low", "see unit", "lower end of its 90 % interval, where there is one"),
        Column("high", "see unit", "upper end of its 90 % interval, where there is one"),
        Column("unit", "", "unit of value, low, high and limit"),
        Column("limit", "see unit", "what the rules ask for; empty where they set no limit"),
        Column("kept", "", "whether the limit is kept; empty where there is none"),
    ),
    "side_effects": (
        _ARM,
        Column("what", "", "which side effect"),
        Column("value", "see unit", "mean over societies; empty where it cannot be"),
        Column("low", "see unit", "lower end of its 90 % interval; empty below 19 societies"),
        Column("high", "see unit", "upper end of its 90 % interval; empty below 19 societies"),
        Column("unit", "", "unit of value, low and high"),
    ),
    "behaviours": (
        _ARM,
        Column("behaviour", "", "name of the behaviour"),
        Column("effect_pp_mean", "pp", "mean effect over the weeks of offer"),
        Column("effect_pp_low", "pp", "lower end of its 90 % interval"),
        Column("effect_pp_high", "pp", "upper end of its 90 % interval"),
    ),
    "serves": (
        _ARM,
        Column("kind", "", "virtue, sdg_goal or sdg_target"),
        Column("key", "", "which virtue, goal or target"),
        Column("behaviours", "", "the behaviours that serve it"),
        Column("effect_pp_mean", "pp", "mean effect on their acts over the weeks of offer"),
        Column("effect_pp_low", "pp", "lower end of its 90 % interval"),
        Column("effect_pp_high", "pp", "upper end of its 90 % interval"),
        Column("extra_acts_mean", "acts for 1,000 people", "additional acts of all weeks"),
        Column("extra_acts_low", "acts for 1,000 people", "lower end of its 90 % interval"),
        Column("extra_acts_high", "acts for 1,000 people", "upper end of its 90 % interval"),
    ),
    "uncertainty": (
        _ARM,
        Column("outcome", "", "name of the outcome, as in effects"),
        Column("total", "outcome squared", "variance over societies"),
        Column("luck", "outcome squared", "of it, luck"),
        Column("luck_se", "outcome squared", "standard error of luck"),
        Column("ignorance", "outcome squared", "of it, what is not known of people"),
        Column("ignorance_se", "outcome squared", "standard error of ignorance"),
        Column("luck_share", "share", "luck over total"),
    ),
    "crowding": (
        _ARM,
        Column("kappa_c", "logit", "size of crowding"),
        Column("effect_pp", "pp", "mean effect over the societies with that crowding"),
    ),
    "failed": (
        _ARM,
        *_SOCIETY,
        Column("message", "", "why the run failed"),
    ),
    "trajectory": (
        Column("week", "week", "from 0"),
        Column("behaviour", "", "name of the behaviour"),
        Column("acts_share", "share", "opportunities acted on in the scheme world"),
        Column("twin_share", "share", "opportunities acted on by the twins, who have no scheme"),
        Column("effect_pp", "pp", "the first less the second"),
        Column("opportunities", "chances", "chances to act"),
        Column("enrolled", "people", "people taking part in any scheme"),
        Column("paid_baht", "baht", "paid to people for this behaviour this week"),
    ),
}
"""Columns of the tables of a Comparison, and of a Run (`trajectory`), in their order. pp: percentage points."""

SIDE_EFFECTS: tuple[Column, ...] = (
    Column(
        "crowding_paid", "logit", "crowding of own reasons, mean over those live while the schemes run; below 0 it adds"
    ),
    Column("crowding_after", "logit", "the same of those who took part, in the first 4 weeks after the end"),
    Column("false_claims", "acts for 1,000", "acts recorded less acts done, for 1,000 citizens"),
    Column("displaced_acts", "acts for 1,000", "acts lost in substitutes of what is rewarded, for 1,000 citizens"),
    Column("paid_anyway", "share", "of the rewards, what went to acts that would have happened anyway"),
    Column("novelty_lost_pp", "pp", "effect in the first 4 weeks of offer less that in the last 4"),
    Column("spillover_pp", "pp", "effect on those who never took part so far"),
    Column("level_after_pp", "pp", "level 14 to 26 weeks after the end, against no scheme"),
)
"""The rows of the table of side effects for each arm, in its order; all are 0 where a scheme does nothing."""

CHECKS: tuple[Column, ...] = (
    Column("positive_only", "rules broken", "rule G1: a scheme can only give"),
    Column("free_to_leave", "rules broken", "rule G2: leaving costs nothing and is as easy as joining"),
    Column("no_sensitive_trait", "rules broken", "rule G3: no reward depends on a sensitive trait"),
    Column("no_public_ranking", "rules broken", "rule G4: no public list of everybody, no ranking of persons"),
    Column("least_paid_in_a_week", "baht", "least that any group was paid in any week; below 0 something was taken"),
    Column("left_before_end", "share", "of those who ever took part, who had left by the last week of offer"),
    Column("smallest_group", "people", "people in the smallest group shown, against the smallest cell allowed"),
    Column("eligible", "share", "citizens who may take part"),
    Column("take_up", "share", "ever live over eligible"),
    Column("take_up_poorest_fifth", "share", "the same in the poorest fifth"),
    Column("spillover_pp", "pp", "effect on those who never took part so far"),
    Column("harmed_after", "societies", "societies in which the effect half a year after does harm that matters"),
    Column("paid_anyway", "share", "of the money, what went to acts that would have happened anyway"),
)
"""The checks of the table of rights, in its order."""
