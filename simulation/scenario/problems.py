"""From what validation found to problems with their places: file, line, key, or the --set that brought them.

All mistakes are counted; only the first ones in file order are put into words, so that a file of thousands of mistakes is
answered as fast as one of a few.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from pydantic import ValidationError

from simulation.core.errors import SHOWN_AT_ONCE, Problem, ScenarioError
from simulation.core.names import did_you_mean, nearest
from simulation.core.params import BetweenKeys
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.rights import Violation, guard
from simulation.scenario.between import mistakes_between, schemes_of
from simulation.scenario.fields import inside, keys_of, known, names_own_tables, required
from simulation.scenario.lines import Path
from simulation.scenario.messages import (
    AsWritten,
    as_text,
    explain,
    missing_table,
    only_in_file,
    unknown_key,
    unknown_kind,
)
from simulation.scenario.places import FileText
from simulation.scenario.refused import Refusal, refused_key, refused_kind, refused_value
from simulation.scenario.within import Mistake

_KIND = ("union_tag_invalid", "union_tag_not_found")
_MOST_UNKNOWN = 50  # keys of one table that are looked at for a misspelt one


class Found(NamedTuple):
    """A mistake before it is put into words; `what` tells two at one path apart."""

    path: Path
    what: str
    tell: Callable[[], Problem]


def _tell(found: Found) -> Problem:
    return found.tell()


def checked(
    data: dict[str, Any], file: FileText, problems: Sequence[Problem] = (), told: Callable[[Found], Problem] = _tell
) -> Any:
    """Return the scenario that the data make; raises ScenarioError with every mistake and every broken rule.

    `problems` are mistakes that were found before; `told` puts one into words.
    """
    scenario, found = validated(data, file)
    if found or problems:
        found.sort(key=lambda f: file.order(f.path))
        shown = [told(f) for f in islice(found, max(0, SHOWN_AT_ONCE - len(problems)))]
        raise ScenarioError([*problems, *shown], total=len(problems) + len(found))
    return scenario


def validated(data: dict[str, Any], file: FileText) -> tuple[Any, list[Found]]:
    """Return the scenario that the data make, None where they make none, and every mistake and every broken rule."""
    scenario: Any
    try:
        scenario = file.root.model_validate(data)
    except ValidationError as error:
        return None, list(_mistakes(error, data, file))
    return scenario, [_broken(v, file) for v in guard(scenario)]


def _broken(violation: Violation, file: FileText) -> Found:
    path, text = tuple(violation.key.split(".")), violation.text
    refusal = Refusal((violation.rule,), text)
    return Found(path, violation.rule, lambda: _refused(path, refusal, violation.rule, file))


def _refused(path: Path, refusal: Refusal, received: str, file: FileText, at_key: bool = False) -> Problem:
    """Put into words that a rule forbids what stands at a path."""
    en, th = refusal.text.en, refusal.text.th
    return replace(file.problem(path, (en, th, ""), received, at_key=at_key), rule=refusal.rules[0])


def _mistakes(error: ValidationError, data: dict[str, Any], file: FileText) -> Iterator[Found]:
    """Yield every mistake once: those of single keys, those behind a misspelt kind, those between keys."""
    supposed, kinds = _with_nearest_kinds(data, file)
    errors = error.errors(include_url=False)
    if kinds:  # validation stops at the kind
        try:
            file.root.model_validate(supposed)
            errors = []
        except ValidationError as more:
            errors = more.errors(include_url=False)
    found = _each_once(errors, kinds, mistakes_between(supposed), supposed, file)
    if not found:  # a rule that only its class knows
        found = [_of_key(dict(e), supposed, file) for e in errors]
    yield from found


def mistakes_of(data: dict[str, Any], file: FileText, between: Iterable[Mistake]) -> tuple[Any, list[Found]]:
    """Return what the data make, None where they make nothing, and every mistake: for a format other than the scenario.

    `between` are the mistakes between its keys, found from the raw data.
    """
    made: Any = None
    errors: Sequence[Any] = ()
    try:
        made = file.root.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    return made, _each_once(errors, (), between, data, file)


def _each_once(
    errors: Sequence[Any], kinds: Sequence[Found], between: Iterable[Mistake], data: dict[str, Any], file: FileText
) -> list[Found]:
    """Return the mistakes of single keys and those between keys; what follows from another is left out."""
    single = [_of_key(dict(e), data, file) for e in errors if not _is_between(dict(e))]
    at = {f.path for f in (*kinds, *single)}
    spelling = _Misspelt({f.path for f in (*kinds, *single) if f.what == "extra_forbidden"}, data, file)
    several = [found_of(m, file) for m in between if (m.at_key or m.path not in at) and not spelling.of(m)]
    found = [*kinds, *(f for f in single if f.what != "missing" or not spelling.near(f.path)), *several]
    return list({(f.path, f.what): f for f in found}.values())


def _is_between(error: dict[str, Any]) -> bool:
    """Tell whether it is a rule between keys, which `mistakes_between` tells at its key."""
    return isinstance(error.get("ctx", {}).get("error"), BetweenKeys)


def found_of(m: Mistake, file: FileText) -> Found:
    """Return a mistake between keys as one that can be put into words."""

    def tell() -> Problem:
        ask_en, ask_th, near = did_you_mean(m.received, m.names) if m.received else ("", "", "")
        expected = ", ".join(m.names[:SHOWN_AT_ONCE])
        said = (f"{m.en}.{ask_en}", f"{m.th}{ask_th}", near)
        return replace(file.problem(m.path, said, m.received, expected, m.at_key), rule=m.rule)

    return Found(m.path, m.en, tell)


def problem_of(mistake: Mistake, file: FileText) -> Problem:
    """Put one mistake into words, with its place."""
    return found_of(mistake, file).tell()


def _of_key(error: dict[str, Any], data: dict[str, Any], file: FileText) -> Found:
    path = _real_path(error["loc"], data)
    tell = {
        "extra_forbidden": _tell_unknown,
        "missing": _tell_missing,
        "union_tag_invalid": _tell_kind,
        "union_tag_not_found": _tell_kind,
    }.get(error["type"], _tell_value)
    path = (*path, "kind") if error["type"] in _KIND else path
    return Found(path, error["type"], lambda: tell(path, error, data, file))


def _tell_unknown(path: Path, error: dict[str, Any], data: dict[str, Any], file: FileText) -> Problem:
    if path[0] in getattr(file.root, "only_in_files", ()):
        return file.problem(path, only_in_file(path[0]), as_text(error.get("input")), at_key=True)
    refusal = refused_key(path, error.get("input"))
    if refusal is not None:
        return _refused(path, refusal, as_text(error.get("input")), file, at_key=True)
    allowed = keys_of(path[:-1], data, file.root)
    message = unknown_key(path[-1], ".".join(path[:-1]), allowed)
    return file.problem(path, message, as_text(error.get("input")), ", ".join(allowed), at_key=True)


def _tell_kind(path: Path, error: dict[str, Any], data: dict[str, Any], file: FileText) -> Problem:
    given = error["input"].get("kind", "") if isinstance(error["input"], dict) else ""
    kinds, refusal = list(scheme_classes()), refused_kind(given)
    if refusal is not None:
        return _refused(path, refusal, as_text(given), file)
    return file.problem(path, unknown_kind(given, kinds), as_text(given), ", ".join(kinds))


def _tell_missing(path: Path, error: dict[str, Any], data: dict[str, Any], file: FileText) -> Problem:
    what = known(path, data, file.root)
    if what is None or what.kind != "table":
        return file.problem(path, explain(error, path[-1], what), expected=what.bounds() if what else "")
    needs, named = required(path, data, file.root), names_own_tables(path, data, file.root)
    return file.problem(path, missing_table(path[-1], ".".join(path), file.beside(path), needs, named))


def _tell_value(path: Path, error: dict[str, Any], data: dict[str, Any], file: FileText) -> Problem:
    what, value = known(path, data, file.root), error.get("input")
    refusal = refused_value(path, value)
    if refusal is not None:
        return _refused(path, refusal, as_text(value), file)
    if isinstance(value, float) and not math.isfinite(value):  # 1e400 is read as inf
        error = {**error, "input": AsWritten(file.written(path) or value)}
    key = next((p for i, p in reversed(list(enumerate(path))) if not isinstance(inside(data, path[:i]), list)), "")
    expected = ", ".join(what.choices) or what.bounds() if what is not None else ""
    problem = file.problem(path, explain(error, key, what), as_text(value), expected)
    taken = what is not None and what.in_scheme and isinstance(value, int | float) and value < 0
    return replace(problem, rule="G1") if taken else problem


def _real_path(loc: Sequence[Any], data: Any) -> Path:
    """Take union tags, which are no keys, out of pydantic's path."""
    path: list[str] = []
    kinds = scheme_classes()
    for part in loc:
        is_tag = isinstance(part, str) and part in kinds and isinstance(data, dict) and part not in data
        if is_tag and data.get("kind") == part:
            continue
        path.append(str(part))
        data = inside(data, (str(part),))
    return tuple(path)


class _Misspelt:
    """Which keys are missing only because they are misspelt."""

    def __init__(self, unknown: set[Path], data: dict[str, Any], file: FileText) -> None:
        """Sort the unknown keys by their table."""
        self.data, self.file = data, file
        self.unknown: dict[Path, list[str]] = {}
        for path in unknown:
            self.unknown.setdefault(path[:-1], []).append(path[-1])

    def near(self, path: Path) -> bool:
        """Tell whether a key that is missing at a path stands there under a name near to it."""
        given = inside(self.data, path) is not None
        unknown = [] if given else self.unknown.get(path[:-1], [])[:_MOST_UNKNOWN]
        allowed = keys_of(path[:-1], self.data, self.file.root) if unknown else []
        return any(path[-1] in nearest(key, allowed) for key in unknown)

    def of(self, mistake: Mistake) -> bool:
        """Tell whether a key that a mistake wants is only misspelt."""
        return any(self.near((*mistake.table, key)) for key in mistake.wants)


def _with_nearest_kinds(data: dict[str, Any], file: FileText) -> tuple[dict[str, Any], list[Found]]:
    """Return the data with misspelt kinds of schemes put right, copied where they differ, and what was wrong."""
    right: dict[Path, dict[str, Any]] = {}
    errors: list[dict[str, Any]] = []
    arms = data.get("arms")
    for path, fields in schemes_of(arms) if isinstance(arms, dict) else ():
        key, kind = _kind_of(fields)
        near = [kind] if key != "kind" else nearest(kind, scheme_classes())
        if not kind or not near or (key == "kind" and kind in scheme_classes()):
            continue
        right[path] = {**{k: v for k, v in fields.items() if k != key}, "kind": near[0]}
        if key == "kind":
            errors.append({"type": _KIND[0], "input": fields, "loc": path})
        else:
            errors.append({"type": "extra_forbidden", "input": kind, "loc": (*path, key)})
    supposed = {**data, "arms": _put_right(arms, right)} if right else data
    return supposed, [_of_key(error, supposed, file) for error in errors]


def _kind_of(fields: dict[str, Any]) -> tuple[str, str]:
    """Return the key and the kind of a scheme, also where the key is misspelt; no kind where there is none."""
    if "kind" in fields:
        return "kind", fields["kind"] if isinstance(fields["kind"], str) else ""
    for key, value in islice(fields.items(), _MOST_UNKNOWN):
        if isinstance(value, str) and value in scheme_classes() and nearest(key, ["kind"]):
            return key, value
    return "kind", ""


def _put_right(arms: Any, right: dict[Path, dict[str, Any]]) -> dict[str, Any]:
    """Return a copy of the arms with schemes changed."""
    changed = {path[1] for path in right}
    return {
        arm: {**table, "schemes": {n: right.get(("arms", arm, "schemes", n), s) for n, s in table["schemes"].items()}}
        if arm in changed
        else table
        for arm, table in arms.items()
    }
