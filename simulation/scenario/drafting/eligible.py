"""Who a draft's schemes are for: everybody, or one group that a scenario's `target` can name."""

from __future__ import annotations

from simulation.core.params import Text
from simulation.incentives.targeting import AGE_BANDS, MINORS

EVERYBODY = "everybody"
_ONE_TARGET: dict[str, tuple[Text, str]] = {
    "online": (Text(en="people who use the internet", th="ผู้ใช้อินเทอร์เน็ต"), "{ online = true }"),
    "urban": (Text(en="people in towns", th="ผู้อยู่ในเขตเมือง"), "{ urban = true }"),
    "rural": (Text(en="people in villages", th="ผู้อยู่นอกเขตเมือง"), "{ urban = false }"),
    "public": (Text(en="members of public organisations", th="สมาชิกองค์กรภาครัฐ"), '{ sectors = ["public"] }'),
    "private": (Text(en="members of private organisations", th="สมาชิกองค์กรภาคเอกชน"), '{ sectors = ["private"] }'),
    "civil": (Text(en="members of civil society", th="สมาชิกองค์กรภาคประชาสังคม"), '{ sectors = ["civil"] }'),
}


def _years(band: str) -> Text:
    if band.endswith("+"):
        return Text(en=f"{band[:-1]} years and over", th=f"ผู้มีอายุ {band[:-1]} ปีขึ้นไป")
    return Text(en=f"{band} years of age", th=f"ผู้มีอายุ {band} ปี")


_AGES = {band: (_years(band), f'{{ age_bands = ["{band}"] }}') for band in AGE_BANDS if band != MINORS}
_GROUPS = {**_ONE_TARGET, **_AGES}

ELIGIBLE: tuple[tuple[str, Text], ...] = (
    (EVERYBODY, Text(en="everybody", th="ทุกคน")),
    *((word, name) for word, (name, _) in _GROUPS.items()),
)
"""What can be answered: the word and its name."""


def target_of(word: str) -> tuple[str, Text] | None:
    """Return a scheme's `target` as TOML and whom it names; None where everybody is eligible."""
    if word == EVERYBODY:
        return None
    name, table = _GROUPS[word]
    return table, name
