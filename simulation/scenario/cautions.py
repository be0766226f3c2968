"""What is allowed in a scenario but risky for people: each with its rule, its key and its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulation.core.names import quoted
from simulation.core.params import Text, counted
from simulation.incentives.rules import named
from simulation.incentives.sensitive import TRAITS, trait_revealed
from simulation.incentives.taking import accuses, attempts_said
from simulation.scenario.protected import rewards_persons

FOLLOW_UP_WEEKS = 26
"""Weeks after a reward has ended that are looked at."""
USUAL_CELL = 10
CROWDING_FROM = 0.45
"""Own reasons (intrinsic) times how controlling a reward feels (c), from which it is said that it may crowd these out.

Equation (9): crowding is at most kappa_c times this product. Money or points on what people do for its own sake reach
it; honours, thanks and messages never do.
"""
_ARMS_NAMED = 3


@dataclass(frozen=True)
class Caution:
    """A risk: the rule that it touches, the dotted key that brings it, and why it is one."""

    rule: str
    key: str
    text: Text


def cautions(scenario: Any) -> Iterator[Caution]:
    """Yield the risks of a valid scenario, those of schemes in file order and those of all of it behind."""
    for arm_name, arm in scenario.arms.items():
        yield from _spoken_of(f"arms.{arm_name}", arm_name, arm.title)
        for name, scheme in arm.schemes.items():
            yield from _of_scheme(scenario, f"arms.{arm_name}.schemes.{name}", scheme)
    if scenario.study is None:  # a replay is watched for as long as its trial was
        yield from _follow_up(scenario)
    yield from _minors(scenario)
    k = scenario.rights.smallest_cell
    if k < USUAL_CELL:
        yield _caution(
            "G9",
            "rights.smallest_cell",
            f"Groups of only {k} people may be shown; {USUAL_CELL} is usual.",
            f"อาจแสดงกลุ่มที่มีเพียง {k} คน ปกติใช้ {USUAL_CELL}",
        )


def _of_scheme(scenario: Any, key: str, scheme: Any) -> Iterator[Caution]:
    name = scheme.behaviour or next(iter(scenario.behaviours))
    behaviour = scenario.behaviours[name]
    said = _in_words(name, behaviour.title)
    yield from _audience(key, scheme, trait_revealed(name, behaviour.sensitive, said))
    yield from _spoken_of(key, key.rpartition(".")[2], scheme.title)
    if rewards_persons(scheme.kind) and any(map(accuses, attempts_said(said))):
        yield _caution(
            "G14",
            key,
            f"{quoted(name)} reads as if people report or accuse others, and this scheme rewards persons for it. Where it is so, "
            "write reports_persons = true in the behaviour, and reward nobody for it.",
            f"{quoted(name)} อ่านได้ว่าเป็นการแจ้งหรือกล่าวหาผู้อื่น และมาตรการนี้ให้รางวัลแก่ผู้ทำ ถ้าเป็นเช่นนั้นให้เขียน reports_persons = true "
            "ไว้ในพฤติกรรม และไม่ให้รางวัลแก่ผู้ใด",
        )
    iota, c = behaviour.intrinsic, _controlling(scheme)
    if round(iota * c, 6) >= CROWDING_FROM:
        yield _caution(
            "G13",
            key,
            f"People do this largely for its own sake (intrinsic {iota:g}), and the reward may feel controlling ({c:g}): it may "
            "crowd out their own wish.",
            f"คนทำสิ่งนี้ด้วยใจเป็นส่วนใหญ่ (intrinsic {iota:g}) และรางวัลอาจทำให้รู้สึกถูกควบคุม ({c:g}) จึงอาจเบียดแรงจูงใจภายในออก",
        )
    if scheme.target.online or _by_phone_alone(scheme):
        yield _caution(
            "G11",
            f"{key}.target.online" if scheme.target.online else f"{key}.channels",
            "Only people with a phone or the internet are reached; others, older and poorer as a rule, are left out.",
            "เข้าถึงเฉพาะผู้มีโทรศัพท์หรืออินเทอร์เน็ต คนอื่นซึ่งมักสูงอายุและจนกว่าถูกทิ้งไว้ข้างหลัง",
        )


def _spoken_of(key: str, name: str, title: Text | None) -> Iterator[Caution]:
    """Yield what the name or title of an arm or a scheme speaks of and no scheme may do."""
    for attempt in attempts_said(_in_words(name, title)):
        yield _caution(
            attempt.rules[0],
            key,
            f"Its name or title reads as if it {attempt.why.en}. Nothing of the sort is simulated, and nothing of the sort "
            "may be done.",
            f"ชื่ออ่านได้ว่า{attempt.why.th} การจำลองไม่มีสิ่งนี้ และมาตรการทำเช่นนี้ไม่ได้",
        )


def _in_words(name: str, title: Text | None) -> list[str]:
    return [name] if title is None else [name, title.en, title.th]


def _audience(key: str, scheme: Any, trait: str | None) -> Iterator[Caution]:
    audience, at = getattr(scheme, "audience", None), f"{key}.audience"
    if audience == "own-rank":
        yield _caution(
            "G4",
            at,
            "People are told their own rank in private; somebody keeps a ranking of persons to do so.",
            "แจ้งลำดับของแต่ละคนเป็นการส่วนตัว จึงต้องมีผู้เก็บการจัดอันดับบุคคล",
        )
    if audience != "named-to-group":
        return
    if scheme.reads_locality_rate:
        yield _caution(
            "G10",
            at,
            "Single people are compared before others.",
            "มีการเปรียบเทียบเป็นรายบุคคลต่อหน้าผู้อื่น",
        )
    yield _caution(
        "G10",
        at,
        "Names are shown to a group, and who is not named can be told: a small group feels it as pressure.",
        "ประกาศชื่อในกลุ่ม คนอื่นจึงรู้ว่าใครไม่ได้รับการประกาศ ในกลุ่มเล็กอาจเป็นแรงกดดัน",
    )
    if trait is not None:
        what = TRAITS[trait]
        yield _caution(
            "G7",
            at,
            f"The names tell something of people's {what.en}, which is sensitive.",
            f"รายชื่อเผยเรื่อง{what.th}ของบุคคล ซึ่งเป็นข้อมูลอ่อนไหว",
        )


def _follow_up(scenario: Any) -> Iterator[Caution]:
    weeks, short = scenario.run.weeks, []
    for name, arm in scenario.arms.items():
        ends = [s.schedule.end for s in arm.schemes.values() if s.rewards_acts]
        if ends and max(ends) + FOLLOW_UP_WEEKS > weeks:
            short.append(name)
    if short:
        names = ", ".join(short[:_ARMS_NAMED]) + (", ..." if len(short) > _ARMS_NAMED else "")
        yield _caution(
            "G13",
            "run.weeks",
            f"Fewer than {counted(FOLLOW_UP_WEEKS, 'week')} are followed after the rewards end ({names}): whether people then do "
            "less than before stays unseen.",
            f"ติดตามไม่ถึง {FOLLOW_UP_WEEKS} สัปดาห์หลังรางวัลสิ้นสุด ({names}) จึงไม่เห็นว่าคนทำน้อยลงกว่าเดิมหรือไม่",
        )


def _minors(scenario: Any) -> Iterator[Caution]:
    youngest = getattr(scenario.world, "youngest", None)
    consents = [s.enrolment.guardian_consent for arm in scenario.arms.values() for s in arm.schemes.values()]
    if isinstance(youngest, int) and youngest < 15 and any(consents):
        yield _caution(
            "G8",
            "world.youngest",
            f"People from {youngest} years on take part: whether a guardian's consent is freely given is not simulated.",
            f"ผู้มีอายุตั้งแต่ {youngest} ปีเข้าร่วมด้วย การจำลองไม่ได้ดูว่าผู้ปกครองยินยอมโดยอิสระหรือไม่",
        )


def _by_phone_alone(scheme: Any) -> bool:
    """Tell whether a scheme reaches people by its app alone, where it says by which channels it does."""
    c = scheme.channels
    return bool(c.limited and c.app and not c.paper_share and not c.agent_share)


def _controlling(scheme: Any) -> float:
    return float(scheme.controlling) if scheme.components else 0.0


def _caution(rule: str, key: str, en: str, th: str) -> Caution:
    return Caution(rule, key, named((rule,), en, th))
