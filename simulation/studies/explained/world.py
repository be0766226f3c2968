"""The question, the world and its behaviours in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulation.engine.terms import WEEKS_A_YEAR
from simulation.reports.words import weeks_of
from simulation.scenario.model import Behaviour, Scenario
from simulation.studies.explained.figures import MARKS
from simulation.studies.explained.said import (
    Both,
    Item,
    Section,
    alike,
    both,
    heading,
    item,
    labelled,
    listed,
    people,
    percent,
)
from simulation.studies.own_world import of_own_world
from simulation.studies.rules_said import GENERATORS
from simulation.studies.scheme_words import SECTORS
from simulation.studies.world_words import place_of
from simulation.world.facts import name_of_act
from simulation.world.spec import ONLINE_BANDS, PROVINCES, WorldSpec

_PLACE = ("Place", "สถานที่")
_WHO = ("Who", "ประชากร")
_DECIDES = ("Who decides", "ผู้ตัดสินใจ")
_AREAS = ("Areas", "พื้นที่")
_INCOME = ("Income", "รายได้")
_ONLINE = ("Internet", "อินเทอร์เน็ต")
_ORGANISATIONS = ("Organisations", "องค์กร")
_TIES = ("Ties", "ความสัมพันธ์")
_HORIZON = ("Horizon", "ระยะเวลา")
_SOCIETIES = ("Simulated societies", "สังคมจำลอง")


def question(s: Scenario) -> Section:
    """Say what is asked, and how it is answered."""
    n = sum(1 for a in s.arms.values() if a.schemes)
    d = s.run.smallest_effect_pp
    items = [
        Item(Both(alike(s.about.question.en).en, alike(s.about.question.get("th")).th)),
        item(
            f"{n} {'arm' if n == 1 else 'arms'} with schemes {'is' if n == 1 else 'are each'} compared with the same "
            f"society without any. A change below {d:g} percentage {'point' if d == 1 else 'points'} is called too "
            "small to matter.",
            f"เทียบทางเลือกที่มีมาตรการ {n} ทางเลือกกับสังคมเดียวกันที่ไม่มีมาตรการ "
            f"การเปลี่ยนแปลงที่ไม่ถึง {d:g} จุดร้อยละถือว่าเล็กเกินกว่าจะมีความหมาย",
        ),
    ]
    if s.study is not None:
        items += list(_study(s))
    return Section("question", Both("The question", "คำถาม"), tuple(items))


def _study(s: Scenario) -> Iterator[Item]:
    study = s.study
    if study is None:
        return
    yield Item(alike(study.citation), Both("It replays a published experiment", "จำลองซ้ำการทดลองที่ตีพิมพ์แล้ว"))
    if study.setting:
        yield Item(alike(study.setting), Both("Where it took place", "สถานที่ทดลอง"))
    if study.known_beforehand:
        yield Item(alike(study.known_beforehand), Both("Known beforehand", "สิ่งที่รู้อยู่ก่อน (ข้อความจากไฟล์)"))


def world(s: Scenario) -> Section:
    """Say who lives there, how they are tied, for how long they are followed and in how many societies."""
    w = s.world
    who = people(w.citizens, w.decider)
    items = [Item(_place(s), Both(*_PLACE)), Item(_who(w, who), Both(*_WHO))]
    items += [item(said.en, said.th) for said in of_own_world(s)]
    items += [_decider(w), *_areas(w)]
    items += [_income(s), _online(w), _organisations(w), _ties(w), _horizon(s), _societies(s)]
    return Section("world", Both("The world", "สังคมที่จำลอง"), tuple(items))


def _place(s: Scenario) -> Both:
    """Name the province with its code."""
    name, code = place_of(s), s.world.place
    known = f" ({code})" if _CODE.fullmatch(code) and name.en != code else ""
    return both(f"{name.en}{known}", f"{name.get('th')}{known}")


_CODE = re.compile("TH-[0-9]{2}")


def _who(w: WorldSpec, who: Both) -> Both:
    if w.files is not None:
        return both(
            f"{who.en}. What follows holds where your tables do not say otherwise.",
            f"{who.th} ข้อความต่อไปนี้ใช้เมื่อตารางของคุณไม่ได้ระบุไว้เป็นอย่างอื่น",
        )
    guarded = ("", "") if w.youngest == 15 else (", and below 15 each has a guardian", " ผู้มีอายุต่ำกว่า 15 ปีมีผู้ปกครอง")
    ages = f"; everybody is {w.youngest} or older{guarded[0]}.", f" ทุกคนอายุ {w.youngest} ปีขึ้นไป{guarded[1]}"
    return both(
        f"{who.en}. They are synthetic: nobody real is in it. Age, sex and work follow national figures of Thailand"
        + (
            ", of the adult who answers."
            if w.decider == "household"
            else f"; everybody is {w.youngest} or older{guarded[0]}."
        ),
        f"{who.th} เป็นคนสมมุติทั้งหมด อายุ เพศ และการทำงานเป็นไปตามสถิติของประเทศไทย"
        + (" โดยเป็นของผู้ใหญ่ที่ตอบแทน" if w.decider == "household" else ages[1]),
    )


def _decider(w: WorldSpec) -> Item:
    if w.decider == "household":
        return labelled(
            _DECIDES,
            "one adult answers for each household; what is counted, offered and paid is a household's.",
            "ผู้ใหญ่หนึ่งคนตอบแทนหนึ่งครัวเรือน สิ่งที่นับ สิ่งที่ให้ และสิ่งที่จ่ายเป็นของครัวเรือน",
        )
    return labelled(_DECIDES, "each citizen.", "พลเมืองแต่ละคน")


def _areas(w: WorldSpec) -> Iterator[Item]:
    n, name = w.localities.number, w.localities.name
    urban = percent(w.urban)
    towns = both(f"{urban.en} live in municipal areas.", f"{urban.th} อยู่ในเขตเทศบาล")
    if w.urban in (0.0, 1.0):
        towns = (
            Both("All live in municipal areas.", "ทั้งหมดอยู่ในเขตเทศบาล")
            if w.urban
            else Both("Nobody lives in a municipal area.", "ไม่มีใครอยู่ในเขตเทศบาล")
        )
    places = both(f"one, called “{name}”.", f"1 พื้นที่ เรียกว่า “{name}”")
    if w.files is not None:
        places = both(f"{n:,}.", f"{n:,} พื้นที่")
    elif w.localities.of == "provinces":
        places = both(
            f"{n:,}, called “{name} 1” to “{name} {n}”, in the {PROVINCES} provinces; provinces have people in "
            "proportion to those registered in 2020, at least one.",
            f"{n:,} พื้นที่ เรียกว่า “{name} 1” ถึง “{name} {n}” ใน {PROVINCES} จังหวัด "
            "แต่ละจังหวัดมีคนตามสัดส่วนประชากรในทะเบียนราษฎร พ.ศ. 2563 อย่างน้อยหนึ่งราย",
        )
    elif n > 1:
        places = both(
            f"{n:,}, called “{name} 1” to “{name} {n}”, all of about the same size.",
            f"{n:,} พื้นที่ เรียกว่า “{name} 1” ถึง “{name} {n}” ขนาดใกล้เคียงกัน",
        )
    yield labelled(_AREAS, f"{places.en} {towns.en}", f"{places.th} {towns.th}")


def _income(s: Scenario) -> Item:
    wage, all_earn = s.world.daily_wage, s.all_earn or s.world.decider == "household"
    others_en = "" if all_earn else " Who does not earn counts the household's income a head."
    others_th = "" if all_earn else " ผู้ไม่มีรายได้นับรายได้ครัวเรือนเฉลี่ยต่อหัว"
    return labelled(
        _INCOME,
        f"{wage.mean:,.10g} baht a day on average, Gini coefficient {wage.gini:g}.{others_en}",
        f"เฉลี่ยวันละ {wage.mean:,.10g} บาท สัมประสิทธิ์จีนี {wage.gini:g}{others_th}",
    )


def _online(w: WorldSpec) -> Item:
    if w.online is None:
        return labelled(_ONLINE, "everybody uses it.", "ทุกคนใช้อินเทอร์เน็ต")
    bands = [(band, percent(w.online.get(band, 1.0))) for band in ONLINE_BANDS]
    en = ", ".join(f"{x.en} of those aged {_aged(band, 'en')}" for band, x in bands)
    th = " ".join(f"อายุ {_aged(band, 'th')} {x.th}" for band, x in bands)
    return labelled(_ONLINE, f"it is used by {en}.", f"ผู้ใช้อินเทอร์เน็ต {th}")


def _aged(band: str, lang: str) -> str:
    older = band.removesuffix("+")
    if older == band:
        return band.replace("-", "–") + (" ปี" if lang == "th" else "")
    return f"{older} ปีขึ้นไป" if lang == "th" else f"{older} and over"


def _organisations(w: WorldSpec) -> Item:
    o = w.organisations
    if o is None:
        return labelled(_ORGANISATIONS, "none.", "ไม่มี")
    shares = [(k, percent(getattr(o.sectors, k))) for k in ("public", "private", "civil")]
    en = listed([Both(f"{x.en} {_SECTORS_EN[k]}", f"{SECTORS[k]}{x.th}") for k, x in shares])
    whoever = ("each answering adult belongs", "ผู้ใหญ่ที่ตอบแทนทุกคนสังกัด")
    if w.decider == "citizen":
        whoever = ("whoever works belongs", "ผู้ทำงานทุกคนสังกัด")
    return labelled(
        _ORGANISATIONS,
        f"{whoever[0]} to one of about {o.mean_size:g} members in the own locality; {en.en}.",
        f"{whoever[1]}องค์กรในพื้นที่ของตน ขนาดราว {o.mean_size:g} คน เป็น{en.th}",
    )


_SECTORS_EN = {"public": "public", "private": "private", "civil": "civil society"}


def _ties(w: WorldSpec) -> Item:
    """Name the layers that there are; a household that one adult answers for has no ties within."""
    t, parts = w.ties, []
    if w.decider == "citizen" and t.household > 1:
        size = f"{t.household:g}"
        parts.append(Both(f"a household of {size}", f"ครัวเรือนขนาด {size} คน"))
    if w.organisations is not None and t.work:
        parts.append(Both(f"{t.work:g} ties to colleagues", f"เพื่อนร่วมงาน {t.work:g} คน"))
    if t.neighbourhood:
        parts.append(Both(f"{t.neighbourhood:g} ties to neighbours", f"เพื่อนบ้าน {t.neighbourhood:g} คน"))
    if t.wide:
        parts.append(Both(f"{t.wide:g} ties to people anywhere", f"คนรู้จักที่อยู่ที่ใดก็ได้ {t.wide:g} คน"))
    if not parts:
        return labelled(_TIES, "none: nobody sees what others do.", "ไม่มี ไม่มีใครเห็นสิ่งที่ผู้อื่นทำ")
    said = listed(parts)
    en, th = f"on average {said.en}.", f"เฉลี่ยมี{said.th}"
    if t.wide and t.homophily_age:
        share = percent(t.homophily_age)
        en, th = (
            f"{en} {share.en} of these last are of one's own age band.",
            f"{th} กลุ่มหลังนี้{share.th}อยู่ในช่วงอายุเดียวกัน",
        )
    if t.clustering:
        share = percent(t.clustering)
        en += f" Two people whom one knows know each other in {share.en} of cases, as far as so many ties allow."
        th += f" คนสองคนที่เรารู้จักนั้นรู้จักกันเอง{share.th}ของกรณี เท่าที่จำนวนความสัมพันธ์จะเอื้อ"
    if t.generator != "layers":
        laid = GENERATORS[t.generator]
        en = f"as many as a town would have ({en[:-1]}), laid as {laid[0]}."
        th = f"จำนวนเท่าแบบเมือง ({th}) แต่วางเป็น{laid[1]}"
    return labelled(_TIES, en, th)


def _horizon(s: Scenario) -> Item:
    n = s.run.weeks
    weeks = "1 week" if n == 1 else f"{n:,} weeks"
    years, long = f"{n / WEEKS_A_YEAR:.1f}".removesuffix(".0"), n >= WEEKS_A_YEAR
    about = (f" (about {years} {'year' if years == '1' else 'years'})", f" (ราว {years} ปี)") if long else ("", "")
    return labelled(
        _HORIZON,
        f"{weeks}{about[0]}, {weeks_of(0, n - 1, 'en')}: the first week has number 0.",
        f"{n:,} สัปดาห์{about[1]} คือ{weeks_of(0, n - 1, 'th')} โดยสัปดาห์แรกเป็นหมายเลข 0",
    )


def _societies(s: Scenario) -> Item:
    n = s.run.replicates
    return labelled(
        _SOCIETIES,
        f"{n:,}, from seed {s.run.seed}. Each has other people, other luck and other answers to what is not known "
        "about people; within one society these are the same in all arms, so only the schemes differ.",
        f"{n:,} สังคม จากเลขสุ่มตั้งต้น {s.run.seed} แต่ละสังคมมีคน ความบังเอิญ และค่าของสิ่งที่ยังไม่รู้เกี่ยวกับคนต่างกัน "
        "ภายในสังคมเดียวกัน ทุกทางเลือกใช้ค่าชุดเดียวกัน ต่างกันที่มาตรการเท่านั้น",
    )


def behaviours(s: Scenario) -> Section:
    """Say of each behaviour how common it is, how often there is a chance, and where that comes from."""
    items: list[Item] = []
    for key, b in s.behaviours.items():
        name = title_of(key, b)
        items += [heading(f"{name.en} ({key})", f"{name.th} ({key})"), *_behaviour(b)]
    return Section("behaviours", Both("The behaviours", "พฤติกรรม"), tuple(items))


def title_of(key: str, b: Behaviour) -> Both:
    """Return a behaviour's name, its key where it has none."""
    if b.title is None:
        return Both(*(alike(name).en for name in name_of_act(key)))
    return Both(alike(b.title.en).en, alike(b.title.get("th")).th)


def _behaviour(b: Behaviour) -> Iterator[Item]:
    chances, share = f"{100 * b.baseline:.4g}", b.opportunities_per_week
    yield labelled(
        ("Without a scheme", "เมื่อไม่มีมาตรการ"),
        f"{chances} of every 100 chances are taken"
        + (", by some people far more often than by others." if b.spread else "."),
        f"ทำ {chances} ใน 100 ครั้งที่มีโอกาส" + (" บางคนทำบ่อยกว่าคนอื่นมาก" if b.spread else ""),
    )
    yield _how_often(b, share)
    if b.trend_per_year:
        yield labelled(
            ("Trend", "แนวโน้ม"),
            f"with and without a scheme the log-odds move by {b.trend_per_year:+g} a year.",
            f"ทั้งมีและไม่มีมาตรการ ค่าโลจิตของโอกาสที่จะทำเปลี่ยนปีละ {b.trend_per_year:+g}",
        )
    seen, own = percent(b.visible), percent(b.intrinsic)
    yield labelled(("Seen by others", "ผู้อื่นมองเห็น"), f"{seen.en} of what one does.", f"{seen.th}ของสิ่งที่แต่ละคนทำ")
    yield labelled(
        ("One's own wish", "ความต้องการของตนเอง"),
        f"{own.en} of the reasons for it, which a reward may crowd out.",
        f"{own.th}ของเหตุผลที่ทำ ซึ่งรางวัลอาจเข้ามาแทน",
    )
    if b.source:
        mark = MARKS[b.mark or "none"]
        yield labelled(("Source", "แหล่งที่มา"), f"{b.source}. {mark.en}.", f"“{b.source}” {mark.th}")


def _how_often(b: Behaviour, n: float) -> Item:
    label = ("How often", "บ่อยเพียงใด")
    if b.dynamics == "sticky":
        again = percent(b.redecision or 0.0)
        return labelled(
            label,
            f"it is kept up until one decides again, with a chance of {again.en} a week, or when a scheme asks.",
            f"ทำต่อเนื่องจนกว่าจะตัดสินใจใหม่ มีโอกาส{again.th}ต่อสัปดาห์ หรือเมื่อมีมาตรการมาถาม",
        )
    if n < 1:
        weeks = f"{100 * n:.4g}"
        return labelled(label, f"a chance in {weeks} of 100 weeks.", f"มีโอกาสใน {weeks} จาก 100 สัปดาห์")
    return labelled(label, f"{n:g} {'chance' if n == 1 else 'chances'} a week.", f"มีโอกาสสัปดาห์ละ {n:g} ครั้ง")
