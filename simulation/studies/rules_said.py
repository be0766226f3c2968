"""What a scenario changes of the law and of how ties are laid, a sentence each: explain and the report say it."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.agents.law_spec import RULES, LawSpec
from simulation.core.params import Text
from simulation.scenario.model import Scenario
from simulation.scenario.thai import words_of

_CHOSEN = {
    ("decision", "threshold"): (
        "what moves people counts in full once it reaches a personal threshold, and not at all below it",
        "แรงผลักมีผลเต็มที่เมื่อถึงระดับขั้นต่ำของแต่ละคน ต่ำกว่านั้นไม่มีผลเลย",
    ),
    ("norm_perception", "majority"): (
        "of others one sees only what most of one's ties do",
        "เห็นเพียงสิ่งที่คนรอบตัวส่วนใหญ่ทำ",
    ),
    ("norm_perception", "locality"): (
        "of others one sees the mean of the own locality, as if it were published",
        "เห็นค่าเฉลี่ยของพื้นที่ตนเองเสมือนมีการเผยแพร่",
    ),
    ("norm_perception", "salient"): (
        "those who act are noticed twice as much as those who do not",
        "คนที่ลงมือทำเป็นที่สังเกตเป็นสองเท่าของคนที่ไม่ทำ",
    ),
}
"""What the choice of a word means."""

GENERATORS = {
    "ring": ("a ring, where each knows those next door", "วงแหวน แต่ละคนรู้จักคนบ้านใกล้กัน"),
    "small-world": (
        "a small world, a ring of which one tie in ten goes anywhere",
        "โลกใบเล็ก คือวงแหวนที่หนึ่งในสิบของเส้นโยงไปที่ใดก็ได้",
    ),
    "random": ("a random graph, where any two may know each other", "กราฟสุ่ม ใครรู้จักใครก็ได้"),
    "scale-free": ("a scale-free graph, where a few know very many", "กราฟไร้สเกล มีไม่กี่คนที่รู้จักคนมากมาย"),
    "blocks": (
        "blocks: ties within and between localities as the town has them, otherwise random",
        "แบบกลุ่ม คือภายในและระหว่างพื้นที่มีเส้นโยงเท่าแบบเมือง นอกนั้นสุ่ม",
    ),
}
"""Rival generators of ties; `layers` is the usual one."""


def rules_turned(s: Scenario) -> Iterator[Text]:
    """Yield what is not at its default: keys of [law] but `fade`, then the generator of ties."""
    for name, field in LawSpec.model_fields.items():
        value = getattr(s.law, name)
        if name == "fade" or value in (None, field.default):
            continue
        shown = value if isinstance(value, str) else f"{value:g}"
        thai = words_of(LawSpec, name).title_th
        what = (field.description or "").removesuffix(".")
        en, th = _CHOSEN.get((name, shown), (what, thai))
        rule = RULES[name]
        yield Text(
            en=f"law.{name} = {shown}: {en} (suggested: {rule.suggested}; {rule.source}).",
            th=f"law.{name} = “{shown}”: {th} ดู “docs/law.th.md”",
        )
    laid = generator_said(s)
    if laid is not None:
        yield laid


def generator_said(s: Scenario) -> Text | None:
    """Say how ties are laid where it is not in the layers of a town."""
    name = s.world.ties.generator
    if name == "layers":
        return None
    en, th = GENERATORS[name]
    return Text(
        en=f"world.ties.generator = {name}: beyond the household as many ties, as strong, as the layers of a town have "
        f"are laid as {en}.",
        th=f"world.ties.generator = “{name}”: นอกครัวเรือนมีเส้นโยงจำนวนและน้ำหนักเท่าแบบเมือง แต่วางเป็น{th}",
    )
