"""Who a draft's schemes are for: everybody, or one group that a scenario's `target` can name."""

from __future__ import annotations

from simulation.core.params import Text, Wrong
from simulation.incentives.targeting import AGE_BANDS, MINORS

EVERYBODY = "everybody"
_SEPARATOR = ", "
_SEVERAL = ("age_bands", "sectors")
"""Keys that take a list; who meets one of its values is eligible."""
_ONE_TARGET: dict[str, tuple[Text, str, str]] = {
    "online": (Text(en="people who use the internet", th="ผู้ใช้อินเทอร์เน็ต"), "online", "true"),
    "urban": (Text(en="people in towns", th="ผู้อยู่ในเขตเมือง"), "urban", "true"),
    "rural": (Text(en="people in villages", th="ผู้อยู่นอกเขตเมือง"), "urban", "false"),
    "public": (Text(en="members of public organisations", th="สมาชิกองค์กรภาครัฐ"), "sectors", '"public"'),
    "private": (Text(en="members of private organisations", th="สมาชิกองค์กรภาคเอกชน"), "sectors", '"private"'),
    "civil": (Text(en="members of civil society", th="สมาชิกองค์กรภาคประชาสังคม"), "sectors", '"civil"'),
}


def _years(band: str) -> Text:
    if band.endswith("+"):
        return Text(en=f"{band[:-1]} years and over", th=f"ผู้มีอายุ {band[:-1]} ปีขึ้นไป")
    return Text(en=f"{band} years of age", th=f"ผู้มีอายุ {band} ปี")


_AGES = {band: (_years(band), "age_bands", f'"{band}"') for band in AGE_BANDS if band != MINORS}
_GROUPS = {**_ONE_TARGET, **_AGES}

ELIGIBLE: tuple[tuple[str, Text], ...] = (
    (EVERYBODY, Text(en="everybody", th="ทุกคน")),
    *((word, name) for word, (name, *_) in _GROUPS.items()),
)
"""What can be answered: the word and its name."""


def combined(words: tuple[str, ...]) -> str:
    """Return groups as one answer: who belongs to all of them, of ages and of sectors to one of those named.

    Raises:
        Wrong: They leave nobody, or everybody is named beside a group.
    """
    if words == tuple(word for word, _ in ELIGIBLE) or words == (EVERYBODY,):
        return EVERYBODY
    if EVERYBODY in words:
        raise Wrong(
            f'"{EVERYBODY}" stands alone; leave it or the groups out', f'"{EVERYBODY}" ต้องอยู่ลำพัง ให้ลบคำนี้หรือลบกลุ่มอื่น'
        )
    if {"urban", "rural"} <= set(words):
        raise Wrong(
            'Nobody is in "urban" and in "rural"; name one of the two', 'ไม่มีผู้ใดอยู่ทั้งใน "urban" และ "rural" ให้ระบุอย่างเดียว'
        )
    return _SEPARATOR.join(words)


def target_of(answer: str) -> tuple[str, Text] | None:
    """Return a scheme's `target` as TOML and whom it names; None where everybody is eligible."""
    if answer == EVERYBODY:
        return None
    values: dict[str, list[str]] = {}
    names: dict[str, list[Text]] = {}
    for word in answer.split(_SEPARATOR):
        name, key, value = _GROUPS[word]
        values.setdefault(key, []).append(value)
        names.setdefault(key, []).append(name)
    parts = (f"{key} = [{', '.join(v)}]" if key in _SEVERAL else f"{key} = {v[0]}" for key, v in values.items())
    whom = Text(
        en=" and ".join(" or ".join(n.en for n in group) for group in names.values()),
        th=" และ".join(" หรือ".join(n.th for n in group) for group in names.values()),
    )
    return f"{{ {', '.join(parts)} }}", whom
