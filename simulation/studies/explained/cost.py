"""What the schemes could cost at most, in words, and how that was worked out."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.core.clock import settles
from simulation.incentives.base import SATANG, Scheme
from simulation.scenario.model import Scenario
from simulation.studies.explained.arms import Mosts, arm_title, scheme_heading
from simulation.studies.explained.said import (
    Both,
    Item,
    Section,
    baht,
    heading,
    in_full,
    item,
    labelled,
    listed,
    people,
)
from simulation.studies.explained.worst import Most

_MOST = ("At most", "ไม่เกิน")
_EACH = ("For each who may take part", "เฉลี่ยต่อผู้มีสิทธิ์หนึ่งราย")
_HOW = ("How worked out", "วิธีคำนวณ")
_BUDGET = ("Budget", "งบประมาณ")
_ALL = ("If all take part and always act", "ถ้าทุกคนเข้าร่วมและทำทุกครั้ง")
_REACHING = ("Reaching people", "การเข้าถึง")
_RUNNING = ("Running it", "ค่าดำเนินงาน")


def cost(s: Scenario, mosts: Mosts, sampled: bool) -> Section:
    """Say for each arm what it could cost at most, by scheme, by person and in all."""
    items: list[Item] = []
    unknown: list[Both] = []
    totals: list[tuple[Both, int]] = []
    for name, arm in s.arms.items():
        mine = {key: mosts[name, key] for key in arm.schemes}
        if not mine:
            continue
        title = arm_title(name, arm)
        if all(m.total is None for m in mine.values()):
            unknown.append(title)
            continue
        if len(mine) == 1:
            items.append(heading(*title))
        for key, most in mine.items():
            if len(mine) > 1:
                items.append(scheme_heading(title, key, arm.schemes[key]))
            items += list(_scheme(s, arm.schemes[key], most))
        known = [m.total for m in mine.values()]
        total = None if None in known else sum(x for x in known if x is not None)
        if total is not None:
            totals.append((title, total))
        if len(mine) > 1:
            items += [heading(*title), _together(total)]
    items = [_lead(sampled), *_left_out(s), *_unknown(unknown), *items, *_dearest(totals)]
    return Section("cost", Both("What it could cost at most", "ต้นทุนสูงสุดที่เป็นไปได้"), tuple(items))


def _lead(sampled: bool) -> Item:
    en = (
        "The most is what a budget must cover in each week before the offer opens, added up over the weeks of offer, "
        "as if everybody eligible took part. What a scheme is likely to cost “kwamdee compare” tells, mostly far less."
    )
    th = (
        "ยอดสูงสุดคือยอดที่งบประมาณต้องพอจ่ายในแต่ละสัปดาห์ก่อนเปิดมาตรการ รวมทุกสัปดาห์ที่เปิด โดยถือว่าผู้มีสิทธิ์ทุกคนเข้าร่วม "
        "ต้นทุนที่คาดว่าจะเกิดขึ้นดูได้จากคำสั่ง “kwamdee compare” ซึ่งมักต่ำกว่านี้มาก"
    )
    if sampled:
        en += " The world is large: people were drawn by its rules and the sums scaled up, so they are near, not exact."
        th += " สังคมนี้ใหญ่ จึงคำนวณจากคนที่สุ่มตามกติกาเดียวกันแล้วขยายยอด ตัวเลขจึงเป็นค่าใกล้เคียง"
    return item(en, th)


def _scheme(s: Scenario, scheme: Scheme, most: Most) -> Iterator[Item]:
    """Say the most of one scheme, by person, how it comes about, and what a budget does to it."""
    if most.total is None:
        yield labelled(
            _MOST,
            "not known: its amounts are in days of one's own wage, as in a study, and cost nothing here.",
            "ไม่ทราบ จำนวนเป็นวันของค่าจ้างตนเองตามการศึกษา จึงไม่คิดเป็นเงินในที่นี้",
        )
        return
    total, n = in_full(most.total), most.eligible
    yield labelled(_MOST, f"{total.en}.", total.th)
    if most.total and n:
        each, all_ = baht(-(-most.total // n)), people(n, s.world.decider)
        yield labelled(_EACH, f"{each.en} ({all_.en} may).", f"{each.th} (มีสิทธิ์ {all_.th})")
    if most.rewards and any(most.giving):
        yield _how(s, scheme, most)
    if most.outreach:
        reaching, reached = baht(most.outreach), people(most.reached, s.world.decider)
        yield labelled(
            _REACHING,
            f"{reaching.en} once, in the first week; {reached.en} are reached.",
            f"{reaching.th} ครั้งเดียวในสัปดาห์แรก เข้าถึง {reached.th}",
        )
    yield from _limits(scheme, most)
    if most.all_act < most.rewards and not _is_rare(s, scheme):
        yield _if_all(most)
    if most.running:
        a_week, running = baht(most.running_a_week), baht(most.running)
        yield labelled(
            _RUNNING,
            f"{a_week.en} a week, {running.en} in all; it is part of the most, and no budget covers it.",
            f"สัปดาห์ละ {a_week.th} รวม {running.th} รวมอยู่ในยอดสูงสุดแล้ว และไม่หักจากงบประมาณ",
        )


def _is_rare(s: Scenario, scheme: Scheme) -> bool:
    """Tell whether there is a chance in some weeks only; what all chances would cost has then but a limit."""
    return s.behaviours[scheme.behaviour or next(iter(s.behaviours))].opportunities_per_week < 1


def _how(s: Scenario, scheme: Scheme, most: Most) -> Item:
    """Multiply the greatest week by the weeks in which anything can be paid."""
    paying, greatest = most.paying, baht(max(most.giving))
    n, whole = len(paying), baht(sum(most.giving))
    when = scheme.costs_most
    every = n == len(most.weeks)
    weeks = ("1 week" if n == 1 else f"{n:,} weeks", f"จ่าย{'รายสัปดาห์' if every else ''} {n:,} ครั้ง")
    if not every and paying == [w for w in range(paying[0], paying[-1] + 1) if settles(most.weeks.index(w))]:
        weeks = (f"{n:,} monthly {'settlement' if n == 1 else 'settlements'}", f"จ่ายรายเดือน {n:,} ครั้ง")
    even = len(set(most.giving) - {0}) == 1
    up_to = ("", "") if even else ("up to ", "ไม่เกิน ")
    each, over = divmod(max(most.giving), most.eligible or 1)
    by = Both("", "")
    if not over:
        who = people(most.eligible, s.world.decider)
        by = Both(f" ({baht(each).en} x {who.en})", f" ({baht(each).th} x {who.th})")
    rare = ("", "")
    if _is_rare(s, scheme):
        rare = (", as if there were a chance in every week", " โดยถือว่ามีโอกาสทุกสัปดาห์")
    en = f"{when.en}{rare[0]}: {up_to[0]}{greatest.en}{by.en} in each of {weeks[0]}, {whole.en} together."
    th = f"{when.th or when.en}{rare[1]} {up_to[1]}{greatest.th}{by.th} ต่อครั้ง {weeks[1]} รวม {whole.th}"
    return labelled(_HOW, en, th)


def _limits(scheme: Scheme, most: Most) -> Iterator[Item]:
    """Say what limits the money in all, of a week and of one person, and what happens as it ends."""
    if most.budget is not None and (scheme.when_spent == "close" or most.may_close is None):
        yield _budget(most)
    elif most.budget is not None:
        budget = baht(most.budget)
        yield labelled(_BUDGET, f"{budget.en}, the limit of what is paid.", f"{budget.th} เป็นเพดานของเงินที่จ่าย")
    if most.a_week is not None:
        week = baht(most.a_week)
        en, th = f"at most {week.en}.", f"ไม่เกิน {week.th}"
        if scheme.when_spent == "close":
            en += " The offer closes for all in the first week that could cost more."
            th += " มาตรการปิดสำหรับทุกคนในสัปดาห์แรกที่ยอดสูงสุดเกินนี้"
        yield labelled(_A_WEEK, en, th)
    if scheme.budget_baht_per_head is not None:
        head = baht(round(scheme.budget_baht_per_head * SATANG))
        yield labelled(
            _A_HEAD,
            f"at most {head.en} in all; from then on an act earns that person nothing more.",
            f"ไม่เกิน {head.th} ตลอดมาตรการ เมื่อครบแล้วการทำเพิ่มไม่ได้รับเพิ่ม",
        )
    if scheme.when_spent != "close":
        yield labelled(_AS_IT_ENDS, *_ENDING[scheme.when_spent])


_A_WEEK = ("In a week", "ต่อสัปดาห์")
_A_HEAD = ("To one person", "ต่อคน")
_AS_IT_ENDS = ("As the money ends", "เมื่อเงินใกล้หมด")
_ENDING = {
    "pro-rata": (
        "the offer stays open until the money is gone. A pay-out that would pass what is left is cut in proportion, as "
        "announced beforehand; nothing that was paid is taken back.",
        "เปิดจนกว่าเงินจะหมด ยอดจ่ายที่เกินเงินที่เหลือลดลงตามส่วนตามที่ประกาศไว้ก่อน และไม่เรียกคืนเงินที่จ่ายแล้ว",
    ),
    "waiting-list": (
        "no more people are let in than the money can pay to the end, however much they act. The others wait in the "
        "order of signing up; whoever is in is never cut.",
        "รับเท่าที่เงินพอจ่ายจนจบไม่ว่าจะทำมากเพียงใด ที่เหลือรอตามลำดับการสมัคร ผู้ที่ได้รับสิทธิ์แล้วไม่ถูกลดยอดจ่าย",
    ),
}


def _budget(most: Most) -> Item:
    budget = baht(most.budget or 0)
    if most.never_pays:
        first = baht(next(x for x in most.liabilities if x))
        return labelled(
            _BUDGET,
            f"{budget.en}. That is less than {first.en}, the most that what begins in week {most.must_close} could "
            "cost, so the offer closes then, before anything is paid. Raise the budget or lower the amount.",
            f"{budget.th} น้อยกว่า {first.th} ซึ่งเป็นยอดสูงสุดของสิ่งที่เริ่มในสัปดาห์ที่ {most.must_close} "
            "มาตรการจึงปิดในสัปดาห์นั้นก่อนจ่ายเงินใด ควรเพิ่มงบประมาณหรือลดจำนวน",
        )
    if most.may_close is None:
        return labelled(_BUDGET, f"{budget.en}, enough for all weeks.", f"{budget.th} พอสำหรับทุกสัปดาห์")
    return labelled(
        _BUDGET,
        f"{budget.en}, the limit of what is paid. The offer closes for all once it no longer covers the most that a "
        f"week could cost: in week {most.may_close} at the earliest.",
        f"{budget.th} เป็นเพดานของเงินที่จ่าย มาตรการปิดสำหรับทุกคนเมื่องบประมาณไม่พอยอดสูงสุดของหนึ่งสัปดาห์ "
        f"เร็วที่สุดคือสัปดาห์ที่ {most.may_close}",
    )


def _if_all(most: Most) -> Item:
    said = baht(most.all_act)
    return labelled(
        _ALL,
        f"about {said.en} would be paid. The most lies higher, for it reckons with every prize won, every sum rounded "
        "up and no amount falling off.",
        f"จะจ่ายราว {said.th} ยอดสูงสุดมากกว่านี้ เพราะถือว่าได้รางวัลทุกครั้ง ปัดเศษขึ้นทุกครั้ง และจำนวนไม่ลดลงในช่วงท้าย",
    )


def _together(total: int | None) -> Item:
    if total is None:
        return labelled(
            ("The arm together", "รวมทั้งทางเลือก"),
            "not known, for one of its schemes is not.",
            "ไม่ทราบ เพราะมีมาตรการที่ไม่ทราบต้นทุน",
        )
    said = in_full(total)
    return labelled(("The arm together", "รวมทั้งทางเลือก"), f"at most {said.en}.", f"ไม่เกิน {said.th}")


def _unknown(titles: list[Both]) -> Iterator[Item]:
    if titles:
        names = listed(titles)
        yield item(
            f"Not known for {names.en}: the amounts are in days of one's own wage or in a study's own currency, and "
            "cost nothing here.",
            f"ไม่ทราบต้นทุนของ{names.th} เพราะจำนวนเป็นวันของค่าจ้างตนเองหรือสกุลเงินของงานวิจัย จึงไม่คิดเป็นเงินในที่นี้",
        )


def _dearest(totals: list[tuple[Both, int]]) -> Iterator[Item]:
    """Say that arms are alternatives, and which could cost most."""
    if len(totals) < 2:
        return
    most = max(x for _, x in totals)
    dearest = [t for t, x in totals if x == most]
    names, said, each = listed(dearest), in_full(most), "ทางเลือกละ" if len(dearest) > 1 else ""
    yield heading("All arms beside one another", "เทียบทุกทางเลือก")
    yield item(
        f"The arms are alternatives, so their costs do not add up. The most that any of them could cost is {said.en}: "
        f"{names.en}.",
        f"ทางเลือกเหล่านี้ใช้แทนกัน จึงไม่นำต้นทุนมารวมกัน ทางเลือกที่อาจมีต้นทุนสูงที่สุดคือ{names.th} {each}ไม่เกิน {said.th}",
    )


def _left_out(s: Scenario) -> Iterator[Item]:
    schemes = [x for a in s.arms.values() for x in a.schemes.values()]
    checked = any(x.pays_on_claims and x.checks.baht_per_check for x in schemes)
    if checked and not any(x.run_cost_baht_per_week for x in schemes):
        yield item(
            "The scenario names no cost of running a scheme: staff or an app are in none of these sums; checks are.",
            "ไฟล์ไม่ได้ระบุค่าดำเนินงาน ค่าบุคลากรและค่าแอปพลิเคชันจึงไม่อยู่ในยอดเหล่านี้ แต่รวมค่าตรวจสอบแล้ว",
        )
    elif not any(x.run_cost_baht_per_week for x in schemes):
        yield item(
            "The scenario names no cost of running a scheme: staff, an app or checks are in none of these sums.",
            "ไฟล์ไม่ได้ระบุค่าดำเนินงาน ค่าบุคลากร ค่าแอปพลิเคชัน และค่าตรวจสอบจึงไม่อยู่ในยอดเหล่านี้",
        )
    ceiling = s.cost_ceiling_baht
    if ceiling is not None:
        yield item(
            f"A scheme is called too costly where an additional act costs more than {ceiling:,.10g} baht.",
            f"จะถือว่ามาตรการมีต้นทุนสูงเกินไปเมื่อต้นทุนต่อครั้งที่เพิ่มขึ้นเกิน {ceiling:,.10g} บาท",
        )
