"""What may be asked of a model, checked before anything is built."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens import Citizen
from simulation.core.errors import InputError
from simulation.core.names import did_you_mean
from simulation.core.streams import POPULATION
from simulation.engine.run import EngineName
from simulation.engine.state import Prepared
from simulation.incentives.base import Scheme
from simulation.incentives.channels import Channels
from simulation.incentives.rights import scheme_violations
from simulation.incentives.targeting import Target

Who = float | NDArray[Any]
_LARGEST_SEED = 2**63 - 1
_ROUNDING = 1e-9  # shares such as three tenths and seven tenths come to 1 only nearly
MOST_OPPORTUNITIES = 14  # a week
_PERSONAL = 100
"""The draw of who is of which subclass stands behind those of the population."""


def check_settings(replicate: Any, engine: Any, citizens: Any, rng: Any) -> None:
    """Check what does not depend on the scenario; raises InputError that names argument, value and what is allowed."""
    if not _is_whole(replicate) or replicate < 0:
        raise InputError(
            f"replicate= is {replicate!r}; it is a whole number from 0",
            f"replicate= เป็น {replicate!r} ต้องเป็นจำนวนเต็มตั้งแต่ 0",
        )
    if rng is not None and not (_is_whole(rng) and 0 <= rng <= _LARGEST_SEED):
        raise InputError(
            f"rng= is {rng!r}; it is a whole number from 0 to {_LARGEST_SEED}, or None for the scenario's own seed",
            f"rng= เป็น {rng!r} ต้องเป็นจำนวนเต็มตั้งแต่ 0 ถึง {_LARGEST_SEED} หรือ None เพื่อใช้เลขสุ่มตั้งต้นของสถานการณ์",
        )
    _one_of("engine", engine, get_args(EngineName))
    if citizens is not None and not isinstance(citizens, Mapping):
        raise InputError(
            f"citizens= is {citizens!r}; it is a mapping from a class to a share, such as {{Mine: 0.1}}",
            f"citizens= เป็น {citizens!r} ต้องจับคู่คลาสกับสัดส่วน เช่น {{Mine: 0.1}}",
        )


def check_arm(arm: Any, arms: Collection[str]) -> None:
    """Check that the scenario has the arm; raises InputError with the nearest name and all there are."""
    if not isinstance(arm, str) or arm not in arms:
        en, th, _ = did_you_mean(arm, list(arms)) if isinstance(arm, str) else ("", "", "")
        raise InputError(
            f"arm= is {arm!r}; there is no such arm.{en} There are {', '.join(arms)}",
            f"arm= เป็น {arm!r} ไม่มีทางเลือกนี้{th} ทางเลือกที่มี: {', '.join(arms)}",
        )


def check_own_scheme(scheme: Scheme, opportunities: int, baseline: float | None) -> None:
    """Raise InputError for a scheme that cannot run on agents of one's own as it stands."""
    if not isinstance(scheme, Scheme):
        raise InputError(
            f'a scheme is needed, not {scheme!r}: kw.scheme("points", baht_per_act=5), or an arm\'s of a scenario',
            f'ต้องเป็นมาตรการ ไม่ใช่ {scheme!r} เช่น kw.scheme("points", baht_per_act=5)',
        )
    if not (_is_whole(opportunities) and 1 <= opportunities <= MOST_OPPORTUNITIES):
        raise InputError(
            f"opportunities= is {opportunities!r}; it is a whole number from 1 to {MOST_OPPORTUNITIES}",
            f"opportunities= เป็น {opportunities!r} ต้องเป็นจำนวนเต็มตั้งแต่ 1 ถึง {MOST_OPPORTUNITIES}",
        )
    for violation in scheme_violations(scheme, scheme.kind):
        raise InputError(f"{violation.key}: {violation.text.en}", f"{violation.key} {violation.text.th}")
    if scheme.target != Target():
        raise InputError(
            "a scheme's target is for Kwamdee's own citizens; here give the agents that it is for: agents=",
            "กลุ่มเป้าหมายของมาตรการใช้กับพลเมืองของ Kwamdee ในที่นี้ให้ระบุตัวแทนที่มาตรการมีไว้ให้ด้วย agents=",
        )
    if scheme.channels != Channels():
        raise InputError(
            "a scheme's channels are for Kwamdee's own citizens; here give the agents whom it reaches: agents=",
            "ช่องทางของมาตรการใช้กับพลเมืองของ Kwamdee ในที่นี้ให้ระบุตัวแทนที่มาตรการเข้าถึงด้วย agents=",
        )
    if scheme.when_spent == "waiting-list":
        raise InputError(
            'when_spent="waiting-list" lets in those who sign up in a scenario\'s society; here agents join by join()',
            'when_spent="waiting-list" ใช้กับผู้สมัครในสังคมจำลองของสถานการณ์ ในที่นี้ตัวแทนเข้าร่วมด้วย join()',
        )
    if scheme.needs_ties:
        raise InputError(
            f"{scheme.kind} asks who is tied to whom; it works in a scenario's society only",
            f"{scheme.kind} ต้องรู้ว่าใครรู้จักใคร จึงใช้ได้เฉพาะในสังคมจำลองของสถานการณ์",
        )
    if scheme.adoption is not None:
        raise InputError(
            f"{scheme.kind}: whether organisations or localities run it is decided in a scenario's society only",
            f"{scheme.kind} ให้องค์กรหรือพื้นที่ตัดสินใจ จึงใช้ได้เฉพาะในสังคมจำลองของสถานการณ์",
        )
    if baseline is None and scheme.reads_locality_rate:
        raise InputError(
            f"{scheme.kind} tells how often others act; baseline= is the share without the scheme, 0 to 1",
            f"{scheme.kind} แจ้งว่าผู้อื่นทำบ่อยเพียงใด ให้ระบุ baseline= เป็นสัดส่วนที่ทำเมื่อไม่มีมาตรการ ตั้งแต่ 0 ถึง 1",
        )
    if baseline is not None and not 0 <= baseline <= 1:
        raise InputError(
            f"baseline= is {baseline!r}; it is a share from 0 to 1", f"baseline= เป็น {baseline!r} ต้องอยู่ระหว่าง 0 ถึง 1"
        )


def own_classes(prepared: Prepared, asked: Mapping[type[Citizen], Who]) -> dict[type[Citizen], NDArray[np.bool_]]:
    """Return which citizens are of which of the user's subclasses, each of one at most.

    Masks and rows are taken as they stand; shares are of all citizens, round(share n) of those whom no mask took.

    Raises:
        InputError: For what is no subclass, share, mask or rows; for a citizen named twice; for shares above 1 in all.
    """
    for kind in asked:
        if not (isinstance(kind, type) and issubclass(kind, Citizen) and kind is not Citizen):
            raise InputError(
                f"citizens= takes subclasses of Citizen, not {kind!r}",
                f"citizens= รับคลาสลูกของ Citizen แต่ได้รับ {kind!r}",
            )
    shares = {kind: _share(who) for kind, who in asked.items() if np.ndim(who) == 0}
    found = {kind: _mask(prepared.n, who) for kind, who in asked.items() if kind not in shares}
    taken = np.zeros(prepared.n, dtype=bool)
    for kind, mask in found.items():
        if (mask & taken).any():
            who_twice = int(np.flatnonzero(mask & taken)[0]) + 1
            raise InputError(
                f"{kind.__name__}: citizen {who_twice} has a class already",
                f"{kind.__name__}: พลเมือง {who_twice} มีคลาสอยู่แล้ว",
            )
        taken |= mask
    found |= _by_rank(prepared, shares, taken)
    return {kind: found[kind] for kind in asked}


def _by_rank(
    prepared: Prepared, shares: Mapping[type[Citizen], float], taken: NDArray[np.bool_]
) -> dict[type[Citizen], NDArray[np.bool_]]:
    """Give each class its share of all, from those not taken: everybody has one keyed draw, the lowest come first."""
    n, total, free = prepared.n, sum(shares.values()), int((~taken).sum())
    sizes = [round(share * n) for share in shares.values()]
    if sizes and abs(total - 1) < _ROUNDING:
        sizes[-1] = n - sum(sizes[:-1])  # shares of 1 in all leave nobody over
    if total > 1 + _ROUNDING or sum(sizes) - len(sizes) > free:
        raise InputError(
            f"citizens=: the shares come to {total:g} of all {n:,}, of whom {free:,} are free; they come to 1 at most",
            f"citizens=: สัดส่วนรวมเป็น {total:g} ของทั้งหมด {n:,} และยังว่าง {free:,} สัดส่วนคิดจากทั้งหมด รวมกันไม่เกิน 1",
        )
    u = prepared.streams.uniform64(POPULATION, prepared.citizens.ids, _PERSONAL)
    ranked = np.argsort(np.where(taken, 2.0, u), kind="stable")[:free]
    ends = np.cumsum([0, *sizes])
    found = {}
    for kind, first, last in zip(shares, ends[:-1], ends[1:], strict=True):
        found[kind] = np.zeros(n, dtype=bool)
        found[kind][ranked[first:last]] = True
    return found


def _share(who: Any) -> float:
    value = np.asarray(who)
    if value.dtype.kind not in "iuf" or not 0 <= float(value) <= 1:
        raise InputError(
            f"citizens=: {who!r} is no share; it is a number from 0 to 1, or a mask",
            f"citizens=: {who!r} ไม่ใช่สัดส่วน ต้องเป็นตัวเลขตั้งแต่ 0 ถึง 1 หรือชุดค่าจริงเท็จ",
        )
    return float(value)


def _mask(n: int, who: Any) -> NDArray[np.bool_]:
    rows = np.asarray(who)
    if rows.dtype == bool and rows.shape == (n,):
        return rows.copy()
    if (
        not np.issubdtype(rows.dtype, np.integer)
        or rows.ndim != 1
        or (len(rows) and not 0 <= rows.min() <= rows.max() < n)
    ):
        raise InputError(
            f"citizens=: a mask has {n} truth values; rows are whole numbers from 0 to {n - 1}",
            f"citizens=: ชุดค่าจริงเท็จต้องมี {n} ค่า ส่วนแถวเป็นจำนวนเต็มตั้งแต่ 0 ถึง {n - 1}",
        )
    mask = np.zeros(n, dtype=bool)
    mask[rows] = True
    return mask


def _is_whole(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    if not isinstance(value, str) or value not in allowed:
        en, th, _ = did_you_mean(value, allowed) if isinstance(value, str) else ("", "", "")
        raise InputError(
            f"{name}= is {value!r}; it is one of {', '.join(allowed)}.{en}",
            f"{name}= เป็น {value!r} ใช้ได้: {', '.join(allowed)}{th}",
        )
