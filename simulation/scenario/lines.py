"""Where each key of a TOML file stands: no TOML library here tells line numbers, so this scanner does."""

from __future__ import annotations

from dataclasses import dataclass

_CLOSERS = {"[": "]", "{": "}"}


@dataclass(frozen=True)
class Place:
    """Line (from 1), column of the key (from 0) and span of the value on that line."""

    line: int
    column: int
    value_start: int
    value_end: int


def key_places(text: str) -> dict[tuple[str, ...], Place]:
    """Return the place of every table and key by its path; positions of arrays of tables count from 0."""
    places: dict[tuple[str, ...], Place] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    lines = text.split("\n")
    row = 0
    while row < len(lines):
        line = lines[row]
        stripped = line.strip()
        if stripped.startswith("["):
            array = stripped.startswith("[[")
            inner = stripped.lstrip("[").split("]")[0]
            table = _path(inner)
            if array:
                index = counts.get(table, -1) + 1
                counts[table] = index
                table = (*table, str(index))
            start = line.index("[")
            places.setdefault(table, Place(row + 1, start, start, len(line.rstrip())))
        elif stripped and not stripped.startswith("#"):
            end = _find(line, 0, "=")
            if end >= 0:
                row = _entry(lines, row, 0, end, table, places)
        row += 1
    return places


def _entry(
    lines: list[str],
    row: int,
    start: int,
    equals: int,
    table: tuple[str, ...],
    places: dict[tuple[str, ...], Place],
) -> int:
    line = lines[row]
    key = line[start:equals]
    path = (*table, *_path(key))
    column = start + len(key) - len(key.lstrip())
    value = equals + 1
    while value < len(line) and line[value] in " \t":
        value += 1
    end_row, end = _value_end(lines, row, value)
    span = end if end_row == row else len(line.rstrip())
    places.setdefault(path, Place(row + 1, column, value, max(span, value)))
    for cut in range(1, len(path)):
        places.setdefault(path[:cut], Place(row + 1, column, value, max(span, value)))
    if end_row == row and line[value : value + 1] == "{":
        _inline(lines, row, value + 1, end - 1, path, places)
    return end_row


def _inline(
    lines: list[str],
    row: int,
    start: int,
    end: int,
    table: tuple[str, ...],
    places: dict[tuple[str, ...], Place],
) -> None:
    part = lines[row][:end]
    while start < end:
        equals = _find(part, start, "=")
        if equals < 0:
            return
        local: dict[tuple[str, ...], Place] = {}
        _entry([part], 0, start, equals, (), local)
        for path, place in local.items():
            places.setdefault((*table, *path), Place(row + 1, place.column, place.value_start, place.value_end))
        value = equals + 1
        while value < end and part[value] in " \t":
            value += 1
        _, stop = _value_end([part], 0, value)
        comma = part.find(",", stop)
        if comma < 0:
            return
        start = comma + 1


def _value_end(lines: list[str], row: int, start: int) -> tuple[int, int]:
    """Return row and column just after the value that starts here."""
    line = lines[row]
    for quote in ('"""', "'''"):
        if line.startswith(quote, start):
            at = start + 3
            while row < len(lines):
                found = lines[row].find(quote, at)
                if found >= 0:
                    return row, found + 3
                row, at = row + 1, 0
            return len(lines) - 1, len(lines[-1])
    if line[start : start + 1] in ('"', "'"):
        return row, _string_end(line, start)
    if line[start : start + 1] in _CLOSERS:
        return _bracket_end(lines, row, start)
    end = start
    while end < len(line) and line[end] not in ",#}]":
        end += 1
    return row, start + len(line[start:end].rstrip())


def _bracket_end(lines: list[str], row: int, start: int) -> tuple[int, int]:
    depth, at = 0, start
    while row < len(lines):
        line = lines[row]
        while at < len(line):
            char = line[at]
            if char in "\"'":
                at = _string_end(line, at)
                continue
            if char == "#":
                break
            depth += (char in "[{") - (char in "]}")
            at += 1
            if depth == 0:
                return row, at
        row, at = row + 1, 0
    return len(lines) - 1, len(lines[-1])


def _string_end(line: str, start: int) -> int:
    quote, at = line[start], start + 1
    while at < len(line):
        if line[at] == "\\" and quote == '"':
            at += 2
            continue
        if line[at] == quote:
            return at + 1
        at += 1
    return len(line)


def _find(line: str, start: int, wanted: str) -> int:
    at = start
    while at < len(line):
        if line[at] in "\"'":
            at = _string_end(line, at)
            continue
        if line[at] == "#":
            return -1
        if line[at] == wanted:
            return at
        at += 1
    return -1


def _path(key: str) -> tuple[str, ...]:
    parts, at, current = [], 0, ""
    while at < len(key):
        if key[at] in "\"'":
            end = _string_end(key, at)
            current += key[at + 1 : end - 1]
            at = end
            continue
        if key[at] == ".":
            parts.append(current.strip())
            current = ""
        else:
            current += key[at]
        at += 1
    return tuple([*parts, current.strip()])
