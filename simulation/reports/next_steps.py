"""What to try next: commands that work, each with what it is for."""

from __future__ import annotations

from typing import Any

_WORDS = {
    "more": ("firmer counts", "นับได้แม่นขึ้น"),
    "whole": ("the whole comparison", "การเปรียบเทียบเต็มรูปแบบ"),
    "go on": ("goes on from there", "ทำต่อจากที่หยุดไว้"),
    "change": ("change one thing", "เปลี่ยนค่าหนึ่งค่า"),
    "kinds": ("what can be offered", "มีมาตรการใดบ้าง"),
}


def next_steps(s: Any, lang: str, demo: bool) -> list[tuple[str, str]]:
    """Return commands and what each is for; none where the comparison was made in Python and no command repeats it."""
    facts, tail = s.facts, " --lang th" if lang == "th" else ""
    said = {k: v[lang == "th"] for k, v in _WORDS.items()}
    if facts.part is not None:
        return [(f"{facts.command}{tail}", said["go on"])] if facts.command else []
    steps = []
    if facts.again and facts.quick:
        steps.append((f"{facts.again}{tail}", said["whole"]))
    elif facts.again and not demo:
        more = 100 if s.societies < 100 else 2 * s.societies
        steps.append((f"{facts.again} --replicates {more}{tail}", said["more"]))
    if facts.command and facts.lever:
        steps.append((f"{facts.command} --set {facts.lever}{tail}", said["change"]))
    if demo:
        other = ("kwamdee demo", "in English") if lang == "th" else ("kwamdee demo --lang th", "ภาษาไทย")
        steps += [(f"kwamdee schemes{tail}", said["kinds"]), other]
    return steps
