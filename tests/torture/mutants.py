"""Files that are almost right: bytes, words, cells and lines of good ones changed at random, by number and so repeatable."""

from __future__ import annotations

import random
from collections.abc import Callable

BYTES = [
    b"",
    b"x",
    b"-",
    b"=",
    b"[",
    b"]",
    b'"',
    b"\n",
    b"9",
    b"\x00",
    b"\xff",
    b"\xa1",
    b"\r",
    b",",
    b";",
    b"<",
    b">",
    b"&",
    b"\xef\xbb\xbf",
]
WORDS = [
    "", "0", "-1", "-0.0", "1e999", "nan", "inf", "true", "false", '"10,000"', '"๒๐"', "๒๐", "9" * 40, "0.1.2", "1_000", "null", "None",
    "[]", "{}", "[1, 2]", '"\\u0000"', "'", '"""', "2026-11-26", "0x1F", "ก", "สวัสดี", "x" * 300, "../../etc/passwd", "=1+1", "#", "\x07", "1/0",
    "60", "15", "a1", "male", "control", "points", "household",
]  # fmt: skip


def of_scenario(text: str, number: int) -> bytes:
    """Return the mutant of a scenario's text with this number."""
    rng = random.Random(f"scenario {number}")
    raw = text.encode()
    for _ in range(rng.randint(1, 3)):
        raw = rng.choice(_SCENARIO)(raw, rng)
    return raw


def of_table(raw: bytes, number: int) -> bytes:
    """Return the mutant of a table or a graph with this number."""
    rng = random.Random(f"table {number}")
    for _ in range(rng.randint(1, 4)):
        raw = rng.choice(_TABLE)(raw, rng)
    return raw


def _bytes(raw: bytes, rng: random.Random) -> bytes:
    at, cut = rng.randrange(len(raw) + 1), rng.choice((0, 0, 1, 1, 5, 40))
    return raw[:at] + rng.choice(BYTES) + raw[at + cut :]


def _flip(raw: bytes, rng: random.Random) -> bytes:
    if not raw:
        return raw
    at = rng.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ (1 << rng.randrange(8))]) + raw[at + 1 :]


def _cut(raw: bytes, rng: random.Random) -> bytes:
    return raw[: rng.randrange(len(raw) + 1)]


def _lines(raw: bytes, rng: random.Random) -> bytes:
    lines = raw.split(b"\n")
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    what = rng.randrange(4)
    if what == 0:
        del lines[a]
    elif what == 1:
        lines.insert(b, lines[a])
    elif what == 2:
        lines[a], lines[b] = lines[b], lines[a]
    else:
        lines[a] = lines[a] + lines[b]
    return b"\n".join(lines)


def _word(separators: bytes) -> Callable[[bytes, random.Random], bytes]:
    def mutate(raw: bytes, rng: random.Random) -> bytes:
        ends = [i for i, byte in enumerate(raw) if byte in separators]
        if len(ends) < 2:
            return raw
        i = rng.randrange(len(ends) - 1)
        return raw[: ends[i] + 1] + rng.choice(WORDS).encode() + raw[ends[i + 1] :]

    return mutate


def _values(raw: bytes, rng: random.Random) -> bytes:
    """Change the value behind an equals sign."""
    lines = raw.split(b"\n")
    with_value = [i for i, line in enumerate(lines) if b"=" in line and not line.lstrip().startswith(b"#")]
    if not with_value:
        return raw
    i = rng.choice(with_value)
    key = lines[i].split(b"=", 1)[0]
    lines[i] = key + b"= " + rng.choice(WORDS).encode()
    return b"\n".join(lines)


_SCENARIO = [_bytes, _flip, _cut, _lines, _word(b' \n=[]{}",.'), _values, _values]
_TABLE = [_bytes, _flip, _cut, _lines, _word(b",\n"), _word(b",\n"), _word(b'"<>')]
