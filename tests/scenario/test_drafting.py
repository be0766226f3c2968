"""A new scenario from answers: whatever is answered, what is written is valid, commented and runs."""

import re
import tomllib
from pathlib import Path

import pytest

from simulation.core.params import Wrong
from simulation.engine.prepare import prepare
from simulation.engine.run import start, step
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.targeting import Target
from simulation.scenario.drafting import answers
from simulation.scenario.drafting.eligible import ELIGIBLE
from simulation.scenario.drafting.facts import behaviours, daily_wage, provinces
from simulation.scenario.drafting.interview import interview
from simulation.scenario.drafting.notes import on_budget
from simulation.scenario.drafting.plan import Plan
from simulation.scenario.drafting.questions import kind_options, questions
from simulation.scenario.drafting.write import draft
from simulation.scenario.lines import scan
from simulation.scenario.load import load_text

ALL = tuple(scheme_classes())


def asked(*typed: str, lang: str = "en") -> tuple[Plan, list[str]]:
    """Return the plan of what was typed, then nothing more, and what was shown."""
    shown: list[str] = []
    waiting = iter(typed)

    def ask(prompt: str) -> str | None:
        shown.append(prompt)
        return next(waiting, None)

    return interview(ask, shown.append, lang), shown


def scenario(plan: Plan, lang: str = "en"):
    return load_text(draft(plan, lang), Path("new.toml"))


def run_some_weeks(found, weeks=6) -> None:
    small = found.with_({"world.citizens": 200, "world.localities.number": 2, "run.replicates": 1})
    prepared = prepare(small, 0)
    for arm in (name for name, a in small.arms.items() if a.schemes):
        state = start(prepared, arm, "numpy")
        for _ in range(weeks):
            step(state)


def test_there_are_at_most_twenty_questions_in_both_languages():
    assert len(questions()) <= 20
    for q in questions():
        assert q.words.th, q.fills
        assert q.hint.th, q.fills
        assert all(name.th for _, name in q.options()), q.fills


@pytest.mark.parametrize("lang", ["en", "th"])
def test_every_default_that_is_shown_can_be_typed_and_changes_nothing(lang):
    plan = Plan()
    for q in questions():
        typed = q.default(plan, lang)
        assert draft(plan.with_(q.fills, q.read(typed, plan)), lang) == draft(plan, lang) or q.fills in (
            "title",
            "question",
        )


def test_enter_takes_each_default():
    plan, shown = asked(*[""] * 20)
    assert plan == Plan()
    assert not any("No more answers" in text for text in shown)
    assert "[Bangkok] " in shown
    assert "[0.34] " in shown


def test_when_no_more_answers_come_the_defaults_are_taken_and_that_is_said():
    plan, shown = asked("Chiang Mai")
    assert plan.province.iso == "TH-50"
    assert "the default is taken" in shown[-1]
    assert "ใช้ค่าตั้งต้น" in asked(lang="th")[1][-1]


def test_answers_go_where_they_belong():
    second = [kind for kind, _ in kind_options()].index("comparison") + 1  # a kind may be named by its number
    plan, _ = asked(
        "ภูเก็ต", "volunteer", "Hours given", "What helps?", "household", "2,000", "20%", "๓", "sticky", f"points, {second}", "250",
        "60+", "opt-in", "one-tap", "1e6", "2", "30", "10", "40", "2.5",
    )  # fmt: skip
    found = scenario(plan)
    points = found.arms["points"].schemes["points"]
    assert (found.world.place, found.world.citizens, found.world.decider) == ("TH-83", 2000, "household")
    assert (found.about.title.en, found.about.question.en) == ("Hours given", "What helps?")
    behaviour = found.behaviours["volunteer"]
    assert (behaviour.baseline, behaviour.opportunities_per_week, behaviour.dynamics) == (0.2, 3, "sticky")
    assert (behaviour.mark, behaviour.source) == ("design", None)
    assert list(found.arms) == ["control", "points", "comparison"]
    assert (points.enrolment.friction, points.budget_baht, points.schedule.start, points.schedule.weeks) == (
        "one-tap",
        1e6,
        2,
        30,
    )
    assert points.target.age_bands == ("60+",)
    assert points.baht_per_act == pytest.approx(250 / (3 * 52 / 12), rel=0.01)
    assert (found.run.weeks, found.run.replicates, found.run.smallest_effect_pp) == (42, 40, 2.5)


@pytest.mark.parametrize("lang", ["en", "th"])
def test_that_people_sign_up_where_the_act_is_sensitive_is_said_as_automatic_is_answered(lang):
    plan, shown = asked("", "blood", *[""] * 10, "automatic", lang=lang)
    at = next(i for i, text in enumerate(shown) if 'mode = "opt-in"' in " ".join(text.split()))
    assert ("explicit consent", "ความยินยอมโดยชัดแจ้ง")[lang == "th"] in "".join(shown[at].split("\n")).replace("  ", " ")
    assert "13/20" in shown[at - 2]
    assert scenario(plan).arms["points"].schemes["points"].enrolment.mode == "opt-in"
    assert not any('mode = "opt-in"' in text for text in asked("", "volunteer", *[""] * 10, "automatic", lang=lang)[1])


@pytest.mark.parametrize("lang", ["en", "th"])
def test_several_groups_can_be_eligible_at_once(lang):
    plan, _ = asked(*[""] * 11, "60+, rural, 50-59", lang=lang)
    target = scenario(plan, lang).arms["points"].schemes["points"].target
    assert (target.age_bands, target.urban) == (("60+", "50-59"), False)
    said = next(line for line in draft(plan, lang).split("\n") if line.startswith("target"))
    assert (
        "60 years and over or 50-59 years of age and people in villages",
        "60 ปีขึ้นไป หรือผู้มีอายุ 50-59 ปี และผู้อยู่นอกเขตเมือง",
    )[lang == "th"] in said


@pytest.mark.parametrize(("said", "th"), [("urban, rural", "ไม่มีผู้ใด"), ("everybody, 60+", "ต้องอยู่ลำพัง")])
def test_groups_that_leave_nobody_or_mean_everybody_are_asked_again(said, th):
    plan, shown = asked(*[""] * 11, said, "online", lang="th")
    assert plan.eligible == "online"
    assert any(th in text for text in shown)
    assert asked(*[""] * 11, said)[0].eligible == "everybody"
    assert asked(*[""] * 11, "all")[0].eligible == "everybody"


def test_a_goal_that_its_budget_cannot_pay_for_one_month_is_told_with_what_fits():
    plan = Plan(kinds=("collective_goal",), budget=50_000.0)
    said = on_budget(plan)
    assert "1,000,000 baht" in said.en
    assert "to about 5 for" in said.en
    assert "1,000,000 บาท" in said.th
    assert on_budget(plan.with_("worth", 5.0)) is None
    assert on_budget(plan.with_("kinds", ("points",))) is None
    assert on_budget(Plan(kinds=("collective_goal",))) is None


def test_questions_that_do_not_apply_are_not_asked():
    _, shown = asked(*[""] * 9, "comparison", *[""] * 6)
    text = "\n".join(shown)
    assert "What is it worth" not in text
    assert "signing up" not in text
    assert "How do people come in" not in text


def test_piped_answers_that_cannot_be_used_cost_their_own_question_alone():
    plan, shown = asked("Chiang Mai", "nonsense", "99", "xyz", "My title")
    assert (plan.province.iso, plan.fact, plan.title) == ("TH-50", Plan().fact, "My title")
    assert any("the default is taken, waste_sort" in text for text in shown)
    assert any("จึงใช้ค่าตั้งต้น waste_sort" in text for text in asked("", "0", "0", "0", lang="th")[1])


def test_at_a_terminal_a_question_is_asked_until_it_is_answered():
    waiting = iter(["Paris"] * 7 + ["Chiang Mai"])
    plan = interview(lambda _: next(waiting, None), lambda _: None, patient=True)
    assert plan.province.iso == "TH-50"


@pytest.mark.parametrize("yes", ["", "y", "YES", "ใช่"])
def test_a_name_that_is_suggested_stands_in_the_brackets_and_yes_takes_it(yes):
    plan, shown = asked("Chang Mai", yes, "volunter", yes, *[""] * 7, "points, recogniton", yes)
    assert plan.province.iso == "TH-50"
    assert 'Did you mean "Chiang Mai"?' in "\n".join(shown)
    assert "[Chiang Mai] " in shown
    assert plan.fact.id == "volunteer"
    assert plan.kinds == ("points", "recognition")


def test_another_answer_after_a_suggestion_is_read_for_itself():
    assert asked("Chang Mai", "Phuket")[0].province.iso == "TH-83"


@pytest.mark.parametrize(
    ("read", "said", "right"),
    [
        (lambda s: answers.number(s, 0, 1), "1.5", "0 to 1"),
        (lambda s: answers.number(s, 0, 1), "nan", "a number"),
        (lambda s: answers.number(s, 0, 10**400), "1" * 60, "a number"),
        (lambda s: answers.number(s, 1, 9, whole=True), "2.5", "a whole number"),
        (lambda s: answers.number(s, 0, 9, low_open=True), "0", "above 0"),
        (answers.chances, "2.5", "write 2 or 3"),
        (answers.chances, "15", "to 14"),
        (answers.text, "a\tb", "control character"),
        (answers.text, "\udc80", "cannot be read"),
        (answers.text, "x" * 400, "At most 300 letters"),
        (answers.budget, "-5", "above 0"),
        (answers.budget, "300 weeks", "a number"),
        (answers.start, "2027-01-04", "week 0"),
        (answers.start, "4 มกราคม", "a whole number"),
        (lambda s: answers.number(s, 0, 99), "5,7", "Write 5.7"),
        (lambda s: answers.number(s, 0, 99), "๕,๗", "Write 5.7"),
        (lambda s: answers.number(s, 0, 99), "5 7", "a number"),
        (lambda s: answers.number(s, 0, 9999999), "1,00,000", "a number"),
        (lambda s: answers.choice(s, ELIGIBLE), "อายุ", "It may be"),
        (lambda s: answers.choices(s, questions()[9].options()), " , ", "at least one"),
        (answers.province, "Paris", "TH-50"),
        (answers.behaviour, "0", "from 1 to 14"),
    ],
)
def test_what_cannot_be_used_says_what_can_in_both_languages(read, said, right):
    with pytest.raises(Wrong, match=re.escape(right)) as wrong:
        read(said)
    assert wrong.value.th


def test_numbers_are_understood_as_people_write_them():
    assert answers.number("๑,๐๐๐", 0, 5000) == 1000
    assert answers.number("1,234.5", 0, 5000) == 1234.5
    assert answers.number("ร้อยละ ๒๕", 0, 1) == answers.number("25%", 0, 1) == 0.25
    assert answers.budget("300 บาท") == answers.budget("300 baht") == 300
    assert answers.budget("2 ล้าน") == answers.budget("2 ล้านบาท") == answers.budget("2,000,000") == 2e6


def test_units_that_belong_to_a_question_are_understood():
    plan, _ = asked("", "ผู้สูงอายุ", *[""] * 3, "10,000 คน", "ร้อยละ 25", "2 ครั้ง", "", "points", "100 baht")
    assert plan.fact.id == "elder_care"
    assert (plan.citizens, plan.rate, plan.chances, plan.worth) == (10_000, 0.25, 2, 100)


def test_marks_stand_in_words():
    shown = "\n".join(asked("", lang="th")[1])
    assert "จากความจำ" in shown
    assert "(R)" not in shown


@pytest.mark.parametrize("word", [word for word, _ in ELIGIBLE])
def test_each_group_that_can_be_eligible_is_written_and_read(word):
    found = scenario(Plan(eligible=word, kinds=ALL))
    targets = {s.target for arm in found.arms.values() for s in arm.schemes.values()}
    assert len(targets) == 1
    assert (targets == {Target()}) == (word == "everybody")


def test_a_locality_of_a_thai_file_has_a_thai_name():
    assert scenario(Plan(), "th").world.localities.name == "เขต"
    assert scenario(Plan(province=answers.province("เชียงใหม่")), "th").world.localities.name == "พื้นที่"
    assert scenario(Plan()).world.localities.name == "district"


def test_numbers_that_stand_alone_are_understood():
    assert answers.number("34 %", 0, 1) == pytest.approx(0.34)
    assert answers.budget("none") is None
    assert answers.budget("ไม่จำกัด") is None


def test_all_77_provinces_are_known_by_code_and_both_names_and_have_a_wage():
    assert len(provinces()) == 77
    for p in provinces():
        assert answers.province(p.iso) is answers.province(p.name.en) is answers.province(p.name.th) is p
        assert 300 < daily_wage(p)[0] < 2000


@pytest.mark.parametrize("fact", behaviours(), ids=lambda f: f.id)
@pytest.mark.parametrize("lang", ["en", "th"])
def test_each_behaviour_of_the_list_is_drafted_with_its_rate_and_source_and_runs(fact, lang):
    found = scenario(Plan(fact=fact, kinds=ALL), lang)
    behaviour = found.behaviours[fact.id]
    assert (behaviour.baseline, behaviour.mark) == (fact.baseline, fact.mark)
    assert (behaviour.source or "") == fact.source
    if lang == "en":
        run_some_weeks(found, 5)


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("mode", ["opt-in", "automatic"])
def test_each_kind_can_be_chosen_alone(kind, mode):
    found = scenario(Plan(kinds=(kind,), mode=mode, budget=1e6, dynamics="sticky"))
    assert [s.kind for a in found.arms.values() for s in a.schemes.values()] == [kind]


@pytest.mark.parametrize("chances", [0.01, 0.23, 1.0, 14.0])
@pytest.mark.parametrize("worth", [0.01, 1e9])
def test_every_worth_that_can_be_answered_can_be_written(chances, worth):
    plan = Plan(kinds=ALL, opportunities=chances, baseline=0.999, worth=worth)
    found = scenario(plan.with_("worth", min(worth, plan.most_worth)))
    assert all(s.components for a in found.arms.values() for s in a.schemes.values())


def test_paid_schemes_are_worth_the_same_to_someone_who_always_acts():
    found = scenario(Plan(kinds=ALL, worth=60))
    s = {k: found.arms[k].schemes[k] for k in ALL}
    month = 7 * 52 / 12
    assert s["points"].baht_per_act * month == pytest.approx(60, rel=0.01)
    assert s["prize_draw"].prize_baht * s["prize_draw"].chance_per_act * month == pytest.approx(60, rel=0.01)
    assert s["matched_giving"].given_baht_per_act * s["matched_giving"].match_share * month == pytest.approx(
        60, rel=0.01
    )
    assert s["fee_discount"].baht_per_month == s["collective_goal"].fund_baht_per_household == 60
    assert s["stipend"].baht_per_month == s["buddy"].baht_per_month == 60
    assert s["stipend"].acts_needed_per_month == s["soft_loan"].acts_needed_per_month == 16
    for kind, key in (("cash_per_act", "baht_per_act"), ("charity_gift", "baht_per_act"), ("group_bonus", "baht_per_act"),
                      ("team_goal", "baht_per_act"), ("hour_credits", "baht_per_hour"), ("matched_saving", "saved_baht_per_act")):  # fmt: skip
        assert getattr(s[kind], key) * month == pytest.approx(60, rel=0.01), kind


def test_checks_and_budgets_stand_only_where_they_do_something():
    tables = tomllib.loads(draft(Plan(kinds=ALL, budget=5e5)))["arms"]
    for kind, cls in scheme_classes().items():
        table = tables[kind]["schemes"][kind]
        assert ("checks" in table) == cls.pays_on_claims, kind
    money = {kind for kind in ALL if "budget_baht" in tables[kind]["schemes"][kind]}
    assert {"points", "stipend", "points_shop", "staged_bonus", "lifetime_tiers", "organisation_grant"} <= money
    assert not {"reminder", "recognition", "pledge", "thanks", "symbolic_points", "open_places", "certificate"} & money


def test_what_only_tells_people_reaches_everybody():
    tables = tomllib.loads(draft(Plan(kinds=ALL)))["arms"]
    for kind in ("reminder", "information", "comparison", "roadside_count", "collective_goal", "area_revenue"):
        assert tables[kind]["schemes"][kind]["enrolment"] == {"mode": "automatic"}, kind
    assert tables["moral_area"]["schemes"]["moral_area"]["enrolment"]["mode"] == "opt-in"  # sign-ups are its first step


@pytest.mark.parametrize(
    ("lang", "heads"), [("en", ["Individual", "Organisation", "Area"]), ("th", ["บุคคล", "องค์กร", "พื้นที่"])]
)
def test_the_kinds_stand_in_the_list_by_level_each_number_naming_its_kind(lang, heads):
    _, shown = asked(*[""] * 9, lang=lang)
    listed = next(text for text in shown if "cash_per_act" in text).split("\n")
    assert [line.strip() for line in listed if line.strip() in heads] == heads
    numbered = [line.split() for line in listed if re.match(r" +\d+  [a-z]", line)]
    assert [(int(n), kind) for n, kind, *_ in numbered] == list(enumerate((k for k, _ in kind_options()), 1))
    assert sorted(kind for _, kind, *_ in numbered) == sorted(ALL)


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_file_opens_with_schema_and_question_and_every_number_says_what_it_is(lang):
    text = draft(Plan(kinds=ALL, budget=5e5, dynamics="sticky"), lang)
    lines = text.split("\n")
    assert lines[0] == "#:schema kwamdee.schema.json"
    assert lines[1] == f"# {Plan().questions.get(lang)}"
    for line in lines:
        if re.match(r"[\w.]+ = [\d.]+", line) and not line.startswith("format"):
            assert re.search(r" # .+; .+", line), line
    assert re.search(r"[\u0e00-\u0e7f]", "".join(x for x in lines if x.startswith("#"))) is not None or lang == "en"


def test_a_thai_title_stands_in_both_places_and_quotes_are_no_trouble():
    found = scenario(Plan(title='คำว่า "ดี" \\ #', question="ทำไม"), "th")
    assert found.about.title.th == found.about.title.en == 'คำว่า "ดี" \\ #'


def test_another_rate_than_the_tables_does_not_borrow_its_source():
    text = draft(Plan(baseline=0.5))
    assert tomllib.loads(text)["behaviours"]["waste_sort"]["mark"] == "design"
    assert "source" not in tomllib.loads(text)["behaviours"]["waste_sort"]
    assert "National proxy" not in text


def test_schemes_of_others_get_examples_of_what_they_need(monkeypatch):
    from typing import Literal

    from pydantic import Field

    from simulation.incentives.base import Scheme
    from simulation.scenario.drafting import schemes

    class Theirs(Scheme):
        """A scheme of another distribution."""

        label = what = Scheme.rests_on
        kind: Literal["theirs"] = "theirs"
        stars: int = Field(ge=1, le=3, description="Stars.")
        colour: Literal["red", "blue"] = Field(description="Colour.")

    monkeypatch.setattr(schemes, "scheme_classes", lambda: {"theirs": Theirs})
    given = {a.key: tomllib.loads(f"x = {a.value}")["x"] for a in schemes.amounts("theirs", Plan())}
    assert Theirs(schedule={"start": 0, "weeks": 4}, **given).colour == "red"


def test_every_name_that_a_draft_writes_is_found_by_the_scanner():
    text = draft(Plan(kinds=ALL))
    assert scan(text).fault is None
