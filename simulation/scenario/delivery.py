"""Rules between a scheme's delivery and the rest of its scenario: horizon, months, minors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulation.core.clock import SETTLE_EVERY, blocks_of, cuts_a_month
from simulation.core.params import counted
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.rules import named
from simulation.incentives.targeting import MINORS
from simulation.scenario.within import Mistake, season_of

YOUNGEST_OF_USUAL = 15
_Path = tuple[str, ...]


def mistakes(path: _Path, scheme: dict[str, Any], horizon: Any, world: dict[str, Any]) -> Iterator[Mistake]:
    """Yield what does not go together; whatever has another shape than it should is left to others.

    Args:
        path: Where the scheme's table stands.
        scheme: The table.
        horizon: `run.weeks`.
        world: The table `world`.
    """
    schedule = scheme.get("schedule")
    if isinstance(schedule, dict):
        yield from _time((*path, "schedule"), schedule, scheme.get("kind"), horizon)
    yield from _idle(path, scheme)
    youngest = world.get("youngest")
    if youngest is None or (type(youngest) is int and youngest >= YOUNGEST_OF_USUAL):
        yield from _minors(path, scheme)


def _time(path: _Path, schedule: dict[str, Any], kind: Any, horizon: Any) -> Iterator[Mistake]:
    start, weeks, after = schedule.get("start"), schedule.get("weeks"), schedule.get("follow_up")
    if not (type(start) is int and type(weeks) is int and 0 <= start <= 5200 and 1 <= weeks <= 5200):
        return
    blocks = blocks_of(start, weeks, season_of(schedule))
    if not blocks:
        return
    end = blocks[-1][1]
    if type(after) is int and 0 <= after <= 5200 and type(horizon) is int and start + weeks <= horizon < end + after:
        yield Mistake(
            (*path, "follow_up"),
            f"It ends after week {end - 1:,}, so the horizon of {counted(horizon, 'week')} leaves {horizon - end:,} of "
            f"{counted(after, 'week')} to follow up. Write run.weeks = {end + after:,} or more",
            f"สิ้นสุดหลังสัปดาห์ที่ {end - 1:,} ระยะเวลาจำลอง {horizon:,} สัปดาห์จึงเหลือให้ติดตามผล {horizon - end:,} จาก {after:,} สัปดาห์ "
            f"ให้เขียน run.weeks = {end + after:,} ขึ้นไป",
        )
    cls = scheme_classes().get(kind) if isinstance(kind, str) else None
    cut = cuts_a_month(blocks) if cls is not None and cls.monthly else None
    if cut is not None:
        first, stop = cut
        fewer = (stop - first) // SETTLE_EVERY * SETTLE_EVERY
        either = f"{fewer} or {fewer + SETTLE_EVERY}" if fewer else f"{SETTLE_EVERY}"
        either_th = f"{fewer} หรือ {fewer + SETTLE_EVERY}" if fewer else f"{SETTLE_EVERY}"
        yield Mistake(
            (*path, "season"),
            f"{kind} settles every {SETTLE_EVERY} weeks, and the {counted(stop - first, 'week')} of offer from week "
            f"{first:,} cut a month in two. Let a season have {either} weeks of offer",
            f"{kind} คิดรายเดือนทุก {SETTLE_EVERY} สัปดาห์ ช่วง {stop - first:,} สัปดาห์ที่เริ่มสัปดาห์ที่ {first:,} ตัดเดือนหนึ่งออกเป็นสองส่วน "
            f"ให้แต่ละฤดูกาลมี {either_th} สัปดาห์",
        )


def _idle(path: _Path, scheme: dict[str, Any]) -> Iterator[Mistake]:
    """Refuse keys that would do nothing with this kind, so that nobody reads a result as if they had."""
    kind = scheme.get("kind")
    cls = scheme_classes().get(kind) if isinstance(kind, str) else None
    if cls is None:
        return
    if cls.pays_persons:
        return
    if scheme.get("budget_baht_per_head") is not None:
        yield Mistake(
            (*path, "budget_baht_per_head"),
            f"{kind} pays no single person, so a limit a head limits nothing. Take it out",
            f"{kind} ไม่จ่ายเงินให้รายบุคคล เพดานต่อคนจึงไม่มีผล ให้ลบออก",
            at_key=True,
        )
    for by in ("organisations", "localities"):
        if _table(scheme, by).get("cofund_share"):
            yield Mistake(
                (*path, by, "cofund_share"),
                f"{kind} pays no single person, so there is no pay to share in. Take it out",
                f"{kind} ไม่จ่ายเงินให้รายบุคคล จึงไม่มีเงินให้ร่วมจ่าย ให้ลบออก",
                at_key=True,
            )


def _minors(path: _Path, scheme: dict[str, Any]) -> Iterator[Mistake]:
    """Refuse what is about children where the world has none."""
    enrolment, target = _table(scheme, "enrolment"), _table(scheme, "target")
    bands = target.get("age_bands")
    told = "Everybody here is 15 or older. Write for example world.youngest = 6, or take it out"
    told_th = "ทุกคนในสังคมนี้มีอายุ 15 ปีขึ้นไป ให้เขียน เช่น world.youngest = 6 หรือลบออก"
    if enrolment.get("guardian_consent") is not None:
        yield Mistake((*path, "enrolment", "guardian_consent"), told, told_th, at_key=True)
    for i, band in enumerate(bands if isinstance(bands, list | tuple) else ()):
        if band == MINORS:
            yield _children_named((*path, "target", "age_bands", str(i)), told, told_th)


def _children_named(path: _Path, told: str, told_th: str) -> Mistake:
    """Say that there are none, and that they are reached through their guardians alone."""
    said = named(
        ("G8",),
        f"{told}. With children, guardians are asked too: enrolment.guardian_consent is the share who consent, such as 0.5.",
        f"{told_th} เมื่อมีเด็กต้องขอความยินยอมจากผู้ปกครองด้วย: enrolment.guardian_consent คือสัดส่วนของผู้ปกครองที่ยินยอม เช่น 0.5",
    )
    return Mistake(path, said.en.removesuffix("."), said.th)


def _table(scheme: dict[str, Any], key: str) -> dict[str, Any]:
    found = scheme.get(key)
    return found if isinstance(found, dict) else {}
