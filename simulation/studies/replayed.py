"""What is said of a published experiment that is run or compared like any scenario, not scored."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.core.params import Text
from simulation.scenario.model import Scenario


def all_take_part(scenario: Scenario) -> Iterator[Text]:
    """Yield for each arm that only some accepted that here all of them take part, and who reckons with the others."""
    if scenario.study is None:
        return
    for name, known in scenario.study.arms.items():
        if known.accepted < 1.0:
            title = scenario.arms[name].title or Text(en=name, th=name)
            yield Text(
                en=f"{title.en}: in the study {100 * known.accepted:.3g}% of those offered it were in the scheme. "
                "Here all of them are; only kwamdee evidence reckons with the others.",
                th=f"{title.get('th')}: ในงานวิจัย ผู้ได้รับข้อเสนอเข้าร่วมร้อยละ {100 * known.accepted:.3g} ที่นี่ทุกคนเข้าร่วม "
                "มีเพียงคำสั่ง kwamdee evidence ที่คิดรวมคนที่ไม่เข้าร่วม",
            )
