"""What a scenario takes for granted, what the model leaves out, and which rules protect people."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.agents.ensemble import ParameterSets, ParameterSource, posterior
from simulation.agents.priors import CROWDING_VALUES, priors
from simulation.core.clock import SETTLE_EVERY
from simulation.incentives.rights import RULES
from simulation.reports.notes import assumed_joining, on_judgement
from simulation.reports.texts import TEXTS
from simulation.scenario.model import Scenario
from simulation.studies.explained.arms import arm_title
from simulation.studies.explained.figures import figures, shown
from simulation.studies.explained.law import chosen_law
from simulation.studies.explained.said import Both, Item, Section, both, heading, item, percent
from simulation.studies.scheme_words import joining


def assumptions(s: Scenario, parameters: ParameterSource = "posterior") -> Section:
    """Name what is assumed and not found: who signs up, what is drawn, what nobody has measured, what was chosen."""
    items = [*dict.fromkeys(_by_arm(s)), *_leaving(s), *_of_the_model(s, parameters)]
    chosen = [f for f in figures(s) if f.mark == "design"]
    if chosen:
        items.append(heading("Values that were chosen or judged: try others", "ค่าที่เลือกหรือประเมินเอง ควรลองเปลี่ยนเป็นค่าอื่น"))
        for f in chosen:
            source = Both(f" ({f.source.en})", f" ({f.source.th})") if f.source.en else Both("", "")
            value = f"{f.key} = {shown(f.value)}"
            items.append(item(f"{value}{source.en}", f"{value}{source.th}"))
    return Section("assumptions", Both("What it assumes", "ข้อสมมุติ"), tuple(items))


def _by_arm(s: Scenario) -> Iterator[Item]:
    """Say for each arm what is assumed of signing up, and where its effect is a judgement."""
    for name, arm in s.arms.items():
        title = arm_title(name, arm)
        for scheme in arm.schemes.values():
            if scheme.enrolment.mode == "opt-in":
                how = joining(scheme)
                yield item(*(assumed_joining(how, title.get(lang), lang) for lang in ("en", "th")))
            if scheme.strength == "judgement" and scheme.components:
                yield item(*(on_judgement(title.get(lang), lang) for lang in ("en", "th")))


def _leaving(s: Scenario) -> Iterator[Item]:
    schemes = [x for a in s.arms.values() for x in a.schemes.values()]
    if any(x.enrolment.mode == "opt-in" for x in schemes):
        never = _drawn("never_start")
        yield item(
            f"Of those who sign up some never begin: {never.en}.",
            f"ผู้สมัครบางส่วนไม่ได้เริ่มทำจริง {never.th}",
        )
    if any(x.enrolment.mode == "opt-in" and x.enrolment.exit_chance is None for x in schemes):
        leave = _drawn("drop_out")
        yield item(f"Who leaves each week: {leave.en}.", f"ผู้ออกในแต่ละสัปดาห์ {leave.th}")
    if any(x.pays_on_claims and x.checks.verified < 1.0 for x in schemes):
        yield item(
            "Where no check would find it, people claim some of what they did not do; the share is drawn for each "
            "society.",
            "เมื่อการตรวจไม่พบ ผู้เข้าร่วมแจ้งบางส่วนของสิ่งที่ไม่ได้ทำ สัดส่วนนี้สุ่มในแต่ละสังคม",
        )


def _drawn(name: str) -> Both:
    """Say the usual value of a share and the range in which it is drawn."""
    p = priors()[name]
    usual, low, high = (percent(float(p[k])) for k in ("default", "low", "high"))
    return Both(
        f"usually {usual.en}, drawn for each society from about {low.en} to {high.en}",
        f"ค่าปกติคือ{usual.th} แต่ละสังคมสุ่มในช่วงราว{low.th} ถึง{high.th}",
    )


def _of_the_model(s: Scenario, given: ParameterSource) -> Iterator[Item]:
    yield from chosen_law(s)
    habit = str(priors()["w_h"]["source"])
    if s.file_values is not None:
        yield item(
            "Values of the file were changed: how ready people are to sign up stays what the file's own values make "
            "it.",
            "มีการเปลี่ยนค่าในไฟล์ ความพร้อมที่จะสมัครยังคงเป็นไปตามค่าเดิมของไฟล์",
        )
    yield _whence(given)
    yield item(TEXTS["en"]["thai_study"], TEXTS["th"]["thai_study"])
    if given != "default" and not (isinstance(given, ParameterSets) and "kappa_c" in given.members.names):
        yield _crowding()
    yield item(
        f"How long a habit lasts once a scheme has ended rests on one study ({habit}).",
        f"นิสัยจะคงอยู่นานเพียงใดหลังมาตรการสิ้นสุด อาศัยการศึกษาเพียงชิ้นเดียว ({habit})",
    )
    yield item(
        "How much friends draw one another into signing up is not known, and is varied from nothing to strong.",
        "ยังไม่รู้ว่าการที่เพื่อนสมัครทำให้สมัครตามมากเพียงใด จึงลองตั้งแต่ไม่มีผลเลยจนถึงมีผลมาก",
    )
    yield item(
        f"A month is settled every {SETTLE_EVERY}th week from a scheme's start: 12/13 of its amount for 12/13 of its "
        "acts, rounded up. What a last, broken month would earn is not paid.",
        f"ยอดรายเดือนคิดทุก {SETTLE_EVERY} สัปดาห์นับจากสัปดาห์ที่เริ่มมาตรการ แต่ละครั้งคิด 12/13 ของจำนวนเงิน "
        "เมื่อทำครบ 12/13 ของจำนวนครั้งที่กำหนดโดยปัดขึ้น เดือนสุดท้ายที่ไม่ครบไม่มีการจ่าย",
    )


def _whence(given: ParameterSource) -> Item:
    """Say where the parameters of each society come from."""
    if given == "default":
        return item(
            "How people respond is not known exactly, and is held at the best guess here: ranges show luck alone.",
            "การตอบสนองของคนยังไม่รู้แน่ชัด แต่ที่นี่คงไว้ที่ค่าประมาณที่ดีที่สุด ช่วงของผลจึงแสดงความบังเอิญอย่างเดียว",
        )
    own = isinstance(given, ParameterSets)
    table = given.members if isinstance(given, ParameterSets) else posterior()
    n, sets = len(table.names), len(table.rows)
    fit, fit_th = "that all fit published studies", "ที่เข้ากับการศึกษาที่ตีพิมพ์แล้ว"
    if isinstance(given, ParameterSets):
        fit, fit_th = f"of {given.name}", f"ในไฟล์ {given.name}"
    return item(
        f"How people respond is not known exactly: {n} parameters are drawn for each society from {sets:,} sets "
        f"{fit}, and others {'as without it' if own else 'from ranges that are held plausible'}.",
        f"การตอบสนองของคนยังไม่รู้แน่ชัด แต่ละสังคมสุ่มพารามิเตอร์ {n} ตัวจาก {sets:,} ชุด{fit_th} "
        f"{'และสุ่มตัวอื่นตามปกติ' if own else 'และสุ่มตัวอื่นจากช่วงที่เป็นไปได้'}",
    )


def _crowding() -> Item:
    sizes = [f"{x:g}" for x in CROWDING_VALUES]
    return item(
        "Whether rewards crowd out one's own wish has not been measured in the field: societies take "
        f"{', '.join(sizes[:-1])} and {sizes[-1]} (logit) in turn, and the effect is told for each apart.",
        "ยังไม่มีการวัดในภาคสนามว่ารางวัลเข้าแทนความต้องการของตนเองหรือไม่ สังคมจำลองจึงใช้ค่า "
        f"{', '.join(sizes[:-1])} และ {sizes[-1]} (หน่วยโลจิต) สลับกันไป และรายงานผลของแต่ละค่าแยกกัน",
    )


def left_out(s: Scenario) -> Section:
    """Name what the model does not do."""
    said = [
        (
            "It is no forecast: it tells what follows from the figures and the studies above.",
            "ไม่ใช่คำพยากรณ์ แต่บอกสิ่งที่ตามมาจากตัวเลขและการศึกษาข้างต้น",
        ),
        (
            "Nothing is taken from anybody: penalties that a real programme has are left out.",
            "ไม่มีการเอาสิ่งใดไปจากใคร บทลงโทษที่มีในโครงการจริงไม่นำมาจำลอง",
        ),
        (
            "Acts do not displace one another.",
            "การทำพฤติกรรมหนึ่งไม่ทำให้ทำพฤติกรรมอื่นน้อยลง",
        ),
        (
            "Nobody moves, is born, ages or dies.",
            "ไม่มีการย้ายถิ่น การเกิด การมีอายุมากขึ้น หรือการเสียชีวิต",
        ),
        (
            "Honours and money do not wear off while they are offered.",
            "คำยกย่องและเงินไม่ลดคุณค่าลงตลอดช่วงที่ให้",
        ),
        (
            "An announcement has no effect before the scheme starts.",
            "การประกาศไม่มีผลก่อนมาตรการเริ่ม",
        ),
        (
            "Friends are alike in age, not in how much they want to act.",
            "คนที่รู้จักกันมีอายุใกล้กัน แต่ความต้องการทำไม่ได้ใกล้กัน",
        ),
    ]
    return Section("left_out", Both("What it does not do", "สิ่งที่ไม่ได้จำลอง"), tuple(item(en, th) for en, th in said))


def rights(s: Scenario) -> Section:
    """Name the rules that no scheme can break, and the smallest group that is published."""
    kept = {name: rule.text for name, rule in RULES.items() if rule.how == "refused"}
    items = [Item(both(text.en, text.th), Both(name, name)) for name, text in kept.items()]
    n = s.rights.smallest_cell
    items.append(
        item(f"The smallest group here is {n} {'person' if n == 1 else 'people'}.", f"กลุ่มเล็กที่สุดในไฟล์นี้คือ {n} คน")
    )
    return Section("rights", Both("Rules that protect people", "กติกาคุ้มครองสิทธิ"), tuple(items))
