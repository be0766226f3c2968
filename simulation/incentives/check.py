"""The contract test of a scheme, shipped for those who write one: `check_scheme(MyScheme, {"baht_per_act": 2.0})`.

A scheme MUST be a frozen value that survives pickling and TOML, refuse negative numbers and NaN, offer nothing where
its amounts are 0, offer and settle the same whenever asked the same, leave what it is shown untouched, read only the
columns that schemes may read, pay whole satang, only to those who take part, and never more than its greatest
liability. It MUST carry both labels and its literature. All faults are named at once.
"""

from __future__ import annotations

import json
import math
import pickle
import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from simulation.core.errors import KwamdeeError
from simulation.incentives.base import Offer, Scheme, Settlement, Society, WeekView
from simulation.incentives.fragment import own_parameters
from simulation.incentives.ledger import Ledger
from simulation.incentives.rights import SHOWN_TO_SCHEMES, Shown, read_only, scheme_violations

N, LOCALITIES, ORGANISATIONS, WEEKS, CHANCES = 60, 3, 6, 12, 7
_CITATION = re.compile(r"doi:10\.\d{4,}/\S+|\b(1[89]|20)\d\d\b")


class ContractError(KwamdeeError):
    """A scheme breaks the contract; `faults` lists in what."""

    def __init__(self, kind: str, faults: list[str]) -> None:
        """Keep the kind and its faults."""
        self.kind, self.faults = kind, tuple(faults)
        found = "\n".join(f"- {f}" for f in faults)
        super().__init__(
            f"scheme {kind!r} breaks the contract:\n{found}", f"มาตรการ {kind!r} ไม่เป็นไปตามข้อตกลง:\n{found}"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by the faults, not by the text."""
        return (ContractError, (self.kind, list(self.faults)))


def check_scheme(cls: type[Scheme], example: Mapping[str, Any] | None = None) -> None:
    """Check a scheme's class on an example of its own parameters, amounts above 0.

    Args:
        cls: The class.
        example: Its own parameters as a scenario file gives them; the schedule is added where it is missing. Without
            one, the scheme of its kind in the class's worked scenario.

    Raises:
        ContractError: With every fault found.

    Example:
        >>> import simulation as kw
        >>> from simulation.incentives.catalogue import scheme_classes
        >>> kw.check_scheme(scheme_classes()["comparison"], {"behaviour": "waste_sort", "reference": "locality-mean"})
    """
    if example is None:
        example = own_parameters(cls)
        if not example:
            raise ContractError(cls.__name__, ['its docstring has no "Worked scenario::" with a scheme of its kind'])
    fields = {**example, "schedule": {"start": 0, "weeks": WEEKS}}
    try:
        scheme = cls.model_validate(fields)
    except ValidationError as error:
        raise ContractError(cls.__name__, [f"the example is refused: {error}"]) from None
    faults: list[str] = []
    for check in (_labels, _value, _numbers, _rights, _zero, _weeks):
        try:
            faults += check(scheme, fields)
        except Exception as error:
            faults.append(f"{check.__name__.strip('_')}: it raised {type(error).__name__}: {error}")
    if faults:
        raise ContractError(scheme.kind, faults)


def _labels(scheme: Scheme, _: Mapping[str, Any]) -> Iterator[str]:
    cls = type(scheme)
    for name in ("label", "what"):
        text = getattr(cls, name, None)
        if text is None or not text.en or not text.th:
            yield f"`{name}` must be a Text in English and Thai"
    if not cls.literature or not all(_CITATION.search(entry) for entry in cls.literature):
        yield "`literature` must name its sources, each with a year or a doi"
    if not cls.__doc__ or cls.__doc__ == Scheme.__doc__:
        yield "the class has no docstring of its own"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", scheme.kind):
        yield f"kind {scheme.kind!r} must be in small letters, digits and _"


def _value(scheme: Scheme, fields: Mapping[str, Any]) -> Iterator[str]:
    cls = type(scheme)
    try:
        setattr(scheme, "budget_baht", 1.0)  # noqa: B010  the type checker knows that it must not
        yield "it is not frozen"
    except (ValidationError, AttributeError, TypeError):
        pass
    if pickle.loads(pickle.dumps(scheme)) != scheme:
        yield "it does not survive pickling"
    plain = scheme.model_dump(mode="json", exclude_none=True)
    if cls.model_validate(tomllib.loads("\n".join(f"{k} = {to_toml(v)}" for k, v in plain.items()))) != scheme:
        yield "it does not survive TOML"
    if _accepted(cls, {**fields, "no_such_key": 1}):
        yield "it accepts unknown keys"


def _numbers(scheme: Scheme, fields: Mapping[str, Any]) -> Iterator[str]:
    yield from _numbers_of(type(scheme), scheme, fields, "")


def _numbers_of(cls: type[BaseModel], table: BaseModel, fields: Mapping[str, Any], head: str) -> Iterator[str]:
    """Try negative numbers and NaN at each number of a scheme, and of the tables in it that are its own."""
    for name in cls.model_fields:
        value = getattr(table, name)
        inner = value[0] if isinstance(value, tuple) and value else value
        if isinstance(inner, BaseModel) and name not in Scheme.model_fields:
            given = inner.model_dump(mode="json", exclude_none=True)
            yield from _numbers_of(type(inner), inner, given, f"{head}{name}{'.' if inner is value else '[].'}")
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        for bad in (-1, -1e-9) if isinstance(value, float) else (-1,):
            if _accepted(cls, {**fields, name: bad}):
                yield f"`{head}{name}` accepts {bad}; schemes can only give (rule G1)"
                break
        if isinstance(value, float) and _accepted(cls, {**fields, name: math.nan}):
            yield f"`{head}{name}` accepts NaN"


def _rights(scheme: Scheme, _: Mapping[str, Any]) -> Iterator[str]:
    for violation in scheme_violations(scheme, scheme.kind):
        yield f"{violation.key}: {violation.text.en}"


def _zero(scheme: Scheme, fields: Mapping[str, Any]) -> Iterator[str]:
    for name in type(scheme).amounts:
        if name not in type(scheme).model_fields:
            yield f"`amounts` names {name!r}, which is no parameter"
            return
    given = [name for name in type(scheme).amounts if getattr(scheme, name)]
    if not given:
        return
    nothing = type(scheme).model_validate({**fields, **dict.fromkeys(given, 0.0)})
    if nothing.components != ():
        yield "with amounts of 0 it still has components; nothing is offered then"
    people, live = _people(), np.ones(N, np.uint8)
    if not _same(nothing.offer(people, _view(nothing, 0, live, people)), Offer.none()):
        yield "with amounts of 0 it still offers something"


def _weeks(scheme: Scheme, _: Mapping[str, Any]) -> Iterator[str]:
    """Go through its weeks twice, everybody acting as often as they can, half taking part; compare and count."""
    seen: set[str] = set()
    first, again = list(_lived(scheme, seen.add)), list(_lived(scheme, seen.add))
    yield from sorted(seen)
    if len(first) == len(again) and not all(_same(a, b) for a, b in zip(first, again, strict=True)):
        yield "asked the same twice, it answers differently: a scheme has no state and draws nothing"


def _lived(scheme: Scheme, fault: Callable[[str], None]) -> list[Any]:
    people = _people()
    live = (np.arange(N) % 2).astype(np.uint8)
    ledger, found = Ledger(_accounts(scheme, people)), []
    state, legacy, before = random.getstate(), _global_state(), scheme.model_dump_json()
    for week in range(WEEKS):
        view = _view(scheme, week, live, people, ledger.accounts)
        most = scheme.greatest_liability(people, view)
        offer = scheme.offer(people, view)
        _shapes(offer, fault)
        _closed(scheme, people, view, ledger.accounts, fault)
        settled = scheme.settle(
            people, _view(scheme, week, live, people, ledger.accounts, settling=True), ledger.accounts
        )
        paid = settled.paid_satang
        if paid is not None and np.any(np.asarray(paid)[live == 0]):
            fault("it pays people who take no part")
        if paid is not None and not (isinstance(paid, np.ndarray) and paid.shape == (N,) and paid.dtype == np.int64):
            fault(f"paid_satang must be int64[{N}], whole satang")
            continue
        if ledger.enter(week, settled) + settled.area_paid_satang + settled.service_satang > most:
            fault("it pays more than its greatest_liability")
        found += [offer, settled, most]
    if random.getstate() != state or _global_state() != legacy:
        fault("it draws random numbers")
    if scheme.model_dump_json() != before:
        fault("it changes itself")
    return found


def _closed(
    scheme: Scheme,
    people: Shown,
    view: WeekView,
    accounts: Mapping[str, NDArray[Any]],
    fault: Callable[[str], None],
) -> None:
    """Let the budget close the offer this week, on copies of the accounts."""
    book = {name: column.copy() for name, column in accounts.items()}
    owed = scheme.pay_out(people, view, book)
    most = scheme.set_aside(people, view)
    if Ledger(book).enter(view.week, owed) + owed.area_paid_satang + owed.service_satang > most:
        fault("its pay_out() pays more than its set_aside()")


def _shapes(offer: Offer, fault: Callable[[str], None]) -> None:
    for name, value in vars(offer).items():
        if isinstance(value, np.ndarray) and value.ndim and value.shape != (N,):
            fault(f"the offer's {name} has shape {value.shape}; it is one number, or one for each citizen")


def _accepted(cls: type[BaseModel], fields: Mapping[str, Any]) -> bool:
    try:
        cls.model_validate(fields)
    except ValidationError:
        return False
    return True


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, Offer | Settlement):
        return all(_same(x, vars(b)[name]) for name, x in vars(a).items())
    if a is None or b is None:
        return a is b
    return bool(np.array_equal(np.asarray(a), np.asarray(b)))


def _global_state() -> bytes:
    return pickle.dumps(np.random.get_state())  # noqa: NPY002  to see whether somebody used it


class _Table:
    """A few citizens with every column that schemes may read, and some that they may not."""

    n, n_localities, n_organisations = N, LOCALITIES, ORGANISATIONS

    def column(self, name: str) -> NDArray[Any]:
        i = np.arange(N)
        if name == "wage":
            return (300.0 + 10.0 * i).astype(np.float32)
        if name in ("locality", "organisation", "household"):
            return (i * {"locality": 3, "organisation": 6, "household": 30}[name] // N).astype(np.int32)
        return (i % 2).astype(np.uint8)


def _people() -> Shown:
    return Shown(_Table())


def _accounts(scheme: Scheme, people: Shown) -> dict[str, NDArray[Any]]:
    sizes = {
        "citizen": people.n,
        "organisation": people.n_organisations,
        "locality": people.n_localities,
        "province": people.n_provinces,
        "scheme": 1,
    }
    return {a.name: np.zeros(sizes[a.per], dtype=a.dtype) for a in scheme.accounts()}


def _view(
    scheme: Scheme,
    week: int,
    live: NDArray[np.uint8],
    people: Shown,
    accounts: Mapping[str, NDArray[Any]] | None = None,
    settling: bool = False,
) -> WeekView:
    book = _accounts(scheme, people) if accounts is None else accounts
    most = np.full(N, CHANCES, np.int8)

    def uniforms(purpose: int) -> NDArray[np.float32]:
        return ((np.arange(N) * 0.618 + week * 0.377 + purpose * 0.1) % 1.0 * 0.998 + 0.001).astype(np.float32)

    return WeekView(
        week=week,
        since_start=scheme.schedule.since_start(week),
        weeks_to_end=scheme.schedule.weeks_to_end(week),
        n=float(CHANCES),
        acts=read_only(most if week % 2 or settling else (np.arange(N) % (CHANCES + 1)).astype(np.int8)),
        opportunities=read_only(most),
        live=read_only(live),
        eligible=read_only(np.ones(N, np.uint8)),
        enrolled=read_only(live),
        locality_rate=read_only(np.full(LOCALITIES, 0.4, np.float32)),
        baseline=0.3,
        accounts=book if settling else {name: read_only(column) for name, column in book.items()},
        uniforms=uniforms if settling else None,
        false_claim_rate=0.2,
        taper=scheme.schedule.taper_factor(week),
        society=_society(),
        running=read_only(np.ones(ORGANISATIONS, np.uint8)),
    )


def _society() -> Society:
    """A few ties: everybody is paired with the next, and every fifth joined this week, brought in by the one before."""
    rows = np.arange(N)

    def chance() -> NDArray[np.float32]:
        return np.full(N, 0.4, np.float32)

    def partners() -> NDArray[np.int64]:
        return rows ^ 1

    def sponsors() -> NDArray[np.int64]:
        return np.where(rows % 10 == 4, rows - 1, -1)

    return Society(chance, partners, sponsors)


def to_toml(value: Any) -> str:
    """Write a plain value as TOML: numbers, texts, booleans, lists, inline tables."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(k)} = {to_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(to_toml(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


__all__ = ["SHOWN_TO_SCHEMES", "ContractError", "check_scheme"]
