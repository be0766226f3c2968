"""Words that say something is taken, asked as a condition, published or made hard: so the guard knows what is tried.

A name is read by its words, cut at _ and -, each compared from its beginning. The format has no such key; the words
serve to answer one that is tried with the rule that it breaks, and to look at the parameters of schemes of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from simulation.core.params import Text

_OUT = Text(en="Take it out", th="ให้ลบออก")


@dataclass(frozen=True)
class Attempt:
    """What a name tries: the rules that it breaks, the gravest first, why, and what to do; without a full stop."""

    rules: tuple[str, ...]
    why: Text
    instead: Text = _OUT


_TAKEN = Attempt(
    ("G1",),
    Text(en="takes something away from people", th="เป็นการเอาสิ่งหนึ่งไปจากคน"),
    Text(
        en='Take it out. A reward ends by "weeks" in its schedule, and a claim that a check finds false is not paid '
        '("checks")',
        th='ให้ลบออก รางวัลสิ้นสุดตาม "weeks" ใน schedule และการแจ้งที่ตรวจพบว่าเท็จจะไม่ได้รับการจ่าย ("checks")',
    ),
)
_STAKED = Attempt(
    ("G1",),
    Text(
        en="puts people's own money at stake or shows a gain as a loss",
        th="เป็นการให้คนวางเงินของตนเองเป็นเดิมพันหรือบอกสิ่งที่จะได้ให้เป็นการเสีย",
    ),
)
_CONDITION = Attempt(
    ("G1", "G2"),
    Text(
        en="makes taking part a condition of something that people need elsewhere",
        th="เป็นการตั้งการเข้าร่วมเป็นเงื่อนไขของสิ่งที่คนต้องใช้ในเรื่องอื่น",
    ),
    Text(
        en="Take it out. Whoever takes no part keeps all that there was before; a scheme may give something on top",
        th="ให้ลบออก ผู้ที่ไม่เข้าร่วมต้องได้ทุกอย่างเท่าเดิม มาตรการให้สิ่งที่เพิ่มจากเดิมได้",
    ),
)
_PUBLISHED = Attempt(
    ("G4", "G10"),
    Text(en="scores, ranks or publishes persons", th="เป็นการให้คะแนน จัดอันดับ หรือเผยแพร่ตัวบุคคล"),
    Text(
        en='Take it out. An honour may be shown to a group at most: audience = "team"',
        th='ให้ลบออก การยกย่องให้เห็นได้ในกลุ่มเท่านั้น เช่น audience = "team"',
    ),
)
_ACCUSED = Attempt(("G14",), Text(en="rewards accusing others", th="เป็นการให้รางวัลแก่การกล่าวหาผู้อื่น"))
_HELD = Attempt(("G16",), Text(en="makes leaving harder than joining", th="ทำให้การออกยากกว่าการเข้าร่วม"))
_FORCED = Attempt(
    ("G5",),
    Text(en="makes people take part against their will", th="เป็นการบังคับให้เข้าร่วม"),
    Text(
        en='Write enrolment.mode = "opt-in" or "automatic"; leaving is free',
        th='ให้เขียน enrolment.mode = "opt-in" หรือ "automatic" การออกทำได้เสมอ',
    ),
)
_TRAIT = Attempt(
    ("G7",),
    Text(en="makes a reward depend on a sensitive trait", th="ทำให้รางวัลขึ้นกับลักษณะส่วนบุคคลที่อ่อนไหว"),
    Text(
        en="Take it out. A reward may go by place, age band, sector or use of the internet",
        th="ให้ลบออก รางวัลกำหนดตามพื้นที่ ช่วงอายุ ภาคส่วน หรือการใช้อินเทอร์เน็ตได้",
    ),
)

_ACCUSING = (
    r"accus|denounc|snitch|whistle|tip_?off|informer|informant|per_report|"
    r"report(s|ing)?_(others|persons?|people|offend|violat|wrong|neighbou?r|colleague)"
)
_ACCUSING_TH = "แจ้งเบาะแส|ฟ้อง|จับผิด|กล่าวหา|(?:รายงาน|แจ้ง)(?:คน|ผู้|เพื่อน)"
_WORDS: tuple[tuple[Attempt, str], ...] = (
    (_HELD, r"exit(?!_ch)|notice|lock_?in|(minimum|min)_(stay|term)|leaving|cooling"),
    (
        _CONDITION,
        r"(pre)?condition|prerequisite|mandatory_for|(required|requires?|needed|needs?|necessary)_(for|to|by)",
    ),
    (_CONDITION, r"(eligib\w*|qualif\w*|entitle\w*|access)_(for|to|by)"),
    (_FORCED, r"mandatory|compulsory|forced|obligatory"),
    (_STAKED, r"loss|lose|stakes?$|wager|deposit|own_money|bet$"),
    (_TAKEN, r"penal|fine[sd]?$|deduct|suspen|claw|revo[kc]|forfeit|downgrad|demot|confiscat|withh|punish|sanction"),
    (
        _TAKEN,
        r"debit|demerit|surcharge|(late|cancel\w*)_fee|retroactiv|strikes?$|bann?(ed)?$|bans$|disqualif|take[ns]?_(away|back)|negative|minus",
    ),
    (_PUBLISHED, r"rank|leaderboard|league|scor|sham|blacklist|publi|names?_(list|of)|list_of_(names|people)|names$"),
    (_ACCUSED, _ACCUSING),
)
_THAI: tuple[tuple[Attempt, str], ...] = (
    (_FORCED, "บังคับ"),
    (_TAKEN, "ค่าปรับ|ลงโทษ|หัก|ระงับ|ตัดสิทธิ|ยึด|เพิกถอน|ลดขั้น|อายัด|เรียกคืน|(?:^|_)(?:ริบ|งด|ปรับ(?:เงิน|บาท|_|$))"),
    (_STAKED, "เดิมพัน|มัดจำ"),
    (_CONDITION, "เงื่อนไข"),
    (_PUBLISHED, "จัดอันดับ|ประจาน|บัญชีดำ|เปิดเผยชื่อ|เปิดเผยรายชื่อ|เผยแพร่ชื่อ|รายชื่อ"),
    (_ACCUSED, _ACCUSING_TH),
)
_SAID: tuple[tuple[Attempt, str, str], ...] = (
    (_ACCUSED, _ACCUSING, _ACCUSING_TH),
    (_PUBLISHED, r"sham(e|es|ed|ing)$|blacklist", "ประจาน|บัญชีดำ"),
    (_CONDITION, r"prerequisite|(required|necessary)_for|condition_(for|of)", "เป็นเงื่อนไข|เงื่อนไขของ|จึงกู้|จึงจะกู้|จึงมีสิทธิ"),
    (_FORCED, r"mandatory|compulsory|forced|obligatory", "บังคับ(?!ใช้)"),
)
"""Words of titles, fewer than those of keys: a title may speak of a score or of a fine without trying one."""
_TRAITS = (
    r"health|illness|diseas|diagnos|medic|hiv|religio|faith|belief|church|temple|mosque|monk|politic|party|vote[rsd]?$|ethnic|"
    r"buddhis|muslim|islam|christian|hindu|caste|pregnan|face_(scan|id)|iris|race$|racial|tribe|sexual|orientation|crimin|convict|prison|union|disab|handicap|biometric|fingerprint|genetic|dna$"
)
_TRAITS_TH = (
    "ศาสนา|ความเชื่อ|พุทธ|อิสลาม|มุสลิม|คริสต์|ฮินดู|เชื้อชาติ|ชาติพันธุ์|เผ่าพันธุ์|ชนเผ่า|สีผิว|การเมือง|พรรค|สุขภาพ|โรค|ป่วย|เอชไอวี|ตั้งครรภ์|พิการ|"
    "เพศวิถี|รสนิยมทางเพศ|พฤติกรรมทางเพศ|อาชญากรรม|นักโทษ|ต้องโทษ|สหภาพ|ชีวภาพ|ลายนิ้วมือ|ใบหน้า|ม่านตา|พันธุกรรม|ดีเอ็นเอ"
)
_OWN_PARAMETERS = (_TAKEN, _CONDITION, _STAKED)
_HARMLESS_IN_CLASSES = "deposit"  # a deposit may be the act itself, as in matched saving


def attempt_of(name: str) -> Attempt | None:
    """Return what a name of a key or kind tries, None where it tries nothing of the sort."""
    return _first(_WORDS, name) or next((attempt for attempt, words in _THAI if re.search(words, name)), None)


def trait_of(name: str) -> Attempt | None:
    """Return what a key of whom a scheme is for tries, where it names a sensitive trait."""
    return _TRAIT if _begins(_TRAITS, name) or re.search(_TRAITS_TH, name) else None


def attempts_said(texts: Iterable[str]) -> tuple[Attempt, ...]:
    """Return what names and titles speak of: accusing people, shaming them, a condition, force; each once."""
    said = list(texts)
    return tuple(attempt for attempt, en, th in _SAID if any(_begins(en, text) or re.search(th, text) for text in said))


def accuses(attempt: Attempt) -> bool:
    """Tell whether it is about accusing others."""
    return attempt is _ACCUSED


@lru_cache(maxsize=4096)  # a study asks it of the same classes at every point
def taking_parameter(name: str) -> Attempt | None:
    """Return what a parameter of a scheme's class tries, where by its name it would take, stake or make a condition."""
    found = attempt_of(name)
    return found if found in _OWN_PARAMETERS and _HARMLESS_IN_CLASSES not in name else None


def _first(table: Iterable[tuple[Attempt, str]], name: str) -> Attempt | None:
    return next((attempt for attempt, words in table if _begins(words, name)), None)


def _begins(words: str, name: str) -> bool:
    """Tell whether one of the words stands at the beginning of a part of the name; `$` asks for the whole part."""
    plain = re.sub(r"[^0-9a-z]+", "_", name.lower())
    whole = words.replace("$", r"(?=_|$)")
    return re.search(rf"(?:^|_)(?:{whole})", plain) is not None
