import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.core.errors import InputError, ScenarioError
from simulation.scenario.lines import scan
from simulation.scenario.load import load, shipped
from simulation.scenario.model import Scenario

BANGKOK = shipped()["bangkok-waste"].read_text("utf-8")


def broken(tmp_path: Path, *swaps: tuple[str, str]) -> ScenarioError:
    text = BANGKOK
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "my.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ScenarioError) as error:
        load(path)
    return error.value


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_scenario_is_valid_and_survives_json(name):
    scenario = load(name)
    assert Scenario.from_json(scenario.to_json()).digest == scenario.digest


def test_a_misspelt_key_is_named_with_its_line_and_the_nearest(tmp_path):
    error = broken(tmp_path, ("visible = 0.35", "visble = 0.35"))
    (problem,) = error.problems
    assert problem.key == "behaviours.waste_sort.visble"
    assert BANGKOK.split("\n")[problem.line - 1].startswith("visible")
    assert 'Did you mean "visible"' in problem.text_en
    assert '"visible"' in problem.text_th


def test_all_mistakes_come_at_once_in_file_order(tmp_path):
    error = broken(
        tmp_path,
        ("weeks = 104", 'weeks = "many"'),
        ("baht_per_month = 40 ", "baht_per_month = -40 "),
        ("share = 0.1", "share = 1.4"),
        ('kind = "recognition"', 'kind = "recognision"'),
    )
    assert [p.key.split(".")[-1] for p in error.problems] == ["weeks", "baht_per_month", "share", "kind"]
    assert "rule G1, positive only" in error.problems[1].text_en
    assert '"recognition"' in error.problems[3].text_en
    assert "4 mistakes" in error.render()


def test_a_table_whose_kind_is_misspelt_is_checked_against_the_nearest_kind(tmp_path):
    error = broken(
        tmp_path, ('kind = "recognition"', 'kind = "recognision"'), ('audience = "named-to-group"', "audience = 3")
    )
    assert [p.key.split(".")[-1] for p in error.problems] == ["kind", "audience"]


@pytest.mark.parametrize("value", ["nan", "inf", "1e400", '"0.34"', "true", "-0.1", "1.5", "[0.34]"])
def test_numbers_that_are_none_are_refused(tmp_path, value):
    error = broken(tmp_path, ("baseline = 0.34", f"baseline = {value}"))
    assert {p.key for p in error.problems} == {"behaviours.waste_sort.baseline"}


@pytest.mark.parametrize("raw", [b"", b"  \n", b"\x00\x01\x02", b"PK\x03\x04rest", b"\xff\xfe\xff", b"x = [1,"])
def test_files_that_are_no_scenario_are_one_clear_mistake(tmp_path, raw):
    path = tmp_path / "odd.toml"
    path.write_bytes(raw)
    with pytest.raises(ScenarioError) as error:
        load(path)
    assert len(error.value.problems) == 1
    assert error.value.problems[0].text_th


def test_a_missing_file_names_the_nearest():
    with pytest.raises(ScenarioError, match="bangkok-waste"):
        load("bangkok-wast")


def test_overrides_change_one_value_and_are_checked():
    assert load("bangkok-waste", ["run.weeks=80"]).run.weeks == 80
    with pytest.raises(ScenarioError):
        load("bangkok-waste", ["run.weks=80"])
    with pytest.raises(ScenarioError):
        load("bangkok-waste", ["nonsense"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(0, len(BANGKOK) - 1),
    cut=st.integers(0, 12),
    put=st.sampled_from(["", "x", "-", "=", "[", "]", '"', "\n", "9", "nan", "ก", "{", "true", "\x07"]),
)
def test_any_mutated_file_is_valid_or_a_clear_error(tmp_path, at, cut, put):
    path = tmp_path / "mutant.toml"
    path.write_text(BANGKOK[:at] + put + BANGKOK[at + cut :], "utf-8")
    try:
        load(path)
        return
    except ScenarioError as error:
        found = error
    assert found.problems
    assert all(p.text_en and p.text_th for p in found.problems)
    assert "mutant.toml" in found.render()


def test_the_scanner_finds_every_key_that_the_library_reads():
    def paths(data, prefix=()):
        for key, value in data.items():
            yield (*prefix, key)
            if isinstance(value, dict):
                yield from paths(value, (*prefix, key))

    for path in shipped().values():
        text = path.read_text("utf-8")
        places = scan(text).spans
        wanted = {p for p in paths(tomllib.loads(text)) if "observed" not in p}
        headers = {p[:i] for p in places for i in range(1, len(p) + 1)}
        assert wanted <= headers


def test_messages_say_what_was_received_what_is_allowed_and_what_to_write(tmp_path):
    error = broken(
        tmp_path,
        ("weeks = 104", 'weeks = "many"'),
        ("replicates = 60", 'replicates = "๖๐"'),
        ("citizens = 10_000", 'citizens = "10,000"'),
        ("baseline = 0.34", "baseline = 34"),
        ("[arms.control]", "[arms.contrl]"),
        ('behaviour = "waste_sort"\nreference', 'behaviour = "waste_srt"\nreference'),
    )
    text = {p.key.split(".")[-1]: (p.text_en, p.text_th) for p in error.problems}
    assert '"many" is text. "weeks" is a whole number, 1 to 5,200' in text["weeks"][0]
    assert "Thai digits" in text["replicates"][0]
    assert "เลขไทย" in text["replicates"][1]
    assert "Write 10000" in text["citizens"][0]
    assert "For 34%, write 0.34." in text["baseline"][0]
    assert 'No arm is called "control"' in text["contrl"][0]
    assert '"contrl"' in text["contrl"][0]
    assert '"waste_sort"' in text["behaviour"][0]
    said = [line for line in error.render().splitlines() if line.startswith("  ") and " | " not in line]
    assert all(len(line) <= 80 for line in said)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("arms.fee_discont.schemes.fee.baht_per_month=3", 'Did you mean "fee_discount"?'),
        ("run.weks=3", 'Did you mean "weeks"?'),
        ("worl.citizens=3", 'Did you mean "world"?'),
        ("arms.x={kind=.1}", "no TOML value"),
        ("arms.fee_discount.schemes.fee.baht_per_month=-3", "rule G1"),
    ],
)
def test_a_mistake_in_set_is_told_as_one_of_set(change, says):
    with pytest.raises(ScenarioError) as error:
        load("bangkok-waste", [change])
    assert says in error.value.render()
    assert {p.file for p in error.value.problems} == {"--set"}


def test_one_cause_is_one_mistake(tmp_path):
    text = BANGKOK[: BANGKOK.index("[world]")] + BANGKOK[BANGKOK.index("[behaviours") :]
    path = tmp_path / "my.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ScenarioError) as error:
        load(path)
    assert [p.key for p in error.value.problems] == ["world"]


def test_scenarios_are_equal_exactly_where_their_digests_are():
    one = load("bangkok-waste")
    data = one.model_dump(mode="json")
    arms = data["arms"]
    turned = type(one).model_validate({**data, "arms": dict(reversed(arms.items()))})
    same = type(one).from_json(one.to_json())
    assert one == same
    assert hash(one) == hash(same)
    assert one != turned
    assert one.digest != turned.digest
    assert len({one, same, turned}) == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"run.wekks": 3}, 'Did you mean "weeks"'),
        ({"run.weeks.x": 1}, "no table"),
        ({"arms.recogniton.schemes.honour.audience": "team"}, 'Did you mean "recognition"'),
        ({"run.weeks": -1, "world.citizens": 0}, "2 mistakes"),
    ],
)
def test_a_changed_copy_says_what_is_wrong_as_a_file_does(changes, said):
    with pytest.raises(ScenarioError) as error:
        load("bangkok-waste").with_(changes)
    assert said in str(error.value)
    assert "pydantic" not in str(error.value)


@pytest.mark.parametrize("source", [None, 3, {"a": 1}, ("format", 1)])
def test_what_is_no_scenario_is_named(source):
    with pytest.raises(InputError, match="path"):
        load(source)


def test_a_scenario_shows_itself_in_a_notebook():
    page = load("bangkok-waste")._repr_html_()
    assert "fee_discount" in page
    assert "10,000 households" in page
