"""What a scenario says of the law itself: messages that wear off, and the rules that its table [law] turns on."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.agents.law_spec import fades
from simulation.scenario.law_rules import undisplaced, undisplaced_warning
from simulation.scenario.model import Scenario
from simulation.studies.explained.said import Item, item
from simulation.studies.explained.world import title_of
from simulation.studies.rules_said import rules_turned


def chosen_law(s: Scenario) -> Iterator[Item]:
    """Say whether messages wear off, each rule that is not at its default, and what a reward may draw away."""
    if fades(s):
        yield item(
            "A message says less the longer one has had it, and is as new again after a pause; money and honours do "
            "not wear off.",
            "ข้อความเดิมมีผลน้อยลงเมื่อได้รับนานขึ้น และกลับเป็นของใหม่หลังเว้นช่วง ส่วนเงินและการยกย่องไม่จืดลง",
        )
    else:
        yield item("A message says as much at the last as at the first.", "ข้อความมีผลเท่าเดิมตั้งแต่ครั้งแรกจนถึงครั้งสุดท้าย")
    for said in rules_turned(s):
        yield item(said.en, said.th)
    for name in undisplaced(s):
        title = title_of(name, s.behaviours[name])
        yield item(undisplaced_warning(title.en, "en"), undisplaced_warning(title.th, "th"))
