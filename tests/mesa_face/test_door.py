"""What a model is asked for is checked before anything is built, in one line that helps."""

import numpy as np
import pytest

import simulation as kw
import simulation.engine.model as built


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"replicate": -1}, r"replicate= is -1; it is a whole number from 0"),
        ({"replicate": 1.5}, r"replicate= is 1\.5; it is a whole number from 0"),
        ({"replicate": True}, r"replicate= is True; it is a whole number"),
        ({"replicate": "2"}, r"replicate= is '2'; it is a whole number"),
        ({"rng": 3.7}, r"rng= is 3\.7; it is a whole number from 0 to 9223372036854775807, or None"),
        ({"rng": "a"}, r"rng= is 'a'; it is a whole number"),
        ({"rng": -3}, r"rng= is -3; it is a whole number"),
        ({"rng": 2**63}, r"rng= is 9223372036854775808; it is a whole number"),
        ({"engine": "fast"}, r"engine= is 'fast'; it is one of auto, numpy, numba"),
        ({"engine": "nunpy"}, r'Did you mean "numpy"\?'),
        ({"engine": None}, r"engine= is None; it is one of"),
        ({"parameters": "x"}, r'parameters= is "x"\. It is posterior, default, or the name of a table'),
        ({"arm": "comparisn"}, r"arm= is 'comparisn'; there is no such arm\. Did you mean \"comparison\"\? There are"),
        ({"arm": "fee"}, r"There are control, .*fee_discount"),
        ({"arm": ["control"]}, r"arm= is \['control'\]; there is no such arm"),
        ({"citizens": kw.Citizen}, r"citizens= is .*; it is a mapping"),
    ],
    ids=repr,
)
def test_a_wrong_argument_is_named_with_its_value_and_what_is_allowed(asked, told, monkeypatch):
    monkeypatch.setattr(built, "prepare", None)  # calling it would be another error
    with pytest.raises(kw.InputError, match=told) as error:
        kw.model("bangkok-waste", **asked)
    assert "\n" not in str(error.value)


def test_numpys_whole_numbers_are_whole_numbers():
    scenario = kw.load("bangkok-waste", ["world.citizens=100", "run.weeks=60"])
    plain, numpys = kw.model(scenario, replicate=2, rng=5), kw.model(scenario, replicate=np.int64(2), rng=np.uint8(5))
    plain.step()
    numpys.step()
    assert plain.state.columns.digest() == numpys.state.columns.digest()


@pytest.mark.parametrize("share", ["half", -0.1, 1.1, None, True])
def test_a_share_of_own_citizens_is_a_number_from_0_to_1(share):
    class Mine(kw.Citizen):
        pass

    with pytest.raises(kw.InputError, match="it is a number from 0 to 1, or a mask"):
        kw.model(kw.load("bangkok-waste", ["world.citizens=100"]), citizens={Mine: share})
