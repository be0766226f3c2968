import pytest

from simulation.core.errors import ScenarioError
from simulation.core.params import BetweenKeys
from simulation.scenario.load import load
from simulation.scenario.model import Behaviour, Scenario
from tests.scenario.files import BANGKOK, THORNTON, by_key, error_of, marked, swapped

FEE, HONOUR, LETTER = (
    "arms.fee_discount.schemes.fee",
    "arms.recognition.schemes.honour",
    "arms.comparison.schemes.letter",
)
GOAL = "arms.district_goal.schemes.goal"


def test_rules_between_keys_are_told_at_their_key_beside_every_other_mistake(tmp_path):
    text = swapped(
        BANGKOK,
        ("citizens = 10_000", "citizens = 10\nurbn = 1"),
        ('"50+" = 0.646', '"50-" = 0.646'),
        ("public = 0.2, private", "public = 0.4, privat = 1, private"),
        ("opportunities_per_week = 7", "opportunities_per_week = 7.5"),
        ('dynamics = "flow"', 'dynamics = "sticky"\nbaselin = 1'),
        ("schedule = { start = 4, weeks = 52 }", "schedule = { start = 4, weeks = 52, taper = 60, tapr = 3 }"),
        ('friction = "web-form"', 'friction = "web-form", target_weeks = 3, x = 1'),
        ('enrolment = { mode = "automatic" }', 'enrolment = { mode = "automatic", friction = "one-tap", x = 1 }'),
        ('kind = "collective_goal"', 'kind = "points"\nbaht_per_act = 3\ndays_of_wage_per_act = 2'),
    )
    error = error_of(tmp_path, text)
    found = by_key(error)
    marks = {
        "world.localities.number": ("50", "more localities (50) than citizens (10)"),
        "world.online.50-": ('"50-"', 'Did you mean "50+"?'),
        "world.organisations.sectors": ("{ public", "sum to 1.2"),
        "behaviours.waste_sort.opportunities_per_week": ("7.5", "Write 7 or 8"),
        "behaviours.waste_sort.dynamics": ('"sticky"', "redecision = 0.1"),
        f"{FEE}.schedule.taper": ("60", "longer than the offer of 52 weeks"),
        f"{HONOUR}.enrolment.friction": ("friction", 'either "friction" or "target_share"'),
        f"{LETTER}.enrolment.friction": ("friction", 'mode = "opt-in"'),
        f"{GOAL}.days_of_wage_per_act": ("days_of_wage_per_act", "Take one of the two out"),
    }
    for key, (mark, said) in marks.items():
        assert marked(found[key]).startswith(mark), key
        assert said in found[key].text_en
        assert found[key].text_th != found[key].text_en
    others = {
        "world.urbn",
        "world.organisations.sectors.privat",
        "behaviours.waste_sort.baselin",
        f"{FEE}.schedule.tapr",
    }
    assert others <= set(found)


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        (
            "target_share = 0.06, target_weeks = 30",
            "target_share = 0.06",
            f"{FEE}.enrolment.target_share",
            "target_weeks = 30",
        ),
        (
            "target_share = 0.06, target_weeks = 30",
            "target_weeks = 3",
            f"{FEE}.enrolment.target_weeks",
            "target_share = 0.1",
        ),
        (', friction = "web-form"', "", f"{HONOUR}.enrolment", 'friction = "web-form"'),
        ('dynamics = "flow"', "redecision = 0.1", "behaviours.waste_sort.redecision", 'dynamics = "sticky"'),
        ('kind = "comparison"', 'kind = "points"', LETTER, "baht_per_act = 5"),
        ("weeks = 104", "weeks = 50", f"{FEE}.schedule.weeks", "ends in week 56, after the horizon of 50 weeks"),
        ("weeks = 104", "weeks = 1", f"{FEE}.schedule.start", "begins in week 4, after the horizon of 1 week ("),
    ],
)
def test_each_rule_between_keys_names_the_key_and_what_to_write(tmp_path, old, new, key, said):
    text = swapped(BANGKOK, (old, new))
    found = {p.key: p for p in error_of(tmp_path, text).problems}
    assert said in found[key].text_en


def test_a_value_that_is_wrong_by_itself_is_not_told_again_by_a_rule(tmp_path):
    text = swapped(
        BANGKOK,
        ("schedule = { start = 4, weeks = 52 }", "schedule = { start = 4, weeks = 52, taper = 9999 }"),
        ('friction = "web-form"', 'fricton = "web-form"'),
        ('mode = "automatic"', 'mod = "opt-in", friction = "one-tap"'),
        ('dynamics = "flow"', 'dynamics = "stick"\nredecision = 0.1'),
        ('behaviour = "waste_sort"\ngoal', f'behaviour = "{"w" * 61}"\ngoal'),
    )
    assert set(by_key(error_of(tmp_path, text))) == {
        f"{FEE}.schedule.taper", f"{HONOUR}.enrolment.fricton", f"{LETTER}.enrolment.mod", "behaviours.waste_sort.dynamics",
        f"{GOAL}.behaviour",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"behaviours.waste_sort.opportunities_per_week": 7.5}, "whole number"),
        ({"world.citizens": 1}, "more localities (50) than citizens (1)"),
        ({"arms.control.schemes": {"x": {}}}, "control has no schemes"),
    ],
)
def test_the_same_rules_hold_in_python(changes, said):
    with pytest.raises(ScenarioError) as error:
        load("bangkok-waste").with_(changes)
    assert said in " ".join(str(error.value).split())
    with pytest.raises(ValueError, match="whole") as broken:
        Behaviour(baseline=0.3, opportunities_per_week=7.5)
    assert isinstance(broken.value.errors()[0]["ctx"]["error"], BetweenKeys)


def test_lists_and_tables_of_tables_have_their_own_words(tmp_path):
    error = error_of(
        tmp_path,
        swapped(
            THORNTON,
            ("value = 0.6429", "value = 3"),
            ('quantity = "level"', 'quantity = "lvel"'),
            ('arm = "usd_0_38"\n', ""),
            ("n = 488", "n = 0"),
        ),
    )
    found = by_key(error)
    assert "A level of 3 is no share of opportunities: it lies in 0 to 1" in found["observed.1.value"].text_en
    assert 'Did you mean "level"?\nAllowed: level, difference, log_odds, odds_ratio, ratio.' in found["observed.0.quantity"].text_en
    assert '"arm" is missing. "arm" is text.' in found["observed.3.arm"].text_en
    assert '"n" is a whole number, at least 1' in found["observed.6.n"].text_en


def test_elements_and_named_values_have_bounds_and_choices(tmp_path):
    target = 'target.age_bands = ["15-24", "25-35"]\ntarget.sectors = "public"\nbehaviour'
    error = error_of(tmp_path, swapped(BANGKOK, ('kind = "fee_discount"\nbehaviour', f'kind = "fee_discount"\n{target}'), ('"15-24" = 0.990', '"15-24" = 9.9')))  # fmt: skip
    found = by_key(error)
    band = found[f"{FEE}.target.age_bands.1"]
    assert marked(band) == '"25-35"'
    assert 'not allowed for "age_bands". Did you mean "25-34"?\nAllowed: 15-24,' in band.text_en
    assert 'Write ["public"].' in found[f"{FEE}.target.sectors"].text_en
    assert "0 to 1" in found["world.online.15-24"].text_en


def test_what_should_be_a_table_is_called_one(tmp_path):
    text = swapped(BANGKOK, ("[arms.control]\n", "[arms]\nfee = 3\n[[arms.control]]\n[arms.x.schemes]\ny = 3\n"))
    found = by_key(error_of(tmp_path, text + "\n[sources]\na = 3\n"))
    assert '"fee" is a table' in found["arms.fee"].text_en
    assert "one pair of brackets" in found["arms.control"].text_en
    assert '"y" is a table' in found["arms.x.schemes.y"].text_en
    assert '"a" is text' in found["sources.a"].text_en


def test_a_missing_table_is_asked_for_by_its_whole_name(tmp_path):
    wage = BANGKOK[BANGKOK.index("[world.daily_wage]") : BANGKOK.index("[world.organisations]")]
    title = BANGKOK[BANGKOK.index("about.title") : BANGKOK.index("about.question")]
    text = swapped(BANGKOK, (wage, ""), (title, ""), ("schedule = { start = 4, weeks = 52 }\n", ""))
    found = by_key(error_of(tmp_path, text))
    assert "Add [world.daily_wage], with mean and gini." in found["world.daily_wage"].text_en
    assert 'Add about.title = { en = "..." }' in found["about.title"].text_en
    assert f"Add [{FEE}.schedule], with start and weeks." in found[f"{FEE}.schedule"].text_en
    inline = by_key(error_of(tmp_path, swapped(THORNTON, (", schedule = { start = 0, weeks = 1 }", ""))))
    assert "Add schedule = { start = 4, weeks = 4 }" in inline["arms.usd_0_09.schemes.cash.schedule"].text_en
    whole = by_key(error_of(tmp_path, "format = 1\n"))
    assert "Add [about], with title and question." in whole["about"].text_en
    assert "Add [arms.NAME]." in whole["arms"].text_en


def test_a_misspelt_required_key_is_one_mistake(tmp_path):
    text = swapped(
        BANGKOK,
        ("weeks = 104", "weks = 104"),
        ("audience =", "audiense ="),
        ('kind = "comparison"', 'knd = "comparison"'),
        ("reference =", "referense ="),
    )
    found = by_key(error_of(tmp_path, text))
    assert set(found) == {"run.weks", f"{HONOUR}.audiense", f"{LETTER}.knd", f"{LETTER}.referense"}
    assert 'Did you mean "kind"?\nAllowed here: approval, baht_per_message' in found[f"{LETTER}.knd"].text_en


@pytest.mark.parametrize("value", ["true", "1.0", "2", '"1"', "[1]"])
def test_the_format_is_the_whole_number_one_and_nothing_equal_to_it(tmp_path, value):
    found = by_key(error_of(tmp_path, swapped(BANGKOK, ("format = 1", f"format = {value}"))))
    assert "Write format = 1" in found["format"].text_en
    assert "Did you mean" not in found["format"].text_en


@pytest.mark.parametrize("arms", ["[arms.control]\n", "[arms]\ncontrol = {}\n[arms.other]\n"])
def test_a_scenario_without_any_scheme_has_nothing_to_compare(tmp_path, arms):
    text = BANGKOK[: BANGKOK.index("[arms.control]")] + arms
    (problem,) = error_of(tmp_path, text).problems
    assert problem.key == "arms"
    assert "No arm has a scheme" in problem.text_en
    data = {**load("bangkok-waste").model_dump(mode="json"), "arms": {"control": {}}}
    with pytest.raises(ValueError, match="No arm has a scheme"):
        Scenario.model_validate(data)


@pytest.mark.parametrize(
    ("old", "new", "says", "never"),
    [
        ('{ en = "waste separation"', '{ en = ""', '"en" takes at least 1 letter.', "1 letters"),
        ('{ en = "waste separation"', '{ en = "' + "a" * 2500 + '"', "2,500 letters", "a" * 100),
        ("format = 1\n", "", '"format" is 1.', "one of"),
        ("baseline = 0.34", "baseline = 1e400", "1e400 is not a number", "inf"),
        ('dynamics = "flow"', 'dynamics = "sticky"\nredecision = 2', "2 is above 1", "For 2%"),
        ("seed = 1", "seed = -5", "9,223,372,036,854,775,807", "e+18"),
        ("weeks = 104", "weeks = " + "9" * 400, "1e400 is above 5,200", "9" * 50),
        ("weeks = 104", "weeks = 2020-01-01", "is a date", "another kind"),
        ("citizens = 10_000", "citizens = 1", "than citizens (1)", "1 citizens"),
        ("weeks = 52 }", "weeks = 1, taper = 2 }", "the offer of 1 week.", "1 weeks"),
    ],
)  # fmt: skip
def test_messages_are_right_in_grammar_and_number(tmp_path, old, new, says, never):
    error = error_of(tmp_path, swapped(BANGKOK, (old, new)))
    assert any(says in p.text_en for p in error.problems)
    assert all(never not in p.text_en for p in error.problems)


@pytest.mark.parametrize(
    ("new", "mark"),
    [('"we\\u0065kss" = 3', '"we\\u0065kss"'), ("'weekss' = 3", "'weekss'"), ("x . 'y' = 3", "x")],
)
def test_carets_stand_under_the_whole_key_as_it_is_written(tmp_path, new, mark):
    error = error_of(tmp_path, swapped(BANGKOK, ("weeks = 104", f"weeks = 104\n{new}")))
    assert [marked(p) for p in error.problems] == [mark]


def test_carets_of_a_dotted_key_stand_under_the_part_that_is_wrong(tmp_path):
    (problem,) = error_of(tmp_path, swapped(BANGKOK, ("about.question", "about.x = 3\nabout.question"))).problems
    assert marked(problem) == "x"
    assert problem.caret_start == len("about.")


@pytest.mark.parametrize("where", ["[arms.{}]", "[behaviours.{}]\nbaseline = 0.5\nopportunities_per_week = 1"])
def test_names_are_words_of_letters_digits_and_strokes(tmp_path, where):
    for name in ('"a b"', '"\\u001b[31m"', '""', '"a\\nb"', '"a.b"', "a" * 61, '"<b>"'):
        found = error_of(tmp_path, f"{BANGKOK}\n{where.format(name)}\n").problems
        assert any("is no name" in p.text_en for p in found), name
    path = tmp_path / "thai.toml"
    path.write_text(f'{BANGKOK}\n[arms."ค่าธรรมเนียม_2"]\n', "utf-8")
    assert "ค่าธรรมเนียม_2" in load(path).arms


@pytest.mark.parametrize("sign", ["\\u001b", "\\u0007", "\\n", "\\t", "\\u009b", "\\u202e", "\\u2028"])
def test_texts_hold_no_control_characters(tmp_path, sign):
    text = swapped(
        BANGKOK, ('en = "waste separation"', f'en = "waste{sign}"'), ('place = "TH-10"', f'place = "a{sign}"')
    )
    found = by_key(error_of(tmp_path, text))
    assert set(found) == {"behaviours.waste_sort.title.en", "world.place"}
    assert all("control character" in p.text_en and "อักขระควบคุม" in p.text_th for p in found.values())


def test_a_target_at_a_locality_that_the_world_has_not_is_told_at_its_key(tmp_path):
    table = "target = { localities = [50, 51] }\n"
    error = error_of(tmp_path, swapped(BANGKOK, ("baht_per_month = 40", f"{table}baht_per_month = 40")))
    (problem,) = error.problems
    assert problem.key == "arms.fee_discount.schemes.fee.target.localities.1"
    assert "There is no locality 51; the world has 50" in problem.text_en


def test_the_thai_message_says_what_the_key_means(tmp_path):
    error = error_of(
        tmp_path, swapped(BANGKOK, ("share = 0.1", "share = 1.4"), ("baht_per_month = 40 ", 'baht_per_month = "x" '))
    )
    said = {p.key.split(".")[-1]: p.text_th for p in error.problems}
    assert "สัดส่วนของการแจ้งที่ถูกตรวจ" in said["share"]
    assert "ค่าธรรมเนียมที่ลดให้ต่อเดือน" in said["baht_per_month"]


def test_a_misspelt_control_is_pointed_at(tmp_path):
    problem = by_key(error_of(tmp_path, swapped(BANGKOK, ("[arms.control]", "[arms.contrl]"))))["arms.contrl"]
    assert problem.source_line == "[arms.contrl]"
    assert problem.suggestion == "contrl"


@pytest.mark.parametrize("date", ["2027-01-04", '"2027-01-04"', '"4 มกราคม 2570"'])
def test_a_calendar_date_is_told_that_weeks_count_from_the_start(tmp_path, date):
    error = error_of(tmp_path, swapped(BANGKOK, ("start = 4, weeks = 52", f"start = {date}, weeks = 52")))
    problem = by_key(error)[f"{FEE}.schedule.start"]
    said = problem.text_en.replace("\n", " ")
    assert "weeks" in said
    assert "no calendar" in said
    assert "สัปดาห์" in problem.text_th


def test_a_text_where_both_languages_belong_is_shown_in_its_place_in_the_table(tmp_path):
    for written, en, th in (("Sorting", '"Sorting"', '"..."'), ("คัดแยกขยะ", '"..."', '"คัดแยกขยะ"')):
        text = swapped(BANGKOK, ("[behaviours.waste_sort]\ntitle", "[behaviours.waste_sort]\nold"))
        text = text.replace("[behaviours.waste_sort]\n", f'[behaviours.waste_sort]\ntitle = "{written}"\n')
        found = next(p for p in error_of(tmp_path, text).problems if p.key == "behaviours.waste_sort.title")
        form = f"title = {{ en = {en}, th = {th} }}"
        assert f"Write {form}" in found.text_en
        assert f"ให้เขียน {form}" in found.text_th
