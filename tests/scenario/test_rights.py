"""What a rule forbids is refused by that rule, on its line, in both languages; what is risky is warned of and still runs."""

import re

import pytest

from simulation.core.errors import ScenarioError
from simulation.scenario.load import load, precedents, shipped
from simulation.scenario.model import Scenario
from tests.scenario.files import BANGKOK, by_key, error_of, marked, swapped

FEE = 'kind = "fee_discount"'
HONOUR = 'audience = "named-to-group" # design'
MEMBER = 'enrolment = { mode = "opt-in", friction = "web-form" } # design'
REFUSED = {path.stem: path for path in (shipped()["bangkok-waste"].parent / "refused").glob("*.toml")}


def beside(line):
    """A line more in the table of the fee discount."""
    return (FEE, f"{FEE}\n{line}")


ATTEMPTS = {
    "penalty": (beside("penalty_baht = 40"), "penalty_baht", "G1"),
    "fine": (beside("fine = 100"), "fine", "G1"),
    "deduction": (beside("deducted_points = 5"), "deducted_points", "G1"),
    "suspension": (beside("suspension = { weeks = 26 }"), "suspension", "G1"),
    "clawback": (beside("clawback = true"), "clawback", "G1"),
    "revoking": (beside("revoke_after = 3"), "revoke_after", "G1"),
    "forfeit": (beside("forfeit = true"), "forfeit", "G1"),
    "downgrade": (beside('downgrade_to = "bronze"'), "downgrade_to", "G1"),
    "stake": (beside("stake_baht = 100"), "stake_baht", "G1"),
    "deposit": (beside("deposit_baht = 100"), "deposit_baht", "G1"),
    "loss frame": (beside('frame = "loss"\nloss_frame = true'), "loss_frame", "G1"),
    "negative amount": (("baht_per_month = 40", "baht_per_month = -40"), "-40", "G1"),
    "penalty as a kind": ((FEE, 'kind = "penalty"'), '"penalty"', "G1"),
    "condition of a loan": (beside('condition_for = "loan"'), "condition_for", "G1"),
    "required for school": (beside('required_for = "school"'), "required_for", "G1"),
    "eligibility": (beside('eligibility_for = "service"'), "eligibility_for", "G1"),
    "by health": (beside('target = { health = "good" }'), "health", "G7"),
    "by religion": (beside('target = { religion = "Buddhist" }'), "religion", "G7"),
    "by politics": (beside("target = { political_party = 1 }"), "political_party", "G7"),
    "by faith": (beside("target = { buddhist = true }"), "buddhist", "G7"),
    "by face": (beside("target = { face_scan = true }"), "face_scan", "G7"),
    "demerits": (beside("demerits = 3"), "demerits", "G1"),
    "late fee": (beside("late_fee_baht = 3"), "late_fee_baht", "G1"),
    "expiry in hindsight": (beside("retroactive_expiry = true"), "retroactive_expiry", "G1"),
    "tip-offs": (beside("whistleblower_baht = 3"), "whistleblower_baht", "G14"),
    "by disability": (beside("target = { disability = true }"), "disability", "G7"),
    "hard exit": ((MEMBER, MEMBER.replace(" }", ', exit_friction = "effortful-proof" }')), "exit_friction", "G16"),
    "notice period": ((MEMBER, MEMBER.replace(" }", ", notice_weeks = 4 }")), "notice_weeks", "G16"),
    "public honours": ((HONOUR, 'audience = "public"'), '"public"', "G4"),
    "honours to everybody": ((HONOUR, 'audience = "everybody"'), '"everybody"', "G4"),
    "ranking": (beside("ranking = true"), "ranking", "G4"),
    "list of names": (beside("names_list = true"), "names_list", "G4"),
    "score as a kind": ((FEE, 'kind = "score"'), '"score"', "G4"),
    "forced": ((MEMBER, MEMBER.replace("opt-in", "compulsory")), '"compulsory"', "G5"),
    "cell of one": (("smallest_cell = 10", "smallest_cell = 1"), "1", "G9"),
    "cell of two": (("smallest_cell = 10", "smallest_cell = 2"), "2", "G9"),
    "accusing": (('dynamics = "flow"', 'dynamics = "flow"\nreports_persons = true'), "fee", "G14"),
    "by religion in Thai": (beside('target = { "ศาสนา" = "พุทธ" }'), '"ศาสนา"', "G7"),
    "by religion in Thai, unquoted": (beside('target = { ศาสนา = "พุทธ" }'), "ศาสนา", "G7"),
    "shaming in Thai, unquoted": (beside("ประจาน = true"), "ประจาน", "G4"),
    "fine in Thai": (beside('"ปรับ_บาท" = 40'), '"ปรับ_บาท"', "G1"),
    "taken away": (beside("taken_away_weeks = 4"), "taken_away_weeks", "G1"),
    "honours on Facebook": ((HONOUR, 'audience = "facebook"'), '"facebook"', "G4"),
    "honours on LINE": ((HONOUR, 'audience = "line"'), '"line"', "G4"),
    "honours on a website": ((HONOUR, 'audience = "website"'), '"website"', "G4"),
    "forced in Thai": ((MEMBER, MEMBER.replace("opt-in", "บังคับ")), '"บังคับ"', "G5"),
    "sensitive": (('dynamics = "flow"', 'dynamics = "flow"\nsensitive = "religion"'), "fee", "G7"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(ATTEMPTS))
def test_what_a_rule_forbids_is_refused_by_that_rule_on_its_line_in_both_languages(tmp_path, name):
    swap, mark, rule = ATTEMPTS[name]
    problems = [p for p in error_of(tmp_path, swapped(BANGKOK, swap)).problems if p.rule == rule]
    assert problems, "no rule is named"
    found = next(p for p in problems if marked(p) == mark)
    assert found.line
    assert rule in found.text_en
    assert "Rule" in found.text_en or "rule" in found.text_en
    assert f"กฎ {rule}" in found.text_th
    assert "There is no key" not in found.text_en


def test_a_thai_key_without_quotation_marks_is_told_the_rule_only_where_a_scheme_would_have_it(tmp_path):
    def found(text):
        (problem,) = error_of(tmp_path, text).problems
        assert 'write "' in problem.text_en
        return problem.rule

    assert found(swapped(BANGKOK, beside("ประจาน = true"))) == "G4"
    assert found(swapped(BANGKOK, beside("ส่วนลด = true"))) == ""
    assert found(f"{BANGKOK}\n[behaviours.ตรวจสุขภาพ]\nbaseline = 0.1\n") == ""
    assert found(swapped(BANGKOK, ('dynamics = "flow"', 'dynamics = "flow"\nสุขภาพ = 1'))) == ""


@pytest.mark.parametrize("title", ["บริจาคโลหิต", "เข้าวัด", "ฉีดวัคซีน"])
def test_a_thai_title_makes_a_behaviour_sensitive_like_an_english_name(tmp_path, title):
    text = re.sub(r"(?m)(?<=waste_sort\]\n)title = .*", f'title = {{ en = "An act", th = "{title}" }}', BANGKOK)
    assert title in text
    problems = by_key(error_of(tmp_path, text))
    assert set(problems) == {"arms.fee_discount.schemes.fee", "arms.recognition.schemes.honour"}
    for p in problems.values():
        assert p.rule == "G7"
        assert "G5: Consent is freely given" in p.text_en
        assert "G5 ความยินยอมต้องให้โดยอิสระ" in p.text_th


def test_children_in_a_world_without_any_are_told_with_the_consent_of_guardians(tmp_path):
    (found,) = error_of(tmp_path, swapped(BANGKOK, beside('target = { age_bands = ["6-14"] }'))).problems
    assert "world.youngest = 6" in found.text_en
    assert "enrolment.guardian_consent" in found.text_en
    assert "Rule G8" in found.text_en
    assert "ผู้ปกครอง" in found.text_th
    assert "กฎ G8" in found.text_th


def test_an_unknown_key_that_tries_nothing_is_answered_as_before(tmp_path):
    (found,) = error_of(tmp_path, swapped(BANGKOK, beside("budgt_baht = 3"))).problems
    assert (found.rule, found.suggestion) == ("", "budget_baht")


def test_what_is_tried_with_set_or_in_python_is_refused_too():
    with pytest.raises(ScenarioError, match="Rule G1"):
        load("bangkok-waste", ["arms.fee_discount.schemes.fee.penalty_baht=5"])
    with pytest.raises(ScenarioError, match=r"Rules G7,\s+G5"):
        load("bangkok-waste").with_({"behaviours.waste_sort.sensitive": "health"})


@pytest.mark.parametrize(("name", "rule", "key"), [
    ("bangkok-fee-suspension", "G1", "arms.fee_discount.schemes.fee.suspension_weeks"),
    ("student-loan-hours", "G1", "arms.loan.schemes.hours.condition_for"),
])  # fmt: skip
def test_the_worked_refusals_are_refused_on_their_line_and_for_nothing_else(name, rule, key):
    with pytest.raises(ScenarioError) as error:
        load(REFUSED[name])
    (found,) = error.value.problems
    assert (found.rule, found.key) == (rule, key)
    written = REFUSED[name].read_text("utf-8").split("\n")[found.line - 1]
    assert written.startswith(key.split(".")[-1])
    without = REFUSED[name].with_name("x.toml")
    text = REFUSED[name].read_text("utf-8").replace(written, "")
    from simulation.scenario.load import load_text

    assert isinstance(load_text(text, without), Scenario)


def test_a_refused_file_is_no_shipped_scenario_and_each_is_looked_at():
    assert not set(REFUSED) & set(shipped())
    assert set(REFUSED) == {"bangkok-fee-suspension", "student-loan-hours"}


def test_blood_is_sensitive_by_its_name_and_only_what_rewards_persons_must_ask(tmp_path):
    problems = by_key(error_of(tmp_path, BANGKOK.replace("waste_sort", "blood")))
    assert set(problems) == {
        "arms.fee_discount.schemes.fee",
        "arms.recognition.schemes.honour",
    }  # no letter, no district
    assert all(p.rule == "G7" for p in problems.values())


def test_explicit_consent_with_signing_up_is_enough_and_automatic_enrolment_is_not(tmp_path):
    asked = BANGKOK.replace("waste_sort", "blood").replace(FEE, f'{FEE}\nconsent = "explicit"')
    asked = asked.replace('kind = "recognition"', 'kind = "recognition"\nconsent = "explicit"')
    path = tmp_path / "ok.toml"
    path.write_text(asked, "utf-8")
    assert load(path).behaviours["blood"].sensitive is None
    taken_in = asked.replace(MEMBER, 'enrolment = { mode = "automatic" }')
    (found,) = error_of(tmp_path, taken_in).problems
    assert found.key == "arms.recognition.schemes.honour.consent"
    assert 'enrolment.mode = "opt-in"' in found.text_en


def test_minors_are_reached_only_with_their_guardians_consent(tmp_path):
    from simulation.scenario.protected import mistakes_of_rights

    def found(target=None, enrolment=None, youngest=10, decider="citizen"):
        scheme = {"kind": "points", "behaviour": "act", "target": target or {}, "enrolment": enrolment or {}}
        world = {"youngest": youngest, "decider": decider}
        return [m.rule for m in mistakes_of_rights(world, {"act": {}}, [(("arms", "a", "schemes", "s"), scheme)])]

    children = {"age_bands": ["6-14", "60+"]}
    assert found() == []  # without consent no child is eligible
    assert found(children) == ["G8"]
    assert found(children, {"guardian_consent": 0.5}) == []
    assert found(children, {"guardian_consent": 0.0}) == ["G8"]
    assert found(children, {"guardian_consent": True}) == ["G8"]
    assert found({"age_bands": ["15-24", "60+"]}) == []
    assert found(children, youngest=15) == []  # there is none, which is told elsewhere
    assert found(children, decider="household") == []


def warned(*settings, name="bangkok-waste"):
    return {(c.rule, c.key) for c in load(name, settings).warnings}


def test_what_is_risky_is_warned_of_with_its_rule_and_key_in_both_languages():
    honour = "arms.recognition.schemes.honour.audience"
    assert warned() == {("G10", honour)}
    assert warned(f"{honour}=own-rank") == {("G4", honour)}
    assert warned(f"{honour}=team") == set()
    assert ("G9", "rights.smallest_cell") in warned("rights.smallest_cell=5")
    assert ("G13", "run.weeks") in warned("run.weeks=60")
    assert ("G13", "run.weeks") not in warned("run.weeks=82")
    assert ("G11", "arms.fee_discount.schemes.fee.target.online") in warned(
        "arms.fee_discount.schemes.fee.target.online=true"
    )
    for c in load("bangkok-waste", ["rights.smallest_cell=3"]).warnings:
        assert f"Rule {c.rule}" in c.text.en
        assert f"กฎ {c.rule}" in c.text.th


def test_a_controlling_reward_on_what_people_do_for_its_own_sake_is_warned_of():
    fee = "arms.fee_discount.schemes.fee"
    assert ("G13", fee) in warned("behaviours.waste_sort.intrinsic=0.6")
    assert ("G13", fee) not in warned("behaviours.waste_sort.intrinsic=0.59")
    assert ("G13", fee) not in warned("behaviours.waste_sort.intrinsic=0.9", f"{fee}.baht_per_month=0")
    assert ("G13", "arms.points.schemes.points") in {(c.rule, c.key) for c in load("blood-donation").warnings}
    assert ("G13", "arms.recognition.schemes.honour") not in {(c.rule, c.key) for c in load("blood-donation").warnings}


BEHAVIOUR, SCHEME, ARM = "behaviours.waste_sort.title", "arms.fee_discount.schemes.fee", "arms.fee_discount"


@pytest.mark.parametrize(
    ("key", "title", "at", "rule"),
    [
        (BEHAVIOUR, "แจ้งเบาะแสผู้กระทำผิด", SCHEME, "G14"), (BEHAVIOUR, "รายงานคนทำผิด", SCHEME, "G14"), (BEHAVIOUR, "จับผิดเพื่อนบ้าน", SCHEME, "G14"),
        (BEHAVIOUR, "Report wrongdoers", SCHEME, "G14"), (BEHAVIOUR, "Blowing the whistle", SCHEME, "G14"),
        (f"{ARM}.title", "ประจานผู้ทิ้งขยะ", ARM, "G4"), (f"{ARM}.title", "ทำครบจึงกู้ได้", ARM, "G1"),
        (f"{ARM}.title", "Required for a loan", ARM, "G1"), (f"{SCHEME}.title", "Naming and shaming", SCHEME, "G4"),
    ],
)  # fmt: skip
def test_titles_that_speak_of_accusing_shaming_or_a_condition_are_warned_of(key, title, at, rule):
    found = [c for c in load("bangkok-waste").with_({key: {"en": title, "th": title}}).warnings if c.key == at]
    assert [c.rule for c in found] == [rule]
    assert f"Rule {rule}" in found[0].text.en
    assert f"กฎ {rule}" in found[0].text.th


def test_what_rewards_no_person_is_not_warned_of_for_a_title_of_accusing():
    told = load("bangkok-waste").with_({BEHAVIOUR: {"en": "Report wrongdoers", "th": "รายงานคนทำผิด"}}).warnings
    assert {c.key for c in told if c.rule == "G14"} == {SCHEME, "arms.recognition.schemes.honour"}


def test_no_shipped_scenario_speaks_of_them():
    for name in (*shipped(), *precedents()):
        assert not [c for c in load(name).warnings if "reads as if" in c.text.en], name


def test_names_of_blood_donors_are_warned_of_as_sensitive():
    assert ("G7", "arms.recognition.schemes.honour.audience") in warned(name="blood-donation")


def test_a_replay_of_an_offer_to_everybody_is_told_how_all_sign_up_at_once(tmp_path):
    from tests.studies.evidence.small_study import DESIGN

    given = DESIGN.replace("return_book", "give_blood")
    lacking = [p for p in error_of(tmp_path, given).problems if p.rule == "G7"]
    assert lacking
    assert all("target_share = 0.99, target_weeks = 1" in p.text_en for p in lacking)
    assert all("target_share = 0.99, target_weeks = 1" in p.text_th for p in lacking)
    asked = 'consent = "explicit", enrolment = { mode = "opt-in", target_share = 0.99, target_weeks = 1 }, '
    (tmp_path / "all.toml").write_text(given.replace('{ kind = "', "{ " + asked + 'kind = "'), "utf-8")
    load(tmp_path / "all.toml")
    plain = [p for p in error_of(tmp_path, BANGKOK.replace("waste_sort", "blood")).problems if p.rule == "G7"]
    assert not any("target_share" in p.text_en for p in plain)


def test_a_replay_is_not_asked_for_a_follow_up_that_its_trial_did_not_have(tmp_path):
    from tests.studies.evidence.small_study import DESIGN

    (tmp_path / "replay.toml").write_text(DESIGN, "utf-8")
    assert ("G13", "run.weeks") not in warned(name=tmp_path / "replay.toml")
    assert ("G13", "run.weeks") in warned("run.weeks=60")
