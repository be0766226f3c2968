"""Each arm in words: what its schemes give, to whom, for what, when, how one joins and leaves, how it is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulation.agents.citizens_table import CONSENT_FROM
from simulation.agents.parameters import priors
from simulation.core.params import Text, counted
from simulation.engine.uptake import REENTRY_WEEKS
from simulation.incentives.base import SATANG, Scheme
from simulation.incentives.verification import Checks
from simulation.reports.side_effects import works_together
from simulation.reports.texts import TEXTS
from simulation.reports.words import weeks_of
from simulation.scenario.between import CONTROL
from simulation.scenario.model import Arm, Scenario
from simulation.studies.explained.said import (
    Both,
    Item,
    Section,
    alike,
    baht,
    both,
    heading,
    item,
    labelled,
    people,
    percent,
)
from simulation.studies.explained.world import title_of
from simulation.studies.explained.worst import Most
from simulation.studies.scheme_words import how_one_joins, how_reached, of_children, run_by, said_of_season, who_only

Mosts = Mapping[tuple[str, str], Most]
"""What each scheme could cost, by arm and scheme."""
_OFFERED = ("What is given", "สิ่งที่ได้รับ")
_WHO = ("Who may take part", "ผู้มีสิทธิ์")
_REACHED = ("How one hears of it", "การเข้าถึง")
_WHEN = ("When", "ช่วงเวลา")
_JOINS = ("How one joins", "การเข้าร่วม")
_RUN_BY = ("Who runs it", "ผู้ดำเนินมาตรการ")
_LEAVES = ("How one leaves", "การออก")
_CHECKS = ("How it is checked", "การตรวจสอบ")
_ENDS = ("At the end", "เมื่อสิ้นสุด")
_RESTS = (TEXTS["en"]["rests_on"], TEXTS["th"]["rests_on"])
_ACT = ("For which act", "พฤติกรรม")


def arms(s: Scenario, mosts: Mosts, sampled: bool) -> Section:
    """Say of every arm and scheme what happens; an arm that differs in the amount alone refers to the one before."""
    items: list[Item] = []
    told: dict[tuple[Item, ...], Both] = {}
    for name, arm in s.arms.items():
        title = arm_title(name, arm)
        together = _together(s, arm, title)
        if len(arm.schemes) < 2 or together:
            items.append(heading(f"{title.en} ({name})", f"{title.th} ({name})"))
        if not arm.schemes:
            items.append(_nothing(name))
        items += together
        for key, scheme in arm.schemes.items():
            if len(arm.schemes) > 1:
                items.append(scheme_heading(both(f"{title.en} ({name})", f"{title.th} ({name})"), key, scheme))
            given, *rest = _scheme(s, scheme, mosts[name, key], sampled)
            items.append(given)
            before = told.setdefault(tuple(rest), title)
            if before is title:
                items += rest
            else:
                items.append(item(f"All else as in “{before.en}”.", f"นอกนั้นเหมือน “{before.th}”"))
    return Section("arms", Both("The arms and their schemes", "ทางเลือกและมาตรการ"), tuple(items))


def _together(s: Scenario, arm: Arm, title: Both) -> list[Item]:
    """Say by which rule the arm's schemes on one behaviour work together, where there are several."""
    aimed = [x.behaviour or next(iter(s.behaviours)) for x in arm.schemes.values()]
    several = [title_of(key, b) for key, b in s.behaviours.items() if aimed.count(key) > 1]
    if not several:
        return []
    said = (works_together(title.get(x), tuple(t.get(x) for t in several), arm.combine, x) for x in ("en", "th"))
    return [item(*said)]


def arm_title(name: str, arm: Arm) -> Both:
    """Return an arm's name as the report has it."""
    schemes = list(arm.schemes.values())
    if arm.title is not None:
        return _both(arm.title)
    if not schemes:
        return Both(TEXTS["en"]["no_scheme"], TEXTS["th"]["no_scheme"])
    if len(schemes) == 1 and schemes[0].title is not None:
        return _both(schemes[0].title)
    return alike(name.replace("_", " ").capitalize())


def scheme_heading(arm: Both, key: str, scheme: Scheme) -> Item:
    """Return the heading of one scheme of several: arm, the scheme's own name or that of its kind, and its key."""
    title = _both(scheme.title or scheme.label)
    return heading(f"{arm.en}: {title.en} ({key})", f"{arm.th}: {title.th} ({key})")


def _both(text: Text) -> Both:
    return Both(alike(text.en).en, alike(text.get("th")).th)


def _nothing(name: str) -> Item:
    if name == CONTROL:
        return item(
            "Nothing is offered. It is what the others are held against: the same people with the same luck.",
            "ไม่มีการให้สิ่งใด ใช้เป็นฐานเทียบของทางเลือกอื่น เป็นคนชุดเดียวกันและมีความบังเอิญชุดเดียวกัน",
        )
    return item("Nothing is offered.", "ไม่มีการให้สิ่งใด")


def _scheme(s: Scenario, scheme: Scheme, most: Most, sampled: bool) -> Iterator[Item]:
    key = scheme.behaviour or next(iter(s.behaviours))
    act = title_of(key, s.behaviours[key])
    says = scheme.says()
    if scheme.components:
        en, th = says.en.removesuffix("."), says.th or says.en
        yield labelled(_OFFERED, f"{en}.", th)
    else:
        yield labelled(_OFFERED, "nothing, for the amount is 0.", "ไม่มี เพราะจำนวนเป็น 0")
    yield labelled(_ACT, f"{act.en}.", act.th)
    yield _who_may(s, scheme, most, sampled)
    if (how := how_reached(scheme)) is not None:
        n = people(most.reached, s.world.decider)
        yield labelled(_REACHED, f"{how.en}; {n.en} of those who may.", f"{how.th} รวม {n.th}ของผู้มีสิทธิ์")
    yield _when(scheme, most)
    yield labelled(_JOINS, f"{how_one_joins(scheme).en}.", how_one_joins(scheme).th)
    for who in run_by(scheme):
        yield labelled(_RUN_BY, f"{who.en}.", who.th)
    yield _leaves(scheme)
    yield _checks(scheme)
    yield _ends(s, most)
    strength = TEXTS["en"][scheme.strength], TEXTS["th"][scheme.strength]
    yield labelled(
        _RESTS,
        f"{scheme.rests_on.en} (evidence: {strength[0]}).",
        f"{scheme.rests_on.th} (หลักฐาน: {strength[1]})",
    )


def _who_may(s: Scenario, scheme: Scheme, most: Most, sampled: bool) -> Item:
    n, decider = s.world.citizens, s.world.decider
    everybody, limits = people(n, decider), who_only(scheme) + of_children(scheme)
    if s.world.youngest < CONSENT_FROM and scheme.enrolment.guardian_consent is None:
        limits += (Text(en="only people of 15 or older", th="เฉพาะผู้มีอายุ 15 ปีขึ้นไป"),)
    if not limits:
        return labelled(_WHO, f"all {everybody.en}.", f"ทั้งหมด {everybody.th}")
    may, share = people(most.eligible, decider), percent(most.eligible / n)
    about = ("about ", "ราว ") if sampled else ("", "")
    where = (
        ("expected from people drawn by the same rules", "คาดจากคนที่สุ่มตามกติกาเดียวกัน")
        if sampled
        else (
            "counted in the first simulated society; others differ by chance",
            "นับจากสังคมจำลองแรก สังคมอื่นต่างไปตามความบังเอิญ",
        )
    )
    only = ", ".join(x.en for x in limits), " ".join(x.th for x in limits)
    return labelled(
        _WHO,
        f"{only[0]}: {about[0]}{may.en} of {n:,}, {share.en} ({where[0]}).",
        f"{only[1]} {about[1]}{may.th} จาก {n:,} คิดเป็น{share.th} ({where[1]})",
    )


def _when(scheme: Scheme, most: Most) -> Item:
    first, last, n = most.weeks[0], most.weeks[-1], len(most.weeks)
    taper = scheme.schedule.taper
    en, th = f"{weeks_of(first, last, 'en')}, {n:,} in all.", f"{weeks_of(first, last, 'th')} รวม {n:,} สัปดาห์"
    if n == 1:
        en, th = f"{weeks_of(first, last, 'en')} only.", f"{weeks_of(first, last, 'th')} เพียงสัปดาห์เดียว"
    if scheme.schedule.season is not None:
        season = said_of_season(scheme.schedule.season)
        en, th = f"{en} {season.en[0].upper()}{season.en[1:]}.", f"{th} {season.th}"
    if ramp := scheme.schedule.ramp:
        en += f" Over the first {counted(ramp, 'week')} the amounts rise in even steps."
        th += f" ใน {ramp:,} สัปดาห์แรกจำนวนเพิ่มขึ้นเป็นขั้นเท่ากัน"
    if taper:
        en += (
            f" Over the last {taper:,} the amounts fall in even steps."
            if taper > 1
            else " In the last week amounts are halved."
        )
        th += f" ใน {taper:,} สัปดาห์สุดท้ายจำนวนลดลงเป็นขั้นเท่ากัน" if taper > 1 else " สัปดาห์สุดท้ายจำนวนเหลือครึ่งหนึ่ง"
    return labelled(_WHEN, en, th)


def _leaves(scheme: Scheme) -> Item:
    e = scheme.enrolment
    en = "whenever one likes, at no cost; what was earned is kept."
    th = "ออกได้ทุกเมื่อโดยไม่มีค่าใช้จ่าย สิ่งที่ได้แล้วไม่ถูกเรียกคืน"
    if e.exit_chance is not None:
        chance = percent(e.exit_chance)
        en += f" {chance.en} of those who take part leave each week."
        th += f" แต่ละสัปดาห์มีผู้ออก{chance.th}ของผู้เข้าร่วม"
    elif e.mode == "opt-in":
        usual = percent(float(priors()["drop_out"]["default"]))
        en += f" About {usual.en} of those who take part leave each week (varied between societies)."
        th += f" แต่ละสัปดาห์มีผู้ออกราว{usual.th}ของผู้เข้าร่วม (ต่างกันไปในแต่ละสังคม)"
    else:
        en += " Nobody is assumed to leave."
        th += " สมมุติว่าไม่มีใครออก"
    if e.mode == "opt-in":
        en += f" One may join again after {REENTRY_WEEKS} weeks."
        th += f" สมัครใหม่ได้หลัง {REENTRY_WEEKS} สัปดาห์"
    return labelled(_LEAVES, en, th)


def _checks(scheme: Scheme) -> Item:
    c = scheme.checks
    if not scheme.pays_on_claims:
        return labelled(
            _CHECKS, "acts are counted as they are; nobody has to claim them.", "นับตามที่ทำจริง ไม่มีใครต้องแจ้งเอง"
        )
    more = _more_of_checks(c)
    if c.verified == 1.0:
        en, th = "every claim is checked, and every false one found.", "ตรวจทุกรายการที่แจ้ง และพบรายการเท็จทั้งหมด"
        return labelled(_CHECKS, en + more.en, th + more.th)
    share, found, through = percent(c.share), percent(c.found), percent(1.0 - c.verified)
    return labelled(
        _CHECKS,
        f"people claim their acts; {share.en} of claims are checked and a check finds {found.en} of the false ones, so "
        f"{through.en} of false claims pass. Nothing is taken from whoever claimed falsely.{more.en}",
        f"ผู้เข้าร่วมแจ้งเอง ตรวจ{share.th}ของรายการที่แจ้ง การตรวจพบรายการเท็จ{found.th} "
        f"รายการเท็จ{through.th} จึงยังได้รับการจ่าย ไม่มีการลงโทษผู้แจ้งเท็จ{more.th}",
    )


def _more_of_checks(c: Checks) -> Both:
    """Say how often checks refuse what is true, what one costs, and whether false claims answer to the reward."""
    en, th = "", ""
    if c.refused:
        wrong = percent(c.wrongly_refused)
        en += f" A check refuses {wrong.en} of true claims by mistake; they earn nothing that week."
        th += f" การตรวจปฏิเสธรายการจริงโดยผิดพลาด{wrong.th} ซึ่งไม่ได้รับการจ่ายในสัปดาห์นั้น"
    if c.share * c.baht_per_check:
        each = baht(round(c.baht_per_check * SATANG))
        en += f" A check costs {each.en}, out of the budget."
        th += f" ค่าตรวจครั้งละ {each.th} หักจากงบประมาณ"
    if c.reward_elasticity:
        en += f" False claims rise with the worth of a claim to the power {c.reward_elasticity:g}."
        th += f" การแจ้งเท็จเพิ่มตามมูลค่าของการแจ้งยกกำลัง {c.reward_elasticity:g}"
    return Both(en, th)


def _ends(s: Scenario, most: Most) -> Item:
    after, stop = s.run.weeks - most.weeks[-1] - 1, most.weeks[-1] + 1
    if not after:
        return labelled(
            _ENDS, "it runs to the last week of the simulation, so nothing is learnt of afterwards.",
            "ดำเนินจนถึงสัปดาห์สุดท้ายของการจำลอง จึงไม่ทราบผลหลังสิ้นสุด",
        )  # fmt: skip
    weeks = "1 week is" if after == 1 else f"{after:,} weeks are"
    return labelled(
        _ENDS,
        f"from week {stop:,} nothing is offered any more; {weeks} followed, to see what is left.",
        f"ตั้งแต่สัปดาห์ที่ {stop:,} ไม่มีการให้สิ่งใดอีก จำลองต่อ {after:,} สัปดาห์ เพื่อดูผลที่เหลือ",
    )
