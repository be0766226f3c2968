"""Names in messages: the nearest one, a list of them, one as a message shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from simulation.core.errors import printable, shortened

Message = tuple[str, str, str]  # English, Thai, suggestion
_FURTHEST = 1 / 3  # share of its letters by which a name may differ to be suggested
_LONGEST = 60  # letters of a word that is compared: the work grows with their square
_MOST = 200  # names that are compared with one word
_LISTED = 20  # names that a message lists


def nearest(word: str, allowed: Iterable[str]) -> list[str]:
    """Return the nearest name, at most a third of its letters away; two where equally near; none of very long words."""
    if not 1 < len(word) <= _LONGEST:
        return []
    most = max(1, int(len(word) * _FURTHEST))
    lower = word.lower()
    near = [name for name in islice(allowed, _MOST) if name != word and _may_be_near(lower, name.lower(), most)]
    close = sorted((d, name) for name in near if (d := distance(lower, name.lower())) <= most)
    return [name for d, name in close if d == close[0][0]][:2]


def _may_be_near(a: str, b: str, most: int) -> bool:
    """Tell by the letters alone whether the distance can be `most`: no order of them is cheaper."""
    if abs(len(a) - len(b)) > most:
        return False
    x, y = Counter(a), Counter(b)
    return max((x - y).total(), (y - x).total()) <= most


def distance(a: str, b: str) -> int:
    """Count the letters to put in, take out, change or swap with the next one to turn a into b."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def did_you_mean(word: str, allowed: Iterable[str]) -> Message:
    """Return the question in both languages, with a blank before it, and the nearest name; empty where none is near."""
    near = nearest(word, allowed)
    return asked_whether(near) if near else ("", "", "")


def asked_whether(near: Sequence[str]) -> Message:
    """Return the question in both languages whether one of these was meant, and the first of them."""
    return (
        f" Did you mean {' or '.join(map(quoted, near))}?",
        f" หมายถึง {' หรือ '.join(map(quoted, near))} หรือไม่",
        near[0],
    )


def quoted(name: str) -> str:
    """Show a name or text as a message does: in quotation marks, on one line, cut where it is long."""
    return f'"{shortened(printable(name[:200]))}"'


def listed(names: Sequence[str]) -> str:
    """List names, cut where they are many."""
    shown = [shortened(printable(name[:200])) for name in names[:_LISTED]]
    return ", ".join([*shown, "…"] if len(names) > _LISTED else shown)
