"""A scheme in a few words: how much for what, for whom, when, how one joins. Reports and `explain` share them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulation.core.clock import WEEKS_A_YEAR, Season
from simulation.core.names import listed
from simulation.core.params import Text
from simulation.incentives.adoption import Adoption
from simulation.incentives.base import Scheme
from simulation.incentives.budget import has_budget
from simulation.incentives.targeting import Target
from simulation.reports.notes import JOINING
from simulation.reports.words import GROUPS, weeks_of


def joining(s: Scheme) -> str:
    """Say in one word what is assumed of signing up."""
    e = s.enrolment
    return f"target {e.target_share:g} in {e.target_weeks} weeks" if e.target_share else str(e.friction)


def scheme_details(s: Scheme) -> tuple[Text, ...]:
    """Say of a scheme how much it gives for what, to whom, in which weeks and how one joins."""
    first, last = s.schedule.first, s.schedule.end - 1
    weeks = Text(en=weeks_of(first, last, "en"), th=weeks_of(first, last, "th"))
    rises = () if not s.schedule.ramp else (_rises(s.schedule.ramp),)
    falls = () if not s.schedule.taper else (_falls(s.schedule.taper),)
    season = () if s.schedule.season is None else (said_of_season(s.schedule.season),)
    how = how_reached(s)
    reached = () if how is None else (how,)
    return (
        said_and_checked(s),
        *who_only(s),
        *of_children(s),
        *reached,
        how_one_joins(s),
        *consented(s),
        *run_by(s),
        *budgets(s),
        weeks,
        *season,
        *rises,
        *falls,
    )


def _rises(weeks: int) -> Text:
    return Text(
        en="less in its first week" if weeks == 1 else f"more each week over the first {weeks}",
        th="น้อยกว่าในสัปดาห์แรก" if weeks == 1 else f"เพิ่มขึ้นทุกสัปดาห์ใน {weeks} สัปดาห์แรก",
    )


def said_of_season(season: Season) -> Text:
    """Say in which weeks of the year a scheme is on."""
    first, last = season.first_week, (season.first_week + season.weeks - 1) % WEEKS_A_YEAR
    if season.weeks == 1:
        return Text(en=f"only in week {first} of each year", th=f"เฉพาะสัปดาห์ที่ {first} ของแต่ละปี")
    return Text(en=f"only in weeks {first} to {last} of each year", th=f"เฉพาะสัปดาห์ที่ {first} ถึง {last} ของแต่ละปี")


def how_reached(s: Scheme) -> Text | None:
    """Say by which channels people hear of a scheme; None where everybody does."""
    c = s.channels
    if not c.limited:
        return None
    rest, rest_th = (" of the rest", "ของผู้ที่เหลือ") if c.app else (" of people", "ของทั้งหมด")
    en, th = (["an app reaches those online"], ["แอปเข้าถึงผู้ใช้อินเทอร์เน็ต"]) if c.app else ([], [])
    for share, baht, name, name_th in (
        (c.paper_share, c.baht_per_paper, "paper", "เอกสาร"),
        (c.agent_share, c.baht_per_agent, "a community agent", "เจ้าหน้าที่ชุมชน"),
    ):
        if share:
            cost, cost_th = (f" at {baht:,.10g} baht a head", f" คนละ {baht:,.10g} บาท") if baht else ("", "")
            en.append(f"{name} reaches {100 * share:g}%{rest}{cost}")
            th.append(f"{name_th}เข้าถึงร้อยละ {100 * share:g} {rest_th}{cost_th}")
    return Text(en="; ".join(en), th=" ".join(th))


_NEIGHBOURS = ("what their neighbours do", "พื้นที่ข้างเคียง")


def run_by(s: Scheme) -> tuple[Text, ...]:
    """Say that organisations or localities decide whether to run it, and what they gain; nothing where nobody does."""
    a = s.adoption
    if a is None:
        return ()
    who, who_th = ("organisations", "องค์กร") if s.localities is None else ("localities", "พื้นที่")
    share = f"{100 * a.baseline:g}"
    gains = (
        [
            (
                f"a grant of {a.grant_baht_per_month:,.10g} baht a month",
                f"เงินอุดหนุนเดือนละ {a.grant_baht_per_month:,.10g} บาท",
            )
        ]
        if a.grant_baht_per_month
        else []
    )
    gains += [("an honour", "การยกย่อง")] if a.honour else []
    given = f", for {' and '.join(en for en, _ in gains)}" if gains else ""
    given_th = f" โดยได้รับ{'และ'.join(th for _, th in gains)}" if gains else ""
    seen = ("what others of their place do", "องค์กรอื่นในพื้นที่เดียวกัน") if s.localities is None else _NEIGHBOURS
    only = ("; it is open to members of those alone", " และเปิดเฉพาะสมาชิกขององค์กรหรือพื้นที่นั้น") if a.through else ("", "")
    means, means_th = _running_means(a)
    return (
        Text(
            en=f"{who} decide whether to run it{given}, and look at {seen[0]}; {share}% would anyway{only[0]}{means}",
            th=f"{who_th}ตัดสินใจเองว่าจะดำเนินมาตรการหรือไม่{given_th} โดยดูจาก{seen[1]}ด้วย "
            f"ร้อยละ {share} ดำเนินการอยู่แล้ว{only[1]}{means_th}",
        ),
    )


_CLIMATE = {
    "mission": ("members hear that the act is valued there", "สมาชิกได้รับรู้ว่าที่นั่นให้คุณค่ากับการกระทำนี้"),
    "colleagues": ("colleagues see the act", "เพื่อนร่วมงานเห็นการกระทำ"),
}


def _running_means(a: Adoption) -> tuple[str, str]:
    """Say what running it costs, and what it brings members beside the scheme itself; nothing where it is no more."""
    found = []
    if a.cost_baht_per_month:
        baht = f"{a.cost_baht_per_month:,.10g}"
        found.append((f"it costs each {baht} baht a month", f"แต่ละแห่งมีต้นทุนเดือนละ {baht} บาท"))
    if a.cofund_share:
        share = f"{100 * a.cofund_share:g}"
        found.append((f"each pays {share}% of what its members get", f"แต่ละแห่งร่วมจ่ายร้อยละ {share} ของเงินที่สมาชิกได้รับ"))
    if a.places:
        found.append((f"its places add {a.places:g} logit of ease", f"สถานที่ของแต่ละแห่งเพิ่มความสะดวก {a.places:g} โลจิต"))
    if a.climate:
        found.append(_CLIMATE[a.climate])
    return "".join(f"; {en}" for en, _ in found), "".join(f" {th}" for _, th in found)


def _falls(weeks: int) -> Text:
    return Text(
        en="less in its last week" if weeks == 1 else f"less each week over the last {weeks}",
        th="ลดลงในสัปดาห์สุดท้าย" if weeks == 1 else f"ลดลงทุกสัปดาห์ใน {weeks} สัปดาห์สุดท้าย",
    )


def what_of_arm(schemes: Sequence[Scheme]) -> Text:
    """Say what people get in an arm: each kind once, behind its name where there are several."""
    kinds = {s.kind: s for s in schemes}.values()
    if len(kinds) == 1:
        return schemes[0].what
    each = [(s.title or s.label, s.what) for s in kinds]
    return Text(
        en=" ".join(f"{name.en}: {what.en}" for name, what in each),
        th=" ".join(f"{name.th}: {what.th}" for name, what in each),
    )


def details_of_arm(schemes: Sequence[Scheme], acts: Mapping[str, Text]) -> tuple[Text, ...]:
    """Say of each scheme of an arm what it gives, and once what holds of all.

    Where several names stand in the arm each begins with its own, and with its act where there are several acts.

    Args:
        schemes: Those of the arm.
        acts: What the behaviours are called, by their names.
    """
    each = [scheme_details(s) for s in schemes]
    shared = [text for text in each[0] if all(text in others for others in each)] if len(each) > 1 else []
    found: list[Text] = []
    for s, details in zip(schemes, each, strict=True):
        own = [text for text in details if text not in shared]
        heads = [s.title or s.label] if len({(x.title or x.label).en for x in schemes}) > 1 else []
        act = acts.get(s.behaviour or "")
        heads += [act] if act is not None and len(acts) > 1 else []
        if heads and own:
            en, th = ", ".join(x.en for x in heads), " ".join(x.th for x in heads)
            own[0] = Text(en=f"{en}: {own[0].en}", th=f"{th}: {own[0].th}")
        found += own
    return (*found, *shared)


def of_children(s: Scheme) -> tuple[Text, ...]:
    """Say that children may take part where their guardian consents, and how many do; empty where none may."""
    consent = s.enrolment.guardian_consent
    if consent is None:
        return ()
    share = f"{100 * consent:g}"
    return (
        Text(
            en=f"below 15 only with the consent of a guardian, which {share}% give",
            th=f"อายุต่ำกว่า 15 ปีเข้าร่วมได้เมื่อผู้ปกครองยินยอม ซึ่งยินยอมร้อยละ {share}",
        ),
    )


def how_one_joins(s: Scheme) -> Text:
    """Say whether everybody takes part or one signs up, and how."""
    e = s.enrolment
    if e.mode == "automatic":
        return Text(en="everybody eligible takes part from the start", th="ผู้มีสิทธิ์ทุกคนเข้าร่วมตั้งแต่ต้น")
    if e.target_share is not None:
        share = f"{100 * e.target_share:g}"
        return Text(
            en=f"one signs up; {share}% are assumed to have done so after {e.target_weeks} weeks",
            th=f"ต้องสมัคร โดยกำหนดให้ร้อยละ {share} สมัครภายใน {e.target_weeks} สัปดาห์",
        )
    en, th = JOINING[str(e.friction)]
    return Text(en=f"one signs up {en}", th=f"ต้อง{th}")


def consented(s: Scheme) -> tuple[Text, ...]:
    """Say that explicit consent is asked, where the act reveals something sensitive."""
    if s.consent is None:
        return ()
    return (
        Text(
            en="explicit consent is asked, as the act tells something sensitive of people",
            th="ขอความยินยอมโดยชัดแจ้ง เพราะการกระทำนี้เผยข้อมูลอ่อนไหวของบุคคล",
        ),
    )


def said_and_checked(s: Scheme) -> Text:
    """Say what a scheme gives, and, where not all claims are verified, how many are checked and what a check finds."""
    said, c = s.says(), s.checks
    if not s.pays_on_claims or c.verified >= 1.0:
        return said
    return Text(
        en=f"{said.en}; {100 * c.share:g}% of claims are checked, a check finds {100 * c.found:g}% of the false ones",
        th=f"{said.th} ตรวจร้อยละ {100 * c.share:g} ของการแจ้ง พบการแจ้งเท็จร้อยละ {100 * c.found:g} ของที่ตรวจ",
    )


def budgets(s: Scheme) -> tuple[Text, ...]:
    """Say what may be paid at most, in all, a week and a head, and what happens as the money ends."""
    each = (
        (s.budget_baht, "a budget of {} baht", "งบประมาณ {} บาท"),
        (s.budget_baht_per_week, "at most {} baht a week", "ไม่เกินสัปดาห์ละ {} บาท"),
        (s.budget_baht_per_head, "at most {} baht a person", "ไม่เกินคนละ {} บาท"),
    )
    said = [(en.format(f"{baht:,.10g}"), th.format(f"{baht:,.10g}")) for baht, en, th in each if baht is not None]
    if not said:
        return ()
    (en, th), limited = zip(*said, strict=True), has_budget(s)
    ends, ends_th = _ENDS[s.when_spent] if limited else ("", "")
    return (Text(en=", ".join(en) + ends, th=" ".join(th) + ends_th),)


_ENDS = {
    "close": ("", ""),
    "pro-rata": ("; as it runs out, pay-outs are cut in proportion", " เมื่องบใกล้หมดจะลดยอดจ่ายตามส่วน"),
    "waiting-list": ("; whoever it cannot serve waits in a list", " ผู้ที่งบไม่พอรับจะอยู่ในรายชื่อรอ"),
}


def who_only(s: Scheme) -> tuple[Text, ...]:
    """Say to whom a scheme is limited, a condition each; empty where everybody may take part."""
    t = s.target
    found = []
    if t.online:
        found.append(Text(en="only people online", th="เฉพาะผู้ใช้อินเทอร์เน็ต"))
    if t.urban is not None:
        found.append(
            Text(en="towns only", th="เฉพาะในเขตเมือง") if t.urban else Text(en="villages only", th="เฉพาะนอกเขตเมือง")
        )
    found += _by_circumstances(t)
    if t.age_bands:
        ages = ", ".join(t.age_bands)
        found.append(Text(en=f"ages {ages} only", th=f"เฉพาะอายุ {ages} ปี"))
    if t.localities:
        places = listed([str(n) for n in t.localities])  # a hundred of them are no text to read
        found.append(Text(en=f"localities {places} only", th=f"เฉพาะพื้นที่หมายเลข {places}"))
    if t.sectors:
        names = [GROUPS["sector", k] for k in t.sectors]
        en, th = " or ".join(k for k, _ in names), " หรือ".join(v for _, v in names)
        found.append(Text(en=f"only {en}", th=f"เฉพาะ{th}"))
    return tuple(found)


def _by_circumstances(t: Target) -> list[Text]:
    """Say the conditions on income, own rate, nominations and worst-off localities."""
    found = []
    if t.income_fifths:
        fifths = ", ".join(str(n) for n in sorted(t.income_fifths))
        word = "fifth" if len(t.income_fifths) == 1 else "fifths"
        found.append(
            Text(en=f"only income {word} {fifths} (1 poorest)", th=f"เฉพาะกลุ่มรายได้ที่ {fifths} จากห้ากลุ่ม (1 จนที่สุด)")
        )
    by, by_th = ("rate of acting", "อัตราการทำเดิม") if t.worst_off_by == "rate" else ("mean wage", "ค่าจ้างเฉลี่ย")
    for share, en, th in (
        (t.below_rate, "only people who act at less than {}% of their chances without it",
         "เฉพาะผู้ที่ทำไม่ถึงร้อยละ {} ของโอกาสเมื่อไม่มีมาตรการ"),
        (t.least_active_share, "only the least active {}%", "เฉพาะผู้ที่ทำน้อยที่สุดร้อยละ {}"),
        (t.nominated_share, "only friends named by {}% of people, one each",
         "เฉพาะเพื่อนที่ประชาชนร้อยละ {} ระบุชื่อ คนละหนึ่งคน"),
        (t.worst_off_localities, f"only the {{}}% of localities worst off by {by}",
         f"เฉพาะพื้นที่ร้อยละ {{}} ที่ด้อยที่สุดตาม{by_th}"),
    ):  # fmt: skip
        if share is not None:
            found.append(Text(en=en.format(f"{100 * share:g}"), th=th.format(f"{100 * share:g}")))
    return found


SECTORS = {"public": "ภาครัฐ", "private": "ภาคเอกชน", "civil": "ภาคประชาสังคม", "none": "ไม่สังกัดองค์กร"}
