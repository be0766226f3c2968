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
    "evidence": (
        _ARM,
        Column("mechanism", "", "what it leans on, such as money or recognition"),
        Column("studies", "studies", "published experiments with figures that depend on it; 0 where none tells it"),
        Column("arms", "arms", "arms of these"),
        Column("countries", "countries", "in which they were made"),
        Column("thai_studies", "studies", "of these, made in Thailand"),
        Column("mae_log_odds", "log-odds", "mean absolute error of their prediction, by studies; empty if not scored"),
        Column("coverage90", "share", "of their figures, inside the 90 % interval; empty if not scored"),
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
        Column("rewards_anyway", "baht", "rewards for acts that would have happened anyway, or were never done"),
        Column("running", "baht", "running costs, services among them"),
        Column("paid_for_nothing", "baht", "of the rewards, for acts that were claimed and never done"),
        Column("checking", "baht", "of the running costs, for checks of claims"),
        Column("extra_acts", "acts", "additional acts of all weeks"),
    ),
    "ledgers": (
        _ARM,
        *_SOCIETY,
        Column("scheme", "", "name of the scheme"),
        Column("when_spent", "", "close, pro-rata or waiting-list"),
        Column("claims", "acts", "claims that counted: acts of participants that no check refused, and false claims"),
        Column("false_claims", "acts", "of them, acts that were never done (expected)"),
        Column("false_share", "share", "false_claims over claims; empty where nobody claimed"),
        Column("wrongly_refused", "acts", "true claims that checks refused"),
        Column("due_baht", "baht", "what people and areas would have been paid, had nothing been cut"),
        Column("paid_baht", "baht", "what they were paid"),
        Column("paid_share", "share", "paid_baht over due_baht; empty where nothing was due"),
        Column("paid_for_nothing_baht", "baht", "of what was paid, for acts that were never done"),
        Column("service_baht", "baht", "messages, certificates, checks and the like"),
        Column("checking_baht", "baht", "of the services, for checks of claims"),
        Column("running_baht", "baht", "cost of running it"),
        Column("run_by", "", "organisations or localities that decide whether to run it; empty where nobody does"),
        Column("granted_baht", "baht", "grants to those that run it, all weeks"),
        Column("cofunded_baht", "baht", "of what members were paid, what those that run it paid themselves"),
        Column(
            "closed_week",
            "week",
            "first week whose greatest cost the rest of the budget did not cover, or, pro-rata, with nothing left; "
            "-1 where there was none",
        ),
        Column("cut_week", "week", "first week in which less was paid than was due; -1 where there was none"),
        Column("waiting", "people", "people on the waiting list at the end"),
        Column("left_baht", "baht", "of the budget in all, what was not spent; empty where there is none"),
        Column("eligible", "people", "people who could take part in any week"),
        Column("reached", "people", "of those eligible, whom its offer reached"),
        Column("took_part", "people", "people who were ever in it while it was offered"),
        Column("signed_up", "people", "people who ever signed up or were entered, those who never began among them"),
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
    "areas": (
        _ARM,
        Column("level", "", "organisation, locality or province; a world of one place is one province"),
        Column(
            "unit", "", "which one: its name, or the ISO code of a province; organisations that are drawn bear a number"
        ),
        Column("part_of", "", "the locality of an organisation, the province of a locality; empty for a province"),
        Column("societies", "societies", "simulated societies in which it has people with an opportunity"),
        Column("people", "people", "people in it, in the society where it has fewest"),
        Column("acts", "acts", "acts in the scheme world over the weeks of offer, mean over societies"),
        Column("acts_twin", "acts", "the same of the twins, who have no scheme"),
        Column("opportunities", "chances", "chances to act in those weeks, mean over societies"),
        Column("effect_pp_mean", "pp", "mean effect over the weeks of offer"),
        Column("effect_pp_low", "pp", "lower end of its 90 % interval; empty below 19 societies"),
        Column("effect_pp_high", "pp", "upper end of its 90 % interval; empty below 19 societies"),
        Column("thin", "", "true where it has fewer people than the smallest cell"),
        Column("hidden", "", "of real people: few (too few), beside (it would tell of one with too few); else empty"),
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
    "running": (
        _ARM,
        Column("run_by", "", "organisations or localities"),
        Column("units", "units", "how many there are"),
        Column("granted_baht", "baht", "grants to those that run it, all weeks"),
        Column("cofunded_baht", "baht", "of what members were paid, what those that run it paid themselves"),
        *_with_ends("share", "share", "share that runs a scheme of the arm in its last week of offer"),
        *_with_ends("share_twin", "share", "share that would run such a scheme anyway"),
        *_with_ends("number", "units", "how many run a scheme of the arm in its last week of offer"),
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
    Column("free_to_leave", "rules broken", "rule G16: leaving costs nothing and is as easy as joining"),
    Column("no_sensitive_trait", "rules broken", "rule G7: no reward depends on a sensitive trait"),
    Column("no_public_ranking", "rules broken", "rule G4: no public list of everybody, no ranking of persons"),
    Column("least_paid_in_a_week", "baht", "least that any group was paid in any week; below 0 something was taken"),
    Column("left_before_end", "share", "of those who ever took part, who had left by the last week of offer"),
    Column("smallest_group", "people", "people in the smallest group shown, against the smallest cell allowed"),
    Column("eligible", "share", "citizens who may take part"),
    Column("take_up", "share", "ever live over eligible"),
    Column("take_up_poorest_fifth", "share", "the same in the poorest fifth"),
    Column("spillover_pp", "pp", "effect on those who never took part so far"),
    Column("harmed_after", "societies", "societies in which the effect half a year after does harm that matters"),
    Column("paid_anyway", "share", "of all costs, what went to acts that would have happened anyway"),
    Column("take_up_gap_age", "share", "rule G11: highest take-up of an age band less the lowest"),
    Column("take_up_gap_income", "share", "rule G11: the same by fifth of household income"),
    Column("take_up_gap_place", "share", "rule G11: the same between towns and villages"),
    Column("take_up_gap_device", "share", "rule G11: the same between those online and those offline"),
    Column(
        "never_reached",
        "share",
        "of those eligible, whom no offer reached; where no channel is simulated, who never took part",
    ),
    Column("money_top_tenth", "share", "of the money to people, what the tenth who got most received"),
    Column("reward_spread", "ratio", "rule G3: mean of the tenth who got most over that of the tenth who got least"),
    Column("pressure", "share", "of the additional acts, what others' eyes drive: honours, comparison, norms"),
    Column(
        "groups_below_after",
        "groups",
        "rule G13: groups below their own baseline in weeks 14 to 26 after the end, likely at least",
    ),
    Column("lowest_group_after_pp", "pp", "effect in those weeks on the group that does worst"),
    Column("consented", "share", "rule G5: of those eligible, who signed up for a scheme that asks"),
    Column("withdrew", "share", "rule G5: of those who signed up, who ever left again"),
)
"""The checks of the table of rights, in its order."""
