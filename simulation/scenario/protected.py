"""What a scheme must settle before it may reach people: consent where an act is sensitive, guardians, no reward to accusers.

The rules look at the raw data of a file, so that they are told beside every other mistake, at their key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from simulation.core.names import quoted
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.rules import named
from simulation.incentives.sensitive import TRAITS, trait_revealed
from simulation.scenario.within import Mistake

OF_AGE_FOR_ALL = 15
"""Below this age people take part only with a guardian's consent."""
Path = tuple[str, ...]
Table = dict[str, Any]


def mistakes_of_rights(
    world: Table, behaviours: Table, schemes: Iterable[tuple[Path, Table]], replay: bool = False
) -> Iterator[Mistake]:
    """Yield what schemes lack that reward persons: G14, G7 and G5, G8; `replay` says that the file replays a study."""
    for path, scheme in schemes:
        if not rewards_persons(scheme.get("kind")):
            continue
        name = scheme.get("behaviour")
        if name is None and len(behaviours) == 1:
            name = next(iter(behaviours))
        behaviour = behaviours.get(name) if isinstance(name, str) else None
        if isinstance(name, str) and isinstance(behaviour, dict):
            yield from _accusing(path, name, behaviour)
            yield from _consent(path, scheme, name, behaviour, replay)
        yield from _guardians(path, scheme, world)


def rewards_persons(kind: Any) -> bool:
    """Tell whether schemes of a kind reward single people; areas and organisations are none, nor is what only tells."""
    cls = scheme_classes().get(kind) if isinstance(kind, str) else None
    return cls is not None and cls.level == "individual" and cls.rewards_acts


def _accusing(path: Path, name: str, behaviour: Table) -> Iterator[Mistake]:
    if behaviour.get("reports_persons") is True:
        yield _mistake(
            path,
            ("G14",),
            f"{quoted(name)} accuses other people (reports_persons), and this scheme rewards whoever does it. Take the scheme out",
            f"{quoted(name)} เป็นการกล่าวหาผู้อื่น (reports_persons) แต่มาตรการนี้ให้รางวัลแก่ผู้ทำ ให้ลบมาตรการออก",
        )


def _consent(path: Path, scheme: Table, name: str, behaviour: Table, replay: bool) -> Iterator[Mistake]:
    said = behaviour.get("sensitive")
    trait = trait_revealed(name, said if isinstance(said, str) and said in TRAITS else None, _titles(behaviour))
    if trait is None:
        return
    enrolment = scheme.get("enrolment")
    mode = enrolment.get("mode") if isinstance(enrolment, dict) else None
    lacks = [] if scheme.get("consent") == "explicit" else ['consent = "explicit"']
    lacks += [] if mode == "opt-in" else ['enrolment.mode = "opt-in"']
    if lacks:
        what = TRAITS[trait]
        all_en, all_th = _ALL_TOOK_PART if replay and mode != "opt-in" else ("", "")
        yield _mistake(
            (*path, "consent") if scheme.get("consent") is not None else path,
            ("G7", "G5"),
            f"{quoted(name)} reveals something of people's {what.en}, and this scheme rewards persons for it. "
            f"Add {' and '.join(lacks)}, or reward areas instead{all_en}",
            f"{quoted(name)} เผยเรื่อง{what.th} แต่มาตรการนี้ให้รางวัลเป็นรายบุคคล ให้เพิ่ม {' และ '.join(lacks)} หรือให้รางวัลเป็นรายพื้นที่แทน{all_th}",
        )


_ALL_TOOK_PART = (
    ". Where the trial counted everybody whom it offered the reward, let nearly all sign up at once (target_share = 0.99, "
    "target_weeks = 1); by a friction few do, and too little is predicted",
    " ถ้าการทดลองนับทุกคนที่ได้รับข้อเสนอ ให้เกือบทุกคนสมัครทันที (target_share = 0.99, target_weeks = 1) "
    "ถ้าใช้ friction จะมีผู้สมัครน้อยและทำนายผลต่ำเกินไป",
)
"""How a replay of an offer to everybody is written, in English and Thai."""


def _titles(table: Table) -> list[str]:
    """Return the title of a table in each language that it has."""
    title = table.get("title")
    return [text for text in title.values() if isinstance(text, str)] if isinstance(title, dict) else []


def _guardians(path: Path, scheme: Table, world: Table) -> Iterator[Mistake]:
    youngest = world.get("youngest")
    if type(youngest) is not int or youngest >= OF_AGE_FOR_ALL or world.get("decider") == "household":
        return
    enrolment, target = scheme.get("enrolment"), scheme.get("target")
    share = enrolment.get("guardian_consent") if isinstance(enrolment, dict) else None
    consented = isinstance(share, int | float) and not isinstance(share, bool) and share > 0
    bands = target.get("age_bands") if isinstance(target, dict) else None
    named = isinstance(bands, list | tuple) and not all(map(_is_of_age, bands))
    if named and not consented:
        yield _mistake(
            path,
            ("G8",),
            "It names children (target.age_bands) without asking their guardians. Add "
            "enrolment.guardian_consent, the share of guardians who consent, such as 0.5, or leave children out",
            "มาตรการระบุเด็กไว้ใน target.age_bands โดยไม่ขอความยินยอมจากผู้ปกครอง ให้เพิ่ม "
            "enrolment.guardian_consent คือสัดส่วนของผู้ปกครองที่ยินยอม เช่น 0.5 หรือไม่รวมเด็ก",
        )


def _is_of_age(band: Any) -> bool:
    first = str(band).split("-")[0].rstrip("+")
    return first.isdigit() and int(first) >= OF_AGE_FOR_ALL


def _mistake(path: Path, rules: tuple[str, ...], en: str, th: str) -> Mistake:
    text = named(rules, f"{en}.", th)
    return Mistake(path, text.en.removesuffix("."), text.th, at_key=True, rule=rules[0])
