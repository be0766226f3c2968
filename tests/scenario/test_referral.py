"""A referral names the scheme into which it brings people; a name that is not in its arm is told at its key."""

import pytest

from simulation.core.errors import KwamdeeError
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.fragment import fragment_of
from simulation.scenario.fragments import scenario_of

FRIENDS = fragment_of(scheme_classes()["referral"])


@pytest.mark.parametrize(("name", "near"), [("stesp", "steps"), ("donors", None)])
def test_a_scheme_that_is_not_in_the_arm_is_told_with_the_nearest_name(name, near):
    with pytest.raises(KwamdeeError) as told:
        scenario_of(FRIENDS.replace('into = "steps"', f'into = "{name}"'))
    said = " ".join(str(told.value).split())
    assert "bring_a_friend.into" in said
    assert f'There is no scheme "{name}" in this arm; there are steps, bring_a_friend' in said
    assert ('Did you mean "steps"' in said) == (near == "steps")


def test_without_a_name_people_are_brought_into_the_referral_itself():
    scenario = scenario_of(FRIENDS.replace('into = "steps"\n', ""))
    assert scenario.arms["friends"].schemes["bring_a_friend"].brings_into is None
