"""What reports say of the schemes of an arm: each for its act, what holds of all once."""

from simulation.core.clock import Schedule
from simulation.incentives.adoption import Adoption
from simulation.incentives.individual.points import Points
from simulation.scenario.load import load
from simulation.studies.facts import facts_of
from simulation.studies.scheme_words import run_by
from simulation.world.facts import name_of_act


def details(scenario, arm, lang="en"):
    facts = facts_of(load(scenario), scenario, "posterior")
    found = next(a for a in facts.arms if a.name == arm)
    return found.what.get(lang), [text.get(lang) for text in found.details]


def test_an_arm_of_one_kind_for_several_acts_names_each_act_and_says_the_rest_once():
    scenario = load("moral-credit-villages")
    arm = next(n for n, a in scenario.arms.items() if len(a.schemes) == 5)
    what, said = details("moral-credit-villages", arm)
    for behaviour in scenario.behaviours.values():
        assert sum(text.startswith(f"{behaviour.title.en}: ") for text in said) == 1
    assert len(said) == len(set(said))
    assert what.count(next(iter(scenario.arms[arm].schemes.values())).what.en) == 1


def test_one_scheme_says_what_it_always_did():
    scenario = load("bangkok-waste")
    assert [t for t in details("bangkok-waste", "fee_discount")[1] if "a month" in t]
    said = details("bangkok-waste", "fee_discount")[1]
    assert len(said) == 3
    assert len(scenario.behaviours) == 1
    assert said[0].endswith("; 10% of claims are checked, a check finds 60% of the false ones")


def test_schemes_of_several_kinds_are_named_and_consent_and_the_end_of_money_are_said():
    said = details("blood-donation", "both")[1]
    assert [x.split(":")[0] for x in said if "100 baht for each act" in x] == ["Points worth money"]
    assert sum("explicit consent is asked" in x for x in said) == 1
    cut = load(
        "bangkok-waste",
        ["arms.fee_discount.schemes.fee.budget_baht=60000", "arms.fee_discount.schemes.fee.when_spent='pro-rata'"],
    )
    facts = facts_of(cut, "bangkok-waste", "posterior")
    texts = [x for a in facts.arms for x in a.details]
    assert any(x.en == "a budget of 60,000 baht; as it runs out, pay-outs are cut in proportion" for x in texts)
    assert any(x.th == "งบประมาณ 60,000 บาท เมื่องบใกล้หมดจะลดยอดจ่ายตามส่วน" for x in texts)


def test_amounts_that_fall_are_said_to_fall():
    said = [details("steps-for-health", arm) for arm in load("steps-for-health").arms]
    assert any("less each week over the last" in text for _, texts in said for text in texts)
    assert any(
        "ลดลงทุกสัปดาห์" in text
        for arm in load("steps-for-health").arms
        for text in details("steps-for-health", arm, "th")[1]
    )


def test_what_running_a_scheme_costs_and_brings_members_is_said_in_both_languages():
    table = Adoption(baseline=0.1, cost_baht_per_month=250.0, cofund_share=0.3, places=0.4, climate="colleagues")
    (said,) = run_by(Points(baht_per_act=1.0, schedule=Schedule(start=0, weeks=4), organisations=table))
    for text in (said.en, said.get("th")):
        assert all(number in text for number in ("250", "30", "0.4"))
    assert "colleagues see the act" in said.en
    assert "เพื่อนร่วมงานเห็นการกระทำ" in said.get("th")
    (plain,) = run_by(
        Points(baht_per_act=1.0, schedule=Schedule(start=0, weeks=4), organisations=Adoption(baseline=0.1))
    )
    assert plain.en.endswith("10% would anyway")


def test_an_act_of_the_table_without_a_title_has_its_thai_name_and_one_of_its_own_keeps_its_key():
    assert name_of_act("waste_sort") == ("waste sort", "คัดแยกขยะที่ต้นทาง")
    assert name_of_act("volunteer") == ("volunteer", "จิตอาสา")
    assert name_of_act("my_own_act") == ("my own act", "my_own_act")


def test_who_runs_it_is_told_with_whom_they_look_at_and_what_they_pay():
    for by, en, th in (
        ("localities", "look at what their neighbours do", "โดยดูจากพื้นที่ข้างเคียงด้วย"),
        ("organisations", "look at what others of their place do", "โดยดูจากองค์กรอื่นในพื้นที่เดียวกันด้วย"),
    ):
        change = {f"arms.fee_discount.schemes.fee.{by}": {"baseline": 0.1, "cofund_share": 0.25}}
        (said,) = run_by(load("bangkok-waste").with_(change).arms["fee_discount"].schemes["fee"])
        assert en in said.en
        assert "each pays 25% of what its members get" in said.en
        assert th in said.th
        assert "แต่ละแห่งร่วมจ่ายร้อยละ 25 ของเงินที่สมาชิกได้รับ" in said.th
